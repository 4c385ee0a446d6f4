"""REST: the articles items rest on, and their amendments."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county
from catalog import amending
from catalog.access import EDIT, PUBLISH, officer_of
from catalog.amending import Words, provisions_named
from catalog.api import CatalogApi, ItemSerializer, OnDay
from catalog.models import Provision, ProvisionVersion
from desk import clock
from desk.shapes import DayField, Question

MOST = 200


class AmendmentSerializer(serializers.ModelSerializer[ProvisionVersion]):
    """Words of an article from a day on."""

    statute = serializers.CharField(source="provision.statute.name", read_only=True)
    article = serializers.CharField(source="provision.article", read_only=True)

    class Meta:
        model = ProvisionVersion
        fields = ["id", "statute", "article", "text", "document", "edition", "published_on"]
        fields += ["status", "valid_from", "valid_to", "drafted_by_name", "published_by_name"]


class WordsSerializer(serializers.Serializer[Any]):
    """New words of an article."""

    text = serializers.CharField(max_length=20000)
    document = serializers.CharField(max_length=500)
    edition = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    published_on = DayField(required=False, allow_null=True, default=None)
    effective_on = DayField()


class ProvisionSerializer(serializers.ModelSerializer[Provision]):
    """An article with its versions."""

    statute = serializers.CharField(source="statute.name")
    versions = AmendmentSerializer(many=True)

    class Meta:
        model = Provision
        fields = ["id", "statute", "article", "versions"]


class ProvisionApi(CatalogApi):
    """An article: its versions, and its amendment."""

    @extend_schema(operation_id="provisions_read", responses=ProvisionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Return its words from day to day."""
        return Response(ProvisionSerializer(get_in_county(Provision, pk=pk)).data)

    @extend_schema(
        operation_id="provisions_amend", request=WordsSerializer, responses={201: AmendmentSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Draft new words."""
        officer, provision = officer_of(request, EDIT), get_in_county(Provision, pk=pk)
        sent = WordsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = Words(**sent.validated_data)
        made = amending.draft_amendment(provision=provision, words=words, actor=officer, at=clock.now())
        return Response(AmendmentSerializer(made).data, status=status.HTTP_201_CREATED)


class AffectedApi(CatalogApi):
    """What rests on an article."""

    question = OnDay

    @extend_schema(operation_id="provisions_affected", responses=ItemSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List the items in force that cite it."""
        rows = amending.resting_on(on=self.asked()["on"], provision=get_in_county(Provision, pk=pk))
        return Response(ItemSerializer(rows, many=True).data)


class WhichProvisions(Question):
    """Articles that words find."""

    q = serializers.CharField(default="", help_text="words of the law or the article, all of them")


class ProvisionsApi(CatalogApi):
    """The articles that items rest on."""

    question = WhichProvisions

    @extend_schema(operation_id="provisions_list", responses=ProvisionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List those whose law or article holds every word asked for."""
        rows = provisions_named(self.asked()["q"])
        found = rows.prefetch_related("versions__provision__statute").order_by("statute__name", "id")
        return Response(ProvisionSerializer(found[:MOST], many=True).data)


class AmendmentsApi(CatalogApi):
    """Amendments."""

    @extend_schema(operation_id="amendments_list", responses=AmendmentSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the latest."""
        return Response(AmendmentSerializer(amending.amendments().order_by("-id")[:MOST], many=True).data)


class AmendmentActApi(CatalogApi):
    """The act of the second person."""

    @extend_schema(request=None, responses=AmendmentSerializer)
    def post(self, request: Request, pk: int, act: str) -> Response:
        """Publish new words, by which every item that rests on them is re-issued; or give them up."""
        officer, version = officer_of(request, PUBLISH), get_in_county(ProvisionVersion, pk=pk)
        doing = amending.publish_amendment if act == "publish" else amending.discard_amendment
        doing(version=version, actor=officer, at=clock.now())
        return Response(AmendmentSerializer(ProvisionVersion.objects.get(pk=pk)).data)


urlpatterns = [
    path("provisions/", ProvisionsApi.as_view(), name="api-provisions"),
    path("provisions/<int:pk>/", ProvisionApi.as_view(), name="api-provision"),
    path("provisions/<int:pk>/items/", AffectedApi.as_view(), name="api-provision-items"),
    path("amendments/", AmendmentsApi.as_view(), name="api-amendments"),
    path(
        "amendments/<int:pk>/publish/",
        AmendmentActApi.as_view(),
        {"act": "publish"},
        name="api-amendment-publish",
    ),
    path(
        "amendments/<int:pk>/discard/",
        AmendmentActApi.as_view(),
        {"act": "discard"},
        name="api-amendment-discard",
    ),
]
