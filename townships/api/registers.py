"""REST of the registers of people: what the pages beside them list."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import in_county
from desk import clock
from desk.endpoints import Endpoint
from townships.api.asking import PAGE, caller
from townships.models import AuxiliaryPost, Officer, Secondment, StaffChange, Zone
from townships.selectors import post_conflicts
from townships.selectors.forecast import outlooks
from townships.selectors.staff import changes_seen_by, sees_share
from townships.selectors.training import ledger
from townships.selectors.zones import zones_on


class LossSerializer(serializers.Serializer[Any]):
    """An officer who stops counting, and from which day."""

    officer = serializers.IntegerField(source="officer.pk")
    first_day_without = serializers.DateField()


class OutlookSerializer(serializers.Serializer[Any]):
    """A township's certified officers today and in 90 days, and the day on which they are too few."""

    body = serializers.IntegerField(source="body.pk")
    now = serializers.IntegerField()
    then = serializers.IntegerField()
    needed = serializers.IntegerField()
    falls_on = serializers.DateField(allow_null=True)
    tone = serializers.CharField()
    losses = LossSerializer(many=True)


class SecondmentSerializer(serializers.ModelSerializer[Secondment]):
    """A loan; the share of appraisal only for the bodies concerned and the county."""

    class Meta:
        model = Secondment
        fields = [
            "id",
            "officer",
            "kind",
            "owner",
            "using",
            "agreement",
            "case_number",
            "appraisal_share",
            "valid_from",
            "valid_to",
        ]

    def to_representation(self, instance: Secondment) -> dict[str, Any]:
        """Leave the share out for others."""
        shown = super().to_representation(instance)
        if not sees_share(self.context["viewer"], instance, clock.today()):
            shown["appraisal_share"] = None
        return dict(shown)


class StaffChangeSerializer(serializers.ModelSerializer[StaffChange]):
    """A proposed change of staff with its answer."""

    class Meta:
        model = StaffChange
        fields = [
            "id",
            "kind",
            "officer",
            "from_body",
            "to_body",
            "effective_on",
            "until",
            "reason",
            "document",
            "state",
            "opinion",
        ]


class AuxiliaryPostSerializer(serializers.ModelSerializer[AuxiliaryPost]):
    """A post of an auxiliary."""

    class Meta:
        model = AuxiliaryPost
        fields = ["id", "officer", "body", "duty", "led_by", "valid_from", "valid_to"]


class PostConflictSerializer(serializers.Serializer[Any]):
    """A person with a post of approval and an acting role."""

    officer = serializers.IntegerField(source="post.officer_id")
    body = serializers.IntegerField(source="post.body_id")
    title = serializers.CharField(source="post.title")
    role = serializers.CharField(source="role.role")


class LedgerSerializer(serializers.Serializer[Any]):
    """One person's training of the year."""

    officer = serializers.IntegerField(source="officer.pk")
    hours = serializers.DecimalField(max_digits=6, decimal_places=1)
    times = serializers.IntegerField()
    hours_asked = serializers.IntegerField()
    times_asked = serializers.IntegerField()
    enough = serializers.BooleanField()


class ZoneSerializer(serializers.ModelSerializer[Zone]):
    """A zone with its places and those who answer for it today."""

    places: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="place_id"
    )
    officers = serializers.SerializerMethodField()

    class Meta:
        model = Zone
        fields = ["id", "township", "name", "places", "officers"]

    def get_officers(self, zone: Any) -> list[int]:
        """List the keys of those who answer for it."""
        return [duty.officer_id for duty in zone.duties_now]


def _register(
    name: str, shown: type[serializers.BaseSerializer[Any]], listed: Callable[[Officer], Iterable[Any]]
) -> Any:
    """Make the documented address of a register, as far as the caller may see it."""

    @extend_schema_view(
        get=extend_schema(operation_id=f"list_{name}", responses=shown(many=True), tags=["people"])
    )
    class Register(Endpoint):
        __doc__ = shown.__doc__

        def get(self, request: Request) -> Response:
            """List it."""
            viewer = caller(request)
            rows = list(listed(viewer))[:PAGE]
            return Response(shown(rows, many=True, context={"viewer": viewer}).data)

    return path(f"{name.replace('_', '-')}/", Register.as_view(), name=f"api_{name}")


REGISTERS = [
    _register("forecast", OutlookSerializer, lambda viewer: outlooks(clock.today())),
    _register(
        "secondments",
        SecondmentSerializer,
        lambda viewer: in_county(Secondment).select_related("officer").order_by("-valid_to", "id"),
    ),
    _register("staff_changes", StaffChangeSerializer, lambda viewer: changes_seen_by(viewer, clock.today())),
    _register("auxiliaries", AuxiliaryPostSerializer, lambda viewer: in_county(AuxiliaryPost)),
    _register(
        "post_conflicts", PostConflictSerializer, lambda viewer: post_conflicts.conflicts_on(clock.today())
    ),
    _register("training", LedgerSerializer, lambda viewer: ledger(clock.today())),
    _register("zones", ZoneSerializer, lambda viewer: zones_on(clock.today())),
]
