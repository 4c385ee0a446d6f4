"""The tables of the catalogue."""

from catalog.models.adjustments import Action, Adjustment, AdjustmentItem, Reason, Side
from catalog.models.batches import BatchState, HeadingAlias, ImportBatch, ImportRow, RowOutcome
from catalog.models.codes import CodeScheme, ItemCode
from catalog.models.discretion import BenchmarkShape, DiscretionBand, DiscretionTable
from catalog.models.guidance import ExemptionKind, ExemptionRule, ItemGuide
from catalog.models.kinds import DataOrigin, PenaltyKind, PowerType, Standing
from catalog.models.laws import (
    ItemProvision,
    ItemViolation,
    Provision,
    ProvisionRole,
    ProvisionVersion,
    StatuteVersion,
)
from catalog.models.lists import ListKind, ListMembership, PowerList
from catalog.models.notices import ItemNotice, NoticeKind, NoticeReceipt
from catalog.models.powers import Item, ItemVersion
from catalog.models.statutes import Statute, StatuteLevel

__all__ = [
    "Action",
    "Adjustment",
    "AdjustmentItem",
    "BatchState",
    "BenchmarkShape",
    "CodeScheme",
    "DataOrigin",
    "DiscretionBand",
    "DiscretionTable",
    "ExemptionKind",
    "ExemptionRule",
    "HeadingAlias",
    "ImportBatch",
    "ImportRow",
    "Item",
    "ItemCode",
    "ItemGuide",
    "ItemNotice",
    "ItemProvision",
    "ItemVersion",
    "ItemViolation",
    "ListKind",
    "ListMembership",
    "NoticeKind",
    "NoticeReceipt",
    "PenaltyKind",
    "PowerList",
    "PowerType",
    "Provision",
    "ProvisionRole",
    "ProvisionVersion",
    "Reason",
    "RowOutcome",
    "Side",
    "Standing",
    "Statute",
    "StatuteLevel",
    "StatuteVersion",
]
