"""Figures: what is drawn is what the table says; and what every figure keeps to."""

import inspect
import warnings

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from crmlib import concentration, growth, language, plots, profitability, pyramid, transitions

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


SPENT = pd.Series({"ann": 60.0, "bob": 25.0, "cy": 10.0, "dee": 4.0, "eve": 1.0})
CLAIMS = pd.DataFrame({"customer_share": [0.2], "value_share": [0.8]}, index=["80/20"])
MOVED = transitions.transition_matrix(
    pd.Series({"ann": "VIP", "bob": "small", "cy": "small"}),
    pd.Series({"ann": "small", "bob": "VIP"}),
    states=["VIP", "small", "away"],
    absent="away",
)  # fmt: skip; nobody was away before, so a row is missing

GREW = growth.growth_table(SPENT, pd.Series({"ann": 80.0, "bob": 5.0, "cy": 10.0, "dee": 4.0, "gus": 30.0}))

# Every figure with its arguments: the table first, then every option. A figure that is not here fails the tests.
EXAMPLES = {
    "plot_tiers": (TIERS, {}),
    "plot_pyramid": (TIERS, {}),
    "plot_lorenz": (concentration.lorenz_curve(SPENT), {"claims": CLAIMS}),
    "plot_windows": (
        pd.DataFrame(
            {"top_20_share": [0.5, 0.7], "top_20_share_of_all_known": [0.9, 0.8]},
            pd.Index([30, 365], name="window_days"),
        ),
        {},
    ),
    "plot_whale": (profitability.whale_curve(pd.Series({"a": 80.0, "b": 40.0, "c": -20.0})), {"currency": "CNY"}),
    "plot_months": (
        pd.DataFrame(
            {"revenue": [90.0, -5.0, 40.0], "n_customers": [3, 0, 2], "is_whole": [True, True, False]},
            pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]).rename("month"),
        ),
        {"column": "revenue", "currency": "CNY"},
    ),
    "plot_spending": (pd.concat([SPENT, pd.Series({"flo": 0.0})]), {"currency": "CNY"}),
    "plot_growth": (GREW, {"currency": "CNY"}),
    "plot_beside_chance": (
        pd.DataFrame(
            {"found": [0.5, 0.9], "lowest_by_chance": [0.4, 0.6], "highest_by_chance": [0.7, 0.8]},
            index=["VIP", "small"],
        ),
        {"label": "share who stay"},
    ),
    "plot_best_shares": (
        pd.DataFrame({"top_10": [0.4, 0.6], "top_20": [0.6, 0.8]}, index=["grocer", "music shop"]),
        {"claim": 0.9, "of": "top_20"},
    ),
    "plot_transitions": (MOVED, {"n": pd.Series({"VIP": 1, "small": 2, "away": 0})}),
}
PLOTS = sorted(name for name in dir(plots) if name.startswith("plot_"))


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


# --- every figure ---


def draw(name, *, ax=None, options=True):
    table, more = EXAMPLES[name]
    return getattr(plots, name)(table, **(more if options else {}), ax=ax)


def test_every_figure_has_its_example_and_every_option_is_in_it():
    assert sorted(EXAMPLES) == PLOTS
    for name, (_, options) in EXAMPLES.items():
        parameters = list(inspect.signature(getattr(plots, name)).parameters.values())
        assert [one.name for one in parameters[1:]] == [*options, "ax"]
        assert {one.kind for one in parameters[1:]} == {inspect.Parameter.KEYWORD_ONLY}
        assert {one.default for one in parameters[1:]} == {None}


@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_is_drawn_on_the_axes_given_and_nothing_else_is_touched(name):
    figure, (left, right) = plt.subplots(1, 2)
    other = plt.figure()
    assert draw(name, ax=right) is right
    assert right.has_data() or right.texts
    assert not left.has_data() and not left.texts
    assert plt.get_fignums() == [figure.number, other.number]
    assert plt.gcf() is other  # the figure that was current stays so
    assert not other.axes and len(figure.axes) == 2


@pytest.mark.parametrize("options", [True, False])
@pytest.mark.parametrize("name", PLOTS)
def test_without_axes_a_figure_is_new(name, options):
    before = plt.figure()
    ax = draw(name, options=options)
    assert ax.figure is not before
    assert not before.axes
    assert plt.get_fignums() == [before.number, ax.figure.number]


