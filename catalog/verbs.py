"""What the trail tells about the catalogue."""

from django.utils.translation import gettext_lazy as _

from audit.verbs import declare

LIST_UPLOADED = declare("catalog.list_uploaded", _("已上传清单待核对列"))
STAGING_ASKED = declare("catalog.staging_asked", _("已提交后台读取"))
PUBLICATION_ASKED = declare("catalog.publication_asked", _("已提交后台发布"))
LIST_STAGED = declare("catalog.list_staged", _("已上传清单待发布"))
LIST_PUBLISHED = declare("catalog.list_published", _("已发布清单"))
LIST_DISCARDED = declare("catalog.list_discarded", _("已放弃导入"))
BASIS_DRAFTED = declare("catalog.basis_drafted", _("已起草补充依据"))
VERSION_PUBLISHED = declare("catalog.version_published", _("已发布事项版本"))
VERSION_DISCARDED = declare("catalog.version_discarded", _("已弃用事项版本草稿"))
ALIASES_CHANGED = declare("catalog.aliases_changed", _("已修改常用说法"))
BENCHMARK_DRAFTED = declare("catalog.benchmark_drafted", _("已起草裁量基准"))
EXEMPTION_DRAFTED = declare("catalog.exemption_drafted", _("已起草免罚清单条目"))
GUIDE_DRAFTED = declare("catalog.guide_drafted", _("已起草办案指引"))
ATTACHMENT_PUBLISHED = declare("catalog.attachment_published", _("已发布事项附件"))
ATTACHMENT_DISCARDED = declare("catalog.attachment_discarded", _("已弃用事项附件草稿"))
ADJUSTMENT_DRAFTED = declare("catalog.adjustment_drafted", _("已起草清单调整"))
ADJUSTMENT_PUBLISHED = declare("catalog.adjustment_published", _("已发布清单调整"))
ADJUSTMENT_DISCARDED = declare("catalog.adjustment_discarded", _("已弃用清单调整草稿"))
AMENDMENT_DRAFTED = declare("catalog.amendment_drafted", _("已起草条文修改"))
AMENDMENT_PUBLISHED = declare("catalog.amendment_published", _("已发布条文修改"))
AMENDMENT_DISCARDED = declare("catalog.amendment_discarded", _("已弃用条文修改草稿"))
