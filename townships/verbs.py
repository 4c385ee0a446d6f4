"""What the trail says about bodies, people and authority."""

from django.utils.translation import gettext_lazy as _

from audit.verbs import declare

PERSON = frozenset({"phone", "name", "username"})

OFFICER_CREATED = declare("officer_created", _("建立人员账号"), personal=PERSON)
OFFICER_MOVED = declare("officer_moved", _("调整所属机关"))
OFFICER_DEACTIVATED = declare("officer_deactivated", _("停用账号"))
OFFICER_REACTIVATED = declare("officer_reactivated", _("恢复账号"))
OFFICER_UNLOCKED = declare("officer_unlocked", _("解除登录锁定"))
PASSWORD_RESET = declare("password_reset", _("重置密码"))
PASSWORD_CHANGED = declare("password_changed", _("修改密码"))
ROLE_GRANTED = declare("role_granted", _("任命角色"))
ROLE_ENDED = declare("role_ended", _("结束角色"))
CERTIFICATE_ISSUED = declare("certificate_issued", _("登记执法证"))
CERTIFICATE_SUSPENDED = declare("certificate_suspended", _("暂扣执法证"))
CERTIFICATE_RETURNED = declare("certificate_returned", _("发还执法证"))
REVIEWER_APPOINTED = declare("reviewer_appointed", _("任命法制审核人员"))
REVIEWER_RELIEVED = declare("reviewer_relieved", _("结束法制审核岗位"))
ABSENCE_SET = declare("absence_set", _("登记缺勤"))
ABSENCE_ENDED = declare("absence_ended", _("登记提前返岗"))

GRANT_DRAFTED = declare("grant_drafted", _("起草授权"))
GRANT_SIGNED = declare("grant_signed", _("双方签署"))
GRANT_PUBLISHED = declare("grant_published", _("登记公布"))
GRANT_ENTERED = declare("grant_entered_into_force", _("生效"))
GRANT_SUSPENDED = declare("grant_suspended", _("中止"))
GRANT_RESUMED = declare("grant_resumed", _("恢复"))
GRANT_REVOKED = declare("grant_revoked", _("撤销"))
GRANT_EXPIRED = declare("grant_expired", _("届满"))
GRANT_ITEM_WITHDRAWN = declare("grant_item_withdrawn", _("收回事项"))
GRANT_REVIEWED = declare("grant_reviewed", _("法制审核通过"))
GRANT_RETURNED = declare("grant_returned", _("法制审核退回"))
GRANT_FILED = declare("grant_filed", _("备案"))
GRANT_PRINTED = declare("grant_printed", _("印制协议文本"))
GRANT_DISCARDED = declare("grant_discarded", _("放弃草稿"))

BODY_ENDED = declare("body_ended", _("撤并机关"))
BODY_NAMED = declare("body_named", _("登记机关别名"))
LIST_TAILORED = declare("list_tailored", _("编制特色清单"))
LIST_CHOSEN = declare("list_chosen", _("选定特色清单"))
LIST_CHANGED = declare("list_changed", _("增减清单事项"))
BATCH_OPENED = declare("grant_batch_opened", _("设立赋权批次"))
MEETING_RECORDED = declare("meeting_recorded", _("登记领导小组会议"))
ITEM_ORDERED = declare("item_ordered", _("点单申请事项"))
ORDER_ANSWERED = declare("order_answered", _("答复点单"))
