"""A county sets itself up in the browser: its names, bodies, teams, villages; each act told in the trail."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from audit.models import Event
from law.errors import RuleViolation
from tests.factories.townships import OfficerFactory
from townships.models import Body, BodyKind, County, Place, Team
from townships.roles import Role
from townships.selectors import remembered
from townships.services import founding

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
BUREAU = {
    "kind": "comprehensive_bureau",
    "name": "临山县综合行政执法局",
    "short_name": "综合执法局",
    "document_word": "临综执",
    "active_from": "2026-03-01",
    "document": "临编〔2026〕1号",
    "phone": "0578-5550000",
}


def sent(client, path, values):
    return client.post(f"/api/v1/{path}", values, content_type="application/json")


def verbs(chain):
    return list(Event.objects.filter(chain=chain).order_by("seq").values_list("verb", flat=True))


def test_the_legal_department_sets_a_county_up_over_rest(lawyer, sign_in):
    client = sign_in(lawyer)
    county = {"name": "临山县", "government_name": "临山县人民政府", "court_name": "临山县人民法院"}
    assert sent(client, "county/", county).status_code == 200
    assert County.objects.get().court_name == "临山县人民法院"
    key = sent(client, "bodies/found/", BUREAU).json()["id"]
    assert sent(client, f"bodies/{key}/teams/", {"name": "自然资源专业大队"}).status_code == 200
    body = Body.objects.get(pk=key)
    assert (body.seal_name, body.phone) == (body.name, "0578-5550000")
    assert sent(client, f"bodies/{key}/describe/", {"phone": "0578-5550001"}).status_code == 200
    assert verbs(f"body:{key}") == ["body_founded", "team_formed", "body_described"]
    row = next(row for row in client.get("/api/v1/bodies/").json() if row["id"] == key)
    assert row["teams"] == ["自然资源专业大队"]


def test_the_pages_do_the_same_and_show_it(township, lawyer, sign_in):
    client = sign_in(lawyer)
    assert client.post(reverse("body_new"), BUREAU).status_code == 302
    names = {"kind": "village", "names": "上坪村\n下坪村\n上坪村\n"}
    assert client.post(reverse("body_places", args=[township.pk]), names).status_code == 302
    assert sorted(Place.objects.values_list("name", flat=True)) == ["上坪村", "下坪村"]
    page = client.get(reverse("bodies")).content.decode()
    assert page.index(township.name) < page.index("临山县综合行政执法局")
    form = client.get(reverse("body_describe", args=[Body.objects.latest("pk").pk])).content.decode()
    assert "0578-5550000" in form


@pytest.mark.parametrize("field", ["name", "short_name", "document_word"])
def test_no_two_bodies_bear_one_name_or_one_word_for_documents(field, township, lawyer):
    terms = {**BUREAU, "kind": BodyKind.DEPARTMENT, "active_from": date(2026, 3, 1)}
    before = Body.objects.count()
    with pytest.raises(RuleViolation, check=lambda refusal: refusal.code == "name_taken"):
        founding.found_body(**{**terms, field: getattr(township, field)}, actor=lawyer, at=MORNING)
    assert Body.objects.count() == before


def test_a_team_is_formed_once_and_places_lie_in_townships_only(department, lawyer):
    founding.form_team(body=department, name="执法大队", actor=lawyer, at=MORNING)
    with pytest.raises(RuleViolation, check=lambda refusal: refusal.code == "name_taken"):
        founding.form_team(body=department, name="执法大队", actor=lawyer, at=MORNING)
    with pytest.raises(RuleViolation, check=lambda refusal: refusal.code == "places_of_a_township"):
        founding.enter_places(body=department, kind="village", names=["上坪村"], actor=lawyer, at=MORNING)
    assert (Team.objects.count(), Place.objects.count()) == (1, 0)
    founding.describe_body(body=department, actor=lawyer, at=MORNING, phone=department.phone)
    assert verbs(f"body:{department.pk}") == ["team_formed"]


def test_before_anything_is_registered_the_page_says_who_begins_and_with_what(sign_in):
    client = sign_in(OfficerFactory(body=None, roles=[Role.SYSTEM_ADMIN]))
    Body.objects.all().delete()
    page = client.get(reverse("bodies")).content.decode()
    assert "先由系统管理员开立" in page
    assert "先登记机关" in page


def test_what_is_printed_of_county_and_bodies_shows_at_once(
    department, lawyer, django_capture_on_commit_callbacks
):
    def shown():
        county, body = (memory.get([key])[key] for memory, key in remembered_rows)
        return county.court_name, body.phone

    county = founding.settle_county(name="临山县", court_name="甲法院", actor=lawyer, at=MORNING)
    remembered_rows = [(remembered.counties, county.pk), (remembered.bodies, department.pk)]
    remembered.forget()
    assert shown() == ("甲法院", department.phone)
    with django_capture_on_commit_callbacks(execute=True):
        founding.settle_county(court_name="乙法院", actor=lawyer, at=MORNING)
        founding.describe_body(body=department, actor=lawyer, at=MORNING, phone="0578-5550009")
    assert shown() == ("乙法院", "0578-5550009")
