"""Revenue and active customers by month, and whether the last months brought more than earlier ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from crmlib import engine, require
from crmlib.language import t

if TYPE_CHECKING:
    import ibis

SAME = 0.05  # a change of less is no verdict
MOST_MISSING = pd.Timedelta(days=2)  # at the edge of a month that counts as whole


class Change(NamedTuple):
    """Some months and earlier ones of the same number, as `compare_months` found them."""

    first: pd.Period
    last: pd.Period
    first_before: pd.Period
    last_before: pd.Period
    revenue: float
    revenue_before: float
    n_customers: int
    n_customers_before: int
    share: float  # by how much revenue changed; a fraction of the revenue before
    share_without_one: float  # the same without the customer who did most to change it
    is_same_season: bool  # the same months a year before, or those just before?

    @property
    def verdict(self) -> str:
        """ "more", "less", "about the same", or "one customer" where without one of them it would not be so.

        Examples
        --------
        >>> change = Change(*[pd.Period("2024-01")] * 4, 130.0, 100.0, 8, 8, 0.30, 0.02, True)
        >>> change.verdict, change._replace(share_without_one=0.25).verdict
        ('one customer', 'more')
        """
        if abs(self.share) < SAME:
            return "about the same"
        stays = self.share_without_one * np.sign(self.share) >= SAME
        return ("more" if self.share > 0 else "less") if stays else "one customer"


def by_month(transactions: pd.DataFrame | str | Path | ibis.Table, *, as_of: object) -> pd.DataFrame:
    """What each month brought, and how many customers ordered in it.

    A month counts as whole where the data reach from its first day to its last. How far they reach
    is not told by orders alone: one or two days at the edge may lack, if so many usually lie between
    two days with orders.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`; a cost is not looked at.
    as_of : date, str or Timestamp
        The last day to count.

    Returns
    -------
    DataFrame
        One row per month from the first to that of as_of, also where nobody ordered, index `month`
        (its first day): revenue (currency units, refunds taken off), n_customers (who ordered; a
        refund is no order) and is_whole.

    Raises
    ------
    ValueError
        A column is missing, as_of is no day, or no line lies before it.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-01", "2024-01-31", "2024-03-05", "2024-03-06"])
    >>> lines = pd.DataFrame({"customer_id": list("abab"), "order_date": days, "amount": [5.0, 6.0, 7.0, -1.0]})
    >>> by_month(lines, as_of="2024-03-06")
                revenue  n_customers  is_whole
    month
    2024-01-01     11.0            2      True
    2024-02-01      0.0            0      True
    2024-03-01      6.0            1     False
    """
    last = require.day(as_of, "as_of")
    with engine.opened(transactions) as (lines, run):
        engine.look(lines, run)
        seen = engine.between(lines, last, None)
        ordered = seen.customer_id.nunique(where=seen.amount >= 0)
        keys = {"month": seen.order_date.truncate("M").cast("date")}
        found = engine.sum_kinds(seen.drop(*_costs(seen)), run, keys, n_ordered=ordered)
        days = engine.find_days(seen, run)
    if found.empty:
        raise ValueError(
            t("a line must lie before as_of; none does before {last:%Y-%m-%d}. Choose a later as_of.", last=last)
        )
    months = pd.period_range(found.index[0], last.to_period("M"), freq="M", name="month")
    usual = min(pd.Timedelta(np.median(np.diff(days))), MOST_MISSING) if len(days) > 1 else pd.Timedelta(0)
    begins, ends = months.start_time, months.end_time.normalize()
    found = found.reindex(begins, fill_value=0)
    return pd.DataFrame(
        {
            "revenue": found["amount"].to_numpy(),
            "n_customers": found["n_ordered"].to_numpy(),
            "is_whole": (begins >= days[0] - usual) & (ends <= last + usual),
        },
        index=begins.rename("month"),
    )


def _costs(lines) -> list[str]:
    """What is not asked for, and may be missing."""
    return [name for name in ("cost",) if name in lines.columns]


def compare_months(
    transactions: pd.DataFrame | str | Path | ibis.Table,
    *,
    as_of: object,
    n_months: int = 3,
    months: pd.DataFrame | None = None,
) -> Change | None:
    """The last whole months beside the same months a year before, or beside those just before.

    The same months a year before have the same season; where the data do not reach so far, the
    months just before must do, and the season may be all there is to see.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `by_month`.
    as_of : date, str or Timestamp
        The last day to count.
    n_months : int
        How many months; at least 1.
    months : DataFrame, optional
        What `by_month` gave for the same lines and day, where it is at hand: of very many lines that saves a pass.

    Returns
    -------
    Change or None
        None where the whole months are fewer than twice `n_months`, or the earlier ones brought nothing.

    Raises
    ------
    ValueError
        As `by_month`; or n_months is no whole number of at least 1.

    Examples
    --------
    >>> days = pd.date_range("2024-01-01", "2024-06-30")
    >>> lines = pd.DataFrame({"customer_id": ["a", "b"] * 91, "order_date": days, "amount": 1.0})
    >>> lines.loc[lines["order_date"] >= "2024-04-01", "amount"] = 2.0
    >>> change = compare_months(lines, as_of="2024-06-30")
    >>> change.verdict, change.revenue, change.is_same_season
    ('more', 182.0, False)
    """
    require.whole(n_months, "n_months")
    months = by_month(transactions, as_of=as_of) if months is None else months
    whole = months.index[months["is_whole"]].to_period("M")
    is_same_season = len(whole) >= 12 + n_months
    if len(whole) < 2 * n_months:
        return None
    now = whole[-n_months:]
    before = now - 12 if is_same_season else now - n_months
    with engine.opened(transactions) as (lines, run):
        found, without_one = engine.compare_windows(lines, run, _days_of(now), _days_of(before))
    if found["before"] <= 0:
        return None
    return Change(
        now[0], now[-1], before[0], before[-1], found["now"], found["before"], found["n_now"], found["n_before"],
        found["now"] / found["before"] - 1,
        without_one["now"] / without_one["before"] - 1 if without_one["before"] > 0 else 0.0,
        is_same_season,
    )  # fmt: skip


def _days_of(months: pd.PeriodIndex) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day of months that follow each other."""
    return months[0].start_time, months[-1].end_time.normalize()
