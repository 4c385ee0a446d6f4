"""What may be done now, what may not and how to unblock it, and who is waited for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.dossier.access import may_move
from cases.dossier.duties import HEADS_ONLY, head_obstacles
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import Stage
from cases.flow.acts import Act, registry
from cases.flow.cards import card
from cases.flow.links import Reader
from desk.wording import said
from law.errors import RuleViolation
from townships.models import Officer
from townships.roles import holders_of

# Always possible, never the next step: shown under 更多.
ASIDE = frozenset(
    {
        Move.ADD_SCAN,
        Move.SERVE_DOCUMENT,
        Move.DECIDE_ON_SPOT,
        Move.FILE_SUMMARY,
        Move.VOID_ENTRY,
        Move.COLLECT_ON_SPOT,
        Move.VOID_PAYMENT,
        Move.VOID_PERFORMANCE,
        Move.VOID_TERMS,
        Move.RECORD_OUTCOME,
        Move.VOID_OUTCOME,
        Move.HAND_OVER,
        Move.REASSIGN,
        Move.JOIN,
        Move.REQUEST_RECUSAL,
        Move.PROPOSE_HOLD,
        Move.EXCLUDE_EXHIBIT,
        Move.IMPOSE_SURCHARGE,
        Move.REQUEST_TERMS,
        Move.REVIEW_RECORDING,
        Move.TELL_RESULT,
        Move.VOID,
        Move.RENOTIFY,
        Move.RECALL_REVIEW,
        Move.CORRECT_PARTY,
        Move.SUSPEND_CLOCK,
        Move.RESUME_CLOCK,
        Move.EXTEND_CLOCK,
        Move.CORRECT_SERVICE,
    }
)
# What comes before the stage's own step where it is open: what a hand-over asks, and to punish nobody.
FIRST = (Move.RECEIVE, Move.DESIGNATE, Move.DECIDE_NO_PENALTY)
# The step that carries a case out of its stage; it is the one primary button.
MAIN: dict[str, Move] = {
    Stage.LEAD: Move.ROUTE,
    Stage.ROUTED: Move.ACCEPT,
    Stage.VERIFYING: Move.VERIFY,
    Stage.VERIFIED: Move.PROPOSE_FILING,
    Stage.FILING: Move.APPROVE_FILING,
    Stage.INVESTIGATING: Move.CONCLUDE,
    Stage.INVESTIGATED: Move.ISSUE_NOTICE,
    Stage.NOTICE_ISSUED: Move.SERVE_NOTICE,
    Stage.NOTIFIED: Move.SUBMIT_REVIEW,
    Stage.HEARING: Move.CONCLUDE_HEARING,
    Stage.REVIEW: Move.PASS_REVIEW,
    Stage.REVIEWED: Move.DECIDE,
    Stage.DISCUSSED: Move.DECIDE,
    Stage.DECIDED: Move.SERVE_DECISION,
    Stage.SERVED: Move.RECORD_PAYMENT,
    Stage.EXECUTED: Move.PROPOSE_CLOSING,
    Stage.CLOSING: Move.APPROVE_CLOSING,
    Stage.CLOSED: Move.ARCHIVE,
}
# More than the stage tells what comes next: notice or no penalty; review or decision; payment or another end.
FORKS = frozenset({Stage.INVESTIGATED, Stage.NOTIFIED, Stage.REVIEWED, Stage.SERVED})


@dataclass(frozen=True, slots=True)
class Next:
    """What may be done now, what is blocked and why, what stands aside, what others have to do.

    signs: the body in whose name the case runs.
    """

    reader: Reader
    signs: str = ""
    open: list[Act] = field(default_factory=list)
    blocked: list[tuple[Act, list[RuleViolation]]] = field(default_factory=list)
    warned: list[tuple[Act, list[RuleViolation]]] = field(default_factory=list)
    aside: list[Act] = field(default_factory=list)
    waiting: list[Act] = field(default_factory=list)
    main: Move | None = None

    @property
    def primary(self) -> Act | None:
        """The one primary button: the stage's own step, else the first possible, unless others must move."""
        own = [act for act in self.open if self.main in (act.move, *act.also)]
        if not own and self.waited_for:
            return None
        return next(iter([*own, *self.open]), None)

    @property
    def waited_for(self) -> Act | None:
        """The stage's own step where somebody else has to take it."""
        return next((act for act in self.waiting if self.main in (act.move, *act.also)), None)

    @property
    def waits_told(self) -> str:
        """Say whose step comes next, or nothing where it is the reader's own."""
        act = self.waited_for
        if act is None:
            return ""
        code = act.row.permission
        whose = holders_of(code)
        if code in HEADS_ONLY and self.signs:
            whose = _("%(body)s的%(roles)s") % {"body": self.signs, "roles": whose}
        return _("等%(roles)s“%(act)s”") % {"roles": whose, "act": act.move.label}


