"""Repeat purchases by the engine: the same as by pandas, line by line, and what counts as one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib import customers, datasets

DAY = pd.Timestamp("2024-06-30")


def lines_of(*rows):
    lines = pd.DataFrame(rows, columns=["customer_id", "order_date", "amount"])
    lines["order_date"] = pd.to_datetime(lines["order_date"], format="ISO8601")
    return lines


def by_pandas(lines, as_of, length):
    lines = lines.assign(day=lines["order_date"].dt.normalize())
    lines = lines[lines["day"] <= as_of]
    rows = {}
    for who, own in lines.groupby("customer_id"):
        days = own.loc[own["amount"] >= 0, "day"].drop_duplicates().sort_values()
        if len(days):
            first, last = days.iloc[0], days.iloc[-1]
            after = own.loc[own["day"] != first, "amount"].sum()
            mean = after / (len(days) - 1) if len(days) > 1 else np.nan
            rows[who] = (len(days) - 1, (last - first).days / length, (as_of - first).days / length, mean, first)
    names = ["frequency", "recency", "tenure", "monetary", "first_order_date"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("customer_id")


DAYS = st.dates(pd.Timestamp("2024-06-01").date(), pd.Timestamp("2024-07-05").date())
ROW = st.tuples(st.sampled_from(["ann", "bob", "cy"]), DAYS, st.integers(-3000, 9000))


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25), st.sampled_from(["day", "week"]))
def test_the_engine_says_what_pandas_says(rows, unit):
    lines = lines_of(*rows)
    lines["amount"] = lines["amount"] / 100
    expected = by_pandas(lines, DAY, customers.UNITS[unit])
    if not len(expected):
        with pytest.raises(ValueError, match=r"bought by|first line"):
            customers.repeat_purchase_summary(lines, as_of=DAY, unit=unit)
        return
    found = customers.repeat_purchase_summary(lines, as_of=DAY, unit=unit)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, check_index_type=False)


def test_two_orders_of_a_day_are_one_purchase_and_a_refund_is_none():
    lines = lines_of(
        ("ann", "2024-06-01 09:00", 10.0), ("ann", "2024-06-01 18:00", 5.0), ("ann", "2024-06-03", 30.0),
        ("ann", "2024-06-08", 10.0), ("ann", "2024-06-20", -6.0), ("bob", "2024-06-05", -1.0),
        ("cy", "2024-06-30", 0.0),
    )  # fmt: skip
    found = customers.repeat_purchase_summary(lines, as_of=DAY, unit="day")
    assert found.index.tolist() == ["ann", "cy"]  # bob took back what no line says he bought
    assert found.loc["ann", ["frequency", "recency", "tenure", "monetary"]].tolist() == [2, 7, 29, 17.0]
    assert found.loc["cy", ["frequency", "recency", "tenure"]].tolist() == [0, 0, 0]


def test_it_is_not_the_recency_and_frequency_of_the_summary():
    bought = customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1998-06-30", unit="day")
    summary = customers.summarize_customers(datasets.load_cdnow(), as_of="1998-06-30")
    assert (bought["tenure"] == summary["tenure_days"]).all()
    assert (bought["recency"] == summary["tenure_days"] - summary["recency_days"]).all()
    assert (bought["frequency"] <= summary["frequency"] - 1).all()


def test_units_are_lengths_of_days():
    found = {unit: customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit=unit)
             for unit in customers.UNITS}  # fmt: skip
    for unit, length in {"week": 7, "month": 365.25 / 12, "year": 365.25}.items():
        assert (found[unit]["tenure"] * length).to_numpy() == pytest.approx(found["day"]["tenure"].to_numpy())
    with pytest.raises(ValueError, match="unit must be"):
        customers.repeat_purchase_summary(datasets.load_cdnow(), as_of="1997-09-30", unit="D")


def test_a_file_says_what_a_frame_says(tmp_path):
    lines = datasets.load_cdnow()
    lines.to_parquet(tmp_path / "lines.parquet")
    pd.testing.assert_frame_equal(
        customers.repeat_purchase_summary(tmp_path / "lines.parquet", as_of="1997-09-30", unit="week"),
        customers.repeat_purchase_summary(lines, as_of="1997-09-30", unit="week"),
    )
