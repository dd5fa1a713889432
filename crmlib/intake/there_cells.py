"""Columns of rows that stay where they are: their values, and which rows they set aside, as expressions.

The rules are those of small files: `typed` for columns with a type, and for text `columns`, which reads here only the
different cells that are not plain.
"""

from __future__ import annotations

import functools
import sys
from typing import NamedTuple

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import AFTER_LAST_DAY, EMPTY, FIRST_DAY, LARGEST_NUMBER, LARGEST_WHOLE, MISSING
from crmlib.intake.columns import COUNTED, PLAIN, SUSPECT, TOTAL, Parsed, parse_text
from crmlib.intake.dates import FEWEST_COUNTS
from crmlib.intake.mapped import Joined, Sum
from crmlib.intake.mapping import Places, Reading
from crmlib.intake.rows import set_nobody_aside
from crmlib.intake.there import Changed, Lines, cell_of
from crmlib.language import number, t
from crmlib.tables import Column, Table

LARGEST_FLOAT = sys.float_info.max  # beyond is infinity, which Spark knows by no function of Ibis
MOST_ODD = 1_000_000  # different cells of a column that are read one by one
SOME_PLAIN = 10_000  # plain ones that tell with the others what a comma means, or what is counted
# Whole numbers of `dates.COUNTS`: the least and the largest, seconds of one (of so many), and seconds from 1970 to 0.
UNITS = (
    (29_000, 72_999, 86_400, 1, -25_569 * 86_400),
    (320_000_000, 4_099_999_999, 1, 1, 0),
    (320_000_000_000, 4_099_999_999_999, 1, 1_000, 0),
)


class There(NamedTuple):
    """A column as expressions: its values, and for each row which reason, if any, sets it aside."""

    value: ibis.Value
    problem: ibis.Value  # 0, or 1 + the place of the reason
    reasons: list[str]


class Odd(NamedTuple):
    """What was found out of the cells of a column of text that are not plain."""

    changed: Changed | None
    reasons: list[str]
    currency: str | None
    unit: int | None = None  # of days told by whole numbers: the place of what they count, among `UNITS`


def find_odd(lines: Lines, places: Places, table: Table, reading: Reading, said: dict[str, dict]) -> dict[int, Odd]:
    """Of each column of text what its cells mean that are not plain, by place; of customers all are looked at.

    Raises
    ------
    Undecided
        They can mean two things.
    ValueError
        There are too many of them.
    """
    found = {}
    for column in table.columns:
        parts = places.products.get(column.name, ())
        for place in [places.single[column.name]] if column.name in places.single else list(parts):
            kind = lines.table[f"c{place}"].type()
            is_number_of_a_day = lines.is_local and column.type == "datetime" and kind.is_integer()
            if is_number_of_a_day and (unit := find_unit(lines, place)) is not None:
                found[place] = Odd(None, [], None, unit)
                continue
            if not (kind.is_string() or column.name == "customer_id" or is_number_of_a_day):
                continue
            if isinstance(parts, Joined) or (not lines.is_local and column.type != "string"):
                raise _refuse_text(lines.names[place], column)
            if lines.is_local or column.name == "customer_id":
                found[place] = _look(lines, place, column, reading, said[column.name])
    return found


def find_unit(lines: Lines, place: int) -> int | None:
    """What all whole numbers of a column count, days or seconds, as `dates.from_counts` finds it; None if neither."""
    cell = lines.table[f"c{place}"]
    some = lines.run(lines.table.select(cell=cell).filter(cell.notnull()).distinct().limit(FEWEST_COUNTS))
    if len(some) < FEWEST_COUNTS:
        return None
    ((first, last),) = lines.run(lines.table.aggregate(first=cell.min(), last=cell.max())).to_pandas().to_numpy()
    return next((n for n, (low, high, *_) in enumerate(UNITS) if low <= first and last <= high), None)


def _refuse_text(name: str, column: Column) -> ValueError:
    return ValueError(
        t(
            "{column} must have its type where rows stay where they are; {name} is text. Cast it in a view (or"
            " file) of its own: numbers to numbers, dates to dates.",
            column=column.name,
            name=name,
        )
    )


