"""How long a lesson is, measured: python -m crmlib.kit.pattern

What docs/lesson-pattern.md allows, before the exercises begin: findings, code cells, lines of code, and how
long a cell is. A title cell marked `pattern=2` says that its lesson keeps them; a test holds it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from crmlib.lesson.sources import has_exercises, list_sources, name_of, read_twins

MOST = pd.Series({"findings": 5, "code_cells": 25, "code_lines": 150, "median_cell": 4, "ninth_decile_cell": 8})
HEADING = "## Your turn"  # ends the lesson's own code; without it, the cell that sets the tables of the exercises does
TURN = "practice_on("


def keeps_pattern(source: Path) -> bool:
    """Does a lesson say that it keeps the pattern?"""
    return read_twins(source)[0][0].metadata.get("pattern") == 2


def cells_before_exercises(source: Path) -> list[dict]:
    """The English cells of a lesson up to its exercises."""
    cells = [cell for cell, _ in read_twins(source)]
    turns = [place for place, cell in enumerate(cells) if cell.source.startswith(HEADING)]
    turns = turns or [place for place, cell in enumerate(cells) if cell.cell_type == "code" and TURN in cell.source]
    return cells[: turns[0]] if turns else cells


def find_crowded(source: Path) -> list[str]:
    """Cells of code that follow another one with no sentence between, in prose or by `say`: their first lines."""
    crowded, before = [], None
    for cell in cells_before_exercises(source):
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and before is not None and not ("say(" in cell.source or "say(" in before):
            crowded.append(cell.source.splitlines()[0])
        is_code = cell.cell_type == "code" and "parameters" not in tags and "crmlib.lesson" not in cell.source
        before = cell.source if is_code else None
    return crowded


def measure_lesson(source: Path) -> pd.Series:
    """The measures of one lesson, before its exercises; `MOST` says how much of each the pattern allows."""
    codes = [cell.source for cell in cells_before_exercises(source) if cell.cell_type == "code"]
    lengths = pd.Series([sum(bool(line.strip()) for line in code.splitlines()) for code in codes])
    return pd.Series(
        {
            "findings": sum(code.count("say(") for code in codes),
            "code_cells": len(codes),
            "code_lines": lengths.sum(),
            "median_cell": lengths.median(),
            "ninth_decile_cell": lengths.quantile(0.9),
        }
    )


def measure_lessons() -> pd.DataFrame:
    """One row per lesson with exercises, and whether it keeps the pattern's bounds."""
    rows = {name_of(source): measure_lesson(source) for source in list_sources() if has_exercises(source)}
    measured = pd.DataFrame(rows).T
    measured["within"] = (measured <= MOST).all(axis=1)
    return measured.rename_axis("lesson")


if __name__ == "__main__":
    print(measure_lessons().to_string())
