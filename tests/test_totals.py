"""Customers known by their totals: by hand on eight customers, by law, by contract."""

import pandas as pd
import pytest

from crmlib import customers, totals

EIGHT = pd.DataFrame(
    {
        "customer_id": list("hgfedcba"),
        "value": [10.0, -5.0, 0.0, 40.0, 50.0, 60.0, 70.0, 80.0],
        "n_orders": pd.array([1, 0, None, 4, 5, 6, 7, 8], dtype="Int64"),
        "first_order_date": pd.to_datetime(["2024-01-01", None, None, *["2023-01-01"] * 5]),
        "last_order_date": pd.to_datetime(["2024-01-01", None, None, *["2024-03-01"] * 5]),
        "cost": [4.0, 0.0, 1.0, 50.0, 30.0, None, 30.0, 30.0],
    }
)


def test_eight_customers_by_hand():
    summary = totals.summarize_totals(EIGHT, as_of="2024-03-31")
    assert list(summary.index) == list("abcdefgh") and summary.index.name == "customer_id"
    assert summary["monetary"].tolist() == [80.0, 70.0, 60.0, 50.0, 40.0, 0.0, -5.0, 10.0]
    assert summary["recency_days"].tolist()[:5] == [30] * 5 and summary["recency_days"]["h"] == 90
    assert summary["tenure_days"]["a"] == 455  # 365 of 2023, 90 of 2024
    assert summary["profit"].dropna().to_dict() == {
        "a": 50.0, "b": 40.0, "d": 20.0, "e": -10.0, "f": -1.0, "g": -5.0, "h": 6.0,
    }  # fmt: skip
    assert summary.loc[["f", "g"], ["recency_days", "tenure_days"]].isna().all(axis=None)
    assert summary["frequency"].isna().tolist() == [False] * 5 + [True, False, False]


def test_only_what_is_known_is_told():
    assert list(totals.summarize_totals(EIGHT[["customer_id", "value"]])) == ["monetary"]
    assert "recency_days" not in totals.summarize_totals(EIGHT)  # from which day?
    given = totals.summarize_totals(EIGHT.assign(profit=1.0))
    assert given["profit"].tolist() == [1.0] * 8  # what is said goes before what would be worked out


def test_totals_of_orders_say_what_the_orders_say():
    orders = pd.DataFrame(
        {
            "customer_id": list("aabbbc"),
            "order_date": pd.to_datetime(
                ["2024-01-05", "2024-03-01", "2024-02-01", "2024-02-01", "2024-02-20", "2024-03-03"]
            ),
            "amount": [20.0, 30.0, 5.0, 5.0, 5.0, 1.0],
            "cost": [1.0] * 6,
        }
    )  # fmt: skip
    of_orders = customers.summarize_customers(orders, as_of="2024-03-31")
    days = of_orders[["first_order_date", "last_order_date"]]
    values = days.assign(value=of_orders["monetary"], n_orders=of_orders["frequency"], profit=of_orders["profit"])
    of_totals = totals.summarize_totals(values.reset_index(), as_of="2024-03-31")
    pd.testing.assert_frame_equal(of_totals, of_orders[list(of_totals)], check_dtype=False)


def test_who_stands_in_several_rows_is_added_up():
    whole = totals.summarize_totals(EIGHT)
    halves = pd.concat([EIGHT.assign(value=EIGHT["value"] / 2, cost=EIGHT["cost"] / 2, n_orders=EIGHT["n_orders"])] * 2)
    twice = totals.summarize_totals(halves)
    pd.testing.assert_series_equal(twice["monetary"], whole["monetary"])
    pd.testing.assert_series_equal(twice["profit"], whole["profit"])
    assert twice["frequency"]["a"] == 16


def test_the_last_orders_are_lines_to_look_for_the_last_day_in():
    last = totals.list_last_orders(EIGHT)
    assert list(last) == ["customer_id", "order_date", "amount"] and len(last) == 6
    assert totals.list_last_orders(EIGHT[["customer_id", "value"]]).empty


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"customer_values must have the columns .* missing \['value'\]"):
        totals.summarize_totals(EIGHT.drop(columns="value"))
    with pytest.raises(ValueError, match="customer_id and value must be there in every row"):
        totals.summarize_totals(EIGHT.assign(value=None))
