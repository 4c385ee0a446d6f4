"""One program under the supervisor: started with its own log, watched, stopped in order."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

CALM_SECONDS = 30.0
LONGEST_PAUSE = 15.0


class Program:
    """A long-running process that is started again when it ends."""

    def __init__(self, name: str, command: list[str], log: Path, folder: Path) -> None:
        self.name = name
        self._command = ["setpriv", "--pdeathsig", "TERM", *command]
        self._log = log
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._next_start = 0.0
        self._pause = 1.0

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started = time.monotonic()

    def watch(self) -> None:
        """Start the process again after a pause when it has ended; the pause grows while it keeps ending."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._next_start:
                self.start()
        elif (code := self._process.poll()) is not None:
            self._pause = 1.0 if now - self._started > CALM_SECONDS else min(self._pause * 2, LONGEST_PAUSE)
            print(f"!!! {self.name} ended ({code}), starting it again; see {self._log}", flush=True)
            self._end_group()
            self._process = None
            self._next_start = now + self._pause

    def ask_to_stop(self) -> None:
        """Send the signal for an orderly end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def await_stop(self, deadline: float) -> None:
        """Wait until the process has ended; after the deadline it is killed with all it started."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.1, deadline - time.monotonic()))
        self._end_group()
        self._process.wait()

    def _end_group(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
