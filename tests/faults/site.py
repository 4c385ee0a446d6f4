"""A site whose programs may be killed: a database of its own, a broker of its own, real Celery workers."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

from enforcement.local import address, broker, keeper, services
from tests.platform.processes import bare_environment, eventually

# Counts in the database every time that one of these effects is committed, by whatever process.
WITNESS = """
CREATE TABLE witness (effect text, target bigint, at timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO witness (effect, target) VALUES (TG_ARGV[0], NEW.id); RETURN NULL; END $$;
CREATE TRIGGER witness AFTER UPDATE ON cases_referral FOR EACH ROW
    WHEN (NEW.delivered_at IS DISTINCT FROM OLD.delivered_at) EXECUTE FUNCTION witness('delivered');
CREATE TRIGGER witness AFTER UPDATE ON papers_paper FOR EACH ROW
    WHEN (NEW.pdf_id IS DISTINCT FROM OLD.pdf_id) EXECUTE FUNCTION witness('printed');
CREATE TRIGGER witness AFTER UPDATE ON audit_delivery FOR EACH ROW
    WHEN (NEW.done_at IS DISTINCT FROM OLD.done_at) EXECUTE FUNCTION witness('done');
CREATE TRIGGER witness AFTER INSERT ON desk_notice FOR EACH ROW EXECUTE FUNCTION witness('told');
"""


class Site:
    """The broker and the workers of one test; whatever it starts, it ends."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database_url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
        self._sockets = folder / "run"
        self.redis_url = f"unix://{self._sockets / address.BROKER_SOCKET}?db=0"
        for name in ("broker", "log", "media", "run"):
            (folder / name).mkdir()
        self._broker = keeper.Server(
            "broker", self._broker_command, folder / "log" / "broker.log", signal.SIGTERM
        )
        self._workers: list[subprocess.Popen[bytes]] = []

    def _broker_command(self) -> list[str]:
        return broker.server_command(self.folder / "broker", self._sockets, throwaway=False)

    def start_broker(self) -> None:
        """Start the broker, as the keeper of the servers does when it finds it dead."""
        self._broker.run()
        assert eventually(lambda: broker.is_ready(self._sockets)), "the broker did not start"

    def broker_pid(self) -> int:
        return redis.from_url(self.redis_url).info("server")["process_id"]

    def kill_broker(self) -> None:
        os.kill(self.broker_pid(), signal.SIGKILL)
        assert eventually(lambda: not broker.is_ready(self._sockets))

    @contextlib.contextmanager
    def frozen_broker(self) -> Iterator[None]:
        """Let the broker take connections but answer nothing."""
        pid = self.broker_pid()
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def start_worker(self, queue: str = "celery") -> subprocess.Popen[bytes]:
        """Start `celery worker` with two processes for one queue, under the settings of a real site."""
        log = self.folder / "log" / f"worker-{len(self._workers)}.log"
        program = str(Path(sys.executable).parent / "celery")
        command = [program, "-A", "enforcement", "worker", "-c", "2", "-Q", queue]
        environment = bare_environment(
            DATABASE_URL=self.database_url,
            REDIS_URL=self.redis_url,
            VAR_DIR=str(services.default_var()),
            MEDIA_ROOT=str(self.folder / "media"),
        )
        with log.open("wb") as output:
            worker = subprocess.Popen(
                [*command, "--loglevel=INFO"],
                cwd=services.ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._workers.append(worker)
        assert eventually(lambda: b" ready." in log.read_bytes()), log.read_text(errors="replace")
        return worker

    def kill_worker(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker and its processes at once, whatever they hold."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for worker in self._workers:
            if worker.poll() is None:
                self.kill_worker(worker)
        self._broker.stop()

    def count(self, question: str) -> int:
        """Answer a question in SQL, from outside every process under test."""
        with psycopg.connect(self.database_url) as line:
            return line.execute(question).fetchone()[0]

    def owed(self) -> list[tuple[object, ...]]:
        """Tell what is still owed, for a failing test to show."""
        columns = "subscriber, attempts, available_at, last_error, count(*)"
        with psycopg.connect(self.database_url) as line:
            return line.execute(
                f"SELECT {columns} FROM audit_delivery WHERE done_at IS NULL GROUP BY 1, 2, 3, 4"
            ).fetchall()
