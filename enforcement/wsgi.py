"""The WSGI entry point for the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enforcement.settings.base")

application = get_wsgi_application()

# A page that cannot be imported stops the start, not a person's first click.
get_resolver().check()
