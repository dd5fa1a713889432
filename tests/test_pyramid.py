"""Tiers, shares, Gini, ABC and whale: by hand, by law, by mistake, by contract, against published numbers."""

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import concentration, profitability, pyramid

with (Path(__file__).parent / "reference" / "published.csv").open(encoding="utf-8") as stream:
    PUBLISHED = {row["name"]: row for row in csv.DictReader(stream)}

# Eight customers, the total 100: worked on paper below.
EIGHT = pd.Series({"a": 40, "b": 25, "c": 12, "d": 8, "e": 6, "f": 5, "g": 3, "h": 1}, dtype=float)


def series(values):
    return pd.Series(values, index=[f"c{n:04}" for n in range(len(values))], dtype=float)


cents = st.integers(0, 10**7).map(lambda n: n / 100)
spending = st.lists(cents, min_size=1, max_size=60).filter(lambda v: sum(v) > 0).map(series)
signed = st.lists(st.integers(-(10**7), 10**7).map(lambda n: n / 100), min_size=1, max_size=60).map(series)
shares = st.floats(0, 1)


def within_half_a_unit(value, name):
    row = PUBLISHED[name]
    return abs(value - float(row["value"])) <= 0.5 * 10 ** -int(row["digits"])


# --- published ---


def test_gini_of_one_to_five_is_published():
    assert within_half_a_unit(concentration.gini_coefficient(series([1, 2, 3, 4, 5])), "gini")
    assert within_half_a_unit(concentration.gini_coefficient(series([1, 2, 3, 4, 5]), corrected=True), "gini corrected")


def test_a_pareto_law_that_holds_80_20_gives_the_closed_forms():
    # A large sample at the law's own quantiles; the top cell takes its exact mean.
    alpha = 1 / (1 - math.log(0.8) / math.log(0.2))
    assert abs(alpha - 1.160964) <= 0.5e-6
    n = 1_000_000
    edges = np.arange(n + 1) / n  # share of customers from the top
    held = edges ** (1 - 1 / alpha)  # their share of value
    law = pd.Series(np.diff(held))
    assert within_half_a_unit(concentration.top_share(law, 0.01), "pareto top 1 %")
    assert abs(concentration.top_share(law, 0.2) - 0.8) < 1e-9
    assert within_half_a_unit(concentration.gini_coefficient(law), "pareto gini")


def test_the_course_pyramid_of_a_thousand_customers():
    tiers = pyramid.assign_tiers(series(range(1000))).value_counts()
    found = " ".join(str(tiers[name]) for name in ("VIP", "major", "regular", "small"))
    assert found == PUBLISHED["pyramid of 1000"]["value"]


# --- by hand ---


def test_tiers_of_eight_by_hand():
    # 8 customers: 1 % is 0.08 -> 0; 5 % is 0.4 -> 0; 20 % is 1.6 -> 2.
    tiers = pyramid.assign_tiers(EIGHT)
    assert tiers.astype(str).tolist() == ["regular"] * 2 + ["small"] * 6


@pytest.mark.parametrize(
    ("n", "counts"),
    [
        (50, [1, 2, 7, 40]),  # 0.5 -> 1, 2.5 -> 3, 10: halves up
        (150, [2, 6, 22, 120]),  # 1.5 -> 2, 7.5 -> 8, 30
        (49, [0, 2, 8, 39]),  # 0.49 -> 0, 2.45 -> 2, 9.8 -> 10
        (2469, [25, 98, 371, 1975]),  # 24.69 -> 25, 123.45 -> 123, 493.8 -> 494
    ],
)
def test_rounding_of_the_cuts_by_hand(n, counts):
    tiers = pyramid.assign_tiers(series(range(n))).value_counts()
    assert [tiers[name] for name in ("VIP", "major", "regular", "small")] == counts


def test_a_cut_that_floats_would_miss():
    # 0.07 * 100 is 7.000000000000001 and 0.29 * 100 is 28.999999999999996 as floats.
    assert (pyramid.assign_tiers(series(range(100)), cuts=(0.07, 0.29)) >= "tier 2").sum() == 29
    # 0.145 * 100 = 14.5 goes up; the float 14.499999999999998 would go down.
    assert (pyramid.assign_tiers(series(range(100)), cuts=(0.145,)) == "tier 1").sum() == 15


