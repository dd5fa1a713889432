"""What a cell that is left empty means, where it stands for the one above it: merged cells, and columns said to be so.

`fill_merged` takes it from the sheet, which knows what is merged; `fill_down` from a person, and
`ask_about_filling` asks one. A number is not filled from merged cells: an amount that stands beside
three lines was paid once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.mapping import Reading, some
from crmlib.intake.raw import Raw
from crmlib.language import plural, t
from crmlib.language.words import is_total
from crmlib.tables import INVOICES, Table

# Columns that stand once above the lines they hold for.
OF_GROUPS = ("customer_id", "order_date", "order_id")
OF_MONEY = ("amount", "open_amount", "debit", "credit")
# So many of the cells are empty where each group has two lines or more; fewer, where no value stands twice.
MOST, SOME = 0.5, 0.2
FEWEST_GROUPS = 3


# --- cells that the sheet says are merged ---------------------------------------------------------


class Merged(NamedTuple):
    """What became of merged cells: places filled, by column, and numbers that were not."""

    filled: dict[int, list[int]]
    numbers: dict[int, list[int]]


def fill_merged(rows: list[list], merged: list, first: int, numbers: set[int]) -> Merged:
    """Write the value of cells merged over several rows, from the row `first` on, into each of them.

    In the columns `numbers` it stays where it is, for it would count several times.

    Examples
    --------
    >>> rows = [["customer", "amount"], ["C1", 5], ["", ""]]
    >>> fill_merged(rows, [((1, 0), (2, 0)), ((1, 1), (2, 1))], 1, {1})
    Merged(filled={0: [2]}, numbers={1: [2]})
    >>> rows
    [['customer', 'amount'], ['C1', 5], ['C1', '']]
    """
    found = Merged({}, {})
    for (top, place), (bottom, _) in merged:
        below = [row for row in range(top + 1, min(bottom, len(rows) - 1) + 1) if rows[row][place] == ""]
        if top < first or not below or rows[top][place] == "":
            continue
        if place in numbers:
            found.numbers.setdefault(place, []).extend(below)
            continue
        for row in below:
            rows[row][place] = rows[top][place]
        found.filled.setdefault(place, []).extend(below)
    return found


def merged_note(filled: dict[int, list[int]], names: list[str]) -> str | None:
    """A sentence on the cells filled."""
    n = sum(map(len, filled.values()))
    if not n:
        return None
    return t(
        "{cells} merged with the one above, read with its value: {columns}.",
        cells=plural(n, "1 cell", "{n} cells"),
        columns=some([names[place] for place in sorted(filled)], quoted=False),
    )


def merged_doubts(numbers: dict[int, list[int]], names: list[str], table: Table) -> list[str]:
    """On numbers that stand once for several rows."""
    return [
        t(
            "{column}: {cells} merged with the one above, so that a number stands once for several rows. It counts in"
            " the first of them only. If each row has it, say so in the mapping file: fill_down = [{column!r}], under"
            " [{table}.file].",
            column=names[place],
            cells=plural(len(rows), "1 cell is", "{n} cells are"),
            table=table.name,
        )
        for place, rows in numbers.items()
    ]


# --- columns that somebody says are so ------------------------------------------------------------


class Columns(NamedTuple):
    """The columns of a file as they were read, by their place; and what else a row is told by."""

    whole: dict[int, pa.ChunkedArray]
    row_hash: np.ndarray
    lines: np.ndarray
    is_typed: dict[int, np.ndarray] | None = None  # only workbooks and databases have these


def fill_down(
    columns: Columns, names: list[str], reading: Reading, used: set[int], between: list[int]
) -> tuple[Columns, list[str]]:
    """Columns in which an empty cell has what stands above it, and a sentence on each.

    Nothing is carried past the lines `between`, which are no rows: what stood there is not known. A row
    that holds nothing else in the columns `used` is the heading of a group, and no row of the table.

    Raises
    ------
    ValueError
        The file has no column of such a name.
    """
    said = refuse_unknown(names, reading)
    places = [place for place, name in enumerate(names) if name in said and place in columns.whole]
    if not places:
        return columns, []
    n_between = np.searchsorted(np.sort(between), columns.lines)
    is_heading = _are_headings(columns.whole, set(places), used)
    notes = []
    for place in places:
        above = _rows_above(is_empty(columns.whole[place]), n_between)
        n = int((above != np.arange(len(above)))[~is_heading].sum())
        columns = _carried(columns, place, above) if n else columns
        notes += [filled_note(names[place], n)] if n else []
    if is_heading.any():
        lines = columns.lines[is_heading]
        notes.append(headings_note(len(lines), f"{lines[0]:,}"))
        columns = _only(columns, ~is_heading)
    return columns, notes


def refuse_unknown(names: list[str], reading: Reading) -> list[str]:
    """The columns that are filled, as it is said; an error where the file has them not."""
    said = [name.strip() for name in reading.fill_down or ()]
    if gone := [name for name in said if name not in names]:
        raise ValueError(
            t(
                "fill_down must name columns of the file; {gone} are not. It has {names}.",
                gone=gone,
                names=some(names),
            )
        )
    return said


def filled_note(column: str, n: int) -> str:
    """A sentence on the cells of a column that were filled."""
    cells = plural(n, "1 empty cell", "{n} empty cells")
    return t("{column}: {cells} filled with what stands above, as you said (fill_down).", column=column, cells=cells)


def _are_headings(whole: dict[int, pa.ChunkedArray], places: set[int], used: set[int]) -> np.ndarray:
    """Which rows hold something in the columns that are filled, and nothing in the others that are used."""
    empty = {place: is_empty(whole[place]) for place in places | used}
    others = [empty[place] for place in used - places]
    is_filled = ~np.logical_and.reduce([empty[place] for place in places])
    return is_filled & np.logical_and.reduce(others) if others else np.zeros(len(is_filled), dtype=bool)


def headings_note(n: int, first: str) -> str:
    """A sentence on rows that are no more than the headings of groups, and the line of the first."""
    return t(
        "{rows} with nothing but what is filled down, headings of groups, passed over (the first: line {line}).",
        rows=plural(n, "1 row", "{n} rows"),
        line=first,
    )


def _carried(columns: Columns, place: int, above: np.ndarray) -> Columns:
    """The columns with the cells of one taken from the rows above."""
    values = columns.whole[place].take(pa.array(above))
    is_typed = dict(columns.is_typed or {})
    if place in is_typed:
        is_typed[place] = is_typed[place][above]
    return columns._replace(
        whole=columns.whole | {place: values},
        row_hash=_mix(columns.row_hash, values),  # two rows that were alike may now be two customers'
        is_typed=columns.is_typed if columns.is_typed is None else is_typed,
    )


def _only(columns: Columns, is_kept: np.ndarray) -> Columns:
    mask, is_typed = pa.array(is_kept), columns.is_typed
    return Columns(
        {place: values.filter(mask) for place, values in columns.whole.items()},
        columns.row_hash[is_kept],
        columns.lines[is_kept],
        None if is_typed is None else {place: which[is_kept] for place, which in is_typed.items()},
    )


def is_empty(values: pa.ChunkedArray) -> np.ndarray:
    """Which cells hold nothing."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        empty = pc.equal(pc.utf8_trim_whitespace(values), "").fill_null(True)
    else:
        empty = pc.is_null(values, nan_is_null=pa.types.is_floating(values.type))
    return empty.to_numpy()


