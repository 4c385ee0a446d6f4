"""The law changes: an article gets new words from a day on, and with it every item that rests on it.

What was decided keeps its version; what is decided from that day on cites the new words.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit.county import in_county
from audit.services import Actor, record
from audit.verbs import Verb
from catalog import drafts, verbs
from catalog.access import EDIT, PUBLISH
from catalog.effective import Status, in_force_query
from catalog.listing import Standing
from catalog.models import ItemVersion, Provision, ProvisionRole, ProvisionVersion, Statute, StatuteVersion
from catalog.publication import Act
from catalog.publishing import replace
from catalog.succeeding import penalty_fields, succeed
from desk.rights import needs
from law.errors import RuleViolation


def resting_on(
    *, on: date, provision: Provision | None = None, statute: Statute | None = None
) -> QuerySet[ItemVersion]:
    """Return the versions in force on a day that cite a provision, or any provision of a statute."""
    rows = in_county(ItemVersion).filter(in_force_query(on)).select_related("item")
    if provision is not None:
        law, article = provision.statute.name, provision.article
        named = Q(penalty_article=article) | Q(obligation_article=article)
        rows = rows.filter(Q(citations__provision=provision) | Q(named, statute_name=law))
    if statute is not None:
        rows = rows.filter(Q(citations__provision__statute=statute) | Q(statute_name=statute.name))
    return rows.distinct().order_by("id")


def amendments() -> QuerySet[ProvisionVersion]:
    """Return the words that a document brought, not those a list was first read with."""
    return in_county(ProvisionVersion).exclude(document="").select_related("provision__statute")


def provisions_named(words: str) -> QuerySet[Provision]:
    """Return the articles whose law or number holds every word."""
    rows = in_county(Provision).select_related("statute")
    for word in words.split():
        rows = rows.filter(Q(statute__name__contains=word) | Q(article__contains=word))
    return rows


@dataclass(frozen=True, slots=True)
class Words:
    """What an amendment says: the new words, the document that published them, from which day."""

    text: str
    document: str
    effective_on: date
    published_on: date | None = None
    edition: str = ""


@needs(EDIT)
@transaction.atomic
def draft_amendment(*, provision: Provision, words: Words, actor: Actor, at: datetime) -> ProvisionVersion:
    """Draft the new words of an article; they have no effect before a second person publishes them."""
    Provision.objects.select_for_update().get(pk=provision.pk)
    _require_complete(provision, words)
    row = ProvisionVersion(
        provision=provision,
        text=words.text.strip(),
        document=words.document.strip(),
        published_on=words.published_on,
        edition=words.edition.strip(),
    )
    made = drafts.keep(row, effective_on=words.effective_on, source=row.document, actor=actor)
    _tell(verbs.AMENDMENT_DRAFTED, made, actor, at)
    return made


def _require_complete(provision: Provision, words: Words) -> None:
    if not words.text.strip() or not words.document.strip():
        raise RuleViolation(
            "amendment_incomplete",
            "条文修改须写明新的条文和公布文件",
            unblock="填写修改后的条文全文和公布文件",
            message_en="An amendment states the new words and the document that published them",
            unblock_en="Enter the whole new article and its document",
            field="text",
        )
    if words.published_on and words.published_on > words.effective_on:
        raise RuleViolation(
            "amendment_before_publication",
            "施行日期早于公布日期",
            unblock="核对公布日期和施行日期",
            message_en="The amendment would apply before it was published",
            unblock_en="Check both days",
            field="effective_on",
        )
    standing = ProvisionVersion.objects.in_force(words.effective_on).filter(provision=provision).first()
    if standing is not None and standing.text == words.text.strip():
        raise RuleViolation(
            "amendment_without_change",
            "新条文与现行条文完全相同",
            unblock="按公布的修改决定填写新的条文",
            message_en="The new words are those in force",
            unblock_en="Enter the article as amended",
            field="text",
        )


@needs(PUBLISH)
@transaction.atomic
def publish_amendment(*, version: ProvisionVersion, actor: Actor, at: datetime) -> int:
    """Publish new words by a second person, and re-issue every item that rests on them; returns how many."""
    version = _locked(version)
    act = drafts.act_of(version, actor=actor, at=at)
    resting = resting_on(on=act.on, provision=version.provision)
    affected = list(resting.prefetch_related("situations", "citations", "item__codes"))
    drafts.put_in_force(version, act)
    _record_edition(version, act)
    succeed(affected, lambda item: _new_words(item, version), act)
    _tell(verbs.AMENDMENT_PUBLISHED, version, actor, at, items=len(affected))
    return len(affected)


@needs(PUBLISH)
@transaction.atomic
def discard_amendment(*, version: ProvisionVersion, actor: Actor, at: datetime) -> None:
    """Give up drafted words; they stay in the history of the article as discarded."""
    version = _locked(version)
    version.status = Status.DISCARDED
    version.save(update_fields=["status"])
    _tell(verbs.AMENDMENT_DISCARDED, version, actor, at)


def _locked(version: ProvisionVersion) -> ProvisionVersion:
    lock = Provision.objects.select_for_update(of=["self"]).select_related("statute")
    provision = lock.get(pk=version.provision_id)
    version = drafts.locked(version)
    version.provision = provision
    return version


def _record_edition(version: ProvisionVersion, act: Act) -> None:
    """Keep that the statute stands in a new edition from the day, once however many articles change."""
    editions = StatuteVersion.objects.current().filter(statute=version.provision.statute)
    if editions.filter(valid_from=act.on).exists():
        return
    rows = [Standing(*row) for row in editions.values_list("id", "source", "valid_from", "valid_to")]
    replace(StatuteVersion, rows, on=act.on, at=act.at)
    StatuteVersion.objects.create(
        statute=version.provision.statute,
        edition=version.edition or _("%(year)s年修改") % {"year": act.on.year},
        document=version.document,
        status=Status.PUBLISHED,
        valid_from=act.on,
        recorded_from=act.at,
        source=version.document,
        drafted_by_id=act.drafted_by[0],
        drafted_by_name=act.drafted_by[1],
        published_by_id=act.published_by[0],
        published_by_name=act.published_by[1],
    )


def _new_words(item: ItemVersion, version: ProvisionVersion) -> dict[str, Any]:
    """Return what changes in an item: its duty, or its ground with the fine and kinds read from it."""
    provision = version.provision
    roles = {row.role for row in item.citations.all() if row.provision_id == provision.pk}
    here = item.statute_name == provision.statute.name
    changes: dict[str, Any] = {}
    if ProvisionRole.OBLIGATION in roles or (here and item.obligation_article == provision.article):
        changes["obligation_text"] = version.text
    if here and item.penalty_article == provision.article:
        changes |= {"penalty_text": version.text, "penalty_range_text": ""}
        changes |= penalty_fields(item.name, version.text)
    return changes


def _tell(verb: Verb, version: ProvisionVersion, actor: Actor, at: datetime, **more: int) -> None:
    payload = {"provision": str(version.provision), "document": version.document, **more}
    chain = f"catalog:provision:{version.provision_id}"
    record(verb, chain=chain, target=version, actor=actor, at=at, payload=payload)
