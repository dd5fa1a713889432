"""Cost by activity, convert or drop, the worksheet, bank accounts and their fee; the bank that is simulated."""

import hashlib

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import plots, profitability, pyramid
from crmlib.simulate import bank, simulate_company

RATES = pd.DataFrame({"activity": ["visit", "call"], "unit_cost": [120.0, 6.0]})
ASSUMED = {"price_rise": 0.10, "p_accept": 0.5, "saving": 0.5, "p_cheaper": 0.8, "avoidable_share": 0.5}


def account(balance, savings=0.0, contribution=10.0):
    return pd.DataFrame({"balance": [balance], "savings": [savings], "contribution": [contribution]}, index=["A1"])


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
    total = pyramid.cost_to_serve(company["activities"], company["activity_rates"])
    pd.testing.assert_series_equal(costs.sum(axis=1), total, check_names=False)


def test_an_activity_without_a_rate_is_refused():
    done = pd.DataFrame({"customer_id": ["a"], "activity": ["gift"], "n_times": [1]})
    with pytest.raises(ValueError, match=r"unit_cost for every activity; \['gift'\] have none"):
        profitability.cost_by_activity(done, RATES)


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


@given(
    st.integers(0, 5000), st.integers(-500, 1500), st.integers(0, 3000), st.integers(0, 50)
)
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


def test_nothing_avoidable_means_nobody_with_gross_profit_is_let_go():
    table = pd.DataFrame({"monetary": [100.0, 0.0], "gross_profit": [10.0, -5.0], "cost_to_serve": [500.0, 500.0]})
    found = profitability.convert_or_drop(table, **ASSUMED | {"avoidable_share": 0.0})
    assert found["let go"].tolist() == [-10.0, 5.0]


@pytest.mark.parametrize("name", ["p_accept", "saving", "p_cheaper", "avoidable_share"])
def test_a_percentage_in_place_of_a_share_is_refused(name):
    with pytest.raises(ValueError, match=rf"{name} must lie between 0 and 1; got 40. 40 % is 0.4"):
        profitability.convert_or_drop(one(1, 1, 1), **ASSUMED | {name: 40})


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"profit must have the columns .*; missing \['cost_to_serve'\]"):
        profitability.convert_or_drop(one(1, 1, 1).drop(columns="cost_to_serve"), **ASSUMED)


@pytest.mark.parametrize("column", ["monetary", "gross_profit", "cost_to_serve"])
def test_a_missing_number_is_not_taken_for_keep(column):
    with pytest.raises(ValueError, match=f"every {column} of profit must be a number; 1 of 1 are not, the first that of 'x'"):
        profitability.convert_or_drop(one(1, 1, 1).assign(**{column: np.nan}).set_axis(["x"]), **ASSUMED)


# --- the worksheet ---

SOLD = pd.DataFrame(
    {
        "segment": ["tea", "oil", "tea", "tea", "tea", "tea"],
        "net_profit": [50.0, 500.0, 20.0, 20.0, -5.0, -90.0],
        "next_step": list("uvwxyz"),
    },
    index=list("afbcde"),
)


def test_the_worksheet_by_hand():
    # oil brings 500 and comes first, though it has one customer; of b and c, equal, b is before c.
    sheet = profitability.segment_worksheet(SOLD, k=2)
    assert sheet["customer_id"].tolist() == ["f", "a", "b", "e", "d"]
    assert sheet["place"].tolist() == ["best", "best", "best", "worst", "worst"]
    assert sheet["rank"].tolist() == [1, 1, 2, 1, 2]


def test_nobody_stands_twice_in_a_small_segment():
    sheet = profitability.segment_worksheet(SOLD, k=4)
    assert sheet["customer_id"].is_unique
    assert len(sheet) == len(SOLD)


def test_the_worksheet_does_not_depend_on_the_order_of_rows():
    first, second = (profitability.segment_worksheet(table, k=2) for table in (SOLD, SOLD[::-1]))
    pd.testing.assert_frame_equal(first, second)


def test_a_customer_without_a_segment_is_counted():
    with pytest.raises(ValueError, match="must have a segment; 1 of 6 have none"):
        profitability.segment_worksheet(SOLD.assign(segment=["tea", None, "tea", "tea", "tea", "tea"]))
    with pytest.raises(ValueError, match="every net_profit of customers must be a number; 1 of 6 are not, the first that of 'b'"):
        profitability.segment_worksheet(SOLD.assign(net_profit=SOLD["net_profit"].where(SOLD.index != "b")))
    with pytest.raises(ValueError, match="k must be at least 1; got 0"):
        profitability.segment_worksheet(SOLD, k=0)


# --- accounts and the fee ---

PRICES = {"spread": 0.05, "savings_spread": 0.02, "cheque_cost": 0.25, "account_cost": 1.0}


def test_an_account_by_hand():
    # Earned 200 x .05 + 1000 x .02 = 30; cost 12 x (10 x .25 + 1) = 42; a third of it avoidable: 30 - 14 = 16.
    accounts = pd.DataFrame({"balance": [200.0], "savings": [1000.0], "cheques_per_month": [10]})
    found = profitability.account_profit(accounts, **PRICES, avoidable_share=1 / 3).iloc[0]
    assert found.round(9).to_dict() == {"earned": 30, "cost": 42, "profit": -12, "contribution": 16}


