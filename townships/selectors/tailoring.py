"""What a township is to get: its tailored list with its own additions and removals, by department."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from townships.models import Body, GrantBatch, TailoredChange, TailoredChoice, TailoredItem, TailoredList


@dataclass(frozen=True, slots=True)
class Wanted:
    """One item a township is to get, from which department, and where the wish comes from."""

    item_id: int
    department_id: int
    source: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class Tailored:
    """A township's list beside the tailored list it follows."""

    township: Body
    tailored_list: TailoredList | None
    wanted: tuple[Wanted, ...]
    added: tuple[TailoredChange, ...]
    removed: tuple[TailoredChange, ...]

    @property
    def changes(self) -> tuple[TailoredChange, ...]:
        """All by which it differs from its list."""
        return (*self.added, *self.removed)

    def by_department(self) -> dict[int, list[Wanted]]:
        """Part the items by the department whose power they are."""
        found: dict[int, list[Wanted]] = defaultdict(list)
        for row in self.wanted:
            found[row.department_id].append(row)
        return dict(found)


def tailored(townships: Iterable[Body]) -> list[Tailored]:
    """Return each township's list: what it follows, less what was left out, with what was added."""
    townships = list(townships)
    choices = {
        row.township_id: row.tailored_list
        for row in TailoredChoice.objects.filter(township__in=townships).select_related("tailored_list")
    }
    entries: dict[int, list[TailoredItem]] = defaultdict(list)
    for entry in TailoredItem.objects.filter(tailored_list__in=choices.values()).order_by("item_id"):
        entries[entry.tailored_list_id].append(entry)
    changes: dict[int, list[TailoredChange]] = defaultdict(list)
    for change in TailoredChange.objects.filter(township__in=townships).order_by("item_id"):
        changes[change.township_id].append(change)
    return [
        _of(township, choices.get(township.pk), entries, changes.get(township.pk, []))
        for township in townships
    ]


def _of(
    township: Body,
    followed: TailoredList | None,
    entries: dict[int, list[TailoredItem]],
    changes: list[TailoredChange],
) -> Tailored:
    added = tuple(row for row in changes if row.kind == TailoredChange.Kind.ADD)
    removed = tuple(row for row in changes if row.kind == TailoredChange.Kind.REMOVE)
    out = {row.item_id for row in changes}
    listed = entries.get(followed.pk, []) if followed else []
    wanted = [Wanted(row.item_id, row.department_id, row.source) for row in listed if row.item_id not in out]
    wanted += [
        Wanted(row.item_id, row.department_id, row.source, added=True)
        for row in added
        if row.department_id is not None
    ]
    return Tailored(township, followed, tuple(wanted), added, removed)


@dataclass(frozen=True, slots=True)
class BatchCount:
    """What a batch hands down, counted once for each item: inside the guiding list, beyond it, together."""

    guided: int
    guided_total: int | None
    extra: int
    agreements: int

    @property
    def total(self) -> int:
        """All items of the batch."""
        return self.guided + self.extra


def batch_count(batch: GrantBatch) -> BatchCount:
    """Count a batch by source; an item handed to many townships counts once."""
    rows = batch.grants.order_by().values_list("items__item", "items__source").distinct()
    counts = Counter(source for item, source in rows if item is not None)
    return BatchCount(
        guided=counts["guided"],
        guided_total=batch.guided_total,
        extra=counts["extra"],
        agreements=batch.grants.count(),
    )
