"""Customers as the index of a table: ranked, looked up and set side by side by customer_id.

pandas makes objects of texts to find them, and keeps them: a hundred bytes a customer, beside the ten of its id. It
does so for `frame[mask]` too, where the mask is a Series: of millions of customers, ask `frame[mask.to_numpy()]`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Values = TypeVar("Values", pd.Series, pd.DataFrame)


def rank(value: pd.Series) -> pd.Series:
    """`value`, one per customer, from the highest to the lowest; equal ones by customer_id.

    So the same data give the same answer in any order of the rows.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id.

    Returns
    -------
    Series
        The same values with their customers, from the highest to the lowest.

    Examples
    --------
    >>> rank(pd.Series({"cy": 5, "ann": 5, "bob": 9})).index.tolist()
    ['bob', 'ann', 'cy']
    """
    return value.iloc[rank_order(value)]


def rank_order(value: pd.Series) -> np.ndarray:
    """Where the rows of `rank` stand in `value`: nothing is looked up by customer_id, which takes long for millions.

    Parameters
    ----------
    value : Series
        One value per customer, indexed by customer_id.

    Returns
    -------
    ndarray
        The place of the highest first: ``value.iloc[rank_order(value)]`` is `rank`.

    Examples
    --------
    >>> rank_order(pd.Series({"cy": 5, "ann": 5, "bob": 9})).tolist()
    [2, 1, 0]
    """
    values = -value.to_numpy(dtype=float)
    if is_sorted(value.index):
        return np.argsort(values, kind="stable")
    by_id = value.index.argsort(kind="stable")
    return by_id[np.argsort(values[by_id], kind="stable")]


def look_up(values: Values, index: pd.Index, missing: object = None) -> Values:
    """The values of customers, by customer_id; as `values.reindex(index, fill_value=missing)`.

    When something else is right: `reindex` itself, where nobody has millions of customers.

    Parameters
    ----------
    values : Series or DataFrame
        One value or row per customer.
    index : Index
        Whose values are wanted.
    missing : scalar, optional
        What stands for who has no value; a missing one if left out.

    Returns
    -------
    Series or DataFrame
        One value or row per customer of the index, in its order.

    Raises
    ------
    ValueError
        A customer stands twice in values.

    Examples
    --------
    >>> look_up(pd.Series([1.5, 2.5], ["ann", "bob"]), pd.Index(["bob", "cy"])).tolist()
    [2.5, nan]
    """
    given = {} if missing is None else {"fill_value": missing}
    if not (index.dtype == values.index.dtype == "str") or not is_unique(values.index):
        return values.reindex(index, **given)
    place = pc.index_in(_texts(index), value_set=_texts(values.index)).combine_chunks()
    places = place.fill_null(-1).to_numpy(zero_copy_only=False)

    def take(column: pd.Series) -> pd.Series:
        found = pd.api.extensions.take(column.array, places, allow_fill=True, **given)
        return pd.Series(found, index=index, name=column.name)

    if isinstance(values, pd.Series):
        return take(values)
    return pd.DataFrame({name: take(column) for name, column in values.items()}, index=index, columns=values.columns)


def side_by_side(columns: Mapping[object, pd.Series], missing: object = None) -> pd.DataFrame:
    """The values of customers from several Series, beside each other; as `pd.DataFrame(columns)`, sorted.

    When something else is right: `pd.DataFrame` itself, where nobody has millions of customers.

    Parameters
    ----------
    columns : mapping of name to Series
        One value per customer each.
    missing : scalar, optional
        What stands for who has no value in a column; a missing one if left out.

    Returns
    -------
    DataFrame
        One row per customer who stands in any of them, sorted by customer_id; one column each.

    Raises
    ------
    ValueError
        A customer stands twice in a column.

    Examples
    --------
    >>> side_by_side({"now": pd.Series({"bob": 9.0, "ann": 5.0}), "then": pd.Series({"cy": 7.0})}, missing=0)
                 now  then
    customer_id
    ann          5.0   0.0
    bob          9.0   0.0
    cy           0.0   7.0
    """
    if any(column.index.dtype != "str" for column in columns.values()):
        found = pd.DataFrame(dict(columns)).sort_index()
        found = found if missing is None else found.fillna(missing)
        return found.rename_axis("customer_id")
    pieces = [chunk for column in columns.values() for chunk in _texts(column.index).chunks]
    texts = pa.chunked_array(pieces, pa.large_string()).unique()
    index = pd.Index(texts.take(pc.sort_indices(texts)).to_pandas(), name="customer_id", dtype="str")
    return pd.DataFrame({name: look_up(column, index, missing) for name, column in columns.items()}, index=index)


def have_same_customers(one: pd.Index, other: pd.Index) -> bool:
    """Whether the same customers stand in both, each once, in whatever order.

    Parameters
    ----------
    one, other : Index
        The customers.

    Returns
    -------
    bool
        True where nobody is in one of them only, and nobody stands twice.

    Examples
    --------
    >>> have_same_customers(pd.Index(["ann", "bob"]), pd.Index(["bob", "ann"]))
    True
    """
    if len(one) != len(other) or not (is_unique(one) and is_unique(other)):
        return False
    return one.equals(other) or bool(look_up(pd.Series(True, one), other, False).all())


def is_sorted(index: pd.Index) -> bool:
    """Whether the customers stand in the order of their ids; as `index.is_monotonic_increasing`.

    Parameters
    ----------
    index : Index
        The customers.

    Returns
    -------
    bool
        True where none stands before a smaller one.

    Examples
    --------
    >>> is_sorted(pd.Index(["ann", "bob"])), is_sorted(pd.Index(["bob", "ann"]))
    (True, False)
    """
    if index.dtype != "str" or len(index) < 2 or index.hasnans:
        return index.is_monotonic_increasing
    return _each(pc.less_equal, index)


def is_unique(index: pd.Index) -> bool:
    """Whether no customer_id comes twice; as `index.is_unique`.

    Parameters
    ----------
    index : Index
        The customers.

    Returns
    -------
    bool
        True where each stands once.

    Examples
    --------
    >>> is_unique(pd.Index(["ann", "bob"])), is_unique(pd.Index(["ann", "ann"]))
    (True, False)
    """
    if index.dtype != "str":
        return index.is_unique
    if not index.hasnans and _each(pc.less, index):  # sorted: then nothing has to be kept
        return True
    return len(_texts(index).unique()) == len(index)


def _each(compare: Callable[[pa.ChunkedArray, pa.ChunkedArray], pa.ChunkedArray], index: pd.Index) -> bool:
    """Whether something holds between each customer and the next."""
    texts = _texts(index)
    return pc.all(compare(texts.slice(0, max(len(texts) - 1, 0)), texts.slice(1))).as_py()


def _texts(index: pd.Index) -> pa.ChunkedArray:
    texts = pa.array(index.array)  # which may come in pieces
    return texts if isinstance(texts, pa.ChunkedArray) else pa.chunked_array([texts])
