"""What is set aside, each row with its reason; and what is refused as a whole, where most rows fail alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake.columns import Parsed, to_texts
from crmlib.intake.conventions import answer_line
from crmlib.intake.raw import Raw
from crmlib.intake.records import Misfit, shorten
from crmlib.intake.report import REJECTED, common_reasons, place
from crmlib.intake.shown import show_values
from crmlib.language import t
from crmlib.tables import Table

# Fewer rows that fail alike are set aside one by one, however few the others are.
FEWEST_ALIKE = 10
JUDGED = 1_000  # cells that tell whether three of them may be shown


def list_rejected(
    raw: Raw, table: Table, parsed: dict[str, Parsed], others: dict[str, Parsed] | None = None
) -> pd.DataFrame:
    """One row per row set aside: its line and its first problem, in the order of the contract but a total first.

    `others` are columns of theirs that set rows aside, as somebody has said.
    """
    parsed = {**parsed, **(others or {})}
    cells_by_name = {**{name: _as_cells(column.values) for name, column in parsed.items()}, **raw.columns}
    personal = {column.name for column in table.columns if column.personal}
    first, n_problems = np.full(len(raw.lines), -1, np.int32), np.zeros(len(raw.lines), np.int32)
    at_fault = [(number, column) for number, column in enumerate(parsed.values()) if column.problem.any()]
    for number, column in reversed(at_fault):
        is_bad = column.problem > 0
        first[is_bad] = number
        n_problems += is_bad
    for number, column in at_fault:
        first[column.is_total] = number  # the cells a total leaves empty need no mending
    # Of a line that is no row, nobody can say which part is personal.
    is_open = all(name in raw.mapping and not table.column(raw.mapping[name]).personal for name in raw.names)
    found = [(line, "", _shown(text, is_personal=not is_open), t(reason)) for line, text, reason in raw.misfits]
    for number, (name, column) in enumerate(parsed.items()):
        rows = np.flatnonzero(first == number) if column.problem.any() else []
        if not len(rows):
            continue
        cells = to_texts(cells_by_name[name].take(pa.array(rows)))
        for row, cell in zip(rows.tolist(), cells, strict=True):
            reason = f"{name} {t(column.reason(row))}".strip()
            if n_problems[row] > 1:
                others = [
                    f"{also} {t(parsed[also].reason(row))}"
                    for also in parsed
                    if also != name and parsed[also].problem[row]
                ]
                reason += t(" (also: {others})", others=", ".join(others))
            found.append((int(raw.lines[row]), name, _shown(cell, is_personal=name in personal), reason))
    rejected = pd.DataFrame(sorted(found), columns=REJECTED)
    return rejected.astype({"line": "int64", "column": "str", "value": "str", "reason": "str"})


def _as_cells(values: np.ndarray | pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as cells, of a column that no column of the file became alone."""
    return values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([pa.array(values, from_pandas=True)])


def _shown(cell: str | None, *, is_personal: bool) -> str:
    text = "" if cell is None else shorten(cell)
    return f"{text[0]}***" if is_personal and text else text


def refuse_most(file: Path, raw: Raw, table: Table, parsed: dict[str, Parsed], *, show_personal: bool = False) -> None:
    """Rather an error that says what to do than a table with next to nothing in it."""
    n_read = len(raw.lines) + len(raw.misfits)
    refuse_misfits(file, raw.misfits, len(raw.misfits), n_read, raw.names, raw.delimiter)
    for name in table.required:
        column = parsed[name]
        bad = np.flatnonzero((column.problem > 0) & ~column.is_empty)
        if _are_most(len(bad), n_read):
            cells = _examples(raw.columns[name], bad, is_personal=table.column(name).personal, is_open=show_personal)
            examples = ", ".join(
                f"{cell!r} ({place(int(raw.lines[row]), has_lines=raw.has_lines)})"
                for cell, row in zip(cells, bad, strict=False)
            )
            raise ValueError(
                t(
                    "{name} must hold {meant}; {n_bad:,} of {n_read:,} rows of {file} do not, for example {examples}:"
                    " it {reason}. Change how the file is exported, or map another column, below [{table}.columns] in"
                    " the mapping file: {line}",
                    table=table.name,
                    line=answer_line(name, "name in the file"),
                    name=name,
                    meant=_meant(table.column(name).type),
                    n_bad=len(bad),
                    n_read=n_read,
                    file=file.name,
                    examples=examples,
                    reason=column.reason(bad[0]),
                )
            )


def refuse_misfits(
    file: Path, misfits: list[Misfit], n_misfits: int, n_read: int, names: list[str], delimiter: str | None
) -> None:
    """An error where most lines cannot be split into the fields of the header; the first `misfits` are shown."""
    if not _are_most(n_misfits, n_read):
        return
    examples = "; ".join(f"line {misfit.line:,}: {misfit.reason}" for misfit in misfits[:3])
    raise ValueError(
        t(
            "every line of {file} must have the {n_names} fields of its header; {n_bad:,} of {n_read:,} cannot be"
            " split so, for example {examples}. A text that holds the delimiter {delimiter!r} must stand in double"
            " quotes; export the file again.",
            file=file.name,
            n_names=len(names),
            n_bad=n_misfits,
            n_read=n_read,
            examples=examples,
            delimiter=delimiter,
        )
    )


def _examples(values: pa.ChunkedArray, bad: np.ndarray, *, is_personal: bool, is_open: bool) -> list[str]:
    """The first cells that cannot be read, for an error; judged by those that cannot be read either."""
    cells = [_shown(cell, is_personal=is_personal) for cell in to_texts(values.take(pa.array(bad[:JUDGED])))]
    # What stands where it does not belong may be anybody: two words with a capital are enough.
    return cells[:3] if is_open or is_personal else show_values(cells[:3], cells, is_customer=True)


def _are_most(n: int, n_read: int) -> bool:
    return n >= FEWEST_ALIKE and 2 * n > n_read


def _meant(kind: str) -> str:
    """What cells of a type look like."""
    return {
        "number": t("numbers such as 1234.50 or ¥1,234.50"),
        "integer": t("whole numbers"),
        "datetime": t("dates such as 2024-06-07 or 2024-06-07 18:30"),
        "date": t("dates such as 2024-06-07"),
        "boolean": t("true or false"),
    }.get(kind, t("known values"))


def all_set_aside(file: Path, raw: Raw, table: Table, rejected: pd.DataFrame | None = None) -> ValueError:
    """The error that says that nothing of a file can be read, and the commonest reasons."""
    rejected = pd.DataFrame(columns=REJECTED, dtype="str") if rejected is None else rejected
    return ValueError(
        t(
            "{file} must hold at least one row of {table} that can be read; all {n_read:,} rows were set aside."
            " {reasons}. Mend the export, or map other columns, below [{table}.columns] in the mapping file: {line}",
            line=answer_line("amount", "name in the file"),
            file=file.name,
            table=table.name,
            n_read=len(rejected) + sum(raw.left_out.values()),
            reasons="; ".join(common_reasons(rejected, 3, has_lines=raw.has_lines, left_out=raw.left_out)),
        )
    )