def _look(lines: Lines, place: int, column: Column, reading: Reading, said: dict) -> Odd:
    cells = _cells_to_read(lines, place, column)
    parsed = parse_text(pa.chunked_array([cells]), column, **said)
    if column.name == "customer_id":
        parsed = set_nobody_aside(parsed, (reading.nobody or {}).get("customer_id"))
    values = _as_arrow(parsed, column)
    is_same = np.zeros(len(cells), dtype=bool)
    if column.type == "string":
        is_same = np.asarray(pc.equal(values, cells).fill_null(False)) & (parsed.problem == 0)
    if is_same.all():
        return Odd(None, parsed.reasons, parsed.currency)
    keep = pa.array(~is_same)
    changed = Changed(place, cells.filter(keep), values.filter(keep), parsed.problem[~is_same])
    return Odd(changed, parsed.reasons, parsed.currency)


def _as_arrow(parsed: Parsed, column: Column) -> pa.Array:
    if isinstance(parsed.values, np.ndarray):
        kind = pa.timestamp("us") if column.type in ("datetime", "date") else pa.float64()
        return pa.array(parsed.values, kind, from_pandas=True)
    whole = parsed.values.cast(pa.large_string())
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


def _cells_to_read(lines: Lines, place: int, column: Column) -> pa.Array:
    """The different cells of a column of text that are not plain; of customers all."""
    one = lines.table.select(cell=cell_of(lines.table, place)).filter(lambda rows: rows.cell.notnull())
    if column.name == "customer_id":
        return _distinct(lines, one)
    if column.type == "string":
        suspect = f"{SUSPECT}|{TOTAL}" if column.name in COUNTED else SUSPECT
        return _distinct(lines, one.filter(lambda rows: (rows.cell == "") | rows.cell.re_search(suspect)), column)
    odd = _distinct(lines, one.filter(lambda rows: ~is_plain(rows.cell, column)), column)
    plain = lines.run(one.filter(lambda rows: is_plain(rows.cell, column)).distinct().limit(SOME_PLAIN))
    return pa.concat_arrays([odd, plain["cell"].cast(pa.large_string()).combine_chunks()])


def _distinct(lines: Lines, cells: ibis.Table, column: Column | None = None) -> pa.Array:
    found = lines.run(cells.distinct() if column is None else cells.distinct().limit(MOST_ODD + 1))
    if column is not None and len(found) > MOST_ODD:
        raise ValueError(
            t(
                "{column} of a large file must have its type, or be text in its plainest form (2024-06-07, 1234.50);"
                " more than {n} different cells are not, such as {example!r}. Cast the column and save the file again,"
                " or split the file.",
                column=column.name,
                n=number(MOST_ODD),
                example=f"{(found['cell'][0].as_py() or '')[:1]}***",
            )
        )
    cells = found["cell"].cast(pa.large_string()).combine_chunks()
    return cells.take(pc.array_sort_indices(cells))


def is_plain(cell: ibis.Value, column: Column) -> ibis.Value:
    """Is a cell of text a number or a date in its plainest form, that the engine reads as we do?"""
    kind = "datetime" if column.type == "date" else column.type
    is_one = cell.re_search(PLAIN[kind])
    if kind != "datetime":
        return is_one
    moment = cell.try_cast("timestamp")
    return is_one & (moment >= ibis.literal(FIRST_DAY)) & (moment < ibis.literal(AFTER_LAST_DAY)).fill_null(False)


def refuse_fractions(lines: Lines, places: Places, table: Table) -> None:
    """Ids that were stored as numbers must be whole ones: others have lost digits already.

    Raises
    ------
    ValueError
        Some are not.
    """
    for name, place in places.single.items():
        column = lines.table[f"c{place}"]
        if table.column(name).type != "string" or not (column.type().is_floating() or column.type().is_decimal()):
            continue
        is_broken = (column % 1) != 0
        if column.type().is_floating():
            is_broken = ~column.isnan() & (is_broken | (column.abs() >= LARGEST_WHOLE))
        found = lines.run(lines.table.filter(is_broken).select(cell=column).limit(1))["cell"].to_pylist()
        if found:
            raise ValueError(
                t(
                    "{name} must be text or whole numbers below 2**53; in the file it is {kind}, for example"
                    " {example!r}: digits may be lost already. Save the column as text and read the file again.",
                    name=name,
                    kind=column.type(),
                    example=found[0],
                )
            )


def read_columns(lines: Lines, places: Places, table: Table, odd: dict[int, Odd]) -> dict[str, There]:
    """The columns of the contract that there are, in its order; `lines` has joined what is odd."""
    found = {}
    for column in table.columns:
        if column.name in places.single:
            found[column.name] = _read(lines, places.single[column.name], column, odd)
        elif column.name in places.products:
            parts = places.products[column.name]
            read = [_read(lines, place, column, odd) for place in parts]
            found[column.name] = functools.reduce(_add if isinstance(parts, Sum) else _multiply, read)
    return found


