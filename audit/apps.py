"""Start-up of the trail: every app's tasks.py is read, so that all subscribers are known in every process."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The trail."""

    name = "audit"
    verbose_name = _("过程记录")

    def ready(self) -> None:
        """Read the subscribers."""
        autodiscover_modules("tasks")
