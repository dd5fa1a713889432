"""Records of a text file: which delimiter, and in which line of the file each one begins.

Python's csv module splits the fields. What is added is what it does without a word: to read
on through a quote that is opened and never closed.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from crmlib.intake import blocks
from crmlib.intake.dialect import Dialect
from crmlib.intake.spaced import RULER, Spaced
from crmlib.language import t

BLOCK = 1_000  # lines looked at as one where nothing is amiss; few, so that they stay in the cache
MOST_KEPT = 1_000  # characters of a line that is set aside
OPEN_QUOTE = "a quote is opened and not closed"
# What a cell looks like, loosely: a table of text could have a comma too many, or a street number.
NUMBER_LIKE = re.compile(r"\W*[^\W\d]{0,3}\W*\d[\d.,'\s]*(e[+-]?\d+)?\W*[^\W\d]{0,3}\W*", re.IGNORECASE)
DATE_LIKE = re.compile(r"\d(?=(?:.*\d){3}).*")
LOOKS = {"number": NUMBER_LIKE, "integer": NUMBER_LIKE, "datetime": DATE_LIKE, "date": DATE_LIKE}


class Misfit(NamedTuple):
    """A record that is no row: its line, what stands there, and why not."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Chunk:
    """Some records of the file, each with the line it begins in, and what lies between them."""

    columns: Mapping[int, pa.Array | pa.ChunkedArray]  # those wanted, by place
    starts: np.ndarray
    row_hash: np.ndarray  # the same for rows with the same fields
    misfits: list[Misfit] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    spanning: list[int] = field(default_factory=list)  # where rows with line breaks inside quotes begin


@dataclass
class _Rows:
    """A `Chunk` while it is read record by record."""

    rows: list[list[str]] = field(default_factory=list)
    starts: list[int] | np.ndarray = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    spanning: list[int] = field(default_factory=list)

    def as_chunk(self, wanted: Iterable[int]) -> Chunk:
        fields = list(zip(*self.rows, strict=True))
        columns = {place: pa.array(fields[place] if fields else (), pa.large_string()) for place in wanted}
        starts = np.array(self.starts, dtype=np.int64)
        return Chunk(columns, starts, blocks.hash_rows(self.rows), self.misfits, self.blank, self.spanning)


class Lines:
    """The lines of a text, counted; those of the record being read are kept.

    An open quote is noticed only some lines later. Then the lines after it are put back
    and read again, each as the record it is.
    """

    def __init__(self, text: blocks.Blocks, sample: list[str], number: int = 0):
        self.text = text
        self.stream = iter(text)
        self.number = number  # of the line handed out last
        self.record: list[str] = []
        self.again = deque(sample)
        # Says of a line inside quotes whether it is a row of its own.
        self.is_row: Callable[[str], bool] = lambda line: False

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else next(self.stream)
        if self.record and self.is_row(line):
            self.again.appendleft(line)
            raise StopIteration  # so that csv says the quote is open
        self.number += 1
        self.record.append(line)
        return line

    @property
    def start(self) -> int:
        """The line the record begins in."""
        return self.number - len(self.record) + 1

    def misfit(self, reason: str) -> Misfit:
        """The first line of the record as one that is no row."""
        return Misfit(self.start, self.record[0][:MOST_KEPT], reason)

    def take(self, n: int) -> list[str]:
        """The next lines at hand, as many as there are up to `n`, without regard to records."""
        block = [self.again.popleft() for _ in range(min(n, len(self.again)))]
        block += [self.text.lines.popleft() for _ in range(min(n - len(block), len(self.text.lines)))]
        self.number += len(block)
        return block

    def take_block(self) -> bytes:
        """The next block of the text; b"" at its end, or where lines of the last one are still to be read."""
        return b"" if self.again or self.text.lines else self.text.take()

    def give_back(self, block: list[str]) -> None:
        """What `take` gave."""
        self.again.extendleft(reversed(block))
        self.number -= len(block)

    def put_back(self) -> None:
        """All lines of the record but its first."""
        self.give_back(self.record[1:])


class TextTable(NamedTuple):
    """A text file opened: its header, and its records still to be read."""

    dialect: Dialect | Spaced
    header: list[str]
    lines: Lines
    reader: Iterator[list[str]]
    header_line: int


