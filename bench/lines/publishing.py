"""A staged list put in force, beside one COPY of the very same rows into the very same tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction
from psycopg import sql

from audit.services import Actor
from bench.bench import Bench
from bench.line import Line
from bench.meter import Task
from bench.synthetic import Row, as_workbook
from catalog import services, staging
from catalog.models import (
    DataOrigin,
    Item,
    ItemCode,
    ItemProvision,
    ItemVersion,
    ItemViolation,
    ListKind,
    ListMembership,
    PowerList,
)

CODE, FILE = "PUB", "published.xlsx"
# What a list without benchmarks writes, in the order in which its publication does.
WRITTEN: tuple[type[models.Model], ...] = (
    PowerList,
    Item,
    ItemCode,
    ItemViolation,
    ItemProvision,
    ItemVersion,
    ListMembership,
)
# Keys are checked at the commit; a measured transaction is rolled back, so it asks for the check.
CHECK = "SET CONSTRAINTS ALL IMMEDIATE"


def line(bench: Bench, rows: list[Row], *, clerk: Actor, chief: Actor) -> Line:
    """Return the line about publishing; the floor keeps every constraint and index, and asks nothing."""
    others = [{**row, "syn_code": row["syn_code"].replace("SYN", CODE)} for row in rows]
    about = {"name": "合成目录", "kind": ListKind.TOTAL, "data_origin": DataOrigin.SYNTHETIC}
    made, _new = PowerList.objects.get_or_create(code=CODE, defaults=about)
    result = staging.read_for(made, data=as_workbook(others), file_name=FILE)
    batch, _fresh = staging.stage(
        power_list=made, result=result, actor=clerk, at=bench.at, effective_on=bench.today
    )

    def publish() -> None:
        with rolled_back():
            services.publish(batch=batch, actor=chief, at=bench.at)

    with rolled_back():
        last = {model: _last(model) for model in WRITTEN}
        services.publish(batch=batch, actor=chief, at=bench.at)
        written = {model._meta.db_table: b"".join(_since(model, pk)) for model, pk in last.items()}

    def copy() -> None:
        with bench.floor.transaction(force_rollback=True), bench.floor.cursor() as cursor:
            for table, data in written.items():
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as into:
                    into.write(data)
            cursor.execute(CHECK)

    return Line(
        "catalog_publish",
        f"publish {len(rows)} staged items",
        ours=Task(publish, before=_vacuum),
        floor=Task(copy, before=_vacuum),
        goal=2.0,
        rounds=3,
        warm_ups=1,
        counted=False,
    )


@contextmanager
def rolled_back() -> Iterator[None]:
    """Do as a commit does, but for keeping it."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield
        cursor.execute(CHECK)
        transaction.set_rollback(True)


def _last(model: type[models.Model]) -> int:
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _since(model: type[models.Model], last: int) -> Iterator[bytes]:
    """Give the rows written after a key, as COPY takes them."""
    statement = sql.SQL("COPY (SELECT * FROM {} WHERE id > {} ORDER BY id) TO STDOUT")
    table = sql.Identifier(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(statement.format(table, sql.Literal(last))) as rows:
        yield from map(bytes, rows)


def _vacuum() -> None:
    """Take away what the last call rolled back, also out of what the index of the search has waiting."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {', '.join(model._meta.db_table for model in WRITTEN)}")
