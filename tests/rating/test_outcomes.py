"""What became of invoices after a day, default rates by grade, and what customers can pay with."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from crmlib import credit, plots


def ledger(**changed):
    """Ann pays late and very late; Bob not; Cy the 90th day; Dee after the ledger ends; Eve is outside the window."""
    table = pd.DataFrame(
        {
            "customer_id": ["ann", "ann", "bob", "cy", "dee", "eve"],
            "invoice_date": ["2024-01-01", "2024-01-31", "2024-01-31", "2024-01-15", "2024-01-20", "2024-02-01"],
            "due_date": ["2024-02-01", "2024-03-01", "2024-03-01", "2024-03-01", "2024-03-01", "2024-03-01"],
            "amount": [100.0, 40.0, 70.0, 30.0, 20.0, 9.0],
            "paid_date": ["2024-02-20", "2024-05-31", None, "2024-05-30", "2024-07-01", None],
        }
    )
    for column in ("invoice_date", "due_date", "paid_date"):
        table[column] = pd.to_datetime(table[column])
    return table.assign(**changed)


def later(table, **options):
    window = {"since": "2024-01-01", "until": "2024-01-31", "as_of": "2024-06-30"}
    return credit.later_payments(table, **(window | options))


def test_later_payments_by_hand():
    found = later(ledger())
    assert found.index.tolist() == ["ann", "bob", "cy", "dee"]  # both days of the window count; Eve's is a day too late
    assert found["n_invoices"].tolist() == [2, 1, 1, 1]
    assert found["amount"].tolist() == [140.0, 70.0, 30.0, 20.0]
    assert found["failed_amount"].tolist() == [40.0, 70.0, 0.0, 20.0]  # 90 days late is in time, 91 is not
    assert found["unpaid_amount"].tolist() == [0.0, 70.0, 0.0, 20.0]  # Dee paid after the last day
    assert found["has_failed"].tolist() == [True, True, False, True]
    assert found["has_failed"].dtype == bool


def test_a_payment_after_the_last_day_changes_nothing():
    open_to_the_end = ledger(paid_date=ledger()["paid_date"].where(ledger()["customer_id"] != "dee"))
    pd.testing.assert_frame_equal(later(ledger()), later(open_to_the_end))


def test_the_order_of_invoices_changes_nothing():
    pd.testing.assert_frame_equal(later(ledger()), later(ledger().iloc[::-1]))


def test_an_invoice_that_had_no_time_to_fail_is_refused():
    later(ledger(), as_of="2024-05-30")  # due on 1 March, 90 days before
    with pytest.raises(ValueError, match="had no time to fail; 4 were due later"):
        later(ledger(), as_of="2024-05-29")


def test_nobody_bought():
    assert later(ledger(), since="2023-01-01", until="2023-12-31").empty


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="paid_date"), "paid_date"),
        (lambda table: table.assign(amount="much"), "amount"),
        (lambda table: table.assign(due_date=pd.NaT), "due_date"),
    ],
)
def test_invoices_that_are_none_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        later(change(ledger()))


GRADES = pd.Series(
    pd.Categorical(["A", "A", "C", None, "not rated", "B"], ["not rated", "C", "B", "A", "AA"], ordered=True),
    index=list("abcdef"),
)


def test_default_rates_by_hand():
    failed = pd.Series({"a": True, "b": False, "c": True, "d": False, "e": True, "new": True})
    found = credit.default_rates(GRADES, failed)
    assert found.index.tolist() == ["A", "B", "C", "not rated"]  # best first; nobody has AA
    assert found["n_graded"].tolist() == [2, 1, 1, 2]
    assert found["n_customers"].tolist() == [2, 0, 1, 2]  # f bought nothing, and new has no grade
    assert found["n_failed"].tolist() == [1, 0, 1, 1]
    np.testing.assert_allclose(found["default_rate"], [0.5, np.nan, 1.0, 0.5])
    assert found.loc["B", ["low_rate", "high_rate"]].isna().all()
    # Wilson (1927): (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n), n = 1 and p = 1.
    z = 1.959963984540054
    assert found.loc["C", "low_rate"] == pytest.approx(1 / (1 + z**2))
    assert found.loc["C", "high_rate"] == pytest.approx(1.0)


def test_default_rates_of_texts_come_as_sorted_with_not_rated_last():
    failed = pd.Series(False, index=list("ab"))
    grades = pd.Series(["not rated", "A"], index=list("ab"))
    found = credit.default_rates(grades, failed)
    assert found.index.tolist() == ["A", "not rated"]
    assert found.index.name == "grade"
    assert credit.default_rates(grades.rename("side"), failed).index.name == "side"


@pytest.mark.parametrize(
    ("grades", "failed", "message"),
    [
        (GRADES, pd.Series([True, None], index=list("ab")), "true or false"),
        (GRADES, pd.Series([True, False], index=list("aa")), "stand once in has_failed"),
        (GRADES.iloc[[0, 0]], pd.Series({"a": True}), "stand once in grades"),
    ],
)
def test_default_rates_of_what_is_none_are_refused(grades, failed, message):
    with pytest.raises(ValueError, match=message):
        credit.default_rates(grades, failed)


def statements(**changed):
    table = pd.DataFrame(
        {
            "customer_id": ["ann", "ann", "ann", "bob", "cy"],
            "period_end": ["2024-03-31", "2024-06-30", "2024-06-30", "2022-12-31", "2024-06-30"],
            "recorded_date": ["2024-09-01", "2024-08-01", "2024-10-01", "2023-02-01", "2025-01-01"],
            "total_assets": [1.0, 500.0, 510.0, 9.0, 9.0],
            "total_liabilities": [1.0, 300.0, 310.0, 9.0, 9.0],
            "operating_cash_flow": [1.0, 730.0, 365.0, 9.0, 9.0],
        }
    )
    return table.assign(**changed)


def test_ability_is_of_the_newest_statement_known_as_it_was_revised_last():
    limits = pd.DataFrame({"term_days": [30, 30, 30, 60]}, index=["ann", "bob", "cy", "dee"])
    found = credit.paying_ability(limits, statements(), as_of="2025-01-01")
    # Ann's was revised in October; Bob's is too old, Cy's came on the day itself, Dee has none.
    np.testing.assert_allclose(found["cash_in_term"], [30.0, np.nan, np.nan, np.nan])
    np.testing.assert_allclose(found["equity"], [200.0, np.nan, np.nan, np.nan])
    before = credit.paying_ability(limits, statements(), as_of="2024-10-01")
    assert before.loc["ann", "cash_in_term"] == pytest.approx(60.0)


def test_two_statements_of_one_day_are_refused():
    limits = pd.DataFrame({"term_days": [30]}, index=["ann"])
    with pytest.raises(ValueError, match="one row per customer and day"):
        credit.paying_ability(limits, statements(recorded_date="2024-08-01"), as_of="2025-01-01")


def test_limits_drawn_by_hand():
    book = pd.DataFrame(
        {
            "grade": pd.Categorical(["A", "A", "C"], ["C", "A"], ordered=True),
            "limit": [100.0, 50.0, 0.0],
            "owed": [40.0, 80.0, 30.0],
        }
    )
    ax = plots.plot_limits(book)
    assert [bar.get_height() for bar in ax.patches] == [90.0, 0.0, 30.0, 30.0]  # within A, C; above A, C
    assert [label.get_text() for label in ax.get_xticklabels()] == ["A", "C"]  # the best first
    plt.close("all")


def test_a_break_even_rate_that_cannot_be_reached_is_a_triangle():
    rates = credit.default_rates(GRADES, pd.Series({"a": True, "b": False, "c": True}))
    ax = plots.plot_default_rates(rates, break_even=pd.DataFrame({"ours": [0.4, 0.2, 2.0]}, index=["A", "B", "C"]))
    marks = {line.get_marker(): line.get_ydata() for line in ax.lines}
    np.testing.assert_allclose(marks["_"], [0.4, 0.2, np.nan, np.nan])
    np.testing.assert_allclose(marks["^"], [np.nan, np.nan, 1.0, np.nan])
    assert [text.get_text() for text in ax.texts] == ["1 / 2", "1 / 1"]  # B bought nothing, "not rated" neither
    plt.close("all")
