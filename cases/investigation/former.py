"""What the county decided against the same party before: for 第几次被处罚 and 初次违法."""

from dataclasses import dataclass
from datetime import date

from cases.dossier.models import Case

MOST = 50


@dataclass(frozen=True, slots=True)
class Former:
    """Decided cases of one party, newest first: (day, of the same item)."""

    decided: tuple[tuple[date, bool], ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.decided)

    @property
    def same(self) -> int:
        """How many are of the same item."""
        return sum(1 for _day, same in self.decided if same)

    @property
    def last(self) -> date | None:
        """The day of the latest."""
        return self.decided[0][0] if self.decided else None


def former_of(case: Case, *, on: date) -> Former:
    """Find what was decided against the party in the whole county; days only, nobody's matter is shown."""
    if case.party_id is None:
        return Former()
    rows = Case.objects.filter(party=case.party_id, decided_on__lte=on).exclude(pk=case.pk)
    found = rows.order_by("-decided_on").values_list("decided_on", "item_id")[:MOST]
    return Former(tuple((day, item == case.item_id) for day, item in found if day))
