"""Which customers carry the business: tiers, Lorenz, Gini, ABC, the whale curve.

Every function takes a Series of values indexed by customer_id and leaves it as it is.
Customers of equal value are told apart by customer_id, ascending, so that the same
data give the same answer in any order of the rows.
"""

from __future__ import annotations

import math
import numbers
import warnings
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from crmlib.language import t

CUTS = (0.01, 0.05, 0.20)
# So large that their sums, weighted by rank, could leave the range of floats.
LARGEST = 1e280
LABELS = ("VIP", "major", "regular", "small")


def assign_tiers(
    value: pd.Series, *, cuts: Sequence[float] = CUTS, labels: Sequence[str] | None = None
) -> pd.Series:
    """The tier of each customer: by rank of value, cut at shares of the *number* of customers.

    With the course's cuts: the best 1 % are VIP, the next 4 % major, the next 15 %
    regular, the other 80 % small. Of n customers the n * cut best, rounded to the
    nearest whole customer (halves up), stand above a cut: 1,000 customers give 10, 40,
    150 and 800; so few customers that 1 % rounds to none give an empty tier.
    Customers of equal value are ranked by customer_id: see `tier_cutoffs` for how many.

    When something else is right: `abc_classes` cuts by share of value.

    Parameters
    ----------
    value
        One value per customer, indexed by customer_id. May be negative; not missing.
    cuts
        Cumulative shares of customers from the top, ascending, between 0 and 1.
    labels
        Names of the tiers, best first; one more than cuts.

    Returns
    -------
    Series
        Named "tier", index and order as `value`; ordered from worst to best, so that
        ``tier >= "major"`` means major or better.

    Raises
    ------
    ValueError
        A value is missing, infinite or beyond 1e280, a customer stands there twice, or cuts do not ascend.
    TypeError
        Values are no numbers, or cuts is one number or text and no sequence of shares.

    Source: Curry & Curry (2000), The Customer Marketing Method; the course's 1/4/15/80.

    Examples
    --------
    >>> spent = pd.Series(range(1000), index=[f"c{n:03}" for n in range(1000)])
    >>> assign_tiers(spent).value_counts()[["VIP", "major", "regular", "small"]].tolist()
    [10, 40, 150, 800]
    """
    _check(value)
    names = _tier_names(cuts, labels)
    ranked = _rank(value)
    above = [_round_half_up(Fraction(str(cut)) * len(value)) for cut in cuts]
    place = np.searchsorted(above, np.arange(len(value)), side="right")
    tier = pd.Categorical.from_codes(len(cuts) - place, names[::-1], ordered=True)
    return pd.Series(tier, index=ranked.index, name="tier").reindex(value.index)


