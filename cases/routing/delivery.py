"""Bring a referral to its body, and remind the body while it does not answer."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.dossier.models import Case
from cases.routing.models import Referral
from desk.notices import notify
from townships.models import Body, Officer
from townships.roles import Role
from townships.selectors import heads_of, holders_of


def acceptors(body: Body, at: datetime) -> list[Officer]:
    """List who may accept for a body: its team leaders, else its head."""
    on = timezone.localdate(at)
    return list(holders_of(Role.TEAM_LEADER, body, on)) or list(heads_of(body, on))


@transaction.atomic
def deliver(*, case_id: int, at: datetime) -> bool:
    """Hand the newest unanswered referral to its body's inbox, once; False when done before."""
    referral = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("case", "to_body")
        .filter(case=case_id, answered_at=None, delivered_at=None)
        .first()
    )
    if referral is None:
        return False
    _tell(referral, _("收到分派的线索，请接收"), f"referral:{referral.pk}", at)
    referral.delivered_at = at
    referral.save(update_fields=["delivered_at"])
    return True


def remind(*, at: datetime) -> int:
    """Remind once a day of each referral whose acceptance is due; returns how many bodies were told."""
    on = timezone.localdate(at)
    late = Referral.objects.filter(
        answered_at=None,
        case__stage="routed",
        case__clocks__kind="transfer_accept",
        case__clocks__state="running",
        case__clocks__due_on__lte=on,
    ).select_related("case", "to_body")
    for referral in late:
        _tell(referral, _("分派的线索尚未接收，期限已到"), f"referral:{referral.pk}:{on}", at)
    return len(late)


def _tell(referral: Referral, title: str, key: str, at: datetime) -> None:
    case: Case = referral.case
    notify(
        recipients=acceptors(referral.to_body, at),
        kind="referral",
        title=title,
        body=f"{case} {case.title}",
        link=reverse("case", args=[case.pk]),
        key=key,
        at=at,
    )
