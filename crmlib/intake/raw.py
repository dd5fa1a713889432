"""A file read but not yet understood: columns of text, typed ones (Parquet), or some of each (Excel)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.mapped import Joined, Sum
from crmlib.intake.mapping import Places, Reading
from crmlib.intake.names import count_known, name_empty
from crmlib.intake.records import Misfit
from crmlib.language import plural, t
from crmlib.tables import Table

PEEKED = 500  # rows looked at to tell what a column is
Peeked = tuple[list[str], dict[str, list[str]]]  # the names of columns, and the first values of each


class Raw(NamedTuple):
    """A file read but not yet understood: the columns used, as text or typed, and all else found."""

    columns: dict[str, pa.ChunkedArray]  # by our names
    products: dict[str, list[pa.ChunkedArray]]  # of ours that are products or sums, the parts
    lines: np.ndarray  # where each row begins
    row_hash: np.ndarray  # of all its fields, also those not used
    misfits: list[Misfit]
    mapping: dict[str, str]
    names: list[str]  # all of the file's, in its order
    notes: list[str]
    encoding: str | None = None  # only text files have these
    delimiter: str | None = None
    sheet: str | None = None  # only workbooks have these
    relation: str | None = None  # and this, the table or view, only databases
    is_typed: dict[int, np.ndarray] | None = None
    places: Places | None = None
    telling: dict[str, pa.ChunkedArray] | None = None  # columns left out that say what a row counts for
    doubts: tuple[str, ...] = ()  # that came up while it was read
    pushed: frozenset[str] = frozenset()  # columns of keep that a database has looked at itself
    left_out: Mapping[str, int] = MappingProxyType({})  # how many rows it left out so, by reason

    @property
    def has_lines(self) -> bool:
        """Is it a text, whose rows stand in lines?"""
        return self.delimiter is not None


def column_counter(table: Table, reading: Reading) -> Callable[[list[str]], int]:
    """How many columns a line of names seems to have: ours, others' names for them, and those mapped."""
    mapped = {name for key in reading.columns or {} for name in (key if isinstance(key, tuple) else (key,))}
    return lambda names: count_known(names, table) + len(mapped & {name.strip() for name in names})


def name_columns(names: list[str], reading: Reading) -> list[str]:
    """The names of a file's columns, with one for those that have none; as the mapping calls them, if it does."""
    said = {name for key in reading.columns or {} for name in (key if isinstance(key, tuple) else (key,))}
    for others in (reading.keep, reading.negative, reading.subtract, reading.fill_down, reading.extra):
        said |= set(others or ())
    return name_empty(names, frozenset(said))


def by_name(whole: dict[int, pa.ChunkedArray], places: Places) -> dict:
    """The columns by our names, and the factors of those that are products."""
    products = {name: [whole[place] for place in parts] for name, parts in places.products.items()}
    columns = {name: whole[place] for name, place in places.single.items()}
    for name, parts in products.items():
        columns[name] = pc.binary_join_element_wise(
            *(part.cast(pa.large_string()) for part in parts),
            pa.scalar(
                " " if isinstance(places.products[name], Joined) else _sign(places.products[name]), pa.large_string()
            ),
            null_handling="replace",
        )
    return {"columns": columns, "products": products}


def used_names(names: list[str], places: Places) -> dict[str, str]:
    """Of the columns used, the file's names and ours."""
    single = {names[place]: name for name, place in places.single.items()}
    return single | {
        _sign(parts).join(names[place] for place in parts): name for name, parts in places.products.items()
    }


def _sign(parts: tuple) -> str:
    return " + " if isinstance(parts, Sum | Joined) else " × "


def above_note(header_line: int) -> str | None:
    """A sentence on what stands above the names of the columns."""
    if header_line <= 1:
        return None
    return t("The names of the columns stand in line {line}; what is above was passed over.", line=header_line)


def blank_note(n: int, first: int) -> str:
    """A sentence on lines with nothing in them."""
    lines = plural(n, "1 blank line", "{n} blank lines")
    return t("{lines} passed over (the first: line {line}).", lines=lines, line=f"{first:,}")
