"""Draft a benchmark or an entry of an exemption list; publishing is the second person's."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from audit.services import Actor
from catalog import verbs
from catalog.access import EDIT
from catalog.discretion.reading import scheme_from
from catalog.drafts import draft
from catalog.loaders.entries import digest_of
from catalog.models import BenchmarkShape, DiscretionBand, DiscretionTable, ExemptionRule, Item
from desk.rights import needs
from law.benchmarks import read_scheme
from law.errors import LawError, RuleViolation


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTerms:
    """What a benchmark says of itself, apart from its rows."""

    title: str
    shape: str
    target: str = ""
    statute_name: str = ""
    penalty_article: str = ""
    fine_min: Decimal | None = None
    fine_max: Decimal | None = None
    fine_unit: str = ""


@needs(EDIT)
@transaction.atomic
def draft_table(
    *,
    item: Item,
    terms: TableTerms,
    rows: Sequence[Sequence[str]],
    about: dict[str, Any],
    effective_on: date,
    source: str,
    actor: Actor,
    at: datetime,
) -> DiscretionTable:
    """Draft a benchmark of any shape from the rows of its sheet.

    about: base, base_name, rate (per one) and floor (per cent) of weighted factors.
    """
    scheme = _scheme(terms, rows, about)
    try:
        read_scheme(scheme)
    except LawError as error:
        raise RuleViolation(
            error.code,
            str(error),
            unblock="按公布的裁量基准更正后重新提交",
            message_en=error.message_en,
            unblock_en="Correct it after the published benchmark",
            field="rows",
        ) from error
    table = DiscretionTable(
        item=item, scheme=scheme, content_digest=digest_of([str(terms), scheme]), **asdict(terms)
    )
    draft(table, effective_on=effective_on, source=source, actor=actor, at=at, verb=verbs.BENCHMARK_DRAFTED)
    if terms.shape == BenchmarkShape.GRADES:
        DiscretionBand.objects.bulk_create(_bands(table, scheme["grades"]))
    return table


def _scheme(terms: TableTerms, rows: Sequence[Sequence[str]], about: dict[str, Any]) -> dict[str, Any]:
    return scheme_from(terms.shape, rows, {key: str(value) for key, value in about.items() if value})


def _bands(table: DiscretionTable, grades: Sequence[dict[str, Any]]) -> list[DiscretionBand]:
    """Make the rows that a case cites, one a grade, in the order of their ids."""
    bands = []
    for order, grade in enumerate(grades, 1):
        first = grade["amounts"][0] if grade["amounts"] else {}
        bands.append(
            DiscretionBand(
                table=table,
                order=order,
                grade=grade["name"][:60],
                circumstances="；".join(option["text"] for option in grade["options"]),
                penalty_text=grade["penalty"],
                fine_min=Decimal(first["low"]) if first.get("low") else None,
                fine_max=Decimal(first["high"]) if first.get("high") else None,
                unit=first.get("unit", "元"),
                no_penalty=grade["no_penalty"],
            )
        )
    return bands


@needs(EDIT)
@transaction.atomic
def draft_exemption(
    *,
    item: Item,
    kind: str,
    conditions: Sequence[str],
    needs_all: bool,
    document: str,
    effective_on: date,
    source: str,
    actor: Actor,
    at: datetime,
) -> ExemptionRule:
    """Draft an entry of a list of minor or first offences (行政处罚法第三十三条第一款)."""
    row = ExemptionRule(
        item=item, kind=kind, conditions=list(conditions), needs_all=needs_all, document=document
    )
    return draft(
        row, effective_on=effective_on, source=source, actor=actor, at=at, verb=verbs.EXEMPTION_DRAFTED
    )
