"""Winning and keeping: response curves, what a success costs, the plan that pays most, a budget split."""

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from crmlib import plots
from crmlib.acquisition import (
    ResponseCurve,
    compare_plans,
    cost_ratio_interval,
    curve_from_answers,
    fit_response_curve,
    lever_gains,
    net_gain,
    optimal_plan,
    plan_at,
    split_budget,
    straight_line,
)
from crmlib.language import speaking, translate

WIN, KEEP = ResponseCurve(0.4, 0.1), ResponseCurve(0.7, 0.1)
MONEY = {"margin": 50.0, "discount_rate": 0.1}
AIMS = pd.DataFrame(
    {"n_people": [1000, 500], "value": [90.0, 60.0], "ceiling": [0.4, 0.9], "k": [0.1, 0.2], "floor": [0.0, 0.6]},
    index=["win", "keep"],
)


def cells_of(curve, spending, n_people):
    """Cells without chance: as many successes as the curve says."""
    people = np.full(len(spending), n_people)
    return pd.DataFrame(
        {"n_people": people, "spent": people * spending, "n_success": people * curve.rate(np.asarray(spending))}
    )


# --- the curve, by hand ---


def test_each_further_step_takes_the_same_part_of_what_is_left():
    # At 7 half of the ceiling of 0.4; at 14 three quarters, at 21 seven eighths.
    curve = curve_from_answers(spending=7, rate=0.2, ceiling=0.4)
    assert curve.rate(np.array([0, 7, 14, 21])) == pytest.approx([0, 0.2, 0.3, 0.35])
    assert curve.k == pytest.approx(math.log(2) / 7)
    # With a floor of 0.6 and a ceiling of 0.8, half way at 7: 0.7.
    stay = curve_from_answers(spending=7, rate=0.7, ceiling=0.8, floor=0.6)
    assert stay.rate(np.array([0, 7, 14])) == pytest.approx([0.6, 0.7, 0.75])


def test_the_slope_is_that_of_the_rate_and_is_found_again():
    for curve in (WIN, KEEP, ResponseCurve(0.9, 0.2, 0.6)):
        for spending in (0.0, 3.0, 30.0):
            slope = (curve.rate(spending + 1e-6) - curve.rate(spending - 1e-6)) / 2e-6
            assert curve.slope(spending) == pytest.approx(slope, rel=1e-6)
            assert curve.spending_at(float(curve.slope(spending))) == pytest.approx(spending, abs=1e-9)
        assert curve.spending_at(2 * float(curve.slope(0.0))) == 0


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"rate": 0.4, "ceiling": 0.4}, "above the floor and below the ceiling; got floor 0.0, rate 0.4"),
        ({"rate": 0.5, "ceiling": 0.4}, "below the ceiling"),
        ({"rate": 0.1, "ceiling": 0.4, "floor": 0.1}, "above the floor"),
        ({"rate": 0.1, "ceiling": 1.2}, "ceiling must lie between 0 and 1"),
        ({"rate": 0.1, "ceiling": 0.4, "spending": 0}, "spending must be a number above 0"),
    ],
)
def test_answers_that_cannot_be_are_refused(answers, message):
    with pytest.raises(ValueError, match=message):
        curve_from_answers(**{"spending": 7, **answers})


# --- fitted ---


@pytest.mark.parametrize("curve", [WIN, ResponseCurve(0.9, 0.2, 0.6), ResponseCurve(0.06, 0.5)])
def test_cells_without_chance_give_their_curve_back(curve):
    with_floor = curve.floor > 0
    fitted = fit_response_curve(cells_of(curve, np.linspace(0.5, 25, 12), 1e5), with_floor=with_floor)
    assert fitted.curve == pytest.approx(curve, rel=1e-4)
    assert fitted.dispersion == 1 and fitted.n_cells == 12
    assert (fitted.intervals["low"] < fitted.intervals["estimate"]).all()
    assert (fitted.intervals["high"] > fitted.intervals["estimate"]).all()
    assert fitted.intervals.index.tolist() == ["ceiling", "k", *(["floor"] if with_floor else [])]


