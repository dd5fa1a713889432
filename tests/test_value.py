"""What customers are worth: published numbers, by hand, by law, and refusals."""

import functools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import value

STATES = ["bought", "1 ago", "2 ago", "3 ago", "gone"]
SHARES = [[0.3, 0.7, 0, 0, 0], [0.2, 0, 0.8, 0, 0], [0.15, 0, 0, 0.85, 0], [0.05, 0, 0, 0, 0.95], [0, 0, 0, 0, 1]]
MOVES = pd.DataFrame(SHARES, index=STATES, columns=STATES)
REWARD = [36, -4, -4, -4, 0]


def test_the_formula_of_the_course():
    profits = [120, 140, 150, 160, 170]
    assert round(value.customer_lifetime_value(profits, discount_rate=0.1), 4) == 552.3294
    by_hand = sum(profit / 1.1**i for i, profit in enumerate(profits, start=1))
    assert value.customer_lifetime_value(pd.Series(profits), discount_rate=0.1) == pytest.approx(by_hand)


def test_when_money_comes_is_a_factor():
    end, middle, start = (
        value.customer_lifetime_value([5, 7], discount_rate=0.21, timing=one) for one in value.TIMINGS
    )
    assert (middle / end, start / end) == pytest.approx((1.1, 1.21))


def test_case_1_of_berger_and_nasr():
    # Berger & Nasr (1998): contribution 260, promotion 50 in the middle of a year, retention .75, discount .20.
    found = value.retention_value(
        260, retention_rate=0.75, discount_rate=0.2, first_payment="now", n_periods=10, cost=50
    )
    assert round(found, 2) == 568.78


def test_one_customer_is_worth_three_numbers_by_convention():
    # Gupta & Lehmann (2003): the multiple r / (1 + i - r) is 2.500 for .8 and .12.
    found = {
        when: value.retention_value(100, retention_rate=0.8, discount_rate=0.12, first_payment=when)
        for when in value.FIRST_PAYMENTS
    }
    assert found == pytest.approx({"now": 350.0, "end": 312.5, "end if retained": 250.0})


@given(st.floats(0, 0.99), st.floats(0, 1), st.sampled_from(value.FIRST_PAYMENTS), st.floats(0, 20))
def test_without_an_end_is_where_many_periods_lead(retention, discount, when, cost):
    options = {"retention_rate": retention, "discount_rate": discount, "first_payment": when, "cost": cost}
    many = value.retention_value(10, **options, n_periods=5000)
    assert value.retention_value(10, **options) == pytest.approx(many)


def test_a_customer_who_never_leaves_needs_an_end_or_a_discount():
    options = {"retention_rate": 1.0, "discount_rate": 0.0, "first_payment": "now"}
    assert value.retention_value(10, **options, n_periods=4) == 50
    with pytest.raises(ValueError, match="worth without end"):
        value.retention_value(10, **options)


def test_the_chain_of_pfeifer_and_carraway():
    # Pfeifer & Carraway (2000): without an end, and giving up after three periods.
    assert value.markov_value(MOVES, REWARD, discount_rate=0.2).round(3).tolist() == [52.32, 5.554, 1.251, -1.82, 0]
    stopped = value.markov_value(MOVES, REWARD, discount_rate=0.2, may_stop=True)
    assert stopped.round(3).tolist() == [53.149, 6.621, 2.644, 0, 0]


def test_the_chain_by_hand_is_rewards_one_period_after_another():
    here, total = np.eye(5), np.zeros(5)
    for period in range(400):
        total += here @ REWARD / 1.2**period
        here = here @ MOVES.to_numpy()
    assert value.markov_value(MOVES, REWARD, discount_rate=0.2).to_numpy() == pytest.approx(total)


@given(st.lists(st.floats(-50, 50), min_size=5, max_size=5), st.floats(0.01, 1))
def test_the_right_to_stop_is_never_worth_less_than_nothing(reward, discount):
    free = value.markov_value(MOVES, reward, discount_rate=discount, may_stop=True)
    bound = value.markov_value(MOVES, reward, discount_rate=discount)
    assert (free >= np.maximum(bound, 0) - 1e-9).all()
    go_on = np.array(reward) + MOVES.to_numpy() @ free / (1 + discount)
    assert free.to_numpy() == pytest.approx(np.maximum(go_on, 0), abs=1e-9)  # Bellman's equation


def test_rewards_are_found_by_state_not_by_place():
    reward = pd.Series(REWARD, index=STATES).iloc[::-1]
    assert value.markov_value(MOVES, reward, discount_rate=0.2)["bought"] == pytest.approx(52.320, abs=5e-4)


