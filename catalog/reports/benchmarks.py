"""Which items of a list have no benchmark, and why a table that was published for them is not used."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import in_county
from catalog.models import DiscretionTable, ItemVersion, ListMembership, PowerList
from catalog.reports.registry import Answer, Figure, Report, declare
from catalog.starters import not_used
from desk.exports import Column
from desk.fields import DateField


class ListForm(forms.Form):
    """Which list, on which day."""

    on = DateField(label=gettext_lazy("哪一天"))
    power_list = forms.ModelChoiceField(in_county(PowerList), label=gettext_lazy("清单"))


@dataclass(frozen=True, slots=True)
class Without:
    """An item without a benchmark."""

    number: str
    item_id: int
    name: str
    why: str


def benchmarks(*, on: date, power_list: PowerList) -> Answer:
    """List the items of a list for which no benchmark is in force (行政处罚法第三十四条)."""
    members = dict(
        ListMembership.objects.in_force(on).filter(power_list=power_list).values_list("item_id", "number")
    )
    tables = DiscretionTable.objects.in_force(on).filter(item_id__in=members)
    bare = members.keys() - set(tables.values_list("item_id", flat=True))
    named = ItemVersion.objects.in_force(on).filter(item_id__in=bare).values_list("item_id", "name")
    why = not_used(power_list.code)
    rows = [
        Without(members[item], item, name, why.get(members[item], _("没有公布或没有录入")))
        for item, name in named.order_by("id")
    ]
    figures = [
        Figure(_("清单事项"), len(members)),
        Figure(_("有裁量基准"), len(members) - len(bare)),
        Figure(_("没有裁量基准"), len(bare)),
    ]
    return Answer(rows, figures)


declare(
    Report(
        "benchmarks",
        gettext_lazy("没有裁量基准的事项"),
        gettext_lazy("一份清单中没有裁量基准的事项，以及公布的基准未采用的原因"),
        (
            Column(gettext_lazy("序号"), lambda row: row.number, 8),
            Column(gettext_lazy("事项"), lambda row: row.name, 60),
            Column(gettext_lazy("原因"), lambda row: row.why, 60),
        ),
        benchmarks,
        form=ListForm,
        link=lambda row: reverse("item", args=[row.item_id]),
    )
)
