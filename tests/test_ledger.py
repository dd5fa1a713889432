"""A ledger at a glance: eight invoices by hand."""

from datetime import date

import pandas as pd
import pytest

from crmlib import ledger, quality, receivables
from crmlib.language import speaking

EIGHT = pd.DataFrame(
    [
        ("f1", "ann", "2024-01-05", "2024-02-04", 100.0, "2024-02-04", None),  # paid on the last day: in time
        ("f2", "ann", "2024-01-10", "2024-02-09", 200.0, "2024-02-10", None),  # a day late
        ("f3", "bob", "2024-02-01", "2024-03-02", 400.0, None, None),
        ("f4", "bob", "2024-02-10", "2024-03-31", 800.0, None, None),  # due on the day: at its end overdue
        ("f5", "cy", "2024-03-20", "2024-04-19", 1600.0, None, None),
        ("f6", "cy", "2023-10-01", "2023-10-31", 3200.0, None, "2024-03-15"),  # given up
        ("f7", "cy", None, "2024-03-10", 6400.0, "2024-04-02", None),  # paid after the day: open on it
        ("f8", "dan", "2024-04-01", "2024-05-01", 12800.0, None, None),  # made after the day
    ],
    columns=["invoice_id", "customer_id", "invoice_date", "due_date", "amount", "paid_date", "written_off_date"],
)
DAYS = ["invoice_date", "due_date", "paid_date", "written_off_date"]
EIGHT[DAYS] = EIGHT[DAYS].apply(pd.to_datetime)


def test_what_is_owed_and_overdue_by_hand():
    found = ledger.measure_ledger(EIGHT, as_of="2024-03-31")
    assert found[["n_customers", "n_invoices", "n_open", "n_overdue"]].tolist() == [3, 7, 4, 3]
    assert found["owed"] == 400 + 800 + 1600 + 6400
    assert found["overdue"] == 400 + 800 + 6400
    assert found["paid_in_time"] == pytest.approx(100 / (100 + 200 + 400 + 800 + 3200 + 6400))


def test_it_counts_as_the_analysis_does_on_the_morning_after():
    found = ledger.measure_ledger(EIGHT, as_of="2024-03-31")
    owed = receivables.owed_by_customer(EIGHT, as_of="2024-04-01")
    assert owed[["n_open", "owed", "n_overdue", "overdue_amount"]].sum().tolist() == [
        *found[["n_open", "owed", "n_overdue", "overdue"]]
    ]


def test_what_is_on_a_list_of_open_items_is_owed_though_it_is_not_due():
    days = ["invoice_date", "paid_date", "written_off_date"]
    found = ledger.measure_ledger(EIGHT.drop(columns=days), as_of="2024-03-31")
    assert (found["n_open"], found["owed"]) == (8, EIGHT["amount"].sum())


def test_a_list_of_open_items_says_nothing_of_paying_in_time():
    found = ledger.measure_ledger(EIGHT.drop(columns=["paid_date", "written_off_date"]), as_of="2024-03-31")
    assert found["owed"] == 100 + 200 + 400 + 800 + 1600 + 3200 + 6400
    assert pd.isna(found["paid_in_time"])


def test_tomorrow_changes_nothing_of_today():
    later = EIGHT.assign(paid_date=EIGHT["paid_date"].fillna(pd.Timestamp("2024-06-01")))
    pd.testing.assert_series_equal(
        ledger.measure_ledger(later, as_of="2024-03-31"), ledger.measure_ledger(EIGHT, as_of="2024-03-31")
    )


def test_the_last_day_is_one_on_which_something_happened_not_one_to_come():
    assert quality.last_day(ledger.list_days(EIGHT)) == pd.Timestamp("2024-04-02")  # f7 paid; due days are to come
    assert quality.last_day(ledger.list_days(EIGHT[["invoice_id", "customer_id", "due_date", "amount"]])) == max(
        EIGHT["due_date"]
    )


def test_it_is_described_in_both_languages():
    assert ledger.describe_ledger(EIGHT) == (
        "8 invoices of 4 customers, due 2023-10-31 to 2024-05-01, 25,500.00 in all. Open: 4 invoices, 15,600.00."
    )
    with speaking("zh"):
        said = ledger.describe_ledger(EIGHT.drop(columns=["paid_date", "written_off_date"]))
    assert "4 位客户" in said and "8 张发票" in said and "付款" in said


def test_columns_that_are_missing_are_named():
    with pytest.raises(ValueError, match="invoices must have the columns .*missing \\['due_date'\\]"):
        ledger.measure_ledger(EIGHT.drop(columns="due_date"), as_of="2024-03-31")


def test_what_lies_after_today_is_doubted():
    assert ledger.find_doubts(EIGHT, today=date(2024, 4, 2)) == []
    doubts = ledger.find_doubts(EIGHT, today=date(2024, 3, 31))
    assert [doubt.split(" ")[0] for doubt in doubts] == ["invoice_date", "paid_date"]
    assert "in 1 row (the last: 2024-04-02)" in doubts[1]
