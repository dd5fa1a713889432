"""A text file opened: how its fields are parted, and what its columns are called."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from crmlib.intake import blocks
from crmlib.intake.dialect import as_dialect, find_header, read_rows
from crmlib.intake.records import Lines, TextTable, shorten
from crmlib.intake.shown import mask_text, mask_value
from crmlib.intake.spaced import find_any
from crmlib.language import t

SAMPLE = 100  # lines looked at to tell one delimiter from another


def open_table(
    path: Path, text: blocks.Blocks, count_known: Callable[[list[str]], int], names: list[str] | None = None
) -> TextTable:
    """Find the delimiter and read the header.

    Parameters
    ----------
    path : Path
        Of the file, for messages.
    text : Blocks
        Its text.
    count_known : callable
        How many columns a line of names seems to have.
    names : list of str, optional
        What the columns are called, where the file does not say.

    Raises
    ------
    ValueError
        There is nothing but blank lines, the header has an open quote, or `names` are too few or too many.
    """
    sample = list(islice(text, SAMPLE))
    if sample:
        sample[0] = sample[0].removeprefix("\ufeff")
    # A line that spreadsheets write to tell each other the delimiter.
    told = re.fullmatch(r"sep=([,;\t|])\s*", sample[0], re.IGNORECASE) if sample else None
    sample = sample[1:] if told else sample
    dialect = as_dialect(sample, told[1]) if told else find_any(sample, count_known, names)
    lines = Lines(text, sample, number=1 if told else 0)
    reader = dialect.reader(lines, strict=True)
    rows = read_rows(sample, dialect)
    if names and rows:
        check_names(path, names, Counter(map(len, rows)).most_common(1)[0][0], rows[0])
    if names and rows and [cell.strip() for cell in rows[0]] != names:
        return TextTable(dialect, names, lines, reader, 0)
    try:
        for _ in range(0 if names else find_header(rows, count_known)):
            _first_row(reader, lines)
            lines.record.clear()
        header = _first_row(reader, lines)
    except csv.Error:
        raise ValueError(
            t(
                "the header of {file} must have every quote closed; the one in line {line} is not. It begins "
                "{record!r}.",
                file=path.name,
                line=lines.start,
                record=shorten(re.sub(r"[^,;\t|\"]+", lambda part: mask_text(mask_value(part[0])), lines.record[0])),
            )
        ) from None
    if not header:
        raise _empty(path)
    return TextTable(dialect, [name.strip() for name in header], lines, reader, lines.start)


def _empty(path: Path) -> ValueError:
    return ValueError(
        t(
            "{file} must hold a header line and rows; it is empty. Was it still being written, or is another file"
            " meant?",
            file=path.name,
        )
    )


def check_names(path: Path, names: list[str], n_fields: int, row: list[str]) -> None:
    """As many names must be said as rows have fields, or none of them would be read."""
    if n_fields != len(names):
        raise ValueError(
            t(
                "names under [transactions.file] must name every column of {file}, in its order; it has {n_fields}"
                " columns, and {n_names} names are said. Its first row: {row}.",
                file=path.name,
                n_fields=n_fields,
                n_names=len(names),
                row=shorten(", ".join(f"{cell[:1]}***" for cell in row)),
            )
        )


def _first_row(reader: Iterator[list[str]], lines: Lines) -> list[str]:
    for row in reader:
        if "".join(row).strip():
            return row
        lines.record.clear()
    return []
