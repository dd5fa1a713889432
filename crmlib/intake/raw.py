"""A file read but not yet understood: from a path to columns of text or, in Parquet, typed ones."""

from __future__ import annotations

import difflib
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.intake import encodings, records
from crmlib.intake.mapping import left_out_note, map_columns
from crmlib.intake.records import Misfit, shorten
from crmlib.tables import Table

BATCH = 100_000  # rows of Parquet at a time


class Raw(NamedTuple):
    """A file read but not yet understood: the columns used, as text or typed, and all else found."""

    columns: dict[str, pa.ChunkedArray]  # by our names
    lines: np.ndarray  # where each row begins
    row_hash: np.ndarray  # of all its fields, also those not used
    misfits: list[Misfit]
    mapping: dict[str, str]
    names: list[str]  # all of the file's, in its order
    notes: list[str]
    encoding: str | None = None  # Parquet has neither
    delimiter: str | None = None


# --- the file -----------------------------------------------------------------------------------


def existing(path: str | os.PathLike) -> Path:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(
            f"path must be the path of a file; got {type(path).__name__}. For example 'sales.csv'."
        )
    file = Path(path).expanduser()
    try:
        if file.is_dir():
            raise IsADirectoryError(
                f"path must lead to a file; {str(file)!r} is a folder. Name the file in it, or read the "
                "whole folder with datasets.load_data."
            )
        if file.is_file():
            return file
        is_there = file.exists()
        beside = [entry.name for entry in file.parent.iterdir()] if file.parent.is_dir() else []
    except PermissionError:
        raise PermissionError(
            f"path must lead to a file you may read; {str(file)!r} may not be looked at."
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, IsADirectoryError):
            raise
        raise FileNotFoundError(
            f"path must lead to a file; {shorten(str(file))!r} cannot be a path."
        ) from None
    if is_there:
        raise ValueError(
            f"path must lead to a file; {str(file)!r} is something else. Save the data in a file first."
        )
    similar = difflib.get_close_matches(file.name, beside, n=3, cutoff=0.75)
    found = f"Beside it there are {similar}." if similar else "Look for a slip in it, or give the full path."
    raise FileNotFoundError(f"path must lead to a file; {str(file)!r} is not there. {found}")


def is_parquet(file: Path, head: bytes) -> bool:
    if head.startswith(b"PAR1"):
        return True
    known = {
        b"PK\x03\x04": "an Excel workbook or a zip archive",
        b"\xd0\xcf\x11\xe0": "an old Excel workbook",
        b"%PDF": "a PDF",
    }
    what = next((name for start, name in known.items() if head.startswith(start)), None)
    if what:
        raise ValueError(
            f"{file.name} must be a CSV or Parquet file; it is {what}. Save the table as CSV (UTF-8) from "
            "the program it comes from."
        )
    if file.suffix.lower() in (".parquet", ".pq"):
        raise ValueError(
            f"{file.name} must be a Parquet file, as its name says; its first bytes say it is none. Make it "
            "again."
        )
    return False


# --- text and Parquet ---------------------------------------------------------------------------


def read_text(file: Path, table: Table, columns: Mapping[str, str] | None, encoding: str | None) -> Raw:
    found = encodings.find_encoding(file, encoding)
    starts, hashes, misfits, blank, spanning = [], [np.array([], np.int64)], [], [], []
    with (
        encodings.open_bytes(file) as content,
        io.TextIOWrapper(content, encoding=found.name, newline="") as stream,
    ):
        text = records.open_table(file, stream, {*table.names, *(columns or {})})
        places = map_columns(text.header, table, columns)
        kinds = {place: table.column(name).type for place, name in places.items()}
        kinds = {place: kind for place, kind in kinds.items() if kind in records.LOOKS}
        arrays = {name: [] for name in places.values()}
        for chunk in records.read_records(text, kinds):
            fields = list(zip(*chunk.rows, strict=True)) or [()] * len(text.header)
            for place, name in places.items():
                arrays[name].append(pa.array(fields[place], pa.large_string()))
            starts += chunk.starts
            hashes.append(np.fromiter(map(hash, zip(*fields, strict=True)), np.int64, len(chunk.rows)))
            misfits += chunk.misfits
            blank += chunk.blank
            spanning += chunk.spanning
    notes = [found.note, left_out_note(text.header, places, table, columns or {})]
    if blank:
        notes.append(f"{count(len(blank), 'blank line')} passed over (the first: line {blank[0]:,}).")
    if spanning:
        notes.append(
            f"{count(len(spanning), 'row')} with line breaks inside quotes, each read as one row "
            f"(the first: line {spanning[0]:,})."
        )
    if not found.ends_in_break:
        notes.append(
            "The last line has no line break after it: if the file was cut off, its last value may be short."
        )
    return Raw(
        columns={name: pa.chunked_array(parts, pa.large_string()) for name, parts in arrays.items()},
        lines=np.array(starts, dtype=np.int64),
        row_hash=np.concatenate(hashes),
        misfits=misfits,
        mapping={text.header[place]: name for place, name in places.items()},
        names=text.header,
        notes=[note for note in notes if note],
        encoding=found.name,
        delimiter=text.dialect.delimiter,
    )


def read_parquet(file: Path, table: Table, columns: Mapping[str, str] | None) -> Raw:
    hashes = [np.array([], np.uint64)]
    try:
        with pq.ParquetFile(file) as parquet:
            names = [name.strip() for name in parquet.schema_arrow.names]
            places = map_columns(names, table, columns)
            arrays = {name: [] for name in places.values()}
            for batch in parquet.iter_batches(BATCH):
                for place, name in places.items():
                    arrays[name].append(batch.column(place))
                hashes.append(_hash_rows(batch))
            kinds = {name: parquet.schema_arrow.field(place).type for place, name in places.items()}
    except (pa.ArrowException, OSError) as error:
        raise ValueError(
            f"{file.name} must be a whole Parquet file; it cannot be read ({shorten(str(error))}). Copy or "
            "make it again."
        ) from error
    n_rows = sum(map(len, hashes))
    note = left_out_note(names, places, table, columns or {})
    return Raw(
        columns={name: pa.chunked_array(parts, kinds[name]) for name, parts in arrays.items()},
        lines=np.arange(1, n_rows + 1),
        row_hash=np.concatenate(hashes),
        misfits=[],
        mapping={names[place]: name for place, name in places.items()},
        names=names,
        notes=[note] if note else [],
    )


def _hash_rows(batch: pa.RecordBatch) -> np.ndarray:
    """A number for each row, the same for rows with the same values in every column."""
    columns = {}
    for place, column in enumerate(batch.columns):
        if pa.types.is_nested(column.type):
            column = pa.array(map(str, column.to_pylist()), pa.large_string())
        columns[str(place)] = column
    frame = pa.table(columns).to_pandas(date_as_object=False)
    return pd.util.hash_pandas_object(frame, index=False).to_numpy()


def count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
