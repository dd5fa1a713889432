"""Where the growth of a product came from: more customers, longer relations, deeper ones, adding up to the change."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.customer_index import look_up
from crmlib.language import t

# More customers, longer relations, deeper ones: the three ways of the course to a larger customer equity.
FACTORS = {"more": "n_customers", "longer": "length", "deeper": "profit_per_customer"}
METHODS = ("shapley", "log")
MOST = 6  # factors: their orders are 720
CELLS = 4_000_000  # of draws x customers that are held at once
MANY, LOTS = 100_000, 20_000  # of more customers than MANY, so many lots of them are drawn anew
FEW = 20  # customers of a period, below which drawing them anew says nothing


def growth_split(
    before: pd.DataFrame, after: pd.DataFrame, *, factors: Mapping[str, str] | None = None, method: str = "shapley"
) -> pd.DataFrame:
    """The growth of customer equity as the sum of its parts: more customers, longer relations, deeper ones.

    Equity is a product, and what one factor adds hangs on the others: which is changed first decides. Shapley's part
    is the mean over all orders in which the factors can be changed, so no order is preferred. The log split shares
    the change out by the logarithms of the factors' ratios. Both add up to the change, both give 0 to a factor that
    did not move; they are not equal. Neither says what caused a factor to move.

    By period: ``growth_split(periods.shift().iloc[1:], periods.iloc[1:])``.

    When something else is right: `growth.growth_table`, for which customers the growth came from.

    Parameters
    ----------
    before, after : DataFrame
        One row per segment: the factors, in columns. A segment that has no customers in one of the two, or no row,
        is *more* altogether: its length and profit are taken from the other.
    factors : mapping of str to str, optional
        Names of the parts, with the columns whose product is the value, the number of customers first; more:
        n_customers, longer: length, deeper: profit_per_customer if left out. At most 6.
    method : str
        "shapley" or "log". The log split needs factors above 0 in both periods.

    Returns
    -------
    DataFrame
        One row per segment, in the order of `after` and then those of `before` only: before and after (the values),
        a column for each part, and change, their sum.

    Raises
    ------
    ValueError
        A factor is missing, there are too many; or, for the log split, one is 0 or negative.

    References
    ----------
    Shapley (1953), A value for n-person games; Sun (1998), doi:10.1016/S0140-9883(98)00003-5, for the parts of a
    product; Ang (2005), doi:10.1016/j.enpol.2003.10.010, for the log split.

    Examples
    --------
    >>> before = pd.DataFrame({"n_customers": [4], "length": [2.0], "profit_per_customer": [100.0]})
    >>> after = pd.DataFrame({"n_customers": [5], "length": [2.0], "profit_per_customer": [120.0]})
    >>> growth_split(before, after).T[0].to_dict()
    {'before': 800.0, 'after': 1200.0, 'more': 220.0, 'longer': 0.0, 'deeper': 180.0, 'change': 400.0}
    """
    require.one_of(method, METHODS, "method")
    factors = factors or FACTORS
    names, first, second = _both(before, after, factors)
    values = {"before": first.prod(axis=1), "after": second.prod(axis=1)}
    if method == "log":
        _above_zero(names, factors, first, second)
        logs = np.log(second / first)
        total = logs.sum(axis=1, keepdims=True)
        mean = values["before"][:, None] * np.divide(np.expm1(total), total, out=np.ones_like(total), where=total != 0)
        parts = mean * logs
    else:
        orders = list(itertools.permutations(range(first.shape[1])))
        parts = sum(_in_order(first, second, order) for order in orders) / len(orders)
    columns = {**values, **dict(zip(factors, parts.T, strict=True))}
    return pd.DataFrame({**columns, "change": values["after"] - values["before"]}, index=names)


def growth_by_order(
    before: pd.DataFrame, after: pd.DataFrame, *, factors: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """What each factor adds in every order in which they can be changed: the mean is `growth_split`'s.

    Parameters
    ----------
    before, after : DataFrame
        As in `growth_split`; segments are added up.
    factors : mapping of str to str, optional
        As in `growth_split`.

    Returns
    -------
    DataFrame
        One row per order (index ``order``, parts joined by " > "), one column per part; each row adds up to the
        change.

    Raises
    ------
    ValueError
        As `growth_split`.

    Examples
    --------
    >>> before = pd.DataFrame({"n_customers": [4], "length": [2.0], "profit_per_customer": [100.0]})
    >>> after = pd.DataFrame({"n_customers": [5], "length": [2.0], "profit_per_customer": [120.0]})
    >>> growth_by_order(before, after)["more"].round(6).unique().tolist()
    [200.0, 240.0]
    """
    factors = factors or FACTORS
    _, first, second = _both(before, after, factors)
    parts = list(factors)
    orders = list(itertools.permutations(range(len(parts))))
    index = pd.Index([" > ".join(parts[one] for one in order) for order in orders], name="order")
    return pd.DataFrame([_in_order(first, second, order).sum(axis=0) for order in orders], index=index, columns=parts)


def growth_intervals(
    profits: pd.DataFrame,
    *,
    discount_rate: float,
    seed: int,
    segments: pd.Series | None = None,
    n_resamples: int = 1000,
) -> pd.DataFrame:
    """How sure the parts of the last period's growth are, judged from the customers who came: drawn anew, many times.

    Plain quantiles of the draws. Where few customers bring most of the profit, the interval holds the part less often
    than 95 times of 100.

    More than 100,000 customers are put by lot into 20,000 lots of equal size, and whole lots are drawn anew: all
    customers count, and the ends differ from those of single customers by no more than another seed would make them.

    Parameters
    ----------
    profits : DataFrame
        As in `equity.base_by_period`; the last three periods count.
    discount_rate : float
        As in `equity.relation_length`.
    seed : int
        The same seed gives the same intervals.
    segments : Series, optional
        The segment of each customer of `profits`; growth is then split in each, and the parts added up.
    n_resamples : int
        How often the customers are drawn.

    Returns
    -------
    DataFrame
        One row per part, and one for the change (index ``part``): amount, as `growth_split` gives it, and low and
        high, the ends of the 95 % interval, in currency units.

    Raises
    ------
    ValueError
        There are fewer than three periods, or fewer than 20 customers in one, of a segment; or nobody has left, at a
        discount rate of 0.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> profits = pd.DataFrame({2023: [9.0, 11.0] * 20, 2024: [9.0, 12.0] * 20, 2025: [10.0, 12.0] * 20})
    >>> growth_intervals(profits, discount_rate=0.1, seed=1).loc["more"].to_dict()
    {'amount': 0.0, 'low': 0.0, 'high': 0.0}
    """
    require.whole(n_resamples, "n_resamples")
    if profits.shape[1] < 3:
        raise ValueError(t("profits must have three periods or more; it has {n}.", n=profits.shape[1]))
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    last = profits.iloc[:, -3:]
    of = pd.Series("all", index=last.index) if segments is None else look_up(segments, last.index)
    masks = [(of == name).to_numpy(dtype=bool, na_value=False) for name in of.unique() if pd.notna(name)]
    groups = [_to_add_up(last[mask]) for mask in masks]
    found = sum(
        _parts_drawn(group, np.ones((1, mask.sum())), discount_rate) for group, mask in zip(groups, masks, strict=True)
    )
    if not np.isfinite(found).all():
        raise ValueError(
            t("customers who never leave and are not discounted are worth without end. Give a discount_rate above 0.")
        )
    rng, n = np.random.default_rng(seed), len(last)
    if n > MANY:
        n, lot = LOTS, rng.permutation(n) % LOTS
        groups = [_by_lot(group, lot[mask], n) for group, mask in zip(groups, masks, strict=True)]
        masks = [slice(None)] * len(groups)  # a lot may hold customers of every segment
    chances, at_once = np.full(n, 1 / n), max(1, CELLS // n)
    drawn = []
    for start in range(0, n_resamples, at_once):  # a large table would not fit into memory many times over
        times = rng.multinomial(n, chances, size=min(at_once, n_resamples - start))
        parts = [_parts_drawn(group, times[:, mask], discount_rate) for group, mask in zip(groups, masks, strict=True)]
        drawn.append(sum(parts))
    low, high = np.nanquantile(np.concatenate(drawn), [0.025, 0.975], axis=0)
    index = pd.Index([*FACTORS, "change"], name="part")
    return pd.DataFrame({"amount": found[0], "low": low, "high": high}, index=index)


def _to_add_up(group: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What a draw adds up, one row per customer: who is there, who stayed from the period before, their profit."""
    there = group.notna().to_numpy(dtype=float)
    if (there.sum(axis=0) < FEW).any():
        raise ValueError(
            t(
                "an interval needs {few} customers or more in each period and segment; here they are {found}. Take"
                " larger segments.",
                few=FEW,
                found=there.sum(axis=0).astype(int).tolist(),
            )
        )
    return there, there[:, 1:] * there[:, :-1], group.fillna(0.0).to_numpy(dtype=float)[:, 1:]


