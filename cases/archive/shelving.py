"""Under which number a body's archive keeps a case: the office's own, or the next by the county's pattern."""

from datetime import date

from cases.archive.models import Shelf
from cases.dossier.models import Case
from law.errors import RuleViolation
from papers import numbering
from townships.models import Body

SERIES = "归档"


def upcoming_number(case: Case, on: date) -> str:
    """Tell the number the case would be put away under, without taking it; none while no body has it."""
    if case.named is None:
        return ""
    return _written(case, on, numbering.upcoming(series=SERIES, body_id=_body(case).pk, year=on.year))


def shelve(case: Case, *, number: str, on: date) -> Shelf:
    """Keep the number the archive office gave, or take the next one (行政处罚法第四十七条)."""
    if number:
        _require_free(case, number)
    return Shelf.objects.create(
        case=case, body=_body(case), number=number or _next(case, on), by_hand=bool(number)
    )


def number_of(case: Case) -> str:
    """Return the number the case is put away under; none before."""
    if case.archived_on is None:
        return ""
    return Shelf.objects.filter(case=case).values_list("number", flat=True).first() or ""


def _next(case: Case, on: date) -> str:
    """Take the next number; one the archive office gave out by hand is passed over."""
    while True:
        taken = numbering.take(series=SERIES, body_id=_body(case).pk, year=on.year)
        number = _written(case, on, taken)
        if not _taken(case, number):
            return number


def _written(case: Case, on: date, number: int) -> str:
    word = _body(case).document_word
    return numbering.patterned(case.county.archive_pattern, word=word, year=on.year, number=number)


def _taken(case: Case, number: str) -> Shelf | None:
    same = Shelf.objects.filter(body=_body(case), number=number)
    return same.select_related("case").first()


def _body(case: Case) -> Body:
    """Return the body whose archive it is: the one in whose name the case was decided."""
    assert case.named is not None
    return case.named


def _require_free(case: Case, number: str) -> None:
    held = _taken(case, number)
    if held is not None:
        raise RuleViolation(
            "archive_number_taken",
            f"归档号{number}已用于{held.case}。",
            "行政处罚法第四十七条",
            "核对档案室给的号码；档案室没有另行编号的留空，自动取下一号。",
            message_en=f"The archive keeps {held.case} under {number}.",
            unblock_en="Check the number with the archive office; leave it empty to take the next one.",
            field="number",
        )