def test_equal_customers_are_told_apart_by_id_and_said_to_be():
    value = pd.Series({"b": 5.0, "a": 5.0, "d": 5.0, "c": 9.0})
    tiers = pyramid.assign_tiers(value, cuts=(0.5,), labels=("top", "rest"))
    assert tiers.to_dict() == {"b": "rest", "a": "top", "d": "rest", "c": "top"}
    cutoffs = pyramid.tier_cutoffs(value, cuts=(0.5,), labels=("top", "rest"))
    assert cutoffs["n_tied"].to_dict() == {"top": 3, "rest": 0}
    assert cutoffs.loc["top", ["lowest", "highest"]].tolist() == [5.0, 9.0]


def test_tier_table_by_hand():
    table = pyramid.tier_table(EIGHT, pyramid.assign_tiers(EIGHT, cuts=(0.25,), labels=("top", "rest")))
    assert table.index.tolist() == ["top", "rest"]
    assert table.loc["top"].tolist() == [2, 0.25, 65.0, 0.65, 32.5]
    assert table.loc["rest", ["n_customers", "value"]].tolist() == [6, 35.0]


@given(st.permutations("abcde"))
def test_the_sums_of_tiers_are_exact_in_any_order_of_rows(order):
    # As floats (0.1 + 0.2) + 0.3 is 0.6000000000000001, and beside 1e16 all of it is lost.
    value = pd.Series({"a": 0.1, "b": 0.2, "c": 0.3, "d": 1e16, "e": -1e16})[list(order)]
    tier = pd.Series(pd.Categorical(["low", "low", "low", "top", "top"], ["low", "top"], ordered=True), list("abcde"))
    table = pyramid.tier_table(value, tier)
    assert table["value"].to_dict() == {"top": 0.0, "low": 0.6}
    assert table["value_share"].to_dict() == {"top": 0.0, "low": 1.0}


def test_shares_of_eight_by_hand():
    assert concentration.top_share(EIGHT, 0.25) == pytest.approx(0.65, abs=1e-12)  # 40 + 25
    assert concentration.top_share(EIGHT, 0.2) == pytest.approx(0.40 + 0.6 * 0.25, abs=1e-12)  # 1.6 customers
    assert concentration.share_needed(EIGHT, 0.77) == pytest.approx(3 / 8, abs=1e-12)  # 40 + 25 + 12
    assert concentration.share_needed(EIGHT, 0.80) == pytest.approx((3 + 3 / 8) / 8, abs=1e-12)  # 3 of d's 8


def test_gini_of_eight_by_hand():
    # sum (2i - 9) x, smallest first: -7*1 -5*3 -3*5 -1*6 +1*8 +3*12 +5*25 +7*40 = 406; / (8 * 100)
    assert concentration.gini_coefficient(EIGHT) == pytest.approx(406 / 800, abs=1e-12)


def test_abc_of_eight_by_hand():
    # added up before each: 0 40 65 77 85 91 96 99; d crosses 80, f crosses 95.
    assert pyramid.abc_classes(EIGHT).astype(str).tolist() == list("AAAABBCC")


def test_a_customer_who_ends_exactly_on_a_cut_is_the_last_above_it():
    assert pyramid.abc_classes(series([80, 15, 5])).astype(str).tolist() == list("ABC")
    # 0.1 + 0.2 + ... as floats end a hair beside the cut
    assert pyramid.abc_classes(series([0.1] * 10)).astype(str).tolist() == list("AAAAAAAABB")


def test_whale_by_hand():
    curve = profitability.whale_curve(pd.Series({"a": -30.0, "b": 100.0, "c": 50.0, "d": -20.0}))
    assert curve["profit"].tolist() == [0, 100, 150, 130, 100]
    assert curve["profit_share"].tolist() == [0, 1.0, 1.5, 1.3, 1.0]
    assert curve["customer_share"].tolist() == [0, 0.25, 0.5, 0.75, 1]


