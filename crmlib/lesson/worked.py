"""An exercise worked out on its data: what is right, what each mistake comes to, and every known way to a wrong number.

None of it hangs on the answer. So it is computed when it is first asked for, and kept for the next answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property

from crmlib.language import t
from crmlib.lesson.exercise_files import is_inside
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import as_float
from crmlib.lesson.plain import Known
from crmlib.lesson.steps import Step, trace_steps
from crmlib.lesson.ways import MOST_STEPS, find_ways
from crmlib.lesson.writing import Exercise, Prediction


class Worked:
    """An exercise on the data at hand; make one for many answers to the same exercise.

    Parameters
    ----------
    item : Exercise
        The exercise.
    data : dict
        What it is computed on, by the name of its parameter.
    others : dict, optional
        What the notebook holds beside it: tables that a student may have taken by mistake, numbers of the lesson.
    """

    def __init__(self, item: Exercise, data: dict[str, object], others: dict[str, object] | None = None) -> None:
        self.item, self.data, self.others = item, data, others or {}
        self._kept: list[Known] = []

    @cached_property
    def wanted(self) -> object:
        """The value that is right."""
        return compute(self.item, self.item.function, self.data)

    @cached_property
    def given(self) -> dict[str, object]:
        """The data that the correct function takes."""
        return {name: self.data[name] for name in inspect.signature(self.item.function).parameters}

    @cached_property
    def steps(self) -> list[Step]:
        """The steps of the right way."""
        return trace_steps(self.item.function, self.given)[:MOST_STEPS]

    @cached_property
    def mistakes(self) -> list[tuple[int, object]]:
        """The place and the value of each written mistake that does harm on these data: the others are none."""
        values = [compute(self.item, mistake.function, self.data) for mistake in self.item.mistakes]
        return [(place, value) for place, value in enumerate(values) if self.item.compare(self.wanted, value)]

    def list_ways(self) -> Iterator[Known]:
        """The known ways to a wrong number, the plainest first; each is tried once, however many answers come."""
        place = 0
        while place < len(self._kept) or self._keep_next():
            yield self._kept[place]
            place += 1

    def _keep_next(self) -> bool:
        found = next((one for one in self._ways if kind_of(one.value) == "number"), None)
        if found is not None:
            self._kept.append(found)
        return found is not None

    @cached_property
    def _ways(self) -> Iterator[Known]:
        worked = {"given": self.given, "data": self.data, "others": self.others}
        return find_ways(self.item, as_float(self.wanted), self.steps, **worked)


def compute(item: Exercise | Prediction, function: Callable, data: dict[str, object]) -> object:
    """The value of an exercise's function, correct or mistaken, on `data`.

    Raises
    ------
    ValueError
        A table is not there yet, or, inside a lesson, the notebook's own is no longer what it was.
    """
    names = list(inspect.signature(function).parameters)
    missing = [name for name in names if name not in data]
    if missing and is_inside(item.id):
        raise ValueError(
            t("{id} must know {missing}, and does not yet. Run the cells above it first.", id=item.id, missing=missing)
        )
    if missing:
        raise ValueError(
            t(
                "exercise {id} must know {missing}, and does not yet. "
                "Run the cells above it first; one of them calls practice_on(...).",
                id=item.id,
                missing=missing,
            )
        )
    try:
        return function(**{name: data[name] for name in names})
    except Exception as fault:
        if not is_inside(item.id):
            raise
        raise ValueError(
            t(
                "{id} must be computed from {names} as the cells above make them, and they are something else by now. "
                "Choose Run, Restart Kernel and Run up to Selected Cell.",
                id=item.id,
                names=names,
            )
        ) from fault
