"""Exercises: check an answer, give a hint, show the solution, ask a question.

In a lesson:

    practice_on(spending=spending)   the tables that the exercises are computed on
    check("2.1.1", answer)           right, a known mistake and its advice, or what is wrong about it
    hint("2.1.1"), hint("2.1.1", 2)  from a nudge to nearly the code
    solution("2.1.1")                the code, and why it matters
    quiz("2.1.q1")                   a question with an answer to every choice

The exercises themselves are written with `writing` and lie where `exercise_files` finds them. An
exercise is a correct function, hints, and the mistakes that people make, each a function with
advice of its own. All are computed on the tables at hand, so they hold for other data as well.
The value wanted is never shown.
"""

from __future__ import annotations

import ast
import copy
import inspect
import re
import textwrap
from collections.abc import Callable

import pandas as pd

from crmlib.language import current, t
from crmlib.lesson.answers import is_blank
from crmlib.lesson.display import BLUE, as_html, frame, join_sentences, show_marked
from crmlib.lesson.exercise_files import find_exercise
from crmlib.lesson.numbers import is_nearly
from crmlib.lesson.writing import Exercise, Judgment, Option, Question

COLORS = {"right": "#009E73", "written": "#009E73", "mistake": "#E69F00", "wrong": "#D55E00", "not attempted": "#999"}
_at_hand: dict[str, object] = {}  # what practice_on was given; the only thing remembered between two calls


def practice_on(**data: object) -> None:
    """Set the tables that the exercises below are computed on.

    They are kept as they are now: what you do to your own later does no harm. Call it
    again with other tables, and the exercises are about those.
    """
    for name, value in data.items():
        # A shallow copy does: pandas copies on write.
        is_table = isinstance(value, (pd.Series, pd.DataFrame))
        _at_hand[name] = value.copy(deep=False) if is_table else copy.deepcopy(value)


def check(id: str, answer: object = ...) -> None:
    """Say how an answer stands: not attempted, right, a known mistake, wrong and why; or written.

    Nothing is stored, and the value wanted is not shown.
    """
    item = find_exercise(id, Exercise, Judgment)
    if is_blank(answer):
        todo = t("Write your answer in place of the three dots and run the cell again.")
        _tell(id, "not attempted", t("Not attempted yet."), join_sentences(todo, _ways_on(item)))
    elif isinstance(item, Judgment):
        _check_judgment(item, answer)
    else:
        _check_exercise(item, answer)


def _check_judgment(item: Judgment, answer: object) -> None:
    if issubclass(type(answer), str):
        _tell(
            item.id,
            "written",
            t("Written."),
            t(
                "There is no one right answer: compare yours with what a good one weighs, {solution}.",
                solution=f'solution("{item.id}")',
            ),
        )
    else:
        _tell(item.id, "wrong", t('Words are wanted: a sentence or two in quotes, "...".'), _ways_on(item))


def _check_exercise(item: Exercise, answer: object) -> None:
    wanted = compute(item, item.function, _at_hand)
    fault = item.compare(wanted, answer)
    if fault is None:
        return _tell(item.id, "right", t("Right."), t(item.why), alike=list_alike(item, _at_hand))
    position = _find_mistake(item, wanted, answer)
    if position is not None:
        return _tell(item.id, "mistake", t("Not quite."), t(item.mistakes[position].advice), mistake=position)
    return _tell(item.id, "wrong", t("Not yet."), join_sentences(fault, _ways_on(item)))


def _find_mistake(item: Exercise, wanted: object, answer: object) -> int | None:
    """Which known mistake the answer is; people give it rounded or in percent, too."""
    values = [compute(item, mistake.function, _at_hand) for mistake in item.mistakes]
    # On some data a mistake does no harm: then it is none to report.
    harmful = [(place, value) for place, value in enumerate(values) if item.compare(wanted, value) is not None]
    exact = [place for place, value in harmful if item.compare(value, answer) is None]
    nearly = [place for place, value in harmful if is_nearly(value, answer, tolerance=item.tolerance)]
    if exact or is_nearly(wanted, answer, tolerance=item.tolerance):
        nearly = []
    return next(iter(exact + nearly), None)


def compute(item: Exercise, function: Callable, data: dict[str, object]) -> object:
    """The value of an exercise's function, correct or mistaken, on `data`."""
    names = list(inspect.signature(function).parameters)
    missing = [name for name in names if name not in data]
    if missing:
        raise ValueError(
            t(
                "exercise {id} must know {missing}, and does not yet. "
                "Run the cells above it first; one of them calls practice_on(...).",
                id=item.id,
                missing=missing,
            )
        )
    return function(**{name: data[name] for name in names})


def list_alike(item: Exercise, data: dict[str, object]) -> list[int]:
    """Which mistakes do no harm on these data: they give the value wanted."""
    wanted = compute(item, item.function, data)
    mistakes = enumerate(item.mistakes)
    return [place for place, mistake in mistakes if item.compare(wanted, compute(item, mistake.function, data)) is None]


def _ways_on(item: Exercise | Judgment) -> str:
    show = f'solution("{item.id}")'
    if not item.hints:
        return t("To compare with: {solution}.", solution=show)
    return t(
        "Stuck? There are {n} hints, {hint} is the first; then {solution}.",
        n=len(item.hints),
        hint=f'hint("{item.id}")',
        solution=show,
    )


