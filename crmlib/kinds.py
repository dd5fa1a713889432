"""What sorts customers: which columns tell a few kinds apart, and the kind each customer spent most in.

What is given may be a DataFrame or an Ibis table, whose lines stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from crmlib import engine, require
from crmlib.language import t

if TYPE_CHECKING:
    import ibis


def find_kinds(table: pd.DataFrame | ibis.Table, columns: Sequence[str], *, most: int = 30) -> list[str]:
    """Which columns tell a few kinds of rows apart: those with two values or more, and not too many.

    A column of one value says nothing; one of very many, a number of an invoice, names rows and no kinds.

    Parameters
    ----------
    table : DataFrame or Ibis table
        Orders, or one row per customer.
    columns : sequence of str
        Which to look at.
    most : int
        How many values are still kinds; missing ones do not count.

    Returns
    -------
    list of str
        Columns, in the order given.

    Raises
    ------
    ValueError
        A column is missing, or most is no whole number of at least 2.

    Examples
    --------
    >>> lines = pd.DataFrame({"region": ["north", "south", "south"], "country": "CN", "note": ["a", "b", "c"]})
    >>> find_kinds(lines, ["region", "country", "note"], most=2)
    ['region']
    """
    require.columns(table, columns, "table")
    require.whole(most, "most", least=2)
    if isinstance(table, pd.DataFrame):
        n_values = {name: table[name].nunique() for name in columns}
    else:
        with engine.opened(table, also=columns) as (lines, run):
            n_values = engine.count_values(lines, run, columns)
    return [name for name in columns if 1 < n_values[name] <= most]


def find_main_kind(transactions: pd.DataFrame | str | Path | ibis.Table, column: str, *, most: int = 300) -> pd.Series:
    """The kind each customer spent most in, of a column of the orders such as channel or category.

    When something else is right: `orders.sum_orders` by customer_id and the column, where you want to know how much
    they spent in each; of millions of customers that is a table of many gigabytes.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`.
    column : str
        The column; where it is empty, a line tells nothing.
    most : int
        More kinds than that are refused: one for each customer sorts nobody.

    Returns
    -------
    Series
        One kind per customer with a line that tells one, sorted by the index `customer_id`; a category, named as the
        column. Of kinds with the same sum the last in order.

    Raises
    ------
    ValueError
        As `customers.summarize_customers`; the column is missing, or has more kinds than `most`.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "ann", "bob"],
    ...     "order_date": pd.Timestamp("2024-01-05"),
    ...     "amount": [20.0, 15.0, 15.0, 8.0],
    ...     "channel": ["shop", "online", "online", "shop"],
    ... })
    >>> find_main_kind(lines, "channel").to_dict()
    {'ann': 'online', 'bob': 'shop'}
    """
    require.whole(most, "most", least=1)
    with engine.opened(transactions, also=[column]) as (lines, run):
        require.columns(lines, [column], "transactions")
        engine.look(lines, run)
        found = engine.find_main_kind(lines, run, column, most=most)
    if found is None:
        raise ValueError(
            t(
                "{column} must have at most {most} kinds; it has more. A column of few sorts customers.",
                column=column,
                most=most,
            )
        )
    return found
