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
from crmlib.intake.columns import COUNTED, PLAIN, PLAIN_COMMA, SUSPECT, TOTAL, Parsed, parse_text
from crmlib.intake.conventions import find_decimal
from crmlib.intake.mapped import Joined, Sum
from crmlib.intake.mapping import Places, Reading
from crmlib.intake.rows import set_nobody_aside
from crmlib.intake.there import Changed, Lines, NotThere, cell_of, keep_table
from crmlib.language import number, t
from crmlib.tables import Column, Table

LARGEST_FLOAT = sys.float_info.max  # beyond is infinity, which Spark knows by no function of Ibis
MOST_ODD = 1_000_000  # different cells of a column that are read one by one
SOME_PLAIN = 10_000  # plain ones that tell with the others what a comma means
SAYS_WHICH = r"{mark}(\d{{1,2}}|\d{{4,}})$|^-?(0\d*|\d{{4,}}){mark}\d{{3}}$"  # 1.5, 0.125 and 1250.125 are decimals


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
    decimal: str = "."  # what stands before the decimals of the others


Found = dict[tuple[str, int], Odd]  # by column of ours, and where it stands: one may be two of ours


def find_odd(lines: Lines, places: Places, table: Table, reading: Reading, said: dict[str, dict]) -> Found:
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
            if not (kind.is_string() or column.name == "customer_id"):
                continue
            if isinstance(parts, Joined) or (not lines.is_local and column.type != "string"):
                raise _refuse_text(lines.names[place], column)
            if lines.is_local or column.name == "customer_id":
                found[column.name, place] = _look(lines, place, column, reading, said[column.name])
    return found


def _refuse_text(name: str, column: Column) -> NotThere:
    return NotThere(
        t(
            "{column} must have its type where rows stay where they are; {name} is text. Cast it in a view (or"
            " file) of its own: numbers to numbers, dates to dates.",
            column=column.name,
            name=name,
        )
    )


def _look(lines: Lines, place: int, column: Column, reading: Reading, said: dict) -> Odd:
    if column.type == "number":
        cells, decimal = _numbers_to_read(lines, place, column, said)
        said = said | {"decimal": decimal}
    else:
        cells = _cells_to_read(lines, place, column)
    parsed = parse_text(pa.chunked_array([cells]), column, **said)
    if column.name == "customer_id":
        parsed = set_nobody_aside(parsed, (reading.nobody or {}).get("customer_id"))
    values = _as_arrow(parsed, column)
    is_same = np.zeros(len(cells), dtype=bool)
    if column.type == "string":
        is_same = np.asarray(pc.equal(values, cells).fill_null(False)) & (parsed.problem == 0)
    found = Odd(None, parsed.reasons, parsed.currency, said["decimal"] or ".")
    if is_same.all():
        return found
    keep = pa.array(~is_same)
    changed = Changed(place, column.name, cells.filter(keep), values.filter(keep), parsed.problem[~is_same])
    return found._replace(changed=changed)


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
    # With a plain one among them: what all are is said of a column only where there is none.
    plain = lines.run(one.filter(lambda rows: is_plain(rows.cell, column)).limit(1))
    return pa.concat_arrays([odd, plain["cell"].cast(pa.large_string()).combine_chunks()])


def _numbers_to_read(lines: Lines, place: int, column: Column, said: dict) -> tuple[pa.Array, str]:
    """The different cells of a column of numbers that the engine does not read, and what stands before decimals.

    Raises
    ------
    Undecided
        Nothing says what does; the cells that would are looked at first, all of them where they are at odds.
    """
    one = lines.table.select(cell=cell_of(lines.table, place)).filter(lambda rows: rows.cell.notnull())
    cells = keep_table(lines, one.distinct())
    other = _distinct(
        lines, cells.filter(~is_plain(cells.cell, column, ".") & ~is_plain(cells.cell, column, ",")), column
    )
    decimal = said["decimal"]
    if not decimal:
        marked = _marked(lines, cells, SOME_PLAIN)
        if len(pc.unique(pc.match_substring_regex(pa.concat_arrays([other, marked]), "[,，]"))) > 1:
            marked = _marked(lines, cells, MOST_ODD)
        decimal = find_decimal(pa.concat_arrays([other, marked]), column, said["table"])
    return _distinct(lines, cells.filter(~is_plain(cells.cell, column, decimal)), column), decimal


def _marked(lines: Lines, cells: ibis.Table, most: int) -> pa.Array:
    """Plain numbers with a point or a comma, of those that can mean one thing and of others so many at most."""
    found = []
    for mark, form in ((r"\.", PLAIN["number"]), (",", PLAIN_COMMA)):
        marked = cells.filter(cells.cell.re_search(form) & cells.cell.re_search(mark))
        says = marked.cell.re_search(SAYS_WHICH.format(mark=mark))
        found += [lines.run(marked.filter(which).limit(most))["cell"] for which in (says, ~says)]
    return pa.concat_arrays([cell.cast(pa.large_string()).combine_chunks() for cell in found])


def _distinct(lines: Lines, cells: ibis.Table, column: Column | None = None) -> pa.Array:
    found = lines.run(cells.distinct() if column is None else cells.distinct().limit(MOST_ODD + 1))
    if column is not None and len(found) > MOST_ODD:
        raise NotThere(
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


def is_plain(cell: ibis.Value, column: Column, decimal: str = ".") -> ibis.Value:
    """Is a cell of text a number or a date in its plainest form, that the engine reads as we do?"""
    kind = "datetime" if column.type == "date" else column.type
    is_one = cell.re_search(PLAIN_COMMA if decimal == "," and kind == "number" else PLAIN[kind])
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
    kind = lines.table[f"c{place}"].type()
    if kind.is_string() or column.type == "string":
        return _read_text(lines, place, column, odd.get((column.name, place)))
    values = lines.table[f"c{place}"]
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
        decimal = odd.decimal if odd else "."
        text = cell.replace(",", ".") if decimal == "," and column.type == "number" else cell
        value = ibis.cases((is_plain(cell, column, decimal), text.try_cast(plain)), else_=ibis.null(plain))
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
