"""A source of power: what the register says of it, and whether it holds on a day (行政处罚法第十七条起)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MODES = ("empowered", "delegated", "concentrated", "authorised", "own")
HANDED_ON = ("empowered", "delegated")
BASE = ("concentrated", "authorised", "own")
# A delegation in order, but for the power of its principal, which is gone.
BASELESS = ("principal_without_power", "principal_concentrated_away")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityFact:
    """One source of power that may cover an item in a place: what the register says about it."""

    holder_id: int
    holder_name: str
    mode: str
    valid_from: date
    valid_to: date | None = None
    grant_id: int | None = None
    principal_id: int | None = None
    principal_name: str = ""
    signed_on: date | None = None
    published_by_principal_on: date | None = None
    published_by_holder_on: date | None = None
    must_be_filed: bool = False
    filed_on: date | None = None
    suspended: bool = False
    revoked_on: date | None = None
    covers_item: bool = True
    covers_place: bool = True
    number: str = ""
    article: str = ""

    @property
    def named_id(self) -> int:
        """Give the body whose name and seal stand on the documents (行政处罚法第二十条第四款)."""
        principal = self.principal_id if self.mode == "delegated" else None
        return self.holder_id if principal is None else principal

    @property
    def named_name(self) -> str:
        """Give the name on the documents: the principal's under delegation, else the holder's own."""
        return self.principal_name if self.mode == "delegated" and self.principal_name else self.holder_name


def unsound(fact: AuthorityFact, candidates: Sequence[AuthorityFact], on: date) -> str:
    """Find why a source of power carries no act on a day, in itself or for want of its base, or nothing."""
    return flaw(fact, on) or _baseless(fact, candidates, on)


def flaw(fact: AuthorityFact, on: date) -> str:
    """Find why a source of power does not hold on a day, or nothing (行政处罚法第二十条、第二十四条)."""
    if not fact.covers_item:
        return "item_not_covered"
    if not fact.covers_place:
        return "place_not_covered"
    return _formal_flaw(fact, on) or _temporal_flaw(fact, on)


def _formal_flaw(fact: AuthorityFact, on: date) -> str:
    """Find what is missing in signing and publication of a power that was handed on."""
    if fact.mode not in HANDED_ON:
        return ""
    if fact.mode == "delegated" and not _done(fact.signed_on, on):
        return "unsigned"
    if not _done(fact.published_by_principal_on, on):
        return "unpublished"
    if fact.mode == "delegated" and not _done(fact.published_by_holder_on, on):
        return "unpublished_by_holder"
    return "unfiled" if fact.must_be_filed and not _done(fact.filed_on, on) else ""


def _temporal_flaw(fact: AuthorityFact, on: date) -> str:
    """Find whether the power runs on the day."""
    if on < fact.valid_from:
        return "not_yet_in_force"
    if fact.revoked_on is not None and on >= fact.revoked_on:
        return "revoked"
    if fact.valid_to is not None and on > fact.valid_to:
        return "expired"
    return "suspended" if fact.suspended else ""


def _done(day: date | None, on: date) -> bool:
    """Tell whether something had happened by a day."""
    return day is not None and day <= on


def _baseless(fact: AuthorityFact, candidates: Sequence[AuthorityFact], on: date) -> str:
    """Find a delegation whose principal no longer holds the power itself."""
    if fact.mode != "delegated":
        return ""
    bases = [item for item in candidates if item.mode in BASE and item.holder_id == fact.principal_id]
    sound = [item for item in bases if not flaw(item, on)]
    if bases and not sound:
        return "principal_without_power"
    taken = any(
        item.mode == "concentrated" and item.holder_id != fact.principal_id and not flaw(item, on)
        for item in candidates
    )
    return "principal_concentrated_away" if sound and taken and not _keeps(sound) else ""


def _keeps(bases: Sequence[AuthorityFact]) -> bool:
    """Tell whether a body's power survives concentration elsewhere (行政处罚法第十八条)."""
    return any(item.mode != "own" for item in bases)
