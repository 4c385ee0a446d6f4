"""A database cluster with the tables already made, kept in var/ and copied for each test run.

It is named after the digest of all that makes the tables, so a changed migration makes a new one.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from enforcement.local import services

ROOT = services.ROOT
KEPT = ROOT / "var" / "test-clusters"


def copy_to(var: Path) -> None:
    """Put a migrated cluster into the data folder of a test run."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / digest()
    while True:
        with _locked(fcntl.LOCK_SH):
            if kept.exists():
                subprocess.run(["cp", "-a", "--reflink=auto", kept, var / "postgres"], check=True)
                return
        with _locked(fcntl.LOCK_EX):
            if not kept.exists():
                _make(kept)


def digest() -> str:
    """Name what the tables depend on: the migrations, and the releases of what brings its own."""
    total = hashlib.sha256()
    for path in [ROOT / "requirements.lock", *sorted(ROOT.glob("*/migrations/*.py"))]:
        total.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return total.hexdigest()[:16]


@contextlib.contextmanager
def _locked(kind: int) -> Iterator[None]:
    with (KEPT / "lock").open("a") as lock:
        fcntl.flock(lock, kind)
        yield


def _make(kept: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="enforcement-template-") as name:
        building = Path(name)
        environment = {"DJANGO_SETTINGS_MODULE": "enforcement.settings.test", **services.ensure(building)}
        try:
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
            subprocess.run(migrate, cwd=ROOT, env={**os.environ, **environment}, check=True)
        finally:
            services.release(building)
        for old in KEPT.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
        shutil.move(building / "postgres", kept)
