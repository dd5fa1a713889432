"""Columns that were read -> the table, with what travels beside it, and the account of its rows and money."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.columns import PLAIN, Parsed, to_series
from crmlib.intake.conventions import answer_line
from crmlib.intake.doubts import Account
from crmlib.intake.mapping import Reading, some
from crmlib.intake.raw import Raw
from crmlib.intake.rows import also_aside, cells_of
from crmlib.intake.sums import OF_ITS, find_sums, is_sum_reason
from crmlib.intake.typed import parse_typed
from crmlib.language import plural, t
from crmlib.tables import Column, Table

FEW_GROUPS = 300


def are_good(parsed: dict[str, Parsed], others: dict[str, Parsed]) -> np.ndarray:
    """Which rows nothing sets aside."""
    return np.logical_and.reduce([column.problem == 0 for column in (*parsed.values(), *others.values())])


def make_frame(
    raw: Raw, table: Table, parsed: dict[str, Parsed], is_good: np.ndarray, reading: Reading
) -> pd.DataFrame:
    """The table: one row per good row, the columns of the contract and then the further ones that were asked for.

    Raises
    ------
    ValueError
        A further column is not in the file, or has the name of one of ours.
    """
    columns = {name: to_series(_keep(column.values, is_good), table.column(name)) for name, column in parsed.items()}
    columns |= _further(raw, table, reading, is_good)
    if "profit" in columns and "amount" in columns:
        columns["cost"] = _cost(columns)
        del columns["profit"]
    return pd.DataFrame(columns, copy=False)


def _cost(columns: dict[str, pd.Series]) -> pd.Series:
    """What the file has as cost, otherwise the amount less the profit."""
    return columns["cost"] if "cost" in columns else (columns["amount"] - columns["profit"]).round(6)


def _further(raw: Raw, table: Table, reading: Reading, is_good: np.ndarray) -> dict[str, pd.Series]:
    """Columns of theirs that travel under their own names: numbers where all their cells are, else text."""
    names = list(reading.extra or [])
    absent = [name for name in names if name not in raw.names]
    ours = [name for name in names if name in table.names]
    if absent or ours:
        raise ValueError(
            t(
                "extra under [{table}.file] must name columns of the file that become none of the kit's; got {wrong}."
                " The file has {names}.",
                table=table.name,
                wrong=absent or ours,
                names=some(raw.names),
            )
        )
    found = {}
    for name in names:
        values = (raw.telling or {}).get(name, raw.columns.get(raw.mapping.get(name)))
        if values is not None and pa.types.is_floating(values.type):  # whose nan and 1e+15 are no texts
            found[name] = pd.Series(_keep(parse_typed(values, Column(name, "number", "")).values, is_good))
            continue
        cells = _keep(cells_of(raw, name), is_good)
        cells = pc.utf8_trim_whitespace(cells)
        cells = pc.if_else(pc.equal(cells, ""), None, cells)
        is_number = pc.all(pc.match_substring_regex(cells, PLAIN["number"])).as_py()
        found[name] = cells.cast(pa.float64()).to_pandas() if is_number else pd.Series(cells.to_pandas(), dtype="str")
    return found


def make_account(
    n_read: int, raw: Raw, table: Table, parsed: dict[str, Parsed], others: dict[str, Parsed], is_good: np.ndarray
) -> Account:
    """What became of the rows, and of the money in them."""
    is_meant = np.zeros(len(raw.lines), dtype=bool)
    for column in parsed.values():
        at = [number for number, reason in enumerate(column.reasons, start=1) if is_sum_reason(reason)]
        is_meant |= column.is_total | np.isin(column.problem, at)
    for column in others.values():  # that do not count, as somebody has said
        is_meant |= column.problem > 0
    is_lost = ~is_good & ~is_meant
    n_lost = int(is_lost.sum()) + len(raw.misfits)
    if table.added_up not in parsed:
        return Account(n_read, n_lost, None, None)
    amount = parsed[table.added_up]
    values = np.where(amount.problem == 0, np.nan_to_num(amount.values, nan=0.0), 0.0)
    kept, lost = float(amount.values[is_good].sum()), float(np.abs(values[is_lost]).sum())
    return Account(n_read, n_lost, round(kept, 6), round(lost, 6))


def set_sums_aside(parsed: dict[str, Parsed], table: Table, is_good: np.ndarray) -> list[str]:
    """Set aside lines that add others up, in `parsed`, and say so."""
    name = table.added_up
    if name not in parsed or "customer_id" not in parsed:
        return []
    said = []
    for reason, is_sum in find_sums_of(parsed, table, is_good).items():
        parsed[name] = also_aside(parsed[name], is_sum, reason)
        said.append(
            t(
                "Set aside as totals: {n}, {amount} in all; each {reason}. If they count, write below"
                " [{table}.file] in the mapping file: {line}",
                table=table.name,
                reason=t(reason),
                n=plural(int(is_sum.sum()), "1 row", "{n} rows"),
                amount=f"{parsed[name].values[is_sum].sum():,.2f}",
                line=answer_line("sums", "count"),
            )
        )
    return said


def find_sums_of(parsed: dict[str, Parsed], table: Table, is_good: np.ndarray) -> dict[str, np.ndarray]:
    """The good rows that are sums of others (`sums.find_sums`), by reason."""
    columns = {"customer": parsed["customer_id"].values}
    if "order_date" in parsed:
        months = parsed["order_date"].values.astype("datetime64[M]").astype("int64")
        columns["month"] = pa.chunked_array([pa.array(months)])
    if "order_id" in parsed:
        columns["order"] = parsed["order_id"].values
    amounts = np.where(is_good, np.nan_to_num(parsed[table.added_up].values, nan=0.0), 0.0)
    # Whether it is so, a few groups tell; only then are all of a long log numbered.
    some = {name: _codes(values, is_good, among=_first(values)) for name, values in columns.items()}
    suspect = find_sums(amounts, some)
    groups = {name: _codes(columns[name], is_good) for name in some if OF_ITS[name] in suspect}
    return find_sums(amounts, groups) if groups or suspect else {}


def _first(values: pa.ChunkedArray) -> pa.Array:
    return pc.unique(values.slice(0, FEW_GROUPS * 50)).drop_null()[:FEW_GROUPS]


def _codes(values: pa.ChunkedArray, is_good: np.ndarray, among: pa.Array | None = None) -> np.ndarray:
    """A number for each different value, in the order in which they come first; -1 for others and for none."""
    numbers = pc.index_in(values, value_set=pc.unique(values).drop_null() if among is None else among)
    return np.where(is_good, numbers.fill_null(-1).to_numpy(), -1)


def _keep(values: np.ndarray | pa.ChunkedArray, is_good: np.ndarray) -> np.ndarray | pa.ChunkedArray:
    if is_good.all():
        return values
    return values[is_good] if isinstance(values, np.ndarray) else values.filter(pa.array(is_good))
