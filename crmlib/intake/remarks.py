"""What was understood of a column rather than read: a currency beside numbers, spaces, time zones; with counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from crmlib.intake.cells import LOST_DIGITS, MISSING
from crmlib.intake.conventions import count_currencies
from crmlib.intake.records import shorten
from crmlib.intake.shown import mask_text, mask_value
from crmlib.language import plural, t
from crmlib.tables import Column

OFFSET = re.compile(r"(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)(\s*\([^()]*\))?$", re.IGNORECASE)
FINER = re.compile(r"[.,]\d{6}0*[1-9]")


def remarks_on_money(cells: list[str], times: np.ndarray, column: Column, decimal: str) -> tuple[list[str], str | None]:
    """What stood beside numbers, and the currency. Amounts of two currencies must not be added up.

    Raises
    ------
    ValueError
        More than one currency.
    """
    remarks = []
    if decimal == ",":
        remarks.append(t("{column}: decimals follow a comma.", column=column.name))
    found = count_currencies(cells, times.tolist(), decimal).most_common()
    if len(found) > 1:
        raise two_currencies(column.name, dict(found))
    for currency, n in found:
        remarks.append(
            t(
                "{column}: the currency {currency} taken off {n}.",
                column=column.name,
                currency=currency,
                n=plural(n, "1 cell", "{n} cells"),
            )
        )
    return remarks, found[0][0] if found else None


def two_currencies(column: str, found: dict[str, int]) -> ValueError:
    said = ", ".join(f"{n:,} {shorten(mask_text(mask_value(currency)), 20)}" for currency, n in found.items())
    return ValueError(
        t(
            "{column} must be in one currency, for amounts are added up; the file has {found}. Convert them to one, or"
            " make a file for each.",
            column=column,
            found=said,
        )
    )


def remarks_on_cells(cells: list[str], values: list, times: np.ndarray, column: Column) -> list[str]:
    """What was understood rather than read; such cells are never plain."""
    remarks = []

    def count(sentence: str, is_so: Callable[[str, object], bool]) -> None:
        n = sum(int(n) for cell, value, n in zip(cells, values, times, strict=True) if is_so(cell, value))
        if n:
            cells_said = plural(n, "1 cell", "{n} cells")
            remarks.append(t("{column}: {cells} {what}.", column=column.name, cells=cells_said, what=sentence))

    if not column.required:  # of a required column they are set aside
        count(
            t("with a word for nothing, such as NULL or N/A, read as empty"),
            lambda cell, value: value is None and cell.strip() != "" and cell.strip().casefold() in MISSING,
        )
    if column.type == "string":
        count(
            t("with spaces around the text, taken off"),
            lambda cell, value: value is not None and value != cell,
        )
        count(
            t("with a long number shortened by a spreadsheet, such as 1.23E+17, kept though its last digits are lost"),
            lambda cell, value: value is not None and re.search(LOST_DIGITS, cell) is not None,
        )
    if column.type in ("datetime", "date"):
        count(
            t("with a time zone, which was left off; the local time was kept"),
            lambda cell, value: value is not None and ":" in cell and OFFSET.search(cell.rstrip()) is not None,
        )
        count(
            t("finer than a microsecond, cut there"),
            lambda cell, value: value is not None and bool(FINER.search(cell)),
        )
    return remarks


def cut_to_days(dates: np.ndarray, column: Column, remarks: list[str]) -> np.ndarray:
    """Times as their days, with a remark where that takes something away."""
    days = dates.astype("datetime64[D]").astype("datetime64[us]")
    n = int((days != dates)[~np.isnat(dates)].sum())
    if n:
        cells_said = plural(n, "1 cell", "{n} cells")
        what = t("with a time of day; the day was kept")
        remarks.append(t("{column}: {cells} {what}.", column=column.name, cells=cells_said, what=what))
    return days
