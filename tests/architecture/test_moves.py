"""The table of moves, the acts registered for them and the services that fire them agree."""

import ast
import importlib
import inspect
from collections import Counter

from cases import urls
from cases.acts import registry
from cases.dossier.moves import Move
from cases.dossier.stages import FINISHED, OPEN, STEPS, TABLE, Stage
from law.time_limits import kind_to_clock
from tests.architecture.sources import ROOT, module_name, name, python_files, tree
from townships.roles import PERMISSIONS

CASES = python_files("cases")
ACTS = list(registry.acts.values())


def test_every_move_has_a_row_with_permission_article_and_source():
    assert set(TABLE) == set(Move)
    for row in TABLE.values():
        assert row.article.startswith("行政处罚法第"), row.move
        assert row.sources, row.move
        assert row.verb.label, row.move


def test_no_two_moves_write_the_same_verb_to_the_trail():
    assert len({row.verb.code for row in TABLE.values()}) == len(TABLE)


def test_every_permission_of_a_move_is_held_by_some_role():
    held = frozenset().union(*PERMISSIONS.values())
    assert {row.permission for row in TABLE.values()} - held == set()


def test_every_clock_that_a_move_starts_or_stops_is_known_to_the_law():
    kinds = {kind for row in TABLE.values() for kind in (*row.starts, *row.stops)}
    for kind in kinds:
        assert kind_to_clock(kind), kind


def test_every_move_is_registered_by_exactly_one_act():
    served = Counter(move for act in ACTS for move in (act.move, *act.also))
    assert served == Counter(dict.fromkeys(Move, 1))
    assert all(act.row is TABLE[act.move] for act in ACTS)


def test_every_act_has_a_page_and_a_rest_endpoint():
    pages = {pattern.name for pattern in urls.urlpatterns}
    endpoints = {pattern.name for pattern in importlib.import_module("cases.api").urlpatterns}
    assert {f"act-{act.move.value}" for act in ACTS} <= pages
    assert {f"api-{act.move.value}" for act in ACTS} <= endpoints


def reached(start: set[Stage], step: dict[Stage, set[Stage]]) -> set[Stage]:
    found, waiting = set(start), list(start)
    while waiting:
        for stage in step[waiting.pop()] - found:
            found.add(stage)
            waiting.append(stage)
    return found


def test_every_stage_is_reached_from_a_lead_and_leads_to_the_archive_or_an_end():
    onward: dict[Stage, set[Stage]] = {stage: set() for stage in Stage}
    for row in TABLE.values():
        for source in row.sources:
            onward[source] |= {row.target} - {None}
    assert reached({Stage.LEAD}, onward) == set(Stage)
    assert {stage for stage in OPEN if Stage.ARCHIVED not in reached({stage}, onward)} == set()
    assert {stage for stage in FINISHED if onward[stage] - FINISHED} == set()


def test_every_stage_of_the_way_belongs_to_exactly_one_step_of_the_rail():
    shown = Counter(stage for _label, stages in STEPS for stage in stages)
    assert shown == Counter(dict.fromkeys(set(Stage) - {Stage.NOT_FILED, Stage.VOID}, 1))


def calls_fire(module: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "fire"
        for node in ast.walk(module)
    )


FIRING = [path for path in CASES if calls_fire(tree(path))]


def owner(node: ast.stmt) -> str:
    """Name a statement of a module's top level: a function, or the table it is assigned to."""
    match node:
        case ast.FunctionDef(name=found):
            return found
        case ast.Assign(targets=[ast.Name(id=found)]) | ast.AnnAssign(target=ast.Name(id=found)):
            return found
    return ast.unparse(node)


def asks(node: ast.AST) -> bool:
    """Tell whether a call only asks if a move may be made, before anything is read or written."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "require_move"


def fired() -> dict[Move, list[tuple[str, str]]]:
    """Tell for each move which functions or tables of the firing modules name it."""
    found: dict[Move, list[tuple[str, str]]] = {move: [] for move in Move}
    for path in FIRING:
        for statement in tree(path).body:
            asked = {id(part) for call in ast.walk(statement) if asks(call) for part in ast.walk(call)}
            for node in ast.walk(statement):
                if id(node) in asked:
                    continue
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Move":
                    found[Move[node.attr]].append((module_name(path), owner(statement)))
    return found


def test_only_services_fire():
    doors = {"views", "api", "forms", "tasks", "acts", "rules", "selectors", "panels", "models", "admin"}
    assert len(FIRING) > 5
    assert [name(path) for path in FIRING if path.stem in doors] == []


def test_every_move_is_fired_by_exactly_one_service():
    places = fired()
    assert {move: found for move, found in places.items() if len(found) != 1} == {}
    for act in ACTS:
        for move in (act.move, *act.also):
            ((module, where),) = places[move]
            service = inspect.unwrap(act.service)
            assert service.__module__ == module, move
            assert where == service.__name__ or where in inspect.getsource(service), move


def test_nothing_but_fire_sets_the_stage_of_a_case():
    setters = {
        name(path)
        for path in CASES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "stage"
    }
    assert setters == {str((ROOT / "cases/flow/services.py").relative_to(ROOT))}
