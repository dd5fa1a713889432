"""How many grades move by chance alone, and what came of those that fell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.card import NOT_RATED
from crmlib.rating.known import days
from crmlib.rating.limits import refuse_repeated

ENDS = (2.5, 97.5)  # percentiles: a 95 % interval
FOLLOWED = 3  # months of a quarter


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
    for grades, name in ((before, "before"), (after, "after"), *((one, "shuffled") for one in shuffled)):
        refuse_repeated(grades, name)
    rated = [_rated(grades) for grades in (before, after)]
    both = rated[0].index.intersection(rated[1].index)
    if both.empty:
        raise ValueError(t("at least one customer must be rated before and after; none is."))
    moved = (rated[0][both] != rated[1][both]).to_numpy(dtype=float)
    chance = _differ([_rated(one).reindex(both) for one in shuffled])
    draws = np.random.default_rng(seed).multinomial(len(both), np.full(len(both), 1 / len(both)), size=n_resamples)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (draws @ chance) / (draws @ moved)
        ratio = chance.sum() / moved.sum()
    low, high = np.percentile(ratios, ENDS) if moved.any() else (np.nan, np.nan)
    found = {"n_rated": len(both), "moved": moved.mean(), "by_chance": chance.mean()}
    found |= {"ratio": ratio if moved.any() else np.nan, "low": low, "high": high}
    return pd.Series(found, dtype=float, name="moves")


def list_downgrades(grades: Mapping[object, pd.Series], invoices: pd.DataFrame) -> pd.DataFrame:
    """Everybody who fell to a lower grade, whether still low a quarter later, and what they bought and did not pay.

    A downgrade is a grade below the one of the rating before; to be not rated is none. Sales are followed for six
    months from the day of the lower grade, in two quarters.

    When something else is right: invoices whose due date lies near the end of the ledger count as not paid here though
    they may yet be. Leave out days less than half a year and a term before that end.

    Parameters
    ----------
    grades : mapping of day to Series
        By the day of the rating, in the order of time, a quarter apart: the grade of each customer, indexed by
        customer_id, ordered as `credit.assign_grades` gives it. Three days or more: the first only to fall from, the
        last only to see who is low again.
    invoices : DataFrame
        One row per invoice: customer_id, invoice_date, amount, paid_date.

    Returns
    -------
    DataFrame
        One row per downgrade, in the order of time: customer_id, day, before, after; is_low_again, below `before` at
        the next rating as well (who is not rated then is not); amount_first and amount_second, what was invoiced in
        the first and in the second three months; unpaid_amount_first and unpaid_amount_second, what of it was never
        paid.

    Raises
    ------
    ValueError
        There are fewer than three days, grades are not ordered, or a column is missing.

    Examples
    --------
    >>> kind = pd.CategoricalDtype(["not rated", "B", "A"], ordered=True)
    >>> grades = {day: pd.Series({"ann": grade}, dtype=kind) for day, grade in
    ...           {"2024-01-01": "A", "2024-04-01": "B", "2024-07-01": "B"}.items()}
    >>> invoices = pd.DataFrame({"customer_id": "ann", "invoice_date": pd.to_datetime(["2024-05-01", "2024-08-01"]),
    ...                          "amount": [100.0, 300.0], "paid_date": pd.to_datetime(["2024-06-01", None])})
    >>> list_downgrades(grades, invoices)[["before", "after", "is_low_again", "amount_first", "unpaid_amount_second"]]
      before after  is_low_again  amount_first  unpaid_amount_second
    0      A     B          True       100.0          300.0
    """
    require.columns(invoices, ["customer_id", "invoice_date", "amount", "paid_date"], "invoices")
    on = [require.day(day, "grades") for day in grades]
    if len(on) < 3 or on != sorted(set(on)):
        raise ValueError(
            t(
                "grades must be of three days or more, in the order of time; got {days}.",
                days=[f"{d:%Y-%m-%d}" for d in on],
            )
        )
    falls = [
        _falls(*three).assign(day=day)
        for *three, day in zip(*(list(grades.values())[k:] for k in range(3)), on[1:], strict=False)
    ]
    fell = pd.concat(falls).rename_axis("customer_id").reset_index()
    table = invoices.assign(unpaid=invoices["amount"].where(invoices["paid_date"].isna(), 0.0))
    sold = fell[["customer_id", "day"]].reset_index().merge(table, on="customer_id")
    for name, start in (("first", 0), ("second", FOLLOWED)):
        begin, end = (sold["day"] + pd.DateOffset(months=start + more) for more in (0, FOLLOWED))
        is_in = (sold["invoice_date"] >= begin) & (sold["invoice_date"] < end)
        sums = sold[is_in].groupby("index")[["amount", "unpaid"]].sum().reindex(fell.index, fill_value=0.0)
        fell[[f"amount_{name}", f"unpaid_amount_{name}"]] = sums.round(2)
    first = ["customer_id", "day", "before", "after", "is_low_again"]
    return fell[[*first, "amount_first", "amount_second", "unpaid_amount_first", "unpaid_amount_second"]]


def _rated(grades: pd.Series) -> pd.Series:
    text = grades.astype(object)
    return text[text.notna() & (text != NOT_RATED)]


def _differ(shuffled: list[pd.Series]) -> np.ndarray:
    """Of each customer: how often two of the grades differ, of all pairs in which there are two; else 0."""
    table = pd.DataFrame(dict(enumerate(shuffled)))
    held = pd.get_dummies(table.stack()).groupby(level=0).sum().reindex(table.index, fill_value=0).to_numpy(dtype=float)
    n = held.sum(axis=1)
    pairs, alike = n * (n - 1), (held * (held - 1)).sum(axis=1)
    return 1 - np.divide(alike, pairs, out=np.ones(len(n)), where=pairs > 0)


def _falls(before: pd.Series, after: pd.Series, later: pd.Series) -> pd.DataFrame:
    """Who is rated on both days, and lower on the second; and whether below the first on the third as well."""
    for grades in (before, after, later):
        refuse_repeated(grades, "grades")
        if not isinstance(grades.dtype, pd.CategoricalDtype) or not grades.cat.ordered:
            raise ValueError(
                t(
                    "grades must be ordered from worst to best; got {kind}. Use them as credit.assign_grades or"
                    " credit.rate_customers gives them.",
                    kind=str(grades.dtype),
                )
            )
    both = pd.DataFrame({"before": before}).join(after.rename("after"), how="inner").dropna()
    both = both[(both["before"] != NOT_RATED) & (both["after"] != NOT_RATED)]
    both = both[both["after"] < both["before"]]
    now = later.reindex(both.index)
    return both.assign(is_low_again=(now < both["before"]) & now.notna() & (now != NOT_RATED))
