"""The strength of each body on a day, and the state of a person's certificate."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from townships.models import Body, Certificate, Officer, ReviewerPost, ReviewerRank
from townships.models.periods import in_force
from townships.selectors.bodies import bodies_on
from townships.selectors.people import certificates_valid
from townships.selectors.workplaces import serving, works_at

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Strength:
    """How many people a body can act with."""

    body: Body
    people: int
    certified: int
    ending: int
    formal: int
    backup: int


def staffing(on: date) -> list[Strength]:
    """Count people, certificates and reviewers of every body on a day, in three statements."""
    held = certificates_valid(on).filter(officer=OuterRef("pk"))
    working = Officer.objects.annotate(at=works_at(on)).filter(serving(on)).order_by()
    counted = working.alias(
        able=Exists(held) & Q(is_auxiliary=False), long=Exists(held.filter(valid_to__gt=on + SOON))
    ).values("at")
    people = {
        row["at"]: (row["total"], row["fit"], row["fit"] - row["lasting"])
        for row in counted.annotate(
            total=Count("pk"),
            fit=Count("pk", filter=Q(able=True)),
            lasting=Count("pk", filter=Q(able=True, long=True)),
        )
    }
    able = serving(on, "officer__") & Q(officer__is_auxiliary=False)
    posts = ReviewerPost.objects.filter(in_force(on), able).values("body")
    reviewers = {
        row["body"]: (row["formal"], row["backup"])
        for row in posts.annotate(
            formal=Count("id", filter=Q(rank=ReviewerRank.FORMAL)),
            backup=Count("id", filter=Q(rank=ReviewerRank.BACKUP)),
        )
    }
    return [
        Strength(body, *people[body.pk], *reviewers.get(body.pk, (0, 0)))
        for body in bodies_on(on)
        if body.pk in people
    ]


@dataclass(frozen=True, slots=True)
class CertificateState:
    """How a person's certificate stands on a day, as a badge shows it."""

    label: str | Promise
    tone: str
    certificate: Certificate | None = None


def certificate_state(officer: Officer, on: date) -> CertificateState:
    """Judge a person's certificates on a day; reads those already fetched with the person."""
    if officer.is_auxiliary:
        return CertificateState(_("辅助人员"), "grey")
    held = sorted(officer.certificates.all(), key=lambda card: card.valid_to, reverse=True)
    if not held:
        return CertificateState(_("无证"), "grey")
    valid = next((card for card in held if card.valid_on(on)), None)
    if valid is not None:
        ending = valid.valid_to <= on + SOON
        return CertificateState(_("将到期") if ending else _("有效"), "amber" if ending else "green", valid)
    barred = next((bar for card in held if (bar := card.bar_on(on))), None)
    if barred is not None:
        return CertificateState(barred.get_reason_display(), "red", held[0])
    if held[0].valid_from > on:
        return CertificateState(_("未生效"), "grey", held[0])
    return CertificateState(_("已过期"), "red", held[0])