def hint(id: str, n: int = 1) -> None:
    """Give the n-th hint; the first if you do not say."""
    item = find_exercise(id, Exercise, Judgment)
    if n not in range(1, len(item.hints) + 1):
        text = t(
            "There are {n} hints: {hint} is the last. Then there is {solution}.",
            n=len(item.hints),
            hint=f'hint("{id}", {len(item.hints)})',
            solution=f'solution("{id}")',
        )
        return _show_in_frame(f"{id}: {text}", as_html(text), kind="hint", id=id)
    head = t("Hint {n} of {total}:", n=n, total=len(item.hints))
    text = t(item.hints[n - 1])
    body = join_sentences(f"<b>{as_html(head)}</b>", as_html(text))
    return _show_in_frame(f"{id}: {join_sentences(head, text)}", body, kind="hint", id=id, n=n)


def solution(id: str) -> None:
    """Show how it is done, and why it matters; for a judgment, what a good answer weighs."""
    item = find_exercise(id, Exercise, Judgment)
    if isinstance(item, Judgment):
        head, example = t("A good answer weighs:"), t("For example:")
        points = [t(point) for point in item.weighs]
        lines = [f"{id}: {head}", *(f"- {point}" for point in points), f"{example} {t(item.example)}"]
        body = f"<b>{as_html(head)}</b><ul>{''.join(f'<li>{as_html(point)}</li>' for point in points)}</ul>"
        body += f"<b>{as_html(example)}</b> {as_html(t(item.example))}"
        return _show_in_frame("\n".join(lines), body, kind="solution", id=id)
    head, code = t("One way to do it:"), solution_code(id)
    body = f"<b>{as_html(head)}</b><pre>{as_html(code)}</pre>{as_html(t(item.why))}"
    return _show_in_frame(f"{id}: {head}\n{code}\n{t(item.why)}", body, kind="solution", id=id)


def solution_code(id: str, name: str | None = None) -> str:
    """The code of the correct answer, as it would stand in a cell that sets `name`.

    For a judgment, the example as text in the language in use.
    """
    item = find_exercise(id, Exercise, Judgment)
    if isinstance(item, Judgment):
        width = 50 if current() == "zh" else 100
        lines = textwrap.wrap(t(item.example), width, drop_whitespace=False)
        return "\n".join([f"{name or 'answer'} = (", *(f"    {line!r}" for line in lines), ")"])
    source = textwrap.dedent(inspect.getsource(item.function))
    body = ast.parse(source).body[0].body
    if ast.get_docstring(ast.parse(source).body[0]):
        body = body[1:]
    returns = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Return)]
    if len(returns) != 1 or not isinstance(body[-1], ast.Return):
        raise ValueError(
            t("the correct function of {id} must end with its only return; it has {n}.", id=id, n=len(returns))
        )
    lines = source.splitlines()
    first = body[0].lineno - 1
    while lines[first - 1].lstrip().startswith("#"):
        first -= 1
    last = body[-1].lineno - 1
    lines[last] = re.sub(r"^(\s*)return\b", rf"\1{name or item.function.__name__} =", lines[last])
    return textwrap.dedent("\n".join(lines[first:])).strip()


def quiz(id: str) -> None:
    """Ask a question: choices to click in JupyterLab, to open in a page; each says what it means."""
    item = find_exercise(id, Question)
    replies = [_reply(option) for option in item.options]
    labels = [f"{letter}. {t(option.text)}" for letter, option in zip("ABCDEFGH", item.options, strict=False)]
    text = "\n".join([f"{id}: {t(item.text)}", *labels])
    choices = [
        f'<details style="margin: .2em 0"><summary>{as_html(label)}</summary>'
        f'<div style="margin: .2em 1.2em">{as_html(reply)}</div></details>'
        for label, reply in zip(labels, replies, strict=True)
    ]
    body = f"<b>{as_html(t(item.text))}</b>{''.join(choices)}"
    show_marked(
        text,
        body=body,
        style=frame(BLUE),
        mark={"kind": "quiz", "id": id},
        make_widget=lambda: _make_radio(item, labels, replies),
    )


def _reply(option: Option) -> str:
    verdict = t("Yes.") if option.right else t("No.")
    return join_sentences(verdict, t(option.feedback))


def _make_radio(item: Question, labels: list[str], replies: list[str]) -> object:
    from ipywidgets import HTML, RadioButtons, VBox

    options = [(label, place) for place, label in enumerate(labels)]
    choices = RadioButtons(options=options, value=None, layout={"width": "auto"})
    said = HTML()

    def reply(change: dict) -> None:
        said.value = "" if change["new"] is None else as_html(replies[change["new"]])

    choices.observe(reply, names="value")
    return VBox([HTML(f"<b>{as_html(t(item.text))}</b>"), choices, said])


def _tell(id: str, state: str, head: str, text: str = "", **mark: object) -> None:
    body = join_sentences(f"<b>{as_html(id)} · {as_html(head)}</b>", as_html(text))
    mark |= {"kind": "check", "id": id, "state": state}
    show_marked(f"{id}: {join_sentences(head, text)}", body=body, style=frame(COLORS[state]), mark=mark)


def _show_in_frame(text: str, body: str, **mark: object) -> None:
    show_marked(text, body=body, style=frame(BLUE), mark=mark)
