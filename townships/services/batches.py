"""Drafting many agreements at once: one for each department and township, from the townships' lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from audit.services import record
from catalog.models import Item
from desk import jobs
from desk.language import in_legal_language
from desk.rights import needs
from law.errors import RuleViolation
from papers import numbering
from townships import verbs
from townships.models import AuthorityGrant, Body, GrantBatch, Mode, Officer
from townships.selectors.bodies import townships_on
from townships.selectors.tailoring import Tailored, Wanted, tailored
from townships.services.grants import Terms, draft_grant

WORDS = {Mode.DELEGATED: "委", Mode.EMPOWERED: "赋"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTerms:
    """What all agreements of a batch say alike."""

    mode: Mode
    valid_to: date | None
    legal_basis: str
    powers: str = ""
    decision_document: str = ""
    scope_note: str = ""
    qualification_note: str = ""
    coercive_basis: str = ""
    capacity_note: str = ""


@dataclass(slots=True)
class Drafted:
    """What came of a batch: drafted now, drafted before, refused with reasons."""

    made: list[AuthorityGrant] = field(default_factory=list)
    known: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many pairs were looked at."""
        return len(self.made) + self.known + len(self.refused)


def pairs_of(townships: Iterable[Body]) -> list[tuple[Tailored, int, list[Wanted]]]:
    """List the agreements a batch needs: each department and township with items between them."""
    return [
        (row, department_id, wanted)
        for row in tailored(townships)
        for department_id, wanted in sorted(row.by_department().items())
    ]


@needs("authority.edit")
@in_legal_language()
def draft_batch(
    *,
    batch: GrantBatch,
    terms: BatchTerms,
    actor: Officer,
    at: datetime,
    tell: Callable[[Drafted, int], object] = lambda drafted, total: None,
) -> Drafted:
    """Draft what the batch still lacks, each agreement in a transaction of its own; safe to repeat."""
    pairs = pairs_of(townships_on(max(batch.effective_on, localdate(at))))
    departments = Body.objects.in_bulk({department_id for _row, department_id, _wanted in pairs})
    drafted = Drafted()
    for row, department_id, wanted in pairs:
        department = departments[department_id]
        try:
            grant = _draft(batch, terms, department, row.township, wanted, actor, at)
        except RuleViolation as refusal:
            drafted.refused.append((f"{department.short_name} → {row.township.short_name}", str(refusal)))
        else:
            if grant is None:
                drafted.known += 1
            else:
                drafted.made.append(grant)
        tell(drafted, len(pairs))
    return drafted


@transaction.atomic
def _draft(
    batch: GrantBatch,
    said: BatchTerms,
    department: Body,
    township: Body,
    wanted: list[Wanted],
    actor: Officer,
    at: datetime,
) -> AuthorityGrant | None:
    sides = _sides(said.mode, department)
    known = AuthorityGrant.objects.filter(batch=batch, holder=township, mode=said.mode, **sides)
    if known.exists():
        return None
    year, word = batch.effective_on.year, WORDS[said.mode]
    taken = numbering.take(series=word, body_id=department.pk, year=year)
    alike: dict[str, Any] = {each.name: getattr(said, each.name) for each in fields(said)}
    terms = Terms(
        holder=township,
        township=township,
        number=numbering.printed(word=department.document_word, kind=word, year=year, number=taken),
        valid_from=batch.effective_on,
        full_procedure=True,
        batch=batch,
        meeting=batch.meeting,
        replaces=_latest(township, said.mode, sides),
        **sides,
        **alike,
    )
    items = list(Item.objects.filter(pk__in=[row.item_id for row in wanted]))
    sources = {row.item_id: row.source for row in wanted}
    return draft_grant(terms=terms, items=items, actor=actor, at=at, sources=sources)


def _sides(mode: Mode, department: Body) -> dict[str, Any]:
    return {"principal" if mode == Mode.DELEGATED else "origin": department}


def _latest(township: Body, mode: Mode, sides: dict[str, Any]) -> AuthorityGrant | None:
    """Return the agreement between the two that the new one follows."""
    earlier = AuthorityGrant.objects.filter(holder=township, mode=mode, **sides)
    return earlier.exclude(status="draft").order_by("-valid_from", "-id").first()


def run_drafting(*, job_id: int, batch_id: int, terms: dict[str, str], officer_id: int, at: datetime) -> None:
    """Draft a batch as a background job; the job tells how far it is and what was refused."""
    with jobs.ended_by_failure(job_id, at=at):
        batch, actor = GrantBatch.objects.get(pk=batch_id), Officer.objects.get(pk=officer_id)
        if not jobs.begin(job_id, at=at, total=len(pairs_of(townships_on(batch.effective_on)))):
            return

        def tell(drafted: Drafted, total: int) -> None:
            message = _("已起草 %(n)s 份") % {"n": len(drafted.made)}
            jobs.progress(job_id, done=drafted.done, message=message)

        drafted = draft_batch(batch=batch, terms=terms_from(terms), actor=actor, at=at, tell=tell)
        record_drafting(batch=batch, drafted=drafted, actor=actor, at=at)
        _end_drafting(job_id, batch, drafted, at)


def _end_drafting(job_id: int, batch: GrantBatch, drafted: Drafted, at: datetime) -> None:
    words = _("起草 %(made)s 份，已有 %(known)s 份，未能起草 %(refused)s 份")
    told = words % {
        "made": len(drafted.made),
        "known": drafted.known,
        "refused": len(drafted.refused),
    }
    first = f"；{drafted.refused[0][0]}：{drafted.refused[0][1]}" if drafted.refused else ""
    if drafted.refused and not drafted.made and not drafted.known:
        jobs.fail(job_id, at=at, message=f"{told}{first}")
        return
    jobs.finish(job_id, at=at, result_url=f"/authority/batches/{batch.pk}/", message=f"{told}{first}")


@needs("authority.edit")
@transaction.atomic
def record_drafting(*, batch: GrantBatch, drafted: Drafted, actor: Officer, at: datetime) -> None:
    """Write down what was drafted and what was refused, and why."""
    payload = {"made": [grant.pk for grant in drafted.made], "refused": drafted.refused}
    record(verbs.GRANT_DRAFTED, chain=f"batch:{batch.pk}", target=batch, actor=actor, at=at, payload=payload)


def terms_from(said: dict[str, str]) -> BatchTerms:
    """Read the terms a job was started with."""
    ends = said.get("valid_to", "")
    texts = {key: text for key, text in said.items() if key not in ("mode", "valid_to")}
    return BatchTerms(mode=Mode(said["mode"]), valid_to=date.fromisoformat(ends) if ends else None, **texts)
