"""What the demo shows of its force: checks, trainings, zones, loans, changes and posts, all by the services.

It comes after the cases, so that none of them is cast or judged differently by it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice

from django.contrib.auth.hashers import make_password

from cases.demo.accounts import demo_password
from cases.demo.diary import instant
from cases.demo.ground import Ground
from cases.demo.people import Hiring, names
from townships.models import Officer, PlaceKind, StaffChange
from townships.roles import Role
from townships.services import (
    approval_posts,
    auxiliaries,
    certificates,
    secondments,
    staff_changes,
    training,
    zones,
)
from townships.staff_change_rules import Change

FULL_TOWNSHIP, TRAINED = "qinghe", ("qinghe", "chengdong", "yunling")
RECRUITS = 4
SOON, LATER = timedelta(days=40), timedelta(days=150)


@dataclass(frozen=True, slots=True)
class Office:
    """The county on the day the force is shown: its bodies, who enters what, and when."""

    ground: Ground
    today: date
    legal: Officer
    at: datetime

    def person(self, username: str) -> Officer:
        """Find somebody by account."""
        return Officer.objects.get(username=username)


def enlist(ground: Ground, *, today: date) -> None:
    """Show some of each register of people."""
    office = Office(ground, today, Officer.objects.get(username="legal"), instant(today))
    approver = _recruit(office)
    _train(office)
    _check(office)
    _draw_zones(office)
    _lend(office, approver)
    _engage(office)
    _approve_and_enforce(office)


def _recruit(office: Office) -> Officer:
    """Bring one township to ten certified officers, one of whom it will lose; open the approving office."""
    hiring = Hiring(
        at=office.at,
        today=office.today,
        password=make_password(demo_password()),
        named=islice(names(), Officer.objects.count(), None),
        actor=office.person("admin"),
        cards=Officer.objects.count(),
    )
    for number in range(RECRUITS):
        body = office.ground.bodies[FULL_TOWNSHIP]
        recruit = hiring.officer(f"{FULL_TOWNSHIP}_recruit{number + 1}", body)
        hiring.role(recruit, Role.TOWNSHIP_OFFICER)
        hiring.card(recruit, SOON.days if number == 0 else None)
    approver = hiring.officer("establishment", office.ground.bodies["government"])
    hiring.role(approver, Role.ESTABLISHMENT)
    return approver


def _check(office: Office) -> None:
    """Let one leader pass the annual check, another have it due soon, a third fail it."""
    for username, passed, due, note in (
        ("qinghe_leader", True, office.today + timedelta(days=365), ""),
        ("chengdong_leader", True, office.today + SOON, "年内补足学时"),
        ("fengshan_leader", False, None, "未参加培训"),
    ):
        certificates.check_certificate(
            certificate=office.person(username).certificates.get(),
            checked_on=office.today,
            passed=passed,
            next_due_on=due,
            note=note,
            actor=office.legal,
            at=office.at,
        )


def _train(office: Office) -> None:
    """Hold two trainings for three townships; one of them had the whole year's hours."""
    bodies = [office.ground.bodies[code] for code in TRAINED]
    people = Officer.objects.filter(body__in=bodies, certificates__isnull=False).distinct().order_by("id")
    for title, hours, attended in (
        ("行政处罚法与裁量基准轮训", "32", people),
        ("行政执法三项制度轮训", "28", people.filter(body=bodies[0])),
    ):
        training.record_training(
            title=title,
            held_on=office.today,
            hours=Decimal(hours),
            organiser=office.legal.body or bodies[0],
            attended=attended,
            venue="县委党校",
            actor=office.legal,
            at=office.at,
        )


def _draw_zones(office: Office) -> None:
    """Part one township into two zones, each answered for by an officer."""
    township = office.ground.bodies[FULL_TOWNSHIP]
    places = list(township.places.exclude(kind=PlaceKind.GRID).order_by("id"))
    for name, part, username in (("东片", 0, "qinghe_officer"), ("西片", 1, "qinghe_officer2")):
        zone = zones.draw_zone(
            township=township, name=name, places=places[part::2], actor=office.legal, at=office.at
        )
        zones.take_zone(
            zone=zone,
            officer=office.person(username),
            valid_from=office.today,
            actor=office.legal,
            at=office.at,
        )


def _lend(office: Office, approver: Officer) -> None:
    """Station a department's officer in a township, lend another to a neighbour, leave a change open."""
    bodies = office.ground.bodies
    station = Change(
        kind=StaffChange.Kind.STATION,
        officer=office.person("water_officer2"),
        effective_on=office.today,
        reason="充实乡镇执法力量",
        document="青编〔演示〕6号",
        to_body=bodies["yunling"],
        until=office.today + LATER,
        appraisal_share=60,
    )
    leave = Change(
        kind=StaffChange.Kind.LEAVE,
        officer=office.person("dawan_officer4"),
        effective_on=office.today + SOON,
        reason="到龄退休",
        document="青编〔演示〕7号",
    )
    stationed, _open = (
        staff_changes.propose(change=change, actor=office.legal, at=office.at) for change in (station, leave)
    )
    staff_changes.decide(
        change=stationed, agree=True, opinion="编制内调剂，同意", actor=approver, at=office.at
    )
    secondments.lend_in_aid(
        officer=office.person("shuanghe_officer3"),
        using=bodies["longtan"],
        agreement="双河—龙潭执法互助协议（演示）",
        valid_from=office.today,
        valid_to=office.today + SOON,
        actor=office.person("shuanghe_head"),
        at=office.at,
    )


def _engage(office: Office) -> None:
    """Put the auxiliaries of three townships on the register."""
    for number, code in enumerate(TRAINED):
        auxiliaries.engage(
            officer=office.person(f"{code}_auxiliary"),
            body=office.ground.bodies[code],
            duty="巡查劝导、秩序维护",
            contract=f"青劳〔演示〕{number + 1}号",
            led_by=office.person(f"{code}_officer"),
            valid_from=office.today,
            actor=office.legal,
            at=office.at,
        )


def _approve_and_enforce(office: Office) -> None:
    """Let one enforcing officer hold a post of approval, which the list of conflicts shows."""
    officer = office.person("housing_officer2")
    approval_posts.hold_post(
        officer=officer,
        body=officer.body or office.ground.bodies["housing"],
        title="建设工程施工许可审批",
        valid_from=office.today,
        actor=office.legal,
        at=office.at,
    )
