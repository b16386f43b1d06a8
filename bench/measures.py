"""What a measure is, and how measures are shown and kept."""

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Measure:
    """One figure. `limit` says what it is held against, in words; `holds` is None where nothing is demanded."""

    name: str
    figure: str
    limit: str = ""
    holds: bool | None = None

    @property
    def verdict(self) -> str:
        return {None: "", True: "holds", False: "FAILS"}[self.holds]


def is_at_most(name: str, figure: float, most: float) -> Measure:
    """A figure that must not be larger."""
    return Measure(name, f"{figure:.2f}", f"at most {most:g}", figure <= most)


def table(measures: Sequence[Measure]) -> str:
    """The measures as a Markdown table, aligned for a terminal."""
    rows = [("measure", "figure", "limit", ""), *((m.name, m.figure, m.limit, m.verdict) for m in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def machine() -> str:
    """On what it was measured."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}; load {load} when it ended"
    )


def keep(day: str, measures: Sequence[Measure]) -> Path:
    """Write the measures of a day under bench/results/, as JSON and as Markdown.

    What was measured on the same day under other names stays; under the same name the last one counts.
    """
    RESULTS.mkdir(exist_ok=True)
    told, written = RESULTS / f"{day}.json", RESULTS / f"{day}.md"
    before = json.loads(told.read_text())["measures"] if told.exists() else []
    all_of_the_day = {one["name"]: Measure(**one) for one in before} | {one.name: one for one in measures}
    found = {"day": day, "machine": machine(), "measures": [asdict(one) for one in all_of_the_day.values()]}
    told.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    written.write_text(f"# Measures of {day}\n\n{machine()}\n\n{table(list(all_of_the_day.values()))}\n")
    return written
