"""What a function may ask of its arguments, checked once and told with the argument's name.

``require.columns(frame, ["monetary"], "profit")`` · ``.numbers`` (of columns) · ``.values`` (one number a
customer) · ``.share`` · ``.number`` · ``.between`` · ``.truths`` · ``.whole`` · ``.one_of`` · ``.day``. Each says
what must hold, what was found and what to do.
"""

from __future__ import annotations

import math
import numbers as kinds
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from crmlib.customer_index import is_unique
from crmlib.language import t

# So large that sums, weighted by rank, could leave the range of floats.
LARGEST = 1e280


def columns(frame: pd.DataFrame, wanted: Sequence[str], name: str) -> None:
    """`frame`, the argument `name`, must have the columns `wanted`.

    Raises
    ------
    ValueError
        Some are missing; the message names them and the mend.

    Examples
    --------
    >>> columns(pd.DataFrame({"a": [1]}), ["a"], "profit")
    """
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        raise ValueError(
            t(
                "{name} must have the columns {columns}; missing {missing}. It has {has}. Rename yours: "
                "{name}.rename(columns={{'your name': '{first}'}}).",
                name=name,
                columns=list(wanted),
                missing=missing,
                has=[str(c) for c in frame.columns],
                first=missing[0],
            )
        )


def numbers(frame: pd.DataFrame, wanted: Sequence[str], name: str) -> None:
    """The columns `wanted` of `frame`, the argument `name`, must be there and hold a finite number in every row.

    A comparison with a missing number is false, and would be taken for an answer.

    Raises
    ------
    ValueError
        A column is missing, or a number is missing, infinite or no number.

    Examples
    --------
    >>> numbers(pd.DataFrame({"cost": [1.0, 2.0]}), ["cost"], "profit")
    """
    columns(frame, wanted, name)
    for column in wanted:
        bad = ~np.isfinite(pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan))
        if bad.any():
            raise ValueError(
                t(
                    "every {column} of {name} must be a number; {n_bad:,} of {n:,} are not, the first that of"
                    " {first!r}. Fill them in, or leave these rows out and say so.",
                    column=column,
                    name=name,
                    n_bad=bad.sum(),
                    n=len(frame),
                    first=frame.index[bad.argmax()],
                )
            )


def values(value: pd.Series, *, shares: bool = False) -> None:
    """`value` must be one finite number per customer, each once; with `shares`, none negative, the total above 0.

    Raises
    ------
    TypeError
        It is no Series, or not of numbers.
    ValueError
        It is empty; a value is missing, infinite or beyond 1e280; a customer stands twice; shares make no sense.

    Examples
    --------
    >>> values(pd.Series({"ann": 5.0, "bob": 0.0}), shares=True)
    """
    if not isinstance(value, pd.Series):
        raise TypeError(
            t(
                "value must be a Series indexed by customer_id; got {kind}. Use pd.Series(value).",
                kind=type(value).__name__,
            )
        )
    if value.empty:
        raise ValueError(t("value must hold at least one customer; it is empty."))
    if not pd.api.types.is_numeric_dtype(value.dtype):
        raise TypeError(
            t(
                "value must be numbers; got {kind}, for example {example!r}. Use pd.to_numeric.",
                kind=value.dtype,
                example=value.iloc[0],
            )
        )
    array = value.to_numpy(dtype=float, na_value=np.nan)
    bad = ~np.isfinite(array)
    if bad.any():
        text = t(
            "every value must be a number; {n_bad:,} are missing or infinite, the first of customer {first!r}. Decide"
            " what they mean: value.fillna(0), or value.dropna().",
            n_bad=bad.sum(),
            first=value.index[bad.argmax()],
        )
        raise ValueError(text)
    largest = np.abs(array).max()
    if largest > LARGEST:
        raise ValueError(
            t(
                "every value must lie within {limit:g}, or sums would no longer be numbers; the largest is {largest:g}."
                " Look for a slip in the amounts, or divide all by the same number.",
                limit=LARGEST,
                largest=largest,
            )
        )
    if not is_unique(value.index):
        twice = value.index[value.index.duplicated()][0]
        raise ValueError(
            t(
                "every customer must stand once; {twice!r} stands there more than once. Add them up first:"
                " value.groupby(level=0).sum().",
                twice=twice,
            )
        )
    if shares:
        _no_losses(value, array)


def _no_losses(value: pd.Series, array: np.ndarray) -> None:
    n_negative = int((array < 0).sum())
    if n_negative:
        raise ValueError(
            t(
                "shares must have values of 0 or more; {n_negative:,} of {n:,} are negative, the lowest {lowest:,.2f}."
                " Use whale_curve, which is made for losses, or value.clip(lower=0) if you mean them to count as 0.",
                n_negative=n_negative,
                n=len(value),
                lowest=value.min(),
            )
        )
    if not array.any():
        raise ValueError(t("shares must have a positive total; it is 0. There is nothing to share: check the period."))


