"""A file read but not yet understood: from a path to columns of text, typed ones (Parquet), or some of each (Excel)."""

from __future__ import annotations

import difflib
import io
import os
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crmlib.intake import encodings, records
from crmlib.intake.conventions import Choice, Question, Undecided
from crmlib.intake.doubts import find_telling
from crmlib.intake.mapping import Columns, Places, left_out_note, map_columns
from crmlib.intake.names import count_known
from crmlib.intake.records import Misfit, shorten
from crmlib.intake.sheet_errors import find_errors
from crmlib.language import plural, t
from crmlib.tables import Table

BATCH = 100_000  # rows of Parquet at a time
PEEKED = 500  # rows looked at to tell what a column is


class Raw(NamedTuple):
    """A file read but not yet understood: the columns used, as text or typed, and all else found."""

    columns: dict[str, pa.ChunkedArray]  # by our names
    products: dict[str, list[pa.ChunkedArray]]  # of ours that are to be multiplied, the two factors
    lines: np.ndarray  # where each row begins
    row_hash: np.ndarray  # of all its fields, also those not used
    misfits: list[Misfit]
    mapping: dict[str, str]
    names: list[str]  # all of the file's, in its order
    notes: list[str]
    encoding: str | None = None  # only text files have these
    delimiter: str | None = None
    sheet: str | None = None  # only workbooks have these
    is_typed: dict[int, np.ndarray] | None = None
    places: Places | None = None
    telling: dict[str, pa.ChunkedArray] | None = None  # columns left out that say what a row counts for


# --- the file -----------------------------------------------------------------------------------


def existing(path: str | os.PathLike) -> Path:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(
            t("path must be the path of a file; got {kind}. For example 'sales.csv'.", kind=type(path).__name__)
        )
    file = Path(path).expanduser()
    try:
        if file.is_dir():
            raise IsADirectoryError(
                t(
                    "path must lead to a file; {file!r} is a folder. Name the file in it, or read the whole folder with"
                    " datasets.load_data.",
                    file=str(file),
                )
            )
        if file.is_file():
            return file
        is_there = file.exists()
        beside = [entry.name for entry in file.parent.iterdir()] if file.parent.is_dir() else []
    except PermissionError:
        raise PermissionError(
            t("path must lead to a file you may read; {file!r} may not be looked at.", file=str(file))
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, IsADirectoryError):
            raise
        raise FileNotFoundError(
            t("path must lead to a file; {file!r} cannot be a path.", file=shorten(str(file)))
        ) from None
    if is_there:
        raise ValueError(
            t("path must lead to a file; {file!r} is something else. Save the data in a file first.", file=str(file))
        )
    similar = difflib.get_close_matches(file.name, beside, n=3, cutoff=0.75)
    found = (
        t("Beside it there are {names}.", names=similar)
        if similar
        else t("Look for a slip in it, or give the full path.")
    )
    raise FileNotFoundError(t("path must lead to a file; {file!r} is not there. {found}", file=str(file), found=found))


