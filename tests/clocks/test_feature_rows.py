"""F077, F078, F079, F080, F081, F082, F085, F087 and F088 on real cases.

F076 and F083 stand in tests/law, F086 in test_rules_in_force.
"""

import random
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from audit.models import Event
from audit.selectors import trail_of
from cases.clocks.levels import levels
from cases.clocks.models import Clock, ClockChange
from cases.dossier import law_book, law_settings
from cases.oversight.services import sweep
from cases.periods import calendars, feed, whatif
from cases.periods.notice_files import read
from cases.periods.services import extend_clock, resume_clock, suspend_clock
from desk.models import Notice
from law.derivation import Derivation
from law.errors import LawError, RuleViolation
from tests.clocks.conftest import clock_of, due_of, moment, start
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 3)
DAY = timedelta(days=1)
PAPER = "委托鉴定书〔2026〕1号"


def suspend(case, county, first, last, *, ground="testing"):
    return suspend_clock(
        case=case,
        actor=county.head,
        at=moment("2026-05-20T09:00"),
        kind="case_decision",
        ground=ground,
        started_on=first,
        ended_on=last,
        document=PAPER,
    )


def extend(case, county, length, minutes=""):
    return extend_clock(
        case=case,
        actor=county.head,
        at=moment("2026-05-20T10:00"),
        kind="case_decision",
        length=length,
        reason="案情复杂",
        minutes=minutes,
    )


def test_f077_nine_days_of_suspension_move_the_end_by_nine_and_two_suspensions_add(case, county):
    suspend(case, county, date(2026, 3, 10), date(2026, 3, 19))
    assert due_of(case) == DUE + 9 * DAY
    suspend_clock(
        case=case,
        actor=county.head,
        at=moment("2026-04-01T09:00"),
        kind="case_decision",
        ground="hearing",
        started_on=date(2026, 4, 1),
        document=PAPER,
    )
    assert due_of(case) is None
    resume_clock(
        case=case,
        actor=county.first,
        at=moment("2026-04-06T09:00"),
        kind="case_decision",
        ended_on=date(2026, 4, 6),
    )
    assert due_of(case) == DUE + 14 * DAY


def test_f078_the_steps_behind_a_due_date_reproduce_it(case, county, login, freeze):
    suspend(case, county, date(2026, 3, 10), date(2026, 3, 19))
    extend(case, county, 30)
    clock = clock_of(case)
    told = Derivation.from_dict(clock.derivation).as_dict()
    counted = [step for step in told["steps"] if step["kind"] == "counted"]
    assert sum(step["days"] for step in counted) == 90 + 30
    assert counted[-1]["last"] == clock.due_on.isoformat()
    freeze("2026-05-20")
    page = login(county.first).get(f"/cases/{case.pk}/?tab=clocks").content.decode()
    for words in (
        "立案",
        "当日不计入",
        "检测、检验、检疫、鉴定",
        "扣除9日",
        "延长30日",
        county.head.name,
        "90日",
    ):
        assert words in page
    assert f"/cases/{case.pk}/?tab=trail" in page
    answer = login(county.first).get(f"/api/v1/cases/{case.pk}/").json()
    [row] = [row for row in answer["clocks"] if row["kind"] == "case_decision"]
    assert row["derivation"] == clock.derivation
    assert row["started_by"]["event"] == clock.event.verb
    assert row["sentences"]["zh"]
    assert row["sentences"]["en"]


def test_f079_days_shared_by_two_suspensions_count_once(case, county):
    suspend(case, county, date(2026, 3, 10), date(2026, 3, 20))
    suspend(case, county, date(2026, 3, 15), date(2026, 3, 25), ground="hearing")
    assert due_of(case) == DUE + 15 * DAY


