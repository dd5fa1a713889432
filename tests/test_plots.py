"""Figures: what is drawn is what the table says; and what every figure keeps to."""

import inspect
import io
import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from crmlib import (
    acquisition,
    allocation,
    concentration,
    credit,
    growth,
    keeping,
    language,
    plots,
    profitability,
    prospects,
    pyramid,
    stability,
    transitions,
    validation,
)

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
# 50 a head reach half of the ceiling: the first unit brings 1.6 for a VIP, 0.4 for the others, who stay without.
CURVES = pd.DataFrame({"n_customers": [10, 90], "ceiling": [80.0, 20.0], "half_at": 50.0}, index=["VIP", "small"])
MOVED = transitions.transition_matrix(
    pd.Series({"ann": "VIP", "bob": "small", "cy": "small"}),
    pd.Series({"ann": "small", "bob": "VIP"}),
    states=["VIP", "small", "away"],
    absent="away",
)  # fmt: skip; nobody was away before, so a row is missing

# Five prospects: two of five said yes at once, one of three at the second call, none at the third.
CALLED = prospects.call_hazard(pd.Series([1, 1, 2, 2, 3]), pd.Series([True, True, True, False, False]))

AGES = pd.DataFrame(
    {"amount": [60.0, 30.0, 0.0, 10.0], "amount_share": [0.6, 0.3, 0.0, 0.1]},
    index=["not due", "1 to 30 days overdue", "31 to 60 days overdue", "more than 60 days overdue"],
)

# One item was got whole, one in part, of one nothing is known.
EXPLAINED = pd.DataFrame(
    {
        "name": ["repayment of credit", "debt ratio", "litigation"],
        "points": [20.0, 1.5, np.nan],
        "out_of": [20.0, 4, 4],
    },
    index=["repayment", "indebtedness", "lawsuits"],
)
RATED = credit.migration_counts(
    pd.Series({"ann": "A", "bob": "A", "cy": "A", "dee": "A", "eve": "not rated"}),
    pd.Series({"ann": "A", "bob": "A", "cy": "B", "eve": "B"}),
    grades=["A", "B"],
)

GREW = growth.growth_table(SPENT, pd.Series({"ann": 80.0, "bob": 5.0, "cy": 10.0, "dee": 4.0, "gus": 30.0}))

# Of 40 with an account 5 turned bad, of 40 without one 15; a score that is right in 5 of 6 pairs.
CARD = credit.fit_scorecard(
    pd.DataFrame({"account": ["yes"] * 40 + ["no"] * 40}),
    pd.Series([True] * 5 + [False] * 50 + [True] * 15 + [False] * 10),
)
SCORED = pd.Series([640, 600, 590, 580, 500]), pd.Series([False, False, True, False, True])
CURVES_OF_SCORES = {
    "fitted": validation.roc_curve(*SCORED),
    "equal": validation.roc_curve(pd.Series([1, 2, 1, 2, 2]), SCORED[1]),
}

# Every figure with its arguments: the table first, then every option. A figure that is not here fails the tests.
WEIGHTS = pd.DataFrame({"weight": [0.4, -0.1], "low": [0.2, -0.3], "high": [0.6, 0.1]}, ["price", "trust"])

# Every figure with its arguments: the table first, then every option. A figure that is not here fails the tests.
# Three spendings of 1,000 people each: the curve is told, its ceiling near 0.41.
ASKED = pd.DataFrame({"n_people": 1000, "spent": [5e3, 2e4, 8e4], "n_success": [90, 260, 400]})

RATIOS = pd.DataFrame({"poor": [0.8, 12.0], "good": [0.5, 2.0]}, index=pd.Index([0.1, 0.5], name="ceiling"))

