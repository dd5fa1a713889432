"""Whether a score predicts: AUC with its interval, the lead of one score, KS, and whether chances come true."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

FEW = 10  # with fewer of a kind an interval from a normal curve says more than it knows


class Auc(NamedTuple):
    """The share of the pairs in the right order, its interval, Gini, and why to doubt it; None where nothing is."""

    auc: float
    low: float
    high: float
    gini: float
    doubt: str | None


class Lead(NamedTuple):
    """How far the first score is ahead of the second in AUC, and the interval of that."""

    lead: float
    low: float
    high: float


class Ks(NamedTuple):
    """The widest gap between bad and good ones caught, the score at which it is, and both shares there."""

    ks: float
    at: float
    bad_share: float
    good_share: float


def auc_interval(score: pd.Series, is_bad: pd.Series, *, level: float = 0.95) -> Auc:
    """AUC of a score with the interval of DeLong: how often a good one scores above a bad one; a tie counts half.

    When something else is right: `calibration_table`, where chances are to be right and not only their order; money,
    where one kind of mistake costs more. On the records a score was fitted on the AUC flatters.
    Where one customer is there in several quarters, records err together and the interval is too narrow: take one each.

    Parameters
    ----------
    score : Series
        More is safer, as points are. Of an interest rate or a chance to turn bad, give -rate.
    is_bad : Series
        True or false, index as `score`.
    level : float
        How often such intervals hold the AUC of all records of the kind, between 0 and 1.

    Returns
    -------
    Auc
        auc, low, high, gini (2 x auc - 1), and doubt: a sentence, or None. Range of auc 0 to 1; 0.5 is a coin, best 1.

    Raises
    ------
    ValueError
        score and is_bad are not of the same records, a score is missing, or all are good, or all bad.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44(3), 837-845, doi:10.2307/2531595. Sun & Xu (2014), IEEE Signal
    Processing Letters 21(11), doi:10.1109/LSP.2014.2337313.

    Examples
    --------
    Of the six pairs of a good and a bad one five are in the right order.

    >>> score, is_bad = pd.Series([640, 600, 590, 580, 500]), pd.Series([False, False, True, False, True])
    >>> round(auc_interval(score, is_bad).auc, 3)
    0.833
    """
    scores, bad = _same_records({"score": score}, is_bad)
    aucs, variance = _delong(scores, bad)
    auc, (low, high) = float(aucs[0]), _around(aucs[0], variance[0, 0], level)
    return Auc(auc, max(0.0, low), min(1.0, high), 2 * auc - 1, _doubt(auc, bad))


def judge_auc(score: pd.Series, is_bad: pd.Series, *, level: float = 0.95) -> str:
    """Whether it can be said that a score tells good ones from bad ones, so that one more bad one would not turn it.

    When something else is right: `auc_interval`, for how well it does; a second period, for whether it still does.

    Parameters
    ----------
    score : Series
        As in `auc_interval`.
    is_bad : Series
        As in `auc_interval`; all may be alike.
    level : float
        As in `auc_interval`.

    Returns
    -------
    str
        "too few", where fewer than ten are bad or fewer than ten are good; "predicts", where the interval lies above
        one half, also if one more, with the best score of all, had turned bad; "runs against", where it lies below,
        also if one more with the lowest score had; else "cannot be told".

    Raises
    ------
    ValueError
        score and is_bad are not of the same records, or a score is missing.

    Examples
    --------
    >>> is_bad = pd.Series([True] * 20 + [False] * 80)
    >>> judge_auc(pd.Series(range(100)), is_bad), judge_auc(pd.Series(range(100)) % 20, is_bad)
    ('predicts', 'cannot be told')
    >>> judge_auc(pd.Series(range(50)), is_bad[11:61].reset_index(drop=True))
    'too few'
    """
    bad = require.truths(is_bad, "is_bad")
    if min(bad.sum(), (~bad).sum()) < FEW:
        return "too few"
    found = auc_interval(score, is_bad, level=level)

    def with_one_more(value: float) -> Auc:
        more = pd.concat([score, pd.Series([value])], ignore_index=True)
        return auc_interval(more, pd.Series([*bad, True]), level=level)

    if found.low > 0.5 and with_one_more(score.max()).low > 0.5:
        return "predicts"
    if found.high < 0.5 and with_one_more(score.min()).high < 0.5:
        return "runs against"
    return "cannot be told"


def auc_lead(first: pd.Series, second: pd.Series, is_bad: pd.Series, *, level: float = 0.95) -> Lead:
    """How far one score is ahead of another in AUC on the same records, with the interval of DeLong.

    Both scores err on the same records, so that their difference is more certain than either: that two intervals
    overlap says nothing.

    When something else is right: drawing records anew (`targeting.score_lead`), where few are bad.

    Parameters
    ----------
    first, second : Series
        Two scores; more is safer.
    is_bad : Series
        True or false, index as the scores.
    level : float
        As in `auc_interval`.

    Returns
    -------
    Lead
        lead (AUC of the first less that of the second), low and high. Range of lead -1 to 1; 0 where neither leads.

    Raises
    ------
    ValueError
        As `auc_interval`.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44(3), 837-845, doi:10.2307/2531595.

    Examples
    --------
    >>> is_bad = pd.Series([False, False, True, False, True] * 20)
    >>> points, coin = pd.Series([640, 600, 590, 580, 500] * 20), pd.Series([1, 2, 1, 2, 2] * 20)
    >>> [round(one, 2) for one in auc_lead(points, coin, is_bad)]
    [0.25, 0.08, 0.42]
    """
    scores, bad = _same_records({"first": first, "second": second}, is_bad)
    aucs, variance = _delong(scores, bad)
    lead = float(aucs[0] - aucs[1])
    low, high = _around(lead, variance[0, 0] + variance[1, 1] - 2 * variance[0, 1], level)
    return Lead(lead, max(-1.0, low), min(1.0, high))


def roc_curve(score: pd.Series, is_bad: pd.Series) -> pd.DataFrame:
    """What share of the bad ones each cut catches, and what share of the good ones it refuses with them.

    Parameters
    ----------
    score : Series
        More is safer.
    is_bad : Series
        True or false, index as `score`.

    Returns
    -------
    DataFrame
        One row per score that is there, the lowest first, before them a row in which nobody is refused: at (who has
        this score or less is refused), good_share and bad_share, of all good and of all bad ones.

    Raises
    ------
    ValueError
        As `auc_interval`.

    Examples
    --------
    >>> roc_curve(pd.Series([600, 500, 400, 400]), pd.Series([False, False, True, False])).round(2)
          at  good_share  bad_share
    0   -inf        0.00        0.0
    1  400.0        0.33        1.0
    2  500.0        0.67        1.0
    3  600.0        1.00        1.0
    """
    scores, bad = _same_records({"score": score}, is_bad)
    at, places = np.unique(scores[0], return_inverse=True)
    caught = {"good_share": ~bad, "bad_share": bad}
    shares = {name: np.bincount(places, weights=kind).cumsum() / kind.sum() for name, kind in caught.items()}
    columns = {"at": np.concatenate([[-np.inf], at])}
    return pd.DataFrame(columns | {name: np.concatenate([[0.0], share]) for name, share in shares.items()})


def ks_statistic(score: pd.Series, is_bad: pd.Series) -> Ks:
    """The Kolmogorov-Smirnov statistic and where it lies: the cut that parts bad and good ones farthest.

    It looks at one cut, and at the best one: on few records it is high by chance. Where it lies is not where to refuse;
    that hangs on what a good one brings and a bad one costs.

    Parameters
    ----------
    score : Series
        More is safer.
    is_bad : Series
        True or false, index as `score`.

    Returns
    -------
    Ks
        ks, the share of the bad less that of the good ones who have `at` or less; at, the lowest such score; bad_share
        and good_share. Range 0 to 1; best 1.

    Raises
    ------
    ValueError
        As `auc_interval`.

    References
    ----------
    Kolmogorov (1933), Smirnov (1948), Annals of Mathematical Statistics 19(2), doi:10.1214/aoms/1177730256.

    Examples
    --------
    >>> ks = ks_statistic(pd.Series([600, 500, 400, 300]), pd.Series([False, False, True, True]))
    >>> ks.ks, ks.at
    (1.0, 400.0)
    """
    curve = roc_curve(score, is_bad)
    best = curve.loc[(curve["bad_share"] - curve["good_share"]).round(12).idxmax()]
    return Ks(
        *(float(one) for one in (best["bad_share"] - best["good_share"], *best[["at", "bad_share", "good_share"]]))
    )


def calibration_table(
    probability: pd.Series,
    is_bad: pd.Series,
    *,
    n_groups: int = 10,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Whether of those with a chance of 5 % about 5 % turn bad: groups by predicted chance, with Wilson's interval.

    When something else is right: one test over all groups, as Hosmer and Lemeshow's, is left out here: it hangs on how
    many groups there are, at small n it passes nearly everything and at large n nothing.

    Parameters
    ----------
    probability : Series
        The predicted chance to turn bad, 0 to 1.
    is_bad : Series
        True or false, index as `probability`.
    n_groups : int
        How many groups of nearly equal size; equal chances stay together, so there may be fewer.
    groups : Series, optional
        Groups of your own instead, such as grades, index as `probability`: one row for each, in the order of its
        categories if it is categorical, else sorted.
    level : float
        How often an interval holds the bad rate of all records of the kind.

    Returns
    -------
    DataFrame
        One row per group, the safest first unless you gave groups: n, n_bad, expected_rate (mean of the predicted),
        bad_rate, low_rate and high_rate (the interval of bad_rate), and is_inside, whether expected_rate lies in it.
        At a level of 0.95 one of 20 groups lies outside by chance.

    Raises
    ------
    ValueError
        As `auc_interval`; a probability lies outside 0 to 1, a group is missing, or an option is none.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> probability = pd.Series([0.1] * 10 + [0.4] * 10)
    >>> is_bad = pd.Series([True] + [False] * 9 + [True] * 9 + [False])
    >>> table = calibration_table(probability, is_bad, n_groups=2)
    >>> table[["n", "expected_rate", "bad_rate", "low_rate", "high_rate", "is_inside"]].round(2)
            n  expected_rate  bad_rate  low_rate  high_rate  is_inside
    group
    1      10            0.1       0.1      0.02       0.40       True
    2      10            0.4       0.9      0.60       0.98      False
    """
    from statsmodels.stats.proportion import proportion_confint  # seconds, which who only ranks need not wait for

    require.whole(n_groups, "n_groups")
    require.between(level, "level", 0, 1, example=0.95)
    (chances,), bad = _same_chances(probability, is_bad)
    group = _cut_chances(chances, n_groups) if groups is None else _own_groups(groups, is_bad)
    grouped = pd.DataFrame({"chance": chances, "bad": bad}).groupby(group, observed=True)
    table = pd.DataFrame(
        {"n": grouped.size(), "n_bad": grouped["bad"].sum(), "expected_rate": grouped["chance"].mean()}
    )
    table["bad_rate"] = table["n_bad"] / table["n"]
    low, high = proportion_confint(table["n_bad"], table["n"], alpha=1 - level, method="wilson")
    inside = table["expected_rate"].between(low - 1e-12, high + 1e-12)
    return table.assign(low_rate=low, high_rate=high, is_inside=inside)


