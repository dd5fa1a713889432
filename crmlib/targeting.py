"""Whom to call first: scores tried on a later period, old customers beside new ones, ways of choosing in money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


class Lead(NamedTuple):
    """How far one score, or one way of choosing, is ahead of another, and a 95 % interval for it."""

    lead: float
    low: float
    high: float


class Equals(NamedTuple):
    """Old beside new, part by part of a score, and the gap that is left between equals."""

    shares: pd.DataFrame
    gap: float


def auc_by_period(
    fitted_on: pd.DataFrame, later: pd.DataFrame, columns: Sequence[str], *, answer: str
) -> tuple[float, float]:
    """AUC of a logistic regression in the period it was fitted on, and in a later one.

    AUC is the share of the pairs, one who said yes and one who did not, in which the one who said yes has the higher
    chance; a tie counts half.

    When something else is right: where there is no later period, cross-validation, which does not show what changes.

    Parameters
    ----------
    fitted_on, later : DataFrame
        One row per prospect; the rows of `later` come after those of `fitted_on`, and no row is in both.
    columns : sequence of str
        What the chance is computed from: numbers, or true and false. Only what is known *before* the answer.
    answer : str
        The column that says whether it was a yes, true or false.

    Returns
    -------
    (float, float)
        AUC of `fitted_on` and of `later`. Range 0 to 1; 0.5 is a coin, best 1.

    Raises
    ------
    ValueError
        A column is missing or holds no numbers, or in a period all said the same.

    References
    ----------
    Hanley & McNeil (1982), Radiology 143, doi:10.1148/radiology.143.1.7063747.

    Examples
    --------
    >>> first = pd.DataFrame({"need": [10, 20, 30, 40], "won": [False, False, True, True]})
    >>> second = pd.DataFrame({"need": [10, 20, 30, 40], "won": [False, True, False, True]})
    >>> auc_by_period(first, second, ["need"], answer="won")
    (1.0, 0.75)
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    columns = list(columns)
    for table, name in ((fitted_on, "fitted_on"), (later, "later")):
        require.columns(table, [*columns, answer], name)
        require.numbers(table[columns].astype(float), columns, name)
        _both_answers(table[answer], name)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(fitted_on[columns].astype(float), fitted_on[answer].astype(bool))
    chances = [model.predict_proba(one[columns].astype(float))[:, 1] for one in (fitted_on, later)]
    answers = [one[answer].astype(bool) for one in (fitted_on, later)]
    before, after = (float(roc_auc_score(said, chance)) for said, chance in zip(answers, chances, strict=True))
    return before, after


def pair_up(won: pd.Series, score: pd.Series) -> pd.DataFrame:
    """Every pair of one who said yes and one who did not, and whether the score puts the one who said yes first.

    The mean of is_right is the AUC. For a few prospects, to see what is counted; of many, take ``roc_auc_score``.

    Parameters
    ----------
    won : Series
        True or false, one per prospect.
    score : Series
        What ranks them, indexed as `won`; higher is likelier.

    Returns
    -------
    DataFrame
        One row per pair: score_won, score_not, and is_right: 1, 0, or one half where the two are equal.

    Raises
    ------
    ValueError
        All said the same, or of somebody it is not known.

    Examples
    --------
    >>> pair_up(pd.Series([True, False, False]), pd.Series([50, 50, 20]))
       score_won  score_not  is_right
    0         50         50       0.5
    1         50         20       1.0
    """
    _both_answers(won, "won")
    said = won.astype(bool)
    signed, others = score[said].rename("score_won"), score[~said].rename("score_not")
    pairs = signed.to_frame().merge(others.to_frame(), how="cross")
    high, low = pairs["score_won"], pairs["score_not"]
    return pairs.assign(is_right=(high > low) + 0.5 * (high == low))


