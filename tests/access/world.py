"""Two townships of one county, each with its people and its case, and who looks from one into the other."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler

from cases.archive.models import Volume
from cases.dossier import law_book
from cases.dossier.calendar_years import CalendarYear
from cases.dossier.figures import LawSetting
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.instruments.models import Instrument
from catalog.models import Adjustment, ImportBatch, Provision, ProvisionVersion, Statute
from desk import jobs, notices
from desk.models import Feedback
from papers.services import render
from tests.cases.standing import steps_before
from tests.doors.county import SmallCounty, found_county
from tests.doors.drivers import RestDoor, instant
from tests.doors.script import PARTY, Step, whole_case
from tests.factories.catalog import PowerListFactory
from tests.factories.townships import (
    AuthorityGrantFactory,
    BodyFactory,
    OfficerFactory,
    PlaceFactory,
    ReviewerPostFactory,
    SecondmentFactory,
)
from townships.models import (
    Absence,
    ApprovalPost,
    AuthorityGrant,
    AuxiliaryPost,
    GrantBatch,
    ItemOrder,
    Meeting,
    Officer,
    StaffChange,
    TrainingSession,
    Zone,
    ZoneDuty,
)
from townships.roles import COUNTY_WIDE, Role
from townships.selectors import remembered
from townships.services import item_notices

NOW = "2026-04-20T10:00"
OF_A_TOWNSHIP = tuple(role for role in Role if role not in COUNTY_WIDE)
# What the neighbour's case says, and nothing else in the county.
SECRET = "临溪独有"
WORDS = {
    PARTY: f"{SECRET}商行",
    "和平路118号": f"{SECRET}弄堂9号",
    "王建平：": "负责人乙：",
    "罗莹：": "副职乙：",
    "王建平": f"{SECRET}某人",
    "91330000MA0000001X": "91330000MA0000002Y",
    "13800000001": "13911112222",
    "楼顶": f"{SECRET}楼面",
    "浙财0012345678": "浙财0099999999",
}
SECRETS = [SECRET, "91330000MA0000002Y", "13911112222", "浙财0099999999"]
# The key of the neighbour's first row in each table: this one names theirs, whatever it is taken for.
THEIR_KEY = 700_001
LATER_KEYS = count(1_000_001, 100_000)


def reworded(value: Any) -> Any:
    """Say what the script says in the neighbour's words."""
    if isinstance(value, dict):
        return {key: reworded(inner) for key, inner in value.items()}
    if isinstance(value, str):
        for word, other in WORDS.items():
            value = value.replace(word, other)
    return value


def neighbour_of(county: SmallCounty) -> SmallCounty:
    """The next township: the same item, people of its own."""
    body = BodyFactory(name="临溪镇人民政府", short_name="临溪镇", document_word="临溪", phone="0578-5550202")
    AuthorityGrantFactory(empowered=True, holder=body, items=[county.item])

    def officer(username: str, name: str, role: Role, **more: Any) -> Officer:
        return OfficerFactory(username=username, name=name, body=body, roles=[role], **more)

    first = officer("first-b", "办案乙", Role.TOWNSHIP_OFFICER, certified=True)
    reviewer = officer("reviewer-b", "审核乙", Role.LEGAL_REVIEWER)
    ReviewerPostFactory(body=body, officer=reviewer)
    return replace(
        county,
        township=body,
        place=PlaceFactory(township=body, name="溪东村"),
        leader=officer("leader-b", "队长乙", Role.TEAM_LEADER, certified=True),
        first=first,
        second=officer("second-b", "协办乙", Role.TOWNSHIP_OFFICER, certified=True),
        head=officer("head-b", "负责人乙", Role.HEAD),
        deputy=officer("deputy-b", "副职乙", Role.HEAD),
        reviewer=reviewer,
    )


def walked(county: SmallCounty, steps: list[Step], words: Any = reworded) -> RestDoor:
    """Bring a case of the neighbour through these steps."""
    door = RestDoor(county)
    door.walk([replace(step, values=words(step.values)) for step in steps])
    return door


def open_matter(county: SmallCounty) -> RestDoor:
    """A case of the neighbour under investigation: its clocks run, its people are told."""
    return walked(county, steps_before(county, "record-inspection"))


