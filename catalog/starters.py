"""The lists that come with the product, and how any list is defined before its first import."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from audit.services import Actor
from catalog.loaders.files import FileResult
from catalog.loaders.skipping import FOOTNOTE
from catalog.models import BatchState, ImportBatch, ListKind, PowerList
from catalog.services import publish
from catalog.staging import known_file, read_for, stage

DATA = Path(__file__).parent / "data"
ABOUT_FILE = {"file", "items", "benchmarks"}


@dataclass(frozen=True, slots=True)
class Starter:
    """A list that comes with the product."""

    code: str
    path: Path
    items: int
    about: dict[str, Any]
    benchmarks: Path | None = None


def starters() -> dict[str, Starter]:
    """Return the starter lists by code."""
    with (DATA / "lists.toml").open("rb") as file:
        table: list[dict[str, Any]] = tomllib.load(file)["list"]
    return {
        row["code"]: Starter(
            code=row["code"],
            path=DATA / row["file"],
            items=row["items"],
            benchmarks=DATA / row["benchmarks"] if "benchmarks" in row else None,
            about={name: value for name, value in row.items() if name not in ABOUT_FILE},
        )
        for row in table
    }


def list_for(code: str, *, title: str = "", kind: str = "") -> PowerList:
    """Return the list of a code; an unsaved one, from the starter table or its own title, when it is new."""
    known = PowerList.objects.filter(code=code).first()
    if known is not None:
        return known
    starter = starters().get(code)
    if starter is not None:
        return PowerList(**starter.about)
    return PowerList(code=code, name=title or code, kind=kind or kind_of(title), source=title or code)


def kind_of(title: str) -> ListKind:
    """Guess the kind of a list from its title."""
    if any(word in title for word in ("乡镇", "街道", "赋权")):
        return ListKind.TOWNSHIP
    if "专业" in title:
        return ListKind.PROFESSIONAL
    return ListKind.TOTAL if "总" in title else ListKind.COMPREHENSIVE


def title_in(result: FileResult) -> str:
    """Read the title of a list from the rows above its first header; who filled it in is no title."""
    for sheet in result.sheets:
        if sheet.header is not None:
            above = [row.text for row in sheet.rows if row.row <= sheet.header.row]
            above = [text for text in above if not FOOTNOTE.match(text)]
            return max(above, key=len, default="")
    return ""


@transaction.atomic
def load(
    *,
    power_list: PowerList,
    data: bytes,
    file_name: str,
    uploader: Actor | None,
    publisher: Actor | None,
    at: datetime,
    effective_on: date | None = None,
    expected_count: int | None = None,
    complete: bool = False,
) -> tuple[ImportBatch, bool]:
    """Stage a file as an edition of a list and, where a second person stands ready, publish it."""
    standing = known_file(power_list, data=data, complete=complete, expected_count=expected_count)
    if standing is not None:
        return standing, False
    if power_list._state.adding:
        power_list.save()
    result = read_for(power_list, data=data, file_name=file_name)
    batch, fresh = stage(
        power_list=power_list,
        result=result,
        actor=uploader,
        at=at,
        effective_on=effective_on,
        expected_count=expected_count,
        complete=complete,
    )
    if publisher is not None and batch.state == BatchState.STAGED:
        publish(batch=batch, actor=publisher, at=at, effective_on=effective_on)
        batch.refresh_from_db()
    return batch, fresh


def load_starter(
    code: str, *, uploader: Actor | None, publisher: Actor, at: datetime, effective_on: date | None = None
) -> ImportBatch:
    """Load a starter list, and the benchmarks that come with it, through the same door as any other list."""
    starter = starters()[code]
    bring = partial(load, uploader=uploader, publisher=publisher, at=at, effective_on=effective_on)
    path, tables = starter.path, starter.benchmarks
    batch, _fresh = bring(
        power_list=list_for(code),
        data=path.read_bytes(),
        file_name=path.name,
        expected_count=starter.items,
        complete=True,
    )
    if tables is not None:
        bring(power_list=batch.power_list, data=tables.read_bytes(), file_name=tables.name)
    return batch


def not_used(code: str) -> dict[str, str]:
    """Say why tables published for items of a starter list are not used, by the number of the item."""
    path = DATA / f"{starters()[code].path.stem}_not_used.csv" if code in starters() else None
    if path is None or not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["序号"]: row["原因"] for row in csv.DictReader(file)}
