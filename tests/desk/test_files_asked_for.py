"""A file of a list is made only by an address that was understood: no file shows what it was narrowed by."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from cases.overview.forms import asked_by
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
LISTS = ("cases", "deadlines", "agreements", "officers", "items", "public_items")
REPORT = "/items/reports/counts/"


@pytest.fixture
def reader(login):
    return login(OfficerFactory(body=BodyFactory(), roles=list(Role)))


@pytest.mark.parametrize(
    "address", ["cases/?stage=nonsense&q=x", "cases/?year=2500", "officers/?role=x", "deadlines/?kinds=x"]
)
def test_a_page_says_of_what_it_could_not_read_that_it_does_not_narrow_the_list(reader, address):
    word = address.partition("?")[2].partition("=")[0]
    assert f"地址里的条件 {word} 看不懂" in reader.get(f"/{address}").content.decode()
    assert "看不懂" not in reader.get(f"/{address.partition('?')[0]}").content.decode()


def test_what_could_be_read_narrows_the_list_all_the_same():
    assert asked_by(QueryDict("stage=nonsense&due=today")).values["due"] == "today"


@pytest.mark.parametrize("name", LISTS)
def test_a_page_passes_over_a_word_it_does_not_know_and_a_file_does_not(reader, name):
    page = reader.get(reverse(name), {"from": "singlemessage"})
    assert page.status_code == 200
    assert "from=singlemessage&amp;export" not in page.content.decode()
    refused = reader.get(reverse(name), {"from": "singlemessage", "export": "csv"})
    assert refused.status_code == 409
    assert "from" in refused.content.decode()
    assert reader.get(reverse(name), {"export": "csv"}).status_code == 200


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("cases", "stage", "nonsense"),
        ("deadlines", "level", "nonsense"),
        ("agreements", "on", "2026-02-30"),
        ("officers", "role", "nonsense"),
        ("items", "on", "2026-02-30"),
        ("items", "kind", "nonsense"),
        ("public_items", "basis", "nonsense"),
    ],
)
def test_a_value_that_cannot_be_read_makes_no_file_of_everything(reader, name, word, value):
    refused = reader.get(reverse(name), {word: value, "export": "csv"})
    assert refused.status_code == 409
    assert word in refused.content.decode()


def test_a_report_makes_no_workbook_by_a_word_it_does_not_ask(reader):
    assert reader.get(REPORT, {"nobody_reads_this": "1"}).status_code == 200
    assert reader.get(REPORT, {"nobody_reads_this": "1", "export": "xlsx"}).status_code == 409
    assert reader.get(REPORT, {"export": "xlsx"}).status_code == 200
