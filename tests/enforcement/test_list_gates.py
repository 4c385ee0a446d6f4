"""The register of gates tells where each is enforced and what proves it."""

import ast
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.dossier.moves import Move
from enforcement import gate_register
from law.gates import gates

ROOT = Path(__file__).parents[2]
FIELDS = {
    "id",
    "law",
    "article",
    "severity",
    "message_zh",
    "message_en",
    "unblock_zh",
    "enforced_in",
    "pending_stage",
    "tests",
}


@pytest.fixture(scope="module")
def listed() -> dict[str, dict]:
    out = StringIO()
    call_command("list_gates", json=True, stdout=out)
    return {row["id"]: row for row in json.loads(out.getvalue())}


def test_every_gate_is_listed_with_all_its_fields(listed):
    assert set(listed) == set(gates())
    for row in listed.values():
        assert set(row) >= FIELDS
        assert row["pending_stage"] is None or row["pending_stage"]


def test_a_gate_names_the_moves_whose_service_reaches_it(listed):
    assert "decide" in listed["defence_window_elapsed"]["enforced_in"]
    assert {"approve-filing", "record-interview"} <= set(listed["two_certified_officers"]["enforced_in"])
    assert "add-scan" not in listed["two_certified_officers"]["enforced_in"]
    assert "townships.services.grants.sign_grant" in listed["delegatee_qualified"]["enforced_in"]


def test_a_gate_that_no_service_reaches_is_enforced_nowhere(listed):
    assert listed["seizure_docs_on_spot"]["enforced_in"] == []
    assert listed["seizure_docs_on_spot"]["pending_stage"] == "coercion"


def test_where_a_gate_is_enforced_is_a_move_or_a_service_of_ours(listed):
    for row in listed.values():
        for place in row["enforced_in"]:
            if "." in place:
                module, name = place.rsplit(".", 1)
                source = (ROOT / module.replace(".", "/")).with_suffix(".py").read_text("utf-8")
                assert f"def {name}(" in source, place
            else:
                assert place in Move.values, place


def test_the_tests_named_exist(listed):
    named = {node for row in listed.values() for node in row["tests"]}
    assert len(named) > 20
    for node in named:
        file, test = node.split("::")
        functions = [f.name for f in ast.parse((ROOT / file).read_text("utf-8")).body if hasattr(f, "name")]
        assert test in functions, node


def test_the_list_reads_as_lines_too(capsys):
    call_command("list_gates")
    assert len(capsys.readouterr().out.splitlines()) == 123


NAMED = """
import pytest
GATE = "surcharge_cap"


def test_names_it_only():
    \"\"\"surcharge_cap\"\"\"
    told = "served_properly"


def test_asserts_the_refusal(door):
    denied(door, GATE, "article")


@pytest.mark.parametrize(("change", "code"), [({}, "close_preconditions")])
def test_asserts_each_row(door, change, code):
    with refused(door, code):
        pass


@pytest.mark.parametrize("other", ["two_certified_officers"])
def test_asserts_something_else(door, other):
    assert door.code == "head_decides"
"""


def test_naming_a_gate_proves_nothing_asserting_its_refusal_does(tmp_path):
    (tmp_path / "test_named.py").write_text(NAMED, encoding="utf-8")
    found = gate_register.tests_of(tmp_path)
    assert {gate: [test.split("::")[1] for test in tests] for gate, tests in found.items()} == {
        "surcharge_cap": ["test_asserts_the_refusal"],
        "close_preconditions": ["test_asserts_each_row"],
        "head_decides": ["test_asserts_something_else"],
    }