def _read(lines: Lines, place: int, column: Column, odd: dict[int, Odd]) -> There:
    kind = lines.table[f"c{place}"].type()
    is_counted = place in odd and odd[place].unit is not None
    if not is_counted and (kind.is_string() or column.type == "string" or place in odd):
        return _read_text(lines, place, column, odd.get(place))
    values = lines.table[f"c{place}"]
    if is_counted:
        return _read_counts(values, column, *UNITS[odd[place].unit][2:])
    if column.type in ("datetime", "date") and (kind.is_timestamp() or kind.is_date()):
        return _read_dates(values, column)
    if column.type in ("number", "integer") and kind.is_numeric():
        return _read_numbers(values, column)
    raise ValueError(
        t(
            "{name} must be of type {wanted}; in the file it is {kind}. Convert that column and save the file again.",
            name=column.name,
            wanted=column.type,
            kind=kind,
        )
    )


def _read_text(lines: Lines, place: int, column: Column, odd: Odd | None) -> There:
    cell, reasons = cell_of(lines.table, place), list(odd.reasons) if odd else []
    reasons += [] if EMPTY in reasons else [EMPTY]
    plain = {"string": "string", "number": "float64", "datetime": "timestamp"}[column.type]
    if column.type == "string":
        value = cell
        if not lines.is_local and odd is None:  # nobody has looked at its cells
            value = ibis.cases((cell.strip().lower().isin(sorted(MISSING)), ibis.null("string")), else_=cell.strip())
    else:
        value = ibis.cases((is_plain(cell, column), cell.try_cast(plain)), else_=ibis.null(plain))
    if_empty = reasons.index(EMPTY) + 1 if column.required else 0
    problem = ibis.cases((cell.isnull(), ibis.literal(if_empty)), else_=ibis.literal(0))
    if odd and odd.changed is not None:
        known, p = lines.table[f"v{place}"], lines.table[f"p{place}"]
        value = ibis.cases((p.notnull(), known.cast(plain)), else_=value)
        problem = ibis.cases((p.notnull(), p.cast("int64")), else_=problem.cast("int64"))
    return There(value, problem, reasons)


def _read_numbers(values: ibis.Value, column: Column) -> There:
    if values.type().is_floating() and values.type().nbytes < 8:
        values = values.cast("string")  # 19.99 in 32 bits is 19.989999771...
    x = values.cast("float64")
    is_empty = x.isnull() | x.isnan()
    problem = ibis.cases(
        (is_empty, ibis.literal(1 if column.required else 0)),
        (x.abs() > LARGEST_FLOAT, ibis.literal(2)),
        (x.abs() >= LARGEST_NUMBER, ibis.literal(3)),
        else_=ibis.literal(0),
    )
    value = ibis.cases((is_empty, ibis.null("float64")), else_=x)
    return There(value, problem, [EMPTY, "is infinite", "is too large to be kept exactly"])


def _read_dates(values: ibis.Value, column: Column) -> There:
    moment = values.cast("timestamp")
    is_outside = (moment < ibis.literal(FIRST_DAY)) | (moment >= ibis.literal(AFTER_LAST_DAY))
    problem = ibis.cases(
        (moment.isnull(), ibis.literal(1 if column.required else 0)),
        (is_outside, ibis.literal(2)),
        else_=ibis.literal(0),
    )
    return There(moment, problem, [EMPTY, "lies before 1900 or after 2200"])


def _read_counts(values: ibis.Value, column: Column, seconds: int, parts: int, zero: int) -> There:
    """Days or seconds that are counted, cut to the second."""
    moment = ((values.cast("int64") // parts * seconds + zero) * 1000).as_timestamp("ms")
    problem = ibis.cases((values.isnull(), ibis.literal(1 if column.required else 0)), else_=ibis.literal(0))
    return There(moment, problem, [EMPTY])


def _multiply(first: There, second: There) -> There:
    return _combine(first, second, first.value * second.value)


def _add(first: There, second: There) -> There:
    return _combine(first, second, first.value + second.value)


def _combine(first: There, second: There, made: ibis.Value) -> There:
    n, value = len(first.reasons), made.round(6)
    reasons = [*first.reasons, *second.reasons, "is too large to be kept exactly"]
    problem = ibis.cases(
        (first.problem > 0, first.problem.cast("int64")),
        (second.problem > 0, (second.problem + n).cast("int64")),
        (value.abs() >= LARGEST_NUMBER, ibis.literal(len(reasons)).cast("int64")),
        else_=ibis.literal(0).cast("int64"),
    )
    return There(value, problem, reasons)
