"""People of the demo: everybody with role, certificate or reviewer's post, all under one demo password."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from audit.services import record
from cases.demo.ground import Ground
from cases.demo.reading import table
from cases.oversight.absences import settle_absences
from townships import verbs
from townships.models import Body, Officer, ReviewerRank, Team
from townships.roles import Role
from townships.services.absences import set_absence
from townships.services.appointments import set_role
from townships.services.capacity import check_equipment
from townships.services.certificates import issue_certificate
from townships.services.rosters import Post, appoint_reviewer

IN_OFFICE_FROM = date(2022, 1, 1)
CARD_YEARS = 3
QUALIFIED_ON = date(2020, 3, 20)


def names() -> Iterator[str]:
    """Make invented names, no two alike."""
    data = table("people")
    surnames, given = data["surnames"], data["given"]
    for turn in range(len(surnames) * len(given)):
        row, column = divmod(turn, len(surnames))
        yield surnames[column] + given[(7 * column + 41 * row) % len(given)]


@dataclass(slots=True)
class Hiring:
    """The appointing of people: by whom, when, seen from which day, under which password."""

    at: datetime
    today: date
    password: str
    named: Iterator[str]
    actor: Officer | None = None
    legal: Officer | None = None
    cards: int = 0

    def officer(self, username: str, body: Body, **facts: Any) -> Officer:
        """Open an account; directly, since every demo account shares one password computed once."""
        officer = Officer.objects.create(
            username=username,
            name=next(self.named),
            password=self.password,
            body=body,
            team=Team.objects.filter(body=body).order_by("id").first(),
            staff_number=username,
            phone=f"1990000{Officer.objects.count():04d}",
            must_change_password=False,
            **facts,
        )
        record(
            verbs.OFFICER_CREATED,
            chain=f"officer:{officer.pk}",
            target=officer,
            actor=self.actor,
            at=self.at,
            payload={"username": username, "body": body.pk},
        )
        return officer

    def role(self, officer: Officer, role: Role) -> None:
        """Appoint an officer."""
        set_role(
            officer=officer,
            role=role,
            body=None,
            valid_from=IN_OFFICE_FROM,
            actor=self.actor,
            at=self.at,
        )

    def card(self, officer: Officer, ends_in: int | None = None) -> None:
        """Register a certificate of the usual term, or one that ends so many days from today."""
        self.cards += 1
        last = self.today + timedelta(days=365 * CARD_YEARS if ends_in is None else ends_in)
        issue_certificate(
            officer=officer,
            number=f"331199{self.cards:05d}",
            valid_from=IN_OFFICE_FROM,
            valid_to=last,
            domains=[],
            area="青禾县",
            actor=self.legal,
            at=self.at,
        )

    def reviewer(
        self, officer: Officer, body: Body, rank: str, order: int, domains: Sequence[str] = ()
    ) -> None:
        """Put a qualified person on the body's roster, or in the county's pool."""
        post = Post(
            body=body,
            rank=ReviewerRank(rank),
            order=order,
            domains=list(domains),
            qualified=True,
            qualification_number=f"A2020331199{officer.pk:04d}",
            qualified_on=QUALIFIED_ON,
            valid_from=IN_OFFICE_FROM,
        )
        appoint_reviewer(officer=officer, post=post, actor=self.legal, at=self.at)


def hire(ground: Ground, *, at: datetime, today: date, password: str) -> None:
    """Appoint everybody the county needs, the system administrators first."""
    hiring = Hiring(at=at, today=today, password=make_password(password), named=names())
    rows = sorted(table("people")["county"], key=lambda row: row["role"] != Role.SYSTEM_ADMIN)
    for row in rows:
        officer = hiring.officer(row["username"], ground.bodies[row["body"]])
        hiring.role(officer, Role(row["role"]))
        hiring.actor = hiring.actor or officer
        if row["role"] == Role.LEGAL_DEPARTMENT:
            hiring.legal = hiring.legal or officer
    for code, body in ground.bodies.items():
        for post in table("people")["staff"].get(kind_of_staff(ground, code), []):
            _post(hiring, body, f"{code}_{post}", table("people")["post"][post])
    for row in table("people")["pool"]:
        officer = Officer.objects.select_related("body").get(username=row["username"])
        assert officer.body is not None
        hiring.reviewer(officer, officer.body, ReviewerRank.POOL, 1, row["domains"])
    for code in ground.townships():
        equip(hiring, ground.bodies[code])


def equip(hiring: Hiring, body: Body) -> None:
    """Put down that a township has what it enforces with."""
    assert hiring.legal is not None
    found = table("people")["equipment"]
    check_equipment(
        body=body,
        checked_on=timezone.localdate(hiring.at),
        adequate=True,
        found=found,
        actor=hiring.legal,
        at=hiring.at,
    )


def send_on_leave(*, at: datetime, today: date) -> None:
    """Let some people be away today and ahead, entered by the legal department."""
    legal = Officer.objects.get(username="legal")
    for row in table("people")["absence"]:
        set_absence(
            officer=Officer.objects.get(username=row["username"]),
            kind=row["kind"],
            valid_from=today + timedelta(days=row["begins_in"]),
            valid_to=today + timedelta(days=row["ends_in"]),
            hands_on_cases=row["cases"],
            actor=legal,
            at=at,
        )
    settle_absences(at=at)


def kind_of_staff(ground: Ground, code: str) -> str:
    """Tell which staff a body of the demo has."""
    row = ground.rows[code]
    if "mode" in row:
        return "township"
    if row["kind"] == "comprehensive_bureau":
        return "bureau"
    if row["kind"] != "department":
        return ""
    return "acting_department" if row.get("domains") else "department"


def _post(hiring: Hiring, body: Body, username: str, post: dict[str, Any]) -> None:
    officer = hiring.officer(
        username,
        body,
        is_head=post.get("head", False),
        is_principal_head=post.get("principal", False),
        is_auxiliary=post.get("auxiliary", False),
    )
    if role := post.get("role"):
        hiring.role(officer, Role(role))
    if post.get("card") or username in INVESTIGATING_REVIEWERS:
        hiring.card(officer, table("people")["ending"].get(username))
    if rank := post.get("rank"):
        hiring.reviewer(officer, body, rank, post["order"])


# Reviewers who also hold a certificate: when they handle a case, the next on the roster reviews it.
INVESTIGATING_REVIEWERS = frozenset({"qinghe_reviewer", "linjiang_reviewer"})


def role_labels(officer: Officer, on: date) -> str:
    """Name the roles an officer holds on a day."""
    held = officer.access(on).roles
    return "、".join(str(role.label) for role in Role if role in held)
