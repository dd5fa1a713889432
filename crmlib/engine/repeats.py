"""Repeat purchases of each customer, as an Ibis expression; `customers.repeat_purchase_summary` is its door.

One grouping by customer and day, one by customer, no join: two orders of a day are one purchase.
"""

from __future__ import annotations

import warnings

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.engine.backends import Run
from crmlib.engine.money import Money, check_money, exact, to_floats
from crmlib.engine.results import columns_of, in_order
from crmlib.engine.summary import check_ids, days_since, text_of, within


def find_repeats(lines, run: Run, last: pd.Timestamp) -> pd.DataFrame | None:
    """One row per customer with a purchase up to a day, sorted by customer_id; None where there is no line."""
    seen = lines.filter(within(lines.order_date, last, None))
    money = check_money(seen.drop("cost") if "cost" in seen.columns else seen, run)
    if money is None:
        return None
    if money["amount"].note:
        warnings.warn(money["amount"].note, UserWarning, stacklevel=3)
    columns = columns_of(run(repeats_of(lines, last, money["amount"])))
    check_ids(columns["customer_id"], seen, run)
    return _to_frame(columns)


def repeats_of(lines, last: pd.Timestamp, money: Money) -> ibis.Table:
    """Days of purchase, the first and the last of them, and the money after the first."""
    seen = lines.filter(within(lines.order_date, last, None))
    days = seen.group_by("customer_id", day=seen.order_date.cast("date")).aggregate(
        spend=exact(seen.amount, money).sum(), highest=seen.amount.max()
    )
    bought = days.highest >= 0  # a day of refunds only is no purchase
    grouped = days.group_by("customer_id").aggregate(
        n_days=days.count(where=bought),
        first_day=days.day.min(where=bought),
        last_day=days.day.max(where=bought),
        first_spend=days.spend.argmin(days.day, where=bought),
        spend=days.spend.sum(),
    )
    tenure = days_since(grouped.first_day, last)
    return grouped.filter(grouped.n_days > 0).select(
        customer_id=text_of(grouped.customer_id),
        frequency=grouped.n_days - 1,
        first_day=grouped.first_day,
        recency=tenure - days_since(grouped.last_day, last),
        tenure=tenure,
        repeat_spend=grouped.spend - grouped.first_spend,
    )


def find_later_purchases(lines, run: Run, cut: pd.Timestamp, until: pd.Timestamp) -> pd.DataFrame:
    """Of each customer with a line after the day `cut` and up to `until`: days with a purchase, and what was spent."""
    later = lines.filter(within(lines.order_date, until, cut + pd.Timedelta(days=1)))
    money = check_money(later.drop("cost") if "cost" in later.columns else later, run)
    if money is None:
        return pd.DataFrame({"n_days": [], "spend": []})
    days = later.group_by("customer_id", day=later.order_date.cast("date")).aggregate(
        spend=exact(later.amount, money["amount"]).sum(), highest=later.amount.max()
    )
    grouped = days.group_by("customer_id").aggregate(n_days=days.count(where=days.highest >= 0), spend=days.spend.sum())
    found = run(grouped.mutate(customer_id=text_of(grouped.customer_id)))
    index = pd.Index(found["customer_id"].cast(pa.large_string()).to_pandas(), dtype="str")
    columns = {"n_days": found["n_days"].cast(pa.int64()).to_numpy(), "spend": to_floats(found["spend"])}
    return pd.DataFrame(columns, index=index)


def find_later_days(lines, run: Run, cut: pd.Timestamp, until: pd.Timestamp) -> pd.Series:
    """How many purchases each day after `cut` and up to `until` saw, of customers who had bought by then."""
    bought = lines.filter(within(lines.order_date, until, None) & (lines.amount >= 0))
    days = bought.select("customer_id", day=bought.order_date.cast("date")).distinct()
    begun = days.group_by("customer_id").aggregate(first_day=days.day.min())
    both = days.join(begun, "customer_id")
    today = ibis.literal(cut.date())
    later = both.filter((both.first_day <= today) & (both.day > today))
    found = run(later.group_by("day").aggregate(n=later.count()))
    return pd.Series(found["n"].cast(pa.int64()).to_numpy(), index=pd.to_datetime(found["day"].to_pandas()))


def _to_frame(columns: dict[str, pa.ChunkedArray]) -> pd.DataFrame:
    index, ordered = in_order(columns)
    found = dict(ordered)
    frame = pd.DataFrame(index=index)
    for name in ("frequency", "recency", "tenure"):
        frame[name] = found.pop(name).cast(pa.int64()).to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        frame["monetary"] = to_floats(found["repeat_spend"]) / frame["frequency"].where(frame["frequency"] > 0)
    frame["first_order_date"] = found["first_day"].cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    return frame
