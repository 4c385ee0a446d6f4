"""Set-based writes of a publication: end what is replaced, COPY what is new, in the caller's transaction."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import Q

from catalog.comparing import Plan
from catalog.copying import copy_rows, new_ids
from catalog.effective import Effective
from catalog.listing import ListPlan, Standing, items_of, standing_places
from catalog.loaders.codes import scheme_of
from catalog.loaders.entries import Entry
from catalog.models import (
    DiscretionTable,
    ExemptionRule,
    Item,
    ItemCode,
    ItemVersion,
    ListMembership,
    PowerList,
    ProvisionRole,
)
from catalog.parts import main_role, statutes_by_name, write_citations, write_situations
from catalog.publication import BASIS, CONTENT, PUBLISHED, VERSION, Publication
from catalog.searching import aliases_for, initials_of, search_text_of
from catalog.tabling import write_exemptions, write_tables

_content = itemgetter(*CONTENT)


def write(plan: Plan, act: Publication) -> None:
    """Carry out a plan."""
    _write_items(plan.new, plan, act)
    replace(ItemVersion, [standing for _entry, standing in plan.changed], on=act.on, at=act.at)
    _carry_basis(plan.changed)
    entries = [*plan.new, *(entry for entry, _standing in plan.changed)]
    _write_codes(plan, act)
    _write_versions(entries, plan, act)
    for place in plan.lists:
        _write_memberships(place, plan, act)
    replace(DiscretionTable, [row for _entry, _table, row in plan.tables if row], on=act.on, at=act.at)
    write_tables([(entry, table) for entry, table, _row in plan.tables], plan, act)
    replace(ExemptionRule, [row for _entry, _rule, row in plan.exemptions if row], on=act.on, at=act.at)
    write_exemptions([(entry, rule) for entry, rule, _row in plan.exemptions], plan, act)


def replace(model: type[Effective], rows: list[Standing], *, on: date, at: datetime) -> None:
    """End rows on the day their successor begins; one that began that day or later is withdrawn instead."""
    begun = [row.pk for row in rows if row.valid_from < on and (row.valid_to is None or row.valid_to > on)]
    never = [row.pk for row in rows if row.valid_from >= on]
    if begun:
        model._default_manager.filter(pk__in=begun).update(valid_to=on, closed_at=at)
    if never:
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


def _write_codes(plan: Plan, act: Publication) -> None:
    copy_rows(
        ItemCode,
        ("item", "scheme", "code", "valid_from", "valid_to"),
        (
            [plan.item_ids[entry.identity], scheme_of(code), code, act.on, None]
            for entry, codes in plan.coded
            for code in codes
        ),
    )


def _write_versions(entries: list[Entry], plan: Plan, act: Publication) -> None:
    cited = [(entry, citations_of(entry)) for entry in entries]
    names_of_laws = {name for _entry, citations in cited for _role, name, _article, _text in citations}
    names_of_laws |= {entry.fields["statute_name"] for entry in entries}
    statutes = statutes_by_name(names_of_laws, act.source)
    ids = new_ids(ItemVersion, len(entries))
    # Parts of a published version are frozen, so they are written before it; keys are checked at the end.
    write_situations([(pk, entry.situations) for pk, entry in zip(ids, entries, strict=True)])
    rows = [(pk, citations) for pk, (_entry, citations) in zip(ids, cited, strict=True)]
    stamp = act.stamp()
    write_citations(rows, statutes, (PUBLISHED, stamp))
    copy_rows(
        ItemVersion,
        VERSION,
        ([pk, *_version(entry, plan, statutes, stamp)] for pk, entry in zip(ids, entries, strict=True)),
    )


def citations_of(entry: Entry) -> list[tuple[str, str, str, str]]:
    """List what an entry cites: the provisions read one by one, else those its fields name."""
    if entry.citations:
        return [(role, name, article, text) for role, name, article, text in entry.citations]
    return named_in(entry.fields)


def named_in(fields: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """List the provisions that the fields of an item name: the duty broken and the ground of the power."""
    named = [
        (ProvisionRole.OBLIGATION, fields["obligation_article"], fields["obligation_text"]),
        (main_role(fields["power_type"]), fields["penalty_article"], fields["penalty_text"]),
    ]
    return [(str(role), fields["statute_name"], article, text) for role, article, text in named if article]


def _version(entry: Entry, plan: Plan, statutes: dict[str, int], stamp: list[Any]) -> list[Any]:
    fields = entry.fields
    aliases = aliases_for(fields["name"])
    initials = initials_of(fields["name"])
    searched = search_text_of(
        name=fields["name"],
        violation=fields["violation"],
        statute_name=fields["statute_name"],
        aliases=aliases,
        codes=entry.codes,
        initials=initials,
        articles=fields["penalty_article"],
    )
    return [
        plan.item_ids[entry.identity],
        statutes.get(fields["statute_name"]),
        *_content(fields),
        *stamp,
        entry.carried_digest or entry.digest,
        aliases,
        initials,
        searched,
    ]


def _write_memberships(place: ListPlan, plan: Plan, act: Publication) -> None:
    power_list = _list_of(place, act)
    replace(ListMembership, place.left, on=act.on, at=act.at)
    stamp = act.stamp()
    copy_rows(
        ListMembership,
        ("item", "power_list", "kind", "field", "number", *PUBLISHED),
        (
            [plan.item_ids[entry.identity], power_list.pk, power_list.kind, area, number, *stamp]
            for entry, area, number in place.unlisted
        ),
    )
    moved = [ListMembership(pk=pk, number=number) for pk, number in place.renumbered]
    ListMembership.objects.bulk_update(moved, ["number"], batch_size=1000)


def _list_of(place: ListPlan, act: Publication) -> PowerList:
    """Return the list of a plan; one that a column of the file stands for is made when it is first met."""
    base = act.power_list
    if place.code == base.code:
        return base
    about = {name: getattr(base, name) for name in ("data_origin", "issuer", "document", "source")}
    made, _new = PowerList.objects.get_or_create(
        code=place.code, defaults={"name": place.name, "kind": place.kind, "parent": base, **about}
    )
    return made


def withdraw(places: list[ListPlan], act: Publication) -> None:
    """Take what a complete file no longer holds out of its lists; an item in no other list ends with that."""
    gone = set(items_of(row for place in places for row in place.absent))
    for place in places:
        replace(ListMembership, place.absent, on=act.on, at=act.at)
    still = ListMembership.objects.current().filter(standing_places(act.on), item_id__in=gone)
    gone -= set(still.values_list("item_id", flat=True))
    open_ended = Q(valid_to=None) | Q(valid_to__gt=act.on)
    for model in (ItemVersion, DiscretionTable):
        rows = model.objects.current().filter(open_ended, item_id__in=gone)
        ended = rows.values_list("id", "content_digest", "valid_from", "valid_to")
        replace(model, [Standing(*row) for row in ended], on=act.on, at=act.at)