def test_whale_of_a_losing_firm_has_money_but_no_shares():
    with pytest.warns(UserWarning, match="total is -5.00, not positive"):
        curve = profitability.whale_curve(pd.Series({"a": 5.0, "b": -10.0}))
    assert curve["profit"].tolist() == [0, 5, -5]
    assert curve["profit_share"].isna().all()


# --- by law ---


@given(signed)
def test_tiers_do_not_depend_on_the_order_of_rows(value):
    assert pyramid.assign_tiers(value[::-1]).reindex(value.index).equals(pyramid.assign_tiers(value))


@given(signed)
def test_nobody_in_a_lower_tier_has_more(value):
    tiers = pyramid.assign_tiers(value, cuts=(0.1, 0.4))
    by_tier = [value[tiers == name] for name in ("tier 1", "tier 2", "tier 3")]
    for better, worse in zip(by_tier, by_tier[1:], strict=False):
        assert better.empty or worse.empty or better.min() >= worse.max()
    assert sum(map(len, by_tier)) == len(value)


@given(spending)
def test_gini_equals_the_mean_difference(value):
    x = value.to_numpy()
    mean_difference = np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) ** 2 * x.mean())
    assert concentration.gini_coefficient(value) == pytest.approx(mean_difference, abs=1e-9)


@given(spending, st.integers(2, 5))
def test_gini_does_not_change_with_the_currency_or_with_copies_of_everybody(value, k):
    gini = concentration.gini_coefficient(value)
    assert concentration.gini_coefficient(value * k) == pytest.approx(gini, abs=1e-9)
    copies = series(np.tile(value.to_numpy(), k))
    assert concentration.gini_coefficient(copies) == pytest.approx(gini, abs=1e-9)


@given(st.integers(1, 50))
def test_gini_of_equals_is_0_and_of_one_who_brings_all_nearly_1(n):
    assert concentration.gini_coefficient(series([7.7] * n)) == pytest.approx(0, abs=1e-12)
    assert concentration.gini_coefficient(series([0.0] * (n - 1) + [5.0])) == pytest.approx((n - 1) / n, abs=1e-12)


@given(spending, shares)
def test_top_and_bottom_make_the_whole(value, share):
    curve = concentration.lorenz_curve(value)
    bottom = np.interp(1 - share, curve["customer_share"], curve["value_share"])
    assert concentration.top_share(value, share) + bottom == pytest.approx(1, abs=1e-12)
    assert concentration.top_share(value, share) >= share - 1e-9


@given(spending, shares)
def test_share_needed_turns_top_share_round(value, of):
    needed = concentration.share_needed(value, of)
    assert concentration.top_share(value, needed) == pytest.approx(of, abs=1e-9)
    assert needed <= of + 1e-9


@given(spending)
def test_abc_is_the_smallest_group_that_reaches_the_cut(value):
    classes = pyramid.abc_classes(value)
    a = value[classes == "A"]
    assert a.sum() >= 0.8 * value.sum() - 1e-6
    assert a.sum() - a.min() < 0.8 * value.sum() + 1e-6


@given(signed)
def test_the_whale_peaks_at_the_sum_of_the_gains(profit):
    if profit.sum() <= 0:
        return
    curve = profitability.whale_curve(profit)
    assert curve["profit"].max() == pytest.approx(profit[profit > 0].sum(), abs=1e-6)
    assert curve["profit"].iloc[-1] == pytest.approx(profit.sum(), abs=1e-6)


# --- by contract ---


def test_results_keep_index_order_and_name_and_leave_the_input_alone():
    value = pd.Series([3.0, 1.0, 2.0], index=pd.Index(["z", "x", "y"], name="customer_id"), name="monetary")
    before = value.copy()
    tiers, classes = pyramid.assign_tiers(value), pyramid.abc_classes(value)
    assert (tiers.name, classes.name) == ("tier", "abc")
    assert tiers.index.equals(value.index)
    assert tiers.index.name == "customer_id"
    assert tiers.cat.ordered
    assert tiers.cat.categories.tolist() == ["small", "regular", "major", "VIP"]
    assert classes.cat.categories.tolist() == ["C", "B", "A"]
    pd.testing.assert_series_equal(value, before)


