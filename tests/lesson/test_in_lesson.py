"""Who gives the lesson's own number is told what it is about, and what the exercise asks about."""

import pandas as pd
import pytest
from built import LESSONS, name_of, run_lesson

from crmlib.lesson import exercise, exercise_files
from crmlib.lesson.exercises import find_others
from crmlib.lesson.in_lesson import lesson_names
from crmlib.lesson.kinds import kind_of
from crmlib.lesson.replies import reply_to_value
from crmlib.lesson.worked import Worked, compute
from crmlib.lesson.writing import Exercise

THEN, NOW = pd.Series([60.0, 25, 15.5], name="spent"), pd.Series([50.0, 31, 12.5], name="spent")


def make_item():
    @exercise("9.8.1", why="", hints=["Divide.", "By what?"])
    def share(then):
        return then.max() / then.sum()

    @share.mistake("You divided by the others.")
    def by_others(then):
        return then.max() / (then.sum() - then.max())

    @share.in_lesson("the year 2025", asks="the year 2024")
    def of_2025(now):
        return {"then": now}

    @share.in_lesson("the year 2025", asks="the year 2024")
    def printed(best):
        return best

    return share


@pytest.mark.parametrize(
    ("answer", "also"), [(50 / 93.5, ""), (0.535, ""), (50 / 43.5, "You divided by the others."), (0.123456, "")]
)
def test_the_number_of_the_lesson_is_told_from_the_one_that_is_asked_for(answer, also):
    reply = reply_to_value(Worked(make_item(), {"then": THEN}, {"now": NOW, "best": 0.123456}), answer)
    assert reply.marks == {"general": "lesson"}
    told = "That is the number for the year 2025, as in the lesson. The exercise asks about the year 2024."
    assert reply.text == f"{told} {also}".strip()


def test_what_the_notebook_does_not_hold_yet_is_not_compared():
    assert reply_to_value(Worked(make_item(), {"then": THEN}), 50 / 93.5).state == "wrong"
    assert reply_to_value(Worked(make_item(), {"then": THEN}, {"now": "no longer a table"}), 50 / 93.5).state == "wrong"


@pytest.fixture(scope="module")
def pyramid_lesson():
    return next(source for source in LESSONS if name_of(source).endswith("1-the-pyramid"))


def test_a_number_of_the_lesson_is_known_by_its_name(pyramid_lesson):
    names, at_hand = run_lesson(pyramid_lesson)
    worked = Worked(exercise_files.find_exercise("2.1.3"), at_hand, find_others(names))
    reply = reply_to_value(worked, names["tiers"].loc["VIP", "value"])
    assert reply.marks == {"general": "shown"}
    assert reply.text.startswith("That is tiers.loc['VIP', 'value'], a number of the lesson.")


def test_the_answers_of_a_student_are_no_numbers_of_the_lesson():
    names = lesson_names("2.1.1")
    assert {"mean_vip", "n_changed", "most_gift"} <= set(names)
    assert {"share_of_a", "guess", "last_vip", "threshold", "lines"} & set(names) == set()


@pytest.mark.parametrize("source", LESSONS[1:], ids=name_of)
def test_what_an_exercise_says_of_its_lesson_is_there(source):
    names, at_hand = run_lesson(source)
    path = source.with_name(f"{source.name.split('-')[0]}-exercises.py")
    items = [item for item in exercise_files.read_exercises(path).values() if isinstance(item, Exercise)]
    assert any(item.lessons for item in items) or not source.parent.name.startswith("2-")
    for item in items:
        for lesson in item.lessons:
            parameters = lesson.function.__code__.co_varnames[: lesson.function.__code__.co_argcount]
            theirs = lesson.function(**{name: names[name] for name in parameters})
            value = compute(item, item.function, theirs) if isinstance(theirs, dict) else theirs
            assert kind_of(value) == "number"
            reply = reply_to_value(Worked(item, at_hand, find_others(names)), value)
            assert reply.marks == {"general": "lesson"}, (item.id, lesson.function.__name__)
