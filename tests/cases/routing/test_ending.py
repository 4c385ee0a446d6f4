"""F018, F028: when authority ends, every open case goes to one place, with its clocks as they were."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit import subscribers
from audit.models import Event
from audit.selectors import first_broken_link
from cases.clocks.models import Clock
from cases.dossier import authority, law_book
from cases.dossier.figures import LawSetting
from cases.dossier.models import Assignment
from cases.dossier.moves import Move
from cases.dossier.stages import Stage
from cases.flow.nextsteps import next_actions
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.routing import delivery, ending, receiving, services
from cases.routing.content import authority_content
from cases.routing.models import HandOver, HandOverAnswer, Referral
from desk.models import Notice
from law.errors import RuleViolation
from papers.rendering import render_html
from tests.cases.routing.held import Held
from tests.cases.standing import refused
from tests.doors.drivers import at, instant
from tests.factories.townships import AuthorityGrantFactory, BodyFactory
from townships.models import Body, Suspension
from townships.services import lifecycle

pytestmark = pytest.mark.django_db
FRIDAY, SUNDAY = instant("2026-03-06T17:00"), date(2026, 3, 8)
MONDAY = instant("2026-03-09T08:30")


@pytest.fixture
def held():
    law_book.forget()
    yield Held()
    # A county's settings outlive the transaction of a test in the memory of the process.
    law_book.forget()


@pytest.fixture
def over_the_weekend(held):
    """A delegation whose last day is a Sunday, and a case filed under it on the Friday before."""
    grant = held.delegated(valid_to=SUNDAY)
    return held.case(grant, at=FRIDAY)


def fresh(case):
    return type(case).objects.get(pk=case.pk)


def setting(key, value, held):
    LawSetting.objects.create(
        key=f"authority.{key}",
        value={"value": value, "unit": "text", "keys": {}},
        article="青禾县综合行政执法改革方案第八条",
        source="青政办发〔2025〕20号",
        valid_from=date(2025, 1, 1),
        proposed_by=held.head,
        approved_by=held.lawyer,
    )
    law_book.forget()


def test_while_the_agreement_holds_nothing_is_moved(over_the_weekend):
    sunday_night = instant("2026-03-08T23:50")
    assert ending.settle_ended(at=sunday_night) == ending.Tally()
    assert fresh(over_the_weekend).handler.short_name == "江口镇"


def test_a_delegation_that_ends_over_the_weekend_gives_the_case_back_to_its_principal(over_the_weekend, held):
    """F049: the file goes over whole, and its clocks run on as they were."""
    clocks = Clock.objects.order_by("pk")
    before = list(clocks.values("pk", "kind", "clock_id", "started_at", "due_on", "state"))
    assert ending.settle_ended(at=MONDAY).moved == 1

    case = fresh(over_the_weekend)
    assert (case.handler, case.named, case.mode) == (held.department, held.department, "own")
    assert case.lead_officer is None
    assert case.stage == Stage.INVESTIGATING
    assert case.filed_on == FRIDAY.date()
    assert list(clocks.exclude(kind="transfer_accept").values(*before[0])) == before
    handed = HandOver.objects.get()
    assert handed.ground == "delegation_ended"
    assert handed.ended_grant.valid_to == SUNDAY
    assert handed.handed_by is None
    assert [row["clock"] for row in handed.inventory["clocks"]]
    assert not Assignment.objects.filter(case=case, ended_on=None).exists()
    assert first_broken_link(case.chain) is None


def test_the_list_of_what_goes_along_and_the_new_proof_are_put_on_file(over_the_weekend, held):
    ending.settle_ended(at=MONDAY)
    listed = Instrument.objects.get(kind=Kind.HAND_OVER)
    said = listed.paper.content
    assert (said["from_body"], said["to_body"]) == ("江口镇人民政府", "青禾县农业农村局")
    assert "不重新起算" in said["reasons"]
    assert listed.issued_by is None
    proof = Instrument.objects.get(kind=Kind.AUTHORITY)
    assert proof.authority["handler"] == "青禾县农业农村局"
    assert proof.authority["rejected"][0]["code"] == "expired"


def test_the_proof_of_authority_names_agreement_item_term_publication_and_why_nobody_else(held):
    """F026."""
    grant = held.delegated()
    case = held.case(grant, at=FRIDAY)
    content = authority_content(case, authority.require(case, on=MONDAY.date()))
    text = render_html("authority_proof", content)
    printed = (
        grant.number,
        case.item_version.name,
        "2025年1月1日至2027年12月31日",
        "县级公布：2025年1月3日，乡镇公布：2025年1月3日",
        "青禾县农业农村局",
        "保留职权，已委托乡镇（街道）以其名义办理",
    )
    assert [part for part in printed if part not in text] == []


def test_a_grant_revoked_today_gives_its_cases_back_without_waiting_for_the_sweep(held):
    grant = held.delegated()
    case = held.case(grant, at=FRIDAY)
    lifecycle.revoke_grant(
        grant=grant, revoked_on=MONDAY.date(), reason="目录调整", actor=held.lawyer, at=MONDAY
    )
    event = Event.objects.get(chain=grant.chain, verb="grant_revoked")
    names = event.deliveries.order_by("id").values_list("subscriber", flat=True)
    with at("2026-03-09T08:31"):
        for name in names:
            subscribers.run(name, event)
    assert HandOver.objects.get().to_body == held.department
    assert fresh(case).handler == held.department


def test_repeating_the_job_changes_nothing_more(over_the_weekend):
    ending.settle_ended(at=MONDAY)
    events = Event.objects.count()
    assert ending.settle_ended(at=MONDAY) == ending.Tally()
    assert ending.settle(case_id=over_the_weekend.pk, at=MONDAY) == "kept"
    assert (HandOver.objects.count(), Event.objects.count()) == (1, events)


def test_a_suspended_delegation_gives_its_cases_back_too(held):
    grant = held.delegated()
    case = held.case(grant, at=FRIDAY)
    Suspension.objects.create(grant=grant, suspended_from=date(2026, 3, 9), reason="评估")
    assert ending.settle_ended(at=MONDAY).moved == 1
    assert fresh(case).handler == held.department


def test_a_renewed_agreement_keeps_the_case_and_is_written_down_once(over_the_weekend, held):
    renewed = held.delegated(valid_from=date(2026, 3, 9))
    assert ending.settle_ended(at=MONDAY) == ending.Tally(kept=1)
    assert fresh(over_the_weekend).grant == renewed
    assert not HandOver.objects.exists()
    assert Event.objects.filter(verb="authority_renewed").count() == 1
    assert ending.settle_ended(at=MONDAY) == ending.Tally()


def test_a_case_filed_under_an_empowerment_stays_with_the_filer_by_default(held):
    grant = held.empowered(valid_to=SUNDAY)
    case = held.case(grant, at=FRIDAY)
    for _ in range(2):
        assert ending.settle_ended(at=MONDAY) == ending.Tally(kept=1)
    case = fresh(case)
    assert case.handler == held.township
    assert case.authority["outcome"] == "continued"
    assert Event.objects.filter(verb="authority_continued").count() == 1
    finding = authority.require(case, on=MONDAY.date())
    assert finding["grant_id"] == grant.pk
    assert "立案时该权限有效" in finding["reasons_zh"][0]


def test_it_moves_where_the_county_has_so_decided_and_rights_are_told_anew(held):
    setting("empowerment_ended", "moves", held)
    case = held.case(held.empowered(valid_to=SUNDAY), at=FRIDAY)
    assert ending.settle_ended(at=MONDAY).moved == 1
    assert fresh(case).named == held.department
    assert fresh(case).filed_on == FRIDAY.date()
    handed = HandOver.objects.get()
    assert (handed.ground, handed.named_before) == ("empowerment_ended", held.township)
    assert "重新送达权利义务告知" in Instrument.objects.get(kind=Kind.HAND_OVER).paper.content["reasons"]


def test_a_lead_not_yet_filed_moves_when_the_empowerment_ends(held):
    case = held.case(held.empowered(valid_to=SUNDAY), at=FRIDAY, stage=Stage.VERIFYING)
    assert ending.settle_ended(at=MONDAY).moved == 1
    assert fresh(case).handler == held.department
    assert not Instrument.objects.filter(kind=Kind.AUTHORITY).exists()


def test_a_suspended_empowerment_leaves_the_case_but_lets_nobody_act(held):
    grant = held.empowered()
    case = held.case(grant, at=FRIDAY)
    Suspension.objects.create(grant=grant, suspended_from=date(2026, 3, 9), reason="评估")
    assert ending.settle_ended(at=MONDAY) == ending.Tally(kept=1)
    with refused(case, "authority_subject", "第十七条"):
        authority.require(fresh(case), on=MONDAY.date())


def test_a_lead_that_nobody_had_accepted_is_sent_to_the_new_body(held):
    case = held.case(held.delegated(valid_to=SUNDAY), at=FRIDAY, stage=Stage.ROUTED)
    Referral.objects.create(case=case, to_body=held.township, sent_by=held.officers[0], sent_at=FRIDAY)
    assert ending.settle_ended(at=MONDAY).moved == 1
    old, new = Referral.objects.order_by("id")
    assert (old.accepted, old.to_body) == (False, held.township)
    assert (new.answered_at, new.to_body) == (None, held.department)


def test_where_nobody_may_act_the_case_stays_and_the_legal_department_is_told_once_a_day(held):
    grant = held.delegated(valid_to=SUNDAY)
    case = held.case(grant, at=FRIDAY)
    Body.objects.filter(pk=held.department.pk).update(active_to=SUNDAY)
    for _ in range(2):
        assert ending.settle_ended(at=MONDAY) == ending.Tally(stuck=1)
    assert fresh(case).handler == held.township
    assert not HandOver.objects.exists()
    assert Notice.objects.filter(kind="hand_over_stuck", recipient=held.lawyer).count() == 1


def test_a_case_that_fails_keeps_no_other_waiting(held, monkeypatch):
    grant = held.delegated(valid_to=SUNDAY)
    first, second = (held.case(grant, at=FRIDAY, number=n) for n in (1, 2))
    type(first).objects.filter(pk=first.pk).update(second_officer=None, item_version=None)
    Clock.objects.filter(case=first).update(clock_id="no_such_clock")
    tally = ending.settle_ended(at=MONDAY)
    assert (tally.moved, tally.stuck) == (1, 1)
    assert fresh(first).handler == held.township
    assert fresh(second).handler == held.department


def test_the_receiver_takes_over_by_naming_two_officers(over_the_weekend, held):
    """F049: accepted by the body that receives it."""
    ending.settle_ended(at=MONDAY)
    case = fresh(over_the_weekend)
    with refused(case, "hand_over_not_received", "第二十五条"):
        services.reassign(
            case=case,
            actor=held.receivers[0],
            at=MONDAY,
            lead_officer=held.receivers[0],
            second_officer=held.receivers[1],
            reason="直接换人",
        )
    case = fresh(case)
    lead, second = held.receivers
    receiving.receive(case=case, actor=lead, at=MONDAY, lead_officer=lead, second_officer=second)
    assert fresh(case).lead_officer == lead
    assert not Clock.objects.filter(kind="transfer_accept", state="running").exists()
    assert HandOverAnswer.objects.get().kind == "accepted"
    with refused(case, "no_hand_over_waiting", "第二十五条"):
        receiving.receive(case=fresh(case), actor=lead, at=MONDAY, lead_officer=lead, second_officer=second)


def test_the_case_page_puts_the_answer_to_a_hand_over_first(over_the_weekend, held, login):
    ending.settle_ended(at=MONDAY)
    case, lead = fresh(over_the_weekend), held.receivers[0]
    with at("2026-03-09T09:00"):
        assert login(lead).get(reverse("case", args=[case.pk])).status_code == 200
        assert login(held.officers[0]).get(reverse("case", args=[case.pk])).status_code == 404
    assert next_actions(lead, case, on=MONDAY.date()).primary.move == Move.RECEIVE
    receiving.refuse_hand_over(case=case, actor=lead, at=MONDAY, reason="案卷缺少现场笔录")
    assert next_actions(lead, fresh(case), on=MONDAY.date()).waited_for.move == Move.DESIGNATE


def test_the_work_desk_and_the_page_lead_each_to_their_answer_to_a_hand_over(over_the_weekend, held, login):
    ending.settle_ended(at=MONDAY)
    case, lead = fresh(over_the_weekend), held.receivers[0]

    def waits_on_the_desk_of(officer):
        return [row.go_url for row in login(officer).get(reverse("home")).context["waiting"]]

    with at("2026-03-09T09:00"):
        assert waits_on_the_desk_of(lead) == [reverse("act-receive", args=[case.pk])]
        assert waits_on_the_desk_of(held.lawyer) == waits_on_the_desk_of(held.officers[0]) == []
        receiving.refuse_hand_over(case=case, actor=lead, at=MONDAY, reason="案卷缺少现场笔录")
        designate = reverse("act-designate", args=[case.pk])
        assert waits_on_the_desk_of(lead) == []
        assert waits_on_the_desk_of(held.lawyer) == [designate]
        page = login(held.lawyer).get(designate).content.decode()
        shown = (held.township.name, "委托终止，由委托机关办理", "案卷缺少现场笔录", lead.name)
        assert [word for word in shown if word not in page] == []


def test_an_objection_needs_reasons_and_leaves_the_case_until_a_designation(over_the_weekend, held):
    """F049: refused only with a reason."""
    ending.settle_ended(at=MONDAY)
    case, lead = fresh(over_the_weekend), held.receivers[0]
    with refused(case, "full_process_record", "第四十七条"):
        receiving.refuse_hand_over(case=fresh(case), actor=lead, at=MONDAY, reason=" ")
    receiving.refuse_hand_over(case=fresh(case), actor=lead, at=MONDAY, reason="案卷缺少现场笔录")
    delivery.ask_for_designation(case_id=case.pk, at=MONDAY)
    assert Notice.objects.filter(recipient=held.lawyer, title__contains="指定").count() == 1
    assert fresh(case).handler == held.department
    with refused(case, "no_hand_over_waiting", "第二十五条"):
        receiving.receive(
            case=fresh(case), actor=lead, at=MONDAY, lead_officer=lead, second_officer=held.receivers[1]
        )
    receiving.designate(
        case=fresh(case), actor=held.lawyer, at=MONDAY, reason="由农业农村局办理，限三日内补齐"
    )
    for _again in range(2):
        delivery.tell_of_designation(case_id=case.pk, at=MONDAY)
    told = Notice.objects.filter(title__contains="已指定由本机关办理")
    assert {notice.recipient for notice in told} == set(held.receivers)
    assert Clock.objects.filter(kind="transfer_accept", state="running").count() == 1
    receiving.receive(
        case=fresh(case), actor=lead, at=MONDAY, lead_officer=lead, second_officer=held.receivers[1]
    )
    assert [answer.kind for answer in HandOverAnswer.objects.all()] == ["refused", "designated", "accepted"]


def test_receivers_are_told_once_then_reminded_daily_then_their_head_and_the_lawyers_are(
    over_the_weekend, held
):
    ending.settle_ended(at=MONDAY)
    handed = HandOver.objects.get()
    for _ in range(2):
        delivery.tell_receiver(hand_over_id=handed.pk, at=MONDAY)
    assert Notice.objects.count() == len(held.receivers)
    due = Clock.objects.get(kind="transfer_accept").due_on
    noon = instant(f"{due}T12:00")
    assert delivery.remind_receivers(at=noon - timedelta(days=1)) == 0
    for _ in range(2):
        assert delivery.remind_receivers(at=noon) == 1
    assert Notice.objects.count() == 2 * len(held.receivers)
    delivery.remind_receivers(at=noon + timedelta(days=1))
    assert Notice.objects.filter(recipient__in=[held.head, held.lawyer]).count() == 2


def test_the_cases_of_an_abolished_township_go_to_the_body_that_carries_on(held):
    grant = held.delegated()
    case = held.case(grant, at=FRIDAY)
    lead = held.case(grant, at=FRIDAY, number=2, stage=Stage.VERIFYING)
    type(lead).objects.filter(pk=lead.pk).update(item=None, mode="", grant=None, named=None)
    merged = BodyFactory(name="江城街道办事处", kind="subdistrict")
    AuthorityGrantFactory(
        principal=held.department, holder=merged, items=[held.item], valid_from=date(2026, 3, 9)
    )
    Body.objects.filter(pk=held.township.pk).update(active_to=SUNDAY, successor=merged)
    assert ending.settle_ended(at=MONDAY).moved == 2
    for one in (case, lead):
        assert (fresh(one).handler, fresh(one).township) == (merged, merged)
    assert set(HandOver.objects.values_list("ground", flat=True)) == {"body_ended"}
    assert ending.settle_ended(at=MONDAY) == ending.Tally()


def test_a_person_hands_over_only_when_somebody_else_may_act(held):
    case = held.case(held.delegated(), at=FRIDAY)
    with refused(case, "nobody_to_hand_over_to", "第二十四条"):
        services.hand_over(case=case, actor=held.lawyer, at=MONDAY, reason="试试")


def test_a_department_may_not_file_on_what_it_has_handed_to_the_township(held):
    """F018: the rule text is told; when the item is recalled the department may file again."""
    grant = held.empowered(valid_to=SUNDAY)
    case = held.case(grant, at=FRIDAY, stage=Stage.VERIFIED)
    type(case).objects.filter(pk=case.pk).update(handler=held.department, named=held.department, mode="own")
    case = fresh(case)
    refusal = authority.objection(case, on=FRIDAY.date())
    assert refusal.code == "exclusive_after_empowerment"
    assert refusal.blocks
    assert "江口镇人民政府" in refusal.message
    assert authority.objection(case, on=MONDAY.date()) is None


@pytest.mark.parametrize(
    ("mode", "value", "blocks"),
    [
        ("empowerment", "block", True),
        ("empowerment", "warn", False),
        ("delegation", "block", True),
        ("delegation", "warn", False),
    ],
)
def test_the_county_decides_with_a_date_whether_the_department_is_barred_or_warned(mode, value, blocks, held):
    setting(f"after_{mode}", value, held)
    grant = held.empowered() if mode == "empowerment" else held.delegated()
    case = held.case(grant, at=FRIDAY, stage=Stage.VERIFIED)
    type(case).objects.filter(pk=case.pk).update(handler=held.department, named=held.department, mode="own")
    refusal = authority.objection(fresh(case), on=MONDAY.date())
    assert refusal.blocks is blocks
    assert refusal.article == "青禾县综合行政执法改革方案第八条"
    if blocks:
        with pytest.raises(RuleViolation):
            authority.require(fresh(case), on=MONDAY.date())
        return
    finding = authority.require(fresh(case), on=MONDAY.date())
    assert (finding["outcome"], finding["handler"]) == ("concurrent", "青禾县农业农村局")