def score_lead(won: pd.Series, better: pd.Series, plain: pd.Series, *, n_resamples: int = 200, seed: int) -> Lead:
    """How far `better` is ahead of `plain` in AUC, and how far chance alone may move that.

    Prospects are drawn anew, with replacement, and both scores are measured on the same draw: they err together, so
    their difference is more certain than either.

    When something else is right: on the prospects that `better` was fitted on the lead flatters; take later ones.

    Parameters
    ----------
    won : Series
        True or false, one per prospect.
    better, plain : Series
        The two scores, indexed as `won`; higher is likelier.
    n_resamples : int
        How often to draw.
    seed : int
        The same seed gives the same interval.

    Returns
    -------
    Lead
        lead (AUC of `better` less that of `plain`), low and high, between which it lies in 95 of 100 draws.

    Raises
    ------
    ValueError
        The three are not of the same prospects, all said the same, or n_resamples is no whole number from 1 on.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> won = pd.Series([True, True, False, False])
    >>> need, money = pd.Series([4, 3, 2, 1]), pd.Series([4, 1, 2, 3])
    >>> round(score_lead(won, need, money, seed=1).lead, 2)
    0.5
    """
    require.whole(n_resamples, "n_resamples")
    table = pd.DataFrame({"won": won, "better": better, "plain": plain})
    if not len(table) == len(won) == len(better) == len(plain):
        raise ValueError(
            t(
                "won, better and plain must be of the same prospects; got {n_won:,}, {n_better:,} and {n_plain:,}, in"
                " all {n:,}.",
                n_won=len(won),
                n_better=len(better),
                n_plain=len(plain),
                n=len(table),
            )
        )
    _both_answers(table["won"], "won")
    said, scores = table["won"].to_numpy(dtype=bool), table[["better", "plain"]].to_numpy(dtype=float)
    random, draws = np.random.default_rng(seed), []
    while len(draws) < n_resamples:
        drawn = random.integers(0, len(said), len(said))
        if 0 < said[drawn].sum() < len(said):  # a draw with one answer only has no pairs
            draws.append(_auc_lead(said[drawn], scores[drawn]))
    low, high = np.quantile(draws, [0.025, 0.975])
    return Lead(_auc_lead(said, scores), float(low), float(high))


def compare_equals(won: pd.Series, is_old: pd.Series, score: pd.Series, *, n_parts: int = 5) -> Equals:
    """Old customers beside new prospects, within parts of a score of equal size.

    Old and new differ in much: a gap between them in all may be one between kinds of firms. Within a part the score
    is nearly equal; what gap is left there may be an effect, or what the score does not see.

    When something else is right: an experiment in which a lot decides who becomes a customer first.

    Parameters
    ----------
    won, is_old : Series
        True or false, one per prospect.
    score : Series
        What equals are equal in, indexed as `won`; ties are cut in the order of the rows.
    n_parts : int
        How many parts.

    Returns
    -------
    Equals
        shares (index `part`, 1 the lowest): new_share and old_share who said yes, n_new and n_old; a share of nobody
        is missing. And gap: old less new, each part weighted by its old customers; parts without old or new left out.

    Raises
    ------
    ValueError
        n_parts is no whole number from 1 on, or there are no old prospects, or no new ones.

    Examples
    --------
    In each half the shares are equal; only, most of the old stand in the upper half.

    >>> won = pd.Series([False, False, True, True, True, True])
    >>> is_old = pd.Series([False, False, False, True, True, False])
    >>> compare_equals(won, is_old, pd.Series([1, 2, 3, 4, 5, 6]), n_parts=2).gap
    0.0
    """
    require.whole(n_parts, "n_parts")
    old = is_old.astype(bool)
    if old.all() or not old.any():
        raise ValueError(t("is_old must hold old and new prospects; all {n:,} are alike.", n=len(old)))
    part = (pd.qcut(score.rank(method="first"), n_parts, labels=False) + 1).rename("part")
    counted = won.astype(bool).groupby([part, old.rename("old")]).agg(["mean", "size"]).unstack()
    shares = pd.DataFrame(
        {
            "new_share": counted["mean"][False],
            "old_share": counted["mean"][True],
            "n_new": counted["size"][False].fillna(0).astype(int),
            "n_old": counted["size"][True].fillna(0).astype(int),
        }
    )
    both = shares.dropna()
    gap = float(np.average(both["old_share"] - both["new_share"], weights=both["n_old"])) if len(both) else np.nan
    return Equals(shares, gap)


def best_half(score: pd.Series) -> pd.Series:
    """Who stands in the half with the higher score; of an odd number, one fewer than the rest.

    Two ways of choosing are compared fairly only where both choose equally many: so ties at the border are cut in the
    order of the rows.

    Parameters
    ----------
    score : Series
        One number per prospect.

    Returns
    -------
    Series
        True for who is chosen, index as `score`.

    Raises
    ------
    ValueError
        A score is missing or no number.

    Examples
    --------
    >>> best_half(pd.Series([80, 60, 60, 20])).tolist()
    [True, True, False, False]
    """
    require.numbers(score.to_frame("score"), ["score"], "score")
    return score.rank(method="first", ascending=False) <= len(score) // 2


