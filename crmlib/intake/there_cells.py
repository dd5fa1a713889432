"""Columns of rows that stay where they are: their values, and which rows they set aside, as expressions.

The rules are those of small files: `typed` for columns with a type, and for text `columns`, which reads here only the
different cells that are not plain (`there_odd`).
"""

from __future__ import annotations

import functools
import sys
from typing import NamedTuple

import ibis

from crmlib.intake.cells import AFTER_LAST_DAY, EMPTY, FIRST_DAY, LARGEST_NUMBER, LARGEST_WHOLE, MISSING
from crmlib.intake.mapped import Sum
from crmlib.intake.mapping import Places
from crmlib.intake.there import Lines, cell_of
from crmlib.intake.there_odd import UNITS, Found, Odd, is_plain, write_plain
from crmlib.language import t
from crmlib.tables import Column, Table

LARGEST_FLOAT = sys.float_info.max  # beyond is infinity, which Spark knows by no function of Ibis
WHOLE_FROM = 2.0**52  # from here on a float is a whole number


class There(NamedTuple):
    """A column as expressions: its values, and for each row which reason, if any, sets it aside."""

    value: ibis.Value
    problem: ibis.Value  # 0, or 1 + the place of the reason
    reasons: list[str]


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


def read_columns(lines: Lines, places: Places, table: Table, odd: Found) -> dict[str, There]:
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


def _read(lines: Lines, place: int, column: Column, odd: Found) -> There:
    kind, found = lines.table[f"c{place}"].type(), odd.get((column.name, place))
    is_counted = found is not None and found.unit is not None
    if not is_counted and (kind.is_string() or column.type == "string" or found is not None):
        return _read_text(lines, place, column, found)
    values = lines.table[f"c{place}"]
    if is_counted:
        return _read_counts(values, column, *UNITS[found.unit][2:])
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
        how = odd.how if odd else None
        text = write_plain(cell, column, how)
        value = ibis.cases((is_plain(cell, column, how), text.try_cast(plain)), else_=ibis.null(plain))
    if_empty = reasons.index(EMPTY) + 1 if column.required else 0
    problem = ibis.cases((cell.isnull(), ibis.literal(if_empty)), else_=ibis.literal(0))
    if odd and odd.changed is not None:
        known, p = lines.table[odd.changed.called("v")], lines.table[odd.changed.called("p")]
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


def to_millionths(value: ibis.NumericValue) -> ibis.NumericValue:
    """Numbers to six decimals as numpy rounds them, a half to the even one: engines take it away from zero."""
    return to_whole(value * 1e6) / 1e6


def to_whole(value: ibis.NumericValue) -> ibis.NumericValue:
    """The nearest whole number, of two the even one; as floats."""
    # A float has no room for a fraction beside 2**52: added and taken off, it leaves the nearest whole number.
    up, down = value + WHOLE_FROM - WHOLE_FROM, value - WHOLE_FROM + WHOLE_FROM
    return ibis.cases((value.abs() >= WHOLE_FROM, value), (value >= 0, up), else_=down)


def _multiply(first: There, second: There) -> There:
    return _combine(first, second, first.value * second.value)


def _add(first: There, second: There) -> There:
    return _combine(first, second, first.value + second.value)


def _combine(first: There, second: There, made: ibis.Value) -> There:
    n, value = len(first.reasons), to_millionths(made)
    reasons = [*first.reasons, *second.reasons, "is too large to be kept exactly"]
    problem = ibis.cases(
        (first.problem > 0, first.problem.cast("int64")),
        (second.problem > 0, (second.problem + n).cast("int64")),
        (value.abs() >= LARGEST_NUMBER, ibis.literal(len(reasons)).cast("int64")),
        else_=ibis.literal(0).cast("int64"),
    )
    return There(value, problem, reasons)
