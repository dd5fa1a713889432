"""What chance alone does: intervals from drawing customers anew, and moves from exchanging weeks."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def bootstrap_interval(
    value: pd.Series, measure: Callable[[pd.Series], float], *, n_resamples: int = 1000, seed: int, level: float = 0.95
) -> tuple[float, float]:
    """How far a measure would move had other customers of the same kind come: a percentile interval.

    Customers are drawn anew, with replacement, `n_resamples` times. It speaks of the chance
    in *which* customers came, not of a measure's dependence on the period. Heavy tails make
    it too narrow: a single giant is in the data or not.

    Where most customers bring 0, a resample may hold none who brings anything, and shares of
    nothing cannot be taken. Such a resample, one without a positive total that the measure
    refuses, is drawn again: the interval then holds given that somebody bought.

    Parameters
    ----------
    value
        One value per customer.
    measure
        From such a Series to a number.
    n_resamples
        How often; 1,000 are enough for two digits.
    seed
        The same seed gives the same interval.
    level
        How much of the resamples lies inside, between 0 and 1.

    Returns
    -------
    (float, float)
        The lower and the upper end.

    Raises
    ------
    ValueError
        There is only one customer, the measure refuses the values themselves, or nearly all resamples.

    Source: Efron & Tibshirani (1993), ch. 13.

    Examples
    --------
    >>> from crmlib.concentration import gini_coefficient
    >>> low, high = bootstrap_interval(pd.Series([1.0, 2, 3, 4, 5, 6]), gini_coefficient, seed=1, n_resamples=200)
    >>> low < gini_coefficient(pd.Series([1, 2, 3, 4, 5, 6])) < high
    True
    """
    require.values(value)
    if len(value) < 2:
        raise ValueError(t("an interval must have at least two customers to draw from; there is one."))
    require.whole(n_resamples, "n_resamples")
    if not isinstance(level, numbers.Real) or not 0 < level < 1:
        raise ValueError(t("level must lie between 0 and 1; got {level!r}. 95 % is 0.95.", level=level))
    measure(value)  # refuses the values themselves, if it does, in its own words
    values, rng = value.to_numpy(dtype=float), np.random.default_rng(seed)
    found, n_refused = [], 0
    while len(found) < n_resamples:
        sample = pd.Series(values[rng.integers(0, len(values), len(values))])
        try:
            found.append(measure(sample))
        except ValueError:
            n_refused += 1
            if math.fsum(sample) > 0 or n_refused > 100 * n_resamples:
                raise
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


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
    lines
        One row per line of an order: customer_id, order_date, amount. Other days are not looked at.
    middle
        The last day of the first of the two periods.
    days
        The length of each period.
    n_times
        How many pairs of periods to make.
    seed
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

    Source: the permutation of pairs is that of Fisher (1935), The Design of Experiments, section 21.

    Examples
    --------
    Ann buys every week for 10, so nothing can change.

    >>> lines = pd.DataFrame({
    ...     "customer_id": "ann", "order_date": pd.date_range("2024-01-01", periods=8, freq="7D"), "amount": 10.0,
    ... })
    >>> [(float(a["ann"]), float(b["ann"])) for a, b in swap_weeks(lines, middle="2024-01-28", days=28, n_times=3, seed=1)]
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
