"""The rail's entries about cases, the search box, and where the county's rule on powers handed on is kept."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cases.dossier import handed_on
from cases.dossier.law_book import law_book
from cases.dossier.own_work import keys_worked_on
from cases.review.models import LegalReview
from desk import navigation
from townships.models import Officer
from townships.selectors import exclusivity, measures


def _reads_cases(officer: Officer, on: date) -> bool:
    return officer.may("case.view", on)


def _registers(officer: Officer, on: date) -> bool:
    return officer.may("lead.register", on)


def _reviews(officer: Officer, on: date) -> bool:
    return officer.may("case.review", on) or officer.may("stats.view", on)


def _reads_figures(officer: Officer, on: date) -> bool:
    return officer.may("stats.view", on)


def _legal(officer: Officer, on: date) -> bool:
    return officer.may("authority.edit", on)


def _review_count(officer: Officer, on: date) -> int | None:
    if not officer.may("case.review", on):
        return None
    return LegalReview.objects.filter(reviewer=officer, concluded_at=None).count() or None


def _mine(officer: Officer, on: date) -> int | None:
    return len(keys_worked_on(officer, on)) or None


navigation.declare(
    navigation.Entry("home", _("工作台"), "home", "home", 11),
    navigation.Entry("intake", _("线索登记"), "clipboard-list", "lead_new", 12, shown=_registers),
    navigation.Entry("cases", _("案件"), "folders", "cases", 13, shown=_reads_cases, count=_mine),
    navigation.Entry("deadlines", _("期限看板"), "calendar-time", "deadlines", 15, shown=_reads_cases),
    navigation.Entry("statistics", _("统计监督"), "chart-bar", "statistics", 41, shown=_reads_figures),
    navigation.Entry("law_settings", _("本地参数"), "adjustments", "law_settings", 43, shown=_legal),
    navigation.Entry("law_rules", _("适用规则"), "scale", "law_rules", 43, shown=_legal),
    navigation.Entry("calendars", _("放假安排"), "calendar", "calendars", 44, shown=_legal),
    navigation.Entry("review", _("法制审核"), "gavel", "reviews", 14, shown=_reviews, count=_review_count),
)
navigation.provide_search("cases")
exclusivity.provide(handed_on.exclusivity)
measures.provide(law_book)
