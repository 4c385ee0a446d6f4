"""Pages of cases: who may see them, what they ask of the database, what they say and where they lead."""

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import Stage
from cases.flow.links import ACTS, ITEM_LINKS, NOWHERE, PAGES, TABS, place_of
from cases.overview.page import TABS as CASE_TABS
from law.gates import gates
from tests.doors.drivers import BACKEND, PageDoor, at, form_values, photo
from tests.doors.script import PARTY, whole_case
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.roles import Role

# Asked before any page is drawn: the person, the roles of the day; and what the cache holds.
NOT_COUNTED = (
    'townships_officer" WHERE',
    "townships_rolegrant",
    "cases_lawsetting",
    "cases_calendaryear",
)


def browser(officer) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def step_of(county, move: str):
    return next(step for step in whole_case(county) if step.move == move)


def page_of(door: PageDoor, who: str, query: str = "") -> str:
    answer = browser(getattr(door.county, who)).get(reverse("case", args=[door.case_id]) + query)
    assert answer.status_code == 200, (who, query, answer.status_code)
    return unescape(answer.content.decode())


def questions(client: Client, url: str) -> int:
    """Count what a page asks of the database, signing in aside."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    return sum(not any(known in sql for known in NOT_COUNTED) for sql in asked)


def beyond_the_frame(client: Client, url: str) -> int:
    """Count what a page asks beyond rail and top bar, which a page without rows shows alone."""
    return questions(client, url) - questions(client, reverse("desk:feedback"))


def assert_whole(answer, *, later: frozenset[str] = frozenset()) -> None:
    """Find every field of the form on its page, but those that a choice on it brings."""
    page = answer.content.decode()
    shown = {name for name in answer.context["form"].fields if f'name="{name}"' in page}
    assert shown == set(answer.context["form"].fields) - later


def test_at_every_step_the_case_page_leads_whoever_acts_to_their_act(county):
    door = PageDoor(county)
    for step in whole_case(county)[:-1]:
        with at(step.at):
            if step.move:
                act = reverse(f"act-{step.move}", args=[door.case_id])
                assert f'href="{act}"' in page_of(door, step.who), step.move
                assert_whole(browser(getattr(county, step.who)).get(act))
            done = door.do(step)
            assert done.status_code == 302, (step.move, done.content.decode()[:2000])


def test_every_tab_shows_for_whoever_may_read_the_case(until):
    door = until("serve-decision")
    with at("2026-03-26T09:00"):
        for who in ("first", "head", "leader", "reviewer", "supervisor", "clerk"):
            for tab in CASE_TABS:
                page_of(door, who, f"?tab={tab}")
        assert "青禾罚决〔2026〕1号" in page_of(door, "first", "?tab=documents")
        assert "情节较重" in page_of(door, "first", "?tab=discretion")
        assert "情节" in page_of(door, "first", "?tab=nonsense") or page_of(door, "first", "?tab=nonsense")


def test_a_case_of_another_township_is_not_there_and_nobody_reads_unsigned(until):
    door = until("approve-filing")
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER, Role.HEAD], is_head=True)
    pages = [
        reverse("case", args=[door.case_id]),
        reverse("act-approve-filing", args=[door.case_id]),
        reverse("case_file_preview", args=[door.case_id]),
    ]
    with at("2026-03-04T09:00"):
        for url in pages:
            assert browser(stranger).get(url).status_code == 404, url
            assert Client().get(url).status_code == 302, url
        assert browser(stranger).post(reverse("case_personal", args=[door.case_id])).status_code == 404


def test_an_act_that_is_not_yours_is_refused_and_says_whose_it_is(until):
    door = until("approve-filing")
    url = reverse("act-approve-filing", args=[door.case_id])
    with at("2026-03-04T09:00"):
        for who in ("first", "supervisor", "clerk", "reviewer"):
            answer = browser(getattr(door.county, who)).get(url)
            assert answer.status_code == 403, who
            page = answer.content.decode()
            assert "“批准立案”由机关负责人办理" in page
            assert f'href="{reverse("case", args=[door.case_id])}"' in page
        assert browser(door.county.head).get(url).status_code == 200


def test_the_desk_leads_to_the_next_step_where_the_stage_does_not_tell_the_act(until):
    door = until("record-discussion")
    with at("2026-03-25T09:00"):
        desk = browser(door.county.head).get("/").content.decode()
    assert f'href="{reverse("case", args=[door.case_id])}#next"' in desk
    assert reverse("act-decide", args=[door.case_id]) not in desk


def test_the_desk_of_a_reviewer_shows_what_is_late_with_them(until):
    door = until("pass-review")
    with at("2026-06-01T09:00"):
        client = browser(door.county.reviewer)
        desk = client.get("/").content.decode()
        listed = client.get("/cases/?open=on&mine=on&due=overdue").content.decode()
    assert "近三个工作日没有到期的时限" not in desk
    assert 'href="/cases/?open=on&amp;mine=on&amp;due=overdue">逾期 1</a>' in desk
    assert door.case().title in listed
    assert "等法制审核人员“出具审核意见”" in page_of(door, "first")


def test_numbers_of_the_party_are_masked_and_looking_is_on_the_trail(until):
    door = until("issue-notice")
    party = door.case().party
    number = party.id_number or party.credit_code
    with at("2026-03-12T08:00"):
        before = Event.objects.count()
        assert number not in page_of(door, "first", "?tab=parties")
        assert Event.objects.count() == before

        url = reverse("case_personal", args=[door.case_id])
        for who in ("clerk", "supervisor"):
            assert browser(getattr(door.county, who)).post(url).status_code == 403
        assert Event.objects.count() == before

        for headers in ({}, {"HX-Request": "true"}):
            answer = browser(door.county.first).post(url, headers=headers)
            assert number in answer.content.decode()
            assert "no-store" in answer["Cache-Control"]
    looked = Event.objects.filter(verb="personal_data_viewed", chain=door.case().chain)
    assert [event.actor_name for event in looked] == [door.county.first.name] * 2
    assert number not in str([event.payload for event in looked])


def test_a_blocked_act_says_what_is_missing_and_where_it_is_mended(until):
    door = until("record-statement")
    with at("2026-03-12T15:00"):
        page = page_of(door, "first")
    assert "还不能" in page
    assert "陈述申辩期未满" in page
    assert "行政处罚法第四十五条" in page
    assert reverse("act-record-waiver", args=[door.case_id]) in page


def test_the_keyboard_skips_to_the_form_of_an_act_and_to_the_next_step(until):
    door = until("verify")
    client = browser(door.county.first)
    client.cookies["django_language"] = "en"
    with at("2026-03-03T09:00"):
        act = client.get(reverse("act-verify", args=[door.case_id])).content.decode()
        case = client.get(reverse("case", args=[door.case_id])).content.decode()
    for page, target in ((act, "act-form"), (case, "next")):
        assert page.index(f'<a class="skip" href="#{target}">') < page.index('<header class="top">')
        assert f'id="{target}" tabindex="-1"' in page
    assert "Administrative Penalty Law, art. 54" in act


def test_a_refused_act_keeps_what_was_typed_and_changes_nothing(until):
    door = until("record-statement")
    before = Case.objects.values().get(pk=door.case_id)
    typed = "本案拟罚款数额较大，申请审核。"
    with at("2026-03-12T15:00"):
        answer = browser(door.county.first).post(
            reverse("act-submit-review", args=[door.case_id]), {"note": typed, "version": before["version"]}
        )
    said = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert typed in said
    assert "陈述申辩期未满" in said
    assert f'href="{reverse("act-record-waiver", args=[door.case_id])}"' in said
    assert Case.objects.values().get(pk=door.case_id) == before


def test_a_refusal_about_a_field_stands_at_that_field(until):
    door = until("serve-notice")
    step = step_of(door.county, "serve-notice")
    values = form_values({**step.values, "method": "retention", "version": door.case().version})
    with at(step.at):
        answer = browser(door.county.first).post(
            reverse("act-serve-notice", args=[door.case_id]), {**values, "upload": photo()}
        )
    said = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert 'id="id_witness_error"' in said
    assert 'href="#id_witness"' in said
    assert "留置送达须有见证人" in said


def test_the_second_of_two_editors_is_told(until):
    door = until("approve-filing")
    with at("2026-03-04T09:00"):
        answer = browser(door.county.head).post(
            reverse("act-approve-filing", args=[door.case_id]), {"opinion": "同意。", "version": "1"}
        )
    assert answer.status_code == 409
    assert "又有新的办理" in answer.content.decode()
    assert door.case().stage == Stage.FILING


def test_the_case_page_explains_its_next_day(until):
    door = until("record-statement")
    with at("2026-03-12T15:00"):
        page = page_of(door, "first")
    assert "为什么是3月19日" in page
    assert "当日不计入" in page
    assert "5个工作日" in page


def test_home_counts_what_its_lists_hold_with_few_questions(until):
    door = until("submit-review")
    with at("2026-03-20T09:00"):
        for who in ("first", "head", "clerk", "reviewer"):
            client = browser(getattr(door.county, who))
            client.get(reverse("home"))  # brings the names to mind
            assert beyond_the_frame(client, reverse("home")) <= 9, who
            answer = client.get(reverse("home"))
            for count, url in answer.context["counts"].values():
                found = client.get(url)
                assert found.context["page"].count == count, url
            for bar in answer.context["steps"]:
                assert client.get(bar["url"]).context["page"].count == bar["count"]
    assert door.case().stage == Stage.NOTIFIED


def test_home_asks_no_more_for_ten_cases_than_for_one(county):
    values = step_of(county, "").values
    with at("2026-03-02T10:00"):
        asked = []
        for number in (1, 9):
            for _ in range(number):
                client = browser(county.clerk)
                assert client.post(reverse("lead_new"), form_values(values)).status_code == 302
            asked.append(questions(browser(county.leader), reverse("home")))
    assert asked[1] <= asked[0]


def test_the_list_finds_by_party_number_and_cause_and_only_what_one_may_see(until):
    door = until("conclude")
    case = door.case()
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.TOWNSHIP_OFFICER])
    with at("2026-03-10T09:00"):
        for words in (PARTY[3:7], case.number, "大型户外广告", "和平路118", f"{PARTY[3:7]} 广告设施"):
            answer = browser(door.county.first).get(reverse("cases"), {"q": words})
            assert [row.id for row in answer.context["page"]] == [case.pk], words
            assert not browser(stranger).get(reverse("cases"), {"q": words}).context["page"].object_list
        assert (
            not browser(door.county.first)
            .get(reverse("cases"), {"q": "没有这样的案件"})
            .context["page"]
            .object_list
        )
        sheet = browser(door.county.first).get(reverse("cases"), {"export": "csv", "step": "3"})
        assert case.number in b"".join(sheet.streaming_content).decode()


def test_the_routing_card_follows_what_is_typed_and_names_the_duplicates(county):
    values = step_of(county, "").values
    asked = {"township": county.township.pk, "item": county.item.pk, "address": "和平路118号"}
    with at("2026-03-02T10:00"):
        client = browser(county.clerk)
        first = unescape(client.get(reverse("routing_card"), asked).content.decode())
        assert "由青禾镇人民政府办理" in first
        assert "赋权" in first
        assert "可能是同一件" not in first
        client.post(reverse("lead_new"), form_values(values))
        again = client.get(reverse("routing_card"), asked).content.decode()
        assert Case.objects.get().lead_number in again
        assert browser(county.head).get(reverse("routing_card"), asked).status_code == 403


def test_the_pages_that_begin_a_case_show_their_whole_form(county):
    with at("2026-03-02T10:00"):
        assert_whole(browser(county.clerk).get(reverse("lead_new")))
        # Which circumstances there are follows from the item.
        assert_whole(browser(county.first).get(reverse("on_spot_new")), later=frozenset({"circumstances"}))


def test_a_lead_without_its_place_comes_back_with_everything_typed(county):
    values = {**step_of(county, "").values, "township": ""}
    with at("2026-03-02T10:00"):
        answer = browser(county.clerk).post(reverse("lead_new"), form_values(values))
    said = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert values["summary"] in said
    assert 'id="id_township_error"' in said
    assert not Case.objects.exists()


def test_the_reviewer_answers_each_point_by_hand(until):
    door = until("pass-review")
    with at("2026-03-20T15:00"):
        client = browser(door.county.reviewer)
        assert (
            reverse("act-pass-review", args=[door.case_id]) in client.get(reverse("reviews")).content.decode()
        )
        page = client.get(reverse("act-pass-review", args=[door.case_id])).content.decode()
        client.cookies["django_language"] = "en"
        english = client.get(reverse("reviews")).content.decode()
        del client.cookies["django_language"]
        assert "a hearing is due, so the place lists" in english
        points = set(re.findall(r'name="(\w+)" value="agree"', page))
        assert len(points) == 8
        assert "checked" not in page.partition("data-review")[2].partition("</form>")[0]
        early = client.post(
            reverse("act-pass-review", args=[door.case_id]),
            {"conclusion": "pass", "opinion": "同意。", "version": door.case().version},
        )
    assert early.status_code == 422
    assert door.case().stage == Stage.REVIEW


def test_every_place_a_rule_names_is_known():
    for gate in gates().values():
        known = gate.link in {*PAGES, *ITEM_LINKS, *TABS, *ACTS}
        elsewhere = {"case:justice", "case:measures", "case:publicity", "inspections", "reports"}
        assert known or gate.link in elsewhere or gate.link.removeprefix("case:") in Move.values, gate.link


def test_a_place_is_offered_only_where_its_act_is_possible(until):
    door = until("approve-filing")
    case = door.case()
    assert place_of("case:approve-filing", case).url == reverse("act-approve-filing", args=[case.pk])
    assert place_of("case:decide", case) == NOWHERE
    assert place_of("case:evidence", case).url.endswith("?tab=evidence")
    assert place_of("item", case).url == reverse("item", args=[door.county.item.pk])
    assert place_of("no-such-place", case) == NOWHERE
