"""Which gate is enforced where and which test proves it, read from the code itself: it cannot go stale."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from typing import Any

from django.conf import settings

from cases.acts import registry
from cases.flow.acts import Act
from cases.flow.stage_gates import STAGE_GATES
from law.gates import gates

CODE = ("law", "papers", "catalog", "townships", "cases")
# Ids that are also words of another vocabulary count only inside a call that builds the refusal.
AMBIGUOUS = frozenset({"collective_discussion", "prior_notice"})
# Tests of the registry name gates without proving a refusal.
# Read as a table: what it names belongs to the move, not to all that fire.
BY_TABLE = "cases.flow.stage_gates"
NO_PROOF = frozenset({"tests/law/test_gates.py", "tests/law/test_data.py"})
# What tests call to assert that an act is refused with a code.
REFUSALS = frozenset({"assert_refused", "check", "denied", "refused", "refuses"})


@dataclass
class Place:
    """One function or module-level table: the gates it names and the functions it calls."""

    name: str
    gates: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)


def listing() -> list[dict[str, Any]]:
    """List every gate with where it is enforced and what proves it."""
    enforced, proofs = enforced_in(), tests_of(settings.BASE_DIR / "tests")
    return [
        {**gate.as_dict(), "enforced_in": enforced.get(gate.id, []), "tests": proofs.get(gate.id, [])}
        for gate in gates().values()
    ]


def enforced_in() -> dict[str, list[str]]:
    """Name for each gate the moves and the further services that reach it."""
    places = _places(settings.BASE_DIR)
    found: dict[str, set[str]] = {}
    for name, entries in _entries(places).items():
        for gate_id in set().union(*(places[place].gates for place in _reached(name, places))):
            found.setdefault(gate_id, set()).update(entries)
    for move, kept in STAGE_GATES.items():
        for gate_id in kept.values():
            found.setdefault(gate_id, set()).add(move.value)
    for act in registry.acts.values():
        for gate_id in _warned_of(act, places):
            found.setdefault(gate_id, set()).add(act.move.value)
    return {gate_id: sorted(entries) for gate_id, entries in found.items()}


def _warned_of(act: Act, places: Mapping[str, Place]) -> set[str]:
    """Name the gates that bar nothing and are told of on the act's page."""
    start = f"{act.obstacles.__module__}.{act.obstacles.__qualname__}"
    told = set().union(*(places[place].gates for place in _reached(start, places)))
    return {gate_id for gate_id in told if gates()[gate_id].severity == "warn"}


def _entries(places: Mapping[str, Place]) -> dict[str, list[str]]:
    """Give the ways in: the service of each act, by its moves, and every other public service by its name."""
    import_module("cases.urls")  # registers the acts
    entries = {name: [name] for name in places if _is_service(name)}
    for act in registry.acts.values():
        service = unwrap(act.service)
        entries[f"{service.__module__}.{service.__qualname__}"] = [
            move.value for move in (act.move, *act.also)
        ]
    return entries


# Reads that the law limits: no service, for they write nothing.
READS = frozenset({"cases.oversight.statistics.figures"})


def _is_service(name: str) -> bool:
    if name in READS:
        return True
    parts = name.split(".")
    return "services" in parts[1:-1] and not parts[-1].startswith("_") and parts[-1].islower()


def _reached(start: str, places: Mapping[str, Place]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in places and name not in seen:
            seen.add(name)
            waiting.extend(places[name].calls)
    return seen


@cache
def _places(root: Path) -> Mapping[str, Place]:
    """Read every function of our code, with the tables of its module that it uses."""
    found: dict[str, Place] = {}
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                module = ".".join(path.relative_to(root).with_suffix("").parts)
                if module != BY_TABLE:
                    found |= _read(module, ast.parse(path.read_text(encoding="utf-8")))
    return found


def _read(module: str, tree: ast.Module) -> dict[str, Place]:
    names = _imports(tree)
    places: dict[str, Place] = {}
    for node, name in _definitions(tree):
        places[f"{module}.{name}"] = Place(f"{module}.{name}", _gates_in(node))
        names[name] = f"{module}.{name}"
    for node, name in _definitions(tree):
        places[f"{module}.{name}"].calls = {
            target for used in ast.walk(node) for target in _targets(used, names)
        } - {f"{module}.{name}"}
    return places


def _imports(tree: ast.Module) -> dict[str, str]:
    """Tell what each imported name of a module stands for."""
    names: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    return names


def _definitions(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Give the functions, methods and tables of a module's top level."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name):
                yield node, name
            case ast.ClassDef(name=name, body=body):
                yield from (
                    (inner, f"{name}.{inner.name}") for inner in body if isinstance(inner, ast.FunctionDef)
                )
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield node, name


def _targets(node: ast.AST, names: Mapping[str, str]) -> Iterator[str]:
    match node:
        case ast.Name(id=name) if name in names:
            yield names[name]
        case ast.Attribute(value=ast.Name(id=owner), attr=attribute) if owner in names:
            yield f"{names[owner]}.{attribute}"


def _gates_in(node: ast.AST) -> set[str]:
    known = gates()
    plain = {word for word in _words(node) if word in known and word not in AMBIGUOUS}
    built = {word for call in ast.walk(node) if _builds(call) for word in _words(call) if word in known}
    return plain | built


def _builds(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).rsplit(".", 1)[-1] == "violation"


def _words(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def tests_of(folder: Path) -> dict[str, list[str]]:
    """Name for each gate the tests that assert its refusal; nothing where the tests are not installed."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        name = path.relative_to(folder.parent).as_posix()
        if name in NO_PROOF:
            continue
        for test, gate_ids in _tests_in(ast.parse(path.read_text(encoding="utf-8"))):
            for gate_id in sorted(gate_ids):
                found.setdefault(gate_id, []).append(f"{name}::{test}")
    return found


def _tests_in(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Give each test with the gates that its assertions name: there, by a table, or by a parameter."""
    tables = {name: _known_in(node) for node, name in _definitions(tree) if not _is_function(node)}
    for node, name in _definitions(tree):
        if isinstance(node, ast.FunctionDef) and name.startswith("test_"):
            asserted = [part for part in ast.walk(node) if _asserts(part)]
            values = tables | _parameters(node, tables)
            yield name, _all(_named(part, values) for part in asserted)


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def _asserts(node: ast.AST) -> bool:
    """Tell an assertion, and a call of what asserts a refusal by its code."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).rsplit(".", 1)[-1] in REFUSALS
    return isinstance(node, ast.Assert)


def _parameters(test: ast.FunctionDef, tables: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Give the gates that each parameter of a test stands for."""
    found: dict[str, set[str]] = {}
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.parametrize":
            for name in ",".join(_words(mark.args[0])).split(","):
                found[name.strip()] = _named(mark.args[1], tables)
    return found


def _named(node: ast.AST, values: Mapping[str, set[str]]) -> set[str]:
    names = (part.id for part in ast.walk(node) if isinstance(part, ast.Name))
    return _known_in(node) | _all(values.get(name, set()) for name in names)


def _known_in(node: ast.AST) -> set[str]:
    return {word for word in _words(node) if word in gates()}


def _all(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)
