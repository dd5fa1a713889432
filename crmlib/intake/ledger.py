"""A ledger as accounting systems export it -> the table `invoices`, and the account of all its rows."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake.columns import Parsed, to_texts
from crmlib.intake.conventions import Undecided
from crmlib.intake.ledger_said import ask_about_receipts, doubt_unused_days, refuse_without_due, say_doubts, say_notes
from crmlib.intake.ledger_table import LEDGER
from crmlib.intake.mapping import Reading
from crmlib.intake.raw import Raw
from crmlib.intake.reading import read_rows
from crmlib.intake.report import REJECTED, IntakeReport
from crmlib.intake.settle import settle
from crmlib.intake.settled import ASIDE, ON_PURPOSE, Settled
from crmlib.intake.shown import show_values
from crmlib.language import plural, t
from crmlib.tables import INVOICES

# What stands where nothing was paid: words, marks, and days that programs write for none.
NOT_PAID = re.compile(
    r"未.*|尚未.*|待.*|无|没有|没付|open|offen|unpaid|not (yet )?paid|none|nicht bezahlt|outstanding|pending|0+"
    r"|[-–—/.]+"
    r"|(0{1,4}|1899|1900)[-/.]0?[01]?0?[-/.]0?0(\D.*)?|0?0[-/.]0?[01]?0?[-/.](0000|0|00|1900)|1899\D12\D3[01].*"
    r"|9999.*|[23][0-9]\D12\D9999|12\D[23][0-9]\D9999|[1-9][0-9]{3}-12-31 00:00:00",
    re.IGNORECASE,
)
NONE_YET = re.compile(r"[-–—/]+|未.*|无", re.IGNORECASE)
FIRST_PAID = np.datetime64("1970-01-02")  # a day before stands for none


def read_ledger(path: str | os.PathLike, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """Read a ledger, and make one row per invoice of it (`settle`).

    Raises
    ------
    Undecided
        Receipts name no invoice, and nobody has said which they pay; or what `reading.read` asks.
    ValueError
        No row says when it is due; or what `reading.read` refuses.
    """
    names: list[str] = []

    def amend(raw: Raw, parsed: dict[str, Parsed]) -> dict[str, Parsed]:
        names.extend(raw.names)
        return _read_as_none(raw, parsed)

    rows, report, lines = read_rows(path, LEDGER, reading, amend=amend)
    found = settle(rows, receipts=reading.receipts, repeated=reading.repeated, terms=reading.terms)
    if found.open_receipts:
        raise Undecided(ask_about_receipts(found))
    if found.invoices.empty:
        raise _nothing_left(Path(path), found)
    frame = _as_invoices(found.invoices, rows, reading)
    if "paid_date" not in frame:
        report = dataclasses.replace(report, doubts=(*report.doubts, *doubt_unused_days(names, report.columns)))
    return frame, _account(report, found, frame, rows, lines)


def _as_invoices(invoices: pd.DataFrame, rows: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """The columns of the contract that the ledger has, in its order, and those that travel along."""
    invoices = invoices.sort_index()
    has = {"invoice_date": "invoice_date" in rows}
    has |= {name: invoices[name].notna().any() for name in ("paid_date", "written_off_date")}
    names = [name for name in INVOICES.names if has.get(name, True)]
    frame = invoices[[*names, *(reading.extra or [])]].reset_index(drop=True)
    return frame.astype({"invoice_id": "str", "customer_id": "str"})


def _account(
    report: IntakeReport, found: Settled, frame: pd.DataFrame, rows: pd.DataFrame, lines: np.ndarray
) -> IntakeReport:
    """The report of the rows with what became of those that are no invoice of their own."""
    aside = [
        (int(lines[place]), "amount", _amount_of(rows, place), t(ASIDE[why])) for place, why in found.aside.items()
    ]
    more = pd.DataFrame(aside, columns=REJECTED).astype({"line": "int64"} | dict.fromkeys(REJECTED[1:], "str"))
    rejected = pd.concat([report.rejected, more], ignore_index=True).sort_values("line", kind="stable")
    lost = sum(found.money[why] for why in ASIDE if why not in ON_PURPOSE)
    notes = [*report.notes, *say_notes(found)]
    if "paid_date" not in frame:
        notes.append(t("No row says when it was paid: it is a list of open items."))
    return dataclasses.replace(
        report,
        n_accepted=len(frame),
        n_rejected=report.n_rejected + len(aside),
        n_on_purpose=report.n_on_purpose + sum(why in ON_PURPOSE for why in found.aside.values()),
        rejected=rejected.reset_index(drop=True),
        notes=tuple(notes),
        doubts=(*report.doubts, *say_doubts(found)),
        amount_accepted=round(float(frame["amount"].sum()), 6),
        amount_set_aside=round((report.amount_set_aside or 0.0) + lost, 6),
    )


def _amount_of(rows: pd.DataFrame, place: int) -> str:
    for name in ("amount", "open_amount", "debit", "credit"):
        if name in rows and pd.notna(rows.at[place, name]) and rows.at[place, name]:
            return f"{rows.at[place, name]:.2f}"
    return ""


def _nothing_left(path: Path, found: Settled) -> ValueError:
    if found.counts["due"]:
        return refuse_without_due(path.name)
    reasons = "; ".join(f"{n:,}: {t(ASIDE[why])}" for why, n in found.counts.most_common(4) if why in ASIDE)
    return ValueError(
        t(
            "{file} must hold at least one invoice; all its rows are something else. {reasons}. Is it the ledger of"
            " receivables, and are its columns mapped as you mean them?",
            file=path.name,
            reasons=reasons,
        )
    )


# --- cells that stand for none --------------------------------------------------------------------


def _read_as_none(raw: Raw, parsed: dict[str, Parsed]) -> dict[str, Parsed]:
    """The columns with what stands for no payment, no day or no amount read as such, and counted."""
    found = dict(parsed)
    for name, column in parsed.items():
        kind = LEDGER.column(name).type
        if kind == "date" and name != "invoice_date":
            found[name] = _without_days(name, column, raw.columns[name])
        elif kind == "number" and column.problem.any():
            found[name] = _forgive(name, column, raw.columns[name], NONE_YET)
    if "amount" not in found and (amount := _amount_from(found)):
        found["amount"] = amount
    return found


def _amount_from(columns: dict[str, Parsed]) -> Parsed | None:
    """What rows come to, where no column says it: debit less credit, or what is open and what was paid."""
    signs = {"debit": 1, "credit": -1} if {"debit", "credit"} <= set(columns) else {"open_amount": 1, "paid_amount": 1}
    parts = {name: columns[name] for name in signs if name in columns}
    if not parts or ("open_amount" in signs and "open_amount" not in parts):
        return None
    values = sum(signs[name] * np.nan_to_num(column.values) for name, column in parts.items())
    currency = next((column.currency for column in parts.values() if column.currency), None)
    return Parsed(values, np.zeros(len(values), np.int32), [], [], currency)


def _without_days(name: str, column: Parsed, cells: pa.ChunkedArray) -> Parsed:
    column = _forgive(name, column, cells, NOT_PAID)
    values = np.array(column.values, dtype="datetime64[us]")
    is_none = (values < FIRST_PAID) & (column.problem == 0)
    if not is_none.any():
        return column
    values[is_none] = np.datetime64("NaT")
    first = str(column.values[is_none.argmax()])[:10]
    return column._replace(values=values, remarks=[*column.remarks, _none_note(name, int(is_none.sum()), first)])


def _forgive(name: str, column: Parsed, cells: pa.ChunkedArray, words: re.Pattern) -> Parsed:
    """Cells that could not be read and stand for none: no reason to set their rows aside."""
    bad = np.flatnonzero(column.problem > 0)
    if not len(bad):
        return column
    texts = [(text or "").strip() for text in to_texts(cells.take(pa.array(bad)))]
    is_none = np.array([words.fullmatch(text) is not None for text in texts])
    if not is_none.any():
        return column
    problem, values = column.problem.copy(), np.array(column.values)
    problem[bad[is_none]] = 0
    values[bad[is_none]] = np.datetime64("NaT") if values.dtype.kind == "M" else np.nan
    example = show_values([texts[int(is_none.argmax())]], texts, name)[0]  # "待张三确认" is of a person
    said = _none_note(name, int(is_none.sum()), example)
    return column._replace(problem=problem, values=values, remarks=[*column.remarks, said])


def _none_note(name: str, n: int, example: str) -> str:
    cells = plural(n, "1 cell", "{n} cells")
    return t("{column}: {cells} such as {example} read as none.", column=name, cells=cells, example=example)
