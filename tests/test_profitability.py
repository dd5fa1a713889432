"""Cost by activity, net profit, convert or drop, the whale."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import plots, profitability
from crmlib.simulate import simulate_company

RATES = pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [120.0, 6.0]})
ASSUMED = {"price_rise": 0.10, "p_accept": 0.5, "saving": 0.5, "p_cheaper": 0.8, "avoidable_share": 0.5}


@pytest.fixture(autouse=True)
def close_figures():
    """Figures left open would be counted by other tests."""
    yield
    plt.close("all")


# --- cost by activity ---


def test_costs_by_hand():
    # ann: 2 visits (2 months) = 240, 3 calls = 18; bob: 1 call = 6.
    done = pd.DataFrame(
        {
            "customer_id": ["ann", "ann", "ann", "bob"],
            "activity": ["visit", "visit", "call", "call"],
            "n_times": [1, 1, 3, 1],
        }
    )
    costs = profitability.cost_by_activity(done, RATES)
    assert costs.loc["ann"].to_dict() == {"call": 18.0, "visit": 240.0}
    assert costs.loc["bob"].to_dict() == {"call": 6.0, "visit": 0.0}


def test_costs_by_activity_add_up_to_the_cost_to_serve():
    company = simulate_company(n_customers=200, seed=3)
    costs = profitability.cost_by_activity(company["activities"], company["activity_rates"])
    total = profitability.cost_to_serve(company["activities"], company["activity_rates"])
    pd.testing.assert_series_equal(costs.sum(axis=1), total, check_names=False)


# Three costs whose sum as floats depends on their order: (0.1 + 0.2) + 0.3 is not 0.1 + (0.2 + 0.3).
DONE = pd.DataFrame(
    {
        "customer_id": ["bob", *["ann"] * 6],
        "activity": ["call", "visit", "visit", "visit", "call", "call", "call"],
        "n_times": [1.0, 0.1, 0.2, 0.3, 1e16, 1.0, -1e16],
    }
)
UNIT = pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [1.0, 1.0]})


def test_costs_are_exact_whatever_the_order_of_rows():
    # 0.1 + 0.2 + 0.3 as the floats they are is nearest to 0.6; 1e16 + 1 - 1e16 is 1, which plain floats lose.
    costs = profitability.cost_by_activity(DONE, UNIT)
    assert costs.loc["ann"].to_dict() == {"call": 1.0, "visit": 0.6}
    assert profitability.cost_to_serve(DONE, UNIT)["ann"] == 1.6


@given(st.permutations(range(len(DONE))))
def test_the_order_of_rows_changes_no_byte_of_the_costs(order):
    for function in (profitability.cost_to_serve, profitability.cost_by_activity):
        once, shuffled = function(DONE, UNIT), function(DONE.iloc[order], UNIT)
        assert once.index.tolist() == shuffled.index.tolist() == ["ann", "bob"]
        assert once.to_numpy().tobytes() == shuffled.to_numpy().tobytes()


def test_an_activity_without_a_rate_is_refused():
    done = pd.DataFrame({"customer_id": ["a"], "activity": ["gift"], "n_times": [1]})
    with pytest.raises(ValueError, match=r"unit_cost for every activity; \['gift'\] have none"):
        profitability.cost_by_activity(done, RATES)


# --- net profit ---


def test_net_profit_counts_whoever_bought_or_was_served():
    # ann pays 500 + 100 - 50 for goods of 400 + 60 - 30; one visit. bob is visited and buys nothing. cai is not served.
    lines = pd.DataFrame(
        {
            "customer_id": ["ann", "ann", "ann", "cai"],
            "amount": [500.0, 100.0, -50.0, 80.0],
            "cost": [400.0, 60.0, -30.0, 50.0],
        }
    )
    done = pd.DataFrame({"customer_id": ["bob", "ann"], "activity": ["visit", "visit"], "n_times": [2, 1]})
    table = profitability.net_profit(lines, done, RATES)
    assert table.columns.tolist() == ["monetary", "gross_profit", "cost_to_serve", "net_profit"]
    assert table.T.to_dict("list") == {
        "ann": [550.0, 120.0, 120.0, 0.0],
        "bob": [0.0, 0.0, 240.0, -240.0],
        "cai": [80.0, 30.0, 0.0, 30.0],
    }


def test_net_profit_by_year_leaves_out_who_was_no_customer_of_it():
    # ann is visited in 2024 without buying, bob only brings goods back in 2025, cy is visited and never buys.
    lines = pd.DataFrame(
        {"customer_id": ["ann", "bob", "bob"], "amount": [500.0, 90.0, -20.0], "cost": [300.0, 60, -15]}
    )
    lines["order_date"] = pd.to_datetime(["2025-12-31", "2024-01-01", "2025-06-01"])
    done = pd.DataFrame({"customer_id": ["ann", "ann", "cy"], "activity": "visit", "n_times": 1})
    done["month"] = pd.to_datetime(["2024-03-01", "2025-03-01", "2025-03-01"])
    found = profitability.net_profit_by_year(lines, done, RATES)
    assert found.columns.tolist() == [2024, 2025] and found.index.tolist() == ["ann", "bob"]
    assert found[2025].dropna().to_dict() == {"ann": 500 - 300 - 120}
    assert found[2024].dropna().to_dict() == {"bob": 30}
    with pytest.raises(ValueError, match="order_date"):
        profitability.net_profit_by_year(lines.drop(columns="order_date"), done, RATES)


def test_net_profit_is_the_same_in_any_order_of_the_lines_and_adds_up():
    company = simulate_company(n_customers=200, seed=3)
    lines, done, rates = (company[name] for name in ("transactions", "activities", "activity_rates"))
    lines = lines.dropna(subset=["customer_id", "amount", "cost"])
    table = profitability.net_profit(lines, done, rates)
    turned = profitability.net_profit(lines.iloc[::-1], done.iloc[::-1], rates)
    pd.testing.assert_frame_equal(table, turned, check_exact=True)
    assert table["monetary"].sum() == pytest.approx(lines["amount"].sum(), rel=1e-12)
    assert table["net_profit"].sum() == pytest.approx(
        (lines["amount"] - lines["cost"]).sum() - profitability.cost_to_serve(done, rates).sum(), rel=1e-12
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"customer_id": ["ann", None]}, "every line must have its customer_id; 1 of 2 have none"),
        ({"cost": [1.0, None]}, "every cost of lines must be a number; 1 of 2 are not"),
        ({"amount": ["1", "x"]}, "every amount of lines must be a number; 1 of 2 are not"),
    ],
)
def test_net_profit_refuses_lines_that_cannot_be_added_up(change, said):
    lines = pd.DataFrame({"customer_id": ["ann", "bob"], "amount": [5.0, 6.0], "cost": [1.0, 2.0]}).assign(**change)
    done = pd.DataFrame({"customer_id": ["ann"], "activity": ["visit"], "n_times": [1]})
    with pytest.raises(ValueError, match=said):
        profitability.net_profit(lines, done, RATES)


# --- convert or drop ---


def one(monetary, gross_profit, cost_to_serve):
    return pd.DataFrame({"monetary": [monetary], "gross_profit": [gross_profit], "cost_to_serve": [cost_to_serve]})


def test_the_tree_by_hand():
    # Avoidable: half of 400 = 200. Let go: 200 - 100 = 100. Reprice: .5 x 100 + .5 x 100 = 100, less 10 = 90.
    # Cheaper: .8 x .5 x 200 + .2 x 100 = 100, less 10 = 90.
    found = profitability.convert_or_drop(one(1000, 100, 400), **ASSUMED, attempt_cost=10).iloc[0]
    assert found[["keep", "reprice", "serve cheaper", "let go"]].tolist() == [0, 90, 90, 100]
    assert found["best"] == "let go"


def test_break_even_is_where_trying_equals_the_best_of_keeping_and_letting_go():
    # Keep is best without trying: let go = 100 - 150 = -50. Reprice gains 100: p x 100 - (1 - p) x 50 = 0 at p = 1/3.
    found = profitability.convert_or_drop(one(1000, 150, 200), **ASSUMED).iloc[0]
    assert found["let go"] == -50
    assert found["break_even_accept"] == pytest.approx(1 / 3, abs=1e-12)


def test_break_even_where_letting_go_beats_keeping():
    # Avoidable 200, let go = 200 - 100 = 100; reprice gains 300. p x 300 + (1 - p) x 100 - 20 = 100 at p = 20 / 200.
    found = profitability.convert_or_drop(one(3000, 100, 400), **ASSUMED, attempt_cost=20).iloc[0]
    assert found["break_even_accept"] == pytest.approx(0.1, abs=1e-12)


@given(st.integers(0, 5000), st.integers(-500, 1500), st.integers(0, 3000), st.integers(0, 50))
def test_at_its_break_even_trying_is_worth_what_the_alternative_is(monetary, gross_profit, cost, attempt):
    table = one(float(monetary), float(gross_profit), float(cost))
    needed = profitability.convert_or_drop(table, **ASSUMED, attempt_cost=attempt)["break_even_accept"].iloc[0]
    if not 0 <= needed <= 1:
        return
    at = profitability.convert_or_drop(table, **ASSUMED | {"p_accept": needed}, attempt_cost=attempt).iloc[0]
    assert at["reprice"] == pytest.approx(max(0.0, at["let go"]), abs=1e-6)


def test_who_pays_too_little_for_any_rise_never_breaks_even():
    found = profitability.convert_or_drop(one(0, 10, 0), **ASSUMED, attempt_cost=5).iloc[0]
    assert found["break_even_accept"] > 1
    assert found["best"] == "keep"


def test_a_customer_who_only_brought_goods_back_pays_no_rise():
    # A tenth more of -500 would be a loss of 50 from a letter; there is nothing to raise a price on.
    found = profitability.convert_or_drop(one(-500, 10, 0), **ASSUMED).iloc[0]
    assert found["reprice"] == 0.5 * 0 + 0.5 * -10


def test_break_even_counts_letting_go_only_where_it_gains():
    # Let go loses 50, so keeping, at 0, is what trying has to beat: the probability solves p x 100 = (1 - p) x 50.
    found = profitability.convert_or_drop(one(1000, 50, 0), **ASSUMED).iloc[0]
    assert found["break_even_accept"] == pytest.approx(1 / 3, abs=1e-12)


def test_nothing_avoidable_means_nobody_with_gross_profit_is_let_go():
    table = pd.DataFrame({"monetary": [100.0, 0.0], "gross_profit": [10.0, -5.0], "cost_to_serve": [500.0, 500.0]})
    found = profitability.convert_or_drop(table, **ASSUMED | {"avoidable_share": 0.0})
    assert found["let go"].tolist() == [-10.0, 5.0]


@pytest.mark.parametrize("name", ["p_accept", "saving", "p_cheaper", "avoidable_share"])
def test_a_percentage_in_place_of_a_share_is_refused(name):
    with pytest.raises(ValueError, match=rf"{name} must lie between 0 and 1; got 40. 20 % is 0.2"):
        profitability.convert_or_drop(one(1, 1, 1), **ASSUMED | {name: 40})


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"profit must have the columns .*; missing \['cost_to_serve'\]"):
        profitability.convert_or_drop(one(1, 1, 1).drop(columns="cost_to_serve"), **ASSUMED)


@pytest.mark.parametrize("column", ["monetary", "gross_profit", "cost_to_serve"])
def test_a_missing_number_is_not_taken_for_keep(column):
    with pytest.raises(
        ValueError, match=f"every {column} of profit must be a number; 1 of 1 are not, the first that of 'x'"
    ):
        profitability.convert_or_drop(one(1, 1, 1).assign(**{column: np.nan}).set_axis(["x"]), **ASSUMED)


# --- the whale ---


def texts(ax):
    return " ".join(text.get_text() for text in ax.texts)


def test_the_whale_names_its_hump_in_money():
    # 80 + 40 = 120 at the peak, 20 lost again, 100 in the end.
    ax = plots.plot_whale(profitability.whale_curve(pd.Series({"a": 80.0, "b": 40.0, "c": -20.0})), currency="CNY")
    assert texts(ax).replace("\n", " ") == "peak ¥120 total ¥100  lost again ¥20"


def test_without_losses_there_is_no_hump_to_name():
    ax = plots.plot_whale(profitability.whale_curve(pd.Series({"a": 80.0, "b": 40.0})))
    assert "lost again" not in texts(ax)


@pytest.mark.parametrize("values", [[-5.0, -3.0], [1.0, -2.0, -4.0], [0.0]])
def test_a_firm_that_only_loses_can_be_drawn(values):
    with pytest.warns(UserWarning, match="not positive"):
        curve = profitability.whale_curve(pd.Series(values))
    ax = plots.plot_whale(curve)
    assert np.isfinite(ax.get_ylim()).all()


# --- the tree ---

SOLD = pd.DataFrame(
    {
        "customer_id": ["ann", "ann", "bob", "bob", "ann", "bob"],
        "order_date": pd.to_datetime(
            ["2024-02-01", "2024-03-01", "2024-05-01", "2025-01-01", "2025-02-01", "2025-12-31"]
        ),
        "product_id": ["tea", "rice", "tea", "tea", "rice", "milk"],
        "quantity": [3, 2, 1, 6, 1, 4],
        "amount": [30.0, 20.0, 10.0, 66.0, 9.0, 20.0],
        "cost": [24.0, 12.0, 8.0, 54.0, 6.0, 16.0],
    }
)
SERVED = pd.DataFrame(
    {
        "customer_id": ["ann", "bob", "ann", "bob"],
        "month": pd.to_datetime(["2024-02-01", "2024-05-01", "2025-01-01", "2025-02-01"]),
        "activity": ["visit", "call", "call", "call"],
        "n_times": [1, 2, 1, 2],
    }
)


def test_a_tree_by_hand():
    # 2024: 6 pieces for 60, goods 44, 1 visit of 120, 2 calls of 6.
    early, done = SOLD[SOLD["order_date"] < "2025"], SERVED[SERVED["month"] < "2025"]
    tree = profitability.profit_tree(early, done, RATES, inputs=pd.Series({"advertising": 25.0}))
    assert tree["amount"].to_dict() == {"sales": 60, "goods": -44, "visit": -120, "call": -12, "advertising": -25}
    assert tree["quantity"].tolist() == [6, 6, 1, 2, 25] and tree["unit_amount"].tolist()[2:] == [-120, -6, -1]
    assert tree.loc["sales", "unit_amount"] == 10
    without = profitability.profit_tree(early, done, RATES)
    assert without["amount"].sum() == profitability.net_profit(early, done, RATES)["net_profit"].sum()


def test_where_nothing_was_done_a_branch_is_there_with_nothing():
    tree = profitability.profit_tree(SOLD, SERVED.iloc[:0], RATES)
    assert tree.loc[["visit", "call"], "amount"].tolist() == [0, 0]
    assert tree.loc["visit", ["quantity", "unit_amount"]].isna().tolist() == [False, True]
    with pytest.raises(ValueError, match="every input must be a number"):
        profitability.profit_tree(SOLD, SERVED, RATES, inputs=pd.Series({"advertising": np.nan}))
    with pytest.raises(ValueError, match="unit_cost for every activity"):
        profitability.profit_tree(SOLD, SERVED, RATES.iloc[:1])


def test_a_change_by_hand():
    # tea 4 at 10 -> 6 at 11: quantity +20, price +6. rice 2 at 10 -> 1 at 9: -10, -1. milk is new: all +20 quantity.
    found = profitability.profit_change(SOLD, SERVED, RATES, day="2025-01-01")
    assert found.loc["sales"].tolist() == [60, 95, 30, 5, 35]
    # goods: tea 4 at 8 -> 6 at 9: -16, -6. rice 2 at 6 -> 1 at 6: +6, 0. milk: -16.
    assert found.loc["goods"].tolist() == [-44, -76, -26, -6, -32]
    assert found.loc["visit"].tolist() == [-120, 0, 120, 0, 120]
    assert found.loc["call"].tolist() == [-12, -18, -6, 0, -6]


def test_what_was_only_sent_back_has_no_price():
    sent_back = SOLD.assign(quantity=[-3, 2, 1, 6, 1, 4], amount=[-30.0, 20.0, 10.0, 66.0, 9.0, 20.0])
    found = profitability.profit_change(sent_back, SERVED, RATES, day="2025-01-01")
    assert found.loc["sales", "price_change"] == -1  # of rice; of tea in all fewer than none were sold


def test_on_a_company_tree_and_change_add_up_to_its_profit():
    company = simulate_company(n_customers=150, seed=4)
    lines, done, rates = (company[name] for name in ("transactions", "activities", "activity_rates"))
    lines, done = lines[lines["order_date"].dt.year > 2023], done[done["month"].dt.year > 2023]
    found = profitability.profit_change(lines, done, rates, day="2025-01-01")
    for year, column in ((2024, "before"), (2025, "after")):
        sold, served = lines[lines["order_date"].dt.year == year], done[done["month"].dt.year == year]
        tree = profitability.profit_tree(sold, served, rates)
        np.testing.assert_allclose(tree["amount"], found[column])
        profit = profitability.net_profit(sold, served, rates)["net_profit"].sum()
        assert tree["amount"].sum() == pytest.approx(profit) and found[column].sum() == pytest.approx(profit)
        assert (tree["quantity"] * tree["unit_amount"]).sum() == pytest.approx(profit)
    np.testing.assert_allclose(found["quantity_change"] + found["price_change"], found["after"] - found["before"])


def test_profits_by_year_are_those_of_each_year():
    by_year = profitability.yearly_profits(SOLD, SERVED, RATES)
    assert by_year.columns.tolist() == [2024, 2025]
    # ann 2024: 50 - 36 - 120; 2025: 9 - 6 - 6. bob 2024: 10 - 8 - 12; 2025: 86 - 70 - 12.
    assert by_year.loc["ann"].tolist() == [-106, -3] and by_year.loc["bob"].tolist() == [-10, 4]
    new = SOLD.assign(customer_id=["ann"] * 5 + ["cy"])
    assert np.isnan(profitability.yearly_profits(new, SERVED, RATES).loc["cy", 2024])
