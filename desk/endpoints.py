"""An endpoint of REST: its address takes the words it states, documents them, and refuses all others."""

from typing import Any, ClassVar

from drf_spectacular.openapi import AutoSchema
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from desk.shapes import Question


class Endpoint(APIView):
    """One address of REST; what is asked after it belongs to reading, an act takes no such word."""

    question: ClassVar[type[Question]] = Question

    def asks(self) -> type[Question]:
        """Name the question that reading answers."""
        return self.question

    def asked(self) -> dict[str, Any]:
        """Return what this request asks, or refuse it by the name of the word at fault."""
        return self.asks().of(self.request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse words that are not read, once it is known who asks."""
        super().initial(request, *args, **kwargs)
        question = self.asks() if request.method in SAFE_METHODS else Question
        question.refuse_unread(request.query_params)


class Schema(AutoSchema):
    """Describe an operation with the words that its endpoint takes."""

    def get_override_parameters(self) -> list[Any]:
        """List the question of an endpoint that reads."""
        if not isinstance(self.view, Endpoint) or self.method not in SAFE_METHODS:
            return []
        question = self.view.asks()
        return [question] if question.words() else []
