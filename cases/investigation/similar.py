"""What the county decided in like cases: how many, the middle sum and the middle half."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median, quantiles

from cases.dossier.models import Case

LOOK_BACK = timedelta(days=730)
ENOUGH = 5
MOST = 200


@dataclass(frozen=True, slots=True)
class Similar:
    """Decided cases of the same item in the last two years: (case, fine), and their figures."""

    fines: tuple[tuple[int, Decimal], ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.fines)

    @property
    def median(self) -> Decimal | None:
        """The middle sum."""
        return median(fine for _pk, fine in self.fines) if self.fines else None

    @property
    def quartiles(self) -> tuple[Decimal, Decimal] | None:
        """The bounds of the middle half; None under five cases."""
        if self.count < ENOUGH:
            return None
        low, _middle, high = quantiles((fine for _pk, fine in self.fines), n=4, method="inclusive")
        return low, high


def similar_to(case: Case, *, on: date) -> Similar:
    """Find the like cases of the whole county, newest first; sums only, so that nobody's matter is shown."""
    if case.item_id is None:
        return Similar()
    decided = Case.objects.filter(item=case.item_id, decided_on__gt=on - LOOK_BACK).exclude(pk=case.pk)
    rows = decided.exclude(decision=None).order_by("-decided_on").values_list("pk", "decision__fine")
    return Similar(tuple(rows[:MOST]))
