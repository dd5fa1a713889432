"""Value by models of purchase: closed forms, laws, coverage on customers made up, on CDNOW, health, refusals."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy.special import gammaln, hyperu

from crmlib import customers, datasets, purchases, value, worth
from crmlib.buying import ahead, lifetimes
from crmlib.buying.alike import find_alike

YEAR = {"margin_rate": 1.0, "discount_rate": 0.0, "periods": 39, "unit": "week"}


@pytest.fixture(scope="module")
def bought():
    return customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")


@pytest.fixture(scope="module")
def model(bought):
    return purchases.fit_bg_nbd(bought["frequency"], bought["recency"], bought["tenure"])


@pytest.fixture(scope="module")
def spending(bought):
    again = bought[bought["monetary"] > 0]
    return purchases.fit_gamma_gamma(again["frequency"], again["monetary"])


@pytest.fixture(scope="module")
def valued(model, spending, bought):
    return worth.purchase_value(model, spending, bought, **YEAR, n_draws=400)


def test_they_are_at_hand_in_value():
    assert value.purchase_value is worth.purchase_value
    assert value.total_purchase_value is worth.total_purchase_value


def test_value_is_a_product_where_nothing_is_discounted(valued, model, spending, bought):
    assert valued["value"].to_numpy() == pytest.approx(valued["expected_purchases"] * valued["expected_amount"])
    assert (valued["value_if_alive"] * valued["probability_alive"]).to_numpy() == pytest.approx(valued["value"])
    ahead_39 = model.future_purchases(39, bought["frequency"], bought["recency"], bought["tenure"])
    assert valued["expected_purchases"].to_numpy() == pytest.approx(ahead_39.to_numpy())
    # Fader, Hardie & Lee (2005): who bought once gets the mean of all, p x gamma / (q - 1), about 35 dollars.
    once = valued.loc[bought["frequency"] == 0, "expected_amount"]
    assert once.round(1).unique().tolist() == [35.2]


def test_discounted_purchases_are_those_of_the_paper(bought):
    """Fader, Hardie & Lee (2005), equation 2: DET of Pareto/NBD over all time, with 15 % a year."""
    fitted = purchases.fit_pareto_nbd(bought["frequency"], bought["recency"], bought["tenure"])
    r, alpha, s, beta = fitted.params.values()
    x, last, age = np.array([[0, 0, 30], [7, 35, 38.86], [7, 20, 38.86], [2, 10, 38]]).T
    force = np.log(1.15) / (365.25 / 7)
    likelihoods = [
        lifetimes.log_likelihood(find_alike(*(np.array([one]) for one in row)))(np.array([r, alpha, s, beta]))[0]
        for row in zip(x, last, age, strict=True)
    ]
    logs = r * np.log(alpha) + s * np.log(beta) + (s - 1) * np.log(force) + gammaln(r + x + 1) - gammaln(r)
    closed = np.exp(logs - (r + x + 1) * np.log(alpha + age) - likelihoods) * hyperu(s, s, force * (beta + age))
    past = ahead.Past(x, last, age, 0 * x, 0 * x)
    assert ahead.expected_discounted(fitted, past, 100 * 52.0, force) == pytest.approx(closed, rel=1e-5)


def test_what_comes_later_counts_less(model, spending, bought):
    some = bought.head(50)
    options = {"margin_rate": 1.0, "periods": 520, "unit": "week", "n_draws": 40}
    whole, less = (worth.purchase_value(model, spending, some, discount_rate=d, **options) for d in (0.0, 0.15))
    # Between all of it and what it would be, all paid at the end of the ten years.
    assert (less["value"] < whole["value"]).all()
    assert (less["value"] > whole["value"] * 1.15**-10).all()
    half = worth.purchase_value(model, spending, some, discount_rate=0.15, **options | {"margin_rate": 0.5})
    assert half["value"].to_numpy() == pytest.approx(less["value"].to_numpy() / 2)
    assert half["future_high"].to_numpy() == pytest.approx(less["future_high"].to_numpy() / 2)


@pytest.mark.parametrize("fit", [purchases.fit_bg_nbd, purchases.fit_mbg_nbd, purchases.fit_pareto_nbd])
def test_futures_drawn_have_the_expected_mean(fit, bought, spending):
    fitted = fit(bought["frequency"], bought["recency"], bought["tenure"])
    one = pd.DataFrame({"frequency": [0, 3, 9], "recency": [0, 20.0, 30], "tenure": 38.0, "monetary": [np.nan, 30, 50]})
    past = ahead.past_of(pd.concat([one] * 20_000))
    drawn = ahead.draw_spending(fitted, spending, past, 52.0, 0.0027, np.random.default_rng(3)).reshape(-1, 3)
    expected = ahead.expected_discounted(fitted, ahead.past_of(one), 52.0, 0.0027) * spending.expected_purchase(
        one["frequency"], one["monetary"]
    )
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - expected) < 4 * error).all()


def made_up(n, seed):
    """Customers of a known BG/NBD and Gamma-Gamma over 40 weeks, and what they spend in the 40 weeks after."""
    random = np.random.default_rng(seed)
    rate, chance = random.gamma(0.6, 1 / 6.0, n), random.beta(0.9, 2.5, n)
    mean = 15 / random.gamma(3.7, size=n)
    rows, later = [], np.zeros(n)
    for i in range(n):
        age, first = random.uniform(25, 40), 0.0
        now, x, last, paid, there = first, 0, 0.0, 0.0, True
        while there:
            now += random.exponential(1 / rate[i])
            if now > age + 40:
                break
            amount = random.gamma(6.0) * mean[i]
            if now <= age:
                x, last, paid = x + 1, now, paid + amount
            else:
                later[i] += amount
            there = random.random() >= chance[i]
        rows.append((x, last, age, paid / x if x else np.nan))
    return pd.DataFrame(rows, columns=["frequency", "recency", "tenure", "monetary"]), later


def test_intervals_hold_what_comes_of_customers_made_up():
    summary, later = made_up(3000, seed=5)
    fitted = purchases.fit_bg_nbd(summary["frequency"], summary["recency"], summary["tenure"])
    again = summary[summary["frequency"] > 0]
    of_spending = purchases.fit_gamma_gamma(again["frequency"], again["monetary"])
    options = YEAR | {"periods": 40, "n_draws": 300}
    table = worth.purchase_value(fitted, of_spending, summary, **options)
    inside = (later >= table["future_low"]) & (later <= table["future_high"])
    # Most bring nothing, which the interval holds: it covers more than it promises. Above it, about one in forty.
    assert 0.95 <= inside.mean() <= 0.99
    above = (later > table["future_high"])[table["future_high"] > 0].mean()
    assert 0.015 <= above <= 0.035
    total = worth.total_purchase_value(fitted, of_spending, summary, **options)
    assert total.loc["both", "low"] < later.sum() < total.loc["both", "high"]
    # The expected value is another question: its interval is far narrower, and holds few of the futures.
    assert (table["value_high"] - table["value_low"]).mean() < (table["future_high"] - table["future_low"]).mean() / 5


def test_intervals_hold_what_came_of_cdnow(valued, model, spending, bought):
    lines = datasets.load_cdnow()
    came = lines[lines["order_date"] > "1997-09-30"].groupby("customer_id")["amount"].sum()
    later = came.reindex(bought.index, fill_value=0.0)
    inside = (later >= valued["future_low"]) & (later <= valued["future_high"])
    assert 0.95 <= inside.mean() <= 0.98
    # The total is another matter: customers spent more in 1998 than any model of 1997 knows, and no interval says so.
    high = worth.total_purchase_value(model, spending, bought, **YEAR, n_draws=300).loc["both", "high"]
    assert high < later.sum() < 1.1 * high


def test_a_holdout_in_one_row(valued, model, spending, bought):
    options = YEAR | {"n_draws": 100}
    came = worth.purchase_value(model, spending, bought, **options)["future_high"] * 0.5
    row = worth.holdout_value(model, spending, bought, came, **options)
    assert row["inside_share"] == 1
    assert row["came_value"] == pytest.approx(came.sum())
    assert row["lowest_value"] < row["expected_value"] < row["highest_value"]
    assert row["expected_value"] == pytest.approx(valued["value"].sum())
    assert worth.holdout_value(model, spending, bought, came * 0 - 1, **options)["inside_share"] == 0
    with pytest.raises(ValueError, match="reindex"):
        worth.holdout_value(model, spending, bought, came.head(3), **options)


def test_a_list_is_as_long_as_it_says():
    amount = pd.Series([3.0, 3.0, 5.0, 3.0], index=list("abcd"))
    assert worth.choose_top(amount, 2).tolist() == [True, False, True, False]
    assert worth.choose_top(amount, 9).all()
    with pytest.raises(ValueError, match="amount"):
        worth.choose_top(pd.Series([1.0, np.nan]), 1)
    with pytest.raises(ValueError, match="n "):
        worth.choose_top(amount, 0)


def test_two_kinds_of_doubt_behave_as_they_are_called(model, spending, bought, valued):
    """With four times the customers the same parameters are known twice as well; a future stays as open."""
    better = dataclasses.replace(model, covariance_of_logs=model.covariance_of_logs / 4)
    surer = dataclasses.replace(spending, covariance_of_logs=spending.covariance_of_logs / 4)
    table = worth.purchase_value(better, surer, bought, **YEAR, n_draws=400)
    known = (table["value_high"] - table["value_low"]) / (valued["value_high"] - valued["value_low"])
    open_ = (table["future_high"] - table["future_low"]) / (valued["future_high"] - valued["future_low"])
    assert known.mean() == pytest.approx(0.5, abs=0.05)
    assert open_[valued["future_high"] > 0].median() == pytest.approx(1, abs=0.03)


def test_a_sum_is_not_the_sum_of_the_intervals(model, spending, bought, valued):
    total = worth.total_purchase_value(model, spending, bought, **YEAR)
    assert total["value"].to_numpy() == pytest.approx(np.full(3, valued["value"].sum()))
    width = total["high"] - total["low"]
    assert width["own futures"] < (valued["future_high"] - valued["future_low"]).sum() / 10
    # Independent of each other, their variances add up.
    assert width["both"] == pytest.approx(np.hypot(width["parameters"], width["own futures"]), rel=0.2)


def test_the_same_seed_gives_the_same_table(model, spending, bought):
    options = YEAR | {"n_draws": 40}
    one, again, other = (
        worth.purchase_value(model, spending, bought.head(20), **options, seed=seed) for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, again)
    assert not one["future_high"].equals(other["future_high"])


def test_what_cannot_be_used_says_so(model, spending, bought):
    lost = dataclasses.replace(model, is_converged=False)
    far = dataclasses.replace(model, covariance_of_logs=np.eye(4) * 16.0)
    endless = dataclasses.replace(spending, params={"p": 6.0, "q": 0.9, "gamma": 15.0})
    for one, other, why in ((lost, spending, "maximum"), (far, spending, "twenty"), (model, endless, "1 or less")):
        with pytest.raises(ValueError, match=rf"{why}.*retention_value.*state"):
            worth.purchase_value(one, other, bought, **YEAR)
        with pytest.raises(ValueError, match=rf"{why}.*retention_value.*state"):
            worth.total_purchase_value(one, other, bought, **YEAR)
    same = pd.Series(np.full(100, 1.0))
    with pytest.raises(ValueError, match="retention_value"):
        purchases.fit_bg_nbd(same, same * 5, same * 10)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": "hour"}, "unit"),
        ({"margin_rate": 30}, "margin_rate"),
        ({"discount_rate": -0.1}, "discount_rate"),
        ({"periods": 0}, "periods"),
        ({"level": 95}, "level"),
        ({"n_draws": 10}, "n_draws"),
    ],
)
def test_arguments_are_checked(change, message, model, spending, bought):
    with pytest.raises(ValueError, match=message):
        worth.purchase_value(model, spending, bought, **YEAR | change)


def test_tables_and_models_are_checked(model, spending, bought):
    with pytest.raises(ValueError, match="monetary"):
        worth.purchase_value(model, spending, bought.drop(columns="monetary"), **YEAR)
    with pytest.raises(ValueError, match="at least one customer"):
        worth.purchase_value(model, spending, bought.head(0), **YEAR)
    with pytest.raises(TypeError, match="fit_gamma_gamma"):
        worth.purchase_value(spending, model, bought, **YEAR)


def test_who_took_back_everything_counts_as_not_seen(model, spending):
    two = pd.DataFrame({"frequency": 3, "recency": 20.0, "tenure": 38.0, "monetary": [np.nan, -12.0]})
    table = worth.purchase_value(model, spending, two, **YEAR, n_draws=40)
    assert table["expected_amount"].to_numpy() == pytest.approx(np.full(2, spending.average_purchase()))


def test_without_draws_there_are_no_intervals_and_the_same_values(valued, model, spending, bought):
    plain = worth.purchase_value(model, spending, bought, **YEAR, n_draws=0)
    pd.testing.assert_frame_equal(plain, valued[plain.columns])
    assert valued.columns.difference(plain.columns).tolist() == ["future_high", "future_low", "value_high", "value_low"]
    with pytest.raises(ValueError, match="n_draws must be a whole number of at least 40"):
        worth.total_purchase_value(model, spending, bought, **YEAR, n_draws=0)
