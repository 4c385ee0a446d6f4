"""Read the packaged TOML data: the only input this package knows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

Table = dict[str, Any]


def tables(folder: str) -> Iterator[tuple[str, Table]]:
    """Yield name and content of each TOML file in a data folder, in name order."""
    root = resources.files("law").joinpath("data", *folder.split("/"))
    for entry in sorted(root.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            yield entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text("utf-8"))


def table(name: str) -> Table:
    """Give the content of one TOML file of the data folder."""
    path = resources.files("law").joinpath("data", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def rows(folder: str, key: str) -> Iterator[Table]:
    """Yield the rows of all files of a folder, each with its file's source and date."""
    for _, content in tables(folder):
        shared = {k: v for k, v in content.items() if not isinstance(v, list | dict)}
        for row in content.get(key, []):
            yield {**shared, **row}
