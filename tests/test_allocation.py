"""A budget over tiers by marginal value."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from crmlib.allocation import allocate_budget, expected_gain, marginal_gain


def curves(n_customers, ceiling, half_at, names=None):
    names = names or [f"tier {n}" for n in range(len(n_customers))]
    return pd.DataFrame({"n_customers": n_customers, "ceiling": ceiling, "half_at": half_at}, index=names)


TWO = curves([10, 90], [80.0, 20.0], [50.0, 50.0], ["VIP", "other"])


# --- by hand ---


def test_half_the_ceiling_is_reached_at_half_at():
    # VIP: 500 over 10 customers is 50 each, half of 80 each: 400.
    # Other: 13,500 over 90 is 150 each: 20 * 150 / 200 = 15 each.
    gain = expected_gain(TWO, pd.Series({"VIP": 500.0, "other": 13_500.0}))
    assert gain.to_dict() == {"VIP": 400.0, "other": 1350.0}


def test_the_best_steps_by_hand():
    # One customer each, half_at 10, steps of 10: of the ceiling, 1/2, then 2/3, then 3/4.
    # A (120): 60, 20, 10.   B (60): 30, 10, 5.   Three steps: A 60, B 30, A 20.
    pair = curves([1, 1], [120.0, 60.0], [10.0, 10.0], ["A", "B"])
    plan = allocate_budget(pair, budget=30, step=10)
    assert plan["spending"].to_dict() == {"A": 20.0, "B": 10.0}
    assert plan["gain"].round(9).to_dict() == {"A": 80.0, "B": 30.0}
    # The fourth step would bring 10 for 10 in either: A's third, B's second.
    assert plan["next_return"].round(9).to_dict() == {"A": 1.0, "B": 1.0}
    assert plan["share"].round(9).to_dict() == {"A": 0.666666667, "B": 0.333333333}


def test_a_tie_goes_to_the_tier_that_stands_first():
    pair = curves([1, 1], [100.0, 100.0], [10.0, 10.0], ["A", "B"])
    assert allocate_budget(pair, budget=10, step=10)["spending"].to_dict() == {"A": 10.0, "B": 0.0}


def test_money_that_would_not_come_back_is_not_spent():
    # The first 10 bring 60 / 2 = 30, the next 10, the third 5: it stays in the purse.
    one = curves([1], [60.0], [10.0])
    assert allocate_budget(one, budget=1000, step=10)["spending"].iloc[0] == 20
    assert allocate_budget(one, budget=1000, step=10, least_return=0)["spending"].iloc[0] == 1000
    assert allocate_budget(one, budget=1000, step=10, least_return=2)["spending"].iloc[0] == 10


def test_a_budget_below_a_step_spends_nothing_and_decimals_make_whole_steps():
    assert allocate_budget(TWO, budget=9, step=10)["spending"].sum() == 0
    assert allocate_budget(TWO, budget=9, step=10)["share"].tolist() == [0, 0]
    assert allocate_budget(TWO, budget=0.3, step=0.1)["spending"].sum() == pytest.approx(0.3)


def test_a_tier_without_customers_gets_nothing():
    plan = allocate_budget(curves([0, 2], [500.0, 50.0], [10.0, 10.0]), budget=50, step=5)
    assert plan["spending"].iloc[0] == 0
    assert plan.notna().all().all()


# --- by law ---


@pytest.mark.parametrize("seed", range(5))
def test_no_other_way_to_spend_as_much_brings_more(seed):
    rng = np.random.default_rng(seed)
    some = curves(rng.integers(1, 30, 3), rng.uniform(1, 200, 3), rng.uniform(1, 100, 3))
    plan = allocate_budget(some, budget=12, step=1, least_return=0)
    others = [split for split in product(range(13), repeat=3) if sum(split) == 12]
    best = max(expected_gain(some, pd.Series(split, index=some.index)).sum() for split in others)
    assert plan["spending"].sum() == 12
    assert plan["gain"].sum() == pytest.approx(best, rel=1e-12)


def test_in_small_steps_the_last_unit_brings_the_same_everywhere():
    plan = allocate_budget(TWO, budget=3000, step=1, least_return=0)
    slopes = marginal_gain(TWO, plan["spending"])
    assert slopes["VIP"] == pytest.approx(slopes["other"], rel=0.01)


def test_the_marginal_gain_is_the_slope_of_the_gain():
    at, a_little = pd.Series({"VIP": 700.0, "other": 100.0}), 1e-4
    for tier in TWO.index:
        more = at.copy()
        more[tier] += a_little
        slope = (expected_gain(TWO, more)[tier] - expected_gain(TWO, at)[tier]) / a_little
        assert marginal_gain(TWO, at)[tier] == pytest.approx(slope, rel=1e-5)


def test_a_tier_cut_in_two_gets_what_it_got_whole():
    cut = curves([4, 6, 90], [80.0, 80.0, 20.0], [50.0] * 3, ["a", "b", "other"])
    whole = allocate_budget(TWO, budget=2000, step=1, least_return=0)["spending"]
    parts = allocate_budget(cut, budget=2000, step=1, least_return=0)["spending"]
    assert parts["a"] + parts["b"] == pytest.approx(whole["VIP"], abs=2)


def test_tables_come_back_as_they_were_and_order_does_not_matter():
    before, money = TWO.copy(), pd.Series({"other": 90.0, "VIP": 10.0})
    assert expected_gain(TWO, money).to_dict() == expected_gain(TWO, money[["VIP", "other"]]).to_dict()
    assert marginal_gain(TWO, money).to_dict() == marginal_gain(TWO, money[["VIP", "other"]]).to_dict()
    allocate_budget(TWO, budget=100, step=10)
    pd.testing.assert_frame_equal(TWO, before)


# --- by mistake ---


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("half_at", 0.0, r"half_at above 0; 'VIP' has half_at 0\.0"),
        ("ceiling", -1.0, r"'VIP' has ceiling -1\.0"),
        (
            "n_customers",
            np.nan,
            "every n_customers of curves must be a number; 1 of 2 are not, the first that of 'VIP'",
        ),
    ],
)
def test_a_curve_that_cannot_be_is_named(column, value, message):
    with pytest.raises(ValueError, match=message):
        allocate_budget(TWO.astype(float).assign(**{column: [value, 1.0]}), budget=10, step=1)


def test_missing_columns_are_named():
    with pytest.raises(ValueError, match=r"missing \['half_at'\]"):
        expected_gain(TWO.drop(columns="half_at"), pd.Series({"VIP": 1.0, "other": 1.0}))


def test_a_tier_twice_is_refused():
    with pytest.raises(ValueError, match="one row per tier"):
        allocate_budget(pd.concat([TWO, TWO]), budget=10, step=1)


@pytest.mark.parametrize("spending", [{"VIP": 1.0}, {"VIP": 1.0, "others": 1.0}])
def test_spending_names_the_tiers(spending):
    with pytest.raises(ValueError, match="spending must name the tiers"):
        expected_gain(TWO, pd.Series(spending))


@pytest.mark.parametrize("wrong", [-1.0, np.nan])
def test_spending_is_not_negative(wrong):
    with pytest.raises(ValueError, match="0 or more for every tier"):
        marginal_gain(TWO, pd.Series({"VIP": wrong, "other": 0.0}))


@pytest.mark.parametrize("wrong", [{"budget": -1}, {"budget": np.inf}, {"least_return": -1}])
def test_a_budget_is_not_negative(wrong):
    with pytest.raises(ValueError, match="(budget|least_return) must be a number of at least 0; got"):
        allocate_budget(TWO, **{"budget": 10, "step": 1} | wrong)


@pytest.mark.parametrize("step", [0, -5, np.nan, 1e-9])
def test_a_step_is_a_small_part_of_the_budget(step):
    with pytest.raises(ValueError, match="step must be .*; got .* step=budget / 1000"):
        allocate_budget(TWO, budget=10, step=step)
