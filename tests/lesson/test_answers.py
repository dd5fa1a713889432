"""What is wrong about an answer: said in a sentence, whatever is answered, and never the value wanted."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib.lesson import answers
from crmlib.lesson.numbers import is_nearly

SHARES = pd.Series({"a": 0.5, "b": 0.3, "c": 0.2}, name="share").rename_axis("customer_id")
TABLE = pd.DataFrame({"n": [1, 2], "share": [0.25, 0.75]}, index=["x", "y"])


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        (80, 80.0),
        (0.1 + 0.2, 0.3),
        (0.0, 1e-17),
        (float("nan"), float("nan")),
        (3, np.array(3)),
        (SHARES, SHARES[::-1].rename("mine")),
        (SHARES, pd.Series(SHARES.to_numpy(), index=pd.CategoricalIndex(["a", "b", "c"]))),
        (SHARES.map({0.5: "A", 0.3: "B", 0.2: "C"}), pd.Series(pd.Categorical(["A", "B", "C"]), index=["a", "b", "c"])),
        (TABLE, TABLE.loc[["y", "x"], ["share", "n"]]),
        ({"a", "b"}, ["b", "a"]),
        ({"a", "b"}, pd.Index(["b", "a"])),
        ([1, 2], np.array([1.0, 2.0])),
        ({"a": 1, "b": {2}}, {"b": {2}, "a": 1.0}),
        (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-01")),
        ("VIP", "VIP"),
        (True, np.True_),
    ],
)
def test_equal_answers_have_no_fault(wanted, answer):
    assert answers.find_fault(wanted, answer) is None


@pytest.mark.parametrize(
    ("wanted", "answer", "fault"),
    [
        (0.43212, 0.43, "Right, but rounded too much: "),
        (0.43212, 43.2, "That is a percentage"),
        (1234.56, 1235, "Right, but rounded too much: "),
        (0.43212, 1234.5, "Wanted is a number between 0 and 1; yours is larger."),
        (0.3, 0, "too small"),  # no rounding: nothing of the number is left
        (80, 79, "too small"),
        (SHARES, SHARES * 100, "3 of 3 values differ; look at a first. That is a percentage"),
        (
            SHARES,
            SHARES.reset_index(drop=True),
            "labels of your rows got lost: they are 0, 1, 2 ...; wanted is customer_id.",
        ),
        (SHARES, SHARES.iloc[:2], "Yours has 2 rows; wanted are 3."),
        (SHARES, SHARES.rename({"c": "z"}), "1 of your rows do not belong here, z for one."),
        (SHARES, SHARES.rename({"c": "a"}), "Some labels stand more than once"),
        (SHARES.set_axis([1, 2, 3]), SHARES.set_axis(["1", "2", "3"]), "look right but are of another type"),
        (SHARES, SHARES.astype(str), "Your values are not numbers: their type is str"),
        (SHARES, SHARES.to_frame(), 'Take one of its columns: table["column"]'),
        (SHARES, list(SHARES), "It needs its labels as well"),
        (TABLE, TABLE[["n"]], "The columns differ. Missing: share. Too many: none."),
        (TABLE, TABLE.assign(share=[0.25, 0.7]), "Column share: 1 of 2 values differ; look at y first."),
        ({"a", "b"}, {"a", "c", "d"}, "Missing from yours: 1. Too many in yours: 2."),
        ({1, 2}, {"1", "2"}, "another type"),
        ([1, 2, 3], [3, 2, 1], "The elements are right, their order is not."),
        ([1, 2, 3], [1, 2], "Yours has 2 elements; wanted are 3."),
        ([1, 2, 3], [1, 2, 4], "1 of 3 values differ; look at number 3 of the list first."),
        ({"a": 1}, {"b": 1}, "The keys differ. Missing: a. Too many: b."),
        ({"a": 1}, {"a": 2}, "a: That is not the number wanted"),
        ("VIP", "vip ", "Nearly: capital letters or spaces differ."),
        ("VIP", "major", "That is not it."),
        (True, False, "That is not it."),
        (pd.Timestamp("2025-01-01"), pd.Timestamp("2024-12-31"), "too early"),
    ],
)
def test_a_fault_is_said_specifically(wanted, answer, fault):
    assert fault in answers.find_fault(wanted, answer)


def test_the_order_of_rows_counts_only_where_it_is_asked_for():
    assert answers.find_fault(SHARES, SHARES[::-1]) is None
    assert answers.find_fault(SHARES, SHARES[::-1], ordered=True) == "The rows are right, their order is not."


def test_a_fault_never_says_the_value_wanted():
    wrong = [1, 0.4, 43, "0.43217", -0.43217, [0.1], SHARES, {"a"}, {}, True, len]
    assert [
        fault for answer in wrong if "0.432" in (fault := answers.find_fault(0.43217, answer)) and answer != "0.43217"
    ] == []


@pytest.mark.parametrize(("answer", "is_right"), [(1.0 + 5e-7, True), (1.0 + 5e-6, False), (1.0 - 5e-6, False)])
def test_what_two_ways_of_adding_differ_by_is_right_and_ten_times_that_is_not(answer, is_right):
    for wanted, theirs in [
        (1.0, answer),
        (SHARES, SHARES * answer),
        (TABLE, TABLE * answer),
        ([2.0], [2.0 * answer]),
        ({"a": 1e9}, {"a": 1e9 * answer}),
    ]:
        assert (answers.find_fault(wanted, theirs) is None) is is_right


@pytest.mark.parametrize(
    ("wanted", "answer", "fault"),
    [
        ({"a", "b"}, [["a"], ["b"]], "Its elements must be single values; in yours there is a list."),
        (0.5, 10**400, "yours is larger"),
        (0.5, -(10**400), "That is not the number wanted: yours is too small."),
        (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-01", tz="Asia/Shanghai"), "no time zone"),
        (pd.Timestamp("2025-01-01"), pd.NaT, "That is not it."),
        (0.5, np.array("0.5"), "A number stands without quotes"),
        (SHARES, pd.Series([[1], [2], [3]], index=["a", "b", "c"]), "Your values are not numbers"),
        (SHARES, pd.Series([1, 2, 3], index=pd.Index([["a"], ["b"], ["c"]], dtype=object)), "of quite another kind"),
    ],
)
def test_odd_answers_get_a_sentence_of_their_own(wanted, answer, fault):
    assert fault in answers.find_fault(wanted, answer)


def test_the_same_day_is_right_whatever_type_it_is_of():
    days = [pd.Timestamp("2025-01-01"), date(2025, 1, 1), datetime(2025, 1, 1), np.datetime64("2025-01-01")]
    assert {answers.find_fault(wanted, answer) for wanted in days for answer in days} == {None}


class Unwilling:
    """An object that refuses whatever one asks of it."""

    def refuse(self, *_):
        raise RuntimeError("no")

    __eq__ = __lt__ = __hash__ = __len__ = __iter__ = __bool__ = __str__ = __repr__ = __float__ = __array__ = refuse


class Claims:
    """An object that cannot even be asked what it is."""

    @property
    def __class__(self):
        raise RuntimeError("no")


SIMPLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.complex_numbers(),
    st.decimals(),
    st.just(Decimal("sNaN")),
    st.fractions(),
    st.text(max_size=5),
    st.binary(max_size=3),
    st.datetimes(),
    st.datetimes(timezones=st.timezones()),
    st.dates(),
    st.timedeltas(),
    st.sampled_from([pd.NA, pd.NaT, np.datetime64("NaT"), np.datetime64("9999999-01-01"), np.array(3), np.array("x")]),
    st.sampled_from(
        [np.float32(1), np.array([]), np.eye(2), np.array([None]), len, int, object(), range(3), ..., iter("")]
    ),
    st.builds(Unwilling),
    st.builds(Claims),
)


def as_series(values):
    return pd.Series(values, dtype=object)


def as_table(values):
    return pd.DataFrame({"n": as_series(values), "share": as_series(values)})


NESTED = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=2) | st.integers(), inner, max_size=3),
        st.sets(st.integers() | st.text(max_size=2), max_size=3),
        st.lists(inner, min_size=3, max_size=3).map(as_series),
        st.lists(inner, min_size=3, max_size=3).map(lambda values: as_series(values).set_axis(["a", "b", "c"])),
        st.lists(inner, min_size=2, max_size=2).map(lambda values: as_table(values).set_axis(["x", "y"])),
        st.lists(inner, max_size=2).map(as_table),
    ),
    max_leaves=4,
)
EVERY_KIND = [80, 0.25, float("nan"), "VIP", True, pd.Timestamp("2025-01-01"), SHARES, TABLE, [1, 2], {"a", "b"}]
EVERY_KIND += [{"a": 1, "b": {2}}, SHARES.map(str), pd.Series([True, False, True], index=["a", "b", "c"])]


@settings(deadline=None, max_examples=300)
@given(answer=NESTED, wanted=st.sampled_from(EVERY_KIND))
def test_whatever_is_answered_there_is_a_sentence_and_never_an_exception(wanted, answer):
    assert answers.is_blank(answer) in (True, False)
    assert is_nearly(wanted, answer) in (True, False)
    fault = answers.find_fault(wanted, answer)
    assert fault is None or (isinstance(fault, str) and fault.endswith((".", "?", "!", '"', ")", "]")))


@pytest.mark.parametrize(("wanted", "answer"), [(15.0, 1500.0), (1.5, 150.0), (-3.0, -300.0)])
def test_a_hundred_times_too_much_is_a_percentage_only_of_a_share(wanted, answer):
    assert "percentage" in answers.find_fault(wanted / 100, answer / 100)
    assert "percentage" not in answers.find_fault(wanted, answer)
