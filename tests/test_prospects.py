"""MAN in eight cells, yes by number of the call, when to stop: by hand, by law, by mistake, on real counts."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import language, prospects

# UCI Bank Marketing (Moro, Cortez & Rita 2014, doi:10.24432/C5K306), all 45,211 people: `campaign` is the number of
# calls, `y` the answer to the last. Called at least so often, and yes at that call, for calls 1 to 12.
CALLED = [45211, 27667, 15162, 9641, 6119, 4355, 3064, 2329, 1789, 1462, 1196, 995]
YES = [2561, 1401, 618, 317, 139, 92, 47, 32, 21, 14, 16, 4]
PRINTED = [0.0566, 0.0506, 0.0408, 0.0329, 0.0227, 0.0211, 0.0153, 0.0137, 0.0117, 0.0096, 0.0134, 0.0040]
chances = st.lists(st.integers(0, 1000).map(lambda n: n / 1000), min_size=1, max_size=15)


def by_call(chance):
    return pd.Series(chance, index=range(1, len(chance) + 1))


# --- money, authority, need ---

EIGHT = pd.DataFrame(list(itertools.product([True, False], repeat=3)), columns=["money", "authority", "need"])


def test_the_eight_cells_by_hand():
    found = prospects.man_cells(EIGHT)
    assert found["cell"].astype(str).tolist() == ["MAN", "MAn", "MaN", "Man", "mAN", "mAn", "maN", "man"]
    assert found["n_met"].tolist() == [3, 2, 2, 1, 2, 1, 1, 0]
    assert found["action"].nunique() == 8
    assert found.loc[0, "action"].startswith("Visit now")
    assert found.loc[7, "action"].startswith("Do not call")
    assert found["cell"].value_counts(sort=False).index.tolist() == list(prospects.CELLS)


def test_the_actions_are_said_in_the_language_in_use():
    english = prospects.man_cells(EIGHT)
    language.use("zh")
    chinese = prospects.man_cells(EIGHT)
    assert (chinese["action"] != english["action"]).all()
    pd.testing.assert_frame_equal(chinese.drop(columns="action"), english.drop(columns="action"))


def test_a_score_on_its_threshold_is_met_and_results_keep_the_index():
    table = pd.DataFrame({"money": [60, 59.9], "authority": [0, 1], "need": [True, True]}, index=["b", "a"])
    before = table.copy()
    found = prospects.man_cells(table, thresholds={"money": 60, "authority": 1})
    assert found["cell"].to_dict() == {"b": "MaN", "a": "mAN"}
    pd.testing.assert_frame_equal(table, before)


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=20), st.tuples(*[st.integers(0, 9)] * 3))
def test_a_higher_threshold_is_met_by_fewer(rows, cuts):
    table = pd.DataFrame(rows, columns=["money", "authority", "need"])
    low = prospects.man_cells(table, thresholds=dict(zip(table.columns, cuts, strict=True)))
    high = prospects.man_cells(table, thresholds={name: cut + 1 for name, cut in zip(table.columns, cuts, strict=True)})
    assert (high["n_met"] <= low["n_met"]).all()
    for name in table.columns:
        assert (low[name] == (low["cell"].astype(str).str.contains(name[0].upper()))).all()


# --- yes by number of the call ---


def test_the_hazard_by_hand():
    # Six prospects: yes at calls 1 and 3; given up after 1, 2, 2 and 4.
    found = prospects.call_hazard(pd.Series([1, 3, 1, 2, 2, 4]), pd.Series([True, True, False, False, False, False]))
    assert found["n_called"].tolist() == [6, 4, 2, 1]
    assert found["n_won"].tolist() == [1, 0, 1, 0]
    assert found["hazard"].tolist() == [1 / 6, 0, 1 / 2, 0]
    assert found.index.name == "call"


def rows_of(called, yes):
    """One row per person, from the counts."""
    ended = -np.diff([*called, 0])
    n_calls = np.repeat(np.arange(1, len(called) + 1), ended)
    won = np.concatenate([np.arange(n) < n_yes for n, n_yes in zip(ended, yes, strict=True)])
    return pd.Series(n_calls), pd.Series(won)


def test_the_hazard_of_the_bank_is_published():
    # Those called more often than 12 times stand at 12 here, so that their yes is not seen.
    found = prospects.call_hazard(*rows_of(CALLED, YES))
    assert found["n_called"].tolist() == CALLED
    assert found["hazard"].round(4).tolist() == PRINTED


def test_the_interval_is_published():
    # Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 857-872,
    # table I, method 3 (Wilson without correction).
    for n_won, n, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        row = prospects.call_hazard(pd.Series([1] * n), pd.Series(np.arange(n) < n_won)).loc[1]
        assert (round(row["low"], 4), round(row["high"], 4)) == (low, high)


@given(st.lists(st.tuples(st.integers(1, 8), st.booleans()), min_size=1, max_size=40))
def test_hazards_give_back_who_was_won(rows):
    n_calls, won = pd.Series([row[0] for row in rows]), pd.Series([row[1] for row in rows])
    found = prospects.call_hazard(n_calls, won)
    assert found["n_won"].sum() == won.sum()
    assert found["n_called"].iloc[0] == len(rows)
    assert ((found["low"] <= found["hazard"]) & (found["hazard"] <= found["high"])).all()
    pd.testing.assert_frame_equal(prospects.call_hazard(n_calls[::-1], won), found)


# --- when to stop ---


def best_of(chance, margin, cost):
    table = prospects.best_stop(by_call(chance), margin=margin, cost_per_call=cost)
    assert table["is_best"].sum() == 1
    return int(table["is_best"].idxmax())


def test_when_to_stop_by_hand():
    # A yes brings 50, a call costs 4. Call 1: .2 * 50 - 4 = 6. Call 2: of .8, .1 * 50 - 4 = 1, so .8.
    # Call 3: of .72, .05 * 50 - 4 = -1.5, so -1.08.
    table = prospects.best_stop(by_call([0.2, 0.1, 0.05]), margin=50, cost_per_call=4)
    assert table["open_share"].round(12).tolist() == [1, 1, 0.8, 0.72]
    assert table["call_profit"].round(12).tolist() == [0, 6, 0.8, -1.08]
    assert table["profit"].round(12).tolist() == [0, 6, 6.8, 5.72]
    assert table["sold_share"].round(12).tolist() == [0, 0.2, 0.28, 0.316]
    assert table.index[table["is_best"]].tolist() == [2]


def test_a_call_that_does_not_pay_may_open_the_way():
    # The first call costs 4 and sells nothing; the second brings .5 * 50 - 4 = 21.
    assert best_of([0.0, 0.5], 50, 4) == 2
    assert best_of([0.0, 0.1], 50, 4) == 0  # -4 + 1: never


def test_of_equally_good_stops_the_shortest():
    assert best_of([0.1, 0.1, 0.1], 40, 4) == 0
    assert best_of([0.5, 0.08, 0.08], 50, 4) == 1


@given(chances, st.integers(1, 500), st.integers(0, 50))
def test_the_best_stop_is_the_best_of_all_plans(chance, margin, cost):
    def worth(n):  # by following each prospect: the chance to be won at each call, and the calls paid until then
        total, is_open = 0.0, 1.0
        for one in chance[:n]:
            total += is_open * (one * margin - cost)
            is_open *= 1 - one
        return total

    worths = [worth(n) for n in range(len(chance) + 1)]
    assert worths[best_of(chance, margin, cost)] == pytest.approx(max(worths), abs=1e-6)


@given(chances, st.integers(1, 500), st.integers(1, 50), st.integers(2, 5))
def test_more_margin_or_cheaper_calls_never_shorten_it_and_the_currency_does_not_matter(chance, margin, cost, times):
    stop = best_of(chance, margin, cost)
    assert best_of(chance, margin * times, cost) >= stop
    assert best_of(chance, margin, cost / times) >= stop
    assert best_of(chance, margin * times, cost * times) == stop


@given(chances, st.integers(1, 500), st.integers(1, 50))
def test_where_chances_fall_the_last_call_that_pays_is_the_best_stop(chance, margin, cost):
    falling = sorted((min(one, 0.5) for one in chance), reverse=True)  # of one in a million open a gain is dust
    assert best_of(falling, margin, cost) == sum(one * margin > cost + 1e-9 * margin for one in falling)


def test_twelve_calls_are_no_law():
    """At the bank, 2, 6 or 11 calls are best where a yes is worth 20, 50 or 100 calls; 12 are at no price tried."""
    hazard = [yes / called for yes, called in zip(YES, CALLED, strict=True)]
    assert [best_of(hazard, ratio, 1) for ratio in (10, 20, 50, 100)] == [0, 2, 6, 11]
    assert [best_of(hazard, ratio, 1) for ratio in range(20, 240, 10)].count(12) == 0
    # A hazard made for it: 12 is what it gives at one margin, and not at the next.
    made = [0.1 * 0.8**n for n in range(40)]
    assert [best_of(made, margin, 1) for margin in (60, 120, 150, 300)] == [9, 12, 13, 16]


def test_only_the_quotient_of_margin_and_cost_moves_the_stop():
    hazard = by_call([yes / called for yes, called in zip(YES, CALLED, strict=True)])
    found = prospects.best_stops({"bank": hazard, "half": hazard / 2}, pays_for=[20, 50, 100])
    assert found.index.name == "pays_for"
    assert found["bank"].tolist() == [best_of(hazard.tolist(), 5 * one, 5) for one in (20, 50, 100)] == [2, 6, 11]
    assert found["half"].tolist() == [0, *prospects.best_stops({"": hazard}, pays_for=[25, 50])[""]]


# --- by mistake ---


@pytest.mark.parametrize(
    ("change", "thresholds", "message"),
    [
        ({"need": 3}, None, "must be true or false; it holds 3. Of scores, say from which on it is met: thresholds={"),
        ({"need": "yes"}, None, "need must be true or false; it holds 'yes'"),
        ({"need": [None] + [True] * 7}, None, "need must be known of everyone; of 1 of 8 it is not, the first 0"),
        ({"money": [np.nan] + [1.0] * 7}, {"money": 1}, "every money of prospects must be a number; 1 of 8 are not"),
        ({}, {"money": 1}, "thresholds are for scores; money is true or false already"),
        ({}, {"budget": 1}, "each of thresholds must be one of ['money', 'authority', 'need']; got 'budget'"),
        ({"money": 5}, {"money": "high"}, "money must be a number"),
    ],
)  # fmt: skip
def test_conditions_that_are_none(change, thresholds, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        prospects.man_cells(EIGHT.assign(**change), thresholds=thresholds)


def test_a_condition_that_is_not_there():
    with pytest.raises(ValueError, match=r"prospects must have the columns .* missing \['authority'\]"):
        prospects.man_cells(EIGHT.drop(columns="authority"))


@pytest.mark.parametrize(
    ("n_calls", "won", "message"),
    [
        ([], [], "the same prospects, at least one; got 0 and 0"),
        ([1, 2], [True], "the same prospects, at least one; got 2 and 1"),
        ([0, 2], [True, False], "n_calls must be whole numbers from 1 on; one is 0. Leave out who got none."),
        ([1.5, 2], [True, False], "n_calls must be whole numbers from 1 on; one is 1.5"),
        ([1, 2], [True, None], "won must be known of everyone; of 1 of 2 it is not"),
        ([1, 2], ["yes", "no"], "won must be true or false; it holds 'yes'"),
    ],
)
def test_calls_that_are_none(n_calls, won, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        prospects.call_hazard(pd.Series(n_calls), pd.Series(won))


@pytest.mark.parametrize(
    ("hazard", "options", "message"),
    [
        ([], {}, "hazard must be a Series by number of the call, 1, 2, 3 ...; got []"),
        ([0.1, 1.5], {}, "hazard must lie between 0 and 1; got 1.5. 20 % is 0.2."),
        ([0.1, np.nan], {}, "every hazard of hazard must be a number"),
        ([0.1], {"margin": 0}, "margin must be a number above 0; got 0"),
        ([0.1], {"cost_per_call": -1}, "cost_per_call must be a number of at least 0; got -1"),
    ],
)
def test_hazards_and_money_that_are_none(hazard, options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        prospects.best_stop(by_call(hazard), **{"margin": 100, "cost_per_call": 5} | options)


def test_a_hazard_that_is_not_by_call():
    with pytest.raises(ValueError, match=r"got \[0, 1\]. For example call_hazard"):
        prospects.best_stop(pd.Series([0.1, 0.2]), margin=1, cost_per_call=1)
    with pytest.raises(ValueError, match="got list"):
        prospects.best_stop([0.1, 0.2], margin=1, cost_per_call=1)


def test_scores_by_their_longer_names_and_one_threshold_for_all():
    scores = pd.DataFrame({"money": [60, 59], "authority": [10, 90], "need": [61, 60]})
    each = prospects.man_cells(scores, thresholds={"money": 60, "authority": 60, "need": 60})
    assert each["cell"].tolist() == ["MaN", "mAN"]
    pd.testing.assert_frame_equal(prospects.man_cells(scores.add_suffix("_score"), thresholds=60), each)
    with pytest.raises(ValueError, match="thresholds are for scores; money is true or false already"):
        prospects.man_cells(scores > 60, thresholds=60)


def test_profits_of_several_hazards_stand_side_by_side():
    long, short = pd.Series([0.10, 0.08, 0.05], index=[1, 2, 3]), pd.Series([0.02], index=[1])
    found = prospects.stop_profits({"long": long, "short": short}, margin=100, cost_per_call=6)
    assert found["long"].tolist() == prospects.best_stop(long, margin=100, cost_per_call=6)["profit"].tolist()
    assert found["short"].tolist()[:2] == pytest.approx([0, -4])
    assert found["short"].isna().tolist() == [False, False, True, True]
    assert found.index.name == "n_calls"
