"""Supplement what a list leaves open: an item's basis, drafted by one person, published by another."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from audit.services import Actor, record
from catalog import verbs
from catalog.access import EDIT
from catalog.drafts import chain_of_item, draft
from catalog.loaders.basis import correction_first, penalty_kinds
from catalog.models import ItemVersion, Statute
from catalog.parts import level_of
from catalog.publication import CONTENT
from catalog.searching import aliases_for, initials_of, search_text_of
from desk.rights import needs


@dataclass(frozen=True, slots=True)
class BasisText:
    """A penalty basis as a person enters it."""

    statute_name: str
    penalty_article: str
    penalty_text: str
    obligation_article: str = ""
    obligation_text: str = ""
    fine_min: Decimal | None = None
    fine_max: Decimal | None = None
    fine_unit: str = ""
    limitation_years: int = 2


@needs(EDIT)
@transaction.atomic
def draft_basis(
    *, version: ItemVersion, basis: BasisText, effective_on: date, source: str, actor: Actor, at: datetime
) -> ItemVersion:
    """Draft the next version of an item with its basis completed."""
    statute, _made = Statute.objects.get_or_create(
        name=basis.statute_name,
        version_on=None,
        defaults={"level": level_of(basis.statute_name), "source": source},
    )
    row = ItemVersion(
        item_id=version.item_id,
        statute=statute,
        **_content(version, basis),
        valid_to=version.valid_to if version.valid_to and version.valid_to > effective_on else None,
        aliases=version.aliases,
        initials=version.initials,
    )
    row.search_text = _searched(row)
    return draft(row, effective_on=effective_on, source=source, actor=actor, at=at, verb=verbs.BASIS_DRAFTED)


def _searched(version: ItemVersion) -> str:
    return search_text_of(
        name=version.name,
        violation=version.violation,
        statute_name=version.statute_name,
        aliases=version.aliases,
        codes=version.item.codes.values_list("code", flat=True),
        initials=version.initials,
        articles=version.penalty_article,
    )


def _content(version: ItemVersion, basis: BasisText) -> dict[str, Any]:
    content = {name: getattr(version, name) for name in CONTENT}
    content |= {
        "statute_name": basis.statute_name,
        "obligation_article": basis.obligation_article,
        "obligation_text": basis.obligation_text,
        "penalty_article": basis.penalty_article,
        "penalty_text": basis.penalty_text,
        "penalty_kinds": penalty_kinds(basis.penalty_text),
        "fine_min": basis.fine_min,
        "fine_max": basis.fine_max,
        "fine_unit": basis.fine_unit,
        "limitation_years": basis.limitation_years,
        "needs_correction_first": correction_first(version.name, basis.penalty_text),
    }
    # The digest is that of the list's own words, so that the same list again does not undo the supplement.
    content["content_digest"] = version.content_digest
    return content


@needs(EDIT)
@transaction.atomic
def change_aliases(*, version: ItemVersion, aliases: list[str], actor: Actor, at: datetime) -> ItemVersion:
    """Change the plain words an item is found by; they carry no legal weight, so no new version is needed."""
    version = ItemVersion.objects.select_for_update().get(pk=version.pk)
    before = version.aliases
    version.aliases = aliases or aliases_for(version.name)
    version.initials = initials_of(version.name)
    version.search_text = _searched(version)
    version.save(update_fields=["aliases", "initials", "search_text"])
    record(
        verbs.ALIASES_CHANGED,
        chain=chain_of_item(version.item_id),
        target=version,
        actor=actor,
        at=at,
        payload={"version": version.pk, "before": before, "after": version.aliases},
    )
    return version
