"""When authority ends: each open case goes to the one body that may act now, stays by right, or is reported.

What is to be done follows from the register and the cases alone, so the job may be killed, repeated or run
twice at once: every case is settled under its own lock, in its own transaction, and looked at anew there.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from audit import verbs
from audit.county import in_county
from audit.services import record
from cases.dossier import authority
from cases.dossier.access import RELATED
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.routing.models import HandOver
from cases.routing.services import hand_over, settle_authority
from desk.language import in_legal_language
from desk.notices import notify
from desk.wording import both
from law.competence import Verdict
from law.errors import RuleViolation
from law.powers import BASELESS
from townships.models import Body, Mode
from townships.models.modes import HANDED_ON
from townships.roles import Role
from townships.selectors import handed_on, holders_of, successor_on

log = logging.getLogger(__name__)
AUTHORITY_RENEWED = verbs.declare("authority_renewed", gettext_lazy("权限续期"))
AUTHORITY_CONTINUED = verbs.declare("authority_continued", gettext_lazy("赋权收回后继续办结"))
TOWNSHIP_SUCCEEDED = verbs.declare("township_succeeded", gettext_lazy("所在乡镇由承继机关接管"))


@dataclass(slots=True)
class Tally:
    """What one run did."""

    moved: int = 0
    kept: int = 0
    stuck: int = 0


def resting_on_nothing(on: date) -> QuerySet[Case]:
    """Return the open cases resting on a grant that does not hold on a day, or on a body that is no more."""
    holds = handed_on(on).filter(grant=OuterRef("grant"), item=OuterRef("item"))
    ended = Q(mode__in=HANDED_ON) & ~Exists(holds)
    gone = Q(handler__active_to__lt=on) | Q(named__active_to__lt=on) | Q(township__active_to__lt=on)
    return in_county(Case).filter(ended | gone, is_open=True)


@in_legal_language()
def settle_ended(*, at: datetime) -> Tally:
    """Settle every case whose authority has ended; safe to repeat and to run beside itself."""
    tally = Tally()
    on = timezone.localdate(at)
    for case_id in list(resting_on_nothing(on).order_by("pk").values_list("pk", flat=True)):
        try:
            outcome = settle(case_id=case_id, at=at)
        except Exception:
            # One case that cannot be settled must not keep the others waiting; it is found again next time.
            log.exception("case %s could not be settled after its authority ended", case_id)
            outcome = "stuck"
        setattr(tally, outcome, getattr(tally, outcome) + 1)
    return tally


@transaction.atomic
def settle(*, case_id: int, at: datetime) -> str:
    """Settle one case under its lock: moved, kept where it is, or stuck because nobody may act."""
    on = timezone.localdate(at)
    waiting = resting_on_nothing(on).select_for_update(of=("self",), skip_locked=True).filter(pk=case_id)
    if waiting.values_list("pk", flat=True).first() is None:
        return "kept"
    case = Case.objects.select_related(*RELATED, "grant").get(pk=case_id)
    _rehome(case, on, at)
    if case.stage == Stage.LEAD or case.handler is None:
        return "kept"
    found = authority.standing(case, on=on)
    if found is not None:
        _rest_on(case, found, at)
        return "kept"
    if case.mode == Mode.EMPOWERED and case.filed_on and _paused(case, on):
        return "kept"
    return _move(case, on, at)


def _paused(case: Case, on: date) -> bool:
    """Tell whether the empowerment is only suspended: acts are refused meanwhile, the case stays."""
    return _flaw(case, on) == "suspended"


def _flaw(case: Case, on: date) -> str:
    """Tell why the case's own grant does not hold on the day."""
    verdict = authority.verdict_of(case, on=on)
    rejected = verdict.rejected if verdict else ()
    return next((row.code for row in rejected if row.fact.grant_id == case.grant_id), "")


def _move(case: Case, on: date, at: datetime) -> str:
    ground = _ground(case, on)
    ended = case.grant if case.mode in HANDED_ON else None
    number = f"（{ended.number}）" if ended and ended.number else ""
    try:
        with transaction.atomic():
            hand_over(
                case=case,
                actor=None,
                at=at,
                reason=f"{ground.label}{number}。",
                ground=ground,
                ended_grant=ended,
            )
    except RuleViolation as refusal:
        _report(case, refusal, at)
        return "stuck"
    return "moved"


def _ground(case: Case, on: date) -> HandOver.Ground:
    if case.handler is not None and not case.handler.exists_on(on):
        return HandOver.Ground.BODY_ENDED
    if case.mode == Mode.DELEGATED:
        lost = _flaw(case, on) in BASELESS
        return HandOver.Ground.PRINCIPAL_LOST if lost else HandOver.Ground.DELEGATION_ENDED
    return HandOver.Ground.EMPOWERMENT_ENDED if case.mode == Mode.EMPOWERED else HandOver.Ground.BODY_ENDED


def _rest_on(case: Case, found: Verdict, at: datetime) -> None:
    """Write down on what the same body goes on: a renewed grant, or its right to finish what it filed."""
    continued = found.outcome == "continued"
    if continued and case.authority.get("outcome") == "continued":
        return
    before = case.grant_id
    settle_authority(case, found)
    verb = AUTHORITY_CONTINUED if continued else AUTHORITY_RENEWED
    payload = {"grant_before": before, "grant": case.grant_id, "authority": case.authority}
    record(verb, chain=case.chain, target=case, actor=None, at=at, payload=payload)
    case.save(update_fields=["handler", "named", "mode", "grant", "authority"])


def _rehome(case: Case, on: date, at: datetime) -> None:
    """Place a case of an abolished township in the one that carries on there."""
    before: Body = case.township
    after = successor_on(before, on)
    if after == before:
        return
    case.township = after
    payload = {"from_body": before.pk, "body": after.pk}
    record(TOWNSHIP_SUCCEEDED, chain=case.chain, target=case, actor=None, at=at, payload=payload)
    case.save(update_fields=["township"])


def _report(case: Case, refusal: RuleViolation, at: datetime) -> None:
    """Tell the legal department, once a day, of a case that nobody may handle now."""
    on = timezone.localdate(at)
    notify(
        recipients=holders_of(Role.LEGAL_DEPARTMENT, case.township, on),
        kind="hand_over_stuck",
        title=gettext_lazy("授权终止后没有机关可以接办，请核对授权"),
        body="%(case)s：%(why)s",
        params={"case": f"{case} {case.title}", "why": both(refusal.message, refusal.message_en)},
        link=reverse("case", args=[case.pk]),
        key=f"stuck:{case.pk}:{on}",
        at=at,
    )
