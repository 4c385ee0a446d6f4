"""Name of the app for people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """What every app shows and runs at a desk: acts, lists, drafts, notices, jobs."""

    name = "desk"
    verbose_name = _("办公台")
