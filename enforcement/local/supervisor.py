"""`make run`: prepare the machine and the site, then run web server, worker and beat until told to stop."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from enforcement.local import keeper, machine, probe, services
from enforcement.local.programs import Program

STOP_SECONDS = 12.0
START_SECONDS = 60.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
INTERRUPTED = 130


class Site:
    """The programs of one site, and the wish to stop."""

    def __init__(self, var: Path, host: str, port: int) -> None:
        self.var = var
        self.host = host
        self.port = port
        self.embedded = services.are_embedded(var)
        self.stopping = threading.Event()
        logs = var / "log"
        self.programs = [
            Program("web", self._web(), logs / "web.log", services.ROOT),
            Program("worker", _celery("worker", "--concurrency=2"), logs / "worker.log", services.ROOT),
            Program("beat", _celery("beat", "--pidfile="), logs / "beat.log", services.ROOT),
        ]

    def _web(self) -> list[str]:
        options = ["--worker-class=gthread", "--workers=2", "--threads=4", "--preload", "--no-control-socket"]
        options += ["--access-logfile=-", f"--bind={self.host}:{self.port}", "--graceful-timeout=8"]
        return [_program("gunicorn"), *options, "enforcement.wsgi"]

    def stop_on_signals(self) -> None:
        """Stop in order on Ctrl-C and on a polite kill, also where a shell had set them to be ignored."""
        for number in STOP_SIGNALS:
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def run(self) -> None:
        """Start all programs, tell the address when the web server answers, watch until told to stop."""
        announced = False
        patience = time.monotonic() + START_SECONDS
        try:
            while not self.stopping.wait(0.2):
                self.watch()
                if not announced and (self.answers() or time.monotonic() > patience):
                    self.announce()
                    announced = True
        finally:
            print("==> stopping", flush=True)
            self.stop()

    def watch(self) -> None:
        """Bring back what has ended: a program, or the keeper of the embedded servers."""
        if self.embedded and not services.is_kept(self.var):
            services.ensure(self.var)
        for program in self.programs:
            program.watch()

    def answers(self) -> bool:
        """Tell whether the web server serves."""
        return probe.answers(_reachable(self.host), self.port)

    def announce(self) -> None:
        """Print the address and the demo accounts."""
        if self.answers():
            print(f"\n==> ready: http://{_reachable(self.host)}:{self.port}/   (Ctrl-C stops everything)")
        else:
            print(f"\n!!! the web server does not answer yet; see {self.var / 'log' / 'web.log'}")
        accounts = self.var / "run" / "accounts.txt"
        if accounts.exists():
            print(accounts.read_text(encoding="utf-8"))
        sys.stdout.flush()

    def stop(self) -> None:
        """Stop the programs."""
        for program in self.programs:
            program.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for program in self.programs:
            program.await_stop(deadline)


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _celery(*arguments: str) -> list[str]:
    return [_program("celery"), "-A", "enforcement", *arguments, "--loglevel=INFO"]


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104 - compares, does not bind


def prepare_site() -> None:
    """Run the Django part of the preparation in a process of its own."""
    command = [sys.executable, "manage.py", "prepare_site"]
    if os.environ.get("LOAD_DEMO", "1") == "0":
        command.append("--no-demo")
    subprocess.run(command, cwd=services.ROOT, check=True)


def port_is_free(host: str, port: int) -> bool:
    """Tell whether the web server could listen there."""
    with socket.socket(socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Break off the preparation, also where a shell had set the signal to be ignored."""
    raise KeyboardInterrupt


def prepare(var: Path, host: str, port: int) -> None:
    """Make everything ready before the programs start."""
    machine.prepare(testing=False)
    if not port_is_free(host, port):
        raise SystemExit(f"Port {port} is taken; choose another:  PORT={port + 1} make run")
    print("==> starting the database and the broker", flush=True)
    services.export()
    for name in ("log", "run"):
        (var / name).mkdir(parents=True, exist_ok=True)
    prepare_site()


def main() -> int:
    """Prepare and run."""
    os.environ.setdefault("DEMO_COUNTY", "1")
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    var = services.default_var()
    for number in STOP_SIGNALS:
        signal.signal(number, interrupt)
    var.mkdir(parents=True, exist_ok=True)
    with (var / "supervisor.lock").open("w") as lock:
        if not keeper.try_lock(lock, fcntl.LOCK_EX):
            raise SystemExit(f"The site in {var} runs already.")
        try:
            prepare(var, host, port)
            print("==> starting web server, worker and beat", flush=True)
            site = Site(var, host, port)
            site.stop_on_signals()
            site.run()
        except subprocess.CalledProcessError:
            raise SystemExit("!!! The site could not be prepared; the reason stands above.") from None
        except KeyboardInterrupt:
            return INTERRUPTED
        finally:
            services.release(var)
            print("==> stopped", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
