"""Moves between grades: how many, where they lead, and what came of those who fell."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.card import NOT_RATED
from crmlib.rating.limits import refuse_repeated

FOLLOWED = 3  # months of a quarter
LEFT = "left"


def share_moved(before: pd.Series, after: pd.Series) -> float:
    """What share of the customers who are rated on both days have another grade on the second.

    When something else is right: `credit.migration_counts`, which also shows those who left or are not rated.

    Parameters
    ----------
    before, after : Series
        The grade of each customer, indexed by customer_id; missing or "not rated" where there is none.

    Returns
    -------
    float
        Range 0 to 1; missing where nobody is rated on both days.

    Raises
    ------
    ValueError
        A customer stands twice.

    Examples
    --------
    Dee is not rated the second time, eve is new: neither counts.

    >>> before = pd.Series({"ann": "A", "bob": "A", "dee": "B"})
    >>> share_moved(before, pd.Series({"ann": "A", "bob": "B", "dee": "not rated", "eve": "A"}))
    0.5
    """
    first, second = rated_twice(before, after)
    return float((first != second).mean()) if len(first) else float("nan")


def square_matrix(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts of moves as shares that can be multiplied: as many rows as columns, and who has left stays away.

    When something else is right: customers who come back. Here nobody does, and those who are new are left out, so it
    follows the customers of the first day, not the firm.

    Parameters
    ----------
    counts : DataFrame
        A result of `credit.migration_counts`, or the sum of several.

    Returns
    -------
    DataFrame
        One row and one column per grade, then not rated and left; each row adds up to 1.

    Raises
    ------
    ValueError
        A row held nobody: where its customers go is unknown.

    Examples
    --------
    >>> counts = pd.DataFrame({"A": [6, 1, 0, 2], "B": [2, 3, 0, 1], "not rated": [0, 0, 2, 0], "left": [0, 1, 0, 0]},
    ...                       index=["A", "B", "not rated", "new"])
    >>> square_matrix(counts)
                  A     B  not rated  left
    A          0.75  0.25        0.0   0.0
    B          0.20  0.60        0.0   0.2
    not rated  0.00  0.00        1.0   0.0
    left       0.00  0.00        0.0   1.0
    """
    square = counts.reindex(counts.columns, fill_value=0)
    square.loc[LEFT, LEFT] = 1
    held = square.sum(axis=1)
    if (held == 0).any():
        raise ValueError(
            t(
                "every grade must have held somebody; {names} held nobody, and where they go is unknown. Add up the"
                " counts of more quarters.",
                names=held.index[held == 0].tolist(),
            )
        )
    return square.div(held, axis=0)


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


def rated_twice(before: pd.Series, after: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The grades, as text, of those who have one on both days, in the same order."""
    refuse_repeated(before, "before")
    refuse_repeated(after, "after")
    first, second = rated(before), rated(after)
    both = first.index.intersection(second.index)
    return first[both], second[both]


def rated(grades: pd.Series) -> pd.Series:
    """The grades, as text, of those who have one."""
    text = grades.astype(object)
    return text[text.notna() & (text != NOT_RATED)]


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
