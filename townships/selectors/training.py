"""The ledger of a year: everybody's hours and trainings beside what the county asks."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from audit.county import in_county
from law.counting import add_months
from townships.models import Officer, RoleGrant
from townships.models.periods import in_force
from townships.roles import Role
from townships.selectors.measures import measure
from townships.selectors.people import certificates_valid
from townships.selectors.workplaces import serving

HOURS, SESSIONS = "training.hours_a_year", "training.sessions_a_year"
MONTHS_OF_QUARTER, MONTHS_OF_YEAR = 3, 12
TRAINED = (Role.TOWNSHIP_OFFICER, Role.TEAM_LEADER)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One person's training up to a day: of the calendar year, or of the twelve months before."""

    officer: Officer
    hours: Decimal
    times: int
    hours_asked: int
    times_asked: int

    @property
    def enough(self) -> bool:
        """Tell whether the year's training is done."""
        return self.hours >= self.hours_asked and self.times >= self.times_asked


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter that has ended, by its name and last day."""

    name: str
    last_day: date


def ledger(on: date) -> list[Ledger]:
    """Return the training of the year up to a day of everybody who enforces, the least trained first."""
    acting = RoleGrant.objects.filter(in_force(on), role__in=TRAINED, officer=OuterRef("pk"))
    certified = certificates_valid(on).filter(officer=OuterRef("pk"))
    people = in_county(Officer).filter(Exists(acting) | Exists(certified), serving(on), is_auxiliary=False)
    return _counted(people, date(on.year, 1, 1), on)


def trained_before(officer: Officer, on: date) -> Ledger:
    """Return one person's training of the twelve months up to a day, which the annual check asks for."""
    first = add_months(on, -MONTHS_OF_YEAR) + timedelta(days=1)
    (row,) = _counted(Officer.objects.filter(pk=officer.pk), first, on)
    return row


def _counted(people: QuerySet[Officer], first: date, on: date) -> list[Ledger]:
    within = Q(trainings__session__held_on__range=(first, on))
    counted = people.select_related("body").annotate(
        trained=Coalesce(Sum("trainings__hours", filter=within), Value(Decimal(0))),
        times=Count("trainings", filter=within),
    )
    hours, times = measure(HOURS, on), measure(SESSIONS, on)
    rows = counted.order_by("trained", "body__sort_order", "id")
    return [Ledger(officer, officer.trained, officer.times, hours, times) for officer in rows]


def behind(on: date) -> list[Ledger]:
    """Return who has not had the year's training by a day."""
    return [row for row in ledger(on) if not row.enough]


def quarter_ended(on: date) -> Quarter:
    """Return the quarter that ended last before or on a day."""
    tomorrow = on + timedelta(days=1)
    month = (tomorrow.month - 1) // MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1
    last_day = date(tomorrow.year, month, 1) - timedelta(days=1)
    return Quarter(f"{last_day.year}Q{last_day.month // MONTHS_OF_QUARTER}", last_day)
