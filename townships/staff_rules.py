"""What stands against an act on a person's record."""

from datetime import date

from django.utils.translation import gettext as _

from law import gates
from law.errors import RuleViolation
from townships.models import BarReason, Certificate, Officer


def require_may_hold_certificate(officer: Officer) -> None:
    """Auxiliary staff hold no enforcement certificate (APL 42)."""
    if officer.is_auxiliary:
        raise gates.violation("auxiliary_not_officer", field="number")


def require_suspendable(certificate: Certificate, from_day: date, to_day: date | None) -> None:
    """A certificate is suspended once at a time, from a day on which it is valid."""
    if to_day is not None and to_day < from_day:
        raise RuleViolation(
            "days_out_of_order", _("结束日期早于开始日期"), unblock=_("核对日期"), field="suspended_to"
        )
    if not certificate.valid_on(from_day):
        raise RuleViolation(
            "certificate_not_valid",
            _("执法证在该日不是有效状态，不能暂扣"),
            unblock=_("核对证件有效期和已有的暂扣记录"),
            field="suspended_from",
        )


def require_not_revoked(certificate: Certificate) -> None:
    """What was revoked stays revoked: a new certificate is applied for."""
    if certificate.bars.filter(reason=BarReason.REVOKED).exists():
        raise RuleViolation(
            "certificate_revoked", _("该执法证已吊销"), unblock=_("由本人重新申领执法证后另行登记")
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
            _("年审日期不在有效期开始之后、今日之前"),
            unblock=_("核对年审日期"),
            field="checked_on",
        )
    if latest is not None and checked_on <= latest.checked_on:
        raise RuleViolation(
            "check_out_of_order",
            _("已登记过%(day)s的年审") % {"day": latest.checked_on},
            unblock=_("按先后登记年审"),
            field="checked_on",
        )
    if passed and (next_due_on is None or next_due_on <= checked_on):
        raise RuleViolation(
            "next_check_missing",
            _("合格的须写明下次年审截止日期，且晚于本次年审"),
            unblock=_("填写下次年审截止日期"),
            field="next_due_on",
        )
