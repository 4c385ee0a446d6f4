"""Tags of the pages of cases: stage and mode badges, periods, addresses of acts, review points."""

from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from cases.clocks import remaining
from cases.clocks.models import Clock
from cases.dossier.models import Case
from cases.flow.acts import Act
from cases.flow.links import act_page
from cases.overview import badges
from cases.review.models import POINTS, LegalReview
from desk.templatetags.desk import clock_chip

register = template.Library()

ACT_ICONS: dict[str, str] = {
    "add-exhibit": "camera",
    "add-scan": "scan",
    "approve-closing": "rubber-stamp",
    "approve-filing": "rubber-stamp",
    "archive": "archive",
    "conclude": "file-check",
    "decide": "gavel",
    "decide-on-spot": "gavel",
    "correct-service": "pencil",
    "extend-clock": "calendar-time",
    "file-summary": "clipboard-check",
    "order-correction": "edit",
    "void-entry": "ban",
    "collect-on-spot": "receipt",
    "hand-in-fine": "arrows-exchange",
    "bank-fine": "receipt",
    "void-payment": "ban",
    "void-performance": "ban",
    "void-outcome": "ban",
    "void-terms": "ban",
    "hand-over": "arrows-exchange",
    "issue-notice": "rubber-stamp",
    "join": "user-plus",
    "pass-review": "gavel",
    "reassign": "switch-horizontal",
    "reassign-review": "switch-horizontal",
    "resume-clock": "player-play",
    "suspend-clock": "player-pause",
    "correct-party": "user-check",
    "recall-review": "arrow-back-up",
    "record-discussion": "users",
    "record-inspection": "clipboard-text",
    "record-interview": "message-2",
    "record-outcome": "scale",
    "record-payment": "receipt",
    "record-performance": "clipboard-check",
    "record-statement": "message-report",
    "record-waiver": "signature",
    "renotify": "rotate",
    "request-hearing": "users-group",
    "serve-decision": "send",
    "serve-document": "send",
    "serve-notice": "send",
    "submit-review": "send",
    "void": "ban",
}

for badge in (badges.stage_badge, badges.mode_badge, badges.next_period, badges.period):
    register.simple_tag(badge)
register.filter("clock_name", remaining.name_of)
register.filter("clock_article", remaining.article_of)
register.filter("law_short", remaining.short_article)


@register.simple_tag
def clock_words(left: int | None, unit: str) -> str:
    """Say the time left in words, without a badge."""
    return str(clock_chip(left=left, unit=unit)["label"]) if left is not None else ""


@register.inclusion_tag("components/clock_chip.html")
def review_due(due: dict[int, date | None], review: LegalReview, today: date) -> dict[str, Any]:
    """Show the time left on a review in the queue."""
    day = due.get(review.case_id)
    if day is None:
        return {"tone": "grey", "icon": "minus", "label": _("无时限")}
    left = remaining.left_until(day, review.case.next_clock, today)
    return clock_chip(left=left.days, unit=left.unit)


@register.filter
def provisional_note(clock: Clock) -> str:
    """Say why a due day is provisional; nothing when it is not."""
    return remaining.why_provisional(clock) if clock.provisional else ""


@register.simple_tag
def act_url(act: Act, case: Case) -> str:
    """Return the address of an act's page: {% act_url act case %}."""
    return act_page(act.move, case)


@register.filter
def act_icon(act: Act) -> str:
    """Return the icon of an act."""
    return ACT_ICONS.get(act.move.value, "file-plus")


@register.simple_tag
def review_points(form: BaseForm, findings: dict[str, Any]) -> list[tuple[int, Any, Any]]:
    """Return the points of a review with field and finding: {% review_points form findings as points %}."""
    return [(number, form[key], findings.get(key)) for number, (key, _label) in enumerate(POINTS, start=1)]


@register.filter
def has_file(form: BaseForm) -> bool:
    """Tell whether a form takes a file."""
    return form.is_multipart()


@register.simple_tag
def rest(form: BaseForm, names: str) -> list[BoundField]:
    """Return the fields a layout does not name, so that none is lost: {% rest form "a b" as others %}."""
    named = set(names.split())
    return [form[name] for name in form.fields if name not in named]
