"""Whether a score predicts: by hand, by published numbers, by law, by how often intervals hold, by mistake."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

from crmlib import datasets, language, validation

# Subarachnoid hemorrhage (data aSAH of the R package pROC): outcome by grade of the neurosurgeons, 1 to 5.
GOOD, BAD = [37, 20, 3, 8, 4], [2, 12, 1, 8, 18]
GRADE = pd.Series(np.repeat([*range(1, 6)] * 2, GOOD + BAD))
POOR = pd.Series(np.repeat([False, True], [sum(GOOD), sum(BAD)]))

SCORE = pd.Series([640, 600, 590, 580, 500])
IS_BAD = pd.Series([False, False, True, False, True])


def made(n=400, seed=1, lift=1.0):
    """A score, another one that knows less, and who is bad, which hangs on the first."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame({"score": random.normal(size=n)})
    table["other"] = table["score"] + random.normal(size=n)
    return table.assign(is_bad=random.random(n) < 1 / (1 + np.exp(1 + lift * table["score"])))


records = st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=4, max_size=40).filter(
    lambda pairs: 2 <= sum(bad for _, bad in pairs) <= len(pairs) - 2
)


def split(pairs):
    return pd.Series([score for score, _ in pairs], dtype=float), pd.Series([bad for _, bad in pairs])


# --- AUC ---


def test_auc_and_its_variance_are_those_that_proc_prints():
    # pROC 1.19, tests/testthat/test-var.R: var(r.wfns) = 0.00146991470882363.
    found = validation.auc_interval(-GRADE, POOR)
    assert found.auc == pytest.approx(0.8236789, abs=5e-8)
    error = (found.high - found.low) / 2 / stats.norm.ppf(0.975)
    assert error**2 == pytest.approx(0.00146991470882363, rel=1e-12)
    assert found.gini == pytest.approx(2 * found.auc - 1)
    assert found.doubt is None


def test_the_rate_of_lending_club_orders_loans_as_was_published():
    loans = datasets.load_lending_club()
    found = validation.auc_interval(-loans["interest_rate_percent"], loans["is_bad"])
    assert round(found.auc, 3) == 0.742
    assert 0.71 < found.low < found.auc < found.high < 0.77


def test_the_interval_by_hand():
    # Good 640, 600, 580; bad 590, 500. Above 590: two of three good; above 500: three. Below 640, 600: both; 580: one.
    variance = np.var([1, 1, 0.5], ddof=1) / 3 + np.var([2 / 3, 1], ddof=1) / 2
    half = stats.norm.ppf(0.95) * np.sqrt(variance)
    found = validation.auc_interval(SCORE, IS_BAD, level=0.90)
    assert found.auc == pytest.approx(5 / 6)
    assert (found.low, found.high) == pytest.approx((5 / 6 - half, min(1, 5 / 6 + half)))


@given(records)
def test_auc_counts_pairs_and_is_that_of_scikit_learn(pairs):
    score, is_bad = split(pairs)
    found = validation.auc_interval(score, is_bad)
    each = [(g > b) + (g == b) / 2 for g, b in itertools.product(score[~is_bad], score[is_bad])]
    assert found.auc == pytest.approx(np.mean(each))
    assert found.auc == pytest.approx(metrics.roc_auc_score(~is_bad, score))
    assert 0 <= found.low <= found.auc <= found.high <= 1


@given(records)
def test_another_unit_leaves_auc_and_ks_and_swapping_or_turning_gives_the_complement(pairs):
    score, is_bad = split(pairs)
    found = validation.auc_interval(score, is_bad)
    assert validation.auc_interval(np.exp(score) * 7 - 3, is_bad)[:4] == pytest.approx(found[:4])
    for other in (validation.auc_interval(-score, is_bad), validation.auc_interval(score, ~is_bad)):
        assert (other.auc, other.low, other.high) == pytest.approx((1 - found.auc, 1 - found.high, 1 - found.low))
    assert validation.ks_statistic(np.exp(score), is_bad).ks == pytest.approx(validation.ks_statistic(score, is_bad).ks)


def test_the_order_of_records_does_not_matter_and_arguments_stay():
    table = made()
    before = table.copy()
    mixed = table.sample(frac=1, random_state=1)
    first = validation.auc_interval(table["score"], table["is_bad"])
    assert validation.auc_interval(mixed["score"], mixed["is_bad"])[:4] == pytest.approx(first[:4])
    pd.testing.assert_frame_equal(table, before)


