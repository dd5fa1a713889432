"""Rows that stay where they are: large Parquet, read by DuckDB, or a table of a database, by way of Ibis.

A column is known by its place: c0, c1 ... are the file's. What differs from what stands there, a cell with spaces
around it, a word for nobody, is found out here, of each different cell once, by the rules for small files; the engine
is handed only those cells, as a table to join (v0 their values, p0 the number of the reason to set them aside).
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import NamedTuple

import ibis
import numpy as np
import pyarrow as pa

from crmlib.engine.backends import run_there
from crmlib.engine.database import fit_memory, keep_limited
from crmlib.intake.several import Alike
from crmlib.language import number, t

_numbers = itertools.count(1)
PLACE = "crmlib: where the row stands"  # no column of anybody's
OF_A_PART = 2**40  # more rows than a part has
MOST_SAID = 1_000  # cells that may stand in a question to a database, where no table may be made


class Form(NamedTuple):
    """What rows have that stood in a text: lines, some of which are no rows."""

    encoding: str
    delimiter: str
    notes: list[str]
    misfits: dict[str, int]  # how many lines are no rows, by reason; they stand in a table `misfits`


class NotThere(ValueError):
    """What cannot be done where rows stay where they are, but could in memory."""


class Lines(NamedTuple):
    """Rows that stay where they are."""

    table: ibis.Table  # c0, c1 ...; of files also part and row, where each row stands, and row_hash
    names: list[str]  # of the columns, by place
    files: list[str]  # what the parts are called; none of a database
    source: str = ""  # of files: the view that has their columns as they are
    said: tuple[str, ...] = ()  # a sentence on each thing that was done to the rows
    form: Form | None = None  # of texts; then `row` is the line in which a row begins

    @property
    def is_local(self) -> bool:
        """Are they files here, in which places can be told and tables joined?"""
        return bool(self.files)

    @property
    def position(self) -> ibis.IntegerValue:
        """Where a row stands; of a database, nowhere."""
        return self.table.part.cast("int64") * OF_A_PART + self.table.row if self.is_local else ibis.literal(0)

    @property
    def has_lines(self) -> bool:
        return self.form is not None

    @property
    def n_misfits(self) -> int:
        return sum(self.form.misfits.values()) if self.form else 0

    def run(self, expression: ibis.Expr) -> pa.Table:
        """The answer to a question about the rows."""
        return run_there(self.table.get_backend(), expression)


class Changed(NamedTuple):
    """The cells of a column that mean something else than they say, each once."""

    place: int
    column: str  # of ours
    cells: pa.Array
    values: pa.Array
    problem: np.ndarray

    def called(self, part: str) -> str:
        """What a column of these is called: k the cells, v their values, p their problems."""
        return f"{part}{self.place}_{self.column}"


def start_engine(n_rows: int) -> ibis.BaseBackend:
    """A DuckDB that keeps within its memory, open as long as the process lives."""
    connection = keep_limited()
    fit_memory(connection, n_rows)
    return ibis.duckdb.from_connection(connection)


def open_parquet(backend: ibis.BaseBackend, alike: Alike, called: list[str], *, among: list[Path]) -> Lines:
    """The rows of Parquet files that are alike, `among` all parts of a table, which are `called` so.

    Raises
    ------
    ValueError
        Names of columns differ in capitals only, which DuckDB cannot tell apart, or are its own.
    """
    files, schema = alike
    names = [name.strip() for name in schema.names]
    _refuse_names(names, schema)
    every = ", ".join(named(name) for name in schema.names)
    read = ", ".join(f"{_read(field)} AS c{place}" for place, field in enumerate(schema))
    part = f"list_position([{', '.join(_quoted(str(file)) for file in among)}], filename)"
    source = (
        f"read_parquet([{', '.join(_quoted(str(file)) for file in files)}], union_by_name = {len(files) > 1},"
        " hive_partitioning = false, file_row_number = true, filename = true)"
    )
    own, view = f"as_they_are_{next(_numbers)}", f"lines_{next(_numbers)}"
    where = f"{part} AS part, file_row_number + 1 AS row"
    backend.con.sql(
        f"CREATE VIEW {own} AS SELECT {every}, {part} * {OF_A_PART} + file_row_number + 1 AS {named(PLACE)}"
        f" FROM {source}"
    )
    # An empty list has the number of none; as texts they are two.
    nested = [f"{named(field.name)}::VARCHAR" for field in schema if pa.types.is_nested(field.type)]
    hashed = ", ".join([every, *nested])
    backend.con.sql(f"CREATE VIEW {view} AS SELECT {read}, hash({hashed}) AS row_hash, {where} FROM {source}")
    return Lines(backend.table(view), names, called, own)


def _refuse_names(names: list[str], schema: pa.Schema) -> None:
    if len({name.casefold() for name in schema.names}) < len(names):
        raise ValueError(
            t(
                "the columns of a large file must differ in more than capitals, for DuckDB reads it; found {names}."
                " Rename them in the file.",
                names=names,
            )
        )
    if own := {"file_row_number", "filename"} & {name.casefold() for name in schema.names}:
        raise ValueError(
            t(
                "the columns of a large file must not be called {names}, which DuckDB calls its own so. Rename them"
                " in the file.",
                names=", ".join(sorted(own)),
            )
        )


def open_spooled(rows: list[Path], misfits: list[Path], called: list[str], names: list[str], n_rows: int) -> Lines:
    """The rows of texts that were spooled (`spool`), as `open_parquet` opens those of Parquet; without their form."""
    backend = start_engine(n_rows)
    part, source = _listed(rows)
    every = ", ".join(f'"{place}"' for place in range(len(names)))
    columns = ", ".join(f'"{place}" AS c{place}' for place in range(len(names)))
    backend.con.sql(f"CREATE VIEW lines AS SELECT {columns}, row_hash, {part} AS part, line AS row FROM {source}")
    where = f"{part} * {OF_A_PART} + line AS {named(PLACE)}"
    backend.con.sql(f"CREATE VIEW as_they_are AS SELECT {every}, line, {where} FROM {source}")
    part, source = _listed(misfits)
    backend.con.sql(f"CREATE TABLE misfits AS SELECT {part} AS part, line AS row, text, reason FROM {source}")
    return Lines(backend.table("lines"), names, called, "as_they_are")


def _listed(files: list[Path]) -> tuple[str, str]:
    """Files in DuckDB's words, as one table, and which of them a row is in."""
    listed = ", ".join(_quoted(str(file)) for file in files)
    return f"list_position([{listed}], filename)", f"read_parquet([{listed}], filename = true)"