def share(value: float, name: str) -> None:
    """`value`, the argument `name`, must be a number from 0 to 1.

    Raises
    ------
    TypeError
        It is no number.
    ValueError
        It lies outside.

    Examples
    --------
    >>> share(0.2, "share")
    """
    if not isinstance(value, kinds.Real):
        raise TypeError(t("{name} must be a number; got {value!r}. 20 % is 0.2.", name=name, value=value))
    if not 0 <= value <= 1:
        raise ValueError(t("{name} must lie between 0 and 1; got {value!r}. 20 % is 0.2.", name=name, value=value))


def number(value: float, name: str, *, example: object, least: float = -math.inf, above: float = -math.inf) -> None:
    """`value`, the argument `name`, must be a finite number, of at least `least` and above `above`; `example` is one.

    Raises
    ------
    ValueError
        It is no number, missing, infinite or too small.

    Examples
    --------
    >>> number(500.0, "budget", least=0, example=1000)
    """
    if isinstance(value, kinds.Real) and least <= value < math.inf and value > above:
        return
    bound = t("above {n}", n=above) if above > least else t("of at least {n}", n=least)
    raise ValueError(
        t(
            "{name} must be a number {bound}; got {value!r}. For example {name}={example}.",
            name=name,
            bound=bound,
            value=value,
            example=example,
        )
    )


def between(value: float, name: str, low: float, high: float, *, example: object) -> None:
    """`value`, the argument `name`, must be a number between `low` and `high`, neither of them itself.

    Raises
    ------
    ValueError
        It is not.

    Examples
    --------
    >>> between(0.95, "level", 0, 1, example=0.95)
    """
    if not isinstance(value, kinds.Real) or not low < value < high:
        raise ValueError(
            t(
                "{name} must be a number between {low} and {high}; got {value!r}. For example {name}={example}.",
                name=name,
                low=low,
                high=high,
                value=value,
                example=example,
            )
        )


def truths(column: pd.Series, name: str) -> np.ndarray:
    """`column`, the argument `name`, must be a Series of true and false, none missing; given back as an array.

    Raises
    ------
    ValueError
        It is no Series, or holds anything else.

    Examples
    --------
    >>> truths(pd.Series([True, False]), "is_bad")
    array([ True, False])
    """
    if not isinstance(column, pd.Series):
        raise ValueError(
            t(
                "{name} must be a Series of true and false; got {kind}. Use pd.Series.",
                name=name,
                kind=type(column).__name__,
            )
        )
    others = [one for one in column.unique() if not isinstance(one, (bool, np.bool_))]
    if others:
        raise ValueError(
            t(
                "{name} must be true or false for each row; it holds {example}. Compare: column == 'bad'; of what is"
                " not known, leave the rows out.",
                name=name,
                example=others[0],
            )
        )
    return column.to_numpy(dtype=bool)


def whole(value: int, name: str, *, least: int = 1) -> None:
    """`value`, the argument `name`, must be a whole number of at least `least`; True is none.

    Raises
    ------
    ValueError
        It is not.

    Examples
    --------
    >>> whole(4, "periods", least=0)
    """
    if isinstance(value, bool) or not isinstance(value, kinds.Integral) or value < least:
        raise ValueError(
            t(
                "{name} must be a whole number of at least {least}; got {value!r}. For example {name}={example}.",
                name=name,
                least=least,
                value=value,
                example=max(least, 1),
            )
        )


def one_of(value: object, choices: Sequence[str], name: str) -> None:
    """`value`, the argument `name`, must be one of `choices`.

    Raises
    ------
    ValueError
        It is not; the message lists them.

    Examples
    --------
    >>> one_of("M", ["W", "M"], "period")
    """
    if value not in choices:
        raise ValueError(
            t("{name} must be one of {choices}; got {value!r}.", name=name, choices=list(choices), value=value)
        )


def day(value: object, name: str) -> pd.Timestamp:
    """`value`, the argument `name`, as a day: a midnight without a time zone. Text has the year first.

    Raises
    ------
    ValueError
        It is no day.

    Examples
    --------
    >>> day("2024-12-31", "as_of")
    Timestamp('2024-12-31 00:00:00')
    """
    found = pd.NaT
    try:
        if isinstance(value, (date, np.datetime64)):
            found = pd.Timestamp(value)
        elif isinstance(value, str) and value[:1].isdigit():  # pandas would take "today", too
            found = pd.to_datetime(value, format="ISO8601")
    except ValueError:
        pass
    if found is pd.NaT or not 1 <= found.year < 9999:
        raise ValueError(
            t(
                "{name} must be a day: a date, a Timestamp, or text with the year first such as '2024-12-31'; got"
                " {value!r}.",
                name=name,
                value=value,
            )
        )
    return found.tz_localize(None).normalize()
