"""Officers lent to another body: for a time or for one case, by agreement; ended early or on their day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from desk.rights import needs
from law import duties
from law.errors import RuleViolation, enforce
from townships import staff_rules, verbs
from townships.models import Body, Officer, Secondment
from townships.selectors.facts import officer_facts
from townships.services.telling import tell
from townships.services.terms import lock_term


@dataclass(frozen=True, slots=True)
class Loan:
    """The terms on which an officer is lent: to whom, how, by which agreement, when."""

    using: Body
    kind: Secondment.Kind
    agreement: str
    valid_from: date
    valid_to: date
    case_number: str = ""
    appraisal_share: int | None = None


@needs("staff.approve")
@transaction.atomic
def lend(*, officer: Officer, loan: Loan, actor: Officer, at: datetime) -> Secondment:
    """Put an officer at the disposal of another body, as the establishment office approved."""
    return _lent(officer, loan, actor, at)


def _lent(officer: Officer, loan: Loan, actor: Officer, at: datetime) -> Secondment:
    owner = staff_rules.require_lendable(officer, loan.using, loan.agreement, loan.valid_from)
    lent = Secondment(
        officer=officer,
        owner=owner,
        using=loan.using,
        kind=loan.kind,
        agreement=loan.agreement,
        case_number=loan.case_number,
        appraisal_share=loan.appraisal_share,
        valid_from=loan.valid_from,
        valid_to=loan.valid_to,
    )
    try:
        with transaction.atomic():
            lent.save()
    except IntegrityError as error:
        raise RuleViolation(
            "secondment_clash",
            "该人员在这段时间已借出，或日期前后颠倒",
            unblock="核对已有的借用派驻记录和日期",
            message_en="The person is already lent in this time, or the days are reversed",
            unblock_en="Check the secondments entered and the days",
            field="valid_from",
        ) from error
    officer.forget_access()
    facts = {"kind": loan.kind.value, "owner": owner.pk, "using": loan.using.pk, "agreement": loan.agreement}
    days = {"case": loan.case_number, "from": loan.valid_from, "to": loan.valid_to}
    tell(officer, verbs.OFFICER_LENT, actor=actor, at=at, **facts, **days)
    return lent


@needs("staff.propose")
@transaction.atomic
def lend_in_aid(
    *,
    officer: Officer,
    using: Body,
    agreement: str,
    valid_from: date,
    valid_to: date,
    case_number: str = "",
    actor: Officer,
    at: datetime,
) -> Secondment:
    """Lend a certified officer to another body beside the own work (行政处罚法第二十六条、第四十二条)."""
    staff_rules.require_own_staff(actor, officer, valid_from)
    for fact in officer_facts([officer]):
        enforce(duties.certified(fact, on=valid_from))
    loan = Loan(using, Secondment.Kind.AID, agreement, valid_from, valid_to, case_number.strip())
    return _lent(officer, loan, actor, at)


@needs("staff.propose")
@transaction.atomic
def call_back(*, secondment: Secondment, last_day: date, actor: Officer, at: datetime) -> None:
    """End a secondment before its day: the day named is its last."""
    lock_term(secondment)
    staff_rules.require_own_staff(actor, secondment.officer, last_day)
    staff_rules.require_ending(secondment, last_day, at)
    secondment.valid_to = last_day
    secondment.save(update_fields=["valid_to"])
    secondment.officer.forget_access()
    facts = {"using": secondment.using_id, "to": last_day}
    tell(secondment.officer, verbs.OFFICER_CALLED_BACK, actor=actor, at=at, **facts)
