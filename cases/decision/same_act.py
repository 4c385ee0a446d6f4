"""What was decided before on the same act of the party: it is fined once, and decided anew unlike before."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cases.decision.models import CollectiveDiscussion, Decision
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.intake.rules import acted_on
from cases.investigation.findings import current_report
from law import gates
from law.errors import RuleViolation
from law.money import plain


def fined_before(case: Case) -> Iterator[RuleViolation]:
    """Find a fine already decided for the same act of the same party (行政处罚法第二十九条)."""
    fined = weighed_before(case).fined
    if fined is not None:
        earlier = Decision.objects.select_related("case").get(pk=fined)
        yield gates.violation(
            "one_act_one_fine",
            detail=f"{earlier.case}已决定罚款{plain(earlier.fine)}元。",
            detail_en=f"{earlier.case}: fined {plain(earlier.fine)} yuan",
        )


@read_once
def revoked_before(case: Case) -> Decision | None:
    """Return the latest decision on the same act of the same party that was revoked."""
    revoked = weighed_before(case).revoked
    return Decision.objects.select_related("instrument").get(pk=revoked) if revoked is not None else None


def redecision_warning(case: Case) -> Iterator[RuleViolation]:
    """Tell before deciding that a decision on the same act was revoked, so that this one has to differ."""
    earlier = revoked_before(case)
    if earlier is not None:
        yield _as_revoked(earlier).weighed("warn")


def require_unlike_revoked(case: Case, *, kinds: Sequence[str], unlike_revoked: str) -> None:
    """Refuse to punish anew, or to let go anew, without a word on what differs from what was revoked.

    行政复议法第六十四条、行政诉讼法第七十一条。
    """
    earlier = revoked_before(case)
    if earlier is not None and bool(earlier.kinds) == bool(kinds) and not unlike_revoked.strip():
        raise _as_revoked(earlier)


def _as_revoked(earlier: Decision) -> RuleViolation:
    return gates.violation(
        "no_identical_redecision",
        detail=f"同一行为的{earlier}已被撤销，须写明新的事实、理由或者不同的处理结果。",
        detail_en=f"{earlier} on the same act was revoked; state what is new in facts, reasons or outcome",
        field="unlike_revoked",
    )


class WeighedBefore(NamedTuple):
    """When the report was last discussed, and the decisions that fined the same act or were revoked."""

    discussed_at: datetime | None
    fined: int | None
    revoked: int | None


@read_once
def weighed_before(case: Case) -> WeighedBefore:
    """Read at once, since every page of a case to be decided asks for all of it."""
    discussed = CollectiveDiscussion.objects.filter(case=OuterRef("pk"), report=current_report(case))
    decided = _decided_on_the_act(case)
    revoked = decided.filter(case__outcomes__result="revoked", case__outcomes__voided_at=None)
    fined = decided.filter(fine__gt=0).exclude(pk__in=revoked)
    found = Case.objects.values_list(
        Subquery(discussed.order_by("-held_at").values("held_at")[:1]),
        Subquery(fined.values("pk")[:1]),
        Subquery(revoked.order_by("-decided_at").values("pk")[:1]),
    ).get(pk=case.pk)
    return WeighedBefore(*found)


def _decided_on_the_act(case: Case) -> QuerySet[Decision]:
    """Return what other cases decided on the same act of the party."""
    day = acted_on(case)
    if case.party is None or case.item is None or day is None or not case.address:
        return Decision.objects.none()
    same = Case.objects.filter(
        Q(ended_on=day) | Q(ended_on=None, happened_at__date=day),
        party=case.party,
        item=case.item,
        township=case.township,
        address=case.address,
    )
    return Decision.objects.filter(case__in=same.exclude(pk=case.pk))
