"""Say what was measured: one JSON object, kept for the next scale, and a table for people."""

import json
import math
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.scales import SCALES, Scale

FILE = "{}.json"


def whole(scale: Scale, lines: list[dict[str, Any]], folder: Path, **facts: Any) -> dict[str, Any]:
    """Put the lines together with what is known of machine, data and earlier scales."""
    earlier = _earlier(scale, folder)
    for line in lines:
        line["growth"] = _growth(scale, line, earlier)
        grown = line["growth"]
        if grown and line["growth_goal"] is not None and grown["exponent"] > line["growth_goal"]:
            line["passed"] = False
    return {
        "scale": scale.name,
        "cases": scale.cases,
        "counties": scale.counties,
        "townships": scale.townships,
        "officers": scale.officers,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        **facts,
        "lines": lines,
    }


def keep(result: dict[str, Any], folder: Path) -> Path:
    """Write the result where the next scale finds it."""
    place = folder / FILE.format(result["scale"])
    place.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return place


def _earlier(scale: Scale, folder: Path) -> dict[str, Any] | None:
    """Return the result of the smallest smaller scale that was measured; the tiny one tells nothing."""
    for other in sorted(SCALES.values(), key=lambda found: found.cases):
        place = folder / FILE.format(other.name)
        if other.name != "1k" and other.cases < scale.cases and place.exists():
            kept: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
            return kept
    return None


def _growth(scale: Scale, line: dict[str, Any], earlier: dict[str, Any] | None) -> dict[str, Any] | None:
    """Fit cost ~ cases^exponent through the database's CPU at both scales."""
    before = next((row for row in earlier["lines"] if row["key"] == line["key"]), None) if earlier else None
    if earlier is None or before is None:
        return None
    now, then = max(line["ours_ms"]["db"], 0.01), max(before["ours_ms"]["db"], 0.01)
    exponent = math.log(now / then) / math.log(scale.cases / earlier["cases"])
    return {"since": earlier["scale"], "exponent": round(exponent, 2)}


HEADINGS = ("operation", "floor ms", "ours ms", "whole ms", "ratio", "goal", "queries", "growth", "")


def table(result: dict[str, Any]) -> str:
    """Lay the lines out for reading; ms are CPU of application and database together."""
    rows = [HEADINGS, *(_row(line) for line in result["lines"])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    text = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(widths[n]) for n, cell in enumerate(row) if n)]
        text.append("  ".join(cells).rstrip())
    return "\n".join(text)


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    database = " db" if line["basis"] == "db" else ""
    return (
        line["label"],
        f"{line['floor_ms']['total']:.3f}",
        f"{line['ours_ms']['total']:.3f}",
        f"{line['whole_ms']['total']:.3f}",
        f"{line['ratio']:.2f}{database}",
        _goal(line),
        _against(line["queries"], line["most_queries"]),
        _against(line["growth"]["exponent"], line["growth_goal"]) if line["growth"] else "",
        "ok" if line["passed"] else "MISSED",
    )


def _goal(line: dict[str, Any]) -> str:
    if line["goal"] is not None:
        return f"{line['goal']:g}"
    return f"{line['most_ms']:g} ms" if line["most_ms"] is not None else ""


def _against(found: float | None, goal: float | None) -> str:
    if found is None:
        return ""
    return f"{found:g}/{goal:g}" if goal is not None else f"{found:g}"