@given(st.integers(0, 60), st.floats(0.001, 0.2))
def test_at_its_break_even_balance_an_account_earns_nothing(cheques, spread):
    prices = PRICES | {"spread": spread}
    balance = profitability.break_even_balance(cheques, spread=spread, cheque_cost=0.25, account_cost=1.0)
    accounts = pd.DataFrame({"balance": [balance], "savings": [0.0], "cheques_per_month": [cheques]})
    assert profitability.account_profit(accounts, **prices)["profit"].iloc[0] == pytest.approx(0, abs=1e-9)


def test_no_spread_has_no_break_even():
    with pytest.raises(ValueError, match="spread must be above 0"):
        profitability.break_even_balance(10, spread=0, cheque_cost=1, account_cost=1)


def test_the_fee_by_hand():
    # Half leave (10 each lost), a quarter top up 150 at 5 % (7.50), a quarter pay 12 x 4 = 48.
    found = profitability.fee_effect(
        account(100.0), fee=4, threshold=250, savings_floor=1000, leave=0.5, top_up=0.25, spread=0.05
    ).iloc[0]
    assert found.to_dict() == {"is_charged": True, "fees": 12.0, "topped_up": 1.875, "lost": 5.0, "change": 8.875}


@pytest.mark.parametrize(("balance", "savings"), [(250.0, 0.0), (100.0, 1000.0), (300.0, 5.0)])
def test_at_the_threshold_or_with_savings_nobody_is_charged(balance, savings):
    table = account(balance, savings)
    found = profitability.fee_effect(table, fee=4, threshold=250, savings_floor=1000, leave=1, spread=0.05)
    assert found.iloc[0].tolist() == [False, 0, 0, 0, 0]


def test_leaving_may_differ_between_accounts_and_is_matched_by_account():
    two = pd.concat([account(1.0), account(2.0).rename({"A1": "A2"})])
    leave = pd.Series({"A2": 1.0, "A1": 0.0})
    found = profitability.fee_effect(two, fee=1, threshold=250, savings_floor=1000, leave=leave, spread=0.05)
    assert found["change"].to_dict() == {"A1": 12.0, "A2": -10.0}


@pytest.mark.parametrize(("leave", "top_up"), [(0.8, 0.3), (-0.1, 0), (float("nan"), 0)])
def test_impossible_probabilities_are_refused(leave, top_up):
    with pytest.raises(ValueError, match="probabilities that add up to 1 at most; 1 accounts break this"):
        profitability.fee_effect(
            account(1.0), fee=1, threshold=250, savings_floor=1000, leave=leave, top_up=top_up, spread=0.05
        )


# --- the bank of the course, reconstructed ---


@pytest.mark.parametrize("seed", [bank.SEED, 1, 2])
def test_the_bank_has_the_four_figures_of_the_course(seed):
    made = bank.simulate_bank(seed=seed)
    accounts, truth = made["accounts"], made["truth"]
    profit = profitability.account_profit(accounts, **bank.RATES)["profit"]
    best = profit.nlargest(round(0.19 * len(profit))).index
    rest = accounts.drop(index=best)
    assert abs(profit[best].sum() / profit.sum() - 0.90) < 0.015
    assert (rest["balance"] < 250).mean() > 0.5  # "most"
    assert (truth["kind"] == "new").mean() == 0.01
    assert ((accounts["tenure_months"] < bank.NEW_MONTHS) == (truth["kind"] == "new")).all()


def test_the_same_seed_gives_the_same_bank_and_another_seed_another():
    first, again = (bank.simulate_bank(n_accounts=500) for _ in range(2))
    other = bank.simulate_bank(n_accounts=500, seed=1)
    pd.testing.assert_frame_equal(first["accounts"], again["accounts"])
    assert not first["accounts"].equals(other["accounts"])


def test_money_grows_for_the_young_only():
    made = bank.simulate_bank(n_accounts=2000)
    grown = made["truth"]["balance_later"] != made["accounts"]["balance"]
    assert grown.any()
    assert (made["accounts"].loc[grown, "age"] < bank.YOUNG_AGE).all()


def test_every_account_has_a_kind_whatever_the_number():
    assert len(bank.simulate_bank(n_accounts=137)["accounts"]) == 137
    with pytest.raises(ValueError, match="n_accounts must be at least 100"):
        bank.simulate_bank(n_accounts=99)


def test_the_bank_draws_from_a_stream_of_its_own():
    def fingerprint():
        company = simulate_company(n_customers=60, seed=5)
        return hashlib.sha256("".join(table.to_csv() for table in company.values()).encode()).hexdigest()

    before = fingerprint()
    bank.simulate_bank(n_accounts=200, seed=5)
    assert fingerprint() == before


# --- the whale ---


def texts(ax):
    return " ".join(text.get_text() for text in ax.texts)


def test_the_whale_names_its_hump_in_money():
    # 80 + 40 = 120 at the peak, 20 lost again, 100 in the end.
    ax = plots.plot_whale(pyramid.whale_curve(pd.Series({"a": 80.0, "b": 40.0, "c": -20.0})), currency="CNY")
    assert texts(ax).replace("\n", " ") == "peak ¥120 total ¥100  lost again ¥20"


def test_without_losses_there_is_no_hump_to_name():
    ax = plots.plot_whale(pyramid.whale_curve(pd.Series({"a": 80.0, "b": 40.0})))
    assert "lost again" not in texts(ax)


@pytest.mark.parametrize("values", [[-5.0, -3.0], [1.0, -2.0, -4.0], [0.0]])
def test_a_firm_that_only_loses_can_be_drawn(values):
    with pytest.warns(UserWarning, match="not positive"):
        curve = pyramid.whale_curve(pd.Series(values))
    ax = plots.plot_whale(curve)
    assert np.isfinite(ax.get_ylim()).all()