def test_cost_to_serve_by_hand_and_a_missing_rate():
    done = pd.DataFrame({"customer_id": ["a", "a", "b"], "activity": ["visit", "call", "call"], "n_times": [2, 3, 1]})
    rates = pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [100.0, 7.5]})
    assert profitability.cost_to_serve(done, rates).to_dict() == {"a": 222.5, "b": 7.5}
    with pytest.raises(ValueError, match=r"every activity; \['visit'\] have none"):
        profitability.cost_to_serve(done, rates[1:])
    with pytest.raises(ValueError, match=r"\['call'\] stand there more than once"):
        profitability.cost_to_serve(done, pd.concat([rates, rates[1:]]))


# --- by mistake ---


@pytest.mark.parametrize(
    "measure",
    [
        concentration.lorenz_curve,
        concentration.gini_coefficient,
        pyramid.abc_classes,
        lambda v: concentration.top_share(v, 0.2),
        lambda v: concentration.share_needed(v, 0.8),
    ],
)
def test_shares_refuse_negatives_and_nothing(measure):
    with pytest.raises(ValueError, match=r"1 of 2 are negative, the lowest -4.00.*clip\(lower=0\)"):
        measure(series([5, -4]))
    with pytest.raises(ValueError, match="must have a positive total; it is 0"):
        measure(series([0, 0]))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (series([]), "at least one customer; it is empty"),
        (series([1, np.nan]), "1 are missing or infinite, the first of customer 'c0001'"),
        (series([np.inf, 1]), "1 are missing or infinite, the first of customer 'c0000'"),
        (pd.Series([1.0, 2.0], index=["a", "a"]), "every customer must stand once; 'a'"),
    ],
)
def test_values_that_are_none(value, message):
    for function in (pyramid.assign_tiers, concentration.gini_coefficient, profitability.whale_curve):
        with pytest.raises(ValueError, match=message):
            function(value)


def test_text_and_lists_are_refused():
    with pytest.raises(TypeError, match="value must be numbers; got"):
        concentration.gini_coefficient(pd.Series(["1", "2"]))
    with pytest.raises(TypeError, match="got list"):
        concentration.gini_coefficient([1, 2])


@pytest.mark.parametrize("cuts", [(), (0.2, 0.1), (0.1, 0.1), (0, 0.5), (0.5, 1), (-0.1,)])
def test_cuts_must_ascend(cuts):
    with pytest.raises(ValueError, match="cuts must ascend between 0 and 1"):
        pyramid.assign_tiers(EIGHT, cuts=cuts)


def test_labels_and_shares_that_do_not_fit():
    with pytest.raises(ValueError, match="labels must be 2 different names"):
        pyramid.assign_tiers(EIGHT, cuts=(0.5,), labels=("a",))
    with pytest.raises(ValueError, match="20 % is 0.2"):
        concentration.top_share(EIGHT, 20)
    with pytest.raises(ValueError, match="at least two customers"):
        concentration.gini_coefficient(series([3]), corrected=True)
    with pytest.raises(ValueError, match="tier must be ordered categories for exactly the customers of value"):
        pyramid.tier_table(EIGHT, pyramid.assign_tiers(EIGHT[:4]))


def test_tiers_without_an_order_or_missing_are_refused():
    tier = pyramid.assign_tiers(EIGHT, cuts=(0.5,), labels=("top", "rest"))
    with pytest.raises(
        ValueError,
        match=r"tier must be ordered from worst to best; it has the categories \['rest', 'top'\] in no order",
    ):
        pyramid.tier_table(EIGHT, tier.cat.as_unordered())
    with pytest.raises(ValueError, match="every customer must have a tier; 1 of 8 have none, the first is 'b'"):
        pyramid.tier_table(EIGHT, tier.mask(tier.index == "b"))


@pytest.mark.parametrize("cuts", [0.2, "0.2", ("0.2",), None])
def test_cuts_that_are_no_shares(cuts):
    with pytest.raises(TypeError, match=r"cuts must be several shares, or one in a list; got .* Write cuts=\(0.2,\)"):
        pyramid.assign_tiers(EIGHT, cuts=cuts)


