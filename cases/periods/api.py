"""REST of what-if."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases.dossier.access import get_case
from cases.flow.views import acting
from cases.periods import whatif
from desk import clock
from desk.endpoints import Endpoint

SHAPE = {
    "suspend": inline_serializer(
        "SupposedSuspension",
        {
            "kind": serializers.CharField(required=False, default="case_decision"),
            "ground": serializers.CharField(required=False),
            "from": serializers.DateField(),
            "to": serializers.DateField(required=False, help_text="half-open; absent while it lasts"),
        },
        required=False,
    ),
    "extend": inline_serializer(
        "SupposedExtension",
        {
            "kind": serializers.CharField(required=False, default="case_decision"),
            "length": serializers.IntegerField(),
        },
        required=False,
    ),
    "served_at": serializers.CharField(required=False, help_text="a local day, or an instant with its zone"),
}


class WhatIfApi(Endpoint):
    """Which dates of a case would move?"""

    @extend_schema(
        request=inline_serializer("WhatIf", SHAPE), responses=OpenApiTypes.OBJECT, tags=["deadlines"]
    )
    def post(self, request: Request, pk: int) -> Response:
        """Compute without writing; 400 problem+json names the field when it cannot be done."""
        today = clock.today()
        case = get_case(acting(request), pk, on=today)
        found = whatif.suppose(case, whatif.read(request.data), on=today)
        return Response({"case": case.pk, "clocks": [row.as_data() for row in found]})
