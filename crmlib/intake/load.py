"""A file or a folder -> tables and reports: which file holds which table, parts together, personal fields masked."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from crmlib.intake.combine import combine, read_returns, read_sheets, with_note
from crmlib.intake.customer_level import describe_level, said_table
from crmlib.intake.database import find_tables
from crmlib.intake.duplicates import add_pairs
from crmlib.intake.fits import may_be_large, refuse_too_large
from crmlib.intake.known_ledger import table_by_name
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import find_mapping, is_there, read_mapping, to_reading
from crmlib.intake.names import is_name
from crmlib.intake.packed import PACKED, PARQUET, TEXTS, WORKBOOKS
from crmlib.intake.packed import SUFFIXES as WITHOUT_TABLES
from crmlib.intake.parts import columns_of, doubts_on_unread, find_alike, goes_on, is_part
from crmlib.intake.privacy import mask_personal, mask_rejected
from crmlib.intake.report import IntakeReport
from crmlib.intake.several import (
    call_parts,
    count_rows,
    doubts_on_folders,
    find_parts,
    find_pattern,
    folder_of,
    is_parquet,
    is_pattern,
    refuse_unlike,
)
from crmlib.intake.source import DATABASES, head_of
from crmlib.language import t
from crmlib.tables import CUSTOMER_VALUES, CUSTOMERS, INVOICES, TABLES, TRANSACTIONS

if TYPE_CHECKING:
    from crmlib.intake.large import Large

SUFFIXES = (*WITHOUT_TABLES, *DATABASES)
NOT_TEXT = (*PARQUET, *WORKBOOKS, *DATABASES)


def load_path(
    path: Path,
    *,
    columns: dict | None = None,
    encoding: str | None = None,
    mapping: str | os.PathLike | dict | None = None,
    show_personal: bool = False,
    with_pairs: bool = False,
) -> tuple[dict[str, pd.DataFrame], dict[str, IntakeReport]]:
    """Tables and reports of a file or folder of yours; see `datasets.load_data`."""
    said = read_said(path, mapping) if columns is None and encoding is None else {}
    files = find_files(path, said)
    if path.is_file():
        others = {table: found for table, found in files.items() if table != TRANSACTIONS.name}
        files = {_table_of_one(path, said, columns): [path]} | others
    readings = _readings(path, files, columns, encoding, said)
    readings = {
        table: dataclasses.replace(readings.get(table, Reading()), show_personal=show_personal) for table in files
    }
    tables, reports = load_files(path, files, readings)
    is_there_still = TRANSACTIONS.name in tables and not isinstance(tables[TRANSACTIONS.name], pd.DataFrame)
    large = tables.pop(TRANSACTIONS.name) if is_there_still else None
    if show_personal:
        masked = tables if large is None else {TRANSACTIONS.name: large.shown} | tables
    else:
        masked, reports = mask_all(tables, reports, large)
    return (add_pairs(tables, masked) if with_pairs else masked), reports


def mask_all(
    tables: dict[str, pd.DataFrame], reports: dict[str, IntakeReport], large: Large | None
) -> tuple[dict, dict]:
    """Tables and reports without what is personal."""
    is_named = any(
        ours == "customer_id" and is_name(theirs)
        for report in reports.values()
        for theirs, ours in report.columns.items()
    )
    if large is None:
        masked, notes = mask_personal(tables, is_named=is_named)
    else:
        from crmlib.intake.large import mask_large

        report = reports[TRANSACTIONS.name]
        good, masked, notes, reports[TRANSACTIONS.name] = mask_large(large, report, tables, is_named=is_named)
    for table, sentences in notes.items():
        rejected = mask_rejected(reports[table].rejected, tables[table], masked[table])
        reports[table] = dataclasses.replace(
            reports[table], notes=(*reports[table].notes, *sentences), rejected=rejected
        )
    return (masked if large is None else {TRANSACTIONS.name: good} | masked), reports


def read_said(path: Path, mapping: str | os.PathLike | dict | None) -> dict:
    """What is in a mapping file: the one named, or the one beside the data."""
    if isinstance(mapping, dict):
        return mapping
    mapping = find_mapping(path) if mapping is None else mapping
    return read_mapping(mapping) if mapping is not None else {}


def _table_of_one(path: Path, said: dict, columns: dict | None) -> str:
    """Which table one file holds: orders, unless it is said that its rows are customers."""
    is_of_customers = columns and (CUSTOMER_VALUES.name in columns or "value" in columns.values())
    if is_of_customers:
        return CUSTOMER_VALUES.name
    if columns and (INVOICES.name in columns or "due_date" in columns.values()):
        return INVOICES.name
    is_called_so = not said and not columns and path.name.partition(".")[0] == INVOICES.name
    return said_table(path, said) or (INVOICES.name if is_called_so else TRANSACTIONS.name)


def _readings(path: Path, files: dict, columns: dict | None, encoding: str | None, said: dict) -> dict[str, Reading]:
    """How to read each table: as said in the call, or in a mapping file."""
    if columns is not None or encoding is not None:
        nested = columns and all(isinstance(value, dict) for value in columns.values())
        one = next(iter(files)) if path.is_file() else TRANSACTIONS.name
        by_table = columns if nested else {one: columns}
        unknown = [table for table in by_table if table not in files and by_table[table]]
        if unknown:
            raise ValueError(
                t(
                    "columns= names the tables {unknown}; {path!r} has {files}.",
                    unknown=unknown,
                    path=str(path),
                    files=list(files),
                )
            )
        return {table: Reading(columns=by_table.get(table), encoding=encoding) for table in files}
    return {table: to_reading(sections) for table, sections in said.items() if table in files}


def find_files(path: Path, said: dict[str, dict] | None = None) -> dict[str, list[Path]]:
    """Which files hold which table: one file of transactions, or a folder of files named after tables.

    A database is one file of several: transactions, and the tables of ours that it names so, or of which
    a mapping has something to say.

    Raises
    ------
    FileNotFoundError
        There is nothing.
    ValueError
        The folder has no known table, or one both whole and in parts.
    """
    if is_there(path) and path.is_file():
        others = [] if path.name.casefold().endswith(WITHOUT_TABLES) else find_tables(path, head_of(path), said or {})
        others += [CUSTOMERS.name] if (said or {}).get(CUSTOMERS.name) and CUSTOMERS.name not in others else []
        return {TRANSACTIONS.name: [path]} | {table: [path] for table in others}
    if is_pattern(path):
        return {TRANSACTIONS.name: find_pattern(path)}
    if not is_there(path):
        raise FileNotFoundError(
            t(
                "data must be the path of a file or folder; there is none at {path!r}. Look for a slip in it.",
                path=str(path),
            )
        )
    try:
        names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    except PermissionError:
        raise PermissionError(
            t("{path!r} must be a folder you may read; you may not. Change its permissions.", path=str(path))
        ) from None
    tables = {name: _table_of(name) or _table_in(path / name) for name in names}
    files = {table: [name for name in names if tables[name] == table] for table in TABLES}
    files = {table: found for table, found in files.items() if found}
    if not files and (alike := find_alike([path / name for name in names if _stem(name)]) or _find_below(path)):
        count_rows(find_parts(path))  # which refuses a part that is not whole: without it a sum is wrong
        return {TRANSACTIONS.name: alike}
    if not files:
        shown = names[:20] + (["..."] if len(names) > 20 else [])
        raise ValueError(
            t(
                "a folder of data must have a file named after a table, such as transactions.csv; {path!r} has {shown}."
                " Known tables: {tables}; endings: {suffixes}; texts also packed ({packed}). Or name one file of orders"
                " instead of the folder.",
                path=str(path),
                shown=shown,
                tables=list(TABLES),
                suffixes=", ".join((*TEXTS, *PARQUET, *WORKBOOKS, *DATABASES)),
                packed=", ".join(PACKED),
            )
        )
    _refuse_both(files)
    return {table: [file for name in found for file in _files_of(path / name)] for table, found in files.items()}


def _table_in(place: Path) -> str | None:
    """The table whose parts lie in a folder called like it."""
    return place.name if place.name in TABLES and place.is_dir() and find_parts(place) else None


def _files_of(place: Path) -> list[Path]:
    """A file, or the parts in a folder that is called like a table, as Spark writes one."""
    return (find_parts(place) or [place]) if place.is_dir() else [place]


def _find_below(folder: Path) -> list[Path]:
    """The parts of orders in the folders of a folder that has none itself; [] where there are none."""
    files = find_parts(folder)
    if files:
        refuse_unlike(files)
    return files


def _refuse_both(files: dict[str, list[str]]) -> None:
    """A table that is there whole and in parts would be counted twice."""
    for table, found in files.items():
        whole = [name for name in found if _stem(name) == table]
        if len(whole) > 1 or (whole and not all(goes_on(_stem(name)) for name in found if name not in whole)):
            raise ValueError(
                t(
                    "{table} must be there once, whole or in parts; found {found}. Move one away.",
                    table=table,
                    found=found,
                )
            )


def load_files(path: Path, files: dict[str, list[Path]], readings: dict[str, Reading]):
    tables, reports = {}, {}
    for table, found in files.items():
        reading = readings.get(table, Reading())
        large = _read_if_large(path, found, reading) if table == TRANSACTIONS.name else None
        tables[table], reports[table] = (large, large.report) if large else _read_one(path, found, table, reading)
        if len(found) > 1 and (all(map(is_parquet, found)) or is_pattern(path)):
            doubts = doubts_on_folders(found, folder_of(path) if is_pattern(path) else path, columns_of(found[0]))
            reports[table] = dataclasses.replace(reports[table], doubts=(*reports[table].doubts, *doubts))
    if CUSTOMER_VALUES.name in tables:
        note = describe_level(tables[CUSTOMER_VALUES.name])
        reports[CUSTOMER_VALUES.name] = with_note(reports[CUSTOMER_VALUES.name], note)
    if path.is_dir():
        _tell_unread(path, files, readings, reports)
    return tables, reports


def _read_if_large(path: Path, found: list[Path], reading: Reading) -> Large | None:
    """The orders of more Parquet or text than is read into memory; None where they are fewer."""
    if not all(map(is_parquet, found)):
        if not any(map(may_be_large, found)):
            return None
        from crmlib.intake.large_text import read_large_text

        return read_large_text(path, found, reading)
    from crmlib.intake.large import is_large, read_large  # with an engine, which takes its time to load

    return read_large(path, found, reading) if is_large(found) else None


def _read_one(path: Path, found: list[Path], table: str, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """A table, of one file or of parts."""
    parts = {}
    for file, called in call_parts(found, folder_of(path) if is_pattern(path) else path).items():
        refuse_too_large(file)
        # What is no text brings its own encoding.
        own = dataclasses.replace(reading, encoding=None) if file.suffix.lower() in NOT_TEXT else reading
        parts |= read_sheets(file, TABLES[table], own, called)
    if reading.returns:
        parts |= read_returns(path, TABLES[table], reading)
    stem = _stem(found[0].name)
    is_whole = len(found) == 1 and (path.is_file() or table in (stem, table_by_name(stem)))
    name = found[0] if is_whole else path if stem != table else path / f"{TRANSACTIONS.name}-*"
    return next(iter(parts.values())) if is_whole and len(parts) == 1 else combine(name, parts)


def _tell_unread(path: Path, files: dict[str, list[Path]], readings: dict[str, Reading], reports: dict) -> None:
    """Say, in the first report, which files of a folder were left, and doubt those that look like orders."""
    names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    were_read = {file.relative_to(path).parts[0] for found in files.values() for file in found}
    were_read |= {reading.returns for reading in readings.values() if reading.returns}
    others = [name for name in names if name not in were_read and _table_of(name) is None]
    others = [name for name in others if name != "mapping.toml" and not name.endswith(".mapping.toml")]
    others = [name for name in others if _stem(name) or not name.startswith("_")]  # _SUCCESS of Spark is no data
    if not others:
        return
    first = next(iter(reports))
    note = t("Not read, since not named after a table: {names}.", names=", ".join(others))
    unread = [path / name for name in others if _stem(name)]
    doubts = doubts_on_unread(unread, files.get(TRANSACTIONS.name, []))
    report = with_note(reports[first], note)
    reports[first] = dataclasses.replace(report, doubts=(*report.doubts, *doubts))


def _stem(name: str) -> str:
    return next((name[: -len(suffix)] for suffix in SUFFIXES if name.lower().endswith(suffix)), "")


def _table_of(name: str) -> str | None:
    stem = _stem(name)
    if is_part(stem):
        return TRANSACTIONS.name
    return stem if stem in TABLES else table_by_name(stem)