# Every figure with its arguments: the table first, then every option. A figure that is not here fails the tests.
EXAMPLES = {
    "plot_stopping": (
        pd.DataFrame({"never stops": [50.0, -2.0], "may stop": [53.0, 0.0]}, index=[0, 1]),
        {"currency": "CNY"},
    ),
    "plot_worth_map": (
        pd.DataFrame({"probability_alive": [0.9, 0.2, 0.0], "value_if_alive": [80.0, 400.0, 0.0]}, index=list("abc")),
        {"chosen": pd.Series([False, True, False], index=list("abc")), "currency": "CNY"},
    ),
    "plot_kinds_of_value": (
        pd.DataFrame(
            {"transaction_value": [50.0, -9.0], "referral_value": [20.0, 0.0], "growth_value": [5.0, 4.0]},
            index=["ann", "bob"],
        ).assign(knowledge_value=[0.0, 90.0], passed_on_value=[-10.0, 0.0], total_value=[65.0, 85.0]),
        {"n": 1, "currency": "CNY"},
    ),
    "plot_bridge": (
        pd.DataFrame(
            {"before": [800.0, 900.0], "after": [900.0, 700.0], "more": [300.0, 0.0], "deeper": [-200.0, -200.0]},
            index=["2024", "2025"],
        ).assign(change=[100.0, -200.0]),
        {"start": "2023", "label": "equity", "currency": "CNY"},
    ),
    "plot_cost_ratios": (RATIOS, {"claim": 5.0}),
    "plot_response": (
        {
            "win": acquisition.fit_response_curve(ASKED, with_floor=False),
            "keep": acquisition.ResponseCurve(0.9, 0.1, 0.6),
        },
        {"cells": {"win": ASKED}, "currency": "CNY"},
    ),
    "plot_repeat": (pd.DataFrame({"share": [0.2, 0.8], "repeat": [0.5, 0.9]}, ["small", "large"]), {}),
    "plot_weights": (
        WEIGHTS,
        {
            "beside": WEIGHTS.iloc[:1] / 2,
            "names": ("with", "without"),
            "bar": pd.Series({"price": 0.3, "trust": 0.2}),
            "label": "gained, %",
        },
    ),
    "plot_holdout_totals": (
        pd.DataFrame({"actual": [10, 25], "model": [12.0, 23.0], "carried on": [15.0, 30.0]}, index=[1, 2]),
        {"unit": "week"},
    ),
    "plot_frequency_groups": (
        pd.DataFrame({"n_customers": [20, 5], "actual": [0.2, 3.0], "model": [0.3, 2.5]}, index=["0", "1+"]),
        {},
    ),
    "plot_alive_groups": (
        pd.DataFrame(
            [[50, 0.3, 0.2, 0.25, 0.15, 0.38]],
            index=["20 to 40%"],
            columns=["n_customers", "alive_rate", "chance_rate", "again_rate", "low_rate", "high_rate"],
        ),
        {},
    ),
    "plot_retention_gain": (
        {
            f"d = {rate}": keeping.retention_gain([0.6, 0.9], discount_rate=rate, first_payment="now")
            for rate in (0.0, 0.1)
        },
        {"claims": [0.25, 0.85]},
    ),
    "plot_survival": (
        pd.Series([1, 0.8, 0.7, 0.65]),
        {"models": {"grocer": pd.Series([1, 0.8, 0.69, 0.6])}, "until": 2, "unit": "grocer"},
    ),
    "plot_tiers": (TIERS, {}),
    "plot_pyramid": (TIERS, {"currency": "CNY"}),
    "plot_intervals": (
        pd.DataFrame(
            {
                "earliest_date": pd.to_datetime(["2024-06-02", "2024-06-05", None]),
                "expected_date": pd.to_datetime(["2024-06-04", None, None]),
                "latest_date": pd.to_datetime(["2024-06-09", None, None]),
            },
            index=["ann", "bob", "cy"],
        ),
        {"came": pd.Series(pd.to_datetime(["2024-06-11", "2024-06-20"]), index=["ann", "bob"])},
    ),
    "plot_lots": (pd.Series([-0.1, 0.0, 0.05, 0.2]), {"truth": 0.03}),
    "plot_clusters": (
        pd.DataFrame({"recency_days": [300, 0, 8], "monetary": [20.0, 500.0, 0.0], "cluster": ["old", "new", "new"]}),
        {"currency": "CNY"},
    ),
    "plot_rates_by_score": (
        pd.DataFrame({"recency": [0.1, 0.3, 0.6], "monetary": [0.3, 0.4, 0.3]}, index=[1, 2, 3]),
        {"overall": 0.33},
    ),
    "plot_lorenz": (concentration.lorenz_curve(SPENT), {"claims": CLAIMS, "best": 0.2}),
    "plot_lorenz_curves": ({"grocer": concentration.lorenz_curve(SPENT)}, {"claims": CLAIMS}),
    "plot_next_return": (
        CURVES,
        {"plan": allocation.allocate_budget(CURVES, budget=900, step=50), "currency": "CNY"},
    ),
    "plot_hazards": ({"all": CALLED, "small": CALLED.head(2)}, {}),
    "plot_reach": (
        pd.DataFrame({"each counts anew": [250, 500], "by lot": [250, 437]}, index=[1, 2]),
        {"n_people": 1000},
    ),
    "plot_ageing": (AGES, {"currency": "CNY"}),
    "plot_points": (EXPLAINED, {}),
    "plot_migration": (RATED, {}),
    "plot_grades": (
        pd.DataFrame({"2024Q4": [30, 6, 4], "2025Q1": [0, 0, 0]}, index=["AAA", "C", "not rated"]),
        {},
    ),
    "plot_limits": (
        pd.DataFrame({"grade": ["A", "A", "C"], "limit": [100.0, 50.0, 0.0], "owed": [40.0, 80.0, 30.0]}),
        {"currency": "CNY"},
    ),
    "plot_default_rates": (
        pd.DataFrame(
            {
                "n_failed": [1, 0, 0],
                "n_customers": [20, 4, 0],
                "default_rate": [0.05, 0.0, np.nan],
                "low_rate": [0.01, 0.0, np.nan],
                "high_rate": [0.24, 0.49, np.nan],
            },
            index=["AAA", "C", "not rated"],
        ),
        {"break_even": pd.DataFrame({"margin": [0.2, 1.4, np.nan]}, index=["AAA", "C", "not rated"])},
    ),
    "plot_tornado": (
        pd.DataFrame({"less": [3, 9, 0], "more": [4, 8, 0]}, index=["earnings", "keeping of payments", "operations"]),
        {},
    ),
    "plot_carry_forward": (
        pd.DataFrame(
            {"before": [-20.0, 5.0, 80.0], "after": [-5.0, 6.0, 60.0], "after_here": [-9.0, 8.0, 90.0]}, [1, 2, 3]
        ),
        {"currency": "CNY"},
    ),
    "plot_sensitivity": (
        pd.DataFrame(
            {
                "low": [0.6, 0.06, 80.0],
                "high": [0.9, 0.14, 120.0],
                "value_at_low": [150.0, 280.0, 200.0],
                "value_at_base": 250.0,
                "value_at_high": [400.0, 225.0, 300.0],
            },
            index=["retention_rate", "discount_rate", "yearly_profit"],
        ),
        {"currency": "CNY"},
    ),
    "plot_spread": (pd.DataFrame({"by lot": [0.01, 0.8], "in circles": [0.01, 0.6]}, index=[0.5, 2.0]), {}),
    "plot_adoption": (pd.DataFrame({"by themselves": [0.0, 0.03, 0.07], "by word alone": [0.01, 0.014, 0.02]}), {}),
    "plot_best_stops": (prospects.best_stops({"all": CALLED["hazard"]}, pays_for=[1, 2, 3, 4]), {"claim": 12}),
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
    "plot_growth": (GREW, {"currency": "CNY"}),
    "plot_beside_chance": (
        pd.DataFrame(
            {"found": [0.5, 0.9], "lowest_by_chance": [0.4, 0.6], "highest_by_chance": [0.7, 0.8]},
            index=["VIP", "small"],
        ),
        {"label": "share who stay"},
    ),
    "plot_spending": (SPENT, {"currency": "CNY"}),
    "plot_best_shares": (
        pd.DataFrame({"top_10": [0.4, 0.6], "top_20": [0.6, 0.8]}, index=["grocer", "music shop"]),
        {"claim": 0.9, "of": "top_20"},
    ),
    "plot_shares": (pd.DataFrame({"keep": [0.75, 0.5], "let go": [0.25, 0.5]}, index=[0.0, 0.4]), {}),
    "plot_rhythm": (pd.DataFrame({"customer_id": ["bob", "ann", "bob"], "days_ago": [60, 30, 5]}), {}),
    "plot_stages": (
        pd.DataFrame({"customer_share": [0.6, 0.4], "value_share": [1.1, -0.1]}, index=["maturity", "ended"]),
        {"value_label": "share of the gross profit"},
    ),
    "plot_link_weights": (
        pd.DataFrame({"weight": [-4.0, -4.0, 9.0, 30.0], "probability": [0.0, 0.0, 0.4, 1.0]}),
        {"thresholds": (0.1, 0.9)},
    ),
    "plot_histogram": (pd.Series([1.0, 1, 9, None]), {"label": "days", "bins": 4}),
    "plot_auc": (pd.DataFrame({"equal": [0.7, 0.75], "fitted": [0.8, 0.77]}, index=[2024, 2025]), {}),
    "plot_old_and_new": (
        pd.DataFrame({"new_share": [0.1, 0.3], "old_share": [np.nan, 0.5]}, index=pd.Index([1, 2], name="part")),
        {},
    ),
    "plot_roc": (
        CURVES_OF_SCORES,
        {"aucs": {"fitted": validation.auc_interval(*SCORED)}, "ks": validation.ks_statistic(*SCORED)},
    ),
    "plot_calibration": (
        validation.calibration_table(
            pd.Series([0.1] * 20 + [0.2] * 20),
            pd.Series([True] * 2 + [False] * 18 + [True] * 12 + [False] * 8),
            n_groups=2,
        ),
        {},
    ),
    "plot_grade_rates": (
        validation.calibration_table(
            pd.Series([0.5] * 4 + [0.1] * 6),
            pd.Series([True] + [False] * 8 + [True]),
            groups=pd.Series(["C"] * 4 + ["B"] * 6),
        ),
        {},
    ),
    "plot_false_alarms": (pd.Series([0.05, 0.2, 0.3, np.inf]), {"found": 0.15, "threshold": 0.25}),
    "plot_evidence": (CARD.bins.loc["account"], {}),
    "plot_stability": (
        stability.stability_index(pd.Series(list("AAABBC")), pd.Series(list("AABBBB"))).table,
        {},
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


# --- scores, and old customers beside new ones ---


def heights(ax):
    return [[round(bar.get_height(), 6) for bar in bars] for bars in ax.containers]


def test_bars_of_auc_are_as_high_as_the_table_says_and_a_coin_is_at_one_half():
    ax = draw("plot_auc")
    assert heights(ax) == [[0.7, 0.75], [0.8, 0.77]]
    assert [line.get_ydata()[0] for line in ax.lines] == [0.5]
    assert [one.get_text() for one in ax.get_xticklabels()] == ["2024", "2025"]
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {"a coin", "equal", "fitted"}
    assert ax.get_ylim() == (0, 1) and ax.yaxis.get_major_formatter()(0.5) == "50%"


def test_a_share_of_nobody_has_no_bar():
    assert heights(draw("plot_old_and_new")) == [[0.1, 0.3], [0.0, 0.5]]


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


def test_money_in_figures_has_its_sign():
    assert {"¥60", "¥2"} <= set(words(plots.plot_pyramid(TIERS, currency="CNY")))
    for axis in (plots.plot_growth(GREW, currency="CNY").yaxis, draw("plot_next_return").xaxis):
        assert axis.get_major_formatter()(2000) == "¥2,000"


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


# --- calls ---


def test_the_share_of_yes_stands_at_its_call_with_its_interval():
    ax = plots.plot_hazards({"all": CALLED})
    line, _, (bars,) = ax.containers[0]
    assert line.get_xdata().tolist() == [1, 2, 3]
    assert line.get_ydata() == pytest.approx([2 / 5, 1 / 3, 0])
    ends = np.array([segment[:, 1] for segment in bars.get_segments()])
    assert ends == pytest.approx(CALLED[["low", "high"]].to_numpy())
    assert ax.get_legend() is None and ax.get_ylim()[0] == 0
    both = plots.plot_hazards({"all": CALLED, "small": CALLED})
    assert [text.get_text() for text in both.get_legend().get_texts()] == ["all", "small"]
    left, right = (container[0].get_xdata() for container in both.containers)
    assert (left < right).all() and left + right == pytest.approx([2, 4, 6])


def test_the_best_stop_is_drawn_where_the_nouns_say_it_is():
    # A yes that pays for 3 calls pays at 40 % and not quite at 33 %; one that pays for 4 pays at both.
    stops = prospects.best_stops({"all": CALLED["hazard"]}, pays_for=[1, 2, 3, 4])
    ax = plots.plot_best_stops(stops, claim=12)
    assert ax.lines[0].get_xdata().tolist() == [1, 2, 3, 4]
    assert ax.lines[0].get_ydata().tolist() == stops["all"].tolist() == [0, 0, 1, 2]
    assert ax.lines[0].get_drawstyle() == "steps-post"
    assert set(ax.lines[1].get_ydata()) == {12}
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["all", "the claim: 12"]


# --- word of mouth ---


def test_reach_and_spread_are_drawn_as_the_tables_say():
    table, options = EXAMPLES["plot_reach"]
    ax = plots.plot_reach(table, **options)
    assert [line.get_ydata().tolist() for line in ax.lines[:2]] == [[250, 500], [250, 437]]
    assert set(ax.lines[2].get_ydata()) == {1000}
    assert ax.get_ylim()[0] == 0 and ax.yaxis.get_major_formatter()(20000) == "20,000"
    assert len(plots.plot_reach(table).lines) == 2
    shares, _ = EXAMPLES["plot_spread"]
    ax = plots.plot_spread(shares)
    assert [line.get_ydata().tolist() for line in ax.lines[:2]] == [[0.01, 0.8], [0.01, 0.6]]
    assert set(ax.lines[2].get_xdata()) == {1}
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["by lot", "in circles", "one brings one"]


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
    assert counted.get_legend() is None and counted.get_ylabel() == "customers\nwho ordered"
    assert counted.yaxis.get_major_formatter()(1200, 0) == "1,200"


# --- concentration ---


def test_a_lorenz_curve_is_read_off_in_words_at_the_place_itself():
    # The best of five brings 60 of 100: the smallest 80 % bring 40 %.
    ax = plots.plot_lorenz(concentration.lorenz_curve(SPENT), best=0.2)
    assert ax.get_legend().get_texts()[-1].get_text() == ("the smallest 80% bring 40.0%,\nso the best 20% bring 60.0%")
    up_and_across = next(line for line in ax.get_lines() if len(line.get_xdata()) == 3)
    assert up_and_across.get_xydata() == pytest.approx(np.array([[0.8, 0], [0.8, 0.4], [0, 0.4]]))


@pytest.mark.parametrize("name", ["plot_lorenz", "plot_lorenz_curves"])
def test_both_lorenz_figures_have_the_smallest_on_the_left_and_a_claim_mirrored(name):
    ax = draw(name)
    assert ax.get_xlabel() == "share of customers, smallest first"
    # 80/20 says that the other 80 % of the customers bring the other 20 %.
    point = next(line for line in ax.get_lines() if line.get_label() == "claim 80/20")
    assert point.get_xydata() == pytest.approx(np.array([[0.8, 0.2]]))
    curve = next(line for line in ax.get_lines() if len(line.get_xdata()) == len(SPENT) + 1)
    assert curve.get_ydata() == pytest.approx([0, 0.01, 0.05, 0.15, 0.4, 1])


def test_curves_of_several_firms_differ_by_more_than_color():
    curve = concentration.lorenz_curve(SPENT)
    ax = plots.plot_lorenz_curves({"grocer": curve, "CDNOW": curve, "bookshop": curve})
    assert len({line.get_linestyle() for line in ax.get_lines()[1:]}) == 3


def test_a_share_to_read_off_is_a_share():
    with pytest.raises(ValueError, match="best must lie between"):
        plots.plot_lorenz(concentration.lorenz_curve(SPENT), best=20)


# --- spending, Lorenz, periods ---


def test_the_histogram_counts_every_customer_or_says_who_is_not_drawn():
    even = plots.plot_spending(pd.Series([10.0, 20.0, 30.0, 0.0]), currency="CNY")
    assert sum(bar.get_height() for bar in even.patches) == 4
    assert (even.get_xscale(), even.get_xlabel()) == ("linear", "money per customer")
    wide = plots.plot_spending(pd.Series([1.0, 10.0, 1000.0, 0.0, -5.0]))
    assert sum(bar.get_height() for bar in wide.patches) == 3
    assert wide.get_xscale() == "log" and "logarithmic" in wide.get_xlabel()
    assert "not drawn, at 0 or less: 2" in wide.get_xlabel()
    assert even.xaxis.get_major_formatter()(1200, 0) == "¥1,200"


@pytest.mark.parametrize("amounts", [[5.0], [0.0, 0.0], [-3.0, 2.0], [1e-9, 1e9], [7.0] * 50])
def test_the_histogram_stands_any_amounts(amounts):
    plots.plot_spending(pd.Series(amounts)).figure.canvas.draw()


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_shares_of_the_periods_do_not_stand_on_each_other(spoken):
    language.use(spoken)
    shares = [0.73, 0.76, 0.77, 0.80, 0.82, 0.84]
    known = [0.99, 0.92, 0.88, 0.86, 0.85, 0.84]
    windows = pd.DataFrame({"top_20_share": shares, "top_20_share_of_all_known": known})
    windows.index = [30, 91, 182, 365, 730, 1096]
    ax = plots.plot_windows(windows)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) == 12
    assert [1 for place, box in enumerate(boxes) for other in boxes[:place] if box.overlaps(other)] == []
    assert [text.get_text() for text in ax.get_xticklabels()] == ["30", "91", "182", "365", "730", "1,096"]


def test_an_amount_on_an_axis_is_written_as_in_the_text():
    curve, options = EXAMPLES["plot_whale"]
    assert plots.plot_whale(curve, **options).yaxis.get_major_formatter()(1200, 0) == "¥1,200"


def test_best_shares_stand_where_the_table_says_beside_the_claim():
    table, options = EXAMPLES["plot_best_shares"]
    ax = plots.plot_best_shares(table, **options)
    marks = {line.get_label(): line for line in ax.lines}
    assert marks["top 10"].get_xdata().tolist() == [0.4, 0.6]
    assert (marks["top 10"].get_markerfacecolor(), marks["top 20"].get_markerfacecolor()) == ("white", plots.BLUE)
    assert marks["the claim: 90%"].get_xdata() == [0.9, 0.9]
    with pytest.raises(ValueError, match="of must be one of"):
        plots.plot_best_shares(table, of="top_30")


def test_groups_that_are_compared_have_their_own_color_and_hide_none():
    table = pd.DataFrame({"tiers": [0.5, 0.4], "scores": [0.5, 0.6], "clusters": [0.3, 0.4]}, index=["grocer", "shop"])
    marks = plots.plot_best_shares(table).lines
    assert len({line.get_color() for line in marks}) == 3
    spots = [spot for line in marks for spot in zip(line.get_xdata(), line.get_ydata(), strict=True)]
    assert len(set(spots)) == 6
    assert [round(float(line.get_ydata()[0]), 2) for line in marks] == [0.86, 1.0, 1.14]


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


# --- what the next unit of money brings ---


def test_a_dot_stands_where_the_plan_leaves_each_tier():
    ax = draw("plot_next_return")
    dots = [line for line in ax.get_lines() if line.get_marker() == "o"]
    # 10 VIPs, 500 to half of the ceiling: 800 * 500 / (500 + spent) ** 2 for the next one; it is 1 at 132.
    plan = EXAMPLES["plot_next_return"][1]["plan"]
    spent = plan.loc["VIP", "spending"]
    assert dots[0].get_xydata() == pytest.approx(np.array([[spent, 400_000 / (500 + spent) ** 2]]))
    assert dots[1].get_xydata() == pytest.approx(np.array([[0, 0.4]]))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["VIP", "small", "brings itself back"]
    assert ax.get_xlabel() == "spent on the tier"
    assert "logarithmic" in ax.get_ylabel()


def test_no_curve_of_the_next_unit_is_cut():
    ax = draw("plot_next_return")
    low, high = ax.get_ylim()
    drawn = np.concatenate([line.get_ydata() for line in ax.get_lines()])
    assert low < drawn.min() and drawn.max() < high


# --- scores and clusters ---


def test_rates_stand_above_their_scores_and_all_customers_across():
    recency, monetary, overall = draw("plot_rates_by_score").get_lines()
    assert recency.get_xydata().tolist() == [[1, 0.1], [2, 0.3], [3, 0.6]]
    assert monetary.get_ydata().tolist() == [0.3, 0.4, 0.3]
    assert overall.get_ydata() == [0.33, 0.33]


def test_a_cluster_has_its_points_and_who_spent_nothing_is_counted_on_the_axis():
    ax = draw("plot_clusters")
    assert [points.get_offsets().tolist() for points in ax.collections] == [[[1.0, 500.0]], [[300.0, 20.0]]]
    assert "not drawn: 1" in ax.get_ylabel()


# --- very many customers ---


def weigh(ax):
    """How long a figure is as SVG, in which each point is written down."""
    picture = io.StringIO()
    ax.figure.savefig(picture, format="svg")
    return len(picture.getvalue())


def crowd(n=200_000):
    rng = np.random.default_rng(3)
    crowd = pd.DataFrame({"probability_alive": rng.random(n), "value_if_alive": rng.lognormal(4, 1, n)})
    crowd["is_chosen"] = rng.random(n) < 0.25
    crowd["recency_days"], crowd["monetary"] = rng.integers(1, 900, n), crowd["value_if_alive"]
    return crowd.assign(cluster=np.where(crowd["is_chosen"], "new", "old"))


def test_a_map_of_very_many_draws_some_of_them_with_their_share_of_chosen_ones_and_says_so():
    many = crowd()
    ax = plots.plot_worth_map(many, chosen=many["is_chosen"])
    others, marked = (len(points.get_offsets()) for points in ax.collections)
    assert others + marked == 5_000
    assert marked / 5_000 == pytest.approx(0.25, abs=0.02)
    assert ax.get_legend().get_title().get_text() == "5,000 of 200,000 customers, drawn at random"
    assert weigh(ax) < 1_000_000
    ax = plots.plot_worth_map(many)
    assert ax.get_legend().get_title().get_text() == "5,000 of 200,000 customers, drawn at random"


def test_a_map_draws_the_same_ones_each_time_and_of_few_all():
    many = crowd(5_001)
    first, again = (plots.plot_worth_map(many).collections[0].get_offsets().tolist() for _ in range(2))
    assert first == again
    assert len(first) == 5_000
    ax = plots.plot_worth_map(many.head(5_000))
    assert len(ax.collections[0].get_offsets()) == 5_000
    assert ax.get_legend() is None


def test_clusters_of_very_many_are_drawn_in_part_and_counted_whole():
    many = crowd()
    ax = plots.plot_clusters(many)
    assert sum(len(points.get_offsets()) for points in ax.collections) == 5_000
    said = [text.get_text() for text in ax.get_legend().get_texts()]
    assert said == [f"{name} (n = {(many['cluster'] == name).sum():,})" for name in ("new", "old")]
    assert "5,000 of 200,000" in ax.get_legend().get_title().get_text()
    assert weigh(ax) < 1_000_000


def test_a_roc_curve_of_very_many_scores_is_drawn_with_few_of_its_own_points():
    many = crowd()
    curve = validation.roc_curve(many["value_if_alive"], many["is_chosen"] & (many["value_if_alive"] < 60))
    ax = plots.plot_roc({"card": curve})
    drawn = ax.get_lines()[0].get_xydata()
    assert len(drawn) < 1_100
    assert set(map(tuple, drawn.tolist())) <= set(map(tuple, curve[["good_share", "bad_share"]].to_numpy().tolist()))
    assert drawn[0].tolist() == [0, 0] and drawn[-1].tolist() == [1, 1]
    assert weigh(ax) < 200_000


# --- the life cycle ---


def test_every_purchase_has_its_mark_and_the_silence_reaches_today():
    ax = draw("plot_rhythm")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["bob", "ann"]
    lines = [(line.get_xdata().tolist(), line.get_linestyle(), line.get_marker()) for line in ax.lines[:6]]
    assert [xs for xs, style, _ in lines if style == ":"] == [[5, 0], [30, 0]]
    assert [xs for xs, _, marker in lines if marker == "|"] == [[60, 5], [30]]
    assert ax.yaxis_inverted() and ax.xaxis_inverted()


def test_a_histogram_counts_customers_and_says_what_of():
    ax = draw("plot_histogram")
    assert [bar.get_height() for bar in ax.patches] == [2, 0, 0, 1]  # the missing one is not counted
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("days", "number of customers")


def test_the_bars_of_stages_say_what_they_are_a_share_of():
    shares = pd.DataFrame({"customer_share": [1.0], "value_share": [1.0]}, index=["maturity"])
    said = [plots.plot_stages(shares, value_label=label).get_legend().get_texts()[1] for label in (None, "of profit")]
    assert [text.get_text() for text in said] == ["share of the money", "of profit"]


def test_a_stage_has_a_bar_of_customers_and_one_of_money_also_where_it_costs_money():
    customers, money = draw("plot_stages").containers
    assert [bar.get_height() for bar in customers] == [0.6, 0.4]
    assert [bar.get_height() for bar in money] == [1.1, -0.1]
    assert words(draw("plot_stages"))[:4] == ["60.0%", "40.0%", "110.0%", "−10.0%"]


def test_each_pair_is_in_one_bar_by_what_is_done_with_it():
    by_decision = [sum(bar.get_height() for bar in bars) for bars in draw("plot_link_weights").containers]
    assert by_decision == [2, 1, 1]  # apart, looked at, merged
    by_decision = [
        sum(bar.get_height() for bar in bars) for bars in draw("plot_link_weights", options=False).containers
    ]
    assert by_decision == [3, 1]
    empty = plots.plot_link_weights(EXAMPLES["plot_link_weights"][0].head(0))
    assert sum(bar.get_height() for bars in empty.containers for bar in bars) == 0


# --- the next purchase ---


def test_an_interval_goes_from_its_earliest_day_to_its_latest_and_without_one_to_the_edge():
    from matplotlib.dates import num2date

    ax = draw("plot_intervals")
    ends = [
        [num2date(day).strftime("%m-%d") for day, _ in path] for line in ax.collections for path in line.get_segments()
    ]
    assert ends == [["06-02", "06-09"], ["06-05", "06-20"]]
    assert [line.get_marker() for line in ax.get_lines()] == ["o", "x"]
    assert ax.yaxis_inverted()


def test_all_lots_are_drawn_and_the_truth_beside_zero():
    ax = draw("plot_lots")
    assert sum(bar.get_height() for bar in ax.patches) == 4
    assert [line.get_xdata()[0] for line in ax.get_lines()] == [0, 0.03]


def test_each_way_of_spreading_is_a_line_of_its_own_up_to_everybody():
    shares, _ = EXAMPLES["plot_adoption"]
    ax = plots.plot_adoption(shares)
    assert [line.get_ydata().tolist() for line in ax.lines] == [shares[name].tolist() for name in shares]
    assert len({line.get_linestyle() for line in ax.lines}) == 2
    assert ax.get_ylim() == (0, 1)


# --- credit ---


def test_points_got_missed_and_not_known_fill_the_points_of_the_item():
    ax = draw("plot_points")
    got, missed, unknown = ([bar.get_width() for bar in bars] for bars in ax.containers)
    assert (got, missed, unknown) == ([20, 1.5, 0], [0, 2.5, 0], [0, 0, 4])
    assert [bar.get_x() for bar in ax.containers[1]] == [20, 1.5, 0]  # what was missed begins where points end
    assert words(ax) == ["20 of 20", "1.5 of 4", "not known"]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["repayment of credit", "debt ratio", "litigation"]
    heights = [bar.get_y() for bar in ax.containers[0]]
    assert heights == sorted(heights, reverse=True)  # the first item on top
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["points", "missed", "not known"]


def test_points_are_of_one_customer():
    both = pd.concat({"ann": EXPLAINED, "bob": EXPLAINED})
    with pytest.raises(ValueError, match="explained must be the items of one customer, each once; got 6 rows with 3"):
        plots.plot_points(both)
    with pytest.raises(ValueError, match="explained must be the items of one customer"):
        plots.plot_points(both.droplevel(0))


def test_a_figure_of_points_stands_every_card_of_the_kit():
    from crmlib import scorecard

    for name in scorecard.list_scorecards().index:
        card = scorecard.load_scorecard(name)
        facts = pd.DataFrame({"repaid_share": [0.9]}, index=["ann"]).reindex(columns=card.fact_names)
        explained = credit.explain_scores(facts, card, as_of="2025-01-01")
        ax = plots.plot_points(explained.loc["ann"])
        assert words(ax).count("not known") == 19


def test_moves_have_their_number_and_share_and_an_empty_row_a_dash():
    ax = draw("plot_migration")
    assert words(ax)[:4] == ["2\n50%", "1\n25%", "0", "1\n25%"]  # of A: stayed, down, not rated, left
    assert words(ax)[4:8] == ["–"] * 4  # nobody was B
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "A\nn = 4",
        "B\nn = 0",
        "not rated\nn = 1",
        "new\nn = 0",
    ]
    assert [patch.get_xy() for patch in ax.patches] == [(-0.5, -0.5), (0.5, 0.5), (1.5, 1.5)]  # who stayed
    assert np.nan_to_num(ax.images[0].get_array()).tolist()[0] == [0.5, 0.25, 0, 0.25]
    language.use("zh")
    assert draw("plot_migration").get_xticklabels()[-1].get_text() == "流失"


