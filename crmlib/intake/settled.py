"""What became of the rows of a ledger: the invoices, why other rows are none, and what is to be said of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from crmlib.language import later

# Why a row is no invoice of its own. Those that are on purpose are no loss.
ASIDE = {
    "opening": later("opening balance: it does not say of which invoices, nor when they are due"),
    "total": later("line that adds others up"),
    "reversal": later("payment taken back: which invoice is open again, it does not say"),
    "void": later("void, cancelled or a draft"),
    "nothing": later("comes to nothing: nothing is owed"),
    "repeat": later("repeats an invoice above in everything, and counts once"),
    "line": later("further line of an invoice above, counted there"),
    "payment": later("payment of an invoice, counted there"),
    "matched": later("receipt that was matched: the day of payment stands at the invoice"),
    "credited": later("invoice that a credit note cancels"),
    "credit": later("credit note, taken off the invoice it names"),
    "credit alone": later("credit note that names no invoice here"),
    "receipt alone": later("receipt that names no invoice here"),
    "paid": later("paid, and nothing says when"),
    "lost": later("written off, and nothing says when"),
    "due": later("no day on which it is due, nor terms that can be read"),
}
ON_PURPOSE = ("total", "void", "nothing", "repeat", "line", "payment", "matched", "credited", "credit")


@dataclass
class Settled:
    """The invoices, why other rows are none, and what is to be said of it."""

    invoices: pd.DataFrame
    aside: dict[int, str] = field(default_factory=dict)  # the place of a row, and which of ASIDE it is
    counts: Counter = field(default_factory=Counter)  # how many rows of what was understood
    money: Counter = field(default_factory=Counter)  # and what they come to
    unknown: list[str] = field(default_factory=list)  # words for kinds of documents that are not known
    states: list[str] = field(default_factory=list)  # words for states of open invoices that are not known
    open_receipts: bool = False  # receipts name no invoice, and whom they pay is to be asked


def put_aside(found: Settled, rows: pd.DataFrame, places: pd.Index, why: str) -> None:
    """Set rows aside, for one of the reasons of ASIDE."""
    found.aside |= dict.fromkeys(places.tolist(), why)
    count(found, why, rows, places)


def count(found: Settled, what: str, rows: pd.DataFrame, places: pd.Index) -> None:
    """Count rows of which something is to be said, and what they come to."""
    if len(places):
        found.counts[what] += len(places)
        found.money[what] += float(rows.loc[places, "value"].sum())
