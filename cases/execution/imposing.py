"""Impose a surcharge on a fine that is not paid; put the disposal of confiscated goods on record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cases.clocks.derive import profile_for, sector_for
from cases.clocks.selectors import running
from cases.decision.models import Decision
from cases.decision.outcomes import outcomes_of
from cases.dossier import authority
from cases.dossier.duties import require_head
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.execution.dues import GoodsDisposal, Surcharge
from cases.execution.granting_rules import overdue
from cases.execution.parts import takes_goods
from cases.execution.rules import surcharged
from cases.execution.settling import settle
from cases.flow.services import fire, require_move
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from law import collection, gates
from law.errors import RuleViolation
from law.money import plain
from law.suspensions import Suspension
from papers import wording
from townships.models import Officer

ZERO = Decimal(0)
GOODS = "confiscated_goods_disposal"


@dataclass(frozen=True, slots=True)
class Accrued:
    """What has accrued up to a day: on how much, for how many days at most, how much."""

    principal: Decimal
    days: int
    amount: Decimal


def accrued(case: Case, on: date, contested_since: date | None = None) -> Accrued | None:
    """Reckon the surcharge on what is unpaid after its day, by the figures of place and sector; else None.

    contested_since: when reconsideration or suit began, whose days do not count (行政处罚法第七十三条第三款).
    """
    clock = running(case, "fine_payment")
    late = overdue(case, clock, on) if clock else []
    if not late:
        return None
    found = [
        collection.surcharge(
            principal=part.amount,
            payment_due=part.due_on,
            paid_on=on,
            suspensions=_contested(case, contested_since),
            book=law_book(),
            profile=profile_for(case, on=part.due_on),
            place=case.county.area_code,
            sector=sector_for(case),
        )
        for part in late
    ]
    return Accrued(
        principal=sum((row.principal for row in found), ZERO),
        days=max(row.days for row in found),
        amount=sum((row.amount for row in found), ZERO),
    )


def _contested(case: Case, since: date | None) -> list[Suspension]:
    """Return the days of reconsideration and suit, to the last effective outcome, or still running."""
    if since is None:
        return []
    ended = max((outcome.effective_on for outcome in outcomes_of(case)), default=None)
    until = ended + timedelta(days=1) if ended is not None else None
    return [Suspension(since, until, "review")] if until is None or since < until else []


def require_contested_told(case: Case, contested_since: date | None, on: date) -> None:
    """Refuse to count the days of a reconsideration or suit that is on record (第七十三条第三款)."""
    if contested_since is None and outcomes_of(case):
        raise gates.violation(
            "surcharge_cap",
            detail="本案有复议诉讼结果，须填写申请复议或者起诉之日，其间不计算加处罚款。",
            detail_en="it was contested; state since when, those days do not count",
            field="contested_since",
        )
    served_on = case.served_on
    if contested_since and (contested_since > on or (served_on and contested_since < served_on)):
        raise gates.violation(
            "surcharge_cap",
            detail="申请复议或者起诉之日须在决定书送达之后、今天之前。",
            detail_en="it was contested between the service of the decision and today",
            field="contested_since",
        )


@transaction.atomic
def impose_surcharge(
    *, case: Case, actor: Officer, at: datetime, amount: Decimal, contested_since: date | None = None
) -> Surcharge:
    """Impose what has accrued at three per cent a day, at most the fine, and tell the standard.

    行政处罚法第七十二条第一款第（一）项、第七十三条第三款、行政强制法第四十五条。
    """
    on = timezone.localdate(at)
    require_move(case, Move.IMPOSE_SURCHARGE, actor=actor, at=at)
    require_head(case, actor, on=on, permission="case.decide")
    require_contested_told(case, contested_since, on)
    found = _imposable(case, amount, accrued(case, on, contested_since))
    finding = authority.require(case, on=on)
    since = contested_since.isoformat() if contested_since else ""
    facts = {"amount": str(amount), "days": found.days, "contested_since": since}
    fire(case, Move.IMPOSE_SURCHARGE, actor=actor, at=at, payload=facts)
    decision = Decision.objects.select_related("instrument").get(case=case)
    place = case.county
    instrument = issue(
        case=case,
        kind=Kind.SURCHARGE,
        actor=actor,
        at=at,
        authority=finding,
        content={
            "paragraphs": _told(decision, found, amount, on, contested_since),
            "remedy": {
                "mode": "ordinary",
                "government_name": place.government_name,
                "court_name": place.court_name,
            },
        },
    )
    return Surcharge.objects.create(
        case=case,
        principal=found.principal,
        days=found.days,
        amount=amount,
        until=on,
        instrument=instrument,
        imposed_by=actor,
        imposed_at=at,
    )


def _imposable(case: Case, amount: Decimal, found: Accrued | None) -> Accrued:
    """Return what has accrued; refuse a surcharge on nothing, or above the cap (行政强制法第四十五条)."""
    if found is None:
        raise RuleViolation(
            "payment_not_overdue",
            "缴款期限尚未届满，或者罚款已经缴清。",
            "行政处罚法第七十二条第一款第（一）项",
            "缴款期限届满仍未缴纳的，自次日起可以加处罚款。",
            link="case:clocks",
            message_en="The time to pay has not run out, or nothing is owed.",
            unblock_en="The surcharge may be imposed from the day after the time to pay has run out unpaid.",
        )
    most = found.amount - surcharged(case)
    if not ZERO < amount <= most:
        raise gates.violation(
            "surcharge_cap",
            detail=f"至多可再加处{plain(max(most, ZERO))}元。",
            detail_en=f"{plain(max(most, ZERO))} yuan more at the most",
            field="amount",
        )
    return found


def _told(
    decision: Decision, found: Accrued, amount: Decimal, on: date, contested_since: date | None
) -> list[str]:
    """Tell the party the standard and how the sum was reckoned (行政强制法第四十五条第一款)."""
    left_out = (
        f"自{contested_since:%Y年%-m月%-d日}起的行政复议、行政诉讼期间不予计算，" if contested_since else ""
    )
    return [
        f"本机关{decision.instrument.number}行政处罚决定确定的缴款期限已经届满，尚有罚款{wording.amount(found.principal)}未缴纳。",
        "依照《中华人民共和国行政处罚法》第七十二条第一款第一项的规定，每日按罚款数额的百分之三加处罚款，"
        "加处罚款的数额不超出罚款的数额。",
        f"计至{on:%Y年%-m月%-d日}，{left_out}逾期{found.days}日，加处罚款{wording.amount(amount)}。",
    ]


@transaction.atomic
def dispose_goods(
    *,
    case: Case,
    actor: Officer,
    at: datetime,
    manner: str,
    basis: str,
    disposed_on: date,
    proceeds: Decimal | None = None,
    receipt_number: str = "",
    witnesses: str = "",
) -> GoodsDisposal:
    """Record how confiscated goods were disposed of; proceeds go to the treasury (行政处罚法第七十四条)."""
    require_move(case, Move.DISPOSE_GOODS, actor=actor, at=at)
    gained = proceeds or ZERO
    _require_takeable(case, disposed_on, on=timezone.localdate(at))
    _require_accounted(manner, basis=basis, gained=gained, receipt_number=receipt_number, witnesses=witnesses)
    fire(case, Move.DISPOSE_GOODS, actor=actor, at=at, payload={"manner": manner, "proceeds": str(gained)})
    disposed = GoodsDisposal.objects.create(
        case=case,
        manner=manner,
        basis=basis,
        proceeds=gained,
        receipt_number=receipt_number,
        witnesses=witnesses,
        disposed_on=disposed_on,
        recorded_by=actor,
        recorded_at=at,
    )
    settle(case, actor=actor, at=at)
    return disposed


def _require_takeable(case: Case, disposed_on: date, *, on: date) -> None:
    """Refuse goods that are not there to be disposed of: none taken, gone already, not yet served or to come.

    行政处罚法第七十四条。
    """
    if not takes_goods(case):
        raise gates.violation(
            GOODS, detail="本案没有没收财物。", detail_en="nothing was confiscated in this case"
        )
    if GoodsDisposal.objects.filter(case=case).exists():
        raise gates.violation(
            GOODS, detail="本案罚没物品已经处置。", detail_en="the goods are disposed of already"
        )
    if disposed_on > on:
        raise gates.violation(
            GOODS, detail="处置日期晚于今天。", detail_en="the day lies after today", field="disposed_on"
        )
    if case.served_on is not None and disposed_on < case.served_on:
        raise gates.violation(
            GOODS,
            detail="处置日期早于决定书送达。",
            detail_en="the day lies before the decision was served",
            field="disposed_on",
        )


def _require_accounted(
    manner: str, *, basis: str, gained: Decimal, receipt_number: str, witnesses: str
) -> None:
    """Refuse a disposal without basis, proceeds kept back, destruction that nobody saw (第七十四条)."""
    if not basis.strip():
        raise gates.violation(
            GOODS, detail="须写明处置依据。", detail_en="state on what basis", field="basis"
        )
    if gained > 0 and not receipt_number.strip():
        raise gates.violation(
            GOODS,
            detail="所得款项须上缴国库并登记凭证。",
            detail_en="the proceeds go to the treasury, whose receipt is entered",
            field="receipt_number",
        )
    if manner == GoodsDisposal.Manner.DESTROYED and not witnesses.strip():
        raise gates.violation(
            GOODS,
            detail="销毁须有监督人、见证人。",
            detail_en="goods are destroyed before a supervisor and a witness",
            field="witnesses",
        )
