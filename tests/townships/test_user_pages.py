"""System administration and the force, through the pages."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from tests.factories.townships import (
    BodyFactory,
    CertificateFactory,
    OfficerFactory,
    ReviewerPostFactory,
    TeamFactory,
)
from townships.models import Officer, ReviewerPost
from townships.roles import Role

pytestmark = pytest.mark.django_db

MANAGING = ["users", "user_new"]
MANAGING_ONE = [
    "user",
    "user_reset",
    "user_unlock",
    "user_deactivate",
    "user_reactivate",
    "user_move",
    "user_role",
]
EDITING_ONE = ["certificate_new", "reviewer_new"]


def test_only_system_administrators_reach_system_administration(administrator, sign_in):
    target = OfficerFactory()
    paths = [reverse(name) for name in MANAGING] + [reverse(name, args=[target.pk]) for name in MANAGING_ONE]
    allowed = sign_in(administrator)
    assert [allowed.get(path).status_code for path in paths] == [200] * len(paths)
    for role in set(Role) - {Role.SYSTEM_ADMIN}:
        client = sign_in(OfficerFactory(roles=[role]))
        assert [client.get(path).status_code for path in paths] == [403] * len(paths), role
        assert [client.post(path).status_code for path in paths[1:2] + paths[3:]] == [403] * 7, role


def test_only_the_legal_department_edits_certificates_and_rosters(lawyer, sign_in):
    target = OfficerFactory()
    paths = [reverse(name, args=[target.pk]) for name in EDITING_ONE]
    allowed = sign_in(lawyer)
    assert [allowed.get(path).status_code for path in paths] == [200, 200]
    client = sign_in(OfficerFactory(roles=[Role.HEAD]))
    assert [client.get(path).status_code for path in paths] == [403, 403]


def test_strangers_are_led_to_the_login(client, county_seat):
    for name in ("users", "officers", "agreements", "authority", "password_change", "grant_new"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("login"))


def test_a_person_without_any_role_sees_no_list(county_seat, sign_in):
    client = sign_in(OfficerFactory())
    assert client.get(reverse("officers")).status_code == 403
    assert client.get(reverse("agreements")).status_code == 403
    assert client.get(reverse("officer", args=[OfficerFactory().pk])).status_code == 404


def test_an_account_is_opened_and_its_password_shown_once(administrator, sign_in):
    body = BodyFactory()
    client = sign_in(administrator)
    values = {"username": "33-1024-0187", "name": "陈一", "body": body.pk, "phone": "0000-1234"}
    response = client.post(reverse("user_new"), values)
    officer = Officer.objects.get(username="33-1024-0187")
    password = response.context["password"]
    assert officer.check_password(password)
    assert officer.must_change_password
    assert password not in client.get(reverse("user", args=[officer.pk])).content.decode()
    assert Event.objects.get(chain=f"officer:{officer.pk}").actor_id == administrator.pk


def test_a_reset_password_is_shown_once_and_leads_back_to_the_account(administrator, sign_in):
    officer = OfficerFactory(roles=[Role.HEAD])
    response = sign_in(administrator).post(reverse("user_reset", args=[officer.pk]))
    officer.refresh_from_db()
    assert officer.check_password(response.context["password"])
    page = response.content.decode()
    assert "记下了，返回账号" in page
    assert "任命角色" not in page


def test_a_taken_account_name_is_refused_with_everything_typed_still_there(administrator, sign_in):
    OfficerFactory(username="taken")
    response = sign_in(administrator).post(reverse("user_new"), {"username": "taken", "name": "陈二"})
    assert response.status_code == 409
    assert "该账号已被使用" in response.content.decode()
    assert response.context["form"]["name"].value() == "陈二"
    assert not Officer.objects.filter(name="陈二").exists()


def test_a_taken_staff_number_is_refused_at_its_field(administrator, sign_in):
    OfficerFactory(staff_number="0187")
    values = {"username": "x2", "name": "陈四", "staff_number": "0187"}
    response = sign_in(administrator).post(reverse("user_new"), values)
    assert response.status_code == 409
    assert response.context["refusal"].field == "staff_number"
    assert not Officer.objects.filter(username="x2").exists()


def test_a_team_of_another_body_is_refused(administrator, sign_in):
    values = {"username": "x1", "name": "陈三", "body": BodyFactory().pk, "team": TeamFactory().pk}
    response = sign_in(administrator).post(reverse("user_new"), values)
    assert response.status_code == 409
    assert not Officer.objects.filter(username="x1").exists()


def test_a_role_is_given_ended_and_seen_on_the_page(administrator, sign_in):
    officer, client = OfficerFactory(), sign_in(administrator)
    client.post(reverse("user_role", args=[officer.pk]), {"role": "team_leader", "valid_from": "2026-01-01"})
    held = officer.role_grants.get()
    page = client.get(reverse("user", args=[officer.pk])).content.decode()
    assert "办案机构负责人" in page
    response = client.post(reverse("user_role_end", args=[officer.pk, held.pk]), {"last_day": "2099-01-01"})
    assert response.status_code == 302
    assert officer.role_grants.get().valid_to == date(2099, 1, 1)


def test_no_role_is_given_that_nobody_chose(administrator, sign_in):
    officer, client = OfficerFactory(), sign_in(administrator)
    path = reverse("user_role", args=[officer.pk])
    assert '<option value="" selected>请选择</option>' in client.get(path).content.decode()
    assert client.post(path, {"role": "", "valid_from": "2026-01-01"}).status_code == 422
    assert not officer.role_grants.exists()


def test_administrators_do_not_change_their_own_roles(administrator, sign_in):
    response = sign_in(administrator).post(
        reverse("user_role", args=[administrator.pk]), {"role": "head", "valid_from": "2026-01-01"}
    )
    assert response.status_code == 409
    assert administrator.role_grants.count() == 1


def test_an_account_is_closed_and_opened_again(administrator, sign_in):
    officer, client = OfficerFactory(), sign_in(administrator)
    client.post(reverse("user_deactivate", args=[officer.pk]))
    assert not Officer.objects.get(pk=officer.pk).is_active
    client.post(reverse("user_reactivate", args=[officer.pk]))
    assert Officer.objects.get(pk=officer.pk).is_active
    assert client.post(reverse("user_deactivate", args=[administrator.pk])).status_code == 409
    assert Officer.objects.get(pk=administrator.pk).is_active


def test_an_officer_is_moved_to_another_body(administrator, sign_in):
    officer, target = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]), BodyFactory()
    sign_in(administrator).post(reverse("user_move", args=[officer.pk]), {"body": target.pk})
    moved = Officer.objects.get(pk=officer.pk)
    assert moved.body == target
    assert moved.scope(date(2026, 3, 2), "case.view").body_ids == {target.pk}


def test_the_lists_filter_by_body_role_name_and_certificate(administrator, sign_in):
    body = BodyFactory()
    wanted = OfficerFactory(body=body, name="李农执", roles=[Role.TEAM_LEADER])
    CertificateFactory(officer=wanted, number="33119999")
    OfficerFactory(body=body, roles=[Role.TOWNSHIP_OFFICER])
    client = sign_in(administrator)
    for query in ("q=李农", "q=33119999", f"body={body.pk}&role=team_leader", f"q={wanted.username}"):
        for name in ("users", "officers"):
            assert client.get(f"{reverse(name)}?{query}").context["page"].object_list == [wanted], query


def test_the_list_of_people_costs_the_same_for_many(administrator, sign_in, django_assert_max_num_queries):
    for _number in range(12):
        OfficerFactory(certified=True, roles=[Role.TOWNSHIP_OFFICER])
    client = sign_in(administrator)
    with django_assert_max_num_queries(17):
        client.get(reverse("officers"))


def test_a_certificate_is_registered_withheld_and_given_back(lawyer, sign_in, freeze):
    freeze("2026-05-20")
    officer, client = OfficerFactory(), sign_in(lawyer)
    client.post(
        reverse("certificate_new", args=[officer.pk]),
        {"number": "33110099", "domains": "农业，水利", "valid_from": "2026-01-01", "valid_to": "2030-12-31"},
    )
    card = officer.certificates.get()
    assert card.domains == ["农业", "水利"]
    client.post(reverse("certificate_suspend", args=[card.pk]), {"suspended_from": "2026-06-01"})
    bar = card.bars.get()
    assert (bar.valid_from, bar.valid_to) == (date(2026, 6, 1), None)
    client.post(reverse("certificate_return", args=[card.pk]), {"last_day": "2026-06-30"})
    assert card.bars.get().valid_to == date(2026, 6, 30)
    assert "33110099" in client.get(reverse("officer", args=[officer.pk])).content.decode()


def test_a_certificate_is_not_withheld_by_whoever_may_not(sign_in):
    card = CertificateFactory()
    path = reverse("certificate_suspend", args=[card.pk])
    township_officer = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    assert sign_in(township_officer).post(path, {"suspended_from": "2026-06-01"}).status_code == 403
    assert not card.bars.exists()


def test_a_reviewer_is_appointed_and_relieved(lawyer, sign_in):
    officer, client, body = OfficerFactory(), sign_in(lawyer), BodyFactory()
    client.post(
        reverse("reviewer_new", args=[officer.pk]),
        {
            "body": body.pk,
            "rank": "formal",
            "order": "1",
            "qualified": "on",
            "qualification_number": "A2019331001",
            "qualified_on": "2019-03-20",
            "valid_from": "2026-01-01",
        },
    )
    post = ReviewerPost.objects.get(officer=officer)
    client.post(reverse("reviewer_end", args=[officer.pk, post.pk]), {"last_day": "2026-12-31"})
    post.refresh_from_db()
    assert post.valid_to == date(2026, 12, 31)


def test_an_unqualified_reviewer_is_refused_with_the_article(lawyer, sign_in):
    officer = OfficerFactory()
    response = sign_in(lawyer).post(
        reverse("reviewer_new", args=[officer.pk]),
        {"body": BodyFactory().pk, "rank": "formal", "order": "1", "valid_from": "2026-01-01"},
    )
    assert response.status_code == 409
    assert "第五十八条" in response.content.decode()
    assert not ReviewerPost.objects.exists()


def test_a_phone_number_is_not_shown_to_other_bodies(county_seat, sign_in):
    officer = OfficerFactory(phone="13900001111", roles=[Role.TOWNSHIP_OFFICER])
    stranger = OfficerFactory(roles=[Role.TOWNSHIP_OFFICER])
    colleague = OfficerFactory(body=officer.body, roles=[Role.TOWNSHIP_OFFICER])
    path = reverse("officer", args=[officer.pk])
    assert "13900001111" not in sign_in(stranger).get(path).content.decode()
    assert "13900001111" in sign_in(colleague).get(path).content.decode()


def test_the_roster_stands_on_the_page_of_its_reviewer(lawyer, sign_in):
    post = ReviewerPostFactory()
    page = sign_in(lawyer).get(reverse("officer", args=[post.officer_id])).content.decode()
    assert post.qualification_number in page