class Asking(ClientHandler):
    """Lets each request come from a person known beforehand: who they are is not read anew each time."""

    person: Officer | None = None

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer this person; what a request does to what is known of them does not reach the next."""
        request._cached_user = known(self.person) if self.person else AnonymousUser()
        return super().get_response(request)


def known(person: Officer) -> Officer:
    """The person as they were at the beginning, with the roles of the day."""
    found = copy.copy(person)
    found.__dict__["_access"] = dict(person._access)
    return found


class Browser(Client):
    """A browser that hands the answer over as it is: noting what each template was given takes longer."""

    def __init__(self) -> None:
        super().__init__()
        self.handler = Asking(enforce_csrf_checks=False)

    def request(self, **request: Any) -> HttpResponseBase:
        """Ask, with the cookies put in by hand."""
        return self.handler(self._base_environ(**request))


@dataclass
class World:
    """Both townships, a person for each role, and one thing of each kind on either side."""

    own: SmallCounty
    other: SmallCounty = field(init=False)
    people: dict[str, Officer] = field(default_factory=dict)
    mine: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    personal: dict[str, dict[str, Any]] = field(default_factory=dict)
    # One for all: each new one would load the middleware again.
    asking: Browser = field(default_factory=Browser)

    def of(self, who: str) -> dict[str, Any]:
        """The things of the own township, with the person's own notice and job."""
        return {**self.mine, **self.personal.get(who, {})}

    def browser(self, who: str) -> Client:
        """A browser in which someone is signed in; "nobody" is not."""
        self.asking.cookies.clear()
        self.asking.handler.person = None if who == "nobody" else self.people[who]
        return self.asking

    def read_people(self) -> None:
        """Read each person and what they may do, as signing in does."""
        found = Officer.objects.in_bulk([officer.pk for officer in self.people.values()])
        self.people = {who: found[officer.pk] for who, officer in self.people.items()}
        for officer in found.values():
            officer.access(instant(NOW).date())


def put_away(case_id: int, paper: Instrument) -> Volume:
    """Archive a case with one document as its whole file: printing all of them takes half a minute."""
    volume = Volume.objects.create(
        case_id=case_id, digest="0" * 64, file=render(paper.paper), page_count=1, bound_at=instant(NOW)
    )
    Case.objects.filter(pk=case_id).update(stage=Stage.ARCHIVED, archived_on=instant(NOW).date())
    return volume


def own_things(person: Officer, tag: str) -> dict[str, Any]:
    """What belongs to one person alone."""
    notices.notify(recipients=[person], kind="x", title=f"{tag}通知", link="/", key="x", at=instant(NOW))
    job = jobs.start(kind="x", title=f"{tag}任务", owner=person, at=instant(NOW))
    return {"notice": person.notices.get(kind="x").pk, "job": job.pk}


def things_of(county: SmallCounty, case_id: int, person: Officer, tag: str) -> dict[str, Any]:
    """One of each kind of thing that belongs to one township or to one person in it."""
    paper = Instrument.objects.filter(case=case_id).earliest("id")
    order = ItemOrder.objects.create(
        township=county.township,
        department=county.item.grant_items.first().grant.origin,
        item=county.item,
        reason=f"{tag}点单",
        ordered_by=person,
        ordered_at=instant(NOW),
    )
    volume, grant = put_away(case_id, paper), county.township.grants_held.get()
    # Agreements are for everybody to read: this one is printed as a document without the neighbour's words.
    AuthorityGrant.objects.filter(pk=grant.pk).update(paper=Instrument.objects.earliest("id").paper)
    card = county.first.certificates.get()
    card.codes.create(token=f"{tag}核验码", made_at=instant(NOW))
    days = {"valid_from": instant(NOW).date(), "valid_to": instant(NOW).date()}
    absence = Absence.objects.create(
        officer=county.reviewer, kind=Absence.Kind.LEAVE, set_by=person, set_at=instant(NOW), **days
    )
    helper = OfficerFactory(body=county.township, is_auxiliary=True)
    auxiliary = AuxiliaryPost.objects.create(
        officer=helper, body=county.township, duty="巡查", contract=f"合{case_id}", led_by=person, **days
    )
    return {
        "case": case_id,
        "paper": paper.pk,
        "sha256": volume.file.sha256,
        "volume": volume.pk,
        **own_things(person, tag),
        "order": order.pk,
        "body": county.township.pk,
        "officer": county.first.pk,
        "absence": absence.pk,
        "auxiliary": auxiliary.pk,
        **registered(county, person, days),
        "reviewer": county.reviewer.pk,
        "certificate": card.pk,
        "post": county.reviewer.reviewer_posts.get().pk,
        "role": county.first.role_grants.get().pk,
        "grant": grant.pk,
        "grant_item": grant.items.get().pk,
        "place": county.place.pk,
    }


