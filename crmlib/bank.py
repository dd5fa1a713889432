"""A bank's current accounts: what each earns and costs, and what a fee would change."""

from __future__ import annotations

import pandas as pd

from crmlib import require
from crmlib.language import t


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
    accounts : DataFrame
        One row per account: balance and savings (yearly averages, currency units) and cheques_per_month.
    spread, savings_spread : float
        What the bank earns a year on a unit of balance, or of savings, after interest paid: 0.04 is four percent.
    cheque_cost, account_cost : float
        Cost of handling one cheque, and of keeping the account for one month, in currency units. Full costs.
    avoidable_share : float
        Share of these costs that stops when the account is closed.

    Returns
    -------
    DataFrame
        One row per account, in currency units a year: earned, cost, profit (earned less cost) and contribution
        (earned less avoidable cost: what the bank would miss if the account were closed; higher than profit unless
        all is avoidable).

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
    require.numbers(accounts, ("balance", "savings", "cheques_per_month"), "accounts")
    require.share(avoidable_share, "avoidable_share")
    earned = spread * accounts["balance"] + savings_spread * accounts["savings"]
    cost = 12 * (cheque_cost * accounts["cheques_per_month"] + account_cost)
    return pd.DataFrame(
        {"earned": earned, "cost": cost, "profit": earned - cost, "contribution": earned - avoidable_share * cost}
    )


def break_even_balance(cheques_per_month: float, *, spread: float, cheque_cost: float, account_cost: float) -> float:
    """The balance at which an account without savings earns what it costs.

    Parameters
    ----------
    cheques_per_month : float
        How many cheques are drawn on the account in a month.
    spread : float
        What the bank earns a year on a unit of balance, above 0: 0.04 is four percent.
    cheque_cost, account_cost : float
        Cost of handling one cheque, and of keeping the account for one month, in currency units.

    Returns
    -------
    float
        In currency units. Range 0 to infinity; best as low as can be.

    Raises
    ------
    ValueError
        The spread is not positive: then no balance is enough.

    Examples
    --------
    >>> round(break_even_balance(10, spread=0.05, cheque_cost=0.25, account_cost=1.0), 2)
    840.0
    """
    require.number(spread, "spread", above=0, example=0.04)  # or no balance is ever enough
    return 12 * (cheque_cost * cheques_per_month + account_cost) / spread


def fee_effect(
    accounts: pd.DataFrame,
    *,
    fee: float | pd.Series,
    threshold: float,
    savings_floor: float,
    leave: float | pd.Series,
    top_up: float | pd.Series = 0.0,
    spread: float,
) -> pd.DataFrame:
    """What a monthly fee below a balance would change, account by account, in expectation over a year.

    Charged is whoever keeps less than `threshold` on the account and less than `savings_floor` in savings, and whose
    fee is not 0. They leave, or bring the balance up to the threshold, or pay: the shares are assumptions, not
    findings.

    Parameters
    ----------
    accounts : DataFrame
        One row per account: balance, savings and contribution (see `account_profit`), currency units.
    fee : float or Series
        A month, in currency units, 0 or more: one for all, or one per account, such as a charge for cheques. With
        a threshold and a savings floor of ``math.inf``, who is charged is in the fees alone.
    threshold, savings_floor : float
        Balances below which the fee is due, in currency units.
    leave, top_up : float or Series
        Probability that a charged customer leaves, or tops up: one number, or one per account. The rest pay.
    spread : float
        What a unit of topped-up balance earns in a year.

    Returns
    -------
    DataFrame
        One row per account: is_charged; fees, topped_up and lost, the expected currency units a year; change, their
        sum (fees + topped_up - lost). All 0 for accounts that are not charged. `lost` is negative where leaving
        would save money.

    Raises
    ------
    ValueError
        A column is missing, or leave and top_up of an account are negative or exceed 1 together.

    Examples
    --------
    >>> bank = pd.DataFrame(
    ...     {"balance": [100.0, 100.0, 900.0], "savings": [0.0, 5000.0, 0.0], "contribution": [12.0, 80.0, 30.0]}
    ... )
    >>> fee_effect(bank, fee=2, threshold=250, savings_floor=1000, leave=0.25, spread=0.05)
       is_charged  fees  topped_up  lost  change
    0        True  18.0        0.0   3.0    15.0
    1       False   0.0        0.0   0.0     0.0
    2       False   0.0        0.0   0.0     0.0
    """
    require.numbers(accounts, ("balance", "savings", "contribution"), "accounts")
    monthly = pd.Series(fee, index=accounts.index, dtype=float)
    if not (monthly >= 0).all():
        raise ValueError(
            t(
                "fee must be 0 or more for every account; got {lowest:g}. Use fee=3.0, or a Series, one per account.",
                lowest=monthly.min(),
            )
        )
    goes, fills = (pd.Series(p, index=accounts.index, dtype=float) for p in (leave, top_up))
    bad = ~((goes >= 0) & (fills >= 0) & (goes + fills <= 1))
    if bad.any():
        raise ValueError(
            t(
                "leave and top_up must be probabilities that add up to 1 at most; {n_bad:,} accounts break this, the"
                " first {first!r} with {leave!r} and {top_up!r}. Use leave=0.2, top_up=0.1, say.",
                n_bad=bad.sum(),
                first=bad.idxmax(),
                leave=goes[bad.idxmax()],
                top_up=fills[bad.idxmax()],
            )
        )
    charged = (accounts["balance"] < threshold) & (accounts["savings"] < savings_floor) & (monthly > 0)
    table = pd.DataFrame({"is_charged": charged})
    table["fees"] = ((1 - goes - fills) * 12 * monthly).where(charged, 0.0)
    gap = (threshold - accounts["balance"]).where(fills > 0, 0.0)  # nobody can top up to a threshold without end
    table["topped_up"] = (fills * spread * gap).where(charged, 0.0)
    table["lost"] = (goes * accounts["contribution"]).where(charged, 0.0)
    table["change"] = table["fees"] + table["topped_up"] - table["lost"]
    return table
