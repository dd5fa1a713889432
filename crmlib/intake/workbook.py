"""One sheet of an Excel or OpenDocument workbook -> columns, some of whose cells have types."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from crmlib.intake.cells import UNSOLVED
from crmlib.intake.dialect import MOST_ABOVE, find_header
from crmlib.intake.fill import Columns, fill_down, fill_merged, merged_doubts, merged_note
from crmlib.intake.mapping import Places, Reading, left_out_note, map_columns
from crmlib.intake.opening import check_names
from crmlib.intake.raw import (
    PEEKED,
    Peeked,
    Raw,
    above_note,
    blank_note,
    by_name,
    column_counter,
    name_columns,
    used_names,
)
from crmlib.intake.records import shorten
from crmlib.intake.sheet_errors import SheetErrors, find_errors
from crmlib.intake.sheets import as_text, find_sheet, unsolved, within
from crmlib.intake.source import Source
from crmlib.intake.telling import find_telling
from crmlib.language import plural, t
from crmlib.tables import Table


class _Cells(NamedTuple):
    """A sheet's cells, as values and as text, its names, and which of its rows hold something."""

    rows: list[list]
    texts: list[list[str]]
    head: int  # the row with the names
    names: list[str]
    kept: list[int]  # the rows below it

    def set(self, row: int, place: int, value: object) -> None:
        self.rows[row][place], self.texts[row][place] = value, as_text(value)


def read_workbook(source: Source, table: Table, reading: Reading) -> Raw:
    """One sheet of an Excel or OpenDocument workbook.

    Raises
    ------
    ValueError
        It cannot be read, is locked with a password, no sheet holds the table, or a column it needs
        is made of formulas that nobody has worked out.
    Undecided
        Several sheets may hold it.
    """
    sheet = find_sheet(source, table, reading)
    found = find_errors(source.whole(), sheet.name)
    cells = _find_table(source, sheet.name, sheet.rows, found, table, reading)
    try:
        places = map_columns(cells.names, table, reading.columns)
    except ValueError:
        if any(row == cells.head for row, _ in found.without_result):
            raise unsolved(source.path, t("those with the names of its columns have none")) from None
        raise
    ranges = sheet.merged or within(sheet.rows, found.merged)
    merged = fill_merged(sheet.rows, ranges, cells.head + 1, _numbers(cells, ranges, places, table))
    for place, rows in merged.filled.items():
        for row in rows:
            cells.set(row, place, cells.rows[row][place])
    cells = _mark_unsolved(source, cells, found, places, table)
    samples = {name: [cells.texts[i][place] for i in cells.kept[:PEEKED]] for place, name in enumerate(cells.names)}
    telling = find_telling(cells.names, places.used, samples, reading)
    columns, filled = fill_down(_columns(cells, places, telling), cells.names, reading, places.used, [])
    notes = [above_note(cells.head + 1), left_out_note(cells.names, places, table, reading)]
    notes += [_blank_rows(cells), _without_result_note(found, cells, places, table)]
    notes += [merged_note(merged.filled, cells.names), *filled]
    if sheet.others:
        others = ", ".join(shorten(other, 40) for other in sheet.others)
        notes.append(t("Other sheets, not read: {names}.", names=others))
    return Raw(
        **by_name(columns.whole, places),
        lines=columns.lines,
        row_hash=columns.row_hash,
        misfits=[],
        mapping=used_names(cells.names, places),
        names=cells.names,
        notes=[note for note in notes if note],
        sheet=sheet.name,
        is_typed=columns.is_typed,
        places=places,
        telling={name: columns.whole[place] for name, place in telling.items()},
        doubts=(*merged_doubts(merged.numbers, cells.names, table), *_hidden_doubts(found, cells, table)),
    )


def _find_table(
    source: Source, sheet: str, rows: list[list], found: SheetErrors, table: Table, reading: Reading
) -> _Cells:
    """Where the names of a sheet's columns stand, and its rows."""
    _make_room(rows, [*found.errors, *found.without_result])
    for (row, place), error in found.errors.items():
        rows[row][place] = error
    texts = [[as_text(cell) for cell in row] for row in rows]
    filled = [i for i, row in enumerate(texts) if any(cell.strip() for cell in row)]
    if not filled:
        raise ValueError(
            t(
                "{file} must hold a header line and rows; its sheet {name!r} is empty. Is another sheet meant?",
                file=source.path.name,
                name=sheet,
            )
        )
    head = filled[find_header([texts[i] for i in filled[:MOST_ABOVE]], column_counter(table, reading))]
    head = filled[0] if reading.names else head
    width = 1 + max(i for i in range(len(texts[head])) if any(row[i].strip() for row in texts[head:]))
    names = [cell.strip() for cell in texts[head][:width]]
    if reading.names:
        check_names(source.path, reading.names, width, names)
        head = head if names == reading.names else -1  # there is no line of names
        names = reading.names
    return _Cells(rows, texts, head, name_columns(names, reading), [i for i in filled if i > head])


