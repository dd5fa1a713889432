"""A large text file spooled: its rows as Parquet of texts, in a folder that is gone when the process ends.

The records are those of small files, read by the same steps (`text`, `records`), some thousand at a time: nothing is
guessed, an id keeps its zeros, and every line is a row, blank, or set aside with its number and why.
"""

from __future__ import annotations

import atexit
import errno
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.intake.mapping import Reading
from crmlib.intake.progress import watched
from crmlib.intake.records import Chunk, Misfit, read_records
from crmlib.intake.source import Source, sentences
from crmlib.intake.text import (
    Tally,
    Understood,
    chunks_of,
    first_cells,
    in_its_encoding,
    notes_on_form,
    open_text,
    understand,
)
from crmlib.language import t
from crmlib.tables import Table

GROUP = 122_880  # rows together in a file, as DuckDB reads them
MOST_BYTES = 1 << 27  # of text together, where rows are long
OF_PLAIN = 1.2  # of the bytes of a text, what its Parquet takes at most
OF_PACKED = 6  # and of those of a packed one
_numbers = itertools.count(1)
_known: dict[tuple, Spooled] = {}


class Spooled(NamedTuple):
    """A text whose rows lie in Parquet, as they were when it was read."""

    rows: Path  # columns "0", "1" ... of text, `line` where each row begins, `row_hash` the same for the same fields
    misfits: Path  # lines that are no row: line, text, reason
    n_rows: int
    n_misfits: int
    first_misfits: list[Misfit]
    header: list[str]
    samples: list[list[str]]  # the first cells of each column
    header_line: int
    tally: Tally
    ends_in_break: bool
    encoding: str
    on_encoding: str | None
    delimiter: str
    sha256: str

    def understand(self, table: Table, reading: Reading) -> Understood:
        return understand(self.header, self.samples, table, reading)

    def notes(self, columns: Understood, table: Table, reading: Reading) -> list[str]:
        """What is said of the form of a small text."""
        return notes_on_form(
            columns, self.header_line, self.tally, self.ends_in_break, self.on_encoding, table, reading
        )


def spool(file: Path, table: Table, reading: Reading) -> Spooled:
    """The rows of a text file as Parquet; of one that was read before in this process, and has not changed, the same.

    Raises
    ------
    Undecided, ValueError
        As of a small file: of its encoding, its header, its columns; or it changed meanwhile.
    OSError
        The disk for temporary files is too small; the message says how much it takes.
    """
    with Source(file) as source:
        state = os.stat(file)
        key = (file.resolve(), state.st_ino, state.st_size, state.st_mtime_ns)
        key += (reading.encoding, repr(reading.columns), repr(reading.names))
        if key not in _known:
            refuse_full_disk(source)
            with watched(_Read(source, t("{file} read", file=file.name), state.st_size)), _no_room(source):
                found = in_its_encoding(source, table, reading, lambda *how: _spool(source, table, reading, *how))
                found = found._replace(sha256=source.sha256())
            source.refuse_changed()
            _known[key] = found
    return _known[key]


def forget() -> None:
    """Remove what was spooled in this process: nobody reads it any more."""
    for one in _known.values():
        one.rows.unlink(missing_ok=True)
        one.misfits.unlink(missing_ok=True)
    _known.clear()


def _spool(source: Source, table: Table, reading: Reading, encoding: str, note: str | None) -> Spooled:
    place = _folder(os.getpid()) / f"{next(_numbers)}"
    rows, misfits = place.with_suffix(".rows.parquet"), place.with_suffix(".misfits.parquet")
    tally, first = Tally(), []
    try:
        with sentences(source.path):
            header, samples = first_cells(source, encoding, table, reading)
            kinds = understand(header, samples, table, reading).kinds(table)
            content, text = open_text(source, encoding, table, reading)
            with _Writer(rows, _schema(len(header))) as written, _Writer(misfits, MISFITS) as aside:
                for chunk in read_records(text, kinds, set(range(len(header)))):
                    written.add(_rows_of(chunk, written.schema))
                    if chunk.misfits:
                        aside.add(_misfits_of(chunk.misfits))
                        first += chunk.misfits[: 3 - len(first)]
                    tally.count(chunk)
    except BaseException:
        rows.unlink(missing_ok=True)
        misfits.unlink(missing_ok=True)
        raise
    return Spooled(
        rows,
        misfits,
        written.n,
        aside.n,
        first,
        header,
        samples,
        text.header_line,
        tally,
        content.ends_in_break,
        encoding,
        note,
        text.dialect.delimiter,
        sha256="",
    )