def test_two_cells_are_met_exactly_whatever_their_size():
    # Two spendings, two parameters: rate 0.2 at 7 and 0.3 at 14 is the curve of 0.4 by hand.
    cells = pd.DataFrame({"n_people": [1000, 4000], "spent": [7000, 56_000], "n_success": [200, 1200]})
    assert fit_response_curve(cells, with_floor=False).curve == pytest.approx((0.4, math.log(2) / 7, 0), rel=1e-5)


@pytest.mark.parametrize("with_floor", [False, True])
def test_an_interval_of_95_percent_holds_the_truth_about_so_often(with_floor):
    truth = ResponseCurve(0.9, 0.15, 0.6) if with_floor else ResponseCurve(0.3, 0.15)
    rng, spending, held = np.random.default_rng(4), np.linspace(1, 30, 15), []
    for _ in range(150):
        cells = cells_of(truth, spending, 1500).assign(n_success=rng.binomial(1500, truth.rate(spending)))
        ends = fit_response_curve(cells, with_floor=with_floor).intervals
        held.append([ends.loc[name, "low"] < getattr(truth, name) < ends.loc[name, "high"] for name in ends.index])
    share = np.mean(held, axis=0)
    assert ((share > 0.90) & (share < 0.99)).all(), share  # 0.95 within two and a half standard errors of 150


def test_the_likelihood_is_highest_at_the_fit():
    rng, spending = np.random.default_rng(2), np.linspace(1, 30, 9)
    cells = cells_of(WIN, spending, 400).assign(n_success=rng.binomial(400, WIN.rate(spending)))
    fitted = fit_response_curve(cells, with_floor=False)

    def likelihood(curve):
        rate = curve.rate(spending)
        return (cells["n_success"] * np.log(rate) + (400 - cells["n_success"]) * np.log(1 - rate)).sum()

    assert likelihood(fitted.curve) == pytest.approx(fitted.log_likelihood)
    for change in (1.02, 0.98):
        ceiling, k, floor = fitted.curve
        assert likelihood(ResponseCurve(ceiling * change, k, floor)) < fitted.log_likelihood
        assert likelihood(ResponseCurve(ceiling, k * change, floor)) < fitted.log_likelihood


def test_cells_that_differ_more_than_chance_make_intervals_wider_by_the_root():
    cells = cells_of(WIN, np.linspace(1, 30, 12), 1000)
    apart = cells.assign(n_success=cells["n_success"] * np.tile([1.2, 0.8], 6))
    alike, uneven = (fit_response_curve(one, with_floor=False) for one in (cells, apart))
    assert uneven.dispersion > 2
    of_one = np.sqrt(np.diag(uneven.covariance) / uneven.dispersion)
    assert np.sqrt(np.diag(alike.covariance)) == pytest.approx(of_one, rel=0.3)


def test_draws_are_as_unsure_as_the_interval_and_the_same_for_a_seed():
    cells = cells_of(ResponseCurve(0.9, 0.15, 0.6), np.linspace(0, 30, 12), 1500)
    fitted = fit_response_curve(cells, with_floor=True)
    drawn = fitted.draws(4000, seed=3)
    assert drawn[:5] == fitted.draws(4000, seed=3)[:5] != fitted.draws(5, seed=4)
    for name in ("ceiling", "k", "floor"):
        ends = np.quantile([getattr(one, name) for one in drawn], [0.025, 0.975])
        assert ends == pytest.approx(fitted.intervals.loc[name, ["low", "high"]].tolist(), rel=0.03)


@pytest.mark.parametrize("with_floor", [False, True])
def test_a_straight_line_tells_no_ceiling(with_floor):
    spending = np.linspace(1, 10, 10)
    line = 0.01 * spending + (0.5 if with_floor else 0)
    cells = pd.DataFrame({"n_people": 500, "spent": 500 * spending, "n_success": np.round(500 * line)})
    with pytest.raises(
        ValueError, match=r"must tell the ceiling; a straight line fits .* was 1 to 10.*curve_from_answers"
    ):
        fit_response_curve(cells, with_floor=with_floor)


def test_a_rate_that_falls_or_stays_tells_no_ceiling_either():
    for rate in (np.linspace(0.6, 0.5, 8), np.full(8, 0.5)):
        cells = pd.DataFrame({"n_people": 500, "spent": 500 * np.arange(1, 9), "n_success": 500 * rate})
        with pytest.raises(ValueError, match="must tell the ceiling"):
            fit_response_curve(cells, with_floor=True)


