"""Rows of a ledger -> one row per invoice: lines added, credits and payments taken off, the day it was paid in full.

Nothing is dropped without a word: each row that is no invoice of its own is in `aside`, with its reason, and what was
understood is counted, so that it can be said. An invoice is paid on the day on which its payments first reach what it
comes to; one that is paid in part is open, with what is left of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.intake.ledger_kinds import find_kinds, find_states, find_unknown_states
from crmlib.intake.ledger_table import PAYMENTS
from crmlib.intake.ledger_terms import due_days
from crmlib.intake.payments import CENT, Payment, Targets, add_receipts, gather_payments, take_credits_off
from crmlib.intake.settled import Settled, count, put_aside

SAME = ["value", "due_date", "invoice_date", "paid_date", "paid_amount", "open_amount", "state"]


def settle(
    rows: pd.DataFrame, *, receipts: str | None = None, repeated: str | None = None, terms: str | None = None
) -> Settled:
    """The invoices of a ledger.

    Parameters
    ----------
    rows : DataFrame
        One row per line of the ledger, with the columns of `ledger_table.LEDGER` that it has.
    receipts : {"oldest first", "set aside"}, optional
        What receipts that name no invoice pay.
    repeated : {"once", "all"}, optional
        Whether rows that repeat another exactly count.
    terms : str, optional
        The terms of payment of invoices that do not say theirs, such as "net 30".

    Examples
    --------
    >>> days = {"invoice_date": "2024-01-01", "due_date": "2024-01-31"}
    >>> rows = pd.DataFrame([{"customer_id": "ann", "invoice_id": "f1", "amount": 100.0, **days}] * 2)
    >>> rows["paid_date"], rows["paid_amount"] = ["2024-01-20", "2024-02-05"], [60.0, 40.0]
    >>> rows[[*days, "paid_date"]] = rows[[*days, "paid_date"]].apply(pd.to_datetime)
    >>> settle(rows).invoices[["amount", "paid_date"]].astype(str).to_numpy().tolist()
    [['100.0', '2024-02-05']]
    """
    rows = _complete(rows.reset_index(drop=True))
    kind, value, unknown = find_kinds(rows)
    rows["kind_found"], rows["value"], rows["state"] = kind, value, find_states(rows)
    found = Settled(rows, unknown=unknown)
    for name in ("opening", "total", "void", "nothing", "reversal"):
        put_aside(found, rows, rows.index[kind == name], name)
    invoices = _number(rows[kind == "invoice"].copy(), found)
    invoices = _drop_repeats(invoices, found, repeated)
    payments = gather_payments(invoices, found)
    invoices = _add_lines(invoices, payments, found)
    targets = Targets(_date(invoices, found, terms))
    invoices = take_credits_off(targets, rows[kind == "credit"], found)
    payments += add_receipts(targets, rows[kind == "receipt"], payments, found, receipts)
    found.invoices = _pay(invoices, payments, found)
    silent = find_unknown_states(found.invoices)
    found.states = sorted(set(silent))
    count(found, "state", found.invoices, silent.index)
    return found


def _complete(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with all columns that are asked for below, and an amount wherever another column gives it."""
    for name in ("due_date", "invoice_date", "paid_date", "written_off_date"):
        if name not in rows:
            rows[name] = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    for name in ("amount", "open_amount", "paid_amount"):
        rows[name] = rows[name].astype(float) if name in rows else np.nan
    if {"debit", "credit"} <= set(rows):
        rows["amount"] = rows["amount"].fillna(rows["debit"].fillna(0) - rows["credit"].fillna(0))
    rows["amount"] = rows["amount"].fillna(rows["open_amount"] + rows["paid_amount"].fillna(0))
    for name in ("invoice_id", "reference", "clearing_id", "terms"):
        rows[name] = rows[name].astype(object).where(rows[name].notna(), None) if name in rows else None
    return rows


def _number(invoices: pd.DataFrame, found: Settled) -> pd.DataFrame:
    """A number for those that have none, and the key by which rows of one invoice are known: customer and number."""
    has_none = invoices["invoice_id"].isna()
    count(found, "numbered", invoices, invoices.index[has_none])
    invoices.loc[has_none, "invoice_id"] = [f"row-{place + 1}" for place in invoices.index[has_none]]
    invoices["key"] = list(zip(invoices["customer_id"], invoices["invoice_id"], strict=True))
    owners = invoices.groupby("invoice_id")["customer_id"].transform("nunique")
    count(found, "shared", invoices, invoices.index[owners > 1])
    return invoices


