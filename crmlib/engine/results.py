"""What an engine answers, as pandas: sorted by customer, one column at a time, so that no second copy of it is made."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# Of so many customers on, tables of the same ones share one index.
MANY = 100_000
_last: list[pd.Index] = []


def columns_of(result: pa.Table) -> dict[str, pa.ChunkedArray]:
    """The columns by name, to be given to `in_order`, which lets each go when it is done with it."""
    return dict(zip(result.column_names, result.columns, strict=True))


def in_order(columns: dict[str, pa.ChunkedArray]) -> tuple[pd.Index, Iterator[tuple[str, pa.Array]]]:
    """The sorted index of customers, and each other column in that order. The dict is emptied on the way.

    Sorted here rather than by the engine, whose collation is its own: text by its bytes.

    Examples
    --------
    >>> index, columns = in_order(columns_of(pa.table({"customer_id": ["b", "a", "B"], "n": [1, 2, 3]})))
    >>> list(index), {name: column.to_pylist() for name, column in columns}
    (['B', 'a', 'b'], {'n': [3, 2, 1]})
    """
    ids = columns.pop("customer_id").cast(pa.large_string()).combine_chunks()
    order = pc.sort_indices(ids)
    index = _share(pd.Index(ids.take(order).to_pandas(), name="customer_id", dtype="str"))
    names = list(columns)  # in one piece each: taking rows out of many is slow
    return index, ((name, columns.pop(name).combine_chunks().take(order)) for name in names)


def _share(index: pd.Index) -> pd.Index:
    """The index of the last answer, where it has the same customers: an analysis holds many tables of the same ones."""
    if len(index) < MANY:
        return index
    if not (_last and _last[0].equals(index)):
        _last[:] = [index]
    return _last[0].view()
