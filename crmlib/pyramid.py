"""Which customers carry the business: tiers by number of customers, ABC classes by value or by several criteria.

Every function takes a Series of values indexed by customer_id and leaves it as it is.
Customers of equal value are told apart by customer_id, ascending, so that the same
data give the same answer in any order of the rows.
"""

from __future__ import annotations

import math
import numbers
import warnings
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.customer_index import have_same_customers, look_up, rank_order
from crmlib.language import t

CUTS = (0.01, 0.05, 0.20)
LABELS = ("VIP", "major", "regular", "small")


def assign_tiers(value: pd.Series, *, cuts: Sequence[float] = CUTS, labels: Sequence[str] | None = None) -> pd.Series:
    """The tier of each customer: by rank of value, cut at shares of the *number* of customers.

    With the course's cuts: the best 1 % are VIP, the next 4 % major, the next 15 %
    regular, the other 80 % small. Of n customers the n * cut best, rounded to the
    nearest whole customer (halves up), stand above a cut: 1,000 customers give 10, 40,
    150 and 800; so few customers that 1 % rounds to none give an empty tier.
    Customers of equal value are ranked by customer_id: see `tier_cutoffs` for how many.

    When something else is right: `abc_classes` cuts by share of value.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id. May be negative; not missing.
    cuts : sequence of float
        Cumulative shares of customers from the top, ascending, between 0 and 1.
    labels : sequence of str, optional
        Names of the tiers, best first; one more than cuts.

    Returns
    -------
    Series
        Named "tier", index and order as `value`; ordered from worst to best, so that
        ``tier >= "major"`` means major or better.

    Raises
    ------
    TypeError
        Values are no numbers, or cuts is one number or text and no sequence of shares.
    ValueError
        A value is missing, infinite or beyond 1e280, a customer stands there twice, or cuts do not ascend.

    References
    ----------
    Curry & Curry (2000), The Customer Marketing Method; the course's 1/4/15/80.

    Examples
    --------
    >>> spent = pd.Series(range(1000), index=[f"c{n:03}" for n in range(1000)])
    >>> assign_tiers(spent).value_counts()[["VIP", "major", "regular", "small"]].tolist()
    [10, 40, 150, 800]
    """
    require.values(value)
    names = _tier_names(cuts, labels)
    above = [_round_half_up(Fraction(str(cut)) * len(value)) for cut in cuts]
    codes = np.empty(len(value), dtype=int)
    codes[rank_order(value)] = len(cuts) - np.searchsorted(above, np.arange(len(value)), side="right")
    return pd.Series(pd.Categorical.from_codes(codes, names[::-1], ordered=True), index=value.index, name="tier")


def tier_cutoffs(
    value: pd.Series, *, cuts: Sequence[float] = CUTS, labels: Sequence[str] | None = None
) -> pd.DataFrame:
    """Where the cuts of `assign_tiers` lie, and whom only the customer number put above or below.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id.
    cuts : sequence of float
        As in `assign_tiers`.
    labels : sequence of str, optional
        As in `assign_tiers`.

    Returns
    -------
    DataFrame
        One row per tier, best first (index ``tier``): n_customers, share_of_customers,
        lowest and highest value (missing in an empty tier), and n_tied: how many
        customers, in this tier and the next, share the value at the cut between them,
        0 where the cut falls between two values.

    Raises
    ------
    TypeError, ValueError
        As `assign_tiers`.

    Examples
    --------
    Two customers with 5 stand on both sides of the cut.

    >>> spent = pd.Series({"a": 9, "b": 5, "c": 5, "d": 1})
    >>> tier_cutoffs(spent, cuts=(0.5,), labels=("top", "rest"))["n_tied"].to_dict()
    {'top': 2, 'rest': 0}
    """
    tier = assign_tiers(value, cuts=cuts, labels=labels)
    grouped = value.groupby(tier.array, observed=False).agg(["size", "min", "max"])[::-1]
    sorted_values = np.sort(value.to_numpy(dtype=float))[::-1]
    above = grouped["size"].cumsum().to_numpy()
    tied = []
    for n in above:
        at_cut = 0 < n < len(value) and sorted_values[n - 1] == sorted_values[n]
        tied.append(int((sorted_values == sorted_values[n]).sum()) if at_cut else 0)
    table = pd.DataFrame(
        {
            "n_customers": grouped["size"],
            "share_of_customers": grouped["size"] / len(value),
            "lowest": grouped["min"],
            "highest": grouped["max"],
            "n_tied": tied,
        }
    )
    return _index_by_name(table)


