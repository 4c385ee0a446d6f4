"""How much there is at each scale; tenants keep their size while their number grows."""

import math
from dataclasses import dataclass

CASES_OF_A_COUNTY = 55_556
TOWNSHIPS = 20
DEPARTMENTS = 10
BODIES = TOWNSHIPS + DEPARTMENTS
OFFICERS = 10
ITEMS = 300


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a measured site: ~5 % of the cases are open.

    listed: items of the list that is brought in; dates: due dates computed at once.
    """

    name: str
    cases: int
    events: int = 10
    documents: int = 40
    rounds: int = 15
    items: int = 50_000
    listed: int = 5_010
    dates: int = 1_000_000
    years: int = 10
    least_counties: int = 1

    @property
    def counties(self) -> int:
        """Counties, so that each has about 55,000 cases at most."""
        return max(self.least_counties, math.ceil(self.cases / CASES_OF_A_COUNTY))

    @property
    def townships(self) -> int:
        """Townships of all counties."""
        return self.counties * TOWNSHIPS

    @property
    def officers(self) -> int:
        """Officers of all townships."""
        return self.townships * OFFICERS


SCALES = {
    scale.name: scale
    for scale in (
        # Proves that every line can be measured; its figures tell nothing.
        Scale("1k", 1_000, rounds=1, documents=9, items=1_000, listed=500, dates=10_000, years=2),
        Scale("100k", 100_000),
        # A province without its cases: for what depends on agreements alone.
        Scale("90c", 100_000, least_counties=90),
        Scale("1m", 1_000_000),
        Scale("5m", 5_000_000, events=4),
    )
}
