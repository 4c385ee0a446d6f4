"""A township that takes leads, and leads to send there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases.dossier.models import Case
from cases.intake.services import register_lead
from cases.routing.services import route
from tests.factories.townships import BodyFactory, CountyFactory, OfficerFactory
from townships.models import Body, Officer
from townships.roles import Role


@dataclass(frozen=True)
class Place:
    """A township with two team leaders, who accept leads, and a head; and the clerk who sends them."""

    township: Body
    clerk: Officer
    leaders: list[Officer]
    head: Officer


def township() -> Place:
    CountyFactory()
    body = BodyFactory(name="江口镇人民政府", short_name="江口镇", document_word="江综执")
    return Place(
        township=body,
        clerk=OfficerFactory(name="林知远", body=BodyFactory(government=True), roles=[Role.COUNTY_CLERK]),
        leaders=OfficerFactory.create_batch(2, body=body, roles=[Role.TEAM_LEADER]),
        head=OfficerFactory(body=body, principal_head=True),
    )


def registered(place: Place, *, at: datetime, number: int = 1) -> Case:
    return register_lead(
        actor=place.clerk,
        at=at,
        source="patrol",
        summary=f"第{number}处店外经营",
        township=place.township,
        address=f"人民路{number}号",
    )


def routed(place: Place, count: int, *, at: datetime) -> Iterator[Case]:
    """Register and send leads one by one, each in transactions of its own."""
    for number in range(1, count + 1):
        case = registered(place, at=at, number=number)
        route(case=case, actor=place.clerk, at=at)
        yield case
