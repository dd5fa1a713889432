"""Refunds against chance: by hand, by simulation, and refusals."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from crmlib import returns


def test_orders_are_counted_not_lines():
    lines = pd.DataFrame(
        {
            "customer_id": ["ann", "ann", "ann", "ann", "bob", "cy"],
            "order_id": [1, 1, 1, 2, 3, 4],
            "amount": [10.0, -4.0, -6.0, 4.0, 8.0, -1.0],
        }
    )
    found = returns.count_refunds(lines)
    # Two lines of one order went back: one refunded order. Cy's order itself lies before the data: not counted.
    assert found.to_dict("index") == {
        "ann": {"n_orders": 2, "n_refunded": 1, "refund_rate": 0.5},
        "bob": {"n_orders": 1, "n_refunded": 0, "refund_rate": 0.0},
    }


def test_the_chance_by_hand():
    counted = pd.DataFrame({"n_orders": [2] + [98], "n_refunded": [2] + [8]})  # one in ten of all orders
    found = returns.flag_refunds(counted, alarm=0.05, fewest_orders=1)
    assert found["chance_share"].iloc[0] == pytest.approx(0.01)
    assert found["is_flagged"].tolist() == [True, False]
    assert returns.flag_refunds(counted, alarm=0.01, fewest_orders=1)["is_flagged"].tolist() == [False, False]


def test_whoever_ordered_seldom_is_not_flagged():
    counted = pd.DataFrame({"n_orders": [5, 50] + [20] * 1000, "n_refunded": [5, 20] + [1] * 1000})
    assert returns.flag_refunds(counted, alarm=0.001)["is_flagged"].iloc[:2].tolist() == [False, True]
    assert returns.flag_refunds(counted, alarm=0.001, fewest_orders=5)["is_flagged"].iloc[:2].tolist() == [True, True]


@pytest.mark.parametrize("alarm", [0.001, 0.01, 0.2])
def test_false_alarms_are_what_chance_makes(alarm):
    random = np.random.default_rng(4)
    n = random.integers(1, 80, 3000)
    flags = []
    for _ in range(60):
        counted = pd.DataFrame({"n_orders": n, "n_refunded": random.binomial(n, 0.06)})
        flags.append(returns.flag_refunds(counted, alarm=alarm)["is_flagged"].sum())
    expected = returns.false_alarms(counted, alarm=alarm)
    assert np.mean(flags) == pytest.approx(expected, rel=0.05, abs=4 * np.std(flags) / np.sqrt(60))
    assert expected <= alarm * (n >= 10).sum()


def test_false_alarms_by_hand():
    counted = pd.DataFrame({"n_orders": [10] * 10, "n_refunded": [1] * 10})
    tails = binom.sf(np.arange(10) - 1, 10, 0.1)
    assert returns.false_alarms(counted, alarm=0.05) == pytest.approx(10 * tails[tails < 0.05].max())


@pytest.mark.parametrize(
    ("counted", "alarm", "message"),
    [
        ({"n_orders": [3], "n_refunded": [4]}, 0.01, "orders, not lines"),
        ({"n_orders": [0], "n_refunded": [0]}, 0.01, "have an order"),
        ({"n_orders": [3]}, 0.01, "n_refunded"),
        ({"n_orders": [3], "n_refunded": [1]}, 1, "alarm"),
    ],
)
def test_arguments_are_checked(counted, alarm, message):
    for ask in (returns.flag_refunds, returns.false_alarms):
        with pytest.raises(ValueError, match=message):
            ask(pd.DataFrame(counted), alarm=alarm)
