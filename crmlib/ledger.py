"""A ledger at a glance: which days it tells of, what is owed, what is overdue, what was paid in time.

When something else is right: `credit.gather_facts` for what a scorecard asks of each customer.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from crmlib import require
from crmlib.language import number, plural, t
from crmlib.tables import INVOICES, check_columns

DAYS = ("paid_date", "written_off_date")  # what happened to an invoice after it was made


def list_days(invoices: pd.DataFrame) -> pd.DataFrame:
    """The days on which something is known to have happened, a line each, for `quality.last_day`.

    An invoice made, paid or given up. The day on which one falls due may still be to come; it counts only where the
    day of the invoice is not known.

    Parameters
    ----------
    invoices : DataFrame
        A table of the contract `tables.INVOICES`.

    Returns
    -------
    DataFrame
        One row per day of an invoice: customer_id, order_date and amount.

    Raises
    ------
    ValueError
        A required column is missing.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-05", "2024-02-04", "2024-03-01"])
    >>> one = {"invoice_id": "f1", "customer_id": "ann", "amount": 80.0}
    >>> one |= dict(zip(("invoice_date", "due_date", "paid_date"), days))
    >>> list_days(pd.DataFrame([one]))["order_date"].dt.date.astype(str).tolist()
    ['2024-01-05', '2024-03-01']
    """
    check_columns(invoices, INVOICES)
    made = invoices["due_date"]
    if "invoice_date" in invoices:
        made = invoices["invoice_date"].fillna(made)
    parts = [made, *(invoices[name] for name in DAYS if name in invoices)]
    lines = [invoices[["customer_id"]].assign(order_date=days, amount=invoices["amount"]) for days in parts]
    return pd.concat(lines, ignore_index=True).dropna(subset="order_date").reset_index(drop=True)


def measure_ledger(invoices: pd.DataFrame, *, as_of: str | pd.Timestamp) -> pd.Series:
    """What is owed and overdue on a day, and how much of what had fallen due was paid in time.

    An invoice made on the day counts, one paid on the day is paid, and one due on the day is not overdue yet. What was
    given up is owed no more, and was not paid in time.

    Parameters
    ----------
    invoices : DataFrame
        A table of the contract `tables.INVOICES`.
    as_of : date
        The day to look from, at its end: what is due on it and was not paid by then is overdue, as it is for
        `receivables` on the morning after. Ageing lists of other programs often count it from the next day on.

    Returns
    -------
    Series
        n_customers, n_invoices; owed and overdue, in currency; n_open, n_overdue; and paid_in_time, the share of the
        money due up to the day that was paid no later than it was due (NaN where no payment is known).

    Raises
    ------
    ValueError
        A required column is missing.

    Examples
    --------
    >>> days = {"invoice_date": ["2024-01-01"] * 3, "due_date": ["2024-01-31", "2024-01-31", "2024-03-31"]}
    >>> ledger = pd.DataFrame({"invoice_id": list("abc"), "customer_id": "ann", "amount": [10.0, 20.0, 30.0], **days})
    >>> ledger = ledger.assign(paid_date=["2024-01-15", None, None])
    >>> ledger[["due_date", "paid_date"]] = ledger[["due_date", "paid_date"]].apply(pd.to_datetime)
    >>> found = measure_ledger(ledger, as_of="2024-02-10")
    >>> print(found["owed"], found["overdue"], round(found["paid_in_time"], 3))
    50.0 20.0 0.333
    """
    check_columns(invoices, INVOICES)
    day = require.day(as_of, "as_of")
    made = pd.to_datetime(invoices.get("invoice_date", invoices["due_date"])).fillna(invoices["due_date"])
    if "invoice_date" not in invoices and "paid_date" not in invoices:  # what is on a list of open items was invoiced
        made = made.clip(upper=day)
    known = invoices[made <= day]
    due = known["due_date"]
    paid = known["paid_date"] if "paid_date" in known else pd.Series(pd.NaT, index=known.index)
    lost = known["written_off_date"] if "written_off_date" in known else pd.Series(pd.NaT, index=known.index)
    is_open = ~(paid <= day) & ~(lost <= day)
    has_fallen = due <= day
    is_overdue = is_open & has_fallen
    amount, in_time = known["amount"], (paid <= due)
    fallen = amount[has_fallen].sum()
    has_payments = "paid_date" in invoices and fallen > 0
    return pd.Series(
        {
            "n_customers": known["customer_id"].nunique(),
            "n_invoices": len(known),
            "n_open": int(is_open.sum()),
            "owed": amount[is_open].sum(),
            "n_overdue": int(is_overdue.sum()),
            "overdue": amount[is_overdue].sum(),
            "paid_in_time": amount[has_fallen & in_time].sum() / fallen if has_payments else float("nan"),
        },
        dtype=object,
    )


def describe_ledger(invoices: pd.DataFrame) -> str:
    """What a ledger holds, in a sentence.

    Parameters
    ----------
    invoices : DataFrame
        A table of the contract `tables.INVOICES`.

    Returns
    -------
    str
        How many invoices of how many customers, from when to when, and how much of it is open; in the reader's
        language.

    Examples
    --------
    >>> ledger = pd.DataFrame({"invoice_id": ["a"], "customer_id": ["ann"], "amount": [10.0]})
    >>> describe_ledger(ledger.assign(due_date=pd.to_datetime(["2024-01-31"])))
    '1 invoice of 1 customer, due 2024-01-31 to 2024-01-31, 10.00 in all. It does not say what was paid: all are taken\
 as open.'
    """
    check_columns(invoices, INVOICES)
    return t(
        "{invoices} of {customers}, due {first} to {last}, {total} in all. {open}",
        invoices=plural(len(invoices), "1 invoice", "{n} invoices"),
        customers=plural(invoices["customer_id"].nunique(), "1 customer", "{n} customers"),
        first=invoices["due_date"].min().date(),
        last=invoices["due_date"].max().date(),
        total=number(invoices["amount"].sum(), 2),
        open=_describe_open(invoices),
    )


def _describe_open(invoices: pd.DataFrame) -> str:
    if "paid_date" not in invoices:
        return t("It does not say what was paid: all are taken as open.")
    is_open = invoices["paid_date"].isna()
    if "written_off_date" in invoices:
        is_open &= invoices["written_off_date"].isna()
    return t(
        "Open: {n}, {amount}.",
        n=plural(int(is_open.sum()), "1 invoice", "{n} invoices"),
        amount=number(invoices.loc[is_open, "amount"].sum(), 2),
    )


def find_doubts(invoices: pd.DataFrame, *, today: date) -> list[str]:
    """What a careful person would ask about a ledger on a day, a sentence each; [] where all is well.

    Parameters
    ----------
    invoices : DataFrame
        A table of the contract `tables.INVOICES`.
    today : date
        The day of the check: nothing after it can have happened.

    Returns
    -------
    list of str
        A sentence per doubt, in the reader's language.

    Examples
    --------
    >>> one = pd.DataFrame({"invoice_id": ["a"], "customer_id": ["ann"], "amount": [10.0]})
    >>> one = one.assign(due_date=pd.Timestamp("2025-01-31"), paid_date=pd.Timestamp("2052-01-30"))
    >>> find_doubts(one, today=date(2025, 3, 1))
    ['paid_date is after today, 2025-03-01, in 1 row (the last: 2052-01-30): a slip, or paid in advance?']
    """
    check_columns(invoices, INVOICES)
    doubts = []
    for name in ("invoice_date", *DAYS):
        is_late = invoices[name] > pd.Timestamp(today) if name in invoices else pd.Series(dtype=bool)
        if is_late.any():
            text = t(
                "{column} is after today, {today}, in {rows} (the last: {last}): a slip, or paid in advance?",
                column=name,
                today=today,
                rows=plural(int(is_late.sum()), "1 row", "{n} rows"),
                last=invoices.loc[is_late, name].max().date(),
            )
            doubts.append(text)
    return doubts
