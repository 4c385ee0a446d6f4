"""While somebody is away: open reviews, cases and approvals go to whoever stands in, on the record.

What is to be done follows from the day alone, so the job may be repeated or run twice at once; nothing is
given back when the person returns.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.dossier.duties import JUDGING, acted, two_officers
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.overview.selectors import WAITING
from cases.recusal.rules import withdrawn
from cases.review.models import LegalReview, ReviewAssignment, StandIn
from cases.review.rules import unfit_rounds
from cases.review.services import reassign_review
from cases.routing.rules import waits_for
from cases.routing.services import reassign
from desk.language import in_legal_language
from desk.notices import Words, notify
from desk.wording import in_words
from law.errors import RuleViolation
from townships.models import Absence, Officer
from townships.roles import Role
from townships.selectors import absent_on, away, certified_officers, heads_of, holders_of

log = logging.getLogger(__name__)
Cause = ReviewAssignment.Cause
# What a head approves or decides; leads are accepted by whoever leads a team.
APPROVED_AT = [stage for code, stages in WAITING.items() if code.startswith("case.") for stage in stages]
UNHANDLED = (Stage.LEAD, Stage.ROUTED)
ONE_DAY = timedelta(days=1)
TAKEN_ON: Mapping[str, Words] = {
    StandIn.Duty.REVIEW: _("%(name)s缺勤，由你代为法制审核"),
    StandIn.Duty.HANDLING: _("%(name)s缺勤，由你代为承办"),
    StandIn.Duty.APPROVAL: _("%(name)s缺勤，由你审批"),
}


@in_legal_language()
def settle_absences(*, at: datetime) -> int:
    """Hand on whatever waits for somebody who is away, and every review whose reviewer may review no more."""
    on = timezone.localdate(at)
    done = sum(_each(settle_review, unfit_rounds(on).values_list("case_id", flat=True), at=at))
    for absence in absent_on(on).select_related("officer").order_by("id"):
        if absence.hands_on_cases:
            done += sum(_each(settle_seat, _handled_by(absence.officer), absence=absence, at=at))
        done += sum(_each(settle_approval, _approved_by(absence.officer, on), absence=absence, at=at))
    _tell_who_is_back(on, at)
    return done


def _each(settle: Callable[..., bool], case_ids: Iterable[int], **facts: object) -> Iterator[bool]:
    """Settle case by case; one that cannot be settled keeps no other waiting and is found again next time."""
    for case_id in list(case_ids):
        try:
            yield settle(case_id=case_id, **facts)
        except Exception:
            log.exception("case %s could not be handed on during an absence", case_id)
            yield False


def _locked(case_id: int) -> Case | None:
    free = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=case_id, is_open=True)
    if free.values_list("pk", flat=True).first() is None:
        return None
    related = ("item_version", "township", "handler", "named", "lead_officer", "second_officer")
    return Case.objects.select_related(*related).get(pk=case_id)


@transaction.atomic
def settle_review(*, case_id: int, at: datetime, cause: Cause = Cause.BARRED) -> bool:
    """Give the open round to the next reviewer where its own may not review it today.

    行政处罚法第五十八条。
    """
    on, case = timezone.localdate(at), _locked(case_id)
    unfit = unfit_rounds(on).select_related("reviewer").filter(case=case_id)
    review: LegalReview | None = unfit.first() if case else None
    if case is None or review is None:
        return False
    before = review.reviewer
    absence = absent_on(on).filter(officer=before).select_related("officer").first()
    reason = _absent(absence) if absence else f"{before.name}当日没有审核本案的岗位，或者已决定回避。"
    try:
        with transaction.atomic():
            found = reassign_review(
                case=case, actor=None, at=at, reason=reason, cause=Cause.ABSENCE if absence else cause
            )
    except RuleViolation as refusal:
        _tell_legal(
            case, _("没有人可以代为法制审核，请补充名册"), refusal.message, f"review-stuck:{case.pk}:{on}", at
        )
        return False
    if absence:
        _put_down(absence, case, StandIn.Duty.REVIEW, found.reviewer, in_words(found.assigned_because), at)
    return True


def _handled_by(officer: Officer) -> QuerySet[Case, int]:
    theirs = Q(lead_officer=officer) | Q(second_officer=officer)
    return Case.objects.filter(theirs, is_open=True).exclude(stage__in=UNHANDLED).values_list("pk", flat=True)


@transaction.atomic
def settle_seat(*, case_id: int, absence: Absence, at: datetime) -> bool:
    """Put the least burdened certified colleague in an absent officer's seat (行政处罚法第四十二条)."""
    on, case, officer = timezone.localdate(at), _locked(case_id), absence.officer
    if case is None or officer not in (case.lead_officer, case.second_officer) or waits_for(case):
        return False
    for after in _colleagues(case, on):
        pair = [after if seat == officer else seat for seat in (case.lead_officer, case.second_officer)]
        if two_officers(case, pair, on=on):
            continue
        because = f"{_absent(absence)}由同机关在办案件最少的{after.name}代为承办。"
        lead, second = pair
        assert lead is not None
        assert second is not None
        reassign(case=case, actor=None, at=at, lead_officer=lead, second_officer=second, reason=because)
        _put_down(absence, case, StandIn.Duty.HANDLING, after, because, at)
        return True
    words = _("承办人缺勤，没有可以代为承办的持证人员")
    _tell_legal(case, words, _absent(absence), f"seat-stuck:{case.pk}:{on}", at)
    return False