def brier_score(probability: pd.Series, is_bad: pd.Series) -> float:
    """The mean squared error of predicted chances: order and calibration in one number.

    Who always says the overall rate has rate x (1 - rate); only below that does a score say anything.

    Parameters
    ----------
    probability : Series
        The predicted chance to turn bad, 0 to 1.
    is_bad : Series
        True or false, index as `probability`.

    Returns
    -------
    float
        Range 0 to 1; best 0. 0.25 is who always says one half.

    Raises
    ------
    ValueError
        As `calibration_table`.

    References
    ----------
    Brier (1950), Monthly Weather Review 78(1).

    Examples
    --------
    >>> round(brier_score(pd.Series([0.2, 0.8]), pd.Series([False, True])), 2)
    0.04
    """
    (chances,), bad = _same_chances(probability, is_bad)
    return float(np.mean((chances - bad) ** 2))


def _cut_chances(chances: np.ndarray, n_groups: int) -> pd.Series:
    group = pd.qcut(pd.Series(chances), n_groups, labels=False, duplicates="drop") if n_groups > 1 else 0
    group = pd.Series(group, index=range(len(chances)), name="group")
    return group.fillna(0).rank(method="dense").astype(int)


def _own_groups(groups: pd.Series, is_bad: pd.Series) -> pd.Series:
    if not isinstance(groups, pd.Series) or not groups.index.equals(is_bad.index) or groups.isna().any():
        raise ValueError(
            t("groups must be a Series of the same index as is_bad, none missing. Take both from one table.")
        )
    return groups.reset_index(drop=True)


