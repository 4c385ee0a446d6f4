"""The next version of many items at once: content and parts carried on, fields changed, the old ended."""

from collections.abc import Callable
from typing import Any

from catalog.copying import copy_rows, new_ids
from catalog.listing import Standing
from catalog.loaders.amounts import fines_in
from catalog.loaders.basis import correction_first, penalty_kinds
from catalog.loaders.content import situations_of
from catalog.loaders.entries import digest_of
from catalog.models import ItemProvision, ItemVersion
from catalog.parts import statutes_by_name, write_citations, write_situations
from catalog.publication import CONTENT, PUBLISHED, VERSION, Act
from catalog.publishing import named_in, replace
from catalog.searching import aliases_for, initials_of, search_text_of

GROUND = ("statute_name", "obligation_article", "penalty_article")
Changes = Callable[[ItemVersion], dict[str, Any]]


def succeed(
    versions: list[ItemVersion], changes: Changes, act: Act, *, items: list[int] | None = None
) -> list[int]:
    """Write the next version of each, or of other items after their pattern; returns the new keys.

    items: the items the new versions belong to, where they are not those of the old ones.
    """
    ids = new_ids(ItemVersion, len(versions))
    told = [_content(version, changes(version)) for version in versions]
    laws = statutes_by_name({fields["statute_name"] for fields in told}, act.source)
    _carry_parts(list(zip(ids, versions, told, strict=True)), laws, act)
    if items is None:
        standing = [Standing(v.pk, v.content_digest, v.valid_from, v.valid_to) for v in versions]
        replace(ItemVersion, standing, on=act.on, at=act.at)
    owners = items or [version.item_id for version in versions]
    rows = zip(ids, owners, versions, told, strict=True)
    copy_rows(ItemVersion, VERSION, (_row(*row, laws, act) for row in rows))
    return ids


def _row(
    pk: int, owner: int, version: ItemVersion, fields: dict[str, Any], laws: dict[str, int], act: Act
) -> list[Any]:
    said = [fields[name] for name in CONTENT]
    statute = laws.get(fields["statute_name"])
    return [pk, owner, statute, *said, *act.stamp(version.valid_to), *_found(version, fields)]


def penalty_fields(name: str, text: str) -> dict[str, Any]:
    """Read fine, kinds and the need of an order to correct out of the words of a penalty."""
    fines = fines_in(text)
    return {
        "penalty_kinds": penalty_kinds(text),
        "fine_min": fines[0].low if fines else None,
        "fine_max": fines[0].high if fines else None,
        "fine_unit": fines[0].unit if fines else "",
        "needs_correction_first": correction_first(name, text),
    }


def _content(version: ItemVersion, changed: dict[str, Any]) -> dict[str, Any]:
    return {**{name: getattr(version, name) for name in CONTENT}, **changed}


def _found(version: ItemVersion, fields: dict[str, Any]) -> list[Any]:
    """Return the digest of what is said now and the aids of the search box."""
    same = fields["name"] == version.name
    aliases = version.aliases if same else aliases_for(fields["name"])
    initials = initials_of(fields["name"])
    text = search_text_of(
        name=fields["name"],
        violation=fields["violation"],
        statute_name=fields["statute_name"],
        aliases=aliases,
        codes=[code.code for code in version.item.codes.all()] if version.pk else (),
        initials=initials,
        articles=fields["penalty_article"],
    )
    digest = digest_of([version.content_digest, {name: str(fields[name]) for name in CONTENT}])
    return [digest, aliases, initials, text]


def _carry_parts(rows: list[tuple[int, ItemVersion, dict[str, Any]]], laws: dict[str, int], act: Act) -> None:
    """Write situations and citations before the versions they belong to, which are frozen then."""
    write_situations([(pk, _situations(version, fields)) for pk, version, fields in rows])
    carried = [row for row in rows if _rests_as_before(row[1], row[2])]
    copy_rows(
        ItemProvision,
        ("version", "provision", "role"),
        (
            [pk, citation.provision_id, citation.role]
            for pk, version, _fields in carried
            for citation in version.citations.all()
        ),
    )
    anew = [(pk, named_in(fields)) for pk, version, fields in rows if not _rests_as_before(version, fields)]
    write_citations(anew, laws, (PUBLISHED, act.stamp()))


def _rests_as_before(version: ItemVersion, fields: dict[str, Any]) -> bool:
    return bool(version.pk) and all(fields[name] == getattr(version, name) for name in GROUND)


def _situations(version: ItemVersion, fields: dict[str, Any]) -> list[str]:
    if version.pk and fields["violation"] == version.violation:
        return [row.text for row in version.situations.all()]
    return situations_of(fields["violation"] or fields["name"])
