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
from crmlib.intake.cells import ORDERS
from crmlib.intake.columns import (
    Parsed,
    multiply,
    parse_mixed,
    parse_text,
    parse_typed,
    to_series,
    to_texts,
    two_currencies,
)
from crmlib.intake.conventions import Undecided
from crmlib.intake.doubts import find_currency, find_file_doubts
from crmlib.intake.mapping import Columns
from crmlib.intake.raw import Raw, existing, kind_of, read_parquet, read_text, read_workbook
from crmlib.intake.records import shorten
from crmlib.intake.report import REJECTED, IntakeReport, common_reasons
from crmlib.language import plural, t
from crmlib.tables import Column, Table

DECIMAL = ("decimal", (".", ","), ("number", "integer"))
DATES = ("dates", ORDERS, ("datetime", "date"))
# Fewer rows that fail alike are set aside one by one, however few the others are.
FEWEST_ALIKE = 10


def _meant(kind: str) -> str:
    """What cells of a type look like."""
    return {
        "number": t("numbers such as 1234.50 or ¥1,234.50"),
        "integer": t("whole numbers"),
        "datetime": t("dates such as 2024-06-07 or 2024-06-07 18:30"),
        "date": t("dates such as 2024-06-07"),
        "boolean": t("true or false"),
    }.get(kind, t("known values"))


def read(
    path: str | os.PathLike,
    table: Table,
    *,
    columns: Columns | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    decimal: Mapping[str, str] | str | None = None,
    dates: Mapping[str, str] | str | None = None,
) -> tuple[pd.DataFrame, IntakeReport]:
    """What `intake.read_table` does."""
    if not isinstance(table, Table):
        raise TypeError(t("table must be a Table, such as tables.CUSTOMERS; got {kind}.", kind=type(table).__name__))
    file = existing(path)
    with encodings.sentences(file), file.open("rb") as stream:
        head = stream.read(8)
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    kind = kind_of(file, head)
    if encoding is not None and kind != "text":
        raise ValueError(
            t("encoding is for text files; {file} is none, and brings its own. Leave it out.", file=file.name)
        )
    if sheet is not None and kind != "workbook":
        raise ValueError(t("sheet is for workbooks; {file} is none. Leave it out.", file=file.name))
    decimal, dates = (_by_column(said, table, *known) for said, known in ((decimal, DECIMAL), (dates, DATES)))
    if kind == "parquet":
        raw = read_parquet(file, table, columns)
    elif kind == "workbook":
        raw = read_workbook(file, table, columns, sheet)
    else:
        raw = read_text(file, table, columns, encoding)
    n_read = len(raw.lines) + len(raw.misfits)
    if n_read == 0:
        raise ValueError(
            t("{file} must hold rows; it holds a header and no rows. Was the export cut off?", file=file.name)
        )

    contract = [column for column in table.columns if column.name in raw.columns]
    parsed, questions = {}, []
    for column in contract:
        said = {"table": table.name, "decimal": decimal.get(column.name), "order": dates.get(column.name)}
        try:
            parsed[column.name] = _parse(raw, column, kind, said)
        except Undecided as undecided:
            questions += undecided.questions
    if questions:
        raise Undecided(*questions)
    money = [name for name in parsed if table.column(name).unit == "currency"]
    currencies = find_currency(raw.telling or {}) if money else {}
    if len(currencies) > 1:
        raise two_currencies(money[0], dict(currencies.most_common()))
    _refuse_most(file, raw, table, parsed)
    rejected = _rejected(raw, table, parsed)
    if len(rejected) == n_read:
        reasons = "; ".join(common_reasons(rejected, 3, _word(raw)))
        raise ValueError(
            t(
                "{file} must hold at least one row of {table} that can be read; all {n_read:,} rows were set aside."
                " {reasons}. Mend the export, or map other columns with columns={{'your name': 'amount'}}.",
                file=file.name,
                table=table.name,
                n_read=n_read,
                reasons=reasons,
            )
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
        sheet=raw.sheet,
        columns=raw.mapping,
        n_read=n_read,
        n_accepted=len(frame),
        n_rejected=len(rejected),
        rejected=rejected,
        notes=tuple(notes),
        doubts=tuple(find_file_doubts(raw.telling or {}, raw.mapping, table, is_good, n_read)),
        currency=next((parsed[name].currency for name in money if parsed[name].currency), next(iter(currencies), None)),
    )
    return frame, report


def _by_column(
    said: Mapping[str, str] | str | None, table: Table, name: str, choices: tuple, types: tuple
) -> dict[str, str]:
    """What was said of each column, of the types it can be said of."""
    columns = [column.name for column in table.columns if column.type in types]
    found = dict.fromkeys(columns, said) if isinstance(said, str) or said is None else dict(said)
    wrong = {
        key: value for key, value in found.items() if key not in columns or (value is not None and value not in choices)
    }
    if wrong:
        raise ValueError(
            t(
                "{name} must say one of {choices} for columns of {table} among {columns}; got {wrong}. For example "
                "{name}={{{column!r}: {choice!r}}}.",
                name=name,
                choices=list(choices),
                table=table.name,
                columns=columns,
                wrong=wrong,
                column=columns[0],
                choice=choices[0],
            )
        )
    return found


