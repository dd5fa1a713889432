"""Growth as the sum of what came, rose, fell and went."""

import pandas as pd
import pytest

from crmlib import growth
from crmlib.growth import GROUPS, assign_groups, growth_table

BEFORE = pd.Series({"a": 900.0, "b": 250, "c": 120, "d": 120, "e": 80, "f": 60, "z": 0})
AFTER = pd.Series({"a": 700.0, "b": 400, "d": 120, "e": 60, "g": 90, "h": 30, "f": -5, "z": 0})


def test_everybody_is_in_the_group_of_their_two_periods():
    wanted = {"a": "fell", "b": "raised", "c": "gone", "d": "same", "e": "fell", "f": "gone"}
    assert assign_groups(BEFORE, AFTER).to_dict() == {**wanted, "g": "acquired", "h": "acquired"}


def test_who_is_a_customer_of_neither_period_is_left_out_and_the_order_of_the_rows_does_not_matter():
    group = assign_groups(BEFORE[::-1], AFTER.sample(frac=1, random_state=1))
    assert "z" not in group.index
    assert group.equals(assign_groups(BEFORE, AFTER))


def test_groups_are_ordered_from_gone_to_acquired():
    group = assign_groups(BEFORE, AFTER)
    assert group.index[group >= "raised"].tolist() == ["b", "g", "h"]


def test_the_parts_add_up_to_the_growth_of_sales():
    table = growth_table(BEFORE, AFTER)
    assert table.index.tolist() == list(GROUPS)
    assert table["change"].tolist() == [120, 150, 0, -220, -180]
    assert table["n_customers"].tolist() == [2, 1, 1, 2, 2]
    assert table["change"].sum() == AFTER.clip(lower=0).sum() - BEFORE.sum()
    assert (table["after"] - table["before"]).equals(table["change"])


def test_a_first_period_without_anybody_makes_all_of_them_acquired():
    assert set(assign_groups(pd.Series(dtype=float), AFTER)) == {"acquired"}


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (pd.Series({"a": 1.0, "b": None}), "missing"),
        (pd.Series([1.0, 2.0], index=["a", "a"]), "once"),
    ],
)
def test_a_period_that_is_not_one_value_per_customer_is_refused(before, message):
    with pytest.raises(ValueError, match=message):
        growth_table(before, AFTER)


def test_two_periods_without_a_customer_are_refused():
    with pytest.raises(ValueError, match="somebody must have spent more than 0"):
        assign_groups(pd.Series({"a": 0.0}), pd.Series({"a": -1.0}))


def test_before_and_after_by_hand():
    lines = pd.DataFrame({"customer_id": list("abbac"), "amount": [10.0, 20, 5, -4, 7]})
    lines["order_date"] = pd.to_datetime(["2024-12-31", "2024-06-01", "2025-01-01", "2025-03-01", "2025-02-01"])
    both = growth.before_and_after(lines, "2025-01-01")
    assert both["before"].to_dict() == {"a": 10.0, "b": 20.0, "c": 0.0}
    assert both["after"].to_dict() == {"a": -4.0, "b": 5.0, "c": 7.0}
    assert both.index.name == "customer_id"


SPENT = pd.Series({"v": 100.0, "w": 200.0, "m": 79.9, "n": 80.0, "o": 95.0, "r": 60.0})
TIER = pd.Series({"v": "VIP", "w": "VIP", "m": "major", "n": "major", "o": "major", "r": "regular"})


def test_a_rule_for_rising_by_hand():
    # The line is 80 % of v's 100: n and o are chosen. m and o rise; r rises from below, x is new.
    later = pd.Series({"m": "VIP", "o": "VIP", "r": "VIP", "x": "VIP", "w": "VIP", "v": "major"})
    found = growth.try_rule(SPENT, TIER, later)
    assert found.to_dict() == {"n_major": 3, "n_rose": 2, "n_chosen": 2, "n_right": 1, "n_new_vip": 4}


def test_a_rule_with_another_share_chooses_others():
    assert growth.try_rule(SPENT, TIER, TIER, share=0.799)["n_chosen"] == 3
    assert growth.try_rule(SPENT, TIER, TIER, share=1)["n_chosen"] == 0


def test_a_rule_without_a_top_tier_is_refused():
    with pytest.raises(ValueError, match="somebody must be VIP in the first period"):
        growth.try_rule(SPENT, TIER[TIER != "VIP"], TIER)
    with pytest.raises(ValueError, match="share"):
        growth.try_rule(SPENT, TIER, TIER, share=80)
