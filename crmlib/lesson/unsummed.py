"""Several values where one number is asked for: which of them it is, or what they come to together.

The values may be right, or those of a written mistake: who averages shares has the shares first.
"""

from __future__ import annotations

import inspect

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import as_float, is_close
from crmlib.lesson.plain import Known
from crmlib.lesson.steps import Step
from crmlib.lesson.writing import Exercise

FEW_VALUES = 12  # among more, the number wanted may stand by chance
SUMMARIES = ("sum", "mean", "median", "max", "min", "count")


def find_unsummed(
    item: Exercise, wanted: float, answer: object, steps: list[Step], data: dict[str, object]
) -> Known | None:
    """What to say of several values, or None where they have nothing to do with the number wanted.

    Parameters
    ----------
    item : Exercise
        The exercise; its written mistakes are looked at too.
    wanted, answer : float, object
        The number that is right, and the values that were given.
    steps : list of Step
        The steps of the right way.
    data : dict
        What the exercise is computed on.
    """
    values = as_values(answer)
    if values is None or len(values) < 2 or _is_given(values, data):
        return None
    together = t("The values are right, and one number is asked for: what do they come to together?")
    one = t("One of these values is the one that is asked for. Which?")
    if pd.api.types.is_bool_dtype(values):
        return Known("series", answer, together) if _is_step(values, steps) else None
    name = _summary_that_gives(wanted, values, item.tolerance)
    if name is not None:
        return Known("series", answer, one if name in ("max", "min", "median") else together)
    if len(values) <= FEW_VALUES and any(is_close(wanted, value, tolerance=item.tolerance) for value in values):
        return Known("series", answer, one)
    mistaken = _find_mistake_of(item, values, data)
    if mistaken is not None:
        asked = t("One number is asked for, and these are {n}.", n=len(values))
        return Known("series", answer, join_sentences(asked, mistaken))
    if _is_step(values, steps) or _comes_to_step(values, steps, item.tolerance):
        return Known("series", answer, t("A step on the way: from these values one number is still to be made."))
    return None


def as_values(answer: object) -> pd.Series | None:
    """The numbers of a Series, of a table of one column, or of a list; None for anything else."""
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 1:
        answer = answer.iloc[:, 0]
    if isinstance(answer, (list, tuple, np.ndarray)):
        answer = pd.Series(list(answer))
    is_number = isinstance(answer, pd.Series) and pd.api.types.is_numeric_dtype(answer)
    return answer if is_number else None


def _is_given(values: pd.Series, data: dict[str, object]) -> bool:
    """Are they what the exercise begins with?"""
    return any(isinstance(one, pd.Series) and one.equals(values) for one in data.values())


def _summary_that_gives(wanted: float, values: pd.Series, tolerance: float) -> str | None:
    for name in SUMMARIES:
        found = as_float(getattr(values, name)())
        if is_close(wanted, found, tolerance=tolerance) or (
            name == "sum" and is_close(wanted, -found, tolerance=tolerance)
        ):
            return name
    return None


def _find_mistake_of(item: Exercise, values: pd.Series, data: dict[str, object]) -> str | None:
    """The advice of the written mistake to which the values come when they are summed up."""
    for mistake in item.mistakes:
        names = inspect.signature(mistake.function).parameters
        if not all(name in data for name in names):
            continue
        value = mistake.function(**{name: data[name] for name in names})
        if kind_of(value) != "number" or as_float(value) == 0:
            continue
        if _summary_that_gives(as_float(value), values, item.tolerance) in ("sum", "mean", "max"):
            return t(mistake.advice)
    return None


def _is_step(values: pd.Series, steps: list[Step]) -> bool:
    """Are these the values of a step, whatever they are called?"""
    alike = [
        step.value for step in steps if isinstance(step.value, pd.Series) and step.value.index.equals(values.index)
    ]
    return any(one.dtype == values.dtype and np.array_equal(one.to_numpy(), values.to_numpy()) for one in alike)


def _comes_to_step(values: pd.Series, steps: list[Step], tolerance: float) -> bool:
    numbers = [as_float(step.value) for step in steps if kind_of(step.value) == "number"]
    found = [as_float(values.sum()), as_float(values.max())]
    return any(abs(n) > 1 and is_close(n, one, tolerance=tolerance) for n in numbers for one in found)
