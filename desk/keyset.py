"""Keyset pages: found by the values of their edge rows, with counts that stop at a thousand."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Field, Model, Q, QuerySet
from django.db.models.expressions import F, OrderBy
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

M = TypeVar("M", bound=Model)
# What a set yields: objects, or rows that name the columns of the order.
R = TypeVar("R")
COUNT_CAP = 1001
SALT = "desk.keyset.cursor"
Scalar = str | int | bool | None


class Key:
    """One column of an order: path, direction, field, and whether it may be empty (empty ones come last)."""

    def __init__(self, model: type[Model], name: str) -> None:
        self.path = name.removeprefix("-")
        self.descending = name.startswith("-")
        self.field, self.nullable = _field_at(model, self.path)

    def order(self, *, backwards: bool) -> OrderBy:
        """Return the ORDER BY term; plain where nothing can be empty, so that a plain index serves it."""
        descending = self.descending != backwards
        term = F(self.path)
        if not self.nullable:
            return term.desc() if descending else term.asc()
        places = {"nulls_first": True} if backwards else {"nulls_last": True}
        return term.desc(**places) if descending else term.asc(**places)

    def same(self, value: Any) -> Q:
        """Match rows equal to the cursor in this column."""
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any, *, backwards: bool) -> Q | None:
        """Match rows past the cursor in this column; None when there can be none."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backwards else None
        lookup = "lt" if self.descending != backwards else "gt"
        past = Q(**{f"{self.path}__{lookup}": value})
        return past | Q(**{f"{self.path}__isnull": True}) if self.nullable and not backwards else past

    def bound(self, value: Any, *, backwards: bool) -> Q:
        """Match what lies at or past the cursor: a range the index can start from."""
        if value is None or (self.nullable and not backwards):
            past = self.beyond(value, backwards=backwards)
            return self.same(value) if past is None else self.same(value) | past
        lookup = "lte" if self.descending != backwards else "gte"
        return Q(**{f"{self.path}__{lookup}": value})

    def value_of(self, row: object) -> Any:
        """Read the column from a row."""
        value: Any = row
        for part in self.path.split("__"):
            value = getattr(value, part, None)
        return value

    def parse(self, value: Scalar) -> Any:
        """Turn a cursor's text back into a value."""
        return None if value is None else self.field.to_python(value)


def _field_at(model: type[Model], path: str) -> tuple["Field[Any, Any]", bool]:
    nullable = False
    field: Any = None
    owner: Any = model
    for part in path.split("__"):
        field = owner._meta.pk if part == "pk" else owner._meta.get_field(part)
        nullable = nullable or field.null
        owner = field.related_model
    return field, nullable


def _scalar(value: Any) -> Scalar:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if value is None or isinstance(value, (str, int, bool)):
        return value
    return str(value)