def _drop_repeats(invoices: pd.DataFrame, found: Settled, repeated: str | None) -> pd.DataFrame:
    further = [name for n in PAYMENTS for name in (f"paid_date_{n}", f"paid_amount_{n}") if name in invoices]
    is_repeat = invoices.duplicated(["key", *SAME, *further]) if repeated != "all" else invoices["value"] < 0
    put_aside(found, invoices, invoices.index[is_repeat], "repeat")
    return invoices[~is_repeat].copy()


def _add_lines(invoices: pd.DataFrame, payments: list[Payment], found: Settled) -> pd.DataFrame:
    """Rows of one invoice put together, and the payments of each given to the one that stays.

    Rows of the same amount and day are payments of one invoice; of different amounts, its lines; of different days on
    which they are due, instalments, each of which stays.
    """
    drop: dict[int, int] = {}
    by_place: dict[int, list[Payment]] = {}
    for payment in payments:
        by_place.setdefault(payment.place, []).append(payment)
    for key, group in invoices[invoices["key"].duplicated(keep=False)].groupby("key", sort=False):
        first = group.index[0]
        if group["due_date"].nunique() > 1:
            for n, place in enumerate(group.index[1:], start=2):
                invoices.at[place, "invoice_id"] = f"{key[1]}/{n}"
            count(found, "instalment", group, group.index)
            continue
        own = [payment for place in group.index for payment in by_place.get(place, [])]
        has_parts = any(payment.amount < group["value"].max() - CENT for payment in own)
        is_payments = group["value"].nunique() == 1 and (group["paid_date"].nunique() > 1 or has_parts)
        if not is_payments:
            invoices.at[first, "value"] = group["value"].sum()
        elif not has_parts:  # which part was paid on which day is not known: the last is careful
            count(found, "days of payment", group, group.index[:1])
            for payment in own:
                payment.amount /= len(own)
        drop |= dict.fromkeys(group.index[1:].tolist(), first)
        put_aside(found, group, group.index[1:], "payment" if is_payments else "line")
    for payment in payments:
        payment.place = drop.get(payment.place, payment.place)
    return invoices.drop(index=list(drop))


def _pay(invoices: pd.DataFrame, payments: list[Payment], found: Settled) -> pd.DataFrame:
    """The invoices with the day on which each was paid in full; those paid in part with what is left of them."""
    paid = pd.DataFrame([(one.place, one.day, one.amount) for one in payments], columns=["place", "day", "amount"])
    paid = paid.astype({"amount": float, "day": "datetime64[us]"})
    paid = paid[paid["place"].isin(invoices.index)].sort_values(["place", "day"], kind="stable")
    paid["value"] = invoices["value"].reindex(paid["place"]).to_numpy()
    dated = paid[paid["day"].notna()]
    is_reached = dated.groupby("place")["amount"].cumsum() >= dated["value"] - CENT
    day = dated[is_reached].groupby("place")["day"].first().reindex(invoices.index)
    total = paid.groupby("place")["amount"].sum().reindex(invoices.index).fillna(0.0)
    last = dated.groupby("place")["day"].max().reindex(invoices.index)
    left = invoices["value"] - total
    says_paid = (invoices["state"] == "paid") & (total <= CENT)
    is_undated = day.isna() & ((left <= CENT) | says_paid)
    is_lost = (invoices["state"] == "lost") & invoices["written_off_date"].isna() & day.isna()
    for why, is_so in (("lost", is_lost), ("paid", is_undated & ~is_lost)):
        put_aside(found, invoices, invoices.index[is_so], why)
    is_part = day.isna() & (total > CENT) & ~is_undated & ~is_lost
    count(found, "part", invoices, invoices.index[is_part])
    found.money["paid of part"] += float(total[is_part].sum())
    count(found, "overpaid", invoices.assign(value=-left), invoices.index[left < -CENT])
    count(found, "said open", invoices, invoices.index[(invoices["paid_date"].notna()) & day.isna() & (total <= CENT)])
    count(found, "said paid", invoices, invoices.index[is_part & (invoices["state"] == "paid")])
    result = invoices.assign(
        amount=invoices["value"].where(~is_part, left).round(6), paid_date=day.astype("datetime64[us]"), last_day=last
    )
    return result[~(is_undated | is_lost)]


def _date(invoices: pd.DataFrame, found: Settled, terms: str | None) -> pd.DataFrame:
    """The invoices with the day on which each is due, by its terms where no column says it."""
    said = invoices["terms"].where(invoices["terms"].notna(), terms)
    has_none = invoices["due_date"].isna()
    due = due_days(invoices["invoice_date"][has_none], said[has_none])
    count(found, "terms", invoices, due.index[due.notna()])
    invoices["due_date"] = invoices["due_date"].fillna(due)
    is_left = invoices["due_date"].isna()
    put_aside(found, invoices, invoices.index[is_left], "due")
    return invoices[~is_left].copy()