@pytest.mark.parametrize(
    ("change", "with_floor", "message"),
    [
        ({"spent": 5000.0}, False, "at least 2 different spendings per person; they have 1"),
        ({"spent": [5000.0, 5000.0, 9000.0]}, True, "at least 3 different spendings"),
        ({"spent": [0.0, 5000.0, 9000.0]}, False, "without a floor nobody comes"),
        ({"n_success": [10, 20, 1200]}, False, "n_success from 0 to n_people; that of 2 has 1000, 9000 and 1200"),
        ({"n_success": 0}, False, "some successes and some failures"),
        ({"spent": [1.0, np.nan, 2.0]}, False, "every spent of cells must be a number"),
        ({"n_people": 0}, False, "n_people of 1 or more"),
    ],
)
def test_cells_that_cannot_be_are_refused(change, with_floor, message):
    cells = pd.DataFrame({"n_people": 1000, "spent": [1000.0, 5000.0, 9000.0], "n_success": [50, 200, 300]})
    with pytest.raises(ValueError, match=message):
        fit_response_curve(cells.assign(**change), with_floor=with_floor)


# --- a straight line ---


def test_a_line_is_that_of_weighted_least_squares_with_whites_errors():
    rng = np.random.default_rng(8)
    people, spending = rng.integers(50, 500, 30), rng.uniform(0, 20, 30)
    cells = pd.DataFrame({"n_people": people, "spent": people * spending, "n_success": rng.binomial(people, 0.2)})
    line = straight_line(cells, level=0.9)
    table = cells.assign(rate=cells["n_success"] / people, x=spending)
    fitted = smf.wls("rate ~ x", table, weights=people).fit(cov_type="HC1")
    assert (line.start, line.slope) == pytest.approx(tuple(fitted.params))
    assert (line.low, line.high) == pytest.approx(tuple(fitted.conf_int(0.1).loc["x"]))


def test_a_manager_who_spends_where_it_goes_well_makes_the_line_steeper():
    # Two cities, one twice as easy as the other; nothing that is spent has any effect.
    cells = pd.DataFrame({"n_people": 100, "spent": [100, 110, 900, 1000], "n_success": [10, 10, 20, 20]})
    assert straight_line(cells).low > 0
    by_lot = cells.assign(spent=[100, 900, 110, 1000])
    assert straight_line(by_lot).low < 0 < straight_line(by_lot).high


def test_a_line_has_three_cells_of_two_spendings():
    two = pd.DataFrame({"n_people": 100, "spent": [100, 200], "n_success": [10, 20]})
    same = pd.DataFrame({"n_people": 100, "spent": [100, 100, 100], "n_success": [10, 20, 15]})
    for cells in (two, same):
        with pytest.raises(ValueError, match="three cells or more, of at least two spendings"):
            straight_line(cells)


# --- the plan ---


def test_a_customer_kept_half_of_the_time_is_worth_two_margins_less_what_keeping_costs():
    # Kept at 1/2 for 10 a period, no discount: 50 now, and 50 / 2 - 10 = 15 expected for each period begun, of
    # which there are 1 / (1 - 1/2) = 2: 50 + 30 = 80. Won at 1/4 for 5: 20 - 5 = 15. Won costs 20, kept 20.
    win = curve_from_answers(spending=5, rate=0.25, ceiling=0.5)
    keep = curve_from_answers(spending=10, rate=0.5, ceiling=0.8)
    plan = plan_at(win, keep, per_prospect=5, per_customer=10, margin=50, discount_rate=0)
    assert (plan.customer_value, plan.equity_per_prospect) == (pytest.approx(80), pytest.approx(15))
    assert (plan.cost_per_won, plan.cost_per_kept, plan.cost_ratio) == pytest.approx((20, 20, 1))
    # If 0.3 stay by themselves, only 0.2 are kept by the money: 50 each.
    keep = curve_from_answers(spending=10, rate=0.5, ceiling=0.8, floor=0.3)
    plan = plan_at(win, keep, per_prospect=5, per_customer=10, margin=50, discount_rate=0)
    assert (plan.customer_value, plan.cost_per_kept, plan.cost_ratio) == pytest.approx((80, 50, 0.4))