@pytest.mark.parametrize(
    ("moves", "reward", "message"),
    [
        (MOVES.iloc[::-1], REWARD, "the same states in rows and columns"),
        (MOVES * 0.5, REWARD, "add up to 1; 'bought' adds up to 0.5"),
        (MOVES.replace(1.0, np.nan), REWARD, "'gone' adds up to nan"),
        (MOVES, REWARD[:4], "reward must have one number for each"),
        (MOVES, pd.Series(REWARD[:4], index=STATES[:4]), "reward must have one number for each"),
    ],
)
def test_chains_that_cannot_be_are_refused(moves, reward, message):
    with pytest.raises(ValueError, match=message):
        value.markov_value(moves, reward, discount_rate=0.2)


def test_profits_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="profits must be one number per period, none missing"):
        value.customer_lifetime_value([1, None], discount_rate=0.1)
    with pytest.raises(ValueError, match="timing must be"):
        value.customer_lifetime_value([1], discount_rate=0.1, timing="late")


# --- what it hangs on ---


def worth(profit, n_years, rate):
    return value.customer_lifetime_value([profit] * int(n_years), discount_rate=rate)


FACTORS = pd.DataFrame(
    {"low": [80, 2, 0.05], "base": [100, 3, 0.1], "high": [120, 6, 0.2]}, index=["profit", "n_years", "rate"]
)


def test_each_factor_is_moved_alone_and_the_widest_is_first():
    found = value.sensitivity(worth, FACTORS)
    assert found.index.tolist() == ["n_years", "profit", "rate"] and found.index.name == "factor"
    assert set(found["value_at_base"]) == {worth(100, 3, 0.1)}
    assert found.loc["n_years", ["value_at_low", "value_at_high"]].tolist() == [worth(100, 2, 0.1), worth(100, 6, 0.1)]
    assert found.loc["rate", ["value_at_low", "value_at_high"]].tolist() == [worth(100, 3, 0.05), worth(100, 3, 0.2)]
    assert found["value_swing"].is_monotonic_decreasing
    assert found.loc["rate", "value_swing"] == worth(100, 3, 0.05) - worth(100, 3, 0.2)  # a distance, though it falls
    pd.testing.assert_frame_equal(FACTORS, FACTORS.copy())


def test_a_function_of_the_package_can_be_moved_as_well():
    factors = pd.DataFrame({"low": [0.7], "base": [0.8], "high": [0.9]}, index=["retention_rate"])
    found = value.sensitivity(
        functools.partial(value.retention_value, 100, discount_rate=0.12, first_payment="now"), factors
    )
    assert found.loc["retention_rate", "value_at_base"] == pytest.approx(350)


@pytest.mark.parametrize(
    ("factors", "message"),
    [
        (FACTORS.drop(columns="base"), "must have the columns"),
        (FACTORS.assign(low=[90, 4, 0.05]), "low <= base <= high"),
        (FACTORS.loc[["profit", "profit"]], "low <= base <= high"),
        (FACTORS.iloc[:0], "no row"),
        (FACTORS.assign(high=[120, np.nan, 0.2]), "high"),
    ],
)
def test_a_range_that_does_not_hold_its_base_is_refused(factors, message):
    with pytest.raises(ValueError, match=message):
        value.sensitivity(worth, factors)


# --- last year's profit as a forecast ---


def test_groups_are_made_before_and_followed_whether_they_come_or_not():
    before = pd.Series({"ann": 10.0, "bob": 20.0, "cy": 60.0, "dee": 100.0, "eve": -30.0, "flo": 0.0})
    after = pd.Series({"ann": 20.0, "bob": 24.0, "cy": 88.0, "eve": 6.0, "gil": 1000.0})  # gil is new, dee is gone
    found = value.carry_forward(before, after, is_here=after > 0, n_groups=3)
    assert found.index.tolist() == [1, 2, 3] and found["n_customers"].tolist() == [2, 2, 2]
    assert found["before"].tolist() == [-15, 15, 80] and found["after"].tolist() == [3, 22, 44]
    assert np.isnan(found.loc[1, "came_share"]) and found.loc[3, "came_share"] == 0.55
    assert found["n_here"].tolist() == [1, 2, 1] and found["after_here"].tolist() == [6, 22, 88]
    assert value.carry_forward(before, after).columns.tolist() == ["n_customers", "before", "after", "came_share"]


@given(st.integers(2, 9), st.integers(0, 60))
def test_groups_are_of_the_same_size_but_for_one(n_groups, more):
    before = pd.Series(np.zeros(n_groups + more))  # all equal: still groups
    sizes = value.carry_forward(before, before, n_groups=n_groups)["n_customers"]
    assert sizes.sum() == len(before) and sizes.max() - sizes.min() <= 1 and len(sizes) == n_groups


def test_more_groups_than_customers_are_refused():
    with pytest.raises(ValueError, match="at least as many customers as groups; 2 customers for 5"):
        value.carry_forward(pd.Series([1.0, 2.0]), pd.Series([1.0, 2.0]))


def test_pure_noise_moves_to_the_middle():
    draw = np.random.default_rng(1).normal(100, 50, size=(2, 10_000))
    found = value.carry_forward(pd.Series(draw[0]), pd.Series(draw[1]))
    assert found["after"].between(95, 105).all() and found.loc[5, "before"] > 160
