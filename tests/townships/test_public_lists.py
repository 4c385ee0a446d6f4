"""The public list of a township is the effective list of the day, page and PDF alike; no login, no more."""

from datetime import date
from unittest import mock

import pypdfium2
import pytest
from django.core.cache import cache
from django.urls import reverse

from papers import rendering
from tests.factories.townships import AuthorityGrantFactory, CountyFactory
from townships.selectors import powers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def grants(township, new_item):
    """One item in force, one that begins in April."""
    CountyFactory()
    cache.clear()
    now, later = new_item("占用消防通道"), new_item("违规养犬")
    AuthorityGrantFactory(empowered=True, holder=township, items=[now])
    AuthorityGrantFactory(empowered=True, holder=township, items=[later], valid_from=date(2026, 4, 1))
    return township


def shown(client, township) -> str:
    return client.get(reverse("public_powers", args=[township.pk])).content.decode()


def printed(client, township) -> str:
    pdf = client.get(reverse("public_powers_pdf", args=[township.pk])).content
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize(
    ("day", "there", "absent"),
    [("2026-03-31", ["占用消防通道"], ["违规养犬"]), ("2026-04-01", ["占用消防通道", "违规养犬"], [])],
)
def test_f029_page_and_pdf_are_the_effective_list_of_the_day(client, freeze, grants, day, there, absent):
    freeze(day)
    held = [row.name for rows in powers_of(grants, date.fromisoformat(day)).values() for row in rows]
    assert sorted(held) == sorted(there)
    for told in (shown(client, grants), printed(client, grants)):
        assert all(name in told for name in there)
        assert not any(name in told for name in absent)


def test_the_pdf_is_laid_out_once_and_again_when_the_list_changes(client, freeze, grants, new_item):
    freeze("2026-03-02")
    with mock.patch.object(rendering, "render_pdf", wraps=rendering.render_pdf) as laid_out:
        printed(client, grants)
        printed(client, grants)
        assert laid_out.call_count == 1
        AuthorityGrantFactory(empowered=True, holder=grants, items=[new_item("毁坏绿化")])
        assert "毁坏绿化" in printed(client, grants)
        assert laid_out.call_count == 2


def test_the_townships_are_listed_and_each_opens_its_list(client, freeze, grants):
    freeze("2026-03-02")
    html = client.get(reverse("public_townships")).content.decode()
    assert reverse("public_powers", args=[grants.pk]) in html
    assert client.get(reverse("public_powers", args=[0])).status_code == 404


def test_nobody_takes_whole_lists_over_and_over(client, freeze, grants):
    freeze("2026-03-02")
    pdf, table = reverse("public_powers_pdf", args=[grants.pk]), f"{reverse('public_items')}?export=csv"
    assert [client.get(address).status_code for address in [pdf, table] * 5] == [200] * 10
    for address in (pdf, table):
        refused = client.get(address)
        assert refused.status_code == 429
        assert "一分钟后再试" in refused.content.decode()
    assert client.get(reverse("public_items")).status_code == 200
    assert client.get(table, REMOTE_ADDR="203.0.113.9").status_code == 200
