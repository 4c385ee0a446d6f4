"""The time is an argument: only the clock of the entry points reads it, and the outbox its own queue's."""

import ast

from tests.architecture.sources import PACKAGES, ROOT, name, python_files, tree

CLOCK = ROOT / "desk" / "clock.py"
CODE = [path for path in python_files(*PACKAGES) if path != CLOCK and path.parent != ROOT / "audit"]


def reads_the_time(node: ast.Call) -> bool:
    match node.func:
        case ast.Attribute(value=ast.Name(id="clock"), attr="now" | "today"):
            return False
        case ast.Attribute(attr="now" | "utcnow" | "today"):
            return True
        case ast.Attribute(attr="localdate" | "localtime") | ast.Name(id="localdate" | "localtime"):
            return not node.args
    return False


def test_only_the_clock_of_the_entry_points_reads_the_time():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and reads_the_time(node)
    ]
    assert found == []


def test_a_reading_of_the_time_is_seen():
    for words in ("timezone.now()", "date.today()", "localdate()", "timezone.localdate()"):
        assert reads_the_time(ast.parse(words, mode="eval").body), words
    for words in ("clock.now()", "clock.today()", "localdate(at)"):
        assert not reads_the_time(ast.parse(words, mode="eval").body), words
