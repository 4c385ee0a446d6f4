"""The tables of the catalogue."""

from catalog.models.batches import BatchState, ImportBatch, ImportRow, RowOutcome
from catalog.models.discretion import DiscretionBand, DiscretionTable
from catalog.models.lists import ListKind, ListMembership, PowerList
from catalog.models.powers import (
    DataOrigin,
    Item,
    ItemCode,
    ItemVersion,
    PenaltyKind,
    PowerType,
    Statute,
    StatuteLevel,
)

__all__ = [
    "BatchState",
    "DataOrigin",
    "DiscretionBand",
    "DiscretionTable",
    "ImportBatch",
    "ImportRow",
    "Item",
    "ItemCode",
    "ItemVersion",
    "ListKind",
    "ListMembership",
    "PenaltyKind",
    "PowerList",
    "PowerType",
    "RowOutcome",
    "Statute",
    "StatuteLevel",
]