def _by_lot(group: tuple[np.ndarray, ...], lot: np.ndarray, n_lots: int) -> tuple[np.ndarray, ...]:
    """The same of each lot of customers: sums vary from draw to draw as those of customers do, giants and all."""
    return tuple(np.column_stack([np.bincount(lot, one, n_lots) for one in numbers.T]) for numbers in group)


def _parts_drawn(group: tuple[np.ndarray, ...], times: np.ndarray, discount_rate: float) -> np.ndarray:
    """The parts and the change, one row per draw; `times` says how often each customer, or lot, is in it."""
    n, kept, profit = (times @ numbers for numbers in group)
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw may hold nobody of a period, and then says nothing
        profit = profit / n[:, 1:]
        length = (1 + discount_rate) / (1 + discount_rate - kept / n[:, :-1])
        factors = np.stack([n[:, 1:], length, profit], axis=2)
        first, second = factors[:, 0], factors[:, 1]
        orders = list(itertools.permutations(range(3)))
        parts = sum(_in_order(first, second, order) for order in orders) / len(orders)
    return np.column_stack([parts, parts.sum(axis=1)])


def _in_order(first: np.ndarray, second: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
    """What each factor adds when they are changed one after the other."""
    now, parts = first.copy(), np.zeros_like(first)
    for factor in order:
        others = np.delete(now, factor, axis=1).prod(axis=1)
        parts[:, factor] = (second[:, factor] - first[:, factor]) * others
        now[:, factor] = second[:, factor]
    return parts


def _both(
    before: pd.DataFrame, after: pd.DataFrame, factors: Mapping[str, str]
) -> tuple[pd.Index, np.ndarray, np.ndarray]:
    """The segments of either, and their factors before and after."""
    columns = list(factors.values())
    if not 1 <= len(columns) <= MOST:
        raise ValueError(t("factors must be 1 to {most}; got {n}.", most=MOST, n=len(columns)))
    for frame, name in ((before, "before"), (after, "after")):
        require.columns(frame, columns, name)
        if frame.index.has_duplicates:
            twice = frame.index[frame.index.duplicated()][0]
            raise ValueError(
                t("every segment must stand once in {name}; {twice} stands there twice.", name=name, twice=twice)
            )
    names = after.index.append(before.index.difference(after.index, sort=False))
    first, second = (frame[columns].astype(float).reindex(names) for frame in (before, after))
    number, others = columns[0], columns[1:]
    first.loc[~names.isin(before.index), number] = 0.0
    second.loc[~names.isin(after.index), number] = 0.0
    first_empty, second_empty = first[number] == 0, second[number] == 0
    first.loc[first_empty, others] = second.loc[first_empty, others]
    second.loc[second_empty, others] = first.loc[second_empty, others]
    first.loc[first_empty & second_empty, others] = second.loc[first_empty & second_empty, others] = 0.0
    require.numbers(first, columns, "before")
    require.numbers(second, columns, "after")
    return names, first.to_numpy(), second.to_numpy()


def _above_zero(names: pd.Index, factors: Mapping[str, str], first: np.ndarray, second: np.ndarray) -> None:
    """The logarithm of a factor must exist."""
    for values, when in ((first, "before"), (second, "after")):
        row, column = np.nonzero(values <= 0)
        if len(row):
            raise ValueError(
                t(
                    "the log split needs factors above 0; {column} of {segment} is {found:g} in {when}, and has no"
                    " logarithm. Take method='shapley', which needs none.",
                    column=list(factors.values())[column[0]],
                    segment=names[row[0]],
                    found=values[row[0], column[0]],
                    when=when,
                )
            )
