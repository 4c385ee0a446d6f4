"""What an answer says, in whatever format, and which names an address reads of what it is asked."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pypdfium2
from django.http import HttpResponseBase, QueryDict

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is drawn by lot, or counts requests, and so differs from one answer to the next.
DRAWN = (
    rb'name="csrfmiddlewaretoken" value="\w+"',
    rb"[0-9A-F]{4}-[0-9A-F]{4}",
    rb'"?X-CSRFToken"?[^}]*}',
)


def said(answer: HttpResponseBase) -> str:
    """The words of an answer: of a page, data, a workbook or a PDF, and where it leads."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith(WORKBOOK):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            text = "".join(book.read(name).decode() for name in book.namelist() if "docProps" not in name)
    elif kind.startswith("application/pdf"):
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))
    else:
        for drawn in DRAWN:
            body = re.sub(drawn, b"", body)
        text = body.decode("utf-8", "replace")
    return f"{answer.status_code} {answer.headers.get('Location', '')} {text}"


@contextmanager
def names_read() -> Iterator[set[str]]:
    """Collect every name that is looked up in a query or in a form."""
    found: set[str] = set()

    def noting(method: str):
        plain = getattr(QueryDict, method)

        def noted(self, key, *rest):
            found.add(str(key))
            return plain(self, key, *rest)

        return mock.patch.object(QueryDict, method, noted)

    with noting("get"), noting("getlist"), noting("__getitem__"), noting("__contains__"):
        yield found
