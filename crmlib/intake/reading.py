"""The steps of intake, one after the other: a file, its columns, the table and the report."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake.cells import ORDERS
from crmlib.intake.columns import Parsed, parse_text
from crmlib.intake.conventions import Undecided
from crmlib.intake.database import peek_database, read_database
from crmlib.intake.doubts import Account, find_file_doubts, find_people
from crmlib.intake.fill import ask_about_filling
from crmlib.intake.frame import are_good, make_account, make_frame, set_sums_aside
from crmlib.intake.json_rows import peek_json, read_json
from crmlib.intake.judge import count_currency, find_questions
from crmlib.intake.mapped import Joined, Sum
from crmlib.intake.mapping import Reading
from crmlib.intake.mixed import add, multiply, parse_mixed
from crmlib.intake.notes import notes_on_rows
from crmlib.intake.numbered import number_rows, without_numbers
from crmlib.intake.parquet import peek_parquet, read_parquet
from crmlib.intake.raw import Peeked, Raw
from crmlib.intake.rejected import all_set_aside, list_rejected, refuse_most
from crmlib.intake.report import IntakeReport
from crmlib.intake.rows import apply_said
from crmlib.intake.source import Source, kind_of
from crmlib.intake.text import peek_text, read_text
from crmlib.intake.typed import parse_typed
from crmlib.intake.workbook import peek_workbook, read_workbook
from crmlib.language import t
from crmlib.tables import Column, Table

DECIMAL = ("decimal", (".", ","), ("number", "integer"))
DATES = ("dates", ORDERS, ("datetime", "date"))


Amend = Callable[[Raw, dict[str, Parsed]], dict[str, Parsed]]
Translate = Callable[[Raw], tuple[Raw, list[str]]]


def read(path: str | os.PathLike, table: Table, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """The rows of a file as they stand; `understood.read_as` makes invoices of a ledger."""
    return read_rows(path, table, reading)[:2]


def read_rows(
    path: str | os.PathLike,
    table: Table,
    reading: Reading,
    *,
    amend: Amend | None = None,
    translate: Translate | None = None,
) -> tuple[pd.DataFrame, IntakeReport, np.ndarray]:
    """The rows of a file, their account, and the line of each.

    `translate` changes cells before they are read, and says so; `amend` changes columns once they are.
    """
    if not isinstance(table, Table):
        raise TypeError(t("table must be a Table, such as tables.CUSTOMERS; got {kind}.", kind=type(table).__name__))
    table = without_numbers(table) if reading.rows == "numbered" else table
    decimal, dates = by_column(reading.decimal, table, *DECIMAL), by_column(reading.dates, table, *DATES)
    with Source(path) as source:
        kind, raw = read_raw(source, table, reading)
        sha256 = source.sha256()
    n_read = _count_rows(source.path, raw, table)
    ask_about_filling(raw, table, reading)
    raw, translated = translate(raw) if translate else (raw, [])
    parsed = read_values(raw, table, kind, (decimal, dates), reading, amend)
    refuse_most(source.path, raw, table, parsed, show_personal=reading.show_personal)
    parsed, others = apply_said(raw, table, parsed, reading)
    currencies = find_currencies(raw, table, parsed, others, reading)
    sums = [] if reading.sums == "count" else set_sums_aside(parsed, table, are_good(parsed, others))
    rejected, n_rejected = _reject(source.path, n_read, raw, table, parsed, others)
    is_good = are_good(parsed, others)
    frame = make_frame(raw, table, parsed, is_good, reading)
    account = make_account(n_read, raw, table, parsed, others, is_good)
    on_rows = notes_on_rows(frame, raw, table, parsed, is_good, is_settled=amend is not None)
    report = IntakeReport(
        path=source.path,
        sha256=sha256,
        table=table.name,
        n_read=n_read,
        n_accepted=len(frame),
        n_rejected=n_rejected,
        rejected=rejected,
        notes=(*_notes(raw, parsed), *translated, *on_rows),
        doubts=(*_doubts(raw, table, parsed, account, reading, is_good), *find_people(frame, raw.mapping), *sums),
        currency=next((one.currency for one in parsed.values() if one.currency), next(iter(currencies), None)),
        amount_accepted=account.kept,
        amount_set_aside=account.lost,
        n_on_purpose=n_rejected - account.n_lost,
        said=reading.said,
        **_describe(raw),
    )
    return frame, report, raw.lines[is_good]


def read_values(
    raw: Raw, table: Table, kind: str, said: tuple[dict, dict], reading: Reading, amend: Amend | None
) -> dict[str, Parsed]:
    """The values of the columns, changed by who has asked to, with numbers for customers who have none."""
    parsed = _parse_all(raw, table, kind, *said)
    parsed = amend(raw, parsed) if amend else parsed
    if reading.rows == "numbered" and "customer_id" not in parsed:
        parsed = number_rows(parsed, raw)
    return parsed


def read_raw(source: Source, table: Table, reading: Reading) -> tuple[str, Raw]:
    """What kind of file it is, and what is in it; an error where it changes meanwhile."""
    kind = _kind_of(source)
    refuse_misplaced(source.path, kind, reading)
    try:
        return kind, _read_columns(source, table, kind, reading)
    finally:
        source.refuse_changed()


def _count_rows(file: Path, raw: Raw, table: Table) -> int:
    """How many rows a file has, also those that a database left out.

    Raises
    ------
    ValueError
        It has none, or left out all of them.
    """
    n_left_out = sum(raw.left_out.values())
    n_read = len(raw.lines) + len(raw.misfits) + n_left_out
    if n_read == 0:
        raise ValueError(
            t("{file} must hold rows; it holds a header and no rows. Was the export cut off?", file=file.name)
        )
    if n_read == n_left_out:
        raise all_set_aside(file, raw, table)
    return n_read


def _reject(
    file: Path, n_read: int, raw: Raw, table: Table, parsed: dict[str, Parsed], others: dict[str, Parsed]
) -> tuple[pd.DataFrame, int]:
    """The rows set aside, and how many they are together with those a database left out; an error if all are."""
    rejected = list_rejected(raw, table, parsed, others)
    n_rejected = len(rejected) + sum(raw.left_out.values())
    if n_rejected == n_read:
        raise all_set_aside(file, raw, table, rejected)
    return rejected, n_rejected


def _describe(raw: Raw) -> dict:
    """What a report says of the form of a file."""
    return {
        "encoding": raw.encoding,
        "delimiter": raw.delimiter,
        "sheet": raw.sheet,
        "relation": raw.relation,
        "columns": raw.mapping,
        "left_out": dict(raw.left_out),
    }


def _notes(raw: Raw, parsed: dict[str, Parsed]) -> list[str]:
    return [*raw.notes, *(remark for column in parsed.values() for remark in column.remarks)]


def _doubts(
    raw: Raw, table: Table, parsed: dict[str, Parsed], account: Account, reading: Reading, is_good: np.ndarray
) -> list[str]:
    of_columns = [doubt for column in parsed.values() for doubt in column.doubts]
    return [*raw.doubts, *of_columns, *find_file_doubts(raw, table, account, reading, is_good)]


def find_currencies(
    raw: Raw, table: Table, parsed: dict[str, Parsed], others: dict[str, Parsed], reading: Reading
) -> list[str]:
    """The currencies the rows are in, none or one; what else their values say is asked.

    Raises
    ------
    Undecided
        The values of a column say that amounts mean different things.
    """
    is_good = are_good(parsed, others)
    if table.added_up not in parsed or not is_good.any():
        return []
    if questions := find_questions(raw, table, parsed, is_good, reading):
        raise Undecided(*questions)
    return [text.upper() for text in count_currency(raw, is_good)]


def peek(path: str | os.PathLike, table: Table, reading: Reading) -> Peeked:
    """The names of a file's columns, and the first values of each as text."""
    with Source(path) as source:
        kind = _kind_of(source)
        if kind == "parquet":
            return peek_parquet(source)
        peeks = {"workbook": peek_workbook, "json": peek_json, "text": peek_text, "database": peek_database}
        return peeks[kind](source, table, reading)


