"""The steps of intake, one after the other: a file, its raw columns, the table and the report."""

from __future__ import annotations

import difflib
import hashlib
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
from crmlib.intake.cells import Parsed, parse_text, parse_typed, to_series
from crmlib.intake.mapping import left_out_note, map_columns
from crmlib.intake.records import Misfit, shorten
from crmlib.intake.report import REJECTED, IntakeReport, common_reasons
from crmlib.tables import Table

# Fewer rows that fail alike are set aside one by one, however few the others are.
FEWEST_ALIKE = 10
BATCH = 100_000  # rows of Parquet at a time
MEANT = {
    "number": "plain decimals such as 1234.50, without signs for money or thousands",
    "integer": "whole numbers",
    "datetime": "dates such as 2024-06-07 or 2024-06-07 18:30",
    "date": "dates such as 2024-06-07",
    "boolean": "true or false",
}


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


def read(
    path: str | os.PathLike, table: Table, *, columns: Mapping[str, str] | None = None, encoding: str | None = None
) -> tuple[pd.DataFrame, IntakeReport]:
    """What `intake.read_table` does."""
    file = _existing(path)
    with encodings.sentences(file), file.open("rb") as stream:
        head = stream.read(8)
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if _is_parquet(file, head):
        if encoding is not None:
            raise ValueError(f"encoding is for text files; {file.name} is Parquet, which has its own. Leave it out.")
        raw, parse = _read_parquet(file, table, columns), parse_typed
    else:
        raw, parse = _read_text(file, table, columns, encoding), parse_text
    n_read = len(raw.lines) + len(raw.misfits)
    if n_read == 0:
        raise ValueError(f"{file.name} must hold rows; it holds a header and no rows. Was the export cut off?")

    contract = [column for column in table.columns if column.name in raw.columns]
    parsed = {column.name: parse(raw.columns[column.name], column) for column in contract}
    _refuse_most(file, raw, table, parsed)
    rejected = _rejected(raw, table, parsed)
    if len(rejected) == n_read:
        reasons = "; ".join(common_reasons(rejected, 3, _word(raw)))
        raise ValueError(
            f"{file.name} must hold at least one row of {table.name} that can be read; all {n_read:,} rows were set "
            f"aside. {reasons}. Mend the export, or map other columns with columns={{'your name': 'amount'}}."
        )
    is_good = ~np.any([column.problem > 0 for column in parsed.values()], axis=0)
    frame = pd.DataFrame({column.name: to_series(_keep(parsed[column.name].values, is_good), column) for column in contract})
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


# --- the file -----------------------------------------------------------------------------------


