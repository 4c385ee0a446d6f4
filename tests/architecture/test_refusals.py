"""Every refusal says in Chinese and in English what forbids the act and what unblocks it."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import PACKAGES, name, python_files, tree

HAN = re.compile(r"[\u4e00-\u9fff]")
PARTS = ("code", "message", "article", "unblock")
ENGLISH = {"message": "message_en", "unblock": "unblock_en"}


def is_refusal(node: ast.AST) -> bool:
    """Tell whether a call makes a refusal, or is how a kind of refusal makes itself."""
    if not isinstance(node, ast.Call):
        return False
    return ast.unparse(node.func) in {"RuleViolation", "Misfit"} or any(
        word.arg == "message_en" for word in node.keywords
    )


def refusals() -> Iterator[tuple[str, dict[str, ast.expr]]]:
    for path in python_files(*PACKAGES):
        for call in ast.walk(tree(path)):
            if isinstance(call, ast.Call) and is_refusal(call):
                said = dict(zip(PARTS, call.args, strict=False))
                said |= {word.arg or "**": word.value for word in call.keywords}
                if "**" not in said:
                    yield f"{name(path)}:{call.lineno}", said


def words(node: ast.expr) -> Iterator[str]:
    return (
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def calls(node: ast.expr) -> set[str]:
    return {ast.unparse(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}


def test_no_refusal_speaks_chinese_only():
    found = list(refusals())
    assert len(found) > 150
    silent = [
        f"{place}: {english}"
        for place, said in found
        for chinese, english in ENGLISH.items()
        if chinese in said and english not in said
    ]
    assert silent == []


def test_the_english_of_a_refusal_holds_no_chinese():
    found = [
        f"{place}: {word}"
        for place, said in refusals()
        for english in ENGLISH.values()
        if english in said
        for word in words(said[english])
        if HAN.search(word)
    ]
    assert found == []


def test_no_refusal_is_translated_a_second_way():
    found = [
        place
        for place, said in refusals()
        for part in (*ENGLISH, *ENGLISH.values())
        if part in said and calls(said[part]) & {"_", "gettext", "gettext_lazy"}
    ]
    assert found == []


def test_what_a_gate_found_is_told_in_english_too():
    told = [
        (f"{name(path)}:{call.lineno}", {word.arg: word.value for word in call.keywords})
        for path in python_files(*PACKAGES)
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("violation")
    ]
    assert len(told) > 150
    silent = [place for place, said in told if "detail" in said and "detail_en" not in said]
    assert silent == []
