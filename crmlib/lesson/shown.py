"""How a lesson shows its tables: in the reader's language, with percent, currency and separators.

`start(language, currency="CNY")` at the top of a lesson makes every table that ends a cell appear so;
the table itself stays as it is, under the names that code uses. `show` is for one that needs another
currency, or holds shares under names that do not say so.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from crmlib import require
from crmlib.language import money, number, percent, t, translate, use

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 12  # more rows are cut, and the cut is said
SHARE = re.compile(r"(^|_)(share|rate)(_|$)")
MONEY = re.compile(
    r"^(?!by_)(.*_)?(amount|cost|costs|value|mean|median|monetary|profit|spending|spent|revenue|sales|gain|price|fee|fees|margin"
    r"|limit|owed|exposure|equity"
    r"|budget|savings|earned|lowest|highest|balance|contribution|loss|lost|sum|paid|saved|change|before|after)(_|$)"
    r"|^per_(customer|head)$"  # what falls to each of them; visits_per_customer say themselves what they are
)
KINDS = ("share", "money", "number")

_currency: dict[str, str | None] = {"of the lesson": None}


def start(language: str, *, currency: str | None = None) -> None:
    """Speak `language` in this notebook, and show its tables in it.

    Parameters
    ----------
    language : str
        "en" or "zh".
    currency : str, optional
        Whose sign stands before money in tables: that of the company the lesson is about. A table of
        another firm is shown by ``show(table, currency="USD")``.

    Examples
    --------
    >>> start("en", currency="CNY")
    """
    from IPython import get_ipython

    use(language)
    _currency["of the lesson"] = currency
    shell = get_ipython()
    if shell is None:
        return
    formatters = shell.display_formatter.formatters
    for kind in (pd.DataFrame, pd.Series):
        formatters["text/html"].for_type(kind, as_html)
        formatters["text/plain"].for_type(kind, lambda table, printer, _: printer.text(as_text(table)))


def show(
    table: pd.DataFrame | pd.Series, *, currency: str | None = None, kind: str | None = None, digits: int | None = None
) -> None:
    """Show a table that cannot tell by the names of its columns how its numbers are written.

    When something else is right: nothing at all; a table that ends a cell shows itself.

    Parameters
    ----------
    table : DataFrame or Series
        One row per whatever it is about.
    currency : str, optional
        The currency of its money, where it is not the lesson's.
    kind : str, optional
        What all its numbers are: "share", "money" or "number".
    digits : int, optional
        How many digits they show behind the point.

    Examples
    --------
    >>> show(pd.DataFrame({"VIP": [0.25], "small": [0.5]}, index=["tea"]), kind="share", digits=0)
         VIP small
    tea  25%   50%
    """
    if kind is not None:
        require.one_of(kind, KINDS, "kind")
    from IPython import get_ipython
    from IPython.display import display

    options = {"currency": currency, "kind": kind, "digits": digits}
    if get_ipython() is None:
        print(as_text(table, **options))
        return
    display({"text/plain": as_text(table, **options), "text/html": as_html(table, **options)}, raw=True)


def as_text(table: pd.DataFrame | pd.Series, **options: Any) -> str:
    """A table as plain text for reading; rows left out are counted below it."""
    return "\n".join([_for_reading(table, **options).to_string(), *_left_out(table)])


def as_html(table: pd.DataFrame | pd.Series, **options: Any) -> str:
    """A table as HTML for reading; the mouse on a heading shows the column's name in code.

    Examples
    --------
    >>> '<th title="customer_share">customer share</th>' in as_html(pd.DataFrame({"customer_share": [0.01]}))
    True
    """
    shown = _for_reading(table, **options)
    names = [str(name) for name in _as_frame(table).columns]
    if shown.columns.nlevels == 1:
        # Marks that no data holds stand for the headings while pandas writes them.
        headings = list(shown.columns)
        shown.columns = [f"\ue000{place}\ue001" for place in range(len(names))]
        shown.columns.name = _as_words(_as_frame(table).columns.name)
    text = shown.to_html(border=0)
    for place, name in enumerate(names if shown.columns.nlevels == 1 else []):
        heading = f'<th title="{html.escape(name)}">{html.escape(str(headings[place]))}</th>'
        text = text.replace(f"<th>\ue000{place}\ue001</th>", heading)
    text = text.replace("$", "<span>$</span>")  # JupyterLab takes two dollars for a formula
    return text + "".join(f"<p>{html.escape(line)}</p>" for line in _left_out(table))


def _as_frame(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    return table.to_frame(table.name if table.name is not None else "value") if isinstance(table, pd.Series) else table


def _as_words(name: object) -> str | None:
    return None if name is None else t(str(name).replace("_", " "))


def _left_out(table: pd.DataFrame | pd.Series) -> list[str]:
    if len(table) <= LONGEST:
        return []
    return [t("{shown} of {n} rows are shown.", shown=2 * (LONGEST // 2), n=number(len(table)))]


def _for_reading(
    table: pd.DataFrame | pd.Series, *, currency: str | None = None, kind: str | None = None, digits: int | None = None
) -> pd.DataFrame:
    shown = _as_frame(table)
    if len(shown) > LONGEST:
        shown = pd.concat([shown.head(LONGEST // 2), shown.tail(LONGEST // 2)])
    shown = shown.copy()
    for place, name in enumerate(shown.columns):
        how = _how(str(name), shown.iloc[:, place], currency or _currency["of the lesson"], kind, digits)
        if how is not None:
            shown.isetitem(place, shown.iloc[:, place].map(how).astype(object))
    if pd.api.types.is_datetime64_any_dtype(shown.index.dtype):
        shown.index = shown.index.strftime("%Y-%m-%d").rename(shown.index.name)
    translated = translate(shown).astype(object)
    return translated.where(translated.notna(), "–")  # texts too may be missing


def _how(
    name: str, column: pd.Series, currency: str | None, kind: str | None, digits: int | None
) -> Callable[[Any], str] | None:
    """What makes a text of a cell of a column; None where it is one already."""
    kinds = pd.api.types
    if kinds.is_bool_dtype(column.dtype):
        return lambda value: t("yes") if value else t("no")
    if kinds.is_datetime64_any_dtype(column.dtype):
        return lambda day: "–" if pd.isna(day) else f"{day:%Y-%m-%d}"
    if not kinds.is_numeric_dtype(column.dtype):
        return None
    if name == "year" and kinds.is_integer_dtype(column.dtype):
        return str  # 2024, not 2,024
    if kind == "share" or (kind is None and SHARE.search(name)):
        return lambda value: percent(value, 1 if digits is None else digits)
    if digits is None:
        digits = _digits_of(column)
    if kind == "money" or (kind is None and MONEY.search(name) and not name.startswith("n_")):
        return lambda value: money(value, currency, digits)
    return lambda value: number(value, digits)


def _digits_of(column: pd.Series) -> int:
    """None for whole numbers and for a column of thousands, else two."""
    values = column.dropna()
    if pd.api.types.is_integer_dtype(column.dtype) or (values == values.round()).all():
        return 0
    return 0 if values.abs().max() >= 1000 else 2
