"""Parts of item versions, written set by set: situations, statutes, and the provisions they cite."""

from collections.abc import Iterable
from typing import Any

from catalog.copying import copy_rows, new_ids
from catalog.models import (
    ItemProvision,
    ItemViolation,
    Provision,
    ProvisionRole,
    ProvisionVersion,
    Statute,
    StatuteLevel,
)

LONGEST_ARTICLE = 200
ROLE_OF_POWER = {"coercion": ProvisionRole.COERCION, "inspection": ProvisionRole.INSPECTION}
# role, statute, article, text
Citation = tuple[str, str, str, str]
Stamp = tuple[tuple[str, ...], list[Any]]


def main_role(power_type: str) -> ProvisionRole:
    """Say as what the main basis of an item is cited."""
    return ROLE_OF_POWER.get(power_type, ProvisionRole.PENALTY)


def level_of(name: str) -> StatuteLevel:
    """Guess the rank of a statute from its name; the catalogue administrator may correct it."""
    plain = name.strip("《》")
    if plain.startswith("中华人民共和国") and plain.endswith("法"):
        return StatuteLevel.LAW
    if plain.endswith("条例"):
        national = plain.startswith("中华人民共和国") or not any(word in plain for word in "省市县区州盟旗")
        return StatuteLevel.REGULATION if national else StatuteLevel.LOCAL_REGULATION
    return StatuteLevel.RULE if plain.endswith(("办法", "规定", "细则", "规则")) else StatuteLevel.OTHER


def statutes_by_name(names: Iterable[str], source: str) -> dict[str, int]:
    """Return the keys of statutes by name, making those not yet known."""
    wanted = sorted(set(names) - {""})
    Statute.objects.bulk_create(
        [Statute(name=name, level=level_of(name), source=source) for name in wanted], ignore_conflicts=True
    )
    found = Statute.objects.filter(name__in=wanted, version_on=None)
    return dict(found.values_list("name", "id"))


def write_situations(rows: Iterable[tuple[int, list[str]]]) -> None:
    """Write the situations of versions that are not yet written themselves."""
    copy_rows(
        ItemViolation,
        ("version", "order", "text"),
        ([version, order, text] for version, texts in rows for order, text in enumerate(texts, 1)),
    )


def write_citations(rows: list[tuple[int, list[Citation]]], statutes: dict[str, int], stamp: Stamp) -> None:
    """Write which provisions versions cite; a provision met for the first time is kept with its words."""
    cited = [(version, citation) for version, citations in rows for citation in citations]
    keys = {key: citation[3] for _version, citation in cited if (key := _key(citation, statutes))}
    provisions = _provisions(set(keys))
    fresh = _make(sorted(set(keys) - provisions.keys()), keys, stamp)
    provisions.update(fresh)
    links = dict.fromkeys(
        (version, provisions[key], citation[0])
        for version, citation in cited
        if (key := _key(citation, statutes))
    )
    copy_rows(ItemProvision, ("version", "provision", "role"), (list(link) for link in links))


def _key(citation: Citation, statutes: dict[str, int]) -> tuple[int, str] | None:
    _role, statute, article, _text = citation
    known = statutes.get(statute)
    return (known, article[:LONGEST_ARTICLE]) if known and article else None


def _provisions(keys: set[tuple[int, str]]) -> dict[tuple[int, str], int]:
    rows = Provision.objects.filter(statute_id__in={statute for statute, _article in keys})
    return {
        (statute, article): pk
        for statute, article, pk in rows.values_list("statute_id", "article", "id")
        if (statute, article) in keys
    }


def _make(
    missing: list[tuple[int, str]], texts: dict[tuple[int, str], str], stamp: Stamp
) -> dict[tuple[int, str], int]:
    made = dict(zip(missing, new_ids(Provision, len(missing)), strict=True))
    copy_rows(
        Provision,
        ("id", "statute", "article"),
        ([pk, statute, article] for (statute, article), pk in made.items()),
    )
    names, values = stamp
    copy_rows(
        ProvisionVersion,
        ("provision", "text", "document", *names),
        ([pk, texts[key], "", *values] for key, pk in made.items() if texts[key]),
    )
    return made
