"""What sources of prospects cost and brought, and the share of yes by group: by hand, by mistake."""

import re

import numpy as np
import pandas as pd
import pytest

from crmlib import leads, prospects


def test_the_share_of_yes_by_group_has_the_interval_of_the_hazard():
    won, calls = pd.Series([True, True, False, False, True]), pd.Series([1, 1, 1, 1, 2])
    found = leads.yes_shares(won, pd.Series(["a", "a", "a", "a", None], name="lot"))
    assert found.loc["a", ["n", "n_won", "yes_share"]].tolist() == [4, 2, 0.5]
    of_calls = prospects.call_hazard(calls[:4], won[:4]).loc[1]
    assert found.loc["a", ["low_share", "high_share"]].tolist() == pytest.approx(of_calls[["low", "high"]].tolist())
    assert found.index.name == "lot"
    with pytest.raises(ValueError, match="won must be known of everyone in a group; of 1 of 2 it is not"):
        leads.yes_shares(pd.Series([True, None]), pd.Series(["a", "a"]))


LEADS = pd.DataFrame(
    {
        "prospect_id": ["a", "b", "c", "d"],
        "source": ["ad", "ad", "ad", "fair"],
        "found_date": pd.to_datetime(["2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01"]),
        "outcome": ["won", "won", "given up", "open"],
        "order_margin": [500.0, 300.0, np.nan, np.nan],
    }
)
CALLS = pd.DataFrame({"prospect_id": ["a", "a", "c", "z"], "cost": [10.0, 5.0, 40.0, 999.0]})
COSTS = pd.DataFrame({"source": ["ad", "ad", "fair"], "year": [2024, 2025, 2025], "cost": [100.0, 250.0, 80.0]})


def test_nobody_and_everybody_said_yes():
    found = leads.yes_shares(pd.Series([True] * 4 + [False] * 4), pd.Series(["a"] * 4 + ["b"] * 4))
    assert found["yes_share"].tolist() == [1, 0]
    assert found["high_share"]["a"] == 1 and found["low_share"]["b"] == 0
    # Wilson: z^2 / (n + z^2), of four.
    assert found["high_share"]["b"] == pytest.approx(1.959964**2 / (4 + 1.959964**2), abs=1e-6)


def test_a_source_costs_what_finding_and_calling_cost():
    before = LEADS.copy()
    found = leads.source_return(LEADS, CALLS, COSTS)
    assert found.index.tolist() == [("ad", 2024), ("ad", 2025), ("fair", 2025)]
    assert found["n_leads"].tolist() == [1, 2, 1] and found["n_won"].tolist() == [1, 1, 0]
    assert found["margin"].tolist() == [500, 300, 0]
    assert found["cost_of_calls"].tolist() == [15, 40, 0]  # the call to z is nobody's here
    assert found["cost"].tolist() == [115, 290, 80]
    pd.testing.assert_frame_equal(LEADS, before)


def test_a_source_whose_cost_is_not_known_is_refused():
    with pytest.raises(ValueError, match=re.escape("a prospect was found; ('fair', 2025) is not there")):
        leads.source_return(LEADS, CALLS, COSTS.head(2))
    with pytest.raises(ValueError, match=r"contacts must have the columns .* missing \['cost'\]"):
        leads.source_return(LEADS, CALLS.drop(columns="cost"), COSTS)


def test_the_gap_of_two_shares_has_the_interval_of_newcombes_table():
    """Newcombe (1998), table II, method 10: 56 of 70 and 48 of 80, 9 of 10 and 3 of 10, 10 of 10 and none of 10."""
    published = {(56, 70, 48, 80): (0.0524, 0.3339), (9, 10, 3, 10): (0.1705, 0.8090), (10, 10, 0, 10): (0.6075, 1.0)}
    for (won, n, other_won, other_n), wanted in published.items():
        shares = pd.DataFrame({"n": [n, other_n], "n_won": [won, other_won]}, index=["one", "other"])
        found = leads.share_gap(shares, "one", "other")
        assert found[1:] == pytest.approx(wanted, abs=6e-5)
        assert found.gap == pytest.approx(won / n - other_won / other_n)
