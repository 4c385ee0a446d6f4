"""Whoever scans an officer's code learns whether the certificate holds today, and no more of the person."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from audit.selectors import trail_of
from law.errors import RuleViolation
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import BarReason, CertificateBar, CertificateCode
from townships.services.certificate_codes import make_code, revoke_code

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def card(lawyer):
    officer = OfficerFactory(
        name="孙持证",
        username="sun",
        phone="13800001111",
        body=BodyFactory(name="江口镇人民政府"),
        certified=True,
        certified__number="33110000001",
        certified__domains=["城市管理"],
        certified__valid_to=date(2026, 12, 31),
    )
    return officer.certificates.get()


@pytest.fixture
def code(card, lawyer):
    return make_code(certificate=card, actor=lawyer, at=AT)


def scanned(client, code, token=""):
    return client.get(reverse("public_certificate", args=[token or code.token]))


def test_a_scan_tells_name_number_body_domains_validity_and_today(client, freeze, card, code):
    """F160: a certificate that holds is shown to hold today."""
    freeze("2026-03-02")
    answer = scanned(client, code)
    html = answer.content.decode()
    assert answer.status_code == 200
    for text in ("孙持证", "33110000001", "江口镇人民政府", "城市管理", "2026-12-31", "今日可以凭此证执法"):
        assert text in html
    for text in ("13800001111", "sun", f"/officers/{card.officer_id}"):
        assert text not in html
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def spoil(card, how, lawyer):
    if how == "barred":
        CertificateBar.objects.create(
            certificate=card, reason=BarReason.SUSPENDED, valid_from=date(2026, 3, 1), valid_to=None
        )
    elif how == "left":
        card.officer.is_active = False
        card.officer.save(update_fields=["is_active"])
    elif how == "revoked":
        revoke_code(certificate=card, actor=lawyer, at=AT)


@pytest.mark.parametrize(
    ("how", "day", "words", "status"),
    [
        ("", "2027-01-01", "已过期", 200),
        ("", "2019-12-31", "未生效", 200),
        ("barred", "2026-03-02", "停用", 200),
        ("left", "2026-03-02", "已离岗", 200),
        ("revoked", "2026-03-02", "核验码已停用", 404),
    ],
)
def test_a_certificate_that_does_not_hold_says_so(
    client, freeze, card, code, lawyer, how, day, words, status
):
    """F160: one that has expired, was suspended or revoked is shown as such."""
    spoil(card, how, lawyer)
    freeze(day)
    for answer in (scanned(client, code), client.get(reverse("api-certificate-check", args=[code.token]))):
        assert answer.status_code == status
        assert words in answer.content.decode()
        assert "可以凭此证执法" not in answer.content.decode()
        assert ("孙持证" in answer.content.decode()) == (status == 200)


def test_a_code_nobody_made_says_that_it_proves_nothing(client, code):
    answer = scanned(client, code, token="0" * 43)
    assert answer.status_code == 404
    assert "不能证明持证人的身份" in answer.content.decode()


def test_a_new_code_ends_the_former_one_and_each_is_on_the_trail(client, card, code, lawyer):
    later = make_code(certificate=card, actor=lawyer, at=AT)
    assert len(later.token) == 43
    assert later.token != code.token
    assert "核验码已停用" in scanned(client, code).content.decode()
    verbs = [event.verb for event in trail_of(f"officer:{card.officer_id}")]
    assert verbs.count("certificate_code_made") == 2


def test_a_code_is_revoked_once(card, code, lawyer):
    revoke_code(certificate=card, actor=lawyer, at=AT)
    with pytest.raises(RuleViolation) as refused:
        revoke_code(certificate=card, actor=lawyer, at=AT)
    assert refused.value.code == "no_code_to_revoke"


def test_who_asks_too_often_is_told_to_wait(client, code, freeze):
    freeze("2026-03-02")
    answers = [scanned(client, code, token="0" * 43).status_code for _time in range(61)]
    assert answers[:60] == [404] * 60
    assert answers[60] == 429


def test_the_officers_page_shows_the_code_and_draws_it(sign_in, freeze, card, code, lawyer):
    freeze("2026-03-02")
    browser = sign_in(lawyer)
    address = reverse("certificate_code", args=[card.officer_id, card.pk])
    assert address in browser.get(reverse("officer", args=[card.officer_id])).content.decode()
    assert code.token in browser.get(address).content.decode()
    drawn = browser.get(reverse("certificate_code_picture", args=[card.officer_id, card.pk]))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content


def test_the_legal_department_makes_and_revokes_it_on_pages(sign_in, freeze, card, lawyer):
    freeze("2026-03-02")
    browser = sign_in(lawyer)
    assert browser.post(reverse("certificate_code_new", args=[card.pk])).status_code == 302
    assert CertificateCode.objects.filter(certificate=card, revoked_at=None).count() == 1
    assert browser.post(reverse("certificate_code_revoke", args=[card.pk])).status_code == 302
    assert not CertificateCode.objects.filter(certificate=card, revoked_at=None).exists()
