"""One sheet of an Excel or OpenDocument workbook -> columns, some of whose cells have types."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.dialect import MOST_ABOVE, find_header
from crmlib.intake.mapping import Reading, left_out_note, map_columns
from crmlib.intake.raw import PEEKED, Peeked, Raw, above_note, blank_note, by_name, column_counter, used_names
from crmlib.intake.records import shorten
from crmlib.intake.sheet_errors import find_errors
from crmlib.intake.source import Source
from crmlib.intake.telling import find_telling
from crmlib.language import plural, t
from crmlib.tables import Table


def _without_result_note(rows: list[int]) -> str:
    cells = plural(len(rows), "1 cell", "{n} cells")
    return t(
        "{cells} with a formula but no result, read as empty (the first: row {row}); open the workbook in the program"
        " it comes from and save it again.",
        cells=cells,
        row=f"{rows[0]:,}",
    )


def read_workbook(source: Source, table: Table, reading: Reading) -> Raw:
    """One sheet of an Excel or OpenDocument workbook.

    Raises
    ------
    ValueError
        It cannot be read, is locked with a password, or no sheet holds the table.
    Undecided
        Several sheets may hold it.
    """
    file = source.path
    name, rows, others = find_sheet(source, table, reading)
    found = find_errors(source.whole(), name)
    for (row, place), error in found.errors.items():
        rows[row][place] = error
    texts = [[as_text(cell) for cell in row] for row in rows]
    filled = [i for i, row in enumerate(texts) if any(cell.strip() for cell in row)]
    if not filled:
        raise ValueError(
            t(
                "{file} must hold a header line and rows; its sheet {name!r} is empty. Is another sheet meant?",
                file=file.name,
                name=name,
            )
        )
    counter = column_counter(table, reading)
    head = filled[find_header([texts[i] for i in filled[:MOST_ABOVE]], counter)]
    width = 1 + max(i for i in range(len(texts[head])) if any(row[i].strip() for row in texts[head:]))
    header = [cell.strip() for cell in texts[head][:width]]
    places = map_columns(header, table, reading.columns)
    kept = [i for i in filled if i > head]
    blank = [i + 1 for i in range(head + 1, filled[-1]) if not any(cell.strip() for cell in texts[i])]
    samples = {name: [texts[i][place] for i in kept[:PEEKED]] for place, name in enumerate(header)}
    telling = find_telling(header, places.used, samples, reading)
    whole = {
        place: pa.chunked_array([pa.array([texts[i][place] for i in kept], pa.large_string())])
        for place in {*places.used, *telling.values()}
    }
    is_typed = {
        place: np.array([not isinstance(rows[i][place], str) for i in kept], dtype=bool) for place in places.used
    }
    notes = [above_note(head + 1), left_out_note(header, places, table, reading.columns or {})]
    if blank:
        notes.append(blank_note(blank))
    without = [row + 1 for row, place in found.without_result if row > head and place in places.used]
    if without:
        notes.append(_without_result_note(without))
    if others:
        notes.append(t("Other sheets, not read: {names}.", names=", ".join(shorten(other, 40) for other in others)))
    return Raw(
        **by_name(whole, places),
        lines=np.array(kept, dtype=np.int64) + 1,
        row_hash=np.array([hash(tuple(texts[i])) for i in kept], dtype=np.int64),
        misfits=[],
        mapping=used_names(header, places),
        names=header,
        notes=[note for note in notes if note],
        sheet=name,
        is_typed=is_typed,
        places=places,
        telling={name: whole[place] for name, place in telling.items()},
    )


def find_sheet(source: Source, table: Table, reading: Reading) -> tuple[str, list[list], list[str]]:
    """The name of the sheet that holds the table, all its rows, and the other sheets that hold something."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    file, sheet = source.path, reading.sheet
    try:
        with CalamineWorkbook.from_path(file) as workbook:
            names = [one.name for one in workbook.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            if sheet is not None and sheet not in workbook.sheet_names:
                raise ValueError(
                    t(
                        "sheet must be one of {names}; {file} has no {sheet!r}.",
                        names=workbook.sheet_names,
                        file=file.name,
                        sheet=sheet,
                    )
                )
            sheets = {
                name: _rows_of(workbook.get_sheet_by_name(name))
                for name in workbook.sheet_names
                if name == sheet or name in names
            }
            hidden = [name for name in workbook.sheet_names if name not in sheets]
    except PasswordError:
        raise ValueError(
            t("{file} must be open to read; it is locked with a password. Save it without one.", file=file.name)
        ) from None
    except (CalamineError, OSError) as error:
        raise ValueError(
            t(
                "{file} must be a whole workbook; it cannot be read ({error}). Open it in the program it comes from and"
                " save it again.",
                file=file.name,
                error=shorten(str(error)),
            )
        ) from error
    filled = {name: rows for name, rows in sheets.items() if rows}
    all_filled = list(filled)
    if sheet is not None:
        filled = {sheet: filled[sheet]} if sheet in filled else {}
    if not filled:
        raise ValueError(
            t("{file} must hold a header line and rows; its sheets are empty. Is another file meant?", file=file.name)
        )
    name = next(iter(filled)) if len(filled) == 1 else _choose_sheet(file, filled, table, reading)
    return name, filled[name], [other for other in (*all_filled, *hidden) if other != name]


def _choose_sheet(file: Path, sheets: dict[str, list[list]], table: Table, reading: Reading) -> str:
    """The one of several sheets that holds the table.

    Raises
    ------
    Undecided
        Several may hold it.
    """
    counter = column_counter(table, reading)
    counts = {
        name: max(counter([as_text(cell) for cell in row]) for row in rows[:MOST_ABOVE])
        for name, rows in sheets.items()
    }
    # What has all it needs may be meant, though another has more.
    best = [name for name, n in counts.items() if n >= min(len(table.required), max(counts.values()))]
    if len(best) == 1:
        return best[0]
    text = t("{file} has {n} sheets that may be meant.", file=file.name, n=len(best))
    choices = tuple(Choice(name, t("{n} rows", n=f"{len(sheets[name]) - 1:,}")) for name in best)
    raise Undecided(OpenQuestion(table.name, "file", "sheet", text, choices))


def _rows_of(sheet) -> list[list]:
    if not sheet.height:
        return []
    rows = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def as_text(cell: object) -> str:
    """A cell of a workbook as text: what the sheet shows, written plainly."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        # A sheet keeps fifteen digits: 0.1 + 0.2 shows as 0.3.
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    return str(cell)


def peek_workbook(source: Source, table: Table, reading: Reading) -> Peeked:
    """The names of a sheet's columns, and the first values of each."""
    rows = [[as_text(cell) for cell in row] for row in find_sheet(source, table, reading)[1]]
    rows = [row for row in rows[: PEEKED + MOST_ABOVE] if any(cell.strip() for cell in row)]
    head = find_header(rows, column_counter(table, reading)) if rows else 0
    names, rows = ([cell.strip() for cell in rows[head]] if rows else []), rows[head + 1 :]
    values = zip(*rows, strict=True) if rows else [()] * len(names)
    return names, {name: list(column) for name, column in zip(names, values, strict=False)}
