"""Mistakes that people make in every exercise, known by name: nobody writes them down for each.

`find_general` looks for the plainest one that leads exactly to the answer given. Where none does it says nothing: a
guess about what somebody did would mislead more than it helps. The value wanted is in no advice.

==================  =======================================================================
typed               "¥88,649", "8.8万", or 88,649 with a comma, which is a pair
percentage, sign, rounded, factor, two, complement, inverse, odds, plus one, minus one, other base
sum for mean, mean for sum, number for share, share for number, the others, other count
rounded too much    right, with a single digit left
given               a number of the question itself
lesson, shown       a number of the lesson, where another year or firm is asked for (`in_lesson`)
whole table         the whole, where a part of it is asked for
all, nothing        100 %, or 0
condition           those who meet one of several conditions
series              the values are right, or those of a mistake, and still have to be summed up
label               who it is in place of how much
step                a step on the way: something is still to be done
step of a mistake   a step on the way of a written mistake
other summary       the mean of the right values for their sum, the first for the largest
other table, other column, other period, refunds, lines, wrong end, on the line ...
                    the right way on something else (`variants`)
two mistakes        a written mistake and a plain one together
==================  =======================================================================
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import (
    as_float,
    is_close,
    is_coarse,
    is_known_by_digits,
    is_percentage,
    is_rounded,
    say_rounded,
)
from crmlib.lesson.plain import Known
from crmlib.lesson.steps import Step
from crmlib.lesson.unsummed import find_unsummed
from crmlib.lesson.worked import Worked

FEW = 20  # among whole numbers below it, other ways often lead to the same one
ELSEWHERE = ("lesson", "shown", "other table", "other period", "other column")  # all say: it is of other data


def find_general(worked: Worked, answer: object) -> Known | None:
    """The plainest general mistake that leads to the answer, or None.

    Parameters
    ----------
    worked : Worked
        The exercise on the data at hand.
    answer : object
        What was answered.
    """
    if kind_of(worked.wanted) != "number" or not math.isfinite(as_float(worked.wanted)):
        return None
    wanted, tolerance = as_float(worked.wanted), worked.item.tolerance
    label = _find_label(wanted, answer, worked.steps, worked.given, tolerance)
    if kind_of(answer) != "number":
        return label or find_unsummed(worked.item, wanted, answer, worked.steps, worked.data)
    answer = as_float(answer)
    if not math.isfinite(answer):
        return _tell_missing(answer)
    return (
        _about_itself(wanted, answer, tolerance)
        or label
        or _choose(worked.list_ways(), wanted, answer, tolerance)
        or _about_few_digits(wanted, answer, tolerance)
    )


def _tell_missing(answer: float) -> Known:
    if math.isnan(answer):
        advice = t("It is missing (NaN): look at the steps one by one, and where it first appears.")
        return Known("missing", answer, advice)
    return Known(
        "missing", answer, t("It is infinite: you divided by zero, or picked a value that is infinite itself.")
    )


def _about_itself(wanted: float, answer: float, tolerance: float) -> Known | None:
    if is_percentage(wanted, answer, tolerance=tolerance):
        return Known("percentage", answer, t("That is a percentage; a fraction is wanted: one half is 0.5, not 50."))
    if is_rounded(wanted, answer):
        return Known("rounded", answer, say_rounded(tolerance))
    return None


def _about_few_digits(wanted: float, answer: float, tolerance: float) -> Known | None:
    """What to say of one digit, of nothing and of all, where no known way leads there."""
    if is_coarse(wanted, answer):
        return Known("rounded too much", answer, say_rounded(tolerance, whole=wanted.is_integer()))
    if is_coarse(100 * wanted, answer) and abs(wanted) < 1 < abs(answer):
        advice = t("That is a percentage; a fraction is wanted: one half is 0.5, not 50.")
        return Known("rounded too much", answer, join_sentences(advice, say_rounded(tolerance)))
    if answer == 0 and wanted != 0:
        return Known(
            "nothing", answer, t("Zero: somewhere nothing is left, or what is left cancels out. Look at each step.")
        )
    if 0 < wanted < 1 and answer in (1, 100):
        return Known(
            "all", answer, t("That is all of it, 100 %. A part is asked for: what is the part, what is the whole?")
        )
    return None


def _choose(ways: Iterable[Known], wanted: float, answer: float, tolerance: float) -> Known | None:
    """The first way that leads exactly to the answer; else the first that does so but for rounding."""
    if answer in (-1, 0, 1):  # one, or nothing, is left over in a hundred ways
        return None
    nearly, exact = None, []
    few = answer.is_integer() and abs(answer) < FEW
    for one in ways:
        if kind_of(one.value) != "number" or pd.isna(one.value):
            continue
        value = as_float(one.value)
        if not math.isfinite(value) or is_close(value, wanted, tolerance=tolerance):
            continue
        if is_close(value, answer, tolerance=tolerance):
            if not few:
                return one
            exact.append(one)
        elif nearly is None and is_known_by_digits(value, answer):
            nearly = one
    if few:  # several ways to a small number: which it was, nobody can tell
        exact = [one for one in exact if one.name != "other summary"]
        return exact[0] if len({"elsewhere" if one.name in ELSEWHERE else one.advice for one in exact}) == 1 else None
    return nearly


# --- answers of another kind ----------------------------------------------------------------------


def _find_label(
    wanted: float, answer: object, steps: list[Step], given: dict[str, object], tolerance: float
) -> Known | None:
    if not isinstance(answer, (str, int, np.integer, pd.Timestamp)):
        return None
    for table in chain(given.values(), (step.value for step in steps)):
        if isinstance(table, pd.Series) and table.index.is_unique and answer in table.index:
            value = table[answer]
            if kind_of(value) == "number" and is_close(as_float(value), wanted, tolerance=tolerance):
                return Known(
                    "label",
                    answer,
                    t("That is who it is. How much it is, is asked for: take the value, not its label."),
                )
    return None
