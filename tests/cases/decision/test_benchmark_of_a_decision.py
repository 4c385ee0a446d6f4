"""The benchmark behind a decision: what was applied stays; a fine outside it goes before the heads."""

from datetime import date

import pytest
from django.urls import reverse

from cases.decision.models import Decision
from cases.investigation.findings import current_report
from cases.investigation.ranges import span_of
from catalog import drafts
from catalog.discretion.services import TableTerms, draft_table
from catalog.models import DiscretionTable
from catalog.selectors import tables_of
from tests.cases.standing import again, denied, done, standing_at
from tests.doors.drivers import at, instant
from tests.factories.townships import OfficerFactory
from townships.roles import Role

laid = standing_at("conclude")
TABLE = [
    ["裁量阶次", "适用条件", "处罚标准"],
    ["情节较轻", "第一次被处罚的。", "处一万元以上二万元以下罚款。"],
    ["情节较重", "第二次被处罚的。", "处二万元以上四万元以下罚款。"],
]
SINCE = date(2026, 3, 12)


def publish_another(item):
    """Publish another benchmark of the same title, which ends the one before on its day."""
    drafter, second = (OfficerFactory(roles=[Role.CATALOG_ADMIN]) for _person in range(2))
    former = DiscretionTable.objects.get(item=item)
    made = draft_table(
        item=item,
        terms=TableTerms(title=former.title, shape="grades"),
        rows=TABLE,
        about={},
        effective_on=SINCE,
        source="县府〔2026〕3号",
        actor=drafter,
        at=instant("2026-03-26T09:00"),
    )
    drafts.publish(row=made, actor=second, at=instant("2026-03-26T10:00"))
    return former, made


def walk(door, *moves, **changes):
    """Do these acts of the script one after the other, with the changes in those that know them."""
    for move in moves:
        step = again(door, move)
        done(door, again(door, move, **{name: new for name, new in changes.items() if name in step.values}))


def kept(case):
    """Return all that a case holds of the benchmark it was decided by."""
    report = current_report(case)
    paper = Decision.objects.get(case=case).instrument.paper
    return (
        report.band.grade,
        report.band.circumstances,
        span_of(report),
        report.calculation,
        paper.digest,
        paper.content["discretion"],
    )


def test_the_benchmark_a_decision_rests_on_is_kept_whatever_is_published_later(standing):
    """F009: the grade applied is stored with its words and range; a later version alters none of it."""
    table = DiscretionTable.objects.get(item=standing.county.item)
    walk(standing, "conclude", circumstances=[f"{table.pk}:g2.1"])
    walk(standing, "issue-notice", "serve-notice", "record-statement", "review-statement")
    walk(standing, "submit-review", "pass-review", "record-discussion", "decide")
    before = kept(standing.case())
    assert before[:2] == ("情节较重", "第二次被处罚的。")
    assert (before[2].low, before[2].high) == (30000, 60000)
    former, made = publish_another(standing.county.item)
    assert [one.pk for one in tables_of(standing.county.item, date(2026, 3, 25))] == [made.pk]
    assert kept(standing.case()) == before
    assert current_report(standing.case()).band.table_id == former.pk


def test_the_case_shows_the_benchmark_it_rests_on_not_the_one_published_later(standing, client):
    table = DiscretionTable.objects.get(item=standing.county.item)
    walk(standing, "conclude", circumstances=[f"{table.pk}:g2.1"])
    publish_another(standing.county.item)
    client.force_login(standing.county.first)
    with at("2026-03-25T09:00"):
        answer = client.get(reverse("case", args=[standing.case_id]), {"tab": "discretion"})
    assert {band.table_id for band in answer.context["bands"]} == {table.pk}
    assert "第二次被处罚的。" in answer.content.decode()


@pytest.mark.parametrize("fine", ["29000", "31000"])
def test_a_fine_outside_its_grade_is_decided_only_with_a_reason_and_after_the_heads_weighed_it(
    standing, fine
):
    """F110: 30,000 to 60,000 is the grade; 29,000 needs its reason, then the discussion of the heads."""
    outside = fine == "29000"
    if outside:
        denied(standing, "discretion_band", "", again(standing, "conclude", fine=fine))
    reason = "主动拆除，未造成危害后果。" if outside else ""
    walk(standing, "conclude", fine=fine, deviation_reasons=reason)
    walk(standing, "issue-notice", "serve-notice", "record-statement", "review-statement")
    if outside:
        denied(standing, "collective_discussion", "第五十七条", again(standing, "decide", fine=fine))
        walk(standing, "record-discussion")
    walk(standing, "decide", fine=fine)
    assert Decision.objects.get(case=standing.case_id).fine == int(fine)
    assert current_report(standing.case()).deviation_reasons == reason
