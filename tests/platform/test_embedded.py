"""The embedded servers: shared, stopped with their last user, and losing nothing when killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
import redis

from enforcement.local import address, keeper, postgres, services
from tests.platform.processes import eventually

USER = """
import json, sys
from pathlib import Path
from enforcement.local import services
print(json.dumps(services.ensure(Path(sys.argv[1]))), flush=True)
sys.stdin.read()
"""


@contextmanager
def user(var: Path) -> Iterator[subprocess.Popen]:
    """A process that uses the servers until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(var)],
        cwd=services.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def told(process: subprocess.Popen) -> dict[str, str]:
    return json.loads(process.stdout.readline())


def processes(var: Path, program: str = "") -> list[int]:
    """The servers of a folder, by the paths in their command lines: keeper, PostgreSQL and broker."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (entry / "cmdline").read_text(errors="replace")
            if str(var) in command and program in command and "import json" not in command:
                found.append(int(entry.name))
    return found


def database_process(var: Path) -> int:
    return int((var / "postgres" / "postmaster.pid").read_text().split()[0])


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "var"
    yield folder
    services.release(folder)
    assert eventually(lambda: not processes(folder)), "a server outlived its users"


def test_two_commands_at_once_share_one_database_and_the_last_one_stops_it(var: Path) -> None:
    with user(var) as first, user(var) as second:
        addresses = told(first)
        assert told(second) == addresses
        assert eventually(lambda: len(processes(var, "enforcement.local.keeper")) == 1)
        assert eventually(lambda: len(processes(var, "valkey-server")) == 1)
        first.terminate()
        first.wait(60)
        time.sleep(0.4)
        with psycopg.connect(addresses["DATABASE_URL"]) as line:
            assert line.execute("SELECT current_database()").fetchone() == ("enforcement",)
        second.send_signal(signal.SIGKILL)
        assert eventually(lambda: not processes(var)), "the servers outlived a killed user"


def test_committed_rows_and_queued_messages_survive_killed_servers(var: Path) -> None:
    addresses = services.ensure(var)
    line = psycopg.connect(addresses["DATABASE_URL"])
    line.execute("CREATE TABLE kept (number integer)")
    line.execute("INSERT INTO kept SELECT generate_series(1, 100)")
    line.commit()
    line.execute("INSERT INTO kept VALUES (999)")
    broker = redis.from_url(addresses["REDIS_URL"])
    for number in range(50):
        broker.rpush("queue", number)
    old = database_process(var)
    os.kill(processes(var, "valkey-server")[0], signal.SIGKILL)
    os.kill(old, signal.SIGKILL)
    line.close()
    assert eventually(lambda: services.is_ready(var) and database_process(var) != old)
    with psycopg.connect(addresses["DATABASE_URL"]) as line:
        assert line.execute("SELECT count(*), max(number) FROM kept").fetchone() == (100, 100)
    assert redis.from_url(addresses["REDIS_URL"]).llen("queue") == 50


def test_a_killed_keeper_leaves_nothing_behind_and_the_next_user_starts_another(var: Path) -> None:
    with user(var) as first:
        addresses = told(first)
        with psycopg.connect(addresses["DATABASE_URL"]) as line:
            line.execute("CREATE TABLE kept ()")
        os.kill(int(keeper.keeper_lock(var).read_text()), signal.SIGKILL)
        assert eventually(lambda: not processes(var)), "a server outlived the keeper"
        with user(var) as second, psycopg.connect(told(second)["DATABASE_URL"]) as line:
            assert line.execute("SELECT to_regclass('kept')::text").fetchone() == ("kept",)


def test_database_locks_of_another_program_do_not_stop_the_start(var: Path) -> None:
    services.ensure(var)
    services.release(var)
    socket_lock = address.run_dir(var) / f"{address.POSTGRES_SOCKET}.lock"
    for lock in (var / "postgres" / "postmaster.pid", socket_lock):
        lock.write_text(f"{os.getpid()}\n{var / 'postgres'}\n")
    services.ensure(var)
    assert database_process(var) != os.getpid()


def test_the_database_sorts_and_folds_chinese_and_has_the_extensions_we_need(var: Path) -> None:
    with psycopg.connect(services.ensure(var)["DATABASE_URL"]) as line:
        assert line.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert line.execute("SHOW fsync").fetchone() == ("on",)
        line.execute("CREATE EXTENSION btree_gist")
        line.execute("CREATE EXTENSION pg_trgm")
        (grams,) = line.execute("SELECT show_trgm('王小明')").fetchone()
        assert grams, "trigrams of Chinese need a UTF-8 character type"


def test_a_folder_too_deep_for_a_socket_has_its_sockets_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 20) / ("path" * 20)
    assert len(str(deep / "run")) > address.LONGEST_SOCKET_PATH
    sockets = address.run_dir(deep)
    assert len(str(sockets / address.POSTGRES_SOCKET).encode()) <= address.LONGEST_SOCKET_PATH
    assert sockets == address.run_dir(deep) != address.run_dir(deep / "other")
    try:
        with psycopg.connect(services.ensure(deep)["DATABASE_URL"]) as line:
            assert line.execute("SELECT 1").fetchone() == (1,)
    finally:
        services.release(deep)
        with suppress(OSError):
            sockets.rmdir()


def test_celery_and_redis_spell_the_same_socket_each_in_its_way() -> None:
    assert address.celery_url("unix:///a/b.sock?db=3") == "redis+socket:///a/b.sock?virtual_host=3"
    assert address.celery_url("redis://host:6379/1") == "redis://host:6379/1"


def test_a_folder_only_root_may_enter_holds_the_database_where_namespaces_are_forbidden(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(postgres, "namespaces_allowed", lambda: False)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    postgres.initialise(closed / "postgres")
    assert (closed / "postgres" / "PG_VERSION").exists()
    prefix = postgres.as_server(closed / "postgres")
    assert (
        subprocess.run([*prefix, "test", "-r", closed / "postgres" / "PG_VERSION"], check=False).returncode
        == 0
    )
