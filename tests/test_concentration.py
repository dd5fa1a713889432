"""The Pareto law against its closed form, and scores by several criteria."""

import numpy as np
import pandas as pd
import pytest

from crmlib import concentration
from crmlib.concentration import pareto_alpha, pareto_top_share
from crmlib.pyramid import score_by_criteria


@pytest.mark.parametrize(("share", "printed", "digits"), [(0.2, 0.8, 4), (0.01, 0.5281, 4)])
def test_published_80_20_as_a_pareto_law(share, printed, digits):
    # Closed form: 80/20 is alpha = log 5 / log 4 = 1.160964, under which the best 1 % hold 52.81 %.
    assert pareto_top_share(np.log(5) / np.log(4), share) == pytest.approx(printed, abs=0.5 * 10**-digits)


def test_the_exponent_by_hand():
    # Values 1, e and e squared over a minimum of 1: the logarithms are 0 + 1 + 2, and 3 / 3 = 1.
    assert pareto_alpha(pd.Series([1.0, np.e, np.e**2]), minimum=1) == pytest.approx(1)
    # What lies below the minimum does not count: two values, 2 and 4, over 2: 2 / log 2.
    assert pareto_alpha(pd.Series([1.0, 2, 4]), minimum=2) == pytest.approx(2 / np.log(2))


def test_the_exponent_of_few_is_too_high_unless_corrected():
    # Closed form: of n values under the law of alpha the estimate is n alpha / (n - 1) on average; for n = 5, 2.5 of 2.
    rng = np.random.default_rng(1)
    samples = [pd.Series(row) for row in rng.random((4000, 5)) ** (-1 / 2)]
    plain = np.mean([pareto_alpha(one, minimum=1) for one in samples])
    corrected = np.mean([pareto_alpha(one, minimum=1, corrected=True) for one in samples])
    # Var = alpha^2 n^2 / ((n-1)^2 (n-2)), so a standard deviation of 1.44, and 0.023 of the mean of 4,000.
    assert plain == pytest.approx(2.5, abs=4 * 0.023)
    assert corrected == pytest.approx(2.0, abs=4 * 0.023)
    with pytest.raises(ValueError, match="corrected=True must have at least two customers; there is one"):
        pareto_alpha(pd.Series([1.0, 4.0]), minimum=2, corrected=True)


@pytest.mark.parametrize(
    "values",
    [
        [0.1] * 3 + [0.0] * 7,
        [0.1, 0.2, 0.3, 0.7, 0.0],
        [1e16, 1.0, 1.0, 0.0],  # 1e16 + 1 is 1e16 in floats
        *[np.random.default_rng(seed).lognormal(0, 3, 50).tolist() + [0.0] * 50 for seed in range(20)],
    ],
)
def test_all_of_the_money_needs_those_who_spent(values):
    value = pd.Series(values)
    spenders = (value > 0).mean()
    assert concentration.share_needed(value, 1.0) == spenders
    assert concentration.share_needed(value, np.nextafter(1, 0)) <= spenders


@pytest.mark.parametrize("n", [3, 7, 10, 49, 1000])
def test_of_equals_the_share_needed_is_the_share(n):
    value = pd.Series([0.1] * n)
    for k in range(n + 1):
        assert concentration.share_needed(value, k / n) == pytest.approx(k / n, abs=1e-12)


def test_the_law_is_found_again_in_what_it_made():
    # A law of 2.5: 200,000 values have a standard error of alpha / sqrt(n) = 0.0056.
    made = pd.Series((1 - np.random.default_rng(1).random(200_000)) ** (-1 / 2.5))
    assert pareto_alpha(made, minimum=1) == pytest.approx(2.5, abs=4 * 0.0056)
    assert concentration.top_share(made, 0.2) == pytest.approx(pareto_top_share(2.5, 0.2), abs=0.02)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pareto_alpha(pd.Series([1.0, 2]), minimum=0), "minimum must be a number above 0; got 0"),
        (
            lambda: pareto_alpha(pd.Series([1.0, 1.0]), minimum=1),
            "at least two different values must lie at or above minimum=1; there are 1",
        ),
        (
            lambda: pareto_alpha(pd.Series({"a": 1.0, "b": None, "c": 3.0}), minimum=1),
            "1 are missing or infinite, the first of customer 'b'",
        ),
        (
            lambda: pareto_alpha(pd.Series({"a": 1.0, "b": float("inf")}), minimum=1),
            "1 are missing or infinite, the first of customer 'b'",
        ),
        (lambda: pareto_top_share(1, 0.2), "alpha must be a number above 1; got 1"),
        (lambda: pareto_top_share(2, 20), "share must lie between 0 and 1"),
        (
            lambda: score_by_criteria(pd.DataFrame({"a": [1]}), {"b": 1}),
            r"table must have the columns \['b'\]; missing \['b'\]",
        ),
        (
            lambda: score_by_criteria(pd.DataFrame({"a": [1, None]}), {"a": 1}),
            "every a of table must be a number; 1 of 2 are not",
        ),
        (lambda: score_by_criteria(pd.DataFrame({"a": [1]}), {"a": 0}), "weights must not all be zero"),
    ],
)
def test_mistakes_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_numbers_as_text_are_refused_for_10_would_rank_below_9():
    with pytest.raises(TypeError, match=r"\['a'\] are not. Use pd.to_numeric."):
        score_by_criteria(pd.DataFrame({"a": ["10", "9"]}), {"a": 1})


