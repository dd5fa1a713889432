"""Opens transactions wherever they are: a DataFrame, a file or an Ibis table.

`opened` gives an Ibis table with the canonical columns and types, and a function that runs
an expression on it and returns Arrow. What is not an Ibis table is read by DuckDB, in memory, for
as long as the `with` lasts: two calls see nothing of each other, and a file has a DuckDB of its own.
"""

from __future__ import annotations

import csv
import glob
import gzip
import numbers
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import duckdb
import ibis
import ibis.backends.sql.compilers
import ibis.expr.operations as ops
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crmlib.engine.backends import NEEDED, Run, canonical, in_place, read_it
from crmlib.engine.database import connected, fit_memory, limited, short_of_memory
from crmlib.language import t
from crmlib.tables import TRANSACTIONS, check_columns

# Nothing is sniffed: a wrong guess about quotes swallows lines without a word.
CSV_DIALECT = (
    "auto_detect=false, header=true, delim=',', quote='\"', escape='\"', encoding='utf-8', "
    "strict_mode=true, null_padding=false, ignore_errors=false"
)
CSV_TYPES = {"order_date": "TIMESTAMP", "amount": "DOUBLE", "cost": "DOUBLE"}


@contextmanager
def opened(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, also: Sequence[str] = ()
) -> Iterator[tuple[ibis.Table, Run]]:
    """Open transactions for reading: a canonical Ibis table, and what runs an expression on it.

    Ibis tables stay where they are and are run by their own backend, which stays open. `also` are further columns
    to take along, such as those of one's own.

    Raises
    ------
    ValueError
        The path leads nowhere or cannot be read; a column is missing or of the wrong type.
    TypeError
        transactions is none of the three.

    Examples
    --------
    >>> day = pd.to_datetime("2024-01-01")
    >>> lines = pd.DataFrame({"customer_id": ["a"], "order_date": [day], "amount": [1.5]})
    >>> with opened(lines) as (table, run):
    ...     print(table.columns, run(table.amount.sum().as_table()).to_pylist())
    ('customer_id', 'order_date', 'amount') [{'Sum(amount)': 1.5}]
    """
    if isinstance(transactions, ibis.Table):
        with in_place(transactions, also) as there:
            yield there
    elif isinstance(transactions, (pd.DataFrame, str, Path)):
        is_frame = isinstance(transactions, pd.DataFrame)
        with connected() if is_frame else limited() as connection:
            if is_frame:
                connection.register("transactions", _to_arrow(transactions, also))
            else:
                _attach_path(connection, transactions, also)
            schema = connection.sql("FROM transactions LIMIT 0").to_arrow_table().schema
            table = ibis.table(ibis.Schema.from_pyarrow(schema), name="transactions")

            def run(expression: ibis.Expr) -> pa.Table:
                try:
                    return connection.sql(_compile(expression.op())).to_arrow_table()
                except duckdb.OutOfMemoryException as error:
                    raise short_of_memory(connection) from error

            yield canonical(table, also), run
    else:
        raise TypeError(
            t(
                "transactions must be a pandas DataFrame, a path or an Ibis table; got {kind}. Make it a DataFrame"
                " first, for instance with .to_pandas().",
                kind=type(transactions).__name__,
            )
        )


@lru_cache(maxsize=1000)
def _compile(asked: ops.Node) -> str:
    """As SQL, once: the same is asked of period after period, and to compile it takes longer than a small table."""
    # Compiled here and not run through an Ibis backend, which takes a second to import.
    # (-0.0 is the question of 0.0, as it is the same number.)
    return str(ibis.to_sql(asked.to_expr(), dialect="duckdb", pretty=False))


# --- a DataFrame --------------------------------------------------------------------------------


def _to_arrow(frame: pd.DataFrame, also: Sequence[str] = ()) -> pa.Table:
    # DuckDB reads Arrow in less time than pandas, and most columns of pandas are Arrow or
    # numpy arrays already: nothing is copied.
    check_columns(frame, TRANSACTIONS)
    columns = {}
    for name in NEEDED:
        if name in frame.columns:
            column = frame[name]
            columns[name] = _dates(column) if name == "order_date" else _values(column)
    for name in also:
        if name in frame.columns:
            columns[name] = _kinds(frame[name])
    return pa.table(columns)


