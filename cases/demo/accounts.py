"""One password for all demo accounts: chosen at loading, kept in a file that only its owner reads."""

import os
from pathlib import Path

from django.conf import settings

from townships.services.accounts import first_password


def password_file() -> Path:
    """Return where the password is kept."""
    return Path(settings.VAR_DIR) / "demo_password"


def choose_password() -> str:
    """Choose the password of a load and keep it: the environment's, else the kept one, else a new one."""
    chosen = os.environ.get("DEMO_PASSWORD", "").strip() or demo_password() or first_password()
    path = password_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(chosen)
    return chosen


def demo_password() -> str:
    """Return the password kept by the last load; empty before the first."""
    path = password_file()
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
