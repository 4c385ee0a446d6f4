"""Make the Python environment in .venv from a hash-locked list.

Runs under the system's Python before anything of ours is installed, so it
imports the standard library alone.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
PYTHON = HOME / "bin" / "python"


def main(arguments: list[str] | None = None) -> int:
    """Install the named lists unless .venv already holds exactly them."""
    if sys.version_info < OLDEST_PYTHON:
        print("Python 3.11 or newer is needed.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", nargs="*", default=["requirements"])
    names = parser.parse_args(arguments).lists
    for name in names:
        lock = ROOT / f"{name}.lock"
        if not is_current(lock):
            ensure_venv()
            print(f"==> installing {lock.name} into .venv", flush=True)
            install(lock)
            stamp(lock).write_text(fingerprint(lock), encoding="ascii")
    return 0


def stamp(lock: Path) -> Path:
    """Return the file that remembers what was installed from a list."""
    return HOME / f".{lock.stem}.sha256"


def fingerprint(lock: Path) -> str:
    """Return the digest of a list."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_current(lock: Path) -> bool:
    """Tell whether .venv was made from this very list."""
    mark = stamp(lock)
    return PYTHON.exists() and mark.exists() and mark.read_text(encoding="ascii") == fingerprint(lock)


def ensure_venv() -> None:
    """Create .venv, or say which Debian package is missing."""
    if PYTHON.exists():
        return
    print("==> creating .venv", flush=True)
    try:
        venv.create(HOME, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, OSError) as error:
        raise SystemExit(
            f"The environment could not be created ({error}).\nOn Debian, run: apt install python3-venv"
        ) from error


def install(lock: Path) -> None:
    """Install a list with uv where it can be had, else with pip."""
    if has_uv() and run_uv(lock):
        return
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-q", "--require-hashes", "-r", str(lock)], check=True)


def has_uv() -> bool:
    """Fetch uv itself, by its own hashes in the list; tell whether that worked."""
    if (HOME / "bin" / "uv").exists():
        return True
    block = re.search(
        r"^uv==.*?(?=^\S|\Z)",
        (ROOT / "requirements.lock").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    if block is None:
        return False
    wanted = HOME / "uv.lock"
    wanted.write_text(block[0], encoding="utf-8")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    done = subprocess.run(
        [*pip, "--require-hashes", "--only-binary=:all:", "-r", str(wanted)],
        check=False,
    )
    return done.returncode == 0


def run_uv(lock: Path) -> bool:
    """Install with uv from the index that pip is set to; tell whether it worked."""
    environment = dict(os.environ)
    if not environment.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL"}:
        index = pip_index()
        if index:
            environment["UV_DEFAULT_INDEX"] = index
    command = [str(HOME / "bin" / "uv"), "pip", "install", "-q", "--compile-bytecode"]
    done = subprocess.run(
        [*command, "--python", str(PYTHON), "--require-hashes", "-r", str(lock)],
        env=environment,
        check=False,
    )
    return done.returncode == 0


def pip_index() -> str:
    """Return the package index that pip is configured to use, or nothing."""
    if os.environ.get("PIP_INDEX_URL"):
        return os.environ["PIP_INDEX_URL"]
    answer = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
