"""Agreements through both doors: every step as a page and over REST, with the same refusals."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from desk.models import Job
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory
from townships.api.agreements import POSTINGS
from townships.models import AuthorityGrant, Body, GrantBatch, GrantStatus, ItemOrder, TailoredList
from townships.roles import Role
from townships.selectors import authority_for, body_named
from townships.services import batches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(at):
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def second_lawyer(county_seat):
    return OfficerFactory(body=county_seat, roles=[Role.LEGAL_DEPARTMENT], name="何静")


@pytest.fixture
def leader(township):
    return OfficerFactory(body=township, roles=[Role.TEAM_LEADER])


def sent(client, address, values=None):
    return client.post(f"/api/v1/{address}", values or {}, content_type="application/json")


def wish(township, department, code):
    return {
        "mode": "delegated",
        "source": department.pk,
        "holder": township.pk,
        "number": "农委〔2026〕1号",
        "legal_basis": "《中华人民共和国农业法》第八十七条",
        "powers": "立案、调查、告知、送达",
        "qualification_note": "有专职队伍",
        "capacity_note": "县局派驻审核人员",
        "full_procedure": True,
        "valid_from": "2026-03-01",
        "valid_to": "2027-02-28",
        "codes": code,
    }


def test_an_agreement_goes_its_whole_way_over_rest(
    new_item, township, department, lawyer, second_lawyer, sign_in
):
    item = new_item(code="330100001")
    drafter, reviewer = sign_in(lawyer), sign_in(second_lawyer)
    key = sent(drafter, "grants/draft/", wish(township, department, "330100001")).json()["id"]
    refused = sent(drafter, f"grants/{key}/sign/", {"signed_on": "2026-03-02"})
    assert (refused.status_code, refused.json()["code"]) == (409, "grant_not_reviewed")
    steps = [
        (reviewer, "review", {"agree": True, "opinion": "合法"}),
        (drafter, "sign", {"signed_on": "2026-03-02"}),
        (drafter, "publish", {"by_principal_on": "2026-03-02", "by_holder_on": "2026-03-02"}),
        (drafter, "file", {"filed_on": "2026-03-02", "filing_number": "备1"}),
    ]
    for client, act, values in steps:
        assert sent(client, f"grants/{key}/{act}/", values).status_code == 200, act
    assert AuthorityGrant.objects.get().status == GrantStatus.IN_FORCE
    assert authority_for(item=item, township=township, on=date(2026, 3, 2)).grant_id == key
    powers = drafter.get(f"/api/v1/townships/{township.pk}/powers/?date=2026-03-02").json()
    assert [(row["grant"], row["name_on_documents"]) for row in powers] == [(key, department.name)]
    cells = drafter.get("/api/v1/authority/matrix/?date=2026-03-02").json()
    assert [(cell["township_id"], cell["count"]) for cell in cells] == [(township.pk, 1)]
    row = AuthorityGrant.objects.get().items.get()
    taken = sent(
        drafter,
        f"grants/{key}/items/{row.pk}/withdraw/",
        {"withdrawn_on": "2026-03-02", "reason": "评估后收回"},
    )
    assert taken.status_code == 200
    assert authority_for(item=item, township=township, on=date(2026, 3, 2)).handler_id is None


def test_the_pages_show_the_next_step_of_an_agreement(
    new_item, township, department, lawyer, second_lawyer, sign_in, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    new_item(code="330100001")
    client = sign_in(lawyer)
    values = {**wish(township, department, "330100001"), "full_procedure": "on"}
    assert client.post(reverse("grant_new"), values).status_code == 302
    grant = AuthorityGrant.objects.get()
    page = reverse("grant", args=[grant.pk])
    assert [step.url_name for step in client.get(page).context["steps"]][:1] == ["grant_review"]
    own = client.post(reverse("grant_review", args=[grant.pk]), {"agree": "on", "opinion": "合法"})
    assert own.status_code == 409
    done = sign_in(second_lawyer).post(
        reverse("grant_review", args=[grant.pk]), {"agree": "on", "opinion": "合法"}
    )
    assert done.status_code == 302
    assert next(iter(client.get(page).context["steps"])).url_name == "grant_sign"
    assert client.get(reverse("grant_paper", args=[grant.pk])).status_code == 404
    assert client.post(reverse("grant_print", args=[grant.pk])).status_code == 302
    paper = client.get(reverse("grant_paper", args=[grant.pk]))
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    assert client.post(reverse("grant_discard", args=[grant.pk])).url == reverse("agreements")
    assert not AuthorityGrant.objects.exists()


def test_lists_and_batches_over_rest(new_item, department, township, lawyer, sign_in):
    for n in range(3):
        new_item(code=f"33010000{n}")
    new_item("不设标志，或遮挡标志")
    client = sign_in(lawyer)
    lines = f"330100000，{department.short_name}\n不设标志，或遮挡标志，{department.name}，目录外"
    made = sent(client, "tailored-lists/save/", {"name": "北部清单", "entries": lines}).json()["id"]
    for line in ("9999，无此局", f"9999，{department.name}", f"占用消防通道，{department.name}"):
        bad = sent(client, "tailored-lists/save/", {"name": "错", "entries": line})
        assert (bad.status_code, TailoredList.objects.count()) == (400, 1)
    chosen = {"township": township.pk, "tailored_list": made}
    assert sent(client, "tailored-lists/choose/", chosen).status_code == 200
    change = {
        "township": township.pk,
        "item": "330100002",
        "kind": "add",
        "department": department.pk,
        "source": "guided",
        "reason": "沿江需要",
    }
    assert sent(client, "tailored-lists/change/", change).status_code == 200
    (row,) = (row for row in client.get("/api/v1/tailored-lists/").json() if row["township"] == township.pk)
    assert (len(row["items"]), len(row["added"])) == (3, 1)
    meeting = sent(
        client,
        "meetings/record/",
        {"title": "领导小组会议", "held_on": "2026-03-01", "document": "纪要1号", "decision": "同意"},
    ).json()["id"]
    batch = {"name": "第一批", "document": "青政发1号", "effective_on": "2026-03-02", "meeting": meeting}
    key = sent(client, "grant-batches/open/", batch).json()["id"]
    assert sent(client, "grant-batches/open/", batch).json()["code"] == "batch_name_taken"
    terms = {"mode": "delegated", "legal_basis": "某条例第三条", "valid_to": "2027-03-01"}
    assert sent(client, f"grant-batches/{key}/draft/", terms).status_code == 200
    job = Job.objects.get()
    batches.run_drafting(job_id=job.pk, batch_id=key, terms=terms, officer_id=lawyer.pk, at=job.created_at)
    job.refresh_from_db()
    assert (job.state, AuthorityGrant.objects.count()) == ("failed", 0), "nothing could be drafted"
    assert department.short_name in job.message
    assert sent(client, f"grant-batches/{key}/print/").status_code == 200
    (listed,) = client.get("/api/v1/grant-batches/").json()
    assert (listed["name"], listed["agreements"]) == ("第一批", 0)
    (held,) = client.get("/api/v1/meetings/").json()
    assert (held["document"], held["batches"]) == ("纪要1号", [key])
    for page in ("tailored_lists", "grant_batches"):
        assert client.get(reverse(page)).status_code == 200
    assert client.get(reverse("grant_batch", args=[key])).status_code == 200


def test_a_township_orders_an_item_and_the_countys_yes_becomes_a_draft(
    new_item, township, department, lawyer, leader, sign_in
):
    """F021."""
    new_item(code="330100001")
    order = {
        "township": township.pk,
        "item": "330100001",
        "department": department.pk,
        "reason": "群众反映多",
    }
    asked = sent(sign_in(leader), "orders/place/", order)
    assert asked.status_code == 200
    assert sent(sign_in(leader), "orders/place/", order).json()["code"] == "order_open"
    elsewhere = {**order, "township": BodyFactory().pk}
    assert sent(sign_in(leader), "orders/place/", elsewhere).json()["code"] == "not_your_township"
    form = sign_in(leader).get(reverse("order_new")).context["form"]
    assert list(form.fields["township"].queryset) == [leader.body]
    answer = {
        "agree": True,
        "answer": "符合承接条件",
        "mode": "delegated",
        "valid_to": "2027-03-01",
        "legal_basis": "《中华人民共和国农业法》第八十七条",
        "powers": "立案、调查、告知、送达",
        "qualification_note": "有专职队伍",
        "capacity_note": "县局派驻审核人员",
    }
    address = f"orders/{asked.json()['id']}/answer/"
    assert sent(sign_in(lawyer), address, {**answer, "qualification_note": ""}).status_code == 409
    assert ItemOrder.objects.get().state == "open"
    assert sent(sign_in(lawyer), address, answer).status_code == 200
    placed = ItemOrder.objects.get()
    assert (placed.state, placed.grant.status, placed.grant.full_procedure) == ("granted", "draft", True)
    assert sent(sign_in(lawyer), address, answer).json()["code"] == "order_answered"
    for officer in (leader, lawyer):
        assert "符合承接条件" in sign_in(officer).get(reverse("orders")).content.decode()


def test_a_township_orders_nothing_that_it_holds_already(new_item, township, department, leader, sign_in):
    held = new_item(code="330100001")
    AuthorityGrantFactory(principal=department, holder=township, items=[held], valid_from=date(2026, 3, 2))
    order = {"township": township.pk, "item": held.pk, "department": department.pk, "reason": "需要"}
    assert sent(sign_in(leader), "orders/place/", order).json()["code"] == "item_held_already"
    assert not ItemOrder.objects.exists()


def test_an_order_is_declined_with_a_reason_and_nothing_is_drafted(
    new_item, township, department, lawyer, leader, sign_in
):
    new_item(code="330100001")
    order = {"township": township.pk, "item": "330100001", "department": department.pk, "reason": "需要"}
    key = sent(sign_in(leader), "orders/place/", order).json()["id"]
    no = {"agree": False, "answer": "人员不足", "mode": "delegated"}
    assert sent(sign_in(lawyer), f"orders/{key}/answer/", no).status_code == 200
    assert not AuthorityGrant.objects.exists()


def test_bodies_are_merged_with_their_people_powers_and_names(
    new_item, township, department, lawyer, sign_in
):
    item = new_item()
    held = AuthorityGrantFactory(own=True, holder=department, items=[item])
    given = AuthorityGrantFactory(principal=department, holder=township, items=[item])
    kept = AuthorityGrantFactory(empowered=True, origin=department, items=[new_item()])
    officer = OfficerFactory(body=department)
    heir = BodyFactory(department=True, name="青禾县农业和水务局", short_name="农水局")
    client = sign_in(lawyer)
    wrong = {"last_day": "2026-03-01", "successor": township.pk, "document": "青编〔2026〕1号"}
    assert sent(client, f"bodies/{department.pk}/end/", wrong).json()["code"] == "body_not_endable"
    assert Body.objects.get(pk=department.pk).active_to is None
    assert sent(client, f"bodies/{department.pk}/end/", {**wrong, "successor": heir.pk}).status_code == 200
    statuses = dict(AuthorityGrant.objects.values_list("pk", "status"))
    assert (statuses[held.pk], statuses[given.pk], statuses[kept.pk]) == ("revoked", "revoked", "in_force")
    passed = AuthorityGrant.objects.get(holder=heir)
    assert (passed.mode, passed.replaces) == ("own", held)
    officer.refresh_from_db()
    assert officer.body == heir
    verdict = authority_for(item=item, township=township, on=date(2026, 3, 2))
    assert verdict.handler_id == heir.pk
    assert body_named(department.name, date(2026, 3, 2)) == heir
    assert sent(client, f"bodies/{heir.pk}/alias/", {"name": "县农水局"}).status_code == 200
    assert body_named("县农水局", date(2026, 3, 2)) == heir
    assert sent(client, f"bodies/{heir.pk}/alias/", {"name": department.name}).json()["code"] == "alias_taken"
    assert "县农水局" in client.get(reverse("bodies")).content.decode()
    assert any(row["successor"] == heir.pk for row in client.get("/api/v1/bodies/").json())


def test_an_agreement_under_an_abolished_township_covers_nothing_from_the_next_day(
    item, township, department, lawyer, sign_in
):
    AuthorityGrantFactory(own=True, holder=department, items=[item])
    AuthorityGrantFactory(principal=department, holder=township, items=[item])
    heir = BodyFactory(name="江城镇人民政府")
    body = {"last_day": "2026-03-01", "successor": heir.pk, "document": "民政批复1号"}
    assert sent(sign_in(lawyer), f"bodies/{township.pk}/end/", body).status_code == 200
    before, after = (
        authority_for(item=item, township=township, on=day) for day in (date(2026, 3, 1), date(2026, 3, 2))
    )
    assert (before.handler_id, after.handler_id) == (township.pk, department.pk)


@pytest.mark.parametrize("address", sorted(POSTINGS))
def test_nobody_without_the_right_does_any_of_it(address, township, sign_in):
    batch = GrantBatch.objects.create(name="批", effective_on=date(2026, 3, 2))
    grant = AuthorityGrantFactory(items=[])
    key = {"grants": grant.pk, "grant-batches": batch.pk, "bodies": township.pk, "orders": 1}
    path = address.replace("<int:pk>", str(key.get(address.split("/")[0], 1))).replace("<int:row>", "1")
    officer = OfficerFactory(body=township, roles=[Role.TOWNSHIP_OFFICER])
    assert sent(sign_in(officer), path, {}).status_code == 403


def test_a_batch_lists_its_agreements_by_number_as_people_count(department, lawyer, sign_in):
    batch = GrantBatch.objects.create(name="第一批", effective_on=date(2026, 3, 2))
    for n in (10, 2, 1):
        AuthorityGrantFactory(principal=department, batch=batch, number=f"农委〔2026〕{n}号")
    page = sign_in(lawyer).get(reverse("grant_batch", args=[batch.pk])).content.decode()
    places = [page.index(f"〔2026〕{n}号") for n in (1, 2, 10)]
    assert places == sorted(places)
