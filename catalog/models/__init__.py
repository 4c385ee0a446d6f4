"""The tables of the catalogue."""

from catalog.models.batches import BatchState, ImportBatch, ImportRow, RowOutcome
from catalog.models.discretion import BenchmarkShape, DiscretionBand, DiscretionTable
from catalog.models.guidance import ExemptionKind, ExemptionRule, ItemGuide
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
    "BenchmarkShape",
    "DataOrigin",
    "DiscretionBand",
    "DiscretionTable",
    "ExemptionKind",
    "ExemptionRule",
    "ImportBatch",
    "ImportRow",
    "Item",
    "ItemCode",
    "ItemGuide",
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
