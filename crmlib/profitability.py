"""What is left after serving: cost to serve, net profit, the whale curve, convert or drop.

Two kinds of cost run through this module. *Full* cost to serve shares out what
people, rooms and machines cost; it says who uses them. *Avoidable* cost is the
part that stops when the customer leaves; only it belongs into a decision to let
somebody go.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.customer_index import rank
from crmlib.language import t

CHOICES = ("keep", "reprice", "serve cheaper", "let go")


def cost_by_activity(activities: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """What each activity cost for each customer: `cost_to_serve`, before it is added up.

    Activity-based costing in one line: how often, times what one of it costs. Full-cost
    rates: letting a customer go saves them only where people and rooms find other work.

    Parameters
    ----------
    activities : DataFrame
        One row per customer, month and activity: customer_id, activity, n_times. Choose the period first.
    rates : DataFrame
        One row per activity: activity, unit_cost in currency units.

    Returns
    -------
    DataFrame
        One row per customer, one column per activity that was done, in currency units; 0
        where an activity was not done for a customer. The rows add up to `cost_to_serve`.

    Raises
    ------
    ValueError
        An activity has no rate, or two.

    References
    ----------
    Kaplan & Narayanan (2001), Journal of Cost Management 15(5), 5-15.

    Examples
    --------
    >>> done = pd.DataFrame(
    ...     {"customer_id": ["a", "a", "b"], "activity": ["visit", "call", "call"], "n_times": [1, 2, 1]}
    ... )
    >>> rates = pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [200.0, 15.0]})
    >>> cost_by_activity(done, rates)
                 call  visit
    customer_id
    a            30.0  200.0
    b            15.0    0.0
    """
    cost_to_serve(activities, rates)  # refuses a missing rate of any activity, not of one only
    done = activities["activity"].astype(object)
    columns = {name: cost_to_serve(activities[done == name], rates) for name in sorted(done.unique())}
    return pd.DataFrame(columns).rename_axis("customer_id").fillna(0.0)


def convert_or_drop(
    profit: pd.DataFrame,
    *,
    price_rise: float,
    p_accept: float,
    saving: float,
    p_cheaper: float,
    avoidable_share: float,
    attempt_cost: float = 0.0,
) -> pd.DataFrame:
    """Reprice, serve cheaper, let go or keep: what each would change in expectation, against doing nothing.

    The tree is deliberately severe: who refuses, leaves. Then

        let go         = - gross_profit + avoidable_share x cost_to_serve
        reprice        = p_accept x price_rise x monetary  + (1 - p_accept) x let go - attempt_cost
        serve cheaper  = p_cheaper x saving x avoidable_share x cost_to_serve
                         + (1 - p_cheaper) x let go - attempt_cost

    The probabilities are assumptions: state them, and look at the break-even beside them. When something
    else is right: with future value at stake (a new customer who grows), compare lifetime values instead of one year.

    Parameters
    ----------
    profit : DataFrame
        One row per customer: monetary, gross_profit and cost_to_serve of the period, in currency units.
    price_rise : float
        As a fraction of what a customer pays now: 0.05 is five percent more.
    p_accept : float
        Probability that they accept the price and stay, 0 to 1.
    saving : float
        Share of their avoidable cost to serve that the cheaper service saves, 0 to 1.
    p_cheaper : float
        Probability that they accept the cheaper service and stay, 0 to 1.
    avoidable_share : float
        Share of cost to serve that stops when a customer leaves, 0 to 1. At 1 all cost is taken to vanish, which
        it never does.
    attempt_cost : float
        What trying costs for each customer: the talk, the letter.

    Returns
    -------
    DataFrame
        One row per customer, as `profit`: keep (always 0), reprice, serve cheaper and let go, the expected change in
        currency units; best, the highest of them (a tie goes to the earlier); break_even_accept and
        break_even_cheaper, the probability from which trying beats both keeping and letting go (above 1: never).

    Raises
    ------
    ValueError
        A column is missing, or a share or probability is not between 0 and 1.

    References
    ----------
    Mittal, Sarkees & Murshed (2008), Harvard Business Review 86(4), 94-102, for the order of the steps.

    Examples
    --------
    She pays 1,000, brings 150 of gross profit and takes 250 of service, of which 60 % would be saved.

    >>> one = pd.DataFrame({"monetary": [1000.0], "gross_profit": [150.0], "cost_to_serve": [250.0]}, index=["ann"])
    >>> options = convert_or_drop(one, price_rise=0.08, p_accept=0.5, saving=0.5, p_cheaper=0.8, avoidable_share=0.6)
    >>> options.loc["ann", ["reprice", "serve cheaper", "let go", "best"]].to_dict()
    {'reprice': 40.0, 'serve cheaper': 60.0, 'let go': 0.0, 'best': 'serve cheaper'}
    """
    require.numbers(profit, ("monetary", "gross_profit", "cost_to_serve"), "profit")
    for name, value in {
        "p_accept": p_accept,
        "saving": saving,
        "p_cheaper": p_cheaper,
        "avoidable_share": avoidable_share,
    }.items():
        require.share(value, name)
    avoidable = avoidable_share * profit["cost_to_serve"]
    let_go = avoidable - profit["gross_profit"]
    tried = {
        "reprice": (p_accept, price_rise * profit["monetary"].clip(lower=0), "break_even_accept"),
        "serve cheaper": (p_cheaper, saving * avoidable, "break_even_cheaper"),
    }
    table = pd.DataFrame({"keep": 0.0}, index=profit.index)
    for name, (p, gain, _) in tried.items():
        table[name] = p * gain + (1 - p) * let_go - attempt_cost
    table["let go"] = let_go
    table["best"] = pd.Categorical(table[list(CHOICES)].idxmax(axis=1), CHOICES)
    for _, gain, name in tried.values():
        needed = let_go.clip(lower=0) - let_go + attempt_cost
        above = (gain - let_go).where(gain > let_go)
        table[name] = (needed / above).fillna(np.inf)
    return table


def net_profit(lines: pd.DataFrame, activities: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """What each customer leaves of a period: sales, less the goods, less what it took to serve them.

    Whoever bought or was served stands in it: a visit to somebody who bought nothing is a loss, and
    somebody nobody did anything for cost nothing to serve. The rates are full costs, so a loss here is
    not what letting the customer go would save (`convert_or_drop`).

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order or of a refund: customer_id, amount and cost. Choose the period first.
    activities : DataFrame
        One row per customer, month and activity, of the same period: customer_id, activity, n_times.
    rates : DataFrame
        One row per activity: activity, unit_cost in currency units.

    Returns
    -------
    DataFrame
        One row per customer, sorted by customer_id, in currency units: monetary (sales, refunds taken off),
        gross_profit (monetary less the goods), cost_to_serve, net_profit (gross_profit less cost_to_serve).

    Raises
    ------
    ValueError
        A column is missing, a line has no customer, an amount or a cost is not a number, or an activity has no
        rate, or two.

    References
    ----------
    Kaplan & Narayanan (2001), Journal of Cost Management 15(5), 5-15.

    Examples
    --------
    Ann buys for 500 what cost us 400, and gets one visit; Bob was visited and bought nothing.

    >>> lines = pd.DataFrame({"customer_id": ["ann"], "amount": [500.0], "cost": [400.0]})
    >>> done = pd.DataFrame({"customer_id": ["ann", "bob"], "activity": "visit", "n_times": [1, 1]})
    >>> net_profit(lines, done, pd.DataFrame({"activity": ["visit"], "unit_cost": [120.0]}))
                 monetary  gross_profit  cost_to_serve  net_profit
    customer_id
    ann             500.0         100.0          120.0       -20.0
    bob               0.0           0.0          120.0      -120.0
    """
    require.columns(lines, ("customer_id", "amount", "cost"), "lines")
    require.numbers(lines, ("amount", "cost"), "lines")
    n_missing = int(lines["customer_id"].isna().sum())
    if n_missing:
        raise ValueError(
            t(
                "every line must have its customer_id; {n_missing:,} of {n:,} have none. Leave them out and say so: "
                "lines.dropna(subset=['customer_id']).",
                n_missing=n_missing,
                n=len(lines),
            )
        )
    paid, goods = (_exact_sums(lines[name], lines["customer_id"]) for name in ("amount", "cost"))
    served = cost_to_serve(activities, rates)
    parts = {"monetary": paid, "gross_profit": paid - goods, "cost_to_serve": served}
    table = pd.DataFrame(parts).rename_axis("customer_id").sort_index().fillna(0.0)
    return table.assign(net_profit=table["gross_profit"] - table["cost_to_serve"])


def yearly_profits(lines: pd.DataFrame, activities: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """The net profit of each customer in each calendar year: `net_profit`, year by year.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order or of a refund: customer_id, order_date, amount and cost.
    activities : DataFrame
        One row per customer, month and activity: customer_id, month, activity, n_times.
    rates : DataFrame
        One row per activity: activity, unit_cost in currency units, the same in all years.

    Returns
    -------
    DataFrame
        One row per customer, one column per year (a whole number), in currency units; missing where they neither bought
        nor were served in the year. The last year may be part of one.

    Raises
    ------
    ValueError
        As `net_profit`.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "amount": [9.0, 8.0, 5.0], "cost": [7.0, 5.0, 4.0]})
    >>> lines["order_date"] = pd.to_datetime(["2024-05-01", "2025-05-01", "2025-06-01"])
    >>> done = pd.DataFrame({"customer_id": ["bob"], "activity": ["call"], "n_times": [1]})
    >>> done["month"] = pd.Timestamp("2025-06-01")
    >>> yearly_profits(lines, done, pd.DataFrame({"activity": ["call"], "unit_cost": [3.0]}))
                 2024  2025
    customer_id
    ann           2.0   3.0
    bob           NaN  -2.0
    """
    require.columns(lines, ("order_date",), "lines")
    require.columns(activities, ("month",), "activities")
    bought_in, done_in = lines["order_date"].dt.year, activities["month"].dt.year
    years = sorted({*bought_in.unique(), *done_in.unique()})
    columns = {
        int(year): net_profit(lines[bought_in == year], activities[done_in == year], rates)["net_profit"]
        for year in years
    }
    return pd.DataFrame(columns).rename_axis("customer_id").sort_index()


def profit_tree(
    lines: pd.DataFrame, activities: pd.DataFrame, rates: pd.DataFrame, *, inputs: pd.Series | None = None
) -> pd.DataFrame:
    """The profit of a period as a tree: income less costs, each branch as how many times how much; it adds up.

    The course's P = R - C, with R a function of demand and price, and C of sales, service and activities. Choose the
    period of both tables first; the trees of two periods stand side by side, and `profit_change` splits what moved.

    When something else is right: `net_profit`, for one row per customer.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order or of a refund: quantity, amount and cost.
    activities : DataFrame
        One row per customer, month and activity, of the same period: customer_id, activity, n_times.
    rates : DataFrame
        One row per activity: activity, unit_cost in currency units.
    inputs : Series, optional
        What was spent beside serving, by its name: acquisition, advertising, winning back; in currency units.

    Returns
    -------
    DataFrame
        One row per branch (index ``branch``): sales, goods, each activity of `rates`, each of `inputs`. quantity (of
        pieces sold, times done, or units of currency spent), unit_amount (what one of them brings; a cost is below 0)
        and amount, both multiplied. The amounts add up to the profit. unit_amount is missing where quantity is 0.

    Raises
    ------
    ValueError
        A column is missing, a line is no number, an input is missing or infinite, or an activity has no rate, or two.

    References
    ----------
    The course's tree, Pt = Rt - Ct with Rt = f(需求, 价格) and Ct = f(销售, 服务, 作业).

    Examples
    --------
    >>> lines = pd.DataFrame({"quantity": [4, 1], "amount": [40.0, 15.0], "cost": [30.0, 10.0]})
    >>> done = pd.DataFrame({"customer_id": ["ann"], "activity": ["call"], "n_times": [2]})
    >>> profit_tree(lines, done, pd.DataFrame({"activity": ["call"], "unit_cost": [3.0]}))
            quantity  unit_amount  amount
    branch
    sales        5.0         11.0    55.0
    goods        5.0         -8.0   -40.0
    call         2.0         -3.0    -6.0
    """
    leaves = _leaves(lines.assign(product_id=""), activities, rates, inputs)
    table = leaves.droplevel("item")
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = (table["amount"] / table["quantity"]).where(table["quantity"] != 0)
    table.insert(1, "unit_amount", unit)
    return table


def profit_change(lines: pd.DataFrame, activities: pd.DataFrame, rates: pd.DataFrame, *, day: object) -> pd.DataFrame:
    """By how much profit moved from one period to the next, branch by branch: more sold or done, or dearer; it adds up.

    Product by product, with quantity q and price p of the first and of the second period: the change of quantity is
    (q2 - q1) x p1, that of price q2 x (p2 - p1). A product that one period did not have is a change of quantity. So is
    the mix: as many pieces, but of dearer products.

    When something else is right: `growth.growth_table`, where the change is to be split by customers.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order or of a refund, of both periods and no others: order_date, product_id, quantity,
        amount and cost.
    activities : DataFrame
        One row per customer, month and activity, of both periods and no others: customer_id, month, activity, n_times.
    rates : DataFrame
        One row per activity: activity, unit_cost in currency units, the same in both periods.
    day : date, str or Timestamp
        The first day of the second period.

    Returns
    -------
    DataFrame
        One row per branch of `profit_tree` (index ``branch``): before, after, quantity_change, price_change and change,
        their sum, in currency units; costs are below 0. The column change adds up to the change of profit.

    Raises
    ------
    ValueError
        A column is missing, a line is no number, or an activity has no rate, or two.

    Examples
    --------
    Ann buys two more, and each is one dearer to her and to us.

    >>> lines = pd.DataFrame({"product_id": "tea", "quantity": [3, 5], "amount": [30.0, 55.0], "cost": [24.0, 45.0]})
    >>> lines["order_date"] = pd.to_datetime(["2024-05-01", "2025-05-01"])
    >>> done = pd.DataFrame({"customer_id": ["ann"], "activity": ["call"], "n_times": [1]})
    >>> done["month"] = pd.Timestamp("2025-01-01")
    >>> rates = pd.DataFrame({"activity": ["call"], "unit_cost": [3.0]})
    >>> profit_change(lines, done, rates, day="2025-01-01")
            before  after  quantity_change  price_change  change
    branch
    sales     30.0   55.0             20.0           5.0    25.0
    goods    -24.0  -45.0            -16.0          -5.0   -21.0
    call       0.0   -3.0             -3.0           0.0    -3.0
    """
    require.columns(lines, ("order_date", "product_id"), "lines")
    require.columns(activities, ("month",), "activities")
    first = require.day(day, "day")
    is_late, is_done_late = lines["order_date"] >= first, activities["month"] >= first
    before = _leaves(lines[~is_late], activities[~is_done_late], rates)
    after = _leaves(lines[is_late], activities[is_done_late], rates)
    names = list(dict.fromkeys([*before.index, *after.index]))
    before, after = (one.reindex(pd.MultiIndex.from_tuples(names, names=["branch", "item"])) for one in (before, after))
    before, after = before.fillna(0.0), after.fillna(0.0)
    price = before["amount"] / before["quantity"].where(before["quantity"] > 0)
    is_sold = before.index.get_level_values("branch").isin(["sales", "goods"])  # an activity costs its rate in both
    is_priced = is_sold & (after["quantity"] > 0) & price.notna()
    from_price = (after["amount"] - after["quantity"] * price).where(is_priced, 0.0)
    table = pd.DataFrame({"before": before["amount"], "after": after["amount"], "price_change": from_price})
    sums = table.groupby("branch", sort=False, observed=True).agg(math.fsum)
    sums["change"] = sums["after"] - sums["before"]
    sums.insert(2, "quantity_change", sums["change"] - sums["price_change"])
    return sums


def _leaves(
    lines: pd.DataFrame, activities: pd.DataFrame, rates: pd.DataFrame, inputs: pd.Series | None = None
) -> pd.DataFrame:
    """One row per branch and item (a product, or nothing): quantity and amount, costs below 0."""
    require.columns(lines, ("quantity", "amount", "cost"), "lines")
    require.numbers(lines, ("quantity", "amount", "cost"), "lines")
    costs = cost_by_activity(activities, rates).sum()
    times = activities.groupby(activities["activity"].astype(object))["n_times"].sum()
    sold = {name: _exact_sums(lines[name], lines["product_id"]) for name in ("quantity", "amount", "cost")}
    spent = pd.Series(dtype=float) if inputs is None else inputs.astype(float)
    if not np.isfinite(spent).all():
        raise ValueError(t("every input must be a number; got {inputs}.", inputs=spent.to_dict()))
    names = [str(name) for name in rates["activity"]]
    parts = {
        "sales": pd.DataFrame({"quantity": sold["quantity"], "amount": sold["amount"]}),
        "goods": pd.DataFrame({"quantity": sold["quantity"], "amount": -sold["cost"]}),
    }
    flat = pd.DataFrame(
        {
            "quantity": [*times.reindex(names, fill_value=0), *spent],
            "amount": [*(0.0 - costs.reindex(names, fill_value=0.0)), *-spent],
        },
        index=pd.MultiIndex.from_product([[*names, *map(str, spent.index)], [""]]),
    )
    table = pd.concat([pd.concat(parts), flat]).astype(float)
    return table.rename_axis(["branch", "item"])


def net_profit_by_year(lines: pd.DataFrame, activities: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """`net_profit` of each calendar year side by side, missing where somebody was no customer of it.

    A customer of a year bought for more than 0 in it, refunds taken off. What was spent on others stands nowhere
    here: `net_profit` of the year has it.

    Parameters
    ----------
    lines : DataFrame
        As in `net_profit`, with order_date, of all the years.
    activities : DataFrame
        As in `net_profit`, with month, a date in it.
    rates : DataFrame
        As in `net_profit`.

    Returns
    -------
    DataFrame
        One row per customer who bought in any year, sorted (index customer_id), one column per year of `lines`
        (columns ``year``), in currency units.

    Raises
    ------
    ValueError
        As `net_profit`.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "amount": [500.0, 200.0, 50.0], "cost": 40.0})
    >>> lines["order_date"] = pd.to_datetime(["2024-05-01", "2025-01-09", "2025-12-31"])
    >>> done = pd.DataFrame({"customer_id": ["ann"], "month": pd.to_datetime(["2024-05-01"]), "activity": "visit"})
    >>> rates = pd.DataFrame({"activity": ["visit"], "unit_cost": [120.0]})
    >>> net_profit_by_year(lines, done.assign(n_times=1), rates).to_dict("index")
    {'ann': {2024: 340.0, 2025: 160.0}, 'bob': {2024: nan, 2025: 10.0}}
    """
    require.columns(lines, ("order_date",), "lines")
    require.columns(activities, ("month",), "activities")
    year, month_year = lines["order_date"].dt.year, activities["month"].dt.year
    columns = {}
    for one in sorted(year.dropna().unique().astype(int).tolist()):
        table = net_profit(lines[year == one], activities[month_year == one], rates)
        columns[one] = table["net_profit"].where(table["monetary"] > 0)
    found = pd.DataFrame(columns).rename_axis(index="customer_id", columns="year").sort_index()
    return found.dropna(how="all")


def whale_curve(profit: pd.Series, *, shares: bool = True) -> pd.DataFrame:
    """Profit added up from the most profitable customer to the least: the hump is what losses take back.

    Parameters
    ----------
    profit : Series
        One profit per customer, indexed by customer_id; may be negative.
    shares : bool
        False leaves profit_share out, and the warning: for a firm that makes a loss in all.

    Returns
    -------
    DataFrame
        One row per customer after a first row of zeros: n_customers, customer_share, profit
        (cumulative, in money) and profit_share (of the total; missing, with a warning, where
        the total is not positive).

    Raises
    ------
    TypeError, ValueError
        Values are no numbers, missing or infinite, or a customer stands twice.

    Warns
    -----
    UserWarning
        The total is not positive, so there are no shares of profit; not with shares=False.

    References
    ----------
    Kaplan & Narayanan (2001), Journal of Cost Management 15(5), 5-15.

    Examples
    --------
    >>> whale_curve(pd.Series({"a": 80.0, "b": 40.0, "c": -20.0}))["profit"].tolist()
    [0.0, 80.0, 120.0, 100.0]
    """
    require.values(profit)
    ranked = rank(profit).to_numpy(dtype=float)
    added = np.concatenate([[0.0], np.cumsum(ranked)])
    total = math.fsum(ranked)
    if shares and total <= 0:
        warnings.warn(
            t("the total is {total:,.2f}, not positive, so there are no shares of profit.", total=total), stacklevel=2
        )
    n = np.arange(len(added))
    curve = pd.DataFrame({"n_customers": n, "customer_share": n / len(ranked), "profit": added})
    return curve.assign(profit_share=added / total if total > 0 else np.nan) if shares else curve


def cost_to_serve(activities: pd.DataFrame, rates: pd.DataFrame) -> pd.Series:
    """What serving each customer cost: activities done, times what one of each costs.

    Full-cost rates: dropping a customer saves them only where people and rooms find other work.

    Parameters
    ----------
    activities : DataFrame
        One row per customer, month and activity: customer_id, activity, n_times.
    rates : DataFrame
        One row per activity: activity, unit_cost in currency units.

    Returns
    -------
    Series
        One row per customer, sorted, named "cost_to_serve", in currency units; the same in any order of the rows.

    Raises
    ------
    ValueError
        A column is missing; an activity has no rate, or two; a customer or a number of times is missing; or a cost
        is too large for a number.

    References
    ----------
    Kaplan & Narayanan (2001), Journal of Cost Management 15(5), 5-15.

    Examples
    --------
    >>> done = pd.DataFrame(
    ...     {"customer_id": ["a", "a", "b"], "activity": ["visit", "call", "call"], "n_times": [1, 2, 1]}
    ... )
    >>> rates = pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [200.0, 15.0]})
    >>> cost_to_serve(done, rates).to_dict()
    {'a': 230.0, 'b': 15.0}
    """
    require.columns(activities, ("customer_id", "activity", "n_times"), "activities")
    require.columns(rates, ("activity", "unit_cost"), "rates")
    twice = rates.loc[rates["activity"].duplicated(), "activity"].unique().tolist()
    if twice:
        raise ValueError(t("rates must have one row per activity; {twice} stand there more than once.", twice=twice))
    unit_cost = activities["activity"].astype(object).map(rates.set_index("activity")["unit_cost"])
    missing = sorted(activities.loc[unit_cost.isna(), "activity"].unique())
    if missing:
        raise ValueError(
            t(
                "rates must have a unit_cost for every activity; {missing} have none. Add a row for each.",
                missing=missing,
            )
        )
    for name in ("customer_id", "n_times"):
        n_missing = int(activities[name].isna().sum())
        if n_missing:
            raise ValueError(
                t(
                    "every activity must have its {name}; {n_missing:,} of {n:,} have none. Fill them in.",
                    name=name,
                    n_missing=n_missing,
                    n=len(activities),
                )
            )
    cost = activities["n_times"].astype(float) * unit_cost.astype(float)
    too_large = ~(cost.abs() <= require.LARGEST)  # infinite and NaN too
    if too_large.any():
        first = activities.loc[too_large, "customer_id"].iloc[0]
        raise ValueError(
            t("every cost must be a number; that of {first!r} is none. Look at n_times and unit_cost.", first=first)
        )
    return _exact_sums(cost, activities["customer_id"]).rename("cost_to_serve")


def _exact_sums(amount: pd.Series, by: pd.Series) -> pd.Series:
    """The sum of each group, sorted: the float nearest to it, so the same in any order of the rows."""
    codes, names = pd.factorize(by, sort=True)
    order = np.argsort(codes, kind="stable")
    amounts, ends = amount.to_numpy()[order].tolist(), np.cumsum(np.bincount(codes, minlength=len(names))).tolist()
    sums = [math.fsum(amounts[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return pd.Series(sums, index=pd.Index(names, name=by.name), dtype=float)
