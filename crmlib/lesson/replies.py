"""What an answer is told: not attempted, right, a mistake known by name, not yet, written, or how a guess stands.

`reply_to` looks at an answer and shows nothing; `exercises` shows what it says. The value wanted is in no reply.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from crmlib.language import t
from crmlib.lesson.answers import is_blank
from crmlib.lesson.display import join_sentences
from crmlib.lesson.exercise_files import read_question
from crmlib.lesson.general import find_general
from crmlib.lesson.guesses import tell_guess
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.numbers import as_float, is_known_by_digits, is_nearly
from crmlib.lesson.plain import Known
from crmlib.lesson.typed import read_typed
from crmlib.lesson.words import fault_of_words
from crmlib.lesson.worked import Worked, compute
from crmlib.lesson.writing import Exercise, Judgment, Prediction

THOUSANDS = 1000
NEAR = ("rounded", "rounded too much", "percentage")  # right, and written in another way: nothing else is near


@dataclass(frozen=True)
class Reply:
    """A state, its heading, what is said, what a program reads (which mistake it was), and a list to tick."""

    state: str
    head: str
    text: str = ""
    marks: dict[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def reply_to(
    item: Exercise | Prediction | Judgment,
    answer: object,
    data: dict[str, object],
    others: dict[str, object] | None = None,
) -> Reply:
    """What an answer is told.

    `data` are the tables that the exercise is computed on, `others` further ones that a student may have
    taken by mistake, such as those of the notebook.
    """
    if is_blank(answer):
        return Reply("not attempted", t("Not attempted yet."), _what_to_do(item))
    if isinstance(item, Judgment):
        return _reply_to_words(item, answer)
    if isinstance(item, Prediction):
        return _reply_to_guess(item, answer, data)
    return reply_to_value(Worked(item, data, others), answer)


def _what_to_do(item: Exercise | Prediction | Judgment) -> str:
    if isinstance(item, Prediction):
        return t(
            "Write a number that seems likely to you in place of the three dots and run the cell again; then look."
        )
    todo = t("Write your answer in place of the three dots and run the cell again.")
    return join_sentences(todo, ways_on(item))


def _reply_to_words(item: Judgment, answer: object) -> Reply:
    if not issubclass(type(answer), str):
        return Reply("wrong", t('Words are wanted: a sentence or two in quotes, "...".'), ways_on(item))
    fault = fault_of_words(answer, [*item.hints, *map(t, item.hints), *read_question(item.id)])
    if fault is not None:
        return Reply("wrong", t("Not yet."), join_sentences(fault, first_hint(item)))
    compare = t(
        "There is no one right answer. Tick what yours weighs; {solution} shows an example.",
        solution=f'solution("{item.id}")',
    )
    return Reply("written", t("Written."), compare, notes=tuple(f"☐ {t(point)}" for point in item.weighs))


def _reply_to_guess(item: Prediction, answer: object, data: dict[str, object]) -> Reply:
    stands, text = tell_guess(compute(item, item.function, data), answer, near=item.near)
    if stands is None:
        return Reply("wrong", t("Not yet."), join_sentences(text, first_hint(item)))
    why = t(item.why) if item.why else ""
    return Reply("guessed", t("Guessed."), join_sentences(text, t("Now look."), why), {"guess": stands})


def reply_to_value(worked: Worked, answer: object) -> Reply:
    """What an answer to an exercise is told; `worked` may be kept for many answers to the same exercise."""
    item = worked.item
    if is_blank(answer):
        return Reply("not attempted", t("Not attempted yet."), _what_to_do(item))
    fault = item.compare(worked.wanted, answer)
    if fault is None:
        return Reply("right", t("Right."), t(item.why), {"alike": list_alike(item, worked.data)})
    typed = read_typed(answer) if kind_of(worked.wanted) == "number" and type(answer) in (str, tuple) else None
    label = _find_known(worked, answer) if typed is not None else None  # "1043" may be a household
    if typed is not None and label is None:
        return _reply_to_typed(worked, typed)
    position = _find_mistake(worked, answer)
    if position is not None:
        return Reply("mistake", t("Not yet."), t(item.mistakes[position].advice), {"mistake": position})
    known = _find_known(worked, answer)
    if known is not None:
        head = t("Nearly.") if known.name in NEAR else t("Not yet.")
        text = join_sentences(known.advice, first_hint(item)) if known.name in ("all", "nothing") else known.advice
        return Reply("mistake", head, text, {"general": known.name})
    return Reply("wrong", t("Not yet."), join_sentences(fault, first_hint(item), _ways_after_first(item)))


def _find_known(worked: Worked, answer: object) -> Known | None:
    try:
        return find_general(worked, answer)
    except Exception:  # whatever an object does when one looks into it, who answered gets a sentence
        return None


def _reply_to_typed(worked: Worked, number: float) -> Reply:
    """What a number typed as a text or with a comma is told: how to write it, and then what is wrong about it."""
    how = t('Write it as a plain number, without quotes, commas, signs and units: 1234.5, not "¥1,234.5".')
    item, wanted = worked.item, worked.wanted
    if item.compare(wanted, number) is None or is_nearly(wanted, number, tolerance=item.tolerance):
        return Reply("mistake", t("Nearly."), join_sentences(t("The number is right."), how), {"general": "typed"})
    reply = reply_to_value(worked, number)
    return replace(reply, text=join_sentences(how, reply.text))


def _find_mistake(worked: Worked, answer: object) -> int | None:
    """Which known mistake the answer is; people give it rounded or in percent, too."""
    item, wanted = worked.item, worked.wanted
    exact = [place for place, value in worked.mistakes if item.compare(value, answer) is None]
    # "0.8" is what many things come to, and a guess as well: two digits must be written. So is 3,500, between
    # thousands of amounts: of those, three.
    nearly = [
        place
        for place, value in worked.mistakes
        if is_nearly(value, answer, tolerance=item.tolerance)
        and is_known_by_digits(value, answer, digits=3 if abs(as_float(answer)) >= THOUSANDS else 2)
    ]
    if exact or is_nearly(wanted, answer, tolerance=item.tolerance):
        nearly = []
    return next(iter(exact + nearly), None)


def list_alike(item: Exercise, data: dict[str, object]) -> list[int]:
    """Which mistakes do no harm on these data: they give the value wanted."""
    wanted = compute(item, item.function, data)
    mistakes = enumerate(item.mistakes)
    return [place for place, mistake in mistakes if item.compare(wanted, compute(item, mistake.function, data)) is None]


def first_hint(item: Exercise | Prediction) -> str:
    """The first hint itself, as it stands behind "Not yet"."""
    return t("Hint: {hint}", hint=t(item.hints[0])) if item.hints else ""


def _ways_after_first(item: Exercise) -> str:
    """What to call when the first hint has been read already."""
    if len(item.hints) < 2:
        return ways_on(item) if not item.hints else t("Still stuck? {solution}.", solution=f'solution("{item.id}")')
    return t(
        "Still stuck? {hint} is the next hint; then {solution}.",
        hint=f'hint("{item.id}", 2)',
        solution=f'solution("{item.id}")',
    )


def ways_on(item: Exercise | Prediction | Judgment) -> str:
    """What to call when one is stuck."""
    show = f'solution("{item.id}")'
    if not item.hints:
        return t("To compare with: {solution}.", solution=show)
    return t(
        "Stuck? There are {n} hints, {hint} is the first; then {solution}.",
        n=len(item.hints),
        hint=f'hint("{item.id}")',
        solution=show,
    )
