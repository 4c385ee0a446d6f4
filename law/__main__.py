"""The command line of the law: verify worked examples, compute one due date with its derivation."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from law.errors import LawError
from law.suspensions import Suspension
from law.time_limits import Due, due
from law.verify import verify_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 on a mismatch, 2 on bad input."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        if options.command == "verify":
            return _verify(options.file)
        return _due(options)
    except LawError as error:
        print(f"{error.field or 'input'}: {error.message} / {error.message_en}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"file: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    """Describe the two commands."""
    parser = argparse.ArgumentParser(prog="python -m law", description="Statutory periods as data.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="check a CSV of worked examples against the engine")
    check.add_argument("file", type=Path)
    one = commands.add_parser("due", help="compute one due date with its derivation")
    one.add_argument("clock")
    one.add_argument("--trigger", required=True, help="ISO date, or instant with offset")
    one.add_argument("--profile", default="national")
    one.add_argument(
        "--suspend",
        action="append",
        default=[],
        metavar="A/B[=GROUND]",
        help="from A up to, not including, B",
    )
    one.add_argument("--extend", type=int, default=0, metavar="N", help="extension in the clock's unit")
    one.add_argument("--until", default="", metavar="DATE", help="end stated by an agreement")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the derivation")
    return parser


def _verify(path: Path) -> int:
    """Print a line per mismatch, then the totals."""
    outcomes = verify_file(path)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        print(outcome)
    print(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _due(options: argparse.Namespace) -> int:
    """Print a due date and why it is so."""
    found = due(
        options.clock,
        trigger=_moment(options.trigger),
        profile=options.profile,
        suspensions=[_suspension(text) for text in options.suspend],
        extension=options.extend,
        agreed_until=_date(options.until, "until") if options.until else None,
    )
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        return 0
    print(_headline(found))
    for sentence in found.derivation.sentences(options.lang):
        print(sentence)
    return 0


def _headline(found: Due) -> str:
    """Give the result in one line."""
    when = found.due_at.isoformat() if found.due_at else found.due_on.isoformat() if found.due_on else "-"
    return f"{found.clock_id}: {when} ({found.kind}{', provisional' if found.provisional else ''})"


def _moment(text: str) -> datetime | date:
    """Read a date or an instant."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        raise LawError(
            f"不是日期或时刻：{text}", field="trigger", code="not_a_date", message_en=f"Not a date: {text}"
        ) from None


def _date(text: str, field: str) -> date:
    """Read a date of a named field."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LawError(
            f"不是日期：{text}", field=field, code="not_a_date", message_en=f"Not a date: {text}"
        ) from None


def _suspension(text: str) -> Suspension:
    """Read A/B or A/B=GROUND; an empty B is a suspension still open."""
    span, _, ground = text.partition("=")
    first, slash, last = span.partition("/")
    if not slash:
        raise LawError(
            f"中止须写作 A/B：{text}",
            field="suspend",
            code="suspension_form",
            message_en="Write a suspension as A/B",
        )
    return Suspension(
        start=_date(first, "suspend"), end=_date(last, "suspend") if last else None, ground=ground
    )


if __name__ == "__main__":
    sys.exit(main())
