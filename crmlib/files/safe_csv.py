"""CSV files that are safe to open: whole or not there, and without live formulas."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd

from crmlib.files.whole import write_whole

# A spreadsheet runs a cell that begins with one of these, or a tab or line end (OWASP, "CSV Injection").
FORMULA_START = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# Where a spreadsheet may begin another cell. Quotes do not help: one that parts cells by semicolons takes a quote
# after a comma for a letter. A comma is safe, for a cell that holds one is quoted where commas part.
SEPARATORS = re.compile(r"([;|\t\r\n]+)")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)


def defuse(text: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Also where it begins behind a semicolon, bar, tab or line end: a spreadsheet whose cells are parted by
    those would begin a cell there. Plain numbers such as ``-5`` stay as they are; what is not text comes
    back unchanged.

    Examples
    --------
    >>> defuse("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    >>> defuse("a;=1+1"), defuse("tea; cup; -5")
    ("a;'=1+1", 'tea; cup; -5')
    >>> defuse("-5"), defuse(-5), defuse("tea")
    ('-5', -5, 'tea')
    """
    if not isinstance(text, str):
        return text
    pieces = SEPARATORS.split(text)  # every other one parts two cells
    pieces[::2] = ["'" + piece if _is_formula(piece) else piece for piece in pieces[::2]]
    first = "'" if text.lstrip(" ").startswith(("\t", "\r", "\n")) else ""
    return first + "".join(pieces)


def _is_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(FORMULA_START) and not PLAIN_NUMBER.fullmatch(text.strip(" "))


def defuse_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy of `frame` whose text, index and headings are defused (see `defuse`)."""
    safe = frame.copy()
    for position in range(safe.shape[1]):
        column = safe.iloc[:, position]
        if isinstance(column.dtype, pd.CategoricalDtype):
            column = column.astype(object)
        if column.dtype == object or pd.api.types.is_string_dtype(column.dtype):
            safe.isetitem(position, column.map(defuse, na_action="ignore"))
    safe.columns = safe.columns.map(defuse)
    safe.index.names = [defuse(name) for name in safe.index.names]
    if not pd.api.types.is_numeric_dtype(safe.index.dtype):
        safe.index = safe.index.map(
            lambda label: tuple(map(defuse, label)) if isinstance(label, tuple) else defuse(label)
        )
    return safe


def write_csv(frame: pd.DataFrame, path: str | os.PathLike, *, index: bool = True) -> Path:
    """Write a table as CSV that a spreadsheet opens safely, in any language.

    UTF-8 with a mark at the start (without it Excel shows Chinese as noise),
    commas, and line ends as RFC 4180 has them on every system. Formulas are defused. The file
    appears whole or not at all: it is written beside its place and moved there.

    Returns
    -------
    Path
        Where the file now is.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = defuse_frame(frame).to_csv(index=index, lineterminator="\r\n")
    return write_whole(path, b"\xef\xbb\xbf" + text.encode("utf-8", errors="backslashreplace"))
