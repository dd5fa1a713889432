"""A column of cells and what became of each: its value, or the reason that sets its row aside.

`parse_text` reads text, each different cell once; `parse_typed` reads the columns of a
Parquet file, which have types already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import (
    AFTER_LAST_DAY,
    CONVERTERS,
    EMPTY,
    FIRST_DAY,
    LARGEST_NUMBER,
    LARGEST_WHOLE,
    MISSING,
    one_of,
)
from crmlib.tables import Column

# Cells that need no second look, in Arrow's words.
PLAIN = {
    "number": r"^-?\d{1,12}(\.\d{1,6})?$",
    "integer": r"^-?\d{1,12}$",
    "datetime": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?$",
    "date": r"^\d{4}-\d\d-\d\d$",
}
OFFSET = re.compile(r"(Z|[+-]\d\d(:?\d\d)?)$", re.IGNORECASE)
FINER = re.compile(r"[.,]\d{6}0*[1-9]")


class Parsed(NamedTuple):
    """A column read: its values, and for each row which reason, if any, sets it aside."""

    values: np.ndarray | pa.ChunkedArray
    problem: np.ndarray  # 0, or 1 + the place of the reason
    reasons: list[str]
    remarks: list[str]  # what was understood rather than read, with counts

    def reason(self, row: int) -> str:
        return self.reasons[self.problem[row] - 1]

    @property
    def is_empty(self) -> np.ndarray:
        """Where a required cell is empty."""
        return self.problem == self.reasons.index(EMPTY) + 1 if EMPTY in self.reasons else self.problem < 0


# --- a column of text ---------------------------------------------------------------------------


def parse_text(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """Read a column of text: each different cell once, and plain ones many at a time."""
    encoded = texts.combine_chunks().dictionary_encode()
    # A null of Parquet leads to the empty cell at the end.
    cells = pa.concat_arrays([encoded.dictionary, pa.array([""], pa.large_string())])
    place = encoded.indices.fill_null(len(cells) - 1).to_numpy()
    values, is_plain = _plain_values(cells, column)

    rest = np.flatnonzero(~is_plain)
    texts, found = cells.take(pa.array(rest)).to_pylist(), []
    problem, reasons = np.zeros(len(cells), dtype=np.int32), {}
    convert = one_of(column.choices) if column.type == "string" else CONVERTERS[column.type]
    for i, text in zip(rest, texts, strict=True):
        value, text = None, text.strip()
        try:
            if text.casefold() not in MISSING:
                value = convert(text)
            elif column.required:
                raise ValueError(EMPTY)
        except ValueError as error:
            problem[i] = reasons.setdefault(str(error), len(reasons) + 1)
        found.append(value)

    times = np.bincount(place, minlength=len(cells))[rest]  # how many rows have each of these cells
    remarks = _remarks(texts, found, times, column)
    if isinstance(values, np.ndarray):
        values[rest] = np.array(found, dtype=values.dtype)
        values = values[place]
    else:
        values = pc.replace_with_mask(values, pa.array(~is_plain), pa.array(found, values.type))
        values = pa.chunked_array([values.take(pa.array(place))])
    if column.type == "date":
        values = _days(values, column, remarks)
    return Parsed(values, problem[place], list(reasons), remarks)


def _plain_values(cells: pa.Array, column: Column) -> tuple[np.ndarray | pa.Array, np.ndarray]:
    """The values of cells written in the plainest way, and which they are; the others have any value."""
    if column.type == "string":
        is_word = pc.invert(pc.is_in(pc.utf8_lower(cells), pa.array(sorted(MISSING), pa.large_string())))
        is_plain = pc.and_(is_word, pc.equal(pc.utf8_trim_whitespace(cells), cells))
        return cells, is_plain.to_numpy(zero_copy_only=False) & (not column.choices)
    if column.type == "boolean":
        return pa.nulls(len(cells), pa.bool_()), np.zeros(len(cells), dtype=bool)
    is_plain = pc.match_substring_regex(cells, PLAIN[column.type])
    plain = pc.if_else(is_plain, cells, None)
    is_plain = is_plain.to_numpy(zero_copy_only=False)
    if column.type in ("number", "integer"):
        return plain.cast(pa.float64()).to_numpy(zero_copy_only=False).copy(), is_plain
    dates = pd.to_datetime(plain.to_pandas(), format="ISO8601", errors="coerce")
    dates = dates.to_numpy().astype("datetime64[us]")
    is_within = (dates >= np.datetime64(FIRST_DAY)) & (dates < np.datetime64(AFTER_LAST_DAY))
    return dates, is_plain & is_within


def _remarks(cells: list[str], values: list, times: np.ndarray, column: Column) -> list[str]:
    """What was understood rather than read; such cells are never plain."""
    remarks = []

    def count(sentence: str, is_so: Callable[[str, object], bool]) -> None:
        n = sum(int(n) for cell, value, n in zip(cells, values, times, strict=True) if is_so(cell, value))
        if n:
            remarks.append(f"{column.name}: {n:,} {'cell' if n == 1 else 'cells'} {sentence}.")

    if not column.required:  # of a required column they are set aside
        count(
            "with a word for nothing, such as NULL or N/A, read as empty",
            lambda cell, value: value is None and cell.strip() != "" and cell.strip().casefold() in MISSING,
        )
    if column.type == "string":
        is_trimmed = lambda cell, value: value is not None and value != cell  # noqa: E731
        count("with spaces around the text, taken off", is_trimmed)
    if column.type in ("datetime", "date"):
        count(
            "with a time zone, which was left off; the local time was kept",
            lambda cell, value: (
                value is not None and ":" in cell and OFFSET.search(cell.rstrip()) is not None
            ),
        )
        count(
            "finer than a microsecond, cut there",
            lambda cell, value: value is not None and bool(FINER.search(cell)),
        )
    return remarks


def _days(dates: np.ndarray, column: Column, remarks: list[str]) -> np.ndarray:
    days = dates.astype("datetime64[D]").astype("datetime64[us]")
    n = int((days != dates)[~np.isnat(dates)].sum())
    if n:
        remarks.append(
            f"{column.name}: {n:,} {'cell' if n == 1 else 'cells'} with a time of day; the day was kept."
        )
    return days


# --- a column that has a type -------------------------------------------------------------------


def parse_typed(values: pa.ChunkedArray, column: Column) -> Parsed:
    """Read a column of Parquet by its type; text in it is read as in a text file.

    Raises
    ------
    ValueError
        The type cannot be what the column means, such as a truth value for an amount.
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = pa.chunked_array([chunk.dictionary_decode() for chunk in values.chunks], kind.value_type)
        kind = values.type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    is_day = pa.types.is_timestamp(kind) or pa.types.is_date(kind)
    if is_text(kind) or pa.types.is_null(kind):
        return parse_text(_as_text(values, column), column)
    if column.type in ("number", "integer") and is_number:
        return _typed_numbers(values, column)
    if column.type in ("datetime", "date") and is_day:
        return _typed_dates(values, column)
    if column.type == "string" and is_number:
        return parse_text(_whole_as_text(values, column), column)
    if column.type in ("datetime", "date") and pa.types.is_integer(kind):
        return parse_text(values.cast(pa.large_string()), column)
    if column.type == "boolean" and (pa.types.is_boolean(kind) or pa.types.is_integer(kind)):
        return parse_text(values.cast(pa.large_string()), column)
    raise ValueError(
        f"{column.name} must be of type {column.type}; in the file it is {kind}. Convert that column and "
        "save the file again."
    )


