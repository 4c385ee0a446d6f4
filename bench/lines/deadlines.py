"""The deadline board, a million due dates at once, and the stored clocks under a changed calendar."""

from bisect import bisect_right
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from bench.bench import Bench
from bench.filling import fill, run
from bench.line import Line
from bench.meter import Task
from cases.clocks.levels import levels
from cases.clocks.models import Clock
from cases.clocks.services import PARTY_CLOCKS
from cases.dossier import law_book
from cases.dossier.calendar_years import CalendarYear, as_rows
from cases.periods import recompute
from cases.periods.calendars import cause_of
from desk import clock
from law.calendar import DayName, YearCalendar, packaged_years
from law.fast import due_many

LENGTH = 5
WORKING_CLOCK = "transfer_accept_default"
# Marks the clocks that this line adds; the site takes them out of the lists before anything is measured.
KIND = "bench"
MOST_CLOCKS = 4_000
SPREAD = 20
MS_A_CLOCK = 0.004
BOARD = """
    SELECT c.id, c.clock_id, c.kind, c.due_on, c.provisional, k.id, k.number, k.lead_number, k.cause,
           l.name AS lead, s.name AS second, h.short_name AS handler
    FROM cases_clock c JOIN cases_case k ON k.id = c.case_id
    LEFT JOIN townships_officer l ON l.id = k.lead_officer_id
    LEFT JOIN townships_officer s ON s.id = k.second_officer_id
    LEFT JOIN townships_body h ON h.id = k.handler_id
    WHERE c.county_id = %s AND c.state = 'running' AND c.kind <> ALL(%s) AND k.is_open
    ORDER BY c.due_on, c.id LIMIT 51
"""
LEVELS = """
    SELECT count(*) FILTER (WHERE c.due_on < %s), count(*) FILTER (WHERE c.due_on BETWEEN %s AND %s),
           count(*) FILTER (WHERE c.due_on > %s AND c.due_on <= %s), count(*) FILTER (WHERE c.due_on > %s),
           count(*) FILTER (WHERE c.due_on IS NULL)
    FROM cases_clock c JOIN cases_case k ON k.id = c.case_id
    WHERE c.county_id = %s AND k.county_id = %s AND c.state = 'running' AND c.kind <> ALL(%s) AND k.is_open
"""
# What a set-based job cannot do without: each clock's new date from a table, and which differ.
COMPARE = """
    SELECT c.id FROM cases_clock c JOIN bench_dates d ON d.clock_id = c.clock_id
        AND d.day = (c.started_at AT TIME ZONE 'Asia/Shanghai')::date
    WHERE c.state = 'running' AND c.due_on IS DISTINCT FROM d.due_on
"""
# The rows of a move, by hand: date and derivation, an event in each case's trail, the former date.
MOVE = """
    WITH moved AS (
        UPDATE cases_clock c SET due_on = c.due_on + 30, derivation = c.derivation || '{}'
        WHERE c.id = ANY(%s) RETURNING c.id, c.case_id, c.county_id, c.due_on
    ), told AS (
        INSERT INTO audit_event (county_id, chain, seq, verb, target_type, target_id, payload, actor_name,
                                 address, request_id, occurred_at, prev_hash, hash)
        SELECT county_id, 'case:' || case_id, 0, 'clock_recomputed', 'cases.case', case_id,
               jsonb_build_object('clock', id, 'after', due_on), '', '', '', now(), '', '' FROM moved
        RETURNING id, target_id
    )
    INSERT INTO cases_clockchange (county_id, clock_id, event_id, before_on, after_on, was_provisional)
    SELECT moved.county_id, moved.id, told.id, moved.due_on - 30, moved.due_on, false
    FROM moved JOIN told ON told.target_id = moved.case_id
"""


def lines(bench: Bench) -> list[Line]:
    """Return the lines about deadlines."""
    return [_board(bench), _many_dates(bench), *_recompute(bench)]


def _board(bench: Bench) -> Line:
    officer, county, found = bench.cast.supervisor, bench.cast.supervisor.county_id, levels(bench.today)
    on, red, yellow, party = found.on, found.red_until, found.yellow_until, list(PARTY_CLOCKS)

    def by_hand() -> object:
        shown = bench.as_json(BOARD, county, party)
        return shown, bench.rows(LEVELS, on, on, red, red, yellow, yellow, county, county, party)

    return Line(
        "board_html",
        "deadline board of the county, HTML",
        ours=Task(bench.visit(officer, reverse("deadlines"))),
        floor=Task(by_hand),
        shared=Task(bench.visit(officer, "/hello/")),
        most_ms=300,
        growth_goal=0.2,
    )