def _parse(raw: Raw, column: Column, kind: str, said: dict) -> Parsed:
    if column.name in raw.products:
        factors = zip(raw.products[column.name], raw.places.products[column.name], strict=True)
        return multiply(*(_parse_one(raw, texts, place, column, kind, said) for texts, place in factors))
    return _parse_one(raw, raw.columns[column.name], raw.places.single[column.name], column, kind, said)


def _parse_one(raw: Raw, values: pa.ChunkedArray, place: int, column: Column, kind: str, said: dict) -> Parsed:
    if kind == "parquet":
        return parse_typed(values, column, **said)
    if kind == "workbook":
        return parse_mixed(values, raw.is_typed[place], column, **said)
    return parse_text(values, column, **said)


def _keep(values: np.ndarray | pa.ChunkedArray, is_good: np.ndarray) -> np.ndarray | pa.ChunkedArray:
    if is_good.all():
        return values
    return values[is_good] if isinstance(values, np.ndarray) else values.filter(pa.array(is_good))


# --- what is set aside --------------------------------------------------------------------------


def _rejected(raw: Raw, table: Table, parsed: dict[str, Parsed]) -> pd.DataFrame:
    """One row per row set aside: its line, and its first problem in the order of the contract; that it is a total comes before."""
    first, n_problems = np.full(len(raw.lines), -1), np.zeros(len(raw.lines), dtype=np.int64)
    for place, column in reversed(list(enumerate(parsed.values()))):
        is_bad = column.problem > 0
        first[is_bad] = place
        n_problems += is_bad
    for place, column in enumerate(parsed.values()):
        first[column.is_total] = place  # the cells a total leaves empty need no mending
    # Of a line that is no row, nobody can say which part is personal.
    is_open = all(name in raw.mapping and not table.column(raw.mapping[name]).personal for name in raw.names)
    found = [(line, "", _shown(text, is_personal=not is_open), t(reason)) for line, text, reason in raw.misfits]
    for place, (name, column) in enumerate(parsed.items()):
        rows = np.flatnonzero(first == place)
        cells = to_texts(raw.columns[name].take(pa.array(rows)))
        for row, cell in zip(rows.tolist(), cells, strict=True):
            reason = f"{name} {t(column.reason(row))}"
            if n_problems[row] > 1:
                others = [
                    f"{also} {t(parsed[also].reason(row))}"
                    for also in parsed
                    if also != name and parsed[also].problem[row]
                ]
                reason += t(" (also: {others})", others=", ".join(others))
            found.append((int(raw.lines[row]), name, _shown(cell, is_personal=table.column(name).personal), reason))
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
            t(
                "every line of {file} must have the {n_names} fields of its header; {n_bad:,} of {n_read:,} cannot be"
                " split so, for example {examples}. A text that holds the delimiter {delimiter!r} must stand in double"
                " quotes; export the file again.",
                file=file.name,
                n_names=len(raw.names),
                n_bad=len(raw.misfits),
                n_read=n_read,
                examples=examples,
                delimiter=raw.delimiter,
            )
        )
    for name in table.required:
        column = parsed[name]
        bad = np.flatnonzero((column.problem > 0) & ~column.is_empty)
        if _are_most(len(bad), n_read):
            personal = table.column(name).personal
            cells = [_shown(cell, is_personal=personal) for cell in to_texts(raw.columns[name].take(pa.array(bad[:3])))]
            examples = ", ".join(
                f"{cell!r} ({_word(raw).format(n=f'{raw.lines[row]:,}')})"
                for cell, row in zip(cells, bad, strict=False)
            )
            raise ValueError(
                t(
                    "{name} must hold {meant}; {n_bad:,} of {n_read:,} rows of {file} do not, for example {examples}:"
                    " it {reason}. Change how the file is exported, or map another column with columns={{'your name':"
                    " '{name}'}}.",
                    name=name,
                    meant=_meant(table.column(name).type),
                    n_bad=len(bad),
                    n_read=n_read,
                    file=file.name,
                    examples=examples,
                    reason=column.reason(bad[0]),
                )
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
            amount = t(", {amount} in all", amount=f"{frame['amount'][rows].sum():,.2f}") if "amount" in frame else ""
            first = _word(raw).format(n=f"{lines[rows.argmax()]:,}")
            notes.append(sentence.format(n=_rows(int(rows.sum())), amount=amount, first=first))

    if not is_good.all() and raw.delimiter is None:
        notes.append(
            t("`line` is the number of the row in the sheet.")
            if raw.sheet
            else t("Parquet has no lines: `line` is the number of the row, the first being 1.")
        )
    if "customer_id" in parsed and "amount" in parsed and parsed["customer_id"].is_empty.any():
        nobody, amount = parsed["customer_id"].is_empty, parsed["amount"]
        if "order_id" in parsed:
            nobody = nobody & (parsed["order_id"].problem == 0)  # else the line adds others up
        total = np.nansum(np.where(amount.problem == 0, amount.values, 0)[nobody])
    else:
        nobody = np.zeros(1, dtype=bool)
    if nobody.any():
        notes.append(
            t(
                "{n} without a customer_id set aside, {total} in all: they belong to no customer.",
                n=_rows(int(nobody.sum())),
                total=f"{total:,.2f}",
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
    return plural(n, "1 row", "{n} rows")


def _word(raw: Raw) -> str:
    return t("row {n}") if raw.delimiter is None else t("line {n}")
