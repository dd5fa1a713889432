"""Transitions: customers matched by id, leavers with a state of their own, rows that add up."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import transitions

STATES = ["big", "small", "away"]
BEFORE = pd.Series({"ann": "big", "bob": "small", "cy": "small", "eve": "big"})
AFTER = pd.Series({"eve": "big", "dee": "big", "bob": "small", "ann": "small"})

moves = st.dictionaries(st.integers(0, 30), st.sampled_from(["big", "small"]), max_size=20).map(
    lambda d: pd.Series(d, dtype="object")
)


def test_counts_by_hand_matched_by_id_not_by_position():
    # ann big->small, eve big->big, bob small->small, cy small->away, dee away->big
    counts = transitions.transition_counts(BEFORE, AFTER, states=STATES, absent="away")
    assert counts.to_numpy().tolist() == [[1, 1, 0], [0, 1, 1], [1, 0, 0]]
    assert counts.index.tolist() == counts.columns.tolist() == STATES
    assert (counts.index.name, counts.columns.name) == ("before", "after")


def test_matrix_by_hand_and_a_row_nobody_started_in_is_missing():
    matrix = transitions.transition_matrix(BEFORE, AFTER, states=[*STATES, "new"], absent="away")
    assert matrix.loc["big", STATES].tolist() == [0.5, 0.5, 0.0]
    assert matrix.loc["away", STATES].tolist() == [1.0, 0.0, 0.0]
    assert matrix.loc["new"].isna().all()


def test_leaving_out_those_who_left_is_refused():
    with pytest.raises(ValueError, match="1 have none before and 1 none after.*absent='away'"):
        transitions.transition_matrix(BEFORE, AFTER, states=STATES)


def test_a_missing_state_counts_as_absent():
    counts = transitions.transition_counts(
        pd.Series({"a": "big", "b": None}), pd.Series({"a": None, "b": "big"}), states=STATES, absent="away"
    )
    assert counts.loc["big", "away"] == 1
    assert counts.loc["away", "big"] == 1


def test_categories_work_as_text_does():
    kind = pd.CategoricalDtype(["small", "big"], ordered=True)
    found = transitions.transition_counts(BEFORE.astype(kind), AFTER.astype(kind), states=STATES, absent="away")
    assert found.equals(transitions.transition_counts(BEFORE, AFTER, states=STATES, absent="away"))


def test_text_and_numbers_are_not_mixed_up():
    before, after = pd.Series({"a": "2", "b": "2"}), pd.Series({"a": 1, "b": 1})
    with pytest.raises(ValueError, match=r"after also has \[(np.int64\()?1"):
        transitions.transition_counts(before, after, states=["1", "2"])
    assert transitions.transition_counts(after, after, states=[1, 2]).loc[1, 1] == 2


@given(moves, moves)
def test_everybody_is_counted_once_and_rows_add_up(before, after):
    counts = transitions.transition_counts(before, after, states=STATES, absent="away")
    assert counts.to_numpy().sum() == len(set(before.index) | set(after.index))
    assert counts.loc["big"].sum() == (before == "big").sum()
    rows = transitions.transition_matrix(before, after, states=STATES, absent="away").sum(axis=1, skipna=False).dropna()
    assert np.allclose(rows, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"states": ["big", "away"]}, r"every state must be one of \['big', 'away'\]; before also has \['small'\]"),
        ({"states": ["big", "small"]}, "absent must be one of \\['big', 'small'\\]; got 'away'"),
        ({"states": ["big", "big", "away"]}, "states must be different names"),
        ({"before": pd.Series(["big", "big"], index=["a", "a"])}, "every customer must stand once in before; 'a'"),
    ],
)
def test_mistakes_are_named(change, message):
    arguments = {"before": BEFORE, "after": AFTER, "states": STATES, "absent": "away"} | change
    with pytest.raises(ValueError, match=message):
        transitions.transition_counts(**arguments)


def square(values, names=("in", "out")):
    return pd.DataFrame(values, index=list(names), columns=list(names), dtype=float)


def test_a_year_is_not_the_quarterly_stay_to_the_fourth_power():
    with (Path(__file__).parent / "reference" / "published.csv").open(encoding="utf-8") as stream:
        row = next(row for row in csv.DictReader(stream) if row["name"].startswith("quarterly stay"))
    year = transitions.forecast(square([[0.9, 0.1], [0.1, 0.9]]), pd.Series({"in": 1.0, "out": 0.0}), periods=4)
    assert abs(year["in"].iloc[-1] - float(row["value"])) <= 0.5 * 10 ** -int(row["digits"])


def test_steady_state_by_hand():
    # in * 0.1 = out * 0.5, so in is five times out
    found = transitions.steady_state(square([[0.9, 0.1], [0.5, 0.5]]))
    assert found.to_numpy() == pytest.approx([5 / 6, 1 / 6], abs=1e-12)


@given(st.lists(st.lists(st.integers(1, 50), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_steady_state_does_not_move(counts):
    matrix = square(np.array(counts) / np.sum(counts, axis=1, keepdims=True), "abc")
    share = transitions.steady_state(matrix)
    assert (share @ matrix).to_numpy() == pytest.approx(share.to_numpy(), abs=1e-9)
    assert share.sum() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        ([[0, 1, 0], [0, 0, 1], [1, 0, 0]], [1 / 3, 1 / 3, 1 / 3]),
        # From a half go to b and half to c, from both back to a: half the time in a, a quarter in each other.
        ([[0, 0.5, 0.5], [1, 0, 0], [1, 0, 0]], [0.5, 0.25, 0.25]),
        # Whoever starts in a soon goes round between b and c.
        ([[0.5, 0.5, 0], [0, 0, 1], [0, 1, 0]], [0, 0.5, 0.5]),
    ],
)
def test_customers_who_go_round_in_circles_have_shares_of_the_time(values, shares):
    found = transitions.steady_state(square(values, "abc"))
    assert found.to_numpy() == pytest.approx(shares, abs=1e-12)
    # The mean over six periods, a whole number of rounds, long after the start.
    paths = transitions.forecast(square(values, "abc"), pd.Series({"a": 1.0, "b": 0.0, "c": 0.0}), periods=65)
    assert paths.tail(6).mean().to_numpy() == pytest.approx(shares, abs=1e-12)


def test_a_long_run_that_depends_on_the_start_is_refused():
    with pytest.raises(ValueError, match="must not depend on the start"):
        transitions.steady_state(square([[1, 0], [0, 1]]))


def test_an_absorbing_state_takes_everybody():
    assert transitions.steady_state(square([[0.5, 0.5], [0, 1]])).to_numpy() == pytest.approx([0, 1], abs=1e-9)


def test_rows_must_add_up_and_states_must_match():
    with pytest.raises(ValueError, match=r"every row must add up to 1; \['in'\] do not"):
        transitions.steady_state(square([[0.5, 0.4], [0, 1]]))
    with pytest.raises(ValueError, match="start must be indexed by the states"):
        transitions.forecast(square([[1, 0], [0, 1]]), pd.Series({"in": 1}), periods=1)


def test_mobility_by_hand():
    # rows and columns from best to worst: below the diagonal is up
    found = transitions.mobility(square([[3, 1], [2, 4]]))
    assert found.to_dict() == {"up": 0.2, "same": 0.7, "down": 0.1}
    with pytest.raises(ValueError, match="at least one customer"):
        transitions.mobility(square([[0, 0], [0, 0]]))


@pytest.mark.parametrize("periods", [-1, 1.5, True, "2"])
def test_a_forecast_looks_a_whole_number_of_periods_ahead(periods):
    with pytest.raises(ValueError, match="periods must be a whole number of at least 0; got"):
        transitions.forecast(square([[1, 0], [0, 1]]), pd.Series({"in": 1, "out": 0}), periods=periods)


def test_the_forecast_of_no_period_is_the_start():
    found = transitions.forecast(square([[0.5, 0.5], [0, 1]]), pd.Series({"out": 3.0, "in": 1.0}), periods=0)
    assert found.to_dict("records") == [{"in": 1.0, "out": 3.0}]


@pytest.mark.parametrize("start", [{"in": -1.0, "out": 1.0}, {"in": np.nan, "out": 1.0}, {"in": np.inf, "out": 1.0}])
def test_a_start_must_hold_customers(start):
    with pytest.raises(ValueError, match="start must hold numbers of customers, 0 or more"):
        transitions.forecast(square([[1, 0], [0, 1]]), pd.Series(start), periods=1)


@pytest.mark.parametrize("values", [[[1.2, -0.2], [0.5, 0.5]], [[1.0, np.nan], [0.5, 0.5]], [[1.5, 0.0], [0.5, 0.5]]])
def test_numbers_that_are_no_shares_are_refused(values):
    # But for the last, rows add up to 1, as far as they are there; counts of customers taken for shares do not.
    for function in (
        transitions.steady_state,
        lambda m: transitions.forecast(m, pd.Series({"in": 1, "out": 0}), periods=1),
    ):
        with pytest.raises(
            ValueError, match="every number of the matrix must be a share from 0 to 1; 'in' to '(in|out)' is"
        ):
            function(square(values))


def test_a_negative_probability_is_named():
    with pytest.raises(ValueError, match="'a' to 'c' is -0.2. Make the matrix with transition_matrix"):
        transitions.steady_state(square([[0.8, 0.4, -0.2], [0, 1, 0], [0.5, 0, 0.5]], "abc"))


# --- how long they stay ---

OZ = square([[0.5, 0.25, 0.25], [0.5, 0, 0.5], [0.25, 0.25, 0.5]], ("rain", "nice", "snow"))


def published(name):
    with (Path(__file__).parent / "reference" / "published.csv").open(encoding="utf-8") as stream:
        row = next(row for row in csv.DictReader(stream) if row["name"].startswith(name))
    return pytest.approx(float(row["value"]), abs=0.5 * 10 ** -int(row["digits"]))


def test_the_way_to_the_end_is_as_long_as_published():
    walk = np.diag([1.0, 0, 0, 0, 1]) + np.diag([0, 0.5, 0.5, 0.5], 1) + np.diag([0.5, 0.5, 0.5, 0], -1)
    either_end = np.vstack([np.c_[walk[1:4, 1:4], walk[1:4, [0, 4]].sum(axis=1)], [0, 0, 0, 1]])
    found = transitions.expected_stay(square(either_end, (1, 2, 3, "end")), end="end")
    assert found["until_end"].tolist() == pytest.approx([3, 4, 3, 0], abs=1e-12)
    assert found.loc[2, "until_end"] == published("drunkard's walk")
    to_nice, to_rain = (transitions.expected_stay(OZ, end=end)["until_end"] for end in ("nice", "rain"))
    assert to_nice["rain"] == published("land of Oz")
    assert to_rain.to_dict() == pytest.approx({"rain": 0, "nice": 8 / 3, "snow": 10 / 3}, abs=1e-12)
    assert transitions.expected_stay(OZ, end="nice")["stay"].tolist() == [2, 1, 2]


def test_an_end_that_some_never_come_to_is_infinitely_far():
    # c is never left; b may end in it, a is on the safe side of both; d ends in one step.
    values = [[0.5, 0, 0, 0.5, 0], [0, 0, 0.5, 0, 0.5], [0, 0, 1, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 1]]
    found = transitions.expected_stay(square(values, "abcde"), end="e")
    assert found["until_end"].tolist() == [3, np.inf, np.inf, 1, 0]
    assert found["stay"].tolist() == [2, 1, np.inf, 1, np.inf]


@given(st.lists(st.lists(st.integers(1, 50), min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_step_is_one_period_nearer_to_the_end(counts):
    matrix = square(np.array(counts) / np.sum(counts, axis=1, keepdims=True), "abc")
    until_end = transitions.expected_stay(matrix, end="c")["until_end"]
    assert (1 + matrix @ until_end)[["a", "b"]].to_numpy() == pytest.approx(until_end[["a", "b"]].to_numpy(), rel=1e-9)
    # As far as many customers walk on average until they are there.
    at_end = matrix.copy()
    at_end.loc["c"] = [0, 0, 1]
    still = (
        transitions.forecast(at_end, pd.Series({"a": 1.0, "b": 0.0, "c": 0.0}), periods=3000)[["a", "b"]].sum().sum()
    )
    assert still == pytest.approx(until_end["a"], rel=1e-6)


def test_a_stay_needs_a_matrix_and_an_end():
    with pytest.raises(ValueError, match="end must be one of"):
        transitions.expected_stay(OZ, end="sun")
    with pytest.raises(ValueError, match="add up to 1"):
        transitions.expected_stay(square([[0.5, 0.4], [0, 1]]), end="out")