def _rows_above(empty: np.ndarray, n_between: np.ndarray) -> np.ndarray:
    """For each row, the one its value stands in: itself, or the nearest filled one above.

    Examples
    --------
    >>> _rows_above(np.array([False, True, True, False, True]), np.array([0, 0, 0, 0, 1])).tolist()
    [0, 0, 0, 3, 4]
    """
    here = np.arange(len(empty))
    above = np.maximum.accumulate(np.where(empty, -1, here)) if len(empty) else here
    is_known = (above >= 0) & (n_between[above] == n_between)
    return np.where(is_known, above, here)


def _mix(row_hash: np.ndarray, values: pa.ChunkedArray) -> np.ndarray:
    """Numbers of rows that also tell what was carried into them."""
    encoded = values.combine_chunks().dictionary_encode()
    texts = pd.util.hash_array(np.array([str(value) for value in encoded.dictionary.to_pylist()] + [""], dtype=object))
    codes = encoded.indices.fill_null(len(texts) - 1).to_numpy()
    return (pd.util.hash_array(row_hash.view(np.uint64)) ^ texts[codes]).view(np.int64)


# --- and whether they are -------------------------------------------------------------------------


def ask_about_filling(raw: Raw, table: Table, reading: Reading) -> None:
    """Whether a customer or a day that stands once, above the lines it holds for, is meant for all of them.

    Raises
    ------
    Undecided
        It looks so, and nobody has said.
    """
    is_ledger = table.name == INVOICES.name
    is_of_amounts = is_ledger or {"customer_id", "amount"} <= set(table.required)
    if reading.fill_down is not None or not is_of_amounts or not len(raw.lines):
        return
    empties = {ours: is_empty(raw.columns[ours]) for ours in OF_GROUPS if ours in raw.places.single}
    if not any(empty.any() for ours, empty in empties.items() if ours in table.required):
        return
    amounts = raw.products.get("amount") or [raw.columns[name] for name in OF_MONEY if name in raw.columns]
    is_total = _are_totals(raw)  # a line that adds a group up is no part of it
    none = np.all if is_ledger else np.any  # of a debit and a credit one is enough
    has_amount = ~none([is_empty(cells) for cells in amounts], axis=0) & ~is_total
    found = {}
    for ours, empty in empties.items():
        is_looked_at = has_amount | (~empty & ~is_total)  # a group's name may stand in a row of its own
        if _stands_above(empty[is_looked_at], raw.columns[ours].filter(pa.array(is_looked_at))):
            found[raw.names[raw.places.single[ours]]] = int((empty & has_amount).sum())
    needed = [raw.names[raw.places.single[ours]] for ours in table.required if ours in raw.places.single]
    asked = [name for name in found if name in needed]
    if not asked:
        return
    text = t(
        "{column} is empty in {n} of {n_rows} rows that have an amount, and filled in the first row of each group: does"
        " an empty cell mean what stands above it?",
        column=asked[0],
        n=f"{found[asked[0]]:,}",
        n_rows=f"{int(has_amount.sum()):,}",
    )
    choices = (
        Choice(list(found), t("yes: it is filled with what stands above")),
        Choice([], t("no: such rows are set aside")),
    )
    raise Undecided(OpenQuestion(table.name, "file", "fill_down", text, choices))


def _are_totals(raw: Raw) -> np.ndarray:
    """Which rows have the word for a total where the customer should stand."""
    if "customer_id" not in raw.places.single:
        return np.zeros(len(raw.lines), dtype=bool)
    cells = raw.columns["customer_id"].cast(pa.large_string())
    totals = [text for text in pc.unique(cells).to_pylist() if text and is_total(text)]
    return pc.is_in(cells, pa.array(totals, pa.large_string())).to_numpy()


def _stands_above(empty: np.ndarray, values: pa.ChunkedArray) -> bool:
    """Filled in the first row, empty below most filled cells, and in most rows; or in some, where no value recurs."""
    if len(empty) < 2 or empty[0] or not empty.any():
        return False
    n_filled, n_groups = int((~empty).sum()), int((empty[1:] & ~empty[:-1]).sum())
    if n_groups < 2 or 2 * n_groups < n_filled:
        return False
    share, different = empty.mean(), values.filter(pa.array(~empty)).unique()
    return share > MOST or (share > SOME and n_groups >= FEWEST_GROUPS and len(different) == n_filled)
