"""Start programs for a test, wait for what they say, and end them."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from enforcement.local import services

ROOT = services.ROOT
PROGRAMS = ROOT / ".venv" / "bin"


def eventually(condition: Callable[[], object], seconds: float = 180) -> bool:
    """Wait until the condition holds, on a busy machine too; tell whether it came to that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def free_port() -> int:
    """A port that is free, and stays so: none of those that the system gives to whoever asks for any."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


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


def worked(number: int) -> float:
    """The seconds for which a process was at work, with those it has waited for; a busy machine adds none."""
    try:
        told = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # It has just ended.
        return 0.0
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


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
