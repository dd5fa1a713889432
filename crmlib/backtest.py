"""Grades of one day beside the payments of the year after: who failed to pay, and which grades can be told apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

FEW = 10  # with fewer who lost anything the largest of them is often not among the customers at hand
STATES = ("no default", "defaulted", "in default")


class Stay(NamedTuple):
    """The share of the sales that must stay if customers pay first, its interval, and why to doubt it, or None."""

    share: float
    low: float
    high: float
    doubt: str | None


def follow_payments(
    rated: pd.DataFrame, invoices: pd.DataFrame, *, as_of: object, until: object, overdue_days: int = 90
) -> pd.DataFrame:
    """What became of each customer from the day of a rating on, as it can be read from the ledger.

    A customer defaults on the day on which an invoice is unpaid that was due `overdue_days` days before, or is given
    up. Who has such an invoice open on the day of the rating, or has had one given up before, is in default on that
    day already: nothing is left to predict, and they are counted apart.

    When something else is right: a definition of your own bank or law. With fewer days there are more defaults, many of
    whom pay in the end.

    Parameters
    ----------
    rated : DataFrame
        One row per customer, indexed by customer_id, as `credit.rate_customers` gives it for the day.
    invoices : DataFrame
        One row per invoice: customer_id, invoice_date, due_date, amount, paid_date and written_off_date, the last two
        missing where neither happened. It must reach to `until`.
    as_of : date, str or Timestamp
        The day of the rating. What happens on it is later.
    until : date, str or Timestamp
        The first day that no longer counts.
    overdue_days : int
        After how many days overdue an invoice is a default.

    Returns
    -------
    DataFrame
        One row per customer of rated, with three more columns: state, "in default" on the day, else "defaulted" if
        they did before `until`, else "no default"; sold_amount, of the invoices made from the day on and due long
        enough before `until` to be judged; and lost_amount, what of it was not paid by then.

    Raises
    ------
    ValueError
        A column is missing, a customer stands twice, or there is no time between the days for an invoice to default.

    References
    ----------
    90 days past due is the line of the Basel Committee (2006), International Convergence of Capital Measurement,
    paragraph 452.

    Examples
    --------
    Ann paid late, but before 90 days; Bob did not pay the second invoice.

    >>> days = pd.to_datetime(["2024-02-01", "2024-02-01", "2024-03-01"])
    >>> invoices = pd.DataFrame({"customer_id": ["ann", "bob", "bob"], "invoice_date": pd.Timestamp("2024-01-10"),
    ...     "due_date": days, "amount": 100.0, "paid_date": pd.to_datetime(["2024-04-01", "2024-02-01", None]),
    ...     "written_off_date": pd.NaT})
    >>> rated = pd.DataFrame({"grade": ["A", "B"]}, index=["ann", "bob"])
    >>> follow_payments(rated, invoices, as_of="2024-01-01", until="2025-01-01")
        grade       state  sold_amount  lost_amount
    ann     A  no default        100.0          0.0
    bob     B   defaulted        200.0        100.0
    """
    needed = ["customer_id", "invoice_date", "due_date", "amount", "paid_date", "written_off_date"]
    require.columns(invoices, needed, "invoices")
    require.whole(overdue_days, "overdue_days")
    start, end = require.day(as_of, "as_of"), require.day(until, "until")
    wait = pd.Timedelta(days=overdue_days)
    _check_once(rated.index)
    if start + wait >= end:
        raise ValueError(
            t(
                "until must lie more than {days} days after as_of, or nothing can default; got {start:%Y-%m-%d} to"
                " {end:%Y-%m-%d}.",
                days=overdue_days,
                start=start,
                end=end,
            )
        )
    mark, given_up = invoices["due_date"] + wait, invoices["written_off_date"]
    paid = invoices["paid_date"]
    is_open_at_start, is_open_at_end = (paid.isna() | (paid >= day) for day in (start, end))
    overdue_on = mark.where(paid.isna() | (paid > mark))
    defaulted_on = overdue_on.where(~(given_up < overdue_on), given_up).fillna(given_up)
    is_before = (defaulted_on < start) & (is_open_at_start | (given_up < start))
    is_within = (defaulted_on >= start) & (defaulted_on < end)
    before, within = (set(invoices.loc[rows, "customer_id"]) for rows in (is_before, is_within))
    is_judged = (invoices["invoice_date"] >= start) & (mark < end)
    sold = invoices.loc[is_judged, ["customer_id", "amount"]].assign(lost=invoices["amount"].where(is_open_at_end, 0.0))
    sums = sold.groupby("customer_id", observed=True)[["amount", "lost"]].sum().reindex(rated.index).fillna(0.0)
    state = np.select([rated.index.isin(before), rated.index.isin(within)], [STATES[2], STATES[1]], STATES[0])
    sums.insert(0, "state", pd.Categorical(state, STATES))
    return rated.join(sums.set_axis(["state", "sold_amount", "lost_amount"], axis=1))


def select_tested(followed: pd.DataFrame) -> pd.DataFrame:
    """Those on whom a back-test can be done: they have a grade, and were not in default on the day already.

    Who is left out belongs into the report, in numbers: of those not rated nothing was predicted, of those in default
    nothing is left to predict, and a test that counts them as predicted flatters.

    Parameters
    ----------
    followed : DataFrame
        A result of `follow_payments`, with the grades of the day.

    Returns
    -------
    DataFrame
        One row per customer who can be tested, with a column is_bad: whether they defaulted.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> states = ["no default", "defaulted", "in default", "defaulted"]
    >>> select_tested(pd.DataFrame({"grade": ["A", "C", "C", "not rated"], "state": states}))
      grade       state  is_bad
    0     A  no default   False
    1     C   defaulted    True
    """
    require.columns(followed, ["grade", "state"], "followed")
    rows = followed[(followed["grade"] != "not rated") & (followed["state"] != "in default")]
    return rows.assign(is_bad=rows["state"] == "defaulted")


def compare_neighbors(rates: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Which grades next to each other can be told apart: the difference of their bad rates, with Newcombe's interval.

    That the intervals of two grades overlap does not say that they are alike; that this one holds 0 says only that they
    cannot be told apart with so few customers.

    Parameters
    ----------
    rates : DataFrame
        One row per grade, the worst first, at least two: n, how many customers, and n_bad, how many of them turned bad.
    level : float
        How often an interval holds the difference, between 0 and 1.

    Returns
    -------
    DataFrame
        One row per pair of neighbours, named "C - B": gap_rate, the bad rate of the worse grade less that of the
        better, above 0 where the order is right; low_gap_rate and high_gap_rate, its ends; is_apart, whether the
        interval leaves out 0. Of 20 pairs of equal grades one is told apart by chance.

    Raises
    ------
    ValueError
        A column is missing, or there is only one grade.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17(8), 873-890.

    Examples
    --------
    >>> rates = pd.DataFrame({"n": [40, 40, 40], "n_bad": [20, 5, 4]}, index=["C", "B", "A"])
    >>> compare_neighbors(rates).round(2)
           gap_rate  low_gap_rate  high_gap_rate  is_apart
    grade
    C - B      0.38          0.17           0.54      True
    B - A      0.02         -0.12           0.17     False
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    require.columns(rates, ["n", "n_bad"], "rates")
    require.between(level, "level", 0, 1, example=0.95)
    if len(rates) < 2:
        raise ValueError(t("rates must have at least two grades to compare; there is {n}.", n=len(rates)))
    worse, better = rates.iloc[:-1], rates.iloc[1:]
    ends = [
        confint_proportions_2indep(*four, method="newcomb", alpha=1 - level)
        for four in zip(worse["n_bad"], worse["n"], better["n_bad"], better["n"], strict=True)
    ]
    names = [f"{one} - {other}" for one, other in zip(worse.index, better.index, strict=True)]
    table = pd.DataFrame(
        ends, columns=["low_gap_rate", "high_gap_rate"], index=pd.Index(names, name=rates.index.name or "grade")
    )
    gap = (worse["n_bad"] / worse["n"]).to_numpy() - (better["n_bad"] / better["n"]).to_numpy()
    table.insert(0, "gap_rate", gap)
    return table.assign(is_apart=(table["low_gap_rate"] > 0) | (table["high_gap_rate"] < 0))


def break_even_share(customers: pd.DataFrame, *, level: float = 0.95, n_resamples: int = 1000, seed: int) -> Stay:
    """Which share of their sales must stay, so that asking customers to pay first brings as much as credit did.

    Customers are drawn anew, with replacement: a few of them make most of what is lost, and it hangs on whether they
    were there.

    When something else is right: a trial, for how many stay is not in any ledger.

    Parameters
    ----------
    customers : DataFrame
        One row per customer: margin_amount, the margin of what they bought on credit, had all been paid, and
        lost_amount, what they did not pay, both in currency units.
    level : float
        What part of the draws lies between low and high.
    n_resamples : int
        How often to draw.
    seed : int
        The same seed gives the same interval.

    Returns
    -------
    Stay
        share, (margin_amount - lost_amount) / margin_amount of all; low and high; and doubt, a sentence where fewer
        than 10 customers lost us anything, else None. At most 1; below 0 credit brought a loss, and paying first pays
        even if all of them leave.

    Raises
    ------
    ValueError
        A column or a value is missing, there are fewer than two customers, or no margin.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> customers = pd.DataFrame({"margin_amount": [100.0, 100, 200, 400], "lost_amount": [0.0, 400, 0, 0]})
    >>> stay = break_even_share(customers, seed=1)
    >>> [round(one, 2) for one in stay[:3]]
    [0.5, -1.4, 1.0]
    >>> stay.doubt
    'Only 1 of the customers lost us anything: such intervals hold less often than they say.'
    """
    require.between(level, "level", 0, 1, example=0.95)
    require.whole(n_resamples, "n_resamples")
    require.columns(customers, ["margin_amount", "lost_amount"], "customers")
    require.numbers(customers, ["margin_amount", "lost_amount"], "customers")
    values, random = customers[["margin_amount", "lost_amount"]].to_numpy(dtype=float), np.random.default_rng(seed)
    if len(values) < 2 or not values[:, 0].sum() > 0:
        raise ValueError(
            t(
                "customers must be at least two, with a margin_amount above 0 in all; got {n} with {sum:g}.",
                n=len(values),
                sum=values[:, 0].sum(),
            )
        )
    drawn = values[random.integers(0, len(values), (n_resamples, len(values)))].sum(axis=1)
    drawn = drawn[drawn[:, 0] > 0]  # of those who bought nothing no share can be taken
    low, high = np.quantile(1 - drawn[:, 1] / drawn[:, 0], [(1 - level) / 2, (1 + level) / 2])
    n_losing, doubt = int((values[:, 1] > 0).sum()), None
    if n_losing < FEW:
        doubt = t(
            "Only {n} of the customers lost us anything: such intervals hold less often than they say.", n=n_losing
        )
    return Stay(float(1 - values[:, 1].sum() / values[:, 0].sum()), float(low), float(high), doubt)


def _check_once(customers: pd.Index) -> None:
    twice = customers[customers.duplicated()]
    if len(twice):
        raise ValueError(
            t("rated must have each customer once; {name} is there twice. Take one day's rating.", name=twice[0])
        )