def test_f080_the_second_step_of_the_ladder_needs_the_minutes_of_the_heads(case, county):
    extend(case, county, 30)
    assert due_of(case) == DUE + 30 * DAY
    before = Event.objects.count()
    with pytest.raises(RuleViolation) as refused:
        extend(case, county, 60)
    assert refused.value.code == "extension_needs_rule"
    assert (due_of(case), Event.objects.count()) == (DUE + 30 * DAY, before)
    extend(case, county, 60, minutes="集体讨论笔录〔2026〕2号")
    assert due_of(case) == DUE + 90 * DAY
    with pytest.raises(RuleViolation):
        extend(case, county, 1, minutes="集体讨论笔录〔2026〕3号")


def test_f080_national_law_alone_grants_no_step(national_case, waters):
    with pytest.raises(RuleViolation) as refused:
        extend(national_case, waters, 30)
    assert refused.value.article


CHANGED = "\n".join(
    ["date,kind,name"]
    + [f"2026-02-{day},off,春节" for day in range(15, 25)]
    + ["2026-02-14,work,春节", "2026-02-28,work,春节"]
)


def test_f081_a_changed_holiday_lists_and_recomputes_open_cases_and_leaves_past_ones(case, county):
    event = trail_of(case.chain)[0]
    [window, ended] = start(
        case, ["hearing_request", "legal_review"], event=event, at=moment("2026-02-12T15:00")
    )
    Clock.objects.filter(pk=ended.pk).update(state="stopped", stopped_at=moment("2026-02-25T09:00"))
    assert window.due_on == date(2026, 2, 26)
    lawyers = [OfficerFactory(name=name, body=None, roles=[Role.LEGAL_DEPARTMENT]) for name in ("甲", "乙")]
    year = calendars.propose(
        actor=lawyers[0], at=moment("2026-02-20T09:00"), read=read(CHANGED, source="测试")
    )
    law_book.forget()
    book = law_book.law_book().with_overrides(years=[year.as_law()])
    listed = [row.clock.pk for row in calendars.recompute.moved(calendars.cause_of(year), book=book)]
    assert listed == [window.pk]
    calendars.approve(year=year, actor=lawyers[1], at=moment("2026-02-20T10:00"))
    assert calendars.recompute_waiting(at=moment("2026-02-20T10:05")) == 1
    window.refresh_from_db()
    ended.refresh_from_db()
    assert window.due_on == date(2026, 2, 27)
    assert ended.due_on == date(2026, 2, 26)
    assert trail_of(case.chain)[0].verb == "clock_recomputed"
    change = ClockChange.objects.get()
    assert (change.before_on, change.after_on) == (date(2026, 2, 26), date(2026, 2, 27))


def recipients(level):
    return set(Notice.objects.filter(kind=f"clock-{level}").values_list("recipient__name", flat=True))


def warned(kind):
    events = Event.objects.filter(verb="clock_warned").order_by("id")
    return [event.payload["level"] for event in events if event.payload["clock"] == kind]


def test_f082_yellow_goes_to_the_officers_red_to_their_leader_overdue_to_the_head_each_once(case, county):
    clock = clock_of(case)
    assert levels(date(2026, 5, 29)).of(DUE) == "yellow"
    for day in (
        "2026-05-28",
        "2026-05-29",
        "2026-05-29",
        "2026-06-01",
        "2026-06-02",
        "2026-06-03",
        "2026-06-04",
    ):
        for hour in ("06:00", "06:15"):
            sweep(at=moment(f"{day}T{hour}"))
    assert warned(clock.clock_id) == ["yellow", "red", "overdue"]
    officers = {county.first.name, county.second.name}
    assert recipients("yellow") == officers
    assert recipients("red") == officers | {county.leader.name}
    assert recipients("overdue") >= officers | {county.leader.name, county.head.name}


