"""What a careful person would ask of a file, and what a reader must not overlook: sentences, nothing is changed.

What can be answered by a line of the mapping file says which. What must be answered before amounts are
added up is no doubt but a question (`judge`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.conventions import answer_line
from crmlib.intake.mapping import Reading
from crmlib.intake.names import aliases, bare, is_name
from crmlib.intake.notes import find_repeated
from crmlib.intake.personal import judge_column
from crmlib.intake.raw import Raw
from crmlib.intake.records import shorten
from crmlib.intake.rows import to_patterns
from crmlib.intake.shown import show_values
from crmlib.intake.telling import OTHER_CUSTOMER, is_state
from crmlib.language import percent, t
from crmlib.tables import INVOICES, STATEMENTS, TRANSACTIONS, Table

IN_BRACKETS = re.compile(r"[(（\[【](.*?)[)）\]】]\s*$")
# "amount_cents", 金额分; not 积分, points.
AT_THE_END = re.compile(
    r"((?<=[_ -])(?:cents?|pence|thousands?|millions?)|(?<=[额款价])(?:分|万元?|千元|百万))$", re.IGNORECASE
)
COUNTED_IN = re.compile(
    r"[万千百亿]|(?<![积部得评])分|thousand|million|\b(mio|mln|tsd|cents?|pence)\b|\bt(eur|usd|€|\$)|'?000|^[km]$|\b[km]"
    r" ?(eur|usd|rmb|€|\$|£)|(eur|usd|rmb|€|\$|£) ?[km]\b",
    re.IGNORECASE,
)
MOST_STATES = 12  # more different values are no state
MOST_SHOWN = 4
# Rows without the names: what old and new spreadsheets can hold.
FULL_SHEETS = (65_535, 1_048_575)
MUCH = 0.05  # of the rows or the money
# A number for everybody without one, among so many customers: it has so many rows, so many times those of the
# customer in the middle, and so many times those of the next.
FEW_CUSTOMERS, FEWEST_ROWS, STANDS_OUT, TWICE = 20, 10, 4, 2
MANY_ROWS, ALONE = 50, 0.98
FEWEST_REPEATED = 10


def find_file_doubts(raw: Raw, table: Table, account: Account, reading: Reading, is_good: np.ndarray) -> list[str]:
    """What to doubt about a file, a sentence each, the weightiest first; [] where all is well."""
    doubts = _doubts_on_states(raw, table, reading, is_good) if table.added_up in raw.columns else []
    if table.added_up in raw.columns:
        if not table.key:  # where a row is a customer, as many of the one as of the other are no wonder
            doubts += _doubts_on_customers(raw, table, reading, is_good) if "customer_id" in raw.columns else []
        if table.name != INVOICES.name:
            doubts += doubts_on_repeats(int(find_repeated(raw.row_hash[is_good]).sum()), int(is_good.sum()), reading)
    doubts += _doubts_on_names(raw, table)
    if account.n_read in FULL_SHEETS:
        doubts.append(
            t(
                "{n} rows are what a spreadsheet can hold: was the file cut off when one saved it?",
                n=f"{account.n_read:,}",
            )
        )
    return doubts


def _doubts_on_names(raw: Raw, table: Table) -> list[str]:
    doubts = _doubts_by_name(raw.mapping, table) if table.name != STATEMENTS.name else []  # multiplied out there
    return doubts + (_doubts_on_due_days(raw) if table.name == TRANSACTIONS.name else [])


def doubts_on_columns(raw: Raw, table: Table, reading: Reading, is_good: np.ndarray) -> list[str]:
    """What to doubt about the columns of a large table, of which `raw` is a part: nothing that counts rows."""
    doubts = _doubts_on_states(raw, table, reading, is_good) if table.added_up in raw.columns else []
    return doubts + _doubts_on_names(raw, table)


def find_people(frame: pd.DataFrame, mapping: dict[str, str]) -> list[str]:
    """A doubt where customers are told apart by their names, whatever the column is called."""
    theirs = next((theirs for theirs, ours in mapping.items() if ours == "customer_id"), None)
    if theirs is None or not (
        is_name(theirs) or judge_column(frame["customer_id"], theirs, is_customer=True) == "name"
    ):
        return []
    return [
        t(
            "customer_id is read from {column}: customers who share a name count as one. If the file has their"
            " numbers, map those.",
            column=shorten(theirs, 40),
        )
    ]


class Account(NamedTuple):
    """What became of the rows of a file, and of the money in them; what is set aside on purpose is no loss."""

    n_read: int
    n_lost: int  # rows set aside; without lines that add others up, and those that somebody has said do not count
    kept: float | None  # the sum of the amounts accepted; None where there are no amounts
    lost: float | None  # the sum of the amounts set aside that could be read, without their signs


def _doubts_on_states(raw: Raw, table: Table, reading: Reading, is_good: np.ndarray) -> list[str]:
    """On states left out whose words are not known: which of them count, only a person can say."""
    doubts = []
    answered = {*(reading.keep or {}), *(reading.negative or {})}
    for name, cells in (raw.telling or {}).items():
        counts = _count_texts(cells, is_good)
        if not is_state(name) or name in answered or not (said := _states(counts, name, reading.show_personal)):
            continue
        values = [text for text, _ in counts.most_common() if text]
        if not reading.show_personal:
            values = to_patterns(values, {text: counts[text] for text in values}, name)
        doubts.append(
            t(
                "{column} does not say the same of all rows, and all of them count: {values}. To count some only, write"
                " below [{table}.keep] in the mapping file {keep}, without what should not count; of what was paid"
                " back, below [{table}.negative] {negative}.",
                column=shorten(name, 40),
                values=said,
                table=table.name,
                keep=answer_line(name, values),
                negative=answer_line(name, ["..."]),
            )
        )
    return doubts


def _doubts_on_customers(raw: Raw, table: Table, reading: Reading, is_good: np.ndarray) -> list[str]:
    """Whether the customer is none: as many as rows, or one for everybody."""
    cells = raw.columns["customer_id"]
    counts = pc.value_counts(cells if is_good.all() else cells.filter(pa.array(is_good)))
    texts, n_of_each = counts.field("values").cast(pa.large_string()), counts.field("counts").to_numpy()
    theirs = next((theirs for theirs, ours in raw.mapping.items() if ours == "customer_id"), "")
    doubts = doubts_on_counts(texts, n_of_each, theirs, table, reading)
    if has_one_row_each(n_of_each):
        doubts.append(_one_row_each(raw, table, len(n_of_each), is_good))
    return doubts


def has_one_row_each(n_of_each: np.ndarray) -> bool:
    """Has nearly every row a customer of its own?"""
    n_rows = int(n_of_each.sum())
    return n_rows >= MANY_ROWS and len(n_of_each) > ALONE * n_rows


def doubts_on_counts(texts: pa.Array, n_of_each: np.ndarray, theirs: str, table: Table, reading: Reading) -> list[str]:
    """Whether a customer stands for many, or several for one, by how many rows each has."""
    n_rows, n_customers, usual = int(n_of_each.sum()), len(n_of_each), float(np.median(n_of_each))
    doubts = []
    n_second, n_most = sorted([0, *np.partition(n_of_each, -min(2, n_customers))[-2:].tolist()])[-2:]
    stands_out = n_most > max(MUCH * n_rows, STANDS_OUT * usual, TWICE * n_second)
    if n_customers >= FEW_CUSTOMERS and n_most >= FEWEST_ROWS and stands_out:
        most = texts[int(n_of_each.argmax())].as_py() or ""
        shown = most
        if not reading.show_personal:
            shown = show_values([most], texts.to_pylist(), theirs, is_customer=True)[0]
        doubts.append(
            t(
                "One customer, {customer}, has {share} of the rows; half of the others have {usual} or fewer. If it"
                " stands for no customer, write below [{table}.nobody] in the mapping file: {line}",
                customer=shorten(shown, 20),
                share=percent(n_most / n_rows),
                usual=f"{usual:,.0f}",
                table=table.name,
                # What is masked would stand for others as well.
                line=answer_line("customer_id", [most if shown == most else "..."]),
            )
        )
    if not reading.show_personal:
        doubts += _doubts_on_alike(texts)
    return doubts


def _doubts_on_alike(customers: pa.Array) -> list[str]:
    """Whether addresses or names that will be masked differ in capitals or spaces only; others `quality` sees."""
    personal = customers.filter(pc.match_substring_regex(customers, r"@|^\pL[^0-9]*$").fill_null(False))
    plain = pc.utf8_lower(pc.replace_substring_regex(personal, r"\s+", ""))
    n_alike = len(plain) - len(pc.unique(plain))
    if not n_alike:
        return []
    return [
        t(
            "Names or addresses of customers that differ from another only in capitals or spaces: {n}. They count as"
            " different customers.",
            n=f"{n_alike:,}",
        )
    ]


def _one_row_each(raw: Raw, table: Table, n_customers: int, is_good: np.ndarray) -> str:
    better = []
    for name, cells in (raw.telling or {}).items():
        counts = _count_texts(cells, is_good)
        if OTHER_CUSTOMER.search(bare(name)) and 1 < len(counts) < 0.9 * n_customers:
            better.append(name)
    text = t(
        "Nearly every row has a customer of its own ({n}): is {column} the number of an order?",
        n=f"{n_customers:,}",
        column=next((theirs for theirs, ours in raw.mapping.items() if ours == "customer_id"), "customer_id"),
    )
    if not better:
        return text
    return t(
        "{text} {other} has fewer: to use it, write below [{table}.columns] in the mapping file: {line}",
        text=text,
        other=shorten(better[0], 40),
        table=table.name,
        line=answer_line("customer_id", better[0]),
    )


def doubts_on_repeats(n: int, n_all: int, reading: Reading) -> list[str]:
    """Whether rows stand there twice: `n` of `n_all` repeat another."""
    if reading.repeated or n < FEWEST_REPEATED or n <= MUCH * n_all:
        return []
    return [
        t(
            "{n} of {all} rows repeat another exactly. If the file holds them twice by mistake, write below"
            " [transactions.file] in the mapping file: {line}",
            n=f"{n:,}",
            all=f"{n_all:,}",
            line=answer_line("repeated", "once"),
        )
    ]


def _doubts_by_name(mapping: dict[str, str], table: Table) -> list[str]:
    """On columns used, by what they are called."""
    doubts = []
    for theirs, ours in mapping.items():
        unit = IN_BRACKETS.search(theirs) or AT_THE_END.search(theirs)
        if table.column(ours).unit == "currency" and unit and COUNTED_IN.search(unit[1]):
            doubts.append(
                t(
                    "{theirs} is counted in {unit}, says its name: so is every {ours} here.",
                    theirs=shorten(theirs, 40),
                    unit=shorten(unit[1], 20),
                    ours=ours,
                )
            )
    return doubts


def _doubts_on_due_days(raw: Raw) -> list[str]:
    """On orders that say when they are due: is it a ledger?"""
    due = [name for name in raw.names if bare(name) in aliases("due_date")[0] and name not in raw.mapping]
    if not due:
        return []
    return [
        t(
            "{column} says when something is due: is the file a ledger of invoices? It is read as orders. If a row is"
            " an invoice, write below [transactions.file] in the mapping file: {line}",
            column=shorten(due[0], 40),
            line=answer_line("rows", "invoices"),
        )
    ]


def _count_texts(cells: pa.ChunkedArray, is_good: np.ndarray | None = None) -> Counter:
    """How many rows have which text, the first to come first; of those that are good."""
    texts = cells.cast(pa.large_string())
    if is_good is not None and not is_good.all():
        texts = texts.filter(pa.array(is_good))
    found: Counter = Counter()
    for pair in pc.value_counts(texts).to_pylist():
        found[(pair["values"] or "").strip()] += pair["counts"]
    return found


def _states(counts: Counter, name: str, show_personal: bool) -> str:
    """What a column says of the rows, with how many; "" where it says the same of all, or of each something else."""
    if not 1 < len(counts) <= MOST_STATES:
        return ""
    most = counts.most_common()
    texts = [text for text, _ in most[:MOST_SHOWN]]
    if not show_personal:
        texts = show_values(texts, counts, name)
    shown = [f"{shorten(text, 20) or t('empty')} ({n:,})" for text, (_, n) in zip(texts, most, strict=False)]
    return ", ".join(shown) + (" …" if len(most) > MOST_SHOWN else "")
