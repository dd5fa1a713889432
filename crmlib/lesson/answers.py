"""Is an answer the one that is wanted, and if not, what is wrong about it?

`find_fault` compares an answer with the value wanted and says what is wrong in one
sentence: its type, its shape, its labels, its unit, or the value itself. It never
says the value wanted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences
from crmlib.lesson.kinds import in_words, kind_of, wrong_kind
from crmlib.lesson.numbers import NEAR_ZERO, TOLERANCE, number_fault

MOST_EXPLAINED = 50  # values that are looked at one by one to find what they have in common


def is_blank(answer: object) -> bool:
    """Has nothing been answered yet? `...`, None, empty text and dots in quotes are blanks.

    Examples
    --------
    >>> is_blank(...), is_blank(None), is_blank("  "), is_blank("..."), is_blank(0)
    (True, True, True, True, False)
    """
    return answer is ... or answer is None or (issubclass(type(answer), str) and not answer.strip(" .…\n\t"))


def find_fault(wanted: object, answer: object, *, tolerance: float = TOLERANCE, ordered: bool = False) -> str | None:
    """What is wrong about an answer, in one sentence, or None where it is right.

    Numbers agree within `tolerance`, relative to the number wanted. Tables are compared
    by label: the order of rows and columns counts only where `ordered`. The order of a
    list counts always, that of a set never.

    Parameters
    ----------
    wanted : object
        A number, text, bool, date, Series, DataFrame, list, set or dict. The rows of a
        Series or DataFrame have unique labels.
    answer : object
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
    _refuse_unclear(wanted)
    try:
        return _find_fault(wanted, answer, tolerance=tolerance, ordered=ordered)
    except Exception:  # whatever an object does when one looks into it, who answered gets a sentence
        return t("Yours cannot be compared with what is wanted: it holds something of quite another kind.")


def _refuse_unclear(wanted: object) -> None:
    for value in wanted.values() if isinstance(wanted, dict) else [wanted]:
        if isinstance(value, (pd.Series, pd.DataFrame)) and not value.index.is_unique:
            raise ValueError(
                t("the labels of the rows wanted must be unique, so that an answer can be compared with them.")
            )


def _find_fault(wanted: object, answer: object, *, tolerance: float, ordered: bool) -> str | None:
    kind = kind_of(wanted)
    if isinstance(answer, np.ndarray) and answer.ndim == 0:
        answer = answer.item()
    if kind == "set" and kind_of(answer) == "list":
        lists = [element for element in answer if not isinstance(element, Hashable)]
        if lists:
            return t(
                "Its elements must be single values; in yours there is {given}.", given=in_words(kind_of(lists[0]))
            )
        answer = set(answer)
    if kind_of(answer) != kind:
        return wrong_kind(kind, answer)
    compare: dict[str, Callable[..., str | None]] = {
        "number": number_fault,
        "Series": _series_fault,
        "DataFrame": _frame_fault,
        "list": _list_fault,
        "set": _set_fault,
        "dict": _dict_fault,
    }
    if kind in compare:
        return compare[kind](wanted, answer, tolerance=tolerance, ordered=ordered)
    if kind == "date":
        return _date_fault(pd.Timestamp(wanted), pd.Timestamp(answer))
    return None if wanted == answer else _other_value(kind, wanted, answer)


def _other_value(kind: str, wanted: object, answer: object) -> str:
    if kind == "text" and wanted.casefold() == answer.strip().casefold():
        return t("Nearly: capital letters or spaces differ.")
    return t("That is not it.")


def _date_fault(wanted: pd.Timestamp, answer: pd.Timestamp) -> str | None:
    if pd.isna(answer) or pd.isna(wanted):
        return None if pd.isna(answer) and pd.isna(wanted) else t("That is not it.")
    if (answer.tzinfo is None) != (wanted.tzinfo is None):
        return t("Another day is wanted, or the same one with no time zone: yours is said for one place on earth.")
    if answer == wanted:
        return None
    early, late = t("Another day is wanted; yours is too early."), t("Another day is wanted; yours is too late.")
    return early if answer < wanted else late


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
