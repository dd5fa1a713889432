"""The summary of customers as an Ibis expression, run and checked; `customers` is its door."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.engine.backends import Run, read_it, refuse
from crmlib.engine.money import LARGEST_WHOLE, Money, check_money, exact, is_nan, to_floats
from crmlib.engine.results import columns_of, in_order
from crmlib.language import t

EPOCH = pd.Timestamp("1970-01-01")


class Log(NamedTuple):
    """What the whole log says before any window is cut out of it."""

    first: pd.Timestamp
    last: pd.Timestamp
    lacks_order_ids: bool


def look(lines, run: Run) -> Log:
    # Plain counts, minima and maxima: of Parquet, DuckDB reads them off the metadata.
    facts = {"n": lines.count(), "n_dated": lines.order_date.count()}
    facts |= {"first": lines.order_date.min(), "last": lines.order_date.max()}
    if "order_id" in lines.columns:
        facts["n_ordered"] = lines.order_id.count()
        if lines.order_id.type().is_floating():
            facts["n_ordered"] = lines.order_id.count(where=~is_nan(lines.order_id))
        if lines.order_id.type().is_string():
            facts["least_order_id"] = lines.order_id.min()
    found = run(lines.aggregate(**facts)).to_pylist()[0]
    if found["n"] == 0:
        raise ValueError(t("transactions must have at least one line; it is empty."))
    if found["n_dated"] < found["n"]:
        refuse(lines, run, lines.order_date.isnull(), t("every line must have an order_date"), read_it())
    kind = lines.customer_id.type()
    if kind.is_floating() or kind.is_decimal():
        is_whole = (lines.customer_id.abs() < LARGEST_WHOLE) & (lines.customer_id % 1 == 0)
        bad = lines.customer_id.notnull() & ~is_whole
        if run(lines.aggregate(n=lines.count(where=bad)))["n"][0].as_py():
            must = t("every customer_id must be text or a whole number below 2**53")
            refuse(lines, run, bad, must, t("turn it into text"))
    # Empty text sorts before all other text.
    lacks = found.get("n_ordered", 0) < found["n"] or found.get("least_order_id") == ""
    return Log(pd.Timestamp(found["first"]), pd.Timestamp(found["last"]), lacks)


def refuse_before(log: Log, last: pd.Timestamp) -> None:
    if last < log.first.normalize():
        raise ValueError(
            t(
                "as_of must not lie before the first line; got {last:%Y-%m-%d}, and the lines run from"
                " {log_first:%Y-%m-%d} to {log_last:%Y-%m-%d}. Choose a day from {log_first:%Y-%m-%d} on.",
                last=last,
                log_first=log.first,
                log_last=log.last,
            )
        )


def within(order_date, last: pd.Timestamp, first: pd.Timestamp | None):
    """Whether a date lies in the window, both days whole."""
    if order_date.type().is_date():
        is_in = order_date <= ibis.literal(last.date())
        return is_in if first is None else is_in & (order_date >= ibis.literal(first.date()))
    # Compared with the next midnight, so that no fraction of the last second is lost.
    is_in = order_date < ibis.literal((last + pd.Timedelta(days=1)).to_pydatetime())
    return is_in if first is None else is_in & (order_date >= ibis.literal(first.to_pydatetime()))


def summarize(lines, run: Run, log: Log, last, first) -> pd.DataFrame | None:
    """The checked summary as a DataFrame; None where no line lies in the window."""
    seen = lines.filter(within(lines.order_date, last, first))
    money = check_money(seen, run)
    if money is None:
        return None
    for column in money.values():
        if column.note:
            warnings.warn(column.note, UserWarning, stacklevel=3)
    columns = columns_of(run(summary_of(lines, last, first, money, days_are_orders=log.lacks_order_ids)))
    check_ids(columns["customer_id"], seen, run)
    return _to_frame(columns)


def summary_of(lines, last, first, money: dict[str, Money], *, days_are_orders: bool) -> ibis.Table:
    seen = lines.filter(within(lines.order_date, last, first))
    is_order = seen.amount >= 0
    measures = {
        "monetary": exact(seen.amount, money["amount"]).sum(),
        "first_order_date": seen.order_date.min(where=is_order).cast("date"),
        "last_order_date": seen.order_date.max(where=is_order).cast("date"),
    }
    if "cost" in seen.columns:
        measures["cost"] = exact(seen.cost, money["cost"]).sum()
    counted = _count_orders(seen, is_order, days_are_orders)
    # The ids become text after the grouping: once per customer, not once per line.
    grouped = seen.group_by("customer_id").aggregate(**measures)
    grouped = grouped.left_join(counted, "customer_id").drop("customer_id_right")
    columns = {
        "customer_id": text_of(grouped.customer_id),
        "recency_days": days_since(grouped.last_order_date, last),
        "frequency": grouped.frequency.fill_null(0),
        "monetary": grouped.monetary,
        "tenure_days": days_since(grouped.first_order_date, last),
        "first_order_date": grouped.first_order_date,
        "last_order_date": grouped.last_order_date,
    }
    if "cost" in seen.columns:
        columns["profit"] = grouped.monetary - grouped.cost
    return grouped.select(**columns)


def days_since(day, last: pd.Timestamp):
    """Days from a day up to the last one.

    Both counted from the first of 1970: Spark counts whole spans of 24 hours, and of a day that begins at one o'clock,
    where clocks are put forward at midnight, the first would not be whole.
    """
    return (last - EPOCH).days - day.delta(ibis.literal(EPOCH.date()), unit="day").cast("int64")


def text_of(customer_id):
    """Ids as text; whole numbers as their decimal text."""
    kind = customer_id.type()
    if kind.is_string():
        return customer_id
    whole = kind.is_floating() or kind.is_decimal()
    return (customer_id.cast("int64") if whole else customer_id).cast("string")


def _count_orders(seen, is_order, days_are_orders: bool) -> ibis.Table:
    """Distinct orders, then how many each customer has.

    Apart from the sums, and joined with them: counting distinct orders beside other measures in one grouping takes
    more memory and, where that is short, more time (benchmarks/README.md).
    """
    ordered = seen.filter(is_order)
    day = ordered.order_date.cast("date")
    key = day
    if "order_id" in seen.columns:
        key = order_id = ordered.order_id
        if days_are_orders:  # where a line lacks its order_id
            is_missing = order_id.isnull()
            if order_id.type().is_string():
                is_missing = is_missing | (order_id == "")
            if order_id.type().is_floating():
                is_missing = is_missing | is_nan(order_id)
            # The prefix keeps an order_id that looks like a day apart from that day.
            key = ibis.cases((is_missing, day.cast("string")), else_="id " + order_id.cast("string"))
    orders = ordered.select("customer_id", order=key).distinct()
    return orders.group_by("customer_id").aggregate(frequency=orders.count())


def _to_frame(columns: dict[str, pa.ChunkedArray]) -> pd.DataFrame:
    index, ordered = in_order(columns)
    found = {}
    for name, column in ordered:
        if name in ("monetary", "profit"):
            found[name] = to_floats(column)
        elif name in ("first_order_date", "last_order_date"):
            found[name] = column.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
        elif name == "frequency":
            found[name] = column.cast(pa.int64()).to_numpy()
        else:
            found[name] = column.cast(pa.int64()).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get).array
    return pd.DataFrame(found, index=index)


def check_ids(ids: pa.ChunkedArray, lines, run: Run) -> None:
    """Looks at each customer once, not at each line."""
    blank = []
    if pa.types.is_string(ids.type) or pa.types.is_large_string(ids.type):
        blank = ids.filter(pc.equal(pc.utf8_trim_whitespace(ids), "")).to_pylist()
    if ids.null_count or blank:
        bad = lines.customer_id.isnull()
        if blank:
            bad = bad | lines.customer_id.isin(blank)
        refuse(lines, run, bad, t("every line must have a customer_id"), read_it())
