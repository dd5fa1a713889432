"""What the exercises of a lesson want, from a run of the kit's own lesson: the tables each is computed on.

The lesson runs in this process, its blanks left blank, with `check` replaced by one that notes the tables at hand.
Whatever judges answers or writes an answer key takes them from here.

    python -m crmlib.kit.key 2-customer-pyramid/1 my-company    which answers are the same on another company's data
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import currentframe
from pathlib import Path

import pandas as pd

from crmlib import lesson
from crmlib.kit.editions import make_edition
from crmlib.language import current, t, use
from crmlib.lesson import exercises
from crmlib.lesson.answers import find_fault
from crmlib.lesson.exercise_files import find_exercise, is_inside
from crmlib.lesson.replies import compute
from crmlib.lesson.sentences import names_at
from crmlib.lesson.sources import is_named, list_sources, name_of
from crmlib.lesson.writing import Exercise, Judgment, Prediction

Item = Exercise | Prediction | Judgment
COMPANY = "company"  # the parameter of a lesson that says whose data it runs on


@dataclass(frozen=True)
class Asked:
    """An exercise as a lesson asks it: what it is, and the tables it is computed on."""

    item: Item
    data: dict[str, object]

    def wanted(self) -> object:
        """The value wanted; `...` for a judgment."""
        return ... if isinstance(self.item, Judgment) else compute(self.item, self.item.function, self.data)

    def mistaken(self) -> list[tuple[str, object]]:
        """Each known mistake's advice, and the value it gives on these tables."""
        mistakes = getattr(self.item, "mistakes", [])
        return [(t(mistake.advice), compute(self.item, mistake.function, self.data)) for mistake in mistakes]


def ask_lesson(source: Path, language: str, *, company: str | None = None) -> dict[str, Asked]:
    """Run a lesson of the kit, and give its exercises with the tables they are computed on.

    Parameters
    ----------
    source : Path
        The lesson's source.
    language : str
        "en" or "zh"; answers that are texts may depend on it.
    company : str, optional
        Whose data: a company of the kit, or a folder; the lesson's own otherwise.

    Returns
    -------
    dict of Asked
        By id, in the order in which the lesson asks them.

    Raises
    ------
    RuntimeError
        The lesson does not run; the message says in which cell.
    """
    asked: dict[str, Asked] = {}

    def note(id: str, answer: object = ...) -> None:
        item = find_exercise(id, Exercise, Prediction, Judgment)
        names = {**exercises._at_hand, **names_at(currentframe().f_back)} if is_inside(id) else exercises._at_hand
        asked[id] = Asked(item, _keep(item, names))

    notebook = make_edition(source, language)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    names: dict[str, object] = {"__name__": "__main__", "display": lambda *_, **__: None}
    with _aside(language, note):
        for cell in cells:
            try:
                exec(compile(cell.source, f"<{source.stem}>", "exec"), names)
            except Exception as fault:
                said = f"{type(fault).__name__}: {fault}"
                raise RuntimeError(
                    t(
                        "the kit's lesson {name} must run, and does not: {fault} In the cell: {cell}",
                        name=name_of(source),
                        fault=said,
                        cell=cell.source.splitlines()[0],
                    )
                ) from fault
            if company is not None and "parameters" in cell.metadata.get("tags", []):
                _set_company(names, company, source)
    return asked


def find_unmoved(source: Path, company: str) -> tuple[list[str], list[str]]:
    """Exercises of a lesson whose answer is the same on another company's data.

    Returns
    -------
    (list of str, list of str)
        Those that are not about the company: their tables are the same, typed by hand or of a real firm. And those
        whose tables are others and whose answer is not: whoever has heard the answer need not work.
    """
    ours, theirs = ask_lesson(source, "en"), ask_lesson(source, "en", company=company)
    elsewhere, unmoved = [], []
    for id, asked in ours.items():
        if isinstance(asked.item, Judgment):
            continue
        if find_fault(asked.data, theirs[id].data, ordered=True) is None:
            elsewhere.append(id)
        elif find_fault(asked.wanted(), theirs[id].wanted()) is None:
            unmoved.append(id)
    return elsewhere, unmoved


def _set_company(names: dict[str, object], company: str, source: Path) -> None:
    if COMPANY not in names:
        raise RuntimeError(
            t(
                "{name} must have a parameter {parameter} to run on other data, and has none. Leave --company out.",
                name=name_of(source),
                parameter=COMPANY,
            )
        )
    names[COMPANY] = company


def _keep(item: Item, names: dict[str, object]) -> dict[str, object]:
    """Of the names at hand those that an exercise and its mistakes are computed from, as they are now."""
    functions = [mistake.function for mistake in getattr(item, "mistakes", [])]
    functions += [item.function] if hasattr(item, "function") else []
    wanted = {name for function in functions for name in inspect.signature(function).parameters} & set(names)
    return {name: _copy(names[name]) for name in wanted}


def _copy(value: object) -> object:
    # A shallow copy does: pandas copies on write.
    return value.copy(deep=False) if isinstance(value, (pd.Series, pd.DataFrame)) else copy.deepcopy(value)


@contextlib.contextmanager
def _aside(language: str, note: object) -> Iterator[None]:
    """A lesson's run leaves nothing on the terminal, draws no window, and nothing of it stays behind."""
    import matplotlib
    from matplotlib import pyplot as plt

    before, check, kept, backend = current(), exercises.check, dict(exercises._at_hand), matplotlib.get_backend()
    exercises.check = lesson.check = note
    exercises._at_hand.clear()
    try:
        plt.switch_backend("Agg")
        use(language)
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        plt.close("all")
        plt.switch_backend(backend)
        exercises.check = lesson.check = check
        exercises._at_hand.clear()
        exercises._at_hand.update(kept)
        use(before)


def main(beginning: str, company: str) -> int:
    """Say which answers of a lesson do not move with the company; 1 where one should and does not."""
    source = next((one for one in list_sources() if is_named(one, beginning)), None)
    if source is None:
        print(f"No lesson begins with {beginning}. There are: {', '.join(map(name_of, list_sources()))}.")
        return 2
    elsewhere, unmoved = find_unmoved(source, company)
    print(f"On data of their own, typed by hand or of a real firm: {', '.join(elsewhere) or 'none'}.")
    print(f"On the company's data, and the same all the same: {', '.join(unmoved) or 'none'}.")
    return 1 if unmoved else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
