"""Columns of SQLite, whose cells have a type each: text, whole numbers, others; and moments written as numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake.sheets import as_text

# Of seconds since 1970, from 1976 to 2201: 8 digits are days such as 20240607. Finer ones by thousands.
FIRST_SECOND, AFTER_LAST_SECOND = 2e8, 7.29e9
FINER = (1, 1_000, 1_000_000, 1_000_000_000)
# Days since noon of the first of January 4713 BC, from 1900 to 2201: what SQLite's julianday() gives.
FIRST_JULIAN, AFTER_LAST_JULIAN, JULIAN_1970 = 2_415_020.5, 2_524_959.5, 2_440_587.5


class Loose:
    """A column that is read some rows at a time.

    Examples
    --------
    >>> column = Loose()
    >>> column.add([1, None, 2.5])
    >>> column.finish()[0].to_pylist()
    [1.0, None, 2.5]
    >>> column.add(["x"])
    >>> [part.tolist() if isinstance(part, np.ndarray) else part.to_pylist() for part in column.finish()]
    [['1', None, '2.5', 'x'], [True, False, True, False]]
    """

    def __init__(self):
        self.kinds: set[type] = set()
        self.parts: list[pa.Array | list] = []

    def add(self, cells: tuple | list) -> None:
        """Some cells more; those of one type take little room."""
        kinds = set(map(type, cells)) - {type(None)}
        self.kinds |= kinds
        kind = _arrow_type(kinds)
        try:
            self.parts.append(list(cells) if kind is None else pa.array(cells, kind))
        except pa.ArrowInvalid:  # a whole number that no float holds, among decimals
            self.kinds.add(object)
            self.parts.append(list(cells))

    def finish(self) -> tuple[pa.ChunkedArray, np.ndarray | None]:
        """The column with one type; where there are texts and numbers, as text, and where the numbers are."""
        kind = _arrow_type(self.kinds)
        if kind is None:
            return self.as_text()
        try:
            return pa.chunked_array([part.cast(kind) for part in self.parts], kind), None
        except pa.ArrowInvalid:  # as above
            return self.as_text()

    def as_text(self) -> tuple[pa.ChunkedArray, np.ndarray | None]:
        """The column as text; and where it is made of numbers as well, where they are."""
        if self.kinds <= {str}:
            return self.finish()
        cells = self._cells()
        is_typed = np.array([isinstance(cell, int | float) for cell in cells], dtype=bool)
        return self._join([None if cell is None else shown(cell) for cell in cells]), is_typed

    def _cells(self) -> list:
        return [cell for part in self.parts for cell in (part if isinstance(part, list) else part.to_pylist())]

    @staticmethod
    def _join(texts: list[str | None]) -> pa.ChunkedArray:
        return pa.chunked_array([pa.array(texts, pa.large_string())])


def _arrow_type(kinds: set[type]) -> pa.DataType | None:
    """One type for all cells; None where there is none."""
    if kinds <= {str}:
        return pa.large_string()
    if kinds == {bytes}:
        return pa.large_binary()
    if kinds == {int}:
        return pa.int64()
    return pa.float64() if kinds <= {int, float} else None


def shown(cell: str | bytes | float) -> str:
    """A cell of SQLite as text."""
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else as_text(cell)


def read_moments(values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Numbers as the moments they count, in UTC; None where not every one can be such a number.

    Seconds since 1970, thousandths and so on; SQLite's days since 4713 BC where they have decimals.

    Examples
    --------
    >>> read_moments(pa.chunked_array([[1_717_785_000, None]]))[0].as_py().isoformat()
    '2024-06-07T18:30:00'
    >>> read_moments(pa.chunked_array([[2_460_469.25]]))[0].as_py().isoformat()
    '2024-06-07T18:00:00'
    >>> read_moments(pa.chunked_array([[20240607]])) is None
    True
    """
    numbers = values.cast(pa.float64(), safe=False).to_numpy()
    is_there = ~np.isnan(numbers)
    seconds = np.full(len(numbers), np.nan)
    for times in FINER:
        scaled = numbers / times
        is_so = (scaled >= FIRST_SECOND) & (scaled < AFTER_LAST_SECOND)
        seconds[is_so] = scaled[is_so]
    if pa.types.is_floating(values.type):
        is_so = (numbers >= FIRST_JULIAN) & (numbers < AFTER_LAST_JULIAN)
        seconds[is_so] = np.round((numbers[is_so] - JULIAN_1970) * 86_400)
    if not is_there.any() or np.isnan(seconds[is_there]).any():
        return None
    moments = pd.to_datetime(pd.Series(np.round(seconds * 1e6)), unit="us")
    return pa.chunked_array([pa.array(moments, pa.timestamp("us"), from_pandas=True)])
