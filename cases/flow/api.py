"""The REST endpoint of an act: the same form, the same service, JSON or multipart in, the case out."""

from typing import Any, ClassVar

from django.forms import Form
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.flow.acts import Act, perform
from cases.flow.views import acting, version_of
from desk import clock
from desk.shapes import serializer_of


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


def sent_fields(request: Request) -> dict[str, Any]:
    """Return what was sent by field name; refuse a body that is no object."""
    if not isinstance(request.data, dict):
        raise ParseError
    return request.data


def shape_error(form: Form) -> serializers.ValidationError:
    """Return the error for a body of the wrong shape, field by field."""
    return serializers.ValidationError(
        {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    )


class ActApi(APIView):
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
