"""Models of purchase: published numbers, gradients and laws, customers made from known parameters, and refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import beta as beta_function

from crmlib import customers, datasets, purchases
from crmlib.buying import alike, leaving, lifetimes, occasions, renewals, spending

LEAVERS = {"bg": purchases.fit_bg_nbd, "mbg": purchases.fit_mbg_nbd, "pareto": purchases.fit_pareto_nbd}


@pytest.fixture(scope="module")
def cdnow():
    return customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="week")


def columns_of(bought):
    return [bought[name] for name in ("frequency", "recency", "tenure")]


def rounded(model, digits):
    return [round(value, digits) for value in model.params.values()]


# --- published numbers, to half a unit of the last printed digit ---------------------------------


def test_bg_nbd_gives_the_published_numbers_of_cdnow(cdnow):
    # Fader, Hardie & Lee (2005), table 2; the likelihood is printed with one digit.
    model = purchases.fit_bg_nbd(*columns_of(cdnow))
    assert list(model.params) == ["r", "alpha", "a", "b"]
    assert rounded(model, 3) == [0.243, 4.414, 0.793, 2.426]
    assert round(model.log_likelihood, 1) == -9582.4
    assert model.n_customers == 2357
    assert model.is_converged


def test_pareto_nbd_gives_the_published_numbers_of_cdnow(cdnow):
    # Fader, Hardie & Lee (2005), table 2.
    model = purchases.fit_pareto_nbd(*columns_of(cdnow))
    assert list(model.params) == ["r", "alpha", "s", "beta"]
    assert rounded(model, 3) == [0.553, 10.578, 0.606, 11.669]
    assert round(model.log_likelihood, 1) == -9595.0


def test_modified_bg_nbd_gives_the_published_numbers_of_cdnow(cdnow):
    # Platzer & Reutterer, BTYDplus 1.2.0, vignette: .525 6.183 .891 1.614.
    assert rounded(purchases.fit_mbg_nbd(*columns_of(cdnow)), 3) == [0.525, 6.183, 0.891, 1.614]


def test_bg_bb_gives_the_published_numbers_of_the_donors():
    # Fader, Hardie & Shang (2010), tables 3 and 5: six years of 11,104 donors.
    donors = datasets.load_donors()
    model = purchases.fit_bg_bb(donors["n_years_given"], donors["last_year_given"], donors["n_years"])
    assert list(model.params) == ["alpha", "beta", "gamma", "delta"]
    assert rounded(model, 3) == [1.204, 0.750, 0.657, 2.783]
    assert round(model.log_likelihood, 1) == -33225.6
    assert round(model.future_purchases(5, 6, 6, 6), 2) == 3.75
    assert round(model.future_purchases(5, 0, 0, 6), 2) == 0.07


def test_gamma_gamma_gives_the_published_numbers_of_cdnow(cdnow):
    # Fader & Hardie (2013): 946 repeat buyers.
    bought = cdnow[cdnow["monetary"] > 0]
    model = purchases.fit_gamma_gamma(bought["frequency"], bought["monetary"])
    assert model.n_customers == 946
    assert list(model.params) == ["p", "q", "gamma"]
    assert rounded(model, 2) == [6.25, 3.74, 15.44]
    assert round(model.average_purchase()) == 35


@pytest.mark.parametrize(
    ("alive", "published"),
    [
        # Fader & Hardie (2007), "Regular" and "High End". One library's test carries .688 for .668, a typo.
        ([1, 0.631, 0.468, 0.382, 0.326, 0.289, 0.262, 0.241], [0.704, 1.182]),
        ([1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491], [0.668, 3.806]),
    ],
)
def test_shifted_beta_geometric_gives_the_published_numbers(alive, published):
    model = purchases.fit_sbg(pd.Series(alive))
    assert rounded(model, 3) == published
    assert np.isnan(list(model.standard_errors.values())).all()  # of how many customers is not known


# --- gradients -----------------------------------------------------------------------------------

ROWS = np.array(
    [(0, 0, 20), (0, 0, 39), (1, 3, 30), (2, 10.5, 39), (9, 30, 39), (30, 38, 39), (60, 20, 39)], dtype=float
)
CASES = {
    "bg": (leaving.log_likelihood, {"may_leave_first": False}, ROWS, [0.3, 4.0, 0.9, 2.0]),
    "mbg": (leaving.log_likelihood, {"may_leave_first": True}, ROWS, [0.3, 4.0, 0.9, 2.0]),
    "pareto": (lifetimes.log_likelihood, {}, ROWS, [0.3, 4.0, 0.9, 12.0]),
    "pareto, beta small": (lifetimes.log_likelihood, {}, ROWS, [2.0, 50.0, 0.3, 0.2]),
    "bg/bb": (occasions.log_likelihood, {}, np.array([(0, 0, 6), (1, 4, 6), (3, 3, 5), (6, 6, 6)]), [1.1, 0.8, 0.7, 2]),
    "gamma-gamma": (spending.log_likelihood, {}, np.array([(1, 20.0), (2, 5.5), (30, 80.0)]), [3.0, 2.0, 9.0]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_gradient_is_that_of_the_likelihood(case):
    likelihood, options, rows, parameters = CASES[case]
    rows = rows.astype(float)
    evaluate = likelihood(alike.find_alike(*rows.T), **options)
    at = np.array(parameters, dtype=float)
    steps = np.diag(at) * 1e-5
    by_differences = [(evaluate(at + one)[0] - evaluate(at - one)[0]) / (2 * one.max()) for one in steps]
    assert evaluate(at)[1] == pytest.approx(by_differences, rel=1e-5, abs=1e-6)


def test_the_gradient_of_renewals_is_that_of_the_likelihood():
    evaluate = renewals.log_likelihood(np.array([30.0, 12.0, 5.0]), 40.0)
    at, steps = np.array([0.7, 1.3]), np.eye(2) * 1e-5
    by_differences = [(evaluate(at + one)[0] - evaluate(at - one)[0]) / 2e-5 for one in steps]
    assert evaluate(at)[1] == pytest.approx(by_differences, rel=1e-6)


# --- by hand and by law --------------------------------------------------------------------------


@pytest.mark.parametrize("parameters", [[0.55, 10.6, 0.6, 11.7], [0.3, 0.2, 2.0, 50.0], [2.0, 50.0, 0.3, 0.2]])
@pytest.mark.parametrize("row", [(0, 0, 39), (1, 2, 39), (30, 20, 39), (100, 5, 39), (0, 0, 0.5)])
def test_the_chance_of_having_left_is_the_integral(parameters, row):
    r, alpha, s, beta = parameters
    x, last, age = row

    def left_at(u):
        return s / (beta + u) * ((beta + age) / (beta + u)) ** s * ((alpha + age) / (alpha + u)) ** (r + x)

    whole = quad(left_at, last, age, epsabs=0, epsrel=1e-12, limit=500)[0]
    gone, _ = lifetimes._gone(np.array(parameters), *(np.array([float(one)]) for one in row))
    assert gone[0] == pytest.approx(np.log(whole), abs=1e-7)


@pytest.mark.parametrize("a", [0.5, 0.99995, 1.0, 1.7])
def test_purchases_until_one_leaves_are_the_integral_also_where_the_formula_divides_by_nothing(a):
    shape, rate, b, time = 0.9, 4.0, 2.3, 30.0

    def of_chance(p):
        density = p ** (a - 1) * (1 - p) ** (b - 1) / beta_function(a, b)
        return density * (1 - (1 + p * time / rate) ** -shape) / p

    whole = quad(of_chance, 0, 1, limit=300)[0]
    assert leaving._mean_until_leaving(shape, rate, a, b, np.array(time)) == pytest.approx(whole, rel=1e-5)


def simulate_leaving(n, parameters, *, may_leave_first, seed):
    """Customers of the BG/NBD model, or the modified one, seen for 20 to 40 units of time; and what they did next."""
    random = np.random.default_rng(seed)
    r, alpha, a, b = parameters
    rate, chance = random.gamma(r, 1 / alpha, n), random.beta(a, b, n)
    age = random.uniform(20, 40, n)
    rows = []
    for one in range(n):
        when, days = 0.0, []
        is_there = not (may_leave_first and random.random() < chance[one])
        while is_there and when < age[one] + 20:
            when += random.exponential(1 / rate[one])
            days.append(when)
            is_there = random.random() >= chance[one]
        seen = [day for day in days if day <= age[one]]
        later = [day for day in days if age[one] < day <= age[one] + 20]
        rows.append((len(seen), max(seen, default=0.0), age[one], len(later)))
    return pd.DataFrame(rows, columns=["frequency", "recency", "tenure", "later"])


@pytest.mark.parametrize("may_leave_first", [False, True])
def test_what_made_the_customers_is_found_again_and_what_they_do_next(may_leave_first):
    truth = np.array([0.8, 6.0, 0.9, 2.5])
    made = simulate_leaving(6000, truth, may_leave_first=may_leave_first, seed=7)
    model = LEAVERS["mbg" if may_leave_first else "bg"](*columns_of(made))
    errors = (np.array(list(model.params.values())) - truth) / np.array(list(model.standard_errors.values()))
    assert np.abs(errors).max() < 3.5
    expected = model.future_purchases(20, *columns_of(made))
    assert expected.sum() == pytest.approx(made["later"].sum(), rel=0.06)
    by_past = made.assign(expected=expected).groupby(made["frequency"].clip(upper=4))[["later", "expected"]].mean()
    assert by_past["expected"].to_numpy() == pytest.approx(by_past["later"].to_numpy(), rel=0.25, abs=0.05)
    new = model.expected_purchases(made["tenure"])
    assert new.sum() == pytest.approx(made["frequency"].sum(), rel=0.05)


@pytest.mark.parametrize("name", LEAVERS)
def test_a_model_in_days_is_the_model_in_weeks(cdnow, name):
    in_weeks = LEAVERS[name](*columns_of(cdnow))
    in_days = LEAVERS[name](cdnow["frequency"], cdnow["recency"] * 7, cdnow["tenure"] * 7)
    longer = {"alpha": 7, "beta": 7 if name == "pareto" else 1}
    assert [value * longer.get(key, 1) for key, value in in_weeks.params.items()] == pytest.approx(
        list(in_days.params.values()), rel=1e-4
    )
    assert in_days.future_purchases(70, 3, 140, 210) == pytest.approx(
        in_weeks.future_purchases(10, 3, 20, 30), rel=1e-4
    )
    shift = in_weeks.log_likelihood - cdnow["frequency"].sum() * np.log(7)
    assert in_days.log_likelihood == pytest.approx(shift, abs=1e-4)


@pytest.mark.parametrize("name", LEAVERS)
def test_order_and_doubling_of_customers_change_nothing_but_the_errors(cdnow, name):
    once = LEAVERS[name](*columns_of(cdnow))
    twice = LEAVERS[name](*columns_of(pd.concat([cdnow, cdnow.iloc[::-1]], ignore_index=True)))
    assert list(twice.params.values()) == pytest.approx(list(once.params.values()), rel=1e-4)
    ratio = np.array(list(once.standard_errors.values())) / np.array(list(twice.standard_errors.values()))
    assert ratio == pytest.approx(np.sqrt(2), rel=1e-2)


@pytest.mark.parametrize("name", LEAVERS)
@settings(max_examples=60, deadline=None)
@given(
    x=st.integers(0, 80),
    age=st.floats(0.1, 200),
    share=st.floats(0.001, 1),
    time=st.floats(0, 100),
    more=st.floats(0, 50),
)
def test_chances_are_chances_and_more_time_brings_no_fewer_purchases(fitted, name, x, age, share, time, more):
    model, last = fitted[name], age * share if x else 0.0
    alive = model.probability_alive(x, last, age)
    assert 0 <= alive <= 1
    assert model.probability_alive(x, last, age + more) <= alive + 1e-9
    future = [model.future_purchases(one, x, last, age) for one in (time, time + more)]
    assert 0 <= future[0] <= future[1] + 1e-9
    assert model.expected_purchases(time) <= model.expected_purchases(time + more) + 1e-9


@pytest.fixture(scope="module")
def fitted(cdnow):
    return {name: fit(*columns_of(cdnow)) for name, fit in LEAVERS.items()}


def test_who_bought_once_is_alive_for_certain_only_in_the_plain_model(fitted):
    assert fitted["bg"].probability_alive(0, 0, 39) == 1
    assert fitted["mbg"].probability_alive(0, 0, 39) < 0.5
    assert fitted["pareto"].probability_alive(0, 0, 39) < 0.5
    assert all(model.probability_alive(0, 0, 1e-9) > 0.5 for model in fitted.values())


def test_answers_have_the_index_of_the_customers(fitted, cdnow):
    alive = fitted["bg"].probability_alive(*columns_of(cdnow))
    assert alive.index.equals(cdnow.index)
    assert alive.name == "probability_alive"
    assert isinstance(fitted["bg"].expected_purchases(39), float)


def test_a_purchase_is_worth_something_between_their_own_mean_and_that_of_all(cdnow):
    bought = cdnow[cdnow["monetary"] > 0]
    model = purchases.fit_gamma_gamma(bought["frequency"], bought["monetary"])
    expected = model.expected_purchase(cdnow["frequency"], cdnow["monetary"])
    low = np.minimum(cdnow["monetary"], model.average_purchase()).fillna(model.average_purchase())
    high = np.maximum(cdnow["monetary"], model.average_purchase()).fillna(model.average_purchase())
    assert ((expected >= low - 1e-9) & (expected <= high + 1e-9)).all()
    near = model.expected_purchase(pd.Series([1, 20]), pd.Series([100.0, 100.0]))
    assert near[1] > near[0]  # the more was seen, the nearer to their own


def test_a_contract_by_hand():
    model = renewals.FittedRenewals({"alpha": 1.0, "beta": 1.0}, 0.0, {}, 0, True)
    # With alpha = beta = 1 chances are level from 0 to 1: S(t) = 1 / (t + 1), r(t) = t / (t + 1).
    assert model.survival(np.arange(4)) == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])
    assert model.retention_rate(np.arange(1, 4)) == pytest.approx([1 / 2, 2 / 3, 3 / 4])
    later = sum(model.survival(t) / model.survival(0) / 1.1 ** (t - 1) for t in range(1, 3000))
    assert model.residual_lifetime(0, discount_rate=0.1) == pytest.approx(later)
    again = sum(model.survival(t) / model.survival(2) / 1.1 ** (t - 3) for t in range(3, 3000))
    assert model.residual_lifetime(2, discount_rate=0.1) == pytest.approx(again)


def test_a_cohort_in_numbers_is_the_cohort_in_shares():
    shares = pd.Series([1, 0.631, 0.468, 0.382, 0.326])
    by_number = purchases.fit_sbg(shares * 1000)
    by_share = purchases.fit_sbg(shares, n_customers=1000)
    assert by_number.params == pytest.approx(by_share.params)
    assert by_number.standard_errors == pytest.approx(by_share.standard_errors)
    assert by_number.n_customers == by_share.n_customers == 1000
    assert all(0 < error < 1 for error in by_number.standard_errors.values())


def test_standard_errors_are_the_spread_of_many_cohorts():
    random = np.random.default_rng(3)
    found = []
    for _ in range(150):
        chance = random.beta(0.7, 1.2, 800)
        left = random.geometric(chance)
        alive = pd.Series([(left > t).sum() for t in range(8)])
        found.append(purchases.fit_sbg(alive))
    spread = np.std([list(one.params.values()) for one in found], axis=0)
    told = np.median([list(one.standard_errors.values()) for one in found], axis=0)
    assert told == pytest.approx(spread, rel=0.2)


# --- many alike ----------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 2), st.floats(0, 2)), min_size=1, max_size=40))
def test_those_alike_are_counted_and_nobody_is_lost(rows):
    columns = np.array(rows, dtype=float).T
    found = alike.find_alike(*columns)
    expected = pd.DataFrame(columns.T).value_counts()
    assert found.n_customers == len(rows)
    assert sorted(zip(*found.columns, found.n, strict=True)) == sorted((*row, n) for row, n in expected.items())
    for place, values, column in zip(found.places, found.values, found.columns, strict=True):
        assert (values[place] == column).all()


# --- refusals ------------------------------------------------------------------------------------


def some(**changed):
    columns = {"frequency": [0, 1, 2, 5] * 10, "recency": [0.0, 2, 3, 9] * 10, "tenure": [10.0, 10, 12, 12] * 10}
    columns |= {name: [value, *columns[name][1:]] for name, value in changed.items()}
    return [pd.Series(column) for column in columns.values()]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (some(frequency=-1), "frequency must hold whole numbers of 0 or more; 1 of 40"),
        (some(frequency=0.5), "frequency must hold whole numbers"),
        (some(recency=np.nan), "recency must hold numbers of 0 or more"),
        (some(recency=11.0), "recency must not be later than tenure; 1 of 40"),
        (some(recency=1.0), "recency must be above 0 where frequency is"),
        ([column[:20] for column in some()], "customers or more; got 20"),
        ([column * 0 + (name == 2) * 10 for name, column in enumerate(some())], "somebody must have bought again"),
    ],
)
def test_numbers_that_cannot_be_are_refused(columns, message):
    with pytest.raises(ValueError, match=message):
        purchases.fit_bg_nbd(*columns)


def test_columns_of_other_customers_are_refused():
    x, last, age = some()
    with pytest.raises(ValueError, match="recency must be of the same customers as frequency"):
        purchases.fit_bg_nbd(x, last.iloc[::-1], age)
    with pytest.raises(TypeError, match="tenure must be a Series"):
        purchases.fit_bg_nbd(x, last, age.tolist())


def test_recency_days_of_the_summary_are_not_taken_for_recency(cdnow):
    summary = customers.summarize_customers(datasets.load_cdnow(), as_of="1997-09-30")
    columns = [summary[name].astype(float) for name in ("frequency", "recency_days", "tenure_days")]
    with pytest.raises(ValueError, match="recency runs from the first purchase"):
        purchases.fit_bg_nbd(*columns)


@pytest.mark.parametrize("name", LEAVERS)
def test_customers_all_alike_cannot_tell_the_parameters(name):
    like = [pd.Series([value] * 200) for value in (3, 30.0, 39.0)]
    with pytest.raises(ValueError, match="the data must tell the parameters"):
        LEAVERS[name](*like)


@pytest.mark.parametrize(
    ("alive", "message"),
    [
        ([1, 0.5], "alive must hold 3 periods or more"),
        ([1, 0.5, 0.6], "never rise"),
        ([0, 0, 0], "begin above 0"),
        ([1, 1, 1], "somebody must have left"),
        ([1, None, 0.5], "alive must hold numbers"),
    ],
)
def test_cohorts_that_cannot_be_are_refused(alive, message):
    with pytest.raises(ValueError, match=message):
        purchases.fit_sbg(pd.Series(alive, dtype=float))


def test_money_below_zero_is_refused():
    frequency = pd.Series([1, 2] * 20)
    with pytest.raises(ValueError, match="monetary must be above 0 where somebody bought again; 1 of 40"):
        purchases.fit_gamma_gamma(frequency, pd.Series([-3.0, *[5.0, 8.0] * 19, 7.0]))
    with pytest.raises(ValueError, match="customers who bought again or more; got 0"):
        purchases.fit_gamma_gamma(frequency * 0, pd.Series([5.0] * 40))
