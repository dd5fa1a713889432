"""Bank accounts and their fee; the bank that is simulated."""

import hashlib
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import bank
from crmlib.simulate import bank as simulated
from crmlib.simulate import simulate_company


def account(balance, savings=0.0, contribution=10.0):
    return pd.DataFrame({"balance": [balance], "savings": [savings], "contribution": [contribution]}, index=["A1"])


# --- accounts and the fee ---

PRICES = {"spread": 0.05, "savings_spread": 0.02, "cheque_cost": 0.25, "account_cost": 1.0}


def test_an_account_by_hand():
    # Earned 200 x .05 + 1000 x .02 = 30; cost 12 x (10 x .25 + 1) = 42; a third of it avoidable: 30 - 14 = 16.
    accounts = pd.DataFrame({"balance": [200.0], "savings": [1000.0], "cheques_per_month": [10]})
    found = bank.account_profit(accounts, **PRICES, avoidable_share=1 / 3).iloc[0]
    assert found.round(9).to_dict() == {"earned": 30, "cost": 42, "profit": -12, "contribution": 16}


@given(st.integers(0, 60), st.floats(0.001, 0.2))
def test_at_its_break_even_balance_an_account_earns_nothing(cheques, spread):
    prices = PRICES | {"spread": spread}
    balance = bank.break_even_balance(cheques, spread=spread, cheque_cost=0.25, account_cost=1.0)
    accounts = pd.DataFrame({"balance": [balance], "savings": [0.0], "cheques_per_month": [cheques]})
    assert bank.account_profit(accounts, **prices)["profit"].iloc[0] == pytest.approx(0, abs=1e-9)


def test_no_spread_has_no_break_even():
    with pytest.raises(ValueError, match="spread must be a number above 0; got 0"):
        bank.break_even_balance(10, spread=0, cheque_cost=1, account_cost=1)


def test_the_fee_by_hand():
    # Half leave (10 each lost), a quarter top up 150 at 5 % (7.50), a quarter pay 12 x 4 = 48.
    found = bank.fee_effect(
        account(100.0), fee=4, threshold=250, savings_floor=1000, leave=0.5, top_up=0.25, spread=0.05
    ).iloc[0]
    assert found.to_dict() == {"is_charged": True, "fees": 12.0, "topped_up": 1.875, "lost": 5.0, "change": 8.875}


@pytest.mark.parametrize(("balance", "savings"), [(250.0, 0.0), (100.0, 1000.0), (300.0, 5.0)])
def test_at_the_threshold_or_with_savings_nobody_is_charged(balance, savings):
    table = account(balance, savings)
    found = bank.fee_effect(table, fee=4, threshold=250, savings_floor=1000, leave=1, spread=0.05)
    assert found.iloc[0].tolist() == [False, 0, 0, 0, 0]


def test_leaving_may_differ_between_accounts_and_is_matched_by_account():
    two = pd.concat([account(1.0), account(2.0).rename({"A1": "A2"})])
    leave = pd.Series({"A2": 1.0, "A1": 0.0})
    found = bank.fee_effect(two, fee=1, threshold=250, savings_floor=1000, leave=leave, spread=0.05)
    assert found["change"].to_dict() == {"A1": 12.0, "A2": -10.0}


@pytest.mark.parametrize(("leave", "top_up"), [(0.8, 0.3), (-0.1, 0), (float("nan"), 0)])
def test_impossible_probabilities_are_refused(leave, top_up):
    with pytest.raises(ValueError, match="probabilities that add up to 1 at most; 1 accounts break this"):
        bank.fee_effect(account(1.0), fee=1, threshold=250, savings_floor=1000, leave=leave, top_up=top_up, spread=0.05)


def test_a_fee_of_its_own_for_each_account():
    accounts = pd.DataFrame(
        {"balance": [100.0, 5000.0], "savings": [0.0, 0.0], "contribution": [12.0, 80.0]}, index=["a", "b"]
    )
    fee = pd.Series({"a": 2.0, "b": 0.0})
    everybody = {"threshold": math.inf, "savings_floor": math.inf, "spread": 0.05}
    effect = bank.fee_effect(accounts, fee=fee, leave=0.25 * fee / 2, **everybody)
    assert effect["is_charged"].tolist() == [True, False]
    assert effect["change"].tolist() == [0.75 * 24 - 0.25 * 12, 0.0]
    with pytest.raises(ValueError, match="fee must"):
        bank.fee_effect(accounts, fee=fee - 5, leave=0.1, **everybody)


# --- the bank of the course, reconstructed ---


@pytest.mark.parametrize("seed", [simulated.SEED, 1, 2])
def test_the_bank_has_the_four_figures_of_the_course(seed):
    made = simulated.simulate_bank(seed=seed)
    accounts, truth = made["accounts"], made["truth"]
    profit = bank.account_profit(accounts, **simulated.RATES)["profit"]
    best = profit.nlargest(round(0.19 * len(profit))).index
    rest = accounts.drop(index=best)
    assert abs(profit[best].sum() / profit.sum() - 0.90) < 0.015
    assert (rest["balance"] < 250).mean() > 0.5  # "most"
    assert (truth["kind"] == "new").mean() == 0.01
    assert ((accounts["tenure_months"] < simulated.NEW_MONTHS) == (truth["kind"] == "new")).all()


def test_the_same_seed_gives_the_same_bank_and_another_seed_another():
    first, again = (simulated.simulate_bank(n_accounts=500) for _ in range(2))
    other = simulated.simulate_bank(n_accounts=500, seed=1)
    pd.testing.assert_frame_equal(first["accounts"], again["accounts"])
    assert not first["accounts"].equals(other["accounts"])


@pytest.mark.parametrize("seed", [simulated.SEED, 3, 4])
def test_no_rule_by_age_meets_exactly_those_whose_money_will_grow(seed):
    """Advice from simulated truth must not be perfect by construction: some older ones grow, most young do not."""
    made = simulated.simulate_bank(seed=seed)
    age = made["accounts"]["age"]
    grown = made["truth"]["balance_later"] != made["accounts"]["balance"]
    young = age < simulated.YOUNG_AGE
    assert 0.2 < grown[young].mean() < 0.5
    assert 0.15 < (grown & ~young).sum() / grown.sum() < 0.5
    assert not grown[age >= simulated.MIDDLE_AGE].any()


def test_every_account_has_a_kind_whatever_the_number():
    assert len(simulated.simulate_bank(n_accounts=137)["accounts"]) == 137
    with pytest.raises(ValueError, match="n_accounts must be at least 100"):
        simulated.simulate_bank(n_accounts=99)


def test_the_bank_draws_from_a_stream_of_its_own():
    def fingerprint():
        company = simulate_company(n_customers=60, seed=5)
        return hashlib.sha256("".join(table.to_csv() for table in company.values()).encode()).hexdigest()

    before = fingerprint()
    simulated.simulate_bank(n_accounts=200, seed=5)
    assert fingerprint() == before
