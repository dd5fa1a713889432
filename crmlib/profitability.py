"""What is left after serving: cost by activity, a bank's accounts and its fee, convert or drop, the worksheet.

Two kinds of cost run through this module. *Full* cost to serve shares out what
people, rooms and machines cost; it says who uses them. *Avoidable* cost is the
part that stops when the customer leaves; only it belongs into a decision to let
somebody go.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.pyramid import cost_to_serve

CHOICES = ("keep", "reprice", "serve cheaper", "let go")


def cost_by_activity(activities: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """What each activity cost for each customer: `pyramid.cost_to_serve`, before it is added up.

    Activity-based costing in one line: how often, times what one of it costs. Full-cost
    rates: letting a customer go saves them only where people and rooms find other work.

    Parameters
    ----------
    activities
        One row per customer, month and activity: customer_id, activity, n_times. Choose the period first.
    rates
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

    Source: Kaplan & Narayanan (2001), Journal of Cost Management 15(5), 5-15.

    Examples
    --------
    >>> done = pd.DataFrame({"customer_id": ["a", "a", "b"], "activity": ["visit", "call", "call"], "n_times": [1, 2, 1]})
    >>> cost_by_activity(done, pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [200.0, 15.0]}))
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
    profit
        One row per customer: monetary, gross_profit and cost_to_serve of the period, in currency units.
    price_rise
        As a fraction of what he pays now: 0.05 is five percent more.
    p_accept, p_cheaper
        Probability that he accepts the price, or the cheaper service, and stays, 0 to 1.
    saving
        Share of his avoidable cost to serve that the cheaper service saves, 0 to 1.
    avoidable_share
        Share of cost to serve that stops when he leaves, 0 to 1. At 1 all cost is taken to vanish, which it never does.
    attempt_cost
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

    Source: Mittal, Sarkees & Murshed (2008), Harvard Business Review 86(4), 94-102, for the order of the steps.

    Examples
    --------
    She pays 1,000, brings 150 of gross profit and takes 250 of service, of which 60 % would be saved.

    >>> one = pd.DataFrame({"monetary": [1000.0], "gross_profit": [150.0], "cost_to_serve": [250.0]}, index=["ann"])
    >>> options = convert_or_drop(one, price_rise=0.08, p_accept=0.5, saving=0.5, p_cheaper=0.8, avoidable_share=0.6)
    >>> options.loc["ann", ["reprice", "serve cheaper", "let go", "best"]].to_dict()
    {'reprice': 40.0, 'serve cheaper': 60.0, 'let go': 0.0, 'best': 'serve cheaper'}
    """
    _need(profit, ("monetary", "gross_profit", "cost_to_serve"), "profit")
    _need_numbers(profit, ("monetary", "gross_profit", "cost_to_serve"), "profit")
    for name, value in {"p_accept": p_accept, "saving": saving, "p_cheaper": p_cheaper, "avoidable_share": avoidable_share}.items():
        _check_share(value, name)
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


def segment_worksheet(customers: pd.DataFrame, *, k: int = 1) -> pd.DataFrame:
    """The course's segmentation worksheet, filled from data: the best and worst `k` customers of each segment.

    Parameters
    ----------
    customers
        One row per customer (index customer_id): segment, net_profit and next_step, the step you suggest. A
        customer without a segment is an error: give him one ("unknown"), so that nobody vanishes.
    k
        How many at each end. Where a segment has fewer than 2k customers, the best come
        first and nobody stands at both ends.

    Returns
    -------
    DataFrame
        One row per customer listed: segment, place ("best" or "worst"), rank (1 is the very best, or the very worst),
        customer_id, net_profit, next_step. Segments from the highest total profit to the lowest; equal profit is told
        apart by customer_id.

    Raises
    ------
    ValueError
        A column is missing, k is below 1, or a customer has no segment.

    Examples
    --------
    >>> sold = pd.DataFrame({"segment": ["tea", "tea", "tea", "oil"], "net_profit": [90.0, -20, 30, 10],
    ...                      "next_step": ["ask more", "visit less", "ask more", "ask more"]}, index=list("abcd"))
    >>> segment_worksheet(sold)[["segment", "place", "customer_id", "next_step"]]
      segment  place customer_id   next_step
    0     tea   best           a    ask more
    1     tea  worst           b  visit less
    2     oil   best           d    ask more
    """
    _need(customers, ("segment", "net_profit", "next_step"), "customers")
    _need_numbers(customers, ("net_profit",), "customers")
    if k < 1:
        raise ValueError(t("k must be at least 1; got {k!r}. Use k=1 for the best and the worst customer of each segment.").format(k=k))
    without = int(customers["segment"].isna().sum())
    if without:
        raise ValueError(
            t(
                "every customer must have a segment; {n_without:,} of {n:,} have none. Name them: "
                "customers['segment'].fillna('unknown')."
            ).format(n_without=without, n=len(customers))
        )
    listed = customers.rename_axis("customer_id").reset_index()[["segment", "customer_id", "net_profit", "next_step"]]
    listed["segment"] = listed["segment"].astype(str)
    listed = listed.sort_values(["net_profit", "customer_id"], ascending=[False, True], kind="stable")
    place = listed.groupby("segment").cumcount() + 1
    from_end = listed.groupby("segment")["segment"].transform("size") - place + 1
    listed["place"] = np.select([place <= k, from_end <= k], ["best", "worst"], "between")
    listed["rank"] = np.where(listed["place"] == "best", place, from_end)
    total = listed.groupby("segment")["net_profit"].sum()
    listed["order"] = -listed["segment"].map(total)
    listed = listed[listed["place"] != "between"].sort_values(["order", "segment", "place", "rank"], ignore_index=True)
    return listed[["segment", "place", "rank", "customer_id", "net_profit", "next_step"]]


# --- a bank's current accounts --------------------------------------------------------------------


def account_profit(
    accounts: pd.DataFrame,
    *,
    spread: float,
    savings_spread: float,
    cheque_cost: float,
    account_cost: float,
    avoidable_share: float = 1.0,
) -> pd.DataFrame:
    """A year's profit of each bank account: what its balances earn less what its cheques and its upkeep cost.

    Parameters
    ----------
    accounts
        One row per account: balance and savings (yearly averages, currency units) and cheques_per_month.
    spread, savings_spread
        What the bank earns a year on a unit of balance, or of savings, after interest paid: 0.04 is four percent.
    cheque_cost, account_cost
        Cost of handling one cheque, and of keeping the account for one month, in currency units. Full costs.
    avoidable_share
        Share of these costs that stops when the account is closed.

    Returns
    -------
    DataFrame
        One row per account, currency units a year: earned, cost, profit (earned less cost) and contribution (earned less
        avoidable cost: what the bank would miss if the account were closed; higher than profit unless all is avoidable).

    Raises
    ------
    ValueError
        A column is missing, or avoidable_share is not between 0 and 1.

    Examples
    --------
    >>> bank = pd.DataFrame({"balance": [200.0, 3000.0], "savings": [0.0, 1000.0], "cheques_per_month": [15, 10]})
    >>> account_profit(bank, spread=0.05, savings_spread=0.02, cheque_cost=0.25, account_cost=1, avoidable_share=0.4)
       earned  cost  profit  contribution
    0    10.0  57.0   -47.0         -12.8
    1   170.0  42.0   128.0         153.2
    """
    _need(accounts, ("balance", "savings", "cheques_per_month"), "accounts")
    _need_numbers(accounts, ("balance", "savings", "cheques_per_month"), "accounts")
    _check_share(avoidable_share, "avoidable_share")
    earned = spread * accounts["balance"] + savings_spread * accounts["savings"]
    cost = 12 * (cheque_cost * accounts["cheques_per_month"] + account_cost)
    return pd.DataFrame(
        {"earned": earned, "cost": cost, "profit": earned - cost, "contribution": earned - avoidable_share * cost}
    )


def break_even_balance(cheques_per_month: float, *, spread: float, cheque_cost: float, account_cost: float) -> float:
    """The balance at which an account without savings earns what it costs; options as `account_profit`.

    Raises
    ------
    ValueError
        The spread is not positive: then no balance is enough.

    Examples
    --------
    >>> round(break_even_balance(10, spread=0.05, cheque_cost=0.25, account_cost=1.0), 2)
    840.0
    """
    if not spread > 0:
        raise ValueError(
            t("spread must be above 0, or no balance is ever enough; got {spread!r}. Four percent is 0.04.").format(spread=spread)
        )
    return 12 * (cheque_cost * cheques_per_month + account_cost) / spread


def fee_effect(
    accounts: pd.DataFrame,
    *,
    fee: float,
    threshold: float,
    savings_floor: float,
    leave: float | pd.Series,
    top_up: float | pd.Series = 0.0,
    spread: float,
) -> pd.DataFrame:
    """What a monthly fee below a balance would change, account by account, in expectation over a year.

    Charged is whoever keeps less than `threshold` on the account and less than `savings_floor` in savings. A charged
    customer leaves, or brings the balance up to the threshold, or pays: the shares are assumptions, not findings.

    Parameters
    ----------
    accounts
        One row per account: balance, savings and contribution (see `account_profit`), currency units.
    fee
        A month, in currency units.
    threshold, savings_floor
        Balances below which the fee is due, in currency units.
    leave, top_up
        Probability that a charged customer leaves, or tops up: one number, or one per account. The rest pay.
    spread
        What a unit of topped-up balance earns in a year.

    Returns
    -------
    DataFrame
        One row per account: is_charged; fees, topped_up and lost, the expected currency units a year; change, their sum
        (fees + topped_up - lost). All 0 for accounts that are not charged. `lost` is negative where leaving would save money.

    Raises
    ------
    ValueError
        A column is missing, or leave and top_up of an account are negative or exceed 1 together.

    Examples
    --------
    >>> bank = pd.DataFrame({"balance": [100.0, 100.0, 900.0], "savings": [0.0, 5000.0, 0.0], "contribution": [12.0, 80.0, 30.0]})
    >>> fee_effect(bank, fee=2, threshold=250, savings_floor=1000, leave=0.25, spread=0.05)
       is_charged  fees  topped_up  lost  change
    0        True  18.0        0.0   3.0    15.0
    1       False   0.0        0.0   0.0     0.0
    2       False   0.0        0.0   0.0     0.0
    """
    _need(accounts, ("balance", "savings", "contribution"), "accounts")
    _need_numbers(accounts, ("balance", "savings", "contribution"), "accounts")
    goes, fills = (pd.Series(p, index=accounts.index, dtype=float) for p in (leave, top_up))
    bad = ~((goes >= 0) & (fills >= 0) & (goes + fills <= 1))
    if bad.any():
        raise ValueError(
            t(
                "leave and top_up must be probabilities that add up to 1 at most; {n_bad:,} accounts break this, the first {first!r} with "
                "{leave!r} and {top_up!r}. Use leave=0.2, top_up=0.1, say."
            ).format(n_bad=bad.sum(), first=bad.idxmax(), leave=goes[bad.idxmax()], top_up=fills[bad.idxmax()])
        )
    charged = (accounts["balance"] < threshold) & (accounts["savings"] < savings_floor)
    table = pd.DataFrame({"is_charged": charged})
    table["fees"] = ((1 - goes - fills) * 12 * fee).where(charged, 0.0)
    table["topped_up"] = (fills * spread * (threshold - accounts["balance"])).where(charged, 0.0)
    table["lost"] = (goes * accounts["contribution"]).where(charged, 0.0)
    table["change"] = table["fees"] + table["topped_up"] - table["lost"]
    return table


def _need(frame: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(
            t(
                "{name} must have the columns {columns}; missing {missing}. It has {has}. Rename yours: "
                "{name}.rename(columns={{'your name': '{first}'}})."
            ).format(name=name, columns=list(columns), missing=missing, has=[str(c) for c in frame.columns], first=missing[0])
        )


def _need_numbers(frame: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    """A comparison with a missing number is false, and would be taken for an answer."""
    for column in columns:
        bad = ~np.isfinite(pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan))
        if bad.any():
            raise ValueError(
                t(
                    "every {column} of {name} must be a number; {n_bad:,} of {n:,} are not, the first that of {first!r}. "
                    "Fill them in, or leave these rows out and say so."
                ).format(column=column, name=name, n_bad=bad.sum(), n=len(frame), first=frame.index[bad.argmax()])
            )


def _check_share(value: float, name: str) -> None:
    if not 0 <= value <= 1:
        raise ValueError(t("{name} must lie between 0 and 1; got {value!r}. 40 % is 0.4.").format(name=name, value=value))
