"""REST of rosters and absences: the pages' own forms, the same services."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from desk import clock
from desk.endpoints import Endpoint
from townships.api.asking import caller
from townships.api.posting import Posting, by_key
from townships.forms.people import LastDayForm
from townships.forms.rosters import AbsenceForm, EquipmentForm, ReturnForm, ReviewerForm
from townships.models import Body, Officer, ReviewerPost
from townships.selectors import get_officer
from townships.selectors.capacity import capacity_cards
from townships.services import absences, rosters
from townships.services.capacity import check_equipment
from townships.views.rosters import absence_to_end, person_of_absence


def _appoint(target: Officer, values: dict[str, Any], officer: Officer) -> Any:
    post = rosters.Post(**values)
    return rosters.appoint_reviewer(officer=target, post=post, actor=officer, at=clock.now())


def _relieve(post: ReviewerPost, values: dict[str, Any], officer: Officer) -> None:
    rosters.relieve_reviewer(post=post, actor=officer, at=clock.now(), **values)


def _set_absence(target: Officer, values: dict[str, Any], officer: Officer) -> Any:
    return absences.set_absence(officer=target, actor=officer, at=clock.now(), **values)


def _end_absence(absence: Any, values: dict[str, Any], officer: Officer) -> None:
    absences.end_absence(absence=absence, actor=officer, at=clock.now(), **values)


def _check(body: Body, values: dict[str, Any], officer: Officer) -> Any:
    return check_equipment(body=body, actor=officer, at=clock.now(), **values)


class CapacitySerializer(serializers.Serializer[Any]):
    """Whether a township can take a power on today."""

    township = serializers.IntegerField(source="township.pk")
    name = serializers.CharField(source="township.name")
    certified = serializers.IntegerField()
    formal = serializers.IntegerField()
    backup = serializers.IntegerField()
    equipped = serializers.BooleanField(source="check.adequate", default=False)
    gaps = serializers.ListField(child=serializers.CharField())


class CapacityApi(Endpoint):
    """The capacity cards of the townships."""

    @extend_schema(responses=CapacitySerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List them for today."""
        caller(request)
        return Response(CapacitySerializer(capacity_cards(clock.today()), many=True).data)


ROSTER_POSTINGS: dict[str, Posting] = {
    "officers/<int:pk>/reviewer/": Posting(
        "reviewer-appoint",
        ReviewerForm,
        _appoint,
        lambda who, keys: get_officer(who, keys["pk"], on=clock.today(), code="authority.edit"),
        about="Put an officer on a body's roster of legal review, or in the county's pool",
    ),
    "reviewer-posts/<int:pk>/end/": Posting(
        "reviewer-relieve",
        LastDayForm,
        _relieve,
        by_key(ReviewerPost),
        about="End a post of legal review: the day named is its last",
    ),
    "bodies/<int:pk>/equipment/": Posting(
        "equipment-check",
        EquipmentForm,
        _check,
        by_key(Body),
        about="Put down what a body has to enforce with",
    ),
    "officers/<int:pk>/absence/": Posting(
        "absence-set",
        AbsenceForm,
        _set_absence,
        lambda who, keys: person_of_absence(who, keys["pk"], clock.today()),
        code="authority.view",
        about="Enter an absence: one's own, of one's people, or by the legal department",
    ),
    "absences/<int:pk>/end/": Posting(
        "absence-end",
        ReturnForm,
        _end_absence,
        lambda who, keys: absence_to_end(who, keys["pk"], clock.today()),
        code="authority.view",
        about="Enter that somebody is back early; nothing is given back by it",
    ),
}
