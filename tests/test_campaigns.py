"""What a message adds, and tests by lot: by hand, by law, by contract."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from crmlib.campaigns import message_gain, repeat_lots

SPENT = pd.Series([60.0, 0, 0, 20, 0, 0, 0, 40])  # three of eight come anyway, for 40 on average


def test_a_coupon_by_hand():
    # Five stay away, one in five follows: one more, who leaves 0.25 * 40. A coupon of 2 for four, a message for eight.
    found = message_gain(SPENT, follow=0.2, margin=0.25, per_message=0.5, per_coupon=2.0)
    assert found.to_dict() == {"n_came": 3, "n_more": 1, "gain": 10, "cost": 12, "gain_less_cost": -2}


def test_nothing_sent_is_nothing_gained():
    assert message_gain(SPENT, follow=0, margin=0.25)[["n_more", "gain", "cost", "gain_less_cost"]].eq(0).all()
    assert message_gain(SPENT * 0, follow=0, margin=0.25)["gain"] == 0
    assert np.isnan(message_gain(SPENT * 0, follow=0.1, margin=0.25)["gain_less_cost"])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"follow": 2}, "follow"), ({"margin": 25}, "margin"), ({"per_coupon": -2}, "per_coupon must not be below 0")],
)
def test_what_cannot_be_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        message_gain(SPENT, **({"follow": 0.1, "margin": 0.25} | wrong))
    with pytest.raises(ValueError, match="spent must not be below 0; got -1"):
        message_gain(pd.Series([-1.0, 2.0]), follow=0.1, margin=0.25)


def test_lots_say_what_all_halves_of_a_few_would_say():
    with_it, without_it = pd.Series([True, True, False, True, False]), pd.Series([True, False, False, False, False])
    halves = [list(half) for half in combinations(range(5), 2)]
    possible = {round(with_it[half].mean() - without_it.drop(half).mean(), 9) for half in halves}
    found = repeat_lots(with_it, without_it, n_times=300, seed=1)
    assert set(found.round(9)) == possible
    assert found.mean() == pytest.approx(0.4, abs=0.05)  # two of five follow


def test_lots_of_money_and_the_same_seed():
    found = repeat_lots(SPENT + 1, SPENT, n_times=2000, seed=3)
    assert found.mean() == pytest.approx(1, abs=1.5) and found.std() > 5
    assert found.equals(repeat_lots(SPENT + 1, SPENT, n_times=2000, seed=3))
    assert not found.equals(repeat_lots(SPENT + 1, SPENT, n_times=2000, seed=4))


def test_lots_of_other_customers_are_refused():
    with pytest.raises(ValueError, match="same customers"):
        repeat_lots(SPENT, SPENT[::-1], n_times=1, seed=1)
    with pytest.raises(ValueError, match="two or more"):
        repeat_lots(SPENT[:1], SPENT[:1], n_times=1, seed=1)
    with pytest.raises(ValueError, match="n_times"):
        repeat_lots(SPENT, SPENT, n_times=0, seed=1)
