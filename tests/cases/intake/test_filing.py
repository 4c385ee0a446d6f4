"""立案: in time, under authority of the day, by a head who did not handle it, on the law of the act."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.intake import rules, services
from cases.intake.models import FilingProposal, Verification
from catalog.selectors import version_in_force
from tests.cases.standing import again, denied, do, done, force, person, refused, standing_at
from tests.doors.drivers import instant
from tests.doors.script import Step
from tests.factories.catalog import ItemVersionFactory
from tests.factories.townships import BodyFactory
from townships.models import RoleGrant
from townships.roles import Role

MOVE = "approve-filing"
laid = standing_at(MOVE)


def approve(door, actor):
    services.approve_filing(
        case=door.case(), actor=person(actor), at=instant("2026-03-05T09:00"), opinion="同意立案。"
    )


def case_says(door, **columns) -> None:
    Case.objects.filter(pk=door.case_id).update(**columns)


def act_ended(door, day) -> None:
    case_says(door, ended_on=day, happened_at=None)


def test_an_act_discovered_after_two_years_is_not_filed(standing):
    """F039: an act that ended longer ago than the limit bars the filing; on the last day it does not."""
    act_ended(standing, date(2024, 3, 1))
    denied(standing, "limitation_check", "第三十六条", again(standing, MOVE))
    with refused(standing.case(), "limitation_check", "第三十六条"):
        approve(standing, standing.county.head)
    # Found on 2 March 2026: the last day of two years from 2 March 2024.
    act_ended(standing, date(2024, 3, 2))
    done(standing, again(standing, MOVE))


def test_an_unknown_day_of_the_act_is_no_way_round_the_limitation(standing):
    act_ended(standing, None)
    denied(standing, "limitation_check", "第三十六条", again(standing, MOVE))


def test_without_an_end_the_day_it_happened_counts(standing):
    case_says(standing, ended_on=None, happened_at=instant("2024-03-01T10:00"))
    denied(standing, "limitation_check", "第三十六条", again(standing, MOVE))


def test_five_years_hold_only_where_both_conditions_are_on_record(standing):
    """F039: five years where the item knows them and grave harm is on record, and no day longer."""
    act_ended(standing, date(2022, 3, 2))
    force("UPDATE catalog_itemversion SET limitation_years = 5")
    denied(standing, "five_year_two_conditions", "第三十六条", again(standing, MOVE))
    force("UPDATE cases_verification SET grave_harm = true")
    act_ended(standing, date(2021, 3, 1))
    denied(standing, "limitation_check", "第三十六条", again(standing, MOVE))
    act_ended(standing, date(2021, 3, 2))
    done(standing, again(standing, MOVE))


def test_even_grave_harm_does_not_stretch_the_two_years_of_another_item(standing):
    act_ended(standing, date(2022, 3, 2))
    force("UPDATE cases_verification SET grave_harm = true")
    denied(standing, "limitation_check", "第三十六条", again(standing, MOVE))


def test_whoever_handled_the_case_does_not_approve_its_filing(standing):
    """F221: who investigates does not approve the filing."""
    for officer in (standing.county.first, standing.county.second):
        type(officer).objects.filter(pk=officer.pk).update(is_head=True)
        RoleGrant.objects.create(officer=officer, role=Role.HEAD, valid_from=date(2020, 1, 1))
        with refused(standing.case(), "separate_functions", "第五十七条"):
            approve(standing, officer)


@pytest.mark.parametrize(
    ("move", "values"),
    [("return-filing", {"reason": "补充。"}), ("refuse-filing", {"ground": "minor", "reason": "轻微。"})],
)
def test_whoever_handled_the_case_does_not_turn_its_filing_down(standing, move, values):
    first = standing.county.first
    type(first).objects.filter(pk=first.pk).update(is_head=True)
    RoleGrant.objects.create(officer=first, role=Role.HEAD, valid_from="2020-01-01")
    denied(standing, "separate_functions", "第五十七条", Step("2026-03-05T09:00", "first", move, values))


def test_the_database_refuses_a_proposal_answered_by_its_writer(standing):
    proposal = FilingProposal.objects.get(case=standing.case_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingProposal.objects.filter(pk=proposal.pk).update(answered_by=proposal.proposed_by)


def test_authority_that_ended_between_proposal_and_approval_stops_the_filing(standing):
    force("UPDATE townships_authoritygrant SET status = 'revoked', revoked_on = '2026-03-05'")
    denied(standing, "authority_subject", "第十七条", again(standing, MOVE))
    assert standing.case().number is None


def test_an_item_that_ended_is_not_filed(standing):
    force("UPDATE catalog_itemversion SET valid_to = '2026-03-05'")
    denied(standing, "item_not_in_force", "第三十八条", again(standing, MOVE))


def newer_version(standing, **changes):
    case = standing.case()
    old = version_in_force(case.item, date(2026, 3, 4))
    force("UPDATE catalog_itemversion SET valid_to = '2026-03-04', closed_at = now() WHERE id = %s", old.pk)
    facts = {"fine_min": old.fine_min, "fine_max": old.fine_max, "valid_from": date(2026, 3, 4)} | changes
    return old, ItemVersionFactory(item=case.item, name=old.name, violation=old.violation, **facts)


def test_a_heavier_law_made_after_the_act_is_not_applied(standing):
    """The act ended on 3 March; the new version holds from the 4th."""
    old, _new = newer_version(standing, fine_max=Decimal("200000"))
    done(standing, again(standing, MOVE))
    assert standing.case().item_version == old


def test_a_lighter_law_made_after_the_act_is_applied(standing):
    _old, new = newer_version(standing, fine_max=Decimal("50000"))
    done(standing, again(standing, MOVE))
    assert standing.case().item_version == new


def test_another_version_is_told_of_and_blocks_nothing(standing):
    newer_version(standing)
    found = list(rules.filing_obstacles(standing.case(), date(2026, 3, 5)))
    assert [(one.code, one.blocks) for one in found] == [("law_in_force_at_act", False)]
    assert "第三十七条" in found[0].article
    done(standing, again(standing, MOVE))


def test_another_case_against_the_same_party_is_told_of_and_blocks_nothing(standing):
    case = standing.case()
    Case.objects.create(
        lead_number="青禾线索〔2026〕98号",
        number="青禾罚案〔2026〕98号",
        source="patrol",
        summary="另案",
        found_on=case.found_on,
        township=case.township,
        item=case.item,
        party=case.party,
        registered_by=standing.county.clerk,
        registered_at=instant("2026-03-02T09:00"),
    )
    found = list(rules.filing_obstacles(case, date(2026, 3, 5)))
    assert [(one.code, one.blocks) for one in found] == [("jurisdiction_duplicate_case", False)]
    done(standing, again(standing, MOVE))


def test_a_filing_is_approved_once(standing):
    case = done(standing, again(standing, MOVE))
    assert case.stage == Stage.INVESTIGATING
    denied(standing, "wrong_stage", "第五十四条", again(standing, MOVE))
    assert case.number == "青禾罚案〔2026〕1号"


@pytest.mark.parametrize("who", ["first", "leader", "reviewer", "clerk", "supervisor"])
def test_nobody_but_a_head_files(standing, who):
    assert do(standing, again(standing, MOVE, who=who)).status_code == 403
    with refused(standing.case(), "head_decides", "第五十七条"):
        approve(standing, getattr(standing.county, who))


def test_a_verification_is_kept_as_it_was(standing):
    for change in (lambda: Verification.objects.update(findings="别的"), Verification.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_refusal_to_file_ticks_its_ground_and_prints_what_the_check_found(standing):
    case, head = standing.case(), person(standing.county.head)
    services.refuse_filing(
        case=case, actor=head, at=instant("2026-03-05T09:00"), ground="minor", reason="情节轻微，已当场改正。"
    )
    printed = case.instruments.get(kind="no_filing_approval").paper.content
    assert printed["reason_kind"] == "minor"
    assert printed["summary"] == case.verifications.get().findings
    assert printed["verified_on"] == "2026-03-03"


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ("valid_to = '2026-03-04'", "2026年3月5日无效"),
        ("domains = ARRAY['市场监管']", "不含“城市管理”领域"),
        ("limited_to_id = {other}", "不适用于该乡镇（街道）"),
    ],
)
def test_a_filing_needs_two_officers_certified_for_the_day_the_field_and_the_place(standing, spoilt, told):
    """F038: an expired certificate, or one of another field or township, counts for nothing."""
    change = spoilt.format(other=BodyFactory(name="白塔镇人民政府").pk)
    force(f"UPDATE townships_certificate SET {change} WHERE officer_id = %s", standing.county.second.pk)
    found = denied(standing, "certificate_valid_on_date", "第四十二条", again(standing, MOVE))
    assert standing.county.second.name in found["message"]
    assert told in found["message"]
    with refused(standing.case(), "certificate_valid_on_date", "第四十二条"):
        approve(standing, standing.county.head)
