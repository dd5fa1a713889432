"""Whether word dies out: published numbers, by hand, by law, by mistake."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from crmlib.contagion import chance_of_dying_out, compare_chains


def test_a_quadratic_by_hand():
    # q = 1/4 + 3/4 q^2 has the roots 1/3 and 1.
    assert chance_of_dying_out(pd.Series({0: 0.25, 2: 0.75})) == pytest.approx(1 / 3)
    # q = 0.5 + 0.2 q + 0.3 q^3, less the root 1: 0.3 q^2 + 0.3 q - 0.5.
    assert chance_of_dying_out(pd.Series({0: 0.5, 1: 0.2, 3: 0.3})) == pytest.approx((-0.3 + 0.69**0.5) / 0.6)


def test_the_family_names_of_lotka():
    """White men in the United States, 1920: shares of k sons .2126 * .5893^(k-1); lines that die out: .819.

    Lotka (1931), The extinction of families, Journal of the Washington Academy of Sciences 21; so in Harris (1963).
    """
    sons = pd.Series([0.2126 * 0.5893 ** (k - 1) for k in range(1, 200)], index=range(1, 200))
    sons[0] = 1 - sons.sum()
    assert sons[0] == pytest.approx(0.4825, abs=5e-4)
    # By the closed form (1 - b - c) / (c (1 - c)); printed .819 from shares with one digit more.
    assert chance_of_dying_out(sons) == pytest.approx((1 - 0.2126 - 0.5893) / (0.5893 * 0.4107), abs=1e-6)
    assert chance_of_dying_out(sons) == pytest.approx(0.819, abs=5e-4)


@pytest.mark.parametrize(("mean", "wanted"), [(0.5, 1.0), (1.0, 1.0), (1.5, 0.4172), (2.0, 0.2032), (3.0, 0.0595)])
def test_poisson_means(mean, wanted):
    """q = exp(mean (q - 1)), as tabulated in textbooks of epidemics."""
    shares = pd.Series(poisson.pmf(range(80), mean))
    assert chance_of_dying_out(shares) == pytest.approx(wanted, abs=5e-5)


def test_the_mean_alone_does_not_say_it():
    """Two brought along for certain, or forty by one of twenty: 2 on average both times."""
    assert chance_of_dying_out(pd.Series({2: 1.0})) == 0
    assert chance_of_dying_out(pd.Series({0: 0.95, 40: 0.05})) > 0.95
    assert chance_of_dying_out(pd.Series({1: 1.0})) == 0  # a chain without end
    assert chance_of_dying_out(pd.Series({0: 1.0})) == 1


@given(st.lists(st.integers(0, 20), min_size=2, max_size=8).filter(any))
def test_it_is_the_smallest_root(weights):
    shares = pd.Series(weights, dtype=float) / sum(weights)
    q = chance_of_dying_out(shares)
    brought = shares.index.to_numpy()
    assert 0 <= q <= 1
    assert (shares * q**brought).sum() == pytest.approx(q, abs=1e-6)
    below = np.linspace(0, max(q - 1e-6, 0), 50, endpoint=False)
    assert all((shares * one**brought).sum() > one - 1e-9 for one in below)
    if (shares * brought).sum() <= 1 and weights[0]:
        assert q == 1


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({0: 0.5, 1: 0.6}, "shares must be 0 or more and add up to 1; got [0.5, 0.6], in all 1.1"),
        ({0: 1.5, 1: -0.5}, "shares must be 0 or more and add up to 1"),
        ({-1: 0.5, 1: 0.5}, "an index of whole numbers from 0 on, each once; got [-1, 1]"),
        ({0.5: 0.5, 1: 0.5}, "an index of whole numbers from 0 on, each once; got [0.5, 1.0]"),
        ({"none": 1.0}, "an index of whole numbers from 0 on, each once; got ['none']"),
        ({0: np.nan, 1: 1.0}, "every shares of shares must be a number"),
    ],
)
def test_shares_that_are_none(shares, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        chance_of_dying_out(pd.Series(shares))


def test_kinds_of_chains_side_by_side():
    kinds = {"two": pd.Series({0: 0.25, 2: 0.75}), "one": pd.Series({0: 0.5, 1: 0.5})}
    found = compare_chains(kinds, n_first=3)
    assert found["brings_along"].tolist() == [1.5, 0.5]
    assert found["begun_by_1"].tolist() == pytest.approx([1 / 3, 1])
    assert found["begun_by_3"].tolist() == pytest.approx([1 / 27, 1])
    with pytest.raises(ValueError, match="n_first"):
        compare_chains(kinds, n_first=0)
