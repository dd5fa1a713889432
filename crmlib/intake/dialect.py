"""How a text file parts its fields, and which of its first lines holds the names of its columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

DELIMITERS = (",", ";", "\t", "|")
MOST_ABOVE = 30  # rows looked at for the header


class Dialect(NamedTuple):
    """What stands between fields, and whether spaces may stand before a quoted one."""

    delimiter: str
    skip_spaces: bool

    def reader(self, lines: Iterable[str], *, strict: bool):
        return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.skip_spaces, strict=strict)

    def split(self, line: str) -> list[str]:
        """The fields of one line, whatever its quotes."""
        return next(self.reader([line], strict=False), [])


def find_dialect(sample: list[str], count_known: Callable[[list[str]], int]) -> Dialect:
    r"""The delimiter that finds most known names in the header.

    Among equals: under which most records have as many fields as the header, then
    the one with most fields. `count_known` says how many columns a line of names seems to have.

    Examples
    --------
    >>> known = lambda names: len({"customer_id", "amount"} & set(names))
    >>> find_dialect(["customer_id;amount\n", "a;1,5\n"], known).delimiter
    ';'
    """
    return max(
        (as_dialect(sample, delimiter) for delimiter in DELIMITERS), key=lambda one: fit_of(one, sample, count_known)
    )


def find_dialect_of(sample: list[str], n_fields: int) -> Dialect:
    """The delimiter under which most lines have so many fields; for a text that does not name its columns."""

    def fit(one: Dialect) -> int:
        return sum(len(row) == n_fields for row in read_rows(sample, one))

    return max((as_dialect(sample, delimiter) for delimiter in DELIMITERS), key=fit)


def as_dialect(sample: list[str], delimiter: str) -> Dialect:
    """The dialect of a delimiter, as the first lines use it."""
    return Dialect(delimiter, any(re.search(re.escape(delimiter) + ' +"', line) for line in sample))


def fit_of(dialect: Dialect, sample: list[str], count_known: Callable[[list[str]], int]) -> tuple[int, float, int]:
    try:
        rows = [row for row in dialect.reader(sample, strict=False) if "".join(row).strip()]
    except csv.Error:  # a field beyond all measure; said when it is read
        return 0, 0.0, 0
    place = find_header(rows, count_known)
    header, records = (rows[place], rows[place + 1 :]) if rows else ([], [])
    if len(header) < 2:
        return 0, 0.0, 0
    alike = sum(len(row) == len(header) for row in records) / max(1, len(records))
    return count_known(header), round(alike, 1), len(header)


def find_header(rows: list[list[str]], count_known: Callable[[list[str]], int]) -> int:
    """Which of the first rows is the header: the first, unless a later one has known names and it has not.

    Reports begin with a title, a period, who made them.

    Examples
    --------
    >>> known = lambda names: len({"customer_id", "amount"} & set(names))
    >>> find_header([["Sales of 2024"], [], ["customer_id", "amount"], ["a", "1"]], known)
    2
    """
    counts = [count_known(row) for row in rows[:MOST_ABOVE]]
    best = counts.index(max(counts)) if counts else 0
    return best if best and counts[best] >= 2 and counts[0] < 2 else 0


def read_rows(sample: list[str], dialect: Dialect) -> list[list[str]]:
    """The rows of the first lines, whatever their quotes; [] where a field is beyond all measure."""
    try:
        return [row for row in dialect.reader(sample, strict=False) if "".join(row).strip()]
    except csv.Error:
        return []
