"""A case of another township is not there: no list, search, export, card, file (addresses: tests/access)."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from cases.dossier.models import Case
from cases.investigation.models import Exhibit
from desk import drafts, notices
from desk.models import Draft, Notice
from tests.cases.standing import standing_at
from tests.doors.drivers import BACKEND, at, instant
from tests.doors.script import PARTY
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role

laid = standing_at("serve-decision")
NOW = "2026-03-26T11:00"
EVERY_ROLE_OF_A_TOWNSHIP = (Role.TOWNSHIP_OFFICER, Role.TEAM_LEADER, Role.HEAD, Role.LEGAL_REVIEWER)


def signed_in(officer) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


@pytest.fixture
def stranger(standing):
    """Somebody with every role a township has, in the next township."""
    return signed_in(OfficerFactory(body=BodyFactory(), roles=list(EVERY_ROLE_OF_A_TOWNSHIP), is_head=True))


def test_nothing_at_all_of_the_site_is_told_to_the_unsigned_over_rest():
    nobody = Client()
    checked = 0
    for name, pattern in api_addresses():
        try:
            address = reverse(name, kwargs=dict.fromkeys(pattern.pattern.converters, 1))
        except NoReverseMatch:
            address = reverse(name, kwargs=dict.fromkeys(pattern.pattern.converters, "a"))
        for method in (nobody.get, nobody.post, nobody.put, nobody.patch, nobody.delete):
            answer = method(address)
            assert answer.status_code in {401, 405}, (address, method.__name__, answer.status_code)
        checked += 1
    assert checked > 50


# The statutory calculator holds no data of anybody; a certificate is checked by its secret code.
PUBLIC = {"schema", "api-deadline-preview", "api_deadline_preview", "api-certificate-check"}


def api_addresses():
    for entry in get_resolver().url_patterns:
        route = str(entry.pattern)
        if not route.startswith("api/v1/"):
            continue
        for inner in entry.url_patterns if isinstance(entry, URLResolver) else [entry]:
            if inner.name and inner.name not in PUBLIC and "token" not in inner.name:
                yield inner.name, inner


def test_lists_search_export_queue_and_figures_hold_nothing_of_another_township(standing, stranger):
    with at(NOW):
        for address in (
            reverse("cases"),
            reverse("cases") + f"?q={PARTY}",
            reverse("cases") + "?export=csv",
            reverse("home"),
            reverse("reviews"),
            reverse("reviews") + "?done=1",
            reverse("api-cases"),
            reverse("api-cases") + f"?q={PARTY[:4]}",
            reverse("api-queue"),
            reverse("statistics"),
            reverse("api-statistics"),
        ):
            answer = stranger.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200, address
            assert PARTY not in body.decode().replace(f'value="{PARTY}"', ""), address
            assert standing.case().number not in body.decode(), address


def test_the_card_beside_a_lead_tells_nothing_of_another_townships_leads(standing, stranger):
    case = standing.case()
    Case.objects.filter(pk=case.pk).update(found_on="2026-03-26")
    asked = {"township": case.township_id, "item": case.item_id, "party_name": PARTY, "address": case.address}
    with at(NOW):
        told = stranger.get(reverse("routing_card"), asked)
        own = signed_in(standing.county.first).get(reverse("routing_card"), asked)
    assert case.lead_number in own.content.decode()
    assert case.lead_number not in told.content.decode()
    assert case.address not in told.content.decode()


def test_a_files_digest_opens_it_only_through_a_case_that_keeps_it(standing):
    digest = Exhibit.objects.get(case=standing.case_id).file.sha256
    own = signed_in(standing.county.first)
    with at(NOW):
        assert own.get(reverse("case_file", args=[standing.case_id, digest])).status_code == 200
        assert own.get(reverse("case_file", args=[standing.case_id, "0" * 64])).status_code == 404
        assert own.get(reverse("case_file", args=[standing.case_id, "..%2F..%2Fsecret"])).status_code == 404


def test_notices_and_drafts_belong_to_one_person(standing):
    mine, other = standing.county.first, standing.county.second
    notices.notify(recipients=[mine], kind="x", title="只给一人", link="/cases/1/", key="k", at=instant(NOW))
    drafts.save(officer=mine, form_key="case-1-decide", content={"reasons": "草稿"}, at=instant(NOW))
    notice = Notice.objects.get(recipient=mine, kind="x")
    with at(NOW):
        browser = signed_in(other)
        assert browser.get(reverse("desk:notice", args=[notice.pk])).status_code == 404
        assert "只给一人" not in browser.get(reverse("desk:notices")).content.decode()
        browser.post(reverse("desk:read_notices"), {"notice": notice.pk})
        browser.delete(reverse("desk:draft", args=["case-1-decide"]))
    notice.refresh_from_db()
    assert notice.read_at is None
    assert Draft.objects.filter(officer=mine, form_key="case-1-decide").exists()


def test_a_notice_never_leads_off_the_site(standing):
    mine = standing.county.first
    for number, link in enumerate(
        ("https://example.org/", "//example.org/", "javascript:alert(1)", r"/\example.org")
    ):
        notices.notify(recipients=[mine], kind="y", title="t", link=link, key=f"off{number}", at=instant(NOW))
    with at(NOW):
        browser = signed_in(mine)
        for notice in Notice.objects.filter(kind="y"):
            answer = browser.get(reverse("desk:notice", args=[notice.pk]))
            assert answer.status_code == 302
            assert answer["Location"] == reverse("desk:notices")