def tier_table(value: pd.Series, tier: pd.Series) -> pd.DataFrame:
    """What each tier (or class) is and brings.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id.
    tier : Series
        The tier of the same customers, ordered from worst to best: a result of
        `assign_tiers` or `abc_classes`. Matched by customer_id.

    Returns
    -------
    DataFrame
        One row per tier, best first (index ``tier``): n_customers, customer_share,
        value (sum), value_share (missing, with a warning, where the total is not
        positive) and mean (missing in an empty tier).

    Raises
    ------
    ValueError
        tier is not ordered, is missing for a customer, or is not of the customers of value.

    Warns
    -----
    UserWarning
        The total is not positive, so there are no shares of value.

    Examples
    --------
    >>> spent = pd.Series({"a": 6.0, "b": 3.0, "c": 1.0})
    >>> tier_table(spent, assign_tiers(spent, cuts=(0.34,), labels=("top", "rest")))
          n_customers  customer_share  value  value_share  mean
    tier
    top             1        0.333333    6.0          0.6   6.0
    rest            2        0.666667    4.0          0.4   2.0
    """
    require.values(value)
    _check_tier(tier, value)
    grouped = value.groupby(look_up(tier, value.index).array, observed=False)
    total = math.fsum(value)
    if total <= 0:
        warnings.warn(
            t("the total is {total:,.2f}, not positive, so there are no shares of value.", total=total), stacklevel=2
        )
    sums = grouped.agg(math.fsum)
    table = pd.DataFrame(
        {
            "n_customers": grouped.size(),
            "customer_share": grouped.size() / len(value),
            "value": sums,
            "value_share": sums / total if total > 0 else np.nan,
            "mean": sums / grouped.size().replace(0, np.nan),
        }
    )[::-1]
    return _index_by_name(table)


def abc_classes(value: pd.Series, *, cuts: Sequence[float] = (0.80, 0.95)) -> pd.Series:
    """The ABC class of each customer: by rank of value, cut at shares of the *total value*.

    The biggest customers who together bring the first 80 % are A, the next up to 95 % B, the
    others C. The customer who crosses a cut belongs above it. When something else is right:
    `assign_tiers` cuts by number of customers.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id; 0 or more, not missing.
    cuts : sequence of float
        Cumulative shares of the value for A and for B, ascending, between 0 and 1.

    Returns
    -------
    Series
        Named "abc", index and order as `value`; ordered C < B < A.

    Raises
    ------
    TypeError, ValueError
        Some values are negative or the total is not positive; or there are not two ascending cuts.

    Examples
    --------
    >>> abc_classes(pd.Series({"a": 70, "b": 20, "c": 6, "d": 4})).to_dict()
    {'a': 'A', 'b': 'A', 'c': 'B', 'd': 'C'}
    """
    require.values(value, shares=True)
    _check_cuts(cuts)
    if len(cuts) != 2:
        raise ValueError(
            t("cuts must be two shares of value, for A and for B; got {cuts}. Use cuts=(0.80, 0.95).", cuts=list(cuts))
        )
    order = rank_order(value)
    ranked = value.to_numpy(dtype=float)[order]
    added = np.concatenate([[0.0], np.cumsum(ranked)[:-1]]) / math.fsum(ranked)
    # What a rounding error of the sum puts a hair below a cut has reached it.
    codes = np.empty(len(value), dtype=int)
    codes[order] = 2 - np.searchsorted(np.array(cuts, dtype=float), added + 1e-12, side="right")
    return pd.Series(pd.Categorical.from_codes(codes, ["C", "B", "A"], ordered=True), index=value.index, name="abc")


# --- what every measure asks of its values --------------------------------------------------------


