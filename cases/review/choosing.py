"""Who reviews a case on a day: the body's roster in its order, then the county's pool by field and load.

Whoever handled the case, approved its notice, had to withdraw or decides on it does not review it; why each
person was passed over is told beside the choice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.dossier.duties import acted, investigators
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.recusal.rules import withdrawn
from desk.formats import in_chinese
from desk.language import in_english, in_legal_language
from desk.wording import Said, both
from townships.models import ReviewerPost, ReviewerRank
from townships.selectors import heads_of, posts_on, why_not_called
from townships.selectors.rosters import ROSTER

# Whoever approved the proposal does not review it.
APPROVING = frozenset({"case.approve_notice"})


@dataclass(frozen=True, slots=True)
class Considered:
    """One post that was looked at.

    why: says why its holder does not review the case, or nothing if they may.
    """

    post: ReviewerPost
    why: Callable[[], str]
    load: int

    @property
    def why_not(self) -> str:
        """Say in the reader's language why its holder does not review the case."""
        return self.why()

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
    because: Said
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
    found = [Considered(post, partial(_why_not, post, domain, barred, on), post.load) for post in posts]
    return sorted(found, key=lambda one: _place(one, domain))


def _barred(case: Case) -> Mapping[int, Promise]:
    """Say of everybody who took part in the case why they do not review it; the gravest reason counts."""
    reasons = (
        (acted(case, APPROVING), gettext_lazy("批准过本案告知，审批与审核应当分离")),
        (investigators(case), gettext_lazy("承办本案，应当回避")),
        (withdrawn(case), gettext_lazy("本案已决定回避")),
    )
    return {officer: reason for officers, reason in reasons for officer in officers}


def _why_not(post: ReviewerPost, domain: str, barred: Mapping[int, Promise], on: date) -> str:
    if post.officer_id in barred:
        return str(barred[post.officer_id])
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


def choose(case: Case, on: date, *, besides: Mapping[int, Promise] | None = None) -> Choice | None:
    """Return the first who may review the case; None where nobody may.

    besides: officers not to be chosen, each with the reason that is told.
    """
    passed = besides or {}
    looked_at = [
        Considered(one.post, partial(_passed_over, one, passed.get(one.post.officer_id, "")), one.load)
        for one in considered(case, on)
    ]
    first = next((one for one in looked_at if not one.why_not), None)
    if first is None:
        return None
    before = looked_at[: looked_at.index(first)]
    because = lazy(_because, str)(first, before)
    with in_legal_language():
        told = both(str(because), in_english(because))
        return Choice(first.post, told, [one.as_dict() for one in looked_at])


def _passed_over(one: Considered, reason: str | Promise) -> str:
    return one.why_not or str(reason)


def _because(first: Considered, before: Iterable[Considered]) -> str:
    """Say in the reader's language why the review falls to this person and to nobody before them."""
    post, passed = first.post, _passed_told(before)
    if post.rank != ReviewerRank.POOL:
        names = {"body": post.body.short_name, "rank": post.get_rank_display(), "name": first.name}
        if not passed:
            return _("%(body)s%(rank)s，名册首位") % names
        return _("%(passed)s。由%(rank)s%(name)s依次替补") % {**names, "passed": passed}
    field = "、".join(post.domains) or _("不限领域")
    told = _("本机关名册当日无人可审核，由县级审核人员池指派%(name)s（%(field)s，待审核 %(n)d 件）") % {
        "name": first.name,
        "field": field,
        "n": first.load,
    }
    return _("%(told)s。%(passed)s") % {"told": told, "passed": passed}


def _passed_told(before: Iterable[Considered]) -> str:
    """Name who was passed over, each with the reason."""
    mark, gap = ("；", "") if in_chinese() else ("; ", ": ")
    return mark.join(f"{one.name}{gap}{one.why_not}" for one in before)


def nobody(case: Case, on: date) -> str:
    """Say why nobody may review the case that day."""
    passed = _passed_told(considered(case, on))
    return passed or _("名册和县级审核人员池均无人员。")
