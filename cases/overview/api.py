"""REST: queue, list, one case, its documents and trail."""

from typing import Any

import orjson
from django import forms
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.selectors import first_broken_link, told_of
from cases.archive.shelving import number_of
from cases.decision.outcomes import outcomes_of
from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.flow import nextsteps
from cases.flow.views import acting
from cases.instruments.models import Instrument
from cases.overview import page, queue, rows, selectors
from cases.overview.forms import CaseFilter
from cases.overview.progress import in_words
from desk import clock
from desk.endpoints import Endpoint
from desk.keyset import KeysetPage
from desk.shapes import question_of
from law.narration import narrate


class CaseRow(serializers.ModelSerializer[Case]):
    """A case as a list shows it."""

    stage_label = serializers.SerializerMethodField()
    handler = serializers.CharField(source="handler.name", default=None)
    named = serializers.CharField(source="named.name", default=None)
    township = serializers.CharField(source="township.name")

    class Meta:
        model = Case
        fields = [
            "id",
            "lead_number",
            "number",
            "stage",
            "stage_label",
            "cause",
            "party_name",
            "address",
            "township",
            "handler",
            "named",
            "mode",
            "next_due_on",
            "next_clock",
            "filed_on",
            "decided_on",
            "closed_on",
            "version",
        ]

    def get_stage_label(self, case: Case) -> str:
        """The stage in words."""
        return str(Stage(case.stage).label)


class WhichCases(CaseFilter):
    """What the list may be narrowed to, and the page of it."""

    cursor = forms.CharField(required=False)


class CaseListApi(Endpoint):
    """The cases in scope, by keyset pages; the same filters as the page."""

    question = question_of(WhichCases)

    @extend_schema(responses=CaseRow(many=True), tags=["cases"])
    def get(self, request: Request) -> HttpResponse:
        """List."""
        officer, asked = acting(request), self.asked()
        cases, ways = selectors.search(officer, on=clock.today(), values=asked)
        found = KeysetPage(rows.plain_of(cases), ordering=["-id"], cursor=asked["cursor"], ways=ways)
        answer = {"results": rows.plain(found.object_list), "next": found.next_cursor}
        return HttpResponse(orjson.dumps(answer), content_type="application/json")


class QueueApi(Endpoint):
    """The officer's own open cases, first due first: the hottest list, straight from one indexed query."""

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["cases"])
    def get(self, request: Request) -> HttpResponse:
        """List."""
        found = queue.rows(acting(request), on=clock.today())
        return HttpResponse(orjson.dumps({"results": found}), content_type="application/json")


class CaseApi(Endpoint):
    """One case with its clocks and what may be done next."""

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["cases"])
    def get(self, request: Request, pk: int) -> Response:
        """Show."""
        officer, today = acting(request), clock.today()
        case = get_case(officer, pk, on=today)
        return Response(
            {
                **CaseRow(case).data,
                "archive_number": number_of(case),
                "clocks": _clocks(case),
                "outcomes": _outcomes(case),
                "next": _next(nextsteps.next_actions(officer, case, on=today)),
            }
        )


def _clocks(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "kind": clock.kind,
            "clock": clock.clock_id,
            "state": clock.state,
            "started_at": clock.started_at,
            "started_by": {
                "event": clock.event.verb,
                "seq": clock.event.seq,
                "actor": clock.event.actor_name,
                "at": clock.event.occurred_at,
            },
            "due_on": clock.due_on,
            "provisional": clock.provisional,
            "derivation": clock.derivation,
            "sentences": {
                language: narrate(clock.derivation, language) if clock.derivation else []
                for language in ("zh", "en")
            },
        }
        for clock in case.clocks.select_related("event").order_by("id")
    ]


def _outcomes(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "channel": outcome.channel,
            "result": outcome.result,
            "body": outcome.body,
            "number": outcome.number,
            "decided_on": outcome.decided_on,
            "effective_on": outcome.effective_on,
            "grounds": outcome.grounds,
            "fine": outcome.fine,
            "sha256": outcome.file.sha256,
        }
        for outcome in outcomes_of(case)
    ]


def _next(actions: nextsteps.Next) -> dict[str, Any]:
    return {
        "open": [act.move.value for act in actions.open],
        "blocked": [
            {"move": act.move.value, "refusals": [refusal.as_dict() for refusal in refusals]}
            for act, refusals in actions.blocked
        ],
        "waiting": [act.move.value for act in actions.waiting],
    }


class DocumentsApi(Endpoint):
    """The documents of a case in file order."""

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["cases"])
    def get(self, request: Request, pk: int) -> Response:
        """List."""
        case = get_case(acting(request), pk, on=clock.today())
        rows = (
            Instrument.objects.filter(case=case)
            .select_related("paper", "issuer")
            .order_by("file_order", "id")
        )
        return Response(
            {
                "results": [
                    {
                        "id": row.pk,
                        "kind": row.kind,
                        "title": row.get_kind_display(),
                        "number": row.number,
                        "issuer": row.issuer.name,
                        "state": row.state,
                        "issued_at": row.issued_at,
                        "digest": row.paper.digest,
                        "content": row.paper.content,
                        "pages": row.paper.page_count,
                    }
                    for row in rows
                ]
            }
        )


class TrailApi(Endpoint):
    """The trail of a case, newest first, and the first event that does not fit its chain."""

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["cases"])
    def get(self, request: Request, pk: int) -> Response:
        """List."""
        case = get_case(acting(request), pk, on=clock.today())
        events = told_of(case.chain, limit=page.MOST_EVENTS)
        rows = [{**row, "label": str(row["label"])} for row in in_words(events)]
        broken = first_broken_link(case.chain)
        return Response({"first_broken": broken.seq if broken else None, "results": rows})
