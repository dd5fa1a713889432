"""What chance alone does: moves from weeks, orders or days at random, trends, lots; and intervals, handed on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.intervals import Interval, bootstrap_interval, intervals_of, tail_exponent
from crmlib.language import t

# Of more customers than MANY, what is drawn many times over is drawn from a random sample of so many.
MANY, SAMPLE = 100_000, 20_000

__all__ = [
    "Interval",
    "bootstrap_interval",
    "found_by_lot",
    "intervals_of",
    "middle_error",
    "scatter_days",
    "swap_weeks",
    "tail_exponent",
    "toss_orders",
]


def swap_weeks(
    lines: pd.DataFrame, *, middle: object, days: int, n_times: int, seed: int
) -> Iterator[tuple[pd.Series, pd.Series]]:
    """Two made-up periods, as long as two real ones, between which nobody changed: what chance alone does.

    Two periods of `days` days meet at `middle`. Their weeks stand in pairs: the first week of the
    one with the first of the other, and so on; what is left over at the end makes a last, shorter
    pair. For each pair the toss of a coin decides which of the two weeks goes to which made-up
    period. Both are then as long as a real period and hold one week of each place in it, so with
    whole years the same seasons. Moves between the real periods that go no further than those
    between made-up ones need no explanation but chance.

    It takes one week of a customer to be as good as another. For people who buy by habit, every
    second week, say, it puts too much down to chance; for those who buy in bursts, too little.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order: customer_id, order_date, amount. Other days are not looked at. Where there are
        very many customers, those of a sample (`orders.sample_customers`).
    middle : date, str or Timestamp
        The last day of the first of the two periods.
    days : int
        The length of each period.
    n_times : int
        How many pairs of periods to make.
    seed : int
        The same seed makes the same ones.

    Yields
    ------
    (Series, Series)
        The amount of each customer with a line in the first and in the second made-up period,
        indexed by customer_id, in currency units.

    Raises
    ------
    ValueError
        days or n_times is not a whole number of at least 1.

    References
    ----------
    the permutation of pairs is that of Fisher (1935), The Design of Experiments, section 21.

    Examples
    --------
    Ann buys every week for 10, so nothing can change.

    >>> lines = pd.DataFrame({
    ...     "customer_id": "ann", "order_date": pd.date_range("2024-01-01", periods=8, freq="7D"), "amount": 10.0,
    ... })
    >>> pairs = swap_weeks(lines, middle="2024-01-28", days=28, n_times=3, seed=1)
    >>> [(float(a["ann"]), float(b["ann"])) for a, b in pairs]
    [(40.0, 40.0), (40.0, 40.0), (40.0, 40.0)]
    """
    require.whole(days, "days")
    require.whole(n_times, "n_times")
    start = pd.Timestamp(middle).normalize() - pd.Timedelta(days=days - 1)
    day = (lines["order_date"] - start).dt.days
    inside = (day >= 0) & (day < 2 * days)
    amounts = pd.DataFrame(
        {
            "customer_id": lines.loc[inside, "customer_id"],
            "is_second": day[inside] >= days,
            "week": day[inside] % days // 7,
            "amount": lines.loc[inside, "amount"],
        }
    )
    # One row per customer and week, so that a million lines are added up once.
    by_week = amounts.groupby(["customer_id", "is_second", "week"], observed=True)["amount"].sum().reset_index()
    rng = np.random.default_rng(seed)
    for _ in range(n_times):
        swapped = rng.integers(0, 2, -(-days // 7)).astype(bool)
        goes_second = by_week["is_second"].to_numpy() ^ swapped[by_week["week"].to_numpy()]
        halves = [by_week[~goes_second], by_week[goes_second]]
        # Rounded, so that customers who spent the same are not told apart by the dust of a sum of floats.
        yield tuple(half.groupby("customer_id", observed=True)["amount"].sum().round(6) for half in halves)


def toss_orders(lines: pd.DataFrame, *, n_times: int, seed: int) -> Iterator[tuple[pd.Series, pd.Series]]:
    """Two made-up periods between which nobody changed: for every order the toss of a coin says which it falls into.

    Everybody keeps all of their orders, whole; only the dates are luck. What moves between two such periods
    moves by chance alone.

    When something else is right: `swap_weeks`, where seasons matter or the two periods brought unequal sums;
    here both bring about half of the money. The coin lets orders fall at random: for people who buy by
    habit, every Monday, say, it puts too much down to chance; for those who buy in bursts, too little.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order, of both periods: customer_id, order_id, amount. A refund under the
        number of its order goes with it. Where there are very many customers, those of a sample
        (`orders.sample_customers`).
    n_times : int
        How many pairs of periods to make.
    seed : int
        The same seed makes the same ones.

    Yields
    ------
    (Series, Series)
        The amount of each customer with an order in the first and in the second made-up period, indexed
        by customer_id, in currency units.

    Raises
    ------
    ValueError
        A column is not there, or n_times is not a whole number of at least 1.

    References
    ----------
    Fisher (1935), The Design of Experiments, section 21.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["ann"] * 3, "order_id": [1, 2, 3], "amount": [10.0, 20.0, 40.0]})
    >>> [float(before.sum() + after.sum()) for before, after in toss_orders(lines, n_times=2, seed=1)]
    [70.0, 70.0]
    """
    require.columns(lines, ["customer_id", "order_id", "amount"], "lines")
    require.whole(n_times, "n_times")
    orders = lines.groupby(["customer_id", "order_id"], observed=True)["amount"].sum().reset_index()
    rng = np.random.default_rng(seed)
    for _ in range(n_times):
        is_first = rng.random(len(orders)) < 0.5
        halves = [orders[is_first], orders[~is_first]]
        yield tuple(half.groupby("customer_id", observed=True)["amount"].sum().round(6) for half in halves)


def scatter_days(lines: pd.DataFrame, *, until: object, n_times: int, seed: int) -> Iterator[pd.DataFrame]:
    """Logs of a world in which nobody leaves and nobody changes: after the first, every purchase falls on any day.

    Each customer keeps their first day, and as many days of purchase with the same amounts; when the later ones
    come is luck, any day up to `until` being as likely as another. Whoever a rule calls late, gone, rising or falling
    there is called so by chance alone.

    When something else is right: `toss_orders`, where two periods are compared. Who buys by habit, every Monday, say,
    leaves less to chance than this; who buys in bursts leaves more. Who has truly left is made to go on more thinly
    in it. It knows no season.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order: customer_id, order_date, amount. Later lines than `until` are left out. Where
        there are very many customers, those of a sample (`orders.sample_customers`).
    until : date, str or Timestamp
        The last day of the log.
    n_times : int
        How many logs to make.
    seed : int
        The same seed makes the same ones.

    Yields
    ------
    DataFrame
        One row per customer and day of purchase: customer_id, order_date, amount. Two may fall on one day.

    Raises
    ------
    ValueError
        A column is not there, no line is left, or n_times is not a whole number of at least 1.

    References
    ----------
    Cox & Lewis (1966), The Statistical Analysis of Series of Events, ch. 2: events without a trend.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])
    >>> lines = pd.DataFrame({"customer_id": "ann", "order_date": days, "amount": [5.0, 6.0, 7.0]})
    >>> world = next(scatter_days(lines, until="2024-12-31", n_times=1, seed=1))
    >>> world["amount"].tolist(), str(world["order_date"].min().date()), len(world)
    ([5.0, 6.0, 7.0], '2024-01-01', 3)
    """
    require.columns(lines, ["customer_id", "order_date", "amount"], "lines")
    require.whole(n_times, "n_times")
    last = require.day(until, "until")
    day = lines["order_date"].dt.normalize().rename("order_date")
    seen = lines[day <= last]
    if seen.empty:
        raise ValueError(
            t("lines must hold at least one line up to until; there is none up to {last:%Y-%m-%d}.", last=last)
        )
    by_day = seen.groupby(["customer_id", day], observed=True)["amount"].sum().reset_index()
    first = by_day.groupby("customer_id", observed=True)["order_date"].transform("min")
    is_later, span = (by_day["order_date"] > first).to_numpy(), (last - first).dt.days.to_numpy()
    rng = np.random.default_rng(seed)
    for _ in range(n_times):
        after = np.where(is_later, np.ceil(rng.random(len(by_day)) * span).clip(min=1), 0)
        yield by_day.assign(order_date=first + pd.to_timedelta(after, unit="D"))


def middle_error(tenure_days: pd.Series, n_days: pd.Series) -> pd.Series:
    """How far chance alone usually moves the mean of a customer's days of purchase off the middle of their time.

    A customer who buys at a steady rate is as likely to come on one day since the first purchase as on another. The
    days after the first then lie around the middle of that time, and their mean is off it by one standard error or
    less in about two of three cases.

    When something else is right: amounts that differ much, which weigh some days more (`lifecycle.assign_stages`).

    Parameters
    ----------
    tenure_days : Series
        Days from the first purchase to today, one value per customer.
    n_days : Series
        Days of purchase, the first among them; same index.

    Returns
    -------
    Series
        Standard error in days, index as `tenure_days`; missing of customers who came on one day only.

    Raises
    ------
    ValueError
        A tenure is negative, or a number of days is below 1.

    References
    ----------
    Cox & Lewis (1966), The Statistical Analysis of Series of Events, ch. 3: the test of a trend.

    Examples
    --------
    From 1 to 5 days ago each as likely: one such day is off by the root of 2, the mean of two by 1.

    >>> middle_error(pd.Series({"ann": 5, "bob": 5}), pd.Series({"ann": 3, "bob": 1})).to_dict()
    {'ann': 1.0, 'bob': nan}
    """
    if (tenure_days < 0).any() or (n_days < 1).any():
        raise ValueError(t("tenure_days must be at least 0 and n_days at least 1. A first purchase of today: 0 and 1."))
    of_one_day = ((tenure_days.astype("float64") ** 2 - 1) / 12).clip(lower=0) ** 0.5
    n_later = (n_days - 1).astype("float64")
    return of_one_day / n_later.where(n_later > 0) ** 0.5


def found_by_lot(n_all: pd.Series, n_marked: pd.Series, n_drawn: pd.Series, *, n_times: int, seed: int) -> pd.Series:
    """How many of the marked ones draws by lot find: what a rule that chooses has to beat.

    Names out of a hat, without putting them back; in each group as many as the rule chose there. The sum over the
    groups is given, for each time.

    Parameters
    ----------
    n_all, n_marked, n_drawn : Series
        One value per group: how many there are, how many of them are marked (those who rose, say), how many are drawn.
    n_times : int
        How often to draw.
    seed : int
        The same seed draws the same.

    Returns
    -------
    Series
        One number for each time, 0 to the marked of all groups together. Its mean is what lots find on average; the
        share of times at least as high as what the rule found says how easily luck does as well.

    Raises
    ------
    ValueError
        More are marked or drawn than there are, or n_times is not a whole number of at least 1.

    References
    ----------
    Fisher (1935), The Design of Experiments, chapter 2.

    Examples
    --------
    >>> found = found_by_lot(pd.Series([8, 10]), pd.Series([2, 1]), pd.Series([4, 5]), n_times=1000, seed=1)
    >>> len(found), bool(found.between(0, 3).all())
    (1000, True)
    """
    require.whole(n_times, "n_times")
    marked, others, drawn = (np.asarray(count, dtype=int) for count in (n_marked, n_all - n_marked, n_drawn))
    if (marked < 0).any() or (others < 0).any() or (drawn < 0).any() or (drawn > marked + others).any():
        raise ValueError(
            t("n_marked and n_drawn must lie between 0 and n_all in each group. Of 8 one can draw 8 at most, not 9.")
        )
    found = np.random.default_rng(seed).hypergeometric(marked, others, drawn, size=(n_times, len(marked)))
    return pd.Series(found.sum(axis=1), name="n_found")
