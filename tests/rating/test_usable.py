"""The tables of an analysis as a rating takes them: what is left out is told, what is taken is not touched."""

import pandas as pd
import pytest

from crmlib import credit, datasets

ROWS = {
    "invoice_id": ["1", "2", "3", "4"],
    "customer_id": ["ann", "ann", "bob", "cy"],
    "invoice_date": pd.Timestamp("2024-10-01"),
    "due_date": pd.Timestamp("2024-11-01"),
    "amount": [10.0, 20.0, 30.0, 40.0],
    "paid_date": pd.to_datetime(["2024-10-30", None, "2024-11-09", None]),
}


@pytest.fixture
def invoices():
    return pd.DataFrame(ROWS)


def test_what_a_rating_can_take_is_taken_as_it_is_and_nothing_is_told():
    tables = datasets.load_teaching_company()
    usable, told = credit.usable_tables(tables)
    assert sorted(usable) == ["credit_reviews", "customers", "invoices", "statements"]
    assert told == []
    for name, table in usable.items():
        pd.testing.assert_frame_equal(table, tables[name])


def test_amounts_of_zero_or_less_are_left_out_with_their_sum(invoices):
    notes = invoices.head(2).assign(invoice_id=["5", "6"], amount=[0.0, -7.5])
    usable, told = credit.usable_tables({"invoices": pd.concat([invoices, notes])})
    pd.testing.assert_frame_equal(usable["invoices"], invoices)
    assert told[0].startswith("2 rows of invoices have amounts of zero or less, −7.50 in all: credit notes mostly.")
    credit.gather_facts(usable, as_of="2025-01-01")
    with pytest.raises(ValueError, match="every amount of invoices must be above 0"):
        credit.gather_facts({"invoices": pd.concat([invoices, notes])}, as_of="2025-01-01")


def test_an_invoice_that_stands_there_again_counts_once_and_parts_count_all(invoices):
    again = pd.concat([invoices, invoices.tail(1), invoices.head(1).assign(amount=5.0)])
    usable, told = credit.usable_tables({"invoices": again})
    assert usable["invoices"]["amount"].tolist() == [10, 20, 30, 40, 5]
    assert told == [
        "1 invoice stands there again, alike in every column: it counts once.",
        "1 number of an invoice stands at several invoices, which differ: are they parts of one? All count.",
    ]


def test_invoices_without_a_number_are_not_taken_for_each_other(invoices):
    unnumbered = pd.concat([invoices, invoices]).assign(invoice_id=None)
    assert len(credit.usable_tables({"invoices": unnumbered})[0]["invoices"]) == 8


def test_payments_that_are_all_empty_make_a_list_of_open_items(invoices):
    usable, told = credit.usable_tables({"invoices": invoices.assign(paid_date=pd.NaT)})
    assert "paid_date" not in usable["invoices"]
    assert told[0].startswith("No invoice has a day of payment: this is taken for a list of open items")
    assert credit.gather_facts(usable, as_of="2025-01-01")["repaid_share"].isna().all()


def test_many_payments_before_their_invoices_are_odd(invoices):
    _, told = credit.usable_tables({"invoices": invoices.assign(invoice_date=pd.Timestamp("2024-11-05"))})
    assert told == [
        "25.0% of the invoices were paid before they were made. Are the columns of days what they are taken for?"
    ]
    assert credit.usable_tables({"invoices": pd.concat([invoices] * 40, ignore_index=True)})[1][1:] == []


def test_of_two_reviews_of_a_day_the_last_counts():
    reviews = pd.DataFrame(
        {"customer_id": "ann", "recorded_date": pd.Timestamp("2024-10-01"), "management": ["good", "poor"]}
    )
    usable, told = credit.usable_tables({"credit_reviews": reviews})
    assert usable["credit_reviews"]["management"].tolist() == ["poor"]
    assert told == ["1 row of credit reviews is of the same customer and day as a later one, which counts."]
    assert credit.gather_facts(usable, as_of="2025-01-01").loc["ann", "management"] == "poor"


def test_tables_without_what_a_rating_needs_are_not_passed_on(invoices):
    customers, statements = pd.DataFrame({"customer_id": ["ann"]}), pd.DataFrame({"customer_id": ["ann"]})
    usable, _ = credit.usable_tables({"invoices": invoices, "customers": customers, "statements": statements})
    assert list(usable) == ["invoices"]
