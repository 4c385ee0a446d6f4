"""Bring a referral or a hand-over to its body, and remind the body while it does not answer."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.dossier.models import Case
from cases.routing.models import HandOver, HandOverAnswer, Referral
from cases.routing.reported import acknowledge
from cases.routing.rules import unanswered
from desk.notices import Words, notify
from townships.models import Body, Officer
from townships.roles import Role
from townships.selectors import heads_of, holders_of
from townships.selectors.zones import answering_for


def acceptors(body: Body, at: datetime) -> list[Officer]:
    """List who may accept for a body: its team leaders, else its head."""
    on = timezone.localdate(at)
    return list(holders_of(Role.TEAM_LEADER, body, on)) or list(heads_of(body, on))


@transaction.atomic
def deliver(*, case_id: int, at: datetime) -> bool:
    """Hand the newest unanswered referral to its body's inbox, once; False when done before."""
    referral = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("case__registered_by", "to_body")
        .filter(case=case_id, answered_at=None, delivered_at=None)
        .first()
    )
    if referral is None:
        return False
    _tell(referral, _("收到分派的线索，请接收"), f"referral:{referral.pk}", at)
    referral.delivered_at = at
    referral.save(update_fields=["delivered_at"])
    acknowledge(referral, at=at)
    return True


def answer_seer(*, case_id: int, at: datetime) -> None:
    """Tell whoever reported the lead what the body it was sent to answered, once."""
    answered = Referral.objects.filter(case=case_id).exclude(answered_at=None)
    acknowledge(answered.select_related("case__registered_by", "to_body").latest("id"), at=at)


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


def tell_receiver(*, hand_over_id: int, at: datetime) -> None:
    """Tell the receiving body of a hand-over, once."""
    handed = HandOver.objects.select_related("case", "to_body", "from_body").get(pk=hand_over_id)
    told, key = acceptors(handed.to_body, at), f"hand-over:{handed.pk}"
    _tell_of(handed.case, told, _("%(body)s移交的案件，请接收"), key, at, body=handed.from_body.short_name)


def tell_giver(*, hand_over_id: int, at: datetime) -> None:
    """Tell the body from which the end of its authority took a case to stop acting on it, once."""
    handed = HandOver.objects.select_related("case", "to_body", "from_body").get(pk=hand_over_id)
    if handed.handed_by_id is not None:
        return
    on = timezone.localdate(handed.handed_at)
    stood_down = Q(assignments__case=handed.case, assignments__ended_on=on)
    officers = Officer.objects.filter(stood_down, body=handed.from_body, is_active=True).distinct()
    notify(
        recipients={*acceptors(handed.from_body, at), *officers},
        kind="hand_over_given",
        title=_("案件已移交%(body)s，请停止对外行为，移交案卷、证据和涉案财物"),
        body="%(case)s：%(why)s",
        params={
            "body": handed.to_body.short_name,
            "case": f"{handed.case} {handed.case.title}",
            "why": handed.reason,
        },
        # The case itself is no longer theirs to open.
        link=reverse("cases"),
        key=f"hand-over-given:{handed.pk}",
        at=at,
    )


def tell_of_designation(*, case_id: int, at: datetime) -> None:
    """Tell the body designated to handle a case, once for each designation."""
    last = HandOverAnswer.objects.filter(hand_over__case=case_id, kind=HandOverAnswer.Kind.DESIGNATED).latest(
        "id"
    )
    handed = last.hand_over
    title = _("已指定由本机关办理，请接收移交")
    _tell_of(handed.case, acceptors(handed.to_body, at), title, f"hand-over-designated:{last.pk}", at)


def ask_for_designation(*, case_id: int, at: datetime) -> None:
    """Ask the legal department to answer an objection to a hand-over, once for each objection."""
    answer = HandOverAnswer.objects.select_related("hand_over__case__township").filter(
        hand_over__case=case_id, kind=HandOverAnswer.Kind.REFUSED
    )
    last = answer.latest("id")
    case = last.hand_over.case
    legal = holders_of(Role.LEGAL_DEPARTMENT, case.township, timezone.localdate(at))
    title = _("接收机关对移交有异议，请指定办理机关")
    _tell_of(case, legal, title, f"hand-over-refused:{last.pk}", at)


def remind_receivers(*, at: datetime) -> int:
    """Remind once a day of hand-overs not accepted in time, and tell heads and the legal department."""
    on = timezone.localdate(at)
    late = (
        unanswered()
        .filter(
            case__clocks__kind="transfer_accept",
            case__clocks__state="running",
            case__clocks__due_on__lte=on,
            case__is_open=True,
        )
        .exclude(case__stage="routed")
        .select_related("case__township", "to_body")
        .annotate(due_on=F("case__clocks__due_on"))
    )
    for handed in late:
        told = list(acceptors(handed.to_body, at))
        if handed.due_on < on:
            told += [*heads_of(handed.to_body, on)]
            told += [*holders_of(Role.LEGAL_DEPARTMENT, handed.case.township, on)]
        title = _("移交的案件尚未接收，期限已到")
        _tell_of(handed.case, told, title, f"hand-over:{handed.pk}:{on}", at)
    return len(late)


def _tell(referral: Referral, title: Words, key: str, at: datetime) -> None:
    told = [*acceptors(referral.to_body, at), *_of_the_zone(referral, at)]
    _tell_of(referral.case, told, title, key, at)


def _of_the_zone(referral: Referral, at: datetime) -> list[Officer]:
    """List who answers for the zone of a lead that its own township is to handle."""
    case = referral.case
    if case.place_id is None or referral.to_body_id != case.township_id:
        return []
    return list(answering_for(case.place_id, timezone.localdate(at)))


def _tell_of(
    case: Case, recipients: Iterable[Officer], title: Words, key: str, at: datetime, **params: str
) -> None:
    notify(
        recipients=recipients,
        kind="referral",
        title=title,
        body=f"{case} {case.title}",
        link=reverse("case", args=[case.pk]),
        key=key,
        at=at,
        params=params,
    )
