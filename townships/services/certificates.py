"""The life of a certificate: issued, checked each year, suspended, given back, renewed, revoked."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from desk.rights import needs
from law.errors import RuleViolation
from townships import staff_rules as rules
from townships import verbs
from townships.models import BarReason, Body, Certificate, CertificateBar, CertificateCheck, Officer
from townships.models.periods import in_force
from townships.selectors.training import trained_before
from townships.services.telling import tell

ONE_DAY = timedelta(days=1)


@needs("authority.edit")
@transaction.atomic
def issue_certificate(
    *,
    officer: Officer,
    number: str,
    valid_from: date,
    valid_to: date,
    domains: list[str],
    area: str,
    limited_to: Body | None = None,
    check_due_on: date | None = None,
    actor: Officer | None,
    at: datetime,
) -> Certificate:
    """Register a certificate; where a check is due by a day, it holds no longer than that unless checked."""
    rules.require_may_hold_certificate(officer)
    certificate = Certificate(
        officer=officer,
        number=number,
        valid_from=valid_from,
        valid_to=valid_to,
        domains=domains,
        area=area,
        limited_to=limited_to,
    )
    try:
        with transaction.atomic():
            certificate.save()
    except IntegrityError as error:
        raise RuleViolation(
            "appointment_clash",
            "该证件编号在这段时间已登记，或日期前后颠倒",
            unblock="核对已有的记录和日期",
            message_en="The number is registered for that time already, or the dates are reversed",
            unblock_en="Check existing entries and dates",
            field="number",
        ) from error
    _demand_check(certificate, check_due_on)
    days = {"from": valid_from, "to": valid_to}
    tell(officer, verbs.CERTIFICATE_ISSUED, actor=actor, at=at, number=number, **days)
    return certificate


@needs("authority.edit")
@transaction.atomic
def renew_certificate(
    *,
    certificate: Certificate,
    valid_from: date,
    valid_to: date,
    check_due_on: date | None = None,
    actor: Officer,
    at: datetime,
) -> Certificate:
    """Give a certificate a further term; the earlier term keeps its days."""
    rules.require_not_revoked(certificate)
    if valid_from <= certificate.valid_to:
        raise RuleViolation(
            "renewed_term_overlaps",
            "新的有效期须从原有效期届满之后开始",
            unblock="核对证件上的有效期",
            message_en="The new term must begin after the former one ends",
            unblock_en="Check the term on the certificate",
            field="valid_from",
        )
    return issue_certificate(
        officer=certificate.officer,
        number=certificate.number,
        valid_from=valid_from,
        valid_to=valid_to,
        domains=certificate.domains,
        area=certificate.area,
        limited_to=certificate.limited_to,
        check_due_on=check_due_on,
        actor=actor,
        at=at,
    )


@needs("authority.edit")
@transaction.atomic
def check_certificate(
    *,
    certificate: Certificate,
    checked_on: date,
    passed: bool,
    next_due_on: date | None,
    note: str = "",
    actor: Officer,
    at: datetime,
) -> CertificateCheck:
    """Record an annual check with the training the ledger shows for the twelve months before.

    Passed, the certificate holds until the next is due; failed, not until one is passed.
    """
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    rules.require_checkable(
        certificate, checked_on, passed=passed, next_due_on=next_due_on, today=localdate(at)
    )
    trained = trained_before(certificate.officer, checked_on)
    if passed:
        rules.require_trained(trained, note)
    check = CertificateCheck.objects.create(
        certificate=certificate,
        checked_on=checked_on,
        passed=passed,
        next_due_on=next_due_on if passed else None,
        note=note,
    )
    if passed:
        _end_bars(certificate, checked_on)
        _demand_check(certificate, next_due_on)
    elif not certificate.bars.filter(reason=BarReason.FAILED, valid_to=None).exists():
        CertificateBar.objects.create(
            certificate=certificate, reason=BarReason.FAILED, valid_from=checked_on, note=note
        )
    facts = {"number": certificate.number, "on": checked_on, "passed": passed, "next": check.next_due_on}
    training = {"hours": str(trained.hours), "times": trained.times}
    tell(certificate.officer, verbs.CERTIFICATE_CHECKED, actor=actor, at=at, **facts, **training)
    return check


def _end_bars(certificate: Certificate, checked_on: date) -> None:
    """Let a passed check end what a missed or failed one barred; what has not begun never does."""
    waiting = certificate.bars.filter(reason__in=(BarReason.UNCHECKED, BarReason.FAILED), valid_to=None)
    waiting.filter(valid_from__gte=checked_on).delete()
    waiting.update(valid_to=checked_on - ONE_DAY)


def _demand_check(certificate: Certificate, due_on: date | None) -> None:
    """Bar the certificate from the day after a check is due, until it is passed."""
    if due_on is not None and due_on < certificate.valid_to:
        CertificateBar.objects.create(
            certificate=certificate, reason=BarReason.UNCHECKED, valid_from=due_on + ONE_DAY
        )


@needs("authority.edit")
@transaction.atomic
def suspend_certificate(
    *,
    certificate: Certificate,
    suspended_from: date,
    suspended_to: date | None,
    reason: str = "",
    actor: Officer,
    at: datetime,
) -> None:
    """Withhold a certificate from a day on, today at the earliest, until another if known."""
    rules.require_withheld_from(suspended_from, at, "suspended_from")
    rules.require_suspendable(certificate, suspended_from, suspended_to)
    bar = CertificateBar(
        certificate=certificate,
        reason=BarReason.SUSPENDED,
        note=reason,
        valid_from=suspended_from,
        valid_to=suspended_to,
    )
    try:
        with transaction.atomic():
            bar.save()
    except IntegrityError as error:
        raise RuleViolation(
            "appointment_clash",
            "这段时间已登记过暂扣",
            unblock="核对已有的暂扣记录",
            message_en="A suspension is already entered for this time",
            unblock_en="Check the suspensions entered",
            field="suspended_from",
        ) from error
    days = {"from": suspended_from, "to": suspended_to}
    tell(
        certificate.officer,
        verbs.CERTIFICATE_SUSPENDED,
        actor=actor,
        at=at,
        number=certificate.number,
        reason=reason,
        **days,
    )


@needs("authority.edit")
@transaction.atomic
def return_certificate(*, certificate: Certificate, last_day: date, actor: Officer, at: datetime) -> None:
    """Give a withheld certificate back: the suspension ends with the day named, yesterday at the earliest."""
    bars = certificate.bars.select_for_update()
    bar = bars.filter(in_force(last_day), reason=BarReason.SUSPENDED).first()
    if bar is None:
        raise RuleViolation(
            "certificate_not_suspended",
            "执法证在该日未被暂扣",
            unblock="核对暂扣起止日期",
            message_en="The certificate is not suspended on that day",
            unblock_en="Check the suspension dates",
            field="last_day",
        )
    rules.require_returned_by(last_day, at)
    bar.valid_to = last_day
    bar.save(update_fields=["valid_to"])
    facts = {"number": certificate.number, "to": last_day}
    tell(certificate.officer, verbs.CERTIFICATE_RETURNED, actor=actor, at=at, **facts)


@needs("authority.edit")
@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, revoked_on: date, reason: str, actor: Officer, at: datetime
) -> None:
    """Take a certificate away for good from a day on, today at the earliest."""
    rules.require_withheld_from(revoked_on, at, "revoked_on")
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    rules.require_not_revoked(certificate)
    CertificateBar.objects.create(
        certificate=certificate, reason=BarReason.REVOKED, valid_from=revoked_on, note=reason
    )
    facts = {"number": certificate.number, "on": revoked_on, "reason": reason}
    tell(certificate.officer, verbs.CERTIFICATE_REVOKED, actor=actor, at=at, **facts)
