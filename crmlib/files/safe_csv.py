"""CSV files that are safe to open: whole or not there, and without live formulas."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pandas as pd

# A spreadsheet runs a cell that begins with one of these (OWASP, "CSV Injection").
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)


def defuse(text: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Plain numbers such as ``-5`` stay as they are; what is not text comes back unchanged.

    Examples
    --------
    >>> defuse("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    >>> defuse("-5"), defuse(-5), defuse("tea")
    ('-5', -5, 'tea')
    """
    if not isinstance(text, str) or not text.lstrip(" ").startswith(FORMULA_START):
        return text
    return text if PLAIN_NUMBER.fullmatch(text) else "'" + text


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
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8-sig", newline="") as stream:
            defuse_frame(frame).to_csv(stream, index=index, lineterminator="\r\n")
        os.chmod(part, 0o644)  # mkstemp makes files that only their owner may read
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return path
