"""Name of the app for people; its acts, known wherever it runs."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """What is done: one case, from lead to archive, stage by stage."""

    name = "cases"
    verbose_name = _("案件")

    def ready(self) -> None:
        """Register every act: what may be done is asked also where no address is ever read."""
        import_module("cases.acts")