def test_the_error_of_delong_is_near_that_of_drawing_records_anew():
    table = made(300)
    found = validation.auc_interval(table["score"], table["is_bad"])
    random, draws = np.random.default_rng(1), []
    for _ in range(1000):
        drawn = table.iloc[random.integers(0, len(table), len(table))]
        draws.append(metrics.roc_auc_score(~drawn["is_bad"], drawn["score"]))
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(np.std(draws), rel=0.1)


def test_intervals_of_auc_and_lead_hold_about_as_often_as_they_say():
    large = made(200_000, 9)
    aucs = [metrics.roc_auc_score(~large["is_bad"], large[name]) for name in ("score", "other")]
    held = np.zeros(2)
    for seed in range(400):
        table = made(200, seed)
        one = validation.auc_interval(table["score"], table["is_bad"])
        lead = validation.auc_lead(table["score"], table["other"], table["is_bad"])
        held += [one.low <= aucs[0] <= one.high, lead.low <= aucs[0] - aucs[1] <= lead.high]
    assert (held >= 368).all() and (held < 400).all()  # 380 of 400 are expected


@pytest.mark.parametrize(
    ("score", "is_bad", "doubt"),
    [
        (SCORE, IS_BAD, "There are only 2 of a kind"),
        (-SCORE, IS_BAD, r"Bad ones score above good ones \(AUC 0.167\).*-score, or ~is_bad"),
        (SCORE, ~IS_BAD, "are good and bad swapped"),
        (pd.Series(range(40)), pd.Series(range(40)) < 20, "No pair is in the wrong order"),
    ],
)
def test_doubts_are_said(score, is_bad, doubt):
    assert re.search(doubt, validation.auc_interval(score, is_bad).doubt)
    with language.speaking("zh"):
        assert re.search("[\u4e00-\u9fff]", validation.auc_interval(score, is_bad).doubt)


def test_one_bad_one_rules_nothing_out():
    found = validation.auc_interval(SCORE, pd.Series([False, False, True, False, False]))
    assert found.auc == 0.5
    assert (found.low, found.high) == (0, 1)
    assert validation.auc_lead(SCORE, -SCORE, pd.Series([False] * 4 + [True])) == (1, -1, 1)
    assert found.doubt.startswith("There are only 1 of a kind")


# --- the lead ---


def test_the_lead_by_hand():
    # points: 1, 1, .5 of the bad ones lie below; the coin 1, 2, 2 with bad ones 1, 2: .25, .75, .75.
    coin = pd.Series([1, 2, 1, 2, 2])
    good = np.cov([1, 1, 0.5], [0.25, 0.75, 0.75])
    bad = np.cov([2 / 3, 1], [5 / 6, 1 / 3])
    variance = (good[0, 0] + good[1, 1] - 2 * good[0, 1]) / 3 + (bad[0, 0] + bad[1, 1] - 2 * bad[0, 1]) / 2
    found = validation.auc_lead(SCORE, coin, IS_BAD, level=0.5)
    half = stats.norm.ppf(0.75) * np.sqrt(variance)
    assert found == pytest.approx((0.25, 0.25 - half, min(1, 0.25 + half)))


def test_scores_alike_do_not_lead_and_the_lead_turns_with_the_order():
    table = made()
    assert validation.auc_lead(table["score"], table["score"] * 2, table["is_bad"]) == (0, 0, 0)
    there = validation.auc_lead(table["score"], table["other"], table["is_bad"])
    back = validation.auc_lead(table["other"], table["score"], table["is_bad"])
    assert back == pytest.approx((-there.lead, -there.high, -there.low))


def test_a_lead_may_be_certain_though_the_two_intervals_overlap():
    table = made(600)
    near = table["score"] + np.random.default_rng(5).normal(size=600) * 0.5
    one, two = (validation.auc_interval(score, table["is_bad"]) for score in (table["score"], near))
    assert two.high > one.low
    assert validation.auc_lead(table["score"], near, table["is_bad"]).low > 0


# --- the curve and KS ---


