"""Where a measure lies for all customers of the kind, from drawing those who came anew, and when that is in doubt."""

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
        # Drawn as places and counted, so that the measure finds its values in order, which is quick.
        times = np.bincount(rng.integers(0, len(ordered), len(ordered)), minlength=len(ordered))
        sample = np.repeat(ordered, times)
        try:
            found = float(measure(pd.Series(sample, copy=False)))
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
    moved = [float(measure(_with_one_more(ordered, x))) - here for x in nodes]
    changes = (n + 1) * np.array(moved)
    hangs_on_largest = len(nodes) > 1 and abs(changes[-1]) > 1.01 * abs(changes[-2])
    return np.interp(ordered, nodes, changes), hangs_on_largest


def _with_one_more(ordered: np.ndarray, value: float) -> pd.Series:
    place = np.searchsorted(ordered, value)
    more = np.empty(len(ordered) + 1)  # filled by hand: np.insert takes longer than the measure
    more[:place], more[place], more[place + 1 :] = ordered[:place], value, ordered[place:]
    return pd.Series(more, copy=False)


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
