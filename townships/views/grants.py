"""Acts on a grant: draft, sign, publish, suspend, resume, revoke, withdraw an item."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk import clock
from law.errors import RuleViolation
from townships.forms.grants import (
    GrantForm,
    PublishForm,
    RevokeForm,
    SignForm,
    SuspendForm,
    WithdrawForm,
)
from townships.forms.people import LastDayForm
from townships.models import AuthorityGrant, GrantItem, Mode, Officer
from townships.selectors import get_grant, items_by_codes
from townships.services import grants, lifecycle
from townships.views.acts import ActPage
from townships.views.authority import CRUMBS


class DraftGrant(ActPage):
    """Draft a delegation agreement or an empowerment decision."""

    crumbs = CRUMBS
    form_class = GrantForm
    title = gettext_lazy("起草委托书或赋权决定")
    done = gettext_lazy("已起草。签署并公布后才生效。")
    button = gettext_lazy("保存草稿")

    def door(self, officer: Officer, on: date) -> None:
        """The legal department only."""
        if not officer.may("authority.edit", on):
            raise PermissionDenied(_("只有法制机构可以办理授权。"))

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> AuthorityGrant:
        """Draft it."""
        codes, source = values.pop("codes"), values.pop("source")
        items, unknown = items_by_codes(codes, clock.today())
        if unknown:
            raise RuleViolation(
                "item_unknown",
                _("没有这些编码的事项：%(codes)s") % {"codes": "、".join(unknown[:10])},
                unblock=_("到事项清单核对编码"),
                field="codes",
            )
        mode = Mode(values.pop("mode"))
        side = "principal" if mode == Mode.DELEGATED else "origin"
        terms = grants.Terms(mode=mode, township=values["holder"], **{side: source}, **values)
        return grants.draft_grant(terms=terms, items=items, actor=officer, at=clock.now())

    def back(self, target: None) -> str:
        """Go to the list."""
        return reverse("agreements")


class GrantAct(ActPage):
    """An act on one grant."""

    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> AuthorityGrant:
        """The legal department only."""
        return get_grant(officer, self.kwargs["pk"], on=on, code="authority.edit")

    def back(self, target: AuthorityGrant) -> str:
        """Go to the grant."""
        return reverse("grant", args=[target.pk])


class SignGrant(GrantAct):
    """Record the signatures."""

    form_class = SignForm
    title = gettext_lazy("登记签署")
    done = gettext_lazy("已登记签署，下一步登记公布。")

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> None:
        """Record them."""
        grants.sign_grant(grant=target, actor=officer, at=clock.now(), **values)


class PublishGrant(GrantAct):
    """Record publication."""

    form_class = PublishForm
    title = gettext_lazy("登记公布")
    done = gettext_lazy("已登记公布。")

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> None:
        """Record it."""
        grants.publish_grant(grant=target, actor=officer, at=clock.now(), **values)


class SuspendGrant(GrantAct):
    """Suspend."""

    form_class = SuspendForm
    title = gettext_lazy("中止授权")
    done = gettext_lazy("已中止。")
    warning = gettext_lazy("中止期间，受托方须停止一切对外执法行为；办案期限不因此停止计算。")

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> None:
        """Suspend it."""
        lifecycle.suspend_grant(grant=target, actor=officer, at=clock.now(), **values)


class ResumeGrant(GrantAct):
    """Resume."""

    form_class = LastDayForm
    title = gettext_lazy("恢复授权")
    done = gettext_lazy("已恢复。")

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> None:
        """Resume it."""
        lifecycle.resume_grant(grant=target, actor=officer, at=clock.now(), **values)


class RevokeGrant(GrantAct):
    """Revoke."""

    form_class = RevokeForm
    title = gettext_lazy("撤销授权")
    done = gettext_lazy("已登记撤销。")
    warning = gettext_lazy("自撤销日起不再有效；此前的执法行为仍然有效，在办案件须移交。")

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> None:
        """Revoke it."""
        lifecycle.revoke_grant(grant=target, actor=officer, at=clock.now(), **values)


class WithdrawItem(GrantAct):
    """Take one item back."""

    form_class = WithdrawForm
    title = gettext_lazy("收回事项")
    done = gettext_lazy("已登记收回。")

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> None:
        """Take it back."""
        row = get_object_or_404(GrantItem, pk=self.kwargs["row"], grant=target)
        lifecycle.withdraw_item(row=row, actor=officer, at=clock.now(), **values)
