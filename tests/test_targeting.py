"""Scores on a later period, old customers beside new ones, ways of choosing in money: by hand, by law, by mistake."""

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from crmlib import datasets, language, targeting

ANSWERS = pd.Series([True, True, False, False])


def made(n=400, seed=1):
    """Prospects whose answer hangs on need alone; money is noise."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame({"need": random.normal(size=n), "money": random.normal(size=n)})
    return table.assign(won=random.random(n) < 1 / (1 + np.exp(-2 * table["need"])))


# --- AUC in two periods ---


def test_auc_of_the_period_of_the_fit_and_of_the_one_after_by_hand():
    # Fitted on four in perfect order; later of (20, 10), (20, 30), (40, 10), (40, 30) all but (20, 30) hold.
    first = pd.DataFrame({"need": [10, 20, 30, 40], "won": [False, False, True, True]})
    second = pd.DataFrame({"need": [10, 20, 30, 40], "won": [False, True, False, True]})
    assert targeting.auc_by_period(first, second, ["need"], answer="won") == (1.0, 0.75)


def test_a_leak_shows_by_an_auc_too_good_to_be_true():
    calls = datasets.load_bank_calls()
    year = calls["call_date"].dt.year
    periods = calls[year == 2008], calls[year == 2009]
    known = ["age_years", "balance", "housing_loan", "personal_loan", "n_calls_before"]
    honest = targeting.auc_by_period(*periods, known, answer="subscribed")
    leaking = targeting.auc_by_period(*periods, [*known, "duration_seconds"], answer="subscribed")
    assert honest[1] < 0.6 < 0.75 < leaking[1] < leaking[0]


def test_units_do_not_matter_and_arguments_stay_as_they_are():
    first, second = made(), made(seed=2)
    before = first.copy()
    found = targeting.auc_by_period(first, second, ["need", "money"], answer="won")
    scaled = targeting.auc_by_period(
        first.assign(money=1e6 * first["money"]),
        second.assign(money=1e6 * second["money"]),
        ["need", "money"],
        answer="won",
    )
    assert found == pytest.approx(scaled)
    pd.testing.assert_frame_equal(first, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="need"), "fitted_on must have the columns"),
        (lambda table: table.assign(need=np.nan), "need"),
        (lambda table: table.assign(won=True), "fitted_on must hold some who said yes and some who did not"),
    ],
)
def test_periods_that_cannot_be_fitted_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        targeting.auc_by_period(change(made()), made(seed=2), ["need"], answer="won")


# --- the lead of one score ---


def test_the_lead_is_the_difference_of_two_auc():
    table = made()
    found = targeting.score_lead(table["won"], table["need"], table["money"], seed=1)
    wanted = roc_auc_score(table["won"], table["need"]) - roc_auc_score(table["won"], table["money"])
    assert found.lead == pytest.approx(wanted, abs=1e-12)
    assert 0 < found.low < found.lead < found.high
    assert targeting.score_lead(table["won"], table["need"], table["money"], seed=1) == found


def test_ties_count_half():
    # need: pairs (4, 3), (4, 1), (3, 3) a tie, (3, 1): 3.5 of 4; money is always a tie: 2 of 4.
    found = targeting.score_lead(ANSWERS, pd.Series([4, 3, 3, 1]), pd.Series([5, 5, 5, 5]), seed=1)
    assert found.lead == pytest.approx(3.5 / 4 - 2 / 4)


def test_of_two_scores_alike_neither_leads_for_certain():
    table = made()
    noisy = table["money"] + 0.01 * made(seed=3)["money"]
    found = targeting.score_lead(table["won"], table["money"], noisy, seed=1)
    assert found.low <= 0 <= found.high
    same = targeting.score_lead(table["won"], table["need"], table["need"], seed=1)
    assert same == (0.0, 0.0, 0.0)


def test_the_interval_holds_the_lead_of_all_about_as_often_as_it_says():
    truth = roc_auc_score(made(100_000, 9)["won"], made(100_000, 9)["need"]) - 0.5
    held = 0
    for seed in range(60):
        table = made(250, seed)
        found = targeting.score_lead(table["won"], table["need"], table["money"], seed=seed)
        held += found.low <= truth <= found.high
    assert 50 <= held <= 60  # 57 of 60 are expected


@pytest.mark.parametrize(
    ("won", "better", "message"),
    [
        (ANSWERS, pd.Series([1, 2, 3]), r"must be of the same prospects; got 4, 3 and 4, in all 4"),
        (pd.Series([True] * 4), pd.Series([1, 2, 3, 4]), "won must hold some who said yes and some who did not"),
    ],
)
def test_scores_of_others_are_refused(won, better, message):
    with pytest.raises(ValueError, match=message):
        targeting.score_lead(won, better, pd.Series([1, 2, 3, 4]), seed=1)
    with pytest.raises(ValueError, match="n_resamples"):
        targeting.score_lead(ANSWERS, pd.Series([1, 2, 3, 4]), pd.Series([1, 2, 3, 4]), n_resamples=0, seed=1)


# --- old beside new ---

TEN = pd.DataFrame(
    {
        "won": [False, False, False, True, True, True, True, False, True, True],
        "old": [False, False, False, False, True, False, True, True, True, True],
        "score": range(10),
    }
)


def test_equals_by_hand():
    # Lower half: new 1 of 4, old 1 of 1; upper half: new 1 of 1, old 3 of 4. The old weigh 1 and 4.
    found = targeting.compare_equals(TEN["won"], TEN["old"], TEN["score"], n_parts=2)
    assert found.shares["new_share"].tolist() == [0.25, 1.0] and found.shares["old_share"].tolist() == [1.0, 0.75]
    assert found.shares["n_new"].tolist() == [4, 1] and found.shares["n_old"].tolist() == [1, 4]
    assert found.gap == pytest.approx((1 * 0.75 + 4 * -0.25) / 5)
    assert found.shares.index.tolist() == [1, 2] and found.shares.index.name == "part"


def test_in_one_part_the_gap_is_that_of_all():
    found = targeting.compare_equals(TEN["won"], TEN["old"], TEN["score"], n_parts=1)
    shares = TEN.groupby("old")["won"].mean()
    assert found.gap == pytest.approx(shares[True] - shares[False])


def test_selection_without_an_effect_goes_when_equals_are_compared():
    table = made(20_000, 4)
    old = pd.Series(np.random.default_rng(5).random(len(table)) < 1 / (1 + np.exp(-2 * table["need"])))
    raw = targeting.compare_equals(table["won"], old, table["need"], n_parts=1).gap
    among_equals = targeting.compare_equals(table["won"], old, table["need"], n_parts=40).gap
    assert raw > 0.2 and abs(among_equals) < 0.03


def test_parts_without_old_or_without_new_are_left_out_of_the_gap():
    found = targeting.compare_equals(TEN["won"], TEN["score"] >= 6, TEN["score"], n_parts=5)
    assert found.shares["old_share"].isna().tolist() == [True] * 3 + [False] * 2
    assert np.isnan(found.gap)
    with pytest.raises(ValueError, match="all 10 are alike"):
        targeting.compare_equals(TEN["won"], TEN["old"] & False, TEN["score"])
    with pytest.raises(ValueError, match="n_parts"):
        targeting.compare_equals(TEN["won"], TEN["old"], TEN["score"], n_parts=0)


# --- ways of choosing ---


def test_choices_by_hand_with_doing_nothing_among_them():
    gain = pd.Series([500.0, -80, -60, 200], index=list("abcd"))
    found = targeting.compare_choices(gain, {"first two": pd.Series([True, True, False, False], index=gain.index)})
    assert found.index.tolist() == ["call nobody", "call everybody", "first two"]
    assert found["n_called"].tolist() == [0, 4, 2] and found["net_profit"].tolist() == [0.0, 560.0, 420.0]
    language.use("zh")
    named = targeting.compare_choices(gain, {}).index
    assert all(re.search("[一-鿿]", name) for name in named)


def test_a_choice_that_leaves_somebody_out_is_refused():
    gain = pd.Series([500.0, -80])
    for way in (pd.Series([True]), pd.Series([True, None], dtype="boolean")):
        with pytest.raises(ValueError, match="odd must say of each of the 2 prospects"):
            targeting.compare_choices(gain, {"odd": way})


# --- pairs, halves, and the lead of one way of choosing ---


def test_the_mean_of_the_pairs_is_the_auc():
    table = made(60).assign(need=lambda one: one["need"].round(0))  # with ties
    pairs = targeting.pair_up(table["won"], table["need"])
    assert len(pairs) == table["won"].sum() * (~table["won"]).sum()
    assert set(pairs["is_right"]) == {0.0, 0.5, 1.0}
    assert pairs["is_right"].mean() == pytest.approx(roc_auc_score(table["won"], table["need"]))
    with pytest.raises(ValueError, match="won must hold some who said yes and some who did not"):
        targeting.pair_up(pd.Series([True, True]), pd.Series([1, 2]))


def test_a_half_is_a_half_whatever_the_ties():
    score = pd.Series([5, 5, 5, 5, 9], index=list("abcde"))
    assert targeting.best_half(score)[lambda chosen: chosen].index.tolist() == ["a", "e"]
    with pytest.raises(ValueError, match="score"):
        targeting.best_half(pd.Series([1.0, np.nan]))


def test_the_lead_of_one_way_over_another_by_hand_and_its_spread_by_law():
    gain = pd.Series(np.random.default_rng(5).normal(100, 300, size=500))
    first, other = gain.index < 300, gain.index >= 200
    first, other = pd.Series(first, gain.index), pd.Series(other, gain.index)
    found = targeting.choice_lead(gain, first, other, seed=3)
    assert found.lead == pytest.approx(gain[:200].sum() - gain[300:].sum())
    # Of a sum of n the standard error is the root of n times the standard deviation of one.
    apart = gain * (first.astype(int) - other.astype(int))
    assert (found.high - found.low) / (2 * 1.96 * 500**0.5 * apart.std()) == pytest.approx(1, abs=0.08)
    assert targeting.choice_lead(gain, other, first, seed=3).lead == pytest.approx(-found.lead)


def test_two_ways_that_choose_the_same_are_not_apart():
    gain, all_of_them = pd.Series([500.0, -80.0]), pd.Series([True, True])
    assert targeting.choice_lead(gain, all_of_them, all_of_them, seed=1) == (0, 0, 0)


def test_a_way_that_leaves_somebody_out_is_none():
    gain = pd.Series([500.0, -80.0])
    with pytest.raises(ValueError, match="other must say of each of the 2 prospects"):
        targeting.choice_lead(gain, gain > 0, pd.Series([True]), seed=1)
    with pytest.raises(ValueError, match="gain"):
        targeting.choice_lead(pd.Series([np.nan, 1.0]), gain > 0, gain > 0, seed=1)
