"""Answers as plain values and back: nothing is lost that an answer is judged by, and nothing in them runs."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from crmlib.kit.plain_values import LONGEST_TEXT, from_plain, shorten, to_plain
from crmlib.lesson.answers import find_fault

TIERS = pd.Categorical(["VIP", "big", "VIP"], categories=["VIP", "big"], ordered=True)
TABLE = pd.DataFrame({"tier": TIERS, "n": [1, 2, 3], "day": pd.to_datetime(["2025-01-01", None, "2025-01-03"])})
ANSWERS = [
    3,
    0.5,
    np.float64(0.25),
    2**80,
    True,
    "VIP",
    date(2025, 12, 31),
    [1, "a", [2.5]],
    (1, 2),
    {1, 2},
    {"a": 1, ("b", 2): [3]},
    np.arange(4),
    pd.Series([1.5, None], index=["a", "b"], name="monetary"),
    pd.Series([], dtype=float),
    pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["tier", "n"])),
    TABLE,
    TABLE.groupby("tier", observed=True)["n"].sum(),
    pd.crosstab(TABLE["tier"], TABLE["n"]),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=repr)
def test_an_answer_comes_back_as_one_that_is_judged_alike(answer):
    back = from_plain(json.loads(json.dumps(to_plain(answer))))
    assert find_fault(answer, back) is None


@pytest.mark.parametrize("blank", [..., None])
def test_a_blank_stays_one(blank):
    assert from_plain(to_plain(blank)) is ...


def test_what_is_of_no_kind_of_an_answer_comes_back_as_a_stranger_of_that_name():
    class Sly:
        def __eq__(self, other):
            return True

        def __reduce__(self):
            return (print, ("run",))

    back = from_plain(to_plain(Sly()))
    assert type(back).__name__ == "Sly" and back != 3
    assert callable(from_plain(to_plain(print)))
    assert find_fault(3, back) is not None


def test_a_number_that_lies_about_being_equal_is_only_its_value():
    class Any(float):
        def __eq__(self, other):
            return True

        __hash__ = float.__hash__

    assert from_plain(to_plain(Any(7))) != 3


def test_a_list_that_holds_itself_and_a_text_without_end_have_an_end():
    endless = [1]
    endless.append(endless)
    assert "other" in json.dumps(to_plain(endless))
    assert len(from_plain(to_plain("x" * 10**6))) == LONGEST_TEXT


def test_an_answer_in_a_few_words():
    assert shorten(TABLE).startswith("DataFrame of 3: ")
    assert len(shorten("word " * 100)) == 60
    assert [shorten(one) for one in (print, True, date(2025, 1, 2))] == ["function", "True", "2025-01-02"]
