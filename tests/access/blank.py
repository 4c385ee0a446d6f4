"""A template engine that lays nothing out: how a door answers is told by its status alone."""

from typing import Any

from django.template.backends.base import BaseEngine
from django.utils.safestring import SafeString


class Blank:
    """A page with nothing on it."""

    def render(self, context: Any = None, request: Any = None) -> SafeString:
        return SafeString()


class BlankEngine(BaseEngine):
    """Answers for every name of a template."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({key: value for key, value in params.items() if key != "OPTIONS"})

    def get_template(self, template_name: str) -> Blank:
        return Blank()
