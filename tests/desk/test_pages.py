"""Pages of the desk: text size, language, saved filters, feedback, error pages, parts."""

import json

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from desk import errors
from desk.language import LanguageMiddleware
from desk.models import Feedback, SavedView
from desk.wording import cited
from law import gates
from law.errors import RuleViolation
from tests.factories.townships import OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = OfficerFactory()
    client.force_login(person)
    return person


def test_larger_text_is_kept_in_a_cookie_and_shows_on_the_page(client, officer):
    answer = client.post(reverse("desk:text_size"), {"large": "1", "next": reverse("desk:notices")})
    assert answer.url == reverse("desk:notices")
    assert 'class="large"' in client.get(reverse("desk:notices")).content.decode()


def test_the_way_back_never_leads_to_another_site(client, officer):
    answer = client.post(reverse("desk:text_size"), {"large": "1", "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_a_page_holds_no_inline_script_style_or_handler(client, officer):
    page = client.get(reverse("desk:notices")).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert all("src=" in tag for tag in page.split("<script")[1:])


def test_feedback_is_kept_with_page_request_and_sender(client, officer):
    client.post(
        reverse("desk:feedback"), {"text": "按钮点不动", "page": "/cases/7/", "request_id": "7F3A-91C2"}
    )
    kept = Feedback.objects.get()
    assert (kept.officer, kept.page, kept.request_id, kept.text) == (
        officer,
        "/cases/7/",
        "7F3A-91C2",
        "按钮点不动",
    )


def test_empty_feedback_is_answered_with_the_reason_and_kept_nowhere(client, officer):
    page = client.post(reverse("desk:feedback"), {"text": "", "page": "/cases/7/"})
    assert 'href="#id_text"' in page.content.decode()
    assert 'aria-describedby="id_text_error id_text_hint"' in page.content.decode()
    assert not Feedback.objects.exists()


def test_a_filter_is_saved_under_a_name_replaced_and_forgotten_by_its_owner_only(client, officer):
    save = reverse("desk:save_view")
    for query in ("stage=lead", "stage=filed"):
        client.post(save, {"list_key": "cases", "name": "新线索", "query": query})
    view = SavedView.objects.get()
    assert view.query == "stage=filed"
    other = Client()
    other.force_login(OfficerFactory())
    other.post(save, {"forget": view.pk})
    assert SavedView.objects.exists()
    client.post(save, {"forget": view.pk})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("values", [{"forget": "x"}, {"list_key": "cases", "name": ""}, {"name": "a\x00b"}])
def test_a_filter_that_cannot_be_saved_is_told_and_breaks_nothing(client, officer, values):
    assert client.post(reverse("desk:save_view"), values).status_code == 302
    assert not SavedView.objects.exists()


def test_an_unknown_page_is_answered_in_chinese_with_its_request_id(client, officer):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert answer["X-Request-Id"] in answer.content.decode()
    assert "没有这一页" in answer.content.decode()


def test_a_refusal_page_names_the_article_and_the_ways_forward(officer):
    request = RequestFactory().get("/cases/7/")
    request.user = officer
    request.session = {}
    violation = RuleViolation(
        "x", "不能扣押", article="《行政强制法》第十七条", unblock="请县局派员", link="/ask/"
    )
    page = errors.refusal(request, violation, status=403)
    text = page.content.decode()
    assert page.status_code == 403
    assert all(
        words in text for words in ("不能扣押", "《行政强制法》第十七条", "请县局派员", 'href="/ask/"')
    )


def test_a_refusal_cites_its_article_in_the_readers_language():
    refusal = gates.violation("defence_window_elapsed")
    with override("en"):
        assert cited(refusal) == gates.gate("defence_window_elapsed").article_en
    assert cited(refusal) == refusal.article
    with override("en"):
        named = RuleViolation("x", "不能", article="《行政强制法》第十七条")
        assert cited(named) == "Administrative Compulsion Law, art. 17"
        assert cited(RuleViolation("x", "不能", article="青禾县规定第三条")) == "青禾县规定第三条"


def test_too_much_data_gets_its_own_page_with_the_limit_of_the_setting(settings):
    settings.UPLOAD_LIMIT_BYTES = 7 * 1024 * 1024
    page = errors.bad_request(RequestFactory().post("/"), RequestDataTooBig())
    assert page.status_code == 413
    assert "7 MB" in page.content.decode()
    crowded = errors.bad_request(RequestFactory().post("/"), TooManyFieldsSent())
    assert crowded.status_code == 413
    assert "一次提交的栏目太多" in crowded.content.decode()
    assert "MB" not in crowded.content.decode()


def test_our_own_failure_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.server_error(RequestFactory().get("/")).status_code == 500


def test_a_program_is_answered_as_data_where_no_view_of_the_interface_could(client):
    asked = RequestFactory().get("/api/v1/x/")
    with override("zh-hans"):
        answers = [
            errors.bad_request(asked),
            errors.bad_request(asked, RequestDataTooBig()),
            errors.server_error(asked),
            client.get("/api/v1/nowhere/"),
        ]
    assert [answer.status_code for answer in answers] == [400, 413, 500, 404]
    for answer in answers:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert {"status", "code", "detail", "request_id"} <= set(json.loads(answer.content))


def test_a_stale_token_is_answered_with_a_way_to_send_again(officer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    page = strict.post(reverse("desk:feedback"), {"text": "x"})
    assert page.status_code == 403
    assert f'href="{reverse("desk:feedback")}"' in page.content.decode()


def test_the_sheet_of_parts_is_for_staff(client, officer):
    assert client.get(reverse("desk:components")).status_code == 403
    officer.is_staff = True
    officer.save()
    assert client.get(reverse("desk:components")).status_code == 200
    assert client.post(reverse("desk:components"), {}).status_code == 200


def test_a_page_is_chinese_until_the_person_switches_and_a_program_gets_what_it_accepts():
    seen = []
    answer = LanguageMiddleware(lambda request: HttpResponse(seen.append(request.LANGUAGE_CODE) or b""))
    asked = ("/", "/", "/", "/api/v1/cases/", "/api/v1/cases/")
    plain, switched, odd, program, chosen = (
        RequestFactory().get(path, headers={"Accept-Language": "en"}) for path in asked
    )
    switched.COOKIES["django_language"] = "en"
    odd.COOKIES["django_language"] = "xx"
    chosen.COOKIES["django_language"] = "zh-hans"
    for request in (plain, switched, odd, program, chosen):
        answer(request)
    assert seen == ["zh-hans", "en", "zh-hans", "en", "zh-hans"]
