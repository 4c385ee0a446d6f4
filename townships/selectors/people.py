"""People on a day: who is certified, who heads a body, who reviews, who holds a role."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from audit.county import in_county
from townships.models import Body, Certificate, CertificateBar, Officer, RoleGrant
from townships.models.periods import in_force
from townships.roles import COUNTY_WIDE, FOLLOWS_USE, Role, roles_with
from townships.selectors.workplaces import home_on, serving, staff_of, works_at


def certificates_valid(on: date) -> QuerySet[Certificate]:
    """Return the certificates that hold on a day: in their term and not barred."""
    barred = CertificateBar.objects.filter(in_force(on), certificate=OuterRef("pk"))
    return Certificate.objects.filter(~Exists(barred), valid_from__lte=on, valid_to__gte=on)


def certificate_on(officer: Officer, on: date) -> str:
    """Return the number of the certificate an officer holds on a day, or nothing."""
    held = certificates_valid(on).filter(officer=officer).order_by("-valid_from", "id")
    return held.values_list("number", flat=True).first() or ""


def certificates_on(officers: Iterable[Officer], on: date) -> dict[int, str]:
    """Return the numbers of the certificates that officers hold on a day, by officer; one read for all."""
    held = certificates_valid(on).filter(officer__in=[officer.pk for officer in officers])
    return dict(held.order_by("valid_from", "-id").values_list("officer_id", "number"))


def certified_officers(body: Body, on: date) -> QuerySet[Officer]:
    """Return a body's officers with a certificate valid on the day; auxiliary staff never count (APL 42)."""
    certified = certificates_valid(on).filter(officer=OuterRef("pk"))
    return staff_of(body, on).filter(Exists(certified))


def holders_of(role: Role, body: Body, on: date) -> QuerySet[Officer]:
    """Return the active officers who hold a role for a body on a day."""
    held = RoleGrant.objects.filter(in_force(on), role=role, officer=OuterRef("pk"))
    own = Q(Exists(held.filter(body=None)))
    if role not in COUNTY_WIDE:
        own &= Q(at=body.pk)
    at = works_at(on) if role in FOLLOWS_USE else home_on(on)
    people = Officer.objects.alias(at=at).filter(Exists(held.filter(body=body)) | own, serving(on))
    return people.order_by("id")


def leaders_in(bodies: Iterable[int], on: date) -> dict[int, list[int]]:
    """Return the keys of the team leaders of each of several bodies; one read for all."""
    return _by_body(Role.TEAM_LEADER, bodies, on)


def heads_in(bodies: Iterable[int], on: date) -> dict[int, list[int]]:
    """Return the keys of those who may decide for each of several bodies, principal heads first."""
    return _by_body(Role.HEAD, bodies, on, officer__is_head=True, officer__is_auxiliary=False)


def _by_body(role: Role, bodies: Iterable[int], on: date, **who: bool) -> dict[int, list[int]]:
    """Find the holders of a role that is held for a body, one's own unless another is named."""
    held = RoleGrant.objects.filter(in_force(on), serving(on, "officer__"), role=role, **who)
    held = held.annotate(at=Coalesce("body", "officer__body")).filter(at__in=set(bodies))
    found: dict[int, list[int]] = {}
    for body, officer in held.order_by("-officer__is_principal_head", "officer").values_list("at", "officer"):
        found.setdefault(body, []).append(officer)
    return found


def heads_of(body: Body, on: date) -> QuerySet[Officer]:
    """Return those who may decide for a body on a day, the principal head first (APL 57(1))."""
    return (
        holders_of(Role.HEAD, body, on)
        .filter(is_head=True, is_auxiliary=False)
        .order_by("-is_principal_head", "id")
    )


def permitted(code: str, body: Body, on: date) -> QuerySet[Officer]:
    """Return the active officers who hold a permission for a body on a day."""
    able = (Q(pk__in=holders_of(role, body, on).values("pk")) for role in roles_with(code))
    return Officer.objects.filter(reduce(or_, able)).order_by("id")


def officers_listed(on: date) -> QuerySet[Officer]:
    """Return everybody with body, team, certificates and the roles of the day, ready for a list."""
    return (
        in_county(Officer)
        .select_related("body", "team")
        .prefetch_related(
            Prefetch(
                "certificates",
                queryset=Certificate.objects.select_related("limited_to")
                .order_by("-valid_to")
                .prefetch_related("bars"),
            ),
            Prefetch(
                "role_grants",
                queryset=RoleGrant.objects.filter(in_force(on)).select_related("body"),
                to_attr="roles_now",
            ),
        )
        .order_by(F("body__sort_order").asc(nulls_first=True), "body_id", "id")
    )


def get_officer(user: Officer, pk: int, *, on: date, code: str = "authority.view") -> Officer:
    """The one door to a person's page: no such person is 404, a right not held is 403."""
    officer = officers_listed(on).filter(pk=pk, county_id=user.county_id).first()
    if officer is None or not user.may("authority.view", on):
        raise Http404(_("没有这名人员。"))
    if not user.may(code, on):
        raise PermissionDenied(_("这项操作不在你的岗位权限内；可请系统管理员或法制机构办理。"))
    return officer


def may_see_phone(user: Officer, officer: Officer, *, on: date) -> bool:
    """A phone number is shown in full to the person, to colleagues of the body, and to administrators."""
    if user.pk == officer.pk or user.may("user.manage", on):
        return True
    return user.body_id is not None and user.body_id == officer.body_id


def is_locked(officer: Officer, at: datetime) -> bool:
    """Tell whether failed logins lock the account at an instant, from whatever address."""
    since = at - timedelta(hours=float(settings.AXES_COOLOFF_TIME))
    attempts = AccessAttempt.objects.filter(username=officer.username, attempt_time__gte=since)
    return bool(attempts.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists())
