"""Figures: what is drawn is what the table says."""

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from crmlib import language, plots, pyramid

# 1 of 10 brings 60 of 100, 3 bring 30, 6 bring 10: so 60, 10 and 10/6 each.
TIERS = pd.DataFrame(
    {
        "n_customers": [1, 3, 6],
        "customer_share": [0.1, 0.3, 0.6],
        "value_share": [0.6, 0.3, 0.1],
        "mean": [60.0, 10.0, 10 / 6],
    },
    index=pd.Index(["VIP", "regular", "small"], name="tier"),
)


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def bands(ax):
    """The widths of the bands, tower by tower, best tier first."""
    return [[round(bar.get_width(), 6) for bar in tower] for tower in ax.containers]


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_the_bands_of_the_pyramid_are_as_wide_as_the_shares():
    # On the right the largest, 60, is as wide as the widest on the left, 0.6; so 10 is 0.1 wide.
    assert bands(plots.plot_pyramid(TIERS)) == [[0.1, 0.3, 0.6], [0.6, 0.3, 0.1], [0.6, 0.1, round(0.1 / 6, 6)]]


def test_the_best_tier_stands_on_top_and_every_band_around_its_middle():
    ax = plots.plot_pyramid(TIERS)
    for tower in ax.containers:
        heights = [bar.get_y() for bar in tower]
        middles = {round(bar.get_x() + bar.get_width() / 2, 6) for bar in tower}
        assert heights == sorted(heights, reverse=True)
        assert len(middles) == 1


def test_the_pyramid_names_tiers_counts_and_shares_in_words():
    assert {"VIP", "small", "1", "6", "10.0%", "60.0%", "60", "2"} <= set(words(plots.plot_pyramid(TIERS)))
    language.use("zh")
    assert {"VIP客户", "小客户", "10.0%"} <= set(words(plots.plot_pyramid(TIERS)))


def test_a_pyramid_is_drawn_on_the_axes_given_and_the_table_stays():
    _, ax = plt.subplots()
    before = TIERS.copy()
    assert plots.plot_pyramid(TIERS, ax=ax) is ax
    pd.testing.assert_frame_equal(TIERS, before)


def test_an_empty_tier_and_a_loss_have_no_band():
    # Eight customers: 1 % and 5 % of them round to nobody.
    eight = pd.Series(range(8), index=list("abcdefgh"))
    ax = plots.plot_pyramid(pyramid.tier_table(eight, pyramid.assign_tiers(eight)))
    assert [tower[:2] for tower in bands(ax)] == [[0, 0]] * 3
    assert "–" in words(ax)
    loss = TIERS.assign(value_share=[1.2, 0.1, -0.3], mean=[120.0, 10 / 3, -5.0])
    assert [tower[2] for tower in bands(plots.plot_pyramid(loss))] == [0.6, 0, 0]
    assert "−30.0%" in words(plots.plot_pyramid(loss))
    assert bands(plots.plot_pyramid(TIERS.assign(mean=0.0)))[2] == [0, 0, 0]
