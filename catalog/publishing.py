"""Set-based writes of a publication: end what is replaced, COPY what is new, in the caller's transaction."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from catalog.comparing import Plan, Standing
from catalog.copying import copy_rows, new_ids
from catalog.effective import Effective, Status
from catalog.loaders.entries import Entry
from catalog.models import (
    DiscretionBand,
    DiscretionTable,
    Item,
    ItemCode,
    ItemVersion,
    ListMembership,
    PowerList,
    Statute,
    StatuteLevel,
)
from catalog.searching import aliases_for, initials_of, search_text_of

CONTENT = (
    "number",
    "name",
    "violation",
    "power_type",
    "domain",
    "department_name",
    "scope_note",
    "statute_name",
    "obligation_article",
    "obligation_text",
    "penalty_article",
    "penalty_text",
    "penalty_range_text",
    "penalty_kinds",
    "fine_min",
    "fine_max",
    "fine_unit",
    "needs_correction_first",
    "limitation_years",
)
BASIS = (
    "statute_name",
    "penalty_article",
    "penalty_text",
    "penalty_range_text",
    "obligation_article",
    "obligation_text",
    "penalty_kinds",
    "fine_min",
    "fine_max",
    "fine_unit",
    "limitation_years",
)
PUBLISHED = (
    "status",
    "valid_from",
    "valid_to",
    "planned_to",
    "recorded_from",
    "source",
    "drafted_by_id",
    "drafted_by_name",
    "published_by_id",
    "published_by_name",
)
BAND = ("grade", "circumstances", "penalty_text", "fine_min", "fine_max", "unit", "no_penalty")


@dataclass(frozen=True, slots=True)
class Publication:
    """The act: which list, from which day, recorded when, by whom."""

    power_list: PowerList
    on: date
    at: datetime
    drafted_by: tuple[int | None, str]
    published_by: tuple[int | None, str]

    @property
    def until(self) -> date | None:
        """The day the list itself says it ends, if that lies ahead."""
        end = self.power_list.valid_to
        return end if end and end > self.on else None

    def stamp(self, status: str = Status.PUBLISHED) -> list[Any]:
        """Return the values of the PUBLISHED columns."""
        dates = [self.on, self.until, self.until, self.at]
        return [str(status), *dates, self.power_list.source, *self.drafted_by, *self.published_by]


def write(plan: Plan, act: Publication) -> None:
    """Carry out a plan."""
    _write_items(plan.new, plan, act)
    replace(ItemVersion, [standing for _entry, standing in plan.changed], on=act.on, at=act.at)
    _carry_basis(plan.changed)
    entries = [*plan.new, *(entry for entry, _standing in plan.changed)]
    _write_versions(entries, plan, act)
    _write_memberships(plan, act)
    replace(DiscretionTable, [standing for _entry, standing in plan.tables if standing], on=act.on, at=act.at)
    _write_tables([entry for entry, _standing in plan.tables], plan, act)


def replace(model: type[Effective], rows: list[Standing], *, on: date, at: datetime) -> None:
    """End rows on the day their successor begins; one that began that day or later is withdrawn instead."""
    begun = [row.pk for row in rows if row.valid_from < on and (row.valid_to is None or row.valid_to > on)]
    never = [row.pk for row in rows if row.valid_from >= on]
    model._default_manager.filter(pk__in=begun).update(valid_to=on, closed_at=at)
    model._default_manager.filter(pk__in=never).update(recorded_to=at)


def _carry_basis(changed: list[tuple[Entry, Standing]]) -> None:
    """Keep a basis that the office supplied where the new edition of a list again has none."""
    bare = {standing.pk: entry for entry, standing in changed if not any(entry.fields[n] for n in BASIS[:4])}
    for row in ItemVersion.objects.filter(pk__in=bare).values("id", *BASIS):
        entry = bare[row.pop("id")]
        digest = entry.digest
        entry.fields.update(row)
        entry.carried_digest = digest


def _write_items(entries: list[Entry], plan: Plan, act: Publication) -> None:
    missing = [entry for entry in entries if entry.identity not in plan.item_ids]
    ids = new_ids(Item, len(missing))
    plan.item_ids.update(zip((entry.identity for entry in missing), ids, strict=True))
    origin = act.power_list.data_origin
    copy_rows(
        Item,
        ("id", "uid", "identity", "data_origin", "created_at"),
        ([pk, uuid.uuid4(), e.identity, origin, act.at] for pk, e in zip(ids, missing, strict=True)),
    )
    copy_rows(
        ItemCode,
        ("item", "scheme", "code", "valid_from", "valid_to"),
        (
            [pk, "basic", code, act.on, None]
            for pk, e in zip(ids, missing, strict=True)
            for code in dict.fromkeys(e.codes)
        ),
    )


def _write_versions(entries: list[Entry], plan: Plan, act: Publication) -> None:
    statutes = _statutes({entry.fields["statute_name"] for entry in entries} - {""}, act)
    names = ("item", "statute", *CONTENT, *PUBLISHED, "content_digest", "aliases", "initials", "search_text")
    copy_rows(ItemVersion, names, (_version(entry, plan, statutes, act) for entry in entries))


def _version(entry: Entry, plan: Plan, statutes: dict[str, int], act: Publication) -> list[Any]:
    fields = entry.fields
    aliases = aliases_for(fields["name"])
    searched = search_text_of(
        name=fields["name"],
        violation=fields["violation"],
        statute_name=fields["statute_name"],
        aliases=aliases,
        codes=entry.codes,
    )
    return [
        plan.item_ids[entry.identity],
        statutes.get(fields["statute_name"]),
        *(fields[name] for name in CONTENT),
        *act.stamp(),
        entry.carried_digest or entry.digest,
        aliases,
        initials_of(fields["name"]),
        searched,
    ]


def _statutes(names: Iterable[str], act: Publication) -> dict[str, int]:
    wanted = sorted(names)
    Statute.objects.bulk_create(
        [Statute(name=name, level=level_of(name), source=act.power_list.source) for name in wanted],
        ignore_conflicts=True,
    )
    found = Statute.objects.filter(name__in=wanted, version_on=None)
    return dict(found.values_list("name", "id"))


def level_of(name: str) -> StatuteLevel:
    """Guess the rank of a statute from its name; the catalogue administrator may correct it."""
    plain = name.strip("《》")
    if plain.startswith("中华人民共和国") and plain.endswith("法"):
        return StatuteLevel.LAW
    if plain.endswith("条例"):
        national = plain.startswith("中华人民共和国") or not any(word in plain for word in "省市县区州盟旗")
        return StatuteLevel.REGULATION if national else StatuteLevel.LOCAL_REGULATION
    return StatuteLevel.RULE if plain.endswith(("办法", "规定", "细则", "规则")) else StatuteLevel.OTHER


def _write_memberships(plan: Plan, act: Publication) -> None:
    power_list = act.power_list
    copy_rows(
        ListMembership,
        ("item", "power_list", "kind", "field", "number", "valid_from", "valid_to"),
        (
            [
                plan.item_ids[entry.identity],
                power_list.pk,
                power_list.kind,
                entry.fields["domain"],
                entry.fields["number"],
                act.on,
                None,
            ]
            for entry in plan.unlisted
        ),
    )
    moved = [ListMembership(pk=pk, number=number) for pk, number in plan.renumbered]
    ListMembership.objects.bulk_update(moved, ["number"], batch_size=1000)


def _write_tables(entries: list[Entry], plan: Plan, act: Publication) -> None:
    ids = new_ids(DiscretionTable, len(entries))
    copy_rows(
        DiscretionTable,
        ("id", "item", "title", "published_on", *PUBLISHED, "content_digest"),
        (
            [
                pk,
                plan.item_ids[entry.identity],
                entry.table_title,
                act.power_list.published_on,
                *act.stamp(Status.DRAFT),
                entry.bands_digest,
            ]
            for pk, entry in zip(ids, entries, strict=True)
        ),
    )
    copy_rows(
        DiscretionBand,
        ("table", "order", *BAND),
        (
            [pk, order, *(getattr(band, name) for name in BAND)]
            for pk, entry in zip(ids, entries, strict=True)
            for order, band in enumerate(entry.bands, 1)
        ),
    )
    # The bands of a published table are frozen, so the tables are published last.
    DiscretionTable.objects.filter(pk__in=ids).update(status=Status.PUBLISHED)


def withdraw(item_ids: list[int], act: Publication) -> None:
    """Take items out of a list that no longer holds them; one that stands in no other list ends with it."""
    listed = ListMembership.objects.filter(power_list=act.power_list, item_id__in=item_ids, valid_to=None)
    listed.update(valid_to=act.on)
    still = ListMembership.objects.filter(item_id__in=item_ids, valid_to=None).values_list(
        "item_id", flat=True
    )
    gone = set(item_ids) - set(still)
    rows = ItemVersion.objects.current().filter(Q(valid_to=None) | Q(valid_to__gt=act.on), item_id__in=gone)
    ended = [Standing(*row) for row in rows.values_list("id", "content_digest", "valid_from", "valid_to")]
    replace(ItemVersion, ended, on=act.on, at=act.at)
    tables = DiscretionTable.objects.current().filter(item_id__in=gone)
    ended = [Standing(*row) for row in tables.values_list("id", "content_digest", "valid_from", "valid_to")]
    replace(DiscretionTable, ended, on=act.on, at=act.at)
