"""Who acts in the measurements, and cases brought to where they are measured by the product's services."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from audit.selectors import trail_of
from audit.services import record
from bench.scales import DEPARTMENTS, Scale
from cases.dossier.models import Case
from cases.instruments.kinds import Kind
from cases.instruments.services import issue
from cases.intake.services import approve_filing, propose_filing, register_lead, verify
from cases.oversight.services import CLOCK_WARNED
from cases.routing.services import accept, route
from catalog.models import Item
from townships.models import Body, Officer

EVENTS = 60
ANSWER = "那天下午我把货架摆到了门外的人行道上，占了大约三平方米，执法人员来了以后我马上搬回了店里。"
PAIRS = 15


@dataclass(frozen=True)
class Cast:
    """The people and things of the first township of the first county."""

    township: Body
    item: Item
    lead: Officer
    second: Officer
    leader: Officer
    head: Officer
    clerk: Officer
    supervisor: Officer
    busy: Officer


def cast_of(scale: Scale) -> Cast:
    """Find them by their arithmetic keys; `busy` is the officer with the longest queue."""
    county = scale.officers + scale.counties * DEPARTMENTS
    busiest = (
        Case.objects.filter(is_open=True, county_id=settings.COUNTY_CODE)
        .exclude(lead_officer=None)
        .values("lead_officer")
        .annotate(n=Count("id"))
        .order_by("-n")[0]
    )
    return Cast(
        township=Body.objects.get(pk=DEPARTMENTS + 1),
        item=Item.objects.get(pk=1),
        lead=_officer(6),
        second=_officer(7),
        leader=_officer(2),
        head=_officer(scale.officers + 2),
        clerk=_officer(county + 1),
        supervisor=_officer(county + 2),
        busy=_officer(busiest["lead_officer"]),
    )


def _officer(pk: int) -> Officer:
    return Officer.objects.select_related("body").get(pk=pk)


def ready_to_file(cast: Cast, at: datetime) -> Case:
    """Bring a lead to the head's desk, through every service on the way."""
    case = register_lead(
        actor=cast.clerk,
        at=at,
        source="patrol",
        summary="巡查发现店外经营，占用人行道。",
        township=cast.township,
        address="人民路1号",
        party_name="王小明",
        item=cast.item,
    )
    route(case=case, actor=cast.clerk, at=at)
    accept(case=case, actor=cast.leader, at=at, lead_officer=cast.lead, second_officer=cast.second)
    verify(
        case=case,
        actor=cast.lead,
        at=at,
        findings="经核查属实。",
        suggestion="file",
        item=cast.item,
        party_kind="citizen",
        party_name="王小明",
        ended_on=at.date() - timedelta(days=3),
    )
    propose_filing(
        case=case,
        actor=cast.lead,
        at=at,
        opinion="建议立案。",
        lead_officer=cast.lead,
        second_officer=cast.second,
    )
    return case


def thick_case(cast: Cast, at: datetime, today: date, documents: int) -> Case:
    """Make a case under investigation with so many documents (40 are about 100 pages) and 60 events."""
    case = ready_to_file(cast, at)
    approve_filing(case=case, actor=cast.head, at=at, opinion="同意立案。")
    number = case.instruments.count()
    while number < documents:
        number += 1
        add_record(case, cast, at, number, today)
    with transaction.atomic():
        for _ in range(EVENTS - trail_of(case.chain).count()):
            record(CLOCK_WARNED, chain=case.chain, target=case, actor=None, at=at)
    return case


def add_record(case: Case, cast: Cast, at: datetime, number: int, today: date) -> None:
    """Issue one record of questions and answers, long enough for about three pages."""
    dialogue = [
        {"q": f"案{case.pk}第{number}次第{pair}问：当时的情况？", "a": ANSWER} for pair in range(PAIRS)
    ]
    issue(
        case=case,
        kind=Kind.INTERVIEW,
        actor=cast.lead,
        at=at,
        content={"dialogue": dialogue, "recorder": cast.second.name, "started_at": today.isoformat()},
    )
