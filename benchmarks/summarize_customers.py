"""summarize_customers against SQL written by hand, polars and pandas: CPU time and memory, by the length of the log.

    python benchmarks/summarize_customers.py                                   1 and 10 million lines
    python benchmarks/summarize_customers.py --lines 100000000 --memory 3GB    100 million, also within a limit
    python benchmarks/summarize_customers.py --polars build/polars/bin/python  and polars, which is no part of the kit:
        python -m venv build/polars && build/polars/bin/pip install polars pyarrow pandas

All ways answer the same question; their answers are compared: SQL's and ours to the last bit, the others' to the cent.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import version

import measure
from logs import AS_OF, find_log, load_engine

SQL_BY_HAND = "DuckDB, SQL by hand"
OURS = "crmlib"
OURS_FRAME = "crmlib, a DataFrame"
PANDAS = "pandas, groupby and agg"
POLARS = "polars"
FEW, BARE = 1_000_000, 0.15  # lines; GB of Python with what is imported
LARGEST_FRAME = 10_000_000  # lines; a DataFrame of more is nothing to have in a benchmark

# What an analyst would write who knows that floats do not add up.
SQL = """
SELECT
    customer_id,
    date_diff('day', max(order_date) FILTER (amount >= 0)::DATE, DATE '2023-12-31') AS recency_days,
    count(DISTINCT order_id) FILTER (amount >= 0) AS frequency,
    sum(round(amount * 100)::BIGINT) / 100 AS monetary,
    date_diff('day', min(order_date) FILTER (amount >= 0)::DATE, DATE '2023-12-31') AS tenure_days,
    min(order_date) FILTER (amount >= 0)::DATE AS first_order_date,
    max(order_date) FILTER (amount >= 0)::DATE AS last_order_date,
    (sum(round(amount * 100)::BIGINT) - sum(round(cost * 100)::BIGINT)) / 100 AS profit
FROM {source}
WHERE order_date < DATE '2024-01-01'
GROUP BY customer_id
ORDER BY customer_id
"""


def by_sql(path: str, memory: str | None, sql: str = SQL) -> object:
    """In a DuckDB as it starts, or within a limit, and what does not fit spilled beside the logs."""
    import duckdb

    connection = duckdb.connect(config={"temp_directory": str(measure.BUILD / "spill")})
    connection.sql("SET enable_progress_bar = false")
    if memory:
        connection.sql(f"SET memory_limit = '{memory}'")
    return connection.sql(sql.format(source=f"'{path}'")).df().set_index("customer_id")


def by_crmlib(log: object, memory: str | None) -> object:
    from crmlib.customers import summarize_customers

    return summarize_customers(log, as_of=AS_OF)  # its limit is CRMLIB_MEMORY


def by_pandas(path: str, memory: str | None) -> object:
    """As people write it: floats, the whole file in memory."""
    import pandas as pd

    log = pd.read_parquet(path)
    log = log[log["order_date"] < "2024-01-01"]
    orders = log[log["amount"] >= 0].groupby("customer_id")
    summary = log.groupby("customer_id").agg(monetary=("amount", "sum"), cost=("cost", "sum"))
    found = orders.agg(
        frequency=("order_id", "nunique"), first_order_date=("order_date", "min"), last_order_date=("order_date", "max")
    )
    return _finish(summary.join(found))


def by_polars(path: str, memory: str | None) -> object:
    """Lazily, by the streaming engine, in exact decimals; the answer a DataFrame, as of the others."""
    import datetime

    import polars as pl

    order = pl.col("amount") >= 0
    day = pl.col("order_date").filter(order)
    cents = {
        name: pl.col(column).round(2).cast(pl.Decimal(18, 2)).sum()
        for name, column in (("monetary", "amount"), ("cost", "cost"))
    }
    seen = pl.scan_parquet(path).filter(pl.col("order_date") < datetime.datetime(2024, 1, 1))
    grouped = seen.group_by("customer_id").agg(
        **cents,
        frequency=pl.col("order_id").filter(order).n_unique(),
        first_order_date=day.min().dt.date(),
        last_order_date=day.max().dt.date(),
    )
    money = [pl.col(name).cast(pl.Float64) for name in cents]
    summary = grouped.with_columns(money).sort("customer_id").collect(engine="streaming")
    return _finish(summary.to_pandas().set_index("customer_id"))


def _finish(summary: object) -> object:
    """Days since and profit, which all ways give."""
    import pandas as pd

    today = pd.Timestamp(AS_OF)
    for name in ("first_order_date", "last_order_date"):
        summary[name] = pd.to_datetime(summary[name]).dt.normalize()
    summary["recency_days"] = (today - summary["last_order_date"]).dt.days
    summary["tenure_days"] = (today - summary["first_order_date"]).dt.days
    summary["frequency"] = summary["frequency"].fillna(0)  # who has only refunds
    summary["profit"] = summary["monetary"] - summary["cost"]
    return summary.drop(columns="cost")


def measure_one(way: str, path: str, memory: str | None) -> dict:
    """CPU seconds of one summary, the peak memory of its process, and prints of its answer."""
    import pandas as pd

    functions = {SQL_BY_HAND: by_sql, OURS: by_crmlib, OURS_FRAME: by_crmlib, PANDAS: by_pandas, POLARS: by_polars}
    log = pd.read_parquet(path) if way == OURS_FRAME else path
    if way in (OURS, OURS_FRAME):
        load_engine()
    elif way != PANDAS:
        __import__("polars" if way == POLARS else "duckdb")
    with measure.spent() as found:
        summary = functions[way](log, memory)
    named = f"polars {version('polars')}, streaming" if way == POLARS else way
    return found | {"named": named, "exact": _print_of(summary, None), "cents": _print_of(summary, 100)}


def _print_of(summary: object, unit: int | None) -> str:
    """A fingerprint of all values, money to the last bit or in whole cents."""
    import numpy as np

    summary = summary.sort_index()
    found = hashlib.sha256("\n".join(summary.index).encode())
    for name in ("recency_days", "frequency", "tenure_days"):
        found.update(summary[name].astype("float64").to_numpy(na_value=-1).astype("int64").tobytes())
    for name in ("first_order_date", "last_order_date"):
        found.update(summary[name].astype("datetime64[s]").to_numpy().tobytes())
    for name in ("monetary", "profit"):
        money = summary[name].to_numpy("float64") + 0.0  # no zero below zero
        found.update((money if unit is None else np.rint(money * unit).astype("int64")).tobytes())
    return found.hexdigest()


def compare(found: dict) -> None:
    """Without equal answers there is nothing to compare."""
    limit = next(iter(found.values()))[0]
    for way, runs in found.items():
        kind = "exact" if way[0] in (SQL_BY_HAND, OURS, OURS_FRAME) else "cents"
        if any(run[kind] != limit[kind] for run in runs):
            raise SystemExit(f"{way} must answer as the SQL does; it does not: there is nothing to compare.")


def room() -> float:
    """GB of memory that are free now; without bound where the system does not tell."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    except (AttributeError, ValueError, OSError):
        return float("inf")


