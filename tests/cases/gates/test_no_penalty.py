"""不予处罚: what the report finds bars a penalty; the head decides there is none and educates the party."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from cases.decision.models import Decision
from cases.dossier.stages import Stage
from cases.instruments.models import Service
from cases.investigation.models import Report
from tests.cases.standing import again, denied, do, done, standing_at, step_of
from tests.doors.script import Step

laid = standing_at("conclude")
NONE = {"kinds": [], "fine": "0", "band": "", "ground_reasons": "有诊断证明和监护人陈述为证。"}
TAKEN = {"kinds": ["fine", "confiscate_gains"], "confiscated_gains": "5000"}
TALK = "2026年3月11日由赵敏当面讲解户外广告设置规定。"


def decide(**values):
    said = {"reasons": "依法不予处罚。", "education": TALK, **values}
    return Step("2026-03-11T09:00", "head", "decide-no-penalty", said)


@pytest.mark.parametrize(
    ("ground", "code", "article"),
    [
        ("incapable", "incapacity", "第三十一条"),
        ("no_fault", "no_fault", "第三十三条第二款"),
        ("minor", "must_not_punish_minor_violation", "第三十三条"),
        ("under_age", "minor_under_14", "第三十条"),
        ("not_established", "facts_proved", "第四十条"),
    ],
)
def test_incapacity_and_no_fault_proved_and_their_like_bar_a_penalty(standing, ground, code, article):
    step = again(standing, "conclude", ground=ground, ground_reasons="有证据证明。")
    found = denied(standing, code, article, step)
    assert found["field"] == "ground"


def test_first_offence_may_exempt_or_the_report_says_why_not(standing):
    bare = again(standing, "conclude", ground="first_minor")
    found = denied(standing, "first_offence_may_exempt", "第三十三条", bare)
    assert found["field"] == "ground_reasons"
    why = "虽系初次，但逾期未改正。"
    case = done(standing, again(standing, "conclude", ground="first_minor", ground_reasons=why))
    assert case.reports.get().ground_reasons == why


def test_a_report_without_penalty_needs_its_ground_and_reasons(standing):
    denied(
        standing, "penalty_kind_within_rule_level", "", again(standing, "conclude", **{**NONE, "ground": ""})
    )
    bare = {**NONE, "ground": "incapable", "ground_reasons": ""}
    denied(standing, "ground_without_reasons", "第四十条", again(standing, "conclude", **bare))


def test_educate_on_no_penalty_or_there_is_no_decision(standing):
    done(standing, again(standing, "conclude", **NONE, ground="incapable"))
    denied(standing, "educate_on_no_penalty", "第三十三条第三款", decide(education=""))

    case = done(standing, decide())

    assert case.stage == Stage.DECIDED
    paper = case.decision.instrument.paper
    assert paper.number == "青禾不罚〔2026〕1号"
    assert paper.content["education"] == TALK
    assert paper.content["ground_article"] == "第三十一条"
    assert case.clocks.get(kind="case_decision").state == "stopped"


def test_a_suspected_crime_is_handed_on_neither_told_as_a_penalty_nor_let_go_without_one(standing):
    done(standing, again(standing, "conclude", crime_suspected=True))
    denied(standing, "criminal_transfer_duty", "第五十七条", again(standing, "issue-notice"))
    done(standing, Step("2026-03-10T17:00", "head", "return-report", {"reason": "另行提出意见。"}))
    step = again(standing, "conclude", at="2026-03-10T18:00", **NONE, ground="no_fault", crime_suspected=True)
    done(standing, step)
    found = denied(standing, "criminal_transfer_duty", "第五十七条", decide())
    assert found["link"] == "case:return-report"


def test_a_decision_not_to_punish_is_served_settled_and_closed(standing):
    done(standing, again(standing, "conclude", **NONE, ground="incapable"))
    done(standing, decide())
    assert done(standing, again(standing, "serve-decision")).stage == Stage.EXECUTED
    closing = {"ground": "no_penalty", "summary": "已送达并教育。"}
    done(standing, again(standing, "propose-closing", **closing))
    case = done(standing, again(standing, "approve-closing"))
    assert case.stage == Stage.CLOSED
    assert case.closures.get().get_ground_display() == "不予行政处罚"


def test_a_late_decision_not_to_punish_says_why_it_is_late(standing):
    done(standing, again(standing, "conclude", **NONE, ground="incapable"))
    late = replace(decide(), at="2026-06-04T09:00")
    found = denied(standing, "decision_within_period", "第六十条", late)
    assert found["field"] == "late_reasons"
    why = "鉴定机构六月二日才出具鉴定意见。"
    said = replace(late, values={**late.values, "late_reasons": why})
    assert done(standing, said).decision.late_reasons == why


def test_the_service_of_a_decision_not_to_punish_is_corrected_with_its_clocks(standing):
    done(standing, again(standing, "conclude", **NONE, ground="incapable"))
    done(standing, decide())
    case = done(standing, again(standing, "serve-decision"))
    assert case.clocks.get(kind="review_apply").due_on.isoformat() == "2026-05-25"
    service = Service.objects.get(instrument__case=case, instrument__kind="no_penalty_decision")
    values = {"service": service.pk, "served_at": "2026-03-27T10:00", "reason": "回证签收日期为27日。"}
    case = done(standing, Step("2026-03-30T09:00", "first", "correct-service", values))
    assert case.served_on.isoformat() == "2026-03-27"
    assert case.clocks.get(kind="review_apply").due_on.isoformat() == "2026-05-26"


def test_facts_not_established_need_no_education(standing):
    done(standing, again(standing, "conclude", **NONE, ground="not_established"))
    assert done(standing, decide(education="")).stage == Stage.DECIDED


def test_a_proposal_to_punish_is_not_decided_away_and_no_notice_is_given_of_none(standing):
    done(standing, again(standing, "conclude"))
    denied(standing, "penalty_is_proposed", "第五十七条", decide())
    done(standing, Step("2026-03-11T09:10", "head", "return-report", {"reason": "重新研究。"}))
    done(standing, again(standing, "conclude", at="2026-03-11T09:20", **NONE, ground="no_fault"))
    late = again(standing, "issue-notice", at="2026-03-11T09:30")
    denied(standing, "no_penalty_proposed", "第五十七条", late)
    assert do(standing, Step("2026-03-11T09:40", "first", "decide-no-penalty", {})).status_code == 403


@pytest.mark.parametrize(
    ("sums", "refused"),
    [
        ({"illegal_gains": "5000"}, True),
        ({"illegal_gains": "5000", "gains_refunded": "4999.99"}, True),
        ({"illegal_gains": "100", "gains_refunded": "200"}, True),
        ({"illegal_gains": "5000", "gains_refunded": "5000"}, False),
        ({"illegal_gains": "5000", "gains_reasons": "已由另案没收。"}, False),
        (
            {"illegal_gains": "5000", "kinds": ["fine", "confiscate_gains"], "confiscated_gains": "5000"},
            False,
        ),
    ],
)
def test_confiscate_illegal_gains_less_what_was_refunded_or_say_why_not(standing, sums, refused):
    step = again(standing, "conclude", **sums)
    if refused:
        denied(standing, "confiscate_illegal_gains", "第二十八条第二款", step)
    else:
        assert done(standing, step).stage == Stage.INVESTIGATED


@pytest.mark.parametrize(
    "wrong", [{"ground": "incapable"}, {"illegal_gains": 5000}, {"illegal_gains": 1, "gains_refunded": 0}]
)
def test_the_database_keeps_no_report_that_punishes_against_its_finding(standing, wrong):
    report = done(standing, again(standing, "conclude")).reports.get()
    report.pk, report.round = None, 2
    for name, value in wrong.items():
        setattr(report, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        report.save(force_insert=True)
    assert Report.objects.filter(case_id=standing.case_id).count() == 1


def test_the_database_keeps_no_decision_without_penalty_that_educates_nobody(standing):
    done(standing, again(standing, "conclude", **NONE, ground="incapable"))
    decision = done(standing, decide()).decision
    made = Decision.objects.filter(pk=decision.pk).values().get()
    made.update(id=None, education="", case_id=standing.case_id)
    with pytest.raises(DatabaseError, match="educated"), transaction.atomic():
        Decision.objects.create(**made)


def test_the_script_still_punishes_as_before(standing):
    values = step_of(standing.county, "conclude").values
    assert done(standing, again(standing, "conclude")).reports.get().kinds == values["kinds"]
