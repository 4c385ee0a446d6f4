"""What is read before a notice is approved, an answer reviewed, a hearing notified or ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.dossier.models import Case
from cases.flow.brief import brief
from cases.hearing.models import Hearing, Statement
from cases.investigation.content import basis_content, penalty_content
from cases.investigation.findings import current_report, hearing_finding
from cases.investigation.proofs import proofs_content
from desk.formats import cn_datetime
from law.errors import LawError
from townships.models import Officer


def notice_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Collect the report, its basis and whether a hearing must be offered."""
    report = current_report(case)
    if report is None:
        return {}
    try:
        hearing = hearing_finding(case, report, on=on)
    except LawError:
        hearing = None
    return {
        "report": report,
        "basis": basis_content(report),
        "evidence": proofs_content(case),
        "penalties": penalty_content(report),
        "hearing": hearing,
    }


def statement_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Quote the answers of the party that wait to be reviewed."""
    answers = Statement.objects.filter(notice__case=case, kind=Statement.Kind.STATEMENT, reviewed_at=None)
    report = current_report(case)
    return brief(
        _("当事人的陈述申辩"),
        [
            *((cn_datetime(answer.made_at, "short"), answer.content) for answer in answers.order_by("id")),
            (_("告知的事实"), report.facts if report else ""),
            (_("拟处理由"), report.reasoning if report else ""),
        ],
    )


def hearing_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Tell what the party asked for and what has been arranged."""
    hearing = Hearing.objects.filter(notice__case=case).select_related("chair").order_by("-id").first()
    if hearing is None:
        return {}
    return brief(
        _("听证"),
        [
            (_("申请时间"), hearing.requested_at),
            (_("申请内容"), hearing.request),
            (_("听证时间"), hearing.scheduled_at),
            (_("听证地点"), hearing.place),
            (_("主持人"), hearing.chair),
        ],
    )
