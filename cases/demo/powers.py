"""Powers of the demo: the bureau's and departments' own, empowerment of twelve townships, delegations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cases.demo.diary import instant
from cases.demo.ground import Ground
from cases.demo.reading import table
from catalog.models import Item, ItemVersion
from catalog.selectors import items_by_number
from townships.models import AuthorityGrant, Mode, Officer
from townships.services.grants import Terms, draft_grant, publish_grant, register_power, sign_grant
from townships.services.lifecycle import suspend_grant, turn_day

TERM = timedelta(days=3 * 365)
SINCE_EXPIRY, SINCE_SUSPENSION, UNTIL_END = timedelta(days=20), timedelta(days=10), timedelta(days=25)


@dataclass(slots=True)
class Granting:
    """The granting of powers: by whom, from which day, seen from which day."""

    ground: Ground
    actor: Officer
    opening: date
    today: date
    numbered: int = 0

    @property
    def at(self) -> datetime:
        """The instant at which the register is filled."""
        return instant(self.opening, 9)

    def items(self, code: str, domain: str = "") -> list[Item]:
        """Return a list's items, or those of one field."""
        versions = items_by_number(code, self.opening).values()
        return [version.item for version in versions if _in_field(version, domain)]

    def number(self, word: str) -> str:
        """Give the next invented document number."""
        self.numbered += 1
        return f"{word}〔{self.opening.year}〕{self.numbered}号"


def _in_field(version: ItemVersion, domain: str) -> bool:
    return domain in {"", version.domain}


def grant_all(ground: Ground, *, actor: Officer, opening: date, today: date) -> None:
    """Register every power of the county, and let those past their term expire."""
    granting = Granting(ground, actor, opening, today)
    _own_powers(granting)
    for code in ground.townships("empowered"):
        _empower(granting, code)
    for row in table("powers")["agreement"]:
        _delegate(granting, row)
    turn_day(at=instant(today, 1))


def _own_powers(granting: Granting) -> None:
    city = table("powers")["empowered"]["domain"]
    terms = Terms(
        mode=Mode.CONCENTRATED,
        holder=granting.ground.bureau,
        valid_from=granting.opening,
        legal_basis="《中华人民共和国行政处罚法》第十八条",
        decision_document="省人民政府关于青禾县开展综合行政执法工作的批复（演示）",
    )
    items = [*granting.items("SZ"), *granting.items("LH", city)]
    register_power(terms=terms, items=items, actor=granting.actor, at=granting.at)
    for code in granting.ground.departments():
        for domain in granting.ground.rows[code].get("domains", []):
            terms = Terms(
                mode=Mode.OWN,
                holder=granting.ground.bodies[code],
                valid_from=granting.opening,
                legal_basis="《中华人民共和国行政处罚法》第十七条",
            )
            items = granting.items("LH", domain)
            register_power(terms=terms, items=items, actor=granting.actor, at=granting.at)


def _empower(granting: Granting, code: str) -> None:
    said = table("powers")["empowered"]
    holder = granting.ground.bodies[code]
    terms = Terms(
        mode=Mode.EMPOWERED,
        holder=holder,
        township=holder,
        origin=granting.ground.bureau,
        valid_from=granting.opening,
        number=granting.number("青政发"),
        legal_basis=said["legal_basis"],
        decision_document=said["decision_document"],
        scope_note=said["scope_note"],
    )
    items = [item for name in said["lists"] for item in granting.items(name, said["domain"])]
    _conclude(granting, terms, items)


def _delegate(granting: Granting, row: dict[str, Any]) -> None:
    said, state = table("powers")["delegated"], row.get("state", "")
    principal, holder = (granting.ground.bodies[row[side]] for side in ("principal", "holder"))
    ends = {"expired": granting.today - SINCE_EXPIRY, "ending": granting.today + UNTIL_END}
    terms = Terms(
        mode=Mode.DELEGATED,
        principal=principal,
        holder=holder,
        township=holder,
        valid_from=granting.opening,
        valid_to=ends.get(state, granting.opening + TERM),
        number=granting.number(f"{principal.document_word}委"),
        legal_basis=said["legal_basis"],
        powers=said["powers"],
        scope_note=said["scope_note"],
        qualification_note=said["qualification_note"],
    )
    grant = _conclude(granting, terms, granting.items(row["list"], row.get("domain", "")), until=state)
    if state == "suspended":
        day = granting.today - SINCE_SUSPENSION
        reason = "受委托乡镇执法人员调整，暂停办理，待重新核实条件"
        suspend_grant(
            grant=grant, suspended_from=day, reason=reason, actor=granting.actor, at=instant(day, 9)
        )


def _conclude(granting: Granting, terms: Terms, items: Sequence[Item], *, until: str = "") -> AuthorityGrant:
    """Draft, sign and publish; an agreement of the demo may stop at the draft or the signature."""
    actor, at, day = granting.actor, granting.at, granting.opening
    grant = draft_grant(terms=terms, items=items, actor=actor, at=at)
    if until != "draft":
        sign_grant(grant=grant, signed_on=day, actor=actor, at=at)
    if until not in {"draft", "signed"}:
        publish_grant(grant=grant, by_principal_on=day, by_holder_on=day, actor=actor, at=at)
    elif until == "signed":
        publish_grant(grant=grant, by_principal_on=day, actor=actor, at=at)
    grant.refresh_from_db()
    return grant
