"""Before authority ends: what ends within 90 or 30 days, and which open cases will outlive it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.dossier.models import Case
from desk.notices import notify
from townships.models import AuthorityGrant, Officer
from townships.roles import Role
from townships.selectors import grants_ending, grants_without_base, heads_of, holders_of

STEPS = (30, 90)


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that ends soon, the step of warning it has reached, and the cases it will leave behind."""

    grant: AuthorityGrant
    days_left: int
    step: int
    cases: list[Case]


def outliving(grant: AuthorityGrant) -> QuerySet[Case]:
    """Return the open cases under a grant that may still be undecided when it ends.

    Not yet filed, or with time to decide that reaches beyond the last day.
    """
    deciding = Max("clocks__due_on", filter=Q(clocks__kind="case_decision", clocks__state="running"))
    rows = Case.objects.filter(is_open=True, grant=grant).annotate(decide_by=deciding)
    late = Q(decide_by=None) | Q(decide_by__gt=grant.last_day)
    return rows.filter(late, decided_on=None).select_related("handler").order_by("id")


def endings(on: date) -> list[Ending]:
    """List what ends within the longest warning, the nearest first."""
    found = []
    for grant in grants_ending(on, within=timedelta(days=max(STEPS))):
        assert grant.last_day is not None
        left = (grant.last_day - on).days
        step = next(days for days in STEPS if left <= days)
        found.append(Ending(grant, left, step, list(outliving(grant))))
    return found


def warn_of_endings(*, at: datetime) -> int:
    """Warn both sides and the legal department once at 90 and once at 30 days; returns how many end."""
    on = timezone.localdate(at)
    found = endings(on)
    for ending in found:
        notify(
            recipients=_told(ending.grant, on),
            kind="grant_ending",
            title=_("%(grant)s还有%(days)s天到期，%(cases)s件在办案件可能办不完"),
            body="、".join(str(case) for case in ending.cases),
            params=_figures(ending),
            link=reverse("grant", args=[ending.grant.pk]),
            key=f"grant-ending:{ending.grant.pk}:{ending.grant.last_day}:{ending.step}",
            at=at,
        )
    return len(found)


def warn_of_lost_bases(*, at: datetime) -> int:
    """Tell both sides and the legal department once how much of a delegation has no effect any more.

    行政处罚法第十八条、第二十条第一款.
    """
    on = timezone.localdate(at)
    found: list[Any] = list(grants_without_base(on))
    for grant in found:
        notify(
            recipients=_told(grant, on),
            kind="grant_without_base",
            title=_("%(grant)s有%(items)s项没有效力：委托机关已无该项处罚权"),
            body=_("不得再据此办理；请收回这些事项，仍需乡镇办理的，由现在有权的机关另行委托。"),
            params={"grant": str(grant), "items": str(grant.lost)},
            link=reverse("grant", args=[grant.pk]),
            key=f"grant-without-base:{grant.pk}:{grant.lost}",
            at=at,
        )
    return len(found)


def _figures(ending: Ending) -> dict[str, str]:
    return {
        "grant": str(ending.grant),
        "days": str(ending.days_left),
        "cases": str(len(ending.cases)),
    }


def _told(grant: AuthorityGrant, on: date) -> list[Officer]:
    sides = [body for body in (grant.source_body, grant.holder) if body is not None]
    heads = [head for body in sides for head in heads_of(body, on)]
    return list(dict.fromkeys([*heads, *holders_of(Role.LEGAL_DEPARTMENT, grant.holder, on)]))
