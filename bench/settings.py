"""Settings of a measured site: those of a real one, without what only limits or fingerprints requests."""

from enforcement.settings.base import *  # noqa: F403 - a settings file is its parent with a few values changed
from enforcement.settings.base import INSTALLED_APPS, REST_FRAMEWORK, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
ALLOWED_HOSTS = ["testserver"]
LOG_LEVEL = "WARNING"
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"level": "ERROR"}}
