"""What a mapping file says of rows that stay where they are (keep, negative, subtract), as expressions.

Whether a cell is one of the values said is found out here, of each different cell once (`rows.find_rows`); what cannot
be put so is refused in words, never passed over.
"""

from __future__ import annotations

import ibis
import pyarrow as pa

from crmlib.intake.cells import LARGEST_NUMBER
from crmlib.intake.mapping import Places, Reading, some
from crmlib.intake.rows import NO_NUMBER, WHOLE_ROW, find_rows, read_numbers
from crmlib.intake.there import MOST_SAID, Lines, NotThere, make_table
from crmlib.intake.there_cells import There, to_millionths
from crmlib.intake.there_order import IS_REPEAT
from crmlib.intake.typed import to_text
from crmlib.language import number, t
from crmlib.tables import Table

MOST_DIFFERENT = 5_000_000  # cells of a column of which something is said


def refuse_unsaid(reading: Reading, name: str, *, is_local: bool) -> None:
    """What a mapping file may say of a small file only.

    Raises
    ------
    ValueError
        It says so.
    """
    if reading.rows not in (None, "orders"):
        raise ValueError(
            t(
                "rows under [transactions.file] must be 'orders' where rows stay where they are; got {rows!r} for"
                " {name}. Each row must be an order of a customer with a number: take the line out.",
                rows=reading.rows,
                name=name,
            )
        )
    cannot = {"fill_down": bool(reading.fill_down), "returns": bool(reading.returns)}
    if not is_local and (wrong := [key for key, is_so in cannot.items() if is_so]):
        raise ValueError(
            t(
                "{keys} under [transactions.file] cannot be done in a database, whose rows have no order and stand"
                " beside no file. Do it before, in a view that has a value in each row, and the rows that were paid"
                " back with a minus; name that instead of {name}, and take the line out.",
                keys=", ".join(wrong),
                name=name,
            )
        )


def find_unsaid(reading: Reading) -> list[str]:
    """What a mapping file says that cannot be done where rows stay where they are."""
    cannot = {
        "fill_down": bool(reading.fill_down),
        "returns": bool(reading.returns),
        "repeated": reading.repeated == "once",
        "rows": reading.rows not in (None, "orders"),
    }
    return [key for key, is_so in cannot.items() if is_so]


def apply_said(
    lines: Lines, places: Places, columns: dict[str, There], reading: Reading, table: Table
) -> tuple[dict[str, There], dict[str, ibis.Value]]:
    """The columns with what is said of their rows in them; and by column of theirs, whether it sets a row aside."""
    columns = dict(columns)
    amount = table.added_up
    for name, how in (reading.subtract or {}).items():
        if how:
            place = _place(lines, places, name, "subtract")
            columns[amount] = _subtract(columns[amount], lines, place, is_share=how == "share")
    for name, values in (reading.negative or {}).items():
        if values:
            is_refund = _fits(lines, _place(lines, places, name, "negative"), values)
            x = columns[amount].value
            columns[amount] = columns[amount]._replace(value=ibis.cases((is_refund, -x.abs()), else_=x))
    others = {}
    for name, values in (reading.keep or {}).items():
        if values != "all":
            others[name] = ~_fits(lines, _place(lines, places, name, "keep"), values)
    if reading.repeated == "once":
        others[WHOLE_ROW] = lines.table[IS_REPEAT]
    return columns, others


def _place(lines: Lines, places: Places, name: str, section: str) -> int:
    """Where a column stands that is called by their name or ours."""
    if name in lines.names:
        return lines.names.index(name)
    if name in places.single:
        return places.single[name]
    raise ValueError(
        t(
            "what stands under {section} must be columns of the file; it has no {unknown}. It has {names}.",
            section=section,
            unknown=[name],
            names=some(lines.names),
        )
    )


