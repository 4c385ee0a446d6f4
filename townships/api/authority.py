"""REST of authority: who may act, and the grants."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import in_county
from desk import clock
from desk.endpoints import Endpoint
from desk.keys import key_of
from desk.shapes import HIGHEST_KEY, DayField, PageAfter, Question
from townships import selectors
from townships.api.asking import PAGE, caller
from townships.models import AuthorityGrant, Body, GrantItem, GrantStatus, Mode, Place


class AskSerializer(Question):
    """Item × township × day."""

    item = serializers.CharField(
        max_length=2000, help_text="code, full name, lasting number (UUID) or key of the item"
    )
    township = serializers.CharField(
        max_length=100, help_text="key, name or alias of the township; one abolished leads to its successor"
    )
    place = serializers.CharField(
        max_length=100,
        required=False,
        help_text="key or name of the village, community or grid; some agreements cover only some of them",
    )
    date = DayField(default=clock.today, help_text="the day asked about; today when absent")

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Find the item, the township of the day and the place in it."""
        on = values["date"]
        item = selectors.find_item(values["item"], on)
        if item is None:
            raise serializers.ValidationError({"item": _("没有这个事项，请用事项编码、编号或主键。")})
        township = _township(values["township"], on)
        if township is None:
            raise serializers.ValidationError({"township": _("没有这个乡镇（街道），或该日已撤销。")})
        place = _place(values["place"], township) if "place" in values else None
        if "place" in values and place is None:
            raise serializers.ValidationError({"place": _("只能选该乡镇（街道）的村社")})
        return {"item": item, "township": township, "on": on, "place": place}


def _township(text: str, on: date) -> Body | None:
    """Find the township of the day that is meant: itself, or whoever succeeded it."""
    key = key_of(text)
    named = selectors.body_named(text, on) if key is None else in_county(Body).filter(pk=key).first()
    meant = named and selectors.successor_on(named, on)
    return meant if meant and meant.is_grassroots and meant.exists_on(on) else None


def _place(text: str, township: Body) -> Place | None:
    """Find a village, community or grid of the township."""
    key = key_of(text)
    return township.places.filter(**({"name": text} if key is None else {"pk": key})).order_by("id").first()


class RejectedSerializer(serializers.Serializer[Any]):
    """A body that does not act, and why."""

    holder_id = serializers.IntegerField()
    holder = serializers.CharField()
    mode = serializers.CharField()
    grant_id = serializers.IntegerField(allow_null=True)
    number = serializers.CharField()
    code = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()


class ConsequenceSerializer(serializers.Serializer[Any]):
    """One thing that follows from the way the power is held."""

    key = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    article = serializers.CharField()


class VerdictSerializer(serializers.Serializer[Any]):
    """Who may act, in whose name, why, and why not the others."""

    item = serializers.IntegerField()
    township = serializers.IntegerField()
    on = serializers.DateField()
    outcome = serializers.ChoiceField(choices=["decided", "gap", "overlap"])
    handler_id = serializers.IntegerField(allow_null=True)
    handler = serializers.CharField()
    named_id = serializers.IntegerField(allow_null=True)
    name_on_documents = serializers.CharField()
    mode = serializers.CharField(allow_null=True)
    grant_id = serializers.IntegerField(allow_null=True)
    number = serializers.CharField()
    article = serializers.CharField()
    reasons_zh = serializers.ListField(child=serializers.CharField())
    reasons_en = serializers.ListField(child=serializers.CharField())
    consequences = ConsequenceSerializer(many=True)
    rejected = RejectedSerializer(many=True)
    overlap = serializers.ListField(child=serializers.CharField())


class AuthorityApi(Endpoint):
    """Who may act on an item in a township on a day."""

    question = AskSerializer

    @extend_schema(responses=VerdictSerializer, tags=["authority"])
    def get(self, request: Request) -> Response:
        """Answer with reasons; a gap or an overlap is an answer too."""
        caller(request)
        wish = self.asked()
        verdict = selectors.authority_for(**wish)
        asked_about = {"item": wish["item"].pk, "township": wish["township"].pk}
        follows = [row.as_dict() for row in selectors.consequences_for(verdict)]
        return Response({**asked_about, **verdict.as_dict(), "consequences": follows})


