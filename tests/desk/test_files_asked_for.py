"""A file of a list is made only by an address that was understood: no file shows what it was narrowed by."""

import pytest
from django.urls import reverse

from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
LISTS = ("cases", "deadlines", "agreements", "officers", "items", "public_items")
REPORT = "/items/reports/counts/"


@pytest.fixture
def reader(login):
    return login(OfficerFactory(body=BodyFactory(), roles=list(Role)))


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
