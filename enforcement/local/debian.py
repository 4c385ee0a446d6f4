"""Debian packages that no wheel can bring: Pango for printing, and a browser for the tests."""

import os
import shutil
import subprocess
from collections.abc import Sequence

PRINTING = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0", "libfontconfig1")
# The browser, and what the driver of the browser tests is linked to.
TESTING = ("chromium", "libatomic1")


def missing(packages: Sequence[str]) -> list[str]:
    """Return those packages that are not installed; none where dpkg is not the package manager."""
    if shutil.which("dpkg-query") is None:
        return []
    done = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *packages],
        capture_output=True,
        text=True,
        check=False,
    )
    installed = {line.split()[0] for line in done.stdout.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def privilege() -> list[str] | None:
    """Return the prefix that runs a command as root, or nothing where that needs a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    done = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if done.returncode == 0 else None


def install(packages: Sequence[str]) -> bool:
    """Install what is missing, or print the one line that does; tell whether all is there."""
    wanted = missing(packages)
    if not wanted:
        return True
    prefix = privilege()
    if prefix is None:
        print(f"!!! Missing Debian packages; run:  sudo apt install {' '.join(wanted)}", flush=True)
        return False
    print(f"==> installing Debian packages: {' '.join(wanted)}", flush=True)
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    order = [*command, "install", "-y", "--no-install-recommends", *wanted]
    if _runs(order) or (_runs([*command, "update"]) and _runs(order)):
        return True
    print(f"!!! That did not work; run:  apt update && apt install {' '.join(wanted)}", flush=True)
    return False


def _runs(command: list[str]) -> bool:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.returncode == 0
