"""Read the tables of the demo: one TOML file each."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """Return one table of the demo by its name."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
