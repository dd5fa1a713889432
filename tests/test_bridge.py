"""The growth of customer equity as a sum of more, longer and deeper: by hand, by law, and refusals."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import bridge, equity

BEFORE = pd.DataFrame({"n_customers": [4], "length": [2.0], "profit_per_customer": [100.0]})
AFTER = pd.DataFrame({"n_customers": [5], "length": [4.0], "profit_per_customer": [120.0]})
PARTS = list(bridge.FACTORS)
factor = st.floats(0.1, 100)
row = st.tuples(factor, factor, factor)


def table(*rows, index=None):
    return pd.DataFrame(rows, columns=list(bridge.FACTORS.values()), index=index, dtype=float)


def test_two_orders_by_hand():
    # 800 -> 2,400. More first: 1 x 2 x 100, then 5 x 2 x 100, then 5 x 4 x 20. Backwards: 4 x 2 x 20, 4 x 2 x 120, 480.
    orders = bridge.growth_by_order(BEFORE, AFTER)
    assert orders.loc["more > longer > deeper"].to_dict() == {"more": 200, "longer": 1000, "deeper": 400}
    assert orders.loc["deeper > longer > more"].to_dict() == {"more": 480, "longer": 960, "deeper": 160}
    assert len(orders) == 6 and (orders.sum(axis=1) == 1600).all()


def test_shapley_is_the_mean_of_all_orders():
    # The formula of three factors: d1 (2 b2 b3 + b2 a3 + a2 b3 + 2 a2 a3) / 6.
    split = bridge.growth_split(BEFORE, AFTER)
    assert split.loc[0, "more"] == pytest.approx(1 * (2 * 200 + 2 * 120 + 4 * 100 + 2 * 480) / 6)
    assert split.loc[0, PARTS].tolist() == pytest.approx(bridge.growth_by_order(BEFORE, AFTER).mean().tolist())
    assert split.columns.tolist() == ["before", "after", *PARTS, "change"]
    assert split.loc[0, ["before", "after", "change"]].tolist() == [800, 2400, 1600]


def test_the_log_split_by_hand_and_where_it_differs():
    log = bridge.growth_split(BEFORE, AFTER, method="log").loc[0]
    mean = 1600 / np.log(3)
    assert log[PARTS].tolist() == pytest.approx([mean * np.log(5 / 4), mean * np.log(2), mean * np.log(1.2)])
    assert abs(log["more"] - bridge.growth_split(BEFORE, AFTER).loc[0, "more"]) > 1


@given(st.lists(st.tuples(row, row), min_size=1, max_size=4), st.sampled_from(bridge.METHODS))
def test_the_parts_add_up_to_the_change(rows, method):
    before, after = table(*[one for one, _ in rows]), table(*[two for _, two in rows])
    split = bridge.growth_split(before, after, method=method)
    assert split[PARTS].sum(axis=1).tolist() == pytest.approx(split["change"].tolist(), rel=1e-7, abs=1e-6)


@given(row, row, st.sampled_from(bridge.METHODS))
def test_the_order_of_the_factors_does_not_matter(one, two, method):
    split = bridge.growth_split(table(one), table(two), method=method).iloc[0]
    for names in itertools.permutations(bridge.FACTORS):
        factors = {name: bridge.FACTORS[name] for name in names}
        other = bridge.growth_split(table(one), table(two), factors=factors, method=method).iloc[0]
        assert other[PARTS].tolist() == pytest.approx(split[PARTS].tolist(), rel=1e-9, abs=1e-9)


@given(row, row, st.integers(0, 2), st.sampled_from(bridge.METHODS))
def test_what_did_not_move_has_no_part(one, two, still, method):
    two = [*two[:still], one[still], *two[still + 1 :]]
    assert bridge.growth_split(table(one), table(two), method=method)[PARTS].iloc[0, still] == 0


@given(row, row, st.sampled_from(bridge.METHODS))
def test_the_way_back_has_the_opposite_parts(one, two, method):
    there = bridge.growth_split(table(one), table(two), method=method)[PARTS].iloc[0]
    back = bridge.growth_split(table(two), table(one), method=method)[PARTS].iloc[0]
    assert there.tolist() == pytest.approx((-back).tolist(), rel=1e-7, abs=1e-7)


def test_nothing_moves_and_parts_that_cancel():
    assert (bridge.growth_split(AFTER, AFTER, method="log")[[*PARTS, "change"]] == 0).all(axis=None)
    halved = table((8, 4.0, 15.0)), table((4, 8.0, 15.0))
    for method in bridge.METHODS:
        more, longer, deeper = bridge.growth_split(*halved, method=method)[PARTS].iloc[0]
        assert more < 0 < longer and more == pytest.approx(-longer) and deeper == 0


def test_losses_and_zeros_are_split_by_shapley_and_refused_by_the_logarithm():
    loss = table((4, 2.0, -10.0)), table((4, 2.0, 30.0))
    assert bridge.growth_split(*loss).iloc[0][PARTS].tolist() == [0, 0, 320]
    with pytest.raises(
        ValueError, match="profit_per_customer of 0 is -10 in before, and has no logarithm.*method='shapley'"
    ):
        bridge.growth_split(*loss, method="log")
    with pytest.raises(ValueError, match="profit_per_customer of 0 is 0 in after"):
        bridge.growth_split(BEFORE, BEFORE.assign(profit_per_customer=0.0), method="log")


def test_a_segment_that_is_new_or_gone_is_more_altogether():
    before = table((4, 2.0, 100.0), (3, 5.0, 10.0), (0, 9.0, 9.0), index=["old", "gone", "empty"])
    after = table((7, 3.0, 20.0), (4, 2.0, 100.0), (0, np.nan, np.nan), index=["new", "old", "empty"])
    split = bridge.growth_split(before, after)
    assert split.index.tolist() == ["new", "old", "empty", "gone"]
    assert split.loc["new", [*PARTS, "change"]].tolist() == pytest.approx([420, 0, 0, 420])
    assert split.loc["gone", PARTS].tolist() == pytest.approx([-150, 0, 0])
    assert split.loc["empty", [*PARTS, "change"]].tolist() == [0, 0, 0, 0]
    with pytest.raises(ValueError, match="n_customers of new is 0 in before"):
        bridge.growth_split(before, after, method="log")


def test_several_periods_in_one_call():
    periods = table((4, 2.0, 100.0), (5, 4.0, 120.0), (5, 4.0, 60.0), index=[2023, 2024, 2025])
    splits = bridge.growth_split(periods.shift().iloc[1:], periods.iloc[1:])
    assert splits.index.tolist() == [2024, 2025]
    assert splits.loc[2025, [*PARTS, "change"]].tolist() == [0, 0, -1200, -1200]
    assert splits["after"].iloc[0] == splits["before"].iloc[1]


def test_two_factors_of_ones_own():
    factors = {"more": "n", "deeper": "sales"}
    before, after = pd.DataFrame({"n": [10], "sales": [3.0]}), pd.DataFrame({"n": [20], "sales": [5.0]})
    split = bridge.growth_split(before, after, factors=factors)
    assert split.loc[0, ["more", "deeper"]].tolist() == [40, 30]


@pytest.mark.parametrize(
    ("before", "options", "message"),
    [
        (BEFORE.drop(columns="length"), {}, "before must have the columns"),
        (BEFORE.assign(length=np.nan), {}, "every length of before must be a number"),
        (BEFORE.assign(n_customers=np.nan), {}, "every n_customers of before must be a number"),
        (pd.concat([BEFORE, BEFORE]), {}, "every segment must stand once in before; 0 stands there twice"),
        (BEFORE, {"method": "laspeyres"}, "method must be one of"),
        (BEFORE, {"factors": {str(n): "length" for n in range(7)}}, "factors must be 1 to 6; got 7"),
    ],
)
def test_what_cannot_be_split_is_refused(before, options, message):
    with pytest.raises(ValueError, match=message):
        bridge.growth_split(before, AFTER, **options)


def some_profits(n=400, seed=3):
    rng = np.random.default_rng(seed)
    profits = pd.DataFrame(rng.gamma(2.0, 50.0, (n, 3)), columns=[2023, 2024, 2025])
    return profits.where(rng.random((n, 3)) < [0.6, 0.7, 0.8])


def test_intervals_hold_the_parts_and_the_seed_fixes_them():
    profits = some_profits()
    found = bridge.growth_intervals(profits, discount_rate=0.1, seed=5, n_resamples=200)
    base = equity.base_by_period(profits, discount_rate=0.1)
    split = bridge.growth_split(base.loc[[2024]].reset_index(), base.loc[[2025]].reset_index()).iloc[0]
    assert found["amount"].tolist() == pytest.approx(split[[*PARTS, "change"]].tolist())
    assert ((found["low"] < found["amount"]) & (found["amount"] < found["high"])).all()
    assert found.equals(bridge.growth_intervals(profits, discount_rate=0.1, seed=5, n_resamples=200))


def test_intervals_by_segment_add_up_the_segments():
    profits = some_profits()
    segments = pd.Series(np.where(profits.index % 2, "odd", "even"), index=profits.index)
    found = bridge.growth_intervals(profits, discount_rate=0.1, seed=5, segments=segments, n_resamples=50)
    halves = [
        bridge.growth_intervals(profits[segments == one], discount_rate=0.1, seed=5, n_resamples=1)["amount"]
        for one in ("odd", "even")
    ]
    assert found["amount"].tolist() == pytest.approx(sum(halves).tolist())


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    # Deeper by nothing, more by nothing: the same law in all three periods.
    held = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        profits = pd.DataFrame(rng.gamma(2.0, 50.0, (200, 3))).where(rng.random((200, 3)) < 0.7)
        ends = bridge.growth_intervals(profits, discount_rate=0.1, seed=seed, n_resamples=200).loc["deeper"]
        held.append(ends["low"] <= 0 <= ends["high"])
    assert 0.85 <= np.mean(held) <= 1


def test_intervals_of_too_few_are_refused():
    with pytest.raises(ValueError, match="three periods or more; it has 2"):
        bridge.growth_intervals(some_profits()[[2023, 2024]], discount_rate=0.1, seed=1)
    with pytest.raises(ValueError, match="20 customers or more in each period and segment"):
        bridge.growth_intervals(some_profits(25), discount_rate=0.1, seed=1)
    with pytest.raises(ValueError, match="never leave and are not discounted"):
        bridge.growth_intervals(some_profits().fillna(1.0), discount_rate=0, seed=1)


def test_intervals_are_the_same_in_few_draws_at_once_and_who_has_no_segment_is_left_out(monkeypatch):
    profits = some_profits()
    segments = pd.Series("all", index=profits.index[:300]).astype("string")
    found = bridge.growth_intervals(profits, discount_rate=0.1, seed=5, n_resamples=50, segments=segments)
    monkeypatch.setattr(bridge, "CELLS", 3000)
    again = bridge.growth_intervals(profits, discount_rate=0.1, seed=5, n_resamples=50, segments=segments)
    # The same draws; how many are multiplied at once decides, on some processors, in which order a product is added up.
    pd.testing.assert_frame_equal(found, again, rtol=1e-12, atol=0)
    alone = bridge.growth_intervals(profits.iloc[:300], discount_rate=0.1, seed=5, n_resamples=50)
    assert found["amount"].tolist() == pytest.approx(alone["amount"].tolist())


def test_very_many_are_drawn_in_lots_and_the_intervals_are_as_wide_as_those_of_single_customers(monkeypatch):
    rng = np.random.default_rng(2)
    profits = pd.DataFrame(rng.lognormal(3, 1.5, (6000, 3)), index=[f"c{n}" for n in range(6000)])
    profits = profits.where(rng.random((6000, 3)) < [0.6, 0.7, 0.8])
    segments = pd.Series(np.where(rng.random(6000) < 0.3, "small", "large"), index=profits.index)
    given = {"discount_rate": 0.1, "seed": 5, "segments": segments}
    singly = bridge.growth_intervals(profits, **given)
    monkeypatch.setattr(bridge, "MANY", 5999)
    monkeypatch.setattr(bridge, "LOTS", 1000)  # of 6 customers each
    in_lots = bridge.growth_intervals(profits, **given)
    assert in_lots["amount"].equals(singly["amount"])
    widths = [found["high"] - found["low"] for found in (singly, in_lots)]
    # A standard deviation of 1000 lots is known to 2 %, its ends from 1000 draws to 3 %; of 1000 customers it is 2.4
    # times as large.
    assert (widths[1] / widths[0]).between(0.85, 1.15).all(), widths
    assert ((in_lots["low"] < in_lots["amount"]) & (in_lots["amount"] < in_lots["high"])).all()
    assert in_lots.equals(bridge.growth_intervals(profits, **given))
    assert not in_lots.equals(singly)
