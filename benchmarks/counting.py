"""Ways to count distinct orders, each in SQL: CPU time and peak memory as ratios to the SQL by hand.

    python benchmarks/counting.py [--lines 10000000] [--memory 3GB]

Counting distinct orders is most of a summary. All of these ways are exact; crmlib takes the last.
"""

from __future__ import annotations

import measure
from logs import find_log
from summarize_customers import SQL, SQL_BY_HAND, by_sql

MEASURES = """
    max(CASE WHEN amount >= 0 THEN order_date END) AS last, min(CASE WHEN amount >= 0 THEN order_date END) AS first,
    sum(amount::DECIMAL(18, 2)) AS monetary, sum(cost::DECIMAL(18, 2)) AS cost
"""
SEEN = "FROM {source} WHERE order_date < DATE '2024-01-01'"
WAYS = {
    SQL_BY_HAND: SQL,
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


def measure_way(way: str, path: str, memory: str | None) -> dict:
    import duckdb  # noqa: F401, what an import costs is another question
    import pandas as pd  # noqa: F401

    with measure.spent() as found:
        by_sql(path, memory, WAYS[way])
    return found


def find(options: object) -> tuple[list[dict], list[str]]:
    rows = []
    for n_lines in options.lines:
        path = find_log(n_lines)
        found = measure.in_turns(
            WAYS,
            options.rounds,
            lambda way, path=path: measure.child("counting.py", "measure_way", way, path, options.memory),
        )
        limit = f", memory limit {options.memory}" if options.memory else ""
        rows += [measure.row(way + limit, n_lines, runs, found[SQL_BY_HAND]) for way, runs in found.items()]
    return rows, []


def add(parser: object) -> None:
    measure.add_rounds(parser, [10_000_000])
    parser.add_argument("--memory", help="the memory limit of DuckDB, such as 3GB")


if __name__ == "__main__":
    measure.main(__doc__, "counting", find, [measure_way], add)
