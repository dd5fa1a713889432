"""A text file -> columns of text, each row with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa

from crmlib.intake import encodings, records
from crmlib.intake.blocks import Blocks
from crmlib.intake.fill import Columns, fill_down
from crmlib.intake.mapping import Places, Reading, left_out_note, map_columns
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

Found = TypeVar("Found")


def read_text(source: Source, table: Table, reading: Reading) -> Raw:
    """A text file, gone through once if it is UTF-8, as most are; else once more, to find what it is."""
    return in_its_encoding(source, table, reading, lambda *how: _read_as(source, table, reading, *how))


def in_its_encoding(source: Source, table: Table, reading: Reading, read: Callable[[str, str | None], Found]) -> Found:
    """What `read` makes of a text, given its encoding and what is to be said of that; tried as UTF-8 first."""
    likely = encodings.find_mark(source) or "utf-8"
    if reading.encoding is None and likely in ("utf-8", "utf-8-sig"):
        try:
            return read(likely, None)
        except ValueError:
            found = encodings.find_encoding(source, reading.encoding, table.name)
            if found.name == likely:  # so that was not what is wrong
                raise
    else:
        found = encodings.find_encoding(source, reading.encoding, table.name)
    return read(found.name, found.note)


class Understood(NamedTuple):
    """The columns of a text: their names, which are ours, and which others tell what a row counts for."""

    names: list[str]
    places: Places
    telling: dict[str, int]

    def kinds(self, table: Table) -> dict[int, str]:
        """Where numbers and dates stand, by which a row is known (`records.read_records`)."""
        types = {place: table.column(name).type for name, place in self.places.single.items()}
        return {place: kind for place, kind in types.items() if kind in records.LOOKS}


def understand(header: list[str], samples: list[list[str]], table: Table, reading: Reading) -> Understood:
    """The columns of a text by its header and the first cells of each column."""
    names = name_columns(header, reading)
    places = map_columns(names, table, reading.columns)
    return Understood(names, places, find_telling(names, places.used, dict(zip(names, samples, strict=True)), reading))


def open_text(source: Source, encoding: str, table: Table, reading: Reading) -> tuple[Blocks, records.TextTable]:
    """A text opened, as far as its header."""
    content = Blocks(source.unpacked(), encoding)
    return content, open_table(source.path, content, column_counter(table, reading), reading.names)


def _read_as(source: Source, table: Table, reading: Reading, encoding: str, note: str | None) -> Raw:
    starts, hashes, misfits, tally = [], [np.array([], np.int64)], [], Tally()
    with sentences(source.path):
        samples = first_cells(source, encoding, table, reading)[1]
        content, text = open_text(source, encoding, table, reading)
        columns = understand(text.header, samples, table, reading)
        text = text._replace(header=columns.names)
        arrays = {place: [] for place in {*columns.places.used, *columns.telling.values()}}
        for chunk in records.read_records(text, columns.kinds(table), set(arrays)):
            for place, parts in arrays.items():
                parts += chunks_of(chunk.columns[place])
            starts.append(chunk.starts)
            hashes.append(chunk.row_hash)
            misfits += chunk.misfits
            tally.count(chunk)
    notes = notes_on_form(columns, text.header_line, tally, content.ends_in_break, note, table, reading)
    whole = {place: pa.chunked_array(parts, pa.large_string()) for place, parts in arrays.items()}
    lines = np.concatenate([np.array([], np.int64), *starts])
    rows = Columns(whole, np.concatenate(hashes), lines)
    rows, said = fill_down(rows, columns.names, reading, columns.places.used, [misfit.line for misfit in misfits])
    return make_raw(columns, rows, misfits, [*notes, *said], encoding, text.dialect.delimiter)


def make_raw(
    columns: Understood, rows: Columns, misfits: list[records.Misfit], notes: list[str], encoding: str, delimiter: str
) -> Raw:
    return Raw(
        **by_name(rows.whole, columns.places),
        lines=rows.lines,
        row_hash=rows.row_hash,
        misfits=misfits,
        mapping=used_names(columns.names, columns.places),
        names=columns.names,
        notes=notes,
        encoding=encoding,
        delimiter=delimiter,
        places=columns.places,
        telling={name: rows.whole[place] for name, place in columns.telling.items()},
    )


def chunks_of(column: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]


class Tally:
    """How many lines were blank, and how many rows went over several lines; and where the first is."""

    def __init__(self):
        self.blank, self.spanning = (0, 0), (0, 0)

    def count(self, chunk: records.Chunk) -> None:
        self.blank, self.spanning = _more(self.blank, chunk.blank), _more(self.spanning, chunk.spanning)


def _more(known: tuple[int, int], lines: list[int]) -> tuple[int, int]:
    return (known[0] + len(lines), known[1] or lines[0]) if lines else known


def notes_on_form(
    columns: Understood,
    header_line: int,
    tally: Tally,
    ends_in_break: bool,
    on_encoding: str | None,
    table: Table,
    reading: Reading,
) -> list[str]:
    """Sentences on the form of a text: its encoding, what stands above its names, its lines."""
    notes = [on_encoding, above_note(header_line), left_out_note(columns.names, columns.places, table, reading)]
    notes += _notes_on_lines(tally, ends_in_break=ends_in_break)
    return [note for note in notes if note]


def _notes_on_lines(tally: Tally, *, ends_in_break: bool) -> Iterator[str]:
    """Sentences on lines with nothing in them, on rows of several lines, and on the end of the last."""
    if tally.blank[0]:
        yield blank_note(*tally.blank)
    if tally.spanning[0]:
        n, first = tally.spanning
        yield t(
            "{n} with line breaks inside quotes, each read as one row (the first: line {line}).",
            n=plural(n, "1 row", "{n} rows"),
            line=f"{first:,}",
        )
    if not ends_in_break:
        yield t("The last line has no line break after it: if the file was cut off, its last value may be short.")


def peek_text(source: Source, table: Table, reading: Reading) -> Peeked:
    """The names of a text's columns, and the first values of each; the rest is looked at when it is read."""

    def peek(encoding: str, _: str | None) -> Peeked:
        header, samples = first_cells(source, encoding, table, reading)
        names = name_columns(header, reading)
        return names, dict(zip(names, samples, strict=True))

    return in_its_encoding(source, table, reading, peek)


def first_cells(source: Source, encoding: str, table: Table, reading: Reading) -> tuple[list[str], list[list[str]]]:
    """The header of a text as it stands there, and the first cells of each column."""
    with sentences(source.path):
        _, text = open_text(source, encoding, table, reading)
        places = range(len(text.header))
        chunk = next(records.read_records(text, {}, set(places)), None)
    return text.header, [chunk.columns[place].slice(0, PEEKED).to_pylist() if chunk else [] for place in places]