def tier_cutoffs(
    value: pd.Series, *, cuts: Sequence[float] = CUTS, labels: Sequence[str] | None = None
) -> pd.DataFrame:
    """Where the cuts of `assign_tiers` lie, and whom only the customer number put above or below.

    Returns
    -------
    DataFrame
        One row per tier, best first (index ``tier``): n_customers, share_of_customers,
        lowest and highest value (missing in an empty tier), and n_tied: how many
        customers, in this tier and the next, share the value at the cut between them,
        0 where the cut falls between two values.

    Examples
    --------
    Two customers with 5 stand on both sides of the cut.

    >>> spent = pd.Series({"a": 9, "b": 5, "c": 5, "d": 1})
    >>> tier_cutoffs(spent, cuts=(0.5,), labels=("top", "rest"))["n_tied"].to_dict()
    {'top': 2, 'rest': 0}
    """
    tier = assign_tiers(value, cuts=cuts, labels=labels)
    grouped = value.groupby(tier, observed=False).agg(["size", "min", "max"])[::-1]
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
    value
        One value per customer, indexed by customer_id.
    tier
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

    Examples
    --------
    >>> spent = pd.Series({"a": 6.0, "b": 3.0, "c": 1.0})
    >>> tier_table(spent, assign_tiers(spent, cuts=(0.34,), labels=("top", "rest")))
          n_customers  customer_share  value  value_share  mean
    tier                                                       
    top             1        0.333333    6.0          0.6   6.0
    rest            2        0.666667    4.0          0.4   2.0
    """
    _check(value)
    if not isinstance(tier.dtype, pd.CategoricalDtype) or not tier.index.sort_values().equals(value.index.sort_values()):
        raise ValueError(
            t(
                "tier must be ordered categories for exactly the customers of value; got {kind} for {n_tier:,} customers against "
                "{n_value:,}. Use tier = assign_tiers(value)."
            ).format(kind=tier.dtype, n_tier=len(tier), n_value=len(value))
        )
    if not tier.cat.ordered:
        raise ValueError(
            t(
                "tier must be ordered from worst to best; it has the categories {names} in no order. Say the order: "
                "tier.cat.reorder_categories([worst, ..., best], ordered=True)."
            ).format(names=tier.cat.categories.tolist())
        )
    if tier.isna().any():
        raise ValueError(
            t(
                "every customer must have a tier; {n_without:,} of {n:,} have none, the first is {first!r}. Leave them out of "
                "both value and tier, or give them a tier of their own."
            ).format(n_without=tier.isna().sum(), n=len(tier), first=tier.index[tier.isna()][0])
        )
    grouped = value.groupby(tier.reindex(value.index), observed=False)
    total = math.fsum(value)
    if total <= 0:
        warnings.warn(t("the total is {total:,.2f}, not positive, so there are no shares of value.").format(total=total), stacklevel=2)
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


def lorenz_curve(value: pd.Series) -> pd.DataFrame:
    """The Lorenz curve: what share of the total the smallest customers bring together.

    Returns
    -------
    DataFrame
        One row per customer, smallest first, after a first row (0, 0): customer_share and
        value_share, both cumulative, ending at (1, 1).

    Raises
    ------
    ValueError
        Some values are negative or the total is not positive: the curve would leave its square.

    Source: Lorenz (1905), doi:10.2307/2276207.

    Examples
    --------
    >>> lorenz_curve(pd.Series({"a": 1, "b": 3}))["value_share"].tolist()
    [0.0, 0.25, 1.0]
    """
    _check(value, shares=True)
    added = np.concatenate([[0.0], np.cumsum(np.sort(value.to_numpy(dtype=float)))])
    share = added / added[-1]
    return pd.DataFrame({"customer_share": np.arange(len(added)) / (len(added) - 1), "value_share": share})


def gini_coefficient(value: pd.Series, *, corrected: bool = False) -> float:
    """How unequal customers are: 0 where all bring the same, (n - 1)/n where one brings everything.

    Twice the area between the Lorenz curve and the line of equal shares. It depends on the
    period and on whether customers who bought nothing are counted: state both.

    Parameters
    ----------
    corrected
        Multiply by n / (n - 1), so that 1 is the largest possible: for samples of few customers.

    Returns
    -------
    float
        Between 0 and 1; there is no best value.

    Raises
    ------
    ValueError
        As `lorenz_curve`; or corrected for a single customer.

    Source: Gini (1912); the correction: Deltas (2003), doi:10.1162/rest.2003.85.1.226.

    Examples
    --------
    >>> round(gini_coefficient(pd.Series([1, 2, 3, 4, 5])), 4)
    0.2667
    """
    _check(value, shares=True)
    ordered = np.sort(value.to_numpy(dtype=float))
    n = len(ordered)
    ranks = np.arange(1, n + 1)
    gini = math.fsum((2 * ranks - n - 1) * ordered) / (n * math.fsum(ordered))
    if not corrected:
        return float(gini)
    if n == 1:
        raise ValueError(t("corrected=True must have at least two customers; there is one."))
    return float(gini * n / (n - 1))


def top_share(value: pd.Series, share: float) -> float:
    """The share of the total that the best `share` of the customers brings.

    Where `share` falls inside a customer, the curve is straight between whole customers,
    as the Lorenz curve is: no rounding.

    Parameters
    ----------
    share
        Share of customers, from 0 to 1: 0.2 for the best fifth.

    Returns
    -------
    float
        Between `share` (all equal) and 1.

    Examples
    --------
    >>> round(top_share(pd.Series({"a": 7, "b": 2, "c": 1}), 1/3), 4)
    0.7
    """
    _check_share(share, "share")
    _check(value, shares=True)
    # Added up from the top: from the bottom, 1 less a rounding error would make 80/20 fall short of 80.
    ordered = np.sort(value.to_numpy(dtype=float))[::-1]
    added = np.concatenate([[0.0], np.cumsum(ordered)])
    return float(min(1.0, np.interp(share * len(ordered), np.arange(len(added)), added) / added[-1]))


def share_needed(value: pd.Series, of: float) -> float:
    """The smallest share of the customers who together bring `of` of the total: `top_share` the other way round.

    Examples
    --------
    >>> round(share_needed(pd.Series({"a": 7, "b": 2, "c": 1}), 0.9), 4)
    0.6667
    """
    _check_share(of, "of")
    _check(value, shares=True)
    ordered = np.sort(value.to_numpy(dtype=float))[::-1]
    added = np.concatenate([[0.0], np.cumsum(ordered)]) / math.fsum(ordered)
    place = int(np.searchsorted(added, of * (1 - 1e-15), side="left"))
    if place == 0:
        return 0.0
    place = min(place, len(ordered))
    step = added[place] - added[place - 1]
    inside = 1.0 if step == 0 else min(1.0, (of - added[place - 1]) / step)
    return float((place - 1 + inside) / len(ordered))


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
    >>> low, high = bootstrap_interval(pd.Series([1.0, 2, 3, 4, 5, 6]), gini_coefficient, seed=1, n_resamples=200)
    >>> low < gini_coefficient(pd.Series([1, 2, 3, 4, 5, 6])) < high
    True
    """
    _check(value)
    if len(value) < 2:
        raise ValueError(t("an interval must have at least two customers to draw from; there is one."))
    if not _is_whole(n_resamples) or n_resamples < 1:
        raise ValueError(
            t("n_resamples must be a whole number of at least 1; got {n_resamples!r}. 1000 is usual.").format(n_resamples=n_resamples)
        )
    if not isinstance(level, numbers.Real) or not 0 < level < 1:
        raise ValueError(t("level must lie between 0 and 1; got {level!r}. 95 % is 0.95.").format(level=level))
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


