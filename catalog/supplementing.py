"""Supplement what a list leaves open: an item's basis, drafted by one person, published by another."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import Actor, record
from catalog import verbs
from catalog.effective import Status
from catalog.listing import Standing
from catalog.loaders.basis import correction_first, penalty_kinds
from catalog.models import Item, ItemVersion, Statute
from catalog.parts import level_of
from catalog.publishing import CONTENT, replace
from catalog.searching import aliases_for, initials_of, search_text_of
from catalog.services import require_second_person
from law.errors import RuleViolation


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


def chain_of_item(item_id: int) -> str:
    """Name the chain of an item's events."""
    return f"catalog:item:{item_id}"


@transaction.atomic
def draft_basis(
    *, version: ItemVersion, basis: BasisText, effective_on: date, source: str, actor: Actor, at: datetime
) -> ItemVersion:
    """Draft the next version of an item with its basis completed; it has no effect before it is published."""
    Item.objects.select_for_update().get(pk=version.item_id)
    _require_no_draft(version.item_id)
    statute, _made = Statute.objects.get_or_create(
        name=basis.statute_name,
        version_on=None,
        defaults={"level": level_of(basis.statute_name), "source": source},
    )
    content = _content(version, basis)
    draft = ItemVersion.objects.create(
        item_id=version.item_id,
        statute=statute,
        **content,
        status=Status.DRAFT,
        valid_from=effective_on,
        valid_to=version.valid_to if version.valid_to and version.valid_to > effective_on else None,
        source=source,
        drafted_by_id=actor.pk,
        drafted_by_name=actor.name,
        aliases=version.aliases,
        initials=version.initials,
        search_text=version.search_text,
    )
    payload = {"version": draft.pk, "statute": basis.statute_name, "effective_on": effective_on.isoformat()}
    record(
        verbs.BASIS_DRAFTED,
        chain=chain_of_item(version.item_id),
        target=draft,
        actor=actor,
        at=at,
        payload=payload,
    )
    return draft


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


def _require_no_draft(item_id: int) -> None:
    if ItemVersion.objects.filter(item_id=item_id, status=Status.DRAFT).exists():
        raise RuleViolation(
            "draft_exists",
            _("该事项已有一份待发布的版本"),
            unblock=_("请另一人发布该版本，或由起草人弃用后重新起草"),
            message_en="This item already has a version waiting to be published",
            unblock_en="Have a second person publish it, or discard it first",
        )


@transaction.atomic
def publish_version(*, version: ItemVersion, actor: Actor, at: datetime) -> ItemVersion:
    """Publish a drafted version by a second person; it replaces the one before from its first day on."""
    Item.objects.select_for_update().get(pk=version.item_id)
    version = ItemVersion.objects.select_for_update().get(pk=version.pk)
    _require_draft(version)
    require_second_person(version.drafted_by_id, actor)
    standing = ItemVersion.objects.current().filter(item_id=version.item_id).order_by("-valid_from").first()
    if standing is not None:
        replace(ItemVersion, [_standing(standing)], on=_first_day(version), at=at)
    version.status = Status.PUBLISHED
    version.planned_to = version.valid_to
    version.recorded_from = at
    version.published_by_id, version.published_by_name = actor.pk, actor.name
    version.save()
    _tell(verbs.VERSION_PUBLISHED, version, actor, at)
    return version


def _standing(version: ItemVersion) -> Standing:
    return Standing(version.pk, version.content_digest, _first_day(version), version.valid_to)


def _first_day(version: ItemVersion) -> date:
    if version.valid_from is None:
        raise ValueError("a version to be published has a first day")
    return version.valid_from


@transaction.atomic
def discard_version(*, version: ItemVersion, actor: Actor, at: datetime) -> None:
    """Give up a drafted version; it stays in the history as discarded."""
    version = ItemVersion.objects.select_for_update().get(pk=version.pk)
    _require_draft(version)
    version.status = Status.DISCARDED
    version.save(update_fields=["status"])
    _tell(verbs.VERSION_DISCARDED, version, actor, at)


def _require_draft(version: ItemVersion) -> None:
    if version.status != Status.DRAFT:
        raise RuleViolation(
            "version_not_draft",
            _("该版本已经处理过，不能再次操作"),
            unblock=_("在事项页查看各版本的状态"),
            message_en="This version has been dealt with already",
            unblock_en="See the versions on the item's page",
        )


@transaction.atomic
def change_aliases(*, version: ItemVersion, aliases: list[str], actor: Actor, at: datetime) -> ItemVersion:
    """Change the plain words an item is found by; they carry no legal weight, so no new version is needed."""
    version = ItemVersion.objects.select_for_update().get(pk=version.pk)
    before = version.aliases
    version.aliases = aliases or aliases_for(version.name)
    version.initials = initials_of(version.name)
    version.search_text = search_text_of(
        name=version.name,
        violation=version.violation,
        statute_name=version.statute_name,
        aliases=version.aliases,
        codes=version.item.codes.values_list("code", flat=True),
    )
    version.save(update_fields=["aliases", "initials", "search_text"])
    payload = {"before": before, "after": version.aliases}
    _tell(verbs.ALIASES_CHANGED, version, actor, at, payload)
    return version


def _tell(
    verb: Any, version: ItemVersion, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> None:
    record(
        verb,
        chain=chain_of_item(version.item_id),
        target=version,
        actor=actor,
        at=at,
        payload={"version": version.pk, **(payload or {})},
    )
