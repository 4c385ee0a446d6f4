"""What the register of a lead, the list of a hand-over and the proof of authority print."""

from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from audit import statements
from cases.clocks.selectors import running
from cases.dossier.law_book import law_book
from cases.dossier.models import Case, Source
from cases.instruments.content import approval
from cases.instruments.models import Instrument
from cases.routing.models import HandOver
from law.consequences import Consequence, consequences_of
from papers import wording
from townships.models import Officer

# The form knows fewer sources than the register: a camera is the body's own inspection.
FORM_SOURCES = {
    Source.PATROL: "inspection",
    Source.CAMERA: "inspection",
    Source.HOTLINE: "hotline",
    Source.REPORT: "report",
    Source.SUPERIOR: "assigned",
    Source.TRANSFER: "transfer",
    Source.PLATFORM: "other",
}


def register_content(case: Case, *, router: Officer, on: date) -> dict[str, Any]:
    """Fill the 案件来源登记表: when it came, until when it is checked, who registered and who sent it."""
    check = running(case, "filing_check")
    received = timezone.localdate(case.registered_at)
    sent = f"分派{case.handler.name}办理。" if case.handler else ""
    return {
        "source_kind": FORM_SOURCES[Source(case.source)],
        "lead_number": case.lead_number,
        "received_at": case.registered_at.isoformat(),
        "check_due": check.due_on.isoformat() if check and check.due_on else "",
        "approvals": [
            approval("registrar", f"已登记（{case.lead_number}）。", [case.registered_by.name], received),
            {**approval("team_leader", sent, [router.name], on), "label": "分派意见"},
        ],
    }


def inventory_of(case: Case) -> dict[str, Any]:
    """List what goes with the case: its documents, its evidence and its running clocks."""
    papers = Instrument.objects.filter(case=case).order_by("file_order", "id")
    exhibits = case.exhibits.filter(voided_at=None).select_related("file").order_by("number")
    clocks = case.clocks.filter(state="running").order_by("due_on", "id")
    return {
        "documents": [{"name": paper.get_kind_display(), "number": paper.number} for paper in papers],
        "exhibits": [{"name": str(exhibit), "sha256": exhibit.file.sha256} for exhibit in exhibits],
        "clocks": [
            {"clock": law_book().newest(clock.clock_id).name_zh, "due_on": str(clock.due_on or "")}
            for clock in clocks
        ],
    }


ANEW = "名义机关变更：接收后重新送达权利义务告知。"


def hand_over_content(handed: HandOver) -> dict[str, Any]:
    """Fill the 案件移交清单; whoever acts for another body leaves the giver's line to be signed by hand."""
    listed, giver = handed.inventory, handed.handed_by
    renamed = handed.case.named_id != handed.named_before_id and handed.named_before_id is not None
    running = [f"{row['clock']}（{wording.day(row['due_on'])}届满）" for row in listed["clocks"]]
    reasons = f"{handed.reason}立案日期和各项期限继续计算，不重新起算。{ANEW if renamed else ''}"
    return {
        "from_body": handed.from_body.name,
        "to_body": handed.to_body.name,
        "basis": "《中华人民共和国行政处罚法》第二十条、第二十四条",
        "reasons": reasons,
        "materials": [{"quantity": "1份", **row} for row in (*listed["documents"], *listed["exhibits"])],
        "running": wording.joined(running),
        "handed_by": giver.name if giver and giver.body_id == handed.from_body_id else "",
    }


# Of all that follows from the mode, what the proof of authority states.
PROVED = frozenset({"head", "review", "respondent", "coercion"})


