"""The REST root and its one way to say no: application/problem+json."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.views import SpectacularAPIView
from rest_framework import exceptions, serializers, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from audit import context
from desk.endpoints import Endpoint
from desk.errors import status_of
from desk.races import lost_race
from desk.shapes import Question
from desk.wording import said
from law.errors import LawError, RuleViolation

PROBLEM = "application/problem+json"
# What the framework says of a missing row, in English whoever asks.
UNTOLD = re.compile(r"No \w+ matches the given query\.")


class SchemaQuestion(Question):
    """In which form the description is wanted; YAML when nobody says."""

    format = serializers.ChoiceField(choices=["json", "yaml"], required=False)


class SchemaApi(Endpoint, SpectacularAPIView):
    """The machine-readable description of the interface."""

    question = SchemaQuestion


def problem(error: Exception, handler_context: dict[str, Any]) -> Response | None:
    """Turn any refusal into a problem document with code, detail, article and the request id."""
    # The schema answers in YAML, and some ask for what nobody has; a problem is JSON wherever it arises.
    request = handler_context["request"]
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    violation = error if isinstance(error, RuleViolation) else lost_race(error)
    if violation is not None:
        return _answer(status_of(violation), {**violation.as_dict(), "detail": said(violation)})
    if isinstance(error, LawError):
        return _answer(
            status.HTTP_400_BAD_REQUEST, {"code": error.code, "detail": said(error), "field": error.field}
        )
    response = exception_handler(error, handler_context)
    if response is None:
        return None
    body = {"code": _code(error), "detail": _detail(error, response.data)}
    if isinstance(error, exceptions.ValidationError):
        body = {"code": "invalid", "detail": _("有字段未填或填写有误。"), "errors": response.data}
    answered = _answer(response.status_code, body)
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in response.headers:
            answered[header] = response.headers[header]
    return answered


def _answer(code: int, body: dict[str, Any]) -> Response:
    return Response(
        {"status": code, **body, "request_id": context.current().request_id},
        status=code,
        content_type=PROBLEM,
    )


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "permission_denied"
    return str(getattr(error, "default_code", "error"))


def _detail(error: Exception, data: Any) -> Any:
    if isinstance(error, (Http404, PermissionDenied)) and str(error):
        return _("没有这一项，或者不归你的单位办理。") if UNTOLD.fullmatch(str(error)) else str(error)
    return data.get("detail", data) if isinstance(data, dict) else data