def test_the_value_is_that_of_the_papers_sum():
    plan = plan_at(WIN, KEEP, per_prospect=10, per_customer=10, **MONEY)
    kept = KEEP.rate(10.0)
    periods = np.arange(1, 400)
    later = ((MONEY["margin"] - 10 / kept) * (kept / 1.1) ** periods).sum()
    assert plan.customer_value == pytest.approx(50 + later)


def test_doing_nothing_wins_nobody_and_costs_nothing():
    plan = plan_at(WIN, KEEP, per_prospect=0, per_customer=0, **MONEY)
    assert (plan.win_rate, plan.equity_per_prospect, plan.customer_value) == (0, 0, 50)
    assert math.isnan(plan.cost_per_won) and math.isnan(plan.cost_per_kept) and math.isnan(plan.cost_ratio)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_spending_has_more_equity_and_both_marginal_costs_are_the_value(seed):
    rng = np.random.default_rng(seed)
    win = ResponseCurve(rng.uniform(0.05, 0.6), rng.uniform(0.05, 0.5))
    keep = ResponseCurve(rng.uniform(0.6, 0.95), rng.uniform(0.05, 0.5), rng.choice([0.0, 0.4]))
    best = optimal_plan(win, keep, **MONEY)
    for per_prospect in np.append(np.linspace(0, 80, 41), best.per_prospect + np.array([-0.01, 0.01])):
        for per_customer in np.append(np.linspace(0, 50, 26), best.per_customer + np.array([-0.01, 0.01])):
            spent = {"per_prospect": max(per_prospect, 0), "per_customer": max(per_customer, 0)}
            other = plan_at(win, keep, **spent, **MONEY)
            assert other.equity_per_prospect <= best.equity_per_prospect + 1e-9
    # Pfeifer (2005): the marginal cost to win equals the marginal cost to keep, and both the customer's value.
    if best.per_prospect and best.per_customer:
        assert 1 / win.slope(best.per_prospect) == pytest.approx(best.customer_value)
        assert 1 / keep.slope(best.per_customer) == pytest.approx(best.customer_value)


def test_what_does_not_come_back_is_not_spent():
    dull = ResponseCurve(0.4, 0.001)
    best = optimal_plan(dull, dull, margin=50, discount_rate=0.1)
    assert (best.per_prospect, best.per_customer) == (0, 0)
    assert optimal_plan(WIN, KEEP, margin=0, discount_rate=0.1)[:2] == (0, 0)


def test_the_ratio_is_an_output_from_below_one_to_above_ten():
    def ratio(win_ceiling, keep_k):
        return optimal_plan(ResponseCurve(win_ceiling, 0.1), ResponseCurve(0.9, keep_k), **MONEY).cost_ratio

    assert ratio(0.9, 0.05) < 1 < 5 < ratio(0.2, 0.5) < ratio(0.08, 2.0)
    assert ratio(0.08, 2.0) > 10


def test_each_lever_moves_its_number_and_no_other():
    keep = ResponseCurve(0.9, 0.1, 0.6)
    now = optimal_plan(WIN, keep, **MONEY).equity_per_prospect
    found = lever_gains(WIN, keep, **MONEY)
    assert found["way"].tolist() == ["more", "more", "longer", "longer", "longer", "deeper"]
    by_hand = {
        "ceiling of winning": optimal_plan(ResponseCurve(0.44, 0.1), keep, **MONEY),
        "k of winning": optimal_plan(ResponseCurve(0.4, 0.11), keep, **MONEY),
        "floor of keeping": optimal_plan(WIN, ResponseCurve(0.9, 0.1, 0.66), **MONEY),
        "ceiling of keeping": optimal_plan(WIN, ResponseCurve(0.99, 0.1, 0.6), **MONEY),
        "k of keeping": optimal_plan(WIN, ResponseCurve(0.9, 0.11, 0.6), **MONEY),
        "margin": optimal_plan(WIN, keep, margin=55, discount_rate=0.1),
    }
    assert found["equity_per_prospect"].to_dict() == pytest.approx(
        {name: plan.equity_per_prospect for name, plan in by_hand.items()}
    )
    assert (found["gain"] > 0).all() and found["gain"].tolist() == pytest.approx(
        (found["equity_per_prospect"] - now).tolist()
    )
    # A share is no more than a share, and a floor no higher than its ceiling.
    bounded = lever_gains(WIN, ResponseCurve(0.95, 0.1, 0.9), **MONEY, change=0.5)
    at_most = optimal_plan(WIN, ResponseCurve(0.999, 0.1, 0.9), **MONEY)
    assert bounded.loc["ceiling of keeping", "equity_per_prospect"] == pytest.approx(at_most.equity_per_prospect)
    with pytest.raises(ValueError, match="change must be a number above 0"):
        lever_gains(WIN, KEEP, **MONEY, change=0)


