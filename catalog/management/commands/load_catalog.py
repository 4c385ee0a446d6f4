"""Load published lists from the command line: same reading, report and second person as in the browser."""

import json
import re
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from audit import context
from catalog.access import Officer
from catalog.comparing import compare
from catalog.loaders.files import FileResult
from catalog.models import ListKind, PowerList
from catalog.staging import read_for, require_count, require_items
from catalog.starters import list_for, load, starters, title_in
from desk.clock import now
from law.errors import RuleViolation

LONGEST_CODE = 30


class Command(BaseCommand):
    """manage.py load_catalog FILE… stages any .xlsx, .xls, .ods or .csv list and reports every row."""

    help = "Stage published lists of enforcement items (.xlsx, .xls, .ods, .csv) and report on every row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--list",
            dest="code",
            type=_list_code,
            default="",
            help="code of the list (default: from the file)",
        )
        parser.add_argument(
            "--kind", choices=ListKind.values, default="", help="kind of a list not yet known"
        )
        parser.add_argument(
            "--expected-count", type=int, help="refuse the file unless it holds so many items"
        )
        parser.add_argument(
            "--effective-on", type=date.fromisoformat, metavar="DATE", help="first day in force"
        )
        parser.add_argument(
            "--complete", action="store_true", help="items absent from the file leave the list"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="write the report to a file")
        parser.add_argument("--actor", metavar="USER", help="who uploads (default: nobody, the system)")
        parser.add_argument("--publish-as", metavar="USER", help="publish at once, as a second person")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the files one after another; a refusal ends the run with its reason."""
        reports: list[dict[str, Any]] = []
        try:
            with context.origin(address="load_catalog"):
                for path in options["files"]:
                    self._load(path, options, reports)
        except RuleViolation as refusal:
            raise CommandError(f"{refusal} {refusal.unblock}".strip()) from refusal
        finally:
            if options["report"] and reports:
                _write(options["report"], reports[0] if len(reports) == 1 else reports)

    def _load(self, path: Path, options: dict[str, Any], reports: list[dict[str, Any]]) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        power_list = self._list(path, data, options)
        act = self._rehearse if options["dry_run"] else self._stage
        try:
            reports.append(act(power_list, path, data, options))
        except RuleViolation:
            # A file that was read but is refused is reported row by row all the same.
            with suppress(RuleViolation):
                reports.append(read_for(power_list, data=data, file_name=path.name).report())
            raise

    def _stage(
        self, power_list: PowerList, path: Path, data: bytes, options: dict[str, Any]
    ) -> dict[str, Any]:
        batch, fresh = load(
            power_list=power_list,
            data=data,
            file_name=path.name,
            uploader=_officer(options["actor"]),
            publisher=_officer(options["publish_as"]),
            at=now(),
            effective_on=options["effective_on"],
            expected_count=options["expected_count"],
            complete=options["complete"],
        )
        report: dict[str, Any] = batch.report
        self._tell(report, power_list)
        state = (
            batch.get_state_display()
            if fresh
            else f"{batch.get_state_display()}，与批次 {batch.pk} 相同，未作改动"
        )
        self.stdout.write(f"批次 {batch.pk}：{state}")
        return report

    def _rehearse(
        self, power_list: PowerList, path: Path, data: bytes, options: dict[str, Any]
    ) -> dict[str, Any]:
        result = read_for(power_list, data=data, file_name=path.name)
        report = result.report()
        self._tell(report, power_list)
        require_count(result, options["expected_count"])
        require_items(result)
        if not power_list._state.adding:
            self.stdout.write(f"与现行清单比较：{json.dumps(compare(power_list, result.entries).counts())}")
        self.stdout.write("试运行，未写入任何内容")
        return report

    def _list(self, path: Path, data: bytes, options: dict[str, Any]) -> PowerList:
        code = options["code"] or _starter_code(path) or _code_from(path)
        known = list_for(code)
        if not known._state.adding or code in starters():
            return known
        result: FileResult = read_for(known, data=data, file_name=path.name)
        return list_for(code, title=title_in(result) or path.stem, kind=options["kind"])

    def _tell(self, report: dict[str, Any], power_list: PowerList) -> None:
        self.stdout.write(f"{report['file']} → {power_list.code} {power_list.name}")
        for sheet in report["sheets"]:
            self.stdout.write(
                f"  {sheet['sheet'] or '—'}：表头第 {sheet['header_row'] or '—'} 行，"
                f"读取 {sheet['rows_read']}，采用 {sheet['rows_used']}，"
                f"未采用 {sheet['rows_skipped']}，事项 {sheet['items']}"
            )
            for row in sheet["skipped"]:
                self.stdout.write(f"    第 {row['row']} 行未采用（{row['reason']}）：{row['text'][:60]}")
            for notice in sheet["warnings"]:
                self.stdout.write(f"    第 {notice['row']} 行 {notice['cell']}：{notice['message']}")


def _write(path: Path, content: Any) -> None:
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _starter_code(path: Path) -> str:
    return next(
        (
            code
            for code, starter in starters().items()
            if path.name in {starter.path.name, starter.benchmarks and starter.benchmarks.name}
        ),
        "",
    )


def _code_from(path: Path) -> str:
    return re.sub(r"[^\w-]+", "-", path.stem)[:LONGEST_CODE].strip("-") or "LIST"


def _list_code(text: str) -> str:
    if len(text) > LONGEST_CODE:
        raise ArgumentTypeError(f"a code has at most {LONGEST_CODE} characters")
    return text


def _officer(username: str | None) -> Officer | None:
    if not username:
        return None
    model = get_user_model()
    officer = model._default_manager.filter(**{model.USERNAME_FIELD: username}).first()
    if not isinstance(officer, Officer):
        raise CommandError(f"没有账号 {username}")
    return officer
