"""The steps of intake, one after the other: a file, its columns, the table and the report."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake.audit import weigh
from crmlib.intake.cells import ORDERS
from crmlib.intake.columns import (
    Parsed,
    multiply,
    parse_mixed,
    parse_text,
    to_series,
)
from crmlib.intake.conventions import Undecided
from crmlib.intake.doubts import find_currency, find_file_doubts
from crmlib.intake.mapping import Reading
from crmlib.intake.notes import notes_on_rows
from crmlib.intake.parquet import peek_parquet, read_parquet
from crmlib.intake.raw import Peeked, Raw
from crmlib.intake.rejected import all_set_aside, list_rejected, refuse_most
from crmlib.intake.remarks import two_currencies
from crmlib.intake.report import IntakeReport
from crmlib.intake.source import Source, kind_of
from crmlib.intake.text import peek_text, read_text
from crmlib.intake.typed import parse_typed
from crmlib.intake.workbook import peek_workbook, read_workbook
from crmlib.language import t
from crmlib.tables import Column, Table

DECIMAL = ("decimal", (".", ","), ("number", "integer"))
DATES = ("dates", ORDERS, ("datetime", "date"))


def read(path: str | os.PathLike, table: Table, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """What `intake.read_table` does."""
    if not isinstance(table, Table):
        raise TypeError(t("table must be a Table, such as tables.CUSTOMERS; got {kind}.", kind=type(table).__name__))
    with Source(path) as source:
        kind = kind_of(source.path, source.head)
        _refuse_misplaced(source.path, kind, reading)
        decimal, dates = _by_column(reading.decimal, table, *DECIMAL), _by_column(reading.dates, table, *DATES)
        try:
            raw = _read_columns(source, table, kind, reading)
        finally:
            source.refuse_changed()
        sha256 = source.sha256()
    n_read = len(raw.lines) + len(raw.misfits)
    if n_read == 0:
        raise ValueError(
            t("{file} must hold rows; it holds a header and no rows. Was the export cut off?", file=source.path.name)
        )
    parsed = _parse_all(raw, table, kind, decimal, dates)
    money = [name for name in parsed if table.column(name).unit == "currency"]
    currencies = find_currency(raw.telling or {}) if money else {}
    if len(currencies) > 1:
        raise two_currencies(money[0], dict(currencies.most_common()))
    refuse_most(source.path, raw, table, parsed)
    rejected = list_rejected(raw, table, parsed)
    if len(rejected) == n_read:
        raise all_set_aside(source.path, raw, table, rejected)
    is_good = np.ones(len(raw.lines), dtype=bool)
    for column in parsed.values():
        is_good &= column.problem == 0
    frame = pd.DataFrame(
        {name: to_series(_keep(column.values, is_good), table.column(name)) for name, column in parsed.items()},
        copy=False,
    )
    notes = [*raw.notes, *(remark for column in parsed.values() for remark in column.remarks)]
    notes += notes_on_rows(frame, raw, table, parsed, is_good)
    report = IntakeReport(
        path=source.path,
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
        said=reading.said,
        **weigh(parsed, is_good),
    )
    return frame, report


def peek(path: str | os.PathLike, table: Table, reading: Reading) -> Peeked:
    """The names of a file's columns, and the first values of each as text."""
    with Source(path) as source:
        kind = kind_of(source.path, source.head)
        if kind == "parquet":
            return peek_parquet(source)
        return (peek_workbook if kind == "workbook" else peek_text)(source, table, reading)


def _refuse_misplaced(file: Path, kind: str, reading: Reading) -> None:
    """What is said of another kind of file than it is."""
    if reading.encoding is not None and kind != "text":
        raise ValueError(
            t("encoding is for text files; {file} is none, and brings its own. Leave it out.", file=file.name)
        )
    if reading.sheet is not None and kind != "workbook":
        raise ValueError(t("sheet is for workbooks; {file} is none. Leave it out.", file=file.name))


def _read_columns(source: Source, table: Table, kind: str, reading: Reading) -> Raw:
    if kind == "parquet":
        return read_parquet(source, table, reading)
    if kind == "workbook":
        return read_workbook(source, table, reading)
    return read_text(source, table, reading)


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
