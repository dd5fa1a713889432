"""Concentration beyond one number: a power law that may or may not fit, and ABC by several criteria."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib.language import t


def pareto_alpha(value: pd.Series, *, minimum: float) -> float:
    """The exponent of a Pareto law for the values from `minimum` on, by maximum likelihood.

    Under the law the share of customers above x falls as x to the power of minus alpha. When
    something else is right: look at the whole curve first; a law that is fitted to the top says
    nothing about the others (`top_share` and `gini_coefficient` need no law).

    Returns
    -------
    float
        Above 0; the smaller, the more the biggest have. 1.16 is where a fifth holds four fifths; at 1 or
        below the law has no mean.

    Raises
    ------
    ValueError
        Fewer than two different values lie above `minimum`, or it is not positive.

    Source: Newman (2005), equation 5, doi:10.1080/00107510500052444.

    Examples
    --------
    >>> round(pareto_alpha(pd.Series([1.0, math.e, math.e**2]), minimum=1), 4)
    1.0
    """
    if not minimum > 0:
        raise ValueError(
            t("minimum must be above zero, for example the smallest amount that counts as big; got {minimum}.").format(minimum=minimum)
        )
    bad = ~np.isfinite(value.to_numpy(dtype=float, na_value=np.nan))
    if bad.any():
        text = t("every value must be a number; {n_bad:,} are missing or infinite, the first of customer {first!r}. Decide what they mean: value.fillna(0), or value.dropna().")
        raise ValueError(text.format(n_bad=bad.sum(), first=value.index[bad.argmax()]))
    tail = value[value >= minimum]
    logs = math.fsum(math.log(one / minimum) for one in tail)
    if not logs > 0:
        raise ValueError(
            t(
                "at least two different values must lie at or above minimum={minimum}; there are {n}. Take a smaller one."
            ).format(minimum=minimum, n=tail.nunique())
        )
    return len(tail) / logs


def pareto_top_share(alpha: float, share: float) -> float:
    """What share of everything the largest `share` holds, were the values to follow a Pareto law.

    Examples
    --------
    >>> round(pareto_top_share(1.160964, 0.2), 4), round(pareto_top_share(1.160964, 0.01), 4)
    (0.8, 0.5281)
    """
    if not alpha > 1:
        raise ValueError(t("alpha must be above 1, for below it the law has no mean to share out; got {alpha}.").format(alpha=alpha))
    if not 0 < share <= 1:
        raise ValueError(t("share must lie between 0 and 1, such as 0.2; got {share}.").format(share=share))
    return float(share ** (1 - 1 / alpha))


def score_by_criteria(table: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """One score per customer out of several criteria: their places in each, weighted.

    A place (the share of customers one is ahead of, ties halved) has no unit, so money and years can
    be added, and one giant does not decide alone. When something else is right: where all criteria
    are in money, add the money.

    Parameters
    ----------
    table
        One row per customer, one column per criterion.
    weights
        By column; a negative one where less is better. Only their proportions count.

    Returns
    -------
    Series
        Named "score", between 0 and 1, 1 is best; one per customer.

    Raises
    ------
    ValueError
        A column is not there or has missing values, or all weights are zero.

    Examples
    --------
    >>> table = pd.DataFrame({"revenue": [100, 20, 5], "cost": [30, 1, 2]}, index=list("abc"))
    >>> score_by_criteria(table, {"revenue": 3, "cost": -1}).round(3).to_dict()
    {'a': 0.667, 'b': 0.583, 'c': 0.25}
    """
    missing = [name for name in weights if name not in table]
    if missing or not weights:
        raise ValueError(
            t(
                "weights must name columns of the table, {columns}; got {weights}."
            ).format(columns=list(table.columns), weights=list(weights))
        )
    empty = [name for name in weights if table[name].isna().any()]
    if empty:
        raise ValueError(t("criteria must have a value for every customer; {empty} have not. Fill them, and say how.").format(empty=empty))
    words = [name for name in weights if not pd.api.types.is_numeric_dtype(table[name])]
    if words:
        raise TypeError(t("criteria must be numbers, or 10 would rank below 9; {words} are not. Use pd.to_numeric.").format(words=words))
    total = math.fsum(abs(weight) for weight in weights.values())
    if not total > 0:
        raise ValueError(t("weights must not all be zero: nothing would count. For example {'revenue': 3, 'tenure_days': 1}."))
    score = pd.Series(0.0, index=table.index, name="score")
    for name, weight in weights.items():
        place = (table[name].rank(method="average", ascending=weight > 0) - 0.5) / len(table)
        score += abs(weight) / total * place
    return score