def authority_content(case: Case, finding: dict[str, Any]) -> dict[str, Any]:
    """Fill the proof of authority from the grant relied on, as it stands in the register."""
    grant, version = _grant(case), case.item_version
    told = {
        "asked_on": finding.get("on", ""),
        "decided_in_name_of": finding.get("name_on_documents", ""),
        "others": [row["zh"] for row in finding.get("rejected", ())],
        "follows": {row.key: row.zh for row in _follows(case, finding) if row.key in PROVED},
    }
    held = {
        "mode": finding.get("mode"),
        "number": finding.get("number"),
        "holder": finding.get("handler"),
        "basis": finding.get("article"),
        "note": "\n".join(finding.get("reasons_zh", ())),
    }
    if grant is None or version is None:
        return {**told, "grant": held}
    # A power concentrated by decision has no number of its own: the decision is its paper.
    number = finding.get("number") or grant.decision_document
    until = f"至{grant.valid_to:%Y年%-m月%-d日}" if grant.valid_to else "起长期有效"
    return {
        **told,
        "item": {
            "name": version.name,
            "code": grant.code or "",
            "version": f"{version.valid_from:%Y年%-m月%-d日}起施行",
        },
        "grant": {
            **held,
            "number": number,
            "signed_on": _day(grant.signed_on),
            "principal": grant.giver or "",
            "area": _area(grant),
            "period": f"{grant.valid_from:%Y年%-m月%-d日}{until}",
            "published_on": _day(grant.published_by_principal_on),
            "channel": _publicity(grant),
            "basis": "；".join(text for text in (grant.legal_basis, grant.decision_document) if text),
        },
    }


def _follows(case: Case, finding: dict[str, Any]) -> tuple[Consequence, ...]:
    """Tell what follows from the mode of a finding."""
    if not finding.get("mode"):
        return ()
    return consequences_of(
        finding["mode"],
        handler=finding["handler"],
        named=finding["name_on_documents"],
        government=case.county.government_name,
    )


class Relied(NamedTuple):
    """The grant relied on with who gave it, the places it holds in and the code of the case's item."""

    legal_basis: str
    decision_document: str
    signed_on: date | None
    valid_from: date
    valid_to: date | None
    published_by_principal_on: date | None
    published_by_holder_on: date | None
    filing_number: str
    filed_on: date | None
    giver: str | None
    area: str | None
    villages: list[str]
    code: str | None


# Printed with every case that is filed. For the first code the planner would walk those of all items by their
# id, were it asked for with a limit.
RELIED = """
    SELECT g.legal_basis, g.decision_document, g.signed_on, g.valid_from, g.valid_to,
           g.published_by_principal_on, g.published_by_holder_on, g.filing_number, g.filed_on,
           coalesce(p.name, o.name), t.short_name,
           ARRAY(SELECT v.name FROM townships_grantplace a JOIN townships_place v ON v.id = a.place_id
                 WHERE a.grant_id = g.id ORDER BY a.id),
           (SELECT (array_agg(code ORDER BY id))[1] FROM catalog_itemcode WHERE item_id = %s::bigint)
    FROM townships_authoritygrant g LEFT JOIN townships_body p ON p.id = g.principal_id
    LEFT JOIN townships_body o ON o.id = g.origin_id LEFT JOIN townships_body t ON t.id = g.township_id
    WHERE g.id = %s::bigint
"""


def _grant(case: Case) -> Relied | None:
    """Read the grant relied on."""
    if case.grant_id is None:
        return None
    return next((Relied(*row) for row in statements.rows(RELIED, [case.item_id, case.grant_id])), None)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _area(grant: Relied) -> str:
    """Name the area, which is a territory and no body: all of it, or some of its villages."""
    if grant.area is None:
        return "全县"
    return f"{grant.area}{'、'.join(grant.villages)}" if grant.villages else f"{grant.area}行政区域"


def _publicity(grant: Relied) -> str:
    """Tell who published and filed the grant, and when (行政处罚法第二十条第二款、第二十四条第一款)."""
    dated = (
        ("县级公布", grant.published_by_principal_on),
        ("乡镇公布", grant.published_by_holder_on),
        (f"备案{grant.filing_number}", grant.filed_on),
    )
    return "，".join(f"{word}：{day:%Y年%-m月%-d日}" for word, day in dated if day)
