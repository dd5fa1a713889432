"""A column of cells and what became of each: its value, or the reason that sets its row aside.

`parse_text` reads text, all cells at once where they are plain, else each different cell once;
`mixed.parse_mixed` the columns of a workbook, some of whose cells have types; `typed.parse_typed` those of
a Parquet file, which all have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import (
    ADDS_UP,
    AFTER_LAST_DAY,
    EMPTY,
    ERRORS,
    FIRST_DAY,
    LOST_DIGITS,
    MISSING,
    UNSOLVED,
    one_of,
    set_aside_because,
    to_boolean,
    to_customer,
    to_integer,
    to_number,
)
from crmlib.intake.conventions import find_decimal
from crmlib.intake.dates import from_counts, lie_outside, write_anew
from crmlib.intake.days import to_datetime
from crmlib.intake.months import doubt_on_months, from_months
from crmlib.intake.orders import find_month_words, find_order
from crmlib.intake.remarks import cut_to_days, remarks_on_cells, remarks_on_money
from crmlib.language import t
from crmlib.tables import Column

# Cells that need no second look, in Arrow's words.
PLAIN = {
    "number": r"^-?\d{1,12}(\.\d{1,6})?$",
    "integer": r"^-?\d{1,12}$",
    "datetime": r"^\d{4}-\d\d-\d\d([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$",  # DuckDB knows 24:00 as well
    "date": r"^\d{4}-\d\d-\d\d$",
}
PLAIN_COMMA = r"^-?\d{1,12}(,\d{1,6})?$"
COUNTED = ("customer_id", "order_id", "invoice_id")  # where "Total" would be a customer, order or invoice more
WORDS = "|".join(re.escape(word) for word in sorted((MISSING | ERRORS) - {""}))
# Texts that need a second look: such a word, a space or the like around, or a long number shortened.
SUSPECT = rf"(?i)^({WORDS})$|^[\pZ\pC]|[\pZ\pC]$|{LOST_DIGITS.removeprefix('(?i)')}"
# Where the word for a total may stand; `is_total` then says whether it does.
TOTAL = (
    r"(?i)(averag|avg|mean|durchschnitt|mittelwert|moyenne|promedio|平均|均值|tota|sum|somm|suma|gesamt|ergebnis|parziale|razem|ogółem|celkem|součet|összesen|toplam|yhteensä|ialt|overall"
    r"|итог|всего|σύνολο|计|計|总和|總和|汇总|합계|총계|소계|총합)"
)


class Parsed(NamedTuple):
    """A column read: its values, and for each row which reason, if any, sets it aside."""

    values: np.ndarray | pa.ChunkedArray
    problem: np.ndarray  # 0, or 1 + the place of the reason
    reasons: list[str]
    remarks: list[str]  # what was understood rather than read, with counts
    currency: str | None = None  # that stood beside numbers
    doubts: tuple[str, ...] = ()  # what a person should look at

    def reason(self, row: int) -> str:
        return self.reasons[self.problem[row] - 1]

    @property
    def is_empty(self) -> np.ndarray:
        """Where a required cell is empty."""
        return self._is(EMPTY)

    @property
    def is_total(self) -> np.ndarray:
        """Where the word for a total stands, of a line that adds others up."""
        return self._is(ADDS_UP)

    def _is(self, reason: str) -> np.ndarray:
        at = [place + 1 for place, known in enumerate(self.reasons) if known == reason]
        return np.isin(self.problem, at) if at else np.zeros(len(self.problem), dtype=bool)


# --- a column of text ---------------------------------------------------------------------------


def parse_text(
    texts: pa.ChunkedArray, column: Column, *, table: str = "", decimal: str | None = None, order: str | None = None
) -> Parsed:
    """Read a column of text: each different cell once, and plain ones many at a time.

    `decimal` ("." or ",") and `order` ("day first" ...) are what somebody has said of the column;
    otherwise its cells say it, or `Undecided` is raised.
    """
    if not order and (values := _plain_column(texts, column, decimal)) is not None:
        remarks = []
        values = cut_to_days(values, column, remarks) if column.type == "date" else values
        return Parsed(values, np.zeros(len(texts), dtype=np.int32), [], remarks)
    cells, place = _different_cells(texts)
    is_number, is_day = column.type in ("number", "integer"), column.type in ("datetime", "date")
    if is_number:
        decimal = decimal or find_decimal(cells, column, table)
    counted = month = None
    if is_day:
        cells, counted = from_counts(cells)
        cells, month = from_months(cells)
        order = order or find_order(cells, column, table)
    words = find_month_words(cells) if is_day else frozenset()
    values, is_plain = _plain_values(cells, column, decimal, order, words)
    rest = np.flatnonzero(~is_plain)
    others = cells.take(pa.array(rest)).to_pylist()
    found, reasons = _read_cells(others, column, _converter(column, decimal, order, words))
    problem = np.zeros(len(cells), dtype=np.int32)
    known = {reason: number for number, reason in enumerate(dict.fromkeys(filter(None, reasons)), start=1)}
    problem[rest] = [known.get(reason, 0) for reason in reasons]

    times = np.bincount(place, minlength=len(cells))[rest]  # how many rows have each of these cells
    remarks, currency = remarks_on_cells(others, found, times, column), None
    if is_number:
        said, currency = remarks_on_money(others, times, column, decimal)
        remarks += said
    if counted:
        remarks.append(t("{column}: read as {what}.", column=column.name, what=t(counted)))
    if is_day and order:
        remarks.append(t("{column}: read with the {order}.", column=column.name, order=t(order)))
    values = _fill_in(values, rest, found)
    values = values[place] if isinstance(values, np.ndarray) else pa.chunked_array([values.take(pa.array(place))])
    if column.type == "date":
        values = cut_to_days(values, column, remarks)
    doubts = (doubt_on_months(column.name, month),) if month and column.name != "month" else ()
    return Parsed(values, problem[place], list(known), remarks, currency, doubts)


def _fill_in(values: np.ndarray | pa.Array, rest: np.ndarray, found: list[object]) -> np.ndarray | pa.Array:
    """The values of the plain cells, with those of the others at their places."""
    if isinstance(values, np.ndarray):
        values[rest] = np.array(found, dtype=values.dtype)
        return values
    is_other = np.zeros(len(values), dtype=bool)
    is_other[rest] = True
    return pc.replace_with_mask(values, pa.array(is_other), pa.array(found, values.type))


def _different_cells(texts: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The different cells of a column, and which of them each row has."""
    encoded = texts.dictionary_encode()  # all its chunks have the same dictionary
    words = encoded.chunk(0).dictionary if encoded.num_chunks else pa.array([], pa.large_string())
    # A null of Parquet leads to the empty cell at the end.
    cells = pa.concat_arrays([words, pa.array([""], pa.large_string())])
    places = [chunk.indices.fill_null(len(cells) - 1).to_numpy() for chunk in encoded.chunks]
    return cells, np.concatenate([np.array([], np.int32), *places])


