"""Sentences that take their numbers from the notebook: names in braces, behind a colon how to write them.

    say("Sales grew by {grew:CNY}; {n_lost} customers left, {lost:.0%} of all.")

===========  ==========================================================================
`{n_lost}`   a whole number with separators; a day; a text; several texts as a list
`{x:.1f}`    a number, rounded to so many digits
`{x:.0%}`    a fraction in percent; ``{x:%}`` with one digit
`{x:CNY}`    money with its sign; ``{x:CNY.2}`` with so many digits
===========  ==========================================================================

A number with a fraction must say how it is written: two readers would round it in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from numbers import Integral, Number
from string import Formatter
from types import FrameType

import numpy as np
import pandas as pd

from crmlib.language import current, find_twin, money, number, percent, t

MONEY = re.compile(r"([A-Z]{3})(?:\.(\d))?")
SHARE = re.compile(r"(?:\.(\d))?%")
ROUNDED = re.compile(r"\.(\d)f")
HOWS = "{n}, {share:.0%}, {amount:CNY}, {amount:CNY.2}, {x:.1f}"


def fill_in(text: str, names: Mapping[str, object]) -> str:
    """`text` in the language in use, with the values of `names` in its braces.

    Parameters
    ----------
    text : str
        English, the key of the catalogue (or already in the language in use).
    names : mapping
        The values by name. A part of one may be asked for: ``{share[VIP]:.0%}``.

    Returns
    -------
    str
        The sentence.

    Raises
    ------
    ValueError
        A name is not there, or nothing says how a value is to be written.

    Examples
    --------
    >>> fill_in("{n} customers left, {lost:.0%} of all: {sum:CNY}.", {"n": 1200, "lost": 0.25, "sum": 1234.5})
    '1,200 customers left, 25% of all: ¥1,235.'
    """
    return _Sentence().vformat(t(text), (), names)


def names_at(frame: FrameType | None) -> dict[str, object]:
    """The names that code in a frame can say: in a cell those of the notebook, in a function also its own."""
    return {} if frame is None else {**frame.f_globals, **frame.f_locals}


class _Sentence(Formatter):
    def get_field(self, field_name: str, args: tuple, kwargs: Mapping) -> tuple[object, str]:
        try:
            return super().get_field(field_name, args, kwargs)
        except (KeyError, AttributeError, IndexError) as fault:
            raise ValueError(
                t(
                    "a sentence must take its values from names that the notebook has set; {name} is not one, or lacks "
                    "that part. Set it in a cell above: {name} = ...",
                    name=field_name,
                )
            ) from fault

    def format_field(self, value: object, format_spec: str) -> str:
        return write(value, format_spec)


def write(value: object, how: str = "") -> str:
    """One value as a sentence says it.

    Examples
    --------
    >>> write(1234), write(0.256, ".0%"), write(8.26, ".1f"), write(99.5, "CNY.2"), write(["tea", "oil"])
    ('1,234', '26%', '8.3', '¥99.50', 'tea, oil')
    """
    if found := SHARE.fullmatch(how):
        return percent(value, int(found[1] or 1))
    if found := MONEY.fullmatch(how):
        return money(value, found[1], int(found[2] or 0))
    if found := ROUNDED.fullmatch(how):
        return number(value, int(found[1]))
    if not how and (written := _as_it_is(value)) is not None:
        return written
    raise ValueError(
        t(
            "a value in a sentence must say how it is written, such as {hows}; got {value!r} with {how!r}.",
            hows=HOWS,
            value=value,
            how=how,
        )
    )


def _as_it_is(value: object) -> str | None:
    if isinstance(value, (bool, np.bool_)):
        return t("yes") if value else t("no")
    if isinstance(value, Integral):
        return number(int(value))
    if isinstance(value, Number):
        return None
    if isinstance(value, (date, np.datetime64)):
        return pd.Timestamp(value).date().isoformat()
    if isinstance(value, str):
        return find_twin(value.replace("_", " ")) or value
    if isinstance(value, (list, tuple, pd.Index)):
        return ("、" if current() == "zh" else ", ").join(write(one) for one in value)
    return None
