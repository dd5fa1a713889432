"""Is an answer the one that is wanted, and if not, what is wrong about it?

`find_fault` compares an answer with the value wanted and says what is wrong in one
sentence: its type, its shape, its labels, its unit, or the value itself. It never
says the value wanted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from numbers import Number

import numpy as np
import pandas as pd

from crmlib.language import current, t

TOLERANCE = 1e-6  # relative: what two ways of adding the same numbers may differ by, with room
NEAR_ZERO = 1e-9
TAKE_OUT = {"Series": ".iloc[0]", "DataFrame": ".iloc[0, 0]", "list": "[0]"}  # the single value in each
MOST_EXPLAINED = 50  # values that are looked at one by one to find what they have in common


def is_blank(answer: object) -> bool:
    """Has nothing been answered yet? `...`, None, empty text and dots in quotes are blanks.

    Examples
    --------
    >>> is_blank(...), is_blank(None), is_blank("  "), is_blank("..."), is_blank(0)
    (True, True, True, True, False)
    """
    return answer is ... or answer is None or (isinstance(answer, str) and not answer.strip(" .…"))


def join_sentences(*sentences: str) -> str:
    """Sentences in a row: Chinese ones need no space between them.

    Examples
    --------
    >>> join_sentences("Not yet.", "Try again.")
    'Not yet. Try again.'
    """
    return ("" if current() == "zh" else " ").join(sentence for sentence in sentences if sentence)


def find_fault(wanted: object, answer: object, *, tolerance: float = TOLERANCE, ordered: bool = False) -> str | None:
    """What is wrong about an answer, in one sentence, or None where it is right.

    Numbers agree within `tolerance`, relative to the number wanted. Tables are compared
    by label: the order of rows and columns counts only where `ordered`. The order of a
    list counts always, that of a set never.

    Parameters
    ----------
    wanted
        A number, text, bool, date, Series, DataFrame, list, set or dict. The rows of a
        Series or DataFrame have unique labels.
    answer
        What was answered: anything.

    Returns
    -------
    str or None
        A sentence in the language in use, without the value wanted.

    Examples
    --------
    >>> find_fault(0.25, 0.25)
    >>> find_fault(0.25, 25)
    'That is a percentage; a fraction is wanted: one half is 0.5, not 50.'
    >>> find_fault({"a", "b"}, ["a"])
    'Missing from yours: 1. Too many in yours: 0.'
    """
    kind = _kind(wanted)
    if kind == "set" and _kind(answer) == "list":
        answer = set(answer)
    if _kind(answer) == "number" and isinstance(answer, np.ndarray):
        answer = answer.item()
    if _kind(answer) != kind:
        return _wrong_kind(kind, answer)
    compare: dict[str, Callable[..., str | None]] = {
        "number": _number_fault,
        "Series": _series_fault,
        "DataFrame": _frame_fault,
        "list": _list_fault,
        "set": _set_fault,
        "dict": _dict_fault,
    }
    if kind in compare:
        return compare[kind](wanted, answer, tolerance=tolerance, ordered=ordered)
    return None if wanted == answer else _other_value(kind, wanted, answer)


# --- what kind of thing ---------------------------------------------------------------------------


def _kind(value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "bool"
    if (
        (isinstance(value, Number) and not isinstance(value, complex))
        or value is pd.NA
        or (isinstance(value, np.ndarray) and value.ndim == 0)
    ):
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


def _in_words(kind: str) -> str:
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


def _wrong_kind(kind: str, answer: object) -> str:
    given = _kind(answer)
    sentence = t("Wanted is {wanted}; yours is {given}.", wanted=_in_words(kind), given=_in_words(given))
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
        return t("It is a name or a sentence: take the value that belongs to it.")
    return t('A number stands without quotes: 0.5, not "0.5".')


def _other_value(kind: str, wanted: object, answer: object) -> str:
    if kind == "text" and wanted.casefold() == answer.strip().casefold():
        return t("Nearly: capital letters or spaces differ.")
    if kind == "date":
        early, late = t("Another day is wanted; yours is too early."), t("Another day is wanted; yours is too late.")
        return early if pd.Timestamp(answer) < pd.Timestamp(wanted) else late
    return t("That is not it.")


# --- numbers --------------------------------------------------------------------------------------


def _number_fault(wanted: float, answer: float, *, tolerance: float, **_: object) -> str | None:
    if pd.isna(wanted) or pd.isna(answer):
        if pd.isna(wanted) and pd.isna(answer):
            return None
        if pd.isna(answer):
            return t("It is missing (NaN): look at the steps one by one, and where it first appears.")
        return t("It should be missing (NaN), and is not.")
    wanted, answer = float(wanted), float(answer)

    def close(value: float) -> bool:
        return math.isclose(wanted, value, rel_tol=tolerance, abs_tol=NEAR_ZERO)

    if close(answer):
        return None
    if _is_percentage(wanted, answer, tolerance=tolerance):
        return t("That is a percentage; a fraction is wanted: one half is 0.5, not 50.")
    if close(-answer):
        return t("The size is right, the sign is not: plus and minus are exchanged.")
    if _is_rounded(wanted, answer):
        return t("Right but for rounding: give the number as it was computed, and round only what you show.")
    if 0 < wanted < 1 < answer:
        return t("Wanted is a number between 0 and 1; yours is larger. Have you divided by the whole?")
    if answer < wanted:
        return t("That is not the number wanted: yours is too small.")
    return t("That is not the number wanted: yours is too large.")


def is_nearly(wanted: object, answer: object, *, tolerance: float = TOLERANCE) -> bool:
    """Is `answer` a number that is `wanted` but for rounding, or in percent?

    Examples
    --------
    >>> is_nearly(0.2514, 0.25), is_nearly(0.2514, 25.1), is_nearly(0.2514, 0.26)
    (True, True, False)
    """
    if {_kind(wanted), _kind(answer)} != {"number"} or pd.isna(wanted) or pd.isna(answer):
        return False
    wanted, answer = float(wanted), float(answer)
    return _is_rounded(wanted, answer) or _is_percentage(wanted, answer, tolerance=tolerance)


def _is_percentage(wanted: float, answer: float, *, tolerance: float) -> bool:
    exact = math.isclose(wanted, answer / 100, rel_tol=tolerance, abs_tol=NEAR_ZERO)
    return abs(wanted) <= 1 and (exact or _is_rounded(wanted * 100, answer))


def _is_rounded(wanted: float, answer: float) -> bool:
    """Is `answer` the number wanted, rounded, with two digits left at least?"""
    if not (math.isfinite(wanted) and math.isfinite(answer)):
        return False
    for digits in range(7):
        half = 0.5 * 10.0**-digits * (1 + 1e-9)
        if math.isclose(answer, round(answer, digits), rel_tol=1e-12) and abs(answer) >= 10.0 ** (1 - digits):
            if abs(answer - wanted) <= half:
                return True
    return False


# --- tables ---------------------------------------------------------------------------------------


def _series_fault(wanted: pd.Series, answer: pd.Series, *, tolerance: float, ordered: bool) -> str | None:
    fault = _labels_fault(wanted.index, answer.index, ordered=ordered)
    if fault:
        return fault
    return _values_fault(wanted, _align(answer, wanted.index), tolerance=tolerance)


def _frame_fault(wanted: pd.DataFrame, answer: pd.DataFrame, *, tolerance: float, ordered: bool) -> str | None:
    missing = [column for column in wanted.columns if column not in answer.columns]
    surplus = [column for column in answer.columns if column not in wanted.columns]
    if missing or surplus:
        return t(
            "The columns differ. Missing: {missing}. Too many: {surplus}.",
            missing=_some(missing),
            surplus=_some(surplus),
        )
    fault = _labels_fault(wanted.index, answer.index, ordered=ordered)
    if fault:
        return fault
    for column in wanted.columns:
        fault = _values_fault(wanted[column], _align(answer[column], wanted.index), tolerance=tolerance)
        if fault:
            return t("Column {column}: {fault}", column=column, fault=fault)
    return None


def _labels_fault(wanted: pd.Index, answer: pd.Index, *, ordered: bool) -> str | None:
    if not wanted.is_unique:
        raise ValueError(
            t("the labels of the rows wanted must be unique, so that an answer can be compared with them.")
        )
    wanted_labels, labels = list(wanted), list(answer)
    if len(labels) != len(wanted_labels):
        return t("Yours has {n} rows; wanted are {wanted}.", n=f"{len(labels):,}", wanted=f"{len(wanted_labels):,}")
    strangers = set(labels) - set(wanted_labels)
    if not answer.is_unique:
        return t("Some labels stand more than once among your rows.")
    if strangers and {str(label) for label in labels} == {str(label) for label in wanted_labels}:
        return t("The labels of your rows look right but are of another type: text, or numbers?")
    if strangers and labels == list(range(len(labels))):
        return t(
            "The labels of your rows got lost: they are 0, 1, 2 ...; wanted is {name}.",
            name=wanted.name or t("a label that says which row is which"),
        )
    if strangers:
        return t(
            "{n} of your rows do not belong here, {label} for one.",
            n=f"{len(strangers):,}",
            label=min(map(str, strangers)),
        )
    if ordered and labels != wanted_labels:
        return t("The rows are right, their order is not.")
    return None


def _align(answer: pd.Series, labels: pd.Index) -> pd.Series:
    place = {label: position for position, label in enumerate(answer.index)}
    return answer.iloc[[place[label] for label in labels]]


def _values_fault(wanted: pd.Series, answer: pd.Series, *, tolerance: float) -> str | None:
    """The fault of values of the same rows, one by one."""
    are_numbers = [_holds_numbers(column) for column in (wanted, answer)]
    if are_numbers == [True, False]:
        return t("Your values are not numbers: their type is {dtype}.", dtype=answer.dtype)
    if all(are_numbers):
        given = [column.to_numpy(dtype=float, na_value=math.nan) for column in (answer, wanted)]
        same = np.isclose(*given, rtol=tolerance, atol=NEAR_ZERO, equal_nan=True)
    else:
        pairs = zip(wanted.astype(object), answer.astype(object), strict=True)
        same = np.array([(pd.isna(a) and pd.isna(b)) or find_fault(a, b) is None for a, b in pairs], dtype=bool)
    return _one_by_one(list(wanted), list(answer), same, [str(label) for label in wanted.index], tolerance)


def _holds_numbers(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _one_by_one(wanted: list, answer: list, same: np.ndarray, names: list[str], tolerance: float) -> str | None:
    if same.all():
        return None
    where = np.flatnonzero(~same)
    faults = {find_fault(wanted[i], answer[i], tolerance=tolerance) for i in where[:MOST_EXPLAINED]}
    sentence = t(
        "{n} of {total} values differ; look at {name} first.",
        n=f"{len(where):,}",
        total=f"{len(same):,}",
        name=names[where[0]],
    )
    return join_sentences(sentence, faults.pop()) if len(faults) == 1 else sentence


# --- lists, sets, dicts ---------------------------------------------------------------------------


def _list_fault(wanted: object, answer: object, *, tolerance: float, **_: object) -> str | None:
    wanted, answer = list(wanted), list(answer)
    if len(wanted) != len(answer):
        return t("Yours has {n} elements; wanted are {wanted}.", n=f"{len(answer):,}", wanted=f"{len(wanted):,}")
    pairs = zip(wanted, answer, strict=True)
    same = np.array([find_fault(a, b, tolerance=tolerance) is None for a, b in pairs], dtype=bool)
    if not same.all() and sorted(map(str, wanted)) == sorted(map(str, answer)):
        return t("The elements are right, their order is not.")
    names = [t("number {n} of the list", n=position + 1) for position in range(len(wanted))]
    return _one_by_one(wanted, answer, same, names, tolerance)


def _set_fault(wanted: set, answer: set, **_: object) -> str | None:
    if wanted == answer:
        return None
    if {str(element) for element in wanted} == {str(element) for element in answer}:
        return t("The elements look right but are of another type: text, or numbers?")
    return t(
        "Missing from yours: {missing}. Too many in yours: {surplus}.",
        missing=f"{len(wanted - answer):,}",
        surplus=f"{len(answer - wanted):,}",
    )


def _dict_fault(wanted: dict, answer: dict, *, tolerance: float, ordered: bool) -> str | None:
    missing, surplus = [key for key in wanted if key not in answer], [key for key in answer if key not in wanted]
    if missing or surplus:
        return t(
            "The keys differ. Missing: {missing}. Too many: {surplus}.", missing=_some(missing), surplus=_some(surplus)
        )
    for key, value in wanted.items():
        fault = find_fault(value, answer[key], tolerance=tolerance, ordered=ordered)
        if fault:
            return t("{key}: {fault}", key=key, fault=fault)
    return None


def _some(names: list) -> str:
    """The first names of a list, to read."""
    return (", ".join(map(str, names[:4])) + (" ..." if len(names) > 4 else "")) or t("none")
