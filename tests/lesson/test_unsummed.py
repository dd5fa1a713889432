"""Several values where one number is asked for are known: the right ones, and those of a written mistake."""

import pandas as pd
import pytest

from crmlib.lesson.general import find_general
from crmlib.lesson.steps import selects_rows
from crmlib.lesson.worked import Worked
from crmlib.lesson.writing import exercise

COST = pd.Series([10.0, 30.0, 5.0, 45.0, 2.0], index=list("ABCDE"), name="cost")
PROFIT = pd.Series([40.0, 40.0, 50.0, 60.0, 7.0], index=list("ABCDE"), name="profit")
DATA = {"cost": COST, "profit": PROFIT}


@exercise("9.9.9", why="", hints=[])
def share_of_profit(cost, profit):
    big = profit[profit > 20]
    return cost[big.index].sum() / big.sum()


@share_of_profit.mistake("Add up first, then divide.")
def mean_of_shares(cost, profit):
    return (cost / profit).mean()


def advice(answer):
    found = find_general(Worked(share_of_profit, DATA), answer)
    return (found.name, found.advice) if found else None


def test_the_values_of_a_written_mistake_get_its_advice():
    assert advice(COST / PROFIT) == ("series", "One number is asked for, and these are 5. Add up first, then divide.")


def test_values_that_the_right_way_goes_through_are_a_step():
    assert "one number is still to be made" in advice(PROFIT[PROFIT > 20])[1]


@pytest.mark.parametrize("answer", [COST, PROFIT, pd.Series([1.0, 2.0, 4.0]), pd.Series(list("ab"))])
def test_what_the_question_gave_and_what_is_unknown_get_no_advice(answer):
    assert advice(answer) is None


def test_the_sum_over_all_where_some_are_chosen_is_known():
    assert advice(PROFIT.sum())[0] == "whole table"


def test_a_function_that_takes_all_rows_selects_none():
    assert selects_rows(share_of_profit.function)
    assert not selects_rows(mean_of_shares)
