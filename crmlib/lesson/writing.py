"""What exercises are written with.

exercise     one right value: a correct function, hints, and the mistakes that people make
prediction   a number guessed before a figure: the function that computes it, and how near is close
judgment     words: what a good answer weighs, and one that does
question     choices, one of them right

A lesson has exercises at its end, "2.1.1", "2.1.2" ..., and blanks inside it, "2.1.a", "2.1.b" ... in the order in
which they appear: an exercise after the hand calculation, a prediction before a figure. The parameters of a function
are names given to `practice_on`; of a blank inside, names that the notebook has set above it.

Texts are written in English, and shown in the language in use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crmlib.language import t
from crmlib.lesson.answers import TOLERANCE, find_fault


class Mistake(NamedTuple):
    """A known mistake: what to say, and the function that makes it."""

    advice: str
    function: Callable


class LessonData(NamedTuple):
    """What the data of an exercise are in the lesson: what they are about, what the exercise asks about, and they."""

    about: str
    asks: str
    function: Callable


@dataclass
class Exercise:
    """An exercise with one right value; made by `exercise`."""

    id: str
    function: Callable
    why: str
    hints: Sequence[str]
    tolerance: float = TOLERANCE
    ordered: bool = False
    mistakes: list[Mistake] = field(default_factory=list)
    lessons: list[LessonData] = field(default_factory=list)

    def mistake(self, advice: str) -> Callable:
        """Decorate the function that makes a known mistake with the advice for it."""

        def keep(function: Callable) -> Callable:
            self.mistakes.append(Mistake(advice, function))
            return function

        return keep

    def in_lesson(self, about: str, *, asks: str) -> Callable:
        """Decorate the function that says what the exercise's data are in the lesson, from names of the notebook.

        It returns a dict by the names that the exercise takes, or a number that the lesson prints. Who answers with a
        number of these data is told what they are about, and what the exercise asks about.

        Parameters
        ----------
        about, asks : str
            Parts of a sentence: "2025", "the grocer".
        """

        def keep(function: Callable) -> Callable:
            self.lessons.append(LessonData(about, asks, function))
            return function

        return keep

    def compare(self, wanted: object, answer: object) -> str | None:
        return find_fault(wanted, answer, tolerance=self.tolerance, ordered=self.ordered)

    def texts(self) -> list[str]:
        told = [text for lesson in self.lessons for text in (lesson.about, lesson.asks)]
        return [self.why, *self.hints, *(mistake.advice for mistake in self.mistakes), *told]


def exercise(
    id: str, *, why: str, hints: Sequence[str], tolerance: float = TOLERANCE, ordered: bool = False
) -> Callable[[Callable], Exercise]:
    """Decorate the correct function: its parameters are names given to `practice_on`.

    `why` says what the right answer is good for; `hints` go from a nudge to nearly the
    code. The function ends with its only ``return``: its body is the solution's cell.
    """
    return lambda function: Exercise(id, function, why, hints, tolerance, ordered)


@dataclass
class Prediction:
    """A number to guess before one looks; made by `prediction`."""

    id: str
    function: Callable
    near: float
    why: str = ""
    hints: Sequence[str] = ()

    def texts(self) -> list[str]:
        return [text for text in (self.why, *self.hints) if text]


def prediction(id: str, *, near: float, why: str = "", hints: Sequence[str] = ()) -> Callable[[Callable], Prediction]:
    """Decorate the function that computes what is to be guessed: its parameters are names set above the blank.

    Any number is an attempt. The reply says whether it is close, too small or too large, and never the value.

    Parameters
    ----------
    id : str
        Of a blank inside a lesson: "2.1.b".
    near : float
        How far a guess may be from the value to be called close, as a part of the value: 0.2 is a fifth of it.
    why : str, optional
        What to look for in the figure below. It does not say the value.
    hints : sequence of str, optional
        What one may think of before guessing.

    Examples
    --------
    >>> @prediction("2.1.b", near=0.2, why="Money is spread less evenly than heads.")
    ... def best_fifth(spending):
    ...     return spending.nlargest(len(spending) // 5).sum() / spending.sum()
    >>> best_fifth.near
    0.2
    """
    if not 0 < near < 1:
        raise ValueError(
            t(
                "near must be a part of the value between 0 and 1; got {near}. For example 0.2: a fifth of it.",
                near=near,
            )
        )
    return lambda function: Prediction(id, function, near, why, hints)


@dataclass(kw_only=True)
class Judgment:
    """An exercise without a right value: what a good answer weighs, and one that does."""

    id: str
    weighs: Sequence[str]
    example: str
    hints: Sequence[str] = ()

    def texts(self) -> list[str]:
        return [*self.weighs, self.example, *self.hints]


def judgment(id: str, *, weighs: Sequence[str], example: str, hints: Sequence[str] = ()) -> Judgment:
    """An exercise that asks for a judgment, in words."""
    return Judgment(id=id, weighs=weighs, example=example, hints=hints)


class Option(NamedTuple):
    """A choice of a question, and what to say to who takes it."""

    text: str
    feedback: str
    right: bool = False


@dataclass
class Question:
    """A question with choices, one of them right; made by `question`."""

    id: str
    text: str
    options: Sequence[Option]

    def texts(self) -> list[str]:
        return [self.text, *(text for option in self.options for text in option[:2])]


def question(id: str, text: str, options: Sequence[Option]) -> Question:
    """A question of understanding; exactly one option is right."""
    if sum(option.right for option in options) != 1:
        raise ValueError(
            t("question {id} must have exactly one right option. Put right=True behind one of them.", id=id)
        )
    return Question(id, text, options)


Item = Exercise | Prediction | Judgment | Question
