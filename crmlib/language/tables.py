"""Tables for reading: headings and names of kinds in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmlib.language.texts import find_twin, t

if TYPE_CHECKING:
    import pandas as pd

NAMED = ("category", "channel", "activity", "industry", "customer_type")  # columns that hold names of kinds


def translate(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """A copy of a table for reading: headings and names of tiers and states in the language in use.

    For showing only; computation goes on with the original names. Data that the
    catalogue does not know, such as customer numbers, stays as it is.
    """
    import pandas as pd

    shown = table.to_frame() if isinstance(table, pd.Series) else table.copy()
    headings, table_columns = shown.columns.name, list(shown.columns)
    shown.columns = [t(_words(name)) for name in shown.columns]
    shown.columns.name = t(_words(headings)) if headings else None
    for position in range(shown.shape[1]):
        column = shown.iloc[:, position]
        if isinstance(column.dtype, pd.CategoricalDtype):
            shown.isetitem(position, column.cat.rename_categories([_known(name) for name in column.cat.categories]))
        elif table_columns[position] in NAMED:
            shown.isetitem(position, column.map(_known))
    name = shown.index.name
    if not isinstance(shown.index, pd.MultiIndex):
        shown.index = shown.index.map(_known)
    shown.index.name = t(_words(name)) if name else None
    return shown


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _known(label: object) -> object:
    """`label` translated where the catalogue knows it; other data stays as it is."""
    return find_twin(_words(label)) or label if isinstance(label, str) else label
