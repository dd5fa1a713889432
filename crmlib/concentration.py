"""How concentrated value is: the Lorenz curve, the Gini coefficient, shares of the best, a Pareto law that may fit.

Every function takes a Series of values indexed by customer_id and leaves it as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.customer_index import look_up
from crmlib.language import t


def pareto_alpha(value: pd.Series, *, minimum: float, corrected: bool = False) -> float:
    """The exponent of a Pareto law for the values from `minimum` on, by maximum likelihood.

    Under the law the share of customers above x falls as x to the power of minus alpha. (Papers on the
    density of the law write alpha + 1.) With n values from `minimum` on the estimate is too high by the
    factor n / (n - 1) on average: by a ninth for ten, not worth a word for hundreds. A `minimum` that was
    chosen by looking at the values adds a bias of its own, which nothing here takes off.

    When something else is right: look at the whole curve first; a law that is fitted to the top says
    nothing about the others (`top_share` and `gini_coefficient` need no law).

    Parameters
    ----------
    value : Series
        One value per customer, in any unit.
    minimum : float
        From which value on the law is to hold, in the unit of the values; above 0.
    corrected : bool
        Multiply by (n - 1) / n, which takes the bias off: for a tail of few customers.

    Returns
    -------
    float
        Range 0 to infinity; best: none, but the smaller, the more the biggest have. 1.16 is where a fifth
        holds four fifths; at 1 or below the law has no mean.

    Raises
    ------
    ValueError
        Fewer than two different values lie above `minimum`, or it is not positive; or corrected for a single one.

    References
    ----------
    Newman (2005), equation 5, doi:10.1080/00107510500052444. The bias: Clauset, Shalizi & Newman (2009),
    section 3.1 and appendix B, doi:10.1137/070710111.

    Examples
    --------
    >>> three = pd.Series([1.0, math.e, math.e**2])
    >>> round(pareto_alpha(three, minimum=1), 4), round(pareto_alpha(three, minimum=1, corrected=True), 4)
    (1.0, 0.6667)
    """
    require.values(value)
    require.number(minimum, "minimum", above=0, example="value.quantile(0.9)")
    tail = value[value >= minimum]
    logs = math.fsum(math.log(one / minimum) for one in tail)
    if not logs > 0:
        raise ValueError(
            t(
                "at least two different values must lie at or above minimum={minimum}; there are {n}. Take a smaller"
                " one.",
                minimum=minimum,
                n=tail.nunique(),
            )
        )
    if not corrected:
        return len(tail) / logs
    if len(tail) == 1:
        raise ValueError(t("corrected=True must have at least two customers; there is one."))
    return (len(tail) - 1) / logs


def pareto_top_share(alpha: float, share: float) -> float:
    """What share of everything the largest `share` holds, were the values to follow a Pareto law.

    Parameters
    ----------
    alpha : float
        The exponent of the law, above 1: see `pareto_alpha`.
    share : float
        Share of customers, from 0 to 1: 0.2 for the best fifth.

    Returns
    -------
    float
        A share of the total. Range `share` (a law of infinity: all equal) to 1; best: none, a fact to know.

    Raises
    ------
    ValueError
        alpha is not above 1, where the law has no mean to share out; or share is not between 0 and 1.

    References
    ----------
    Newman (2005), equation 28, doi:10.1080/00107510500052444.

    Examples
    --------
    >>> round(pareto_top_share(1.160964, 0.2), 4), round(pareto_top_share(1.160964, 0.01), 4)
    (0.8, 0.5281)
    """
    require.number(alpha, "alpha", above=1, example=1.16)  # at 1 or below the law has no mean to share out
    require.share(share, "share")
    return float(share ** (1 - 1 / alpha))


def law_beside_data(firms: Mapping[str, pd.Series], *, share: float) -> pd.DataFrame:
    """Does Pareto's law hold inside the best customers of firms? What it says of them, beside what they are.

    The law is fitted to the best `share` of each firm, and asked what the best `share` of these brings of what they
    bring together. It is judged by the customers it was fitted to: a law that misses even them is none
    of that firm.

    Parameters
    ----------
    firms : mapping of str to Series
        By the name of a firm: one value per customer.
    share : float
        Share of customers, above 0 and below 1: 0.2 for the best fifth.

    Returns
    -------
    DataFrame
        One row per firm (index `firm`): law_share and data_share. Range 0 to 1.

    Raises
    ------
    ValueError
        As `pareto_alpha`, `pareto_top_share` and `top_share`.

    Examples
    --------
    >>> law_beside_data({"mill": pd.Series([8.0, 4.0, 2.0, 1.0])}, share=0.5).round(2).loc["mill"].to_dict()
    {'law_share': 0.64, 'data_share': 0.67}
    """
    require.share(share, "share")
    rows = {}
    for name, value in firms.items():
        tail = value[value >= value.quantile(1 - share)]
        law = pareto_top_share(pareto_alpha(value, minimum=tail.min()), share)
        rows[name] = {"law_share": law, "data_share": top_share(tail, share)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("firm")


def lorenz_curve(value: pd.Series) -> pd.DataFrame:
    """The Lorenz curve: what share of the total the smallest customers bring together.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id; 0 or more, not missing.

    Returns
    -------
    DataFrame
        One row per customer, smallest first, after a first row (0, 0): customer_share and
        value_share, both cumulative, ending at (1, 1).

    Raises
    ------
    ValueError
        Some values are negative or the total is not positive: the curve would leave its square.

    References
    ----------
    Lorenz (1905), doi:10.2307/2276207.

    Examples
    --------
    >>> lorenz_curve(pd.Series({"a": 1, "b": 3}))["value_share"].tolist()
    [0.0, 0.25, 1.0]
    """
    require.values(value, shares=True)
    added = np.concatenate([[0.0], np.cumsum(_in_order(value))])
    share = added / added[-1]
    return pd.DataFrame({"customer_share": np.arange(len(added)) / (len(added) - 1), "value_share": share})


def gini_coefficient(value: pd.Series, *, corrected: bool = False) -> float:
    """How unequal customers are: 0 where all bring the same, (n - 1)/n where one brings everything.

    Twice the area between the Lorenz curve and the line of equal shares. It depends on the
    period and on whether customers who bought nothing are counted: state both.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id; 0 or more, not missing.
    corrected : bool
        Multiply by n / (n - 1), so that 1 is the largest possible: for samples of few customers.

    Returns
    -------
    float
        Range 0 to 1, and to (n - 1)/n unless corrected; best: none, a fact to know.

    Raises
    ------
    ValueError
        As `lorenz_curve`; or corrected for a single customer.

    References
    ----------
    Gini (1912); the correction: Deltas (2003), doi:10.1162/rest.2003.85.1.226.

    Examples
    --------
    >>> round(gini_coefficient(pd.Series([1, 2, 3, 4, 5])), 4)
    0.2667
    """
    require.values(value, shares=True)
    ordered = _in_order(value)
    n = len(ordered)
    ranks = np.arange(1, n + 1)
    gini = math.fsum(((2 * ranks - n - 1) * ordered).tolist()) / (n * math.fsum(ordered.tolist()))
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
    value : Series
        One value per customer, indexed by customer_id; 0 or more, not missing.
    share : float
        Share of customers, from 0 to 1: 0.2 for the best fifth.

    Returns
    -------
    float
        A share of the total. Range `share` (all equal) to 1; best: none, a fact to know.

    Raises
    ------
    TypeError, ValueError
        As `lorenz_curve`; or share is no number between 0 and 1.

    Examples
    --------
    >>> round(top_share(pd.Series({"a": 7, "b": 2, "c": 1}), 1/3), 4)
    0.7
    """
    require.share(share, "share")
    require.values(value, shares=True)
    # Added up from the top: from the bottom, 1 less a rounding error would make 80/20 fall short of 80.
    ordered = _in_order(value)[::-1]
    added = np.concatenate([[0.0], np.cumsum(ordered)])
    return float(min(1.0, np.interp(share * len(ordered), np.arange(len(added)), added) / added[-1]))


