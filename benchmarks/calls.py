"""The other calls that read an order log, or what was made of it: CPU time and peak memory, by the length of the log.

    python benchmarks/calls.py                             1 and 10 million lines
    python benchmarks/calls.py --lines 100000000           100 million
    python benchmarks/calls.py --calls assign_stages       only this one

The log is that of `summarize_customers.py`. Calls on one row per customer take the summary of that log, made before.
CRMLIB_MEMORY limits them as it does everything.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import measure
from logs import AS_OF, find_log, load_engine

DATES = ["2021-12-31", "2022-12-31", "2023-06-30", AS_OF]
YEARS = (DATES[1], AS_OF)


def _snapshots(path: str) -> Callable[[], object]:
    from crmlib import customers

    return lambda: customers.snapshots(path, dates=DATES)


def _cohort_retention(path: str) -> Callable[[], object]:
    from crmlib import customers

    return lambda: customers.cohort_retention(path, as_of=AS_OF)


def _repeat_purchase_summary(path: str) -> Callable[[], object]:
    from crmlib import customers

    return lambda: customers.repeat_purchase_summary(path, as_of=AS_OF, unit="week")


def _assign_stages(path: str) -> Callable[[], object]:
    from crmlib import lifecycle

    return lambda: lifecycle.assign_stages(path, as_of=AS_OF)


def _next_purchase(path: str) -> Callable[[], object]:
    from crmlib import lifecycle

    return lambda: lifecycle.next_purchase(path, as_of=AS_OF)


def _values(path: str) -> list:
    """What each customer had paid at the last two ends of a year: 0 where refunds are more."""
    import pandas as pd

    return [pd.read_parquet(_place(path, day))["monetary"].clip(lower=0) for day in YEARS]


def _assign_tiers(path: str) -> tuple[Callable[[], object], int]:
    from crmlib import pyramid

    value = _values(path)[1]
    return lambda: pyramid.assign_tiers(value), len(value)


def _gini_coefficient(path: str) -> tuple[Callable[[], object], int]:
    from crmlib import concentration

    value = _values(path)[1]
    return lambda: concentration.gini_coefficient(value), len(value)


def _top_share(path: str) -> tuple[Callable[[], object], int]:
    from crmlib import concentration

    value = _values(path)[1]
    return lambda: concentration.top_share(value, 0.2), len(value)


def _transition_matrix(path: str) -> tuple[Callable[[], object], int]:
    from crmlib import pyramid, transitions

    tiers = [pyramid.assign_tiers(value) for value in _values(path)]
    states = [*tiers[0].cat.categories, "away"]
    return lambda: transitions.transition_matrix(*tiers, states=states, absent="away"), len(tiers[1])


LOG_CALLS = {
    "snapshots": _snapshots,
    "cohort_retention": _cohort_retention,
    "repeat_purchase_summary": _repeat_purchase_summary,
    "assign_stages": _assign_stages,
    "next_purchase": _next_purchase,
}
CUSTOMER_CALLS = {
    "assign_tiers": _assign_tiers,
    "gini_coefficient": _gini_coefficient,
    "top_share": _top_share,
    "transition_matrix": _transition_matrix,
}
CALLS = [*LOG_CALLS, *CUSTOMER_CALLS]
NOTES = {"snapshots": f", {len(DATES)} dates", "transition_matrix": ", tiers of two years"}


def _place(path: str, day: str) -> Path:
    return Path(path).with_suffix(f".{day}.parquet")


def make_summaries(path: str) -> dict:
    """One row per customer at two days, beside the log."""
    from crmlib import customers

    for day in YEARS:
        if not _place(path, day).exists():
            customers.summarize_customers(path, as_of=day)[["monetary"]].to_parquet(_place(path, day))
    return {}


def measure_call(name: str, path: str) -> dict:
    """CPU seconds of one call by all its threads, and the peak memory of its process with what it is asked of."""
    if name in LOG_CALLS:
        load_engine()
        call, n = LOG_CALLS[name](path), None
    else:
        call, n = CUSTOMER_CALLS[name](path)
    with measure.spent() as found:
        call()
    return found | {"n": n}


def find(options: object) -> tuple[list[dict], list[str]]:
    rows = []
    limit = os.environ.get("CRMLIB_MEMORY")
    for n_lines in options.lines:
        print(f"{n_lines:,} lines", file=sys.stderr)
        path = find_log(n_lines)
        if set(options.calls) & set(CUSTOMER_CALLS):
            measure.child("calls.py", "make_summaries", path)
        found = measure.in_turns(
            options.calls, options.rounds, lambda name, path=path: measure.child("calls.py", "measure_call", name, path)
        )
        for name, runs in found.items():
            named = f"`{name}`{NOTES.get(name, '')}" + (f", memory limit {limit}" if limit else "")
            n = runs[0]["n"]
            rows.append(measure.row(named, n_lines if n is None else f"{n:,} customers", runs, size=n_lines))
    return rows, []


def add(parser: object) -> None:
    measure.add_rounds(parser, [1_000_000, 10_000_000], rounds=1)
    parser.add_argument("--calls", nargs="+", choices=CALLS, default=CALLS)


if __name__ == "__main__":
    measure.main(__doc__, "calls", find, [measure_call, make_summaries], add)
