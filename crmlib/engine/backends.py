"""Ibis tables that stay where they are: their backend, their types checked, their bad lines told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.compute as pc
from ibis.common.exceptions import OperationNotDefinedError, UnsupportedOperationError

from crmlib.engine.database import ask_kept
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
def in_place(table: ibis.Table, also: Sequence[str] = ()) -> Iterator[tuple[ibis.Table, Run]]:
    """A table where it is, with its columns checked, and what runs an expression there."""
    with backend_of(table) as backend:
        yield canonical(table, also), partial(run_there, backend)


def run_there(backend: ibis.BaseBackend, expression: ibis.Expr) -> pa.Table:
    """What a backend answers, as Arrow; a ValueError where it has no word for what is asked."""
    try:
        if backend.name == "pyspark":
            return _run_on_spark(backend, expression)
        if backend.name == "duckdb":
            return ask_kept(backend.con, partial(backend.to_pyarrow, expression))
        return backend.to_pyarrow(expression)
    except (OperationNotDefinedError, UnsupportedOperationError) as error:
        raise ValueError(
            t(
                "{engine} must be able to answer this question; {error}. Copy the table into Parquet, where DuckDB"
                " answers it, or ask another engine.",
                engine=backend.name,
                error=str(error).rstrip("."),
            )
        ) from error
    except Exception as error:
        # The errors of psycopg, which need not be installed, are known by their module.
        if not (isinstance(error, pa.ArrowException) or type(error).__module__.startswith("psycopg")):
            raise
        raise ValueError(
            t(
                "{engine} must hand out the columns of the table; {error}. May this user read it? What has no"
                " plain type or value (money, infinite days, NaN among decimals) must be cast or left out in a view.",
                engine=backend.name,
                error=str(error).strip().partition("\n")[0].rstrip("."),
            )
        ) from error


def _run_on_spark(backend: ibis.BaseBackend, expression: ibis.Expr) -> pa.Table:
    """Ibis takes what Spark answers through pandas, decimals as objects; Spark 4 hands Arrow out itself."""
    if expression.op().find(ops.InMemoryTable) or not hasattr(backend.raw_sql("SELECT 1"), "toArrow"):
        return backend.to_pyarrow(expression)
    found = backend.raw_sql(backend.compile(expression)).toArrow()
    # Wall times of the session's zone, as Ibis takes Spark's timestamps to be.
    columns = [pc.local_timestamp(column) if getattr(column.type, "tz", None) else column for column in found.columns]
    return pa.table(columns, names=found.column_names)


def canonical(table: ibis.Table, also: Sequence[str] = ()) -> ibis.Table:
    """The needed columns of transactions, and those named besides; types checked, times in local wall time.

    Raises
    ------
    ValueError
        A column is missing or of the wrong type.
    """
    check_columns(table, TRANSACTIONS)
    lines = table.select([name for name in dict.fromkeys((*NEEDED, *also)) if name in table.columns])
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
