"""Who will still be certified: the certificates that end within 90 days, and where too few are left."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from townships.models import Body, Officer, Secondment
from townships.models.periods import in_force
from townships.selectors.bodies import townships_on
from townships.selectors.facts import officer_facts
from townships.selectors.measures import measure
from townships.selectors.workplaces import serving, works_at

HORIZON = timedelta(days=90)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Loss:
    """An officer who stops counting on a day within the horizon."""

    officer: Officer
    first_day_without: date


@dataclass(frozen=True, slots=True)
class Outlook:
    """A township's certified officers today and in 90 days: how many, when too few, and who is lost."""

    body: Body
    needed: int
    now: int
    then: int
    falls_on: date | None
    losses: tuple[Loss, ...]

    @property
    def tone(self) -> str:
        """Red where there are too few or will be; amber where somebody is lost; else green."""
        if self.now < self.needed or self.falls_on is not None:
            return "red"
        return "amber" if self.losses else "green"


def outlooks(on: date) -> list[Outlook]:
    """Forecast every township in a fixed number of statements; stations and departures known count."""
    people = _certified_days(on)
    needed = measure("capacity.certified_officers", on)
    return [_outlook(body, people[body.pk], needed, on) for body in townships_on(on)]


def _certified_days(on: date) -> dict[int, list[tuple[Officer, set[date]]]]:
    """Return who works in each body today, with the days of the horizon on which they count."""
    working = Officer.objects.filter(serving(on), is_auxiliary=False).annotate(at=works_at(on))
    people = list(working.filter(Q(certificates__valid_to__gte=on)).distinct().order_by("id"))
    days = [on + timedelta(days=n) for n in range(HORIZON.days + 1)]
    ends = _stays_until(people, on)
    found: dict[int, list[tuple[Officer, set[date]]]] = defaultdict(list)
    for officer, fact in zip(people, officer_facts(people), strict=True):
        last = ends.get(officer.pk, date.max)
        counts = {day for day in days if day <= last and fact.certified(day)}
        if counts:
            found[officer.at].append((officer, counts))
    return found


def _stays_until(people: Sequence[Officer], on: date) -> dict[int, date]:
    """Return the last day at the present place of work of those who are known to leave it."""
    lent = Secondment.objects.filter(in_force(on), officer__in=people, kind=Secondment.Kind.STATIONED)
    ends = dict(lent.values_list("officer_id", "valid_to"))
    for officer in people:
        moved = officer.moves_on - ONE_DAY if officer.moves_on and officer.moves_on > on else None
        known = [day for day in (ends.get(officer.pk), moved, officer.serves_to) if day is not None]
        if known:
            ends[officer.pk] = min(known)
    return ends


def _outlook(body: Body, people: list[tuple[Officer, set[date]]], needed: int, on: date) -> Outlook:
    days = [on + timedelta(days=n) for n in range(HORIZON.days + 1)]
    strength = {day: sum(day in counts for _officer, counts in people) for day in days}
    falls_on = next((day for day in days if strength[day] < needed), None) if strength[on] >= needed else None
    losses = [
        Loss(officer, max(counts) + ONE_DAY)
        for officer, counts in people
        if on in counts and days[-1] not in counts
    ]
    losses.sort(key=lambda loss: (loss.first_day_without, loss.officer.pk))
    return Outlook(body, needed, strength[on], strength[days[-1]], falls_on, tuple(losses))
