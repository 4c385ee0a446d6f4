"""`make bench`: a tiny scale from empty tables to its JSON object, with every promised line in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import report
from bench.scales import SCALES
from enforcement.local import services
from tests.plugins import template

pytestmark = pytest.mark.workers
LINES = {
    "queue_rest": 3,
    "list_html": 6,
    "case_page": 8,
    "register_lead": 4.5,
    "file_case": 4.5,
    "routing": 3,
    "routing_decade": 3,
    "print_warm": None,
    "print_cold": 2,
    "sweep": 2,
    "search_2": 1.5,
    "search_plate": 1.5,
    "search_number": 1.5,
    "home_html": None,
    "board_html": None,
    "due_dates": None,
    "recompute_find": None,
    "recompute_move": None,
    "trail": 1.7,
    "catalog_import": None,
    "catalog_publish": 2.0,
    "catalog_diff": None,
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run of the tiny scale prints; it starts servers of its own, in a cluster migrated before."""
    results = tmp_path_factory.mktemp("results")
    (results / "data-1k").mkdir()
    template.copy_to(results / "data-1k")
    command = [sys.executable, "-m", "bench", "--scale", "1k", "--keep", "--results", str(results)]
    done = subprocess.run(command, cwd=services.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "the kept database is used again" not in done.stderr
    assert json.loads((results / "1k.json").read_text()) == json.loads(done.stdout.splitlines()[0])
    return done.stdout


def test_one_json_object_holds_every_line_with_ratio_queries_and_goal(printed: str) -> None:
    result = json.loads(printed.splitlines()[0])
    assert (result["scale"], result["cases"], result["townships"]) == ("1k", 1000, 20)
    found = {line["key"]: line for line in result["lines"]}
    assert LINES.items() <= {key: line["goal"] for key, line in found.items()}.items()
    for line in found.values():
        assert line["ratio"] >= 0
        assert line["floor_ms"]["total"] > 0
        assert line["whole_ms"]["total"] > 0
        assert line["ours_ms"]["total"] <= line["whole_ms"]["total"]
        assert isinstance(line["passed"], bool)
    assert found["queue_rest"]["queries"] <= found["queue_rest"]["most_queries"] == 2
    assert found["case_page"]["facts"]["documents"] == SCALES["1k"].documents
    assert found["file_case"]["facts"]["rows_written"] > 10
    assert found["recompute_find"]["facts"]["moving"] > 0
    assert found["print_warm"]["facts"]["pages"] > 20


def test_people_read_a_table_of_the_same_lines(printed: str) -> None:
    first, heading, *rows = printed.splitlines()
    assert heading.split()[:1] == ["operation"]
    assert len(rows) == len(json.loads(first)["lines"])
    assert all(row.endswith(("ok", "MISSED")) for row in rows)


def line(db: float, **more: object) -> dict[str, object]:
    return {"key": "queue", "ours_ms": {"db": db}, "growth_goal": 0.2, "passed": True, **more}


def test_growth_is_told_against_the_smallest_earlier_scale_and_may_miss_its_goal(tmp_path: Path) -> None:
    small = report.whole(SCALES["100k"], [line(1.0)], tmp_path)
    assert small["lines"][0]["growth"] is None
    report.keep(small, tmp_path)
    flat = report.whole(SCALES["1m"], [line(1.1)], tmp_path)["lines"][0]
    steep = report.whole(SCALES["1m"], [line(10.0)], tmp_path)["lines"][0]
    assert flat["growth"] == {"since": "100k", "exponent": 0.04}
    assert flat["passed"] is True
    assert steep["growth"]["exponent"] == 1.0
    assert steep["passed"] is False
