"""Blocks of whole lines, and the fast way to split one: all its lines at once, where its bytes prove that this is safe.

`split` never guesses. It takes a block in which every line is a record with the right number of
fields, each quote begins or ends a field, and every line end is one; anything else it leaves to
`records`, which reads line by line and accounts for each.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

BLOCK = 1 << 19  # bytes looked at as one
SEPARATOR = "\0"  # which no text has; between fields, it makes one text of a row


class Blocks:
    """The text of a file in blocks of whole lines, in UTF-8 whatever it was saved in; each byte is read once.

    Iterating gives its lines as text, `take` the next block as bytes, where no line is left of the last.
    """

    def __init__(self, stream: BinaryIO, encoding: str):
        self.stream = stream
        # UTF-8 is checked block by block, and stays the bytes it is.
        is_utf8 = encoding in ("utf-8", "utf-8-sig")
        self.decoder = None if is_utf8 else codecs.getincrementaldecoder(encoding)("strict")
        self.mark = codecs.BOM_UTF8 if encoding == "utf-8-sig" else b""
        self.lines: deque[str] = deque()
        self.rest = b""
        self.ends_in_break = True

    def __iter__(self) -> Iterator[str]:
        while self.lines or self.load(self.take()):
            yield self.lines.popleft()

    def load(self, block: bytes) -> bool:
        """Hand out a block line by line."""
        self.lines.extend(io.StringIO(block.decode("utf-8"), newline=""))
        return bool(self.lines)

    def take(self) -> bytes:
        """The next whole lines; b"" at the end.

        Raises
        ------
        ValueError
            A byte does not fit the encoding, or is NUL.
        """
        parts = [self.rest]
        while more := self._read():
            end = more.rfind(b"\n") + 1 or more.rfind(b"\r", 0, len(more) - 1) + 1
            if end:
                parts.append(more[:end])
                self.rest = more[end:]
                break
            parts.append(more)
        else:
            self.rest = b""
        block = b"".join(parts)
        if b"\0" in block:
            raise ValueError("NUL")  # said by `encodings`, with its place
        if self.decoder is None and not block.isascii():
            block.decode("utf-8")
        if block:
            self.ends_in_break = block.endswith((b"\n", b"\r"))
        return block

    def _read(self) -> bytes:
        if self.decoder is None:
            more = self.stream.read(BLOCK).removeprefix(self.mark)
            self.mark = b""
            return more
        while block := self.stream.read(BLOCK):
            if text := self.decoder.decode(block):
                return text.encode("utf-8")
        return self.decoder.decode(b"", final=True).encode("utf-8")


class Split(NamedTuple):
    """A block split: the columns wanted, by their place, and of every row a number that stands for all its fields."""

    columns: dict[int, pa.ChunkedArray]
    n_rows: int
    row_hash: np.ndarray


def split(block: bytes, delimiter: str, n_fields: int, wanted: set[int]) -> Split | None:
    """The fields of a block in which nothing is amiss, so that every line is a row; else None.

    Examples
    --------
    >>> split(b"a,1\\nb,2\\n", ",", 2, {1}).columns[1].to_pylist()
    ['1', '2']
    >>> split(b"a,1\\nb,2,3\\n", ",", 2, {1}) is None, split(b'a,"1\\nb,2\\n', ",", 2, {1}) is None
    (True, True)
    """
    n_lines = block.count(b"\n") + (not block.endswith(b"\n"))
    has_quotes = b'"' in block
    if (
        n_fields < 2
        or block.startswith(codecs.BOM_UTF8)  # which the reader would take off
        or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n"))
        or _has_long_line(block)
        or (has_quotes and not _are_quotes_plain(block, delimiter))
    ):
        return None
    is_parted = has_quotes and block.count(delimiter.encode()) != n_lines * (n_fields - 1)
    names = [str(place) for place in range(n_fields)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            read_options=arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=len(block) + 1),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, quote_char='"' if has_quotes else False, ignore_empty_lines=True
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                include_columns=names if is_parted else [str(place) for place in sorted(wanted)],
                strings_can_be_null=False,
                check_utf8=False,  # done, by `Blocks`
            ),
        )
    except pa.ArrowInvalid:  # a line with more or fewer fields
        return None
    if table.num_rows != n_lines:
        return None
    row_hash = _hash_columns(table) if is_parted else _hash_lines(block, delimiter, n_lines)
    return Split({place: table[str(place)] for place in wanted}, n_lines, row_hash)


def _has_long_line(block: bytes) -> bool:
    """May a field be longer than the reader of the careful way allows? Such a one covers a whole window."""
    window = max(1, csv.field_size_limit() // 2)
    return any(block.find(b"\n", start, start + window) < 0 for start in range(0, len(block) - window + 1, window))


def _are_quotes_plain(block: bytes, delimiter: str) -> bool:
    """Does each first quote begin a field and each second end it in the same line, with none inside?"""
    content = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(content == ord('"'))
    first, second = quotes[0::2], quotes[1::2]
    if len(first) != len(second):
        return False
    around = np.zeros(256, dtype=bool)
    around[[ord(delimiter), ord("\n")]] = True
    begins = around[content[first - 1]] | (first == 0)
    around[ord("\r")] = True
    ends = around[content[np.minimum(second + 1, len(content) - 1)]] | (second == len(content) - 1)
    if not (begins.all() and ends.all()):
        return False
    breaks = np.flatnonzero(content == ord("\n"))
    return bool((np.searchsorted(breaks, first) == np.searchsorted(breaks, second)).all())


def hash_rows(rows: list[list[str]]) -> np.ndarray:
    """A number for each row, the same for rows with the same fields."""
    return _hash_texts([SEPARATOR.join(row).encode("utf-8") for row in rows])


def _hash_lines(block: bytes, delimiter: str, n_lines: int) -> np.ndarray:
    """As `hash_rows`, of lines in which the delimiter stands between fields only."""
    for old, new in ((b"\r", b""), (b'"', b""), (delimiter.encode(), SEPARATOR.encode())):
        block = block.replace(old, new)
    return _hash_texts(block.split(b"\n")[:n_lines])


def _hash_columns(table: pa.Table) -> np.ndarray:
    """As `hash_rows`, of columns."""
    joined = pc.binary_join_element_wise(*table.columns, pa.scalar(SEPARATOR, pa.large_string()))
    return _hash_texts(joined.cast(pa.large_binary()).to_pylist())


def _hash_texts(texts: list[bytes]) -> np.ndarray:
    return np.fromiter(map(hash, texts), np.int64, len(texts))
