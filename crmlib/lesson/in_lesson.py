"""Numbers of the lesson itself where the exercise asks for another year or firm.

Who reads the number off the lesson, or does everything right on the lesson's own data, is told so. An exercise says
with `@exercise.in_lesson` what its data are in the lesson; numbers that the lesson has computed are known by name.
"""

from __future__ import annotations

import ast
import inspect
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences
from crmlib.lesson.exercise_files import is_inside, lesson_path
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import as_float, count_digits
from crmlib.lesson.plain import Known
from crmlib.lesson.writing import Exercise

MOST_VALUES = 40  # a larger table is not read off, it is computed on
FEWEST_DIGITS = 3  # a number of fewer stands in a lesson by chance


def list_of_lesson(item: Exercise, names: dict[str, object]) -> Iterator[Known]:
    """What the exercise's own functions come to on the data of the lesson, and numbers that the lesson prints for it.

    Parameters
    ----------
    item : Exercise
        The exercise; without `in_lesson` there is nothing to say.
    names : dict
        What the notebook holds.
    """
    for lesson in item.lessons:
        theirs = _try(lesson.function, names)
        about = t("That is the number for {about}, as in the lesson.", about=t(lesson.about))
        asks = t("The exercise asks about {asks}.", asks=t(lesson.asks))
        if not isinstance(theirs, dict):
            yield Known("lesson", theirs, join_sentences(about, asks))
            continue
        yield Known("lesson", _try(item.function, theirs), join_sentences(about, asks))
        for mistake in item.mistakes:
            value = _try(mistake.function, theirs)
            if is_telling(value):  # two mistakes at once: a small number is reached in other ways
                yield Known("lesson", value, join_sentences(about, asks, t(mistake.advice)))


def _try(function: Callable, names: dict[str, object]) -> object:
    """The value of a function of names, or None: a lesson need not be run to the end, nor be as it was."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(**{name: names[name] for name in inspect.signature(function).parameters})
    except Exception:  # whatever a student has put there
        return None


# --- numbers by their names -----------------------------------------------------------------------


def list_shown(item: Exercise, names: dict[str, object]) -> Iterator[Known]:
    """The numbers that the lesson has computed under a name, or as a value of a small table."""
    if is_inside(item.id):
        return
    asks = item.lessons[0].asks if item.lessons else None
    for name in lesson_names(item.id):
        for code, value in _list_values(name, names.get(name)):
            if not is_telling(value):
                continue
            advice = t("That is {code}, a number of the lesson.", code=code)
            if asks is not None:
                yield Known("shown", value, join_sentences(advice, t("The exercise asks about {asks}.", asks=t(asks))))
                continue
            look = t("The exercise asks for another one. Which data, which period, whom does it count?")
            yield Known("shown", value, join_sentences(advice, look))


def is_telling(value: object) -> bool:
    """Is it a number of so many digits that nobody comes to it by chance?"""
    return kind_of(value) == "number" and count_digits(as_float(value)) >= FEWEST_DIGITS


def _list_values(name: str, value: object) -> Iterator[tuple[str, float]]:
    if kind_of(value) == "number":
        yield name, value
    if isinstance(value, pd.Series) and value.index.is_unique and len(value) <= MOST_VALUES:
        yield from ((f"{name}[{label!r}]", one) for label, one in value.items())
    is_table = isinstance(value, pd.DataFrame) and value.index.is_unique and value.columns.is_unique
    if is_table and value.size <= MOST_VALUES:
        for column in value:
            yield from ((f"{name}.loc[{label!r}, {column!r}]", one) for label, one in value[column].items())


def lesson_names(id: str) -> tuple[str, ...]:
    """The names that a lesson sets before its exercises, without its blanks and what it gives to the exercises.

    Examples
    --------
    >>> names = lesson_names("0.0.1")
    >>> "n_lines" in names, "answer" in names
    (True, False)
    """
    lesson = lesson_path(id)
    return _names_in(lesson) if lesson else ()


@cache
def _names_in(lesson: Path) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for statement in ast.parse(lesson.read_text(encoding="utf-8")).body:  # its prose stands in remarks
        call = getattr(statement, "value", None)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "practice_on":
            for one in call.keywords:
                found.pop(one.arg, None)
            break
        is_blank = isinstance(call, ast.Constant) and call.value is ...
        targets = [] if is_blank or not isinstance(statement, ast.Assign) else statement.targets
        found |= {one.id: None for target in targets for one in ast.walk(target) if _is_set(one)}
    return tuple(found)


def _is_set(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