def _make_room(rows: list[list], places: list[tuple[int, int]]) -> None:
    """Rows and cells for what the reader left away at the end, for it holds no value."""
    height = max((row for row, _ in places), default=-1) + 1
    width = max([len(row) for row in rows] + [place + 1 for _, place in places], default=0)
    rows += [[] for _ in range(height - len(rows))]
    for row in rows:
        row += [""] * (width - len(row))


def _columns(cells: _Cells, places: Places, telling: dict[str, int]) -> Columns:
    whole = {
        place: pa.chunked_array([pa.array([cells.texts[i][place] for i in cells.kept], pa.large_string())])
        for place in {*places.used, *telling.values()}
    }
    row_hash = np.array([hash(tuple(cells.texts[i])) for i in cells.kept], dtype=np.int64)
    is_typed = {
        place: np.array([not isinstance(cells.rows[i][place], str) for i in cells.kept], dtype=bool)
        for place in places.used
    }
    return Columns(whole, row_hash, np.array(cells.kept, dtype=np.int64) + 1, is_typed)


def _numbers(cells: _Cells, merged: list, places: Places, table: Table) -> set[int]:
    """The columns of numbers: by what they are taken for, and others by what is merged there."""
    ours = {place: name for name, place in places.single.items()}
    ours |= {place: name for name, pair in places.products.items() for place in pair}
    typed = {place for place, name in ours.items() if table.column(name).type in ("number", "integer")}
    values = {place: cells.rows[row][place] for (row, place), _ in merged if row > cells.head and place not in ours}
    return typed | {place for place, value in values.items() if isinstance(value, int | float)}


# --- formulas without results, hidden rows --------------------------------------------------------


def _mark_unsolved(source: Source, cells: _Cells, found: SheetErrors, places: Places, table: Table) -> _Cells:
    """Formulas without a result, in the columns that are needed, as what they are; rows that hold nothing else too.

    Raises
    ------
    ValueError
        More than half of such a column are some.
    """
    needed = {place: name for name, place in places.single.items() if name in table.required}
    needed |= {place: name for name, pair in places.products.items() if name in table.required for place in pair}
    marked = [(row, place) for row, place in found.without_result if row > cells.head and place in needed]
    kept = sorted({*cells.kept, *(row for row, _ in marked)})
    for place in needed:
        n = sum(at == place for _, at in marked)
        if 2 * n > len(kept):
            raise unsolved(
                source.path,
                t(
                    "of the {n_rows} cells of {column!r} {n} have none",
                    n_rows=f"{len(kept):,}",
                    column=cells.names[place],
                    n=f"{n:,}",
                ),
            )
    for row, place in marked:
        cells.set(row, place, UNSOLVED)
    return cells._replace(kept=kept)


def _without_result_note(found: SheetErrors, cells: _Cells, places: Places, table: Table) -> str | None:
    """A sentence on formulas without a result in columns that may be empty."""
    rows = [
        row + 1
        for row, place in found.without_result
        if row > cells.head and place in places.used and cells.texts[row][place] != UNSOLVED
    ]
    if not rows:
        return None
    return t(
        "{cells} with a formula but no result, read as empty (the first: row {row}); open the workbook in the program"
        " it comes from and save it again.",
        cells=plural(len(rows), "1 cell", "{n} cells"),
        row=f"{rows[0]:,}",
    )


def _hidden_doubts(found: SheetErrors, cells: _Cells, table: Table) -> list[str]:
    """On rows that are read although the sheet does not show them."""
    hidden = sorted(set(found.hidden) & set(cells.kept))
    if not hidden:
        return []
    return [
        t(
            "Read though the sheet does not show them: {rows} (hidden by hand or by a filter; the first: row {row}). If"
            " they should not count, say which rows do under [{table}.keep] of the mapping file.",
            rows=plural(len(hidden), "1 row", "{n} rows"),
            row=f"{hidden[0] + 1:,}",
            table=table.name,
        )
    ]


def _blank_rows(cells: _Cells) -> str | None:
    blank = sorted(set(range(cells.head + 1, cells.kept[-1] if cells.kept else 0)) - set(cells.kept))
    return blank_note(len(blank), blank[0] + 1) if blank else None


def peek_workbook(source: Source, table: Table, reading: Reading) -> Peeked:
    """The names of a sheet's columns, and the first values of each."""
    sheet = find_sheet(source, table, reading)
    texts = [[as_text(cell) for cell in row] for row in sheet.rows[: PEEKED + MOST_ABOVE]]
    filled = [i for i, row in enumerate(texts) if any(cell.strip() for cell in row)]
    if not filled:
        return [], {}
    counter = column_counter(table, reading)
    head = filled[find_header([texts[i] for i in filled], counter) if not reading.names else 0]
    numbers = {place for (row, place), _ in sheet.merged if isinstance(sheet.rows[row][place], int | float)}
    fill_merged(sheet.rows, sheet.merged, head + 1, numbers)
    names = [cell.strip() for cell in texts[head]]
    rows = [[as_text(cell) for cell in sheet.rows[i]] for i in filled if i > head]
    if reading.names and names != reading.names:
        names, rows = reading.names, [texts[head], *rows]
    names = name_columns(names, reading)
    values = zip(*rows, strict=True) if rows else [()] * len(names)
    return names, {name: list(column) for name, column in zip(names, values, strict=False)}