def compare_choices(gain: pd.Series, chosen: Mapping[str, pd.Series]) -> pd.DataFrame:
    """What ways of choosing whom to call would have brought; calling nobody among them.

    Only prospects that were all called show this: of who was not called nobody knows the gain.

    Parameters
    ----------
    gain : Series
        Margin less the cost of the calls of each prospect, in currency units.
    chosen : mapping of str to Series
        For each way its name, and true or false for each prospect, index as `gain`.

    Returns
    -------
    DataFrame
        One row per way, the first two to call nobody and everybody: n_called, and net_profit, the gains added up.

    Raises
    ------
    ValueError
        A way does not say of every prospect whether they are called.

    Examples
    --------
    >>> gain = pd.Series([500.0, -80.0, -60.0])
    >>> compare_choices(gain, {"the first": pd.Series([True, False, False])})
                    n_called  net_profit
    call nobody            0         0.0
    call everybody         3       360.0
    the first              1       500.0
    """
    ways = {t("call nobody"): pd.Series(False, gain.index), t("call everybody"): pd.Series(True, gain.index), **chosen}
    for name, way in ways.items():
        _says_of_each(way, gain, name)
    rows = {name: [int(way.sum()), float(gain[way.astype(bool)].sum())] for name, way in ways.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["n_called", "net_profit"])


def choice_lead(gain: pd.Series, chosen: pd.Series, other: pd.Series, *, n_resamples: int = 1000, seed: int) -> Lead:
    """How much more one way of choosing brings than another, and how far chance alone may move that.

    A few large contracts make most of a sum, so two ways that reach nearly the same prospects can lie far apart by
    luck. Prospects are drawn anew, with replacement, and the difference is added up of each draw: who is in both ways,
    or in none, adds nothing to it.

    When something else is right: where the ways were chosen by looking at these gains the lead flatters; take later
    prospects.

    Parameters
    ----------
    gain : Series
        Margin less the cost of the calls of each prospect, in currency units.
    chosen, other : Series
        True or false for each prospect, index as `gain`.
    n_resamples : int
        How often to draw.
    seed : int
        The same seed gives the same interval.

    Returns
    -------
    Lead
        lead (what `chosen` brings less what `other` brings, in currency units), low and high, between which it lies in
        95 of 100 draws. Below 0 where `other` brings more.

    Raises
    ------
    ValueError
        A way does not say of every prospect whether they are called, a gain is missing, or n_resamples is no whole
        number from 1 on.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> gain = pd.Series([500.0, -80.0, -60.0])
    >>> first, all_three = pd.Series([True, False, False]), pd.Series([True, True, True])
    >>> choice_lead(gain, first, all_three, seed=1).lead
    140.0
    """
    require.whole(n_resamples, "n_resamples")
    require.numbers(gain.to_frame("gain"), ["gain"], "gain")
    for name, way in (("chosen", chosen), ("other", other)):
        _says_of_each(way, gain, name)
    apart = gain.to_numpy(dtype=float) * (chosen.astype(float) - other.astype(float)).to_numpy()
    random = np.random.default_rng(seed)
    sums = [apart[random.integers(0, len(apart), len(apart))].sum() for _ in range(n_resamples)]
    low, high = np.quantile(sums, [0.025, 0.975])
    return Lead(float(apart.sum()), float(low), float(high))


def _says_of_each(way: pd.Series, gain: pd.Series, name: str) -> None:
    if not way.index.equals(gain.index) or way.isna().any():
        raise ValueError(
            t("{name} must say of each of the {n:,} prospects whether they are called.", name=name, n=len(gain))
        )


def _auc_lead(said: np.ndarray, scores: np.ndarray) -> float:
    """AUC of the first column less that of the second, by ranks: the sum of ranks counts the pairs."""
    ranks = pd.DataFrame(scores).rank().to_numpy()
    sums = ranks[said].sum(axis=0)
    return float((sums[0] - sums[1]) / (said.sum() * (~said).sum()))


def _both_answers(said: pd.Series, name: str) -> None:
    if said.isna().any() or said.astype(bool).nunique() < 2:
        raise ValueError(
            t(
                "{name} must hold some who said yes and some who did not, and of everybody which; it does not.",
                name=name,
            )
        )
