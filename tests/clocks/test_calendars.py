"""A new year's notice is approved by a second person, and every open clock it touches is recomputed once."""

from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from audit.selectors import first_broken_link, trail_of
from cases.clocks.models import Clock, ClockChange
from cases.clocks.services import refresh_next
from cases.dossier import law_book
from cases.dossier.calendar_years import CalendarYear
from cases.instruments.serving import Proof, effective
from cases.periods import calendars, recompute
from cases.periods.notice_files import read
from law.errors import LawError, RuleViolation
from tests.clocks.conftest import clock_of, due_of, moment, start
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
AT = moment("2026-11-25T09:00")
# Not a real notice: made up for these tests, in the form of one.
NOTICE = """国办发明电〔2026〕99号 关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


@pytest.fixture
def lawyers(db):
    return [
        OfficerFactory(username=f"lawyer{n}", name=name, body=None, roles=[Role.LEGAL_DEPARTMENT])
        for n, name in enumerate(("甲", "乙"), 1)
    ]


@pytest.fixture
def december(case):
    """Clocks that begin on 28 December 2026: the party's five working days end in a year without notice."""
    event = trail_of(case.chain)[0]
    start(case, ["hearing_request", "legal_review"], event=event, at=moment("2026-12-28T10:00"))
    refresh_next(case)
    case.save()
    return case


def brought(lawyers, text: str = NOTICE) -> CalendarYear:
    return calendars.propose(actor=lawyers[0], at=AT, read=read(text, source="测试"))


def approved(lawyers, text: str = NOTICE) -> CalendarYear:
    year = calendars.approve(year=brought(lawyers, text), actor=lawyers[1], at=AT)
    law_book.forget()
    return year


def test_before_the_notice_the_date_is_provisional_and_never_guessed(december):
    assert clock_of(december, "hearing_request").provisional
    assert due_of(december, "hearing_request") is None


def test_a_proposed_year_has_no_effect_and_its_importer_cannot_approve_it(december, lawyers):
    year = brought(lawyers)
    law_book.forget()
    assert 2027 not in law_book.law_book().calendar.years
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        calendars.approve(year=year, actor=lawyers[0], at=AT)
    assert refusal.value.code == "second_person_required"
    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarYear.objects.update(approved_by=lawyers[0])


def test_an_approved_year_moves_the_provisional_clocks_and_tells_each_case(december, lawyers):
    approved(lawyers)
    assert calendars.recompute_waiting(at=AT) == 2
    # 29, 30, 31 December; 1 to 3 January off; 4, 5 January.
    assert due_of(december, "hearing_request") == date(2027, 1, 5)
    assert not clock_of(december, "hearing_request").provisional
    event = trail_of(december.chain)[0]
    assert event.verb == "clock_recomputed"
    told = next(row for row in event.payload["clocks"] if row["kind"] == "hearing_request")
    assert (told["before"], told["after"], told["was_provisional"]) == ("", "2027-01-05", True)
    assert event.payload["because"]["note"] == "国办发明电〔2026〕99号"
    assert first_broken_link() is None


def test_an_announcement_ends_by_the_approved_calendar(lawyers):
    proof = Proof(method="announcement", served_at=moment("2026-12-03T09:00"), place="", recipient="")
    with pytest.raises(RuleViolation, match="公告期的末日暂不能确定"):
        effective(proof)
    approved(lawyers)
    # 3 December and 30 days: 2 January, off to the 3rd.
    assert effective(proof).date() == date(2027, 1, 4)


def test_the_case_knows_its_new_next_day(december, lawyers):
    december.next_due_on, december.next_clock = date(2030, 1, 1), "x"
    december.save()
    approved(lawyers)
    calendars.recompute_waiting(at=AT)
    december.refresh_from_db()
    assert december.next_due_on == date(2026, 6, 3)
    assert december.next_clock == "penalty_decision_90d_mohurd"


def test_clocks_that_ended_or_lie_elsewhere_are_not_touched(december, lawyers):
    ended = clock_of(december, "legal_review")
    ended.state, ended.stopped_at = "stopped", AT
    ended.save()
    before = {clock.pk: (clock.due_on, clock.derivation) for clock in Clock.objects.all()}
    approved(lawyers)
    assert calendars.recompute_waiting(at=AT) == 1
    moved = clock_of(december, "hearing_request").pk
    for clock in Clock.objects.exclude(pk=moved):
        assert (clock.due_on, clock.derivation) == before[clock.pk], clock.kind


def test_running_the_job_again_changes_nothing(december, lawyers):
    year = approved(lawyers)
    calendars.recompute_waiting(at=AT)
    events = trail_of(december.chain).count()
    assert calendars.recompute_waiting(at=AT) == 0
    assert recompute.run(calendars.cause_of(year), at=AT) == 0
    assert trail_of(december.chain).count() == events
    assert ClockChange.objects.count() == 2


def test_a_corrected_notice_moves_dates_that_were_already_firm(december, lawyers):
    approved(lawyers)
    calendars.recompute_waiting(at=AT)
    longer = NOTICE.replace("至3日（周日）放假，共3天", "至4日（周一）放假，共4天")
    approved(lawyers, longer)
    assert calendars.recompute_waiting(at=AT) == 2
    assert due_of(december, "hearing_request") == date(2027, 1, 6)
    change = ClockChange.objects.filter(clock=clock_of(december, "hearing_request")).latest("id")
    assert (change.before_on, change.was_provisional) == (date(2027, 1, 5), False)


