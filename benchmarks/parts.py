"""What the time of a summary is spent on: sections of our own code, and DuckDB's operators inside the one query.

    python benchmarks/parts.py [--lines 10000000]

DuckDB's profile says how the threads' time of the query is spread over its operators; what CPU seconds the query takes
beyond them is handing over the answer. The sections are those of `crmlib.engine.summary`, with what each asks DuckDB.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import measure
from logs import AS_OF, find_log, load_engine

QUERY = "the query, and its answer as Arrow"
SECTIONS = {
    "look": "looking at the log (the metadata of Parquet)",
    "check_money": "checking money: one pass over amounts and costs",
    "check_ids": "checking ids, each customer once",
    "_to_frame": "sorting, and the answer as pandas",
}
OPERATORS = {
    "READ_PARQUET": "reading Parquet",
    "PROJECTION": "money as decimals, columns worked out",
    "HASH_JOIN": "joining the two",
    "RESULT_COLLECTOR": "collecting the answer",
}
DISTINCT, GROUPED = "distinct orders of each customer", "sums, first and last day, counts by customer"


def measure_sections(path: str) -> dict:
    """CPU seconds of each section of one summary, and of the whole."""
    import pandas as pd

    from crmlib import engine
    from crmlib.engine import summary

    load_engine()
    spent = Counter()

    def timed(name: str, function: Callable) -> Callable:
        def call(*arguments: object, **options: object) -> object:
            with measure.spent() as found:
                answer = function(*arguments, **options)
            spent[SECTIONS[name]] += found["cpu"]
            return answer

        return call

    for name in SECTIONS:
        setattr(summary, name, timed(name, getattr(summary, name)))
    with measure.spent() as whole, engine.opened(path) as (lines, run):
        summary.summarize(lines, run, summary.look(lines, run), pd.Timestamp(AS_OF), None)
    spent[QUERY] = whole["cpu"] - spent.total()
    return whole | {"parts": dict(spent)}


def measure_operators(path: str) -> dict:
    """The same query in a DuckDB that keeps account of its operators: the time of all threads in each."""
    import duckdb
    import ibis
    import pandas as pd

    from crmlib import engine

    money = {name: engine.Money(2) for name in ("amount", "cost")}
    with engine.opened(path) as (lines, _):
        expression = engine.summary_of(lines, pd.Timestamp(AS_OF), None, money, days_are_orders=False)
    sql = ibis.to_sql(expression, dialect="duckdb", pretty=False)
    connection = duckdb.connect(config={"temp_directory": str(measure.BUILD / "spill")})
    connection.sql("SET enable_progress_bar = false")
    connection.sql(f"CREATE VIEW transactions AS FROM read_parquet('{path}')")
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "profile.json"
        connection.sql("SET enable_profiling = 'json'")
        connection.sql(f"SET profiling_output = '{told.as_posix()}'")
        with measure.spent() as whole:
            connection.sql(sql).to_arrow_table()
        connection.close()
        profile = json.loads(told.read_text(encoding="utf-8"))
    spent = Counter()
    waiting = list(profile["operator"])
    while waiting:
        node = waiting.pop()
        waiting += node.get("children", [])
        spent[_name_of(node)] += node["timing"]
    return whole | {"parts": dict(spent)}


def _name_of(node: dict) -> str:
    if node["name"] == "HASH_GROUP_BY":
        return DISTINCT if len(node["extra_info"]["Groups"]) == 2 and not node["extra_info"]["Aggregates"] else GROUPED
    return OPERATORS.get(node["name"], node["name"].lower())


def find(options: object) -> tuple[list[dict], list[str]]:
    rows = []
    for n_lines in options.lines:
        path = find_log(n_lines)
        kinds = {"measure_sections": "", "measure_operators": "in the query: "}
        found = measure.in_turns(kinds, options.rounds, lambda name, path=path: measure.child("parts.py", name, path))
        rows.append(measure.row("one summary", n_lines, found["measure_sections"], found["measure_sections"]))
        for kind, before in kinds.items():
            # Threads that wait count in DuckDB's times: only how they are spread is taken from them.
            wholes = [run["cpu"] for run in found["measure_sections"]]
            if before:
                wholes = [run["parts"][QUERY] for run in found["measure_sections"]]
            for part in sorted(found[kind][0]["parts"], key=lambda part, kind=kind: -found[kind][0]["parts"][part]):
                shares = [run["parts"][part] / sum(run["parts"].values()) for run in found[kind]]
                runs = [{"cpu": share * whole} for share, whole in zip(shares, wholes, strict=True)]
                rows.append(measure.row(before + part, n_lines, runs, found["measure_sections"]))
    return rows, []


def add(parser: object) -> None:
    measure.add_rounds(parser, [10_000_000])


if __name__ == "__main__":
    measure.main(__doc__, "parts", find, [measure_sections, measure_operators], add)
