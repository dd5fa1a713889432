"""Speaker notes on an exercise: what students get wrong, what a good answer weighs, how near a guess may be."""

from __future__ import annotations

import hashlib
import re

import nbformat

from crmlib.language import percent, speaking, t
from crmlib.lesson import exercises
from crmlib.lesson.exercise_files import find_exercise
from crmlib.lesson.writing import Exercise, Judgment, Prediction

CHECK = r"""^check\(["']([\w.]+)["'],\s*(\w+)\)"""
# What stands above an exercise's known mistakes, and above what a good answer to a judgment weighs.
MISTAKES = {"en": "mistakes it knows, and what it says to them", "zh": "程序认得的错误，以及给学生的提示"}
WEIGHS = {"en": "a good answer weighs", "zh": "好的回答会权衡"}
GUESSED = {"en": "a prediction: any number is an attempt", "zh": "先猜：写下任何一个数都算作答"}
NEAR = {"en": "Close means: off by no more than {near} of the value.", "zh": "相差不超过实际值的{near}，就算猜得接近。"}


def describe_exercise(cell: dict, language: str, *, with_code: bool) -> dict:
    """A cell of speaker notes on the exercise of a cell: what students get wrong, or what a good answer weighs."""
    id, name = re.search(CHECK, cell.source, flags=re.MULTILINE).groups()
    with speaking(language):
        head, points = _describe(find_exercise(id, Exercise, Judgment, Prediction), language)
        lines = [f"**{id}** · {head}", "", *(f"- {_as_prose(point)}" for point in points)]
        if with_code:
            lines += ["", "```python", exercises.solution_code(id, name), "```"]
    own = {"tags": ["notes"], "slideshow": {"slide_type": "notes"}}
    return nbformat.v4.new_markdown_cell(
        "\n".join(lines), metadata=own, id=hashlib.sha256(f"{cell.id}:notes".encode()).hexdigest()[:8]
    )


def _describe(item: Exercise | Judgment | Prediction, language: str) -> tuple[str, list[str]]:
    """What an instructor reads of an exercise: a heading, and its points in the language in use."""
    if isinstance(item, Judgment):
        return WEIGHS[language], [t(point) for point in item.weighs]
    if isinstance(item, Prediction):
        near = NEAR[language].format(near=percent(item.near, 0))
        return GUESSED[language], [near, *(t(text) for text in item.texts())]
    return MISTAKES[language], [t(mistake.advice) for mistake in item.mistakes]


def _as_prose(text: str) -> str:
    """A text as Markdown that shows its dollars and stars as they are."""
    return re.sub(r"[$*]", r"\\\g<0>", text)
