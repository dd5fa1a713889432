"""Excel workbooks that are safe to open: whole or not there, text that stays text, same bytes for same tables."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crmlib.files.safe_csv import PLAIN_NUMBER, defuse
from crmlib.files.whole import write_whole

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# What cells of a kind look like; those of other kinds are text.
FORMATS = {
    "share": "0.0%",
    "money": "#,##0.00",
    "count": "#,##0",
    "number": "#,##0.0000",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
    "text": "@",
}
MOST_ROWS = 1_048_575  # below the headings, on a sheet
LONGEST_TEXT, LONGEST_NAME = 32_767, 31  # of a cell, and of a sheet's name
EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number
NARROWEST, WIDEST = 9, 60
TYPICAL_ROWS = 200  # looked at for the widths
MADE = datetime(2000, 1, 1)  # not today: the same tables make the same file
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass
class Sheet:
    """One sheet: its name, a heading for each column, what each column holds (see `FORMATS`), and rows of text.

    A cell of a column of numbers or days that is none is written as text; an empty one stays empty.
    """

    name: str
    headings: Sequence[str]
    kinds: Sequence[str]
    rows: Iterable[Sequence[str]] = field(default_factory=list)


def write_xlsx(path: str | os.PathLike, sheets: Sequence[Sheet]) -> Path:
    """Write a workbook whose numbers are numbers and whose text cannot run as a formula.

    The headings are bold and stay in sight; names of sheets are shortened and told apart as Excel wants it.
    The file appears whole or not at all.

    When something else is right: `safe_csv.write_csv` for one table to compute with.

    Parameters
    ----------
    path : path
        Where to; its folder must be there.
    sheets : sequence of Sheet
        At least one. Rows beyond the 1,048,575 that a sheet can hold are left out; say so where the file is named.

    Returns
    -------
    Path
        Where the file now is.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> sheet = Sheet("Tiers", ["tier", "share"], ["text", "share"], [["VIP", "0.25"], ["=1+1", ""]])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pd.read_excel(write_xlsx(Path(folder) / "all.xlsx", [sheet]), engine="calamine").values.tolist()
    [['VIP', 0.25], ["'=1+1", nan]]
    """
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": MADE})
        formats = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()}
        formats["wrapped"] = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F6"})
        for sheet, name in zip(sheets, name_sheets([sheet.name for sheet in sheets]), strict=True):
            _write_sheet(book.add_worksheet(name), sheet, formats, bold)
    return write_whole(path, content.getvalue())


def name_sheets(names: Sequence[str]) -> list[str]:
    """Names that Excel takes for sheets: 31 letters at most, without marks that stand for something, no two alike.

    Examples
    --------
    >>> name_sheets(["Rows: all", "rows  all", "", "History"])
    ['Rows all', 'rows all 2', 'Sheet', 'History 2']
    """
    taken, found = {"history"}, []  # Excel keeps that one for itself
    for name in names:
        clean = " ".join(FORBIDDEN.sub(" ", name).split()).strip("'") or "Sheet"
        tries = [_shorten(clean), *(_shorten(clean, f" {n}") for n in range(2, len(names) + 3))]
        found.append(next(one for one in tries if one.casefold() not in taken))
        taken.add(found[-1].casefold())
    return found


def _shorten(name: str, end: str = "") -> str:
    """In the units that Excel counts, of which a rare character takes two."""
    while len((name + end).encode("utf-16-le")) // 2 > LONGEST_NAME:
        name = name[:-1]
    return name.rstrip() + end


def _write_sheet(page: Worksheet, sheet: Sheet, formats: dict[str, Format], bold: Format) -> None:
    widths = [_width(heading) / 1.5 for heading in sheet.headings]  # a long heading takes two lines
    for place, heading in enumerate(sheet.headings):
        page.write_string(0, place, _text(heading), bold)
    n_rows = 0
    for n_rows, row in enumerate(sheet.rows, start=1):
        if n_rows > MOST_ROWS:
            break
        for place, (kind, cell) in enumerate(zip(sheet.kinds, row, strict=True)):
            _write_cell(page, (n_rows, place), cell, kind, formats)
            if n_rows <= TYPICAL_ROWS:
                widths[place] = max(widths[place], _width(cell[:20] if kind in ("money", "number") else cell))
    for place, width in enumerate(widths):
        page.set_column(place, place, min(max(width + 2, NARROWEST), WIDEST))
    page.freeze_panes(1, 0)
    if n_rows and sheet.headings:
        page.autofilter(0, 0, min(n_rows, MOST_ROWS), len(sheet.headings) - 1)


def _write_cell(page: Worksheet, at: tuple[int, int], cell: str, kind: str, formats: dict[str, Format]) -> None:
    if not cell:
        return
    if kind in ("share", "money", "count", "number") and _is_exact(cell):
        page.write_number(*at, float(cell), formats[kind])
    elif kind == "date" and (moment := _moment(cell)):
        page.write_datetime(*at, moment, formats["time" if moment.time() != datetime.min.time() else "date"])
    else:
        page.write_string(*at, _text(cell), formats["wrapped" if _width(cell) > WIDEST else "text"])


def _is_exact(cell: str) -> bool:
    """Is it a number that a spreadsheet can hold? Of a whole one it would turn the last digits into zeros."""
    return bool(PLAIN_NUMBER.fullmatch(cell)) and not (
        len(cell.lstrip("+-")) > EXACT_DIGITS and cell.lstrip("+-").isdigit()
    )


def _moment(cell: str) -> datetime | None:
    """The day, and the time, of a cell; None where it has none that a spreadsheet knows."""
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return moment if moment.year >= 1900 and moment.tzinfo is None else None


def _text(cell: str) -> str:
    return str(defuse(cell))[:LONGEST_TEXT]


def _width(text: str) -> int:
    """In letters; a Chinese one is as wide as two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