def test_what_is_owed_above_a_limit_is_added_up_customer_by_customer():
    ax = draw("plot_limits")
    assert heights(ax) == [[90, 0], [30, 30]]  # in sum A owes less than its limits, and bob 30 more than his


def test_default_rates_have_their_counts_and_what_no_grade_can_reach_stands_at_the_edge():
    ax = draw("plot_default_rates")
    assert words(ax) == ["1 / 20", "0 / 4"]
    marks = [line for line in ax.lines if line.get_marker() == "^"]
    assert [float(at) for at in marks[0].get_ydata() if not np.isnan(at)] == [1.0]


def test_grades_are_shares_of_all_customers_with_those_not_rated():
    ax = draw("plot_grades")
    assert heights(ax) == [[0.75, 0], [0.15, 0], [0.1, 0]]
    assert words(ax) == ["75%", "15%", "10%", "n = 40", "n = 0"]
    assert [bars[0].get_hatch() for bars in ax.containers] == [None, None, "//"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["AAA", "C", "not rated"]
    colors = {
        bars[0].get_facecolor() for bars in plots.plot_grades(pd.DataFrame({"x": range(5)}, list("ABCDE"))).containers
    }
    assert len(colors) == 5


def test_what_is_owed_stands_by_age_with_its_share_the_oldest_below_and_apart():
    ax = draw("plot_ageing")
    assert [bar.get_width() for bar in ax.patches] == AGES["amount"].tolist()
    assert words(ax) == ["¥60 (60%)", "¥30 (30%)", "¥0 (0%)", "¥10 (10%)"]
    names = [text.get_text() for text in ax.get_yticklabels()]
    heights = [bar.get_y() for bar in ax.patches]
    assert names == list(AGES.index) and heights == sorted(heights, reverse=True)
    assert [bar.get_facecolor() for bar in ax.patches].count(ax.patches[1].get_facecolor()) == 2  # late; three looks
    assert max(text.get_window_extent().x1 for text in ax.texts) <= ax.get_window_extent().x1


def test_where_nothing_is_owed_the_ages_are_drawn_empty():
    ax = plots.plot_ageing(AGES.assign(amount=0.0, amount_share=np.nan))
    assert words(ax) == ["0 (–)"] * 4


def test_a_tornado_has_the_widest_row_on_top_and_counts_on_both_sides():
    ax = draw("plot_tornado")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["keeping of payments", "earnings", "operations"]
    assert [[bar.get_width() for bar in bars] for bars in ax.containers] == [[-9, -3, 0], [8, 4, 0]]
    assert words(ax) == ["9", "3", "0", "8", "4", "0"]
    assert ax.get_xlim()[0] == -ax.get_xlim()[1]
    with pytest.raises(ValueError, match="changes must have two columns"):
        plots.plot_tornado(pd.DataFrame({"less": [1]}))
    with pytest.raises(ValueError, match="numbers of at least 0"):
        plots.plot_tornado(pd.DataFrame({"less": [1], "more": [-2]}))


def test_what_came_stands_beside_what_was_before():
    ax = draw("plot_carry_forward")
    assert [[bar.get_height() for bar in bars] for bars in ax.containers] == [[-20, 5, 80], [-5, 6, 60], [-9, 8, 90]]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "2", "3"]
    assert ax.yaxis.get_major_formatter()(-20) == "−¥20"
    table = EXAMPLES["plot_carry_forward"][0].drop(columns="after_here")
    assert len(plots.plot_carry_forward(table).containers) == 2