def _colleagues(case: Case, on: date) -> list[Officer]:
    """List who may take a seat in the case, those with the fewest open cases first."""
    if case.handler is None:
        return []
    barred = {
        *away(on),
        *acted(case, JUDGING),
        *withdrawn(case),
        case.lead_officer_id,
        case.second_officer_id,
    }
    able = holders_of(Role.TOWNSHIP_OFFICER, case.handler, on)
    able = able.filter(pk__in=certified_officers(case.handler, on).values("pk"))
    load = Count("cases_led", filter=Q(cases_led__is_open=True), distinct=True) + Count(
        "cases_seconded", filter=Q(cases_seconded__is_open=True), distinct=True
    )
    ranked = able.annotate(load=load).order_by("load", "id")
    return [officer for officer in ranked if officer.pk not in barred]


def _approved_by(officer: Officer, on: date) -> list[int]:
    """List the cases that wait for a head who is the first to decide for their body."""
    if not officer.is_head:
        return []
    scope = officer.scope(on, "case.decide")
    waiting = Case.objects.filter(stage__in=APPROVED_AT, is_open=True, named__in=scope.body_ids)
    return list(waiting.values_list("pk", flat=True))


@transaction.atomic
def settle_approval(*, case_id: int, absence: Absence, at: datetime) -> bool:
    """Write down which other head decides while the first is away (行政处罚法第五十七条)."""
    on, case, officer = timezone.localdate(at), _locked(case_id), absence.officer
    if case is None or case.named is None:
        return False
    if StandIn.objects.filter(absence=absence, case=case, duty=StandIn.Duty.APPROVAL).exists():
        return False
    heads = list(heads_of(case.named, on))
    if not heads or heads[0] != officer:
        return False
    gone = away(on)
    after = next((head for head in heads if head.pk not in gone), None)
    if after is None:
        words = _("机关负责人缺勤，没有其他负责人可以审批")
        _tell_legal(case, words, _absent(absence), f"approval-stuck:{case.pk}:{on}", at)
        return False
    because = f"{_absent(absence)}由机关负责人{after.name}审批。"
    _put_down(absence, case, StandIn.Duty.APPROVAL, after, because, at)
    return True


def _absent(absence: Absence) -> str:
    days = f"{absence.valid_from:%Y年%-m月%-d日}至{absence.valid_to:%Y年%-m月%-d日}"
    return f"{absence.officer.name}{days}{absence.get_kind_display()}，"


def _put_down(
    absence: Absence, case: Case, duty: StandIn.Duty, after: Officer, because: str, at: datetime
) -> None:
    """Keep who stood in for whom, and tell them."""
    made = StandIn.objects.create(
        absence=absence,
        case=case,
        duty=duty,
        before=absence.officer,
        after=after,
        because=because[:300],
        stood_in_at=at,
    )
    _tell(case, [after], TAKEN_ON[duty], because, f"stand-in:{made.pk}", at, name=absence.officer.name)


def _tell_legal(case: Case, title: Words, why: str, key: str, at: datetime) -> None:
    legal = holders_of(Role.LEGAL_DEPARTMENT, case.township, timezone.localdate(at))
    _tell(case, list(legal), title, why, key, at)


def _tell(
    case: Case, whom: Iterable[Officer], title: Words, why: str, key: str, at: datetime, **params: str
) -> None:
    notify(
        recipients=whom,
        kind="absence",
        title=title,
        body=f"{case} {case.title}：{why}",
        link=reverse("case", args=[case.pk]),
        key=key,
        at=at,
        params=params,
    )


def _tell_who_is_back(on: date, at: datetime) -> None:
    """Tell whoever returned what others took on; it stays with them until somebody changes it."""
    back = Absence.objects.filter(valid_to=on - ONE_DAY).annotate(n=Count("stand_ins"))
    for absence in back.filter(n__gt=0).select_related("officer"):
        notify(
            recipients=[absence.officer],
            kind="absence",
            title=_("你缺勤期间有 %(n)s 件由他人代办，未自动换回"),
            body=_("需要换回的，由办案机构负责人更换承办人。"),
            link=reverse("absences"),
            key=f"back:{absence.pk}",
            at=at,
            params={"n": str(absence.n)},
        )
