"""A case changes hands only where it is routed, refused or handed over."""

import ast

from tests.architecture.sources import functions, module_name, python_files

HANDS = {"handler", "handler_id"}
WRITERS = {
    ("cases.routing.services", "settle_authority"),
    ("cases.routing.services", "route"),
    ("cases.routing.services", "refuse"),
    ("cases.routing.services", "hand_over"),
}


def writes(node: ast.AST) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    parts = [part for target in targets if target is not None for part in ast.walk(target)]
    return any(isinstance(part, ast.Attribute) and part.attr in HANDS for part in parts)


def test_only_routing_writes_who_handles_a_case() -> None:
    found = {
        (module_name(path), function.name)
        for path in python_files("cases")
        if "migrations" not in path.parts
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and writes(node)
    }
    assert found == WRITERS