def test_a_bar_of_sensitivity_goes_from_the_value_at_the_low_end_to_that_at_the_high():
    ax = draw("plot_sensitivity")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["retention rate", "discount rate", "yearly profit"]
    ends = [[bar.get_x() + bar.get_width() for bar in bars] for bars in ax.containers]
    assert ends == [[150, 280, 200], [400, 225, 300]]
    assert words(ax) == ["60.0%", "90.0%", "6.0%", "14.0%", "80", "120"]
    places = [text.get_position()[0] for text in ax.texts]
    assert places[2] > 280 and places[3] < 225  # a higher rate is worth less, and its end is written on the left
    assert ax.xaxis.get_major_formatter()(2000) == "¥2,000"
    flat = EXAMPLES["plot_sensitivity"][0].assign(value_at_low=250.0, value_at_high=250.0)
    assert len(plots.plot_sensitivity(flat).texts) == 6


# --- whether a score holds ---


def test_a_curve_is_its_table_with_auc_and_ks_beside_it():
    ax = draw("plot_roc")
    fitted, equal, coin = ax.get_lines()
    assert fitted.get_xydata().tolist() == CURVES_OF_SCORES["fitted"][["good_share", "bad_share"]].values.tolist()
    assert equal.get_xydata().tolist() == CURVES_OF_SCORES["equal"][["good_share", "bad_share"]].values.tolist()
    assert coin.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert len({line.get_linestyle() for line in (fitted, equal)}) == 2
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["fitted: AUC 0.833 (0.371 to 1.000)", "equal", "a coin"]
    assert words(ax) == ["KS 0.667 at 590"]
    (height,) = ax.collections[0].get_segments()
    assert height[:, 0].tolist() == pytest.approx([1 / 3, 1 / 3]) and height[:, 1].tolist() == pytest.approx([1 / 3, 1])
    assert draw("plot_roc", options=False).get_legend().get_texts()[0].get_text() == "fitted"


