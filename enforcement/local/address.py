"""Where the embedded servers of a data folder are reached; says it without touching anything."""

import hashlib
import tempfile
from pathlib import Path
from urllib.parse import quote

NAME = "enforcement"
POSTGRES_SOCKET = ".s.PGSQL.5432"
BROKER_SOCKET = "broker.sock"
LONGEST_SOCKET_PATH = 107


def run_dir(var: Path) -> Path:
    """Return the folder of the sockets: var/run, or a short one where that path is too long for a socket."""
    preferred = Path(var).resolve() / "run"
    if len(str(preferred / POSTGRES_SOCKET).encode()) <= LONGEST_SOCKET_PATH:
        return preferred
    digest = hashlib.sha256(str(preferred).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"{NAME}-{digest}"


def database_url(var: Path) -> str:
    """Return the address of the embedded PostgreSQL of a data folder."""
    return f"postgresql://{NAME}@{quote(str(run_dir(var)), safe='')}/{NAME}"


def broker_socket(var: Path) -> Path:
    """Return the socket of the embedded broker of a data folder."""
    return run_dir(var) / BROKER_SOCKET


def broker_url(var: Path) -> str:
    """Return the address of the embedded broker of a data folder, as redis-py reads it."""
    return f"unix://{broker_socket(var)}?db=0"


def celery_url(redis_url: str) -> str:
    """Return a Redis address as Celery spells it; only socket addresses differ."""
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    number = query.removeprefix("db=") if query.startswith("db=") else "0"
    return f"redis+socket://{path}?virtual_host={number}"