def _check_tier(tier: pd.Series, value: pd.Series) -> None:
    if not isinstance(tier.dtype, pd.CategoricalDtype) or not have_same_customers(tier.index, value.index):
        raise ValueError(
            t(
                "tier must be ordered categories for exactly the customers of value; got {kind} for {n_tier:,}"
                " customers against {n_value:,}. Use tier = assign_tiers(value).",
                kind=tier.dtype,
                n_tier=len(tier),
                n_value=len(value),
            )
        )
    if not tier.cat.ordered:
        raise ValueError(
            t(
                "tier must be ordered from worst to best; it has the categories {names} in no order. Say the order: "
                "tier.cat.reorder_categories([worst, ..., best], ordered=True).",
                names=tier.cat.categories.tolist(),
            )
        )
    if tier.isna().any():
        raise ValueError(
            t(
                "every customer must have a tier; {n_without:,} of {n:,} have none, the first is {first!r}. Leave them"
                " out of both value and tier, or give them a tier of their own.",
                n_without=tier.isna().sum(),
                n=len(tier),
                first=tier.index[tier.isna()][0],
            )
        )


def _check_cuts(cuts: Sequence[float]) -> None:
    if isinstance(cuts, str) or not hasattr(cuts, "__len__") or not all(isinstance(cut, numbers.Real) for cut in cuts):
        raise TypeError(
            t(
                "cuts must be several shares, or one in a list; got {cuts!r}. Write cuts=(0.2,) or cuts={usual}.",
                cuts=cuts,
                usual=CUTS,
            )
        )
    edges = [0, *cuts, 1]
    if len(edges) < 3 or not all(low < high for low, high in zip(edges, edges[1:], strict=False)):
        raise ValueError(
            t(
                "cuts must ascend between 0 and 1; got {cuts}. The course's are {usual}.",
                cuts=list(cuts),
                usual=list(CUTS),
            )
        )


def _tier_names(cuts: Sequence[float], labels: Sequence[str] | None) -> list[str]:
    _check_cuts(cuts)
    if labels is None:
        return list(LABELS) if len(cuts) == 3 else [f"tier {n}" for n in range(1, len(cuts) + 2)]
    if len(labels) != len(cuts) + 1 or len(set(labels)) != len(labels):
        raise ValueError(
            t("labels must be {n} different names, best first; got {labels}.", n=len(cuts) + 1, labels=list(labels))
        )
    return list(labels)


def _round_half_up(number: Fraction) -> int:
    return math.floor(number + Fraction(1, 2))


def _index_by_name(table: pd.DataFrame) -> pd.DataFrame:
    table.index = pd.Index(table.index.astype(str), name="tier")
    return table


