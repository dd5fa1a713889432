"""Exercises: check an answer, give a hint, show the solution, ask a question.

In a lesson:

    practice_on(spending=spending)   the tables that the exercises are computed on
    check("2.1.1", answer)           right, a known mistake and its advice, or what is wrong about it
    hint("2.1.1"), hint("2.1.1", 2)  from a nudge to nearly the code
    solution("2.1.1")                the code, and why it matters
    check("2.1.a", answer)           a blank inside the lesson, computed on what the notebook holds
    check("2.1.b", guess)            a prediction before a figure: close, too small, far too large
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
from inspect import currentframe

import pandas as pd

from crmlib.language import current, t
from crmlib.lesson.display import BLUE, as_html, frame, join_sentences, show_marked
from crmlib.lesson.exercise_files import find_exercise, is_inside
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.replies import reply_to
from crmlib.lesson.sentences import names_at
from crmlib.lesson.writing import Exercise, Judgment, Option, Prediction, Question

GREEN, ORANGE, RED = "#009E73", "#E69F00", "#D55E00"
COLORS = {"right": GREEN, "written": GREEN, "guessed": BLUE, "mistake": ORANGE, "wrong": RED, "not attempted": "#999"}
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
    """Say how an answer stands: not attempted, right, a known mistake, not yet and why; guessed, or written.

    Nothing is stored, and the value wanted is not shown. A blank inside a lesson is computed on
    what the notebook holds, an exercise at its end on what `practice_on` was given.
    """
    item = find_exercise(id, Exercise, Prediction, Judgment)
    notebook = names_at(currentframe().f_back)
    data = {**_at_hand, **notebook} if is_inside(id) else _at_hand
    reply = reply_to(item, answer, data, find_others(notebook))
    body = join_sentences(f"<b>{as_html(id)} · {as_html(reply.head)}</b>", as_html(reply.text))
    mark = {**reply.marks, "kind": "check", "id": id, "state": reply.state}
    text = f"{id}: {join_sentences(reply.head, reply.text)}"
    show_marked(text, body=body, style=frame(COLORS[reply.state]), mark=mark, notes=reply.notes)


def find_others(names: dict[str, object]) -> dict[str, object]:
    """What a student may have taken by mistake from a notebook: its tables and numbers."""
    return {
        name: value
        for name, value in names.items()
        if not name.startswith("_")
        and (kind_of(value) == "number" or isinstance(value, (pd.Series, pd.DataFrame, dict)))
    }


def hint(id: str, n: int = 1) -> None:
    """Give the n-th hint; the first if you do not say."""
    item = find_exercise(id, Exercise, Prediction, Judgment)
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
    item = find_exercise(id, Exercise, Prediction, Judgment)
    if isinstance(item, Judgment):
        head, example = t("A good answer weighs:"), t("For example:")
        points = [t(point) for point in item.weighs]
        lines = [f"{id}: {head}", *(f"- {point}" for point in points), f"{example} {t(item.example)}"]
        body = f"<b>{as_html(head)}</b><ul>{''.join(f'<li>{as_html(point)}</li>' for point in points)}</ul>"
        body += f"<b>{as_html(example)}</b> {as_html(t(item.example))}"
        return _show_in_frame("\n".join(lines), body, kind="solution", id=id)
    head, code = t("One way to do it:"), solution_code(id)
    why = t(item.why) if item.why else ""
    body = f"<b>{as_html(head)}</b><pre>{as_html(code)}</pre>{as_html(why)}"
    return _show_in_frame(f"{id}: {head}\n{code}\n{why}".rstrip(), body, kind="solution", id=id)


def solution_code(id: str, name: str | None = None) -> str:
    """The code of the correct answer, as it would stand in a cell that sets `name`.

    For a judgment, the example as text in the language in use.
    """
    item = find_exercise(id, Exercise, Prediction, Judgment)
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


def _show_in_frame(text: str, body: str, **mark: object) -> None:
    show_marked(text, body=body, style=frame(BLUE), mark=mark)
