"""The steps of intake, one after the other: a file, its columns, the table and the report."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake import encodings
from crmlib.intake.columns import Parsed, parse_text, parse_typed, to_series, to_texts
from crmlib.intake.raw import Raw, count, existing, is_parquet, read_parquet, read_text
from crmlib.intake.records import shorten
from crmlib.intake.report import REJECTED, IntakeReport, common_reasons
from crmlib.language import t
from crmlib.tables import Table

# Fewer rows that fail alike are set aside one by one, however few the others are.
FEWEST_ALIKE = 10
MEANT = {
    "number": "plain decimals such as 1234.50, without signs for money or thousands",
    "integer": "whole numbers",
    "datetime": "dates such as 2024-06-07 or 2024-06-07 18:30",
    "date": "dates such as 2024-06-07",
    "boolean": "true or false",
}


def read(
    path: str | os.PathLike,
    table: Table,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> tuple[pd.DataFrame, IntakeReport]:
    """What `intake.read_table` does."""
    if not isinstance(table, Table):
        raise TypeError(f"table must be a Table, such as tables.CUSTOMERS; got {type(table).__name__}.")
    file = existing(path)
    with encodings.sentences(file), file.open("rb") as stream:
        head = stream.read(8)
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if is_parquet(file, head):
        if encoding is not None:
            raise ValueError(
                f"encoding is for text files; {file.name} is Parquet, which has its own. Leave it out."
            )
        raw, parse = read_parquet(file, table, columns), parse_typed
    else:
        raw, parse = read_text(file, table, columns, encoding), parse_text
    n_read = len(raw.lines) + len(raw.misfits)
    if n_read == 0:
        raise ValueError(
            f"{file.name} must hold rows; it holds a header and no rows. Was the export cut off?"
        )

    contract = [column for column in table.columns if column.name in raw.columns]
    parsed = {column.name: parse(raw.columns[column.name], column) for column in contract}
    _refuse_most(file, raw, table, parsed)
    rejected = _rejected(raw, table, parsed)
    if len(rejected) == n_read:
        reasons = "; ".join(common_reasons(rejected, 3, _word(raw)))
        raise ValueError(
            f"{file.name} must hold at least one row of {table.name} that can be read; all {n_read:,} rows "
            f"were set aside. {reasons}. Mend the export, or map other columns with "
            "columns={'your name': 'amount'}."
        )
    is_good = ~np.any([column.problem > 0 for column in parsed.values()], axis=0)
    frame = pd.DataFrame(
        {column.name: to_series(_keep(parsed[column.name].values, is_good), column) for column in contract}
    )
    notes = [*raw.notes, *(remark for column in parsed.values() for remark in column.remarks)]
    notes += _notes_on_rows(frame, raw, table, parsed, is_good)
    report = IntakeReport(
        path=file,
        sha256=sha256,
        table=table.name,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        columns=raw.mapping,
        n_read=n_read,
        n_accepted=len(frame),
        n_rejected=len(rejected),
        rejected=rejected,
        notes=tuple(notes),
    )
    return frame, report


def _keep(values: np.ndarray | pa.ChunkedArray, is_good: np.ndarray) -> np.ndarray | pa.ChunkedArray:
    if is_good.all():
        return values
    return values[is_good] if isinstance(values, np.ndarray) else values.filter(pa.array(is_good))


# --- what is set aside --------------------------------------------------------------------------


def _rejected(raw: Raw, table: Table, parsed: dict[str, Parsed]) -> pd.DataFrame:
    """One row per row set aside: its line, and its first problem in the order of the contract."""
    first, n_problems = np.full(len(raw.lines), -1), np.zeros(len(raw.lines), dtype=np.int64)
    for place, column in reversed(list(enumerate(parsed.values()))):
        is_bad = column.problem > 0
        first[is_bad] = place
        n_problems += is_bad
    # Of a line that is no row, nobody can say which part is personal.
    is_open = all(name in raw.mapping and not table.column(raw.mapping[name]).personal for name in raw.names)
    found = [(line, "", _shown(text, is_personal=not is_open), reason) for line, text, reason in raw.misfits]
    for place, (name, column) in enumerate(parsed.items()):
        rows = np.flatnonzero(first == place)
        cells = to_texts(raw.columns[name].take(pa.array(rows)))
        for row, cell in zip(rows.tolist(), cells, strict=True):
            reason = f"{name} {column.reason(row)}"
            if n_problems[row] > 1:
                others = [
                    f"{also} {parsed[also].reason(row)}"
                    for also in list(parsed)[place + 1 :]
                    if parsed[also].problem[row]
                ]
                reason += f" (also: {', '.join(others)})"
            found.append(
                (int(raw.lines[row]), name, _shown(cell, is_personal=table.column(name).personal), reason)
            )
    rejected = pd.DataFrame(sorted(found), columns=REJECTED)
    return rejected.astype({"line": "int64", "column": "str", "value": "str", "reason": "str"})


def _shown(cell: str | None, *, is_personal: bool) -> str:
    text = "" if cell is None else shorten(cell)
    return f"{text[0]}***" if is_personal and text else text


def _refuse_most(file: Path, raw: Raw, table: Table, parsed: dict[str, Parsed]) -> None:
    """Rather an error that says what to do than a table with next to nothing in it."""
    n_read = len(raw.lines) + len(raw.misfits)
    if _are_most(len(raw.misfits), n_read):
        examples = "; ".join(f"line {misfit.line:,}: {misfit.reason}" for misfit in raw.misfits[:3])
        raise ValueError(
            f"every line of {file.name} must have the {len(raw.names)} fields of its header; "
            f"{len(raw.misfits):,} of {n_read:,} cannot be split so, for example {examples}. A text that "
            f"holds the delimiter {raw.delimiter!r} must stand in double quotes; export the file again."
        )
    for name in table.required:
        column = parsed[name]
        bad = np.flatnonzero((column.problem > 0) & ~column.is_empty)
        if _are_most(len(bad), n_read):
            personal = table.column(name).personal
            cells = [
                _shown(cell, is_personal=personal)
                for cell in to_texts(raw.columns[name].take(pa.array(bad[:3])))
            ]
            examples = ", ".join(
                f"{cell!r} ({_word(raw)} {raw.lines[row]:,})" for cell, row in zip(cells, bad, strict=False)
            )
            raise ValueError(
                f"{name} must hold {MEANT.get(table.column(name).type, 'known values')}; {len(bad):,} of "
                f"{n_read:,} rows of {file.name} do not, for example {examples}: it {column.reason(bad[0])}. "
                "Change how the file is exported, or map another column with "
                f"columns={{'your name': '{name}'}}."
            )


def _are_most(n: int, n_read: int) -> bool:
    return n >= FEWEST_ALIKE and 2 * n > n_read


# --- what is kept, and worth a word -------------------------------------------------------------


def _notes_on_rows(
    frame: pd.DataFrame, raw: Raw, table: Table, parsed: dict[str, Parsed], is_good: np.ndarray
) -> list[str]:
    notes, lines = [], raw.lines[is_good]

    def note(rows: np.ndarray, sentence: str) -> None:
        """`{n}` rows, what their amounts come to, and where the first is."""
        if rows.any():
            amount = t(", {amount} in all").format(amount=f"{frame['amount'][rows].sum():,.2f}") if "amount" in frame else ""
            where = t("row {n}") if raw.delimiter is None else t("line {n}")
            first = where.format(n=f"{lines[rows.argmax()]:,}")
            notes.append(sentence.format(n=_rows(int(rows.sum())), amount=amount, first=first))

    if not is_good.all() and raw.delimiter is None:
        notes.append(t("Parquet has no lines: `line` is the number of the row, the first being 1."))
    if "customer_id" in parsed and "amount" in parsed and parsed["customer_id"].is_empty.any():
        nobody, amount = parsed["customer_id"].is_empty, parsed["amount"]
        total = np.nansum(np.where(amount.problem == 0, amount.values, 0)[nobody])
        notes.append(
            t("{n} without a customer_id set aside, {total} in all: they belong to no customer.").format(
                n=_rows(int(nobody.sum())), total=f"{total:,.2f}"
            )
        )
    if "amount" in frame:
        amounts = frame["amount"].to_numpy()
        note(amounts < 0, t("{n} with a negative amount{amount}, kept as refunds (the first: {first})."))
        note(amounts == 0, t("{n} with an amount of zero, kept (the first: {first})."))
    for column in table.columns:
        if column.unit == "currency" and column.name in frame:
            values = frame[column.name].to_numpy()
            # Beyond 2**50 hundredths a float cannot tell.
            plain = np.where(np.abs(values) <= 2**50 / 100, values, 0.0)
            has_more = np.round(plain * 100) / 100 != plain
            if has_more.any():
                example = values[has_more.argmax()]
                note(
                    has_more,
                    t("{n} with more than two decimals in {column}, such as {example}, kept as they are.")
                    .replace("{column}", column.name)
                    .replace("{example}", str(example)),
                )
    if table.key and set(table.key) <= set(frame.columns):
        repeated = frame.duplicated(list(table.key)).to_numpy()
        seen = t("{n} with a {key} seen before, kept (the first: {first}).").replace("{key}", " and ".join(table.key))
        note(repeated, seen)
    else:
        repeated = pd.Series(raw.row_hash[is_good]).duplicated().to_numpy()
        note(repeated, t("{n} repeating another exactly{amount}, kept (the first: {first})."))
    return notes


def _rows(n: int) -> str:
    return t("1 row") if n == 1 else t("{n} rows").format(n=f"{n:,}")


def _word(raw: Raw) -> str:
    return "row" if raw.delimiter is None else "line"
