"""The known ways to a wrong number, the plainest first: steps on the way, the mean for the sum, another table or year.

`find_ways` yields each with the number it leads to and what to say. It does not know the answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from itertools import chain

import pandas as pd

from crmlib.language import t
from crmlib.lesson.display import join_sentences
from crmlib.lesson.in_lesson import list_of_lesson, list_shown
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import as_float
from crmlib.lesson.plain import Known, list_by_counts, list_plain
from crmlib.lesson.steps import Step, selects_rows, trace_steps
from crmlib.lesson.unsummed import SUMMARIES
from crmlib.lesson.variants import list_variants
from crmlib.lesson.writing import Exercise

MOST_STEPS = 200
TRIVIAL = (0.0, 1.0)
WHOLE = tuple(name for name in SUMMARIES if name not in ("max", "min"))  # the largest of a part is often that of all


def find_ways(
    item: Exercise,
    wanted: float,
    steps: list[Step],
    *,
    given: dict[str, object],
    data: dict[str, object],
    others: dict[str, object],
) -> Iterator[Known]:
    """The ways to a wrong number of an exercise.

    Parameters
    ----------
    item : Exercise
        The exercise; its written mistakes are looked at too.
    wanted : float
        The number that is right.
    steps : list of Step
        The steps of the right way.
    given, data, others : dict
        What the correct function takes; what the exercises of the lesson are computed on; what else the notebook holds.
    """
    plain = list(list_plain(wanted))
    yield from (one for one in plain if one.name not in ("factor", "two"))
    told = t("That is given in the question. What is asked for?")
    yield from (Known("given", value, told) for value in given.values())
    divides = any(step.role == "divisor" or ".mean(" in step.code for step in steps)
    counts = _count(chain(given.values(), (step.value for step in steps)))
    yield from list_by_counts(wanted, counts, divides=divides)
    yield from (one for one in plain if one.name == "factor")  # a hundred members: the mean is no slip of the point
    yield from _list_steps(steps, wanted)
    yield from list_of_lesson(item, others)
    yield from _list_unchosen(steps)
    yield from _list_summaries(steps)
    if selects_rows(item.function):
        yield from _list_whole_tables(given)
    yield from (Known(*one) for one in _as_known(list_variants(item.function, given, {**data, **others})))
    yield from _list_mistaken(item, data)
    yield from _list_steps_of_mistakes(item, data, steps)
    yield from list_shown(item, others)
    yield from (one for one in plain if one.name == "two")  # of few numbers one is soon the double of another


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


def _list_steps(steps: list[Step], wanted: float) -> Iterator[Known]:
    numbers = [step for step in steps if kind_of(step.value) == "number" and not _is_plain(step)]
    for step in sorted(numbers, key=lambda step: step.role == "step"):
        if as_float(step.value) not in TRIVIAL:
            yield Known("step", step.value, _next_after(step.role))
    condition = t("That is how many meet a condition: a step on the way, and not the last one yet.")
    for step in steps:
        if isinstance(step.value, pd.Series) and pd.api.types.is_bool_dtype(step.value):
            yield Known("condition", int(step.value.sum()), condition)
        elif isinstance(step.value, (pd.Series, pd.DataFrame)) and len(step.value) > 2:
            yield Known("step", len(step.value), _after_counting(len(step.value), wanted))


def _after_counting(n: int, wanted: float) -> str:
    """What follows on counting all: where a number of them may be asked for, which of them; else their values."""
    if float(wanted).is_integer() and 0 <= wanted <= n:
        return t("That is how many there are in all. Which of them are asked for?")
    return t("That is how many there are. What do they come to?")


def _is_plain(step: Step) -> bool:
    """Is it a number of the text, or 50 + 50 below a line? Both are reached without a thought of it."""
    return step.code.replace(".", "").isdigit() or (step.role == "divisor" and not any(map(str.isalpha, step.code)))


def _next_after(role: str) -> str:
    return {
        "divided": t("A step on the way: it is still to be divided. By what?"),
        "divisor": t("A step on the way: it is what one divides by. What is to be divided?"),
        "factor": t("A step on the way: it is still to be multiplied. By what?"),
        "minuend": t("A step on the way: something is still to be taken off."),
        "subtrahend": t("A step on the way: it is to be taken off something."),
        "summand": t("A step on the way: something is still to be added."),
        "unrounded": t("That is not a whole number yet: int(x + 0.5) rounds it."),
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
            yield from (Known("whole table", getattr(step.value, name)(), advice) for name in WHOLE)


def _list_whole_tables(given: dict[str, object]) -> Iterator[Known]:
    """What the whole of a table comes to, where a part of it is asked for."""
    advice = t("That is taken over the whole table. Which rows does the question ask about?")
    for table in given.values():
        columns = [table[name] for name in table.columns] if isinstance(table, pd.DataFrame) else [table]
        for values in columns:
            is_column = isinstance(values, pd.Series) and pd.api.types.is_numeric_dtype(values)
            if is_column and len(values) > 2 and not pd.api.types.is_bool_dtype(values):
                yield from (Known("whole table", getattr(values, name)(), advice) for name in WHOLE)


def _list_mistaken(item: Exercise, data: dict[str, object]) -> Iterator[Known]:
    """A written mistake and a plain one together; the second is said of the mistake, of which nothing is right."""
    besides = {
        "sign": t("Besides, plus and minus are exchanged."),
        "complement": t("Besides, you gave the rest of the whole: one minus that share."),
        "factor": t("Besides, the place of the point is another: a zero too many or too few."),
    }
    for mistake in item.mistakes:
        names = inspect.signature(mistake.function).parameters
        if not all(name in data for name in names):
            continue
        given = {name: data[name] for name in names}
        value = mistake.function(**given)
        if kind_of(value) != "number" or pd.isna(value):
            continue
        for one in list_plain(as_float(value)):
            if one.name in besides:
                yield Known("two mistakes", one.value, join_sentences(t(mistake.advice), besides[one.name]))


def _list_steps_of_mistakes(item: Exercise, data: dict[str, object], right: list[Step]) -> Iterator[Known]:
    """Where somebody stopped on the way of a written mistake: steps that the right way does not have."""
    roles = {
        "unrounded",
        *(step.role for step in right),
    }  # where the right way does not divide, nothing is to be divided
    known = {as_float(step.value) for step in right if kind_of(step.value) == "number"}
    for mistake in item.mistakes:
        names = inspect.signature(mistake.function).parameters
        if not all(name in data for name in names):
            continue
        for step in trace_steps(mistake.function, {name: data[name] for name in names})[:MOST_STEPS]:
            is_new = kind_of(step.value) == "number" and as_float(step.value) not in known | set(TRIVIAL)
            if is_new and step.role in roles - {"divisor"} and not _is_plain(step):
                yield Known("step of a mistake", step.value, join_sentences(_next_after(step.role), t(mistake.advice)))
