"""What the customer base is worth: number x length x depth; and what it will be."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.customer_index import look_up
from crmlib.language import t

FACTORS = ("n_customers", "length", "profit_per_customer")  # more, longer, deeper: `bridge` splits growth into them
CELLS = 4_000_000  # of draws x customers that are held at once
FEW = 20  # newcomers of a period, below which drawing them anew says nothing


def relation_length(retention_rate: pd.Series, *, discount_rate: float) -> pd.Series:
    """How many periods a customer counts for, this one included, if the same share goes on coming back.

    1 + r/(1+d) + (r/(1+d))^2 + ... = (1 + d) / (1 + d - r): without a discount, the mean number of periods that they
    stay; with one, a later period counts for less.

    When something else is right: `purchases.fit_sbg`, where those who stayed longer leave less.

    Parameters
    ----------
    retention_rate : Series
        The share of customers of a period who are there in the next, 0 to 1, one for each segment or period.
    discount_rate : float
        What a unit of money is worth less when it comes a period later: 0.1 is 10 % a period.

    Returns
    -------
    Series
        Named "length", in periods, at least 1.

    Raises
    ------
    ValueError
        A rate lies outside its range, or retention is 1 at a discount rate of 0: a relation without end.

    References
    ----------
    Gupta & Lehmann (2003), Customers as Assets, doi:10.1002/dir.10045: the multiple, first payment now.

    Examples
    --------
    >>> relation_length(pd.Series([0.5, 0.75]), discount_rate=0).tolist()
    [2.0, 4.0]
    """
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    for rate in retention_rate:
        require.share(rate, "retention_rate")
    gap = 1 + discount_rate - retention_rate.astype(float)
    if (gap <= 0).any():
        raise ValueError(
            t("customers who never leave and are not discounted are worth without end. Give a discount_rate above 0.")
        )
    return ((1 + discount_rate) / gap).rename("length")


def base_by_period(profits: pd.DataFrame, *, discount_rate: float) -> pd.DataFrame:
    """What the customers of each period are worth: their number, times how long they stay, times what each brings.

    Retention is the share of the customers of the period before who came again, so the first period has none and is
    left out. That share and this profit are taken to go on as they are.

    When something else is right: a model of `purchases` for each customer, where a period without a purchase does not
    mean that somebody has left.

    Parameters
    ----------
    profits : DataFrame
        One row per customer, one column per period in order of time: what they brought, costs taken off; missing
        where they were no customer. Losses are negative.
    discount_rate : float
        As in `relation_length`.

    Returns
    -------
    DataFrame
        One row per period from the second on (index ``period``): n_customers, retention_rate, length (as of
        `relation_length`), profit_per_customer (a mean, losses included), value_per_customer (length x
        profit_per_customer) and equity of all, in currency units.

    Raises
    ------
    ValueError
        There are fewer than two periods, or a period without a customer; or as `relation_length`.

    Examples
    --------
    >>> profits = pd.DataFrame({2023: [50, 60, None], 2024: [80, None, 40]}, index=["ann", "bob", "cy"])
    >>> base_by_period(profits, discount_rate=0).loc[2024, ["value_per_customer", "equity"]].to_dict()
    {'value_per_customer': 120.0, 'equity': 240.0}
    """
    is_there = profits.notna()
    n_customers = is_there.sum()
    if len(n_customers) < 2 or not n_customers.all():
        raise ValueError(
            t(
                "profits must have two periods or more, each with a customer; numbers by period: {found}. A missing"
                " value is no customer: leave 0 where one bought and brought nothing.",
                found={str(period): int(n) for period, n in n_customers.items()},
            )
        )
    kept = (is_there & is_there.shift(1, axis=1, fill_value=False)).sum()
    table = pd.DataFrame({"n_customers": n_customers, "retention_rate": kept / n_customers.shift(1)}).iloc[1:]
    table["length"] = relation_length(table["retention_rate"], discount_rate=discount_rate)
    table["profit_per_customer"] = profits.mean()
    return customer_equity(table.rename_axis("period"))


def base_by_segment(profits: pd.DataFrame, segments: pd.Series, *, discount_rate: float) -> pd.DataFrame:
    """`base_by_period` for each segment: one rate for all hides that segments stay and bring unlike.

    Parameters
    ----------
    profits : DataFrame
        As in `base_by_period`.
    segments : Series
        The segment of each customer, indexed as `profits`; who has none is left out.
    discount_rate : float
        As in `relation_length`.

    Returns
    -------
    DataFrame
        One row per period and segment (index ``period``, ``segment``), with the columns of `base_by_period`; those of
        one period, ``.loc[2025]``, are what `customer_equity` and `means_and_covariance` take.

    Raises
    ------
    ValueError
        As `base_by_period`, in a segment.

    Examples
    --------
    >>> profits = pd.DataFrame({2023: [50, 60, 9], 2024: [80, None, 40]}, index=["ann", "bob", "cy"])
    >>> kind = pd.Series({"ann": "person", "bob": "person", "cy": "firm"})
    >>> base_by_segment(profits, kind, discount_rate=0.25).loc[2024, "equity"].round(2).to_dict()
    {'firm': 200.0, 'person': 133.33}
    """
    of = look_up(segments, profits.index)
    found = {
        name: base_by_period(profits[(of == name).to_numpy(dtype=bool, na_value=False)], discount_rate=discount_rate)
        for name in sorted(of.dropna().unique())
    }
    table = pd.concat(found, names=["segment"]).swaplevel()
    return table.sort_index(level="period", sort_remaining=False)


def customer_equity(segments: pd.DataFrame) -> pd.DataFrame:
    """The equity of a customer base (客户资产): number of customers x value of one, segment by segment.

    Parameters
    ----------
    segments : DataFrame
        One row per segment, or period: n_customers, length (periods that one counts for, `relation_length`) and
        profit_per_customer (of a customer and period, in currency units).

    Returns
    -------
    DataFrame
        One row per segment, as `segments`, with value_per_customer (length x profit_per_customer) and equity
        (n_customers x value_per_customer), in currency units.

    Raises
    ------
    ValueError
        A column or a number is missing.

    References
    ----------
    Blattberg & Deighton (1996), Manage marketing by the customer equity test, Harvard Business Review 74(4), 136-144.

    Examples
    --------
    >>> segments = pd.DataFrame({"n_customers": [90, 10], "length": [2.0, 6.0], "profit_per_customer": [50.0, 200.0]})
    >>> customer_equity(segments)["equity"].tolist()
    [9000.0, 12000.0]
    """
    require.numbers(segments, FACTORS, "segments")
    value = segments["length"] * segments["profit_per_customer"]
    return segments.assign(value_per_customer=value, equity=segments["n_customers"] * value)


def means_and_covariance(segments: pd.DataFrame) -> pd.Series:
    """Why number x mean length x mean profit is not the equity: the term that segments add by differing.

    equity = n x (mean length x mean profit + covariance): where those who stay longer also bring more, the product
    of the means is too low; where they bring less, it is too high.

    Parameters
    ----------
    segments : DataFrame
        As in `customer_equity`; numbers of customers of 0 or more.

    Returns
    -------
    Series
        n_customers; average_length and average_profit, over customers; product_of_means, n_customers x both;
        covariance_term, what is missing to it; equity, the sum of the last two; in currency units.

    Raises
    ------
    ValueError
        As `customer_equity`; or there is no customer.

    Examples
    --------
    >>> segments = pd.DataFrame({"n_customers": [90, 10], "length": [2.0, 6.0], "profit_per_customer": [50.0, 200.0]})
    >>> means_and_covariance(segments)[["product_of_means", "covariance_term", "equity"]].to_dict()
    {'product_of_means': 15600.0, 'covariance_term': 5400.0, 'equity': 21000.0}
    """
    equity = math.fsum(customer_equity(segments)["equity"])
    weights = segments["n_customers"].astype(float)
    if (weights < 0).any() or weights.sum() <= 0:
        raise ValueError(
            t("n_customers must be 0 or more, and somewhere above 0; got {found}.", found=weights.tolist())
        )
    n = math.fsum(weights)
    length, profit = (math.fsum(weights * segments[name]) / n for name in ("length", "profit_per_customer"))
    apart = (segments["length"] - length) * (segments["profit_per_customer"] - profit)
    return pd.Series(
        {
            "n_customers": n,
            "average_length": length,
            "average_profit": profit,
            "product_of_means": n * length * profit,
            "covariance_term": math.fsum(weights * apart),
            "equity": equity,
        }
    )


def unit_values(segment: pd.Series, *, discount_rate: float) -> pd.Series:
    """What one unit of each way to grow adds to the equity, and so what it may cost at most.

    When something else is right: newcomers who are unlike the customers at hand; theirs is the value of their own
    profit and retention.

    Parameters
    ----------
    segment : Series
        n_customers, retention_rate and profit_per_customer: a row of `base_by_period`.
    discount_rate : float
        As in `relation_length`.

    Returns
    -------
    Series
        customer, one more of the same; point, retention higher by 0.01, at most up to 1; and unit, one unit of
        currency more from each customer and period; in currency units.

    Raises
    ------
    ValueError
        As `relation_length`.

    Examples
    --------
    >>> base = pd.Series({"n_customers": 100, "retention_rate": 0.75, "profit_per_customer": 50.0})
    >>> unit_values(base, discount_rate=0).round(2).to_dict()
    {'customer': 200.0, 'point': 833.33, 'unit': 400.0}
    """
    n, rate, profit = (float(segment[name]) for name in ("n_customers", "retention_rate", "profit_per_customer"))
    now, then = relation_length(pd.Series([rate, min(rate + 0.01, 1.0)]), discount_rate=discount_rate)
    return pd.Series({"customer": now * profit, "point": n * (then - now) * profit, "unit": n * now})


def unit_intervals(profits: pd.DataFrame, *, discount_rate: float, seed: int, n_resamples: int = 1000) -> pd.DataFrame:
    """What one unit of each way to grow is worth, and how sure that is: the customers are drawn anew, many times.

    A newcomer brings what those bring who are there for the first time in the last period, and comes again as those
    did who were there for the first time in the period before. Who came before the first period counts as new.

    When something else is right: `unit_values`, where there is no table of customers, but only their number and means.

    Parameters
    ----------
    profits : DataFrame
        As in `base_by_period`, three periods or more.
    discount_rate : float
        As in `relation_length`.
    seed : int
        The same seed gives the same intervals.
    n_resamples : int
        How often the customers are drawn.

    Returns
    -------
    DataFrame
        One row per unit (index ``unit``): newcomer, one more of them; point, retention of all higher by 0.01, at most
        up to 1; and unit, one unit of currency more from each customer and period. Columns: amount, low and high, the
        ends of the 95 % interval (plain quantiles of the draws), in currency units.

    Raises
    ------
    ValueError
        There are fewer than three periods, or fewer than 20 newcomers in one of the last two; or as `relation_length`.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> old = pd.DataFrame({2023: [9.0] * 40, 2024: [9.0, None] * 20, 2025: [9.0, None] * 20})
    >>> new = {2023: [None] * 40, 2024: [5.0] * 20 + [None] * 20, 2025: [5.0, None] * 10 + [5.0] * 20}
    >>> profits = pd.concat([old, pd.DataFrame(new, dtype=float)], ignore_index=True)
    >>> unit_intervals(profits, discount_rate=0, seed=1)["amount"].round(2).to_dict()
    {'newcomer': 10.0, 'point': 55.0, 'unit': 200.0}
    """
    require.whole(n_resamples, "n_resamples")
    require.number(discount_rate, "discount_rate", least=0, example=0.1)
    if profits.shape[1] < 3:
        raise ValueError(t("profits must have three periods or more; it has {n}.", n=profits.shape[1]))
    there = profits.notna().to_numpy()
    last, before = there[:, -1], there[:, -2]
    new, new_before = last & ~there[:, :-1].any(axis=1), before & ~there[:, :-2].any(axis=1)
    if min(new.sum(), new_before.sum()) < FEW:
        raise ValueError(
            t(
                "an interval needs {few} newcomers or more in each of the last two periods; here they are {found}. Take"
                " longer periods.",
                few=FEW,
                found=[int(new_before.sum()), int(new.sum())],
            )
        )
    profit = profits.iloc[:, -1].fillna(0.0).to_numpy(dtype=float)
    told = np.column_stack(
        [new, new * profit, new_before, new_before & last, last, last * profit, before, before & last]
    ).astype(float)
    found = _units_drawn(told.sum(axis=0, keepdims=True), discount_rate)
    if not np.isfinite(found).all():
        raise ValueError(
            t("customers who never leave and are not discounted are worth without end. Give a discount_rate above 0.")
        )
    rng, chances, at_once = np.random.default_rng(seed), np.full(len(told), 1 / len(told)), max(1, CELLS // len(told))
    sums = [
        rng.multinomial(len(told), chances, size=min(at_once, n_resamples - start)) @ told
        for start in range(0, n_resamples, at_once)
    ]
    low, high = np.nanquantile(_units_drawn(np.concatenate(sums), discount_rate), [0.025, 0.975], axis=0)
    index = pd.Index(["newcomer", "point", "unit"], name="unit")
    return pd.DataFrame({"amount": found[0], "low": low, "high": high}, index=index)


def _units_drawn(sums: np.ndarray, discount_rate: float) -> np.ndarray:
    """The three units, one row per draw; a column of `sums` for each count and profit that they are made of."""
    n_new, profit_new, n_new_before, kept_new, n, profit, n_before, kept = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw may hold no newcomer, and then says nothing
        rate, rate_new = kept / n_before, kept_new / n_new_before
        now, then, newcomer = (
            (1 + discount_rate) / (1 + discount_rate - one) for one in (rate, np.minimum(rate + 0.01, 1), rate_new)
        )
        return np.column_stack([profit_new / n_new * newcomer, profit * (then - now), n * now])


def equity_ahead(segments: pd.DataFrame, *, discount_rate: float, n_ahead: int) -> pd.DataFrame:
    """What the base will be worth in the periods to come: the customers of today, and those to be won, apart.

    Of the present customers the share retention_rate is there a period later, and so on; as many as n_won are won in
    each period, and leave in the same way. Profits stay as they are.

    Parameters
    ----------
    segments : DataFrame
        One row per segment: n_customers, retention_rate, profit_per_customer; and, where customers are to be won,
        n_won (a period) and win_cost (what winning one costs, when they are won).
    discount_rate : float
        As in `relation_length`.
    n_ahead : int
        How many periods to look ahead, 0 or more.

    Returns
    -------
    DataFrame
        One row per segment and period, 0 being today (index ``segment``, ``period``): n_present and n_won, customers
        then; present_equity and won_equity, what they are worth then; and won_net_value, what those won until then are
        worth today: the value of each less the cost, discounted from the period in which they were won.

    Raises
    ------
    ValueError
        A column or a number is missing; or as `relation_length`.

    Examples
    --------
    >>> segments = pd.DataFrame({"n_customers": [100], "retention_rate": [0.5], "profit_per_customer": [10.0]}, ["all"])
    >>> segments = segments.assign(n_won=20, win_cost=15.0)
    >>> equity_ahead(segments, discount_rate=0, n_ahead=2).loc[("all", 2), ["n_present", "won_equity"]].to_dict()
    {'n_present': 25.0, 'won_equity': 600.0}
    """
    require.whole(n_ahead, "n_ahead", least=0)
    table = segments.assign(**{name: 0.0 for name in ("n_won", "win_cost") if name not in segments})
    require.numbers(table, ("n_customers", "retention_rate", "profit_per_customer", "n_won", "win_cost"), "segments")
    value = table["profit_per_customer"] * relation_length(table["retention_rate"], discount_rate=discount_rate)
    present, won, net, periods = table["n_customers"].astype(float), 0.0 * value, 0.0 * value, []
    for period in range(n_ahead + 1):
        if period:
            present, won = present * table["retention_rate"], won * table["retention_rate"] + table["n_won"]
            net = net + table["n_won"] * (value - table["win_cost"]) / (1 + discount_rate) ** period
        columns = {"n_present": present, "n_won": won, "present_equity": present * value, "won_equity": won * value}
        periods.append(pd.DataFrame({**columns, "won_net_value": net}))
    found = pd.concat(periods, keys=range(n_ahead + 1), names=["period", "segment"])
    by_segment = pd.MultiIndex.from_product([table.index, range(n_ahead + 1)], names=["segment", "period"])
    return found.swaplevel().reindex(by_segment)
