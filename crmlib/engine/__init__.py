"""DuckDB inside, or another engine by the same Ibis expression; loaded when first asked.

sources     transactions wherever they are: a DataFrame, a file, an Ibis table
backends    Ibis tables that stay where they are
connections a table of PostgreSQL, Spark or a DuckDB file, by its URL
spark       of Spark: what starts it, and what is said where it does not
money       exact sums
results     answers as pandas, without a second copy
summary     one row per customer
kinds       lines added up by kind; customers drawn from them
doubts      what is odd about the lines, counted
repeats     repeat purchases, as models of buying count them
rhythm      how each customer buys over time
waits       how long until the next purchase, learned from an earlier day
readings    what is compared of a name, a number, an address
linkage     pairs of records: found and compared
linkage_plan  what to compare, by which rules
linkage_chances  what agreement says, learned from the pairs
"""

from importlib import import_module

_PLACES = {
    "opened": "sources",
    "NEEDED": "backends",
    "Run": "backends",
    "canonical": "backends",
    "read_it": "backends",
    "refuse": "backends",
    "Money": "money",
    "between": "kinds",
    "check_kinds_money": "kinds",
    "compare_windows": "kinds",
    "exact": "money",
    "is_nan": "money",
    "find_days": "kinds",
    "find_ids": "kinds",
    "find_main_kind": "kinds",
    "has_cost": "kinds",
    "lines_of": "kinds",
    "sum_kinds": "kinds",
    "check_money": "money",
    "check_ids": "summary",
    "check_record_ids": "linkage_plan",
    "compare_pairs": "linkage",
    "connect": "connections",
    "count_block": "linkage",
    "count_doubtful": "doubts",
    "count_repeats": "doubts",
    "count_shared_orders": "doubts",
    "describe_log": "doubts",
    "find_customer_ids": "doubts",
    "list_words": "doubts",
    "sum_words": "doubts",
    "count_returned": "waits",
    "count_values": "kinds",
    "expect_waits": "waits",
    "find_later_days": "repeats",
    "find_later_purchases": "repeats",
    "find_next_days": "waits",
    "find_purchase_days": "rhythm",
    "find_repeats": "repeats",
    "find_rhythm": "rhythm",
    "give_back": "database",
    "given_chances": "linkage_plan",
    "is_url": "connections",
    "learn_chances": "linkage_chances",
    "look": "summary",
    "plan_linkage": "linkage_plan",
    "probabilities": "linkage_chances",
    "refuse_before": "summary",
    "summarize": "summary",
    "summary_of": "summary",
    "weigh": "linkage_chances",
    "within": "summary",
}


def __getattr__(name: str) -> object:
    # Ibis and DuckDB take a second to import: a noun that may need them does not pay for it.
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
