"""A text file -> columns of text, each row with its line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from crmlib.intake import encodings, records
from crmlib.intake.blocks import Blocks
from crmlib.intake.fill import Columns, fill_down
from crmlib.intake.mapping import Reading, left_out_note, map_columns
from crmlib.intake.opening import open_table
from crmlib.intake.raw import (
    PEEKED,
    Peeked,
    Raw,
    above_note,
    blank_note,
    by_name,
    column_counter,
    name_columns,
    used_names,
)
from crmlib.intake.source import Source, sentences
from crmlib.intake.telling import find_telling
from crmlib.language import plural, t
from crmlib.tables import Table


def read_text(source: Source, table: Table, reading: Reading) -> Raw:
    """A text file, gone through once if it is UTF-8, as most are; else once more, to find what it is."""
    likely = encodings.find_mark(source) or "utf-8"
    if reading.encoding is None and likely in ("utf-8", "utf-8-sig"):
        try:
            return _read_as(source, likely, table, reading, None)
        except ValueError:
            found = encodings.find_encoding(source, reading.encoding, table.name)
            if found.name == likely:  # so that was not what is wrong
                raise
    else:
        found = encodings.find_encoding(source, reading.encoding, table.name)
    return _read_as(source, found.name, table, reading, found.note)


def _read_as(source: Source, encoding: str, table: Table, reading: Reading, note: str | None) -> Raw:
    starts, hashes, misfits, blank, spanning = [], [np.array([], np.int64)], [], [], []
    with sentences(source.path):
        _, samples = _first_rows(source, encoding, table, reading)
        content = Blocks(source.unpacked(), encoding)
        text = open_table(source.path, content, column_counter(table, reading), reading.names)
        text = text._replace(header=name_columns(text.header, reading))
        places = map_columns(text.header, table, reading.columns)
        types = {place: table.column(name).type for name, place in places.single.items()}
        kinds = {place: kind for place, kind in types.items() if kind in records.LOOKS}
        telling = find_telling(text.header, places.used, samples, reading)
        arrays = {place: [] for place in {*places.used, *telling.values()}}
        for chunk in records.read_records(text, kinds, set(arrays)):
            for place, parts in arrays.items():
                parts += _chunks_of(chunk.columns[place])
            starts.append(chunk.starts)
            hashes.append(chunk.row_hash)
            misfits += chunk.misfits
            blank += chunk.blank
            spanning += chunk.spanning
    notes = [note, above_note(text.header_line), left_out_note(text.header, places, table, reading)]
    notes += _notes_on_lines(blank, spanning, ends_in_break=content.ends_in_break)
    whole = {place: pa.chunked_array(parts, pa.large_string()) for place, parts in arrays.items()}
    lines = np.concatenate([np.array([], np.int64), *starts])
    columns = Columns(whole, np.concatenate(hashes), lines)
    columns, said = fill_down(columns, text.header, reading, places.used, [misfit.line for misfit in misfits])
    notes += said
    return Raw(
        **by_name(columns.whole, places),
        lines=columns.lines,
        row_hash=columns.row_hash,
        misfits=misfits,
        mapping=used_names(text.header, places),
        names=text.header,
        notes=[note for note in notes if note],
        encoding=encoding,
        delimiter=text.dialect.delimiter,
        places=places,
        telling={name: columns.whole[place] for name, place in telling.items()},
    )


def _chunks_of(column: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]


def _notes_on_lines(blank: list[int], spanning: list[int], *, ends_in_break: bool) -> Iterator[str]:
    """Sentences on lines with nothing in them, on rows of several lines, and on the end of the last."""
    if blank:
        yield blank_note(blank)
    if spanning:
        yield t(
            "{n} with line breaks inside quotes, each read as one row (the first: line {line}).",
            n=plural(len(spanning), "1 row", "{n} rows"),
            line=f"{spanning[0]:,}",
        )
    if not ends_in_break:
        yield t("The last line has no line break after it: if the file was cut off, its last value may be short.")


def peek_text(source: Source, table: Table, reading: Reading) -> Peeked:
    """The names of a text's columns, and the first values of each."""
    likely = encodings.find_mark(source) or "utf-8"
    if reading.encoding is None and likely in ("utf-8", "utf-8-sig"):
        try:
            return _first_rows(source, likely, table, reading)  # the rest is looked at when it is read
        except ValueError:
            found = encodings.find_encoding(source, reading.encoding, table.name)
            if found.name == likely:
                raise
    else:
        found = encodings.find_encoding(source, reading.encoding, table.name)
    return _first_rows(source, found.name, table, reading)


def _first_rows(source: Source, encoding: str, table: Table, reading: Reading) -> Peeked:
    with sentences(source.path):
        content = Blocks(source.unpacked(), encoding)
        text = open_table(source.path, content, column_counter(table, reading), reading.names)
        names = name_columns(text.header, reading)
        chunk = next(records.read_records(text, {}, set(range(len(names)))), None)
    return names, {
        name: chunk.columns[place].slice(0, PEEKED).to_pylist() if chunk else [] for place, name in enumerate(names)
    }
