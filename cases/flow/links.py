"""Where a refusal is mended: the symbolic place a rule names, as an address and a word for the link."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.dossier.access import may_move
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from law.errors import RuleViolation
from townships.models import Officer
from townships.roles import holders_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """An address and what it is called."""

    url: str
    label: Words


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a refusal, and on which day: a link leads nobody to a page that turns them away."""

    officer: Officer
    on: date

    def may(self, code: str) -> bool:
        """Tell whether a page is open to them."""
        return not code or self.officer.may(code, self.on)

    def may_move(self, case: Case, move: Move) -> bool:
        """Tell whether an act is theirs."""
        return may_move(self.officer, case, move, on=self.on)


NOWHERE = Place("", "")

# A rule names the chapter of the procedure; the first of its acts that the stage allows mends it.
ACTS: Mapping[str, tuple[Move, ...]] = {
    "case:archive": (Move.ARCHIVE,),
    "case:decision": (Move.DECIDE, Move.RENOTIFY),
    "case:discussion": (Move.RECORD_DISCUSSION,),
    "case:execution": (Move.RECORD_PAYMENT, Move.PROPOSE_CLOSING),
    "case:filing": (Move.PROPOSE_FILING, Move.VERIFY),
    "case:hearing": (Move.SCHEDULE_HEARING, Move.REQUEST_HEARING, Move.RECALL_REVIEW),
    "case:investigation": (Move.RECORD_INTERVIEW, Move.RECORD_INSPECTION),
    "case:item": (Move.VERIFY,),
    "case:measures": (Move.DISPOSE_HOLD, Move.PROPOSE_HOLD),
    "case:notice": (Move.ISSUE_NOTICE, Move.SERVE_NOTICE, Move.RENOTIFY),
    "case:officers": (Move.REASSIGN, Move.PROPOSE_FILING),
    "case:referral": (Move.HAND_OVER,),
    "case:review": (Move.SUBMIT_REVIEW,),
    "case:routing": (Move.ROUTE, Move.HAND_OVER),
    "case:spot-money": (Move.HAND_IN_FINE, Move.BANK_FINE),
    "case:service": (Move.SERVE_NOTICE, Move.SERVE_DECISION),
}
TABS: Mapping[str, tuple[str, Words]] = {
    "case:clocks": ("clocks", _("看时限")),
    "case:documents": ("documents", _("看文书")),
    "case:evidence": ("evidence", _("看证据")),
}
PAGES: Mapping[str, tuple[str, Words]] = {
    "agreements": ("agreements", _("看委托与赋权")),
    "authority": ("authority", _("查权限")),
    "calendar": ("calendars", _("看放假安排")),
    "catalog:items": ("items", _("看事项清单")),
    "law-settings": ("law_settings", _("看本地参数")),
    "reports": ("statistics", _("看统计")),
    "officers": ("officers", _("看队伍人员")),
    "rosters": ("rosters", _("看审核人员名册")),
}
# Pages that are not open to everybody.
GUARDED: Mapping[str, str] = {"law-settings": "authority.edit", "calendar": "authority.edit"}
ITEM_LINKS = frozenset({"item", "catalog:bands", "catalog:bases"})


def act_page(move: Move, case: Case) -> str:
    """Return the address of an act's page."""
    before, after = _around_key(move, get_script_prefix())
    return f"{before}{case.pk}{after}"


@cache
def _around_key(move: Move, _prefix: str) -> tuple[str, str]:
    """Look an act's address up once: a page links to a dozen acts of one case."""
    before, _key, after = reverse(f"act-{move.value}", args=[0]).rpartition("0")
    return before, after


def place_of(
    link: str, case: Case | None = None, reader: Reader | None = None, *, refused: Collection[Move] = ()
) -> Place:
    """Turn the link of a rule into an address; nowhere when there is none in this stage.

    What the reader may not open is named with the roles that may, without an address.
    refused: the acts the rule forbids, none of which is its own way out.
    """
    if link in PAGES:
        name, label = PAGES[link]
        code = GUARDED.get(link, "")
        if reader and not reader.may(code):
            return _others(code, label)
        query = _asked(case) if name == "authority" and case else ""
        return Place(reverse(name) + query, label)
    if link in ITEM_LINKS and case is not None and case.item_id:
        return Place(reverse("item", args=[case.item_id]), _("看事项依据"))
    if case is None:
        return NOWHERE
    if link in TABS:
        tab, label = TABS[link]
        return Place(f"{reverse('case', args=[case.pk])}?tab={tab}", label)
    return _act_of(link, case, reader, refused)


def _act_of(link: str, case: Case, reader: Reader | None, refused: Collection[Move]) -> Place:
    own = link.removeprefix("case:")
    named = ACTS.get(link) or ((Move(own),) if own in Move.values else ())
    moves = [move for move in named if case.stage in TABLE[move].sources and move not in refused]
    for move in moves:
        if reader is None or reader.may_move(case, move):
            return Place(act_page(move, case), move.label)
    return _others(TABLE[moves[0]].permission, moves[0].label) if moves else NOWHERE


def _others(code: str, label: Words) -> Place:
    return Place("", gettext("由%(roles)s办理：%(what)s") % {"roles": holders_of(code), "what": label})


def _asked(case: Case) -> str:
    asked = {"item": case.item_version.name if case.item_version else "", "township": case.township_id}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def located(
    refusal: RuleViolation,
    case: Case | None = None,
    reader: Reader | None = None,
    *,
    field_id: str = "",
    refused: Collection[Move] = (),
) -> RuleViolation:
    """Return the refusal with its link as an address: the place that mends it, else the field it is about."""
    url = place_of(refusal.link, case, reader, refused=refused).url or (f"#{field_id}" if field_id else "")
    return RuleViolation(**{**refusal.as_dict(), "link": url})
