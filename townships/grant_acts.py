"""The acts on one grant: form, service and words; pages and REST serve the same table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from townships.forms.agreements import FileForm, NothingForm, ReviewForm
from townships.forms.grants import PublishForm, RevokeForm, SignForm, SuspendForm
from townships.forms.people import DatedForm, LastDayForm
from townships.services import grants, lifecycle, printing, procedure


@dataclass(frozen=True, slots=True)
class GrantAct:
    """One act: what it asks, what does it, what it is called, and what is said before and after."""

    name: str
    form: type[DatedForm]
    service: Callable[..., Any]
    title: str | Promise
    done: str | Promise
    warning: str | Promise = ""

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"grant_{self.name}"


_ALL = (
    GrantAct("review", ReviewForm, procedure.review_grant, _("法制审核"), _("已登记审核意见。")),
    GrantAct("sign", SignForm, grants.sign_grant, _("登记签署"), _("已登记签署，下一步登记公布。")),
    GrantAct("publish", PublishForm, grants.publish_grant, _("登记公布"), _("已登记公布。")),
    GrantAct("file", FileForm, procedure.file_grant, _("登记备案"), _("已登记备案。")),
    GrantAct(
        "suspend",
        SuspendForm,
        lifecycle.suspend_grant,
        _("中止授权"),
        _("已登记中止。"),
        _("中止期间，受托方须停止一切对外执法行为；办案期限不因此停止计算。"),
    ),
    GrantAct("resume", LastDayForm, lifecycle.resume_grant, _("恢复授权"), _("已登记恢复。")),
    GrantAct(
        "revoke",
        RevokeForm,
        lifecycle.revoke_grant,
        _("撤销授权"),
        _("已登记撤销。"),
        _("自撤销日起不再有效；此前的执法行为仍然有效，在办案件须移交。"),
    ),
    GrantAct("print", NothingForm, printing.print_agreement, _("印制协议文本"), _("已印制，可下载。")),
    GrantAct(
        "discard",
        NothingForm,
        procedure.discard_draft,
        _("放弃草稿"),
        _("已放弃草稿。"),
        _("草稿删除后不能恢复，过程记录保留。"),
    ),
)
GRANT_ACTS: Mapping[str, GrantAct] = {act.name: act for act in _ALL}
