"""The demo county: every story ends where it should, a second load does nothing, strangers are refused."""

from collections import Counter
from dataclasses import replace
from io import StringIO

import pypdfium2
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from audit.selectors import first_broken_link
from cases.clocks.models import Clock
from cases.demo.accounts import password_file
from cases.demo.diary import instant
from cases.demo.loading import live, load
from cases.demo.staff import enlist
from cases.demo.stories import stories
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.instruments.models import Instrument
from cases.oversight.services import sweep
from law.errors import RuleViolation
from papers import rendering
from tests.journeys.conftest import TODAY
from tests.journeys.told import walk
from townships.coverage import coverage
from townships.models import (
    AuthorityGrant,
    AuxiliaryPost,
    Body,
    CertificateCheck,
    County,
    Mode,
    Officer,
    Secondment,
    StaffChange,
    ZoneDuty,
)
from townships.roles import Role
from townships.selectors import certified_officers, heads_of, reviewers_for
from townships.selectors.forecast import outlooks
from townships.selectors.post_conflicts import conflicts_on
from townships.selectors.training import ledger
from townships.services.grants import Terms, register_power

S = Stage
REACHED = {
    (until, part): stage
    for part in (False, True)
    for until, stage in {
        "register": S.LEAD,
        "route": S.ROUTED,
        "accept": S.VERIFYING,
        "inspect": S.VERIFYING,
        "verify": S.VERIFIED,
        "propose_filing": S.FILING,
        "refuse_filing": S.NOT_FILED,
        "void": S.VOID,
        "approve_filing": S.INVESTIGATING,
        "hand_over": S.INVESTIGATING,
        "interview": S.INVESTIGATING,
        "conclude": S.INVESTIGATED,
        "issue_notice": S.NOTICE_ISSUED,
        "serve_notice": S.NOTIFIED,
        "record_statement": S.NOTIFIED,
        "record_waiver": S.NOTIFIED,
        "schedule_hearing": S.HEARING,
        "submit_review": S.REVIEW,
        "conclude_review": S.REVIEWED,
        "discuss": S.DISCUSSED,
        "decide": S.DECIDED,
        "serve_decision": S.SERVED,
        "pay": S.SERVED if part else S.EXECUTED,
        "propose_closing": S.CLOSING,
        "approve_closing": S.CLOSED,
    }.items()
}


def printed_later():
    """The stories with the archived ones closed only: printing is tested elsewhere."""
    return [
        replace(story, until="approve_closing") if story.until == "archive" else story for story in stories()
    ]


def test_every_story_ends_where_it_should(ground):
    told = printed_later()
    assert load(today=TODAY, told=told)

    assert Case.objects.count() == len(told) == 66
    reached = Counter(Case.objects.values_list("township__short_name", "stage"))
    places = {code: body.short_name for code, body in ground.bodies.items()}
    wanted = Counter((places[story.township], REACHED[story.until, story.paid == "part"]) for story in told)
    assert reached == wanted
    assert set(Case.objects.values_list("stage", flat=True)) == set(Stage) - {Stage.ARCHIVED}
    assert {mode for mode in Case.objects.values_list("mode", flat=True) if mode} == {
        "empowered",
        "delegated",
        "concentrated",
    }
    assert Case.objects.exclude(handler=None).filter(party__kind="citizen").exists()
    assert first_broken_link() is None
    assert Clock.objects.filter(state="running", due_on__lt=TODAY).exists()
    assert not load(today=TODAY, told=told)
    orders = Instrument.objects.filter(kind="correction_order")
    assert orders.exists()
    assert not orders.filter(service=None).exists()

    in_order = Instrument.objects.filter(kind="penalty_decision").order_by("issuer", "issued_at")
    numbers = [(paper.issuer_id, int(paper.number.split("〕")[1].rstrip("号"))) for paper in in_order]
    assert numbers == sorted(numbers)


def test_where_nothing_can_be_printed_a_case_waits_for_its_file(ground, monkeypatch):
    def refuse(_html):
        raise RuleViolation("printing_unavailable", "本机缺少排版所需的系统库。", unblock="请安装。")

    monkeypatch.setattr(rendering, "lay_out", refuse)
    lines = []
    archived = next(story for story in stories() if story.until == "archive")
    [walked] = live([archived], ground, today=TODAY, tell=lines.append)
    assert walked.case.stage == Stage.CLOSED
    assert lines == [f"{walked.case} waits for its file: 请安装。"]


def test_the_sweep_finds_what_is_late(ground):
    walked = walk(ground, TODAY.replace(month=6), township="qinghe")
    walked.until("interview")

    assert sweep(at=walked.diary.later(80)) >= 1


