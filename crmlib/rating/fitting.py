"""Fitting a scorecard: bins, weights of evidence, a logistic regression on them, whole points."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.binning import FEWEST, SIGNS, TRENDS, is_number
from crmlib.rating.evidence import Evidence, remarks, weigh
from crmlib.rating.fitted import FittedScorecard


def fit_scorecard(
    facts: pd.DataFrame,
    is_bad: pd.Series,
    *,
    monotone: str | Mapping[str, str] = "auto",
    max_bins: int = 5,
    min_share: float = 0.05,
    min_iv: float = 0.02,
    points_to_double: float = 20,
    score_at: float = 600,
    odds_at: float = 50,
) -> FittedScorecard:
    """A scorecard fitted to who turned bad: bins, their weights of evidence, and points that add up to the score.

    Each column is cut into few bins, and a logistic regression weighs the columns by their bins' weights of evidence.
    Points are whole numbers, and what the table shows is what scores. More points are safer, in every column: one whose
    coefficient runs against its own weights of evidence (it repeats another) is left out, and told.

    When something else is right: an expert's card (`scorecard.load_scorecard`), where few turned bad; a regression on
    the numbers themselves, where bins throw away too much. Fit on an earlier period and try it on a later one: on the
    rows it was fitted on every card flatters itself. It knows only those who got credit: of who was refused nobody
    knows whether they would have paid.

    Parameters
    ----------
    facts : DataFrame
        One row per record, only what was known before anybody turned bad: numbers, categories, or true and false.
        What is missing has a bin of its own.
    is_bad : Series
        True or false, index as `facts`.
    monotone : str or mapping of str to str
        The trend of the bad rate along a number: "rising", "falling", "free", or "auto", whichever of rising and
        falling says more. One for all columns, or by column; of columns that are not named "auto".
    max_bins : int
        How many bins a column has at most, without those for missing values and all other categories.
    min_share : float
        What share of the records a bin must hold; rarer categories are thrown together.
    min_iv : float
        Columns with a lower information value are left out; what is lower is mostly chance.
    points_to_double : float
        How many points double the odds of good to bad.
    score_at, odds_at : float
        The score at which there are `odds_at` good ones to a bad one.

    Returns
    -------
    FittedScorecard
        With bins (one row per variable and bin), variables, information_value, and the functions score, points,
        probability, find_bins and unseen.

    Raises
    ------
    ValueError
        is_bad is not known of all, or holds fewer than 5 good or bad ones; a column tells good from bad without a
        mistake, holds dates or infinities; no column is left; an option is none.

    Warns
    -----
    UserWarning
        More than half are bad: perhaps good and bad are swapped.

    References
    ----------
    Siddiqi (2006), Credit Risk Scorecards, chapter 6. Good (1985), Weight of Evidence: A Brief Survey.

    Examples
    --------
    Of 40 with an account 5 turned bad, of 40 without one 15.

    >>> facts = pd.DataFrame({"account": ["yes"] * 40 + ["no"] * 40})
    >>> is_bad = pd.Series([True] * 5 + [False] * 50 + [True] * 15 + [False] * 10)
    >>> card = fit_scorecard(facts, is_bad)
    >>> card.bins.loc["account", ["n", "n_bad", "woe", "points"]].round(2)
                 n  n_bad   woe  points
    bin
    yes         40      5  0.85     543
    no          40     15 -0.59     502
    all others   0      0  0.00     519
    missing      0      0  0.00     519
    >>> card.score(pd.DataFrame({"account": ["no", None]})).tolist()
    [502, 519]
    """
    bad = _checked(facts, is_bad, monotone)
    _check_options(max_bins, min_share, points_to_double, odds_at)
    require.number(score_at, "score_at", example=600)
    require.number(min_iv, "min_iv", least=0, example=0.02)
    trends = {name: monotone if isinstance(monotone, str) else monotone.get(name, "auto") for name in facts}
    evidence = {
        name: weigh(facts[name], bad, trend=trends[name], max_bins=max_bins, min_share=min_share) for name in facts
    }
    weights = {
        name: one.woe[one.bins.places(facts[name])]
        for name, one in evidence.items()
        if one.n_apart > 1 and one.iv.sum() >= min_iv
    }
    intercept, coefficients, against = _regress(weights, bad)
    factor = points_to_double / math.log(2)
    offset = score_at - factor * math.log(odds_at)
    share = (factor * intercept + offset) / len(coefficients)
    points = {name: np.rint(factor * b * evidence[name].woe + share).astype(int) for name, b in coefficients.items()}
    return FittedScorecard(
        bins=_bins_table(evidence, points),
        variables=_variables_table(evidence, coefficients, against),
        factor=factor,
        offset=offset,
        places={name: one.bins for name, one in evidence.items()},
    )


def _regress(weights: Mapping[str, np.ndarray], is_bad: np.ndarray) -> tuple[float, dict[str, float], dict[str, float]]:
    """Logarithm of the odds good to bad by weights of evidence, without those that run against them.

    Intercept, coefficients, and those of the columns that were left out, at the time they were.
    """
    kept, against = dict(weights), {}
    while kept:
        table = np.column_stack([np.ones(len(is_bad)), *kept.values()])
        intercept, *slopes = _logistic(table, is_bad)
        found = dict(zip(kept, slopes, strict=True))
        worst = min(found, key=found.get)
        if found[worst] > 0:
            _refuse_perfect(table[:, 1:] @ np.array(slopes), is_bad, [*kept])
            return intercept, found, against
        against[worst] = found[worst]
        del kept[worst]
    raise ValueError(
        t(
            "at least one column of facts must tell good from bad; none does, in bins of this size. Give more columns"
            " or more records."
        )
    )


def _logistic(table: np.ndarray, is_bad: np.ndarray) -> list[float]:
    """Coefficients of the odds good to bad; columns that say the same share theirs."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of perfect separation, which is refused by name below
        return GLM(~is_bad, table, family=Binomial()).fit(tol=1e-10).params.tolist()


