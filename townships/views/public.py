"""For everybody, without login: what each township may do today, and whether a certificate holds."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from catalog.models import ItemVersion
from catalog.selectors import versions_in_force
from desk import clock
from desk.endpoints import Endpoint
from desk.limits import PublicExportRate, PublicRate, too_often
from townships.models import Certificate
from townships.selectors import get_officer, get_township, powers_of, townships_on
from townships.selectors.certificate_codes import PublicCertificate, checked, code_in_use, picture
from townships.services.printing import print_list
from townships.views.acts import signed_in

CRUMBS = [(gettext_lazy("乡镇权责清单"), reverse_lazy("public_townships"))]


def rate_limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 429 to an address that asks too often, and keep the page out of search engines."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refused := too_often(request, PublicRate):
            return refused
        answer = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Cache-Control"] = "no-store"
        return answer

    return limited


@require_GET
def public_townships(request: HttpRequest) -> HttpResponse:
    """List the townships of today."""
    return render(request, "townships/public_townships.html", {"townships": townships_on(clock.today())})


@require_GET
def public_powers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a township may do today: the very set that its acts may rest on."""
    on = clock.today()
    township = get_township(pk, on=on)
    powers = powers_of(township, on)
    item_ids = [held.row.item_id for items in powers.values() for held in items]
    versions: dict[int, ItemVersion] = {
        version.item_id: version
        for version in versions_in_force(on).filter(item__in=item_ids).select_related("item")
    }
    listed = [
        (grant, [(held, versions.get(held.row.item_id)) for held in items]) for grant, items in powers.items()
    ]
    context = {
        "township": township,
        "on": on,
        "powers": listed,
        "total": len(item_ids),
        "crumbs": [*CRUMBS, (township.short_name, "")],
    }
    answer = render(request, "townships/public_powers.html", context)
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
def public_powers_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the list of today as PDF; laid out once and again only when it has changed."""
    if refused := too_often(request, PublicExportRate):
        return refused
    township = get_township(pk, on=clock.today())
    answer = HttpResponse(print_list(township=township, on=clock.today()), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="powers.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
@rate_limited
def certificate_check(request: HttpRequest, token: str) -> HttpResponse:
    """Tell whoever scanned a code whether the certificate holds today."""
    on = clock.today()
    found = checked(token, on)
    status = 200 if found.certificate else 404
    return render(request, "townships/public_certificate.html", {"found": found, "on": on}, status=status)


def _card(request: HttpRequest, pk: int, held: int) -> Certificate:
    officer = get_officer(signed_in(request), pk, on=clock.today())
    return get_object_or_404(Certificate.objects.select_related("officer__body"), pk=held, officer=officer)


def _address(request: HttpRequest, card: Certificate) -> str:
    code = code_in_use(card)
    if code is None:
        raise Http404(_("这个证件没有在用的核验码。"))
    return request.build_absolute_uri(reverse("public_certificate", args=[code.token]))


@login_required
@require_GET
def certificate_code(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    """Show the code of a certificate, to be printed or shown on a telephone."""
    card = _card(request, pk, held)
    context = {
        "card": card,
        "officer": card.officer,
        "address": _address(request, card),
        "crumbs": [
            (gettext_lazy("队伍人员"), reverse("officers")),
            (card.officer.name, reverse("officer", args=[pk])),
            (_("核验码"), ""),
        ],
    }
    return render(request, "townships/certificate_code.html", context)


@login_required
@require_GET
def certificate_code_picture(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    """Draw the code."""
    answer = HttpResponse(picture(_address(request, _card(request, pk, held))), content_type="image/svg+xml")
    answer["Cache-Control"] = "private, no-store"
    return answer


class PublicCertificateSerializer(serializers.Serializer[PublicCertificate]):
    """What the public learns of a certificate."""

    standing = serializers.CharField()
    words = serializers.CharField(source="label")
    holds = serializers.BooleanField(source="is_valid")
    name = serializers.CharField(source="officer.name", default="")
    body = serializers.CharField(source="officer.body.name", default="")
    number = serializers.CharField(source="certificate.number", default="")
    domains = serializers.ListField(source="certificate.domains", default=list)
    area = serializers.CharField(source="certificate.area", default="")
    valid_from = serializers.DateField(source="certificate.valid_from", default=None, allow_null=True)
    valid_to = serializers.DateField(source="certificate.valid_to", default=None, allow_null=True)


class CertificateCheckApi(Endpoint):
    """Whether the certificate behind a code holds today."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"

    @extend_schema(operation_id="certificate_check", responses=PublicCertificateSerializer, tags=["people"])
    def get(self, request: Request, token: str) -> Response:
        """Answer for today; 404 for a code that is unknown or ended."""
        found = checked(token, clock.today())
        status = 200 if found.certificate else 404
        return Response(PublicCertificateSerializer(found).data, status=status)


urlpatterns = [
    path("open/townships/", public_townships, name="public_townships"),
    path("open/townships/<int:pk>/", public_powers, name="public_powers"),
    path("open/townships/<int:pk>/list.pdf", public_powers_pdf, name="public_powers_pdf"),
    path("open/certificates/<str:token>/", certificate_check, name="public_certificate"),
    path("officers/<int:pk>/certificate/<int:held>/code/", certificate_code, name="certificate_code"),
    path(
        "officers/<int:pk>/certificate/<int:held>/code.svg",
        certificate_code_picture,
        name="certificate_code_picture",
    ),
]
api = [path("open/certificates/<str:token>/", CertificateCheckApi.as_view(), name="api-certificate-check")]
