"""Name of the app for people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """What is done: one case, from lead to archive, stage by stage."""

    name = "cases"
    verbose_name = _("案件")
