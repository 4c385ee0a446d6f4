"""F022, F024: sheets fill from the cases; what is never used speaks for recall, and recall moves cases."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.models import Event
from cases.dossier.models import Assignment
from cases.dossier.stages import Stage
from cases.instruments.models import Service
from cases.periods.correction import correct_service
from cases.review.models import LegalReview
from cases.routing import ending, evaluating, evaluation
from cases.routing.models import HandOver, ItemEvaluation
from desk.models import Notice
from law.errors import RuleViolation
from tests.cases.routing.held import Held
from tests.cases.standing import force
from tests.clocks.conftest import walked
from tests.doors.county import found_county
from tests.doors.drivers import at, instant
from tests.doors.script import before_filing, investigation, notice
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory, OfficerFactory
from townships.models import GrantItem
from townships.services import lifecycle

pytestmark = pytest.mark.django_db
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
YEAR_TO_MARCH = {"since": date(2025, 3, 10), "until": date(2026, 3, 9)}
MARCH = instant("2026-03-06T10:00")


@pytest.fixture
def held():
    return Held()


def test_the_five_criteria_are_counted_from_the_cases(held):
    grant = held.delegated()
    cases = [held.case(grant, at=MARCH + timedelta(days=n), number=n) for n in (1, 2, 3)]
    model = type(cases[0])
    model.objects.filter(pk=cases[0].pk).update(source="hotline", decided_on=date(2026, 3, 17))
    model.objects.filter(pk=cases[1].pk).update(decided_on=date(2026, 3, 28))
    guest = OfficerFactory(body=held.department)
    Assignment.objects.create(case=cases[2], officer=guest, duty="joint", began_on=MARCH.date())
    outside = held.case(grant, at=MARCH, number=9)
    model.objects.filter(pk=outside.pk).update(found_on=date(2025, 12, 31))
    (sheet,) = evaluation.evaluate(**YEAR)
    assert (sheet.cases, sheet.complaints, sheet.found, sheet.joint) == (3, 1, 2, 1)
    assert (sheet.decided, sheet.days, sheet.returned) == (2, 15.0, 0)
    assert sheet.advice == evaluation.KEEP


def test_an_item_never_used_stands_first_and_speaks_for_recall(held):
    unused = ItemFactory()
    AuthorityGrantFactory(principal=held.department, holder=held.township, items=[unused])
    held.case(held.delegated(), at=MARCH)
    first, second = evaluation.evaluate(**YEAR)
    assert (first.row.item, first.cases, first.advice) == (unused, 0, "recall")
    assert second.advice == "keep"
    assert evaluation.evaluate(**YEAR, township_id=held.department.pk) == []


def test_recalling_an_item_moves_its_open_cases_with_a_list(held):
    grant = held.delegated()
    case = held.case(grant, at=MARCH)
    held.case(grant, at=MARCH, number=2, stage=Stage.CLOSED)
    lifecycle.withdraw_item(
        row=grant.items.get(),
        withdrawn_on=date(2026, 3, 10),
        reason="评估后收回",
        actor=held.lawyer,
        at=instant("2026-03-09T10:00"),
    )
    assert ending.settle_ended(at=instant("2026-03-09T23:00")).moved == 0
    assert ending.settle_ended(at=instant("2026-03-10T00:10")).moved == 1
    handed = HandOver.objects.get()
    assert (handed.case, handed.to_body) == (case, held.department)


def test_scores_tell_ahead_of_how_many_and_stay_empty_without_a_figure(held):
    grant = held.delegated()
    held.case(grant, at=MARCH)
    unused = ItemFactory()
    AuthorityGrantFactory(principal=held.department, holder=held.township, items=[unused])
    sheets = evaluation.evaluate(**YEAR)
    never, used = sheets
    assert evaluation.scores(used, sheets) == {
        "frequent": 100,
        "joint": 0,
        "demanded": 0,
        "visible": 100,
        "easy": None,
    }
    assert evaluation.scores(never, sheets)["frequent"] == 0
    assert set(evaluation.scores(used, [used]).values()) == {None}


def decide(held, row, **changes):
    facts = {"decision": "recall", "reason": "一年未用，基层不需要。", "recalled_on": date(2026, 3, 9)}
    return evaluating.decide_item(
        row=row, actor=held.lawyer, at=instant("2026-03-09T10:00"), **{**facts, **YEAR_TO_MARCH, **changes}
    )


def test_a_recall_takes_the_item_back_and_hands_its_cases_over_in_one_chain(held):
    grant = held.delegated()
    case = held.case(grant, at=MARCH)
    made = decide(held, grant.items.get())
    assert (made.open_cases, made.facts["cases"]) == ([case.pk], 1)
    assert grant.items.get().withdrawn_on == date(2026, 3, 9)
    handed = HandOver.objects.get()
    assert (handed.case, handed.to_body) == (case, held.department)
    assert Notice.objects.filter(recipient=held.head, kind="item_recalled").exists()
    assert Event.objects.filter(verb="item_evaluated", chain=grant.chain).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemEvaluation.objects.update(decision="keep", recalled_on=None)


def test_the_sheet_of_a_recalled_item_shows_how_it_was_used_up_to_its_last_day(held, login):
    grant = held.delegated()
    held.case(grant, at=MARCH)
    decide(held, grant.items.get())
    with at("2026-03-09T11:00"):
        answer = login(held.lawyer).get(reverse("evaluation_item", args=[grant.items.get().pk]))
    assert answer.context["refusal"] is None
    assert answer.context["found"].sheet.cases == 1
    assert "2026年3月9日起收回" in answer.content.decode()


def test_a_recall_ahead_moves_the_cases_on_its_day(held):
    grant = held.delegated()
    held.case(grant, at=MARCH)
    decide(held, grant.items.get(), recalled_on=date(2026, 3, 20))
    assert not HandOver.objects.exists()
    assert ending.settle_ended(at=instant("2026-03-20T00:10")).moved == 1


def test_keeping_and_adjusting_take_nothing_back(held):
    grant = held.delegated()
    held.case(grant, at=MARCH)
    for decision in ("keep", "adjust"):
        decide(held, grant.items.get(), decision=decision, recalled_on=None)
    assert grant.items.get().withdrawn_on is None
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "evaluation_incomplete"),
        ({"recalled_on": None}, "evaluation_incomplete"),
        ({"until": date(2024, 1, 1)}, "nothing_to_evaluate"),
        ({"recalled_on": date(2026, 3, 1)}, "date_in_past"),
    ],
)
def test_an_evaluation_without_reason_day_or_item_is_refused_and_changes_nothing(held, changes, code):
    row = held.delegated().items.get()
    with pytest.raises(RuleViolation) as caught, transaction.atomic():
        decide(held, row, **changes)
    assert caught.value.code == code
    assert not ItemEvaluation.objects.exists()
    assert GrantItem.objects.get(pk=row.pk).withdrawn_on is None


def test_the_item_page_and_rest_decide_for_the_legal_department_only(held, login):
    row = held.delegated().items.get()
    page, decision = (reverse(name, args=[row.pk]) for name in ("evaluation_item", "evaluation_decide"))
    said = {"since": "2025-03-10", "until": "2026-03-09", "decision": "keep", "reason": "需要。"}
    with at("2026-03-09T09:00"):
        assert login(held.officers[0]).get(page).status_code == 403
        assert login(held.head).get(page).status_code == 200
        assert login(held.head).post(decision, said).status_code == 403
        shown = login(held.lawyer).get(f"{page}?until=2020-01-01")
        assert "该事项未在该乡镇" in shown.content.decode()
        assert login(held.lawyer).get(decision).status_code == 200
        assert login(held.lawyer).post(decision, said).status_code == 302
        address = f"/api/v1/authority/evaluation/{row.pk}/decide/"
        assert login(held.head).post(address, said, "application/json").status_code == 403
        lost = {**said, "decision": "recall"}
        assert login(held.lawyer).post(address, lost, "application/json").status_code == 409
        assert login(held.lawyer).post(address, said, "application/json").status_code == 200
        assert "需要。" in login(held.lawyer).get(page).content.decode()
    assert ItemEvaluation.objects.count() == 2


def test_the_sheet_is_for_those_who_oversee(held, login):
    held.delegated()
    with at("2026-03-20T09:00"):
        assert login(held.officers[0]).get(reverse("evaluation")).status_code == 403
        led = login(held.officers[0]).get(reverse("agreements")).content.decode()
        assert reverse("evaluation") not in led
        assert login(held.officers[0]).get("/api/v1/authority/evaluation/").status_code == 403
        page = login(held.lawyer).get(f"{reverse('evaluation')}?since=nonsense")
        assert "收回" in page.content.decode()
        (row,) = login(held.head).get("/api/v1/authority/evaluation/").json()
    assert (row["cases"], row["advice"]) == (0, "recall")


def test_a_review_not_passed_a_second_report_and_a_corrected_service_speak_against_keeping(db):
    county = found_county()
    steps = [*before_filing(county), *investigation(county), *list(notice(county))[:2]]
    case = walked(county, steps).case()
    assert [sheet.advice for sheet in evaluation.evaluate(**YEAR)] == [evaluation.KEEP]
    correct_service(
        case=case,
        actor=county.first,
        at=instant("2026-03-16T09:00"),
        service=Service.objects.get(instrument__case=case),
        served_at=instant("2026-03-13T16:00"),
        reason="回执上的签收日期为3月13日，登记时误填。",
    )
    report = case.reports.get()
    post = county.reviewer.reviewer_posts.get()
    LegalReview.objects.create(
        case=case,
        report=report,
        round=1,
        assigned_because="名册首位",
        reviewer=county.reviewer,
        post=post,
        submitted_by=county.first,
        submitted_at=instant("2026-03-16T10:00"),
        conclusion=LegalReview.Conclusion.RETURN,
        opinion="证据不足",
        concluded_at=instant("2026-03-17T10:00"),
    )
    force("UPDATE cases_report SET round = 2 WHERE id = %s", report.pk)
    (sheet,) = evaluation.evaluate(**YEAR)
    assert (sheet.returned, sheet.reinvestigated, sheet.service_corrected) == (1, 1, 1)
    assert (sheet.faults, sheet.advice) == (3, evaluation.ADJUST)
