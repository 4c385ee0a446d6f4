"""A question of a list that is put into words once; to compose it costs more than its answer."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models.utils import create_namedtuple_class

from desk.keyset import Question

COUNTED = ("SELECT count(*) FROM (", ") capped")


class KeptQuestion(Question[Any]):
    """A question about named rows, kept as a statement; each time it is asked, the database answers."""

    @cached_property
    def _make(self) -> Callable[[Iterable[Any]], Any]:
        return create_namedtuple_class(*self._rows.query.values_select)._make

    @cached_property
    def _page_in_words(self) -> tuple[str, tuple[Any, ...]]:
        return self._walk().query.sql_with_params()

    @cached_property
    def _count_in_words(self) -> tuple[str, tuple[Any, ...]]:
        text, params = self._counting().query.sql_with_params()
        return text.join(COUNTED), params

    def rows(self) -> list[Any]:
        """Ask for the page."""
        return [self._make(row) for row in _answers(*self._page_in_words)]

    def count(self) -> int:
        """Ask for the count."""
        return int(_answers(*self._count_in_words)[0][0])


def _answers(text: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return list(cursor.fetchall())