def test_a_clock_with_a_suspension_is_recomputed_with_it(december, county, lawyers):
    from cases.periods.services import suspend_clock

    event = trail_of(december.chain)[0]
    start(december, ["case_decision"], event=event, at=moment("2026-11-01T10:00"))
    suspend_clock(
        case=december,
        actor=county.head,
        at=moment("2026-11-20T09:00"),
        kind="case_decision",
        ground="testing",
        started_on=date(2026, 11, 10),
        ended_on=date(2026, 11, 20),
        document="委托鉴定书",
    )
    firm = due_of(december)
    approved(lawyers)
    calendars.recompute_waiting(at=AT)
    assert due_of(december) == firm == date(2027, 2, 9)


def test_the_preview_names_what_would_move_and_writes_nothing(december, lawyers, login):
    year = brought(lawyers)
    page = login(lawyers[1]).get(f"/settings/calendar/{year.pk}/").content.decode()
    assert "2027-01-05" in page
    assert due_of(december, "hearing_request") is None
    assert not ClockChange.objects.exists()


def test_two_people_import_a_year_on_the_page_and_see_what_moved(
    december, lawyers, login, django_capture_on_commit_callbacks
):
    one, two = login(lawyers[0]), login(lawyers[1])
    assert "尚未导入" in one.get("/settings/calendar/").content.decode()
    sent = one.post("/settings/calendar/propose/", {"text": NOTICE, "source": "测试"})
    assert sent.status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        one.post(f"{sent.url}approve/")
    assert CalendarYear.objects.get().approved_by is None
    with django_capture_on_commit_callbacks(execute=True):
        assert two.post(f"{sent.url}approve/").status_code == 302
    calendars.recompute_waiting(at=AT)
    page = two.get(sent.url).content.decode()
    assert "2027-01-05" in page
    assert "2027" in two.get("/settings/calendar/").content.decode()


@pytest.mark.parametrize(
    "text",
    ["", "没有年份", NOTICE.replace("（周五）至3日", "（周四）至3日"), "date,kind,name\n2027-13-01,off,元旦"],
)
def test_a_notice_that_does_not_add_up_is_said_at_its_field(lawyers, login, text):
    page = login(lawyers[0]).post("/settings/calendar/propose/", {"text": text, "source": "测试"})
    assert page.status_code == 422
    assert not CalendarYear.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"date,kind,name\n2027-01-01,off," + b"x" * 200_000,
        b"date,kind,name\n2027-01-01,off,a\0b",
        b"date,kind,name\n0001-01-01,off,a",
        b"date,kind,name\n2027-13-01,off,a",
    ],
    ids=["endless field", "zero byte", "no day of our time", "no day"],
)
def test_a_table_that_cannot_be_kept_is_said_at_its_field(lawyers, login, content):
    sent = {"upload": SimpleUploadedFile("2027.csv", content), "source": "测试"}
    page = login(lawyers[0]).post("/settings/calendar/propose/", sent)
    assert page.status_code == 422
    assert not CalendarYear.objects.exists()


def test_a_table_with_old_line_ends_is_read(lawyers):
    found = read("date,kind,name\r2027-01-01,off,元旦\r2027-01-02,off,元旦\r", source="测试")
    assert sorted(day.isoformat() for day in found.days) == ["2027-01-01", "2027-01-02"]


def test_nobody_outside_the_legal_department_imports(county, login):
    assert login(county.head).post("/settings/calendar/propose/", {"text": NOTICE}).status_code == 403
    assert login(county.head).get("/settings/calendar/").status_code == 200


def test_a_table_of_days_is_read_like_a_notice():
    table = "date,kind,name\n2027-01-01,off,元旦\n2027-01-09,work,元旦\n"
    year = read(table, source="测试", notice="文号")
    assert (year.year, year.notice) == (2027, "文号")
    assert year.days[date(2027, 1, 9)].makeup
    with pytest.raises(LawError):
        read(table + "2028-01-01,off,元旦\n", source="测试")


def test_the_command_shows_first_and_writes_only_with_two_names(december, lawyers, tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="gb18030")
    out = StringIO()
    call_command("import_calendar", str(file), source="测试", stdout=out)
    shown = [line for line in out.getvalue().splitlines() if " -> " in line]
    assert len(shown) == 2
    assert all(line.index("(provisional)") < line.index(" -> ") for line in shown), shown
    assert not any(line.endswith("(provisional)") for line in shown)
    assert "2 open clocks would move; nothing was written" in out.getvalue()
    assert not CalendarYear.objects.exists()
    with pytest.raises(CommandError):
        call_command("import_calendar", str(file), source="测试", by="lawyer1", approved_by="lawyer1")
    call_command(
        "import_calendar", text=NOTICE, source="测试", by="lawyer1", approved_by="lawyer2", stdout=out
    )
    assert "2 open clocks moved" in out.getvalue()
    assert due_of(december, "hearing_request") == date(2027, 1, 5)


def test_the_command_refuses_a_person_without_the_office(county, tmp_path):
    with pytest.raises(CommandError, match="legal department"):
        call_command("import_calendar", text=NOTICE, source="测试", by="head")


def test_an_approved_length_of_a_clock_moves_its_open_clocks(december, lawyers):
    from audit import outbox
    from cases.dossier import law_settings

    before = due_of(december, "hearing_request")
    setting = law_settings.propose(
        actor=lawyers[0],
        at=AT,
        key="clock.legal_review_national",
        value={"length": 3},
        article="本县规定",
        source="测试",
        valid_from=date(2026, 1, 1),
    )
    law_settings.approve(setting=setting, actor=lawyers[1], at=AT)
    law_book.forget()
    outbox.relay(at=AT)
    assert due_of(december, "legal_review") == date(2026, 12, 31)
    assert due_of(december, "hearing_request") == before
