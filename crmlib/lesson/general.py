"""Mistakes that people make in every exercise, known by name: nobody writes them down for each.

`find_general` looks for the plainest one that leads exactly to the answer given. Where none does it says nothing: a
guess about what somebody did would mislead more than it helps. The value wanted is in no advice.

==================  =======================================================================
typed               "¥88,649", "8.8万", or 88,649 with a comma, which is a pair
percentage, sign, rounded, factor, complement, inverse, odds, plus one, minus one, other base
sum for mean, mean for sum, number for share, share for number, the others, other count
given               a number of the question itself
whole table         the whole, where a part of it is asked for
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

import inspect
import math
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import as_float, is_close, is_nearly, is_percentage, is_rounded
from crmlib.lesson.plain import Known, list_by_counts, list_plain
from crmlib.lesson.steps import Step, selects_rows, trace_steps
from crmlib.lesson.unsummed import SUMMARIES, find_unsummed
from crmlib.lesson.variants import list_variants
from crmlib.lesson.writing import Exercise

FEW = 20  # among whole numbers below it, other ways often lead to the same one
DIGITS = 3  # that must be left of a rounded number before a way is recognized by it
MOST_STEPS = 200


def find_general(
    item: Exercise, wanted: object, answer: object, data: dict[str, object], others: dict[str, object]
) -> Known | None:
    """The plainest general mistake that leads to the answer, or None.

    Parameters
    ----------
    item : Exercise
        The exercise.
    wanted, answer : object
        The value that is right, and the one that was given.
    data : dict
        What the exercise is computed on, by the name of its parameter.
    others : dict
        Further tables that a student may have taken by mistake.
    """
    if kind_of(wanted) != "number" or not math.isfinite(as_float(wanted)):
        return None
    wanted = as_float(wanted)
    given = {name: data[name] for name in inspect.signature(item.function).parameters}
    if kind_of(answer) != "number":
        steps = trace_steps(item.function, given)
        label = _find_label(wanted, answer, steps, given, item.tolerance)
        return label or find_unsummed(item, wanted, answer, steps, data)
    label = _find_label(wanted, answer, trace_steps(item.function, given), given, item.tolerance)
    answer = as_float(answer)
    if not math.isfinite(answer):
        return _tell_missing(answer)
    about_itself = _about_itself(wanted, answer, item.tolerance)
    return (
        about_itself or label or _choose(_list_ways(item, wanted, given, data, others), wanted, answer, item.tolerance)
    )


def _tell_missing(answer: float) -> Known:
    if math.isnan(answer):
        advice = t("It is missing (NaN): look at the steps one by one, and where it first appears.")
        return Known("missing", answer, advice)
    return Known("missing", answer, t("It is infinite: somewhere you divided by zero."))


def _about_itself(wanted: float, answer: float, tolerance: float) -> Known | None:
    if is_percentage(wanted, answer, tolerance=tolerance):
        return Known("percentage", answer, t("That is a percentage; a fraction is wanted: one half is 0.5, not 50."))
    if is_rounded(wanted, answer):
        advice = t("Right but for rounding: give the number as it was computed, and round only what you show.")
        return Known("rounded", answer, advice)
    return None


def _choose(ways: Iterable[Known], wanted: float, answer: float, tolerance: float) -> Known | None:
    """The first way that leads exactly to the answer; else the first that does so but for rounding."""
    if answer == 0:  # nothing is left over in a hundred ways
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
        return exact[0] if len({one.advice for one in exact}) == 1 else None
    return nearly


def is_known_by_digits(value: float, answer: float, *, digits: int = DIGITS) -> bool:
    """Is an answer, written with so many digits, a value but for rounding, or in percent?"""
    written = f"{abs(answer):.12g}".replace(".", "").strip("0").replace("e-", "")
    return len(written) >= digits and is_nearly(value, answer)


# --- the ways to a number -------------------------------------------------------------------------


def _list_ways(
    item: Exercise, wanted: float, given: dict[str, object], data: dict[str, object], others: dict[str, object]
) -> Iterator[Known]:
    steps = trace_steps(item.function, given)[:MOST_STEPS]
    plain = list(list_plain(wanted))
    yield from (one for one in plain if one.name != "factor")
    told = t("That is given in the question. What is asked for?")
    yield from (Known("given", value, told) for value in given.values())
    yield from list_by_counts(wanted, _count(chain(given.values(), (step.value for step in steps))))
    yield from (one for one in plain if one.name == "factor")  # a hundred members: the mean is no slip of the point
    yield from _list_steps(steps)
    yield from _list_unchosen(steps)
    yield from _list_summaries(steps)
    if selects_rows(item.function):
        yield from _list_whole_tables(given)
    yield from (Known(*one) for one in _as_known(list_variants(item.function, given, {**data, **others})))
    yield from _list_mistaken(item, data)
    yield from _list_steps_of_mistakes(item, data, steps)


def _as_known(variants: Iterable) -> Iterator[tuple[str, object, str]]:
    return ((one.kind, one.value, one.advice) for one in variants)


def _count(tables: Iterable[object]) -> dict[str, int]:
    """How many rows, customers and orders the tables have."""
    counts = {}
    for place, table in enumerate(tables):
        if isinstance(table, (pd.DataFrame, pd.Series)):
            counts[f"rows {place}"] = len(table)
        if isinstance(table, pd.DataFrame):
            counts |= {
                f"{column} {place}": int(table[column].nunique())
                for column in ("customer_id", "order_id")
                if column in table
            }
    return counts


def _list_steps(steps: list[Step]) -> Iterator[Known]:
    numbers = [step for step in steps if kind_of(step.value) == "number" and not step.code.replace(".", "").isdigit()]
    for step in sorted(numbers, key=lambda step: step.role == "step"):
        if as_float(step.value) not in (0.0, 1.0):
            yield Known("step", step.value, _next_after(step.role))
    condition = t("That is how many meet a condition: a step on the way, and not the last one yet.")
    for step in steps:
        if isinstance(step.value, pd.Series) and pd.api.types.is_bool_dtype(step.value):
            yield Known("condition", int(step.value.sum()), condition)
        elif isinstance(step.value, (pd.Series, pd.DataFrame)) and len(step.value) > 2:
            yield Known("step", len(step.value), t("That is how many there are. What do they come to?"))


def _next_after(role: str) -> str:
    return {
        "divided": t("A step on the way: it is still to be divided. By what?"),
        "divisor": t("A step on the way: it is what one divides by. What is to be divided?"),
        "factor": t("A step on the way: it is still to be multiplied. By what?"),
        "minuend": t("A step on the way: something is still to be taken off."),
        "subtrahend": t("A step on the way: it is to be taken off something."),
        "summand": t("A step on the way: something is still to be added."),
        "size": t("That is how many one takes. The question is about what they have."),
    }.get(role, t("A step on the way, and not the last one yet."))


def _list_summaries(steps: list[Step]) -> Iterator[Known]:
    """Other numbers that sum up values of the right steps: their mean for their sum, the first for the largest."""
    advice = t("You summed up the right values in another way: sum, mean, largest or how many? Look at what is asked.")
    first = t("You took the first or the last as they stand in the table. Sort, or look for the largest.")
    for values in (step.value for step in steps if isinstance(step.value, pd.Series)):
        if len(values) > 2 and pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            yield from (Known("other summary", getattr(values, name)(), advice) for name in SUMMARIES)
            yield from (Known("other summary", value, first) for value in (values.iloc[0], values.iloc[-1]))


def _list_unchosen(steps: list[Step]) -> Iterator[Known]:
    """What the values come to of which some are chosen afterwards."""
    advice = t("You took all of them. Which of them does the question ask about?")
    for step in steps:
        is_column = isinstance(step.value, pd.Series) and pd.api.types.is_numeric_dtype(step.value)
        if step.role == "chosen from" and is_column and not pd.api.types.is_bool_dtype(step.value):
            yield from (Known("whole table", getattr(step.value, name)(), advice) for name in SUMMARIES)


def _list_whole_tables(given: dict[str, object]) -> Iterator[Known]:
    """What the whole of a table comes to, where a part of it is asked for."""
    advice = t("That is taken over the whole table. Which rows does the question ask about?")
    for table in given.values():
        columns = [table[name] for name in table.columns] if isinstance(table, pd.DataFrame) else [table]
        for values in columns:
            is_column = isinstance(values, pd.Series) and pd.api.types.is_numeric_dtype(values)
            if is_column and len(values) > 2 and not pd.api.types.is_bool_dtype(values):
                yield from (Known("whole table", getattr(values, name)(), advice) for name in SUMMARIES)


def _list_mistaken(item: Exercise, data: dict[str, object]) -> Iterator[Known]:
    """A written mistake and a plain one together."""
    for mistake in item.mistakes:
        names = inspect.signature(mistake.function).parameters
        if not all(name in data for name in names):
            continue
        given = {name: data[name] for name in names}
        value = mistake.function(**given)
        if kind_of(value) != "number" or pd.isna(value):
            continue
        for one in list_plain(as_float(value)):
            if one.name in ("sign", "complement", "factor"):
                yield Known("two mistakes", one.value, join_sentences(t(mistake.advice), one.advice))


def _list_steps_of_mistakes(item: Exercise, data: dict[str, object], right: list[Step]) -> Iterator[Known]:
    """Where somebody stopped on the way of a written mistake: steps that the right way does not have."""
    known = {as_float(step.value) for step in right if kind_of(step.value) == "number"}
    for mistake in item.mistakes:
        names = inspect.signature(mistake.function).parameters
        if not all(name in data for name in names):
            continue
        for step in trace_steps(mistake.function, {name: data[name] for name in names})[:MOST_STEPS]:
            is_new = kind_of(step.value) == "number" and as_float(step.value) not in known | {0.0, 1.0}
            if is_new and not step.code.replace(".", "").isdigit():
                yield Known("step of a mistake", step.value, join_sentences(_next_after(step.role), t(mistake.advice)))


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
