"""What a mapping file says under keep, as a condition in the query of a database: rows left out are never read.

An engine is given a function of Python's for each condition, and calls it for each cell: a value fits here
exactly as it does in a text file (`rows.find_rows`), whatever case, spaces and NULL are to the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.loose import shown
from crmlib.intake.mapping import Places, Reading
from crmlib.intake.raw import used_names
from crmlib.intake.rows import DOES_NOT_COUNT, find_rows, is_one_of
from crmlib.language import t
from crmlib.tables import TABLES

DAYS = {one.name for table in TABLES.values() for one in table.columns if one.type in ("datetime", "date")}
REMEMBERED = 10_000  # different cells of a column; more have their turn again


class Condition(NamedTuple):
    """The values of a column whose rows count."""

    name: str  # of the column, as it is said
    place: int
    values: list[str]

    def of_texts(self, *, are_decimal: bool) -> Callable[[pa.Array], pa.Array]:
        """A function: which cells fit, of a column that comes as text.

        Of a number with decimals nobody knows whether 1 is written 1 or 1.0: either fits.

        Examples
        --------
        >>> Condition("Status", 0, ["paid"]).of_texts(are_decimal=False)(pa.array([" paid", "Paid", None])).tolist()
        [True, False, False]
        >>> Condition("Status", 0, ["1"]).of_texts(are_decimal=True)(pa.array(["1.0", "1.5", None])).tolist()
        [True, False, False]
        """

        def fit(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
            parts = cells if isinstance(cells, pa.ChunkedArray) else pa.chunked_array([cells])
            texts = parts.cast(pa.large_string())
            is_one = find_rows(texts, self.values)
            if are_decimal:
                is_one |= find_rows(pc.replace_substring_regex(texts, r"\.0$", ""), self.values)
            return pa.array(is_one)

        return fit

    def of_cells(self) -> Callable[[str | bytes | float | None], bool]:
        """A function that remembers: does a cell fit, text, number, bytes or nothing?

        Examples
        --------
        >>> fits = Condition("Status", 0, ["paid", "1.0", ""]).of_cells()
        >>> [fits(cell) for cell in (" paid", "PAID", 1.0, 1, None)]
        [True, False, True, False, True]
        """
        wanted = [value.strip() for value in self.values]

        @lru_cache(maxsize=REMEMBERED, typed=True)
        def fits(cell: str | bytes | float | None) -> bool:
            text = "" if cell is None else shown(cell)
            texts = {text, f"{text}.0"} if isinstance(cell, float) and text.isdigit() else {text}
            return any(is_one_of(text.strip(), wanted) for text in texts)

        return fits


def find_conditions(
    reading: Reading,
    places: Places,
    telling: dict[str, int],
    names: list[str],
    holds_numbers: Callable[[int], bool],
) -> list[Condition]:
    """What can be left to the database; the rest of keep is looked at after reading.

    Not where an empty cell means what stands above it, for that may be a row left out; and not a column of
    days that holds numbers: it is known only after all of them what they count.

    Parameters
    ----------
    reading : Reading
        What is said of the file.
    places : Places
        Of the columns that are ours.
    telling : dict of str to int
        Of the others that are read.
    names : list of str
        Of all columns of the database's table.
    holds_numbers : callable
        Has the column at a place cells that are numbers?

    Returns
    -------
    list of Condition
        In the order in which they are said.
    """
    if reading.fill_down:
        return []
    ours, found = used_names(names, places), []
    for name, values in (reading.keep or {}).items():
        mapped = ours.get(name, name)
        place = telling.get(name, places.single.get(mapped))
        if values == "all" or place is None:
            continue
        is_day = name not in telling and mapped in DAYS
        if not (is_day and holds_numbers(place)):
            found.append(Condition(name, place, list(values)))
    return found


def count_left_out(conditions: list[Condition], groups: list[tuple]) -> dict[str, int]:
    """How many rows each condition leaves out; a row that several leave out counts for the first of them.

    Examples
    --------
    >>> conditions = [Condition("Status", 0, ["paid"]), Condition("Type", 1, ["sale"])]
    >>> count_left_out(conditions, [(True, True, 7), (False, True, 2), (False, False, 1), (True, False, 4)])
    {'Status is none of the values whose rows count': 3, 'Type is none of the values whose rows count': 4}
    """
    found: dict[str, int] = {}
    for *fits, n in sorted(groups):
        if not all(fits):
            name = conditions[[bool(one) for one in fits].index(False)].name
            found[name] = found.get(name, 0) + n
    return {reason_of(condition.name): found[condition.name] for condition in conditions if condition.name in found}


def reason_of(name: str) -> str:
    """Why the rows were left out, as a sentence of the account of the rows."""
    return f"{name} {t(DOES_NOT_COUNT)}"
