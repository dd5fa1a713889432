"""Payments, receipts and credit notes of a ledger, each on the invoice it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from crmlib.intake.ledger_table import PAYMENTS
from crmlib.intake.settled import Settled, count, put_aside

CENT = 0.005


@dataclass
class Payment:
    """Money that came in for the invoice at a place; its day may not be known."""

    place: int
    day: pd.Timestamp
    amount: float


def gather_payments(invoices: pd.DataFrame, found: Settled) -> list[Payment]:
    """What the rows of invoices say was paid of them: in full on the day of payment, unless they say how much.

    What is open tells what was paid, too.
    """
    of_rest = invoices["value"] - invoices["open_amount"]
    amount = invoices["paid_amount"].fillna(of_rest.where(of_rest > CENT))
    is_open = invoices["state"].isin(["open", "part"]) | (invoices["open_amount"] > CENT)
    is_whole = invoices["paid_date"].notna() & amount.isna() & ~is_open
    amount = amount.mask(is_whole, invoices["value"])
    differs = (invoices["paid_amount"] + invoices["open_amount"] - invoices["value"]).abs() > CENT
    differs |= invoices["open_amount"] > invoices["value"] + CENT
    count(found, "sums differ", invoices, invoices.index[differs])
    parts = [(invoices["paid_date"], amount)]
    for n in PAYMENTS:
        if f"paid_amount_{n}" in invoices and f"paid_date_{n}" in invoices:
            parts.append((invoices[f"paid_date_{n}"], invoices[f"paid_amount_{n}"]))
    paid = [(days[amounts > CENT], amounts[amounts > CENT]) for days, amounts in parts]
    return [Payment(*one) for days, amounts in paid for one in zip(days.index, days, amounts, strict=True)]


class Targets:
    """The invoices by what receipts and credit notes name: their customer and number, or the number of a clearing."""

    def __init__(self, invoices: pd.DataFrame):
        self.invoices = invoices.sort_values(["due_date", "invoice_date"], kind="stable")
        self.by_key: dict[tuple, list[int]] = {}
        self.by_clearing: dict[tuple, list[int]] = {}
        self.by_customer: dict[str, list[int]] = {}
        columns = (self.invoices[name] for name in ("customer_id", "key", "clearing_id"))
        for place, customer, key, clearing in zip(self.invoices.index, *columns, strict=True):
            self.by_key.setdefault(key, []).append(place)
            self.by_customer.setdefault(customer, []).append(place)
            if clearing is not None:
                self.by_clearing.setdefault((customer, clearing), []).append(place)

    def named_by(self, row: tuple) -> list[int]:
        """The invoices that a row names, those due first to come first; [] where it names none."""
        for number in (row.reference, row.invoice_id):
            if number is not None and (found := self.by_key.get((row.customer_id, number))):
                return found
        return self.by_clearing.get((row.customer_id, row.clearing_id), [])


def take_credits_off(targets: Targets, credits_: pd.DataFrame, found: Settled) -> pd.DataFrame:
    """The invoices less the credit notes that name them; one that comes to nothing is none any more."""
    invoices = targets.invoices
    value, alone, used = invoices["value"].to_dict(), [], []
    for row in credits_.itertuples():
        named, left = targets.named_by(row), row.value
        (used if named else alone).append(row.Index)
        for of_invoice in named:
            taken = min(left, value[of_invoice])
            value[of_invoice] -= taken
            left -= taken
        if named and left > CENT:
            found.counts["credit over"] += 1
            found.money["credit over"] += left
    put_aside(found, credits_, pd.Index(alone), "credit alone")
    put_aside(found, credits_, pd.Index(used), "credit")
    is_gone = pd.Series(value).reindex(invoices.index) <= CENT
    put_aside(found, invoices, invoices.index[is_gone], "credited")
    targets.invoices = invoices.assign(value=pd.Series(value))[~is_gone]
    return targets.invoices


def add_receipts(
    targets: Targets, receipts: pd.DataFrame, known: Iterable[Payment], found: Settled, said: str | None
) -> list[Payment]:
    """What rows of receipts paid: the invoices they name, or, where somebody has said so, the oldest.

    Where invoices say themselves when they were paid, a receipt that was matched is not counted again.
    """
    rest = targets.invoices["value"].to_dict()
    undated: dict[int, list[Payment]] = {}
    for payment in known:
        if payment.place in rest:
            rest[payment.place] -= payment.amount
            if pd.isna(payment.day):
                undated.setdefault(payment.place, []).append(payment)
    has_days = any(pd.notna(payment.day) for payment in known)
    added: list[Payment] = []
    places: dict[str, list[int]] = {"matched": [], "receipt alone": [], "payment": []}
    for row in receipts.sort_values("invoice_date", kind="stable").itertuples():
        named = [one for one in targets.named_by(row) if one in rest]
        is_dated = all(rest[one] <= CENT and one not in undated for one in named)
        if pd.notna(row.paid_date) or (has_days and named and is_dated):
            places["matched"].append(row.Index)
            continue
        if not named and said != "oldest first":
            places["receipt alone"].append(row.Index)
            found.open_receipts |= said is None and not has_days
            continue
        places["payment"].append(row.Index)
        left = _spread(row, named or targets.by_customer.get(row.customer_id, []), rest, undated, added)
        if left > CENT:
            found.counts["overpaid"] += 1
            found.money["overpaid"] += left
    for why, indexes in places.items():
        put_aside(found, receipts, pd.Index(indexes), why)
    return added


def _spread(
    row: tuple, places: list[int], rest: dict[int, float], undated: dict[int, list[Payment]], added: list[Payment]
) -> float:
    """Pay invoices, one after the other, with one receipt; what is left of it.

    Where what is open has told already that an invoice was paid, and not when, the receipt is that payment.
    """
    left = float(row.value)
    told = [(place, payment) for place in places for payment in undated.get(place, [])]
    for place, payment in told:
        amount = min(left, payment.amount)
        if amount > 0:
            added.append(Payment(place, row.invoice_date, amount))
            payment.amount -= amount
            left -= amount
    for place in places:
        amount = min(left, rest.get(place, 0.0))
        if amount > 0:
            added.append(Payment(place, row.invoice_date, amount))
            rest[place] -= amount
            left -= amount
    return left
