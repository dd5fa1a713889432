"""What customers owe: by hand, by a loop that looks at one invoice after the other, beside the facts of a rating."""

import numpy as np
import pandas as pd
import pytest

from crmlib import backtest, credit, datasets, receivables

DAY = pd.Timestamp("2025-01-01")


def ledger(*rows):
    """Invoices from rows of customer, amount, days to the due date, to the payment and to the loss, or None."""
    names = ["customer_id", "amount", "due_date", "paid_date", "written_off_date"]
    table = pd.DataFrame([(*row, *[None] * (5 - len(row))) for row in rows], columns=names)
    for name in names[2:]:
        table[name] = DAY + pd.to_timedelta(pd.to_numeric(table[name]), unit="D")
    return table.assign(invoice_date=table["due_date"] - pd.Timedelta(days=60), amount=table["amount"].astype(float))


@pytest.fixture(scope="module")
def invoices():
    return datasets.load_teaching_company()["invoices"]


# --- by hand ---


def test_eight_invoices_and_what_is_owed():
    bills = ledger(
        ("ann", 10, -1),  # due yesterday: a day overdue
        ("ann", 20, 0),  # due today: not overdue
        ("bob", 30, -100, -90),  # paid
        ("bob", 40, -100, 0),  # paid today, which nobody knows yet
        ("cy", 50, -200, None, -10),  # given up: owed no more
        ("cy", 60, -200, None, 5),  # to be given up: owed
        ("dee", 70, 59),
        ("eve", 80, 61),  # to be made tomorrow
    )
    owed = receivables.owed_by_customer(bills, as_of=DAY)
    assert owed["owed"].to_dict() == {"ann": 30, "bob": 40, "cy": 60, "dee": 70}
    assert owed["overdue_amount"].to_dict() == {"ann": 10, "bob": 40, "cy": 60, "dee": 0}
    assert owed["overdue_days"].to_dict() == {"ann": 1, "bob": 100, "cy": 200, "dee": 0}
    assert owed["n_open"].tolist() == [2, 1, 1, 1]
    assert owed["overdue_since"].isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("days", "place"), [(-30, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (900, 4)]
)
def test_an_age_ends_with_its_last_day(days, place):
    table = receivables.age_receivables(ledger(("ann", 5, -days)), as_of=DAY)
    assert table["amount"].tolist() == [5.0 if one == place else 0.0 for one in range(5)]
    assert table["amount_share"].iloc[place] == 1


def test_where_nothing_is_owed_no_share_is_known():
    table = receivables.age_receivables(ledger(("ann", 5, -10, -20)), as_of=DAY)
    assert table["amount"].sum() == 0
    assert table["amount_share"].isna().all()


def test_the_record_counts_money_that_fell_due_in_the_period():
    bills = ledger(
        ("ann", 30, -10, -10),  # in time
        ("ann", 10, -20, -14),  # six days late
        ("ann", 60, -20, 0),  # not known to be paid
        ("ann", 90, -400, -100),  # before the period
        ("ann", 90, 0, -1),  # not due before the day
        ("bob", 10, -5),
    )
    record = receivables.payment_record(bills, as_of=DAY, since=DAY - pd.Timedelta(days=365))
    assert record.loc["ann"].to_dict() == {
        "n_due": 3,
        "amount_due": 100,
        "on_time_share": 0.3,
        "average_late_days": 3.0,
    }
    assert record.loc["bob", "on_time_share"] == 0
    assert np.isnan(record.loc["bob", "average_late_days"])


@pytest.mark.parametrize(
    ("due", "paid", "lost", "share"),
    [
        (-200, -110, None, None),  # paid on day 90: never so late
        (-200, -109, None, 0.0),  # on day 91: so late, and paid
        (-200, 0, None, 1.0),  # paid today, which nobody knows yet
        (-91, None, None, 1.0),  # day 90 was yesterday
        (-90, None, None, None),  # it is today, and not over
        (-50, None, -20, 1.0),  # given up before it was so late
        (-500, None, None, None),  # so late before the period began
    ],
)
def test_what_of_late_money_never_came(due, paid, lost, share):
    bills = ledger(("ann", 5, due, paid, lost), ("bob", 7, -100, -100))
    found = receivables.unpaid_share(bills, since=DAY - pd.Timedelta(days=180), as_of=DAY)
    assert np.isnan(found) if share is None else found == share


