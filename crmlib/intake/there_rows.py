"""Which rows that stay where they are count, which are set aside and why, and the table of those that count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import ibis
import ibis.expr.operations as ops
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import ADDS_UP
from crmlib.intake.columns import PLAIN, Parsed
from crmlib.intake.mapping import Places, Reading, some
from crmlib.intake.raw import Raw, by_name, used_names
from crmlib.intake.records import Misfit
from crmlib.intake.rejected import list_rejected
from crmlib.intake.report import REJECTED
from crmlib.intake.rows import WHOLE_ROW, reason_said
from crmlib.intake.there import OF_A_PART, PLACE, Lines
from crmlib.intake.there_cells import There, to_millionths
from crmlib.intake.there_order import WHITE
from crmlib.intake.typed import to_text
from crmlib.language import t
from crmlib.tables import Table

BLOCK = 100_000  # rows set aside that are in memory at a time


class Rows(NamedTuple):
    """Rows that stay where they are, each with what became of it."""

    lines: Lines
    places: Places
    columns: dict[str, There]
    others: dict[str, ibis.Value]  # by column of theirs, where what is said sets a row aside
    table: Table
    currency: str | None = None  # that stood beside amounts

    @property
    def problems(self) -> dict[str, ibis.Value]:
        """For each row, by column, the number of the reason that sets it aside; 0 where there is none."""
        aside = {name: ibis.ifelse(is_aside, 1, 0).cast("int64") for name, is_aside in self.others.items()}
        return {name: column.problem.cast("int64") for name, column in self.columns.items()} | aside

    @property
    def is_good(self) -> ibis.BooleanValue:
        return _all([problem == 0 for problem in self.problems.values()])

    @property
    def is_meant(self) -> ibis.BooleanValue:
        """Is it set aside on purpose: it adds others up, or does not count, as somebody has said?"""
        totals = [
            column.problem == column.reasons.index(ADDS_UP) + 1
            for column in self.columns.values()
            if ADDS_UP in column.reasons
        ]
        return _any([*totals, *self.others.values()])

    @property
    def position(self) -> ibis.IntegerValue:
        """Where a row stands; of a database, nowhere."""
        return self.lines.position

    @property
    def used(self) -> dict[str, int]:
        """Where the columns stand that rows are set aside for, by their names."""
        names = self.lines.names
        found = {names[place]: place for place in sorted(self.places.used)}
        others = [name for name in self.others if name != WHOLE_ROW]
        found |= {name: names.index(name) for name in others if name in names}
        return found | {name: self.places.single[name] for name in others if name not in found}


def _all(conditions: list[ibis.BooleanValue]) -> ibis.BooleanValue:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found & condition
    return found


def _any(conditions: list[ibis.BooleanValue]) -> ibis.BooleanValue:
    found = ibis.literal(False)
    for condition in conditions:
        found = found | condition
    return found


# --- the rows that count ------------------------------------------------------------------------


def select_good(rows: Rows, reading: Reading) -> ibis.Table:
    """The rows that count: the columns of the contract, and then the further ones that were asked for."""
    good = {name: column.value for name, column in rows.columns.items()}
    kinds = {"string": "string", "number": "float64", "datetime": "timestamp"}
    good = {name: value.cast(kinds[rows.table.column(name).type]) for name, value in good.items()}
    good |= _further(rows, reading)
    if "profit" in good:
        profit = good.pop("profit")
        good.setdefault("cost", to_millionths(good["amount"] - profit))
    return rows.lines.table.filter(rows.is_good).select(**good, **{PLACE: rows.position})


def put_in_order(lines: Lines, good: ibis.Table) -> ibis.Table:
    """The rows in the order of the files, wherever they were joined with something: DuckDB's joins lose it."""
    is_joined = bool(good.op().find((ops.JoinChain, ops.InSubquery, ops.Union))) or _has_a_list(good)
    return (good.order_by(PLACE) if lines.is_local and is_joined else good).drop(PLACE)


def _has_a_list(good: ibis.Table) -> bool:
    """Is a cell looked for in a list, for which DuckDB makes a join as well?"""
    return bool(good.op().find(ops.InValues))


def _further(rows: Rows, reading: Reading) -> dict[str, ibis.Value]:
    """Columns of theirs that travel under their own names: numbers where all their cells are, else text."""
    names, lines, found = list(reading.extra or []), rows.lines, {}
    wrong = [name for name in names if name not in lines.names] or [name for name in names if name in rows.table.names]
    if wrong:
        raise ValueError(
            t(
                "extra under [{table}.file] must name columns of the file that become none of the kit's; got {wrong}."
                " The file has {names}.",
                table=rows.table.name,
                wrong=wrong,
                names=some(lines.names),
            )
        )
    for name in names:
        column = lines.table[f"c{lines.names.index(name)}"]
        if column.type().is_floating():
            found[name] = ibis.cases((column.isnan(), ibis.null("float64")), else_=column.cast("float64"))
            continue
        cell = _trimmed(lines, column.cast("string")).nullif("")
        is_exact = column.type().is_integer() or column.type().is_decimal()  # and may have more digits than a float
        if is_exact and _are_numbers(rows, cell):
            cell = column.cast("float64")
        elif column.type().is_string() and lines.is_local and _are_numbers(rows, cell):
            cell = cell.try_cast("float64")
        found[name] = cell
    return found