def registered(county: SmallCounty, person: Officer, days: dict[str, Any]) -> dict[str, int]:
    """What the registers of people hold of a township."""
    post = ApprovalPost.objects.create(officer=county.head, body=county.township, title="许可", **days)
    zone = Zone.objects.create(township=county.township, name="东片")
    session = TrainingSession.objects.create(
        title=f"轮训{county.township.pk}", held_on=days["valid_from"], hours=8, organiser=county.township
    )
    change = StaffChange.objects.create(
        kind=StaffChange.Kind.LEAVE,
        officer=county.second,
        from_body=county.township,
        effective_on=days["valid_to"],
        reason="退休",
        document="编1号",
        proposed_by=person,
        proposed_at=instant(NOW),
    )
    lent = SecondmentFactory(
        officer=OfficerFactory(body=county.township, certified=True), owner=county.township, **days
    )
    return {
        "approval_post": post.pk,
        "zone_duty": ZoneDuty.objects.create(zone=zone, officer=person, **days).pk,
        "training": session.pk,
        "staff_change": change.pk,
        "secondment": lent.pk,
    }


def things_of_the_county(world: World) -> dict[str, Any]:
    """One of each kind of thing that the whole county shares."""
    item, legal = world.own.item, world.people[Role.LEGAL_DEPARTMENT]
    meeting = Meeting.objects.create(
        title="领导小组会议", held_on="2026-01-05", document="会〔2026〕1号", decision="同意。"
    )
    notice = item_notices.issue_notice(
        kind="notice",
        title="事项通知",
        body="请知悉。",
        document="",
        items=[item],
        valid_from=instant(NOW).date(),
        valid_to=None,
        actor=legal,
        at=instant(NOW),
    )
    version = item.versions.get()
    provision = Provision.objects.create(statute=Statute.objects.create(name="测试条例"), article="第一条")
    return {
        "item": item.pk,
        "uid": item.uid,
        "band": world.own.band.pk,
        "table": world.own.band.table_id,
        "meeting": meeting.pk,
        "batch": GrantBatch.objects.create(name="第一批", effective_on=instant(NOW).date()).pk,
        "item_notice": notice.pk,
        "import": ImportBatch.objects.create(
            power_list=PowerListFactory(),
            file_name="清单.xlsx",
            sha256="1" * 64,
            report={"sheets": []},
            uploaded_at=instant(NOW),
        ).pk,
        "adjustment": Adjustment.objects.create(
            action="cancel",
            document="青综执〔2026〕9号",
            decided_on=version.valid_from,
            effective_on=instant(NOW).date(),
            reason="other",
            explanation="测试",
            drafted_at=instant(NOW),
        ).pk,
        "provision": provision.pk,
        "edition": ProvisionVersion.objects.create(
            provision=provision, text="修正后的条文", valid_from=instant(NOW).date(), source="测试"
        ).pk,
        "year": CalendarYear.objects.create(
            year=2027, source="测试", days=[], proposed_by=legal, proposed_at=instant(NOW)
        ).pk,
        "setting": LawSetting.objects.latest("id").pk,
        "feedback": Feedback.objects.create(
            officer=legal, text="看不清", page="/", created_at=instant(NOW)
        ).pk,
    }


def number_from(key: int) -> None:
    """Give the next row of every table this key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename), %s, false) FROM pg_sequences", [key]
        )


def found_world() -> World:
    """Two townships, each with a case that went the whole way, and a person for each role."""
    own = found_county()
    mine = RestDoor(own)
    mine.walk(whole_case(own)[:-1])
    world = World(own)
    for role in Role:
        body = own.township if role in OF_A_TOWNSHIP else None
        world.people[role.value] = OfficerFactory(body=body, roles=[role], is_head=role == Role.HEAD)
    world.people |= {
        "township": OfficerFactory(
            body=own.township, roles=list(OF_A_TOWNSHIP), is_head=True, certified=True
        ),
        "everyone": OfficerFactory(body=own.township, roles=list(Role), is_head=True, certified=True),
    }
    shared = things_of_the_county(world)
    world.mine = shared | things_of(own, mine.case_id, own.first, "本镇")
    world.personal = {who: own_things(officer, "本人") for who, officer in world.people.items()}
    number_from(THEIR_KEY)
    world.other = neighbour_of(own)
    theirs = walked(world.other, whole_case(world.other)[:-1])
    world.theirs = shared | things_of(world.other, theirs.case_id, world.other.first, SECRET)
    world.read_people()
    return world


@pytest.fixture(scope="package")
def laid_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Found the world once for all tests of access; it is gone afterwards."""
    forget_all()
    with django_db_blocker.unblock(), transaction.atomic():
        yield found_world()
        # What was set is not rolled back: rows of later tests must not take the keys of this world.
        number_from(next(LATER_KEYS))
        transaction.set_rollback(True)
    forget_all()


def forget_all() -> None:
    """Drop what the process remembers of rows that are gone."""
    law_book.forget()
    remembered.forget()
