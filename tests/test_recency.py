"""States of recency: by hand, laws, and refusals."""

import numpy as np
import pandas as pd
import pytest

from crmlib import datasets, recency, value

LINES = pd.DataFrame(
    {
        "customer_id": ["ann", "ann", "ann", "bob", "cy", "cy"],
        "order_date": pd.to_datetime(
            ["2024-01-05", "2024-07-07", "2024-08-01", "2024-03-31T23:00", "2024-05-01", "2024-12-01"],
            format="ISO8601",
        ),
        "amount": [10.0, 30.0, -5.0, 20.0, 8.0, 9.0],
    }
)


def test_moves_by_hand():
    # Ann buys in quarters 1 and 3 (what is taken back in August is no purchase), Bob in 1, Cy in 2 and 4.
    found = recency.count_returns(LINES, as_of="2024-12-31", n_periods=3, longest=2)
    assert found.to_numpy().tolist() == [[0, 4, 0], [2, 0, 1], [0, 0, 1]]
    assert found.index.tolist() == found.columns.tolist() == [0, 1, 2]


def test_a_period_ends_on_its_day_whole():
    later = recency.count_returns(LINES, as_of="2024-12-31", n_periods=1, longest=3)
    earlier = recency.count_returns(LINES, as_of="2024-11-30", n_periods=1, longest=3)
    # To the end of November Cy has not come back: quarters then begin in March, June and September.
    assert later[0].to_list() == [0, 1, 0, 0]
    assert earlier[0].sum() == 0


def test_each_customer_moves_once_a_period_and_only_on_or_back():
    lines = datasets.load_cdnow()
    found = recency.count_returns(lines, as_of="1998-06-30", n_periods=4, longest=4)
    assert found.to_numpy().sum() == 4 * lines["customer_id"].nunique()  # all bought first in the quarter before
    moved = found.to_numpy()
    allowed = np.eye(5, k=1, dtype=bool)
    allowed[:, 0] = allowed[-1, -1] = True
    assert (moved[~allowed] == 0).all()


def test_its_shares_are_a_chain():
    found = recency.count_returns(datasets.load_cdnow(), as_of="1998-06-30", n_periods=4, longest=4)
    chain = found.div(found.sum(axis=1), axis=0).fillna(0)
    assert chain[0].is_monotonic_decreasing  # the longer ago, the fewer come back
    worth = value.markov_value(chain, [30, -1, -1, -1, -1], discount_rate=0.03, may_stop=True)
    assert worth.is_monotonic_decreasing


def test_months_may_be_another_number():
    by_month = recency.count_returns(LINES, as_of="2024-12-31", n_periods=11, months=1, longest=12)
    assert by_month[0].sum() == 2
    assert by_month.loc[5, 0] == 1  # Ann, from January to July: five months without, the sixth with
    assert by_month.to_numpy().sum() == 11 + 9 + 7


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_periods": 0}, "n_periods"),
        ({"months": 2.5}, "months"),
        ({"longest": 0}, "longest"),
        ({"n_periods": 4}, "before the 4 periods"),
        ({"as_of": "2023-12-31"}, "before"),
    ],
)
def test_arguments_are_checked(change, message):
    with pytest.raises(ValueError, match=message):
        recency.count_returns(LINES, **({"as_of": "2024-12-31", "n_periods": 2} | change))


def test_columns_are_checked():
    with pytest.raises(ValueError, match="amount"):
        recency.count_returns(LINES.drop(columns="amount"), as_of="2024-12-31", n_periods=2)
