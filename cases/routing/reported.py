"""What became of the leads one has reported: the receipts of where each was sent.

Whoever sees a breach often has no power over it: the receipt tells them that it reached the body that has.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.dossier.duties import require_registrar
from cases.flow.views import acting
from cases.routing.models import Referral
from desk import clock
from desk.endpoints import Endpoint
from desk.notices import Words, notify
from townships.models import Officer

MOST = 200
DELIVERED, ACCEPTED, REFUSED = "delivered", "accepted", "refused"
RECEIPTS: dict[str, Words] = {
    DELIVERED: _("你报送的线索已送达%(body)s"),
    ACCEPTED: _("你报送的线索已由%(body)s接收"),
    REFUSED: _("你报送的线索被%(body)s退回"),
}


def state_of(referral: Referral) -> str:
    """Name what became of a sending."""
    if referral.answered_at is not None:
        return ACCEPTED if referral.accepted else REFUSED
    return DELIVERED if referral.delivered_at is not None else ""


def acknowledge(referral: Referral, *, at: datetime) -> None:
    """Give whoever reported the lead the receipt of its present state, once each."""
    state = state_of(referral)
    notify(
        recipients=[referral.case.registered_by],
        kind="lead_receipt",
        title=RECEIPTS[state],
        body="%(case)s",
        params={"body": referral.to_body.short_name, "case": referral.case.lead_number},
        link=reverse("reported"),
        key=f"receipt:{referral.pk}:{state}",
        at=at,
    )


def reported_by(officer: Officer) -> QuerySet[Referral]:
    """Return every sending of the leads an officer registered, the newest first."""
    sent = Referral.objects.filter(case__registered_by=officer)
    return sent.select_related("case", "to_body").order_by("-sent_at", "-id")


@login_required
@require_GET
def reported_page(request: HttpRequest) -> HttpResponse:
    """Show the leads one has reported, each with its receipt."""
    officer = acting(request)
    require_registrar(officer, on=clock.today())
    listed = [(row, state_of(row)) for row in reported_by(officer)[:MOST]]
    crumbs = [(_("线索登记"), reverse("lead_new")), (_("我报送的线索"), "")]
    return render(request, "cases/routing/reported.html", {"rows": listed, "crumbs": crumbs})


class ReceiptSerializer(serializers.Serializer[Any]):
    """One sending of a lead one has reported."""

    lead_number = serializers.CharField(source="case.lead_number")
    to_body = serializers.CharField(source="to_body.name")
    sent_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    accepted = serializers.BooleanField(allow_null=True)
    reason = serializers.CharField()


class ReportedApi(Endpoint):
    """The leads one has reported."""

    @extend_schema(responses=ReceiptSerializer(many=True), tags=["cases"])
    def get(self, request: Request) -> Response:
        """List their sendings with the receipts."""
        officer = acting(request)
        require_registrar(officer, on=clock.today())
        return Response(ReceiptSerializer(reported_by(officer)[:MOST], many=True).data)
