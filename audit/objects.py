"""Objects read by statements that are composed once a process and planned once a connection."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, LiteralString, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from psycopg import sql

from audit import statements

SELECT = sql.SQL("SELECT {columns} FROM {table} {alias} {joins} {rest}")
JOIN = sql.SQL("LEFT JOIN {table} {name} ON {target} = {column}")
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class _Part:
    """The columns of a row that make one object."""

    model: type[models.Model]
    names: list[str]
    first: int
    key: int
    converters: list[tuple[int, Callable[..., Any]]]

    def made(self, row: tuple[Any, ...]) -> Any:
        """Make the object; None where the join found none."""
        values = list(row[self.first : self.first + len(self.names)])
        if values[self.key] is None:
            return None
        for place, convert in self.converters:
            values[place] = convert(values[place], None, connection)
        return self.model.from_db(DEFAULT_DB_ALIAS, self.names, values)


class Objects(Generic[M]):
    """Rows of a model as its objects, with what some of its keys point to.

    For the hottest reads: the ORM composes each question anew, which costs several times its answer.
    """

    def __init__(
        self,
        model: type[M],
        alias: str,
        *,
        related: Sequence[str] = (),
        plain: Mapping[str, type[models.Model]] = MappingProxyType({}),
        further: Mapping[str, LiteralString] = MappingProxyType({}),
        rest: LiteralString,
    ) -> None:
        """Name the table, the keys that are followed, and the conditions that follow.

        plain: by name what the columns `<name>_id` point to that are no foreign keys.
        further: by the attribute they become what else is read with a row, as expressions.
        """
        self._model, self._alias, self._rest = model, alias, rest
        self._related, self._plain, self._further = related, plain, further

    def read(self, params: Sequence[Any]) -> list[M]:
        """Return the objects; the server binds the parameters, so the statement casts each to its type."""
        return [self._made(row) for row in statements.rows(self._statement, params)]

    def _made(self, row: tuple[Any, ...]) -> M:
        found, *others = (part.made(row) for part in self._parts)
        for name, other in zip(self._others, others, strict=True):
            setattr(found, name, other)
        for name, value in zip(self._further, row[len(row) - len(self._further) :], strict=True):
            setattr(found, name, value)
        made: M = found
        return made

    @cached_property
    def _others(self) -> dict[str, Any]:
        meta: Any = self._model._meta
        return {**{name: meta.get_field(name).related_model for name in self._related}, **self._plain}

    @cached_property
    def _tables(self) -> dict[str, Any]:
        return {self._alias: self._model, **self._others}

    @cached_property
    def _statement(self) -> str:
        columns = (
            sql.Identifier(alias, field.column)
            for alias, model in self._tables.items()
            for field in model._meta.local_concrete_fields
        )
        further = map(sql.SQL, self._further.values())
        return SELECT.format(
            columns=sql.SQL(", ").join((*columns, *further)),
            table=sql.Identifier(self._model._meta.db_table),
            alias=sql.Identifier(self._alias),
            joins=sql.SQL(" ").join(self._join(*other) for other in self._others.items()),
            rest=sql.SQL(self._rest),
        ).as_string()

    def _join(self, name: str, model: Any) -> sql.Composed:
        key: Any = self._model._meta.get_field(f"{name}_id")
        return JOIN.format(
            table=sql.Identifier(model._meta.db_table),
            name=sql.Identifier(name),
            target=sql.Identifier(name, model._meta.pk.column),
            column=sql.Identifier(self._alias, key.column),
        )

    @cached_property
    def _parts(self) -> list[_Part]:
        parts, first = [], 0
        for model in self._tables.values():
            fields = model._meta.local_concrete_fields
            converters = [
                (place, convert)
                for place, field in enumerate(fields)
                for convert in field.get_db_converters(connection)
            ]
            key = next(place for place, field in enumerate(fields) if field.primary_key)
            parts.append(_Part(model, [field.attname for field in fields], first, key, converters))
            first += len(fields)
        return parts
