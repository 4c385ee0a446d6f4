"""Where people work on a day: at home, where an approved move took them, or where they are lent."""

from datetime import date

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from townships.models import Body, Certificate, CertificateBar, Officer, Secondment
from townships.models.periods import in_force


def lent_on(on: date) -> QuerySet[Secondment]:
    """Return the secondments of a day."""
    return Secondment.objects.filter(in_force(on))


def serving(on: date, prefix: str = "") -> Q:
    """Tell whose account is open and who has not left by a day."""
    last = f"{prefix}serves_to"
    return Q(**{f"{prefix}is_active": True}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": on}))


def works_at(on: date) -> Coalesce:
    """The body in which an officer works on a day: stationed there, moved there, or at home."""
    stationed = lent_on(on).filter(officer=OuterRef("pk"), kind=Secondment.Kind.STATIONED)
    return Coalesce(Subquery(stationed.values("using")[:1]), home_on(on), output_field=BigIntegerField())


def home_on(on: date) -> Case:
    """The body an officer belongs to on a day, an approved move counted."""
    return Case(When(moves_on__lte=on, then=F("moves_to")), default=F("body"), output_field=BigIntegerField())


def staff_of(body: Body, on: date) -> QuerySet[Officer]:
    """Return a body's officers of a day, those stationed elsewhere left out; auxiliary staff never count."""
    people = Officer.objects.alias(at=works_at(on)).filter(serving(on), at=body.pk, is_auxiliary=False)
    return people.order_by("id")


def assignable(body: Body, on: date, numbers: tuple[str, ...] = ()) -> QuerySet[Officer]:
    """Return the certified officers whom a body may name for a case: its own, and those lent to it.

    numbers: of the case, for officers lent for this one (行政处罚法第二十六条、第四十二条).
    """
    lent = lent_on(on).filter(officer=OuterRef("pk"), using=body, case_number__in=("", *numbers))
    held = Certificate.objects.filter(officer=OuterRef("pk"), valid_from__lte=on, valid_to__gte=on)
    barred = CertificateBar.objects.filter(in_force(on), certificate=OuterRef("pk"))
    people = Officer.objects.alias(at=works_at(on)).filter(Q(at=body.pk) | Exists(lent), serving(on))
    return people.filter(Exists(held.filter(~Exists(barred))), is_auxiliary=False).order_by("id")


def lent_to(body_id: int, on: date, numbers: tuple[str, ...] = ()) -> set[int]:
    """Return the keys of the officers lent to a body on a day, for a time or for this one case."""
    lent = lent_on(on).filter(using=body_id, case_number__in=("", *numbers))
    return set(lent.values_list("officer_id", flat=True))
