"""Reports that join items with cases: unused items of a township; what an amended law touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import in_county, this_county
from cases.dossier.access import visible_to
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.oversight.quoting import quoting
from catalog.effective import in_force_query
from catalog.models import DiscretionTable, ItemGuide, ItemVersion
from catalog.reports.registry import Answer, Figure, Report, declare
from desk.exports import Column
from desk.fields import DateField
from law.counting import add_months
from townships.models import Body, Officer
from townships.selectors import named_items, townships_on
from townships.selectors.holding import holdings

MOST_NOTIFIED = 300


class UnusedForm(forms.Form):
    """How long, where."""

    on = DateField(label=gettext_lazy("截至哪一天"))
    months = forms.IntegerField(label=gettext_lazy("连续多少个月没有案件"), min_value=1, max_value=120)
    township = forms.ModelChoiceField(
        in_county(Body).filter(kind__in=["township", "subdistrict"]),
        label=gettext_lazy("乡镇（街道）"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )


@dataclass(frozen=True, slots=True)
class Unused:
    """An item handed on to a township without a case in the time asked."""

    township: str
    item_id: int
    name: str
    last: date | None


def unused(*, on: date, months: int, township: Body | None) -> Answer:
    """List the items of each township's list without a case in N months; for the yearly assessment.

    行政处罚法第二十四条第三款.
    """
    since = add_months(on, -months)
    places = {body.pk: body for body in ([township] if township else townships_on(on))}
    held = set(holdings(on).filter(township__in=places).values_list("township_id", "item_id"))
    dealt = Case.objects.filter(township__in=places, found_on__lte=on, item__isnull=False)
    last = {
        (row["township_id"], row["item_id"]): row["last"]
        for row in dealt.exclude(stage=Stage.VOID)
        .values("township_id", "item_id")
        .annotate(last=Max("found_on"))
        .order_by()
    }
    idle = sorted(pair for pair in held if (last.get(pair) or date.min) <= since)
    names = named_items({item_id for _township, item_id in idle}, on)
    rows = [
        Unused(places[body].short_name, item, names.get(item, ""), last.get((body, item)))
        for body, item in idle
    ]
    figures = [
        Figure(_("乡镇（街道）持有的事项"), len(held)),
        Figure(_("没有案件的"), len(rows)),
        Figure(_("统计起始"), since.isoformat()),
    ]
    return Answer(rows, figures)


class ImpactForm(forms.Form):
    """Which law, which article, from which day."""

    on = DateField(label=gettext_lazy("修改后的规定自何日施行"))
    statute = forms.CharField(label=gettext_lazy("法律、法规、规章名称"), max_length=200)
    article = forms.CharField(
        label=gettext_lazy("条款"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("如：第三十七条；留空为整部法"),
    )


@dataclass(frozen=True, slots=True)
class Touched:
    """An item, a benchmark, a template or an open case that rests on the law."""

    kind: str
    name: str
    cites: str
    url: str


def resting_on(statute: str, article: str, on: date) -> QuerySet[ItemVersion]:
    """Return the versions in force on the day that cite a law, or one article of it."""
    name = statute.strip().strip("《》")
    whole = Q(statute_name__contains=name) | Q(citations__provision__statute__name__contains=name)
    rows = in_county(ItemVersion).filter(in_force_query(on), whole)
    if article:
        rows = rows.filter(
            Q(penalty_article__contains=article)
            | Q(obligation_article__contains=article)
            | Q(citations__provision__article__contains=article)
        )
    return rows.distinct().order_by("id")


def impact(*, on: date, statute: str, article: str, officer: Officer) -> Answer:
    """List what rests on an amended law (items, benchmarks, templates, cases); offer to tell the holders."""
    versions = list(resting_on(statute, article, on))
    items = {version.item_id for version in versions}
    names = {version.item_id: version.name for version in versions}
    attached = [
        *_attached(_("裁量基准"), DiscretionTable, names, on),
        *_attached(_("办案指引"), ItemGuide, names, on),
    ]
    seen = visible_to(officer, on=on).filter(is_open=True, item__in=items).order_by("id")
    standing = Case.objects.filter(county_id=this_county(), is_open=True, item__in=items).count()
    open_cases = [
        Touched(_("在办案件"), str(case), _pinned(case), reverse("case", args=[case.pk]))
        for case in seen.select_related("item_version")
    ]
    templates = [Touched(_("文书模板"), one.title, one.code, "") for one in quoting(statute)]
    rows = [*_versions(versions), *attached, *templates, *open_cases]
    figures = [
        Figure(_("事项"), len(versions)),
        Figure(_("裁量基准和办案指引"), len(attached)),
        Figure(_("文书模板"), len(templates)),
        Figure(_("在办案件"), standing),
    ]
    notes = [
        _("在办案件仍引用立案时的事项版本；违法行为发生时和处罚时规定不同的，适用行政处罚法第三十七条。")
    ]
    if standing > len(open_cases):
        hidden = standing - len(open_cases)
        notes.append(_("其中 %(n)s 件在办案件不在你的查看范围，由持有机关核对。") % {"n": hidden})
    return Answer(rows, figures, notes, _acts(items, statute, officer, on))


def _versions(versions: Iterable[ItemVersion]) -> Iterable[Touched]:
    for row in versions:
        yield Touched(
            _("事项"),
            row.name,
            row.penalty_cited,
            reverse("item", args=[row.item_id]),
        )


def _attached(
    kind: str, model: type[DiscretionTable] | type[ItemGuide], names: Mapping[int, str], on: date
) -> Iterable[Touched]:
    """Yield what is attached to the items and may have to be written anew."""
    for row in model.objects.filter(in_force_query(on), item_id__in=names).order_by("id"):
        title = getattr(row, "title", "") or kind
        yield Touched(kind, title, names[row.item_id], reverse("item", args=[row.item_id]))


def _pinned(case: Case) -> str:
    version = case.item_version
    return f"{version.penalty_cited}（{version.valid_from}）" if version else ""


def _acts(items: set[int], statute: str, officer: Officer, on: date) -> list[tuple[Any, str]]:
    if not items or not officer.may("authority.edit", on):
        return []
    query = [("items", str(item)) for item in sorted(items)[:MOST_NOTIFIED]]
    query += [("kind", "law_amended"), ("title", _("%(law)s修改，请核对所涉事项") % {"law": statute})]
    return [(_("通知持有机关"), f"{reverse('item_notice_new')}?{urlencode(query)}")]


declare(
    Report(
        "unused",
        gettext_lazy("长期未使用的事项"),
        gettext_lazy("各乡镇（街道）持有而连续 N 个月没有案件的事项，供定期评估"),
        (
            Column(gettext_lazy("乡镇（街道）"), lambda row: row.township),
            Column(gettext_lazy("事项"), lambda row: row.name, 60),
            Column(gettext_lazy("最近一件"), lambda row: row.last),
        ),
        unused,
        form=UnusedForm,
        code="stats.view",
        link=lambda row: reverse("item", args=[row.item_id]),
        first=lambda today: {"on": today, "months": 12},
    ),
    Report(
        "impact",
        gettext_lazy("法律修改的影响"),
        gettext_lazy("一部法律或一条规定修改后，涉及哪些事项、裁量基准、办案指引、文书模板和在办案件"),
        (
            Column(gettext_lazy("类别"), lambda row: row.kind, 10),
            Column(gettext_lazy("名称"), lambda row: row.name, 60),
            Column(gettext_lazy("引用"), lambda row: row.cites, 40),
        ),
        impact,
        form=ImpactForm,
        code="stats.view",
        personal=True,
        link=lambda row: row.url,
    ),
)
