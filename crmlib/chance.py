"""What chance alone does: intervals from drawing customers anew, moves from weeks, orders or days at random."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

# With fewer customers nobody can see how heavy their tail is; at or below this exponent the variance has no bound.
FEW, HEAVY, LEAST_TAIL = 100, 2.0, 5
# Where between the smallest customer and the largest the influence on a measure is taken.
NODES = np.array([0.0, 0.4, 0.8, 0.95, 1.0])


class Interval(NamedTuple):
    """Two ends, and why they may hold less often than their level says; None where they do not.

    Three values and not two, so that whoever takes them apart meets the doubt.
    """

    low: float
    high: float
    doubt: str | None


def bootstrap_interval(
    value: pd.Series, measure: Callable[[pd.Series], float], *, n_resamples: int = 1000, seed: int, level: float = 0.95
) -> Interval:
    """Where a measure lies for all customers of the kind, judged from those who came: a bootstrap-t interval.

    Customers are drawn anew, with replacement, `n_resamples` times. How far a measure moves depends on
    who was drawn: where a giant is missing it looks both small and certain. So each move is divided by
    its own standard error before the quantiles are taken, on the scale of the logit for a measure
    between 0 and 1, of the logarithm for one above 0. It speaks of the chance in *which* customers
    came, not of a measure's dependence on the period.

    When something else is right: a measure that jumps, such as a median, has no such standard error
    (quantiles of the draws will do); where there is a doubt, print the ends without a level.

    Where most customers bring 0, a resample may hold none who brings anything, and shares of
    nothing cannot be taken. Such a resample, one without a positive total that the measure
    refuses, is drawn again: the interval then holds given that somebody bought.

    Parameters
    ----------
    value : Series
        One value per customer, in any unit.
    measure : callable
        From such a Series to a number, the same in any order of the customers.
    n_resamples : int
        How often; 1,000 are enough for two digits. The measure is taken six times in each.
    seed : int
        The same seed gives the same interval.
    level : float
        How often such intervals hold the measure of all customers of the kind, between 0 and 1.

    Returns
    -------
    Interval
        low and high, the ends in the unit of the measure; and doubt, a sentence, or None: fewer than 100
        customers bring anything; or the tail's exponent is at or below 2, where the variance has no
        bound (see `tail_exponent`), and the measure hangs on the largest; or a standard error is 0, and
        the plain quantiles of the draws are given. The interval then holds its level less often.

    Raises
    ------
    ValueError
        There is only one customer, the measure refuses the values themselves, or nearly all resamples;
        or level or n_resamples is no such number.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, section 12.5. For the Gini coefficient, and
    its failure in heavy tails: Davidson (2009), doi:10.1016/j.jeconom.2008.11.004.

    Examples
    --------
    >>> spent = pd.Series(range(1, 101), dtype=float)
    >>> low, high, doubt = bootstrap_interval(spent, pd.Series.mean, seed=1, n_resamples=200)
    >>> bool(low < spent.mean() < high), doubt
    (True, None)
    """
    require.values(value)
    if len(value) < 2:
        raise ValueError(t("an interval must have at least two customers to draw from; there is one."))
    require.whole(n_resamples, "n_resamples")
    if not isinstance(level, numbers.Real) or not 0 < level < 1:
        raise ValueError(t("level must lie between 0 and 1; got {level!r}. 95 % is 0.95.", level=level))
    here = float(measure(value))  # refuses the values themselves, if it does, in its own words
    ordered = np.sort(value.to_numpy(dtype=float))
    influences, hangs_on_largest = _influences(ordered, measure, here)
    draws = _draw(ordered, measure, n_resamples, np.random.default_rng(seed))
    found, errors = np.array(list(draws)).T
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = _studentized(here, _standard_error(influences), found, errors, tails)
    doubt = _doubt(value) if hangs_on_largest or _n_bringing(value) < FEW else None
    if not np.isfinite([low, high]).all():
        low, high = np.quantile(found, tails)
        if low < high:
            doubt = t("in some draws the measure has no standard error, so plain quantiles of the draws are given")
    said = doubt and t(
        "The interval may hold the measure less often than in {n:g} of 100 cases: {why}.", n=100 * level, why=doubt
    )
    return Interval(float(low), float(high), said)


def intervals_of(
    groups: Mapping[str, pd.Series], measure: Callable[[pd.Series], float], *, n_resamples: int = 1000, seed: int
) -> pd.DataFrame:
    """The interval of one measure in several groups, side by side, and how much hangs on the biggest customer.

    Parameters
    ----------
    groups : mapping of str to Series
        By its name: one value per customer.
    measure : callable
        From such a Series to a number, the same in any order of the customers.
    n_resamples : int
        How often to draw in each group.
    seed : int
        The same seed gives the same intervals.

    Returns
    -------
    DataFrame
        One row per group: low and high, a 95 % interval as `bootstrap_interval` gives it; is_rough, true where it may
        hold less often than that; and share_of_the_biggest, what the biggest customer brings of the whole.

    Raises
    ------
    ValueError
        As `bootstrap_interval`.

    Examples
    --------
    >>> groups = {"many": pd.Series(range(1, 201), dtype=float), "few": pd.Series([1.0, 2.0, 5.0])}
    >>> intervals_of(groups, pd.Series.mean, n_resamples=200, seed=1)["is_rough"].to_dict()
    {'many': False, 'few': True}
    """
    rows = {}
    for name, value in groups.items():
        low, high, doubt = bootstrap_interval(value, measure, n_resamples=n_resamples, seed=seed)
        biggest = float(value.max() / value.sum())
        rows[name] = {"low": low, "high": high, "is_rough": doubt is not None, "share_of_the_biggest": biggest}
    return pd.DataFrame.from_dict(rows, orient="index")


def tail_exponent(value: pd.Series) -> float:
    """How fast the largest values thin out: Hill's exponent of the tenth of the customers that is largest.

    Among customers who bring anything, losses without their sign. At or below 2 the variance has no bound:
    a single customer may outweigh all others, and no interval from resampling holds its level. When
    something else is right: `concentration.pareto_alpha`, where you know from which value on the law holds.

    Parameters
    ----------
    value : Series
        One value per customer, in any unit.

    Returns
    -------
    float
        Range 0 to infinity (no tail: the largest are equal); best as large as can be. It is an estimate: 200
        customers of a law of 2 give 1.5 to 2.7. Missing where fewer than 6 customers bring anything.

    Raises
    ------
    ValueError
        A value is missing or infinite.

    References
    ----------
    Hill (1975), doi:10.1214/aos/1176343247.

    Examples
    --------
    Sixty customers, of whom the largest six bring 2, the others 1: the logarithms are all log 2.

    >>> round(tail_exponent(pd.Series([1.0] * 54 + [2.0] * 6)), 4) == round(1 / math.log(2), 4)
    True
    """
    require.values(value)
    large = np.sort(np.abs(value.to_numpy(dtype=float)))
    large = large[large > 0]
    if len(large) < LEAST_TAIL + 1:
        return math.nan
    n_tail = max(LEAST_TAIL, round(len(large) / 10))
    logs = math.fsum(np.log(large[-n_tail:] / large[-n_tail - 1]).tolist())
    return n_tail / logs if logs > 0 else math.inf


def _n_bringing(value: pd.Series) -> int:
    return int(np.count_nonzero(value.to_numpy(dtype=float)))


def _doubt(value: pd.Series) -> str | None:
    """Why an interval of a measure that hangs on the largest would not hold its level; None where it does."""
    n = _n_bringing(value)
    if n < FEW:
        return t("only {n} customers bring anything, and it takes {few} to see how large they come", n=n, few=FEW)
    exponent = tail_exponent(value)
    if exponent > HEAVY:
        return None
    return t(
        "the largest customers follow a tail of exponent {exponent:.2f}, and at or below {heavy} the variance has no"
        " bound; a giant who happened not to come cannot be drawn",
        exponent=exponent,
        heavy=HEAVY,
    )


def _draw(
    ordered: np.ndarray, measure: Callable[[pd.Series], float], n_resamples: int, rng: np.random.Generator
) -> Iterator[tuple[float, float]]:
    """The measure of each resample and its standard error."""
    n_done, n_refused = 0, 0
    while n_done < n_resamples:
        # Drawn as places and sorted, so that the measure finds its values in order, which is quick.
        sample = ordered[np.sort(rng.integers(0, len(ordered), len(ordered)))]
        try:
            found = float(measure(pd.Series(sample)))
        except ValueError:
            n_refused += 1
            if math.fsum(sample) > 0 or n_refused > 100 * n_resamples:
                raise
            continue
        n_done += 1
        yield found, _standard_error(_influences(sample, measure, found)[0])


def _influences(ordered: np.ndarray, measure: Callable[[pd.Series], float], here: float) -> tuple[np.ndarray, bool]:
    """What one more customer like each would change, times their number; and whether the largest change it most.

    Taken at five values and straight in between: for shares, Gini and means as good as at all.
    """
    n = len(ordered)
    nodes = np.unique(ordered[np.round(NODES * (n - 1)).astype(int)])
    moved = [float(measure(pd.Series(np.insert(ordered, np.searchsorted(ordered, x), x)))) - here for x in nodes]
    changes = (n + 1) * np.array(moved)
    hangs_on_largest = len(nodes) > 1 and abs(changes[-1]) > 1.01 * abs(changes[-2])
    return np.interp(ordered, nodes, changes), hangs_on_largest


def _standard_error(influences: np.ndarray) -> float:
    return float(influences.std() / math.sqrt(len(influences)))


def _studentized(
    here: float, error: float, found: np.ndarray, errors: np.ndarray, tails: list[float]
) -> tuple[float, float]:
    """The ends of the bootstrap-t interval; not finite where a standard error is 0 too often to say."""
    here = np.float64(here)  # whose division by zero is infinite, not an error
    ends = np.array([here, found.min(), found.max()])
    if (ends >= 0).all() and (ends <= 1).all():
        there, slope, back = lambda x: np.log(x / (1 - x)), lambda x: 1 / (x * (1 - x)), lambda x: 1 / (1 + np.exp(-x))
    elif (ends > 0).all():
        there, slope, back = np.log, lambda x: 1 / x, np.exp
    else:
        there, slope, back = np.asarray, np.ones_like, np.asarray
    with np.errstate(divide="ignore", invalid="ignore"):
        moves = there(found) - there(here)
        scaled = errors * slope(found)
        # Without a standard error of its own a move is beyond all others, on its side.
        ratios = np.where((scaled > 0) & np.isfinite(scaled), moves / scaled, np.sign(moves) * np.inf)
        below = np.quantile(ratios, tails[0], method="lower")
        above = np.quantile(ratios, tails[1], method="higher")
        low, high = there(here) - np.array([above, below]) * error * slope(here)
    return (float(back(low)), float(back(high))) if np.isfinite([low, high]).all() else (math.nan, math.nan)


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
        One row per line of an order: customer_id, order_date, amount. Other days are not looked at.
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
        number of its order goes with it.
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
        One row per line of an order: customer_id, order_date, amount. Later lines than `until` are left out.
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
