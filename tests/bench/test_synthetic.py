"""The synthetic catalogue for measurements: its counts, its sameness, and that it says what it is."""

import csv
import hashlib
import json
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

from bench.synthetic import AREAS, COMPREHENSIVE, OTHER, PROFESSIONAL, TOTAL, TOWNSHIP, generate, templates

SHARED = Path(__file__).resolve().parents[3] / "shared" / "catalog"


def test_the_counts_of_the_county_come_out():
    """F001: 5010 = 1131 + 3327 + 552, and 624 handed on over 22 areas, five lists and 20 townships."""
    made = generate()
    kinds = Counter(row["kind"] for row in made.rows)
    assert (len(made.rows), TOTAL) == (5010, 5010)
    assert kinds == {"综合": COMPREHENSIVE, "专业": PROFESSIONAL, "其他": OTHER}
    assert (COMPREHENSIVE, PROFESSIONAL, OTHER, TOWNSHIP) == (1131, 3327, 552, 624)
    assert len({row["syn_code"] for row in made.rows}) == 5010
    handed = [row for row in made.rows if row["township"] == "1"]
    assert len(handed) == 624
    assert {row["area"] for row in handed} == set(AREAS)
    assert all(row["status"] == "在用" and row["kind"] != "其他" for row in handed)
    on_lists = {row["syn_code"] for rows in made.lists.values() for row in rows}
    assert on_lists == {row["syn_code"] for row in handed}
    assert (len(made.townships), set(made.townships.values())) == (20, set(made.lists))


def test_the_same_seed_gives_the_same_rows_and_every_row_says_that_it_is_synthetic():
    first, second = generate().rows, generate().rows
    assert first == second
    assert generate(seed=1).rows != first
    assert all("合成样例" in row["name"] and "[SYNTHETIC]" in row["notes"] for row in first)
    assert all(row["syn_code"].startswith("SYN") for row in first)
    assert len(templates()) == 296 + 40


def test_it_draws_as_the_reference_does(tmp_path):
    """Compared row by row with the reference generator where that lies beside the repository."""
    if not (SHARED / "gen_synth.py").exists():
        warnings.warn(f"{SHARED} is missing: the generator was compared with nothing", stacklevel=1)
        return
    out, lists = tmp_path / "out.csv", tmp_path / "lists.csv"
    arguments = ["--items", SHARED / "items.csv", "--out", out, "--lists", lists]
    subprocess.run([sys.executable, SHARED / "gen_synth.py", *arguments], check=True, capture_output=True)
    with (SHARED / "items.csv").open(encoding="utf-8") as file:
        source = [row for row in csv.DictReader(file) if row["type"] == "行政处罚" and row["violation"]]
    made = generate([row for row in source if row["source_id"] not in {"XJ", "LNYB"}])
    with out.open(encoding="utf-8") as file:
        assert digest(made.rows) == digest(list(csv.DictReader(file)))
    with lists.open(encoding="utf-8") as file:
        told = {(row["township"], row["list"], row["syn_code"]) for row in csv.DictReader(file)}
    assert told == {
        (township, name, row["syn_code"])
        for township, name in made.townships.items()
        for row in made.lists[name]
    }


def digest(rows):
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