def test_a_missing_cut_is_refused():
    with pytest.raises(ValueError, match="cuts must ascend"):
        pyramid.assign_tiers(EIGHT, cuts=(0.1, np.nan, 0.5))


@pytest.mark.parametrize("function", [concentration.top_share, concentration.share_needed])
def test_a_share_as_text_is_refused(function):
    with pytest.raises(TypeError, match="must be a number; got '0.2'. 20 % is 0.2"):
        function(EIGHT, "0.2")


def test_values_whose_sums_would_leave_the_floats_are_refused():
    for function in (
        concentration.gini_coefficient,
        profitability.whale_curve,
        pyramid.assign_tiers,
        concentration.lorenz_curve,
    ):
        with pytest.raises(ValueError, match=r"every value must lie within 1e\+280.*the largest is 1e\+308"):
            function(series([1e308, 1e308, 1.0]))
    assert concentration.gini_coefficient(series([1e280, 1e280])) == 0  # the bound itself lies within
    # What is allowed stays a number: 6 of 9 are the best two thirds, as for 4, 2, 3.
    large = series([4e279, 2e279, 3e279])
    assert concentration.gini_coefficient(large) == pytest.approx(
        concentration.gini_coefficient(series([4, 2, 3])), abs=1e-12
    )
    assert concentration.top_share(large, 2 / 3) == pytest.approx(7 / 9, abs=1e-12)


def test_a_whale_without_shares_does_not_warn():
    curve = profitability.whale_curve(pd.Series({"a": 5.0, "b": -10.0}), shares=False)
    assert curve.columns.tolist() == ["n_customers", "customer_share", "profit"]
    assert curve["profit"].tolist() == [0, 5, -5]


def test_activities_without_a_customer_or_a_number_are_not_lost():
    done = pd.DataFrame({"customer_id": ["a", None], "activity": "call", "n_times": [1.0, 2.0]})
    rates = pd.DataFrame({"activity": ["call"], "unit_cost": [10.0]})
    with pytest.raises(ValueError, match="every activity must have its customer_id; 1 of 2 have none"):
        profitability.cost_to_serve(done, rates)
    with pytest.raises(ValueError, match="every cost must be a number; that of 'a' is none"):
        profitability.cost_to_serve(done.assign(customer_id="a", n_times=1e300), rates.assign(unit_cost=1e300))


def test_three_values_of_each_customer_by_hand():
    days = pd.to_datetime(["2024-12-31 23:00", "2025-01-01 08:00", "2025-12-31 22:00", "2026-01-01 09:00"])
    lines = pd.DataFrame({"customer_id": ["a", "a", "b", "c"], "order_date": days, "amount": [5.0, -20.0, 30.0, 9.0]})
    did = pd.DataFrame(
        {
            "customer_id": ["b", "b", "a", "b"],
            "month": pd.to_datetime(["2025-01-01", "2025-12-01", "2025-05-01", "2024-12-01"]),
            "activity": ["representative visit", "representative visit", "telephone", "representative visit"],
            "n_times": [1, 2, 5, 7],
        }
    )
    found = pyramid.value_criteria(lines, did, since="2025-01-01", as_of="2025-12-31")
    assert found["revenue"].to_dict() == {"a": 0, "b": 30}
    assert found["days_with_us"].to_dict() == {"a": 365, "b": 0}
    assert found["n_visits"].to_dict() == {"a": 0, "b": 3}


def test_who_stays_in_a_when_more_counts():
    criteria = pd.DataFrame({"revenue": [50.0, 30, 12, 8], "visits": [9, 1, 2, 3]}, index=list("abcd"))
    stays = pyramid.stay_in_a(criteria, [(1, 0), (1, -1), (0, -1)])["stay_in_a_share"]
    assert stays.to_dict() == {"1 : 0": 1, "1 : -1": 1, "0 : -1": 0.5}
    with pytest.raises(ValueError, match="zip"):
        pyramid.stay_in_a(criteria, [(1,)])
