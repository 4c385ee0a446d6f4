"""Start programs for a test, wait for what they say, and end them."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from enforcement.local import services

ROOT = services.ROOT
PROGRAMS = ROOT / ".venv" / "bin"


def eventually(condition: Callable[[], object], seconds: float = 90) -> bool:
    """Wait until the condition holds; tell whether it came to that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def bare_environment(**more: str) -> dict[str, str]:
    """The environment of a fresh login: nothing of ours but what is given."""
    return {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "HOME": os.environ["HOME"], "LANG": "C.UTF-8", **more}


def using(folder: Path) -> list[int]:
    """The processes that name a folder in their command line or environment."""
    name = str(folder).encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if name in (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes():
                found.append(int(entry.name))
    return found


@contextlib.contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a group of its own, ended with all it started."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
