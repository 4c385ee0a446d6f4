from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from papers import files, services
from papers.models import Paper, StoredFile
from tests.papers.samples import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(at) -> Paper:
    return services.freeze(
        template="service_receipt",
        content=SAMPLES["service_receipt"],
        number="青综执送〔2026〕3号",
        issuer="青岚县综合行政执法局",
        dated=date(2026, 4, 3),
        at=at,
    )


def test_a_frozen_paper_carries_its_number_issuer_and_date_in_its_content(paper):
    paper.refresh_from_db()
    assert paper.title == "送达回证"
    assert paper.content["number"] == paper.number == "青综执送〔2026〕3号"
    assert paper.content["issuer"] == paper.issuer_name
    assert paper.content["dated"] == "2026-04-03"
    assert len(paper.digest) == 64
    assert paper.pdf is None


def test_equal_content_has_an_equal_digest_and_any_change_another(paper, at):
    common = {"template": "service_receipt", "issuer": paper.issuer_name, "dated": paper.dated, "at": at}
    same = services.freeze(content=dict(reversed(paper.content.items())), number=paper.number, **common)
    other = services.freeze(content={**paper.content, "place": "别处"}, number=paper.number, **common)
    assert same.digest == paper.digest != other.digest


def test_an_unknown_kind_of_paper_is_not_frozen(at):
    with pytest.raises(KeyError):
        services.freeze(template="../base", content={}, at=at)
    assert not Paper.objects.exists()


def test_a_paper_is_printed_once_and_stays_byte_for_byte_the_same(paper):
    first = services.render(paper)
    again = services.render(Paper.objects.get(pk=paper.pk))
    assert first.pk == again.pk
    assert StoredFile.objects.count() == 1
    assert paper.page_count == 1
    assert files.open_checked(first).startswith(b"%PDF-")


def test_equal_papers_share_one_file(paper, at):
    twin = services.freeze(
        template="service_receipt", content=paper.content, issuer=paper.issuer_name, dated=paper.dated, at=at
    )
    assert services.render(paper).pk == services.render(twin).pk
    assert twin.page_count == paper.page_count


@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"digest": "0" * 64},
        {"number": "青综执送〔2026〕4号"},
        {"title": "别的"},
        {"dated": None},
        {"template": "cover"},
        {"issuer_name": "某局"},
    ],
)
def test_the_database_refuses_to_change_what_a_paper_says(paper, change):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**change)
    before = paper.content
    paper.refresh_from_db()
    assert paper.content == before


def test_the_database_refuses_to_print_a_paper_anew(paper, at):
    services.render(paper)
    other = files.keep(b"%PDF-1.7", content_type="application/pdf", name="a.pdf", at=at)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(pdf=other)
    kept = paper.pdf
    paper.refresh_from_db()
    assert paper.pdf == kept


def test_the_database_refuses_to_delete_a_paper(paper):
    with pytest.raises(ProgrammingError), transaction.atomic():
        paper.delete()
    assert Paper.objects.count() == 1
