"""`make run`: killed hard in the middle of its work and started again, it has lost nothing."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
import redis

from enforcement.local import address, probe, services
from tests.platform.processes import ROOT, bare_environment, eventually, free_port, running, using, worked
from tests.plugins import template

SUPERVISOR = [str(ROOT / ".venv/bin/python"), "-m", "enforcement.local.supervisor"]
pytestmark = pytest.mark.workers


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A data folder of its own with its tables made, and the fonts and front-end files of this checkout."""
    var = tmp_path / "var"
    var.mkdir()
    template.copy_to(var)
    for collected in ("assets", "fonts"):
        (var / collected).symlink_to(ROOT / "var" / collected)
    yield var
    assert eventually(lambda: not using(var)), "a process outlived the site"


def started(log: Path) -> bool:
    return "==> ready: http://127.0.0.1:" in log.read_text(errors="replace")


def test_a_killed_site_loses_no_committed_work_and_starts_again_quickly(home: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = bare_environment(VAR_DIR=str(home), PORT=str(port), LOAD_DEMO="0")
    log = tmp_path / "first.log"
    with running(SUPERVISOR, environment, log) as site:
        assert eventually(lambda: started(log)), log.read_text()
        line = psycopg.connect(address.database_url(home))
        line.execute("CREATE TABLE kept (number integer)")
        line.execute("INSERT INTO kept SELECT generate_series(1, 500)")
        line.commit()
        redis.from_url(address.broker_url(home)).rpush("kept", *range(50))
        line.execute("INSERT INTO kept VALUES (999)")
        for victim in using(home):
            # Some end by themselves when those before them are gone.
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        site.kill()
        line.close()
        assert eventually(lambda: not using(home) and not probe.answers("127.0.0.1", port)), (
            "killing the site left a process behind"
        )

    log = tmp_path / "second.log"
    with running(SUPERVISOR, environment, log) as site:
        assert eventually(lambda: started(log)), log.read_text()
        assert sum(map(worked, using(home))) < 30, "a second start takes seconds"
        with psycopg.connect(address.database_url(home)) as line:
            assert line.execute("SELECT count(*), max(number) FROM kept").fetchone() == (500, 500)
        assert redis.from_url(address.broker_url(home)).llen("kept") == 50

        worker = worker_of(site.pid)
        os.kill(worker, signal.SIGKILL)
        assert eventually(lambda: worker_of(site.pid) not in {0, worker}), "a dead worker is started again"

        site.send_signal(signal.SIGINT)
        assert site.wait(180) == 0
        assert log.read_text().rstrip().endswith("==> stopped")
        assert eventually(lambda: not using(home)), "nothing outlives Ctrl-C"
        assert not services.is_ready(home)


def worker_of(site: int) -> int:
    """The main process of the site's worker, or 0."""
    for child in Path(f"/proc/{site}/task/{site}/children").read_text().split():
        with suppress(OSError):
            if b"\0worker\0" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
    return 0


def test_a_taken_port_is_told_and_nothing_is_left_running(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "site.log"
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        environment = bare_environment(VAR_DIR=str(home), PORT=str(port))
        with running(SUPERVISOR, environment, log) as site:
            assert site.wait(180) == 1
    assert f"Port {port} is taken" in log.read_text()