def _trimmed(lines: Lines, cell: ibis.StringValue) -> ibis.StringValue:
    """A cell without the white space around it, as of small files; a database knows its own only."""
    return cell.re_replace(rf"^{WHITE}+|{WHITE}+$", "") if lines.is_local else cell.strip()


def _are_numbers(rows: Rows, cell: ibis.StringValue) -> bool:
    other = rows.lines.table.filter(rows.is_good, ~cell.re_search(PLAIN["number"]))
    return not len(rows.lines.run(other.select(cell=cell).limit(1)))


# --- the rows set aside -------------------------------------------------------------------------


def list_aside(rows: Rows) -> Iterator[pd.DataFrame]:
    """The rows set aside, as of a small file, in their order, a block at a time; of several files with `file`.

    Of a database, whose rows have no order, the first block only.
    """
    table, lines = rows.lines.table, rows.lines
    wanted = {f"p{number}": problem for number, problem in enumerate(rows.problems.values())}
    wanted |= {f"cell{place}": table[f"c{place}"] for place in rows.used.values()}
    wanted |= {"position": rows.position}
    if lines.is_local:
        wanted |= {"part": table.part.cast("int64"), "row": table.row.cast("int64")}
    aside = table.filter(~rows.is_good).select(**wanted)
    if lines.n_misfits:
        aside = _with_misfits(lines, aside)
    if lines.is_local:
        aside = aside.order_by("position")
    n_before = 0
    for block in _blocks(aside) if lines.is_local else [lines.run(aside.limit(BLOCK))]:
        if not lines.is_local:  # where they stand nobody can say: they are counted
            places = np.arange(n_before + 1, n_before + len(block) + 1)
            block = block.append_column("part", pa.array(np.ones(len(block), np.int64)))
            block = block.append_column("row", pa.array(places))
        n_before += len(block)
        if len(block):
            yield _list_block(rows, block)


def _with_misfits(lines: Lines, aside: ibis.Table) -> ibis.Table:
    """The rows set aside, and the lines that are none."""
    misfits = lines.table.get_backend().table("misfits")
    found = misfits.mutate(
        part=misfits.part.cast("int64"), position=misfits.part.cast("int64") * OF_A_PART + misfits.row
    )
    empty = {name: ibis.null(kind) for name, kind in aside.schema().items() if name not in found.columns}
    said = {name: ibis.null("string") for name in ("text", "reason")}
    columns = [*aside.columns, *said]
    return aside.mutate(**said).select(columns).union(found.mutate(**empty).select(columns))


def _blocks(rows: ibis.Table) -> Iterator[pa.Table]:
    """Rows in blocks; DuckDB is asked by a cursor of its own, so that other questions may come between."""
    backend = rows.get_backend()
    with backend.con.cursor() as cursor:
        for batch in cursor.sql(backend.compile(rows)).to_arrow_reader(BLOCK):
            yield pa.Table.from_batches([batch])


def _list_block(rows: Rows, block: pa.Table) -> pd.DataFrame:
    found = []
    for part in pc.unique(block["part"]).to_pylist():
        here = block.filter(pc.equal(block["part"], part))
        listed = _list_part(rows, here)
        found.append(listed.assign(file=rows.lines.files[part - 1]) if len(rows.lines.files) > 1 else listed)
    return pd.concat(found, ignore_index=True) if found else empty_aside(rows)


def empty_aside(rows: Rows) -> pd.DataFrame:
    """No row set aside."""
    empty = pd.DataFrame(columns=REJECTED, dtype="str").astype({"line": "int64"})
    return empty.assign(file=pd.Series(dtype="str")) if len(rows.lines.files) > 1 else empty


def _list_part(rows: Rows, block: pa.Table) -> pd.DataFrame:
    misfits = []
    if rows.lines.n_misfits:
        lines = block.filter(block["reason"].is_valid())
        misfits = list(map(Misfit, *(lines[name].to_pylist() for name in ("row", "text", "reason"))))
        block = block.filter(block["reason"].is_null())
    cells = {place: block[f"cell{place}"] for place in rows.used.values()}
    problems = {name: block[f"p{number}"].to_numpy() for number, name in enumerate(rows.problems)}
    parsed = {
        name: Parsed(pa.chunked_array([], pa.string()), problems[name].astype(np.int32), column.reasons, [])
        for name, column in rows.columns.items()
    }
    nothing = pa.chunked_array([pa.nulls(len(block), pa.large_string())])
    others = {
        name: Parsed(
            nothing if name == WHOLE_ROW else to_text(cells[rows.used[name]]),
            problems[name].astype(np.int32),
            [reason_said(name)],
            [],
        )
        for name in rows.others
    }
    raw = Raw(
        **by_name(cells, rows.places),
        lines=block["row"].to_numpy(),
        row_hash=np.array([], np.uint64),
        misfits=misfits,
        mapping=used_names(rows.lines.names, rows.places),
        names=rows.lines.names,
        notes=[],
    )
    return list_rejected(raw, rows.table, parsed, others)
