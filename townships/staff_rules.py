"""What stands against an act on a person's record."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from law import gates
from law.errors import RuleViolation
from townships.models import BarReason, Body, Certificate, Officer, Place, Secondment
from townships.roles import Role
from townships.selectors import post_conflicts
from townships.selectors.training import Ledger
from townships.selectors.workplaces import staff_of

ONE_DAY = timedelta(days=1)


def require_may_hold_certificate(officer: Officer) -> None:
    """Auxiliary staff hold no enforcement certificate (APL 42)."""
    if officer.is_auxiliary:
        raise gates.violation("auxiliary_not_officer", field="number")


def require_suspendable(certificate: Certificate, from_day: date, to_day: date | None) -> None:
    """A certificate is suspended once at a time, from a day on which it is valid."""
    if to_day is not None and to_day < from_day:
        raise RuleViolation(
            "days_out_of_order",
            "结束日期早于开始日期",
            unblock="核对日期",
            message_en="The end date is before the start date",
            unblock_en="Check the dates",
            field="suspended_to",
        )
    if not certificate.valid_on(from_day):
        raise RuleViolation(
            "certificate_not_valid",
            "执法证在该日不是有效状态，不能暂扣",
            unblock="核对证件有效期和已有的暂扣记录",
            message_en="The certificate is not valid on that day and cannot be suspended",
            unblock_en="Check the certificate's validity and earlier suspensions",
            field="suspended_from",
        )


def require_withheld_from(first_day: date, at: datetime, field: str) -> None:
    """A certificate is withheld or revoked from the day of the entry on; who could act before stays."""
    # Acts done while the certificate held would look unauthorised afterwards.
    if first_day < localdate(at):
        raise RuleViolation(
            "date_in_past",
            "不能追溯到过去：此前持证办理的，不因后来的登记变为无证办理",
            unblock="最早可选今天；决定此前已送达本人的，在理由中写明文号和送达日期，并核查其后由其经办的案件",
            message_en="It cannot reach into the past: what was done with a valid certificate stays so",
            unblock_en="Today is the earliest choice; where the decision was served before, give its number "
            "and the day of service as the reason, and look through the cases the person handled since",
            field=field,
        )


def require_returned_by(last_day: date, at: datetime) -> None:
    """A withheld certificate is given back from the day of the entry on, for the same reason."""
    if last_day < localdate(at) - ONE_DAY:
        raise RuleViolation(
            "date_in_past",
            "不能追溯到过去：此前各日证件已暂扣，其间不能办案",
            unblock="暂扣的最后一日最早可选昨天，即自今天起发还",
            message_en="It cannot reach into the past: the certificate was suspended on those days",
            unblock_en="Yesterday is the earliest last day: the certificate is given back from today on",
            field="last_day",
        )


def require_not_revoked(certificate: Certificate) -> None:
    """What was revoked stays revoked: a new certificate is applied for."""
    if certificate.bars.filter(reason=BarReason.REVOKED).exists():
        raise RuleViolation(
            "certificate_revoked",
            "该执法证已吊销",
            unblock="由本人重新申领执法证后另行登记",
            message_en="The certificate has been revoked",
            unblock_en="The person applies for a certificate anew, which is then entered",
        )


def require_checkable(
    certificate: Certificate, checked_on: date, *, passed: bool, next_due_on: date | None, today: date
) -> None:
    """An annual check is recorded once it was held, in its order, and a passed one names the next."""
    require_not_revoked(certificate)
    latest = certificate.checks.first()
    if checked_on > today or checked_on < certificate.valid_from:
        raise RuleViolation(
            "check_outside_term",
            "年审日期不在有效期开始之后、今日之前",
            unblock="核对年审日期",
            message_en="The day of the annual check lies before the term or after today",
            unblock_en="Check the day of the annual check",
            field="checked_on",
        )
    if latest is not None and checked_on <= latest.checked_on:
        raise RuleViolation(
            "check_out_of_order",
            f"已登记过{latest.checked_on}的年审",
            unblock="按先后登记年审",
            message_en=f"The annual check of {latest.checked_on} is on record already",
            unblock_en="Enter annual checks in their order",
            field="checked_on",
        )
    if passed and (next_due_on is None or next_due_on <= checked_on):
        raise RuleViolation(
            "next_check_missing",
            "合格的须写明下次年审截止日期，且晚于本次年审",
            unblock="填写下次年审截止日期",
            message_en="If passed, enter when the next annual check is due, after this one",
            unblock_en="Enter when the next annual check is due",
            field="next_due_on",
        )


def require_trained(training: Ledger, note: str) -> None:
    """An annual check is passed on the training the county asks for, or with the reason why not on record."""
    if not training.enough and not note.strip():
        raise RuleViolation(
            "training_short",
            f"近12个月培训{training.hours}/{training.hours_asked}学时、{training.times}/{training.times_asked}次，未达到要求",
            unblock="在培训台账补登；仍予合格的，在说明中写明理由",
            link="training",
            message_en="The training of the last twelve months falls short",
            unblock_en="Add it in the training ledger, or pass all the same and say why in the note",
            field="note",
        )


def require_lendable(officer: Officer, using: Body, agreement: str, from_day: date) -> Body:
    """Return the body that lends; only an officer of another body is lent, by a written agreement."""
    home = officer.body_on(from_day)
    owner = None if home is None else Body.objects.get(pk=home)
    if officer.is_auxiliary:
        raise gates.violation("auxiliary_not_officer", field="officer")
    if owner is None or owner.pk == using.pk:
        raise RuleViolation(
            "lent_to_own_body",
            "使用单位就是该人员的编制单位",
            unblock="选择另一单位",
            message_en="The using body is the person's own body",
            unblock_en="Choose another body",
            field="using",
        )
    if not agreement.strip():
        raise RuleViolation(
            "agreement_missing",
            "借用、派驻须有协议或文件",
            "行政处罚法第二十六条",
            "写明协议或文件编号",
            message_en="Lending and secondment need an agreement or document",
            unblock_en="Give the number of the agreement or document",
            field="agreement",
        )
    return owner


def require_own_staff(actor: Officer, officer: Officer, on: date) -> None:
    """A head answers for the own body's people; the legal department for everybody's."""
    if not actor.scope(on, "staff.propose").covers(officer.body_on(on)):
        raise RuleViolation(
            "staff_of_other_body",
            "该人员不属于你负责的机关",
            unblock="由该人员所在机关的负责人或县法制机构办理",
            message_en="The person does not belong to your body",
            unblock_en="The head of the person's body or the county's legal department does it",
            field="officer",
        )


def require_ending(secondment: Secondment, last_day: date, at: datetime) -> None:
    """A secondment is shortened, never back into days on which the officer may have acted."""
    if not max(secondment.valid_from, localdate(at) - ONE_DAY) <= last_day <= secondment.valid_to:
        raise RuleViolation(
            "secondment_end_outside",
            "最后一日须在借用期内，且不早于昨日",
            unblock="核对日期；延长的另订协议",
            message_en="The last day must lie within the time lent and not before yesterday",
            unblock_en="Check the days; a longer time needs another agreement",
            field="last_day",
        )


def require_no_enforcement(officer: Officer, first: date, last: date | None, on: date) -> None:
    """Whoever enforces takes no post of approval, where the county bars both."""
    if post_conflicts.barred(on) and post_conflicts.enforcing(officer, first, last).exists():
        raise _conflict("该人员在这段时间是执法人员", "The person is an officer in this time")


def require_no_approval(officer: Officer, role: Role, first: date, last: date | None, on: date) -> None:
    """Whoever approves takes no acting role, where the county bars both."""
    if role not in post_conflicts.ENFORCING or not post_conflicts.barred(on):
        return
    held = post_conflicts.approving(officer, first, last).first()
    if held is not None:
        raise _conflict(
            f"该人员在这段时间任审批岗位：{held.title}",
            f"The person holds an approval post in this time: {held.title}",
        )


def _conflict(message: str, message_en: str) -> RuleViolation:
    return RuleViolation(
        "approval_and_enforcement",
        message,
        unblock="先结束其中一个岗位，再任另一个",
        link="approval_posts",
        message_en=message_en,
        unblock_en="End one of the two posts before taking the other",
    )


def require_places_of(township: Body, places: Iterable[Place]) -> None:
    """A zone is drawn from villages and grids of its own township."""
    if any(place.township_id != township.pk for place in places):
        raise RuleViolation(
            "place_of_other_township",
            "片区只能由本乡镇（街道）的村社网格组成",
            unblock="去掉其他乡镇（街道）的村社网格",
            message_en="A zone consists of villages and grids of its own township",
            unblock_en="Take out the villages and grids of other townships",
            field="places",
        )


def require_staff_of(township: Body, officer: Officer, on: date) -> None:
    """A zone is answered for by an officer who works in the township that day."""
    if officer.is_auxiliary or not staff_of(township, on).filter(pk=officer.pk).exists():
        raise RuleViolation(
            "not_of_the_township",
            "片区责任人须是本乡镇（街道）的执法人员，含派驻人员",
            unblock="选择在本乡镇（街道）工作的人员",
            message_en="Who answers for a zone must be an officer of the township, seconded ones included",
            unblock_en="Choose somebody who works in the township",
            field="officer",
        )