def fetch_rows(lines: Lines, positions: list[int]) -> pa.Table:
    """Some rows of files as they are, with the names and types they have there."""
    wanted = ", ".join(str(int(position)) for position in positions)
    return _fetch(lines, f"{named(PLACE)} IN ({wanted})")


def fetch_every(lines: Lines, step: int, most: int) -> pa.Table:
    """At most so many rows, evenly from all over files."""
    return _fetch(lines, f"{named(PLACE)} % {OF_A_PART} % {step} = {1 % step}").slice(0, most)


def _fetch(lines: Lines, condition: str) -> pa.Table:
    name = named(PLACE)
    found = lines.table.get_backend().con.sql(f"FROM {lines.source} WHERE {condition} ORDER BY {name}")
    return found.to_arrow_table().drop_columns([PLACE])


def _read(field: pa.Field) -> str:
    """A column in DuckDB's words, as a small file would be read."""
    name, kind = named(field.name), field.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        return f"CAST(CAST({name} AS VARCHAR) AS DOUBLE)"  # 19.99 in 32 bits is 19.989999771...
    if pa.types.is_float64(kind):
        # The least and largest of a group of rows say nothing of NaN, and DuckDB 2.0 takes it that there is none: of
        # a column of a file `isnan` is false without a look at it. What stands behind TRY it looks at.
        return f"TRY({name})"
    if pa.types.is_timestamp(kind):
        read = _wall_time(name, kind.tz) if kind.tz else name
        # Down to microseconds: DuckDB would round the last nanosecond of a day into the next.
        if kind.unit == "ns":
            return f"make_timestamp(epoch_ns({read}) // 1000)"
        return f"CAST({read} AS {'TIMESTAMP_MS' if kind.unit == 'ms' and not kind.tz else 'TIMESTAMP'})"
    if pa.types.is_time(kind):
        return f"CAST({name} AS TIME)"
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return f"decode({name})"
    return name