def test_customers_who_never_leave_have_no_value():
    forever = ResponseCurve(1.0, 50.0)
    with pytest.raises(ValueError, match="customers must leave in the end"):
        plan_at(WIN, forever, per_prospect=1, per_customer=10, margin=50, discount_rate=0)
    with pytest.raises(ValueError, match="per_prospect must be a number of at least 0"):
        plan_at(WIN, KEEP, per_prospect=-1, per_customer=10, **MONEY)


# --- the budget ---


def test_gain_by_hand():
    # 1,000 prospects at 7: half of the ceiling come, 200 x 90; 500 customers at 7 / 2: half of 0.3 stay more, 75 x 60.
    aims = AIMS.assign(k=[math.log(2) / 7, math.log(2) / 3.5])
    gain = net_gain(aims, pd.Series({"keep": 1750.0, "win": 7000.0}))
    assert gain.round(6).to_dict() == {"win": 200 * 90 - 7000, "keep": 75 * 60 - 1750}
    assert net_gain(aims, pd.Series({"win": 0.0, "keep": 0.0})).to_dict() == {"win": 0, "keep": 0}


@pytest.mark.parametrize("budget", [10, 800, 5000, 15_000])
def test_no_other_split_of_the_budget_gains_more(budget):
    plan = split_budget(AIMS, budget=budget)
    assert plan["spending"].sum() == pytest.approx(budget)
    spent = plan[plan["spending"] > 0]["next_return"]
    assert spent.max() == pytest.approx(spent.min()) and (plan["next_return"] <= spent.max() + 1e-9).all()
    assert plan["net_gain"].tolist() == pytest.approx(net_gain(AIMS, plan["spending"]).tolist())
    for part in np.linspace(0, 1, 201):
        other = net_gain(AIMS, pd.Series({"win": part * budget, "keep": (1 - part) * budget})).sum()
        assert other <= plan["net_gain"].sum() + 1e-9


def test_money_that_would_not_come_back_is_not_spent():
    plan = split_budget(AIMS, budget=1e6)
    assert plan["next_return"].tolist() == pytest.approx([1, 1])
    assert plan["spending"].sum() < 1e6
    # 90 x 0.4 x 0.1 = 3.6, so ln 3.6 / 0.1 a head; 60 x 0.3 x 0.2 = 3.6, so ln 3.6 / 0.2.
    assert plan["spent_per_person"].tolist() == pytest.approx([math.log(3.6) / 0.1, math.log(3.6) / 0.2])
    for nothing in (split_budget(AIMS, budget=0), split_budget(AIMS.assign(value=1.0), budget=500)):
        assert nothing["spending"].tolist() == [0, 0] and nothing["n_extra"].tolist() == [0, 0]
        assert nothing["cost_per_success"].isna().all()


def test_aims_that_cannot_be_are_refused_and_tables_stay_as_they_were():
    before = AIMS.copy()
    split_budget(AIMS, budget=100)
    pd.testing.assert_frame_equal(AIMS, before)
    for change, message in (
        ({"floor": [0.0, 0.95]}, "'keep' has"),
        ({"value": [-1.0, 2.0]}, "'win' has"),
        ({"k": [0.0, 1.0]}, "must be above 0"),
        ({"ceiling": [1.5, 0.9]}, "at most 1"),
    ):
        with pytest.raises(ValueError, match=message):
            split_budget(AIMS.assign(**change), budget=100)
    with pytest.raises(ValueError, match=r"spending must name the aims \['win', 'keep'\]"):
        net_gain(AIMS, pd.Series({"win": 1.0}))
    with pytest.raises(ValueError, match="0 or more for every aim"):
        net_gain(AIMS, pd.Series({"win": -1.0, "keep": 0.0}))
    with pytest.raises(ValueError, match="one row per aim"):
        split_budget(pd.concat([AIMS, AIMS]), budget=100)
    with pytest.raises(ValueError, match="budget must be a number of at least 0"):
        split_budget(AIMS, budget=-1)


