"""Settings of the test suite: the same system with a fast hasher and files in a temporary folder."""

import os
import secrets
import tempfile
from pathlib import Path

from enforcement.settings.base import *  # noqa: F403 - a settings file is its parent with a few values changed
from enforcement.settings.base import DATABASES, REST_FRAMEWORK, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The test run names a database that is migrated already, to copy for each worker.
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_DATABASE_TEMPLATE") or None}
# Named, not made: a process that keeps no file leaves no folder behind.
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"enforcement-media-{secrets.token_hex(8)}"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # So many that nobody is signed out in the middle of a test.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
LOG_LEVEL = "WARNING"
