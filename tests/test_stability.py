"""The stability index: by hand, empty bins told, and how often nothing gives an alarm."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import language, stability

BEFORE = pd.Series(["A"] * 50 + ["B"] * 30 + ["C"] * 20)
AFTER = pd.Series(["A"] * 40 + ["B"] * 30 + ["C"] * 30)
words = st.lists(st.sampled_from("ABC"), min_size=1, max_size=30).map(lambda ones: pd.Series([*ones, "A", "B", "C"]))


def test_the_index_by_hand():
    found = stability.stability_index(BEFORE, AFTER)
    adds = [(0.4 - 0.5) * np.log(0.4 / 0.5), 0, (0.3 - 0.2) * np.log(0.3 / 0.2)]
    assert found.table["adds"].tolist() == pytest.approx(adds)
    assert found.index == pytest.approx(sum(adds)) == pytest.approx(0.06286, abs=5e-6)
    assert found.doubt is None
    assert found.table[["n_before", "n_after"]].values.tolist() == [[50, 40], [30, 30], [20, 30]]


def test_numbers_are_cut_into_equal_parts_of_then():
    before = pd.Series(range(1, 101))
    found = stability.stability_index(before, pd.Series(range(1, 201)), n_bins=4)
    assert found.table.index.tolist() == ["up to 25", "above 25 to 50", "above 50 to 75", "above 75"]
    assert found.table["n_before"].tolist() == [25, 25, 25, 25]
    assert found.table["n_after"].tolist() == [25, 25, 25, 125]
    assert found.index == pytest.approx(3 * -0.125 * np.log(0.5) + 0.375 * np.log(2.5))


def test_equal_numbers_stay_together():
    before = pd.Series([0] * 90 + [1] * 10)
    assert stability.stability_index(before, before).table["n_before"].tolist() == [90, 10]
    assert stability.stability_index(before * 0, before * 0).index == 0


def test_an_empty_bin_is_told_not_dropped_nor_filled():
    found = stability.stability_index(BEFORE, AFTER[AFTER != "C"])
    assert found.index == np.inf
    assert found.doubt == "Nobody was in C after: the index has no bound there. Join bins, or ask why."
    assert found.table.loc["C", ["n_before", "n_after"]].tolist() == [20, 0]
    new = stability.stability_index(BEFORE[BEFORE != "C"], AFTER)
    assert new.index == np.inf and "in C before" in new.doubt
    far = stability.stability_index(pd.Series(range(100)), pd.Series(range(1000, 1100)))
    assert far.index == np.inf and far.doubt.count(" after") == 9
    with language.speaking("zh"):
        assert re.search("[\u4e00-\u9fff]", stability.stability_index(BEFORE, AFTER[AFTER != "C"]).doubt)


def test_grades_keep_their_order():
    grades = pd.Categorical(["C", "A", "B"], categories=["A", "B", "C", "D"], ordered=True)
    found = stability.stability_index(pd.Series(grades), pd.Series(grades))
    assert found.table.index.tolist() == ["A", "B", "C"]


@given(words, words)
def test_the_index_is_never_negative_the_same_both_ways_and_0_only_of_the_same_shares(before, after):
    there = stability.stability_index(before, after).index
    assert there == pytest.approx(stability.stability_index(after, before).index)
    same = np.allclose(*(one.value_counts(normalize=True).sort_index() for one in (before, after)))
    assert there == pytest.approx(0, abs=1e-12) if same else there > 0
    doubled = pd.concat([before, before]), pd.concat([after, after])
    assert stability.stability_index(*doubled).index == pytest.approx(there)


@given(words, words)
def test_joining_bins_never_raises_the_index(before, after):
    joined = [one.replace("C", "B") for one in (before, after)]
    assert stability.stability_index(*joined).index <= stability.stability_index(before, after).index + 1e-12


def test_joining_bins_that_changed_alike_leaves_the_index():
    before, after = pd.Series(["A"] * 20 + ["B"] * 40 + ["C"] * 40), pd.Series(["A"] * 40 + ["B"] * 30 + ["C"] * 30)
    joined = [one.replace("C", "B") for one in (before, after)]
    assert stability.stability_index(*joined).index == pytest.approx(stability.stability_index(before, after).index)


# --- false alarms ---


@pytest.mark.parametrize(("n_before", "n_after", "n_bins"), [(2000, 2000, 10), (5000, 500, 10), (1000, 1000, 5)])
def test_chance_alone_brings_what_theory_says(n_before, n_after, n_bins):
    drawn = stability.stability_by_lot(n_before, n_after, n_bins=n_bins, n_times=4000, seed=1)
    assert drawn.mean() == pytest.approx((n_bins - 1) * (1 / n_before + 1 / n_after), rel=0.05)


def test_small_samples_give_alarms_where_nothing_changed():
    alarms = {n: float((stability.stability_by_lot(n, n, seed=1) > 0.1).mean()) for n in (50, 100, 200, 500, 1000)}
    assert alarms[50] > 0.95 and alarms[100] > 0.8
    assert 0.2 < alarms[200] < 0.5
    assert alarms[500] < 0.01 and alarms[1000] == 0


def test_the_lots_are_those_of_the_index_itself():
    random, by_hand = np.random.default_rng(3), []
    for _ in range(300):
        before, after = (pd.Series(random.integers(0, 10, 300)).astype(str) for _ in range(2))
        by_hand.append(stability.stability_index(before, after).index)
    drawn = stability.stability_by_lot(300, 300, n_times=4000, seed=1)
    assert np.mean(by_hand) == pytest.approx(drawn.mean(), rel=0.08)


def test_the_same_seed_draws_the_same_and_an_empty_bin_is_infinite():
    assert stability.stability_by_lot(50, 50, seed=1).equals(stability.stability_by_lot(50, 50, seed=1))
    assert np.isinf(stability.stability_by_lot(5, 5, seed=1)).any()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: stability.stability_index(BEFORE[:0], AFTER), "before must be a Series of at least one value"),
        (
            lambda: stability.stability_index(BEFORE, AFTER.where(AFTER != "C")),
            "after must be .* none missing",
        ),
        (lambda: stability.stability_index(BEFORE, AFTER, n_bins=1), "n_bins must be a whole number of at least 2"),
        (lambda: stability.stability_by_lot(0, 5, seed=1), "n_before must be a whole number of at least 1"),
    ],
)
def test_mistakes_are_told(change, message):
    with pytest.raises(ValueError, match=message):
        change()
    with language.speaking("zh"), pytest.raises(ValueError, match="[\u4e00-\u9fff]"):
        change()
