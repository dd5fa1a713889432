"""What customers are worth: profits to come, discounted; with retention; by states; by models, handed on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.customer_index import look_up
from crmlib.health import check_purchase_model, repeat_purchase_histogram
from crmlib.language import t
from crmlib.worth import choose_top, holdout_value, purchase_value, total_purchase_value

# What asks for a fitted model of purchases lives in nouns of its own, and is at hand here, too.
__all__ = [
    "check_purchase_model",
    "choose_top",
    "customer_lifetime_value",
    "holdout_value",
    "markov_value",
    "purchase_value",
    "repeat_purchase_histogram",
    "retention_value",
    "total_purchase_value",
]

TIMINGS = ("end", "middle", "start")
FIRST_PAYMENTS = ("now", "end", "end if retained")


def customer_lifetime_value(
    profits: Sequence[float] | pd.Series, *, discount_rate: float, timing: str = "end"
) -> float:
    """The present value of a customer's profits of several periods: the course's formula, sum of profit_i / (1 + d)^i.

    When something else is right: `retention_value`, where the customer may leave; `markov_value`, where they come and
    go; a model of `purchases`, where nobody says that they leave.

    Parameters
    ----------
    profits : sequence of float
        What the customer brings in each period, costs taken off, in order of time, in currency; losses are negative.
    discount_rate : float
        What a unit of money is worth less when it comes a period later: 0.1 is 10 % a period. Of the length of the
        periods: of months, a month's rate, (1 + yearly) ** (1 / 12) - 1.
    timing : str
        When the profit of a period comes: at its "end" (the course), "middle" or "start". From end to start the value
        grows by the factor 1 + d.

    Returns
    -------
    float
        In currency.

    Raises
    ------
    ValueError
        A profit is missing or infinite, there is none, the rate is below 0, or the timing is none.

    References
    ----------
    Berger & Nasr (1998), Customer lifetime value, doi:10.1002/(SICI)1520-6653(199824)12:1<17::AID-DIR3>3.0.CO;2-K.

    Examples
    --------
    >>> round(customer_lifetime_value([120, 140, 150, 160, 170], discount_rate=0.10), 4)
    552.3294
    """
    require.one_of(timing, TIMINGS, "timing")
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    paid = np.asarray(profits, dtype=float)
    if paid.ndim != 1 or not len(paid) or not np.isfinite(paid).all():
        raise ValueError(
            t(
                "profits must be one number per period, none missing; got {profits!r}. For example [120, 140].",
                profits=profits,
            )
        )
    late = {"end": 1.0, "middle": 0.5, "start": 0.0}[timing]
    return float(paid @ (1 + discount_rate) ** -(np.arange(len(paid)) + late))


def retention_value(
    margin: float,
    *,
    retention_rate: float,
    discount_rate: float,
    first_payment: str,
    n_periods: int | None = None,
    cost: float = 0.0,
) -> float:
    """The present value of a customer who pays the same margin each period and stays with the same chance.

    One customer is worth 250, 312.50 or 350 by convention alone, so `first_payment` must be said.

    When something else is right: retention that rises as the loyal remain (`purchases.fit_sbg`): a mean rate for all
    makes a cohort look poorer than it is.

    Parameters
    ----------
    margin : float
        What the customer brings a period, in currency.
    retention_rate : float
        The share of customers of a period who are there in the next, 0 to 1.
    discount_rate : float
        As in `customer_lifetime_value`.
    first_payment : str
        "now", for certain; at the "end" of the period, for certain; or at the "end if retained".
    n_periods : int, optional
        How many payments after the first are counted at most; without it, all.
    cost : float
        What is spent on the customer in the middle of each period after the first payment, as long as they are there.

    Returns
    -------
    float
        In currency.

    Raises
    ------
    ValueError
        A rate lies outside its range, retention is 1 without an end and a rate of 0, or first_payment is none.

    References
    ----------
    Gupta & Lehmann (2003), Customers as Assets, doi:10.1002/dir.10045; Berger & Nasr (1998), case 1.

    Examples
    --------
    >>> [round(retention_value(100, retention_rate=0.8, discount_rate=0.12, first_payment=when), 2)
    ...  for when in ("now", "end", "end if retained")]
    [350.0, 312.5, 250.0]
    """
    require.one_of(first_payment, FIRST_PAYMENTS, "first_payment")
    require.share(retention_rate, "retention_rate")
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    step = retention_rate / (1 + discount_rate)
    if n_periods is None and step >= 1:
        raise ValueError(
            t(
                "a customer who never leaves and is not discounted is worth without end. Give n_periods, or a"
                " discount_rate above 0."
            )
        )
    if n_periods is not None:
        require.whole(n_periods, "n_periods", least=0)
    first = {"now": 1.0, "end": 1 / (1 + discount_rate), "end if retained": step}[first_payment]
    spent = _geometric(step, n_periods) / (1 + discount_rate) ** 0.5
    return float(margin * first * _geometric(step, None if n_periods is None else n_periods + 1) - cost * spent)


def sensitivity(worth: Callable[..., float], factors: pd.DataFrame) -> pd.DataFrame:
    """What an answer hangs on: each factor moved alone, from its low to its high value; the widest first.

    A tornado, in the language of its figure. How wide a bar is says as much about the range that was chosen as about
    the factor: take each range from what was observed, the middle 80 % say, and not 20 % up and down for all.

    When something else is right: factors that move together; then compute whole scenarios.

    Parameters
    ----------
    worth : callable
        Gives the answer from the factors by name: a function of the notebook, or `retention_value` with its options.
    factors : DataFrame
        One row per factor, named as worth takes it: low, base and high.

    Returns
    -------
    DataFrame
        One row per factor (index ``factor``), the widest swing first: low, base and high as given; value_at_low,
        value_at_base (the same in each row), value_at_high; value_swing, the distance of the first and the last.

    Raises
    ------
    ValueError
        A column is missing or no number, a factor stands twice, base does not lie from low to high, or there is none.

    Examples
    --------
    >>> def worth(profit, n_years):
    ...     return customer_lifetime_value([profit] * int(n_years), discount_rate=0.1)
    >>> factors = pd.DataFrame({"low": [80, 2], "base": [100, 3], "high": [120, 6]}, index=["profit", "n_years"])
    >>> sensitivity(worth, factors)[["value_at_low", "value_at_base", "value_at_high"]].round(1)
             value_at_low  value_at_base  value_at_high
    factor
    n_years         173.6          248.7          435.5
    profit          198.9          248.7          298.4
    """
    require.columns(factors, ("low", "base", "high"), "factors")
    require.numbers(factors, ("low", "base", "high"), "factors")
    ends = factors[["low", "base", "high"]]
    is_bad = ~((ends["low"] <= ends["base"]) & (ends["base"] <= ends["high"])) | factors.index.duplicated()
    if is_bad.any() or not len(factors):
        raise ValueError(
            t(
                "factors must have one row for each factor with low <= base <= high; got {found}. For example"
                " low 3, base 5, high 8.",
                found=ends[is_bad].to_dict("index") if len(factors) else t("no row"),
            )
        )
    base = {name: ends["base"][name] for name in ends.index}
    table = ends.rename_axis("factor").copy()
    for at in ("low", "base", "high"):
        table[f"value_at_{at}"] = [float(worth(**{**base, name: ends[at][name]})) for name in ends.index]
    table["value_swing"] = (table["value_at_high"] - table["value_at_low"]).abs()
    return table.sort_values("value_swing", ascending=False, kind="stable")


def carry_forward(
    before: pd.Series, after: pd.Series, *, is_here: pd.Series | None = None, n_groups: int = 5
) -> pd.DataFrame:
    """What customers brought in a period, taken as the forecast of a later one, beside what came: in equal groups.

    The groups are made by the first period, so a good or a bad year at its ends does not come again: regression to
    the mean. A mean that is right for a group may be wrong for nearly everyone in it.

    When something else is right: a model of buying (`purchases`), which expects that without being told.

    Parameters
    ----------
    before : Series
        What each customer brought in the first period, indexed by customer_id: the customers to follow.
    after : Series
        What each brought in the later period; who is not there brought 0.
    is_here : Series, optional
        Whether each is still a customer, as a list made today would show; who is not there is not.
    n_groups : int
        How many groups of the same size, at least 2; equal values go by their order in `before`.

    Returns
    -------
    DataFrame
        One row per group (index ``group``), 1 the lowest before: n_customers, before and after (means of all of
        them), came_share (after over before; missing where before is not above 0); with is_here also n_here and
        after_here, the mean of those still here.

    Raises
    ------
    ValueError
        A value is missing, a customer stands twice, or there are fewer customers than groups.

    References
    ----------
    Malthouse & Blattberg (2005), Can we predict customer lifetime value?, doi:10.1002/dir.20027.

    Examples
    --------
    >>> before = pd.Series({"ann": 10.0, "bob": 20.0, "cy": 60.0, "dee": 100.0})
    >>> after = pd.Series({"ann": 20.0, "bob": 24.0, "cy": 88.0})
    >>> carry_forward(before, after, is_here=after > 0, n_groups=2)
           n_customers  before  after  came_share  n_here  after_here
    group
    1                2    15.0   22.0    1.466667       2        22.0
    2                2    80.0   44.0    0.550000       1        88.0
    """
    require.values(before)
    require.whole(n_groups, "n_groups", least=2)
    if len(before) < n_groups:
        raise ValueError(
            t(
                "there must be at least as many customers as groups; {n} customers for {n_groups} groups.",
                n=len(before),
                n_groups=n_groups,
            )
        )
    later = look_up(after, before.index).fillna(0.0)
    group = (before.rank(method="first") - 1) * n_groups // len(before) + 1
    group = group.astype(int).rename("group")
    both = pd.DataFrame({"before": before.astype(float), "after": later.astype(float)})
    grouped = both.groupby(group)
    table = grouped.mean()
    table.insert(0, "n_customers", grouped.size())
    table["came_share"] = (table["after"] / table["before"]).where(table["before"] > 0)
    if is_here is not None:
        here = look_up(is_here, before.index).fillna(False).astype(bool)
        table["n_here"] = here.groupby(group).sum()
        table["after_here"] = later[here].groupby(group[here]).mean()
    return table


def _geometric(step: float, n: int | None) -> float:
    """1 + step + step**2 ...: n of them, or all."""
    if n is None:
        return 1 / (1 - step)
    return float(n) if step == 1 else (1 - step**n) / (1 - step)


def markov_value(
    transitions: pd.DataFrame, reward: pd.Series | Sequence[float], *, discount_rate: float, may_stop: bool = False
) -> pd.Series:
    """What a customer in each state is worth: rewards to come, while they move between states by the same chances.

    V = R + P V / (1 + d): the reward of the state they are in comes now and is not discounted.

    When something else is right: chances that change with time or with how long a customer has been in a state; then
    the state must say so, as recency does.

    Parameters
    ----------
    transitions : DataFrame
        One row per state now, one column per state a period later, in the same order; rows add up to 1. A result of
        `transitions.transition_matrix`, for example.
    reward : Series or sequence of float
        What a customer in each state brings in a period, costs taken off, in currency.
    discount_rate : float
        As in `customer_lifetime_value`.
    may_stop : bool
        Whether the firm may give up a customer for good whenever going on is worth less than 0, at no cost. Such a
        state is worth 0, and states that lead to it are worth more.

    Returns
    -------
    Series
        Indexed by state, in currency, named value.

    Raises
    ------
    ValueError
        The matrix is not square, a row does not add up to 1, a share lies outside 0 to 1, a reward is missing, or the
        rate is 0 or less.

    References
    ----------
    Pfeifer & Carraway (2000), Modeling Customer Relationships as Markov Chains,
    doi:10.1002/(SICI)1520-6653(200021)14:2<43::AID-DIR4>3.0.CO;2-H.

    Examples
    --------
    By recency, the last state is gone. A catalog of 4 brings 40 with a chance that falls with recency.

    >>> states = ["bought", "1 ago", "2 ago", "3 ago", "gone"]
    >>> shares = [[.3, .7, 0, 0, 0], [.2, 0, .8, 0, 0], [.15, 0, 0, .85, 0], [.05, 0, 0, 0, .95], [0, 0, 0, 0, 1]]
    >>> moves = pd.DataFrame(shares, index=states, columns=states)
    >>> markov_value(moves, [36, -4, -4, -4, 0], discount_rate=0.2).round(3).tolist()
    [52.32, 5.554, 1.251, -1.82, 0.0]
    >>> markov_value(moves, [36, -4, -4, -4, 0], discount_rate=0.2, may_stop=True).round(3).tolist()
    [53.149, 6.621, 2.644, 0.0, 0.0]
    """
    require.number(discount_rate, "discount_rate", above=0, example=0.1)
    rewards = _checked_chain(transitions, reward)
    step = transitions.to_numpy(dtype=float) / (1 + discount_rate)
    is_kept = np.ones(len(rewards), dtype=bool)
    for _ in range(len(rewards) + 1):  # Howard's policies: each round gives up at least one state more, or ends
        value = np.zeros(len(rewards))
        kept = np.flatnonzero(is_kept)
        value[kept] = np.linalg.solve(np.eye(len(kept)) - step[np.ix_(kept, kept)], rewards[kept])
        go_on = rewards + step @ value
        wanted = go_on >= -1e-12
        if not may_stop or (wanted == is_kept).all():
            break
        is_kept = wanted
    return pd.Series(value, index=transitions.index, name="value")


def _checked_chain(transitions: pd.DataFrame, reward: pd.Series | Sequence[float]) -> np.ndarray:
    shares = transitions.to_numpy(dtype=float)
    if list(transitions.index) != list(transitions.columns):
        raise ValueError(
            t(
                "transitions must have the same states in rows and columns, in one order; rows are {rows}, columns"
                " {columns}. For example matrix.reindex(index=states, columns=states).",
                rows=list(transitions.index),
                columns=list(transitions.columns),
            )
        )
    sums = shares.sum(axis=1)
    is_bad = ~(np.abs(sums - 1) < 1e-9) | ~((shares >= 0) & (shares <= 1)).all(axis=1)
    if is_bad.any():
        one = transitions.index[np.flatnonzero(is_bad)[0]]
        raise ValueError(
            t(
                "each row of transitions must hold shares from 0 to 1 that add up to 1; {state!r} adds up to {total:g}."
                " A row that held nobody is missing: give it the chances of a state like it.",
                state=one,
                total=float(transitions.loc[one].sum(min_count=len(shares))),
            )
        )
    values = reward.reindex(transitions.index) if isinstance(reward, pd.Series) else reward
    rewards = np.asarray(values, dtype=float)
    if len(rewards) != len(shares) or not np.isfinite(rewards).all():
        raise ValueError(
            t(
                "reward must have one number for each of the states {states}; got {reward!r}.",
                states=list(transitions.index),
                reward=list(reward),
            )
        )
    return rewards