def _read_cells(
    cells: list[str], column: Column, convert: Callable[[str], object]
) -> tuple[list[object], list[str | None]]:
    """Of each cell its value, None where there is none, and why it sets its rows aside, if it does."""
    found, reasons = [], []
    for cell in cells:
        text, value, reason = cell.strip(), None, None
        try:
            if text == UNSOLVED:
                raise set_aside_because("is a formula that nobody has worked out")
            if text.casefold() in ERRORS:
                raise set_aside_because("is an error of the spreadsheet, no value")
            # "none" is a word for nothing, unless the contract has it among its choices.
            if text.casefold() not in MISSING or text in column.choices:
                value = convert(text)
            elif column.required:
                reason = EMPTY
        except ValueError as error:
            reason = str(error)
        found.append(value)
        reasons.append(reason)
    return found, reasons


def _plain_column(texts: pa.ChunkedArray, column: Column, decimal: str | None) -> np.ndarray | pa.ChunkedArray | None:
    """The values of a column in which every cell is plain, or empty where it may be; None where one is not.

    It asks of all cells at once what `parse_text` asks of each different one, and gives up at the
    first doubt; there is nothing to say then of a cell, nor to ask of the column.
    """
    if column.type == "boolean" or column.choices or (decimal == "," and column.type != "string"):
        return None
    is_empty = pc.equal(texts, "").fill_null(True)
    if column.required and pc.any(is_empty).as_py():
        return None
    has_empty = pc.any(is_empty).as_py()
    if column.type == "string":
        suspect = f"{SUSPECT}|{TOTAL}" if column.name in COUNTED else SUSPECT
        is_open = pc.match_substring_regex(texts, suspect)
    else:
        plain = PLAIN["datetime" if column.type == "date" else column.type]
        is_open = pc.invert(pc.match_substring_regex(texts, plain))
    if pc.any(pc.and_not_kleene(is_open, is_empty) if has_empty else is_open).as_py():
        return None
    filled = pc.if_else(is_empty, None, texts) if has_empty else texts
    if column.type == "string":
        return filled
    if column.type in ("number", "integer"):
        if not decimal and not _says_point(texts):
            return None
        return filled.cast(pa.float64()).to_numpy()
    try:
        dates = filled.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:  # a day that no calendar has
        return None
    return None if pc.any(lie_outside(dates)).as_py() else dates.to_numpy()