def share_needed(value: pd.Series, of: float) -> float:
    """The smallest share of the customers who together bring `of` of the total: `top_share` the other way round.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id; 0 or more, not missing.
    of : float
        Share of the total, from 0 to 1: 0.8 for four fifths of the money.

    Returns
    -------
    float
        A share of the customers. Range 0 to `of` (all equal); best: none, a fact to know. For all of the total, the
        share of customers who bring anything.

    Raises
    ------
    TypeError, ValueError
        As `lorenz_curve`; or of is no number between 0 and 1.

    Examples
    --------
    >>> round(share_needed(pd.Series({"a": 7, "b": 2, "c": 1}), 0.9), 4)
    0.6667
    """
    require.share(of, "of")
    require.values(value, shares=True)
    ordered = _in_order(value)[::-1]
    if of == 1:  # everybody who brings anything, however little beside the rounding of the sum
        return float(np.count_nonzero(ordered) / len(ordered))
    # Shares of the sum as it was added up: of another, exact one the last customer might fall short of 1.
    added = np.concatenate([[0.0], np.cumsum(ordered)])
    added /= added[-1]
    place = int(np.searchsorted(added, of, side="left"))
    if place == 0:
        return 0.0
    inside = (of - added[place - 1]) / (added[place] - added[place - 1])
    return float((place - 1 + inside) / len(ordered))