@given(records)
def test_the_area_under_the_curve_is_auc_and_its_widest_gap_is_ks(pairs):
    score, is_bad = split(pairs)
    curve = validation.roc_curve(score, is_bad)
    area = np.trapezoid(curve["bad_share"], curve["good_share"])
    assert area == pytest.approx(validation.auc_interval(score, is_bad).auc)
    assert curve.iloc[-1].tolist()[1:] == [1, 1]
    for name, of in (("good_share", ~is_bad), ("bad_share", is_bad)):
        for _, row in curve.iterrows():
            assert row[name] == pytest.approx((score[of] <= row["at"]).mean())
    found = validation.ks_statistic(score, is_bad)
    assert found.ks == pytest.approx(stats.ks_2samp(score[is_bad], score[~is_bad], alternative="greater").statistic)
    assert found.ks == pytest.approx(found.bad_share - found.good_share)


def test_ks_says_where_it_lies():
    # At 590 or less: both bad ones, one of three good ones; at 500 one bad one and no good one.
    assert validation.ks_statistic(SCORE, IS_BAD) == pytest.approx((2 / 3, 590, 1, 1 / 3))


# --- calibration ---


def test_groups_of_chances_by_hand():
    probability = pd.Series([0.05] * 20 + [0.20] * 20)
    is_bad = pd.Series([True] + [False] * 19 + [True] * 10 + [False] * 10)
    table = validation.calibration_table(probability, is_bad, n_groups=2)
    assert table[["n", "n_bad", "expected_rate", "bad_rate"]].values.tolist() == [
        [20, 1, pytest.approx(0.05), 0.05],
        [20, 10, pytest.approx(0.2), 0.5],
    ]
    z = stats.norm.ppf(0.975)
    middle, half = (0.05 + z**2 / 40) / (1 + z**2 / 20), z * np.sqrt(0.05 * 0.95 / 20 + z**2 / 1600) / (1 + z**2 / 20)
    assert table.loc[1, ["low_rate", "high_rate"]].tolist() == pytest.approx([middle - half, middle + half])
    assert table["is_inside"].tolist() == [True, False]


def test_honest_chances_lie_inside_and_bold_ones_do_not():
    random = np.random.default_rng(1)
    chance = pd.Series(random.beta(1, 6, 5000))
    is_bad = pd.Series(random.random(5000) < chance)
    honest = validation.calibration_table(chance, is_bad)
    assert len(honest) == 10 and honest["n"].tolist() == [500] * 10
    assert honest["is_inside"].sum() >= 8
    assert validation.calibration_table(chance / 2, is_bad)["is_inside"].sum() <= 2


@given(records, st.integers(1, 12))
def test_groups_hold_everybody_once_in_order(pairs, n_groups):
    score, is_bad = split(pairs)
    chance = 1 / (1 + np.exp(score))
    table = validation.calibration_table(chance, is_bad, n_groups=n_groups)
    assert table["n"].sum() == len(score) and table["n_bad"].sum() == is_bad.sum()
    assert len(table) <= n_groups and table.index.tolist() == [*range(1, len(table) + 1)]
    assert table["expected_rate"].is_monotonic_increasing
    assert ((table["low_rate"] <= table["bad_rate"] + 1e-9) & (table["bad_rate"] <= table["high_rate"] + 1e-9)).all()


@given(records)
def test_brier_is_that_of_scikit_learn_and_the_overall_rate_has_its_variance(pairs):
    score, is_bad = split(pairs)
    chance = 1 / (1 + np.exp(score))
    assert validation.brier_score(chance, is_bad) == pytest.approx(metrics.brier_score_loss(is_bad, chance))
    rate = is_bad.mean()
    assert validation.brier_score(is_bad * 0.0 + rate, is_bad) == pytest.approx(rate * (1 - rate))


# --- mistakes ---


