"""What customers are worth by models of purchase fitted to them, with two kinds of doubt that are never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

if TYPE_CHECKING:
    from crmlib.buying.ahead import Models, Past
    from crmlib.buying.spending import FittedSpending

UNITS_A_YEAR = {"day": 365.25, "week": 365.25 / 7, "month": 12.0, "year": 1.0}


def purchase_value(
    model: Models,
    spending_model: FittedSpending,
    summary: pd.DataFrame,
    *,
    margin_rate: float,
    discount_rate: float,
    periods: float,
    unit: str,
    level: float = 0.95,
    n_draws: int = 400,
    seed: int = 0,
) -> pd.DataFrame:
    """What each customer is worth: the margin of the purchases to come within a horizon, discounted.

    Value = margin rate x expected amount of a purchase x purchases expected, each discounted from the moment at which
    it is made (continuously: a purchase in t years counts (1 + discount_rate) ** -t).

    Two intervals that answer two questions. `value_low` to `value_high`: where the expected value lies, since the
    parameters are estimated; it narrows with more customers. `future_low` to `future_high`: what this customer may
    bring, were the parameters known; it stays wide, however many customers there are.

    When something else is right: `value.retention_value` with a retention rate that you state, where
    `health.check_purchase_model` finds the model unusable; `total_purchase_value` for many customers together;
    `purchases.fit_sbg` for contracts.

    Parameters
    ----------
    model : fitted model
        Of `purchases.fit_bg_nbd`, `fit_mbg_nbd` or `fit_pareto_nbd`.
    spending_model : fitted model
        Of `purchases.fit_gamma_gamma`.
    summary : DataFrame
        One row per customer, as `customers.repeat_purchase_summary` gives it, in the unit of time of the model. A mean
        that is missing, 0 or negative counts as not seen: such a customer gets the mean of all.
    margin_rate : float
        Which share of a purchase is left when its costs are taken off, 0 to 1.
    discount_rate : float
        A year, whatever the unit: 0.1 is 10 %.
    periods : float
        How many units of time the horizon is long.
    unit : str
        That of the model and of summary: "day", "week", "month" or "year".
    level : float
        Of both intervals.
    n_draws : int
        How many sets of parameters, and how many futures of each customer, are drawn; with 0 there are no intervals,
        which of a million customers would take long. Draw for those you list.
    seed : int
        Where the draws begin; the same seed, the same table.

    Returns
    -------
    DataFrame
        One row per customer, indexed as summary:

        probability_alive       that they have not left, 0 to 1
        expected_purchases      within the horizon, not discounted
        expected_amount         of a purchase, in currency
        value                   expected, discounted margin, in currency
        value_if_alive          what it would be, were it certain that they have not left
        value_low, value_high   interval of that expected value: doubt of the parameters
        future_low, future_high interval of what the customer may bring: their own future

    Raises
    ------
    TypeError
        The models are of another kind.
    ValueError
        The models cannot be used, a rate lies outside its range, or summary lacks a column.

    References
    ----------
    Fader, Hardie & Lee (2005), RFM and CLV: Using Iso-Value Curves for Customer Base Analysis,
    doi:10.1509/jmkr.2005.42.4.415.

    Examples
    --------
    Two customers, made up, in the model of CDNOW: the same past but for the day of the last purchase, over a year.

    >>> from crmlib import customers, datasets, purchases
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> model = purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> again = bought[bought["monetary"] > 0]
    >>> spending = purchases.fit_gamma_gamma(again["frequency"], again["monetary"])
    >>> two = pd.DataFrame({"frequency": 4, "recency": [12.0, 36.0], "tenure": 38.0, "monetary": 50.0}, ["ann", "bob"])
    >>> worth = purchase_value(model, spending, two, margin_rate=0.3, discount_rate=0.1, periods=52, unit="week")
    >>> worth[["probability_alive", "value", "future_low", "future_high"]].round(2)
         probability_alive  value  future_low  future_high
    ann               0.11   6.04         0.0        82.80
    bob               0.85  47.16         0.0       162.38
    """
    past, horizon, force = _asked(model, spending_model, summary, margin_rate, discount_rate, periods, unit)
    if n_draws != 0:
        _draws_asked(level, n_draws)
    from crmlib.buying import money

    alive = model.probability_alive(past.x, past.last, past.age)
    worth = margin_rate * money.expected_value(model, spending_model, past, horizon, force)
    told = {
        "probability_alive": alive,
        "expected_purchases": model.future_purchases(horizon, past.x, past.last, past.age),
        "expected_amount": spending_model.expected_purchase(past.n_seen, past.mean),
        "value": worth,
        "value_if_alive": worth / np.maximum(alive, 1e-300),
    }
    drawn = {"n_draws": n_draws, "level": level, "random": np.random.default_rng(seed)}
    doubt = money.intervals(model, spending_model, past, horizon, force, **drawn) if n_draws else {}
    for name, (low, high) in doubt.items():
        told |= {f"{name}_low": margin_rate * low, f"{name}_high": margin_rate * high}
    return pd.DataFrame(told, index=summary.index)


def total_purchase_value(
    model: Models,
    spending_model: FittedSpending,
    summary: pd.DataFrame,
    *,
    margin_rate: float,
    discount_rate: float,
    periods: float,
    unit: str,
    level: float = 0.95,
    n_draws: int = 400,
    seed: int = 0,
) -> pd.DataFrame:
    """What all customers of a table are worth together, with an interval for each kind of doubt.

    Intervals of single customers cannot be added up: their futures differ from one another, while wrong parameters are
    wrong for all of them. All this holds if customers go on as the model has it. That they change, no interval knows:
    in the hold-out of CDNOW they spent more than the interval of "both" reaches. Keep a hold-out period.

    When something else is right: `purchase_value` for one customer at a time.

    Parameters
    ----------
    model, spending_model, summary, margin_rate, discount_rate, periods, unit, level, n_draws, seed : as there
        As in `purchase_value`; of a list or a tier, give its rows of summary.

    Returns
    -------
    DataFrame
        One row per kind of doubt, indexed by `uncertainty`: "parameters" (where the expected total lies), "own futures"
        (what the customers may bring, were the parameters known) and "both" (what they may bring). Columns value
        (expected, the same in all rows), low and high, in currency.

    Raises
    ------
    TypeError, ValueError
        As in `purchase_value`.

    Examples
    --------
    >>> from crmlib import customers, datasets, purchases
    >>> bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")
    >>> model = purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> again = bought[bought["monetary"] > 0]
    >>> spending = purchases.fit_gamma_gamma(again["frequency"], again["monetary"])
    >>> options = {"margin_rate": 0.3, "discount_rate": 0.1, "periods": 52, "unit": "week", "n_draws": 100}
    >>> total = total_purchase_value(model, spending, bought, **options).round(-2)
    >>> total.loc["parameters"].tolist(), total.loc["both"].tolist()
    ([21800.0, 20200.0, 24000.0], [21800.0, 19400.0, 25800.0])
    """
    past, horizon, force = _asked(model, spending_model, summary, margin_rate, discount_rate, periods, unit)
    _draws_asked(level, n_draws)
    from crmlib.buying import money

    random = np.random.default_rng(seed)
    drawn = money.totals(model, spending_model, past, horizon, force, n_draws=n_draws, random=random)
    ends = {name: np.quantile(one, [(1 - level) / 2, (1 + level) / 2]) * margin_rate for name, one in drawn.items()}
    table = pd.DataFrame(ends, index=["low", "high"]).T.rename_axis("uncertainty")
    expected = money.expected_value(model, spending_model, past, horizon, force).sum()
    table.insert(0, "value", margin_rate * expected)
    return table


def holdout_value(
    model: Models,
    spending_model: FittedSpending,
    summary: pd.DataFrame,
    came: pd.Series,
    *,
    margin_rate: float,
    discount_rate: float,
    periods: float,
    unit: str,
    level: float = 0.95,
    n_draws: int = 200,
    seed: int = 0,
) -> pd.Series:
    """Whether the intervals of a day held what came after it: of single customers, and of the total.

    What came is not discounted, so give a discount_rate of 0 unless the difference is small beside the interval.

    When something else is right: `holdout.accuracy_table`, for how near the expected numbers came.

    Parameters
    ----------
    model, spending_model, summary : as there
        As in `purchase_value`, of the day at which the models were fitted.
    came : Series
        What each customer brought within the horizon after it: margin (sales, if margin_rate is 1); as summary indexed.
    margin_rate, discount_rate, periods, unit, level, n_draws, seed : as there
        As in `purchase_value`.

    Returns
    -------
    Series
        inside_share (of the customers, between future_low and future_high); expected_value, lowest_value and
        highest_value (the total expected and its interval, both kinds of doubt); came_value, the total that came.

    Raises
    ------
    TypeError, ValueError
        As in `purchase_value`; or came is of other customers.

    Examples
    --------
    >>> from crmlib import customers, datasets, purchases
    >>> lines = datasets.load_cdnow()
    >>> bought = customers.repeat_purchase_summary(lines, as_of="1997-09-30", unit="week")
    >>> model = purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    >>> again = bought[bought["monetary"] > 0]
    >>> spending = purchases.fit_gamma_gamma(again["frequency"], again["monetary"])
    >>> came = lines[lines["order_date"] > "1997-09-30"].groupby("customer_id")["amount"].sum()
    >>> came = came.reindex(bought.index, fill_value=0.0)
    >>> options = {"margin_rate": 1, "discount_rate": 0, "periods": 39, "unit": "week", "n_draws": 100}
    >>> holdout_value(model, spending, bought, came, **options).round(2)["inside_share"]
    np.float64(0.95)
    """
    if not isinstance(came, pd.Series) or not came.index.equals(summary.index):
        raise ValueError(
            t("came must be one amount per customer, indexed as summary: came.reindex(summary.index, fill_value=0).")
        )
    options = {
        "margin_rate": margin_rate,
        "discount_rate": discount_rate,
        "periods": periods,
        "unit": unit,
        "level": level,
        "n_draws": n_draws,
        "seed": seed,
    }
    of_each = purchase_value(model, spending_model, summary, **options)
    total = total_purchase_value(model, spending_model, summary, **options).loc["both"]
    inside = came.between(of_each["future_low"], of_each["future_high"]).mean()
    named = total.set_axis(["expected_value", "lowest_value", "highest_value"])
    return pd.Series({"inside_share": inside, **named, "came_value": came.sum()})


def choose_top(amount: pd.Series, n: int) -> pd.Series:
    """Who is among the n with the largest amount: a list as a column of true and false.

    When something else is right: all above a line, where the line means something in money.

    Parameters
    ----------
    amount : Series
        One number per customer, such as what is at stake.
    n : int
        How many; of those equal at the end of the list the first in the table are taken.

    Returns
    -------
    Series
        True for n customers (or all, if they are fewer), indexed as amount.

    Raises
    ------
    ValueError
        A number is missing, or n is not a whole number of at least 1.

    Examples
    --------
    >>> choose_top(pd.Series({"ann": 5.0, "bob": 9.0, "cy": 1.0}), 2).to_dict()
    {'ann': True, 'bob': True, 'cy': False}
    """
    require.whole(n, "n")
    require.numbers(amount.to_frame("amount"), ["amount"], "amount")
    return (amount.rank(ascending=False, method="first") <= n).rename("is_chosen")


def _asked(
    model: Models,
    spending: FittedSpending,
    summary: pd.DataFrame,
    margin_rate: float,
    discount_rate: float,
    periods: float,
    unit: str,
) -> tuple[Past, float, float]:
    """What was seen, the horizon, and the force of discounting in one unit of time."""
    require.one_of(unit, [*UNITS_A_YEAR], "unit")
    require.share(margin_rate, "margin_rate")
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    require.number(periods, "periods", above=0, example=52)
    from crmlib.buying import ahead, money

    past = ahead.past_of_models(model, spending, summary)
    money.refuse_unusable(model, spending)
    return past, float(periods), float(np.log1p(discount_rate) / UNITS_A_YEAR[unit])


def _draws_asked(level: float, n_draws: int) -> None:
    require.between(level, "level", 0, 1, example=0.95)
    require.whole(n_draws, "n_draws", least=40)
