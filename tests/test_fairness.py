"""Gaps of a decision between two groups: real applications, by hand, by law, by mistake."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import credit, datasets, fairness, language

APPROVED = pd.Series([True, True, False, True, False, False, True, True])
GROUP = pd.Series([True] * 4 + [False] * 4)
IS_BAD = pd.Series([False, False, True, True] * 2)


def test_the_shares_of_boston_are_the_published_ones():
    # Wooldridge, loanapp: white .9084, other .7078 (libraries: 1,989 applications).
    loans = datasets.load_mortgages()
    row = fairness.decision_gap(loans["is_approved"], loans["group"] != "white").loc["all applicants"]
    assert (round(row["rate_in"], 4), round(row["rate_out"], 4)) == (0.7078, 0.9084)
    assert row["low_rate_gap"] < row["rate_gap"] < row["high_rate_gap"] < -0.1
    assert row["ratio"] == pytest.approx(0.7078 / 0.9084, abs=1e-4)


def test_gaps_by_hand():
    # In the group 3 of 4 are approved, out of it 2 of 4; of the good 2 of 2 and 0 of 2; of the bad 1 of 2 and 2 of 2.
    found = fairness.decision_gap(APPROVED, GROUP, is_bad=IS_BAD)
    assert found.index.tolist() == ["all applicants", "those who paid", "those who did not"]
    assert found[["n_in", "n_out"]].values.tolist() == [[4, 4], [2, 2], [2, 2]]
    assert found["rate_in"].tolist() == [0.75, 1, 0.5]
    assert found["rate_out"].tolist() == [0.5, 0, 1]
    assert found["rate_gap"].tolist() == [0.25, 1, -0.5]
    assert found["ratio"].tolist()[::2] == [1.5, 0.5] and np.isnan(found["ratio"].iloc[1])


def test_the_interval_is_newcombes():
    # Newcombe 1998, table II, example (a): 56 of 70 and 48 of 80, method 10: 0.0524 to 0.3339.
    approved = pd.Series([True] * 56 + [False] * 14 + [True] * 48 + [False] * 32)
    row = fairness.decision_gap(approved, pd.Series([True] * 70 + [False] * 80)).loc["all applicants"]
    assert (round(row["low_rate_gap"], 4), round(row["high_rate_gap"], 4)) == (0.0524, 0.3339)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=30))
def test_the_gap_turns_with_the_group_and_stays_in_its_interval(pairs):
    approved = pd.Series([one for one, _ in pairs] + [True, False])
    group = pd.Series([one for _, one in pairs] + [True, False])
    there, back = (fairness.decision_gap(approved, one).loc["all applicants"] for one in (group, ~group))
    assert there["rate_gap"] == pytest.approx(-back["rate_gap"])
    assert (there["low_rate_gap"], there["high_rate_gap"]) == pytest.approx(
        (-back["high_rate_gap"], -back["low_rate_gap"])
    )
    assert there["low_rate_gap"] - 1e-9 <= there["rate_gap"] <= there["high_rate_gap"] + 1e-9


def test_a_gap_of_nobody_is_missing():
    found = fairness.decision_gap(APPROVED, GROUP, is_bad=GROUP & IS_BAD)
    assert found.loc["those who did not", "n_out"] == 0
    assert found.loc["those who did not", ["rate_out", "rate_gap", "low_rate_gap", "ratio"]].isna().all()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((APPROVED, GROUP | True), "is_in_group must be true for some and false for others"),
        ((APPROVED.astype(int), GROUP), "is_approved must be true or false for each row; it holds 1"),
        ((APPROVED, GROUP.head(7)), "is_in_group must be a Series with the index of the others"),
    ],
)
def test_mistakes_are_told(given, message):
    with pytest.raises(ValueError, match=message):
        fairness.decision_gap(*given)
    with language.speaking("zh"), pytest.raises(ValueError, match="[\u4e00-\u9fff]"):
        fairness.decision_gap(*given)
    with pytest.raises(ValueError, match="level must be a number between 0 and 1"):
        fairness.decision_gap(APPROVED, GROUP, level=0)


# --- several decisions, and as many approved ---


def test_gaps_of_several_decisions_are_those_of_each():
    decisions = {"lender": APPROVED, "coin": ~APPROVED}
    found = fairness.compare_gaps(decisions, GROUP)
    for name, one in decisions.items():
        alone = fairness.decision_gap(one, GROUP).loc["all applicants"]
        assert found.loc[name].astype(float).tolist() == pytest.approx(alone.astype(float).tolist())
    assert found.index.name == "decision" and found[["n_in", "n_out"]].dtypes.astype(str).tolist() == ["int64"] * 2
    with pytest.raises(ValueError, match="decisions must name at least one decision"):
        fairness.compare_gaps({}, GROUP)


@given(st.lists(st.integers(400, 420), min_size=1, max_size=30), st.data())
def test_as_many_are_approved_as_asked_and_nobody_below_one_who_is_refused(scores, data):
    score, n_approved = pd.Series(scores), data.draw(st.integers(0, len(scores)))
    approved = fairness.approve_best(score, n_approved=n_approved)
    assert approved.sum() == n_approved
    assert score[approved].min() >= score[~approved].max() or n_approved in (0, len(scores))


def test_of_equal_scores_who_stands_first_is_approved():
    assert fairness.approve_best(pd.Series([500, 500, 500]), n_approved=2).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("score", "n_approved", "message"),
    [
        ([500.0, 400.0], 3, "n_approved must not be more than the 2 applicants; got 3"),
        ([500.0, 400.0], -1, "n_approved must be a whole number of at least 0"),
        ([500.0, None], 1, "score"),
    ],
)
def test_who_cannot_be_approved_is_told(score, n_approved, message):
    with pytest.raises(ValueError, match=message):
        fairness.approve_best(pd.Series(score), n_approved=n_approved)


def test_a_card_without_the_fields_still_decides_unequally():
    # Learned from half of the decisions of Boston without race, sex and family, tried on the other half.
    loans = datasets.load_mortgages()
    fields, is_other = loans.loc[:, "is_schooled":], loans["group"] != "white"
    assert not {"group", "is_male", "is_married", "n_dependents", "is_approved"} & {*fields.columns}
    for seed in range(3):
        learn = loans.sample(frac=0.5, random_state=seed).index
        card = credit.fit_scorecard(fields.loc[learn], ~loans.loc[learn, "is_approved"])
        test = loans.drop(learn)
        by_card = fairness.approve_best(card.score(test), n_approved=int(test["is_approved"].sum()))
        gaps = fairness.compare_gaps({"lender": test["is_approved"], "card": by_card}, is_other.drop(learn))
        assert gaps.loc["card", "high_rate_gap"] < 0
