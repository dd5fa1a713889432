"""What does not hang on the answer is computed once, however many answers come."""

import pandas as pd
import pytest

from crmlib.lesson import exercise
from crmlib.lesson.replies import reply_to_value
from crmlib.lesson.worked import Worked

SPENT = pd.Series([60.0, 25, 15.5, 3, 7, 11], name="spent")


def test_the_right_way_and_the_mistakes_are_computed_once():
    runs = []

    @exercise("9.6.1", why="", hints=["a", "b"])
    def most(spent):
        runs.append("right")
        return spent.max()

    @most.mistake("You took the smallest.")
    def least(spent):
        runs.append("mistake")
        return spent.min()

    worked = Worked(most, {"spent": SPENT})
    first = [reply_to_value(worked, answer) for answer in (3, 61.25, 120.9)]
    n = len(runs)
    assert [reply_to_value(worked, answer) for answer in (3, 61.25, 120.9)] == first
    assert len(runs) == n
    assert {"right", "mistake"} == set(runs)


def test_ways_are_listed_from_the_first_again():
    worked = Worked(exercise("9.6.2", why="", hints=["a", "b"])(lambda spent: spent.max()), {"spent": SPENT})
    some = [next(worked.list_ways()).name for _ in range(3)]
    assert len(set(some)) == 1
    assert [one.value for one in worked.list_ways()] == [one.value for one in worked.list_ways()]


def test_a_table_that_is_not_there_is_named():
    worked = Worked(exercise("9.6.3", why="", hints=["a", "b"])(lambda spent: spent.max()), {})
    with pytest.raises(ValueError, match=r"must know \['spent'\]"):
        reply_to_value(worked, 3)
