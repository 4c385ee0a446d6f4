"""The REST endpoint of an act: the same form, the same service, JSON or multipart in, the case out."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.flow.acts import Act, perform
from cases.flow.views import acting, version_of
from desk import clock
from desk.endpoints import Endpoint
from desk.shapes import sent_fields, serializer_of, shape_error


class CaseState(serializers.ModelSerializer[Case]):
    """Where a case stands after an act."""

    stage_label = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "id",
            "lead_number",
            "number",
            "stage",
            "stage_label",
            "version",
            "next_due_on",
            "next_clock",
        ]

    def get_stage_label(self, case: Case) -> str:
        """The stage in words."""
        return str(Stage(case.stage).label)


class ActApi(Endpoint):
    """One act on one case; `endpoint` makes one for each act."""

    act: ClassVar[Act]

    def post(self, request: Request, pk: int) -> Response:
        """Do the act; 409 problem+json when the law refuses, 400 when the shape is wrong."""
        officer, today = acting(request), clock.today()
        case = get_case(officer, pk, on=today, move=self.act.move)
        data = sent_fields(request)
        form = self.act.form(data, request.FILES, case=case, actor=officer, on=today)
        if not form.is_valid():
            raise shape_error(form)
        version = version_of(str(data.get("version", "")))
        case = perform(
            self.act,
            officer=officer,
            pk=pk,
            at=clock.now(),
            on=today,
            values=form.cleaned_data,
            version=version,
        )
        return Response(CaseState(case).data, status=status.HTTP_200_OK)


def endpoint(registered: Act) -> Any:
    """Make the documented REST view of an act."""
    move = registered.move
    name = "".join(part.capitalize() for part in move.value.split("-"))
    documented = extend_schema(
        operation_id=f"case_{move.value.replace('-', '_')}",
        request=serializer_of(registered.form, f"{name}Request"),
        responses=CaseState,
        description=f"{move.label}（{registered.row.article}）",
        tags=["acts"],
    )

    class Endpoint(ActApi):
        __doc__ = str(move.label)
        act = registered

    Endpoint.__name__ = f"{name}Api"
    return extend_schema_view(post=documented)(Endpoint).as_view()
