"""The tables of an analysis as a rating takes them, and what of them it cannot take, told in sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crmlib.language import number, percent, plural, t

KEYS = {
    "statements": ["customer_id", "period_end", "recorded_date"],
    "credit_reviews": ["customer_id", "recorded_date"],
}
MANY = 0.01  # of the invoices, paid before they were made: prepayment is rare, columns taken for each other are not


def usable(tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The tables that a rating asks for, as it takes them, and a sentence on each thing that was left out."""
    found, told = {}, []
    if "invoices" in tables:
        found["invoices"], sentences = _bills(tables["invoices"])
        told += sentences
    for name, key in KEYS.items():
        if name in tables and set(key) <= set(tables[name]):
            is_again = tables[name].duplicated(key, keep="last")
            found[name] = tables[name][~is_again]
            told += _told_again(name, int(is_again.sum()))
    if "customers" in tables and {"customer_id", "registered_date"} <= set(tables["customers"]):
        found["customers"] = tables["customers"]
    return found, told


def _bills(invoices: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Invoices of more than nothing, each once; of open items without the column that says what was paid."""
    is_bill = invoices["amount"] > 0
    notes, bills, told = invoices.loc[~is_bill, "amount"], invoices[is_bill], []
    if len(notes):
        told.append(
            t(
                "{rows} of zero or less, {amount} in all: credit notes mostly. Which invoice each belongs to is not"
                " said, so they are left out, and what is owed is before them.",
                rows=plural(len(notes), "1 row of invoices has an amount", "{n} rows of invoices have amounts"),
                amount=number(notes.sum(), 2),
            )
        )
    is_again = bills.duplicated(keep="first") & bills["invoice_id"].notna()
    if is_again.any():
        n_again = int(is_again.sum())
        told.append(
            plural(
                n_again,
                "1 invoice stands there again, alike in every column: it counts once.",
                "{n} invoices stand there again, alike in every column: each counts once.",
            )
        )
        bills = bills[~is_again]
    return _payments(bills, told)


def _payments(bills: pd.DataFrame, told: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """Without a column of payments that says nothing; what is odd about those that are there is told."""
    shared = int(bills.loc[bills["invoice_id"].duplicated(keep=False), "invoice_id"].nunique())
    if shared:
        told.append(
            plural(
                shared,
                "1 number of an invoice stands at several invoices, which differ: are they parts of one? All count.",
                "{n} numbers of invoices stand at several invoices, which differ: are they parts of one? All count.",
            )
        )
    if "paid_date" in bills and len(bills) and bills["paid_date"].isna().all():
        bills = bills.drop(columns="paid_date")
        told.append(
            t(
                "No invoice has a day of payment: this is taken for a list of open items, not for customers who"
                " never pay."
            )
        )
    if {"paid_date", "invoice_date"} <= set(bills):
        is_odd = bills["paid_date"] < bills["invoice_date"]
        if is_odd.sum() > MANY * len(bills):
            told.append(
                t(
                    "{share} of the invoices were paid before they were made. Are the columns of days what they are"
                    " taken for?",
                    share=percent(is_odd.mean()),
                )
            )
    return bills, told


def _told_again(name: str, n: int) -> list[str]:
    if not n:
        return []
    return [
        plural(
            n,
            "1 row of {table} is of the same customer and day as a later one, which counts.",
            "{n} rows of {table} are of the same customer and day as a later one, which counts.",
            table=t(name.replace("_", " ")),
        )
    ]