def _many_dates(bench: Bench) -> Line:
    """Count due dates by the law's own functions, and by nothing but a list of working days."""
    book = law_book.law_book()
    last = _known(bench.today)
    days = [last - timedelta(days=300 + n % 300) for n in range(bench.scale.dates)]
    working = [day for day in _days(last - timedelta(days=620), last) if book.calendar.is_workday(day)]

    def by_hand() -> list[date]:
        return [working[bisect_right(working, day) + LENGTH - 1] for day in days]

    return Line(
        "due_dates",
        f"{bench.scale.dates} due dates in working days",
        ours=Task(lambda: due_many(WORKING_CLOCK, days, book=book)),
        floor=Task(by_hand),
        most_ms=1500,
        rounds=3,
        warm_ups=1,
        counted=False,
    )


def _known(today: date) -> date:
    """Return the latest day up to today from which a short period ends within the calendars."""
    return min(today, date(max(year.year for year in packaged_years()), 12, 1))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def forget() -> None:
    """Take the clocks of an earlier measurement out of every list."""
    Clock.objects.filter(kind=KIND, state=Clock.State.RUNNING).update(
        state=Clock.State.CANCELLED, stopped_at=clock.now()
    )


def _recompute(bench: Bench) -> list[Line]:
    """Compare all running clocks with the law; then move those over which a new day off falls."""
    _add_clocks(bench)
    holiday = _Holiday(bench)
    holiday.flip()
    recompute.run(holiday.cause, at=bench.at)
    running = Clock.objects.filter(state=Clock.State.RUNNING).count()
    holiday.flip()
    moving = [found.clock.pk for found in recompute.moved(holiday.cause, book=law_book.law_book())]
    return [
        Line(
            "recompute_find",
            f"find among {running} running clocks those a new calendar moves",
            ours=Task(lambda: list(recompute.moved(holiday.cause, book=law_book.law_book(), limit=0))),
            floor=Task(lambda: bench.rows(COMPARE)),
            most_ms=MS_A_CLOCK * running,
            rounds=5,
            counted=False,
            facts={"computed": running, "moving": len(moving)},
        ),
        Line(
            "recompute_move",
            f"move {len(moving)} clocks, each with its derivation and its trail, a clock",
            ours=Task(lambda: recompute.run(holiday.cause, at=bench.at), before=holiday.flip),
            floor=Task(lambda: bench.floor.execute(MOVE, (moving,)), before=lambda: None),
            rounds=3,
            warm_ups=1,
            per=max(1, len(moving)),
            counted=False,
        ),
    ]


def _add_clocks(bench: Bench) -> None:
    """Let clocks in working days run in some open cases, each due on the day the law gives."""
    forget()
    book = law_book.law_book()
    days = [_known(bench.today) - timedelta(days=n + 10) for n in range(SPREAD)]
    due = due_many(WORKING_CLOCK, days, book=book)
    table = ", ".join(
        f"({n}, DATE '{day}', DATE '{found}')" for n, (day, found) in enumerate(zip(days, due, strict=True))
    )
    columns = {
        "county_id": "k.county_id",
        "kind": f"'{KIND}'",
        "clock_id": f"'{WORKING_CLOCK}'",
        "case_id": "k.id",
        "event_id": "(SELECT min(id) FROM audit_event WHERE chain = 'case:' || k.id)",
        "state": "'running'",
        "started_at": "v.day::timestamptz",
        "due_on": "v.due_on",
    }
    cases = f"(SELECT * FROM cases_case WHERE is_open ORDER BY id LIMIT {MOST_CLOCKS}) k"
    fill(Clock, columns, f"{cases} JOIN (VALUES {table}) v(n, day, due_on) ON v.n = mod(k.id, {SPREAD})")
    run("DROP TABLE IF EXISTS bench_dates")
    run("CREATE TABLE bench_dates (clock_id text, day date, due_on date)")
    values = table.replace("(", f"('{WORKING_CLOCK}', ")
    run(f"INSERT INTO bench_dates SELECT v.c, v.day, v.due_on FROM (VALUES {values}) v(c, n, day, due_on)")
    run("ANALYZE cases_clock")


class _Holiday:
    """A day off that a new approved calendar of the year brings, and the next one takes away again."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self._there = bench, False
        last, calendar = _known(bench.today), law_book.law_book().calendar
        self._day = next(day for day in _days(last - timedelta(days=20), last) if calendar.is_workday(day))
        self._year = next(year for year in packaged_years() if year.year == self._day.year)
        self.cause: Any = None

    def flip(self) -> None:
        """Put the other calendar in force."""
        self._there = not self._there
        days = dict(self._year.days) | ({self._day: DayName("停工日", "day off")} if self._there else {})
        year = YearCalendar(self._year.year, self._year.notice, "bench", days)
        cast, at = self._bench.cast, self._bench.at
        kept = CalendarYear.objects.create(
            year=year.year,
            notice=year.notice,
            source=year.source,
            days=as_rows(year),
            proposed_by=cast.lead,
            proposed_at=at,
            approved_by=cast.head,
            approved_at=at,
        )
        law_book.forget()
        self.cause = cause_of(kept)
