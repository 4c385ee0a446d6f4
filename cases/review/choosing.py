"""Who reviews a case on a day: the body's roster in its order, then the county's pool by field and load.

Whoever handled the case, approved its notice, had to withdraw or decides on it does not review it; why each
person was passed over is told beside the choice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cases.dossier.duties import acted, investigators
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.recusal.rules import withdrawn
from townships.models import ReviewerPost, ReviewerRank
from townships.selectors import heads_of, posts_on, why_not_called
from townships.selectors.rosters import ROSTER

# Whoever approved the proposal does not review it.
APPROVING = frozenset({"case.approve_notice"})


@dataclass(frozen=True, slots=True)
class Considered:
    """One post that was looked at: why its holder does not review the case, or nothing if they may."""

    post: ReviewerPost
    why_not: str
    load: int

    @property
    def name(self) -> str:
        """The holder's name."""
        return self.post.officer.name

    def as_dict(self) -> dict[str, str | int]:
        """Tell it as it is kept with the assignment."""
        return {
            "officer": self.post.officer_id,
            "name": self.name,
            "body": self.post.body.short_name,
            "rank": str(self.post.get_rank_display()),
            "why_not": self.why_not,
            "load": self.load,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """Who reviews, why, and everybody who was looked at."""

    post: ReviewerPost
    because: str
    considered: list[dict[str, str | int]]


@read_once
def considered(case: Case, on: date) -> list[Considered]:
    """Look at everybody who might review the case that day, in the order of calling."""
    if case.named is None:
        return []
    deciding = heads_of(case.named, on).filter(pk=OuterRef("officer"))
    ours = Q(body=case.named, rank__in=ROSTER) | Q(rank=ReviewerRank.POOL)
    posts = list(
        posts_on(on)
        .filter(ours)
        .annotate(
            decides=Exists(deciding),
            load=Count("officer__reviews", filter=Q(officer__reviews__concluded_at=None)),
        )
    )
    domain = case.item_version.domain if case.item_version else ""
    barred = _barred(case) if posts else {}
    found = [Considered(post, _why_not(post, domain, barred, on), post.load) for post in posts]
    return sorted(found, key=lambda one: _place(one, domain))


def _barred(case: Case) -> Mapping[int, str]:
    """Say of everybody who took part in the case why they do not review it; the gravest reason counts."""
    reasons = (
        (acted(case, APPROVING), _("批准过本案告知，审批与审核应当分离")),
        (investigators(case), _("承办本案，应当回避")),
        (withdrawn(case), _("本案已决定回避")),
    )
    return {officer: reason for officers, reason in reasons for officer in officers}


def _why_not(post: ReviewerPost, domain: str, barred: Mapping[int, str], on: date) -> str:
    if post.officer_id in barred:
        return barred[post.officer_id]
    if getattr(post, "decides", False):
        return _("当日为本案决定人，决定与审核应当分离")
    if post.rank == ReviewerRank.POOL and post.domains and domain not in post.domains:
        return _("不擅长本案领域（%(domain)s）") % {"domain": domain or "—"}
    return why_not_called(post, on)


def _place(one: Considered, domain: str) -> tuple[int, int, int, int, int]:
    """Order: the roster by rank and place; then the pool, those of the field first, by load."""
    post = one.post
    if post.rank == ReviewerRank.POOL:
        return 2, int(domain not in post.domains), one.load, 0, post.pk
    return 0, int(post.rank != ReviewerRank.FORMAL), 0, post.order, post.pk


def choose(case: Case, on: date, *, besides: Mapping[int, str] | None = None) -> Choice | None:
    """Return the first who may review the case; None where nobody may.

    besides: officers not to be chosen, each with the reason that is told.
    """
    passed = besides or {}
    looked_at = [
        Considered(one.post, one.why_not or passed.get(one.post.officer_id, ""), one.load)
        for one in considered(case, on)
    ]
    first = next((one for one in looked_at if not one.why_not), None)
    if first is None:
        return None
    before = looked_at[: looked_at.index(first)]
    return Choice(first.post, _because(first, before), [one.as_dict() for one in looked_at])


def _because(first: Considered, before: Iterable[Considered]) -> str:
    """Say why the review falls to this person and to nobody before them."""
    post = first.post
    passed = "；".join(f"{one.name}{one.why_not}" for one in before)
    if post.rank != ReviewerRank.POOL:
        if not passed:
            return f"{post.body.short_name}{post.get_rank_display()}，名册首位"
        return f"{passed}。由{post.get_rank_display()}{first.name}依次替补"[:300]
    field = "、".join(post.domains) or _("不限领域")
    told = _("本机关名册当日无人可审核，由县级审核人员池指派%(name)s（%(field)s，待审核 %(n)d 件）") % {
        "name": first.name,
        "field": field,
        "n": first.load,
    }
    return f"{told}。{passed}"[:300]


def nobody(case: Case, on: date) -> str:
    """Say why nobody may review the case that day."""
    passed = "；".join(f"{one.name}{one.why_not}" for one in considered(case, on))
    return passed or _("名册和县级审核人员池均无人员。")
