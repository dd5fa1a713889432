"""Links reviewed: thresholds that cost least, quality that counts what was never compared, and mistakes."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib.review import link_quality, review_thresholds


@given(false_merge=st.floats(0.01, 1e6), missed=st.floats(0.01, 1e6), review=st.floats(0, 1e6), chance=st.floats(0, 1))
def test_the_thresholds_choose_what_costs_least(false_merge, missed, review, chance):
    found = review_thresholds(false_merge=false_merge, missed_duplicate=missed, review=review)
    costs = {"leave": chance * missed, "review": review, "merge": (1 - chance) * false_merge}
    choice = "leave" if chance < found.lower else "merge" if chance >= found.upper else "review"
    assert costs[choice] <= min(costs.values()) * (1 + 1e-9) + 1e-9
    assert 0 <= found.lower <= found.upper <= 1


def test_quality_counts_what_blocking_missed():
    pairs = pd.DataFrame({"id_left": ["a", "a", "c"], "id_right": ["b", "c", "d"], "probability": [0.95, 0.6, 0.4]})
    truth = pd.DataFrame({"x": ["b", "d", "e", "g"], "y": ["a", "c", "f", "h"]})
    found = link_quality(pairs, truth, thresholds=[0.4, 0.5, 0.99])
    assert found["n_linked"].tolist() == [3, 2, 0]
    assert found["n_correct"].tolist() == [2, 1, 0]
    assert found["n_false"].tolist() == [1, 1, 0]
    assert found["n_missed"].tolist() == [2, 3, 4]
    assert found["n_never_compared"].tolist() == [2, 2, 2]
    assert found["recall"].tolist() == [0.5, 0.25, 0.0]
    assert found["precision"].tolist()[:2] == [2 / 3, 0.5]
    assert math.isnan(found["precision"].iloc[2])


def test_what_is_no_cost_and_no_truth_is_refused():
    with pytest.raises(ValueError, match="false_merge must be a number above 0"):
        review_thresholds(false_merge=0, missed_duplicate=1, review=1)
    pairs = pd.DataFrame({"id_left": ["a"], "id_right": ["b"], "probability": [0.9]})
    with pytest.raises(ValueError, match="truth must have two columns"):
        link_quality(pairs, pd.DataFrame({"name": ["Ann"]}))