def _says_point(texts: pa.ChunkedArray) -> bool:
    """Of plain numbers: are there none with a point, or is one that can only be a decimal point?"""
    says_so = r"\.(\d{1,2}|\d{4,})$|^-?(0\d*|\d{4,})\.\d{3}$"
    return any(pc.any(pc.match_substring_regex(chunk, says_so)).as_py() for chunk in texts.chunks) or not any(
        pc.any(pc.match_substring(chunk, ".")).as_py() for chunk in texts.chunks
    )


def _converter(
    column: Column, decimal: str | None, order: str | None, words: frozenset[str] = frozenset()
) -> Callable[[str], object]:
    if column.name in COUNTED:
        return to_customer
    return {
        "string": one_of(column.choices),
        "number": lambda text: to_number(text, decimal),
        "integer": lambda text: to_integer(text, decimal),
        "datetime": lambda text: to_datetime(text, order, words),
        "date": lambda text: to_datetime(text, order, words),
        "boolean": to_boolean,
    }[column.type]


def _plain_values(
    cells: pa.Array, column: Column, decimal: str | None, order: str | None, words: frozenset[str]
) -> tuple[np.ndarray | pa.Array, np.ndarray]:
    """The values of cells written in the plainest way, and which they are; the others have any value."""
    if column.type == "string":
        is_word = pc.invert(pc.is_in(pc.utf8_lower(cells), pa.array(sorted(MISSING | ERRORS), pa.large_string())))
        is_plain = pc.and_(is_word, pc.equal(pc.utf8_trim_whitespace(cells), cells))
        suspect = f"{TOTAL}|{LOST_DIGITS}" if column.name in COUNTED else LOST_DIGITS
        is_plain = pc.and_not(is_plain, pc.match_substring_regex(cells, suspect))
        return cells, is_plain.to_numpy(zero_copy_only=False) & (not column.choices)
    if column.type == "boolean":
        return pa.nulls(len(cells), pa.bool_()), np.zeros(len(cells), dtype=bool)
    if column.type in ("number", "integer"):
        is_comma = decimal == "," and column.type == "number"
        is_plain = pc.match_substring_regex(cells, PLAIN_COMMA if is_comma else PLAIN[column.type])
        plain = pc.if_else(is_plain, cells, None)
        plain = pc.replace_substring(plain, ",", ".") if is_comma else plain
        return plain.cast(pa.float64()).to_numpy(zero_copy_only=False).copy(), is_plain.to_numpy(zero_copy_only=False)
    cells = write_anew(cells, order, words)
    is_plain = pc.match_substring_regex(cells, PLAIN["datetime"])
    plain = pc.if_else(is_plain, cells, None)
    dates = pd.to_datetime(plain.to_pandas(), format="ISO8601", errors="coerce")
    dates = dates.to_numpy().astype("datetime64[us]")
    is_within = (dates >= np.datetime64(FIRST_DAY)) & (dates < np.datetime64(AFTER_LAST_DAY))
    return dates, is_plain.to_numpy(zero_copy_only=False) & is_within


# --- values out ---------------------------------------------------------------------------------


def to_texts(values: pa.ChunkedArray) -> list[str | None]:
    """Cells as they can be shown, also those that no Python object can hold."""
    if getattr(values.type, "tz", None) is not None:
        values = values.cast(pa.timestamp(values.type.unit))
    return values.cast(pa.large_string()).to_pylist()


def to_series(values: np.ndarray | pa.ChunkedArray, column: Column) -> pd.Series:
    """The column as pandas has it: str, float64, int64 (Int64 where cells may be empty) or datetime64[us]."""
    if column.type == "string":
        return pd.Series(values.to_pandas(), dtype="str")
    if column.type == "boolean":
        return pd.Series(values.to_pylist(), dtype="boolean")
    if column.type == "integer":
        if column.required:
            return pd.Series(values.astype(np.int64))
        is_empty = np.isnan(values)
        return pd.Series(pd.array(np.where(is_empty, 0, values), dtype="Int64")).mask(is_empty)
    return pd.Series(values, copy=not values.flags.writeable)  # what Arrow lends may not be written
