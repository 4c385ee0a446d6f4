"""The law changes: an article gets new words from a day on, and with it every item that rests on it.

What was decided keeps its version; what is decided from that day on cites the new words.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.services import Actor, record
from catalog import verbs
from catalog.effective import Status, in_force_query
from catalog.listing import Standing
from catalog.models import ItemVersion, Provision, ProvisionRole, ProvisionVersion, Statute, StatuteVersion
from catalog.publishing import replace
from catalog.services import require_second_person
from catalog.succeeding import Act, penalty_fields, succeed
from law.errors import RuleViolation


def resting_on(
    *, on: date, provision: Provision | None = None, statute: Statute | None = None
) -> QuerySet[ItemVersion]:
    """Return the versions in force on a day that cite a provision, or any provision of a statute."""
    rows = ItemVersion.objects.filter(in_force_query(on)).select_related("item")
    if provision is not None:
        rows = rows.filter(citations__provision=provision)
    if statute is not None:
        rows = rows.filter(citations__provision__statute=statute)
    return rows.distinct().order_by("id")


@transaction.atomic
def draft_amendment(
    *, provision: Provision, text: str, document: str, effective_on: date, actor: Actor, at: datetime
) -> ProvisionVersion:
    """Draft the new words of an article; they have no effect before a second person publishes them."""
    Provision.objects.select_for_update().get(pk=provision.pk)
    if not text.strip() or not document.strip():
        raise _refusal(
            "amendment_incomplete",
            _("条文修改须写明新的条文和公布文件"),
            _("填写修改后的条文全文和公布文件"),
            "An amendment states the new words and the document that published them",
        )
    if ProvisionVersion.objects.filter(provision=provision, status=Status.DRAFT).exists():
        raise _refusal(
            "draft_exists",
            _("该条文已有一份待发布的修改"),
            _("请另一人发布该修改，或弃用后重新起草"),
            "This article already has an amendment waiting to be published",
        )
    made = ProvisionVersion.objects.create(
        provision=provision,
        text=text.strip(),
        document=document.strip(),
        status=Status.DRAFT,
        valid_from=effective_on,
        source=document.strip(),
        drafted_by_id=actor.pk,
        drafted_by_name=actor.name,
    )
    _tell(verbs.AMENDMENT_DRAFTED, made, actor, at, {})
    return made


@transaction.atomic
def publish_amendment(*, version: ProvisionVersion, actor: Actor, at: datetime) -> int:
    """Publish new words by a second person, and re-issue every item that rests on them; returns how many."""
    version = (
        ProvisionVersion.objects.select_for_update(of=["self"])
        .select_related("provision__statute")
        .get(pk=version.pk)
    )
    if version.status != Status.DRAFT or version.valid_from is None:
        raise _refusal(
            "version_not_draft",
            _("该修改已经处理过，不能再次操作"),
            _("查看该条文的各个版本"),
            "This amendment has been dealt with already",
        )
    require_second_person(version.drafted_by_id, actor)
    on = version.valid_from
    act = Act(
        on=on,
        at=at,
        source=version.document,
        drafted_by=(version.drafted_by_id, version.drafted_by_name),
        published_by=(actor.pk, actor.name),
    )
    _replace_words(version, act)
    _record_edition(version, act)
    resting = resting_on(on=on, provision=version.provision)
    affected = list(resting.prefetch_related("situations", "citations", "item__codes"))
    succeed(affected, lambda item: _new_words(item, version), act)
    _tell(verbs.AMENDMENT_PUBLISHED, version, actor, at, {"items": len(affected)})
    return len(affected)


def _replace_words(version: ProvisionVersion, act: Act) -> None:
    standing = ProvisionVersion.objects.current().filter(provision=version.provision)
    rows = [Standing(*row) for row in standing.values_list("id", "source", "valid_from", "valid_to")]
    replace(ProvisionVersion, rows, on=act.on, at=act.at)
    version.status, version.recorded_from = Status.PUBLISHED, act.at
    version.published_by_id, version.published_by_name = act.published_by
    version.save()


def _record_edition(version: ProvisionVersion, act: Act) -> None:
    """Keep that the statute stands in a new edition from the day, once however many articles change."""
    editions = StatuteVersion.objects.current().filter(statute=version.provision.statute)
    if editions.filter(valid_from=act.on).exists():
        return
    rows = [Standing(*row) for row in editions.values_list("id", "source", "valid_from", "valid_to")]
    replace(StatuteVersion, rows, on=act.on, at=act.at)
    StatuteVersion.objects.create(
        statute=version.provision.statute,
        edition=_("%(year)s年修改") % {"year": act.on.year},
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
    roles = {row.role for row in item.citations.all() if row.provision_id == version.provision_id}
    changes: dict[str, Any] = {}
    if ProvisionRole.OBLIGATION in roles:
        changes["obligation_text"] = version.text
    article = version.provision.article
    if roles - {ProvisionRole.OBLIGATION} and item.penalty_article == article:
        changes |= {"penalty_text": version.text, "penalty_range_text": ""}
        changes |= penalty_fields(item.name, version.text)
    return changes


def _refusal(code: str, message: str, unblock: str, english: str) -> RuleViolation:
    return RuleViolation(
        code, message, unblock=unblock, message_en=english, unblock_en="See the versions of the article"
    )


def _tell(verb: Any, version: ProvisionVersion, actor: Actor, at: datetime, more: dict[str, Any]) -> None:
    provision = version.provision
    payload = {"provision": str(provision), "document": version.document, **more}
    chain = f"catalog:provision:{provision.pk}"
    record(verb, chain=chain, target=version, actor=actor, at=at, payload=payload)