def _refuse_perfect(said: np.ndarray, is_bad: np.ndarray, names: list[str]) -> None:
    if said[is_bad].max() < said[~is_bad].min():
        raise ValueError(
            t(
                "the columns must leave some doubt; {names} together tell good from bad without one mistake. Leave out"
                " what is known only afterwards, or give more records.",
                names=names,
            )
        )


def _bins_table(evidence: Mapping[str, Evidence], points: Mapping[str, np.ndarray]) -> pd.DataFrame:
    parts = {}
    for name, one in evidence.items():
        n = one.good + one.bad
        rate = np.divide(one.bad, n, out=np.full(len(n), np.nan), where=n > 0)
        columns = {"n": n.astype(int), "n_bad": one.bad.astype(int), "bad_rate": rate, "woe": one.woe, "iv": one.iv}
        parts[name] = pd.DataFrame(columns, index=one.bins.labels()).assign(
            points=pd.array(points.get(name, [None] * len(n)), dtype="Int64")
        )
    return pd.concat(parts, names=["variable", "bin"])


def _variables_table(
    evidence: Mapping[str, Evidence], coefficients: Mapping[str, float], against: Mapping[str, float]
) -> pd.DataFrame:
    rows = {}
    for name, one in evidence.items():
        told = remarks(one)
        if name in against:
            told.append(t("Left out: beside the others its coefficient runs against its weights of evidence."))
        elif one.n_apart < 2:
            told.append(t("Left out: its bins are alike, hold too few good or bad ones, or there is only one."))
        elif name not in coefficients:
            told.append(t("Left out: its information value is too low."))
        rows[name] = {
            "holds": "numbers" if one.bins.is_number else "categories",
            "trend": one.trend,
            "n_bins": one.n_apart,
            "iv": float(one.iv.sum()),
            "iv_free": one.iv_free,
            "coefficient": coefficients.get(name, against.get(name, np.nan)),
            "is_used": name in coefficients,
            "told": " ".join(told),
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("variable")
    kinds = {"holds": ["numbers", "categories"], "trend": [*SIGNS, ""]}
    return table.assign(**{name: pd.Categorical(table[name], kind) for name, kind in kinds.items()})


def _checked(facts: pd.DataFrame, is_bad: pd.Series, monotone: str | Mapping[str, str]) -> np.ndarray:
    """is_bad as truths, after facts, is_bad and monotone were found to go together."""
    if facts.shape[1] == 0 or facts.columns.has_duplicates:
        raise ValueError(t("facts must have at least one column, and each name once; it has {n}.", n=[*facts.columns]))
    if not isinstance(is_bad, pd.Series) or not is_bad.index.equals(facts.index):
        raise ValueError(
            t("is_bad must be a Series with the index of facts. Take both from one table: loans['is_bad'].")
        )
    bad = require.truths(is_bad, "is_bad")
    n_bad, n_good = int(bad.sum()), int((~bad).sum())
    if min(n_bad, n_good) < FEWEST:
        raise ValueError(
            t(
                "is_bad must hold at least {least} good and {least} bad ones; got {n_good:,} good and {n_bad:,} bad."
                " Take a longer period, or an expert's card.",
                least=FEWEST,
                n_good=n_good,
                n_bad=n_bad,
            )
        )
    if n_bad > n_good:
        warnings.warn(
            t(
                "{n_bad:,} of {n:,} are bad, more than half. If good and bad are swapped, use ~is_bad.",
                n_bad=n_bad,
                n=len(bad),
            ),
            stacklevel=3,
        )
    _check_kinds(facts, monotone)
    return bad


def _check_kinds(facts: pd.DataFrame, monotone: str | Mapping[str, str]) -> None:
    for name, column in facts.items():
        if pd.api.types.is_datetime64_any_dtype(column) or pd.api.types.is_timedelta64_dtype(column):
            raise ValueError(
                t("{name} of facts must be a number or a category, not a date. Count days: (as_of - date).", name=name)
            )
    if isinstance(monotone, str):
        require.one_of(monotone, TRENDS, "monotone")
        return
    for name, trend in monotone.items():
        require.columns(facts, [name], "facts")
        require.one_of(trend, TRENDS, t("each of monotone"))
        if not is_number(facts[name]) and trend != "auto":
            raise ValueError(
                t("monotone is for numbers; {name} holds categories, which have no order. Leave it out.", name=name)
            )


def _check_options(max_bins: int, min_share: float, points_to_double: float, odds_at: float) -> None:
    require.whole(max_bins, "max_bins", least=2)
    require.between(min_share, "min_share", 0, 0.5, example=0.05)
    require.number(points_to_double, "points_to_double", above=0, example=20)
    require.number(odds_at, "odds_at", above=0, example=50)
