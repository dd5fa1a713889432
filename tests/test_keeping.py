"""What less churn is worth: the numbers of the record, by hand, beside value and the fitted model, and refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import keeping, purchases, value


@pytest.mark.parametrize(
    ("rate", "gains"),
    # Five points more, at discount rates of 0, .1 and .2: the arithmetic that the claim of 1990 stands on.
    [(0.8, [33.3, 20.0, 14.3]), (0.9, [100.0, 33.3, 20.0])],
)
def test_five_points(rate, gains):
    for discount, gain in zip([0.0, 0.1, 0.2], gains, strict=True):
        table = keeping.retention_gain([rate], discount_rate=discount, first_payment="now")
        assert round(100 * table["gain_of_points_share"].iloc[0], 1) == gain


def test_five_percent_of_ten_percent():
    table = keeping.retention_gain([0.9], discount_rate=0.1, first_payment="end")
    assert round(table["gain_of_relative_share"].iloc[0], 4) == 0.0256
    assert table["churn_rate"].iloc[0] == pytest.approx(0.1)


@given(st.floats(0, 0.94), st.floats(0.001, 1), st.sampled_from(value.FIRST_PAYMENTS), st.floats(0.01, 0.05))
def test_the_gain_is_that_of_the_value(rate, discount, when, points):
    def worth(r):
        return value.retention_value(1, retention_rate=r, discount_rate=discount, first_payment=when)

    row = keeping.retention_gain([rate], discount_rate=discount, first_payment=when, points=points, relative=0.05)
    row = row.iloc[0]
    assert row["multiple"] == pytest.approx(worth(rate))
    if rate > 0.001:  # nothing times a share is no gain
        assert row["gain_of_points_share"] == pytest.approx(worth(rate + points) / worth(rate) - 1)
        assert row["gain_of_relative_share"] == pytest.approx(worth(rate + 0.05 * (1 - rate)) / worth(rate) - 1)


def test_a_rate_above_one_has_no_gain():
    table = keeping.retention_gain([0.95, 0.96], discount_rate=0.1, first_payment="now")
    assert table["gain_of_points_share"].iloc[0] == pytest.approx(0.5)  # everybody stays for ever: a half, not more
    assert np.isnan(table["gain_of_points_share"].iloc[1])
    assert np.isnan(keeping.retention_gain([0.95], discount_rate=0, first_payment="now").iloc[0, 2])


def test_what_a_claimed_gain_needs():
    # 1 + d - r is .25 for a quarter more; for 85 % it is .1088, which at d = .1 asks for r + .05 above 1.
    assert keeping.retention_needed(0.25, discount_rate=0.1) == pytest.approx(0.85)
    assert round(1 - keeping.retention_needed(0.85, discount_rate=0), 4) == 0.1088
    assert np.isnan(keeping.retention_needed(0.85, discount_rate=0.1))
    edge = 0.05 / 0.85  # the highest discount rate at which 85 % can be had at all
    assert keeping.retention_needed(0.85, discount_rate=edge - 1e-6) == pytest.approx(0.95, abs=1e-4)
    assert np.isnan(keeping.retention_needed(0.85, discount_rate=edge + 1e-6))


@given(st.floats(0.05, 3), st.floats(0, 0.5))
def test_at_the_needed_rate_the_gain_is_the_claim(gain, discount):
    rate = keeping.retention_needed(gain, discount_rate=discount)
    if 0 <= rate < 0.95:
        found = keeping.retention_gain([rate], discount_rate=discount, first_payment="now")
        if np.isfinite(found["gain_of_points_share"].iloc[0]):
            assert found["gain_of_points_share"].iloc[0] == pytest.approx(gain, rel=1e-6)


def test_the_nine_services_of_the_claim():
    table = keeping.claims_of_1990(discount_rates=[0, 0.1])
    assert sorted(100 * table["gain_share"]) == [25, 30, 35, 40, 45, 45, 50, 75, 85]
    assert sorted(100 * table.loc[table["is_read"], "gain_share"]) == [30, 50, 85]
    assert table.loc["credit insurance"].tolist()[2:] == [0.75, 0.85]
    assert table.index[table["needed_rate_10"].isna()].tolist() == ["deposits of a bank branch", "credit cards"]
    assert table.loc["deposits of a bank branch", "needed_rate_0"] == 0.8912  # 1 - .1088


# --- what keeping may cost -----------------------------------------------------------------------

REGULAR = purchases.fit_sbg(pd.Series([1, 0.631, 0.468, 0.382, 0.326, 0.289, 0.262, 0.241]))


@pytest.mark.parametrize("n_renewals", [0, 3, 40])
@pytest.mark.parametrize("discount", [0.004, 0.1])
def test_without_a_programme_it_is_the_residual_lifetime(n_renewals, discount):
    plans = keeping.keeping_plans(REGULAR, [0.1], margin=7, discount_rate=discount, n_renewals=n_renewals)
    expected = REGULAR.residual_lifetime(n_renewals, discount_rate=discount)
    assert plans.loc[0, "n_payments"] == pytest.approx(expected, rel=1e-6)
    assert plans.loc[0].tolist()[1:] == pytest.approx([7 * expected, 0, 0])


def test_with_a_programme_it_is_what_many_customers_bring():
    random = np.random.default_rng(5)
    alpha, beta = REGULAR.params.values()
    chance = random.beta(alpha, beta, 400_000) * 0.8
    by_lot = ((1 - chance) / (1 - (1 - chance) / 1.1)).mean()
    plans = keeping.keeping_plans(REGULAR, [0.2], margin=1, discount_rate=0.1)
    assert plans.loc[0.2, "customer_value"] == pytest.approx(by_lot, rel=5e-3)


def test_one_chance_for_all_by_hand():
    plans = keeping.keeping_plans(0.2, [0.0, 0.25], margin=10, discount_rate=0.1)
    now, cut = (sum(rate**n / 1.1 ** (n - 1) for n in range(1, 400)) for rate in (0.8, 0.85))
    assert plans.index.tolist() == [0.0, 0.25]
    assert plans["n_payments"].tolist() == pytest.approx([now, cut])
    assert plans.loc[0.25, "added_value"] == pytest.approx(10 * (cut - now))
    # at that cost each time the firm has what it would have without
    assert (10 - plans.loc[0.25, "most_per_payment"]) * cut == pytest.approx(10 * now)


@given(st.floats(0.2, 5), st.floats(0.2, 30), st.floats(0.01, 0.99))
def test_a_programme_that_cuts_more_may_cost_more(alpha, beta, cut):
    class Model:
        params = {"alpha": alpha, "beta": beta}

    plans = keeping.keeping_plans(Model, [cut / 2, cut], margin=1, discount_rate=0.01)
    assert plans["most_per_payment"].is_monotonic_increasing and plans["customer_value"].is_monotonic_increasing
    assert plans["most_per_payment"].iloc[-1] < 1


def test_what_cannot_be_is_refused():
    ask = {"discount_rate": 0.1, "first_payment": "now"}
    with pytest.raises(ValueError, match="from 0 to below 1"):
        keeping.retention_gain([1.0], **ask)
    with pytest.raises(ValueError, match="first_payment must be"):
        keeping.retention_gain([0.8], discount_rate=0.1, first_payment="late")
    with pytest.raises(ValueError, match="gain must"):
        keeping.retention_needed(0, discount_rate=0.1)
    with pytest.raises(ValueError, match="churn_cuts must"):
        keeping.keeping_plans(0.1, [2.0], margin=1, discount_rate=0.1)
    with pytest.raises(ValueError, match="discount_rate must"):
        keeping.keeping_plans(0.1, [0.1], margin=1, discount_rate=0)
