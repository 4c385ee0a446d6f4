"""Start-up of the desk: every app's nav.py is read, so that the rail is whole."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """What every app shows and runs at a desk: acts, lists, drafts, notices, jobs."""

    name = "desk"
    verbose_name = _("办公台")

    def ready(self) -> None:
        """Read the rail entries of all apps."""
        autodiscover_modules("nav")
