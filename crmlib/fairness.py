"""Whether a decision treats two groups alike: gaps among all, and among those who paid."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def decision_gap(
    is_approved: pd.Series, is_in_group: pd.Series, *, is_bad: pd.Series | None = None, level: float = 0.95
) -> pd.DataFrame:
    """How far a decision differs between a group and all others, and among those who paid, and who did not.

    A gap among all may come from what the groups differ in; a gap among those who paid is one that nothing they did
    explains. Where bad rates differ, not all gaps can be closed at once.

    When something else is right: of who was refused nobody knows whether they would have paid, so `is_bad` is for
    decisions tried on customers who all got credit.

    Parameters
    ----------
    is_approved, is_in_group : Series
        True or false for each applicant, the same index.
    is_bad : Series, optional
        Whether they turned bad, where it is known of all.
    level : float
        How often an interval holds the gap of all applicants of the kind.

    Returns
    -------
    DataFrame
        One row per kind of applicants (index `among`: all applicants, and, with is_bad, those who paid and those who
        did not): n_in and n_out, in the group and out of it; rate_in and rate_out, the shares approved; rate_gap
        (rate_in - rate_out), low_rate_gap and high_rate_gap; and ratio (rate_in / rate_out), missing where nobody out
        of the group is approved. Shares of nobody are missing.

    Raises
    ------
    ValueError
        The Series are not of the same applicants, or not true or false; all are in the group, or none.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890. Hardt, Price & Srebro (2016), Equality of Opportunity in
    Supervised Learning, arXiv:1610.02413.

    Examples
    --------
    >>> approved, group = pd.Series([True, False, True, True]), pd.Series([True, True, False, False])
    >>> decision_gap(approved, group)[["rate_in", "rate_out", "rate_gap", "ratio"]]
                    rate_in  rate_out  rate_gap  ratio
    among
    all applicants      0.5       1.0      -0.5    0.5
    """
    require.between(level, "level", 0, 1, example=0.95)
    given = {"is_approved": is_approved, "is_in_group": is_in_group} | ({} if is_bad is None else {"is_bad": is_bad})
    table = pd.DataFrame({name: _same(one, name, is_approved.index) for name, one in given.items()})
    if table["is_in_group"].nunique() < 2:
        raise ValueError(t("is_in_group must be true for some and false for others; it is the same for all."))
    among = {"all applicants": np.full(len(table), True)}
    if is_bad is not None:
        among |= {"those who paid": ~table["is_bad"], "those who did not": table["is_bad"]}
    rows = {name: _gap_of(table[np.asarray(kind)], level) for name, kind in among.items()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("among").astype({"n_in": int, "n_out": int})


def compare_gaps(decisions: Mapping[str, pd.Series], is_in_group: pd.Series, *, level: float = 0.95) -> pd.DataFrame:
    """How far each of several decisions on the same applicants differs between a group and all others.

    When something else is right: `decision_gap` of each, where it is known who paid.

    Parameters
    ----------
    decisions : mapping of str to Series
        By the name of a decision, true or false for each applicant.
    is_in_group : Series
        As in `decision_gap`.
    level : float
        As in `decision_gap`.

    Returns
    -------
    DataFrame
        One row per decision, with the columns of `decision_gap` among all applicants. Intervals are of each gap, not
        of the difference of two gaps: both decisions are on the same applicants.

    Raises
    ------
    ValueError
        As `decision_gap`; or there is no decision.

    Examples
    --------
    >>> group = pd.Series([True, True, False, False])
    >>> lender, card = pd.Series([True, False, True, True]), pd.Series([False, False, True, True])
    >>> compare_gaps({"lender": lender, "card": card}, group)[["rate_in", "rate_out", "rate_gap"]]
              rate_in  rate_out  rate_gap
    decision
    lender        0.5       1.0      -0.5
    card          0.0       1.0      -1.0
    """
    if not decisions:
        raise ValueError(
            t("decisions must name at least one decision, for example dict(lender=applications['is_approved']).")
        )
    rows = {name: decision_gap(one, is_in_group, level=level).loc["all applicants"] for name, one in decisions.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("decision")
    return table.astype({"n_in": int, "n_out": int})


def approve_best(score: pd.Series, *, n_approved: int) -> pd.Series:
    """Approve a number of applicants, the highest scores first; of equal scores who stands first.

    To compare two ways of deciding let both approve as many: who approves fewer has another gap for that alone.

    Parameters
    ----------
    score : Series
        More is safer, as points are.
    n_approved : int
        How many are approved, from 0 to all.

    Returns
    -------
    Series
        True or false for each applicant, index as `score`, named is_approved.

    Raises
    ------
    ValueError
        A score is missing, or n_approved is no whole number from 0 to the number of applicants.

    Examples
    --------
    >>> approve_best(pd.Series([520, 480, 500]), n_approved=2).tolist()
    [True, False, True]
    """
    require.numbers(score.to_frame("score"), ["score"], "score")
    require.whole(n_approved, "n_approved", least=0)
    if n_approved > len(score):
        raise ValueError(
            t(
                "n_approved must not be more than the {n:,} applicants; got {n_approved:,}.",
                n=len(score),
                n_approved=int(n_approved),
            )
        )
    return (score.rank(ascending=False, method="first") <= n_approved).rename("is_approved")


def _gap_of(table: pd.DataFrame, level: float) -> dict[str, float]:
    """Rates in the group and out of it, and their difference with Newcombe's interval."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    sides = [table.loc[table["is_in_group"] == side, "is_approved"] for side in (True, False)]
    (yes_in, n_in), (yes_out, n_out) = ((int(side.sum()), len(side)) for side in sides)
    rate_in, rate_out = (yes / n if n else np.nan for yes, n in ((yes_in, n_in), (yes_out, n_out)))
    low, high = np.nan, np.nan
    if n_in and n_out:
        low, high = confint_proportions_2indep(yes_in, n_in, yes_out, n_out, method="newcomb", alpha=1 - level)
    ratio = rate_in / rate_out if rate_out else np.nan
    rates = {"n_in": n_in, "n_out": n_out, "rate_in": rate_in, "rate_out": rate_out, "rate_gap": rate_in - rate_out}
    return rates | {"low_rate_gap": float(low), "high_rate_gap": float(high), "ratio": ratio}


def _same(column: pd.Series, name: str, index: pd.Index) -> np.ndarray:
    truths = require.truths(column, name)
    if not column.index.equals(index):
        raise ValueError(t("{name} must be a Series with the index of the others. Take all from one table.", name=name))
    return truths