def test_groups_lie_where_they_were_predicted_and_what_came():
    ax = draw("plot_calibration")
    line, inside, outside = ax.get_lines()[0], *(bars.lines[0] for bars in ax.containers)
    assert line.get_xdata()[0] == line.get_ydata()[0] and line.get_xdata()[1] == line.get_ydata()[1]
    assert inside.get_xydata().tolist() == [[pytest.approx(0.1), 0.1]]
    assert outside.get_xydata().tolist() == [[pytest.approx(0.2), 0.6]]
    assert (inside.get_marker(), outside.get_marker()) == ("o", "D")
    table = EXAMPLES["plot_calibration"][0]
    (ends,) = ax.containers[1].lines[2][0].get_segments()
    assert ends[:, 1].tolist() == pytest.approx(table.loc[2, ["low_rate", "high_rate"]].tolist())


def test_each_grade_has_what_came_and_what_was_predicted():
    ax = draw("plot_grade_rates")
    table = EXAMPLES["plot_grade_rates"][0]
    came = ax.containers[0]
    assert came.lines[0].get_ydata().tolist() == table["bad_rate"].tolist() == [pytest.approx(1 / 6), 0.25]
    ends = [segment[:, 1].tolist() for segment in came.lines[2][0].get_segments()]
    assert np.array(ends) == pytest.approx(table[["low_rate", "high_rate"]].to_numpy())
    predicted = next(one for one in ax.collections if len(one.get_offsets()) == 2)
    assert predicted.get_offsets()[:, 1].tolist() == pytest.approx([0.1, 0.5])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["B\nn = 6", "C\nn = 4"]


