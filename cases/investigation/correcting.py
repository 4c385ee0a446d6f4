"""Was the party told to correct, and had it the time?"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from cases.dossier.models import Case
from cases.instruments.models import Service
from law import gates
from law.errors import RuleViolation


def correction_obstacles(case: Case, on: date) -> Iterator[RuleViolation]:
    """Find that a penalty for not having corrected comes before the order was served and its time is over.

    行政处罚法第二十八条第一款。
    """
    version = case.item_version
    if version is None or not version.needs_correction_first:
        return
    last = case.corrections.select_related("instrument").order_by("-id").first()
    if last is None:
        yield _uncorrected(
            "该事项以责令改正而未改正为前提。",
            "the item presupposes an order to correct that was not obeyed",
            "由承办人制发责令改正通知书并送达，期满未改正的再办理；当场办理的，转为普通程序",
            "The handler orders correction and serves the order; act when it was not obeyed in its time",
            link="case:order-correction",
        )
        return
    served = Service.objects.filter(instrument=last.instrument).first()
    if served is None:
        yield _uncorrected(
            f"{last.instrument}没有送达记录，当事人无从得知改正要求。",
            f"no service of {last.instrument} is on record: the party does not know what to correct",
            "由承办人送达责令改正通知书并登记送达；有改正期限的，期满后再办理",
            "The handler serves the order and records it; where it sets a time, act after that has run out",
            link="case:serve-document",
        )
    elif last.due_on is not None and timezone.localdate(served.served_at) > last.due_on:
        yield _uncorrected(
            f"{last.instrument}送达时，改正期限（{last.due_on:%Y年%-m月%-d日}）已过。",
            f"the time to correct ({last.due_on}) was over when {last.instrument} was served",
            "由承办人重新责令改正，给足改正期限并送达",
            "The handler orders correction anew with time to obey, and serves the order",
            link="case:order-correction",
        )
    elif last.due_on is not None and on <= last.due_on:
        yield _uncorrected(
            f"改正期限至{last.due_on:%Y年%-m月%-d日}，尚未届满。",
            f"the time to correct runs until {last.due_on}",
            "改正期限届满后，复查改正情况再办理",
            "Look after the time has run out whether it was corrected, then act",
            link="case:documents",
        )


def _uncorrected(detail: str, detail_en: str, unblock: str, unblock_en: str, *, link: str) -> RuleViolation:
    """Refuse by the gate of the order to correct, with the way out that this state of it has."""
    refusal = gates.violation("order_correction", detail=detail, detail_en=detail_en, link=link)
    way = {"unblock": unblock, "unblock_en": unblock_en, "severity": "block"}
    return RuleViolation(**{**refusal.as_dict(), **way})
