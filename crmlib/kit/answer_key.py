"""The instructor's answer key of a lesson: a page with its plan, and what each exercise wants on the lesson's data.

For each exercise the value wanted and the code, each known mistake's value and its advice, the hints; for a judgment
what a good answer weighs; for a question its choices and what to say to each. Values come from a run. The pages lie in
``build/answers/``, which git ignores: no student gets one with the kit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from crmlib.files.places import ROOT
from crmlib.kit.key import Asked, ask_lesson
from crmlib.kit.lesson_plan import read_plan
from crmlib.kit.plain_page import as_prose, write_page
from crmlib.kit.plain_values import shorten
from crmlib.language import LANGUAGES, percent, speaking, t
from crmlib.lesson import exercises
from crmlib.lesson.exercise_files import read_exercises
from crmlib.lesson.sources import exercises_beside, has_exercises, name_of, read_twins
from crmlib.lesson.writing import Judgment, Prediction, Question

ANSWERS = ROOT / "build" / "answers"
LONGEST = 160  # characters of a value


def write_key(source: Path, language: str, root: Path = ANSWERS) -> Path:
    """Run a lesson and write its answer key: one HTML file."""
    with speaking(language):
        asked = ask_lesson(source, language)
        title = read_twins(source)[0][LANGUAGES.index(language)].source
        heading = re.search(r"^# (.+)$", title, flags=re.MULTILINE)[1]
        blocks = [f"# {heading}", t("For instructors. Values are those of the lesson's own data.")]
        blocks += [f"**{lead}** {said}" for lead, said in read_plan(source, language).items()]
        for id, one in asked.items():
            blocks += [f"## {id}", *_describe(id, one)]
        for item in read_exercises(exercises_beside(source)).values():
            if isinstance(item, Question):
                blocks += [f"## {item.id}", *_describe_question(item)]
    path = root / language / Path(name_of(source)).with_suffix(".html")
    return write_page(path, heading, "\n\n".join(blocks), language)


def _describe(id: str, asked: Asked) -> Iterator[str]:
    """An exercise, as blocks of Markdown in the language in use."""
    item = asked.item
    if isinstance(item, Judgment):
        yield t("A good answer weighs:")
        yield "\n".join(f"- {as_prose(t(point))}" for point in item.weighs)
        example = t("For example:")
        yield f"{example} {as_prose(t(item.example))}"
    else:
        wanted = t("Wanted: {value}", value=as_prose(shorten(asked.wanted(), LONGEST)))
        yield f"**{wanted}**"
        yield f"```python\n{exercises.solution_code(id)}\n```"
        if isinstance(item, Prediction):
            yield t("A guess is close up to {near} off.", near=percent(item.near, 0))
        yield as_prose(t(item.why)) if item.why else ""
        rows = [f"| {_cell(shorten(value, LONGEST))} | {_cell(advice)} |" for advice, value in asked.mistaken()]
        gives, told = t("a mistake gives"), t("and is told")
        if rows:
            yield "\n".join([f"| {gives} | {told} |", "|---|---|", *rows])
    if item.hints:
        yield t("Hints:")
        yield "\n".join(f"{n}. {as_prose(t(hint))}" for n, hint in enumerate(item.hints, 1))


def _describe_question(item: Question) -> Iterator[str]:
    yield f"**{as_prose(t(item.text))}**"
    options = zip("ABCDEFGH", item.options, strict=False)
    lines = [
        f"- {'✓ ' if option.right else ''}{letter}. {as_prose(t(option.text))} — {as_prose(t(option.feedback))}"
        for letter, option in options
    ]
    yield "\n".join(lines)


def _cell(text: str) -> str:
    return as_prose(text).replace("|", "\\|").replace("\n", " ")


def write_keys(sources: Iterable[Path]) -> Iterator[Path]:
    """The answer keys of lessons, in both languages."""
    for source in filter(has_exercises, sources):
        for language in LANGUAGES:
            yield write_key(source, language)