def _existing(path: str | os.PathLike) -> Path:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"path must be the path of a file; got {type(path).__name__}. For example 'sales.csv'.")
    file = Path(path).expanduser()
    try:
        if file.is_dir():
            raise IsADirectoryError(
                f"path must lead to a file; {str(file)!r} is a folder. Name the file in it, or read the whole folder "
                "with datasets.load_data."
            )
        if file.is_file():
            return file
        is_there = file.exists()
        beside = [entry.name for entry in file.parent.iterdir()] if file.parent.is_dir() else []
    except PermissionError:
        raise PermissionError(f"path must lead to a file you may read; {str(file)!r} may not be looked at.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, IsADirectoryError):
            raise
        raise FileNotFoundError(f"path must lead to a file; {shorten(str(file))!r} cannot be a path.") from None
    if is_there:
        raise ValueError(f"path must lead to a file; {str(file)!r} is something else. Save the data in a file first.")
    similar = difflib.get_close_matches(file.name, beside, n=3, cutoff=0.75)
    found = f"Beside it there are {similar}." if similar else "Look for a slip in it, or give the full path."
    raise FileNotFoundError(f"path must lead to a file; {str(file)!r} is not there. {found}")


def _is_parquet(file: Path, head: bytes) -> bool:
    if head.startswith(b"PAR1"):
        return True
    known = {b"PK\x03\x04": "an Excel workbook or a zip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook", b"%PDF": "a PDF"}
    what = next((name for start, name in known.items() if head.startswith(start)), None)
    if what:
        raise ValueError(
            f"{file.name} must be a CSV or Parquet file; it is {what}. Save the table as CSV (UTF-8) from the program "
            "it comes from."
        )
    if file.suffix.lower() in (".parquet", ".pq"):
        raise ValueError(f"{file.name} must be a Parquet file, as its name says; its first bytes say it is none. Make it again.")
    return False


# --- text and Parquet ---------------------------------------------------------------------------


def _read_text(file: Path, table: Table, columns: Mapping[str, str] | None, encoding: str | None) -> Raw:
    found = encodings.find_encoding(file, encoding)
    starts, hashes, misfits, blank, spanning = [], [np.array([], np.int64)], [], [], []
    with encodings.open_bytes(file) as content, io.TextIOWrapper(content, encoding=found.name, newline="") as stream:
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
        notes.append(f"{_count(len(blank), 'blank line')} passed over (the first: line {blank[0]:,}).")
    if spanning:
        notes.append(
            f"{_count(len(spanning), 'row')} with line breaks inside quotes, each read as one row "
            f"(the first: line {spanning[0]:,})."
        )
    if not found.ends_in_break:
        notes.append("The last line has no line break after it: if the file was cut off, its last value may be short.")
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


def _read_parquet(file: Path, table: Table, columns: Mapping[str, str] | None) -> Raw:
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
            f"{file.name} must be a whole Parquet file; it cannot be read ({shorten(str(error))}). Copy or make it again."
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
        cells = raw.columns[name].take(pa.array(rows)).to_pylist()
        for row, cell in zip(rows.tolist(), cells, strict=True):
            reason = f"{name} {column.reason(row)}"
            if n_problems[row] > 1:
                others = [f"{also} {parsed[also].reason(row)}" for also in list(parsed)[place + 1 :] if parsed[also].problem[row]]
                reason += f" (also: {', '.join(others)})"
            found.append((int(raw.lines[row]), name, _shown(cell, is_personal=table.column(name).personal), reason))
    rejected = pd.DataFrame(sorted(found), columns=REJECTED)
    return rejected.astype({"line": "int64", "column": "str", "value": "str", "reason": "str"})


def _shown(cell: object, *, is_personal: bool) -> str:
    text = "" if cell is None else shorten(str(cell))
    return f"{text[0]}***" if is_personal and text else text


def _refuse_most(file: Path, raw: Raw, table: Table, parsed: dict[str, Parsed]) -> None:
    """Rather an error that says what to do than a table with next to nothing in it."""
    n_read = len(raw.lines) + len(raw.misfits)
    if _are_most(len(raw.misfits), n_read):
        examples = "; ".join(f"line {misfit.line:,}: {misfit.reason}" for misfit in raw.misfits[:3])
        raise ValueError(
            f"every line of {file.name} must have the {len(raw.names)} fields of its header; {len(raw.misfits):,} of "
            f"{n_read:,} cannot be split so, for example {examples}. A text that holds the delimiter "
            f"{raw.delimiter!r} must stand in double quotes; export the file again."
        )
    for name in table.required:
        column = parsed[name]
        bad = np.flatnonzero((column.problem > 0) & ~column.is_empty)
        if _are_most(len(bad), n_read):
            personal = table.column(name).personal
            cells = [_shown(raw.columns[name][int(row)].as_py(), is_personal=personal) for row in bad[:3]]
            examples = ", ".join(f"{cell!r} ({_word(raw)} {raw.lines[row]:,})" for cell, row in zip(cells, bad, strict=False))
            raise ValueError(
                f"{name} must hold {MEANT.get(table.column(name).type, 'known values')}; {len(bad):,} of {n_read:,} rows "
                f"of {file.name} do not, for example {examples}: it {column.reason(bad[0])}. Change how the file is "
                f"exported, or map another column with columns={{'your name': '{name}'}}."
            )


def _are_most(n: int, n_read: int) -> bool:
    return n >= FEWEST_ALIKE and 2 * n > n_read


# --- what is kept, and worth a word -------------------------------------------------------------


def _notes_on_rows(frame: pd.DataFrame, raw: Raw, table: Table, parsed: dict[str, Parsed], is_good: np.ndarray) -> list[str]:
    notes, lines = [], raw.lines[is_good]

    def note(rows: np.ndarray, sentence: str) -> None:
        """`{n}` rows, what their amounts come to, and where the first is."""
        if rows.any():
            amount = f", {frame['amount'][rows].sum():,.2f} in all" if "amount" in frame else ""
            first = f"{_word(raw)} {lines[rows.argmax()]:,}"
            notes.append(sentence.format(n=_count(int(rows.sum()), "row"), amount=amount, first=first))

    if not is_good.all() and raw.delimiter is None:
        notes.append("Parquet has no lines: `line` is the number of the row, the first being 1.")
    if "customer_id" in parsed and "amount" in parsed and parsed["customer_id"].is_empty.any():
        nobody, amount = parsed["customer_id"].is_empty, parsed["amount"]
        total = np.nansum(np.where(amount.problem == 0, amount.values, 0)[nobody])
        notes.append(
            f"{_count(int(nobody.sum()), 'row')} without a customer_id set aside, {total:,.2f} in all: they belong to no customer."
        )
    if "amount" in frame:
        amounts = frame["amount"].to_numpy()
        note(amounts < 0, "{n} with a negative amount{amount}, kept as refunds (the first: {first}).")
        note(amounts == 0, "{n} with an amount of zero, kept (the first: {first}).")
    for column in table.columns:
        if column.unit == "currency" and column.name in frame:
            values = frame[column.name].to_numpy()
            # Beyond 2**50 hundredths a float cannot tell.
            plain = np.where(np.abs(values) <= 2**50 / 100, values, 0.0)
            has_more = np.round(plain * 100) / 100 != plain
            if has_more.any():
                example = values[has_more.argmax()]
                note(has_more, f"{{n}} with more than two decimals in {column.name}, such as {example!s}, kept as they are.")
    if table.key and set(table.key) <= set(frame.columns):
        repeated = frame.duplicated(list(table.key)).to_numpy()
        note(repeated, f"{{n}} with a {' and '.join(table.key)} seen before, kept (the first: {{first}}).")
    else:
        repeated = pd.Series(raw.row_hash[is_good]).duplicated().to_numpy()
        note(repeated, "{n} repeating another exactly{amount}, kept (the first: {first}).")
    return notes


def _word(raw: Raw) -> str:
    return "row" if raw.delimiter is None else "line"


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