def score_by_criteria(table: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """One score per customer out of several criteria: their places in each, weighted.

    A place (the share of customers one is ahead of, ties halved) has no unit, so money and years can
    be added, and one giant does not decide alone. When something else is right: where all criteria
    are in money, add the money.

    Parameters
    ----------
    table : DataFrame
        One row per customer, one column per criterion.
    weights : mapping of str to float
        By column; a negative one where less is better. Only their proportions count.

    Returns
    -------
    Series
        Named "score", one row per customer. Range 0 to 1; best 1.

    Raises
    ------
    TypeError
        A criterion is text.
    ValueError
        A column is not there or has missing values, or all weights are zero.

    Examples
    --------
    >>> table = pd.DataFrame({"revenue": [100, 20, 5], "cost": [30, 1, 2]}, index=list("abc"))
    >>> score_by_criteria(table, {"revenue": 3, "cost": -1}).round(3).to_dict()
    {'a': 0.667, 'b': 0.583, 'c': 0.25}
    """
    require.columns(table, list(weights), "table")
    words = [name for name in weights if not pd.api.types.is_numeric_dtype(table[name])]
    if words:
        raise TypeError(
            t("criteria must be numbers, or 10 would rank below 9; {words} are not. Use pd.to_numeric.", words=words)
        )
    require.numbers(table, list(weights), "table")
    total = math.fsum(abs(weight) for weight in weights.values())
    if not total > 0:
        raise ValueError(
            t("weights must not all be zero: nothing would count. For example {'revenue': 3, 'tenure_days': 1}.")
        )
    score = pd.Series(0.0, index=table.index, name="score")
    for name, weight in weights.items():
        place = (table[name].rank(method="average", ascending=weight > 0) - 0.5) / len(table)
        score += abs(weight) / total * place
    return score


def value_criteria(lines: pd.DataFrame, activities: pd.DataFrame, *, since: object, as_of: object) -> pd.DataFrame:
    """Three kinds of value of each customer who bought in a period: sales, days with us, and the visits we paid.

    When something else is right: where orders were kept only from some day on, days with us make older customers look
    newer than they are.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order: customer_id, order_date and amount, in currency units.
    activities : DataFrame
        One row per customer, month and kind of activity: customer_id, month, activity and n_times.
    since, as_of : date
        The first and the last day of the period for sales and visits; days with us are counted up to `as_of`.

    Returns
    -------
    DataFrame
        One row per customer with an order line in the period: revenue (0 where returns were more), days_with_us since
        their first order line, and n_visits.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-12-31", "2025-03-01", "2025-04-01"])
    >>> lines = pd.DataFrame({"customer_id": ["a", "a", "b"], "order_date": days, "amount": [5.0, 20.0, 30.0]})
    >>> visit = {"customer_id": ["b"], "month": [days[1]], "activity": ["representative visit"], "n_times": [2]}
    >>> value_criteria(lines, pd.DataFrame(visit), since="2025-01-01", as_of="2025-12-31")
                 revenue  days_with_us  n_visits
    customer_id
    a               20.0           365         0
    b               30.0           274         2
    """
    require.columns(lines, ["customer_id", "order_date", "amount"], "lines")
    require.columns(activities, ["customer_id", "month", "activity", "n_times"], "activities")
    first, last = pd.Timestamp(since), pd.Timestamp(as_of)
    day = lines["order_date"].dt.normalize()
    revenue = lines["amount"][day.between(first, last)].groupby(lines["customer_id"]).sum().clip(lower=0)
    days_with_us = (last - day.groupby(lines["customer_id"]).min()).dt.days
    visits = activities[(activities["activity"] == "representative visit") & activities["month"].between(first, last)]
    n_visits = visits.groupby("customer_id")["n_times"].sum()
    table = pd.DataFrame({"revenue": revenue})
    table["days_with_us"] = days_with_us.reindex(table.index)
    return table.assign(n_visits=n_visits.reindex(table.index, fill_value=0))


def stay_in_a(criteria: pd.DataFrame, weightings: Sequence[Sequence[float]]) -> pd.DataFrame:
    """What share of the customers who are A by the first criterion stays A when several criteria count.

    As many are called A as by the first criterion alone, so a share below 1 says who would change places, not that
    fewer are good.

    Parameters
    ----------
    criteria : DataFrame
        One row per customer, one column per criterion; the first is an amount, 0 or more.
    weightings : sequence of sequences of float
        Sets of weights, one weight per column in their order; negative where less is better.

    Returns
    -------
    DataFrame
        One row per set of weights (index `weights`, such as "3 : 2 : -1"): stay_in_a_share. Range 0 to 1.

    Raises
    ------
    ValueError, TypeError
        As `abc_classes` and `score_by_criteria`.

    Examples
    --------
    >>> criteria = pd.DataFrame({"revenue": [70, 20, 10], "days_with_us": [10, 500, 300]}, index=list("abc"))
    >>> stay_in_a(criteria, [(1, 0), (0, 1)])
             stay_in_a_share
    weights
    1 : 0                1.0
    0 : 1                0.5
    """
    name = criteria.columns[0]
    chosen = criteria.index[abc_classes(criteria[name]) == "A"]
    shares = {}
    for weights in weightings:
        score = score_by_criteria(criteria, dict(zip(criteria.columns, weights, strict=True)))
        shares[" : ".join(map(str, weights))] = score.nlargest(len(chosen)).index.isin(chosen).mean()
    return pd.Series(shares, name="stay_in_a_share").rename_axis("weights").to_frame()