class GrantSerializer(serializers.ModelSerializer[AuthorityGrant]):
    """A grant with its bodies and dates."""

    status = serializers.ChoiceField(
        GrantStatus.choices,
        source="standing",
        read_only=True,
        help_text="how it stands on the day asked",
    )
    suspended_from = serializers.DateField(
        read_only=True, allow_null=True, help_text="first day of the suspension of that day, or of the next"
    )
    suspended_to = serializers.DateField(read_only=True, allow_null=True, help_text="its last day, if known")
    item_count = serializers.IntegerField(read_only=True, help_text="items in force on the day asked about")
    item_total = serializers.IntegerField(read_only=True, help_text="all items it was given over")
    holder_name = serializers.CharField(source="holder.name", read_only=True)
    principal_name = serializers.CharField(source="principal.name", read_only=True, default="")

    class Meta:
        model = AuthorityGrant
        fields = [
            "id",
            "mode",
            "status",
            "number",
            "principal",
            "principal_name",
            "origin",
            "holder",
            "holder_name",
            "township",
            "legal_basis",
            "decision_document",
            "coercive_basis",
            "signed_on",
            "published_by_principal_on",
            "published_by_holder_on",
            "valid_from",
            "valid_to",
            "revoked_on",
            "suspended_from",
            "suspended_to",
            "full_procedure",
            "reviewed_on",
            "review_opinion",
            "filed_on",
            "filing_number",
            "batch",
            "meeting",
            "replaces",
            "item_count",
            "item_total",
        ]


class WhichGrants(PageAfter):
    """Grants of a mode, in a state, of a township, as they stand on a day."""

    mode = serializers.ChoiceField(Mode.choices, required=False)
    status = serializers.ChoiceField(GrantStatus.choices, required=False)
    township = serializers.IntegerField(min_value=1, max_value=HIGHEST_KEY, required=False)
    date = DayField(default=clock.today, help_text="the day of state and items in force; today when absent")


class GrantListApi(Endpoint):
    """The grants of the county."""

    question = WhichGrants

    @extend_schema(responses=GrantSerializer(many=True), tags=["authority"])
    def get(self, request: Request) -> Response:
        """List them by key, at most 200 at a time."""
        caller(request)
        wish = self.asked()
        if "status" in wish:
            wish["standing"] = wish.pop("status")
        rows = selectors.grants_listed(wish.pop("date")).filter(pk__gt=wish.pop("after"), **wish)
        rows = rows.order_by("id")[:PAGE]
        return Response(GrantSerializer(rows, many=True).data)


class GrantItemSerializer(serializers.ModelSerializer[GrantItem]):
    """One item under a grant: by the key of this row it is withdrawn."""

    class Meta:
        model = GrantItem
        fields = ["id", "item", "withdrawn_on"]


class GrantApi(Endpoint):
    """One grant with the keys of its items, and of those without effect today for want of a base."""

    @extend_schema(
        responses=inline_serializer(
            "GrantDetail",
            {
                "grant": GrantSerializer(),
                "items": serializers.ListField(child=serializers.IntegerField()),
                "rows": GrantItemSerializer(many=True),
                "baseless": serializers.ListField(child=serializers.IntegerField()),
            },
        ),
        tags=["authority"],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Show it."""
        today = clock.today()
        grant = selectors.get_grant(caller(request), pk, on=today)
        rows = list(grant.items.order_by("item_id"))
        baseless = set(selectors.baseless(today).filter(grant=grant).values_list("item_id", flat=True))
        return Response(
            {
                "grant": GrantSerializer(grant).data,
                "items": [row.item_id for row in rows],
                "rows": GrantItemSerializer(rows, many=True).data,
                "baseless": sorted(baseless),
            }
        )