def _kind_of(source: Source) -> str:
    kind = kind_of(source.inside, source.head)
    if kind == "database" and source.is_packed:
        raise ValueError(t("{file} must be unpacked: a database is read where it lies.", file=source.path.name))
    return kind


def refuse_misplaced(file: Path, kind: str, reading: Reading) -> None:
    """What is said of another kind of file than it is."""
    if reading.encoding is not None and kind not in ("text", "json"):
        raise ValueError(
            t("encoding is for text files; {file} is none, and brings its own. Leave it out.", file=file.name)
        )
    if reading.names is not None and kind not in ("text", "workbook"):
        raise ValueError(
            t("names are for files that do not say them; {file} does, in every row. Leave them out.", file=file.name)
        )
    if reading.sheet is not None and kind != "workbook":
        raise ValueError(t("sheet is for workbooks; {file} is none. Leave it out.", file=file.name))
    if reading.table is not None and kind != "database":
        raise ValueError(t("table is for databases; {file} is none. Leave it out.", file=file.name))


def _read_columns(source: Source, table: Table, kind: str, reading: Reading) -> Raw:
    readers = {"parquet": read_parquet, "workbook": read_workbook, "json": read_json, "database": read_database}
    return readers.get(kind, read_text)(source, table, reading)


def _parse_all(raw: Raw, table: Table, kind: str, decimal: dict, dates: dict) -> dict[str, Parsed]:
    """The columns of the contract that the file has, in the contract's order.

    Raises
    ------
    Undecided
        Some are open; all their questions come together.
    """
    parsed, questions = {}, []
    for column in (column for column in table.columns if column.name in raw.columns):
        said = {"table": table.name, "decimal": decimal.get(column.name), "order": dates.get(column.name)}
        try:
            parsed[column.name] = _parse(raw, column, kind, said)
        except Undecided as undecided:
            questions += undecided.questions
    if questions:
        raise Undecided(*questions)
    return parsed


def by_column(
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
        places = raw.places.products[column.name]
        if isinstance(places, Joined):
            return parse_text(raw.columns[column.name], column, **said)
        parts = zip(raw.products[column.name], places, strict=True)
        combine = add if isinstance(places, Sum) else multiply
        return functools.reduce(combine, (_parse_one(raw, texts, place, column, kind, said) for texts, place in parts))
    return _parse_one(raw, raw.columns[column.name], raw.places.single[column.name], column, kind, said)


def _parse_one(raw: Raw, values: pa.ChunkedArray, place: int, column: Column, kind: str, said: dict) -> Parsed:
    if kind == "parquet" or (kind == "database" and place not in raw.is_typed):
        return parse_typed(values, column, **said)
    if raw.is_typed is not None:
        return parse_mixed(values, raw.is_typed[place], column, **said)
    return parse_text(values, column, **said)
