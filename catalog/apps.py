"""Name of the app for people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """The list of powers: statutes, items, bases, discretion bands, effective-dated."""

    name = "catalog"
    verbose_name = _("事项清单")
