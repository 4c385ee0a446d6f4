"""调查终结: a proposal inside the statute, the grades, the kinds and the person's age."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from cases.dossier import law_book
from cases.dossier.figures import LawSetting
from cases.hearing.models import PriorNotice
from cases.investigation import concluding, services
from cases.investigation.findings import consequences, current_report
from cases.investigation.forms import ReportForm
from cases.investigation.models import Correction, Report
from cases.investigation.proposals import open_kinds
from cases.investigation.rules import report_obstacles
from cases.parties.models import Party
from catalog.models import DiscretionBand, PenaltyKind
from tests.cases.standing import again, denied, do, done, force, person, refused, standing_at, step_of
from tests.doors.drivers import RestDoor, instant
from tests.doors.script import Step, proof, whole_case
from tests.factories.catalog import ItemFactory

MOVE = "conclude"
ON = date(2026, 3, 10)
laid = standing_at(MOVE)


def conclude(door, **changes):
    values = step_of(door.county, MOVE).values
    facts = {
        **values,
        "fine": Decimal(values["fine"]),
        "quantity": Decimal(1),
        "band": door.county.band,
        **changes,
    }
    actor = person(door.county.first)
    return concluding.conclude(case=door.case(), actor=actor, at=instant("2026-03-10T16:00"), **facts)


def version(**changes) -> None:
    """Let the pinned version of the item say something else, as a catalogue with other data would."""
    columns = ", ".join(f"{name} = %s" for name in changes)
    force(f"UPDATE catalog_itemversion SET {columns}", *changes.values())


@pytest.mark.parametrize(
    ("changes", "code", "article"),
    [
        (
            {"fine": "100000.01", "band": None, "deviation_reasons": "从重"},
            "fine_within_statute",
            "第四条",
        ),
        ({"fine": "60000.01"}, "discretion_band", ""),
        ({"fine": "9999.99", "deviation_reasons": "从宽"}, "fine_within_statute", "第四条"),
        ({"band": None}, "discretion_band", ""),
        ({"fine": "0"}, "fine_without_kind", "第九条"),
        ({"kinds": ["suspend_business"], "fine": "0"}, "penalty_kind_within_rule_level", "第十"),
        ({"kinds": ["fine", "detention"]}, "penalty_kind_within_rule_level", "第十"),
        ({"kinds": ["confiscate_gains"], "fine": "60000"}, "fine_without_kind", "第九条"),
        ({"kinds": ["fine", "confiscate_gains"]}, "confiscation_without_sum", "第六十三条"),
        ({"quantity": "0"}, "quantity_not_positive", "第四条"),
    ],
)
def test_a_proposal_outside_the_law_is_refused(standing, changes, code, article):
    denied(standing, code, article, again(standing, MOVE, **changes))
    typed = {key: Decimal(value) if key in {"fine", "quantity"} else value for key, value in changes.items()}
    with refused(standing.case(), code, article):
        conclude(standing, **typed)


def test_the_page_offers_only_the_kinds_that_the_basis_grants(standing):
    version = standing.case().item_version
    form = ReportForm(case=standing.case(), actor=standing.county.first, on=ON)
    offered = {kind for kind, _name in form.fields["kinds"].widget.choices}
    assert offered == open_kinds(version) == {*version.penalty_kinds, "confiscate_gains"}
    version.penalty_kinds = []
    assert open_kinds(version) == set(PenaltyKind.values) - {"detention"}


def test_a_grade_of_another_item_is_neither_offered_nor_taken(standing):
    foreign = ItemFactory(bands=(("较轻", "首次", 1, 100000),))
    band = DiscretionBand.objects.get(table__item=foreign)
    assert do(standing, again(standing, MOVE, band=band.pk)).status_code == 400
    with refused(standing.case(), "discretion_band"):
        conclude(standing, band=band)


def test_a_grade_without_penalty_carries_no_fine(standing):
    force("UPDATE catalog_discretionband SET no_penalty = true")
    denied(standing, "must_not_punish_minor_violation", "第三十三条", again(standing, MOVE))


def test_a_fine_without_any_known_upper_bound_is_refused(standing):
    version(fine_max=None)
    force("UPDATE catalog_discretionband SET fine_max = NULL")
    denied(standing, "fine_within_statute", "第四条", again(standing, MOVE))


@pytest.mark.parametrize(
    ("unit", "low", "high", "quantity", "fine", "allowed"),
    [
        ("元/平方米", 100, 500, "72", "36000", True),
        ("元/平方米", 100, 500, "72", "36001", False),
        ("倍", 1, 5, "10000", "50000", True),
        ("倍", 1, 5, "10000", "50001", False),
        ("倍", 1, 5, "1", "60000", False),
        ("%", 5, 10, "600000", "60000", True),
        ("%", 5, 10, "600000", "60001", False),
    ],
)
def test_the_range_counts_in_its_own_unit(standing, unit, low, high, quantity, fine, allowed):
    version(fine_unit=unit, fine_min=low, fine_max=high)
    step = again(standing, MOVE, band=None, deviation_reasons="无对应阶次", quantity=quantity, fine=fine)
    if allowed:
        done(standing, step)
    else:
        denied(standing, "fine_within_statute", "第四条", step)


def test_leaving_the_grades_takes_the_heads_together(standing):
    case = done(standing, again(standing, MOVE, fine="29000", deviation_reasons="主动消除危害后果"))
    due = consequences(case, current_report(case), on=ON, heard=False)
    assert any("第三十四条" in ground.zh for ground in due.discussion_grounds)


def test_confiscating_much_gives_the_right_to_a_hearing(standing):
    """A small fine beside a large confiscation: the party must be offered a hearing."""
    county_figure("hearing.confiscation", "organisation", "50000")
    done(standing, again(standing, MOVE, **confiscating("60000")))
    done(standing, again(standing, "issue-notice"))
    notice = PriorNotice.objects.get(case=standing.case_id)
    assert notice.hearing_offered
    assert notice.instrument.paper.content["penalties"][1]["amount"] == "60000.00"


def confiscating(value: str) -> dict:
    return {
        "fine": "20000",
        "band": None,
        "deviation_reasons": "初次",
        "kinds": ["fine", "confiscate_gains"],
        "confiscated_gains": value,
    }


def county_figure(key: str, party_type: str, amount: str) -> None:
    known = LawSetting.objects.get(key="hearing.fine", value__keys__party_type=party_type)
    keys = known.value["keys"]
    LawSetting.objects.create(
        key=key,
        value={"value": amount, "unit": "yuan", "keys": keys},
        article="本县标准",
        source="测试",
        valid_from=date(2020, 1, 1),
        proposed_by=known.proposed_by,
        approved_by=known.approved_by,
    )
    law_book.forget()


def test_an_unknown_figure_for_confiscation_is_no_way_round_the_hearing(standing):
    done(standing, again(standing, MOVE, **confiscating("60000")))
    denied(standing, "threshold_unknown", "第六十三条", again(standing, "issue-notice"))


@pytest.mark.parametrize(
    ("born_on", "changes", "code"),
    [
        (date(2012, 3, 4), {}, "minor_under_14"),
        (date(2008, 3, 4), {}, "minor_14_18_mitigate"),
        (
            date(2008, 3, 4),
            {"fine": "100000", "mitigation_basis": "第三十条", "band": None, "deviation_reasons": "情节严重"},
            "minor_14_18_mitigate",
        ),
    ],
)
def test_the_age_at_the_act_decides(standing, born_on, changes, code):
    """The act ended on 3 March 2026: one day before the fourteenth and the eighteenth birthday."""
    Party.objects.update(kind="citizen", born_on=born_on)
    denied(standing, code, "第三十条", again(standing, MOVE, **changes))


def test_a_minor_of_fourteen_is_punished_more_lightly_with_its_ground(standing):
    Party.objects.update(kind="citizen", born_on=date(2012, 3, 3))
    done(standing, again(standing, MOVE, mitigation_basis="行政处罚法第三十条"))


def serve_order(standing, at: str = "2026-03-06T11:30") -> None:
    """Serve the order to correct; its last day is 9 March."""
    order = str(Correction.objects.get().instrument_id)
    values = {**proof(at), "instrument": order}
    done(standing, Step("2026-03-10T11:00", "first", "serve-document", values, ("upload",)))


def test_nobody_is_punished_for_not_correcting_before_the_time_to_correct_is_over(standing):
    version(needs_correction_first=True)
    serve_order(standing)
    force("UPDATE cases_correction SET due_on = '2026-03-10'")
    denied(standing, "order_correction", "第二十八条", again(standing, MOVE))
    with refused(standing.case(), "order_correction", "第二十八条"):
        conclude(standing)
    force("UPDATE cases_correction SET due_on = '2026-03-09'")
    done(standing, again(standing, MOVE))


def test_a_record_older_than_the_lead_is_pointed_out_and_bars_nothing(standing):
    assert "record_before_lead" not in {found.code for found in report_obstacles(standing.case(), ON)}
    force("UPDATE cases_record SET started_at = '2026-02-27 02:00Z', ended_at = '2026-02-27 03:00Z'")
    (warned,) = [found for found in report_obstacles(standing.case(), ON) if not found.blocks]
    assert warned.code == "record_before_lead"
    assert "2026年2月27日" in warned.message
    done(standing, again(standing, MOVE))


def test_an_order_to_correct_counts_only_when_it_was_served_in_time(standing):
    version(needs_correction_first=True)
    found = denied(standing, "order_correction", "第二十八条", again(standing, MOVE))
    assert found["link"] == "case:serve-document"
    assert "没有送达记录" in found["detail"]
    assert "登记送达" in found["unblock"]
    serve_order(standing, "2026-03-10T10:00")
    found = denied(standing, "order_correction", "第二十八条", again(standing, MOVE))
    assert "已过" in found["detail"]


def test_nobody_is_punished_for_not_correcting_what_was_never_ordered(standing):
    version(needs_correction_first=True)
    force("DELETE FROM cases_correction")
    assert not Correction.objects.exists()
    denied(standing, "order_correction", "第二十八条", again(standing, MOVE))


@pytest.mark.parametrize(
    ("table", "code", "article"),
    [("cases_exhibit", "facts_proved", "第四十条"), ("cases_record", "full_process_record", "第四十七条")],
)
def test_without_evidence_or_record_nothing_is_concluded(standing, table, code, article):
    force(
        f"UPDATE {table} SET voided_at = now(), void_reason = '误', voided_by_id = {standing.county.first.pk}"
    )
    denied(standing, code, article, again(standing, MOVE))


def test_a_report_is_never_changed_or_dropped(standing):
    done(standing, again(standing, MOVE))
    for change in (lambda: Report.objects.update(fine=1), lambda: Report.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_scan_goes_behind_a_document_of_its_own_case_only(standing):
    twin = RestDoor(standing.county)
    twin.walk(whole_case(standing.county)[:2])
    foreign = twin.case().instruments.get()
    step = Step("2026-03-10T15:00", "first", "add-scan", {"instrument": foreign.pk, "note": ""}, ("upload",))
    assert do(standing, step).status_code == 400
    with refused(standing.case(), "instrument_of_other_case", "第四十七条"):
        services.add_scan(
            case=standing.case(),
            actor=person(standing.county.first),
            at=instant("2026-03-10T15:00"),
            instrument=foreign,
            upload=SimpleUploadedFile("a.pdf", b"%PDF-1.4"),
        )


def test_discretion_published_and_in_force_that_day_else_the_grade_does_not_count(standing):
    band = standing.county.band
    table = band.table
    table.pk, table.valid_from, table.valid_to = None, date(2019, 1, 1), date(2020, 1, 1)
    table.save(force_insert=True)
    force("UPDATE catalog_discretionband SET table_id = %s WHERE id = %s", table.pk, band.pk)
    assert do(standing, again(standing, MOVE)).status_code == 400
    with refused(standing.case(), "discretion_published", "第三十四条"):
        conclude(standing, band=DiscretionBand.objects.get(pk=band.pk))
