"""Overlap and gap: on a day each item in each township has exactly one responsible body, or is listed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import in_county
from catalog.effective import in_force_query
from catalog.models import ItemVersion, ListMembership, PowerList
from catalog.reports.registry import Answer, Figure, Report, declare
from desk.exports import Column
from desk.fields import DateField
from law.competence import Verdict, decide_authority
from law.powers import AuthorityFact
from townships.models import Body
from townships.selectors.bodies import townships_on
from townships.selectors.every_fact import Known, every_fact

OUTCOMES = {"overlap": gettext_lazy("重叠"), "gap": gettext_lazy("空档")}


class CoverageForm(forms.Form):
    """Which day, which township, which list."""

    on = DateField(label=gettext_lazy("哪一天"))
    township = forms.ModelChoiceField(
        in_county(Body).filter(kind__in=["township", "subdistrict"]),
        label=gettext_lazy("乡镇（街道）"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    power_list = forms.ModelChoiceField(
        in_county(PowerList), label=gettext_lazy("清单"), required=False, empty_label=gettext_lazy("全部")
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """One item that nobody answers for, or several do, with all the townships where that is so."""

    item_id: int
    name: str
    townships: str
    outcome: str
    bodies: str


def coverage(*, on: date, township: Body | None, power_list: PowerList | None) -> Answer:
    """Decide every item in every township on a day, and list what is not decided.

    行政处罚法第十七条至第二十五条。
    """
    places = [township] if township else list(townships_on(on))
    names = dict(_items(on, power_list))
    found: Counter[str] = Counter()
    troubles: dict[tuple[str, int, str], list[str]] = {}
    decided: dict[tuple[AuthorityFact, ...], Verdict] = {}
    facts = every_fact(on)
    for item_id in names:
        for place in places:
            known = tuple(_facts(facts, item_id, place.pk))
            if known not in decided:
                decided[known] = decide_authority(known, on=on)
            verdict = decided[known]
            found[verdict.outcome] += 1
            if verdict.outcome != "decided":
                bodies = "、".join(dict.fromkeys(fact.holder_name for fact in verdict.overlap))
                troubles.setdefault((verdict.outcome, item_id, bodies), []).append(place.short_name)
    pairs = len(names) * len(places)
    figures = [
        Figure(_("事项 × 乡镇（街道）"), pairs),
        Figure(_("恰有一个责任主体"), found["decided"], found["decided"] == pairs),
        Figure(_("重叠"), found["overlap"], not found["overlap"]),
        Figure(_("空档"), found["gap"], not found["gap"]),
    ]
    # Two bodies that act on one thing are the graver: they stand first.
    told = sorted(troubles.items(), key=lambda trouble: trouble[0][0] != "overlap")
    return Answer([_trouble(names, *trouble, every=len(places)) for trouble in told], figures)


def _items(on: date, power_list: PowerList | None) -> Iterable[tuple[int, str]]:
    rows: QuerySet[ItemVersion] = in_county(ItemVersion).filter(in_force_query(on))
    if power_list is not None:
        members = ListMembership.objects.filter(in_force_query(on), power_list=power_list)
        rows = rows.filter(item_id__in=members.values("item_id"))
    return rows.order_by("id").values_list("item_id", "name")


def _facts(facts: Known, item_id: int, township_id: int) -> Iterable[AuthorityFact]:
    yield from facts.get((item_id, township_id), ())
    yield from facts.get((item_id, None), ())


def _trouble(
    names: Mapping[int, str], trouble: tuple[str, int, str], where: list[str], *, every: int
) -> Trouble:
    outcome, item_id, bodies = trouble
    everywhere = len(where) == every > 1
    townships = _("全部 %(n)s 个") % {"n": every} if everywhere else "、".join(where)
    return Trouble(item_id, names[item_id], townships, str(OUTCOMES[outcome]), bodies)


declare(
    Report(
        "coverage",
        gettext_lazy("责任主体重叠与空档"),
        gettext_lazy("每一事项在每一乡镇（街道）当日恰有一个责任主体"),
        (
            Column(gettext_lazy("情形"), lambda row: row.outcome, 8),
            Column(gettext_lazy("事项"), lambda row: row.name, 60),
            Column(gettext_lazy("乡镇（街道）"), lambda row: row.townships, 40),
            Column(gettext_lazy("同时持有的机关"), lambda row: row.bodies, 40),
        ),
        coverage,
        form=CoverageForm,
        code="authority.view",
        link=lambda row: reverse("item", args=[row.item_id]),
    )
)
