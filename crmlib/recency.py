"""How long ago customers last bought, period by period, and who of them came back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def count_returns(
    transactions: pd.DataFrame, *, as_of: object, n_periods: int, months: int = 3, longest: int = 5
) -> pd.DataFrame:
    """How many customers moved from each state of recency to each, from one period to the next, the last ones pooled.

    A state says how many periods ago a customer last bought. Each period one either buys, and is back at the first
    state, or moves one state on. Divided by its rows it is a chain for `value.markov_value`.

    When something else is right: a model of `purchases`, where how often somebody bought matters as well as how long
    ago: here all of a state have the same chance.

    Parameters
    ----------
    transactions : DataFrame
        One row per line of an order: customer_id, order_date, amount. A refund, below 0, is no purchase.
    as_of : date, str or Timestamp
        The last day of the last period, it counts whole.
    n_periods : int
        How many periods are moved into; those before tell the states at the start.
    months : int
        How long a period is.
    longest : int
        The last state is so many periods ago, or more.

    Returns
    -------
    DataFrame
        One row per state before (index `periods_since`), one column per state after, 0 (bought in the period), 1, 2,
        ... `longest` (or more): numbers of moves. A customer counts from the period of the first purchase on.

    Raises
    ------
    ValueError
        A column is missing, a number is not a whole number of at least 1, or nobody bought before the first move.

    References
    ----------
    Pfeifer & Carraway (2000), Modeling Customer Relationships as Markov Chains,
    doi:10.1002/(SICI)1520-6653(200021)14:2<43::AID-DIR4>3.0.CO;2-H.

    Examples
    --------
    Ann buys in two quarters of three, Bob in the first alone.

    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "bob", "ann"],
    ...     "order_date": pd.to_datetime(["2024-01-05", "2024-02-01", "2024-07-07"]),
    ...     "amount": [10.0, 20.0, 30.0],
    ... })
    >>> count_returns(lines, as_of="2024-09-30", n_periods=2, longest=2)
    periods_since_next  0  1  2
    periods_since
    0                   0  2  0
    1                   1  0  1
    2                   0  0  0
    """
    require.columns(transactions, ["customer_id", "order_date", "amount"], "transactions")
    for name, number in (("n_periods", n_periods), ("months", months), ("longest", longest)):
        require.whole(number, name)
    end = require.day(as_of, "as_of") + pd.Timedelta(days=1)
    bought = transactions[(transactions["amount"] >= 0) & (transactions["order_date"] < end)]
    months_ago = (end.year - bought["order_date"].dt.year) * 12 + end.month - bought["order_date"].dt.month
    months_ago -= bought["order_date"].dt.day >= end.day
    period = pd.Series(-(months_ago // months), name="period")
    last = pd.crosstab(bought["customer_id"], period).gt(0)
    if not len(last) or last.columns.min() >= 1 - n_periods:
        raise ValueError(
            t(
                "somebody must have bought before the {n} periods; the first purchase is of {first}. Choose fewer"
                " periods, or a later as_of.",
                n=n_periods,
                first="–" if not len(last) else f"{bought['order_date'].min():%Y-%m-%d}",
            )
        )
    states = _periods_since(last.reindex(columns=range(last.columns.min(), 1), fill_value=False).to_numpy(), longest)
    before, after = states[:, -n_periods - 1 : -1], states[:, -n_periods:]
    is_there = before >= 0
    counts = np.zeros((longest + 1, longest + 1), dtype=int)
    np.add.at(counts, (before[is_there], after[is_there]), 1)
    names = pd.RangeIndex(longest + 1)
    return pd.DataFrame(counts, index=names.rename("periods_since"), columns=names.rename("periods_since_next"))


def _periods_since(bought: np.ndarray, longest: int) -> np.ndarray:
    """One row per customer and one column per period: how many periods since the last purchase, -1 before the first."""
    states = np.full(bought.shape, -1)
    for at in range(bought.shape[1]):
        older = states[:, at - 1] if at else states[:, 0]
        states[:, at] = np.where(bought[:, at], 0, np.where(older < 0, -1, np.minimum(older + 1, longest)))
    return states
