"""The REST face of the acts on authority: the pages' own forms, the same services."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county
from desk import clock
from desk.endpoints import Endpoint
from desk.shapes import sent_fields, serializer_of, shape_error
from townships.api.asking import caller
from townships.forms.people import DatedForm
from townships.models import Officer


@dataclass(frozen=True, slots=True)
class Posting:
    """One act: its name, the form that reads what is sent, what does it, and whose right it is.

    find: what the act is about, by the caller and the keys in the address.
    do: the service, called with what was found, the form's values and the officer; returns a key or nothing.
    tag: the chapter of the interface's description it stands in.
    """

    name: str
    form: type[DatedForm]
    do: Callable[[Any, dict[str, Any], Officer], Any]
    find: Callable[[Officer, dict[str, int]], Any] = lambda officer, keys: None
    code: str = "authority.edit"
    about: str = ""
    tag: str = "authority"


DONE = inline_serializer("Done", {"id": serializers.IntegerField(allow_null=True)})


class PostApi(Endpoint):
    """One act; `endpoint` makes one for each."""

    posting: ClassVar[Posting]

    def post(self, request: Request, **keys: int) -> Response:
        """Do it; 409 problem+json when the law refuses, 400 when the shape is wrong."""
        officer = caller(request, self.posting.code)
        target = self.posting.find(officer, keys)
        form = self.posting.form(sent_fields(request), on=clock.today())
        if not form.is_valid():
            raise shape_error(form)
        made = self.posting.do(target, form.cleaned_data, officer)
        return Response({"id": getattr(made, "pk", None)})


def endpoint(told: Posting) -> Any:
    """Make the documented view of an act."""
    documented = extend_schema(
        operation_id=f"{told.tag}_{told.name.replace('-', '_')}",
        request=serializer_of(told.form, f"{''.join(p.title() for p in told.name.split('-'))}Request"),
        responses=DONE,
        description=told.about,
        tags=[told.tag],
    )

    class Endpoint(PostApi):
        __doc__ = told.about or told.name
        posting = told

    return extend_schema_view(post=documented)(Endpoint).as_view()


def by_key(model: Any) -> Callable[[Officer, dict[str, int]], Any]:
    """Find a row of the caller's county by the key in the address."""
    return lambda officer, keys: get_in_county(model, pk=keys["pk"])
