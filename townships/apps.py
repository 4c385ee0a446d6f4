"""Name of the app for people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TownshipsConfig(AppConfig):
    """Who acts: bodies, officers, certificates, delegation and empowerment."""

    name = "townships"
    verbose_name = _("执法主体")
