"""What was drafted and waits for a second person: versions, benchmarks, exemptions, guides."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from catalog.access import EDIT
from catalog.drafts import KINDS
from catalog.effective import Status
from catalog.models import ItemVersion
from catalog.reports.registry import Answer, Figure, Report, declare
from desk.exports import Column

LABELS = {
    "version": gettext_lazy("事项版本"),
    "benchmark": gettext_lazy("裁量基准"),
    "exemption": gettext_lazy("免罚清单条目"),
    "guide": gettext_lazy("办案指引"),
}


class NothingAsked(forms.Form):
    """A report without questions."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One draft."""

    kind: str
    name: str
    item_id: int
    drafted_by: str
    valid_from: date | None


def waiting() -> Answer:
    """List the drafts of every kind with the name of their item."""
    found = [
        (kind, row)
        for kind, model in KINDS.items()
        for row in model._default_manager.filter(status=Status.DRAFT).order_by("id")
    ]
    latest = ItemVersion.objects.filter(item_id__in={row.item_id for _kind, row in found})
    names = dict(latest.order_by("valid_from").values_list("item_id", "name"))
    rows = [
        Waiting(
            str(LABELS[kind]), names.get(row.item_id, ""), row.item_id, row.drafted_by_name, row.valid_from
        )
        for kind, row in found
    ]
    return Answer(rows, [Figure(gettext_lazy("待发布"), len(rows))])


declare(
    Report(
        "waiting",
        gettext_lazy("待发布的草稿"),
        gettext_lazy("起草后等另一人核对发布的事项版本、裁量基准、免罚清单条目和办案指引"),
        (
            Column(gettext_lazy("类别"), lambda row: row.kind, 14),
            Column(gettext_lazy("事项"), lambda row: row.name, 60),
            Column(gettext_lazy("起草人"), lambda row: row.drafted_by),
            Column(gettext_lazy("拟自何日起"), lambda row: row.valid_from),
        ),
        waiting,
        form=NothingAsked,
        code=EDIT,
        link=lambda row: reverse("item", args=[row.item_id]),
        first=lambda today: {},
    )
)