def _kinds(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    """A column of one's own: what it is, or, where that is of several types, its text."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    try:
        values = pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        values = pa.array([None if pd.isna(value) else str(value) for value in column], pa.large_string())
    return values.cast(pa.large_string()) if pa.types.is_null(values.type) else values


def _values(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    try:
        values = pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        present = column[column.notna()]
        kinds = sorted({type(value).__name__ for value in present})
        is_id = column.name in ("customer_id", "order_id")
        if not is_id or not all(isinstance(value, (str, numbers.Integral)) for value in present):
            raise ValueError(
                t(
                    "{name} must be {wanted}; it holds {kinds}. Convert the column to one type first.",
                    name=column.name,
                    wanted=t("text or whole numbers") if is_id else t("numbers"),
                    kinds=", ".join(kinds),
                )
            ) from error
        # Ids typed now as text, now as numbers, as spreadsheets do: text says the same.
        values = pa.array([None if pd.isna(value) else str(value) for value in column], pa.large_string())
    if values.type == pa.float16():
        values = values.cast(pa.float32())
    if pa.types.is_null(values.type):  # nothing in it: a type, so that the missing can be counted
        return values.cast(pa.float64() if column.name in ("amount", "cost") else pa.large_string())
    return values


def _dates(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    if column.dtype.kind not in "MOUT" and not pd.api.types.is_string_dtype(column):
        raise ValueError(
            t(
                "order_date must be dates or timestamps; it is {kind}, for example {examples}. Parse it first, for"
                " instance with pd.to_datetime(..., format=...).",
                kind=column.dtype,
                examples=column.dropna().head(1).tolist(),
            )
        )
    if not pd.api.types.is_datetime64_any_dtype(column):
        try:
            # Year first only: 01/02/2024 is two days, and a guess takes one without saying so.
            column = pd.to_datetime(column, format="ISO8601")
        except (ValueError, TypeError) as error:
            raise ValueError(
                t(
                    "order_date must be dates, or text with the year first (2024-12-31); {error}. Parse it first with "
                    "pd.to_datetime(transactions['order_date'], format=...).",
                    error=_one_line(error),
                )
            ) from error
    values = pa.array(column, from_pandas=True)
    if getattr(values.type, "tz", None) is not None:
        values = pa.array(column.dt.tz_localize(None), from_pandas=True)
    if values.type == pa.timestamp("ns"):  # DuckDB would round the last nanosecond of a day into the next
        values = pc.floor_temporal(values, unit="microsecond").cast(pa.timestamp("us"))
    return values


# --- a path -------------------------------------------------------------------------------------


def _attach_path(connection: duckdb.DuckDBPyConnection, path: str | Path, also: Sequence[str]) -> None:
    """Make the file or files at the path known to DuckDB as `transactions`."""
    place = Path(path).expanduser()
    if place.is_dir():
        # Spark and others put files of their own beside the data, marked by _ or a dot.
        files = sorted(file for file in place.rglob("*.parquet") if not file.name.startswith(("_", ".")))
        if not files:
            said = t("a folder of transactions must hold .parquet files; {path!r} holds none.", path=str(path))
            raise ValueError(said)
    elif place.exists():
        files = [place]
    else:
        files = sorted(Path(file) for file in glob.glob(str(place), recursive=True))
        if not files:
            raise ValueError(
                t("there must be a file or folder at {path!r}; there is none. Look up the path.", path=str(path))
            )
    names = {file.name.lower() for file in files}
    try:
        if all(name.endswith(".parquet") for name in names):
            _attach_parquet(connection, files, also)
        elif len(files) == 1 and all(name.endswith((".csv", ".csv.gz")) for name in names):
            _attach_csv(connection, files[0], also)
        else:
            raise ValueError(
                t(
                    "transactions must be one .csv or .csv.gz file, or .parquet files; {path!r} leads to {names}. Read"
                    " it with pandas or intake first.",
                    path=str(path),
                    names=sorted(names)[:3],
                )
            )
    except (duckdb.Error, pa.ArrowException, csv.Error, UnicodeDecodeError, OSError) as error:
        raise ValueError(
            t(
                "{file} must be readable as transactions; {error}. If it is a table with other conventions, {read_it}.",
                file=files[0].name,
                error=_one_line(error),
                read_it=read_it(),
            )
        ) from error


def _attach_parquet(connection: duckdb.DuckDBPyConnection, files: list[Path], also: Sequence[str]) -> None:
    names, dates, kinds, floats, n_lines = set(), set(), set(), set(), 0
    for file in files:
        metadata = pq.read_metadata(file)
        n_lines += metadata.num_rows
        schema = metadata.schema.to_arrow_schema()
        kinds.add(str(schema.remove_metadata()))
        try:
            check_columns(pd.DataFrame(columns=schema.names), TRANSACTIONS)
        except ValueError as error:
            raise ValueError(f"{file.name}: {error}") from None
        names.update(schema.names)
        floats.update(field.name for field in schema if pa.types.is_floating(field.type))
        dates.add(schema.field("order_date").type)
    zones = {getattr(kind, "tz", None) for kind in dates}
    if len(zones) > 1:
        raise ValueError(
            t("order_date must be in one time zone in all files; found {zones}.", zones=sorted(map(str, zones)))
        )
    zone = zones.pop()
    order_date = _wall_time(zone) if zone else "order_date"
    if any(getattr(kind, "unit", None) == "ns" for kind in dates):
        # Down to microseconds: DuckDB would round the last nanosecond of a day into the next.
        order_date = f"make_timestamp(epoch_ns({order_date}) // 1000)"
    wanted = dict.fromkeys(name for name in (*NEEDED, *also) if name in names and name != "order_date")
    # Of floats, DuckDB 2.0 believes what Parquet notes of their largest, which leaves NaN out; what stands behind TRY
    # it looks at.
    columns = [f"TRY({_named(name)}) AS {_named(name)}" if name in floats else _named(name) for name in wanted]
    columns.append(f"{order_date} AS order_date")
    listed = ", ".join(_quoted(str(file)) for file in files)
    fit_memory(connection, n_lines)
    # Where all files are alike they need not be united by name, and counts are read off their metadata.
    connection.sql(
        f"CREATE VIEW transactions AS SELECT {', '.join(columns)} "
        f"FROM read_parquet([{listed}], union_by_name = {len(kinds) > 1})"
    )


def _wall_time(zone: str) -> str:
    offset = re.fullmatch(r"([+-])(\d\d):(\d\d)", zone)
    if offset is None:
        return f"order_date AT TIME ZONE {_quoted(zone)}"
    sign, hours, minutes = offset.groups()
    return f"(order_date AT TIME ZONE 'UTC' {sign} INTERVAL '{int(hours) * 60 + int(minutes)} minutes')"


def _attach_csv(connection: duckdb.DuckDBPyConnection, file: Path, also: Sequence[str]) -> None:
    is_zipped = file.name.lower().endswith(".gz")
    with (gzip.open if is_zipped else open)(file, "rt", encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines), [])
    try:
        check_columns(pd.DataFrame(columns=header), TRANSACTIONS)
    except ValueError as error:
        raise ValueError(
            t("{file}: {error} Or {read_it} and finds the delimiter.", file=file.name, error=error, read_it=read_it())
        ) from None
    # Every column is named and, but for dates and money, text: so 007 stays 007.
    kept = (*NEEDED, *also)
    names = [name if name in kept else f"column {number}" for number, name in enumerate(header)]
    types = ", ".join(f"{_quoted(name)}: {_quoted(CSV_TYPES.get(name, 'VARCHAR'))}" for name in names)
    columns = ", ".join(_named(name) for name in kept if name in header)
    # A table, not a view: the file is parsed once for all that is asked of it.
    connection.sql(
        f"CREATE TABLE transactions AS SELECT {columns} "
        f"FROM read_csv({_quoted(str(file))}, columns = {{{types}}}, {CSV_DIALECT})"
    )


def _named(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _one_line(error: Exception) -> str:
    """What a library says, without its advice on its own options."""
    advice = r"\n\s*(?:Possible|Column \S+ is being|file = )|\. You might|\. Pass utc"
    said = re.split(advice, str(error).strip())[0]
    return re.sub(r"\s+", " ", said).rstrip(". ")