@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_leaves_its_tables_alone(name):
    given = [
        one for one in (EXAMPLES[name][0], *EXAMPLES[name][1].values()) if isinstance(one, pd.DataFrame | pd.Series)
    ]
    before = [one.copy(deep=True) for one in given]
    draw(name)
    for one, old in zip(given, before, strict=True):
        (pd.testing.assert_frame_equal if isinstance(one, pd.DataFrame) else pd.testing.assert_series_equal)(one, old)


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("name", PLOTS)
def test_a_figure_has_every_character_and_warns_of_nothing(name, spoken):
    with language.speaking(spoken), warnings.catch_warnings():
        warnings.simplefilter("error")  # a character that no font has is a warning
        ax = draw(name)
        ax.figure.canvas.draw()
    written = " ".join(text.get_text() for text in ax.figure.findobj(plt.Text))
    assert any("\u4e00" <= one <= "\u9fff" for one in written) == (spoken == "zh")


def test_a_character_that_no_font_has_would_be_seen():
    """Proof that the test above can fail."""
    ax = draw("plot_tiers")
    ax.set_title("\U0001f40b")
    with pytest.warns(UserWarning, match="Glyph"):
        ax.figure.canvas.draw()


# --- the pyramid ---


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


# --- months ---


def test_a_month_that_is_not_whole_is_hatched_and_said_to_be():
    months, _ = EXAMPLES["plot_months"]
    ax = plots.plot_months(months, currency="CNY")
    assert [bar.get_hatch() is not None for bar in sorted(ax.patches, key=lambda bar: bar.get_x())] == [
        False,
        False,
        True,
    ]
    assert [bar.get_height() for bar in sorted(ax.patches, key=lambda bar: bar.get_x())] == [90.0, -5.0, 40.0]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["not a whole month"]
    assert ax.yaxis.get_major_formatter()(90, 0) == "¥90"
    counted = plots.plot_months(months.assign(is_whole=True), column="n_customers")
    assert counted.get_legend() is None and counted.get_ylabel() == "customers who ordered"
    assert counted.yaxis.get_major_formatter()(1200, 0) == "1,200"


def test_spending_shows_every_customer_above_zero_once_and_says_who_is_missing():
    value = pd.Series({"a": 0.5, "b": 3.0, "c": 80.0, "d": 80.0, "e": 41000.0, "f": 0.0, "g": -2.0})
    ax = plots.plot_spending(value, currency="CNY")
    assert sum(bar.get_height() for bar in ax.patches) == 5
    assert ax.texts[0].get_text() == "2 customers at 0 or below are not drawn"
    assert [line.get_xdata()[0] for line in ax.lines] == [3.0]
    assert ax.get_legend().get_texts()[0].get_text() == "half spent less than ¥3"
    ax.figure.canvas.draw()
    assert [label.get_text() for label in ax.get_xticklabels()] == ["¥1", "¥10", "¥100", "¥1,000", "¥10,000"]


def test_spending_of_equal_customers_is_one_bar_and_of_nobody_an_error():
    ax = plots.plot_spending(pd.Series([7.0] * 4, index=list("abcd")))
    assert [bar.get_height() for bar in ax.patches if bar.get_height()] == [4]
    with pytest.raises(ValueError, match="somebody must have spent more than 0 to be drawn; nobody of 2 has"):
        plots.plot_spending(pd.Series({"a": 0.0, "b": -1.0}))


def test_best_shares_stand_where_the_table_says_beside_the_claim():
    table, options = EXAMPLES["plot_best_shares"]
    ax = plots.plot_best_shares(table, **options)
    marks = {line.get_label(): line for line in ax.lines}
    assert marks["top 10"].get_xdata().tolist() == [0.4, 0.6]
    assert (marks["top 10"].get_markerfacecolor(), marks["top 20"].get_markerfacecolor()) == ("white", plots.BLUE)
    assert marks["the claim: 90%"].get_xdata() == [0.9, 0.9]
    with pytest.raises(ValueError, match="of must be one of"):
        plots.plot_best_shares(table, of="top_30")


def test_growth_walks_from_one_sum_to_the_other_without_a_step_of_nothing():
    ax = plots.plot_growth(GREW, currency="CNY")
    ends = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in ax.patches]
    assert ends == [(0, 100), (100, 130), (130, 150), (130, 150), (129, 130), (0, 129)]
    assert [text.get_text() for text in ax.texts] == ["¥100", "+¥30", "+¥20", "−¥20", "−¥1", "¥129"]
    names = ["before", "acquired", "raised", "fell", "gone", "after"]
    assert [label.get_text() for label in ax.get_xticklabels()] == names


def test_what_was_found_stands_beside_the_band_of_chance():
    table, options = EXAMPLES["plot_beside_chance"]
    ax = plots.plot_beside_chance(table, **options)
    assert [(round(bar.get_x(), 6), round(bar.get_width(), 6)) for bar in ax.patches] == [(0.4, 0.3), (0.6, 0.2)]
    assert ax.lines[0].get_xdata().tolist() == [0.5, 0.9]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["VIP", "small"]