def read_records(table: TextTable, kinds: Mapping[int, str], wanted: set[int]) -> Iterator[Chunk]:
    """The records after the header, in the order of the file, some thousand at a time.

    Every line that is not blank is part of exactly one row or misfit. `kinds` says at which
    places of a row stand numbers and dates, so that a row is known by its looks when it
    stands inside a quote that was never meant to reach that far.
    """
    lines, n_fields, dialect = table.lines, len(table.header), table.dialect
    lines.is_row = lambda line: looks_like_row(line, dialect, n_fields, kinds)
    while True:
        if block := lines.take_block():
            fast = None if dialect.skip_spaces else blocks.split(block, dialect.delimiter, n_fields, wanted)
            if fast is not None:
                lines.number += fast.n_rows
                starts = np.arange(lines.number - fast.n_rows + 1, lines.number + 1)
                yield Chunk(fast.columns, starts, fast.row_hash)
                continue
            lines.text.load(block)
        some = lines.take(BLOCK)
        if not some:
            return
        rows = _one_row_a_line(some, dialect, n_fields)
        if rows is not None:
            found = _Rows(rows, np.arange(lines.number - len(some) + 1, lines.number + 1))
        else:
            lines.give_back(some)
            found = _read_with_care(table, lines.number + len(some))
        yield found.as_chunk(wanted)


def _one_row_a_line(block: list[str], dialect: Dialect, n_fields: int) -> list[list[str]] | None:
    """The rows of a block in which nothing is amiss, so that every line is one; else None."""
    try:
        rows = list(dialect.reader(block, strict=True))
    except csv.Error:
        return None
    is_plain = n_fields > 1 and len(rows) == len(block) and set(map(len, rows)) == {n_fields}
    return rows if is_plain else None


def _read_with_care(table: TextTable, end: int) -> _Rows:
    """Record by record up to the line `end`, or where the record that reaches it ends."""
    lines, n_fields, dialect = table.lines, len(table.header), table.dialect
    chunk = _Rows()
    while lines.number < end:
        lines.record.clear()
        try:
            row = next(table.reader)
        except csv.Error as error:
            chunk.misfits.append(lines.misfit(_quote_reason(str(error), len(lines.record))))
            lines.put_back()
            continue
        if len(row) == n_fields and (n_fields > 1 or lines.record[0].strip()):
            chunk.rows.append(row)
            chunk.starts.append(lines.start)
            if len(lines.record) > 1:
                chunk.spanning.append(lines.start)
        elif len(lines.record) > 1:
            chunk.misfits.append(lines.misfit(OPEN_QUOTE))
            lines.put_back()
        elif not lines.record[0].strip() or (dialect.delimiter == " " and RULER.fullmatch(lines.record[0].rstrip())):
            chunk.blank.append(lines.start)
        else:
            chunk.misfits.append(lines.misfit(_field_reason(len(row), n_fields)))
    lines.record.clear()
    return chunk


def looks_like_row(line: str, dialect: Dialect, n_fields: int, kinds: Mapping[int, str]) -> bool:
    """Whether a line that stands inside quotes is a row of its own rather than text of a cell.

    It has as many fields as the header, and where the header promises numbers and
    dates, there are some.

    Examples
    --------
    >>> comma = Dialect(",", False)
    >>> looks_like_row("b,2024-01-02,5.00", comma, 3, {1: "datetime", 2: "number"})
    True
    >>> looks_like_row("12 High Street, Leeds, England", comma, 3, {1: "datetime", 2: "number"})
    False
    """
    if n_fields == 1:
        return False
    try:
        fields = dialect.split(line)
    except csv.Error:
        return False
    if len(fields) != n_fields:
        return False
    typed = [(kind, fields[place].strip()) for place, kind in kinds.items() if fields[place].strip()]
    if typed:
        return all(LOOKS[kind].fullmatch(value) for kind, value in typed)
    # A quote more than pairs need ends the field that began above.
    return line.count('"') % 2 == 0


def _field_reason(n_found: int, n_fields: int) -> str:
    if n_found == 1:
        return t("the line has 1 field, the header has {n}", n=n_fields)
    return t("the line has {fields} fields, the header has {n}", fields=n_found, n=n_fields)


def _quote_reason(error: str, n_lines: int) -> str:
    if "field limit" in error and n_lines == 1:
        return t("a field is longer than {n} characters", n=f"{csv.field_size_limit():,}")
    if "expected after" in error and n_lines == 1:
        return t('text follows a closing quote (a quote inside quotes is written "")')
    return OPEN_QUOTE


def shorten(text: str, length: int = 100) -> str:
    """A text for a message: on one line, and not longer than `length`."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
