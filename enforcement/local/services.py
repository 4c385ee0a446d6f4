"""Find the embedded PostgreSQL and broker running, or start them; leave them when done."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from enforcement.local import address, broker, keeper, postgres

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120
_held: dict[Path, IO[str]] = {}


def default_var() -> Path:
    """Return the data folder of this checkout, or the one that VAR_DIR names."""
    return Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve()


def ensure(var: Path | None = None, *, throwaway: bool = False) -> dict[str, str]:
    """Start what does not run and return the addresses; the servers stay while this process lives."""
    var = (var or default_var()).resolve()
    var.mkdir(parents=True, exist_ok=True)
    if var not in _held:
        users = keeper.users_lock(var).open("a", encoding="ascii")
        fcntl.flock(users, fcntl.LOCK_SH)
        _held[var] = users
    _await_servers(var, throwaway=throwaway)
    return {"DATABASE_URL": address.database_url(var), "REDIS_URL": address.broker_url(var)}


def export() -> None:
    """Put the addresses of the embedded servers into the environment where none are given."""
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        for name, value in ensure().items():
            os.environ.setdefault(name, value)


def are_embedded(var: Path) -> bool:
    """Tell whether this process uses the embedded servers of a data folder."""
    return var.resolve() in _held


def is_ready(var: Path) -> bool:
    """Tell whether both servers of a data folder answer."""
    sockets = address.run_dir(var)
    return broker.is_ready(sockets) and postgres.is_ready(sockets)


def is_kept(var: Path) -> bool:
    """Tell whether a keeper looks after the servers."""
    with contextlib.suppress(FileNotFoundError), keeper.keeper_lock(var).open("r", encoding="ascii") as lock:
        return not keeper.try_lock(lock, fcntl.LOCK_SH)
    return False


def _await_servers(var: Path, *, throwaway: bool) -> None:
    child: subprocess.Popen[bytes] | None = None
    failures = 0
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_ready(var):
        if child is None or child.poll() is not None:
            failures += bool(child and child.returncode)
            if failures > 1:
                raise RuntimeError(_complaint(var))
            child = _start_keeper(var, throwaway=throwaway)
        if time.monotonic() > deadline:
            raise RuntimeError(_complaint(var))
        time.sleep(0.03)


def _complaint(var: Path) -> str:
    log = var / "log" / "keeper.log"
    told = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
    return f"The embedded database did not start; see {var / 'log'}.\n{told}"


def _start_keeper(var: Path, *, throwaway: bool) -> subprocess.Popen[bytes]:
    (var / "log").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "enforcement.local.keeper", str(var)]
    with (var / "log" / "keeper.log").open("wb") as log:
        return subprocess.Popen(
            command + ["--throwaway"] * throwaway,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def release(var: Path | None = None) -> bool:
    """Leave the servers; where nobody else uses them, stop them. Tell whether they stopped."""
    var = (var or default_var()).resolve()
    users = _held.pop(var, None)
    if users is None:
        return False
    with users:
        if not keeper.try_lock(users, fcntl.LOCK_EX):
            return False
        _stop_keeper(var)
        return True


def _stop_keeper(var: Path) -> None:
    with contextlib.suppress(FileNotFoundError), keeper.keeper_lock(var).open("r", encoding="ascii") as lock:
        if keeper.try_lock(lock, fcntl.LOCK_SH):
            return
        number = lock.read().strip()
        if number:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(number), signal.SIGTERM)
        fcntl.flock(lock, fcntl.LOCK_SH)
