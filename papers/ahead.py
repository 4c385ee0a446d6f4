"""Lay papers out beside other work, so that whoever prints them later waits for little."""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from papers import rendering
from papers.models import Paper
from papers.rendering import Rendered


class Ahead:
    """One thread that lays out papers in the order it is told of them; it never asks the database."""

    def __init__(self) -> None:
        self._begun: dict[str, Future[Rendered]] = {}
        self._told: set[int] = set()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End; what nobody waits for any more is not laid out."""
        self._thread.shutdown(cancel_futures=True)

    def begin(self, paper: Paper) -> None:
        """Have a paper laid out in its turn, once."""
        if paper.pk not in self._told:
            self._told.add(paper.pk)
            html = rendering.render_html(paper.template, paper.content)
            if html not in self._begun:
                self._begun[html] = self._thread.submit(rendering.lay_out, html)

    def lay_out(self, html: str) -> Rendered:
        """Return a paper laid out, waiting for its turn; one that was never begun is laid out now."""
        begun = self._begun.get(html)
        return begun.result() if begun else rendering.lay_out(html)
