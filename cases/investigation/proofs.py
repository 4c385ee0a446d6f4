"""What proves the facts of a case: its exhibits, then the records made of it (行政处罚法第四十六条第一款)."""

from typing import Any

from django.utils import timezone

from cases.dossier.models import Case
from cases.instruments.content import person_content
from cases.investigation.models import Correction, Exhibit, Record
from papers import wording


def evidence_content(case: Case) -> list[dict[str, Any]]:
    """Describe the exhibits in order."""
    exhibits = Exhibit.objects.filter(case=case, voided_at=None).select_related("file").order_by("number")
    return [
        {
            "number": exhibit.number,
            "name": exhibit.title,
            "kind": exhibit.get_kind_display(),
            "proves": exhibit.proves,
            "source": exhibit.source,
            "collected_at": exhibit.collected_at.isoformat(),
            "place": exhibit.place,
            "taken_by": wording.joined(exhibit.collectors),
            "sha256": exhibit.file.sha256,
            "is_image": exhibit.file.is_image,
        }
        for exhibit in exhibits
    ]


def evidence_list_content(case: Case) -> dict[str, Any]:
    """Fill the 证据清单; what is a picture is printed too."""
    evidence = evidence_content(case)
    photos = [
        {
            "sha256": item["sha256"],
            "caption": item["name"],
            "taken_at": item["collected_at"],
            "taken_by": item["taken_by"],
            "place": item["place"],
        }
        for item in evidence
        if item["is_image"]
    ]
    return {"evidence": evidence, "photos": photos}


def proofs_content(case: Case) -> list[dict[str, Any]]:
    """List the exhibits under the numbers of the 证据清单, and after them the records."""
    orders = list(Correction.objects.filter(case=case))
    told = [
        _inspected(record, orders) if record.kind == Record.Kind.INSPECTION else _spoken(case, record)
        for record in Record.objects.filter(case=case, voided_at=None).order_by("started_at", "id")
    ]
    return [*evidence_content(case), *told]


def steps_content(case: Case) -> list[dict[str, str]]:
    """Tell by their days what was recorded and ordered in a case before its report."""
    steps = []
    for record in Record.objects.filter(case=case, voided_at=None).prefetch_related("officers"):
        # Who made it, also where others handle the case since.
        names = wording.joined([officer.name for officer in record.officers.all()])
        spoken = record.kind == Record.Kind.INTERVIEW
        what = f"询问{record.subject}" if spoken else f"在{record.place}现场检查"
        steps.append((record.started_at, f"{names}{what}，制作笔录"))
    for order in Correction.objects.filter(case=case).select_related("instrument"):
        paper = order.instrument
        steps.append((order.ordered_at, f"作出《{paper.kind_label}》（{paper.number}）"))
    steps.sort(key=lambda step: step[0])
    return [{"on": timezone.localdate(at).isoformat(), "text": text} for at, text in steps]


def _inspected(record: Record, orders: list[Correction]) -> dict[str, Any]:
    """A look after the time to correct has run out proves whether it was obeyed."""
    on = timezone.localdate(record.started_at)
    due = [order.due_on for order in orders if order.ordered_at < record.started_at]
    again = any(day is None or on > day for day in due)
    proves = "责令改正期限届满后的现场情况" if again else "当日现场检查情况"
    return _described(record, "现场检查笔录", Exhibit.Kind.SITE_RECORD, proves)


def _spoken(case: Case, record: Record) -> dict[str, Any]:
    """The party's own account and a witness's are different kinds of evidence.

    行政处罚法第四十六条第一款第（五）项、第（六）项。
    """
    own = "relation" in person_content(case, record.subject)
    kind = Exhibit.Kind.STATEMENT if own else Exhibit.Kind.WITNESS
    return _described(record, f"对{record.subject}的询问笔录", kind, "被询问人陈述的有关事实")


def _described(record: Record, name: str, kind: Exhibit.Kind, proves: str) -> dict[str, Any]:
    on = timezone.localdate(record.started_at)
    return {
        "name": f"{on:%Y年%-m月%-d日}{name}",
        "kind": str(kind.label),
        "source": "执法人员制作",
        "proves": proves,
        "collected_at": record.started_at.isoformat(),
        "place": record.place,
    }