# --- plans, with their intervals ---


def fits():
    win = fit_response_curve(cells_of(ResponseCurve(0.4, 0.1), np.linspace(1, 30, 10), 800), with_floor=False)
    keep = fit_response_curve(cells_of(ResponseCurve(0.9, 0.2, 0.6), np.linspace(0, 20, 10), 800), with_floor=True)
    return {"win": win, "keep": keep}


def test_plans_have_the_gain_of_their_curves_and_nothing_gains_nothing():
    plans = pd.DataFrame({"win": [0.0, 7000, 3500], "keep": [0.0, 0, 3500]}, index=["nothing", "all to win", "half"])
    table = compare_plans(AIMS, plans, fits(), beside="half", seed=1)
    assert table.loc["nothing", ["net_gain", "low", "high"]].tolist() == [0, 0, 0]
    assert table["net_gain"].tolist() == pytest.approx([net_gain(AIMS, one).sum() for _, one in plans.iterrows()])
    assert table["ahead"].tolist() == pytest.approx((table["net_gain"] - table.loc["half", "net_gain"]).tolist())
    assert table.loc["half", ["ahead_low", "ahead_high"]].tolist() == [0, 0]
    assert (table["low"] <= table["net_gain"]).all() and (table["net_gain"] <= table["high"]).all()
    assert table.loc["nothing", "ahead_high"] == pytest.approx(-table.loc["half", "low"])


def test_an_interval_of_a_gain_is_that_of_the_curves_drawn():
    fitted, plans = fits(), pd.DataFrame({"win": [7000.0]}, index=["seven"])
    table = compare_plans(AIMS.loc[["win"]], plans, fitted, beside="seven", seed=5, n_draws=4000)
    gains = [1000 * 90 * float(one.rate(7.0)) - 7000 for one in fitted["win"].draws(4000, seed=8)]
    assert table.loc["seven", ["low", "high"]].tolist() == pytest.approx(np.quantile(gains, [0.025, 0.975]), rel=0.02)
    again = compare_plans(AIMS.loc[["win"]], plans, fitted, beside="seven", seed=5, n_draws=4000)
    pd.testing.assert_frame_equal(table, again)
    narrow = compare_plans(AIMS.loc[["win"]], plans, fitted, beside="seven", seed=5, level=0.5)
    assert narrow["high"].item() - narrow["low"].item() < table["high"].item() - table["low"].item()
    with pytest.raises(ValueError, match="beside must be one of"):
        compare_plans(AIMS.loc[["win"]], plans, fitted, beside="eight", seed=5)


def test_the_ratio_has_the_interval_of_the_curves_drawn():
    fitted, money = fits(), {"per_prospect": 7.0, "per_customer": 3.5}
    found = cost_ratio_interval(fitted["win"], fitted["keep"], **money, seed=3, n_draws=4000)
    curves = fitted["win"].curve, fitted["keep"].curve
    assert found.ratio == pytest.approx(plan_at(*curves, **money, **MONEY).cost_ratio)
    drawn = zip(fitted["win"].draws(4000, seed=11), fitted["keep"].draws(4000, seed=12), strict=True)
    ends = np.quantile([plan_at(*pair, **money, **MONEY).cost_ratio for pair in drawn], [0.025, 0.975])
    assert [found.low, found.high] == pytest.approx(ends.tolist(), rel=0.02)
    with pytest.raises(ValueError, match="per_customer must be a number above 0"):
        cost_ratio_interval(fitted["win"], fitted["keep"], per_prospect=7.0, per_customer=0, seed=3)


def test_to_keep_customers_has_a_word_of_its_own_in_chinese():
    plan = split_budget(AIMS, budget=5000)
    with speaking("zh"):
        assert translate(plan).index.tolist() == ["拉新", "留客"]
        assert translate(pd.DataFrame({"aim": ["keep", "win"]}))["目的"].tolist() == ["留客", "拉新"]
        ax = plots.plot_response({"keep": KEEP})
        assert ax.get_legend().get_texts()[0].get_text() == "留客"
        assert translate(lever_gains(WIN, KEEP, **MONEY))["路"].tolist()[-1] == "更深"
