"""What students answer wrong gets advice that helps: of a list of their answers, and none that misleads."""

import inspect
import tomllib
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from built import LESSONS, name_of, run_lesson, run_to_blank

from crmlib import allocation, concentration, pyramid
from crmlib.lesson import exercise_files
from crmlib.lesson.exercises import find_others
from crmlib.lesson.replies import reply_to_value
from crmlib.lesson.worked import Worked

# wrong_answers.toml is that of chapter 2; a lesson of another chapter has its own, wrong_answers_<lesson>.toml.
FILES = sorted(Path(__file__).parent.glob("wrong_answers*.toml"))
LISTED = [one for path in FILES for one in tomllib.loads(path.read_text(encoding="utf-8"))["exercise"]]
# Of the wrong answers get advice of their own or useful general advice: in each lesson, and in all.
AIM, OF_ALL = 0.6, 0.8


def advice_of(item, reply):
    """What the advice of a reply is about: a written mistake, a general one, or no more than "plain"."""
    if "mistake" in reply.marks:
        return item.mistakes[reply.marks["mistake"]].function.__name__
    return reply.marks.get("general", "plain")


@pytest.fixture(scope="module")
def replies():
    """One row per wrong answer: which advice it got, and whether it is right about it."""
    rows = []
    for listed in LISTED:
        item = exercise_files.read_exercises(exercise_files.exercises_path(listed["id"])).get(listed["id"])
        if item is None or listed["asks"] != head_of(item):
            continue  # another exercise has this id by now
        source = next(one for one in LESSONS if exercise_files.exercises_path(listed["id"]) == _exercises_of(one))
        names, at_hand = run_lesson(source)
        is_inside = exercise_files.is_inside(listed["id"])
        then = run_to_blank(source, listed["id"]) if is_inside else names
        known = {"pd": pd, "np": np, "pyramid": pyramid, "concentration": concentration, "allocation": allocation}
        known |= {**names, **then, **at_hand}
        worked = Worked(item, then if is_inside else at_hand, find_others(then))
        exec(listed.get("first", ""), known)
        for answer in listed["answers"]:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = eval(answer["code"], known)
            reply = reply_to_value(worked, value)
            rows.append({"id": listed["id"], "state": reply.state, "advice": advice_of(item, reply), **answer})
    if not rows:
        pytest.skip("every exercise of the list has another id by now")
    return pd.DataFrame(rows)


def head_of(item):
    """An exercise's function as one writes it: "half(spending)"."""
    function = getattr(item, "function", None)
    return f"{function.__name__}({', '.join(inspect.signature(function).parameters)})" if function else ""


def _exercises_of(source):
    return source.with_name(f"{source.name.split('-')[0]}-exercises.py")


def misleads(row):
    return row["advice"] != "plain" and row["advice"] not in row["fits"]


def test_a_wrong_answer_is_wrong(replies):
    assert replies[~replies["state"].isin(["mistake", "wrong"])][["id", "thought"]].to_numpy().tolist() == []


def test_no_advice_misleads(replies):
    assert replies[replies.apply(misleads, axis=1)][["id", "thought", "advice"]].to_numpy().tolist() == []


def test_most_wrong_answers_get_advice_that_helps(replies):
    helped = replies["advice"].ne("plain")
    assert helped.mean() >= OF_ALL, replies[~helped][["id", "thought"]]


def test_no_lesson_is_left_without_advice(replies):
    helped = replies["advice"].ne("plain").groupby(replies["id"].str.rsplit(".", n=1).str[0]).mean()
    assert helped[helped < AIM].to_dict() == {}


def test_every_answer_says_who_would_give_it_and_what_would_be_right_about_it():
    assert {name_of(source) for source in LESSONS} != set()
    assert all(set(one) == {"code", "thought", "fits"} for listed in LISTED for one in listed["answers"])
