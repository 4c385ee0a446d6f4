"""Every page of every job, in both languages, on a desk and on a phone with large text."""

from functools import partial

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Route, expect

from desk import clock, errors
from desk.feedback import send_feedback
from desk.notices import notify
from tests.browser.axe import problems
from tests.browser.conftest import WAYS
from tests.factories.townships import OfficerFactory
from townships.models import AuthorityGrant
from townships.roles import Role
from townships.services.certificate_codes import make_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGISTERS = (
    "forecast",
    "secondments",
    "staff_changes",
    "auxiliaries",
    "approval_posts",
    "training",
    "zones",
)


@pytest.fixture
def staffed(before):
    """The county with a case before filing, a report to answer, and everybody who has a page of their own."""
    door = before("approve-filing")
    county = door.county
    people = {name: getattr(county, name) for name in ("clerk", "leader", "first", "head", "reviewer")}
    people["supervisor"] = county.supervisor
    people["legal"] = OfficerFactory(body=None, roles=[Role.LEGAL_DEPARTMENT])
    people["catalogue"] = OfficerFactory(body=county.township, roles=[Role.CATALOG_ADMIN])
    people["admin"] = OfficerFactory(body=county.township, roles=[Role.SYSTEM_ADMIN])
    told = send_feedback(
        officer=county.first, text="看不懂", page="/cases/", request_id="7F3A", browser="", at=clock.now()
    )
    seen = {"kind": "t", "title": "立案", "body": "青禾", "link": "/cases/", "key": "t"}
    notify(recipients=[county.first], at=clock.now(), **seen)
    return county, people, door.case_id, told.pk


def pages_of(county, case_id: int, report_id: int) -> dict[str, list[str]]:
    """List the pages by whose work they are."""
    grant, item = AuthorityGrant.objects.first(), county.item.pk
    case = reverse("case", args=[case_id])
    return {
        "clerk": [reverse("home"), reverse("lead_new"), reverse("cases")],
        "leader": [reverse("home"), reverse("act-reassign", args=[case_id]), reverse("reported")],
        "first": [
            reverse("home"),
            reverse("on_spot_new"),
            reverse("cases") + "?open=on&q=广告",
            reverse("deadlines"),
            reverse("feed"),
            reverse("calculator") + "?clock=hearing_request_5wd&trigger=2026-02-12",
            reverse("desk:notices"),
            reverse("desk:jobs"),
            reverse("password_change"),
            reverse("desk:feedback"),
            f"{reverse('authority')}?item={item}&township={county.township.pk}&on={clock.today()}",
            *(f"{case}?tab={tab}" for tab in ("evidence", "documents", "clocks", "parties", "discretion")),
            *(f"{case}?tab={tab}" for tab in ("trail", "file")),
        ],
        "head": [reverse("home"), reverse("statistics"), reverse("staff_change_new")],
        "reviewer": [reverse("home"), reverse("reviews")],
        "supervisor": [reverse("home"), reverse("statistics"), reverse("case_file_preview", args=[case_id])],
        "legal": [
            reverse("home"),
            reverse("agreements"),
            reverse("grant", args=[grant.pk]),
            reverse("grant_new"),
            reverse("power_new"),
            reverse("township_powers", args=[county.township.pk]),
            reverse("bodies"),
            reverse("body_places", args=[county.township.pk]),
            reverse("certificate_new", args=[county.first.pk]),
            reverse("rosters"),
            reverse("absences"),
            reverse("absence_new", args=[county.first.pk]),
            reverse("capacity"),
            reverse("equipment_check", args=[county.township.pk]),
            reverse("evaluation"),
            reverse("evaluation_item", args=[grant.items.first().pk]),
            reverse("evaluation_decide", args=[grant.items.first().pk]),
            *(reverse(name) for name in REGISTERS),
            reverse("training_new"),
            reverse("law_settings"),
            reverse("awaiting"),
            reverse("calendars"),
        ],
        "catalogue": [
            reverse("home"),
            reverse("items"),
            reverse("item", args=[item]),
            reverse("item_calculator", args=[item]),
            reverse("guide_new", args=[item]),
            reverse("imports"),
            reverse("import_new"),
            reverse("adjustment_new"),
            reverse("provisions"),
            reverse("catalog_report", args=["difference"]),
        ],
        "admin": [
            reverse("home"),
            reverse("users"),
            reverse("user", args=[county.first.pk]),
            reverse("user_new"),
            reverse("user_role", args=[county.first.pk]),
            reverse("officers"),
            reverse("officer", args=[county.first.pk]),
            reverse("desk:feedback_list"),
            reverse("desk:feedback_answer", args=[report_id]),
        ],
    }


def test_every_page_is_accessible_fits_and_offers_feedback(visitor, staffed):
    """F232, F233: the rules of axe at level AA; nothing is asked of another site."""
    county, people, case_id, report_id = staffed
    found: list[object] = []
    for who, paths in pages_of(county, case_id, report_id).items():
        for way in WAYS:
            someone = visitor(people[who], **way)
            for path in paths:
                someone.open(path)
                found += [(who, path, way, problem) for problem in problems(someone.page)]
                if not someone.page.locator("[data-open=feedback]").count():
                    found.append((who, path, way, "no way to feedback"))
            found += [(who, way, error) for error in [*someone.errors, *someone.outside]]
    assert not found, "\n".join(map(repr, found))


def _show(route: Route, *, status: int, body: str) -> None:
    route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")


def test_every_refusal_is_accessible_and_tells_its_request(visitor, staffed):
    _county, people, _case_id, _report_id = staffed
    wanted = {"/broken/": 500, "/unreadable/": 400, "/expired/": 403, reverse("users"): 403, "/nowhere/": 404}
    found: list[object] = []
    for way in WAYS:
        someone = visitor(people["first"], **way)
        for path, answer in plain_answers(way["language"]).items():
            show = partial(_show, status=answer.status_code, body=answer.content.decode())
            someone.page.route(f"{someone.home}{path}", show)
        for path, status in wanted.items():
            answer = someone.page.goto(f"{someone.home}{path}")
            assert answer.status == status, path
            expect(someone.page.locator("main h1")).to_be_visible()
            found += [(path, way, problem) for problem in problems(someone.page)]
        assert someone.outside == []
    assert not found, "\n".join(map(repr, found))


def plain_answers(language: str) -> dict[str, HttpResponse]:
    """The pages of errors that no address of ours brings about."""
    request = RequestFactory().get("/")
    with translation.override(language):
        return {
            "/broken/": errors.server_error(request),
            "/unreadable/": errors.bad_request(request),
            "/expired/": errors.csrf_failure(request),
        }


def test_the_pages_before_signing_in_are_accessible(visitor, staffed):
    county, people, *_rest = staffed
    code = make_code(certificate=county.first.certificates.first(), actor=people["legal"], at=clock.now())
    open_to_all = (
        reverse("login"),
        reverse("login") + "?next=/cases/",
        reverse("calculator"),
        reverse("public_townships"),
        reverse("public_powers", args=[county.township.pk]),
        reverse("public_items"),
        reverse("public_item", args=[county.item.uid]),
        reverse("public_certificate", args=[code.token]),
    )
    found: list[object] = []
    for way in WAYS:
        someone = visitor(None, **way)
        for path in open_to_all:
            someone.open(path)
            expect(someone.page.locator("form.lang button")).to_be_visible()
            found += [(path, way, problem) for problem in problems(someone.page)]
        assert someone.outside == []
    assert not found, "\n".join(map(repr, found))
