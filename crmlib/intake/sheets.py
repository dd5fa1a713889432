"""The sheets of a workbook: which one holds the table, its cells, and which of them are merged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.dialect import MOST_ABOVE, find_header
from crmlib.intake.mapping import Reading
from crmlib.intake.raw import column_counter
from crmlib.intake.records import shorten
from crmlib.intake.sheet_errors import find_errors
from crmlib.intake.source import Source
from crmlib.language import plural, t
from crmlib.tables import Table

Place = tuple[int, int]  # row and column, from 0


class Sheet(NamedTuple):
    """One sheet, with all its rows from the first; and what else the workbook has."""

    name: str
    rows: list[list]
    merged: list[tuple[Place, Place]]  # the first and the last cell of each merged range
    others: list[str]  # sheets that hold something too


def find_sheet(source: Source, table: Table, reading: Reading) -> Sheet:
    """The sheet that holds the table; of several that are said, the first.

    Raises
    ------
    ValueError
        The workbook cannot be read, is locked with a password, or no sheet holds the table.
    Undecided
        Several sheets may hold it.
    """
    file = source.path
    sheet = reading.sheet[0] if isinstance(reading.sheet, list) else reading.sheet
    sheets, hidden = _open_sheets(source, sheet)
    filled = {name: one for name, one in sheets.items() if one.rows}
    all_filled = list(filled)
    if sheet is not None:
        filled = {sheet: filled[sheet]} if sheet in filled else {}
    if not filled:
        raise _nothing_in(source, [sheet] if sheet is not None else list(sheets))
    name = next(iter(filled)) if len(filled) == 1 else _choose_sheet(file, filled, table, reading)
    said = reading.sheet if isinstance(reading.sheet, list) else [name]
    return filled[name]._replace(others=[other for other in (*all_filled, *hidden) if other not in (name, *said)])


def list_sheets(source: Source) -> list[str]:
    """The sheets that show and hold something."""
    sheets, _ = _open_sheets(source, None)
    return [name for name, sheet in sheets.items() if sheet.rows]


def _open_sheets(source: Source, sheet: str | None) -> tuple[dict[str, Sheet], list[str]]:
    """The sheets that show, and the one asked for; and the names of those that do not."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    file = source.path
    try:
        opened = (
            CalamineWorkbook.from_filelike(source.whole()) if source.is_packed else CalamineWorkbook.from_path(file)
        )
        with opened as workbook:
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
                name: _cells_of(name, workbook.get_sheet_by_name(name))
                for name in workbook.sheet_names
                if name == sheet or name in names
            }
            return sheets, [name for name in workbook.sheet_names if name not in sheets]
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


def _cells_of(name: str, sheet) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False) if sheet.height else []
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    return Sheet(name, rows, within(rows, sheet.merged_cell_ranges or []), [])


def within(rows: list[list], merged: list[tuple[Place, Place]]) -> list[tuple[Place, Place]]:
    """The merged ranges that begin in these rows; cells may be merged where nothing stands, too."""
    return sorted(one for one in merged if one[0][0] < len(rows) and one[0][1] < len(rows[one[0][0]]))


def _nothing_in(source: Source, names: list[str]) -> ValueError:
    """The error that says that sheets are empty; or full of formulas, which is another thing."""
    n = sum(len(find_errors(source.whole(), name).without_result) for name in names)
    if n:
        return unsolved(source.path, t("it holds {cells} and no value", cells=formulas(n)))
    return ValueError(
        t(
            "{file} must hold a header line and rows; its sheets are empty. Is another file meant?",
            file=source.path.name,
        )
    )


def unsolved(file: Path, found: str) -> ValueError:
    """The error that says that nobody has worked out a workbook's formulas."""
    return ValueError(
        t(
            "{file} must hold the results of its formulas; {found}. The program that wrote it does not work them out:"
            " open it in a spreadsheet, save it there, and read it again.",
            file=file.name,
            found=found,
        )
    )


def formulas(n: int) -> str:
    return plural(n, "1 formula that nobody has worked out", "{n} formulas that nobody has worked out")


def _choose_sheet(file: Path, sheets: dict[str, Sheet], table: Table, reading: Reading) -> str:
    """The one of several sheets that holds the table.

    Raises
    ------
    Undecided
        Several may hold it.
    """
    counter = column_counter(table, reading)
    counts = {
        name: max(counter([as_text(cell) for cell in row]) for row in sheet.rows[:MOST_ABOVE])
        for name, sheet in sheets.items()
    }
    # What has all it needs may be meant, though another has more.
    best = [name for name, n in counts.items() if n >= min(len(table.required), max(counts.values()))]
    if len(best) == 1:
        return best[0]
    text = t("{file} has {n} sheets that may be meant.", file=file.name, n=len(best))
    n_rows = {name: len(sheets[name].rows) - 1 for name in best}
    choices = [Choice(name, t("{n} rows", n=f"{n_rows[name]:,}")) for name in best]
    together = Choice(best, t("all of them as one table, {n} rows", n=f"{sum(n_rows.values()):,}"))
    are_alike = len({_header(sheets[name].rows, counter) for name in best}) == 1
    choices = [together, *choices] if are_alike else [*choices, together]
    raise Undecided(OpenQuestion(table.name, "file", "sheet", text, tuple(choices)))


def _header(rows: list[list], counter) -> tuple[str, ...]:
    """The names of a sheet's columns."""
    texts = [[as_text(cell).strip() for cell in row] for row in rows[:MOST_ABOVE]]
    texts = [row for row in texts if any(row)]
    return tuple(name for name in texts[find_header(texts, counter)] if name) if texts else ()


def as_text(cell: object) -> str:
    """A cell of a workbook as text: what the sheet shows, written plainly."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int) or cell in (float("inf"), float("-inf")):
        return str(cell)
    if isinstance(cell, float):
        # A sheet keeps fifteen digits: 0.1 + 0.2 shows as 0.3.
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    return str(cell)