def kind_of(file: Path, head: bytes) -> str:
    """ "parquet", "workbook" or "text", by the first bytes.

    Raises
    ------
    ValueError
        It is something else that is known, such as a PDF, or not what its name says.
    """
    suffix = file.suffix.lower()
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        if suffix in (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et"):
            return "workbook"
        raise ValueError(
            t(
                "{file} must be a CSV file, an Excel workbook or a Parquet file; it is a zip archive or an Office"
                " document. Unpack it, or if it is a workbook, give it the ending .xlsx (or .xls, .xlsb, .ods).",
                file=file.name,
            )
        )
    if re.match(rb"\s*(\[\s*)?\{\s*\"", head):
        raise ValueError(
            t(
                "{file} must be a table; it is JSON. Save it as CSV, for instance with pd.read_json(...,"
                " lines=True).to_csv(...).",
                file=file.name,
            )
        )
    picture, archive, page = t("a picture"), t("an archive"), t("a web page")
    known = {b"%PDF": t("a PDF"), b"\x89PNG": picture, b"\xff\xd8\xff": picture, b"Rar!": archive, b"7z\xbc\xaf": archive, b"SQLite f": t("a database"),
             b"<!DOCTYP": page, b"<!doctyp": page, b"<html": page, b"{\\rtf": t("a document")}  # fmt: skip
    what = next((name for start, name in known.items() if head.startswith(start)), None)
    if what:
        raise ValueError(
            t(
                "{file} must be a CSV file, an Excel workbook or a Parquet file; it is {what}. Save the table as CSV"
                " (UTF-8) or xlsx from the program it comes from.",
                file=file.name,
                what=what,
            )
        )
    if suffix in (".parquet", ".pq", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"):
        raise ValueError(
            t(
                "{file} must be {wanted}, as its name says; its first bytes say it is none. Make it again, or if it is"
                " text, give it the ending .csv.",
                file=file.name,
                wanted=t("a Parquet file") if suffix in (".parquet", ".pq") else t("a workbook"),
            )
        )
    return "text"


# --- text, workbook, Parquet ---------------------------------------------------------------------------


def read_text(file: Path, table: Table, columns: Columns | None, encoding: str | None) -> Raw:
    found = encodings.find_encoding(file, encoding, table.name)
    starts, hashes, misfits, blank, spanning = [], [np.array([], np.int64)], [], [], []
    with (
        encodings.open_bytes(file) as content,
        io.TextIOWrapper(content, encoding=found.name, newline="") as stream,
    ):
        text = records.open_table(file, stream, _counter(table, columns))
        places = map_columns(text.header, table, columns)
        kinds = {place: table.column(name).type for name, place in places.single.items()}
        kinds = {place: kind for place, kind in kinds.items() if kind in records.LOOKS}
        telling = find_telling(text.header, places.used)
        arrays = {place: [] for place in {*places.used, *telling.values()}}
        for chunk in records.read_records(text, kinds):
            fields = list(zip(*chunk.rows, strict=True)) or [()] * len(text.header)
            for place in arrays:
                arrays[place].append(pa.array(fields[place], pa.large_string()))
            starts += chunk.starts
            hashes.append(np.fromiter(map(hash, zip(*fields, strict=True)), np.int64, len(chunk.rows)))
            misfits += chunk.misfits
            blank += chunk.blank
            spanning += chunk.spanning
    notes = [found.note, _above_note(text.header_line), left_out_note(text.header, places, table, columns or {})]
    if blank:
        notes.append(_blank_note(blank))
    if spanning:
        text_said = plural(len(spanning), "1 row", "{n} rows")
        notes.append(
            t(
                "{n} with line breaks inside quotes, each read as one row (the first: line {line}).",
                n=text_said,
                line=f"{spanning[0]:,}",
            )
        )
    if not found.ends_in_break:
        notes.append(
            t("The last line has no line break after it: if the file was cut off, its last value may be short.")
        )
    whole = {place: pa.chunked_array(parts, pa.large_string()) for place, parts in arrays.items()}
    return Raw(
        **_by_name(whole, places),
        lines=np.array(starts, dtype=np.int64),
        row_hash=np.concatenate(hashes),
        misfits=misfits,
        mapping=_said(text.header, places),
        names=text.header,
        notes=[note for note in notes if note],
        encoding=found.name,
        delimiter=text.dialect.delimiter,
        places=places,
        telling={name: whole[place] for name, place in telling.items()},
    )


def _counter(table: Table, columns: Columns | None):
    """How many columns a line of names seems to have: ours, others' names for them, and those mapped."""
    mapped = {name for key in columns or {} for name in (key if isinstance(key, tuple) else (key,))}
    return lambda names: count_known(names, table) + len(mapped & {name.strip() for name in names})


def _by_name(whole: dict[int, pa.ChunkedArray], places: Places) -> dict:
    products = {name: [whole[place] for place in pair] for name, pair in places.products.items()}
    columns = {name: whole[place] for name, place in places.single.items()}
    for name, (first, second) in products.items():
        columns[name] = pc.binary_join_element_wise(
            first.cast(pa.large_string()),
            second.cast(pa.large_string()),
            pa.scalar(" × ", pa.large_string()),
            null_handling="replace",
        )
    return {"columns": columns, "products": products}


def _said(names: list[str], places: Places) -> dict[str, str]:
    single = {names[place]: name for name, place in places.single.items()}
    return single | {" × ".join(names[place] for place in pair): name for name, pair in places.products.items()}


def _above_note(header_line: int) -> str | None:
    if header_line == 1:
        return None
    return t("The names of the columns stand in line {line}; what is above was passed over.", line=header_line)


def _blank_note(blank: list[int]) -> str:
    lines = plural(len(blank), "1 blank line", "{n} blank lines")
    return t("{lines} passed over (the first: line {line}).", lines=lines, line=f"{blank[0]:,}")


def _without_result_note(rows: list[int]) -> str:
    cells = plural(len(rows), "1 cell", "{n} cells")
    return t(
        "{cells} with a formula but no result, read as empty (the first: row {row}); open the workbook in the program"
        " it comes from and save it again.",
        cells=cells,
        row=f"{rows[0]:,}",
    )


def read_workbook(file: Path, table: Table, columns: Columns | None, sheet: str | None) -> Raw:
    """One sheet of an Excel or OpenDocument workbook.

    Raises
    ------
    ValueError
        It cannot be read, is locked with a password, or no sheet holds the table.
    Undecided
        Several sheets may hold it.
    """
    name, rows, others = find_sheet(file, table, columns, sheet)
    found = find_errors(file, name)
    for (row, place), error in found.errors.items():
        rows[row][place] = error
    texts = [[as_text(cell) for cell in row] for row in rows]
    filled = [i for i, row in enumerate(texts) if any(cell.strip() for cell in row)]
    if not filled:
        raise ValueError(
            t(
                "{file} must hold a header line and rows; its sheet {name!r} is empty. Is another sheet meant?",
                file=file.name,
                name=name,
            )
        )
    counter = _counter(table, columns)
    head = filled[records.find_header([texts[i] for i in filled[: records.MOST_ABOVE]], counter)]
    width = 1 + max(i for i in range(len(texts[head])) if any(row[i].strip() for row in texts[head:]))
    header = [cell.strip() for cell in texts[head][:width]]
    places = map_columns(header, table, columns)
    kept = [i for i in filled if i > head]
    blank = [i + 1 for i in range(head + 1, filled[-1]) if not any(cell.strip() for cell in texts[i])]
    telling = find_telling(header, places.used)
    whole = {
        place: pa.chunked_array([pa.array([texts[i][place] for i in kept], pa.large_string())])
        for place in {*places.used, *telling.values()}
    }
    is_typed = {
        place: np.array([not isinstance(rows[i][place], str) for i in kept], dtype=bool) for place in places.used
    }
    notes = [_above_note(head + 1), left_out_note(header, places, table, columns or {})]
    if blank:
        notes.append(_blank_note(blank))
    without = [row + 1 for row, place in found.without_result if row > head and place in places.used]
    if without:
        notes.append(_without_result_note(without))
    if others:
        notes.append(t("Other sheets, not read: {names}.", names=", ".join(shorten(other, 40) for other in others)))
    return Raw(
        **_by_name(whole, places),
        lines=np.array(kept, dtype=np.int64) + 1,
        row_hash=np.array([hash(tuple(texts[i])) for i in kept], dtype=np.int64),
        misfits=[],
        mapping=_said(header, places),
        names=header,
        notes=[note for note in notes if note],
        sheet=name,
        is_typed=is_typed,
        places=places,
        telling={name: whole[place] for name, place in telling.items()},
    )


def find_sheet(
    file: Path, table: Table, columns: Columns | None, sheet: str | None
) -> tuple[str, list[list], list[str]]:
    """The name of the sheet that holds the table, its rows from the first of the sheet on, and the other sheets that hold something."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(file) as workbook:
            names = [one.name for one in workbook.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            if sheet is not None and sheet not in workbook.sheet_names:
                raise ValueError(
                    t(
                        "sheet must be one of {names}; {file} has no {sheet!r}.",
                        names=workbook.sheet_names,
                        file=file.name,
                        sheet=sheet,
                    )
                )
            sheets = {
                name: _rows_of(workbook.get_sheet_by_name(name))
                for name in workbook.sheet_names
                if name == sheet or name in names
            }
            hidden = [name for name in workbook.sheet_names if name not in sheets]
    except PasswordError:
        raise ValueError(
            t("{file} must be open to read; it is locked with a password. Save it without one.", file=file.name)
        ) from None
    except (CalamineError, OSError) as error:
        raise ValueError(
            t(
                "{file} must be a whole workbook; it cannot be read ({error}). Open it in the program it comes from and"
                " save it again.",
                file=file.name,
                error=shorten(str(error)),
            )
        ) from error
    filled = {name: rows for name, rows in sheets.items() if rows}
    all_filled = list(filled)
    if sheet is not None:
        filled = {sheet: filled[sheet]} if sheet in filled else {}
    if not filled:
        raise ValueError(
            t("{file} must hold a header line and rows; its sheets are empty. Is another file meant?", file=file.name)
        )
    if len(filled) > 1:
        counter = _counter(table, columns)
        counts = {
            name: max(counter([as_text(cell) for cell in row]) for row in rows[: records.MOST_ABOVE])
            for name, rows in filled.items()
        }
        # What has all it needs may be meant, though another has more.
        best = [name for name, n in counts.items() if n >= min(len(table.required), max(counts.values()))]
        if len(best) > 1:
            text = t("{file} has {n} sheets that may be meant.", file=file.name, n=len(best))
            choices = tuple(Choice(name, t("{n} rows", n=f"{len(filled[name]) - 1:,}")) for name in best)
            raise Undecided(Question(table.name, "file", "sheet", text, choices))
        filled = {best[0]: filled[best[0]]}
    name = next(iter(filled))
    return name, filled[name], [other for other in (*all_filled, *hidden) if other != name]


def _rows_of(sheet) -> list[list]:
    if not sheet.height:
        return []
    rows = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def as_text(cell: object) -> str:
    """A cell of a workbook as text: what the sheet shows, written plainly."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        # A sheet keeps fifteen digits: 0.1 + 0.2 shows as 0.3.
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    return str(cell)


def read_parquet(file: Path, table: Table, columns: Columns | None) -> Raw:
    hashes = [np.array([], np.uint64)]
    try:
        with pq.ParquetFile(file) as parquet:
            names = [name.strip() for name in parquet.schema_arrow.names]
            places = map_columns(names, table, columns)
            telling = find_telling(names, places.used)
            arrays = {place: [] for place in {*places.used, *telling.values()}}
            for batch in parquet.iter_batches(BATCH):
                for place in arrays:
                    arrays[place].append(batch.column(place))
                hashes.append(_hash_rows(batch))
            whole = {
                place: pa.chunked_array(parts, parquet.schema_arrow.field(place).type)
                for place, parts in arrays.items()
            }
    except (pa.ArrowException, OSError) as error:
        raise _broken_parquet(file, error) from error
    n_rows = sum(map(len, hashes))
    note = left_out_note(names, places, table, columns or {})
    return Raw(
        **_by_name(whole, places),
        lines=np.arange(1, n_rows + 1),
        row_hash=np.concatenate(hashes),
        misfits=[],
        mapping=_said(names, places),
        names=names,
        notes=[note] if note else [],
        places=places,
        telling={name: whole[place] for name, place in telling.items()},
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


def peek(
    path: Path, table: Table, columns: Columns | None = None, encoding: str | None = None, sheet: str | None = None
) -> tuple[list[str], dict[str, list[str]]]:
    """The names of a file's columns, and the first values of each as text."""
    file = existing(path)
    with encodings.sentences(file), file.open("rb") as stream:
        kind = kind_of(file, stream.read(8))
    counter = _counter(table, columns)
    if kind == "parquet":
        try:
            with pq.ParquetFile(file) as parquet:
                names = [name.strip() for name in parquet.schema_arrow.names]
                first = next(parquet.iter_batches(PEEKED), None)
            values = (
                []
                if first is None
                else [
                    [as_text(cell) if cell is not None else "" for cell in column.to_pylist()]
                    for column in first.columns
                ]
            )
        except (pa.ArrowException, OSError) as error:
            raise _broken_parquet(file, error) from error
        return names, dict(zip(names, values or [[]] * len(names), strict=True))
    if kind == "workbook":
        rows = [[as_text(cell) for cell in row] for row in find_sheet(file, table, columns, sheet)[1]]
        rows = [row for row in rows[: PEEKED + records.MOST_ABOVE] if any(cell.strip() for cell in row)]
        head = records.find_header(rows, counter) if rows else 0
        names, rows = ([cell.strip() for cell in rows[head]] if rows else []), rows[head + 1 :]
    else:
        found = encodings.find_encoding(file, encoding, table.name)
        with (
            encodings.open_bytes(file) as content,
            io.TextIOWrapper(content, encoding=found.name, newline="") as stream,
        ):
            text = records.open_table(file, stream, counter)
            names = text.header
            rows = next(records.read_records(text, {}), records.Chunk([], [])).rows[:PEEKED]
    values = zip(*rows, strict=True) if rows else [()] * len(names)
    return names, {name: list(column) for name, column in zip(names, values, strict=False)}


def _broken_parquet(file: Path, error: Exception) -> ValueError:
    return ValueError(
        t(
            "{file} must be a whole Parquet file; it cannot be read ({error}). Copy or make it again.",
            file=file.name,
            error=shorten(str(error)),
        )
    )