def _wall_time(name: str, zone: str) -> str:
    offset = re.fullmatch(r"([+-])(\d\d):(\d\d)", zone)
    if offset is None:
        return f"({name} AT TIME ZONE {_quoted(zone)})"
    sign, hours, minutes = offset.groups()
    return f"(({name} AT TIME ZONE 'UTC') {sign} INTERVAL '{int(hours) * 60 + int(minutes)} minutes')"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A name in the words of DuckDB."""
    return '"' + name.replace('"', '""') + '"'


def cell_of(table: ibis.Table, place: int) -> ibis.Value:
    """A column as text."""
    column = table[f"c{place}"]
    if column.type().is_floating():  # 7.0 is customer 7
        return ibis.cases((column.isnan(), ibis.null("int64")), else_=column.cast("int64")).cast("string")
    if column.type().is_decimal():
        return column.cast("decimal(38, 0)").cast("string")
    return column if column.type().is_string() else column.cast("string")


def join_changed(lines: Lines, changes: list[Changed]) -> Lines:
    """The rows, with v and p of each column of which some cells mean something else.

    Raises
    ------
    ValueError
        They are too many to be said to a database.
    """
    table = lines.table
    for one in changes:
        table = _joined(lines, table, one) if lines.is_local else _said(lines, table, one)
    return lines._replace(table=table)


def _joined(lines: Lines, table: ibis.Table, one: Changed) -> ibis.Table:
    key = one.called("k")
    columns = {key: one.cells, one.called("v"): one.values, one.called("p"): pa.array(one.problem)}
    known = make_table(lines, pa.table(columns))
    return table.left_join(known, cell_of(table, one.place) == known[key]).drop(key)


def make_table(lines: Lines, rows: pa.Table) -> ibis.Table:
    """A table beside the rows, in the same DuckDB."""
    backend, name = lines.table.get_backend(), f"beside_{next(_numbers)}"
    backend.con.register("arrow_rows", rows)
    backend.con.sql(f"CREATE TABLE {name} AS FROM arrow_rows")
    backend.con.unregister("arrow_rows")
    return backend.table(name)


def create_table(lines: Lines, rows: ibis.Table) -> ibis.Table:
    """A table beside the rows with the answer to a question about them, which never leaves that DuckDB."""
    return lines.table.get_backend().create_table(f"beside_{next(_numbers)}", rows)


def create_view(lines: Lines, question: str) -> ibis.Table:
    """A view beside the rows, said in the words of DuckDB."""
    backend, name = lines.table.get_backend(), f"beside_{next(_numbers)}"
    backend.con.sql(f"CREATE VIEW {name} AS {question}")
    return backend.table(name)


def _said(lines: Lines, table: ibis.Table, one: Changed) -> ibis.Table:
    if len(one.cells) > MOST_SAID:
        raise ValueError(
            t(
                "the cells of a column in a database must mean what they say, but for some; {n} different ones of"
                " {column} do not, such as {example!r}. Mend them in a view, and name that as the table.",
                n=number(len(one.cells)),
                column=lines.names[one.place],
                example=f"{one.cells[0].as_py()[:1]}***",
            )
        )
    cell = cell_of(table, one.place)
    trios = list(zip(one.cells.to_pylist(), one.values.to_pylist(), one.problem.tolist(), strict=True))
    kind = ibis.dtype("string")
    values = [(cell == text, ibis.null(kind) if value is None else ibis.literal(value)) for text, value, _ in trios]
    problems = [(cell == text, ibis.literal(problem)) for text, _, problem in trios]
    return table.mutate(
        **{
            one.called("v"): ibis.cases(*values, else_=ibis.null(kind)),
            one.called("p"): ibis.cases(*problems, else_=ibis.null("int64")),
        }
    )