def _fits(lines: Lines, place: int, values: list[str]) -> ibis.BooleanValue:
    """Is a cell one of the values? As small files are asked: of each different cell, as text."""
    column = lines.table[f"c{place}"]
    found = lines.run(lines.table.select(cell=column).distinct().limit(MOST_DIFFERENT + 1))["cell"]
    if len(found) > MOST_DIFFERENT:
        raise NotThere(
            t(
                "a column named under keep or negative must have at most {n} different cells where rows stay where"
                " they are; {column} has more. Make a column that says it plainly, in a view or a file of its own.",
                n=number(MOST_DIFFERENT),
                column=lines.names[place],
            )
        )
    is_one = find_rows(to_text(found), values)
    wanted = found.filter(pa.array(is_one))
    has_null = wanted.null_count > 0
    cells = wanted.drop_null()
    # Long numbers written into a question become such of too few digits, or none at all.
    if len(cells) <= MOST_SAID and not (lines.is_local and column.type().is_numeric()):
        fits = column.isin(cells.to_pylist()).fill_null(False) if len(cells) else ibis.literal(False)
    elif lines.is_local:
        # Times come as nanoseconds, which Ibis does not know; there they are microseconds.
        cells = cells.cast(pa.time64("us")) if pa.types.is_time(cells.type) else cells
        known = make_table(lines, pa.table({"cell": cells}))
        fits = column.isin(known.cell).fill_null(False)
    else:
        raise ValueError(
            t(
                "the values said of {column} must be few in a database; {n} different cells fit. Make a column that"
                " says it plainly, in a view.",
                column=lines.names[place],
                n=number(len(cells)),
            )
        )
    return fits | column.isnull() if has_null else fits


def join_taken(lines: Lines, places: Places, reading: Reading) -> Lines:
    """The rows, with what a column of text takes off the amount; of each different cell it is found out once.

    Raises
    ------
    ValueError
        The column is in a database, or has too many different cells.
    """
    for name, how in (reading.subtract or {}).items():
        place = _place(lines, places, name, "subtract") if how else None
        if place is None or lines.table[f"c{place}"].type().is_numeric():
            continue
        cells = _different_texts(lines, place)
        taken, is_wrong = read_numbers(to_text(cells))
        key, off, wrong = _called(place)
        if not len(cells):
            lines = lines._replace(table=lines.table.mutate(**{off: ibis.literal(0.0), wrong: ibis.literal(False)}))
            continue
        columns = {key: cells, off: pa.array(taken), wrong: pa.array(is_wrong)}
        known = make_table(lines, pa.table(columns).filter(pa.array((taken != 0) | is_wrong)))
        lines = lines._replace(table=lines.table.left_join(known, lines.table[f"c{place}"] == known[key]).drop(key))
    return lines


def _called(place: int) -> tuple[str, str, str]:
    """The columns with the cells of a place, what they take off, and whether they are no numbers."""
    return f"taken{place}_cell", f"taken{place}", f"taken{place}_is_wrong"


def _different_texts(lines: Lines, place: int) -> pa.ChunkedArray:
    name, column = lines.names[place], lines.table[f"c{place}"]
    if not lines.is_local:
        raise NotThere(
            t(
                "what stands under subtract must be a column of numbers where rows stay where they are; {name} is"
                " not. Cast it in a view or a file of its own. The columns are {names}.",
                name=name,
                names=some(lines.names),
            )
        )
    found = lines.run(lines.table.select(cell=column).filter(column.notnull()).distinct().limit(MOST_DIFFERENT + 1))[
        "cell"
    ]
    if len(found) > MOST_DIFFERENT:
        raise NotThere(
            t(
                "a column named under subtract must be of numbers, or have at most {n} different cells where rows stay"
                " where they are; {column} has more. Cast it to numbers, in a file of its own.",
                n=number(MOST_DIFFERENT),
                column=name,
            )
        )
    return found


def _subtract(amount: There, lines: Lines, place: int, *, is_share: bool) -> There:
    """The amounts less a column; a cell that is no number sets its row aside, an empty one takes nothing off."""
    cell = lines.table[f"c{place}"]
    if cell.type().is_numeric():
        x = cell.cast("float64")
        is_empty = x.isnull() | x.isnan()
        is_wrong = ~is_empty & (x.abs() >= LARGEST_NUMBER)
        taken = ibis.cases((is_empty | is_wrong, ibis.literal(0.0)), else_=x)
    else:
        _, off, wrong = _called(place)
        taken, is_wrong = lines.table[off].fill_null(0.0), lines.table[wrong].fill_null(False)
    # Some write what is taken off with a minus.
    value = amount.value * (1 - taken) if is_share else amount.value - taken.abs()
    known = amount.problem.cast("int64")
    problem = ibis.cases(
        (known > 0, known), (is_wrong, ibis.literal(len(amount.reasons) + 1).cast("int64")), else_=known
    )
    return There(to_millionths(value), problem, [*amount.reasons, NO_NUMBER])
