"""The signs of good and of bad customers, and the year after."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from crmlib import signs

PROFIT = pd.DataFrame(
    {"gross_profit": [30.0, 10, 0], "cost_to_serve": [20.0, 40, 120], "net_profit": [10.0, -30, -120]},
    index=pd.Index(["ann", "bob", "cai"], name="customer_id"),
)
LINES = pd.DataFrame(
    {
        "customer_id": ["ann", "ann", "ann", "ann", "bob"],
        "order_id": ["1", "1", "2", "2r", "3"],
        "amount": [50.0, 10, 0, -10, 40],
    }
)
DONE = pd.DataFrame(
    {
        "customer_id": ["ann", "ann", "bob", "bob", "cai", "zoe"],
        "activity": [
            "home delivery",
            "return handling",
            "phone order",
            "complaint",
            "representative visit",
            "complaint",
        ],
        "n_times": [2, 1, 1, 3, 1, 9],
    }
)


def test_facts_count_orders_requests_returns_and_complaints_of_those_in_the_profit():
    facts = signs.service_facts(PROFIT, LINES, DONE)
    counted = facts[["n_orders", "n_requests", "n_returned", "n_complaints"]]
    # ann: orders 1 and 2 (of nothing to pay); a refund is none. cai was visited and bought nothing. zoe is not judged.
    assert counted.to_numpy().tolist() == [[2, 2, 1, 0], [1, 1, 0, 3], [0, 1, 0, 0]]  # ann, bob, cai
    pd.testing.assert_frame_equal(facts[PROFIT.columns], PROFIT)


def test_names_of_activities_may_be_others():
    facts = signs.service_facts(PROFIT, LINES, DONE, requests=("complaint",), returned="phone order", complained="none")
    assert facts.loc["bob", ["n_requests", "n_returned", "n_complaints"]].tolist() == [3, 1, 0]


EIGHT = pd.DataFrame(
    {
        "n_orders": [4, 4, 2, 0, 1],
        "n_returned": [1, 0, 0, 0, 0],
        "n_requests": [7, 8, 1, 2, 0],
        "n_complaints": [0, 0, 1, 1, 0],
        "cost_to_serve": [10.0, 20, 30, 40, 50],
        "net_profit": [0.0, -1, 1, -1, 9],
    },
    index=list("abcde"),
)


def test_bad_signs_by_hand():
    shown = signs.bad_signs(EIGHT)
    # The median cost is 30, that of c, which is not above it. d has no order: 2 requests are divided by one.
    assert {name: shown.index[shown[name]].tolist() for name in shown} == {
        "returns much": ["a"],
        "costs more than brings": ["b", "d"],
        "asks much": ["b", "d"],
        "unhappy": ["d"],
    }
    assert signs.bad_signs(EIGHT, requests_per_order=1.75)["asks much"].tolist() == [True, True, False, True, False]
    assert not signs.bad_signs(EIGHT, returned_per_order=0.3)["returns much"].any()


def test_a_fact_that_is_missing_is_no_sign_that_is_absent():
    with pytest.raises(ValueError, match="every n_returned of facts must be a number; 1 of 5 are not"):
        signs.bad_signs(EIGHT.assign(n_returned=[1, np.nan, 0, 0, 0]))
    with pytest.raises(ValueError, match="facts must have the columns"):
        signs.good_signs(EIGHT)


def test_buying_facts_by_hand():
    # Margins: tea 50 %, wine 40 %, oil 10 %. The strong one of one is tea.
    lines = pd.DataFrame(
        [
            ("ann", "t", "tea", 2.0, 18.0, 9.0),
            ("ann", "o", "oil", 1.0, 9.0, 8.1),
            ("bob", "w", "wine", 1.0, 30.0, 18.0),
            ("bob", "w", "wine", 1.0, -30.0, -18.0),
            ("cai", "t", "tea", 1.0, 8.0, 4.0),
        ],
        columns=["customer_id", "product_id", "category", "quantity", "amount", "cost"],
    )
    earlier = pd.DataFrame(
        {"customer_id": ["ann", "bob", "bob"], "category": ["oil", "wine", "tea"], "amount": [5.0, 20.0, -3.0]}
    )
    products = pd.DataFrame({"product_id": ["t", "o", "w"], "list_price": [10.0, 10.0, 30.0]})
    facts = signs.buying_facts(lines, earlier, products, n_strong=1)
    assert facts["strong_share"].round(6).to_dict() == {"ann": round(18 / 27, 6), "bob": 0.0, "cai": 1.0}
    assert facts["paid_share"].round(6).to_dict() == {"ann": 0.9, "bob": 1.0, "cai": 0.8}
    assert facts["n_new"].to_dict() == {"ann": 1, "bob": 0, "cai": 0}  # nobody knows what is new to cai
    assert signs.good_signs(facts).sum(axis=1).to_dict() == {"ann": 2, "bob": 1, "cai": 1}


def test_a_gradient_has_every_step():
    shown = pd.DataFrame({"x": [1, 1, 0, 1], "y": [1, 1, 0, 1], "z": [0, 0, 0, 1]}, index=list("abcd")).astype(bool)
    after = pd.Series({"a": -10.0, "b": 30.0, "c": 0.0, "d": -1.0, "e": -500.0})
    table = signs.gradient(shown, after)
    assert table.index.tolist() == [0, 1, 2, 3]
    assert table["n_customers"].tolist() == [1, 0, 2, 1]
    assert table["losing_share"].tolist()[2:] == [0.5, 1.0]
    assert table["mean_net_profit"].tolist()[2:] == [10.0, -1.0]
    assert table.loc[1].drop("n_customers").isna().all()


def test_the_interval_is_that_of_wilson():
    n, k = 40, 9
    shown = pd.DataFrame({"x": [True] * n})
    table = signs.gradient(shown, pd.Series([-1.0] * k + [1.0] * (n - k)))
    low, high = proportion_confint(k, n, method="wilson")
    assert table.loc[1, ["lowest_share", "highest_share"]].tolist() == pytest.approx([low, high], rel=1e-5)


def test_a_customer_without_a_year_after_is_refused_and_not_left_out():
    with pytest.raises(
        ValueError, match=r"must have a net_profit of the period after; 1 of 2 have none. Give those who"
    ):
        signs.gradient(pd.DataFrame({"x": [True, False]}, index=["a", "b"]), pd.Series({"a": 1.0}))
