"""Intervals from drawing customers anew: by the textbook, by their level, and where they doubt themselves."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crmlib import concentration
from crmlib.concentration import gini_coefficient
from crmlib.intervals import bootstrap_interval, tail_exponent


def series(values):
    return pd.Series(values, index=[f"c{n:04}" for n in range(len(values))], dtype=float)


# Customers whose largest are not far above the others.
EVEN = series(np.random.default_rng(5).gamma(2, 20, 120))


def plain_gini(value):
    """As `gini_coefficient`, without its checks: thousands of times in a test."""
    ordered = np.sort(value.to_numpy())
    n = len(ordered)
    return float(ordered @ (2 * np.arange(1, n + 1) - n - 1) / (n * ordered.sum()))


def test_the_interval_of_a_mean_is_the_bootstrap_t_of_the_textbook():
    # Efron & Tibshirani, section 12.5, with the mean's own standard error in each draw.
    profit = series(np.random.default_rng(3).normal(-1, 10, 100))
    low, high, _ = bootstrap_interval(profit, lambda v: v.mean(), n_resamples=399, seed=7)
    ordered, rng = np.sort(profit.to_numpy()), np.random.default_rng(7)
    ratios = []
    for _ in range(399):
        drawn = ordered[rng.integers(0, 100, 100)]
        ratios.append((drawn.mean() - ordered.mean()) / (drawn.std() / math.sqrt(100)))
    error = ordered.std() / math.sqrt(100)
    # 399 ratios have 398 steps between them: 2.5 % of these are 9.95, and the ratio before it counts from each end.
    ratios = sorted(ratios)
    assert (low, high) == pytest.approx(
        (ordered.mean() - ratios[-10] * error, ordered.mean() - ratios[9] * error), abs=1e-9
    )
    # Of normal values it is Student's interval, but for the chance of 399 draws.
    student = stats.t.interval(0.95, 99, loc=ordered.mean(), scale=ordered.std(ddof=1) / math.sqrt(100))
    assert (low, high) == pytest.approx(student, abs=0.15 * (student[1] - student[0]))


def test_the_interval_of_a_light_tail_agrees_with_bca_of_scipy():
    value = series(np.random.default_rng(5).uniform(10, 20, 200))
    theirs = stats.bootstrap(
        (value.to_numpy(),), lambda sample: plain_gini(pd.Series(sample)), n_resamples=999, vectorized=False,
        method="BCa", rng=np.random.default_rng(7),
    ).confidence_interval  # fmt: skip
    ours = bootstrap_interval(value, plain_gini, n_resamples=999, seed=7)
    assert ours[:2] == pytest.approx((theirs.low, theirs.high), abs=0.1 * (theirs.high - theirs.low))


def test_the_interval_holds_its_level_where_percentiles_do_not():
    """80 samples of 50 lognormal customers. The share that holds the truth has a standard error of 0.03."""
    truth = 2 * stats.norm.cdf(1 / math.sqrt(2)) - 1
    rng, ours, percentiles = np.random.default_rng(1), 0, 0
    for seed in range(80):
        value = rng.lognormal(0, 1, 50)
        low, high, _ = bootstrap_interval(pd.Series(value), plain_gini, n_resamples=99, seed=seed)
        ours += low <= truth <= high
        draws = np.sort(value[rng.integers(0, 50, (999, 50))])
        below, above = np.quantile(draws @ np.arange(-49, 50, 2) / (50 * draws.sum(axis=1)), [0.025, 0.975])
        percentiles += below <= truth <= above
    assert percentiles / 80 < 0.87 <= ours / 80 <= 0.99


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (
            lambda rng: rng.random(1000) ** (-1 / 1.16),
            "a tail of exponent 1.* at or below 2.0 the variance has no bound",
        ),
        (lambda rng: rng.random(1000) ** (-1 / 3), None),
        (lambda rng: rng.exponential(1, 1000), None),
        (lambda rng: rng.lognormal(0, 2, 1000), "a tail of exponent 1.*a giant who happened not to come"),
        (lambda rng: rng.exponential(1, 99), "only 99 customers bring anything, and it takes 100"),
        (lambda rng: np.append(rng.exponential(1, 99), np.zeros(500)), "only 99 customers bring anything"),
        (lambda rng: np.append(rng.uniform(1, 2, 100), np.zeros(500)), None),
    ],
    ids=["pareto 1.16", "pareto 3", "exponential", "lognormal 2", "99", "99 who buy", "100 who buy"],
)
def test_an_interval_that_will_not_hold_its_level_says_so(draw, says):
    value = pd.Series(draw(np.random.default_rng(8)))
    doubt = bootstrap_interval(value, plain_gini, n_resamples=20, seed=1).doubt
    assert (doubt is None) == (says is None)
    if says:
        assert re.search(f"less often than in 95 of 100 cases: .*{says}", doubt)


def test_a_measure_that_does_not_hang_on_the_largest_is_not_doubted_for_their_tail():
    value = pd.Series(np.random.default_rng(8).random(400) ** (-1 / 1.16))
    low, high, _ = bootstrap_interval(value, lambda v: (v > 2).mean(), n_resamples=200, seed=1)
    assert low < 0.5**1.16 < high


def test_the_tail_exponent_by_hand():
    # The largest tenth of 100 are ten customers with 20; the next has 10: ten times log 2.
    assert tail_exponent(pd.Series([10.0] * 90 + [20.0] * 10)) == pytest.approx(1 / math.log(2))
    # Losses count without their sign, customers who bring nothing do not: 5 of 6 stand out, the least there are.
    assert tail_exponent(pd.Series([0.0] * 50 + [1.0] + [-math.e] * 5)) == pytest.approx(1)
    assert tail_exponent(pd.Series([3.0] * 80)) == math.inf
    assert math.isnan(tail_exponent(pd.Series([0.0] * 50 + [1.0, 2, 3, 4, 5])))


def test_the_tail_exponent_of_a_law_is_found_again():
    made = pd.Series(np.random.default_rng(1).random(100_000) ** (-1 / 2.5))
    assert tail_exponent(made) == pytest.approx(2.5, abs=4 * 2.5 / math.sqrt(10_000))


def test_the_interval_is_the_same_for_the_same_seed_in_any_order_and_holds_the_measure():
    once = bootstrap_interval(EVEN, gini_coefficient, seed=3, n_resamples=200)
    assert once == bootstrap_interval(EVEN, gini_coefficient, seed=3, n_resamples=200)
    assert once == bootstrap_interval(EVEN.sample(frac=1, random_state=1), gini_coefficient, seed=3, n_resamples=200)
    assert once != bootstrap_interval(EVEN, gini_coefficient, seed=4, n_resamples=200)
    assert once[0] < gini_coefficient(EVEN) < once[1]


def test_the_interval_does_not_change_with_the_currency():
    once = bootstrap_interval(EVEN, gini_coefficient, seed=3, n_resamples=200)
    assert bootstrap_interval(EVEN * 1000, gini_coefficient, seed=3, n_resamples=200)[:2] == pytest.approx(
        once[:2], abs=1e-9
    )
    low, high, _ = bootstrap_interval(EVEN, lambda v: v.mean(), seed=3, n_resamples=200)
    assert bootstrap_interval(EVEN * 10, lambda v: v.mean(), seed=3, n_resamples=200)[:2] == pytest.approx(
        (10 * low, 10 * high), abs=1e-9
    )


def test_a_higher_level_is_wider_and_a_share_stays_between_0_and_1():
    narrow = bootstrap_interval(EVEN, gini_coefficient, seed=3, n_resamples=200, level=0.8)
    wide = bootstrap_interval(EVEN, gini_coefficient, seed=3, n_resamples=200, level=0.99)
    assert 0 < wide[0] < narrow[0] < narrow[1] < wide[1] < 1


def test_customers_who_are_all_equal_leave_nothing_to_chance():
    assert bootstrap_interval(series([5] * 100), gini_coefficient, seed=1, n_resamples=20)[:2] == (0, 0)


def test_resamples_without_a_total_are_drawn_again():
    # One of four bought: (3/4)**4, a third of all resamples, hold nobody who did.
    value = series([10, 0, 0, 0])
    low, high, _ = bootstrap_interval(value, lambda v: concentration.top_share(v, 0.25), n_resamples=300, seed=1)
    # With one, two, three, four draws of the buyer the best quarter brings 1, 1/2, 1/3, 1/4.
    assert high == 1
    assert 1 / 4 <= low <= 1 / 2
    # A measure that can be taken of nothing keeps those resamples: the mean is 0 in a third of them.
    assert bootstrap_interval(value, lambda v: v.mean(), n_resamples=300, seed=1)[0] == 0
    with pytest.raises(ValueError, match="must have a positive total"):
        bootstrap_interval(series([0, 0]), gini_coefficient, seed=1)


def test_plain_quantiles_are_said_to_be_given():
    found = bootstrap_interval(series([10, 0, 0, 0]), lambda v: v.mean(), n_resamples=300, seed=1)
    assert "in some draws the measure has no standard error, so plain quantiles" in found.doubt
    # Three or four buyers are drawn in 5.1 % of the cases, four in 0.4 %: of 97.5 % the end is at three, a mean of 7.5.
    assert found[:2] == (0, 7.5)


def test_other_mistakes_of_a_measure_are_not_swallowed():
    calls = []

    def fails_later(sample):
        calls.append(1)
        if len(calls) > 10:
            raise ValueError("mine")
        return 1.0

    with pytest.raises(ValueError, match="mine"):
        bootstrap_interval(EVEN, fails_later, seed=1, n_resamples=10)
    assert len(calls) == 11


@pytest.mark.parametrize(
    ("change", "message"), [({"n_resamples": 0}, "n_resamples must be a whole"), ({"level": 95}, "95 % is 0.95")]
)
def test_options_of_the_interval(change, message):
    with pytest.raises(ValueError, match=message):
        bootstrap_interval(EVEN, gini_coefficient, seed=1, **change)


def test_one_customer_is_not_enough_to_draw_from():
    with pytest.raises(ValueError, match="at least two customers to draw from"):
        bootstrap_interval(series([3]), gini_coefficient, seed=1)
