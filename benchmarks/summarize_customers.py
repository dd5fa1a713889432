"""summarize_customers against SQL written by hand: CPU time and memory, on ten million lines.

    python benchmarks/summarize_customers.py                  measure and print
    python benchmarks/summarize_customers.py --readme         and write the figures into README.md
    python benchmarks/summarize_customers.py --alternatives   other ways to count distinct orders

Every measurement is a process of its own, the two in turns, so that neither finds the other's
memory or a machine that has meanwhile become busy. The data is made once, from a seed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from figures import write_figures

try:
    import resource
except ImportError:  # Windows, where peak memory is left out
    resource = None

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "benchmarks"
SEED = 20240131
N_CUSTOMERS = 300_000
AS_OF = "2023-12-31"

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

MEASURES = """
    max(CASE WHEN amount >= 0 THEN order_date END) AS last, min(CASE WHEN amount >= 0 THEN order_date END) AS first,
    sum(amount::DECIMAL(18, 2)) AS monetary, sum(cost::DECIMAL(18, 2)) AS cost
"""
SEEN = "FROM {source} WHERE order_date < DATE '2024-01-01'"
# Counting distinct orders is most of the work. All of these are exact.
ALTERNATIVES = {
    "count(DISTINCT), as Ibis writes it": (
        f"""
        SELECT customer_id, count(DISTINCT order_id) FILTER (amount >= 0) AS frequency, {MEASURES} {SEEN}
        GROUP BY customer_id"""
    ),
    "the same, where days may be orders: one count of ids and days": (
        f"""
        SELECT customer_id, count(DISTINCT CASE WHEN order_id IS NULL THEN order_date::DATE::VARCHAR
            ELSE 'id ' || order_id END) FILTER (amount >= 0) AS frequency, {MEASURES} {SEEN}
        GROUP BY customer_id"""
    ),
    "the same by a second count(DISTINCT), of days where there is no order_id": (
        f"""
        SELECT customer_id, count(DISTINCT order_id) FILTER (amount >= 0)
            + count(DISTINCT order_date::DATE) FILTER (amount >= 0 AND order_id IS NULL) AS frequency, {MEASURES} {SEEN}
        GROUP BY customer_id"""
    ),
    "group by customer and order, then by customer": (
        f"""
        SELECT customer_id, count(last) AS frequency, max(last), min(first), sum(monetary), sum(cost)
        FROM (SELECT customer_id, order_id, {MEASURES} {SEEN} GROUP BY customer_id, order_id)
        GROUP BY customer_id"""
    ),
    "distinct pairs apart, then joined": (
        f"""
        SELECT * FROM (SELECT customer_id, {MEASURES} {SEEN} GROUP BY customer_id)
        LEFT JOIN (
            SELECT customer_id, count(*) AS frequency
            FROM (SELECT DISTINCT customer_id, order_id {SEEN} AND amount >= 0) GROUP BY customer_id
        ) USING (customer_id)"""
    ),
}


def make_log(path: Path, n_lines: int) -> None:
    """Three years of orders of one to many lines, customers of very unequal size, 3 % refunds."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = np.random.default_rng(SEED)
    weight = random.lognormal(0, 1.5, N_CUSTOMERS)
    n_in_order = random.geometric(1 / 3, n_lines)
    n_orders = int(np.searchsorted(np.cumsum(n_in_order), n_lines)) + 1
    order = np.repeat(np.arange(n_orders), n_in_order[:n_orders])[:n_lines]
    customer = random.choice(N_CUSTOMERS, n_orders, p=weight / weight.sum())
    seconds = np.sort(random.integers(0, 3 * 365 * 86_400, n_orders))
    amount = np.round(random.lognormal(3, 1, n_lines), 2)
    amount[random.random(n_lines) < 0.03] *= -1
    names = pa.array([f"C{number:07d}" for number in range(N_CUSTOMERS)])
    numbers = pa.array([f"SO{number:09d}" for number in range(n_orders)])
    log = pa.table(
        {
            "customer_id": names.take(pa.array(customer[order])),
            "order_date": pa.array((np.datetime64("2021-01-01", "s") + seconds)[order].astype("datetime64[us]")),
            "amount": amount,
            "order_id": numbers.take(pa.array(order)),
            "cost": np.round(amount * 0.6, 2),
        }
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(log, path.with_suffix(".tmp"), compression="zstd")
    os.replace(path.with_suffix(".tmp"), path)


def measure(way: str, source: str, path: Path) -> dict:
    """CPU seconds of one summary and of its whole process, and the peak memory."""
    import pandas as pd

    log = pd.read_parquet(path) if source == "DataFrame" else path
    if way == "crmlib":
        from crmlib.customers import summarize_customers

        start = time.process_time()
        summary = summarize_customers(log, as_of=AS_OF)
    else:
        import duckdb

        start = time.process_time()
        table = "log" if source == "DataFrame" else f"'{path.as_posix()}'"
        summary = duckdb.sql(ALTERNATIVES.get(way, SQL).format(source=table)).df().set_index("customer_id")
    end = time.process_time()
    peak = None
    if resource is not None:
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    return {"call": end - start, "process": end, "peak": peak, "n": len(summary)}


def compare(path: Path) -> int:
    """The two tables must be equal to the last bit, or there is nothing to compare."""
    import duckdb
    import pandas as pd

    from crmlib.customers import summarize_customers

    ours = summarize_customers(path, as_of=AS_OF)
    theirs = duckdb.sql(SQL.format(source=f"'{path.as_posix()}'")).df().set_index("customer_id")
    pd.testing.assert_frame_equal(ours, theirs.astype(ours.dtypes.to_dict()), check_exact=True)
    return len(ours)


def child(*arguments: str) -> dict:
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return json.loads(done.stdout.splitlines()[-1])


def measure_in_turns(ways: list[str], source: str, path: Path, n_rounds: int) -> list[dict]:
    rounds = []
    for number in range(n_rounds):
        print(f"{source}, round {number + 1} of {n_rounds}", file=sys.stderr)
        turn = ways[::-1] if number % 2 else ways
        rounds.append({way: child("--measure", way, source, str(path)) for way in turn})
    return rounds


def report_alternatives(path: Path, n_rounds: int) -> str:
    rounds = measure_in_turns(["sql", *ALTERNATIVES], "Parquet", path, n_rounds)
    rows = ["| counted by | CPU | peak memory |", "| --- | --- | --- |"]
    for way in ALTERNATIVES:
        cpu = statistics.median(once[way]["call"] / once["sql"]["call"] for once in rounds)
        peaks = [(once[way]["peak"], once["sql"]["peak"]) for once in rounds if once[way]["peak"]]
        peak = f"{statistics.median(one / sql for one, sql in peaks):.2f}" if peaks else "not measured"
        rows.append(f"| {way} | {cpu:.2f} | {peak} |")
    return "\n".join(rows)


def report(path: Path, n_rounds: int) -> str:
    rows = []
    for source in ("Parquet", "DataFrame"):
        rounds = measure_in_turns(["sql", "crmlib"], source, path, n_rounds)
        cells = [source]
        for what in ("call", "process"):
            ratios = [once["crmlib"][what] / once["sql"][what] for once in rounds]
            cells.append(f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
        for way in ("crmlib", "sql"):
            peaks = [once[way]["peak"] for once in rounds]
            cells.append("not measured" if None in peaks else f"{max(peaks):.2f} GB")
        rows.append("| " + " | ".join(cells) + " |")
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pandas", "pyarrow"))
    return "\n".join(
        [
            "| the log is | CPU, the call | CPU, whole process | peak memory | of the SQL |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            (
                f"Median of {n_rounds} rounds (least to most). {child('--compare', str(path))['n']:,} customers; "
                "both tables equal to the last bit."
            ),
            (
                f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},"
                f" {packages}."
            ),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, default=10_000_000, help="length of the log")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alternatives", action="store_true", help="measure other ways to count orders instead")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--compare", help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        way, source, file = options.measure
        print(json.dumps(measure(way, source, Path(file))))
    elif options.compare:
        print(json.dumps({"n": compare(Path(options.compare))}))
    elif options.make:
        make_log(Path(options.make[0]), int(options.make[1]))
        print("{}")
    else:
        path = BUILD / f"log-{options.lines}-{SEED}.parquet"
        if not path.exists():
            # Made in a process of its own: on Linux a child inherits the peak memory of its parent.
            child("--make", str(path), str(options.lines))
        kind = "alternatives" if options.alternatives else "figures"
        figures = (report_alternatives if options.alternatives else report)(path, options.rounds)
        print(figures)
        if options.readme:
            write_figures(kind, figures)


if __name__ == "__main__":
    main()
