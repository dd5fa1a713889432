"""What is kept, and worth a word: refunds, zeros, repeats, rows of nobody; how many, and where the first is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.intake.columns import Parsed
from crmlib.intake.raw import Raw
from crmlib.intake.report import place
from crmlib.language import plural, t
from crmlib.tables import STATEMENTS, Table

# Beyond, a float cannot tell hundredths.
LARGEST_WITH_CENTS = 2**50 / 100


def notes_on_rows(
    frame: pd.DataFrame,
    raw: Raw,
    table: Table,
    parsed: dict[str, Parsed],
    is_good: np.ndarray,
    *,
    is_settled: bool = False,
) -> list[str]:
    """A sentence each on the rows of a table that somebody should know of.

    Of a ledger that `is_settled` afterwards nothing is said of refunds, zeros and repeats, which are not kept.
    """
    lines = raw.lines[is_good]

    def about(rows: np.ndarray) -> dict[str, str] | None:
        """How many rows, what their amounts come to, and where the first is; None where there is none."""
        if not rows.any():
            return None
        amount = t(", {amount} in all", amount=f"{frame['amount'][rows].sum():,.2f}") if "amount" in frame else ""
        first = place(int(lines[rows.argmax()]), has_lines=raw.has_lines)
        return {"n": _rows(int(rows.sum())), "amount": amount, "first": first}

    notes = [] if is_good.all() or raw.has_lines else [_note_on_numbers(raw)]
    notes += _note_on_nobody(parsed)
    if is_settled:
        return notes + _notes_on_decimals(frame, table)
    if "amount" in frame:
        amounts = frame["amount"].to_numpy()
        if said := about(amounts < 0):
            notes.append(t("{n} with a negative amount{amount}, kept as refunds (the first: {first}).", **said))
        if said := about(amounts == 0):
            notes.append(t("{n} with an amount of zero, kept (the first: {first}).", **said))
    notes += _notes_on_decimals(frame, table)
    if table.key and set(table.key) <= set(frame.columns):
        if said := about(frame.duplicated(list(table.key)).to_numpy()):
            key = " and ".join(table.key)
            notes.append(t("{n} with a {key} seen before, kept (the first: {first}).", key=key, **said))
    elif said := about(find_repeated(raw.row_hash[is_good])):
        notes.append(t("{n} repeating another exactly{amount}, kept (the first: {first}).", **said))
    return notes


def _note_on_numbers(raw: Raw) -> str:
    """What `line` is in the list of rows set aside, of a file that has no lines."""
    if raw.sheet:
        return t("`line` is the number of the row in the sheet.")
    if raw.relation:
        return t("A database has no lines: `line` is the number of the row in the order it gives them.")
    return t("This file has no lines: `line` is the number of the row, the first being 1.")


def find_repeated(numbers: np.ndarray) -> np.ndarray:
    """Which numbers stood there before: as pandas finds them, sooner where there are few.

    Examples
    --------
    >>> find_repeated(np.array([5, 7, 5, 8, 5])).tolist()
    [False, False, True, False, True]
    """
    repeated, ordered = np.zeros(len(numbers), dtype=bool), np.sort(numbers)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if len(twice):
        # Only what ends as one of these does is looked at; a repeat ends as the first does.
        ends = np.zeros(1 << 16, dtype=bool)
        ends[twice & 0xFFFF] = True
        maybe = np.flatnonzero(ends[numbers & 0xFFFF])
        repeated[maybe] = pd.Series(numbers[maybe]).duplicated().to_numpy()
    return repeated


def _note_on_nobody(parsed: dict[str, Parsed]) -> list[str]:
    """Rows without a customer, unless the line adds others up, and what they come to."""
    if not {"customer_id", "amount"} <= set(parsed):
        return []
    nobody, amount = parsed["customer_id"].is_empty, parsed["amount"]
    for number in {"order_id", "invoice_id"} & set(parsed):
        nobody = nobody & (parsed[number].problem == 0)
    if not nobody.any():
        return []
    total = np.nansum(np.where(amount.problem == 0, amount.values, 0)[nobody])
    return [
        t(
            "{n} without a customer_id set aside, {total} in all: they belong to no customer.",
            n=_rows(int(nobody.sum())),
            total=f"{total:,.2f}",
        )
    ]


def _notes_on_decimals(frame: pd.DataFrame, table: Table) -> list[str]:
    notes = []
    if table.name == STATEMENTS.name:  # counted in thousands they have more, and are multiplied out
        return notes
    for column in table.columns:
        if column.unit != "currency" or column.name not in frame:
            continue
        values = frame[column.name].to_numpy()
        plain = np.where(np.abs(values) <= LARGEST_WITH_CENTS, values, 0.0)
        has_more = np.round(plain * 100) / 100 != plain
        if has_more.any():
            notes.append(
                t(
                    "{n} with more than two decimals in {column}, such as {example}, kept as they are.",
                    n=_rows(int(has_more.sum())),
                    column=column.name,
                    example=values[has_more.argmax()],
                )
            )
    return notes


def _rows(n: int) -> str:
    return plural(n, "1 row", "{n} rows")
