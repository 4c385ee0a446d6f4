"""Every address of the site: the pages from the map of addresses, the endpoints from the API's own schema."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

# Which thing of the world a key in an address means; the first that fits is taken.
KEYS = (
    (r"^(api/v1/)?cases/", {"pk": "case", "id": "case", "instrument_id": "paper", "volume_id": "volume"}),
    (r"evaluation/", {"pk": "grant_item", "id": "grant_item"}),
    (r"equipment|officers/capacity/", {"pk": "body", "id": "body"}),
    (r"^authority/batches/|/grant-batches/", {"pk": "batch", "id": "batch"}),
    (r"^authority/orders/|/orders/", {"pk": "order", "id": "order"}),
    (r"^open/townships/|^authority/(bodies|township)/|/bodies/|/townships/", {"pk": "body", "id": "body"}),
    (r"^authority/item/", {"pk": "item"}),
    (r"authority/evaluation/", {"pk": "grant_item", "id": "grant_item"}),
    (r"^officers/capacity/", {"pk": "body"}),
    (r"^authority/|/grants/|transfers/", {"pk": "grant", "id": "grant", "row": "grant_item"}),
    (r"auxiliaries/", {"pk": "auxiliary", "id": "auxiliary"}),
    (r"secondments/", {"pk": "secondment", "id": "secondment"}),
    (r"staff-changes/", {"pk": "staff_change", "id": "staff_change"}),
    (r"approval-posts/", {"pk": "approval_post", "id": "approval_post"}),
    (r"training/", {"pk": "training", "id": "training"}),
    (r"zones/duties/", {"pk": "zone_duty", "id": "zone_duty"}),
    (r"absences/", {"pk": "absence", "id": "absence"}),
    (r"certificates/", {"pk": "certificate", "id": "certificate"}),
    (r"reviewer-posts/", {"pk": "post", "id": "post"}),
    (r"^officers/.*certificate/", {"pk": "officer", "held": "certificate"}),
    (r"^officers/.*reviewer/", {"pk": "reviewer", "held": "post"}),
    (r"^users/|^officers/|/users/|/officers/", {"pk": "officer", "id": "officer", "held": "role"}),
    (r"^notices/", {"pk": "notice"}),
    (r"^jobs/", {"pk": "job"}),
    (r"^feedback/", {"pk": "feedback"}),
    (r"^items/notices/|/item-notices/", {"pk": "item_notice", "id": "item_notice"}),
    (r"settings/law/|/law/settings/", {"pk": "setting", "id": "setting"}),
    (r"^items/imports/template/", {"kind": "items"}),
    (r"items/imports/", {"pk": "import", "id": "import"}),
    (r"items/adjustments/", {"pk": "adjustment", "id": "adjustment"}),
    (r"/provisions/", {"pk": "provision", "id": "provision"}),
    (r"/amendments/", {"pk": "edition", "id": "edition"}),
    (r"settings/calendar/", {"pk": "year"}),
    (r"items/", {"pk": "item", "id": "item", "row": "table"}),
)
WORDS = {
    "number": 1,
    "kind": "benchmark",
    "key": "counts",
    "shape": "grades",
    "clock_id": "penalty_decision_90d",
    "form_key": "lead",
    "secret": "none",
    "token": "none",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One page, or one operation of the API."""

    rule: str
    path: str
    methods: tuple[str, ...]
    is_page: bool
    fields: tuple[str, ...] = ()

    @property
    def keys(self) -> Mapping[str, str]:
        """What the keys of the address mean."""
        return next((keys for pattern, keys in KEYS if re.search(pattern, self.path)), {})

    @property
    def names(self) -> str:
        """What the first key of the address names; empty when there is none."""
        first = re.search(r"(\w+)[>}]", self.path)
        return self.keys.get(first[1], first[1]) if first else ""

    def of(self, things: Mapping[str, Any]) -> str:
        """The address with the keys of these things."""
        keys = self.keys

        def value(match: re.Match[str]) -> str:
            name = match[1].split(":")[-1]
            key = keys.get(name, name)
            return str(things.get(key, WORDS.get(key, key)))

        return "/" + re.sub(r"[<{]([^>}]+)[>}]", value, self.path)

    def route(self, method: str) -> str:
        """The name under which a rule stands in the table."""
        return f"{method} {self.rule}" if self.is_page else self.rule

    @property
    def is_act(self) -> bool:
        """Whether it is an act on a case."""
        return self.rule.startswith("act-") or self.path.startswith("api/v1/cases/")

    @property
    def names_a_thing(self) -> bool:
        """Whether the address names something that belongs to somebody."""
        return bool(re.search(r"(pk|id|uid)[>}]", self.path))


def pages() -> Iterator[Address]:
    """Every page; the administration's own stands behind its own test."""
    for path, name in _walked(get_resolver()):
        if not path.startswith(("admin/", "api/", "static/", "media/")):
            yield Address(name or path, path, ("get", "post"), is_page=True)


def _walked(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walked(entry, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.name


@functools.cache
def operations() -> tuple[Address, ...]:
    """Every operation the schema tells of."""
    schema = SchemaGenerator().get_schema(public=True)
    return tuple(
        Address(
            f"{method.upper()} {path.removeprefix('/api/v1')}",
            path[1:],
            (method,),
            is_page=False,
            fields=_fields(operation, schema["components"]["schemas"]),
        )
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )


def _fields(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[str, ...]:
    """What an operation asks to be sent."""
    content = operation.get("requestBody", {}).get("content", {})
    sent = next((kind["schema"] for kind in content.values()), {})
    return tuple(schemas.get(sent.get("$ref", "").rpartition("/")[2], sent).get("properties", ()))


def routed() -> set[str]:
    """Every route of the API in the map of addresses, as the schema writes them."""
    found = [path.replace("<int:pk>", "<int:id>") for path, _name in _walked(get_resolver())]
    return {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path) for path in found if path.startswith("api/v1/")}
