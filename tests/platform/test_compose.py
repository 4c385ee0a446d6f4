"""The containers' own commands, run under production settings against the embedded servers."""

import json
import os
import re
import subprocess
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
import yaml
from celery import Celery
from django.conf import settings

from enforcement.local import address
from tests.platform.processes import ROOT, bare_environment, eventually, free_port, running

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
GIVEN = {
    "SECRET_KEY": "Zx7-kQ2_" * 8,
    "ALLOWED_HOSTS": "cases.example.gov.cn,localhost",
    "POSTGRES_PASSWORD": "pg",
    "REDIS_PASSWORD": "rd",
}
# Each process of the test run has a broker of its own: two sites on one would take each other's jobs.
BROKER_NUMBER = 41 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
pytestmark = pytest.mark.workers


def filled_in(text: str) -> str:
    """Put values in place of ${NAME:-default} and ${NAME:?complaint}, as Compose does."""
    return re.sub(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}", lambda m: GIVEN.get(m[1], m[2] or ""), text).replace(
        "$$", "$"
    )


def image_environment() -> dict[str, str]:
    return dict(
        pair.split("=", 1)
        for line in re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)
        for pair in line.split()
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a container: folders, database and broker of its own."""
    home = tmp_path_factory.mktemp("container")
    name = f"compose_{uuid.uuid4().hex[:12]}"
    server = os.environ["DATABASE_URL"]
    # Not the template itself: while somebody is connected to it, nobody else can copy it.
    beside = re.sub(r"/\w+$", "/postgres", server)
    broker = re.sub(r"([?&]db=|/)\d+$", rf"\g<1>{BROKER_NUMBER}", os.environ["REDIS_URL"])
    with psycopg.connect(beside, autocommit=True) as line:
        template = os.environ.get("TEST_DATABASE_TEMPLATE", "template1")
        line.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    environment = image_environment() | SERVICES["web"]["environment"]
    environment = {key: filled_in(value) for key, value in environment.items()}
    environment |= {
        "VAR_DIR": str(home / "var"),
        "STATIC_ROOT": str(home / "static"),
        "MEDIA_ROOT": str(home / "media"),
        "DATABASE_URL": re.sub(r"/\w+$", f"/{name}", server),
        "REDIS_URL": broker,
    }
    del environment["PATH"]
    (home / "var" / "run").mkdir(parents=True)
    for collected in ("assets", "fonts"):
        (home / "var" / collected).symlink_to(ROOT / "var" / collected)
    yield bare_environment(**environment)
    redis.from_url(broker).flushdb()
    with psycopg.connect(beside, autocommit=True) as line:
        line.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def prepared(site: dict[str, str]) -> dict[str, str]:
    """The site after the set-up service has run."""
    done = subprocess.run(
        SERVICES["setup"]["command"], cwd=ROOT, env=site, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def passes(test: list[str], environment: dict[str, str]) -> bool:
    """Run a health check as the container engine would."""
    kind, *rest = test
    command = rest if kind == "CMD" else ["sh", "-c", filled_in(rest[0])]
    command = [part.replace("/app/var", environment["VAR_DIR"]) for part in command]
    return (
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode == 0
    )


@dataclass
class Started:
    """The three programs under way, with what they write."""

    environment: dict[str, str]
    port: int
    logs: dict[str, Path]

    def said(self, name: str, pattern: str) -> bool:
        return eventually(lambda: re.search(pattern, self.log(name)))

    def log(self, name: str) -> str:
        return self.logs[name].read_text(errors="replace")

    def healthy(self, name: str) -> bool:
        return passes(SERVICES[name]["healthcheck"]["test"], self.environment)

    def fetch(self, path: str, host: str = "cases.example.gov.cn") -> tuple[int, str, Message]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host})
        try:
            answer = urllib.request.urlopen(request, timeout=180)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode("utf-8", "replace"), answer.headers


@pytest.fixture(scope="module")
def started(prepared: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """Web, worker and beat, each by the command of its service."""
    folder = tmp_path_factory.mktemp("logs")
    port = free_port()
    names = ("web", "worker", "beat")
    site = Started(prepared | {"PORT": str(port)}, port, {name: folder / name for name in names})
    programs = []
    with ExitStack() as stack:
        for name in names:
            command = [part.replace(":8000", f":{port}") for part in SERVICES[name]["command"]]
            programs.append(stack.enter_context(running(command, site.environment, site.logs[name])))
        assert site.said("web", "Listening at"), site.log("web")
        assert eventually(lambda: site.healthy("web")), site.log("web")
        yield site
        for program in programs:
            program.terminate()


def test_the_web_service_shows_the_login_page_with_its_style_sheet(started: Started) -> None:
    status, page, headers = started.fetch("/")
    assert status == 200
    assert "csrfmiddlewaretoken" in page, "the first page is the login form"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert sheet is not None
    assert started.fetch(sheet[1])[0] == 200


def test_the_worker_does_what_is_sent_and_what_beat_schedules(started: Started) -> None:
    with Celery(broker=address.celery_url(started.environment["REDIS_URL"]), set_as_current=False) as sender:
        job = sender.send_task("audit.relay").id
    assert started.said("worker", rf"Task audit\.relay\[{job}\] succeeded"), started.log("worker")
    assert started.said("beat", r"Sending due task relay-outbox"), started.log("beat")
    others = rf"Task audit\.relay\[(?!{job})[^]]+\] succeeded"
    assert started.said("worker", others), "what beat sends, the worker does"


def test_the_health_checks_of_worker_and_beat_pass_while_they_run(started: Started) -> None:
    assert started.healthy("worker")
    assert eventually(lambda: started.healthy("beat"))


def test_an_unknown_host_name_is_refused_without_telling_secrets(started: Started) -> None:
    status, body, _ = started.fetch("/", host="elsewhere.example")
    assert status == 400
    assert GIVEN["SECRET_KEY"] not in body
    assert "Traceback" not in body


def test_the_deployment_check_is_silent_behind_tls(site: dict[str, str]) -> None:
    done = subprocess.run(
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=site | {"BEHIND_TLS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_image_runs_as_a_plain_user_and_starts_the_web_server() -> None:
    final = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!root|0\b)\w+", final, re.MULTILINE)
    command = re.search(r"^CMD (\[.*\])$", final, re.MULTILINE)
    assert command is not None
    assert json.loads(command[1]) == SERVICES["web"]["command"]


def test_all_that_the_image_copies_exists() -> None:
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")} | {
        "law",
        "templates",
        "static",
        "locale",
    }
    assert packages <= set(sources), "a package of ours is missing from the image"


def test_every_service_has_a_health_check_and_every_folder_of_the_host_exists() -> None:
    checked = {name for name, service in SERVICES.items() if "healthcheck" in service}
    assert checked == set(SERVICES) - {"setup"}
    volumes = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    named = {volume for volume in volumes if re.fullmatch(r"\w+", volume)}
    assert named == set(COMPOSE["volumes"])
    folders = {filled_in(volume + "}" if "${" in volume else volume) for volume in volumes - named}
    assert [folder for folder in folders if folder.startswith(".") and not (ROOT / folder).exists()] == []


def test_the_proxy_serves_static_files_and_passes_on_the_rest() -> None:
    shared = (ROOT / "docs/deploy/proxy.inc").read_text(encoding="utf-8")
    static = next(v for v in SERVICES["proxy"]["volumes"] if v.startswith("static:")).split(":")[1]
    assert f"alias {static}/;" in shared
    assert static == image_environment()["STATIC_ROOT"]
    bound = re.search(r":(\d+)$", next(p for p in SERVICES["web"]["command"] if "bind" in p))
    assert bound is not None
    assert f"proxy_pass http://web:{bound[1]};" in shared
    assert "media" not in shared, "uploaded files leave through the application alone"


def test_what_the_proxy_refuses_itself_is_told_in_our_own_words() -> None:
    shared = (ROOT / "docs/deploy/proxy.inc").read_text(encoding="utf-8")
    pages = dict(re.findall(r"^error_page ([\d ]+) /(static/errors/\S+);$", shared, re.M))
    assert set(pages) == {"413", "502 503 504"}
    limit = re.search(r"client_max_body_size (\d+)m;", shared)
    assert limit is not None
    assert int(limit[1]) * 1024 * 1024 > settings.UPLOAD_LIMIT_BYTES
    told = {codes: (ROOT / path).read_text(encoding="utf-8") for codes, path in pages.items()}
    assert f"不得超过 {limit[1]} MB" in told["413"]
    for page in told.values():
        linked = re.findall(r'(?:href|src)="/static/((?:css|js|img)/[^"]+)"', page)
        assert linked
        assert [name for name in linked if not (ROOT / "static" / name).exists()] == []
