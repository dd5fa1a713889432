"""Texts whose columns are parted by spaces: printed lists, bank and till printouts, tables of numbers."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from crmlib.intake.dialect import Dialect, find_dialect, find_dialect_of, find_header, fit_of

RULER = re.compile(r"[\s|+:]*(?:[-=_*]{3,}[\s|+:]*)+")
FEWEST_ALIKE = 0.8  # of the lines that must have as many fields as the names


class Spaced(NamedTuple):
    """How spaces part the fields of a text; used as a `dialect.Dialect` is.

    Attributes
    ----------
    form : {"words", "gaps", "columns"}
        One space or more part fields, two or more do, or each field has its place in the line.
    starts : tuple of int
        Of columns, where each but the first begins.
    is_wide : bool
        Whether a Chinese character takes two places.
    """

    form: str
    starts: tuple[int, ...] = ()
    is_wide: bool = False
    delimiter: str = " "
    skip_spaces: bool = True  # so that it is never split the fast way

    def reader(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        return map(self.split, iter(lines))

    def split(self, line: str) -> list[str]:
        """The fields of a line; one where it does not keep to the columns, none where it is blank or a ruler."""
        line = line.rstrip()
        if not line.strip() or RULER.fullmatch(line):
            return []
        if self.form == "words":
            return _words(line)
        if self.form == "gaps":
            return re.split(r"\s{2,}", line.strip())
        cells = _places(line) if self.is_wide else line
        if any(start <= len(cells) and cells[start - 1] not in (" ", "\u3000") for start in self.starts):
            return [line.strip()]
        ends = (*self.starts, len(cells))
        return ["".join(cells[first:end]).strip() for first, end in zip((0, *self.starts), ends, strict=True)]


def _words(line: str) -> list[str]:
    """The words of a line; what stands in quotes, as R writes names, is one."""
    if '"' not in line:
        return line.split()
    return next(csv.reader([" ".join(line.split())], delimiter=" "), [])


def _places(line: str) -> list[str]:
    """A line by the places it takes on paper: a wide character takes two."""
    places = []
    for character in line:
        places += [character, ""] if unicodedata.east_asian_width(character) in "WF" else [character]
    return places


def find_any(sample: list[str], count_known: Callable[[list[str]], int], names: list[str] | None) -> Dialect | Spaced:
    """How the fields of a text are parted: by a delimiter, or by spaces where none parts them well."""
    dialect = find_dialect_of(sample, len(names)) if names else find_dialect(sample, count_known)
    n_known, alike, n_fields = fit_of(dialect, sample, count_known)
    if n_fields > 2 and alike >= FEWEST_ALIKE or n_known > 1:
        return dialect
    spaced = find_spaced(sample, count_known, len(names) if names else None)
    return (
        spaced
        if spaced and (alike < FEWEST_ALIKE or n_fields < 2 or n_known < _n_known(spaced, sample, count_known))
        else dialect
    )


def _n_known(spaced: Spaced, sample: list[str], count_known: Callable[[list[str]], int]) -> int:
    return max((count_known(row) for row in spaced.reader(sample, strict=False)), default=0)


def find_spaced(
    sample: list[str], count_known: Callable[[list[str]], int], n_fields: int | None = None
) -> Spaced | None:
    """How spaces part the fields of the first lines; None where they part none.

    Examples
    --------
    >>> known = lambda names: len({"Customer No", "Amount"} & set(names))
    >>> lines = ["Customer No  Date         Amount", "-----------  ----------  -------"]
    >>> lines += ["C 1          2024-01-02    10.00", "C 2          2024-01-03 1,020.00"]
    >>> spaced = find_spaced(lines, known)
    >>> spaced.form, spaced.split(lines[2])
    ('columns', ['C 1', '2024-01-02', '10.00'])
    """
    lines = [line.rstrip() for line in sample if line.strip() and not RULER.fullmatch(line.rstrip())]
    candidates = [Spaced("words"), Spaced("gaps")]
    columns = max(
        (_find_columns(lines, count_known, is_wide=is_wide) for is_wide in (True, False)),
        key=lambda one: len(one.starts),
    )
    best, found = None, None
    for rank, one in enumerate([columns, *reversed(candidates)]):
        rows = list(one.reader(lines, strict=False))
        place = find_header(rows, count_known)
        header, records = (rows[place], rows[place + 1 :]) if rows else ([], [])
        alike = sum(len(row) == len(header) for row in records) / max(1, len(records))
        if len(header) < 2 or alike < FEWEST_ALIKE or (n_fields and len(header) != n_fields):
            continue
        fit = (count_known(header), alike, len(header) == 1 + len(columns.starts), rank)
        if best is None or fit > best:
            best, found = fit, one
    return found


def _find_columns(lines: list[str], count_known: Callable[[list[str]], int], *, is_wide: bool) -> Spaced:
    """Where no line has anything, there a column ends, if the names have a word on both sides."""
    names = [max((line.split(), re.split(r"\s{2,}", line.strip())), key=count_known) for line in lines]
    body = lines[find_header(names, count_known) :]
    fewest = len(body[0].split()) / 2 if body else 0
    body = [line for line in body if len(line.split()) >= fewest]  # without what stands below a list
    rows = [_places(line) if is_wide else list(line) for line in body]
    width = max(map(len, rows), default=0)
    is_blank = [True] * width  # where a line has ended, too
    for row in rows:  # and not by places: one line that never ends would make as many for each of the others
        for place, character in enumerate(row):
            if character not in (" ", "\u3000"):
                is_blank[place] = False
    starts = [place for place in range(1, width) if is_blank[place - 1] and not is_blank[place]]
    kept = []
    for start, end in zip(starts, [*starts[1:], width][: len(starts)], strict=True):
        cells = ["".join(row[start:end]).strip() for row in rows]
        before = ["".join(row[kept[-1] if kept else 0 : start]).strip() for row in rows]
        # A gap in all values, as before a time, or in the names alone, as in "Customer No", parts nothing.
        if cells[0] and any(cells[1:]) and before[0]:
            kept.append(start)
    return Spaced("columns", tuple(kept), is_wide)
