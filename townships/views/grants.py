"""Acts on a grant as pages: draft it, register one by law, the acts of the table, withdraw an item."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from catalog.models import Item
from desk import clock
from law.errors import RuleViolation
from townships.forms.grants import GrantForm, PowerForm, WithdrawForm
from townships.forms.people import DatedForm
from townships.grant_acts import GRANT_ACTS, GrantAct
from townships.models import AuthorityGrant, GrantItem, Mode, Officer
from townships.selectors import get_grant, items_by_words, named_items
from townships.selectors.items import items_of_list
from townships.services import grants, lifecycle
from townships.views.acts import ActPage
from townships.views.authority import CRUMBS, require_editor


def draft_from(values: dict[str, Any], officer: Officer) -> AuthorityGrant:
    """Draft what a form says; pages and REST call this alike."""
    source, items = values.pop("source"), _items_named(values.pop("codes"), clock.today())
    mode, places = Mode(values.pop("mode")), list(values.pop("places", ()))
    side = "principal" if mode == Mode.DELEGATED else "origin"
    terms = grants.Terms(mode=mode, township=values["holder"], **{side: source}, **values)
    return grants.draft_grant(
        terms=terms,
        items=items,
        places=places,
        actor=officer,
        at=clock.now(),
    )


def register_from(values: dict[str, Any], officer: Officer) -> AuthorityGrant:
    """Register the power a form tells, with the items of its list and those named; pages and REST alike."""
    power_list, areas, codes = values.pop("power_list"), values.pop("areas"), values.pop("codes")
    on = max(clock.today(), values["valid_from"])
    listed = items_of_list(power_list, on, areas) if power_list else []
    terms = grants.Terms(mode=Mode(values.pop("mode")), **values)
    items = list(dict.fromkeys([*listed, *_items_named(codes, on)]))
    return grants.register_power(terms=terms, items=items, actor=officer, at=clock.now())


def _items_named(codes: Sequence[str], on: date) -> list[Item]:
    """Find the items named, each once; refuse what names none or several."""
    found = items_by_words(codes, on)
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise RuleViolation(
            "item_unknown",
            f"没有这些事项，或名称不止一项：{'、'.join(unknown[:10])}",
            unblock="到事项清单核对编码或完整名称",
            message_en=f"No such item, or several bear the name: {', '.join(unknown[:10])}",
            unblock_en="Check the code or full name in the list of items",
            field="codes",
        )
    return list(dict.fromkeys(found[code] for code in codes))


class DraftGrant(ActPage):
    """Draft a delegation agreement or an empowerment decision."""

    crumbs = CRUMBS
    form_class: type[DatedForm] = GrantForm
    title = gettext_lazy("起草委托书或赋权决定")
    done = gettext_lazy("已起草。签署并公布后才生效。")
    button = gettext_lazy("保存草稿")

    def door(self, officer: Officer, on: date) -> None:
        """The legal department only."""
        require_editor(officer, on)

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> AuthorityGrant:
        """Draft it."""
        return draft_from(values, officer)

    def back(self, target: None) -> str:
        """Go to the list."""
        return reverse("agreements")

    def finish(self, request: HttpRequest, target: None, result: AuthorityGrant) -> HttpResponse:
        """Go on with what was drafted."""
        messages.success(request, str(self.done))
        return redirect("grant", pk=result.pk)


class RegisterPower(DraftGrant):
    """Register what a body may do by law or by a decision, without an agreement."""

    form_class = PowerForm
    title = gettext_lazy("登记法定职权")
    done = gettext_lazy("已登记；该机关自生效日期起行使这些事项。")
    button = gettext_lazy("登记")

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> AuthorityGrant:
        """Register it."""
        return register_from(values, officer)


class OneGrantPage(ActPage):
    """An act on one grant; the legal department only."""

    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> AuthorityGrant:
        """The legal department only."""
        return get_grant(officer, self.kwargs["pk"], on=on, code="authority.edit")

    def back(self, target: AuthorityGrant) -> str:
        """Go to the grant, or to the list when it is no more."""
        known = AuthorityGrant.objects.filter(pk=self.kwargs["pk"]).exists()
        return reverse("grant", args=[self.kwargs["pk"]]) if known else reverse("agreements")


class GrantActPage(OneGrantPage):
    """One act of the table; `as_view(act=…)`."""

    act: GrantAct = GRANT_ACTS["sign"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take form and words from the table."""
        super().setup(request, *args, **kwargs)
        self.form_class, self.title = self.act.form, self.act.title
        self.done, self.warning = self.act.done, self.act.warning

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> Any:
        """Do it."""
        return self.act.service(grant=target, actor=officer, at=clock.now(), **values)


class WithdrawItem(OneGrantPage):
    """Take one item back."""

    form_class = WithdrawForm
    title = gettext_lazy("收回事项")
    done = gettext_lazy("已登记收回。")

    def row(self, target: AuthorityGrant) -> GrantItem:
        """The item of this grant that the address names."""
        return get_object_or_404(GrantItem, pk=self.kwargs["row"], grant=target)

    def subject(self, target: AuthorityGrant) -> str:
        """Name grant and item."""
        names = named_items([self.row(target).item_id], clock.today())
        return " · ".join([str(target), *names.values()])

    def service(self, target: AuthorityGrant, values: dict[str, Any], officer: Officer) -> None:
        """Take it back."""
        lifecycle.withdraw_item(row=self.row(target), actor=officer, at=clock.now(), **values)