def is_text(kind: pa.DataType) -> bool:
    return (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
    )


def _as_text(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    try:
        return values.cast(pa.large_string())
    except pa.ArrowInvalid:
        raise ValueError(f"{column.name} must be text in UTF-8; the file has other bytes there.") from None


def _whole_as_text(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    """Ids that were stored as numbers, without the .0 a float would add."""
    if pa.types.is_integer(values.type):
        return values.cast(pa.large_string())
    present = values.drop_null()
    if pa.types.is_floating(values.type):
        floats = values.cast(pa.float64())
        values = pc.if_else(pc.is_nan(floats), None, floats)
        present = values.drop_null()
        is_small = pc.less(pc.abs(present), float(LARGEST_WHOLE))
        is_whole = pc.and_(is_small, pc.equal(pc.floor(present), present))
    else:
        is_whole = pc.equal(pc.floor(present), present)
    if not pc.all(is_whole).as_py() and len(present):
        example = present.filter(pc.invert(is_whole))[0].as_py()
        raise ValueError(
            f"{column.name} must be text or whole numbers below 2**53; in the file it is {values.type}, for "
            f"example {example!r}: digits may be lost already. Save the column as text and read the file "
            "again."
        )
    if pa.types.is_decimal(values.type):
        whole = [None if value is None else str(int(value)) for value in values.to_pylist()]
        return pa.chunked_array([pa.array(whole, pa.large_string())])
    return values.cast(pa.int64()).cast(pa.large_string())


def _typed_numbers(values: pa.ChunkedArray, column: Column) -> Parsed:
    remarks = []
    if pa.types.is_float32(values.type) or pa.types.is_float16(values.type):
        # 19.99 in 32 bits is 19.989999771...; the shortest text is what was meant.
        remarks.append(
            f"{column.name}: stored as {values.type}; each read as the shortest decimal it stands for."
        )
        short = values.cast(pa.float32()).to_numpy()
        numbers = np.array([float(str(value)) for value in short], dtype=np.float64)
    else:
        numbers = values.cast(pa.float64(), safe=False).to_numpy()
    largest = LARGEST_WHOLE if column.type == "integer" else LARGEST_NUMBER
    problem = np.zeros(len(numbers), dtype=np.int32)
    reasons = [EMPTY, "is infinite", "is too large to be kept exactly", "is not a whole number"]
    if column.required:
        problem[np.isnan(numbers)] = 1
    problem[np.abs(numbers) >= largest] = 3
    problem[np.isinf(numbers)] = 2
    if column.type == "integer":
        problem[(problem == 0) & (numbers != np.floor(numbers)) & ~np.isnan(numbers)] = 4
    return Parsed(numbers, problem, reasons, remarks)


def _typed_dates(values: pa.ChunkedArray, column: Column) -> Parsed:
    remarks = []
    if pa.types.is_date(values.type):
        values = values.cast(pa.timestamp("s" if pa.types.is_date32(values.type) else "ms"))
    is_empty = pc.is_null(values)
    unit, zone = values.type.unit, values.type.tz
    if zone is not None:
        remarks.append(f"{column.name}: times of zone {zone}; the local time was kept and the zone left off.")
        near = pc.if_else(_outside(values.cast(pa.timestamp(unit)), timedelta(days=1)), None, values)
        # pandas knows the zones on every system; Arrow would ask Windows for them.
        local = near.to_pandas().dt.tz_localize(None)
        values = pa.chunked_array([pa.array(local, pa.timestamp(unit), from_pandas=True)])
    bad = pc.or_(_outside(values), pc.and_not(pc.is_null(values), is_empty))
    values = pc.if_else(bad, None, values)  # beyond the years kept, microseconds could overflow
    if unit == "ns":
        floored = pc.floor_temporal(values, unit="microsecond")
        n = pc.sum(pc.not_equal(floored, values)).as_py() or 0
        values = floored
        if n:
            remarks.append(
                f"{column.name}: {n:,} {'cell' if n == 1 else 'cells'} finer than a microsecond, cut there."
            )
    dates = values.cast(pa.timestamp("us")).to_numpy()
    if column.type == "date":
        dates = _days(dates, column, remarks)
    problem = np.zeros(len(dates), dtype=np.int32)
    problem[is_empty.to_numpy() & column.required] = 1
    problem[bad.to_numpy()] = 2
    return Parsed(dates, problem, [EMPTY, "lies before 1900 or after 2200"], remarks)


def _outside(values: pa.ChunkedArray, slack: timedelta = timedelta(0)) -> pa.ChunkedArray:
    """Whether times lie outside the years that are kept."""
    first, after = (pa.scalar(day, values.type) for day in (FIRST_DAY - slack, AFTER_LAST_DAY + slack))
    return pc.or_(pc.less(values, first), pc.greater_equal(values, after)).fill_null(False)


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
    return pd.Series(values)
