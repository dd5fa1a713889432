"""How many grades move by chance alone: in a world in which nobody changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.known import days
from crmlib.rating.limits import refuse_repeated
from crmlib.rating.moves import rated, rated_twice

ENDS = (2.5, 97.5)  # percentiles: a 95 % interval


def shuffle_payments(invoices: pd.DataFrame, *, until: object, n_times: int, seed: int) -> Iterator[pd.DataFrame]:
    """Ledgers of a world in which nobody changed: which of their own invoices a customer pays late is luck.

    Each customer keeps their invoices, with dates and amounts, and their delays; only which invoice has which delay is
    drawn anew, among the invoices that were paid at all. Grades that differ between two such ledgers differ by chance
    alone. Invoices that were never paid stay as they are: to cease to pay is a change.

    When something else is right: it finds no more luck than a customer's own invoices show. Who has one or two hardly
    varies in it, so it says how much chance does at least. A customer who did change within the ledger has both kinds
    of delays mixed, which says too much. Delays of one bad week are drawn apart here.

    Parameters
    ----------
    invoices : DataFrame
        One row per invoice: customer_id, due_date, paid_date (empty where it was not paid).
    until : date, str or Timestamp
        Invoices due on this day or later stay as they are: of the newest nobody knows yet how late they will be paid.
    n_times : int
        How many ledgers to make.
    seed : int
        The same seed makes the same ones.

    Yields
    ------
    DataFrame
        The table, rows and columns as given, with other paid_date.

    Raises
    ------
    ValueError
        A column is not there, a date is none, or n_times is not a whole number of at least 1.

    References
    ----------
    the permutation within each customer is that of Fisher (1935), The Design of Experiments, section 21.

    Examples
    --------
    Ann paid one of three invoices 20 days late; which one is luck.

    >>> due = pd.to_datetime(["2024-01-31", "2024-04-30", "2024-07-31"])
    >>> invoices = pd.DataFrame({"customer_id": "ann", "due_date": due, "paid_date": [*due[:2], "2024-08-20"]})
    >>> for ledger in shuffle_payments(invoices, until="2025-01-01", n_times=2, seed=4):
    ...     print((ledger["paid_date"] - ledger["due_date"]).dt.days.tolist())
    [0, 0, 20]
    [0, 20, 0]
    """
    require.columns(invoices, ["customer_id", "due_date", "paid_date"], "invoices")
    require.whole(n_times, "n_times")
    due, paid = days(invoices, "due_date", "invoices"), days(invoices, "paid_date", "invoices", may_miss=True)
    is_drawn = paid.notna().to_numpy() & (due < require.day(until, "until")).to_numpy()
    place = np.flatnonzero(is_drawn)
    who = pd.factorize(invoices["customer_id"].iloc[place])[0]
    place, who = place[np.argsort(who, kind="stable")], np.sort(who, kind="stable")
    delay, late = (paid - due).to_numpy()[place], paid.to_numpy().copy()
    rng = np.random.default_rng(seed)
    for _ in range(n_times):
        order = np.lexsort((rng.random(len(place)), who))  # a new order within each customer
        late[place] = due.to_numpy()[place] + delay[order]
        yield invoices.assign(paid_date=late)


def moves_by_chance(
    before: pd.Series, after: pd.Series, shuffled: Sequence[pd.Series], *, seed: int, n_resamples: int = 1000
) -> pd.Series:
    """What share of the rated have another grade after, what share would by chance alone, and the ratio of the two.

    Those who are rated before and after are looked at. By chance alone: how often two of the shuffled grades of the
    same customer differ, on average over these customers.

    When something else is right: a share says how many moves need no explanation but chance, not which. A test that
    there is any change at all sets the observed share beside that of each pair of shuffled grades.

    Parameters
    ----------
    before, after : Series
        The grade of each customer, indexed by customer_id; missing or "not rated" where there is none.
    shuffled : sequence of Series
        The grades after, of the same day, from two or more ledgers of `shuffle_payments`.
    seed : int
        The same seed gives the same interval.
    n_resamples : int
        How often customers are drawn anew for the interval.

    Returns
    -------
    Series
        n_rated, customers rated before and after; moved, the share with another grade; by_chance, the share that would
        have one by chance alone; ratio, by_chance / moved, above 0, above 1 where chance alone would move more; low and
        high, the ends of its 95 % interval (percentiles of draws of customers). Missing where nobody moved.

    Raises
    ------
    ValueError
        A customer stands twice, nobody is rated before and after, or there are fewer than two shuffled grades.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, section 13.3.

    Examples
    --------
    Both moved; cy has another grade in each ledger, dee never.

    >>> before, after = pd.Series({"cy": "A", "dee": "A"}), pd.Series({"cy": "B", "dee": "B"})
    >>> shuffled = [pd.Series({"cy": "A", "dee": "B"}), pd.Series({"cy": "B", "dee": "B"})]
    >>> moves_by_chance(before, after, shuffled, seed=1)[["moved", "by_chance", "ratio"]].to_dict()
    {'moved': 1.0, 'by_chance': 0.5, 'ratio': 0.5}
    """
    require.whole(n_resamples, "n_resamples")
    if len(shuffled) < 2:
        raise ValueError(
            t("shuffled must hold grades from two ledgers or more; got {n}. Use n_times=40, say.", n=len(shuffled))
        )
    for one in shuffled:
        refuse_repeated(one, "shuffled")
    first, second = rated_twice(before, after)
    n = len(first)
    if not n:
        raise ValueError(t("at least one customer must be rated before and after; none is."))
    moved = (first != second).to_numpy(dtype=float)
    chance = _differ([rated(one).reindex(first.index) for one in shuffled])
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=n_resamples)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (draws @ chance) / (draws @ moved)
        ratio = chance.sum() / moved.sum()
    low, high = np.percentile(ratios, ENDS) if moved.any() else (np.nan, np.nan)
    found = {"n_rated": n, "moved": moved.mean(), "by_chance": chance.mean()}
    found |= {"ratio": ratio if moved.any() else np.nan, "low": low, "high": high}
    return pd.Series(found, dtype=float, name="moves")


def _differ(shuffled: list[pd.Series]) -> np.ndarray:
    """Of each customer: how often two of the grades differ, of all pairs in which there are two; else 0."""
    table = pd.DataFrame(dict(enumerate(shuffled)))
    held = pd.get_dummies(table.stack()).groupby(level=0).sum().reindex(table.index, fill_value=0).to_numpy(dtype=float)
    n = held.sum(axis=1)
    pairs, alike = n * (n - 1), (held * (held - 1)).sum(axis=1)
    return 1 - np.divide(alike, pairs, out=np.ones(len(n)), where=pairs > 0)