def find(options: object) -> tuple[list[dict], list[str]]:
    """Rows for each length of log."""
    rows, needed = [], {}
    others = ([POLARS] if options.polars else []) + [PANDAS]  # they have no limit that they keep
    for n_lines in sorted(options.lines):
        print(f"{n_lines:,} lines", file=sys.stderr)
        path = find_log(n_lines)
        ways = [(SQL_BY_HAND, None), (OURS, None)]
        ways += [(SQL_BY_HAND, options.memory), (OURS, options.memory)] if options.memory else []
        ways += [(OURS_FRAME, None)] if n_lines <= LARGEST_FRAME else []
        needs = {who: expect_need(who, n_lines, needed, options) for who in others}
        ways += [(who, None) for who in others if needs[who] < 0.8 * room()]

        found = measure.in_turns(ways, options.rounds, lambda way, path=path: measure_in_child(way, path, options))
        compare(found)
        for (_, memory), runs in found.items():
            named = runs[0]["named"] + (f", memory limit {memory}" if memory else "")
            rows.append(measure.row(named, n_lines, runs, found[SQL_BY_HAND, memory]))
        for who in others:
            if (who, None) in found:
                needed[who, n_lines] = max(run["peak"] or 0 for run in found[who, None])
            else:
                rows.append(measure.said(who, n_lines, f"not run: needs about {needs[who]:.0f} GB"))
    return rows, ["The answers are equal: crmlib's and the SQL's to the last bit, the others' to the cent."]


def measure_in_child(way: tuple[str, str | None], path: str, options: object) -> dict:
    """By the interpreter and within the limit that the way asks for."""
    who, memory = way
    python = options.polars if who == POLARS else None
    limit = {"CRMLIB_MEMORY": memory} if memory else {}
    return measure.child("summarize_customers.py", "measure_one", who, path, memory, python=python, **limit)


def expect_need(who: str, n_lines: int, needed: dict[tuple[str, int], float], options: object) -> float:
    """GB for so many lines, by what fewer took beyond Python itself; nothing is known of a short log."""
    if n_lines <= FEW:
        return 0.0
    known = [n for one, n in needed if one == who]
    if not known:
        known = [FEW]
        needed[who, FEW] = measure_in_child((who, None), find_log(FEW), options)["peak"] or 0
    return BARE + (needed[who, max(known)] - BARE) * n_lines / max(known)


def add(parser: object) -> None:
    measure.add_rounds(parser, [1_000_000, 10_000_000])
    parser.add_argument("--memory", help="measure within this limit as well, such as 3GB")
    parser.add_argument("--polars", help="the interpreter of an environment that has polars")


if __name__ == "__main__":
    measure.main(__doc__, "summarize", find, [measure_one], add)