def test_every_acting_body_has_its_people(ground):
    for code in (*ground.townships(), "bureau"):
        body = ground.bodies[code]
        assert certified_officers(body, TODAY).count() >= 4, code
        assert len(heads_of(body, TODAY)) == 3
        posts = reviewers_for(body, on=TODAY)
        assert [post.rank for post in posts] == ["formal", "backup", "backup"]
    assert len(ground.townships()) == 20
    assert len(ground.departments()) == 1 + 9
    assert Officer.objects.filter(must_change_password=True).count() == 0
    assert Officer.objects.filter(is_auxiliary=True).count() == 20


def test_the_force_stands_in_every_register(ground):
    enlist(ground, today=TODAY)

    full = next(outlook for outlook in outlooks(TODAY) if outlook.body == ground.bodies["qinghe"])
    assert (full.now, full.needed, full.falls_on is not None) == (10, 10, True)
    assert {row.enough for row in ledger(TODAY)} == {True, False}
    assert set(CertificateCheck.objects.values_list("passed", flat=True)) == {True, False}
    assert set(Secondment.objects.values_list("kind", flat=True)) == set(Secondment.Kind)
    assert StaffChange.objects.values("state").distinct().count() == 2
    assert [conflict.post.officer.username for conflict in conflicts_on(TODAY)] == ["housing_officer2"]
    assert ZoneDuty.objects.count() == 2
    assert AuxiliaryPost.objects.count() == 3


def test_agreements_stand_in_every_state(ground):
    states = set(AuthorityGrant.objects.filter(mode="delegated").values_list("status", flat=True))

    assert states == {"draft", "signed", "in_force", "suspended", "expired"}
    empowered = AuthorityGrant.objects.filter(mode="empowered", status="in_force")
    assert empowered.values("holder").distinct().count() == 12


def test_each_item_has_one_body_everywhere_until_a_second_one_holds_it_too(ground):
    """F005: overlap and gap are empty over the whole county; two bodies that hold one item are listed."""
    clean = coverage(on=TODAY, township=None, power_list=None)
    assert clean.figures[0].value > 5000
    assert [one.value for one in clean.figures[1:]] == [clean.figures[0].value, 0, 0]
    assert clean.rows == []
    place, one, two = (ground.bodies[code] for code in ("qinghe", "resources", "transport"))
    item = AuthorityGrant.objects.get(mode=Mode.OWN, holder=one).items.earliest("pk").item
    terms = Terms(mode=Mode.OWN, holder=two, valid_from=TODAY, legal_basis="《中华人民共和国行政处罚法》")
    legal = Officer.objects.filter(role_grants__role=Role.LEGAL_DEPARTMENT).earliest("pk")
    register_power(terms=terms, items=[item], actor=legal, at=instant(TODAY, 9))
    rows = coverage(on=TODAY, township=place, power_list=None).rows
    assert [(row.item_id, row.outcome, row.townships) for row in rows] == [
        (item.pk, "重叠", place.short_name)
    ]
    assert set(rows[0].bodies.split("、")) == {one.name, two.name}


def test_the_password_is_kept_for_its_owner_only_and_shown(ground):
    kept = password_file()
    assert kept.stat().st_mode & 0o777 == 0o600
    told = StringIO()

    call_command("demo_accounts", stdout=told)

    password = kept.read_text(encoding="utf-8")
    assert password in told.getvalue()
    for name in ("clerk", "qinghe_officer", "qinghe_head", "bureau_head", "supervisor", "admin"):
        assert name in told.getvalue()
        assert Officer.objects.get(username=name).check_password(password)


def test_the_demo_is_refused_where_it_was_not_asked_for(db, settings):
    settings.DEMO_COUNTY = False
    before = Body.objects.count()

    with pytest.raises(CommandError, match="not a demo"):
        call_command("load_demo")
    assert Body.objects.count() == before


def test_the_demo_is_refused_in_another_county(ground, settings):
    settings.DEMO_COUNTY = True
    County.objects.update(name="别县")

    with pytest.raises(CommandError, match="别县"):
        call_command("load_demo")
    assert not Case.objects.exists()


def test_a_case_is_printed_from_the_command_line(ground, tmp_path):
    walked = walk(ground, TODAY.replace(month=6), township="qinghe")
    case = walked.to(Stage.INVESTIGATING)
    target = tmp_path / "case.pdf"

    call_command("print_case", case.number, "-o", str(target), stdout=StringIO())

    document = pypdfium2.PdfDocument(target.read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert case.number in text
    with pytest.raises(CommandError, match="no case"):
        call_command("print_case", "没有的案号", "-o", str(target))
