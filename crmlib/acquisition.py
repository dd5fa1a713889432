"""Winning customers or keeping them: what a success costs, what the next one costs, and where a budget goes.

Both are *response curves*: a rate of success by what is spent on each person, here that of Blattberg and Deighton,
which is a rate and so has a ceiling of at most 1. (`allocation` has curves of extra profit.) What a won customer
costs in comparison to a kept one is a result of the curves and of the spending, not a constant.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.response.curves import ResponseCurve
from crmlib.response.fitting import FittedCurve, fit

CELLS = ("n_people", "spent", "n_success")
# What the course's three ways move: more customers, for longer, deeper.
LEVERS = (
    ("more", "ceiling of winning"),
    ("more", "k of winning"),
    ("longer", "floor of keeping"),
    ("longer", "ceiling of keeping"),
    ("longer", "k of keeping"),
    ("deeper", "margin"),
)
AIMS = ("n_people", "value", "ceiling", "k", "floor")


class Plan(NamedTuple):
    """What comes of a spending per prospect and per customer; see `plan_at`."""

    per_prospect: float
    per_customer: float
    win_rate: float
    keep_rate: float
    customer_value: float
    equity_per_prospect: float
    cost_per_won: float
    cost_per_kept: float
    cost_ratio: float


class Line(NamedTuple):
    """A straight line through cells: the rate at no spending, and how many more successes a unit of money goes with."""

    start: float
    slope: float
    low: float
    high: float


def curve_from_answers(*, spending: float, rate: float, ceiling: float, floor: float = 0.0) -> ResponseCurve:
    """The response curve from two answers of a manager: the rate at the present spending, and the ceiling.

    rate = floor + (ceiling - floor) x (1 - exp(-k x spending)), so one known point gives k. The ceiling is an answer
    to "and if money were no object?": a judgment, which the result hangs on. When something else is right: where the
    spending has varied by lot, `fit_response_curve`.

    Parameters
    ----------
    spending : float
        Money per person at present, above 0.
    rate : float
        The share of them won (or kept) at present, between the floor and the ceiling.
    ceiling : float
        The share that no spending passes, at most 1.
    floor : float
        The share without any spending: 0 in the paper; those who stay by themselves.

    Returns
    -------
    ResponseCurve
        ceiling, k (per unit of money) and floor, with rate(spending) and slope(spending).

    Raises
    ------
    ValueError
        The numbers are not in this order: floor, rate, ceiling; or spending is not above 0.

    References
    ----------
    Blattberg & Deighton (1996), Manage marketing by the customer equity test, Harvard Business Review 74(4).

    Examples
    --------
    Half of the ceiling of 40 % is reached at 7 a head.

    >>> curve = curve_from_answers(spending=7, rate=0.20, ceiling=0.40)
    >>> round(curve.k, 4), round(float(curve.rate(14)), 4)
    (0.099, 0.3)
    """
    require.number(spending, "spending", above=0, example=10)
    for name, share in (("rate", rate), ("ceiling", ceiling), ("floor", floor)):
        require.share(share, name)
    if not floor < rate < ceiling:
        raise ValueError(
            t(
                "rate must lie above the floor and below the ceiling; got floor {floor}, rate {rate}, ceiling"
                " {ceiling}. The ceiling is the rate if money were no object.",
                floor=floor,
                rate=rate,
                ceiling=ceiling,
            )
        )
    return ResponseCurve(float(ceiling), -math.log((ceiling - rate) / (ceiling - floor)) / spending, float(floor))


def fit_response_curve(cells: pd.DataFrame, *, with_floor: bool, level: float = 0.95) -> FittedCurve:
    """The response curve that cells of people, spending and successes support, by binomial likelihood.

    The curve of `curve_from_answers`, ceiling, k and floor estimated. It is a statement about causes only where the
    spending was drawn by lot: a manager who spends more where it goes well makes any curve look steeper. Cells that
    differ more than chance allows (`dispersion` above 1: cities, seasons) make the intervals wider by its root.
    When something else is right: a logistic regression where people differ in known ways.

    Parameters
    ----------
    cells : DataFrame
        One row per cell: n_people asked (or at risk), spent on all of them, n_success of them won (or kept).
    with_floor : bool
        True where some would come or stay without any spending, which is a third parameter; False for the paper's
        curve through zero.
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    FittedCurve
        curve; intervals (one row per parameter: estimate, low, high); log_likelihood, dispersion, n_cells; and
        draws(n, seed=...), curves that the data would allow as well, for the interval of what is computed from it.

    Raises
    ------
    ValueError
        A number is missing or impossible; too few different spendings; somebody came without spending and there is no
        floor; or the data cannot tell the ceiling: a straight line fits as well.

    References
    ----------
    Blattberg & Deighton (1996). Intervals: the large-sample ones of maximum likelihood, McCullagh & Nelder (1989).

    Examples
    --------
    >>> cells = pd.DataFrame({"n_people": 1000, "spent": [5e3, 2e4, 8e4], "n_success": [90, 260, 400]})
    >>> fit_response_curve(cells, with_floor=False).intervals.loc["ceiling"].round(2).to_dict()
    {'estimate': 0.41, 'low': 0.37, 'high': 0.44}
    """
    people, spending, successes = _checked_cells(cells)
    require.between(level, "level", 0, 1, example=0.95)
    n_needed = 3 if with_floor else 2
    n_levels = len(np.unique(spending))
    if n_levels < n_needed:
        raise ValueError(
            t(
                "cells must have at least {n_needed} different spendings per person; they have {n_levels}. Nothing can"
                " be said of a spending that was never tried.",
                n_needed=n_needed,
                n_levels=n_levels,
            )
        )
    if not with_floor and successes[spending == 0].any():
        raise ValueError(t("without a floor nobody comes where nothing is spent, yet some did; use with_floor=True."))
    return fit(people, spending, successes, with_floor=with_floor, z=NormalDist().inv_cdf((1 + level) / 2))


def straight_line(cells: pd.DataFrame, *, level: float = 0.95) -> Line:
    """How many more successes one more unit of money *went with*, by a straight line through cells.

    What a table of spending and successes says at first sight. Where a manager chose the spending it is no effect:
    they spent where it went well. Compare lines over the same range of spending only: by diminishing returns a line
    over a longer range is flatter. When something else is right: `fit_response_curve`, for spending drawn by lot.

    Parameters
    ----------
    cells : DataFrame
        As in `fit_response_curve`; a cell counts by its people.
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    Line
        start (the rate at no spending), slope (successes per unit of money), and low and high, the interval of the
        slope; it allows for cells that differ more than chance.

    Raises
    ------
    ValueError
        A number is missing or impossible; fewer than three cells; all have the same spending per person.

    References
    ----------
    White (1980), standard errors where the spread differs, doi:10.2307/1912934.

    Examples
    --------
    Four cells of 100 people: each further 5 a head goes with 10 more successes in 100, so 1 with 0.02 of a success.

    >>> cells = pd.DataFrame({"n_people": 100, "spent": [0, 500, 1000, 1500], "n_success": [10, 20, 30, 40]})
    >>> round(straight_line(cells).slope, 4), round(straight_line(cells).start, 4)
    (0.02, 0.1)
    """
    people, spending, successes = _checked_cells(cells)
    require.between(level, "level", 0, 1, example=0.95)
    if len(people) < 3 or len(np.unique(spending)) < 2:
        raise ValueError(
            t(
                "a line must go through three cells or more, of at least two spendings per person; got {n} cells.",
                n=len(people),
            )
        )
    design = np.column_stack([np.ones(len(people)), spending])
    inner = np.linalg.inv((design.T * people) @ design)
    start, slope = inner @ (design.T * people) @ (successes / people)
    left = people * (successes / people - design @ [start, slope])
    spread = inner @ ((design.T * left**2) @ design) @ inner * len(people) / (len(people) - 2)
    reach = NormalDist().inv_cdf((1 + level) / 2) * float(np.sqrt(spread[1, 1]))
    return Line(float(start), float(slope), float(slope) - reach, float(slope) + reach)


def plan_at(
    win: ResponseCurve,
    keep: ResponseCurve,
    *,
    per_prospect: float,
    per_customer: float,
    margin: float,
    discount_rate: float,
) -> Plan:
    """What comes of a spending per prospect and per customer: the customer equity test, with 0 and 0 for nothing.

    A prospect is won at win.rate(per_prospect) and then brings `margin` at once and in each later period in which they
    are still kept, at keep.rate(per_customer), less what keeping costs. The equity per prospect is what a prospect
    is worth before one knows whether they will be won. When something else is right: budgets that do not reach that
    far, `split_budget`.

    Parameters
    ----------
    win, keep : ResponseCurve
        Of prospects won, and of customers kept for a period.
    per_prospect, per_customer : float
        Money per prospect (once), and per customer and period.
    margin : float
        What a customer brings in a period, before spending on keeping.
    discount_rate : float
        Per period, as a fraction.

    Returns
    -------
    Plan
        Both spendings and rates; customer_value, equity_per_prospect; cost_per_won and cost_per_kept, the average per
        customer who would not have come, or stayed, by themselves (those of the floor do not count); and cost_ratio,
        the one by the other. NaN where nothing is spent.

    Raises
    ------
    ValueError
        A number is negative, or nobody would ever leave and nothing is discounted.

    References
    ----------
    Blattberg & Deighton (1996); floors: Fioriolli (2012), Modeling and maximizing customer equity.

    Examples
    --------
    >>> win, keep = ResponseCurve(0.4, 0.1), ResponseCurve(0.7, 0.1)
    >>> plan = plan_at(win, keep, per_prospect=10, per_customer=10, margin=50, discount_rate=0.1)
    >>> round(plan.customer_value, 2), round(plan.equity_per_prospect, 2), round(plan.cost_ratio, 2)
    (68.44, 7.3, 1.75)
    """
    for name, value in (("per_prospect", per_prospect), ("per_customer", per_customer), ("margin", margin)):
        require.number(value, name, least=0, example=10)
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    won, kept = float(win.rate(per_prospect)), float(keep.rate(per_customer))
    if not kept < 1 + discount_rate:
        raise ValueError(
            t(
                "customers must leave in the end, or the value has no bound; use a ceiling or a discount_rate that ends"
                " it."
            )
        )
    value = margin + (margin * kept - per_customer) / (1 + discount_rate - kept)
    per_won = per_prospect / (won - win.floor) if per_prospect else math.nan
    per_kept = per_customer / (kept - keep.floor) if per_customer else math.nan
    equity = won * value - per_prospect
    return Plan(per_prospect, per_customer, won, kept, value, equity, per_won, per_kept, per_won / per_kept)


def optimal_plan(win: ResponseCurve, keep: ResponseCurve, *, margin: float, discount_rate: float) -> Plan:
    """The spending per prospect and per customer that makes the equity per prospect largest, money being no object.

    Spending stops where the *next* won customer, and the next kept one, cost what a customer is worth: both
    the same. What they cost on *average*, and so their ratio, may be anything.

    Parameters
    ----------
    win, keep : ResponseCurve
        Of prospects won, and of customers kept for a period.
    margin, discount_rate : float
        As in `plan_at`.

    Returns
    -------
    Plan
        As `plan_at`. A spending is 0 where already the first unit of money does not come back.

    Raises
    ------
    ValueError
        As `plan_at`.

    References
    ----------
    Blattberg & Deighton (1996); Pfeifer (2005), The optimal ratio of acquisition and retention costs, Journal of
    Targeting, Measurement and Analysis for Marketing 13(2): both marginal costs equal the customer's value.

    Examples
    --------
    >>> win, keep = ResponseCurve(0.4, 0.1), ResponseCurve(0.7, 0.1)
    >>> best = optimal_plan(win, keep, margin=50, discount_rate=0.1)
    >>> round(best.per_prospect, 1), round(best.per_customer, 1), round(best.cost_ratio, 2)
    (10.6, 16.2, 1.41)
    """
    from scipy.optimize import brentq

    def given(per_customer: float, per_prospect: float = 0.0) -> Plan:
        spent = {"per_prospect": per_prospect, "per_customer": per_customer}
        return plan_at(win, keep, **spent, margin=margin, discount_rate=discount_rate)

    def lead(per_customer: float) -> float:
        """Above 0 while the next unit for keeping brings more than itself."""
        return float(keep.slope(per_customer)) * given(per_customer).customer_value - 1

    # Whoever pays more for keeping than the margin earns nothing: the best lies below it.
    per_customer = float(brentq(lead, 0.0, margin, xtol=1e-12)) if lead(0.0) > 0 else 0.0
    value = given(per_customer).customer_value
    return given(per_customer, win.spending_at(1 / value) if value > 0 else 0.0)


def lever_gains(
    win: ResponseCurve, keep: ResponseCurve, *, margin: float, discount_rate: float, change: float = 0.1
) -> pd.DataFrame:
    """What a prospect is worth more if one number of the plan is raised and the spending is the best for it.

    More customers (a higher ceiling of winning, or less money to get near it), customers for longer (the same of
    keeping, and more who stay by themselves), or more from each (the margin). What it costs to move a number is not in
    it: that is what the gain is to be held against.

    Parameters
    ----------
    win, keep : ResponseCurve
        Of prospects won, and of customers kept for a period.
    margin, discount_rate : float
        As in `plan_at`.
    change : float
        By which part each number is raised, above 0; a share not beyond 0.999, a floor not beyond its ceiling.

    Returns
    -------
    DataFrame
        One row per number (index `moves`): way ("more", "longer", "deeper"), equity_per_prospect with it raised, and
        gain, how much that is above the equity without.

    Raises
    ------
    ValueError
        As `plan_at`, or change is no such number.

    References
    ----------
    Blattberg & Deighton (1996).

    Examples
    --------
    >>> win, keep = ResponseCurve(0.4, 0.1), ResponseCurve(0.9, 0.1, 0.6)
    >>> lever_gains(win, keep, margin=50, discount_rate=0.1)["gain"].idxmax()
    'ceiling of keeping'
    """
    require.number(change, "change", above=0, example=0.1)

    def raised(curve: ResponseCurve, number: str) -> ResponseCurve:
        most = {"ceiling": 0.999, "floor": curve.ceiling, "k": math.inf}[number]
        return curve._replace(**{number: min((1 + change) * getattr(curve, number), most)})

    def equity(moves: str | None) -> float:
        number, _, aim = (moves or "").partition(" of ")
        curves = raised(win, number) if aim == "winning" else win, raised(keep, number) if aim == "keeping" else keep
        of_one = margin * (1 + change) if moves == "margin" else margin
        return optimal_plan(*curves, margin=of_one, discount_rate=discount_rate).equity_per_prospect

    table = pd.DataFrame(LEVERS, columns=["way", "moves"]).set_index("moves")
    table["equity_per_prospect"] = [equity(moves) for moves in table.index]
    return table.assign(gain=table["equity_per_prospect"] - equity(None))


class Ratio(NamedTuple):
    """How many times as much as a kept one a won one costs, and the interval of it."""

    ratio: float
    low: float
    high: float


def cost_ratio_interval(
    win: FittedCurve,
    keep: FittedCurve,
    *,
    per_prospect: float,
    per_customer: float,
    n_draws: int = 1000,
    seed: int,
    level: float = 0.95,
) -> Ratio:
    """How many times as much as a customer kept a customer won costs on average, with its interval.

    Only those count who would not have come, or stayed, by themselves; as `cost_ratio` of `plan_at`. The interval
    holds the ratios of curves that the data would allow as well.

    Parameters
    ----------
    win, keep : FittedCurve
        As `fit_response_curve` gives them.
    per_prospect, per_customer : float
        Money per prospect, and per customer, above 0.
    n_draws : int
        Pairs of curves.
    seed : int
        The same seed gives the same interval.
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    Ratio
        ratio, low and high. Above 1 where winning is dearer.

    Raises
    ------
    ValueError
        A number is not above 0.

    Examples
    --------
    >>> cells = pd.DataFrame({"n_people": 1000, "spent": [5e3, 2e4, 8e4], "n_success": [90, 260, 400]})
    >>> fitted = fit_response_curve(cells, with_floor=False)
    >>> ratio = cost_ratio_interval(fitted, fitted, per_prospect=10, per_customer=10, seed=1)
    >>> ratio.ratio, bool(ratio.low < 1 < ratio.high)
    (1.0, True)
    """
    for name, value in (("per_prospect", per_prospect), ("per_customer", per_customer)):
        require.number(value, name, above=0, example=10)
    require.between(level, "level", 0, 1, example=0.95)
    require.whole(n_draws, "n_draws")

    def ratio(one: ResponseCurve, other: ResponseCurve) -> float:
        money = {"per_prospect": per_prospect, "per_customer": per_customer}
        return plan_at(one, other, **money, margin=0.0, discount_rate=1.0).cost_ratio  # neither matters to costs

    drawn = map(ratio, win.draws(n_draws, seed=seed), keep.draws(n_draws, seed=seed + 1))
    low, high = np.quantile(list(drawn), [(1 - level) / 2, (1 + level) / 2])
    return Ratio(float(ratio(win.curve, keep.curve)), float(low), float(high))


def net_gain(aims: pd.DataFrame, spending: pd.Series) -> pd.Series:
    """What a spending on each aim brings beyond doing nothing, the spending deducted.

    Those who would have come, or stayed, without it do not count: the gain of spending nothing is 0.
    (`allocation.expected_gain` has another curve, and does not deduct the spending.)

    Parameters
    ----------
    aims : DataFrame
        One row per aim (index), for example "win" and "keep": n_people, value (of one success, in currency units), and
        the response curve: ceiling, k, floor.
    spending : Series
        Money for each aim as a whole, indexed like `aims`.

    Returns
    -------
    Series
        One row per aim, named "net_gain"; negative where the money does not come back.

    Raises
    ------
    ValueError
        A column is missing, a number impossible, or the aims of the two differ.

    Examples
    --------
    100 prospects at 7 a head: 20 of them come, each worth 90.

    >>> aims = pd.DataFrame({"n_people": [100], "value": 90.0}, index=["win"]).assign(ceiling=0.4, k=0.09902, floor=0.0)
    >>> net_gain(aims, pd.Series({"win": 700.0})).round(1).to_dict()
    {'win': 1100.0}
    """
    aims = _checked_aims(aims)
    if not spending.index.is_unique or set(spending.index) != set(aims.index):
        raise ValueError(
            t(
                "spending must name the aims {aims}, each once; it names {named}.",
                aims=list(aims.index),
                named=list(spending.index),
            )
        )
    money = spending.reindex(aims.index).astype(float)
    if not (np.isfinite(money) & (money >= 0)).all():
        raise ValueError(t("spending must be 0 or more for every aim; got {spending}.", spending=spending.to_dict()))
    more = -(aims["ceiling"] - aims["floor"]) * np.expm1(-aims["k"] * money / aims["n_people"])
    return (aims["n_people"] * aims["value"] * more - money).rename("net_gain")


def split_budget(aims: pd.DataFrame, *, budget: float) -> pd.DataFrame:
    """The split of a budget over winning and keeping whose net gain is largest; what would not come back stays unspent.

    The next unit of money brings the same wherever any is spent (the next return), and at least itself.

    Parameters
    ----------
    aims : DataFrame
        As in `net_gain`.
    budget : float
        Money for all aims, 0 or more.

    Returns
    -------
    DataFrame
        One row per aim: spending, spent_per_person, rate (of success), n_extra (successes that would not have been),
        cost_per_success (of these), next_return (what the next unit brings back) and net_gain.

    Raises
    ------
    ValueError
        As `net_gain`, or the budget is no such number.

    References
    ----------
    Blattberg & Deighton (1996); the rule of equal next returns: Little (1970), doi:10.1287/mnsc.1040.0267.

    Examples
    --------
    >>> aims = pd.DataFrame({"n_people": [1000, 500], "value": [90.0, 60.0]}, index=["win", "keep"])
    >>> aims = aims.assign(ceiling=[0.4, 0.9], k=[0.1, 0.2], floor=[0.0, 0.6])
    >>> split_budget(aims, budget=5000)[["spending", "next_return"]].round(2).loc["win"].to_dict()
    {'spending': 4000.0, 'next_return': 2.41}
    """
    aims = _checked_aims(aims)
    require.number(budget, "budget", least=0, example=10_000)
    curves = [ResponseCurve(one.ceiling, one.k, one.floor) for one in aims.itertuples()]

    def spent(least: float) -> np.ndarray:
        """Money for each aim, if every unit must bring `least` times itself."""
        slopes = least / aims["value"].to_numpy()
        return np.array([curve.spending_at(slope) for curve, slope in zip(curves, slopes, strict=True)]) * people

    people = aims["n_people"].to_numpy()
    least = _least_return(spent, float((aims["value"] * [float(curve.slope(0.0)) for curve in curves]).max()), budget)
    spending = spent(least)
    per_person = spending / people
    rate = np.array([float(curve.rate(x)) for curve, x in zip(curves, per_person, strict=True)])
    n_extra = people * (rate - aims["floor"].to_numpy())
    slope = np.array([float(curve.slope(x)) for curve, x in zip(curves, per_person, strict=True)])
    table = {"spending": spending, "spent_per_person": per_person, "rate": rate, "n_extra": n_extra}
    table["cost_per_success"] = np.divide(spending, n_extra, out=np.full(len(aims), np.nan), where=spending > 0)
    table |= {
        "next_return": slope * aims["value"].to_numpy(),
        "net_gain": n_extra * aims["value"].to_numpy() - spending,
    }
    return pd.DataFrame(table, index=aims.index.rename("aim"))


def compare_plans(
    aims: pd.DataFrame,
    plans: pd.DataFrame,
    fitted: Mapping[str, FittedCurve],
    *,
    beside: str,
    n_draws: int = 1000,
    seed: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """The net gain of each plan with its interval, and by how much it is ahead of one of them, with its interval.

    The intervals speak of the curves only: each plan is tried on curves that the data would allow as well (`draws` of
    a fitted curve). What a success is worth, and that next year is like the years of the data, stay assumptions.

    Parameters
    ----------
    aims : DataFrame
        As in `net_gain`; the curves in it are those of `fitted`.
    plans : DataFrame
        One row per plan, one column per aim: money for it as a whole. A plan of zeros is doing nothing.
    fitted : mapping of str to FittedCurve
        By aim, as `fit_response_curve` gives it.
    beside : str
        The plan with which the others are compared.
    n_draws : int
        Curves of each aim.
    seed : int
        The same seed gives the same intervals.
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame
        One row per plan: net_gain, low, high; ahead (of the plan `beside`), ahead_low, ahead_high.

    Raises
    ------
    ValueError
        As `net_gain`, or `beside` is no plan.

    Examples
    --------
    >>> cells = pd.DataFrame({"n_people": 1000, "spent": [5e3, 2e4, 8e4], "n_success": [90, 260, 400]})
    >>> fitted = fit_response_curve(cells, with_floor=False)
    >>> aims = pd.DataFrame({"n_people": 1000, "value": 90.0, **fitted.curve._asdict()}, index=["win"])
    >>> plans = pd.DataFrame({"win": [0.0, 10_000.0]}, index=["nothing", "ten a head"])
    >>> compare_plans(aims, plans, {"win": fitted}, beside="nothing", seed=1)["net_gain"].round().to_dict()
    {'nothing': 0.0, 'ten a head': 4528.0}
    """
    aims = _checked_aims(aims)
    require.one_of(beside, list(plans.index), "beside")
    require.between(level, "level", 0, 1, example=0.95)
    require.whole(n_draws, "n_draws")
    gains = pd.Series({name: net_gain(aims, spending).sum() for name, spending in plans.iterrows()})
    drawn = np.zeros((n_draws, len(plans)))
    for place, (aim, row) in enumerate(aims.iterrows()):
        curves = np.array(fitted[aim].draws(n_draws, seed=seed + place))  # one row per curve: ceiling, k, floor
        money = plans[aim].to_numpy(dtype=float)
        more = -(curves[:, [0]] - curves[:, [2]]) * np.expm1(-curves[:, [1]] * money / row["n_people"])
        drawn += row["n_people"] * row["value"] * more - money
    tails, first = [(1 - level) / 2, (1 + level) / 2], list(plans.index).index(beside)
    ends, ahead = np.quantile(drawn, tails, axis=0), np.quantile(drawn - drawn[:, [first]], tails, axis=0)
    found = {"net_gain": gains, "low": ends[0], "high": ends[1], "ahead": gains - gains[beside]}
    return pd.DataFrame(found | {"ahead_low": ahead[0], "ahead_high": ahead[1]}, index=plans.index.rename("plan"))


def _least_return(spent: Callable[[float], np.ndarray], first: float, budget: float) -> float:
    """The next return at which the whole budget is spent; 1 where not all of it comes back."""
    from scipy.optimize import brentq

    if first <= 1 or spent(1.0).sum() <= budget:
        return 1.0
    return float(brentq(lambda least: spent(least).sum() - budget, 1.0, first, xtol=1e-14)) if budget else first


def _checked_cells(cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    require.numbers(cells, CELLS, "cells")
    people, spent, successes = (cells[name].to_numpy(dtype=float) for name in CELLS)
    bad = (people < 1) | (spent < 0) | (successes < 0) | (successes > people)
    if bad.any():
        raise ValueError(
            t(
                "every cell must have n_people of 1 or more, spent of 0 or more, and n_success from 0 to n_people; that"
                " of {first!r} has {people:g}, {spent:g} and {successes:g}.",
                first=cells.index[bad.argmax()],
                people=people[bad][0],
                spent=spent[bad][0],
                successes=successes[bad][0],
            )
        )
    if not 0 < successes.sum() < people.sum():
        raise ValueError(t("cells must hold some successes and some failures; all people in them did the same."))
    return people, spent / people, successes


def _checked_aims(aims: pd.DataFrame) -> pd.DataFrame:
    require.numbers(aims, AIMS, "aims")
    if aims.empty or aims.index.has_duplicates:
        raise ValueError(t("aims must have one row per aim, at least one; its rows are {aims}.", aims=list(aims.index)))
    numbers = aims[list(AIMS)].astype(float)
    bad = (numbers["n_people"] <= 0) | (numbers["value"] <= 0) | (numbers["k"] <= 0) | (numbers["floor"] < 0)
    bad |= (numbers["ceiling"] > 1) | (numbers["ceiling"] <= numbers["floor"])
    if bad.any():
        first = bad.idxmax()
        raise ValueError(
            t(
                "n_people, value and k must be above 0, and floor from 0 to below the ceiling, at most 1; {aim!r} has"
                " {numbers}.",
                aim=first,
                numbers=numbers.loc[first].to_dict(),
            )
        )
    return numbers
