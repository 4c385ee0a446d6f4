"""登记集体讨论: after everything it has to discuss, by heads of the body who did not investigate."""

from datetime import date

import pytest

from cases.decision import services
from cases.decision.models import CollectiveDiscussion
from cases.dossier.models import Assignment
from cases.dossier.moves import Move
from cases.flow.nextsteps import next_actions
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from tests.cases.standing import again, denied, do, done, person, refused, standing_at, step_of
from tests.doors.drivers import instant
from tests.factories.townships import BodyFactory, OfficerFactory
from townships.models import Officer, RoleGrant
from townships.roles import Role

ARTICLE = "第五十七条"
MOVE = "record-discussion"
laid = standing_at(MOVE)


def discuss(door, **changes):
    """Call the service as the script does, with other facts."""
    values = step_of(door.county, MOVE).values
    facts = {
        **values,
        "held_at": instant(values["held_at"]),
        "chair": door.county.head,
        "attendees": [door.county.head, door.county.deputy],
        **changes,
    }
    actor = person(door.county.first)
    return services.record_discussion(case=door.case(), actor=actor, at=instant("2026-03-24T11:00"), **facts)


@pytest.mark.parametrize(
    ("held_at", "code", "article"),
    [
        # The windows ran until 19 March; the review passed on the 23rd at 10:00.
        ("2026-03-20T15:00", "legal_review_required", "第五十八条"),
        ("2026-03-18T15:00", "defence_window_elapsed", "第四十五条"),
        ("2026-03-11T15:00", "defence_window_elapsed", "第四十五条"),
        ("2026-03-24T15:00", "discussed_in_future", ARTICLE),
    ],
)
def test_a_discussion_comes_after_all_that_it_has_to_discuss(standing, held_at, code, article):
    denied(standing, code, article, again(standing, MOVE, held_at=held_at))
    with refused(standing.case(), code, article):
        discuss(standing, held_at=instant(held_at))


def test_one_head_named_twice_is_no_quorum(standing):
    head = standing.county.head
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing, attendees=[head, head])
    denied(standing, "collective_discussion", ARTICLE, again(standing, MOVE, attendees=[head.pk, head.pk]))


def test_the_record_tells_how_many_heads_were_to_come_and_came(standing):
    OfficerFactory(body=standing.county.township, roles=[Role.HEAD], is_head=True)
    discuss(standing)
    record = Instrument.objects.select_related("paper").get(case=standing.case_id, kind=Kind.DISCUSSION)
    assert record.paper.content["attendance"] == "应到负责人3人，实到2人"


def test_nobody_present_is_no_discussion(standing):
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing, attendees=[])


@pytest.mark.parametrize(
    ("opinions", "conclusion"),
    [("   ", "同意。"), ("王建平：同意。", "同意。"), ("王建平：同意。\n罗莹：同意。", "  ")],
)
def test_an_empty_record_or_a_silent_head_is_no_discussion(standing, opinions, conclusion):
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing, opinions=opinions, conclusion=conclusion)


def test_heads_of_another_body_do_not_discuss_this_case(standing):
    other = BodyFactory()
    strangers = [OfficerFactory(body=other, roles=[Role.HEAD], name=name) for name in ("甲某", "乙某")]
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing, chair=strangers[0], attendees=strangers, opinions="甲某：同意。乙某：同意。")
    keys = [one.pk for one in strangers]
    assert do(standing, again(standing, MOVE, chair=keys[0], attendees=keys)).status_code == 400
    assert not CollectiveDiscussion.objects.filter(case=standing.case_id).exists()


def test_a_stranger_among_own_heads_spoils_the_discussion(standing):
    stranger = OfficerFactory(body=BodyFactory(), roles=[Role.HEAD], name="甲某")
    heads = [standing.county.head, standing.county.deputy]
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing, attendees=[*heads, stranger], opinions="王建平、罗莹、甲某：同意。")


def test_a_head_whose_appointment_has_ended_does_not_count(standing):
    RoleGrant.objects.filter(officer=standing.county.deputy, role=Role.HEAD).update(valid_to="2026-03-20")
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing)


def test_a_head_who_investigated_does_not_count_towards_the_quorum(standing):
    Assignment.objects.create(
        case=standing.case(), officer=standing.county.deputy, duty="investigator", began_on="2026-03-02"
    )
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing)


def test_a_flag_of_head_without_the_appointment_does_not_count(standing):
    county = standing.county
    Officer.objects.filter(pk=county.leader.pk).update(is_head=True)
    with refused(standing.case(), "collective_discussion", ARTICLE):
        discuss(standing, attendees=[county.head, county.leader], opinions="王建平：同意。陈立：同意。")


def test_a_discussion_with_everything_is_recorded_for_this_report(standing):
    case = done(standing, again(standing, MOVE))
    held = CollectiveDiscussion.objects.get(case=case)
    assert set(held.attendees.all()) == {standing.county.head, standing.county.deputy}
    assert held.report == case.reports.get()


def test_where_the_heads_have_to_discuss_first_the_page_does_not_wait_for_the_decision(standing):
    told = next_actions(person(standing.county.first), standing.case(), on=date(2026, 3, 24))
    assert told.primary.move == Move.RECORD_DISCUSSION
    assert told.waits_told == ""
    done(standing, step_of(standing.county, MOVE))
    after = next_actions(person(standing.county.first), standing.case(), on=date(2026, 3, 24))
    assert "作出处罚决定" in after.waits_told
