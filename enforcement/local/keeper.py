"""The process that keeps the embedded servers of one data folder running while anyone uses them.

Every user holds a shared lock on one file; when the keeper gets that lock for
itself, the last user has gone, however it ended, and the servers are stopped.
"""

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from enforcement.local import address, broker, postgres

POLL_SECONDS = 0.1
CALM_SECONDS = 5.0
MOST_QUICK_ENDS = 20


def users_lock(var: Path) -> Path:
    """Return the file that users hold shared."""
    return var / "users.lock"


def keeper_lock(var: Path) -> Path:
    """Return the file that the one keeper holds; it contains its process number."""
    return var / "keeper.lock"


def try_lock(file: IO[str], kind: int) -> bool:
    """Take a lock without waiting; tell whether it was had."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Server:
    """One embedded server: started, watched, started again, stopped."""

    def __init__(self, name: str, start: Callable[[], list[str]], log: Path, stop_signal: int) -> None:
        self.name = name
        self._start = start
        self._log = log
        self._signal = stop_signal
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._quick_ends = 0

    def run(self) -> None:
        """Start the server unless it runs; give up when it keeps dying."""
        if self._process is not None and self._process.poll() is None:
            return
        if self._process is not None:
            lived = time.monotonic() - self._started
            self._quick_ends = self._quick_ends + 1 if lived < CALM_SECONDS else 0
            time.sleep(0.2)
        if self._quick_ends > MOST_QUICK_ENDS:
            raise RuntimeError(f"{self.name} does not stay up: see {self._log}")
        self._started = time.monotonic()
        command = self._start()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self) -> None:
        """Stop the server in order; kill it when it does not obey."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(self._signal)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def prepare(var: Path) -> Path:
    """Make the folders of a data folder and return the one for sockets."""
    for name in ("broker", "log", "media", "run"):
        (var / name).mkdir(parents=True, exist_ok=True)
    sockets = address.run_dir(var)
    sockets.mkdir(mode=0o700, exist_ok=True)
    if sockets.parent != var and sockets.stat().st_uid not in {os.geteuid(), 65534}:
        raise RuntimeError(f"{sockets} belongs to somebody else.")
    return sockets


def servers(var: Path, sockets: Path, *, throwaway: bool) -> list[Server]:
    """Return the servers of a data folder, first set-up done."""
    data = var / "postgres"
    postgres.initialise(data)

    def start_postgres() -> list[str]:
        postgres.forget_dead_server(data, sockets)
        return postgres.server_command(data, sockets, throwaway=throwaway)

    def start_broker() -> list[str]:
        return broker.server_command(var / "broker", sockets, throwaway=throwaway)

    return [
        Server("PostgreSQL", start_postgres, var / "log" / "postgres.log", signal.SIGINT),
        Server("The broker", start_broker, var / "log" / "broker.log", signal.SIGTERM),
    ]


def keep(var: Path, *, throwaway: bool) -> int:
    """Run the servers until the last user has gone."""
    with keeper_lock(var).open("a+", encoding="ascii") as mine, users_lock(var).open("a") as users:
        if not try_lock(mine, fcntl.LOCK_EX):
            return 0
        mine.truncate(0)
        mine.write(str(os.getpid()))
        mine.flush()
        stopping: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda number, _frame: stopping.append(number))
        kept: list[Server] = []
        try:
            kept = servers(var, prepare(var), throwaway=throwaway)
            while not stopping and not try_lock(users, fcntl.LOCK_EX):
                for server in kept:
                    server.run()
                time.sleep(POLL_SECONDS)
        finally:
            for server in kept:
                server.stop()
            if throwaway:
                shutil.rmtree(var, ignore_errors=True)
    return 0


def main() -> int:
    """Read the command line and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("var", type=Path)
    parser.add_argument("--throwaway", action="store_true", help="fast, unsafe, removed at the end")
    options = parser.parse_args()
    return keep(options.var.resolve(), throwaway=options.throwaway)


if __name__ == "__main__":
    sys.exit(main())
