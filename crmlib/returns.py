"""Who takes back more than others: orders with a refund, against what chance alone gives."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def count_refunds(transactions: pd.DataFrame) -> pd.DataFrame:
    """How many orders each customer made, and of how many something was taken back.

    When something else is right: refunds in money, where a few large ones matter; `profitability.net_profit`, for what
    they cost.

    Parameters
    ----------
    transactions : DataFrame
        One row per line of an order or of a refund: customer_id, order_id, amount. A refund is a line with an amount
        below 0 under the number of its order.

    Returns
    -------
    DataFrame
        One row per customer with an order, indexed by `customer_id`: n_orders, n_refunded (orders of which something
        was taken back, however many lines) and refund_rate, the one divided by the other.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["ann"] * 3 + ["bob"], "order_id": [1, 1, 2, 3],
    ...                       "amount": [10.0, -10.0, 4.0, 8.0]})
    >>> count_refunds(lines)
                 n_orders  n_refunded  refund_rate
    customer_id
    ann                 2           1          0.5
    bob                 1           0          0.0
    """
    require.columns(transactions, ["customer_id", "order_id", "amount"], "transactions")
    orders = transactions.assign(is_sale=transactions["amount"] >= 0, is_refund=transactions["amount"] < 0)
    orders = orders.groupby(["customer_id", "order_id"], observed=True)[["is_sale", "is_refund"]].any()
    orders = orders[orders["is_sale"]].groupby("customer_id", observed=True)["is_refund"]
    counted = pd.DataFrame({"n_orders": orders.size(), "n_refunded": orders.sum()})
    return counted.assign(refund_rate=counted["n_refunded"] / counted["n_orders"])


def flag_refunds(counted: pd.DataFrame, *, alarm: float, fewest_orders: int = 10) -> pd.DataFrame:
    """Whose refunds are more than chance gives: so many that, at everybody's rate, it would hardly happen.

    A flag is a reason to look, not a finding. Chance makes some flags even if all customers are alike
    (`false_alarms` says how many), and goods of another kind, a bad batch or a shop make others.

    When something else is right: reading the orders, before anybody is asked.

    Parameters
    ----------
    counted : DataFrame
        One row per customer: n_orders and n_refunded, as `count_refunds` gives them.
    alarm : float
        How unlikely a number must be, between 0 and 1: 0.001 is once in a thousand customers who are like the others.
    fewest_orders : int
        Whoever made fewer is not flagged, whatever their rate: one bad batch is all it takes.

    Returns
    -------
    DataFrame
        One row per customer, as counted, with chance_share (how often somebody with as many orders would have as many
        refunds or more, at the rate of all) and is_flagged, true where it is below alarm.

    Raises
    ------
    ValueError
        A column is missing or no number, somebody has more refunds than orders, or alarm is outside 0 to 1.

    References
    ----------
    Reinartz & Kumar (2002), The Mismanagement of Customer Loyalty, Harvard Business Review 80(7), for what customers
    who take much back cost.

    Examples
    --------
    Two customers with a rate of 40 %, among a thousand with 5 %.

    >>> counted = pd.DataFrame({"n_orders": [5, 50] + [20] * 1000, "n_refunded": [2, 20] + [1] * 1000})
    >>> flag_refunds(counted, alarm=0.001).head(2).round(4)
       n_orders  n_refunded  chance_share  is_flagged
    0         5           2        0.0234       False
    1        50          20        0.0000        True
    """
    from scipy.stats import binom

    n, refunded, rate = _asked(counted, alarm, fewest_orders)
    chance = binom.sf(refunded - 1, n, rate)
    return counted.assign(chance_share=chance, is_flagged=(chance < alarm) & (n >= fewest_orders))


def false_alarms(counted: pd.DataFrame, *, alarm: float, fewest_orders: int = 10) -> float:
    """How many customers `flag_refunds` would flag if all had the same rate: by chance alone, on average.

    When something else is right: where goods differ in how often they come back, customers are not alike even without
    abuse, and more are flagged than this says.

    Parameters
    ----------
    counted : DataFrame
        As in `flag_refunds`.
    alarm, fewest_orders : float, int
        As in `flag_refunds`.

    Returns
    -------
    float
        A number of customers.

    Raises
    ------
    ValueError
        As `flag_refunds`.

    Examples
    --------
    >>> counted = pd.DataFrame({"n_orders": [5, 50] + [20] * 1000, "n_refunded": [2, 20] + [1] * 1000})
    >>> round(false_alarms(counted, alarm=0.001), 2)
    0.37
    """
    from scipy.stats import binom

    n, _, rate = _asked(counted, alarm, fewest_orders)
    n = n[n >= fewest_orders]
    first = binom.isf(alarm, n, rate)  # the smallest number so that more than it comes less often than alarm
    beyond = binom.sf(first, n, rate)
    return float(np.where(beyond < alarm, beyond, binom.sf(first + 1, n, rate)).sum())


def _asked(counted: pd.DataFrame, alarm: float, fewest_orders: int) -> tuple[np.ndarray, np.ndarray, float]:
    require.numbers(counted, ["n_orders", "n_refunded"], "counted")
    require.between(alarm, "alarm", 0, 1, example=0.001)
    require.whole(fewest_orders, "fewest_orders")
    n, refunded = counted["n_orders"].to_numpy(dtype=float), counted["n_refunded"].to_numpy(dtype=float)
    is_odd = (refunded > n) | (refunded < 0) | (n < 1)
    if is_odd.any():
        raise ValueError(
            t(
                "every customer must have an order, and no more refunded orders than orders; {who!r} has {n:g} and"
                " {refunded:g}. Count orders, not lines: count_refunds.",
                who=counted.index[is_odd.argmax()],
                n=n[is_odd.argmax()],
                refunded=refunded[is_odd.argmax()],
            )
        )
    return n, refunded, float(refunded.sum() / n.sum())
