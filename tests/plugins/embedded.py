"""Start a throw-away PostgreSQL and broker before pytest-django reads the settings.

The addresses go into the environment, from where xdist's workers have them.
Both addresses given from outside are used as they are, and nothing is started.
"""

import os
import tempfile
from pathlib import Path

from enforcement.local import services
from tests.plugins import template

ADDRESSES = ("DATABASE_URL", "REDIS_URL")
TEMPLATE = "TEST_DATABASE_TEMPLATE"


def _start() -> Path | None:
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if is_worker or all(os.environ.get(name) for name in ADDRESSES):
        return None
    var = Path(tempfile.mkdtemp(prefix="enforcement-tests-"))
    template.copy_to(var)
    os.environ.update(services.ensure(var, throwaway=True))
    os.environ[TEMPLATE] = "enforcement"
    return var


# Not in a hook: pytest-django loads the settings in the first hook there is.
VAR = _start()


def pytest_unconfigure() -> None:
    if VAR is not None:
        services.release(VAR)
        for name in (*ADDRESSES, TEMPLATE):
            os.environ.pop(name, None)