# --- by another way ---


def test_what_is_overdue_is_what_a_rating_sees(invoices):
    for day in ("2024-07-01", "2025-03-15", "2026-01-01"):
        facts = credit.gather_facts({"invoices": invoices}, as_of=day)
        owed = receivables.owed_by_customer(invoices, as_of=day)
        assert owed.index.difference(facts.index).empty
        for name in ("overdue_amount", "overdue_days"):
            np.testing.assert_allclose(owed[name].reindex(facts.index, fill_value=0), facts[name])


def test_ages_and_customers_add_up_to_what_is_owed(invoices):
    owed = receivables.owed_by_customer(invoices, as_of="2026-01-01")
    ages = receivables.age_receivables(invoices, as_of="2026-01-01", bounds=(10, 45))
    assert len(ages) == 4
    assert ages["amount"].sum() == pytest.approx(owed["owed"].sum())
    assert ages["n_invoices"].sum() == owed["n_open"].sum()
    assert ages["amount"].iloc[1:].sum() == pytest.approx(owed["overdue_amount"].sum())


def test_late_money_is_that_of_the_customers_who_are_said_to_default(invoices):
    since, end = pd.Timestamp("2025-01-01"), pd.Timestamp("2026-01-01")
    mark = invoices["due_date"] + pd.Timedelta(days=90)
    late_on = mark.where(~(invoices["paid_date"] <= mark)).clip(upper=invoices["written_off_date"].fillna(end))
    is_late = late_on.between(since, end, inclusive="left")
    everyone = pd.DataFrame(index=invoices["customer_id"].unique())
    states = backtest.follow_payments(everyone, invoices, as_of=since, until=end)["state"]
    assert set(states.index[states == "defaulted"]) <= set(invoices.loc[is_late, "customer_id"])
    amount, paid = invoices["amount"][is_late], invoices["paid_date"][is_late] < end
    share = receivables.unpaid_share(invoices, since=since, as_of=end)
    assert share == pytest.approx(amount[~paid].sum() / amount.sum())
    assert 0.3 < share < 1


def test_tomorrow_changes_nothing(invoices):
    day = pd.Timestamp("2025-07-01")
    known = invoices[invoices["invoice_date"] < day].copy()
    for name in ("paid_date", "written_off_date"):
        known[name] = known[name].where(known[name] < day)
    for measure, more in (
        (receivables.owed_by_customer, {}),
        (receivables.age_receivables, {}),
        (receivables.payment_record, {"since": "2024-07-01"}),
    ):
        pd.testing.assert_frame_equal(measure(known, as_of=day, **more), measure(invoices, as_of=day, **more))
    shares = [receivables.unpaid_share(bills, since="2024-07-01", as_of=day) for bills in (known, invoices)]
    assert shares[0] == shares[1]


# --- what is refused ---


def test_a_list_of_open_items_says_nothing_of_payment():
    bills = ledger(("ann", 5, -100)).drop(columns="paid_date")
    assert receivables.owed_by_customer(bills, as_of=DAY)["owed"].tolist() == [5]
    for measure in (receivables.payment_record, receivables.unpaid_share):
        with pytest.raises(ValueError, match="paid_date"):
            measure(bills, as_of=DAY, since="2024-01-01")


@pytest.mark.parametrize("amount", [0.0, -5.0])
def test_credit_notes_are_refused_with_a_way_out(amount):
    with pytest.raises(ValueError, match="1 of 2 has not. Take credit notes off"):
        receivables.owed_by_customer(ledger(("ann", amount, -1), ("ann", 5, -1)), as_of=DAY)


@pytest.mark.parametrize("bounds", [(), (30, 30), (60, 30)])
def test_ages_must_rise(bounds):
    with pytest.raises(ValueError, match="bounds must be rising days"):
        receivables.age_receivables(ledger(("ann", 5, -1)), as_of=DAY, bounds=bounds)


def test_a_period_ends_after_it_begins():
    with pytest.raises(ValueError, match="since must lie before as_of"):
        receivables.payment_record(ledger(("ann", 5, -1)), as_of=DAY, since=DAY)
