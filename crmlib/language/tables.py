"""Tables for reading: headings and names of kinds in the language in use."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from crmlib.language.formats import money, number, percent
from crmlib.language.texts import find_twin, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

# Columns that hold names of kinds.
NAMED = ("category", "channel", "activity", "industry", "customer_type")
NAMED += ("source", "outcome", "lot", "purpose", "second_purpose", "listed_in", "uses", "organisation_kind")
NAMED += ("is_a", "by_purpose", "by_body", "grade", "aim", "way")
# Pure numbers, near 0 and no money.
PURE = ("woe", "iv", "iv_free", "information_value", "adds")
# In a table that holds all of these columns, a heading may mean another thing: what models of buying are fitted on has
# the names of RFM, and the ends of an interval are of the share beside them.
OTHER_MEANINGS = {"repeat purchases": {"frequency", "recency", "tenure"}, "again rate": {"again_rate"}}


def translate(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """A copy of a table for reading: headings and names of tiers and states in the language in use.

    For showing only; computation goes on with the original names. Data that the
    catalogue does not know, such as customer numbers, stays as it is.
    """
    import pandas as pd

    shown = table.to_frame() if isinstance(table, pd.Series) else table.copy()
    headings, table_columns = shown.columns.name, list(shown.columns)
    meaning = next((one for one, tells in OTHER_MEANINGS.items() if tells <= set(table_columns)), None)
    shown.columns = [_heading(name, meaning) for name in shown.columns]
    shown.columns.name = _heading(headings) if headings else None
    for position in range(shown.shape[1]):
        column = shown.iloc[:, position]
        if isinstance(column.dtype, pd.CategoricalDtype):
            shown.isetitem(position, column.cat.rename_categories([_known(name) for name in column.cat.categories]))
        elif table_columns[position] in NAMED:
            shown.isetitem(position, column.map(partial(_known, column=table_columns[position])))
    name = shown.index.name
    if not isinstance(shown.index, pd.MultiIndex):
        shown.index = shown.index.map(partial(_known, column=name))
    shown.index.name = _heading(name) if name else None
    return shown


def for_reading(
    table: pd.DataFrame | pd.Series, *, currency: str | None = None, shares: Sequence[str] = ()
) -> pd.DataFrame:
    """`translate`, with every cell as text: shares in percent, money and counts with separators, days without a time.

    Parameters
    ----------
    table : DataFrame or Series
        The numbers, under the names of the kit: whole numbers are counts, others money, unless
        the name says that they are shares, rates, probabilities, weights, a ratio (``_per_``, ``times_``) or
        pure numbers (``woe``).
    currency : str, optional
        Its sign stands before money.
    shares : sequence of str
        More columns that hold shares.

    Returns
    -------
    DataFrame
        For showing only.

    Examples
    --------
    >>> import pandas as pd
    >>> tiers = pd.DataFrame({"n_customers": [1200], "value_share": [0.251], "mean": [1234.5]}, index=["VIP"])
    >>> for_reading(tiers, currency="USD").to_numpy().tolist()
    [['1,200', '25.1%', '$1,234.50']]
    """
    import pandas as pd

    shown = table.to_frame() if isinstance(table, pd.Series) else table.copy()
    for place, name in enumerate(shown.columns):
        column = shown.iloc[:, place]
        if (how := _how(str(name), column, currency, shares)) is not None:
            shown.isetitem(place, column.map(how).astype(object))
    if pd.api.types.is_datetime64_any_dtype(shown.index.dtype):
        shown.index = shown.index.strftime("%Y-%m-%d").rename(shown.index.name)
    return translate(shown)


def _how(name: str, column: pd.Series, currency: str | None, shares: Sequence[str]) -> Callable | None:
    """What makes a text of a cell; None where it is one already."""
    import pandas as pd

    kinds = pd.api.types
    if kinds.is_bool_dtype(column.dtype):
        return lambda value: t("yes") if value else t("no")
    if kinds.is_datetime64_any_dtype(column.dtype):
        return lambda day: "–" if pd.isna(day) else f"{day:%Y-%m-%d}"
    if not kinds.is_numeric_dtype(column.dtype):
        return None
    if name in shares or re.search(r"(^|_)(share|rate|probability)(_|$)", name):
        return percent
    if kinds.is_integer_dtype(column.dtype):
        return number
    if "_per_" in name or name.endswith(("_days", "weight")) or name.startswith(("n_", "times_")):
        return lambda value: number(value, 1)
    if name in PURE:
        return lambda value: number(value, 3)
    return lambda value: money(value, currency, 2)


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _heading(name: object, meaning: str | None = None) -> str:
    """The name of a column as people read it: `n_called` is the number called, `n_orders` the number of orders."""
    said = find_twin(f"{_words(name)} ({meaning})") or t(_words(name))
    if not said.startswith("n ") or len(said) == len("n "):
        return said
    counted = said.removeprefix("n ")
    is_things = counted.endswith("s") or counted in ("people", "yes")
    return f"number of {counted}" if is_things else f"number {counted}"


def _known(label: object, column: object = None) -> object:
    """`label` translated where the catalogue knows it, as a name of its column first; other data stays as it is."""
    if isinstance(label, float) and label != label:  # as in the row that counts what is missing
        return "–"
    if not isinstance(label, str):
        return label
    # A shop where customers buy is one word in Chinese, a firm that keeps a shop another.
    return find_twin(f"{_words(label)} ({_words(column)})") or find_twin(_words(label)) or label