def next_actions(officer: Officer, case: Case, *, on: date) -> Next:
    """Sort the acts of the case's stage into possible, blocked, aside, and waiting for others."""
    acts = [act for act in registry.acts.values() if act.is_open(case)]
    signs = case.named.short_name if case.named else ""
    found = Next(Reader(officer, on), signs=signs, main=_main(acts, case, on))
    for act in acts:
        if not may_move(officer, case, act.move, on=on) or any(signing(act, case, officer, on)):
            if act.move not in ASIDE or act.move == found.main:
                found.waiting.append(act)
            continue
        _sort(found, act, case, on)
    return found


def signing(act: Act, case: Case, officer: Officer, on: date) -> Iterator[RuleViolation]:
    """Say where an act is for a head of the body that signs, which this officer is not."""
    if act.row.permission in HEADS_ONLY:
        yield from head_obstacles(case, officer, on=on, permission=act.row.permission)


def _main(acts: Sequence[Act], case: Case, on: date) -> Move | None:
    """Return which of the open acts comes first: what the stage asks, unless the case asks for another."""
    opened = {act.move for act in acts}
    first = (move for move in FIRST if move in opened)
    due = [act.move for act in acts if act.first(case, on)]
    # What is served belongs to the step before; a step of the stage itself that is due makes it stale.
    due.sort(key=lambda move: move in ASIDE)
    return next(first, next(iter(due), MAIN.get(case.stage)))


def _sort(found: Next, act: Act, case: Case, on: date) -> None:
    if act.move in ASIDE and act.move != found.main:
        found.aside.append(act)
        return
    refusals = list(act.obstacles(case, on))
    if any(refusal.blocks for refusal in refusals):
        found.blocked.append((act, refusals))
        return
    if refusals:
        found.warned.append((act, refusals))
    found.open.append(act)


def gates_of(case: Case, found: Next) -> list[dict[str, Any]]:
    """Draw one gate card for acts blocked by the same things; what was told once is only named again."""
    groups: dict[frozenset[tuple[str, str]], tuple[list[Act], list[RuleViolation]]] = {}
    for act, refusals in [*found.blocked, *found.warned]:
        key = frozenset((refusal.code, refusal.message) for refusal in refusals)
        groups.setdefault(key, ([], refusals))[0].append(act)
    told: set[tuple[str, str]] = set()
    cards = []
    for key in sorted(groups, key=len, reverse=True):
        acts, refusals = groups[key]
        drawn = card(case, [act.move for act in acts], refusals, found.reader)
        cards.append(_briefly(drawn, refusals) if key <= told else drawn)
        told |= key
    return cards


def _briefly(drawn: dict[str, Any], refusals: list[RuleViolation]) -> dict[str, Any]:
    """Shorten a card whose obstacles all stand on a card above."""
    names = "；".join(dict.fromkeys(said(refusal).partition("：")[0] for refusal in refusals))
    return {**drawn, "rows": [], "ways": [], "missing": _("%(names)s（同上）") % {"names": names}}
