"""Exports: every row of the filter, and no cell that a spreadsheet would run."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from desk import clock
from desk.exports import Column, export_response, plain
from desk.models import Notice
from desk.notices import notify
from tests.factories.townships import OfficerFactory

COLUMNS = [
    Column("标题", lambda row: row.title),
    Column("编号", lambda row: row.pk),
    Column("时间", lambda row: row.created_at),
]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_could_start_a_formula_is_defused(text):
    assert plain(text) == f"'{text}"


def test_characters_that_no_workbook_holds_are_left_out():
    assert plain("店外\x0b经营\x1f") == "店外经营"
    assert plain("\x0b=1+1") == "'=1+1"


def test_numbers_stay_numbers():
    assert plain(Decimal("-12.50")) == Decimal("-12.50")
    assert plain(-3) == -3
    assert plain(None) is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_row_is_exported_with_its_heads(kind):
    officer = OfficerFactory()
    for number in range(7):
        notify(recipients=[officer], kind="t", title=f"=危险{number}", key=str(number), at=clock.now())
    response = export_response(Notice.objects.order_by("id"), COLUMNS, kind=kind, name="notices")
    content = b"".join(response.streaming_content)
    if kind == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        table = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert table[0] == ["标题", "编号", "时间"]
    assert [row[0] for row in table[1:]] == [f"'=危险{number}" for number in range(7)]