def test_scores_by_hand():
    # Places of three: 5/6, 3/6, 1/6 from the best; with weights 3 and 1 (less cost is better):
    # a: (3 * 5/6 + 1/6) / 4 = 2/3, b: (3 * 3/6 + 5/6) / 4 = 7/12, c: (3 * 1/6 + 3/6) / 4 = 1/4.
    table = pd.DataFrame({"revenue": [100, 20, 5], "cost": [30, 1, 2]}, index=list("abc"))
    assert score_by_criteria(table, {"revenue": 3, "cost": -1}).tolist() == pytest.approx([2 / 3, 7 / 12, 1 / 4])


def test_units_do_not_matter_and_ties_share_their_place():
    table = pd.DataFrame({"revenue": [7.0, 7, 1], "days": [3, 2, 1]})
    same = table.assign(revenue=table["revenue"] * 1000)
    weights = {"revenue": 1, "days": 2}
    pd.testing.assert_series_equal(score_by_criteria(table, weights), score_by_criteria(same, weights))
    assert score_by_criteria(table, {"revenue": 1}).tolist() == pytest.approx([4 / 6, 4 / 6, 1 / 6])


# Ann buys every day for 40, the four others once, on the second, for 10 each; Bo took 15 back on the fifth.
DAYS = pd.DataFrame(
    {
        "customer_id": ["ann", "bo", "cy", "di", "ed", "bo"],
        "order_date": pd.to_datetime(["2025-01-10", *["2025-01-02"] * 4, "2025-01-05"]),
        "amount": [40.0, 10, 10, 10, 10, -15],
    }
)


def test_shares_by_window_by_hand():
    found = concentration.share_by_window(DAYS, as_of="2025-01-10", days=[1, 6, 10])
    assert found.index.name == "window_days"
    # Of one day: Ann is the only buyer, and a fifth of her is a fifth of the money; among the five she is all.
    # Of six: Bo's -15 counts as 0, so a fifth of two is 0.4 of Ann. Of ten: 40, 10, 10, 10 and 0, for Bo is at -5.
    assert found["top_20_share"].tolist() == pytest.approx([0.2, 0.4, 40 / 70])
    assert found["top_20_share_of_all_known"].tolist() == pytest.approx([1, 1, 40 / 70])


def test_shares_by_window_look_back_from_their_day_only():
    # On the ninth Ann had not bought yet: four are known, and each brings a quarter but Bo, who counts as 0.
    found = concentration.share_by_window(DAYS, as_of="2025-01-09", days=[9], share=0.25)
    assert list(found.columns) == ["top_25_share", "top_25_share_of_all_known"]
    assert found.to_numpy().tolist() == [[pytest.approx(1 / 3)] * 2]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"days": [0]}, "days must be a whole number"),
        ({"share": 20}, "share must lie between"),
        ({"as_of": "soon"}, "as_of"),
    ],
)
def test_shares_by_window_refuse_what_cannot_be(wrong, said):
    with pytest.raises(ValueError, match=said):
        concentration.share_by_window(DAYS, **{"as_of": "2025-01-10", "days": [7], **wrong})


def test_the_law_beside_the_data_of_the_best_alone():
    random = np.random.default_rng(3)
    pareto = pd.Series(1 + random.pareto(1.5, size=20_000))
    even = pd.Series(random.uniform(90, 110, size=1000))
    found = concentration.law_beside_data({"a law": pareto, "none": even}, share=0.2)
    best = pareto[pareto >= pareto.quantile(0.8)]
    alpha = concentration.pareto_alpha(pareto, minimum=best.min())
    assert found.loc["a law", "law_share"] == concentration.pareto_top_share(alpha, 0.2)
    assert found.loc["a law", "data_share"] == concentration.top_share(best, 0.2)
    assert found.loc["a law", "data_share"] == pytest.approx(0.2 ** (1 / 3), abs=0.1)
    assert found.loc["none", "data_share"] == pytest.approx(0.2, abs=0.01)
