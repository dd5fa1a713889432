"""Marks of a class, from answers as plain values: a row per exercise of each notebook, and a row per exercise.

Answers are judged here, by the kit's own code on the kit's own tables; what a notebook says of itself does not count.
"""

from __future__ import annotations

import pandas as pd

from crmlib.kit.hand_in import HandIn
from crmlib.kit.key import Asked
from crmlib.kit.plain_values import from_plain, shorten
from crmlib.language import t
from crmlib.lesson.replies import reply_to
from crmlib.lesson.sources import name_of
from crmlib.lesson.writing import Judgment

FAILED, UNTOUCHED = "failed to run", "not attempted"
STATES = ("right", "mistake", "wrong", "written", "guessed", UNTOUCHED, FAILED)
COLUMNS = ("student", "file", "lesson", "exercise", "state", "advice", "answer", "text")
UNREADABLE, NO_LESSON = "not a notebook", "no lesson of the kit"


def judge_notebook(one: HandIn, asked: dict[str, Asked], run: dict) -> list[dict]:
    """A row per exercise of the lesson, in its order.

    Parameters
    ----------
    one : HandIn
        The notebook.
    asked : dict of Asked
        The exercises of its lesson, see `key.ask_lesson`.
    run : dict
        What came of running it, see `apart.run_apart`.
    """
    rows = []
    for id, exercise in asked.items():
        row = _row(one, exercise=id)
        if id in run["answers"]:
            row |= _judge(exercise, run["answers"][id])
        elif id in run["errors"]:
            row |= {"state": FAILED, "advice": explain(run["errors"][id])}
        rows.append(row)
    return rows


def row_without_lesson(one: HandIn) -> dict:
    """The row of a file that is no notebook, or no lesson of the kit."""
    return _row(one, state=UNREADABLE if one.cells is None else NO_LESSON)


def _row(one: HandIn, **known: str) -> dict:
    lesson = name_of(one.lesson).removesuffix(".py") if one.lesson else ""
    row = dict.fromkeys(COLUMNS, "") | {"student": one.student, "file": one.file, "lesson": lesson}
    return row | {"state": UNTOUCHED} | known


def _judge(exercise: Asked, plain: object) -> dict[str, str]:
    """State, advice, answer and text of one answer, which may be anything."""
    try:
        answer = from_plain(plain)
        reply = reply_to(exercise.item, answer, exercise.data)
    except Exception as fault:  # an answer that cannot even be compared
        return {"state": FAILED, "advice": explain(f"{type(fault).__name__}: {fault}")}
    advice = reply.text if reply.state in ("mistake", "wrong") else ""
    said = "text" if isinstance(exercise.item, Judgment) and isinstance(answer, str) else "answer"
    return {"state": reply.state, "advice": advice, said: answer if said == "text" else shorten(answer)}


def explain(error: str) -> str:
    """Why a cell did not run to its end, for whoever marks."""
    if error == "time":
        return t("it took too long")
    if error == "died":
        return t("its process ended by itself: too little memory, or it ended itself")
    return error


def summarize_exercises(rows: pd.DataFrame) -> pd.DataFrame:
    """How a class did: one row per exercise.

    Returns
    -------
    DataFrame
        lesson, exercise, handed_in (notebooks), a column for each state with its number, and commonest_mistake: its
        advice, with how many made it.

    Examples
    --------
    >>> rows = pd.DataFrame({"lesson": "x", "exercise": "2.1.1", "state": ["right", "mistake"]})
    >>> rows["advice"] = ["", "Sort!"]
    >>> print(summarize_exercises(rows)[["handed_in", "right", "commonest_mistake"]].to_string(index=False))
     handed_in  right commonest_mistake
             2      1         1 × Sort!
    """
    summary = []
    asked = rows[rows["exercise"] != ""].sort_values("lesson", key=_in_order, kind="stable")
    for (lesson, exercise), group in asked.groupby(["lesson", "exercise"], sort=False):
        counts = group["state"].value_counts()
        known = group.loc[group["state"] == "mistake", "advice"].value_counts()
        commonest = f"{known.iloc[0]} × {known.index[0]}" if len(known) else ""
        numbers = {state.replace(" ", "_"): int(counts.get(state, 0)) for state in STATES}
        row = {"lesson": lesson, "exercise": exercise, "handed_in": len(group), **numbers}
        summary.append(row | {"commonest_mistake": commonest})
    columns = ["lesson", "exercise", "handed_in", *(state.replace(" ", "_") for state in STATES), "commonest_mistake"]
    return pd.DataFrame(summary, columns=columns)


def _in_order(lessons: pd.Series) -> pd.Series:
    """Lesson 2 before lesson 10, whoever handed in which first."""
    return lessons.str.replace(r"\d+", lambda number: number[0].zfill(4), regex=True)


def in_language(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of marks with its headings and states in the language in use."""
    if "state" in frame:
        frame = frame.assign(state=frame["state"].map(in_words))
    return frame.rename(columns={column: in_words(column.replace("_", " ")) for column in frame.columns})


def in_words(name: str) -> str:
    """A state or a heading, in the language in use."""
    words = {
        "right": t("right"),
        "mistake": t("known mistake"),
        "wrong": t("not yet right"),
        "written": t("written"),
        "guessed": t("guessed"),
        UNTOUCHED: t("not attempted"),
        FAILED: t("failed to run"),
        UNREADABLE: t("not a notebook"),
        NO_LESSON: t("no lesson of the kit"),
        "student": t("student"),
        "file": t("file"),
        "lesson": t("lesson"),
        "exercise": t("exercise"),
        "state": t("state"),
        "advice": t("advice"),
        "answer": t("answer"),
        "text": t("text of a judgment"),
        "handed in": t("handed in"),
        "commonest mistake": t("commonest mistake"),
    }
    return words[name]