def share_by_window(
    transactions: pd.DataFrame, *, as_of: object, days: Sequence[int], share: float = 0.2
) -> pd.DataFrame:
    """What the best customers bring, by the length of the period and by who is counted.

    Each period ends with the day `as_of`. Counted are once those who bought in it, and once all who
    had bought by then, with 0 for those who did not buy in it. Whoever comes to less than zero
    counts as 0. When something else is right: `top_share`, where one period and one base are settled.

    Parameters
    ----------
    transactions : DataFrame
        One row per line of an order: customer_id, order_date, amount.
    as_of : date, str or Timestamp
        The last day of every period, which counts whole.
    days : sequence of int
        The lengths of the periods.
    share : float
        Share of the customers, from 0 to 1: 0.2 for the best fifth.

    Returns
    -------
    DataFrame
        One row per period (index ``window_days``): ``top_20_share``, what the best fifth of those who bought
        in it brings, a share of the amount; ``top_20_share_of_all_known``, the same of all who had bought by
        then. With another `share` the names have its number.

    Raises
    ------
    ValueError
        A column is missing; a length is no whole number of at least 1; share is not between 0 and 1; or
        nobody bought in a period.

    References
    ----------
    Schmittlein, Cooper & Morrison (1993), doi:10.1287/mksc.12.2.167.

    Examples
    --------
    Ann buys every day, four others bought once, long ago: of a day she brings all, of ten days half.

    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "bo", "cy", "di", "ed"],
    ...     "order_date": pd.to_datetime(["2025-01-10"] + ["2025-01-02"] * 4),
    ...     "amount": [40.0, 10.0, 10.0, 10.0, 10.0],
    ... })
    >>> share_by_window(lines, as_of="2025-01-10", days=[1, 10])["top_20_share_of_all_known"].tolist()
    [1.0, 0.5]
    """
    require.columns(transactions, ("customer_id", "order_date", "amount"), "transactions")
    require.share(share, "share")
    last = require.day(as_of, "as_of")
    days_ago = (last - transactions["order_date"].dt.normalize()).dt.days
    known = pd.Index(transactions.loc[days_ago >= 0, "customer_id"].unique())
    rows = {}
    for length in days:
        require.whole(length, "days")
        inside = transactions[(days_ago >= 0) & (days_ago < length)]
        bought = inside.groupby("customer_id", observed=True)["amount"].sum().clip(lower=0)
        rows[length] = (top_share(bought, share), top_share(look_up(bought, known, 0.0), share))
    index = pd.Index(list(rows), name="window_days")
    name = f"top_{100 * share:g}_share"
    return pd.DataFrame(list(rows.values()), index=index, columns=[name, f"{name}_of_all_known"])


def _in_order(value: pd.Series) -> np.ndarray:
    """The values from the smallest on; those in order already, as a bootstrap draws them, are not sorted again."""
    values = value.to_numpy(dtype=float)
    return values if (values[:-1] <= values[1:]).all() else np.sort(values)
