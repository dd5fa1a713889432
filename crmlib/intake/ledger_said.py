"""What is to be said of a ledger: what was understood of its rows, and what a person should look at."""

from __future__ import annotations

import re

import pandas as pd

from crmlib.intake.conventions import Choice, OpenQuestion, answer_line
from crmlib.intake.ledger_table import MORE_ALIASES
from crmlib.intake.names import aliases, bare
from crmlib.intake.records import shorten
from crmlib.intake.settled import Settled
from crmlib.intake.shown import show_values
from crmlib.language import later, plural, t
from crmlib.tables import INVOICES

OF_DAY = re.compile(r"日期|时间|日$|date|datum|\bam$|_at$|\bat$", re.IGNORECASE)
# What was understood of rows, as sentences with how many they are and what they come to; these are no doubts ...
UNDERSTOOD = {
    "terms": later("Due on the day their terms of payment say, from the day of the invoice: {rows}."),
    "credit": later("Credit notes taken off the invoices they name: {rows}, {amount}."),
    "instalment": later("Invoices due in parts, each of which stands by itself: {rows}."),
    "numbered": later("Without a number, numbered by their row: {rows}."),
    "matched": later("Receipts that were matched, whose day stands at the invoice: {rows}, {amount}."),
    "line": later("Further lines of an invoice, added to it: {rows}, {amount}."),
}
# ... and these are.
DOUBTED = {
    "part": later(
        "Paid in part: {rows}, {paid} so far. What is left of them, {left}, is open, and is what stands in the table as"
        " their amount."
    ),
    "repeat": later(
        "Repeat an invoice above in everything: {rows}, {amount}. They count once. Is the ledger in the file twice? If"
        " each of them counts, write below [invoices.file] in the mapping file: {all}"
    ),
    "credit alone": later(
        "Credit notes that name no invoice here: {rows}, {amount}. They are set aside, so that customers owe less than"
        " the invoices say. If a column says which invoice they are for, write below [invoices.columns]: {reference}"
    ),
    "receipt alone": later(
        "Receipts that name no invoice here: {rows}, {amount}. They are set aside, so that customers owe less than the"
        " invoices say. If a column says which invoice they pay, write below [invoices.columns]: {reference}"
    ),
    "opening": later(
        "Opening balances: {rows}, {amount}. They are set aside: which invoices are in them, and when those are due,"
        " the file does not say. Export the ledger from the first invoice that is open."
    ),
    "reversal": later(
        "Payments taken back: {rows}, {amount}. They are set aside: which invoices are open again, the file does not"
        " say, and they count as paid."
    ),
    "paid": later(
        "Paid, and nothing says when: {rows}, {amount}. They are set aside: who pays in time, they cannot tell. Export"
        " the day of payment as well."
    ),
    "lost": later("Written off, and nothing says when: {rows}, {amount}. They are set aside; export the day as well."),
    "due": later(
        "Without a day on which they are due, or terms that can be read: {rows}, {amount}. They are set aside."
    ),
    "shared": later(
        "Invoices of several customers have the same number: {rows}. Each counts; is a number missing its year?"
    ),
    "days of payment": later(
        "Invoices with several days of payment that do not say how much was paid on each: {rows}. They count as paid on"
        " the last."
    ),
    "overpaid": later("More was paid than was owed: {rows}, {amount} too much. It pays nothing else here."),
    "credit over": later("Credit notes come to more than the invoices they name: {rows}, {amount} too much."),
    "said open": later("Have a day of payment, and are said to be open: {rows}, {amount}. They count as open."),
    "said paid": later("Are said to be paid, and only a part was: {rows}. They count as open."),
    "sums differ": later("What was paid and what is open do not come to the amount: {rows}, {amount}."),
}


def say_notes(found: Settled) -> list[str]:
    """What was understood of a ledger, a sentence each."""
    return _say(found, UNDERSTOOD)


def say_doubts(found: Settled) -> list[str]:
    """What a person should look at in a ledger, a sentence each."""
    doubts = _say(found, DOUBTED) + _on_days(found.invoices)
    if found.unknown:
        doubts.append(
            t(
                "Kinds of documents that are not known: {kinds}. Above zero they are read as invoices, below as credit"
                " notes. To leave some out, write below [invoices.keep] which kinds count.",
                kinds=", ".join(show_values(found.unknown[:6], found.unknown, "kind"))
                + (" …" if len(found.unknown) > 6 else ""),
            )
        )
    if found.states:
        doubts.append(
            t(
                "States that are not known: {states}. Such invoices count as open: {rows}, {amount}. If they were paid,"
                " add a column with the day of payment; to leave some out, write below [invoices.keep] which states"
                " count.",
                states=", ".join(show_values(found.states[:6], found.states, "status"))
                + (" …" if len(found.states) > 6 else ""),
                rows=plural(found.counts["state"], "1 row", "{n} rows"),
                amount=f"{found.money['state']:,.2f}",
            )
        )
    return doubts