def abc_classes(value: pd.Series, *, cuts: Sequence[float] = (0.80, 0.95)) -> pd.Series:
    """The ABC class of each customer: by rank of value, cut at shares of the *total value*.

    The biggest customers who together bring the first 80 % are A, the next up to 95 % B, the
    others C. The customer who crosses a cut belongs above it. When something else is right:
    `assign_tiers` cuts by number of customers.

    Returns
    -------
    Series
        Named "abc", index and order as `value`; ordered C < B < A.

    Raises
    ------
    ValueError
        As `lorenz_curve`; or there are not two ascending cuts.

    Examples
    --------
    >>> abc_classes(pd.Series({"a": 70, "b": 20, "c": 6, "d": 4})).to_dict()
    {'a': 'A', 'b': 'A', 'c': 'B', 'd': 'C'}
    """
    _check(value, shares=True)
    _check_cuts(cuts)
    if len(cuts) != 2:
        raise ValueError(t("cuts must be two shares of value, for A and for B; got {cuts}. Use cuts=(0.80, 0.95).").format(cuts=list(cuts)))
    ranked = _rank(value)
    added = np.concatenate([[0.0], np.cumsum(ranked.to_numpy(dtype=float))[:-1]]) / math.fsum(ranked)
    # What a rounding error of the sum puts a hair below a cut has reached it.
    place = np.searchsorted(np.array(cuts, dtype=float), added + 1e-12, side="right")
    classes = pd.Categorical.from_codes(2 - place, ["C", "B", "A"], ordered=True)
    return pd.Series(classes, index=ranked.index, name="abc").reindex(value.index)