def test_f082_the_county_sets_how_many_working_days_ahead_is_yellow_and_red(
    case, county, django_capture_on_commit_callbacks
):
    lawyers = [OfficerFactory(name=name, body=None, roles=[Role.LEGAL_DEPARTMENT]) for name in ("甲", "乙")]
    for key, days in (("warning.yellow", 8), ("warning.red", 5)):
        setting = law_settings.propose(
            actor=lawyers[0],
            at=moment("2026-05-01T09:00"),
            key=key,
            value={"value": days, "unit": "day", "keys": {}},
            article="本县规定",
            source="青政发〔2026〕4号",
            valid_from=date(2026, 5, 1),
        )
        with django_capture_on_commit_callbacks(execute=True):
            law_settings.approve(setting=setting, actor=lawyers[1], at=moment("2026-05-01T10:00"))
    # 3 June is the eighth working day after 22 May and the fifth after 27 May.
    for day in ("2026-05-21", "2026-05-22", "2026-05-26", "2026-05-27"):
        sweep(at=moment(f"{day}T06:00"))
        expected = {"2026-05-21": [], "2026-05-22": ["yellow"], "2026-05-26": ["yellow"]}.get(
            day, ["yellow", "red"]
        )
        assert warned(clock_of(case).clock_id) == expected, day


def test_f085_after_three_days_of_outage_one_notice_an_event_and_no_more(case, county):
    clock = clock_of(case)
    sweep(at=moment("2026-05-29T06:00"))
    for hour in ("06:00", "06:15", "07:00"):
        sweep(at=moment(f"2026-06-05T{hour}"))
    assert warned(clock.clock_id) == ["yellow", "overdue"]
    told = Notice.objects.filter(kind="clock-overdue", link=reverse("case", args=[case.pk]))
    assert told.count() == told.values("recipient").distinct().count()


def test_f087_the_feed_opens_in_a_calendar_until_its_address_is_revoked(case, county, freeze):
    freeze("2026-05-20")
    secret = feed.open_feed(officer=county.first, at=moment("2026-05-01T09:00"))
    answer = Client().get(reverse("feed_read", args=[secret]))
    opened = Calendar.from_ical(answer.content)
    assert opened.errors == []
    assert (opened["VERSION"], opened.name) == ("2.0", "VCALENDAR")
    for entry in opened.walk("VEVENT"):
        assert entry.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(entry)
    assert DUE in [entry["DTSTART"].dt for entry in opened.walk("VEVENT")]
    feed.close_feed(officer=county.first, at=moment("2026-05-20T09:00"))
    assert Client().get(reverse("feed_read", args=[secret])).status_code == 404


ASKED_ON = date(2026, 5, 20)


@pytest.mark.parametrize("seed", range(12))
def test_f088_whatever_is_supposed_equals_what_is_later_done(case, county, seed):
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        first = date(2026, 3, 6) + chance.randint(0, 40) * DAY
        last = first + chance.randint(0, 12) * DAY
        ground = chance.choice(["testing", "hearing"])
        asked = whatif.Supposition(
            kind="case_decision", ground=ground, suspended_from=first, suspended_to=last
        )
        state = (Event.objects.count(), due_of(case), clock_of(case).derivation)
        [supposed] = [row for row in whatif.suppose(case, asked, on=ASKED_ON) if row.kind == "case_decision"]
        assert (Event.objects.count(), due_of(case), clock_of(case).derivation) == state
        try:
            suspend(case, county, first, last, ground=ground)
        except (RuleViolation, LawError):
            assert (Event.objects.count(), due_of(case)) == state[:2]
            continue
        assert due_of(case) == supposed.due.due_on
        assert clock_of(case).derivation == supposed.due.derivation.as_dict()
    length = chance.randint(1, 30)
    asked = whatif.Supposition(kind="case_decision", extension=length)
    [supposed] = [row for row in whatif.suppose(case, asked, on=ASKED_ON) if row.kind == "case_decision"]
    extend(case, county, length)
    assert due_of(case) == supposed.due.due_on


def test_f065_the_days_of_appraisals_are_taken_out_once_though_they_overlap(case, county):
    """F065: 10 to 20 March and 15 to 25 March are fifteen days; a third within them takes nothing out."""
    suspend(case, county, date(2026, 3, 10), date(2026, 3, 20))
    suspend(case, county, date(2026, 3, 15), date(2026, 3, 25))
    assert due_of(case) == DUE + 15 * DAY
    suspend(case, county, date(2026, 3, 12), date(2026, 3, 18))
    assert due_of(case) == DUE + 15 * DAY
