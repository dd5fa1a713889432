"""Weeks exchanged, orders tossed, days scattered and lots drawn at random: by hand, by law, by mistake."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crmlib import chance, intervals, lifecycle


def test_intervals_are_at_hand_here():
    assert chance.bootstrap_interval is intervals.bootstrap_interval and chance.tail_exponent is intervals.tail_exponent
    assert sorted(chance.__all__) == chance.__all__ and all(hasattr(chance, name) for name in chance.__all__)


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


def test_the_middle_of_steady_days_is_off_by_its_standard_error():
    rng = np.random.default_rng(3)
    off = np.array([rng.integers(0, 60, 9).mean() - 29.5 for _ in range(20_000)])
    found = chance.middle_error(pd.Series({"ann": 60}), pd.Series({"ann": 10}))["ann"]
    assert found == pytest.approx(off.std(), rel=0.02)


def test_the_middle_of_steady_days_is_the_slope_of_the_stages():
    days = pd.Timestamp("2024-12-31") - pd.to_timedelta([200, 150, 90, 30, 8], unit="D")
    lines = pd.DataFrame({"customer_id": "ann", "order_date": days, "amount": 9.0})
    stages = lifecycle.assign_stages(lines, as_of="2024-12-31")
    ahead = 199 / 2 - np.mean([150, 90, 30, 8])
    error = chance.middle_error(stages["tenure_days"], stages["n_days"])
    assert stages.loc["ann", "slope_z"] == pytest.approx(ahead / error["ann"])


def test_the_middle_asks_for_days_that_can_be():
    one = pd.Series({"ann": 0})
    assert chance.middle_error(one, one + 1).isna().all()
    with pytest.raises(ValueError, match="tenure_days must be at least 0"):
        chance.middle_error(one, one)


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