def whale_curve(profit: pd.Series, *, shares: bool = True) -> pd.DataFrame:
    """Profit added up from the most profitable customer to the least: the hump is what losses take back.

    Parameters
    ----------
    profit
        One profit per customer, indexed by customer_id; may be negative.
    shares
        False leaves profit_share out, and the warning: for a firm that makes a loss in all.

    Returns
    -------
    DataFrame
        One row per customer after a first row of zeros: n_customers, customer_share, profit
        (cumulative, in money) and profit_share (of the total; missing, with a warning, where
        the total is not positive).

    Source: Kaplan & Narayanan (2001), Journal of Cost Management 15(5), 5-15.

    Examples
    --------
    >>> whale_curve(pd.Series({"a": 80.0, "b": 40.0, "c": -20.0}))["profit"].tolist()
    [0.0, 80.0, 120.0, 100.0]
    """
    _check(profit)
    ranked = _rank(profit).to_numpy(dtype=float)
    added = np.concatenate([[0.0], np.cumsum(ranked)])
    total = math.fsum(ranked)
    if shares and total <= 0:
        warnings.warn(t("the total is {total:,.2f}, not positive, so there are no shares of profit.").format(total=total), stacklevel=2)
    n = np.arange(len(added))
    curve = pd.DataFrame({"n_customers": n, "customer_share": n / len(ranked), "profit": added})
    return curve.assign(profit_share=added / total if total > 0 else np.nan) if shares else curve


def cost_to_serve(activities: pd.DataFrame, rates: pd.DataFrame) -> pd.Series:
    """What serving each customer cost: activities done, times what one of each costs.

    Full-cost rates: dropping a customer saves them only where people and rooms find other work.

    Parameters
    ----------
    activities
        One row per customer, month and activity: customer_id, activity, n_times.
    rates
        One row per activity: activity, unit_cost in currency units.

    Returns
    -------
    Series
        One row per customer, named "cost_to_serve", in currency units.

    Raises
    ------
    ValueError
        An activity has no rate, or two; a customer or a number of times is missing; or a cost
        is too large for a number.

    Examples
    --------
    >>> done = pd.DataFrame({"customer_id": ["a", "a", "b"], "activity": ["visit", "call", "call"], "n_times": [1, 2, 1]})
    >>> cost_to_serve(done, pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [200.0, 15.0]})).to_dict()
    {'a': 230.0, 'b': 15.0}
    """
    twice = rates.loc[rates["activity"].duplicated(), "activity"].unique().tolist()
    if twice:
        raise ValueError(t("rates must have one row per activity; {twice} stand there more than once.").format(twice=twice))
    unit_cost = activities["activity"].astype(object).map(rates.set_index("activity")["unit_cost"])
    missing = sorted(activities.loc[unit_cost.isna(), "activity"].unique())
    if missing:
        raise ValueError(
            t("rates must have a unit_cost for every activity; {missing} have none. Add a row for each.").format(missing=missing)
        )
    for name in ("customer_id", "n_times"):
        n_missing = int(activities[name].isna().sum())
        if n_missing:
            raise ValueError(
                t(
                    "every activity must have its {name}; {n_missing:,} of {n:,} have none. Fill them in."
                ).format(name=name, n_missing=n_missing, n=len(activities))
            )
    cost = (activities["n_times"].astype(float) * unit_cost.astype(float)).groupby(activities["customer_id"]).sum()
    if not np.isfinite(cost).all():
        first = cost.index[~np.isfinite(cost)][0]
        raise ValueError(t("every cost must be a number; that of {first!r} is none. Look at n_times and unit_cost.").format(first=first))
    return cost.astype(float).rename("cost_to_serve")


# --- what every measure asks of its values --------------------------------------------------------


