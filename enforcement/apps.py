"""The roof as an app: it holds management commands only."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """The roof."""

    name = "enforcement"
