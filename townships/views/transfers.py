"""Pages of transfers: one decision moves the items of several areas to another body on one day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county, in_county
from catalog.models import PowerList
from desk import clock
from desk.endpoints import Endpoint
from desk.fields import DateField
from desk.refusals import refusal_told
from desk.shapes import sent_fields, shape_error
from law.errors import RuleViolation
from townships.models import AuthorityGrant, Body, BodyKind, Mode
from townships.selectors.items import areas_to_choose
from townships.services.transfers import Transfer, confirm_transfer, draft_transfer
from townships.views.item_notices import require_issuer


class TransferForm(forms.Form):
    """A decision to transfer."""

    power_list = forms.ModelChoiceField(in_county(PowerList), label=gettext_lazy("清单"))
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("划转的领域"), choices=areas_to_choose, widget=forms.CheckboxSelectMultiple
    )
    expected_count = forms.IntegerField(
        label=gettext_lazy("决定公布的项数"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("与清单不符时不起草"),
    )
    receiver = forms.ModelChoiceField(
        in_county(Body).filter(kind=BodyKind.COMPREHENSIVE_BUREAU), label=gettext_lazy("划入机关")
    )
    effective_on = DateField(label=gettext_lazy("自何日起行使"))
    document = forms.CharField(label=gettext_lazy("决定文件、文号"), max_length=300)
    legal_basis = forms.CharField(
        label=gettext_lazy("依据"), max_length=500, initial="《中华人民共和国行政处罚法》第十八条"
    )


def _transfers() -> Any:
    rows = in_county(AuthorityGrant).filter(mode=Mode.CONCENTRATED).exclude(decision_document="")
    return rows.select_related("holder", "drafted_by").annotate(n=Count("items")).order_by("-id")[:100]


@login_required
@require_http_methods(["GET", "POST"])
def transfers(request: HttpRequest) -> HttpResponse:
    """List the transfers, and draft one."""
    officer = require_issuer(request)
    form = TransferForm(request.POST or None, initial={"effective_on": clock.today()})
    refusal, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            grant = draft_transfer(transfer=Transfer(**form.cleaned_data), actor=officer, at=clock.now())
            told = {"n": grant.items.count()}
            messages.success(request, _("已起草划转 %(n)s 项，待另一人确认。") % told)
            return redirect("transfers")
        except RuleViolation as error:
            refusal, status = error, 409
    elif request.method == "POST":
        status = 422
    context = {"form": form, "refusal": refusal, "rows": _transfers(), "me": officer.pk}
    return render(request, "townships/transfers.html", context, status=status)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a transfer into force."""
    officer = require_issuer(request)
    with refusal_told(request):
        confirm_transfer(grant=get_in_county(AuthorityGrant, pk=pk), actor=officer, at=clock.now())
        messages.success(request, _("已确认。生效日起新案件由划入机关办理，在办案件不变。"))
    return redirect("transfers")


class TransfersApi(Endpoint):
    """Draft a transfer."""

    @extend_schema(operation_id="transfers_draft", request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Draft it; 409 when the count differs."""
        officer = require_issuer(request)
        form = TransferForm(sent_fields(request))
        if not form.is_valid():
            raise shape_error(form)
        grant = draft_transfer(transfer=Transfer(**form.cleaned_data), actor=officer, at=clock.now())
        return Response({"id": grant.pk, "items": grant.items.count()}, status=201)


class ConfirmTransferApi(Endpoint):
    """Put a transfer into force."""

    @extend_schema(operation_id="transfers_confirm", request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, pk: int) -> Response:
        """Confirm it; 409 by whoever drafted it."""
        officer = require_issuer(request)
        confirm_transfer(grant=get_in_county(AuthorityGrant, pk=pk), actor=officer, at=clock.now())
        return Response({"id": pk, "status": "in_force"})


urlpatterns = [
    path("items/transfers/", transfers, name="transfers"),
    path("items/transfers/<int:pk>/confirm/", confirm, name="transfer_confirm"),
]
api = [
    path("transfers/", TransfersApi.as_view(), name="api-transfers"),
    path("transfers/<int:pk>/confirm/", ConfirmTransferApi.as_view(), name="api-transfer-confirm"),
]
