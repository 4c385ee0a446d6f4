"""Files and functions stay small enough to be read whole, and are named for what they do."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import PACKAGES, ROOT, Function, functions, name, python_files, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
CODE = python_files(*PACKAGES)
WRITTEN = python_files(*PACKAGES, "tests", "bench")
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
VAGUE = {"utils", "helpers", "common", "misc", "manager", "managers"}


def test_no_file_is_too_long():
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in [*WRITTEN, *TEMPLATES]}
    assert len(lengths) > 300
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def body_lines(function: Function) -> int:
    """Lines from the first statement behind the docstring to the last."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_no_function_is_too_long():
    lengths = {f"{name(path)} {found.name}": body_lines(found) for path in CODE for found in functions(path)}
    assert {function: lines for function, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_module_has_a_name_that_says_nothing():
    vague = [name(path) for path in WRITTEN if path.stem in VAGUE or path.stem.startswith("base_")]
    assert vague == []


def test_no_identifier_is_chinese():
    found = [f"{name(path)}: {word}" for path in WRITTEN for word in identifiers(tree(path))]
    assert [line for line in found if not line.isascii()] == []


def identifiers(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        match node:
            case ast.Name(id=word) | ast.arg(arg=word) | ast.Attribute(attr=word):
                yield word
            case ast.FunctionDef(name=word) | ast.ClassDef(name=word):
                yield word
