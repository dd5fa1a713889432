"""DuckDB inside, or another engine by the same Ibis expression; loaded when first asked.

sources     transactions wherever they are: a DataFrame, a file, an Ibis table
backends    Ibis tables that stay where they are
money       exact sums
summary     one row per customer
rhythm      how each customer buys over time
waits       how long until the next purchase, learned from an earlier day
"""

from importlib import import_module

_PLACES = {
    "opened": "sources",
    "Run": "backends",
    "canonical": "backends",
    "read_it": "backends",
    "refuse": "backends",
    "Money": "money",
    "check_money": "money",
    "check_ids": "summary",
    "expect_waits": "waits",
    "find_next_days": "waits",
    "find_rhythm": "rhythm",
    "look": "summary",
    "refuse_before": "summary",
    "summarize": "summary",
    "summary_of": "summary",
    "within": "summary",
}


def __getattr__(name: str) -> object:
    # Ibis and DuckDB take a second to import: a noun that may need them does not pay for it.
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
