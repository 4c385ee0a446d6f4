"""Every gate is enforced and proved, or waits for a stage that truly is not built."""

import json
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from cases.dossier.moves import Move
from cases.dossier.stages import Stage
from cases.flow.links import ACTS, ITEM_LINKS, PAGES, TABS
from cases.instruments.kinds import Kind
from law.gates import gates

ROOT = Path(__file__).parents[2]
STAGES = {
    name: row
    for name, row in tomllib.loads((ROOT / "law/data/pending_stages.toml").read_text("utf-8")).items()
    if isinstance(row, dict)
}
ENFORCED = [gate for gate in gates().values() if not gate.pending_stage]
WAITING = [gate for gate in gates().values() if gate.pending_stage]


@pytest.fixture(scope="module")
def listed() -> dict[str, dict]:
    out = StringIO()
    call_command("list_gates", json=True, stdout=out)
    return {row["id"]: row for row in json.loads(out.getvalue())}


def test_every_gate_is_enforced_and_proved_or_pending(listed):
    open_ones = [
        row["id"]
        for row in listed.values()
        if not row["pending_stage"] and not (row["enforced_in"] and row["tests"])
    ]
    assert open_ones == []
    assert len(listed) == 123


def test_a_gate_that_some_service_enforces_is_not_called_pending(listed):
    assert [row["id"] for row in listed.values() if row["pending_stage"] and row["enforced_in"]] == []


def test_every_pending_stage_is_named_and_described():
    assert {gate.pending_stage for gate in WAITING} == set(STAGES)
    for row in STAGES.values():
        assert row["name_zh"]
        assert row["name_en"]
        assert row["words"]


def test_a_county_reads_which_conditions_it_must_still_keep_by_hand():
    told = (ROOT / "docs/law.md").read_text("utf-8")
    rows = [
        f"| {STAGES[gate.pending_stage]['name_zh']} `{gate.pending_stage}` | {gate.message_zh} `{gate.id}` |"
        for gate in WAITING
    ]
    assert [row for row in rows if row not in told] == []
    assert f"{len(ENFORCED)} of the {len(gates())} conditions" in told
    assert f"The other {len(WAITING)} " in told


def built() -> set[str]:
    """Name everything that would show that a stage was built: moves, stages, papers, models."""
    words = [*Move.values, *Stage.values, *Kind.values]
    words += [model.__name__.lower() for model in apps.get_app_config("cases").get_models()]
    return {word.replace("-", "_") for word in words}


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_pending_stage_shows_no_move_paper_or_model_of_its_own(stage):
    found = {name for name in built() for word in STAGES[stage]["words"] if word in name}
    assert found == set(), f"{stage} is being built: its gates must be enforced there"


@pytest.mark.parametrize(
    "gate", [gate for gate in gates().values() if not gate.pending_stage], ids=lambda g: g.id
)
def test_the_way_out_of_an_enforced_gate_is_a_place_of_the_site(gate):
    own = gate.link.removeprefix("case:")
    assert gate.link in {*ACTS, *TABS, *PAGES, *ITEM_LINKS} or own in Move.values, gate.link