def capped(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Keep at most COUNT_CAP rows, in no order and by their keys alone."""
    return rows.order_by().values("pk")[:COUNT_CAP]


def capped_count(rows: QuerySet[Any]) -> int:
    """Count at most COUNT_CAP rows, so that a count costs the same on a million."""
    return capped(rows).count()


def any_of(rows: QuerySet[M], ways: Sequence[Q]) -> QuerySet[M]:
    """Keep the rows that meet one of the conditions; all where there is none."""
    return rows.filter(reduce(or_, ways)) if ways else rows


def with_last_word(ordering: Sequence[str]) -> list[str]:
    """Add the id to an order that does not name it, so that no two rows tie."""
    names = list(ordering)
    if not any(name.removeprefix("-") in {"id", "pk"} for name in names):
        names.append("-id" if names and names[-1].startswith("-") else "id")
    return names


class Question(Generic[R]):
    """One page of an ordered set as it is asked for; it holds no row, so it may be kept and asked again.

    `ordering` names model fields (also across relations); the id is added as the last word. A cursor that is
    broken, or made for another order, asks for the first page. `ways` are conditions of which a row must meet
    one, if there are any; each is walked by itself, by the index made for it.
    """

    def __init__(
        self,
        rows: QuerySet[Any, R],
        *,
        ordering: Sequence[str],
        cursor: str | None = None,
        size: int = 50,
        ways: Sequence[Q] = (),
    ) -> None:
        self.size = size
        self.ordering = with_last_word(ordering)
        self._rows, self._ways = rows, ways
        self._keys = [Key(rows.model, name) for name in self.ordering]
        self.backwards, self._edge = self._read(cursor)

    @property
    def came_from(self) -> bool:
        """Tell whether a page lies on the other side of the cursor."""
        return self._edge is not None

    def rows(self) -> list[R]:
        """Return the rows as they are walked: one more than a page holds, where there are more."""
        return list(self._walk())

    def count(self) -> int:
        """Count all rows of the set, at most COUNT_CAP."""
        return self._counting().count()

    def cursor(self, row: R, side: str) -> str:
        """Return what asks for the page beyond a row; side is n for next or p for previous."""
        values = [_scalar(key.value_of(row)) for key in self._keys]
        return signing.dumps([side, self.ordering, values], salt=SALT)

    def _counting(self) -> QuerySet[Any, Any]:
        if len(self._ways) < 2:
            return capped(self._rows.filter(*self._ways))
        # Joined by OR, the database would collect all rows of all ways before it stops at the cap.
        first, *others = (capped(self._rows.filter(way)) for way in self._ways)
        return first.union(*others)[:COUNT_CAP]

    def _read(self, cursor: str | None) -> tuple[bool, list[Any] | None]:
        if not cursor:
            return False, None
        try:
            side, names, values = signing.loads(cursor, salt=SALT)
            if names != self.ordering:
                return False, None
            return side == "p", [key.parse(value) for key, value in zip(self._keys, values, strict=True)]
        except (signing.BadSignature, ValueError, TypeError):
            return False, None

    def _past_edge(self, edge: list[Any]) -> Any:
        """Compare whole rows where one comparison does it, else column by column."""
        directions = {key.descending for key in self._keys}
        if len(directions) == 1 and not any(key.nullable for key in self._keys):
            compare = TupleLessThan if directions == {not self.backwards} else TupleGreaterThan
            return compare(Tuple(*(F(key.path) for key in self._keys)), tuple(edge))
        return self._past_edge_by_column(edge)

    def _past_edge_by_column(self, edge: list[Any]) -> Q:
        reached: Q | None = None
        equal = Q()
        for key, value in zip(self._keys, edge, strict=True):
            past = key.beyond(value, backwards=self.backwards)
            if past is not None:
                step = equal & past
                reached = step if reached is None else reached | step
            equal &= key.same(value)
        found = reached if reached is not None else Q(pk__in=[])
        return self._keys[0].bound(edge[0], backwards=self.backwards) & found

    def _walk(self) -> QuerySet[Any, R]:
        rows = self._rows.order_by(*(key.order(backwards=self.backwards) for key in self._keys))
        if self._edge is not None:
            rows = rows.filter(self._past_edge(self._edge))
        return self._walked(rows)[: self.size + 1]

    def _walked(self, rows: QuerySet[Any, R]) -> QuerySet[Any, R]:
        if len(self._ways) < 2:
            return rows.filter(*self._ways)
        # Joined by OR, the database would collect all rows of all ways and sort them.
        first, *others = (rows.filter(way).values("pk")[: self.size + 1] for way in self._ways)
        return rows.filter(pk__in=first.union(*others, all=True))


class KeysetPage(Generic[R]):
    """One page of an ordered set, found by the values of its edge rows and never by rows to skip."""

    def __init__(
        self,
        rows: QuerySet[Any, R],
        *,
        ordering: Sequence[str],
        cursor: str | None = None,
        size: int = 50,
        ways: Sequence[Q] = (),
    ) -> None:
        self._answer(Question(rows, ordering=ordering, cursor=cursor, size=size, ways=ways))

    @classmethod
    def of(cls, question: Question[R]) -> "KeysetPage[R]":
        """Ask a question that stands already."""
        page = cls.__new__(cls)
        page._answer(question)
        return page

    def _answer(self, question: Question[R]) -> None:
        self._question = question
        self.object_list: list[R] = self._fetch()

    def __iter__(self) -> Any:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def next_cursor(self) -> str | None:
        """The cursor of the following page, or None."""
        return self._question.cursor(self.object_list[-1], "n") if self.has_next else None

    @property
    def previous_cursor(self) -> str | None:
        """The cursor of the page before, or None."""
        return self._question.cursor(self.object_list[0], "p") if self.has_previous else None

    @cached_property
    def count(self) -> int:
        """The number of rows, at most COUNT_CAP."""
        whole = not (self.has_next or self.has_previous)
        return len(self.object_list) if whole else self._question.count()

    @property
    def count_text(self) -> str:
        """The count as shown: 1000+ when there are more."""
        return f"{COUNT_CAP - 1}+" if self.count >= COUNT_CAP else str(self.count)

    def _fetch(self) -> list[R]:
        question = self._question
        found = question.rows()
        more = len(found) > question.size
        found = found[: question.size]
        if question.backwards:
            found.reverse()
        self.has_next = bool(found) and (question.came_from if question.backwards else more)
        self.has_previous = bool(found) and (more if question.backwards else question.came_from)
        return found