# --- writing ------------------------------------------------------------------------------------

MISFITS = pa.schema([("line", pa.int64()), ("text", pa.string()), ("reason", pa.string())])


def _schema(n_fields: int) -> pa.Schema:
    texts = [(str(place), pa.large_string()) for place in range(n_fields)]
    return pa.schema([*texts, ("line", pa.int64()), ("row_hash", pa.int64())])


def _rows_of(chunk: Chunk, schema: pa.Schema) -> pa.Table:
    columns = [pa.chunked_array(chunks_of(chunk.columns[place]), pa.large_string()) for place in range(len(schema) - 2)]
    return pa.table([*columns, pa.array(chunk.starts), pa.array(np.asarray(chunk.row_hash, np.int64))], schema=schema)


def _misfits_of(misfits: list[Misfit]) -> pa.Table:
    lines, texts, reasons = zip(*misfits, strict=True)
    return pa.table([pa.array(lines), pa.array(texts), pa.array(reasons)], schema=MISFITS)


class _Writer:
    """A Parquet file that is written some rows at a time, however few come at once."""

    def __init__(self, file: Path, schema: pa.Schema):
        self.schema, self.n = schema, 0
        plain = [name for name in schema.names if name in ("line", "row_hash")]
        self.file = pq.ParquetWriter(
            file,
            schema,
            compression="lz4",
            use_dictionary=[name for name in schema.names if name not in plain],
            write_statistics=plain,
        )
        self.waiting: list[pa.Table] = []
        self.n_waiting = self.n_bytes = 0

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        with _onto_disk(), self.file:
            if kind is None:
                self._write()

    def add(self, rows: pa.Table) -> None:
        self.waiting.append(rows)
        self.n_waiting, self.n_bytes = self.n_waiting + len(rows), self.n_bytes + rows.nbytes
        if self.n_waiting >= GROUP or self.n_bytes > MOST_BYTES:
            self._write()

    def _write(self) -> None:
        if self.n_waiting:
            with _onto_disk():
                self.file.write_table(pa.concat_tables(self.waiting), row_group_size=GROUP)
        self.n, self.waiting, self.n_waiting, self.n_bytes = self.n + self.n_waiting, [], 0, 0


# --- the disk -----------------------------------------------------------------------------------


@cache
def _folder(process: int) -> Path:
    """The folder of this process; one forked from it has its own, and leaves this."""
    folder = Path(tempfile.mkdtemp(prefix="crmlib-"))
    atexit.register(lambda: os.getpid() == process and shutil.rmtree(folder, ignore_errors=True))
    return folder


def refuse_full_disk(source: Source) -> None:
    """Refuse a file whose rows would not fit on the disk, before it is read.

    Raises
    ------
    OSError
        They would not.
    """
    needed = _needed(source)
    if needed > shutil.disk_usage(tempfile.gettempdir()).free:
        raise _too_full(source.path, needed)


class _NoRoom(Exception):
    """The disk is full while it is written to."""


@contextmanager
def _onto_disk() -> Iterator[None]:
    """Tell the disk that is written to from the file that is read."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _NoRoom from error


@contextmanager
def _no_room(source: Source) -> Iterator[None]:
    """What is said where the disk is full all the same, since others write on it too."""
    try:
        yield
    except _NoRoom:
        raise _too_full(source.path, _needed(source)) from None


def _needed(source: Source) -> float:
    return source.path.stat().st_size * (OF_PACKED if source.is_packed else OF_PLAIN)


def _too_full(file: Path, needed: float) -> OSError:
    return OSError(
        t(
            "{file} is too large for memory; to be read where it lies it takes some {needed} GB of temporary disk, and"
            " {folder} has {free}. Make room, or name a folder on a larger disk: TMPDIR=/large/disk.",
            file=file.name,
            needed=f"{needed / 1e9:,.1f}",
            folder=tempfile.gettempdir(),
            free=f"{shutil.disk_usage(tempfile.gettempdir()).free / 1e9:,.1f}",
        )
    )


class _Read:
    """How far a file is read."""

    def __init__(self, source: Source, what: str, size: int):
        self.source, self.what, self.size, self.share = source, what, size, 0.0

    def look(self) -> float:
        self.share = min(1.0, self.source.position / max(1, self.size))
        return self.share

    def __str__(self) -> str:
        return t("{what}: {share} %", what=self.what, share=f"{100 * self.share:.0f}")