def test_false_alarms_lie_beside_what_was_found_and_the_threshold():
    ax = draw("plot_false_alarms")
    assert sum(bar.get_height() for bar in ax.patches) == 3
    assert [line.get_xdata()[0] for line in ax.get_lines()] == [0.25, 0.15]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["threshold: 0.25", "found: 0.15"]
    assert ax.get_xlabel().endswith("(infinite in 1 draw)")
    assert draw("plot_false_alarms", options=False).get_lines()[0].get_xdata()[0] == 0.1


def test_evidence_has_its_weight_and_count_and_nothing_where_nobody_is():
    ax = draw("plot_evidence")
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(CARD.bins.loc["account", "woe"].head(2).tolist())
    assert [bar.get_hatch() for bar in ax.patches] == ["", "//"]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["yes", "no"]
    assert words(ax) == ["n = 40, bad 12.5%", "n = 40, bad 37.5%"]


def test_evidence_is_of_one_variable():
    with pytest.raises(ValueError, match="bins must be those of one variable; got 1. Choose one: bins.loc"):
        plots.plot_evidence(CARD.bins)


def test_then_and_now_stand_beside_each_other_and_nobody_is_said():
    ax = draw("plot_stability")
    table = EXAMPLES["plot_stability"][0]
    drawn = [[bar.get_height() for bar in bars] for bars in ax.containers]
    assert drawn == [table["share_before"].tolist(), table["share_after"].tolist()]
    assert drawn[1] == pytest.approx([2 / 6, 4 / 6, 0])
    assert words(ax) == ["+0.068", "+0.231", "nobody there"]
    assert [bars[0].get_hatch() for bars in ax.containers] == ["//", ""]


