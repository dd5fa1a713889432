"""What the cells of large columns of text mean that are not plain: found out here, of each different cell once.

Plain ones the engine reads itself, among them 12,50 where a comma stands before decimals, and 07.06.2024 where the day
comes first. What a column says so is asked of all its cells, as of a small file's.
"""

from __future__ import annotations

from typing import NamedTuple

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import AFTER_LAST_DAY, FIRST_DAY
from crmlib.intake.columns import COUNTED, PLAIN, PLAIN_COMMA, SUSPECT, TOTAL, Parsed, parse_text
from crmlib.intake.conventions import find_decimal
from crmlib.intake.dates import FEWEST_COUNTS
from crmlib.intake.mapped import Joined
from crmlib.intake.mapping import Places, Reading
from crmlib.intake.orders import TIME, find_order
from crmlib.intake.rows import set_nobody_aside
from crmlib.intake.there import Changed, Lines, NotThere, cell_of, create_table
from crmlib.language import number, t
from crmlib.tables import Column, Table

MOST_ODD = 1_000_000  # different cells of a column that are read one by one
SOME_PLAIN = 10_000  # plain ones that tell with the others what a comma means, or what is counted
# Whole numbers of `dates.COUNTS`: the least and the largest, seconds of one (of so many), and seconds from 1970 to 0.
UNITS = (
    (29_000, 72_999, 86_400, 1, -25_569 * 86_400),
    (320_000_000, 4_099_999_999, 1, 1, 0),
    (320_000_000_000, 4_099_999_999_999, 1, 1_000, 0),
)
SAYS_WHICH = r"{mark}(\d{{1,2}}|\d{{4,}})$|^-?(0\d*|\d{{4,}}){mark}\d{{3}}$"  # 1.5, 0.125 and 1250.125 are decimals
DAY_OR_MONTH_FIRST = r"^(\d\d\.\d\d\.|\d\d/\d\d/|\d\d-\d\d-)\d{4}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$"
TURNED = {"day first": (0, 3), "month first": (3, 0)}  # where day and month stand then


class Odd(NamedTuple):
    """What was found out of the cells of a column of text that are not plain."""

    changed: Changed | None
    reasons: list[str]
    currency: str | None
    how: str | None = None  # of the others what stands before decimals, or comes first in a date
    unit: int | None = None  # of days told by whole numbers: the place of what they count, among `UNITS`


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
            is_number_of_a_day = lines.is_local and column.type == "datetime" and kind.is_integer()
            if is_number_of_a_day and (unit := find_unit(lines, place)) is not None:
                found[column.name, place] = Odd(None, [], None, unit=unit)
                continue
            if not (kind.is_string() or column.name == "customer_id" or is_number_of_a_day):
                continue
            if isinstance(parts, Joined) or (not lines.is_local and column.type != "string"):
                raise _refuse_text(lines.names[place], column)
            if lines.is_local or column.name == "customer_id":
                found[column.name, place] = _look(lines, place, column, reading, said[column.name])
    return found


def find_unit(lines: Lines, place: int) -> int | None:
    """What all whole numbers of a column count, days or seconds, as `dates.from_counts` finds it; None if neither."""
    cell = lines.table[f"c{place}"]
    some = lines.run(lines.table.select(cell=cell).filter(cell.notnull()).distinct().limit(FEWEST_COUNTS))
    if len(some) < FEWEST_COUNTS:
        return None
    ((first, last),) = lines.run(lines.table.aggregate(first=cell.min(), last=cell.max())).to_pandas().to_numpy()
    return next((n for n, (low, high, *_) in enumerate(UNITS) if low <= first and last <= high), None)


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
    is_day = column.type in ("datetime", "date")
    if column.type == "number":
        cells, how = _numbers_to_read(lines, place, column, said)
        said = said | {"decimal": how}
    elif is_day:
        cells, how = _days_to_read(lines, place, column, said)
        said = said | {"order": how}
    else:
        cells, how = _texts_to_read(lines, place, column), None
    parsed = parse_text(pa.chunked_array([cells]), column, **said)
    if column.name == "customer_id":
        parsed = set_nobody_aside(parsed, (reading.nobody or {}).get("customer_id"))
    values = _as_arrow(parsed, column)
    is_same = np.zeros(len(cells), dtype=bool)
    if column.type == "string":
        is_same = np.asarray(pc.equal(values, cells).fill_null(False)) & (parsed.problem == 0)
    found = Odd(None, parsed.reasons, parsed.currency, how)
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


