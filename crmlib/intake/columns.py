"""A column of cells and what became of each: its value, or the reason that sets its row aside.

`parse_text` reads text, each different cell once; `parse_mixed` the columns of a workbook, some of
whose cells have types; `parse_typed` those of a Parquet file, which all have.
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
    ADDS_UP,
    AFTER_LAST_DAY,
    EMPTY,
    ERRORS,
    FIRST_DAY,
    LARGEST_NUMBER,
    LARGEST_WHOLE,
    LOST_DIGITS,
    MISSING,
    one_of,
    refuse,
    to_boolean,
    to_customer,
    to_datetime,
    to_integer,
    to_number,
)
from crmlib.intake.conventions import ask_about_turned_days, count_currencies, find_decimal, find_order
from crmlib.intake.records import shorten
from crmlib.language import plural, t
from crmlib.language.words import TOTALS
from crmlib.tables import Column

# Cells that need no second look, in Arrow's words.
PLAIN = {
    "number": r"^-?\d{1,12}(\.\d{1,6})?$",
    "integer": r"^-?\d{1,12}$",
    "datetime": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?$",
    "date": r"^\d{4}-\d\d-\d\d$",
}
PLAIN_COMMA = r"^-?\d{1,12}(,\d{1,6})?$"
# Dates in other clothes, written anew as above, many at a time.
OTHER_DATES = (
    r"^(?P<y>\d{4})[/.年-](?P<m>\d{1,2})[/.月-](?P<d>\d{1,2})日?(?:[T ]+(?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?$",
    r"^(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4})(?:[T ]+(?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?$",
)
COUNTED = ("customer_id", "order_id")  # where "Total" would be a customer or an order more
SAME_MARK = r"^\d+(-\d+-|/\d+/|\.\d+\.|年\d+月)"
WORDS = "|".join(re.escape(word) for word in sorted(MISSING | ERRORS - {""}) if word)
# Texts that need a second look: such a word, a space or the like around, or a long number shortened.
SUSPECT = rf"(?i)^({WORDS})$|^[\pZ\pC]|[\pZ\pC]$|{LOST_DIGITS.removeprefix('(?i)')}"
TOTAL = r"(?i)^\W*(" + "|".join(sorted(TOTALS)) + r"|grand total|sub total)\W*$"
OFFSET = re.compile(r"(Z|[+-]\d\d(:?\d\d)?)$", re.IGNORECASE)
FINER = re.compile(r"[.,]\d{6}0*[1-9]")


class Parsed(NamedTuple):
    """A column read: its values, and for each row which reason, if any, sets it aside."""

    values: np.ndarray | pa.ChunkedArray
    problem: np.ndarray  # 0, or 1 + the place of the reason
    reasons: list[str]
    remarks: list[str]  # what was understood rather than read, with counts
    currency: str | None = None  # that stood beside numbers

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
        values = _days(values, column, remarks) if column.type == "date" else values
        return Parsed(values, np.zeros(len(texts), dtype=np.int32), [], remarks)
    encoded = texts.dictionary_encode()  # all its chunks have the same dictionary
    words = encoded.chunk(0).dictionary if encoded.num_chunks else pa.array([], pa.large_string())
    # A null of Parquet leads to the empty cell at the end.
    cells = pa.concat_arrays([words, pa.array([""], pa.large_string())])
    places = [chunk.indices.fill_null(len(cells) - 1).to_numpy() for chunk in encoded.chunks]
    place = np.concatenate([np.array([], np.int32), *places])
    times = np.bincount(place, minlength=len(cells))  # how many rows have each of these cells
    is_number, is_day = column.type in ("number", "integer"), column.type in ("datetime", "date")
    if is_number:
        decimal = decimal or find_decimal(cells, column, table)
    if is_day:
        order = order or find_order(cells, column, table)
    values, is_plain = _plain_values(cells, column, decimal, order)

    rest = np.flatnonzero(~is_plain)
    texts, found = cells.take(pa.array(rest)).to_pylist(), []
    problem, reasons = np.zeros(len(cells), dtype=np.int32), {}
    convert = _converter(column, decimal, order)
    for i, text in zip(rest, texts, strict=True):
        value, text = None, text.strip()
        try:
            if text.casefold() in ERRORS:
                raise refuse("is an error of the spreadsheet, no value")
            if text.casefold() not in MISSING:
                value = convert(text)
            elif column.required:
                raise ValueError(EMPTY)
        except ValueError as error:
            problem[i] = reasons.setdefault(str(error), len(reasons) + 1)
        found.append(value)

    remarks, currency = _remarks(texts, found, times[rest], column), None
    if is_number:
        said, currency = _remarks_on_money(texts, times[rest], column, decimal)
        remarks += said
    if is_day and order:
        remarks.append(t("{column}: read with the {order}.", column=column.name, order=t(order)))
    if isinstance(values, np.ndarray):
        values[rest] = np.array(found, dtype=values.dtype)
        values = values[place]
    else:
        values = pc.replace_with_mask(values, pa.array(~is_plain), pa.array(found, values.type))
        values = pa.chunked_array([values.take(pa.array(place))])
    if column.type == "date":
        values = _days(values, column, remarks)
    return Parsed(values, problem[place], list(reasons), remarks, currency)


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
    return None if pc.any(_outside(dates)).as_py() else dates.to_numpy()


def _says_point(texts: pa.ChunkedArray) -> bool:
    """Of plain numbers: are there none with a point, or is one that can only be a decimal point?"""
    says_so = r"\.(\d{1,2}|\d{4,})$|^-?(0\d*|\d{4,})\.\d{3}$"
    return any(pc.any(pc.match_substring_regex(chunk, says_so)).as_py() for chunk in texts.chunks) or not any(
        pc.any(pc.match_substring(chunk, ".")).as_py() for chunk in texts.chunks
    )


def _converter(column: Column, decimal: str | None, order: str | None) -> Callable[[str], object]:
    if column.name in COUNTED:
        return to_customer
    return {
        "string": one_of(column.choices),
        "number": lambda text: to_number(text, decimal),
        "integer": lambda text: to_integer(text, decimal),
        "datetime": lambda text: to_datetime(text, order),
        "date": lambda text: to_datetime(text, order),
        "boolean": to_boolean,
    }[column.type]


def _plain_values(
    cells: pa.Array, column: Column, decimal: str | None, order: str | None
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
    cells = _written_anew(cells, order)
    is_plain = pc.match_substring_regex(cells, PLAIN["datetime"])
    plain = pc.if_else(is_plain, cells, None)
    dates = pd.to_datetime(plain.to_pandas(), format="ISO8601", errors="coerce")
    dates = dates.to_numpy().astype("datetime64[us]")
    is_within = (dates >= np.datetime64(FIRST_DAY)) & (dates < np.datetime64(AFTER_LAST_DAY))
    return dates, is_plain.to_numpy(zero_copy_only=False) & is_within


def _written_anew(cells: pa.Array, order: str | None) -> pa.Array:
    """Dates such as 2024/6/7 8:05 or 07.06.2024 as 2024-06-07 08:05; others as they are."""
    for form in OTHER_DATES[: 2 if order in ("day first", "month first") else 1]:
        part = pc.extract_regex(cells, form)
        two = lambda name: pc.utf8_lpad(pc.struct_field(part, name), 2, "0")  # noqa: B023, E731
        first, second = ("m", "d") if "?P<m>" in form else ("b", "a") if order == "day first" else ("a", "b")
        day = pc.binary_join_element_wise(
            pc.struct_field(part, "y"), two(first), two(second), pa.scalar("-", pa.large_string())
        )
        second = pc.struct_field(part, "s")
        time = pc.binary_join_element_wise(
            two("h"),
            pc.struct_field(part, "n"),
            pc.if_else(pc.equal(second, ""), pa.scalar("00", pa.large_string()), second),
            pa.scalar(":", pa.large_string()),
        )
        has_time = pc.not_equal(pc.struct_field(part, "n"), "")
        anew = pc.if_else(has_time, pc.binary_join_element_wise(day, time, pa.scalar(" ", pa.large_string())), day)
        is_one = pc.and_(pc.is_valid(part), pc.match_substring_regex(cells, SAME_MARK))
        cells = pc.if_else(is_one, anew, cells)
    return cells


def _remarks_on_money(
    cells: list[str], times: np.ndarray, column: Column, decimal: str
) -> tuple[list[str], str | None]:
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
    said = ", ".join(f"{n:,} {shorten(currency, 20)}" for currency, n in found.items())
    return ValueError(
        t(
            "{column} must be in one currency, for amounts are added up; the file has {found}. Convert them to one, or"
            " make a file for each.",
            column=column,
            found=said,
        )
    )


def _remarks(cells: list[str], values: list, times: np.ndarray, column: Column) -> list[str]:
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
        is_trimmed = lambda cell, value: value is not None and value != cell  # noqa: E731
        count(t("with spaces around the text, taken off"), is_trimmed)
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


def _days(dates: np.ndarray, column: Column, remarks: list[str]) -> np.ndarray:
    days = dates.astype("datetime64[D]").astype("datetime64[us]")
    n = int((days != dates)[~np.isnat(dates)].sum())
    if n:
        cells_said = plural(n, "1 cell", "{n} cells")
        what = t("with a time of day; the day was kept")
        remarks.append(t("{column}: {cells} {what}.", column=column.name, cells=cells_said, what=what))
    return days


def parse_mixed(texts: pa.ChunkedArray, is_typed: np.ndarray, column: Column, **said: str | None) -> Parsed:
    """Read a column of a workbook: a cell that is a number or a date there is one, whatever its texts mean."""
    if is_typed.all() or not is_typed.any():
        said = {"table": said.get("table", "")} | ({"decimal": ".", "order": None} if is_typed.any() else said)
        return parse_text(texts, column, **said)
    if column.type in ("datetime", "date") and not said.get("order"):
        ask_about_turned_days(
            texts.filter(pa.array(is_typed)), texts.filter(pa.array(~is_typed)), column, said.get("table", "")
        )
    halves = []
    for is_here, options in ((is_typed, {"decimal": "."}), (~is_typed, said)):
        halves.append((is_here, parse_text(texts.filter(pa.array(is_here)), column, **options)))
    problem = np.zeros(len(is_typed), dtype=np.int32)
    reasons, remarks, values = [], [], [None] * len(is_typed)
    for is_here, part in halves:
        problem[is_here] = np.where(part.problem > 0, part.problem + len(reasons), 0)
        reasons += part.reasons
        remarks += part.remarks
    first, second = (part.values for _, part in halves)
    if isinstance(first, np.ndarray):
        values = np.empty(len(is_typed), dtype=first.dtype)
        values[is_typed], values[~is_typed] = first, second
    else:
        order = np.argsort(np.concatenate([np.flatnonzero(is_typed), np.flatnonzero(~is_typed)]), kind="stable")
        values = pa.chunked_array(first.chunks + second.chunks).take(pa.array(order))
    return Parsed(values, problem, reasons, remarks, halves[1][1].currency)


# --- a column that has a type -------------------------------------------------------------------


def parse_typed(values: pa.ChunkedArray, column: Column, **said: str | None) -> Parsed:
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
        return parse_text(_as_text(values, column), column, **said)
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
        t(
            "{name} must be of type {wanted}; in the file it is {kind}. Convert that column and save the file again.",
            name=column.name,
            wanted=column.type,
            kind=kind,
        )
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
        raise ValueError(t("{name} must be text in UTF-8; the file has other bytes there.", name=column.name)) from None


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
            t(
                "{name} must be text or whole numbers below 2**53; in the file it is {kind}, for example {example!r}: "
                "digits may be lost already. Save the column as text and read the file again.",
                name=column.name,
                kind=values.type,
                example=example,
            )
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
            t(
                "{column}: stored as {type}; each read as the shortest decimal it stands for.",
                column=column.name,
                type=values.type,
            )
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
        remarks.append(
            t(
                "{column}: times of zone {zone}; the local time was kept and the zone left off.",
                column=column.name,
                zone=zone,
            )
        )
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
            cells_said = plural(n, "1 cell", "{n} cells")
            what = t("finer than a microsecond, cut there")
            remarks.append(t("{column}: {cells} {what}.", column=column.name, cells=cells_said, what=what))
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


def multiply(first: Parsed, second: Parsed) -> Parsed:
    """The product of two columns of numbers, to a millionth: 3 × 1.10 is 3.3, not 3.3000000000000003."""
    problem = np.where(
        first.problem > 0, first.problem, np.where(second.problem > 0, second.problem + len(first.reasons), 0)
    )
    with np.errstate(invalid="ignore", over="ignore"):
        values = np.round(first.values * second.values, 6)
    reasons = [*first.reasons, *second.reasons, "is too large to be kept exactly"]
    problem[(problem == 0) & (np.abs(values) >= LARGEST_NUMBER)] = len(reasons)
    return Parsed(
        values,
        problem.astype(np.int32),
        reasons,
        list(dict.fromkeys([*first.remarks, *second.remarks])),
        second.currency or first.currency,
    )


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
