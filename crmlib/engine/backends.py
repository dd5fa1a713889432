"""Ibis tables that stay where they are: their backend, their types checked, their bad lines told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.language import t
from crmlib.tables import TRANSACTIONS, check_columns

Run = Callable[[ibis.Expr], pa.Table]
NEEDED = ("customer_id", "order_date", "amount", "order_id", "cost")


@contextmanager
def backend_of(table: ibis.Table):
    if table.op().find(ops.UnboundTable):
        raise ValueError(
            t(
                "transactions must be a table that data stand behind; this Ibis table is bound to no backend. Take it"
                " from a connection (connection.table(...)), or compile customers.summary_expression."
            )
        )
    if table.op().find(ops.InMemoryTable) and not table.op().find(ops.DatabaseTable):
        # Asked for its backend, a memtable would start Ibis' default one and leave it behind.
        backend = ibis.duckdb.connect()
        try:
            yield backend
        finally:
            backend.disconnect()
    else:
        yield table.get_backend()


@contextmanager
def in_place(table: ibis.Table) -> Iterator[tuple[ibis.Table, Run]]:
    """A table where it is, with its columns checked, and what runs an expression there."""
    with backend_of(table) as backend:
        if backend.name == "pyspark":
            yield canonical(_wall_times(backend, table)), lambda expression: _run_on_spark(backend, expression)
        else:
            yield canonical(table), backend.to_pyarrow


ZONE = "spark.sql.session.timeZone"


@ibis.udf.scalar.builtin
def from_utc_timestamp(moment: dt.timestamp, zone: str) -> dt.timestamp:
    """Spark's own: the wall time of a zone, as if it were that of UTC."""


def _wall_times(backend: ibis.BaseBackend, table: ibis.Table) -> ibis.Table:
    """Moments as the wall time of the session's zone; to Ibis they look like wall times already."""
    zone = backend._session.conf.get(ZONE)
    if zone == "UTC" or "order_date" not in table.columns:
        return table
    kind = backend.raw_sql(backend.compile(table.select("order_date"))).schema["order_date"].dataType.typeName()
    return table.mutate(order_date=from_utc_timestamp(table.order_date, zone)) if kind == "timestamp" else table


def _run_on_spark(backend: ibis.BaseBackend, expression: ibis.Expr) -> pa.Table:
    session = backend._session
    zone = session.conf.get(ZONE)
    # Spark turns wall times and dates into moments where it compares or subtracts them: right only where no hour is
    # missing, which is where midnight may be.
    session.conf.set(ZONE, "UTC")
    try:
        if expression.op().find(ops.InMemoryTable) or not hasattr(session.range(0), "toArrow"):
            return backend.to_pyarrow(expression)
        # Ibis takes what Spark answers through pandas, decimals as objects; Spark 4 hands Arrow out itself.
        return _without_zone(backend.raw_sql(backend.compile(expression)).toArrow())
    finally:
        session.conf.set(ZONE, zone)


def _without_zone(found: pa.Table) -> pa.Table:
    columns = [pc.local_timestamp(column) if getattr(column.type, "tz", None) else column for column in found.columns]
    return pa.table(columns, names=found.column_names)


def canonical(table: ibis.Table) -> ibis.Table:
    """The needed columns of transactions, their types checked, times in local wall time.

    Raises
    ------
    ValueError
        A column is missing or of the wrong type.
    """
    check_columns(table, TRANSACTIONS)
    lines = table.select([name for name in NEEDED if name in table.columns])
    kinds = lines.schema()
    kind = kinds["customer_id"]
    is_number = kind.is_integer() or kind.is_floating() or kind.is_decimal()
    if not (kind.is_string() or kind.is_uuid() or is_number):
        raise ValueError(
            t("customer_id must be text or whole numbers; it is {kind}. Turn it into text first.", kind=kind)
        )
    kind = kinds["order_date"]
    if not (kind.is_timestamp() or kind.is_date()):
        raise ValueError(
            t(
                "order_date must be dates or timestamps; it is {kind}. Parse it first, for instance with"
                " pd.to_datetime(..., format=...), or {read_it}.",
                kind=kind,
                read_it=read_it(),
            )
        )
    for name in ("amount", "cost"):
        kind = kinds.get(name)
        if kind is not None and not (kind.is_integer() or kind.is_floating() or kind.is_decimal()):
            raise ValueError(
                t(
                    "{name} must be numbers; it is {kind}. Convert it first, for instance with pd.to_numeric(...), or"
                    " {read_it}.",
                    name=name,
                    kind=kind,
                    read_it=read_it(),
                )
            )
        # Arithmetic in 32 bits would lose cents.
        if kind is not None and kind.is_floating() and kind.nbytes < 8:
            lines = lines.mutate(**{name: lines[name].cast("float64")})
    if kinds["order_date"].is_timestamp() and kinds["order_date"].timezone is not None:
        lines = lines.mutate(order_date=lines.order_date.cast("timestamp"))
    return lines


def read_it() -> str:
    """What to do about rows that an engine cannot use."""
    return t("read the file with intake.read_transactions, which sets such rows aside")


def refuse(lines, run: Run, bad, must: str, mend: str) -> None:
    """Say how many lines are bad, and show the first."""
    found = run(lines.aggregate(n=lines.count(), bad=lines.count(where=bad))).to_pylist()[0]
    rows = run(lines.filter(bad).limit(1)).to_pylist()
    if not rows:
        # DuckDB 2.0 looks for NaN in the statistics of Parquet, which leave it out; but it does count it.
        rows = run(lines.aggregate(customer_id=lines.customer_id.max(where=bad))).to_pylist()
    example = ", ".join(f"{name} {value if value is None else str(value)!r}" for name, value in rows[0].items())
    raise ValueError(
        t(
            "{must}; {n_bad:,} of {n:,} have none, for example: {example}. {mend}.",
            must=must,
            n_bad=found["bad"],
            n=found["n"],
            example=example,
            mend=mend.capitalize(),
        )
    )