def _cells(lines: Lines, place: int) -> ibis.Table:
    """The cells of a column as text, those that are there."""
    return lines.table.select(cell=cell_of(lines.table, place)).filter(lambda rows: rows.cell.notnull())


def _texts_to_read(lines: Lines, place: int, column: Column) -> pa.Array:
    """The different cells of a column of text that are not plain; of customers all."""
    one = _cells(lines, place)
    if column.name == "customer_id":
        return _distinct(lines, one)
    suspect = f"{SUSPECT}|{TOTAL}" if column.name in COUNTED else SUSPECT
    return _distinct(lines, one.filter(lambda rows: (rows.cell == "") | rows.cell.re_search(suspect)), column)


def _days_to_read(lines: Lines, place: int, column: Column, said: dict) -> tuple[pa.Array, str | None]:
    """The different cells of a column of dates that the engine does not read, and what comes first in them.

    Raises
    ------
    Undecided
        Nothing says what does: of all different days, whatever their time.
    """
    one, order = _cells(lines, place), said["order"]
    if not order:
        days = one.filter(lambda rows: ~is_plain(rows.cell, column)).mutate(
            cell=lambda rows: rows.cell.re_replace(TIME, "")
        )
        order = find_order(_distinct(lines, days, column), column, said["table"])
    odd = _distinct(lines, one.filter(lambda rows: ~is_plain(rows.cell, column, order)), column)
    # With a plain one among them: what all are is said of a column only where there is none.
    plain = lines.run(one.filter(lambda rows: is_plain(rows.cell, column, order)).limit(1))
    return pa.concat_arrays([odd, plain["cell"].cast(pa.large_string()).combine_chunks()]), order


def _numbers_to_read(lines: Lines, place: int, column: Column, said: dict) -> tuple[pa.Array, str]:
    """The different cells of a column of numbers that the engine does not read, and what stands before decimals.

    Raises
    ------
    Undecided
        Nothing says what does; the cells that would are looked at first, all of them where they are at odds.
    """
    cells = create_table(lines, _cells(lines, place).distinct())
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


def is_plain(cell: ibis.Value, column: Column, how: str | None = None) -> ibis.Value:
    """Is a cell of text a number or a date in its plainest form, that the engine reads as we do?

    `how` says what stands before the decimals of a number, or what comes first in a date.
    """
    kind = "datetime" if column.type == "date" else column.type
    if kind != "datetime":
        return cell.re_search(PLAIN_COMMA if how == "," and kind == "number" else PLAIN[kind])
    is_one = cell.re_search(PLAIN[kind])
    if how in TURNED:
        is_one = is_one | cell.re_search(DAY_OR_MONTH_FIRST)
    moment = write_plain(cell, column, how).try_cast("timestamp")
    return is_one & (moment >= ibis.literal(FIRST_DAY)) & (moment < ibis.literal(AFTER_LAST_DAY)).fill_null(False)


def write_plain(cell: ibis.StringValue, column: Column, how: str | None) -> ibis.StringValue:
    """A plain cell as the engine reads it: 12.5 of 12,5, and 2024-06-07 of 07.06.2024."""
    if column.type == "number":
        return cell.replace(",", ".") if how == "," else cell
    if how not in TURNED:
        return cell
    day, month = (cell.substr(start, 2) for start in TURNED[how])
    turned = cell.substr(6, 4) + "-" + month + "-" + day + cell.substr(10)
    return ibis.ifelse(cell.re_search(DAY_OR_MONTH_FIRST), turned, cell)
