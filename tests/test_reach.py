"""Reach with overlap and word passed on: by hand, by law, by mistake."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import reach

# Eight in a circle, each knows two on either side.
CIRCLE = {"A": "BCGH", "B": "ACDH", "C": "ABDE", "D": "BCEF", "E": "CDFG", "F": "DEGH", "G": "AEFH", "H": "ABFG"}
KNOWS = pd.DataFrame({one: [other in known for other in CIRCLE] for one, known in CIRCLE.items()}, index=list(CIRCLE))
ROUND = reach.acquaintances(8, n_known=4, share_by_lot=0, seed=1)


# --- reach ---


def test_girard_has_told_more_people_than_there_are():
    """2 a week, 52 weeks, 250 each: 26,000 if nobody heard twice; fewer than the town by the formula."""
    year = reach.expected_reach(2 * 52, n_told=250, n_people=20_000)
    assert 2 * 52 * 250 == 26_000 > 20_000 > year
    assert year == pytest.approx(20_000 * (1 - (19_750 / 20_000) ** 104))
    weeks = pd.Series([0, 1, 104], index=["none", "one", "all"])
    assert reach.expected_reach(weeks, n_told=250, n_people=20_000).tolist() == pytest.approx([0, 250, year])


@given(st.integers(0, 50), st.integers(1, 300), st.integers(300, 2000))
def test_reach_grows_with_each_teller_by_less_and_passes_neither_bound(n_tellers, n_told, n_people):
    now, then, later = (
        reach.expected_reach(n, n_told=n_told, n_people=n_people) for n in (n_tellers, n_tellers + 1, n_tellers + 2)
    )
    assert 0 <= now <= then <= min(n_people, (n_tellers + 1) * n_told) * (1 + 1e-12)
    assert later - then <= then - now + 1e-9 * n_people


def test_who_hears_twice_counts_once():
    assert reach.people_reached(KNOWS, ["A"]) == 4
    assert reach.people_reached(KNOWS, ["A", "D"]) == 6  # B C G H and B C E F
    assert reach.people_reached(KNOWS, ["A", "B"]) == 6  # they tell each other as well
    assert reach.people_reached(KNOWS, list("ABCDEFGH")) == 8
    assert reach.people_reached(KNOWS, []) == 0
    assert reach.people_reached(ROUND, [0, 3]) == 6


def test_the_formula_is_the_mean_over_listeners_drawn_by_lot():
    random, n_people, n_told, n_tellers = np.random.default_rng(3), 60, 12, 7
    heard = [
        np.unique([random.choice(n_people, n_told, replace=False) for _ in range(n_tellers)]).size for _ in range(3000)
    ]
    wanted = reach.expected_reach(n_tellers, n_told=n_told, n_people=n_people)
    assert abs(np.mean(heard) - wanted) < 4 * np.std(heard) / np.sqrt(len(heard))


# --- networks ---


def test_a_circle_is_the_one_by_hand_and_every_tie_goes_both_ways():
    assert (ROUND.toarray() == KNOWS.to_numpy()).all()
    for share in (0, 0.3, 1):
        network = reach.acquaintances(500, n_known=20, share_by_lot=share, seed=4)
        assert (network != network.T).nnz == 0 and network.diagonal().sum() == 0
        assert 19 < network.nnz / 500 <= 20
        assert (reach.acquaintances(500, n_known=20, share_by_lot=share, seed=4) != network).nnz == 0


def clustering(network):
    """Of two people whom somebody knows, how often they know each other."""
    ties = network.astype(int)
    known = ties.sum(axis=1)
    return (ties @ ties).multiply(ties).sum() / (known * (known - 1)).sum()


def test_ties_by_lot_undo_the_circles():
    """On the circle 3 (k - 2) / (4 (k - 1)) of the pairs know each other (Watts & Strogatz 1998); by lot few do."""
    circle, by_lot = (reach.acquaintances(1000, n_known=20, share_by_lot=share, seed=4) for share in (0, 1))
    assert clustering(circle) == pytest.approx(3 * 18 / (4 * 19))
    assert clustering(by_lot) < 0.05


# --- word passed on ---


def test_word_goes_round_the_circle_by_hand():
    assert reach.spread(ROUND, first=[0], chance=1, seed=1).tolist() == [1, 4, 3]
    assert reach.spread(KNOWS, first=["A"], chance=1, seed=9).tolist() == [1, 4, 3]
    assert reach.spread(ROUND, first=[0, 4], chance=0, seed=1).tolist() == [2]
    assert reach.spread(ROUND, first=[], chance=1, seed=1).tolist() == []


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_nobody_goes_along_twice(seed, chance):
    course = reach.spread(ROUND, first=[0], chance=chance, seed=seed)
    assert course.index.name == "round" and 1 <= course.sum() <= 8 and (course > 0).all()
    pd.testing.assert_series_equal(course, reach.spread(ROUND, first=[0], chance=chance, seed=seed))


def test_below_one_it_stays_small_as_the_sum_of_a_geometric_series_says():
    """Each brings 0.5 on average: 10 become 10 / (1 - 0.5) = 20, a little fewer for overlap."""
    network = reach.acquaintances(20_000, n_known=20, share_by_lot=1, seed=5)
    totals = reach.spread_totals(network, n_first=10, chance=0.5 / 20, n_times=300, seed=6)
    assert 18.5 < totals.mean() < 21
    assert totals.min() >= 10 and len(totals) == 300


def test_above_one_it_reaches_the_share_that_the_equation_of_final_size_says():
    """The share z of 1 - z = exp(-2 z) is 0.7968, for 2 on average and ties by lot; in circles it is less."""
    by_lot, circle = (reach.acquaintances(20_000, n_known=20, share_by_lot=share, seed=5) for share in (1, 0))
    assert reach.spread(by_lot, first=range(100), chance=0.1, seed=6).sum() / 20_000 == pytest.approx(0.797, abs=0.03)
    assert reach.spread(circle, first=[0], chance=0.1, seed=6).sum() < 10_000


# --- by mistake ---


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: reach.expected_reach(1, n_told=5, n_people=4), "n_told must be at most n_people; got 5 of 4"),
        (lambda: reach.expected_reach(-1, n_told=5, n_people=9), "n_tellers must be a number of at least 0; got -1"),
        (lambda: reach.expected_reach(1, n_told=5, n_people=0), "n_people must be a number above 0; got 0"),
        (lambda: reach.people_reached(KNOWS, ["A", "Z"]), "tellers must be people of the network; 'Z' is none"),
        (lambda: reach.people_reached(ROUND, [8]), "tellers must be people of the network; 8 is none"),
        (lambda: reach.people_reached(KNOWS, ["A", "A"]), "tellers must hold each person once; got ['A', 'A']"),
        (lambda: reach.people_reached(KNOWS.head(3), ["A"]), "one row and one column per person; got (3, 8)"),
        (lambda: reach.acquaintances(9, n_known=3, share_by_lot=0, seed=1), "even number below n_people; got 3 of 9"),
        (lambda: reach.acquaintances(8, n_known=8, share_by_lot=0, seed=1), "even number below n_people; got 8 of 8"),
        (lambda: reach.acquaintances(8, n_known=2, share_by_lot=2, seed=1), "share_by_lot must lie between 0 and 1"),
        (lambda: reach.spread(ROUND, first=[0], chance=1.5, seed=1), "chance must lie between 0 and 1; got 1.5"),
        (
            lambda: reach.spread_totals(ROUND, n_first=9, chance=0.5, n_times=2, seed=1),
            "n_first must be at most the number of people, 8; got 9",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_the_share_that_goes_along_is_the_mean_of_the_courses():
    by_lot = reach.acquaintances(200, n_known=10, share_by_lot=1, seed=3)
    neighbors = reach.acquaintances(200, n_known=10, share_by_lot=0, seed=3)
    shares = reach.spread_shares(
        {"by lot": by_lot, "neighbors": neighbors}, brings_along=[0, 0.5, 3], n_first=4, n_times=6, seed=2
    )
    assert shares.index.name == "brings_along"
    assert shares.loc[0].tolist() == [4 / 200, 4 / 200]
    again = reach.spread_totals(by_lot, n_first=4, chance=0.3, n_times=6, seed=2)
    assert shares.loc[3, "by lot"] == again.mean() / 200
    assert (shares.loc[3] > shares.loc[0.5]).all()


def test_nobody_brings_along_more_than_they_know():
    circle = reach.acquaintances(20, n_known=4, share_by_lot=0, seed=1)
    with pytest.raises(ValueError, match="chance"):
        reach.spread_shares({"circle": circle}, brings_along=[5], n_first=1, n_times=1, seed=1)
