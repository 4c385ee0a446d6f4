"""Name of the app for people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """What every app prints and keeps: rendering, numbering, frozen papers, stored files."""

    name = "papers"
    verbose_name = _("文书与文件")