@pytest.mark.parametrize(
    ("score", "is_bad", "message"),
    [
        (SCORE, IS_BAD & False, "is_bad must hold good ones and bad ones; all 5 are alike"),
        (SCORE, IS_BAD | True, "is_bad must hold good ones and bad ones; all 5 are alike"),
        (SCORE, IS_BAD.astype(int), "is_bad must be true or false for each row; it holds 0"),
        (SCORE, IS_BAD.tolist(), "is_bad must be a Series of true and false; got list"),
        (SCORE.head(4), IS_BAD, "must be Series of the same index"),
        (SCORE.sort_values(), IS_BAD, "must be Series of the same index"),
        (SCORE.where(SCORE > 500), IS_BAD, "must be a number; 1 of 5 are not"),
    ],
)
def test_mistakes_are_told(score, is_bad, message):
    for measure in (
        validation.auc_interval,
        validation.roc_curve,
        validation.ks_statistic,
        validation.calibration_table,
        validation.brier_score,
        lambda one, bad: validation.auc_lead(SCORE, one, bad),
    ):
        with pytest.raises(ValueError, match=message):
            measure(score, is_bad)
    with language.speaking("zh"), pytest.raises(ValueError, match="[\u4e00-\u9fff]"):
        validation.auc_interval(score, is_bad)


def test_points_are_no_chances_and_a_level_is_a_share():
    for measure in (validation.calibration_table, validation.brier_score):
        with pytest.raises(ValueError, match="probability must lie between 0 and 1; it goes from 500 to 640"):
            measure(SCORE, IS_BAD)
    with pytest.raises(ValueError, match="level must be a number between 0 and 1; got 95"):
        validation.auc_interval(SCORE, IS_BAD, level=95)
    with pytest.raises(ValueError, match="n_groups must be a whole number"):
        validation.calibration_table(SCORE / 1000, IS_BAD, n_groups=0)


@settings(max_examples=5)
@given(st.integers(0, 100))
def test_a_coin_has_an_auc_of_a_half(seed):
    random = np.random.default_rng(seed)
    found = validation.auc_interval(pd.Series(random.random(4000)), pd.Series(random.random(4000) < 0.3))
    assert abs(found.auc - 0.5) < 4 * (found.high - found.low) / 3.92


def test_calibration_by_grades_of_ones_own():
    grade = pd.Series(pd.Categorical(["C", "A", "C", "A", "A"], ["C", "B", "A"], ordered=True), name="grade")
    chance, is_bad = pd.Series([0.5, 0.1, 0.5, 0.1, 0.1]), pd.Series([True, False, False, False, True])
    table = validation.calibration_table(chance, is_bad, groups=grade)
    assert table.index.tolist() == ["C", "A"]
    assert table.index.name == "grade"
    assert table["expected_rate"].tolist() == pytest.approx([0.5, 0.1])
    assert table["bad_rate"].tolist() == pytest.approx([1 / 2, 1 / 3])
    with pytest.raises(ValueError, match="groups"):
        validation.calibration_table(chance, is_bad, groups=grade.where(grade != "C"))


# --- whether it can be said at all ---


@pytest.mark.parametrize(("n_bad", "n_good", "few"), [(9, 50, True), (10, 50, False), (50, 9, True), (50, 10, False)])
def test_of_fewer_than_ten_of_a_kind_nothing_is_said(n_bad, n_good, few):
    score = pd.Series(range(n_bad + n_good))
    verdict = validation.judge_auc(score, pd.Series([True] * n_bad + [False] * n_good))
    assert (verdict == "too few") == few
    assert validation.judge_auc(score, pd.Series(False, index=score.index)) == "too few"


def test_a_verdict_stands_if_one_more_turns_bad_and_not_if_that_would_turn_it():
    turned = 0
    for seed in range(60):
        table = made(n=120, seed=seed, lift=0.45)
        score, is_bad = table["score"], table["is_bad"]
        verdict = validation.judge_auc(score, is_bad)
        more = pd.concat([score, pd.Series([score.max()])], ignore_index=True)
        after = validation.auc_interval(more, pd.Series([*is_bad, True]))
        before = validation.auc_interval(score, is_bad)
        assert (verdict == "predicts") == (before.low > 0.5 and after.low > 0.5)
        turned += before.low > 0.5 and after.low <= 0.5
    assert turned > 0


def test_a_coin_is_said_to_predict_or_to_run_against_seldom_and_a_risk_runs_against():
    random = np.random.default_rng(1)
    verdicts = [
        validation.judge_auc(pd.Series(random.normal(size=200)), pd.Series(random.random(200) < 0.3))
        for _ in range(200)
    ]
    assert sum(verdict != "cannot be told" for verdict in verdicts) < 0.08 * 200
    table = made(lift=1.0)
    assert validation.judge_auc(table["score"], table["is_bad"]) == "predicts"
    assert validation.judge_auc(-table["score"], table["is_bad"]) == "runs against"
