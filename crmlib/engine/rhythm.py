"""How each customer buys over time, as an Ibis expression; `lifecycle` is its door.

Days of purchase, and the sums behind the slope of spending: one grouping by customer and day, one by
customer, no join. Money is counted in whole units (cents, unless amounts are huge), so that its sums
and its squares are whole numbers, the same in any order of the lines.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple

import ibis
import ibis.expr.datatypes as dt
import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.engine.backends import Run
from crmlib.engine.money import Money, check_money, exact
from crmlib.engine.results import columns_of, in_order
from crmlib.engine.summary import check_ids, days_since, text_of, within

# In so many units at most a line is counted: the square of a day of a thousand such lines has 30 of 38 digits.
LARGEST_COUNTED = 1e12
WHOLE = dt.Decimal(38, 0)
DAYS_PER_YEAR = 365.25
SUMS = ("spend", "moment", "square", "first_units")


class Unit(NamedTuple):
    """In what money is counted: how a line becomes exact, and how much one unit is."""

    money: Money
    size: float


def find_rhythm(lines, run: Run, last: pd.Timestamp, window_days: int) -> pd.DataFrame | None:
    """One row per customer up to a day, sorted by customer_id; None where there is no line.

    n_days, the days of purchase; first_order_date, last_order_date; yearly_slope and slope_z, the slope of
    spending over the last window_days or since the first purchase, which is left out.
    """
    seen = lines.filter(within(lines.order_date, last, None))
    money = _check_amounts(seen, run)
    if money is None:
        return None
    largest = float(run(seen.aggregate(n=seen.amount.abs().max()))["n"][0].as_py())
    unit = Unit(money, max(10.0**-money.decimals, largest / LARGEST_COUNTED))
    columns = columns_of(run(rhythm_of(lines, last, window_days, unit)))
    check_ids(columns["customer_id"], seen, run)
    return _to_frame(columns, last, window_days)


def find_purchase_days(lines, run: Run, last: pd.Timestamp) -> pd.DataFrame | None:
    """As `find_rhythm`, of who bought, and without the slope: money is only looked at."""
    seen = lines.filter(within(lines.order_date, last, None))
    if _check_amounts(seen, run) is None:
        return None
    columns = columns_of(run(purchase_days_of(lines, last)))
    check_ids(columns["customer_id"], seen, run)
    return _days_to_frame(columns)[0]


def _check_amounts(seen, run: Run) -> Money | None:
    money = check_money(seen.drop("cost") if "cost" in seen.columns else seen, run)
    if money is None:
        return None
    if money["amount"].note:
        warnings.warn(money["amount"].note, UserWarning, stacklevel=4)
    return money["amount"]


def purchase_days_of(lines, last: pd.Timestamp) -> ibis.Table:
    """Distinct days first: engines spill them well, and a set of days for each customer they do not."""
    bought = lines.filter(within(lines.order_date, last, None) & (lines.amount >= 0))
    days = bought.select("customer_id", day=bought.order_date.cast("date")).distinct()
    grouped = days.group_by("customer_id").aggregate(
        n_days=days.count(), first_day=days.day.min(), last_day=days.day.max()
    )
    return grouped.mutate(customer_id=text_of(grouped.customer_id))


def rhythm_of(lines, last: pd.Timestamp, window_days: int, unit: Unit) -> ibis.Table:
    seen = lines.filter(within(lines.order_date, last, None))
    days = seen.group_by("customer_id", day=seen.order_date.cast("date")).aggregate(
        spend=exact(seen.amount, unit.money).sum(), highest=seen.amount.max()
    )
    days = days.mutate(
        bought=days.highest >= 0,  # a day of refunds only is no purchase
        # The nearest, by a floor: of a half, engines round to the even, up, or away from 0, and of a float they keep
        # 15 digits as a decimal; not of a whole number.
        units=(days.spend.cast("float64") / unit.size + 0.5).floor().cast("int64").cast(WHOLE),
        days_ago=days_since(days.day, last).cast("int32"),
    )
    recent = days.days_ago < window_days
    grouped = days.group_by("customer_id").aggregate(
        n_days=days.bought.sum(),
        first_day=days.day.min(where=days.bought),
        last_day=days.day.max(where=days.bought),
        first_units=days.units.argmin(days.day, where=days.bought),
        spend=days.units.sum(where=recent),
        moment=(days.units * days.days_ago).sum(where=recent),
        square=(days.units * days.units).sum(where=recent),
    )
    return grouped.mutate(customer_id=text_of(grouped.customer_id))


def _to_frame(columns: dict[str, pa.ChunkedArray], last: pd.Timestamp, window_days: int) -> pd.DataFrame:
    frame, found = _days_to_frame(columns)
    sums = {name: np.nan_to_num(found.pop(name).cast(pa.float64()).to_numpy(zero_copy_only=False)) for name in SUMS}
    tenure = (last - frame["first_order_date"]).dt.days.to_numpy(dtype=float)
    frame["yearly_slope"], frame["slope_z"] = _slope(sums, tenure, window_days)
    return frame


def _days_to_frame(columns: dict[str, pa.ChunkedArray]) -> tuple[pd.DataFrame, dict[str, pa.Array]]:
    """The days of purchase, and what else there is."""
    index, ordered = in_order(columns)
    found = dict(ordered)
    frame = pd.DataFrame(index=index)
    frame["n_days"] = found.pop("n_days").cast(pa.int64()).to_numpy()
    for name in ("first", "last"):
        frame[f"{name}_order_date"] = found.pop(f"{name}_day").cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    return frame, found


def _slope(sums: dict[str, np.ndarray], tenure: np.ndarray, window_days: int) -> tuple[np.ndarray, np.ndarray]:
    """The least-squares slope of spending by day, a year and as a share of its mean, and in standard errors."""
    # The day a window begins with is no news: of who came within it, the first purchase is left out.
    first = np.where(tenure < window_days, sums["first_units"], 0.0)
    spend = sums["spend"] - first
    moment = sums["moment"] - np.nan_to_num(first * tenure)
    square = sums["square"] - first**2
    length = np.minimum(tenure, window_days)
    is_known = (length > 1) & (spend > 0)
    spend, length = np.where(is_known, spend, np.nan), np.where(is_known, length, np.nan)
    ahead = (length - 1) / 2 - moment / spend  # by how much the money came later than the middle, in days
    variance = (length**2 - 1) / 12  # of a day picked at random
    return ahead / variance * DAYS_PER_YEAR, ahead * spend / np.sqrt(variance * square)
