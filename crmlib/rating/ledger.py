"""What invoices say of a customer: repaid or not, on time or not, overdue, given up; sales of a month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.rating.known import Known, coded, days

INVOICES = ("customer_id", "due_date", "amount")  # what must be there; other columns may be absent
LEDGER = ("amount_due", "repaid_share", "on_time_share", "n_bad_debts", "overdue_amount", "overdue_days")
SALES = ("monthly_sales", "n_months_sold")
DIGITS = 12  # shares of sums of money: what is beyond is dust of float arithmetic


def has_payments(table: pd.DataFrame) -> bool:
    """Whether the table says what was paid; a list of open items has no column for it.

    The column decides, not what stands in it: later payments must not change what an earlier day knew. One that is
    empty throughout may be either, and taking it for a ledger would call every customer one who never paid.
    """
    if "paid_date" not in table:
        return False
    if len(table) and table["paid_date"].isna().all():
        raise ValueError(
            t(
                "paid_date of invoices must hold a date wherever one was paid; all {n:,} are empty. In a list of open"
                " items leave the column out, invoices.drop(columns='paid_date'): then nothing is said of repayment.",
                n=len(table),
            )
        )
    return True


def known_invoices(table: pd.DataFrame, day: pd.Timestamp) -> Known:
    """Invoices made before the day, with those payments and losses that were known by then."""
    require.columns(table, INVOICES, "invoices")
    due = days(table, "due_date", "invoices").to_numpy()
    made = due
    if "invoice_date" in table:
        given = days(table, "invoice_date", "invoices", may_miss=True).to_numpy()
        made = np.where(np.isnat(given), due, given)  # known at the latest when it is due
    is_known = made < np.datetime64(day)
    names, place = coded(table, "invoices", is_known)
    columns = {"made": made[is_known], "due": due[is_known]}
    for column, name in (("paid_date", "paid"), ("written_off_date", "lost")):
        if column in table:
            ended = days(table, column, "invoices", may_miss=True).to_numpy()[is_known]
            columns[name] = np.where(ended < np.datetime64(day), ended, np.datetime64("NaT"))  # the rest is to come
        else:
            columns[name] = np.full(len(place), np.datetime64("NaT", "s"))
    # The last that was heard of it: made, due, paid or given up.
    columns["counts"] = np.fmax.reduce([columns[name] for name in ("made", "due", "paid", "lost")])
    require.numbers(table, ["amount"], "invoices")
    amount = table["amount"].to_numpy(dtype=float)
    bad = amount <= 0
    if bad.any():
        raise ValueError(
            t(
                "every amount of invoices must be above 0; {n_bad:,} of {n:,} are not, the first {value:,.2f}. Take"
                " credit notes off the invoice they belong to, or leave them out and say so.",
                n_bad=int(bad.sum()),
                n=len(table),
                value=float(amount[bad.argmax()]),
            )
        )
    return Known(names, place, columns | {"amount": amount[is_known]})


def read_ledger(invoices: Known | None, everyone: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    """Of each customer: due last quarter and what was repaid; what is overdue; bad debts; average monthly sales."""
    if invoices is None:
        return pd.DataFrame(np.nan, index=everyone, columns=[*LEDGER, *SALES])
    who, rows, n = invoices.place, invoices.columns, len(everyone)
    amount, due, paid, lost = (rows[name] for name in ("amount", "due", "paid", "lost"))
    first, end = (np.datetime64(one) for one in last_quarter(day))
    is_paid, is_lost = ~np.isnat(paid), ~np.isnat(lost)

    def added(chosen: np.ndarray) -> np.ndarray:
        place = np.flatnonzero(chosen)
        return np.bincount(who[place], weights=amount[place], minlength=n)

    is_new = (due >= first) & (due < end)
    # Older debt that was still open when the quarter began is due in it as well, until it is paid or given up.
    is_old = (due < first) & ~(paid < first) & ~(lost < first)
    is_overdue = (due < np.datetime64(day)) & ~is_paid & ~is_lost
    late = np.zeros(n)
    np.maximum.at(late, who[is_overdue], (np.datetime64(day) - due[is_overdue]) / np.timedelta64(1, "D"))
    fell_due, all_due = added(is_new), added(is_new | is_old)
    facts = {
        "amount_due": all_due,
        "repaid_share": share(added((is_new | is_old) & is_paid), all_due),
        "on_time_share": share(added(is_new & is_paid & (paid <= due)), fell_due),
        "n_bad_debts": np.bincount(who[is_lost], minlength=n).astype(float),
        "overdue_amount": added(is_overdue),
        "overdue_days": late,
    }
    facts |= dict(zip(SALES, _monthly_sales(who, amount, rows["made"], n, day), strict=True))
    has_one = np.bincount(who, minlength=n) > 0  # no invoice, no evidence
    return pd.DataFrame({name: np.where(has_one, value, np.nan) for name, value in facts.items()}, index=everyone)


def _monthly_sales(
    who: np.ndarray, amount: np.ndarray, made: np.ndarray, n: int, day: pd.Timestamp
) -> tuple[np.ndarray, np.ndarray]:
    """Mean sales of the months in which anything was sold, of the twelve whole months before the day; and how many."""
    end = day.to_period("M").start_time
    place = np.flatnonzero((made >= np.datetime64(end - pd.DateOffset(months=12))) & (made < np.datetime64(end)))
    who, amount = who[place], amount[place]
    month = (made[place].astype("datetime64[M]") - np.datetime64(end, "M")).astype(int) + 12
    n_months = (np.bincount(who * 12 + month, minlength=n * 12).reshape(n, 12) > 0).sum(axis=1)
    return share(np.bincount(who, weights=amount, minlength=n), n_months, digits=6), n_months


def share(part: np.ndarray, whole: np.ndarray, digits: int = DIGITS) -> np.ndarray:
    """The part by the whole; NaN where the whole is not above 0."""
    return np.round(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0), digits)


def relation_days(
    customers: pd.DataFrame | None, invoices: Known | None, everyone: pd.Index, day: pd.Timestamp
) -> np.ndarray:
    """Days since the customer was registered, or since the first invoice, whichever is earlier."""
    began = np.full(len(everyone), np.datetime64("NaT", "s"))
    if customers is not None and "registered_date" in customers:  # a list of names says nothing of it
        require.columns(customers, ["customer_id", "registered_date"], "customers")
        registered = days(customers, "registered_date", "customers", may_miss=True).to_numpy()
        place = everyone.get_indexer(customers["customer_id"].astype("str"))
        is_there = (place >= 0) & ~np.isnat(registered)
        began = _earliest(began, place[is_there], registered[is_there])
    if invoices is not None:
        began = _earliest(began, invoices.place, invoices.columns["made"])
    began[~(began < np.datetime64(day))] = np.datetime64("NaT")
    return (np.datetime64(day, "s") - began) / np.timedelta64(1, "D") // 1


def _earliest(began: np.ndarray, place: np.ndarray, days: np.ndarray) -> np.ndarray:
    late = np.datetime64("9999-12-31", "s")
    first = np.where(np.isnat(began), late, began).astype(np.int64)
    np.minimum.at(first, place, days.astype("datetime64[s]").astype(np.int64))
    first = first.astype("datetime64[s]")
    first[first == late] = np.datetime64("NaT")
    return first


def last_quarter(day: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First day of the last whole quarter before a day, and of the quarter after it."""
    end = day.to_period("Q").start_time
    return end - pd.DateOffset(months=3), end
