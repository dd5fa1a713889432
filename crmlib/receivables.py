"""What customers owe: how much, how long it has been due, how they paid so far, what of late money never came.

All of it as a rating sees it: dated a day, it knows nothing that happened on that day or later.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import plural, t

BOUNDS = (30, 60, 90)
NEEDED = ("customer_id", "due_date", "amount")


def owed_by_customer(invoices: pd.DataFrame, *, as_of: object) -> pd.DataFrame:
    """What each customer owes, and how much of it is overdue since when.

    When something else is right: payments in part. Here an invoice is paid as a whole or not at all, as everywhere
    in chapter 3; a ledger with parts must give what is left of each invoice as its amount.

    Parameters
    ----------
    invoices : DataFrame
        One row per invoice: customer_id, due_date and amount, above 0; if there, invoice_date, without which an
        invoice is known when it is due, paid_date, without which all are open, and written_off_date.
    as_of : date, str or Timestamp
        The day to look from. What happened on it or later is not seen: an invoice paid on that day is open, one due
        the day before has been overdue for a day.

    Returns
    -------
    DataFrame
        One row per customer who owes anything, sorted by the index `customer_id`: n_open and owed; n_overdue and
        overdue_amount; overdue_since, the oldest due date that has passed, missing where none has, and overdue_days,
        how long ago that is, 0 where none has.

    Raises
    ------
    ValueError
        A column is missing, a due date is none, or an amount is not above 0.

    Examples
    --------
    >>> invoices = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "amount": [30.0, 50.0, 20.0]})
    >>> invoices["due_date"] = pd.to_datetime(["2024-11-30", "2025-02-28", "2024-10-01"])
    >>> invoices["paid_date"] = pd.to_datetime([None, None, "2024-09-30"])
    >>> invoices["invoice_date"] = invoices["due_date"] - pd.Timedelta(days=60)
    >>> owed_by_customer(invoices, as_of="2025-01-01")[["owed", "overdue_amount", "overdue_days"]]
                 owed  overdue_amount  overdue_days
    customer_id
    ann          80.0            30.0            32
    """
    day = require.day(as_of, "as_of")
    known = open_invoices(invoices, as_of=day)
    is_late = known["days_overdue"] > 0
    parts = known.assign(
        is_late=is_late, late=known["amount"].where(is_late, 0.0), since=known["due_date"].where(is_late)
    )
    owed = parts.groupby("customer_id").agg(
        n_open=("amount", "size"),
        owed=("amount", "sum"),
        n_overdue=("is_late", "sum"),
        overdue_amount=("late", "sum"),
        overdue_since=("since", "min"),
    )
    owed["overdue_days"] = (day - owed["overdue_since"]).dt.days.fillna(0).astype(int)
    return owed.astype({"n_overdue": int})


def open_invoices(invoices: pd.DataFrame, *, as_of: object) -> pd.DataFrame:
    """The invoices that are owed on a day, each with how long it has been overdue.

    Parameters
    ----------
    invoices : DataFrame
        As in `owed_by_customer`.
    as_of : date, str or Timestamp
        As in `owed_by_customer`.

    Returns
    -------
    DataFrame
        One row per invoice that was made before the day and by then neither paid nor given up: its columns, and
        days_overdue, 1 on the day after the due date, 0 or less where that is still to come.

    Raises
    ------
    ValueError
        As `owed_by_customer`.

    Examples
    --------
    >>> due = pd.to_datetime(["2024-12-31", "2025-01-31"])
    >>> made = pd.to_datetime(["2024-11-01", "2024-12-01"])
    >>> invoices = pd.DataFrame({"customer_id": ["ann", "bob"], "invoice_date": made, "due_date": due, "amount": 9.0})
    >>> open_invoices(invoices, as_of="2025-01-01")["days_overdue"].tolist()
    [1, -30]
    """
    day = require.day(as_of, "as_of")
    known = _known(invoices, day)
    is_open = known["paid"].isna() & known["lost"].isna()
    found = invoices.loc[is_open[is_open].index]
    return found.assign(days_overdue=(day - known.loc[found.index, "due"]).dt.days)


def age_receivables(invoices: pd.DataFrame, *, as_of: object, bounds: Sequence[int] = BOUNDS) -> pd.DataFrame:
    """The ageing of receivables: how much of what is owed is not due yet, and how much since how long.

    When something else is right: the share of each age that is paid later, where one wants to know what will be lost;
    an old invoice is not lost yet, and a young one may never be paid.

    Parameters
    ----------
    invoices : DataFrame
        As in `owed_by_customer`.
    as_of : date, str or Timestamp
        As in `owed_by_customer`.
    bounds : sequence of int
        The last day of each age but the oldest, rising.

    Returns
    -------
    DataFrame
        One row per age, in words of the reader's language, from not due to the oldest, also where there is none:
        n_invoices, n_customers, amount and amount_share, its share of all that is owed (missing where nothing is).
        A customer with invoices of several ages counts in each.

    Raises
    ------
    ValueError
        As `owed_by_customer`, or bounds are not rising days above 0.

    Examples
    --------
    >>> due = pd.to_datetime(["2025-01-31", "2024-12-02", "2024-12-01", "2024-08-01"])
    >>> invoices = pd.DataFrame({"customer_id": ["ann", "ann", "bob", "bob"], "due_date": due, "amount": 25.0})
    >>> invoices["invoice_date"] = pd.Timestamp("2024-07-01")
    >>> age_receivables(invoices, as_of="2025-01-01")["n_invoices"].to_dict()
    {'not due': 1, '1 to 30 days overdue': 1, '31 to 60 days overdue': 1, '61 to 90 days overdue': 0, \
'more than 90 days overdue': 1}
    """
    limits = [0, *bounds]
    for limit in bounds:
        require.whole(limit, t("each of bounds"))
    if len(bounds) < 1 or any(high <= low for low, high in zip(limits, limits[1:], strict=False)):
        raise ValueError(
            t("bounds must be rising days above 0; got {bounds}. For example bounds=(30, 60, 90).", bounds=list(bounds))
        )
    known = open_invoices(invoices, as_of=as_of)
    names = [t("not due")]
    names += [
        t("{low} to {high} days overdue", low=low + 1, high=high) for low, high in zip(limits, limits[1:], strict=False)
    ]
    names.append(t("more than {days} days overdue", days=limits[-1]))
    place = np.searchsorted(limits, known["days_overdue"].to_numpy(), side="left")
    age = pd.Categorical.from_codes(place, names, ordered=True)
    parts = known.groupby(age, observed=False)
    table = parts.agg(n_invoices=("amount", "size"), n_customers=("customer_id", "nunique"), amount=("amount", "sum"))
    total = table["amount"].sum()
    table["amount_share"] = table["amount"] / (total if total > 0 else np.nan)
    return table.set_axis(pd.Index(names, name="ageing"), axis=0)


def payment_record(invoices: pd.DataFrame, *, as_of: object, since: object) -> pd.DataFrame:
    """How each customer paid what fell due in a period: how much of it in time, and how late the rest.

    When something else is right: `credit.gather_facts`, for the facts that a scorecard asks for, of one quarter.

    Parameters
    ----------
    invoices : DataFrame
        As in `owed_by_customer`, with paid_date.
    as_of : date, str or Timestamp
        As in `owed_by_customer`: what fell due before it.
    since : date, str or Timestamp
        The first day of the period.

    Returns
    -------
    DataFrame
        One row per customer with whom anything fell due, sorted by the index `customer_id`: n_due and amount_due;
        on_time_share, the share of that money that was paid no later than it was due; and average_late_days, of the
        invoices that were paid, those paid in time counting 0, missing where none was.

    Raises
    ------
    ValueError
        As `owed_by_customer`; paid_date is missing; or since is not before as_of.

    Examples
    --------
    >>> due = pd.to_datetime(["2024-11-30", "2024-12-30"])
    >>> invoices = pd.DataFrame({"customer_id": "ann", "due_date": due, "amount": [30.0, 10.0]})
    >>> invoices["paid_date"] = pd.to_datetime(["2024-11-30", None])
    >>> payment_record(invoices, as_of="2025-01-01", since="2024-01-01")
                 n_due  amount_due  on_time_share  average_late_days
    customer_id
    ann              2        40.0           0.75                0.0
    """
    require.columns(invoices, ["paid_date"], "invoices")
    day, first = _period(as_of, since)
    known = _known(invoices, day)
    known = known[(known["due"] >= first) & (known["due"] < day)]
    days_late = (known["paid"] - known["due"]).dt.days
    parts = known.assign(in_time=known["amount"].where(days_late <= 0, 0.0), days_late=days_late.clip(lower=0))
    record = parts.groupby("customer_id").agg(
        n_due=("amount", "size"),
        amount_due=("amount", "sum"),
        on_time_share=("in_time", "sum"),
        average_late_days=("days_late", "mean"),
    )
    record["on_time_share"] /= record["amount_due"]
    return record


def unpaid_share(invoices: pd.DataFrame, *, since: object, as_of: object, days_late: int = 90) -> float:
    """Of the money that came to be overdue for so many days in a period, or was given up, what share is still not paid.

    It stands for the share that is lost of what a customer owes who ceases to pay. The youngest of it may still come
    in, so it is rather too high.

    When something else is right: what came back in court or by a sale of pledges, where that is known.

    Parameters
    ----------
    invoices : DataFrame
        As in `owed_by_customer`, with paid_date.
    since, as_of : date, str or Timestamp
        From the first day, included, up to as_of, which is not.
    days_late : int
        After how many days overdue money counts.

    Returns
    -------
    float
        Range 0 to 1; best 0; NaN where no money came to be so late.

    Raises
    ------
    ValueError
        As `payment_record`, or days_late is no whole number.

    Examples
    --------
    Bob's came in after a hundred days, Cy's did not.

    >>> invoices = pd.DataFrame({"customer_id": ["bob", "cy"], "amount": [30.0, 10.0], "due_date": "2024-02-01"})
    >>> invoices["paid_date"] = pd.to_datetime(["2024-05-11", None])
    >>> unpaid_share(invoices, since="2024-03-01", as_of="2025-01-01")
    0.25
    """
    require.columns(invoices, ["paid_date"], "invoices")
    require.whole(days_late, "days_late")
    day, first = _period(as_of, since)
    known = _known(invoices, day)
    mark = known["due"] + pd.Timedelta(days=days_late)
    late_on = mark.where((mark < day) & ~(known["paid"] <= mark) & ~(known["lost"] < mark)).fillna(known["lost"])
    late = known[(late_on >= first) & (late_on < day)]
    total = late["amount"].sum()
    return float(late.loc[late["paid"].isna(), "amount"].sum() / total) if total > 0 else float("nan")


def _period(as_of: object, since: object) -> tuple[pd.Timestamp, pd.Timestamp]:
    day, first = require.day(as_of, "as_of"), require.day(since, "since")
    if first >= day:
        raise ValueError(
            t(
                "since must lie before as_of; got {since} and {as_of}. For example since = as_of - a year.",
                since=first.date(),
                as_of=day.date(),
            )
        )
    return day, first


def _known(invoices: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Invoices made before the day: customer_id, amount, due; paid and lost where that was before the day."""
    require.columns(invoices, NEEDED, "invoices")
    require.numbers(invoices, ["amount"], "invoices")
    n_bad = int((invoices["amount"] <= 0).sum())
    if n_bad or invoices["due_date"].isna().any():
        raise ValueError(
            t(
                "every one of invoices must have a due_date and an amount above 0; {found}. Take credit notes off the"
                " invoice they belong to, or leave such rows out and say so.",
                found=plural(
                    n_bad or int(invoices["due_date"].isna().sum()),
                    "1 of {all:,} has not",
                    "{n} of {all:,} have not",
                    all=len(invoices),
                ),
            )
        )
    due = pd.to_datetime(invoices["due_date"])
    made = pd.to_datetime(invoices["invoice_date"]).fillna(due) if "invoice_date" in invoices else due
    known = pd.DataFrame(
        {"customer_id": invoices["customer_id"], "amount": invoices["amount"].astype(float), "due": due}
    )
    for name, column in (("paid", "paid_date"), ("lost", "written_off_date")):
        ended = pd.to_datetime(invoices[column]) if column in invoices else pd.Series(pd.NaT, index=invoices.index)
        known[name] = ended.where(ended < day).astype("datetime64[ns]")
    return known[made < day]