def _delong(scores: np.ndarray, is_bad: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """AUC of each row of scores, and the covariance of them, from the place of each record among those unlike it."""
    from scipy.stats import rankdata

    good, bad = scores[:, ~is_bad], scores[:, is_bad]
    n_good, n_bad = good.shape[1], bad.shape[1]
    among_all = rankdata(scores, axis=1)
    of_good = (among_all[:, ~is_bad] - rankdata(good, axis=1)) / n_bad  # the share of the bad ones below
    of_bad = 1 - (among_all[:, is_bad] - rankdata(bad, axis=1)) / n_good  # the share of the good ones above
    if min(n_good, n_bad) < 2:
        return of_good.mean(axis=1), np.full((len(scores), len(scores)), np.nan)
    return of_good.mean(axis=1), np.atleast_2d(np.cov(of_good)) / n_good + np.atleast_2d(np.cov(of_bad)) / n_bad


def _around(middle: float, variance: float, level: float) -> tuple[float, float]:
    from scipy.special import ndtri

    require.between(level, "level", 0, 1, example=0.95)
    # One of a kind does not say how far another would lie: nothing is ruled out.
    error = math.inf if math.isnan(variance) else math.sqrt(max(variance, 0.0))
    half = float(ndtri((1 + level) / 2)) * error
    return float(middle - half), float(middle + half)


def _doubt(auc: float, bad: np.ndarray) -> str | None:
    fewest = int(min(bad.sum(), (~bad).sum()))
    if auc < 0.5:
        return t(
            "Bad ones score above good ones (AUC {auc:.3f}): is the score a risk, or are good and bad swapped? Then"
            " give -score, or ~is_bad.",
            auc=auc,
        )
    if auc == 1:
        return t("No pair is in the wrong order: is something known only afterwards? The interval is no certainty.")
    if fewest < FEW:
        return t("There are only {fewest} of a kind: such intervals hold less often than they say.", fewest=fewest)
    return None


def _same_records(scores: dict[str, pd.Series], is_bad: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Scores, one row each, and who is bad; of the same records, all known, some good and some bad."""
    bad = require.truths(is_bad, "is_bad")
    for name, score in scores.items():
        if not isinstance(score, pd.Series) or not score.index.equals(is_bad.index):
            raise ValueError(
                t("{name} and is_bad must be Series of the same index. Take both from one table.", name=name)
            )
        require.numbers(score.to_frame(name), [name], "score")
    if bad.all() or not bad.any():
        raise ValueError(
            t("is_bad must hold good ones and bad ones; all {n:,} are alike. Take a longer period.", n=len(bad))
        )
    return np.array([score.to_numpy(dtype=float) for score in scores.values()]), bad


def _same_chances(probability: pd.Series, is_bad: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    chances, bad = _same_records({"probability": probability}, is_bad)
    if chances.min() < 0 or chances.max() > 1:
        raise ValueError(
            t(
                "probability must lie between 0 and 1; it goes from {low:g} to {high:g}. Points are no chances:"
                " card.probability(facts).",
                low=chances.min(),
                high=chances.max(),
            )
        )
    return chances, bad
