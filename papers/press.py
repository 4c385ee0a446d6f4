"""Keep one press warm beside this process, hand it papers, and end it when it takes too much."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from django.conf import settings

from law.errors import RuleViolation
from papers import fonts

log = logging.getLogger(__name__)
# What a press may know of this process: nothing that opens anything.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHASHSEED")
PAPERS_A_PRESS = 300
WENT_HOME = "ended with 0"
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class Press:
    """One child process that lays out papers one after another; another takes its place when it ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._done = 0

    @property
    def pid(self) -> int | None:
        """The process id of the press that stands ready."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def lay_out(
        self, *, html: str, style: str, pictures: Mapping[str, str]
    ) -> tuple[Mapping[str, Any], bytes]:
        """Lay out one paper within the site's bounds; returns what the press says of it, and the PDF."""
        seconds = settings.PRESS_SECONDS
        job = {
            "html": html,
            "style": style,
            "pictures": dict(pictures),
            "memory": settings.PRESS_MEMORY_BYTES,
            "seconds": seconds,
        }
        line = json.dumps(job).encode() + b"\n"
        with self._lock:
            try:
                return self._ask(line, seconds)
            except _Ended as ended:
                # A press that went home for want of work has not tried; another will.
                if ended.why != WENT_HOME:
                    _fail(ended.why)
            try:
                return self._ask(line, seconds)
            except _Ended as ended:
                _fail(ended.why)

    def stop(self) -> None:
        """End the press; the next paper starts another."""
        with self._lock:
            self._end()

    def forget(self) -> None:
        """Leave the press to the process this one was forked from."""
        self._lock = threading.Lock()
        child, self._child = self._child, None
        if child is not None:
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        os.close(stream.fileno())
            child.returncode = 0

    def _ask(self, line: bytes, cpu: float) -> tuple[Mapping[str, Any], bytes]:
        # Twice the time on the wall: other work may hold the processor.
        seconds = 2 * cpu
        child = self._ready(seconds)
        assert child.stdin is not None
        assert child.stdout is not None
        with _killed_after(child, seconds):
            try:
                child.stdin.write(line)
                child.stdin.flush()
                said = json.loads(child.stdout.readline() or b"null")
                pdf = child.stdout.read(said["size"]) if said else b""
            except OSError:
                said, pdf = None, b""
        if said is None or len(pdf) != said["size"]:
            raise _Ended(self._end())
        self._done += 1
        if said.get("refused") == "failed":
            self._end()
            raise _Ended(said["why"])
        return said, pdf

    def _ready(self, seconds: float) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._done >= PAPERS_A_PRESS or self._child.poll() is not None):
            self._end()
        if self._child is None:
            self._child, self._done = _start(), 0
            with _killed_after(self._child, max(seconds, 60)):
                assert self._child.stdout is not None
                said = json.loads(self._child.stdout.readline() or b"null")
            if said is None or "absent" in said:
                code = self._end()
                if said is None:
                    raise _Ended(code)
                _absent(said["absent"])
        return self._child

    def _end(self) -> str:
        """End the child and tell how it ended."""
        child, self._child = self._child, None
        if child is None:
            return ""
        with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
            child.communicate(timeout=2)
        child.kill()
        return f"ended with {child.wait()}"


class _Ended(Exception):
    """The press ended, or had to be ended, before the paper was done."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@contextlib.contextmanager
def _killed_after(child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, child.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _start() -> subprocess.Popen[bytes]:
    known = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    faces = str(fonts.prepared() / "fonts.conf")
    return subprocess.Popen(
        [sys.executable, "-m", "papers.pressman"],
        cwd=settings.BASE_DIR,
        env={**known, "FONTCONFIG_FILE": faces, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _fail(why: str) -> NoReturn:
    log.error("a paper was not laid out: the press %s", why)
    raise RuleViolation(
        code="printing_failed",
        message="文书排版没有完成：超出限定的时间或内存。",
        unblock="稍候再试，后台也会自动重试；多次不成功的，请精简正文，或将长材料、大图片改作附件。",
        message_en="The paper could not be laid out within its bounds of time and memory.",
        unblock_en="Try again shortly; if it keeps failing, shorten the text or attach long material.",
    )


def _absent(why: str) -> NoReturn:
    raise RuleViolation(
        code="printing_unavailable",
        message=f"本机缺少排版组件，暂不能制作文书：{why}",
        unblock=f"请系统管理员安装：apt install {LIBRARIES}",
        message_en=f"Papers cannot be printed on this machine: {why}",
        unblock_en=f"Have the system administrator install: apt install {LIBRARIES}",
    )


press = Press()
os.register_at_fork(after_in_child=press.forget)