def _check(value: pd.Series, *, shares: bool = False) -> None:
    if not isinstance(value, pd.Series):
        raise TypeError(
            t("value must be a Series indexed by customer_id; got {kind}. Use pd.Series(value).").format(kind=type(value).__name__)
        )
    if value.empty:
        raise ValueError(t("value must hold at least one customer; it is empty."))
    if not pd.api.types.is_numeric_dtype(value.dtype):
        raise TypeError(
            t(
                "value must be numbers; got {kind}, for example {example!r}. Use pd.to_numeric."
            ).format(kind=value.dtype, example=value.iloc[0])
        )
    bad = ~np.isfinite(value.to_numpy(dtype=float, na_value=np.nan))
    if bad.any():
        raise ValueError(
            t(
                "every value must be a number; {n_bad:,} are missing or infinite, the first of customer {first!r}. Decide what "
                "they mean: value.fillna(0), or value.dropna()."
            ).format(n_bad=bad.sum(), first=value.index[bad.argmax()])
        )
    largest = np.abs(value.to_numpy(dtype=float)).max()
    if largest > LARGEST:
        raise ValueError(
            t(
                "every value must lie within {limit:g}, or sums would no longer be numbers; the largest is {largest:g}. Look for a "
                "slip in the amounts, or divide all by the same number."
            ).format(limit=LARGEST, largest=largest)
        )
    if value.index.has_duplicates:
        twice = value.index[value.index.duplicated()][0]
        raise ValueError(
            t(
                "every customer must stand once; {twice!r} stands there more than once. Add them up first: value.groupby(level=0).sum()."
            ).format(twice=twice)
        )
    if not shares:
        return
    n_negative = int((value < 0).sum())
    if n_negative:
        raise ValueError(
            t(
                "shares must have values of 0 or more; {n_negative:,} of {n:,} are negative, the lowest {lowest:,.2f}. Use "
                "whale_curve, which is made for losses, or value.clip(lower=0) if you mean them to count as 0."
            ).format(n_negative=n_negative, n=len(value), lowest=value.min())
        )
    if math.fsum(value) <= 0:
        raise ValueError(t("shares must have a positive total; it is 0. There is nothing to share: check the period."))


def _check_share(share: float, name: str) -> None:
    if not isinstance(share, numbers.Real):
        raise TypeError(t("{name} must be a number; got {value!r}. 20 % is 0.2.").format(name=name, value=share))
    if not 0 <= share <= 1:
        raise ValueError(t("{name} must lie between 0 and 1; got {value!r}. 20 % is 0.2.").format(name=name, value=share))


def _check_cuts(cuts: Sequence[float]) -> None:
    if isinstance(cuts, str) or not hasattr(cuts, "__len__") or not all(isinstance(cut, numbers.Real) for cut in cuts):
        raise TypeError(
            t(
                "cuts must be several shares, or one in a list; got {cuts!r}. Write cuts=(0.2,) or cuts={usual}."
            ).format(cuts=cuts, usual=CUTS)
        )
    edges = [0, *cuts, 1]
    if len(edges) < 3 or not all(low < high for low, high in zip(edges, edges[1:], strict=False)):
        raise ValueError(
            t("cuts must ascend between 0 and 1; got {cuts}. The course's are {usual}.").format(cuts=list(cuts), usual=list(CUTS))
        )


def _is_whole(number: object) -> bool:
    return isinstance(number, numbers.Integral) and not isinstance(number, bool)


def _tier_names(cuts: Sequence[float], labels: Sequence[str] | None) -> list[str]:
    _check_cuts(cuts)
    if labels is None:
        return list(LABELS) if len(cuts) == 3 else [f"tier {n}" for n in range(1, len(cuts) + 2)]
    if len(labels) != len(cuts) + 1 or len(set(labels)) != len(labels):
        raise ValueError(
            t("labels must be {n} different names, best first; got {labels}.").format(n=len(cuts) + 1, labels=list(labels))
        )
    return list(labels)


def _rank(value: pd.Series) -> pd.Series:
    """From the highest value to the lowest, equal ones by customer_id."""
    by_id = value.sort_index(kind="stable")
    return by_id.iloc[np.argsort(-by_id.to_numpy(dtype=float), kind="stable")]


def _round_half_up(number: Fraction) -> int:
    return math.floor(number + Fraction(1, 2))


def _index_by_name(table: pd.DataFrame) -> pd.DataFrame:
    table.index = pd.Index(table.index.astype(str), name="tier")
    return table
