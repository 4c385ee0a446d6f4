"""The press: kept warm, shut off, and ended when a paper takes too much; the next paper is printed."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings as site

from law.errors import RuleViolation
from papers.press import WENT_HOME, press
from papers.rendering import lay_out, render_html
from tests.papers.samples import SAMPLES
from tests.platform.processes import eventually, worked

PAGE = '<html lang="zh-CN"><head><title>t</title></head><body>{}</body></html>'
SHORT = PAGE.format("<p>一</p>")
# Shrink-to-fit over text without a break takes minutes.
ENDLESS = PAGE.format(f'<div style="display:flex"><div>{"长" * 20_000}</div></div>')
VAST = PAGE.format("<p>宽</p>" * 60_000)


@pytest.fixture(autouse=True)
def _rested():
    """Take over no press with another test's papers behind it, and leave none with this one's bounds."""
    press.stop()
    yield
    press.stop()


def refusal(html: str) -> RuleViolation:
    with pytest.raises(RuleViolation) as refused:
        lay_out(html)
    return refused.value


def test_one_press_lays_out_paper_after_paper():
    lay_out(SHORT)
    first = press.pid
    assert first not in {None, os.getpid()}
    assert lay_out(SHORT).pages == 1
    assert press.pid == first


def test_a_press_that_has_laid_out_its_share_makes_way_for_another(monkeypatch):
    monkeypatch.setattr("papers.press.PAPERS_A_PRESS", 2)
    lay_out(SHORT)
    first = press.pid
    lay_out(SHORT)
    assert press.pid == first
    assert lay_out(SHORT).pages == 1
    assert press.pid not in {None, first}


def test_a_press_that_nobody_asks_any_more_ends_in_peace():
    lay_out(SHORT)
    assert press._end() == WENT_HOME


def test_a_paper_that_would_never_end_is_given_up_and_the_next_is_printed(settings):
    settings.PRESS_SECONDS = 2
    found = refusal(ENDLESS)
    assert found.code == "printing_failed"
    assert found.unblock
    settings.PRESS_SECONDS = 60
    assert lay_out(SHORT).pages == 1


def test_a_paper_that_takes_too_much_memory_is_given_up_and_the_next_is_printed(settings):
    lay_out(SHORT)
    settings.PRESS_MEMORY_BYTES = 400 * 1024 * 1024
    assert refusal(VAST).code == "printing_failed"
    settings.PRESS_MEMORY_BYTES = 2048 * 1024 * 1024
    assert lay_out(SHORT).pages == 1


def test_a_press_that_was_killed_is_replaced():
    lay_out(SHORT)
    victim = press.pid
    os.kill(victim, signal.SIGKILL)
    os.waitid(os.P_PID, victim, os.WEXITED | os.WNOWAIT)
    assert lay_out(SHORT).pages == 1


def test_a_press_whose_work_is_killed_in_the_middle_says_so(settings):
    """Whoever prints is told at once and never waits for a process that is not there."""
    settings.PRESS_SECONDS = 300
    lay_out(SHORT)
    victim = press.pid
    before = worked(victim) + 0.3
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(refusal, ENDLESS)
        assert eventually(lambda: worked(victim) > before)
        os.kill(victim, signal.SIGKILL)
        assert waiting.result(timeout=180).code == "printing_failed"
    assert lay_out(SHORT).pages == 1


def test_the_press_knows_no_secret_of_the_site(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    press.stop()
    lay_out(SHORT)
    known = Path(f"/proc/{press.pid}/environ").read_bytes()
    names = {entry.partition(b"=")[0].decode() for entry in known.split(b"\0") if entry}
    assert names <= {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PYTHONPATH"} | {
        "PYTHONHASHSEED",
        "PYTHONDONTWRITEBYTECODE",
        "FONTCONFIG_FILE",
    }


CONFINED = """
from papers import pressman
pressman.confine()
import os, socket, subprocess, tempfile
def meet(): socket.create_connection(("127.0.0.1", 9), timeout=1)
def name(): socket.getaddrinfo("localhost", 80)
def call(): subprocess.run(["true"])
def part(): os.fork()
def write(): tempfile.TemporaryFile(dir="/tmp").write(b"x" * 100_000)
for forbidden in (meet, name, call, part, write):
    try:
        forbidden()
    except PermissionError as refusal:
        print(forbidden.__name__, "refused")
    except OSError as error:
        print(forbidden.__name__, "refused" if forbidden is write else error)
"""


def test_the_press_reaches_nobody_and_starts_and_writes_nothing():
    ran = subprocess.run(
        [sys.executable, "-c", CONFINED], cwd=site.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n")[:-1] == [
        f"{name} refused" for name in ("meet", "name", "call", "part", "write")
    ]


def test_threads_of_one_process_share_a_press():
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda n: lay_out(PAGE.format("<p>一</p>" * n)).pages, (1, 40, 2, 60)))
    assert pages[0] == pages[2] == 1
    assert pages[3] > 1


def test_a_forked_process_takes_a_press_of_its_own():
    lay_out(SHORT)
    mine = press.pid
    child = os.fork()
    if child == 0:
        good = press.pid is None and lay_out(SHORT).pages == 1 and press.pid != mine
        press.stop()
        os._exit(0 if good else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert press.pid == mine
    assert lay_out(SHORT).pages == 1
    assert press.pid == mine


def test_a_full_paper_fits_the_bounds_of_a_site_by_far():
    before = lay_out(SHORT).cpu
    after = lay_out(render_html("penalty_decision", SAMPLES["penalty_decision"])).cpu
    assert after - before < site.PRESS_SECONDS / 4
