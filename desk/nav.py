"""The rail's entry about feedback, for those who answer it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from desk import navigation
from desk.models import Feedback


def _answers(officer: navigation.Officer, on: date) -> bool:
    return bool(officer.may("user.manage", on))


def _open(officer: navigation.Officer, on: date) -> int | None:
    return in_county(Feedback).filter(answered_at=None).count() or None


navigation.declare(
    navigation.Entry(
        "feedback", _("问题反馈"), "message-report", "desk:feedback_list", 45, shown=_answers, count=_open
    )
)
