"""REST of the period calculator: compute without writing, open to everybody."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from cases.clocks import calculator
from cases.dossier.law_book import law_book
from desk.endpoints import Endpoint

SUSPENSION = inline_serializer(
    "PreviewSuspension",
    {
        "from": serializers.DateField(),
        "to": serializers.DateField(required=False, help_text="half-open; absent while it lasts"),
        "ground": serializers.CharField(required=False),
        "notified": serializers.BooleanField(required=False),
    },
    many=True,
    required=False,
)


class PreviewApi(Endpoint):
    """When does a period end, and why?"""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"

    @extend_schema(
        request=inline_serializer(
            "DeadlinePreview",
            {
                "clock": serializers.CharField(required=False, help_text="a clock of law/data"),
                "kind": serializers.CharField(required=False, help_text="or a kind of period"),
                "trigger": serializers.CharField(help_text="a local day, or an instant with its zone"),
                "profile": serializers.CharField(required=False, default="national"),
                "suspensions": SUSPENSION,
                "extension": serializers.IntegerField(required=False, default=0),
                "until": serializers.DateField(required=False),
            },
        ),
        responses=OpenApiTypes.OBJECT,
        tags=["deadlines"],
    )
    def post(self, request: Request) -> Response:
        """Compute; 400 problem+json names the field when it cannot be done."""
        book = law_book()
        return Response(
            calculator.as_data(calculator.answer(calculator.read(request.data, book=book), book=book))
        )
