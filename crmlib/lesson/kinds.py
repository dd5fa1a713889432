"""What kind of thing an answer is, and what to say where another kind is wanted."""

from __future__ import annotations

import re
from datetime import date
from numbers import Number

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences

NUMERALS = re.compile(
    r"\d|[一二两三四五六七八九十百千万半]|\b(one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|fifth|hundred)\b",
    re.IGNORECASE,
)
TAKE_OUT = {"Series": ".iloc[0]", "DataFrame": ".iloc[0, 0]", "list": "[0]"}  # the single value in each


def kind_of(value: object) -> str:
    """The kind of a value: "number", "text", "bool", "date", "Series", "list" ..., or the name of its type.

    Examples
    --------
    >>> kind_of(3), kind_of([3]), kind_of(3j)
    ('number', 'list', 'complex')
    """
    if isinstance(value, (bool, np.bool_)):
        return "bool"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return kind_of(value.item())
    if (isinstance(value, Number) and not isinstance(value, complex)) or value is pd.NA:
        return "number"
    if isinstance(value, np.ndarray) and value.ndim > 1:
        return "array"
    kinds = {
        "text": str,
        "date": (date, np.datetime64),
        "Series": pd.Series,
        "DataFrame": pd.DataFrame,
        "dict": dict,
        "set": (set, frozenset),
        "list": (list, tuple, np.ndarray, pd.Index, pd.api.extensions.ExtensionArray),
    }
    return next((name for name, types in kinds.items() if isinstance(value, types)), type(value).__name__)


def in_words(kind: str) -> str:
    """A kind as a reader says it, in the language in use."""
    names = {
        "number": t("a number"),
        "text": t("a text"),
        "bool": t("True or False"),
        "date": t("a date"),
        "Series": t("a Series"),
        "DataFrame": t("a DataFrame"),
        "list": t("a list"),
        "set": t("a set"),
        "dict": t("a dict"),
        "function": t("a function (call it: put parentheses after its name)"),
        "builtin_function_or_method": t("a function (call it: put parentheses after its name)"),
        "method": t("a function (call it: put parentheses after its name)"),
    }
    return names.get(kind, kind)


def wrong_kind(kind: str, answer: object) -> str:
    """What is wanted, what was given, and how to make the one of the other."""
    given = kind_of(answer)
    sentence = t("Wanted is {wanted}; yours is {given}.", wanted=in_words(kind), given=in_words(given))
    advice = ""
    if kind == "number" and given == "text":
        advice = _text_advice(answer)
    elif kind == "number" and given in TAKE_OUT and np.size(answer) == 1:
        advice = t("It holds a single value: put {how} behind it to take the value out.", how=TAKE_OUT[given])
    elif kind == "number" and given in TAKE_OUT:
        advice = t("It holds {n} values: pick the one that is asked for, or sum them up.", n=np.size(answer))
    elif kind == "Series" and given == "DataFrame":
        advice = t('Take one of its columns: table["column"].')
    elif kind == "Series" and given in ("list", "dict"):
        advice = t("It needs its labels as well: which value belongs to whom.")
    return join_sentences(sentence, advice)


def _text_advice(answer: str) -> str:
    """What to say of a text where a number is wanted: in quotes, in percent, or a name?"""
    if answer.strip().endswith(("%", "％")):
        return t('Without quotes and without the percent sign: 0.5, not "50%".')
    try:
        float(answer)
    except ValueError:
        if NUMERALS.search(answer):
            return t("Write it in figures, without words and without quotes: 0.5, or -20.")
        return t("It is a name or a sentence: take the value that belongs to it.")
    return t('A number stands without quotes: 0.5, not "0.5".')
