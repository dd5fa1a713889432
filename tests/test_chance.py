"""Intervals that hold their level, or say that they do not; weeks exchanged at random."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crmlib import chance, concentration
from crmlib.chance import bootstrap_interval, tail_exponent
from crmlib.concentration import gini_coefficient

# --- intervals ---


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


# --- weeks exchanged at random ---


def week_lines():
    """Two periods of 10 days from 1 January 2024: weeks of 7 and 3 days. Every day spends its own power of two."""
    days = pd.date_range("2024-01-01", periods=20)
    return pd.DataFrame({"customer_id": "ann", "order_date": days, "amount": 2.0 ** np.arange(20)})


def test_exchanged_weeks_are_whole_and_keep_their_place():
    def of(first, last):
        return sum(2.0**day for day in range(first, last))

    # first period: days 0-6 and 7-9; second: 10-16 and 17-19. Each half takes one of each pair.
    halves = {
        (of(0, 7) + of(7, 10), of(10, 17) + of(17, 20)),
        (of(10, 17) + of(7, 10), of(0, 7) + of(17, 20)),
        (of(0, 7) + of(17, 20), of(10, 17) + of(7, 10)),
        (of(10, 17) + of(17, 20), of(0, 7) + of(7, 10)),
    }
    pairs = chance.swap_weeks(week_lines(), middle="2024-01-10", days=10, n_times=60, seed=1)
    assert {(a["ann"], b["ann"]) for a, b in pairs} == halves


def test_lines_outside_the_two_periods_are_not_looked_at_and_the_seed_decides():
    lines = week_lines()
    outside = pd.DataFrame(
        {"customer_id": "bob", "order_date": pd.to_datetime(["2023-12-31", "2024-01-21"]), "amount": 1.0}
    )
    options = {"middle": "2024-01-10", "days": 10, "n_times": 20}
    once = [(a["ann"], b["ann"]) for a, b in chance.swap_weeks(lines, seed=1, **options)]
    more = list(chance.swap_weeks(pd.concat([lines, outside]), seed=1, **options))
    assert [(a["ann"], b["ann"]) for a, b in more] == once
    assert all("bob" not in half for pair in more for half in pair)
    assert [(a["ann"], b["ann"]) for a, b in chance.swap_weeks(lines, seed=2, **options)] != once


def test_money_that_is_equal_stays_equal():
    # 0.1 + 0.2 and 0.3 as floats differ in the last digit.
    lines = pd.DataFrame(
        {
            "customer_id": ["ann", "ann", "bob"],
            "order_date": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-01"]),
            "amount": [0.1, 0.2, 0.3],
        }
    )
    for a, b in chance.swap_weeks(lines, middle="2024-01-07", days=7, n_times=5, seed=1):
        whole = a if len(a) else b
        assert whole["ann"] == whole["bob"] == 0.3


@pytest.mark.parametrize("change", [{"days": 0}, {"days": 1.5}, {"n_times": 0}, {"n_times": True}])
def test_exchanging_needs_whole_numbers(change):
    options = {"middle": "2024-01-10", "days": 10, "n_times": 1, "seed": 1} | change
    with pytest.raises(ValueError, match=f"{next(iter(change))} must be a whole number of at least 1"):
        next(chance.swap_weeks(week_lines(), **options))


# --- a coin for every order ----------------------------------------------------------------------

TOSSED = pd.DataFrame(
    [("a", 1, 10.0), ("a", 1, 5.0), ("a", 2, 20), ("b", 3, 7), ("b", 3, -2), ("c", 4, 1)],
    columns=["customer_id", "order_id", "amount"],
)


def test_tossing_keeps_everybodys_total_and_orders_whole():
    for before, after in chance.toss_orders(TOSSED, n_times=30, seed=1):
        assert before.add(after, fill_value=0).to_dict() == {"a": 35.0, "b": 5.0, "c": 1.0}
        assert {*before, *after} <= {35.0, 15.0, 20.0, 5.0, 1.0}
        assert not before.index.intersection(after.index).difference(["a"]).size  # one order is in one period


def test_the_coin_is_fair_and_the_seed_makes_it_fall_the_same():
    pairs = list(chance.toss_orders(TOSSED, n_times=400, seed=2))
    assert 170 < sum("c" in before.index for before, _ in pairs) < 230
    again = list(chance.toss_orders(TOSSED, n_times=400, seed=2))
    assert all(
        one.equals(other)
        for pair, twice in zip(pairs, again, strict=True)
        for one, other in zip(pair, twice, strict=True)
    )
    other = chance.toss_orders(TOSSED, n_times=400, seed=3)
    assert any(not one[0].equals(two[0]) for one, two in zip(pairs, other, strict=True))


def test_tossing_asks_for_its_columns_and_a_number_of_times():
    with pytest.raises(ValueError, match="order_id"):
        next(chance.toss_orders(TOSSED.drop(columns="order_id"), n_times=1, seed=1))
    with pytest.raises(ValueError, match="n_times"):
        next(chance.toss_orders(TOSSED, n_times=0, seed=1))


# --- days at random ---

SCATTERED = pd.DataFrame(
    {
        "customer_id": ["a", "a", "a", "a", "b", "c", "c"],
        "order_date": pd.to_datetime(
            [
                "2024-01-01 08:00",
                "2024-01-01 20:00",
                "2024-01-05",
                "2024-02-01",
                "2024-03-01",
                "2024-03-30",
                "2024-04-20",
            ],
            format="mixed",
        ),
        "amount": [1.0, 2.0, 4.0, -1.0, 8.0, 16.0, 99.0],
    }
)


def test_scattered_customers_keep_their_first_day_and_their_amounts():
    for world in chance.scatter_days(SCATTERED, until="2024-03-31", n_times=50, seed=1):
        assert sorted(world.loc[world["customer_id"] == "a", "amount"]) == [-1.0, 3.0, 4.0]
        first = world.groupby("customer_id")["order_date"].min().dt.strftime("%m-%d")
        assert first.to_dict() == {"a": "01-01", "b": "03-01", "c": "03-30"}  # the line in April is not seen
        assert world.loc[world["amount"] == 3.0, "order_date"].tolist() == [pd.Timestamp("2024-01-01")]
        assert world["order_date"].max() <= pd.Timestamp("2024-03-31")


def test_every_day_after_the_first_is_as_likely_as_another():
    worlds = chance.scatter_days(SCATTERED, until="2024-01-11", n_times=2000, seed=2)
    later = pd.concat([world.loc[world["amount"] == 4.0, "order_date"] for world in worlds])
    counts = later.value_counts().reindex(pd.date_range("2024-01-02", "2024-01-11"))
    assert stats.chisquare(counts).pvalue > 0.001
    again = [next(chance.scatter_days(SCATTERED, until="2024-03-31", n_times=1, seed=seed)) for seed in (3, 3, 4)]
    assert again[0].equals(again[1]) and not again[0].equals(again[2])


def test_where_days_are_luck_the_silence_has_its_law():
    # 20 purchases on 1,000 days: three gaps of silence are rarer than in the exponential law, 1 in 20, but not by much.
    lines = [(f"c{n}", day, 10.0) for n in range(3000) for day in range(0, 1000, 50)]
    log = pd.DataFrame(lines, columns=["customer_id", "day", "amount"])
    log["order_date"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(log["day"], unit="D")
    until = pd.Timestamp("2024-01-01") + pd.Timedelta(days=1000)
    world = next(chance.scatter_days(log, until=until, n_times=1, seed=5))
    days = world.groupby("customer_id")["order_date"].agg(["min", "max"])
    silence = (until - days["max"]).dt.days / ((days["max"] - days["min"]).dt.days / 19)
    assert 0.03 < (silence > 3).mean() < 0.07


def test_scattering_asks_for_its_columns_a_line_and_a_number_of_times():
    with pytest.raises(ValueError, match="amount"):
        next(chance.scatter_days(SCATTERED.drop(columns="amount"), until="2024-03-31", n_times=1, seed=1))
    with pytest.raises(ValueError, match="at least one line up to until"):
        next(chance.scatter_days(SCATTERED, until="2023-03-31", n_times=1, seed=1))
    with pytest.raises(ValueError, match="n_times"):
        next(chance.scatter_days(SCATTERED, until="2024-03-31", n_times=0, seed=1))


# --- lots ---


def test_lots_find_what_the_hypergeometric_law_says():
    n_all, n_marked, n_drawn = pd.Series([96, 94]), pd.Series([10, 4]), pd.Series([31, 14])
    found = chance.found_by_lot(n_all, n_marked, n_drawn, n_times=20_000, seed=1)
    first, second = (stats.hypergeom(*numbers) for numbers in zip(n_all, n_marked, n_drawn, strict=True))
    at_least_7 = sum(first.pmf(k) * second.sf(6 - k) for k in range(11))
    assert found.mean() == pytest.approx(first.mean() + second.mean(), abs=0.05)
    assert (found >= 7).mean() == pytest.approx(at_least_7, abs=0.006)


def test_lots_that_draw_all_find_all_and_a_seed_draws_the_same():
    all_of_them = chance.found_by_lot(pd.Series([8]), pd.Series([3]), pd.Series([8]), n_times=5, seed=1)
    assert all_of_them.tolist() == [3] * 5
    some = [chance.found_by_lot(pd.Series([8]), pd.Series([3]), pd.Series([4]), n_times=9, seed=2) for _ in range(2)]
    assert some[0].equals(some[1])


@pytest.mark.parametrize(("n_all", "n_marked", "n_drawn"), [(8, 9, 2), (8, 2, 9), (8, -1, 2), (8, 2, -1)])
def test_lots_cannot_draw_or_mark_more_than_there_are(n_all, n_marked, n_drawn):
    with pytest.raises(ValueError, match="between 0 and n_all"):
        chance.found_by_lot(pd.Series([n_all]), pd.Series([n_marked]), pd.Series([n_drawn]), n_times=3, seed=1)


def test_intervals_of_groups_are_those_of_each_alone():
    groups = {"even": pd.Series(np.arange(1.0, 151)), "a giant": pd.Series([1.0] * 20 + [500.0])}
    found = chance.intervals_of(groups, pd.Series.mean, n_resamples=60, seed=4)
    for name, value in groups.items():
        low, high, doubt = chance.bootstrap_interval(value, pd.Series.mean, n_resamples=60, seed=4)
        assert found.loc[name, ["low", "high", "is_rough"]].tolist() == [low, high, doubt is not None]
    assert found["share_of_the_biggest"].tolist() == pytest.approx([150 / (150 * 151 / 2), 500 / 520])
