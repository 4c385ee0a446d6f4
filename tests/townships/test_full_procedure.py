"""F016, F017, F019, F020, F023: agreements drafted from lists, reviewed, signed, filed, printed, counted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.selectors import first_broken_link
from desk import jobs
from law.errors import RuleViolation
from papers import files
from papers.models import StoredFile
from tests.factories.townships import (
    AuthorityGrantFactory,
    BodyFactory,
    OfficerFactory,
    PlaceFactory,
    ReviewerPostFactory,
)
from townships import tasks
from townships.models import AuthorityGrant, GrantItem, GrantPlace, GrantStatus, Mode, ReviewerRank
from townships.roles import Role
from townships.selectors import authority_for, handed_on
from townships.selectors.tailoring import batch_count, tailored
from townships.services import batches, grants, lifecycle, printing, procedure, tailoring
from townships.services.capacity import check_equipment

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def refuses(code):
    return pytest.raises(RuleViolation, check=lambda refusal: refusal.code == code)


@pytest.fixture
def second_lawyer(county_seat):
    return OfficerFactory(body=county_seat, roles=[Role.LEGAL_DEPARTMENT], name="何静")


@pytest.fixture
def full(township, department, item, lawyer, at):
    """Draft an agreement of the full procedure."""

    def draft(*, items=(), places=(), **changes):
        usual = {
            "mode": Mode.DELEGATED,
            "holder": township,
            "township": township,
            "principal": department,
            "number": "农委〔2026〕1号",
            "legal_basis": "《中华人民共和国农业法》第八十七条",
            "powers": "立案、调查、告知、送达",
            "qualification_note": "有专职队伍和执法记录设备",
            "capacity_note": "县局派驻两名审核人员",
            "full_procedure": True,
            "valid_from": date(2026, 3, 1),
            "valid_to": date(2027, 2, 28),
        }
        terms = grants.Terms(**{**usual, **changes})
        return grants.draft_grant(terms=terms, items=items or [item], places=places, actor=lawyer, at=at)

    return draft


def concluded(grant, lawyer, second, at):
    procedure.review_grant(grant=grant, agree=True, opinion="合法", actor=second, at=at)
    grants.sign_grant(grant=grant, signed_on=DAY, actor=lawyer, at=at)
    grants.publish_grant(grant=grant, by_principal_on=DAY, by_holder_on=DAY, actor=lawyer, at=at)
    grant.refresh_from_db()
    return grant


def test_an_agreement_has_effect_only_when_it_is_complete(full, item, township, lawyer, second_lawyer, at):
    grant = full()
    with refuses("grant_not_reviewed"):
        grants.sign_grant(grant=grant, signed_on=DAY, actor=lawyer, at=at)
    with refuses("second_person_required"):
        procedure.review_grant(grant=grant, agree=True, opinion="合法", actor=lawyer, at=at)
    concluded(grant, lawyer, second_lawyer, at)
    assert grant.status == GrantStatus.PUBLISHED
    verdict = authority_for(item=item, township=township, on=DAY)
    assert [row.code for row in verdict.rejected] == ["unfiled"]
    assert not handed_on(DAY).exists()
    procedure.file_grant(grant=grant, filed_on=DAY, filing_number="备〔2026〕3号", actor=lawyer, at=at)
    grant.refresh_from_db()
    assert grant.status == GrantStatus.IN_FORCE
    assert authority_for(item=item, township=township, on=DAY).handler_id == township.pk
    assert handed_on(DAY).count() == 1
    assert first_broken_link(grant.chain) is None


def test_review_signing_publication_and_filing_follow_one_another(full, lawyer, second_lawyer, at):
    grant, eve = full(), DAY - timedelta(days=1)
    procedure.review_grant(grant=grant, agree=True, opinion="合法", actor=second_lawyer, at=at)
    with refuses("grant_days_out_of_order"):
        grants.sign_grant(grant=grant, signed_on=eve, actor=lawyer, at=at)
    grants.sign_grant(grant=grant, signed_on=DAY, actor=lawyer, at=at)
    with refuses("grant_days_out_of_order"):
        grants.publish_grant(grant=grant, by_principal_on=DAY, by_holder_on=eve, actor=lawyer, at=at)
    grants.publish_grant(grant=grant, by_principal_on=DAY, by_holder_on=DAY, actor=lawyer, at=at)
    with refuses("grant_days_out_of_order"):
        procedure.file_grant(grant=grant, filed_on=eve, filing_number="1", actor=lawyer, at=at)
    kept = AuthorityGrant.objects.get(pk=grant.pk)
    assert (kept.status, kept.signed_on, kept.filed_on) == (GrantStatus.PUBLISHED, DAY, None)


def test_a_review_that_does_not_agree_leaves_the_draft_unreviewed_with_its_reasons(full, second_lawyer, at):
    grant = full()
    procedure.review_grant(grant=grant, agree=False, opinion="缺少规章依据", actor=second_lawyer, at=at)
    grant.refresh_from_db()
    assert (grant.status, grant.reviewed_on, grant.review_opinion) == ("draft", None, "缺少规章依据")


def test_the_database_itself_signs_nothing_unreviewed_and_starts_nothing_unfiled(full):
    grant = full()
    rows = AuthorityGrant.objects.filter(pk=grant.pk)
    for change in (
        {"status": "signed", "signed_on": DAY},
        {"status": "in_force", "signed_on": DAY, "reviewed_on": DAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_a_township_short_of_people_takes_a_power_on_only_with_the_reason_on_file(full, township, lawyer, at):
    """F023."""
    with refuses("capacity_short") as refusal:
        full(capacity_note="")
    assert "持证执法人员2名，应有10名" in refusal.value.message
    OfficerFactory.create_batch(8, body=township, roles=[Role.TOWNSHIP_OFFICER], certified=True)
    with refuses("capacity_short"):
        full(capacity_note="")
    ReviewerPostFactory(body=township)
    for order in (1, 2):
        ReviewerPostFactory(body=township, rank=ReviewerRank.BACKUP, order=order)
    with refuses("capacity_short") as refusal:
        full(capacity_note="")
    assert "执法装备" in refusal.value.message
    facts = {"checked_on": DAY, "found": "执法记录仪12台、车辆2辆", "actor": lawyer, "at": at}
    check_equipment(body=township, adequate=True, **facts)
    assert full(capacity_note="").pk


def test_an_agreement_for_some_villages_says_nothing_about_the_others(
    full, item, township, lawyer, second_lawyer, at
):
    east, west = PlaceFactory(township=township), PlaceFactory(township=township)
    grant = concluded(full(places=[east]), lawyer, second_lawyer, at)
    procedure.file_grant(grant=grant, filed_on=DAY, filing_number="1", actor=lawyer, at=at)
    asked = {"item": item, "township": township, "on": DAY}
    assert authority_for(**asked, place=east).handler_id == township.pk
    for elsewhere in (west, None):
        verdict = authority_for(**asked, place=elsewhere)
        assert [row.code for row in verdict.rejected] == ["place_not_covered"]
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantPlace.objects.filter(grant=grant).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantPlace.objects.create(grant=full(number="农委〔2026〕2号", replaces=grant), place=PlaceFactory())


def test_a_draft_may_be_given_up_but_not_what_was_signed(full, lawyer, second_lawyer, at):
    grant = full()
    procedure.discard_draft(grant=grant, actor=lawyer, at=at)
    assert not AuthorityGrant.objects.exists()
    signed = concluded(full(), lawyer, second_lawyer, at)
    with refuses("grant_state"):
        procedure.discard_draft(grant=signed, actor=lawyer, at=at)


@pytest.fixture
def county(new_item, lawyer, at):
    """Two departments, three townships, a list of four items that two of them follow."""
    departments = [BodyFactory(department=True) for _ in range(2)]
    townships = [BodyFactory() for _ in range(3)]
    for body in townships:
        OfficerFactory.create_batch(2, body=body, roles=[Role.TOWNSHIP_OFFICER], certified=True)
    items = [new_item() for _ in range(5)]
    north = tailoring.tailor_list(
        name="北部清单",
        note="",
        entries={
            items[0].pk: (departments[0], "guided"),
            items[1].pk: (departments[0], "guided"),
            items[2].pk: (departments[1], "guided"),
            items[3].pk: (departments[1], "extra"),
        },
        actor=lawyer,
        at=at,
    )
    for township in townships[:2]:
        tailoring.choose_list(township=township, tailored_list=north, actor=lawyer, at=at)
    return departments, townships, items


@pytest.fixture
def batch(lawyer, at):
    meeting = tailoring.record_meeting(
        title="综合行政执法改革领导小组第3次会议",
        held_on=date(2026, 2, 20),
        document="青综改纪〔2026〕3号",
        decision="同意第一批赋权",
        actor=lawyer,
        at=at,
    )
    return tailoring.open_batch(
        name="第一批",
        document="青政发〔2026〕5号",
        effective_on=DAY,
        guided_total=52,
        meeting=meeting,
        actor=lawyer,
        at=at,
    )


TERMS = {
    "mode": "delegated",
    "valid_to": "2028-03-01",
    "legal_basis": "《中华人民共和国农业法》第八十七条",
    "powers": "立案、调查、告知、送达",
    "qualification_note": "有专职队伍",
    "capacity_note": "县局派驻审核人员",
}


def test_a_townships_list_is_its_template_less_removals_plus_additions(county, lawyer, at):
    """F020."""
    departments, townships, items = county
    tailoring.change_item(
        township=townships[0], item=items[1], kind="remove", reason="辖区无此行业", actor=lawyer, at=at
    )
    tailoring.change_item(
        township=townships[0],
        item=items[4],
        kind="add",
        department=departments[1],
        source="extra",
        reason="沿江乡镇需要",
        actor=lawyer,
        at=at,
    )
    first, second, third = tailored(townships)
    assert {row.item_id for row in first.wanted} == {items[n].pk for n in (0, 2, 3, 4)}
    assert {row.item_id for row in second.wanted} == {items[n].pk for n in (0, 1, 2, 3)}
    assert ([len(first.added), len(first.removed)], third.wanted) == ([1, 1], ())
    with refuses("reason_needed"):
        tailoring.change_item(
            township=townships[0], item=items[0], kind="remove", reason=" ", actor=lawyer, at=at
        )


def test_a_batch_drafts_one_agreement_for_each_department_and_township_once(county, batch, lawyer, at):
    _departments, townships, _items = county
    drafted = batches.draft_batch(batch=batch, terms=batches.terms_from(TERMS), actor=lawyer, at=at)
    assert (len(drafted.made), drafted.refused) == (4, [])
    assert {grant.holder for grant in drafted.made} == set(townships[:2])
    assert all(grant.full_procedure and grant.meeting == batch.meeting for grant in drafted.made)
    assert len({grant.number for grant in drafted.made}) == 4
    again = batches.draft_batch(batch=batch, terms=batches.terms_from(TERMS), actor=lawyer, at=at)
    assert (len(again.made), again.known) == (0, 4)


def test_what_cannot_be_drafted_is_told_with_its_reason_and_stops_no_other(county, batch, lawyer, at):
    _departments, townships, _items = county
    for officer in townships[0].officers.all():
        officer.certificates.update(valid_to=date(2025, 1, 1))
    drafted = batches.draft_batch(batch=batch, terms=batches.terms_from(TERMS), actor=lawyer, at=at)
    assert len(drafted.made) == 2
    assert len(drafted.refused) == 2
    assert "第二十一条" in drafted.refused[0][1]


def test_a_batch_is_counted_by_source_and_an_item_once(new_item, batch, lawyer, at):
    """F019: 37 of the 52 guided items and 2 beyond them are 39."""
    department = BodyFactory(department=True)
    items = [new_item() for _ in range(39)]
    entries = {item.pk: (department, "guided" if n < 37 else "extra") for n, item in enumerate(items)}
    first = tailoring.tailor_list(name="第一批清单", note="", entries=entries, actor=lawyer, at=at)
    for _ in range(2):
        township = BodyFactory()
        OfficerFactory.create_batch(2, body=township, roles=[Role.TOWNSHIP_OFFICER], certified=True)
        tailoring.choose_list(township=township, tailored_list=first, actor=lawyer, at=at)
    batches.draft_batch(batch=batch, terms=batches.terms_from(TERMS), actor=lawyer, at=at)
    found = batch_count(batch)
    assert (found.guided, found.guided_total, found.extra, found.total) == (37, 52, 2, 39)
    assert found.agreements == 2


def test_nine_departments_and_twenty_townships_are_180_agreements(new_item, batch, lawyer, at):
    """F016, F017."""
    departments = [BodyFactory(department=True) for _ in range(9)]
    entries = {new_item().pk: (department, "guided") for department in departments}
    whole = tailoring.tailor_list(name="全县清单", note="", entries=entries, actor=lawyer, at=at)
    for _ in range(20):
        township = BodyFactory()
        OfficerFactory.create_batch(2, body=township, certified=True)
        tailoring.choose_list(township=township, tailored_list=whole, actor=lawyer, at=at)
    job = jobs.start(kind="draft", title="起草", owner=lawyer, at=at)
    tasks.draft_batch(job.pk, batch.pk, TERMS, lawyer.pk)
    job.refresh_from_db()
    assert (job.state, job.total, job.done) == ("done", 180, 180)
    assert batch.grants.count() == 180
    assert batch.grants.values("number").distinct().count() == 180


def test_a_batch_is_printed_into_one_numbered_file_with_progress(
    county, batch, lawyer, at, settings, tmp_path
):
    """F017."""
    settings.MEDIA_ROOT = tmp_path
    batches.draft_batch(batch=batch, terms=batches.terms_from(TERMS), actor=lawyer, at=at)
    job = jobs.start(kind="print", title="印制", owner=lawyer, at=at)
    tasks.print_batch(job.pk, batch.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 4)
    sha256 = job.result_url.rstrip("/").rsplit("/", 1)[-1]
    assert files.open_checked(StoredFile.objects.get(sha256=sha256)).startswith(b"%PDF-")
    papers = [grant.paper for grant in batch.grants.all()]
    assert all(paper.page_count for paper in papers)
    first = batch.grants.first()
    assert printing.print_agreement(grant=first, actor=lawyer, at=at) == first.paper
    said = first.paper.content
    assert said["giver"]["name"] == first.principal.name
    assert said["number"] == first.number


def test_a_batch_is_bound_by_giver_with_rising_numbers(county, batch, lawyer, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    batches.draft_batch(batch=batch, terms=batches.terms_from(TERMS), actor=lawyer, at=at)
    job = jobs.start(kind="print", title="印制", owner=lawyer, at=at)
    tasks.print_batch(job.pk, batch.pk)
    bound = batch.grants.order_by("principal__sort_order", "principal_id", "id")
    printed = batch.grants.order_by("paper_id")
    assert list(printed) == list(bound)


def test_a_printed_batch_without_agreements_says_so(batch, lawyer, at):
    job = jobs.start(kind="print", title="印制", owner=lawyer, at=at)
    tasks.print_batch(job.pk, batch.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "这一批还没有起草协议")


def test_a_change_names_the_meeting_that_decided_it(batch, county, lawyer, at):
    """F030."""
    batches.draft_batch(batch=batch, terms=batches.terms_from(TERMS), actor=lawyer, at=at)
    assert set(batch.meeting.grants.values_list("batch__name", flat=True)) == {"第一批"}


def test_the_list_of_a_past_day_is_what_held_then(new_item, township, lawyer, at):
    """F025."""
    items = [new_item(), new_item()]
    grant = AuthorityGrantFactory(holder=township, items=items)
    lifecycle.withdraw_item(
        row=grant.items.get(item=items[0]), withdrawn_on=DAY, reason="评估后收回", actor=lawyer, at=at
    )
    held = {day: set(handed_on(day).values_list("item", flat=True)) for day in (DAY - timedelta(days=1), DAY)}
    assert list(held.values()) == [{items[0].pk, items[1].pk}, {items[1].pk}]
    with pytest.raises(Exception, match="update"), transaction.atomic():
        GrantItem.objects.filter(grant=grant).update(scope_limit="仅限城区")


def test_the_printed_list_of_a_township_equals_what_an_act_may_rest_on(new_item, township, lawyer, sign_in):
    """F029."""
    items = [new_item(name=f"第{n}项") for n in range(3)]
    AuthorityGrantFactory(holder=township, items=items[:2])
    AuthorityGrantFactory(holder=township, items=items[2:], valid_to=DAY - timedelta(days=1))
    said = printing.list_content(township, DAY)
    assert {row["name"] for row in said["rows"]} == {"第0项", "第1项"}
    assert len(said["rows"]) == handed_on(DAY).filter(township=township).count()
    answer = sign_in(lawyer).get(f"/authority/township/{township.pk}/list/?on={DAY}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_long_agreement_names_the_code_in_use_of_each_item_and_asks_no_more_than_a_short_one(
    new_item, township
):
    items = [new_item(code=f"33027700{number}") for number in range(4)]
    items[0].codes.update(valid_to=DAY)
    asked = []
    for part in (items[:1], items[1:]):
        grant = AuthorityGrantFactory(holder=township, items=part)
        grant = AuthorityGrant.objects.get(pk=grant.pk)
        with CaptureQueriesContext(connection) as queries:
            said = printing.agreement_content(grant)
        asked.append(len(queries))
        codes = [row["code"] for row in said["items"]]
        assert codes == ([""] if part == items[:1] else ["330277001", "330277002", "330277003"])
    assert asked[0] == asked[1]