def _say(found: Settled, sentences: dict[str, str]) -> list[str]:
    return [
        t(
            text,
            rows=plural(found.counts[what], "1 row", "{n} rows"),
            amount=f"{found.money[what]:,.2f}",
            paid=f"{found.money['paid of part']:,.2f}",
            left=f"{found.money['part'] - found.money['paid of part']:,.2f}",
            all=answer_line("repeated", "all"),
            reference=answer_line("reference", "name in the file"),
        )
        for what, text in sentences.items()
        if found.counts[what]
    ]


def _on_days(invoices: pd.DataFrame) -> list[str]:
    """Days in an order that cannot be."""
    made = invoices["invoice_date"]
    doubts = []
    for other, text in (
        ("due_date", later("Due before the day of the invoice: {rows}. Were two columns, or day and month, mistaken?")),
        ("paid_date", later("Paid before the day of the invoice: {rows}. A payment in advance, or a slip?")),
    ):
        n = int((invoices[other] < made).sum())
        if n:
            doubts.append(t(text, rows=plural(n, "1 row", "{n} rows")))
    return doubts


def doubt_unused_days(names: list[str], used: dict[str, str]) -> list[str]:
    """Columns that may say when an invoice was paid and are not used, where nothing says it.

    Examples
    --------
    >>> doubt_unused_days(["客户", "到期日", "打款日"], {"客户": "customer_id", "到期日": "due_date"})[0]
    'No invoice has a day of payment, and 打款日 is not used. If it says when an invoice was paid, write below \
[invoices.columns] in the mapping file: paid_date = "打款日"'
    """
    known = {*aliases("invoice_date")[0], *aliases("invoice_date")[1], *MORE_ALIASES["invoice_date"].split()}
    left = [name for name in names if name not in used and OF_DAY.search(name) and bare(name) not in known]
    if not left:
        return []
    text = later(
        "No invoice has a day of payment, and {column} is not used. If it says when an invoice was paid, write below"
        " [invoices.columns] in the mapping file: {line}"
    )
    return [t(text, column=shorten(left[0], 40), line=answer_line("paid_date", left[0]))]


def ask_about_receipts(found: Settled) -> OpenQuestion:
    """What receipts pay that name no invoice."""
    text = t(
        "Receipts that name no invoice: {rows}, {amount} in all. Which invoices do they pay? (If a column says it,"
        " write below [invoices.columns] instead: {reference})",
        rows=plural(found.counts["receipt alone"], "1 row", "{n} rows"),
        amount=f"{found.money['receipt alone']:,.2f}",
        reference=answer_line("reference", "name in the file"),
    )
    oldest = t("each customer's invoices that are due first")
    none = t("nobody knows: they are set aside, and all invoices count as open")
    choices = (Choice("oldest first", oldest), Choice("set aside", none))
    return OpenQuestion(INVOICES.name, "file", "receipts", text, choices)


def refuse_without_due(file: str) -> ValueError:
    """The error that says what a ledger must hold for anybody to tell what is overdue."""
    return ValueError(
        t(
            "{file} must say when each invoice is due, or nobody can tell what is overdue: a column with the day (due"
            " date, 到期日, Fälligkeit), or the day of the invoice and the terms of payment (30天, net 30). It has"
            " neither. Add one to the export, or name it below [invoices.columns] in the mapping file: {column}. If all"
            " invoices have the same terms, write below [invoices.file]: {terms}",
            file=file,
            column=answer_line("due_date", "name in the file"),
            terms=answer_line("terms", "net 30"),
        )
    )


def refuse_ageing(file: str, buckets: list[str]) -> ValueError:
    """The error that says why a list of customers and ages is no ledger."""
    return ValueError(
        t(
            "{file} must hold one row per invoice, with the day on which it is due; it has one row per customer and how"
            " old their debt is ({buckets}). From it nobody can tell when what was due, nor who paid in time. Export"
            " the open items, or the ledger with days of payment, from the same program.",
            file=file,
            buckets=", ".join(buckets[:6]),
        )
    )
