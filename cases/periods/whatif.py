"""What if: which dates would move by a suspension, an extension or a service; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.clocks import calculator, derive
from cases.clocks.models import Clock
from cases.dossier.law_book import law_book
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE, Stage
from cases.hearing.rules import current_notice
from cases.instruments.kinds import Kind
from cases.instruments.selectors import issued
from cases.periods import rules
from law import extensions, time_limits
from law.errors import LawError
from law.suspensions import Suspension
from law.time_limits import Due

SERVING: Mapping[str, Move] = {
    Stage.NOTICE_ISSUED: Move.SERVE_NOTICE,
    Stage.DECIDED: Move.SERVE_DECISION,
}
SERVED: Mapping[str, tuple[Kind, ...]] = {
    "notice_served": (Kind.PRIOR_NOTICE,),
    "decision_served": (Kind.DECISION, Kind.NO_PENALTY),
}


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed of a case; anything may be left out."""

    kind: str = ""
    ground: str = ""
    suspended_from: date | None = None
    suspended_to: date | None = None
    extension: int = 0
    served_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One clock as it is and as it would be."""

    kind: str
    clock_id: str
    before: date | None
    due: Due
    starts: bool = False

    @property
    def moves(self) -> bool:
        """Tell whether the date would be another."""
        return self.starts or self.before != self.due.due_on

    def as_data(self) -> dict[str, Any]:
        """Give it as plain data, with the derivation in two languages."""
        told = self.due.derivation
        return {
            "kind": self.kind,
            "clock": self.clock_id,
            "name_zh": told.name_zh,
            "name_en": told.name_en,
            "before": self.before.isoformat() if self.before else None,
            "after": self.due.due_on.isoformat() if self.due.due_on else None,
            "result": self.due.kind,
            "moves": self.moves,
            "starts": self.starts,
            "derivation": told.as_dict(),
            "sentences": {"zh": told.sentences("zh"), "en": told.sentences("en")},
        }


def suppose(case: Case, asked: Supposition, *, on: date) -> list[Outcome]:
    """Compute every running clock under the supposition of a day, and those a service would start."""
    clocks = rules.clocks_here(case)
    if asked.kind and asked.kind not in {clock.kind for clock in clocks}:
        raise LawError(
            "该期限没有在计算", field="kind", code="clock_not_running", message_en="This clock does not run"
        )
    move = SERVING.get(case.stage) if asked.served_at else None
    if asked.served_at:
        _require_issued(case, asked.served_at, services_of(case, clocks))
    ended = TABLE[move].stops if move else ()
    for clock in clocks:
        if asked.extension and clock.kind == asked.kind:
            _require_not_over(clock, on)
    found = [_supposed(clock, asked, move) for clock in clocks if clock.kind not in ended]
    return found + [_started(case, kind, asked.served_at) for kind in _starts(case, move) if asked.served_at]


def _require_not_over(clock: Clock, on: date) -> None:
    """Refuse to suppose what the act would refuse: an extension of a period that is over."""
    if rules.has_ended(clock, on):
        zh, en = rules.too_late(clock)
        raise LawError(zh, field="extension", code="extension_too_late", message_en=en)


def services_of(case: Case, clocks: Sequence[Clock]) -> list[str]:
    """Name the services that may be supposed: of the document that waits, else those clocks run from."""
    move = SERVING.get(case.stage)
    return [TABLE[move].verb.code] if move else [c.event.verb for c in clocks if c.event.verb in SERVED]


def _require_issued(case: Case, served_at: datetime, verbs: Sequence[str]) -> None:
    """Refuse to suppose the service of a document that does not exist, or of a day before its issue."""
    kinds = {kind for verb in verbs for kind in SERVED[verb]}
    newest = max((one.issued_at for one in issued(case) if one.kind in kinds), default=None)
    if newest is None:
        raise LawError(
            "没有待送达的告知书或决定书，也没有自送达起算的期限；先签发文书",
            field="served_at",
            code="nothing_to_serve",
            message_en="Nothing waits to be served, no period runs from a service; issue the document first",
        )
    day = time_limits.local(newest)[1]
    if time_limits.local(served_at)[1] < day:
        raise LawError(
            f"文书于{day:%Y-%m-%d}签发，不能在此之前送达",
            field="served_at",
            code="served_before_issue",
            message_en=f"The document was issued on {day}; it cannot be served before",
        )


def _supposed(clock: Clock, asked: Supposition, move: Move | None) -> Outcome:
    meant = clock.kind == asked.kind
    due = derive.computed(
        clock,
        trigger=asked.served_at if move is None and clock.event.verb in SERVED else None,
        more_breaks=_breaks(asked) if meant else (),
        more_extensions=_extensions(clock, asked) if meant and asked.extension else (),
    )
    return Outcome(clock.kind, clock.clock_id, clock.due_on, due)


def _breaks(asked: Supposition) -> Sequence[Suspension]:
    if asked.suspended_from is None:
        return ()
    return (Suspension(start=asked.suspended_from, end=asked.suspended_to, ground=asked.ground),)


def _extensions(clock: Clock, asked: Supposition) -> Sequence[extensions.Extension]:
    """Suppose the next step of the ladder; a clock without one is refused by the law itself."""
    rung = rules.next_rung(clock)
    approver = rung.approver if rung else "head"
    return (extensions.Extension(length=asked.extension, approver=approver),)


def _starts(case: Case, move: Move | None) -> Sequence[str]:
    """Name the clocks that serving now would start."""
    if move is None:
        return ()
    notice = current_notice(case) if move is Move.SERVE_NOTICE else None
    return (*TABLE[move].starts, *(("hearing_request",) if notice and notice.hearing_offered else ()))


def _started(case: Case, kind: str, served_at: datetime) -> Outcome:
    profile = derive.profile_for(case, on=time_limits.local(served_at)[1])
    clock_id = time_limits.kind_to_clock(kind, profile, book=law_book())
    due = time_limits.due(clock_id, trigger=served_at, profile=profile, book=law_book())
    return Outcome(kind, clock_id, None, due, starts=True)


def read(data: Any) -> Supposition:
    """Read the body of a request; a LawError names the field that is wrong."""
    if not isinstance(data, Mapping):
        raise LawError("请求内容须为 JSON 对象", field="body", message_en="The body must be a JSON object")
    suspend, extend = _part(data, "suspend"), _part(data, "extend")
    kinds = {part["kind"] for part in (suspend, extend) if part.get("kind")}
    if len(kinds) > 1:
        raise LawError("一次只推演一个期限", field="kind", message_en="One clock at a time")
    served = calculator.text_of(data, "served_at")
    start, end = calculator.text_of(suspend, "from"), calculator.text_of(suspend, "to")
    return Supposition(
        kind=next(iter(kinds), "case_decision" if suspend or extend else ""),
        ground=calculator.text_of(suspend, "ground"),
        suspended_from=calculator.day(start, "suspend") if start or suspend else None,
        suspended_to=calculator.day(end, "suspend") if end else None,
        extension=calculator.number(extend.get("length") or 0),
        served_at=_instant(served) if served else None,
    )


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = data.get(name) or {}
    if not isinstance(part, Mapping) or not isinstance(part.get("kind") or "", str):
        raise LawError(f"{name}须为对象", field=name, message_en=f"{name} must be an object")
    return part


def _instant(text: str) -> datetime:
    found = calculator.moment(text, "served_at")
    if not isinstance(found, datetime):
        return datetime(found.year, found.month, found.day, 12, tzinfo=time_limits.SHANGHAI)
    return found
