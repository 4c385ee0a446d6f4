"""Agreements on paper: frozen once, numbered, printed alone or a whole batch in one file."""

from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from audit.services import record
from catalog.models import ItemCode
from desk import jobs
from desk.language import in_legal_language
from desk.rights import needs
from law.errors import RuleViolation
from papers import binding, files, rendering
from papers.models import Paper, StoredFile
from papers.services import freeze, render
from townships import verbs
from townships.models import AuthorityGrant, Body, GrantBatch, Officer
from townships.models.modes import HANDED_ON
from townships.selectors.authority import named, powers_of

PDF = "application/pdf"
ONE_DAY = 24 * 3600


@needs("authority.edit")
@in_legal_language()
@transaction.atomic
def print_agreement(*, grant: AuthorityGrant, actor: Officer | None, at: datetime) -> Paper:
    """Freeze the text both sides sign; asked again, the same paper."""
    locked = AuthorityGrant.objects.select_for_update().get(pk=grant.pk)
    if locked.paper is not None:
        return locked.paper
    if locked.mode not in HANDED_ON:
        raise RuleViolation(
            "no_agreement_to_print",
            "只有委托书和赋权决定有协议文本",
            "行政处罚法第二十条第一款",
            message_en="Only delegations and empowerments have a text to print",
        )
    giver = locked.source_body
    assert giver is not None
    locked.paper = freeze(
        template="delegation_agreement",
        content=agreement_content(locked),
        at=at,
        title=str(TITLES[locked.mode]),
        number=locked.number,
        issuer=giver.name,
        dated=localdate(at),
    )
    locked.save(update_fields=["paper"])
    payload = {"paper": locked.paper.pk, "digest": locked.paper.digest}
    record(verbs.GRANT_PRINTED, chain=grant.chain, target=grant, actor=actor, at=at, payload=payload)
    return locked.paper


TITLES = {"delegated": "行政处罚委托书", "empowered": "行政处罚权交接书"}


def agreement_content(grant: AuthorityGrant) -> dict[str, Any]:
    """Fill the agreement: the sides, basis, matters, powers, area, term and who answers (APL 20, 21, 24)."""
    giver, holder = grant.source_body, grant.holder
    rows = named(grant.items.order_by("id"), grant.valid_from)
    known = ItemCode.objects.filter(item__in=[row.row.item_id for row in rows], valid_to=None)
    # Of several codes of an item the first stays.
    codes = dict(known.order_by("-id").values_list("item_id", "code"))
    places = [row.place.name for row in grant.places.select_related("place")]
    return {
        "title": TITLES[grant.mode],
        "mode": grant.mode,
        "giver": _side(giver),
        "receiver": _side(holder),
        "legal_basis": grant.legal_basis,
        "decision_document": grant.decision_document,
        "powers": grant.powers,
        "area": f"{grant.township.short_name}行政区域" if grant.township else "",
        "places": places,
        "scope_note": grant.scope_note,
        "valid_from": grant.valid_from.isoformat(),
        "valid_to": grant.valid_to.isoformat() if grant.valid_to else "",
        "meeting": str(grant.meeting) if grant.meeting else "",
        "items": [
            {
                "code": codes.get(row.row.item_id, ""),
                "name": row.name,
                "domain": row.domain,
                "limit": row.row.scope_limit,
                "source": row.row.get_source_display(),
            }
            for row in rows
        ],
    }


def list_content(township: Body, on: date) -> dict[str, Any]:
    """Fill the list of what a township may do on a day: the very set that an act may rest on."""
    return {
        "township": township.name,
        "dated": on.isoformat(),
        "rows": [
            {
                "name": held.name,
                "limit": held.row.scope_limit,
                "giver": grant.source_body.short_name if grant.source_body else "",
                "mode": str(grant.get_mode_display()),
                "named": (grant.principal or grant.holder).name,
                "number": grant.number,
                "until": grant.valid_to.isoformat() if grant.valid_to else "",
            }
            for grant, items in powers_of(township, on).items()
            for held in items
        ],
    }


@in_legal_language()
def print_list(*, township: Body, on: date) -> bytes:
    """Print what a township may do on a day; what has not changed is not laid out again."""
    html = rendering.render_html("power_list", list_content(township, on))
    key = f"power-list:{rendering.render_key(html)}"
    printed: bytes | None = cache.get(key)
    if printed is None:
        printed = rendering.render_pdf(html)
        cache.set(key, printed, timeout=ONE_DAY)
    return printed


def _side(body: Any) -> dict[str, str]:
    if body is None:
        return {}
    return {"name": body.name, "credit_code": body.credit_code, "address": body.address, "phone": body.phone}


def run_printing(*, job_id: int, batch_id: int, at: datetime) -> None:
    """Print a batch as a background job: each agreement once, all of them in one file with contents."""
    with jobs.ended_by_failure(job_id, at=at):
        batch = GrantBatch.objects.get(pk=batch_id)
        grants = sorted(batch.grants.select_related("holder", "principal", "origin"), key=_by_giver)
        if not jobs.begin(job_id, at=at, total=len(grants)):
            return
        if not grants:
            jobs.fail(job_id, at=at, message=_("这一批还没有起草协议"))
            return
        parts = []
        for done, grant in enumerate(grants, start=1):
            paper = print_agreement(grant=grant, actor=None, at=at)
            parts.append(part_of(grant, paper))
            jobs.progress(job_id, done=done, message=_("已印制 %(number)s") % {"number": grant.number})
        stored = bound(batch, parts, at)
        address = reverse("grant_batch_print", args=[batch.pk, stored.sha256])
        message = _("%(n)s 份协议已印制") % {"n": len(parts)}
        jobs.finish(job_id, at=at, result_url=address, message=message)


def _by_giver(grant: AuthorityGrant) -> tuple[int, int, int]:
    """Order agreements by who gives the power; one giver's numbers rise as the drafts were made."""
    giver = grant.source_body
    return (giver.sort_order, giver.pk, grant.pk) if giver else (0, 0, grant.pk)


def part_of(grant: AuthorityGrant, paper: Paper) -> binding.Part:
    """Make an agreement a part of the file of its batch."""
    giver = grant.source_body
    return binding.Part(
        title=f"{giver.short_name if giver else ''} → {grant.holder.short_name}",
        pdf=render(paper),
        responsible=giver.name if giver else "",
        number=grant.number,
        dated=paper.dated,
    )


def bound(batch: GrantBatch, parts: list[binding.Part], at: datetime) -> StoredFile:
    """Bind agreements into one file behind their contents."""
    contents = {"title": "协议目录", "cause": batch.name, "case_number": batch.document}
    volume = binding.assemble(parts, front=binding.contents_only(contents), title=batch.name)
    return files.keep(volume.pdf, content_type=PDF, name=f"{batch.name}协议.pdf", at=at)