# --- hold-out ---


def test_forecasts_stand_beside_what_came():
    table, options = EXAMPLES["plot_holdout_totals"]
    ax = plots.plot_holdout_totals(table, **options)
    assert [line.get_ydata().tolist() for line in ax.lines] == [[10, 25], [12, 23], [15, 30]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["really", "model", "carried on"]
    assert len({line.get_linestyle() for line in ax.lines}) == 3  # told apart without color
    assert plots.plot_holdout_totals(table).get_xlabel() == "periods after the cut"


def test_groups_show_what_was_predicted_and_what_came():
    table, _ = EXAMPLES["plot_frequency_groups"]
    ax = plots.plot_frequency_groups(table)
    assert [bar.get_height() for bar in ax.patches] == [0.2, 3.0]
    assert ax.lines[0].get_ydata().tolist() == [0.3, 2.5]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["0", "1+"]
    table, _ = EXAMPLES["plot_alive_groups"]
    ax = plots.plot_alive_groups(table)
    assert [bar.get_height() for bar in ax.patches] == [0.3]
    assert [line.get_ydata().tolist() for line in ax.lines[:2]] == [[0.2], [0.25]]
    assert len(plots.plot_alive_groups(table.drop(columns="chance_rate")).lines) == len(ax.lines) - 1


def test_weights_have_their_intervals_and_the_bar_they_must_reach():
    ax = draw("plot_weights")
    zero, first, second = ax.get_lines()
    assert zero.get_xdata()[0] == 0
    assert (first.get_xdata().tolist(), second.get_xdata().tolist()[:1]) == ([0.4, -0.1], [0.2])
    assert np.isnan(second.get_xdata()[1])  # the other model has no such driver
    ends = [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()]
    assert ends == [[0.2, 0.6], [-0.3, 0.1]]
    assert [segment[0, 0] for segment in ax.collections[2].get_segments()] == [0.3, 0.2]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["with", "without", "needed to pay"]
    assert draw("plot_weights", options=False).get_legend() is None


def test_brands_lie_above_their_share():
    ax = draw("plot_repeat")
    line, dots = ax.get_lines()
    assert line.get_xdata().tolist() == line.get_ydata().tolist() == [0, 1]
    assert dots.get_xydata().tolist() == [[0.2, 0.5], [0.8, 0.9]]
    assert words(ax) == ["small", "large"]


def test_a_response_curve_has_its_cells_and_a_fitted_one_its_band():
    curves, options = EXAMPLES["plot_response"]
    ax = plots.plot_response(curves, **options)
    seen, win, keep = ax.lines
    assert seen.get_xdata().tolist() == [5, 20, 80] and seen.get_ydata().tolist() == [0.09, 0.26, 0.4]
    assert len(ax.collections) == 1  # the band of the fitted curve only
    assert (win.get_ydata()[0], keep.get_ydata()[0]) == (0, 0.6)
    assert ax.get_xlim() == (0, pytest.approx(84)) and ax.get_ylim()[0] == 0
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["win", "keep"]


def test_no_ratio_of_costs_is_cut_and_the_claim_has_its_line():
    ax = plots.plot_cost_ratios(RATIOS, claim=5)
    assert [line.get_ydata().tolist() for line in ax.lines[:2]] == [[0.8, 12.0], [0.5, 2.0]]
    assert set(ax.lines[3].get_ydata()) == {5} and ax.get_yscale() == "log"
    assert ax.get_ylim()[0] < 0.5 and ax.get_ylim()[1] > 12
    assert ax.get_legend().get_texts()[-1].get_text() == "the claim: 5 times"


def svg_of(ax):
    drawn = io.StringIO()
    ax.figure.savefig(drawn, format="svg")
    return drawn.getvalue()


def test_a_curve_of_many_customers_is_drawn_by_some_of_its_points():
    spent = pd.Series(np.random.default_rng(1).lognormal(3, 2, 300_000))
    curve = concentration.lorenz_curve(spent)
    for ax in (plots.plot_lorenz(curve, best=0.2), plots.plot_lorenz_curves({"shop": curve})):
        line = next(line for line in ax.get_lines() if len(line.get_xdata()) > 5)
        x, y = line.get_data()
        assert len(x) < 1_100
        assert np.isin(x, curve["customer_share"]).all()
        assert np.isin(y, curve["value_share"]).all()
        # Between two points drawn no true one is farther off than a line is wide.
        off = np.interp(curve["customer_share"], x, y) - curve["value_share"]
        assert off.abs().max() < 0.002
        assert len(svg_of(ax)) < 200_000


def test_a_whale_of_many_customers_keeps_its_peak_and_its_total():
    earned = pd.Series(np.random.default_rng(1).normal(2, 10, 300_000))
    curve = profitability.whale_curve(earned, shares=False)
    ax = plots.plot_whale(curve)
    ends = [line.get_ydata() for line in ax.get_lines()]
    assert max(map(max, ends)) == curve["profit"].max()
    assert any(len(line) > 100 and line[-1] == curve["profit"].iloc[-1] for line in ends)
    assert len(svg_of(ax)) < 200_000


def test_a_histogram_of_many_customers_is_counted_before_it_is_drawn():
    ax = plots.plot_spending(pd.Series(np.random.default_rng(1).lognormal(3, 2, 300_000)))
    assert len(ax.patches) == 30
    assert len(svg_of(ax)) < 200_000
