"""REST: register a lead."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from cases.dossier.duties import require_registrar
from cases.flow.api import CaseState
from cases.flow.views import acting
from cases.intake import services
from cases.intake.forms import LeadForm
from desk import clock
from desk.endpoints import Endpoint
from desk.shapes import sent_fields, serializer_of, shape_error


class LeadApi(Endpoint):
    """Register a lead, as on the intake page."""

    @extend_schema(request=serializer_of(LeadForm, "LeadRequest"), responses={201: CaseState}, tags=["leads"])
    def post(self, request: Request) -> Response:
        """Register."""
        officer = acting(request)
        require_registrar(officer, on=clock.today())
        form = LeadForm(sent_fields(request), actor=officer)
        if not form.is_valid():
            raise shape_error(form)
        case = services.register_lead(actor=officer, at=clock.now(), **form.cleaned_data)
        return Response(CaseState(case).data, status=status.HTTP_201_CREATED)
