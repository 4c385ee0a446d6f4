"""The steps before the first start: environment, locks, translations, programs that keep ending."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import polib
import pytest

from enforcement.local import debian, environment, messages
from enforcement.local.programs import Program
from enforcement.settings import base
from tests.platform.processes import ROOT, eventually


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-node"])
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 0
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_tests_run_on_the_very_versions_that_users_get() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert versions("requirements.lock") <= versions("requirements-dev.lock")


def test_the_front_end_lock_has_digests_and_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') == text.count('"node_modules/')


def test_every_direct_dependency_is_explained() -> None:
    told = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    for name in ("requirements.in", "requirements-dev.in", "requirements-node.in"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            package = re.match(r"[A-Za-z][\w-]*", line)
            if package and not package[0].startswith("types-"):
                assert package[0].lower() in told, package[0]


def test_an_environment_made_from_this_very_list_is_left_alone() -> None:
    before = os.times()
    done = subprocess.run(
        [sys.executable, str(ROOT / "enforcement/local/environment.py"), "requirements"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    after = os.times()
    worked = after.children_user - before.children_user + after.children_system - before.children_system
    assert worked < 5, "it is left alone at once"
    assert environment.is_current(ROOT / "requirements.lock")


def test_processes_that_start_at_one_moment_share_one_key(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(base, "VAR_DIR", tmp_path)
    start = Barrier(8)

    def read() -> str:
        start.wait()
        return base.local_secret()

    with ThreadPoolExecutor(8) as pool:
        keys = {job.result() for job in [pool.submit(read) for _ in range(8)]}
    assert keys == {(tmp_path / "secret_key").read_text()}
    assert len(keys.pop()) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_missing_debian_package_is_found_and_an_installed_one_is_not_asked_for() -> None:
    assert debian.missing(["util-linux", "no-such-package-at-all"]) == ["no-such-package-at-all"]


def test_translations_are_compiled_when_they_changed(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalog.append(polib.POEntry(msgid="立案", msgstr="File the case"))
    catalog.save(str(folder / "django.po"))
    messages.compile_all(tmp_path)
    compiled = polib.mofile(str(folder / "django.mo"))
    assert compiled.find("立案").msgstr == "File the case"


def test_a_program_that_ends_is_started_again_after_a_pause(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = Program("echo", ["sh", "-c", "echo once more"], log, tmp_path)
    program.watch()
    assert eventually(lambda: log.read_text().count("once more") == 1)

    def watched_until(times: int) -> bool:
        program.watch()
        return log.read_text().count("once more") >= times

    assert eventually(lambda: watched_until(2))
    program.ask_to_stop()
    program.await_stop(time.monotonic() + 60)


def test_a_program_that_ignores_the_polite_signal_is_killed_with_its_children(tmp_path: Path) -> None:
    log = tmp_path / "log"
    stubborn = "trap '' TERM; sleep 300 & echo child $!; wait"
    program = Program("stubborn", ["sh", "-c", stubborn], log, tmp_path)
    program.start()
    assert eventually(lambda: "child" in log.read_text())
    child = int(log.read_text().split()[-1])
    program.ask_to_stop()
    program.await_stop(time.monotonic() + 0.3)
    assert eventually(lambda: not Path(f"/proc/{child}/cmdline").exists() or not cmdline(child))


def cmdline(number: int) -> bytes:
    """The command line; empty for a process that is dead and waits for its parent."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""
