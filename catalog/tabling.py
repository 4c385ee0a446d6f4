"""Benchmark tables and exemptions of a publication, written set by set."""

from typing import Any

from catalog.comparing import Plan
from catalog.copying import copy_rows, new_ids
from catalog.effective import Status
from catalog.loaders.entries import Entry
from catalog.models import DiscretionBand, DiscretionTable, ExemptionRule
from catalog.publication import BAND, PUBLISHED, TABLE, Publication


def write_tables(told: list[tuple[Entry, dict[str, Any]]], plan: Plan, act: Publication) -> None:
    """Write benchmark tables of any shape, with the rows of their grades."""
    ids = new_ids(DiscretionTable, len(told))
    rows = list(zip(ids, told, strict=True))
    copy_rows(
        DiscretionTable,
        ("id", "item", "title", "published_on", *PUBLISHED, "content_digest", *TABLE),
        (
            [
                pk,
                plan.item_ids[entry.identity],
                table["title"],
                act.power_list.published_on,
                *act.stamp(status=Status.DRAFT),
                table["digest"],
                *(table.get(name, default) for name, default in TABLE.items()),
            ]
            for pk, (entry, table) in rows
        ),
    )
    copy_rows(
        DiscretionBand,
        ("table", "order", *BAND),
        (
            [pk, order, *(band[name] for name in BAND)]
            for pk, (_entry, table) in rows
            for order, band in enumerate(table["bands"], 1)
        ),
    )
    # The bands of a published table are frozen, so the tables are published last.
    DiscretionTable.objects.filter(pk__in=ids).update(status=Status.PUBLISHED)


def write_exemptions(told: list[tuple[Entry, dict[str, Any]]], plan: Plan, act: Publication) -> None:
    """Write entries of the lists of minor and first offences."""
    copy_rows(
        ExemptionRule,
        ("item", "kind", "needs_all", "conditions", "document", *PUBLISHED),
        (
            [
                plan.item_ids[entry.identity],
                rule["shape"],
                rule["needs_all"],
                rule["conditions"],
                rule["title"][:200],
                *act.stamp(),
            ]
            for entry, rule in told
        ),
    )
