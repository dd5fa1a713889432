"""The back-test: who defaults on which day, what could be judged, which grades differ, and what must stay."""

import numpy as np
import pandas as pd
import pytest

from crmlib import backtest, language

START, END = "2024-01-01", "2025-01-01"


def invoice(due, paid=None, given_up=None, *, made=None, who="ann", amount=100.0):
    made = made or str((pd.Timestamp(due) - pd.Timedelta(days=30)).date())
    days = {"invoice_date": made, "due_date": due, "paid_date": paid, "written_off_date": given_up}
    return {"customer_id": who, "amount": amount, **{name: pd.Timestamp(day) for name, day in days.items()}}


def follow(*rows, **options):
    invoices = pd.DataFrame(list(rows))
    dates = ["invoice_date", "due_date", "paid_date", "written_off_date"]
    invoices = invoices.assign(**{name: pd.to_datetime(invoices[name]) for name in dates})
    return backtest.follow_payments(listed("ann"), invoices, as_of=START, until=END, **options).loc["ann"]


def listed(*names):
    return pd.DataFrame({"grade": "A"}, index=[*names])


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (invoice("2024-02-01", "2024-04-30"), "no default"),  # day 89
        (invoice("2024-02-01", "2024-05-01"), "no default"),  # on the 90th day it is paid
        (invoice("2024-02-01", "2024-05-02"), "defaulted"),
        (invoice("2024-02-01"), "defaulted"),
        (invoice("2024-10-02"), "defaulted"),  # day 90 is 31 December
        (invoice("2024-10-03"), "no default"),  # day 90 is the day that no longer counts: not yet known
        (invoice("2023-10-03"), "defaulted"),  # day 90 is the day of the rating: later
        (invoice("2023-10-02"), "in default"),
        (invoice("2023-10-02", "2023-12-31"), "no default"),  # paid on day 90 itself
        (invoice("2023-09-01", "2023-12-31"), "no default"),  # was in default, and paid before the day
        (invoice("2023-09-01", "2024-01-01"), "in default"),  # paid on the day: later
        (invoice("2023-09-01", None, "2023-10-01"), "in default"),
        (invoice("2024-11-20", None, "2024-12-20"), "defaulted"),  # given up before 90 days have passed
        (invoice("2024-11-20", None, "2025-01-01"), "no default"),
    ],
)
def test_who_defaults_and_when(row, state):
    assert follow(row)["state"] == state


def test_who_is_in_default_already_is_not_counted_again():
    assert follow(invoice("2023-09-01"), invoice("2024-02-01"))["state"] == "in default"


def test_only_invoices_that_had_ninety_days_are_judged():
    judged = follow(
        invoice("2024-02-01", "2024-02-01", amount=1.0),
        invoice("2024-02-01", amount=10.0),
        invoice("2024-03-01", "2025-01-01", amount=100.0),  # paid on the day that no longer counts
        invoice("2024-10-03", amount=1000.0),  # not known before the end
        invoice("2024-01-15", made="2023-12-31", amount=10000.0),  # shipped before the day
    )
    assert judged[["sold_amount", "lost_amount"]].tolist() == [111.0, 110.0]


def test_who_bought_nothing_is_good_and_stays_in_the_list():
    followed = backtest.follow_payments(
        listed("bob", "ann"),
        pd.DataFrame([invoice("2024-02-01", "2024-02-01")]).assign(written_off_date=pd.NaT),
        as_of=START,
        until=END,
    )
    assert followed.index.tolist() == ["bob", "ann"]
    assert followed.loc["bob"].tolist() == ["A", "no default", 0.0, 0.0]


def test_fewer_days_make_more_defaults():
    late = invoice("2024-02-01", "2024-03-10")
    assert (follow(late)["state"], follow(late, overdue_days=30)["state"]) == ("no default", "defaulted")


def test_follow_payments_refuses():
    invoices = pd.DataFrame([invoice("2024-02-01")])
    with language.speaking("en"):
        with pytest.raises(ValueError, match="more than 90 days after as_of"):
            backtest.follow_payments(listed("ann"), invoices, as_of=START, until="2024-03-31")
        with pytest.raises(ValueError, match="ann is there twice"):
            backtest.follow_payments(listed("ann", "ann"), invoices, as_of=START, until=END)


def test_who_can_be_tested():
    grades = pd.Categorical(["A", "C", "C", "not rated", "B"], ["not rated", "C", "B", "A"], ordered=True)
    states = ["no default", "defaulted", "in default", "defaulted", "defaulted"]
    tested = backtest.select_tested(pd.DataFrame({"grade": grades, "state": states}, index=list("VWXYZ")))
    assert tested["is_bad"].to_dict() == {"V": False, "W": True, "Z": True}


def test_neighbors_are_told_apart_only_with_enough_customers():
    few = pd.DataFrame({"n": [20, 20], "n_bad": [6, 2]}, index=pd.Index(["C", "B"], name="grade"))
    for rates, is_apart in ((few, False), (10 * few, True)):
        row = backtest.compare_neighbors(rates).loc["C - B"]
        assert row["gap_rate"] == pytest.approx(0.2)
        assert row["low_gap_rate"] < 0.2 < row["high_gap_rate"]
        assert row["is_apart"] == is_apart


def test_the_interval_of_newcombe_as_published():
    # Newcombe (1998), table II, method 10: 56/70 and 48/80; 0.0524 to 0.3339.
    row = backtest.compare_neighbors(pd.DataFrame({"n": [70, 80], "n_bad": [56, 48]})).iloc[0]
    assert row[["gap_rate", "low_gap_rate", "high_gap_rate"]].astype(float).round(4).tolist() == [0.2, 0.0524, 0.3339]


def test_a_wrong_order_that_is_certain_is_told_apart():
    row = backtest.compare_neighbors(pd.DataFrame({"n": [100, 100], "n_bad": [10, 40]})).iloc[0]
    assert row["gap_rate"] < 0
    assert row["is_apart"]
    with language.speaking("en"), pytest.raises(ValueError, match="at least two grades"):
        backtest.compare_neighbors(pd.DataFrame({"n": [100], "n_bad": [10]}))


def money(margin, lost):
    return pd.DataFrame({"margin_amount": margin, "lost_amount": lost})


def test_the_share_that_must_stay():
    customers = money([20.0, 30.0, 50.0] * 30, [0.0, 40.0, 0.0] * 30)
    stay = backtest.break_even_share(customers, seed=1)
    # What paying first brings at that share is what credit brings.
    on_credit = customers["margin_amount"].sum() - customers["lost_amount"].sum()
    assert stay.share * customers["margin_amount"].sum() == pytest.approx(on_credit)
    assert stay.low < stay.share < stay.high
    again, other = (backtest.break_even_share(customers, seed=seed) for seed in (1, 2))
    assert stay == again
    assert stay != other
    assert stay.doubt is None


def test_nothing_lost_means_that_all_must_stay():
    stay = backtest.break_even_share(money([1.0, 2.0], 0.0), seed=1)
    assert stay[:3] == (1, 1, 1)


@pytest.mark.parametrize(("n_losing", "is_doubtful"), [(9, True), (10, False)])
def test_few_who_lost_anything_are_a_reason_to_doubt(n_losing, is_doubtful):
    lost = pd.Series([5.0] * n_losing + [0.0] * 20)
    stay = backtest.break_even_share(money(pd.Series(10.0, index=lost.index), lost), seed=1)
    assert (stay.doubt is not None) == is_doubtful


def test_the_interval_holds_about_as_often_as_it_says():
    random, held = np.random.default_rng(1), []
    for seed in range(200):
        lost = (random.random(80) < 0.2) * random.exponential(200.0, 80)  # 40 of a margin of 100: 0.6 must stay
        customers = money(random.exponential(100.0, 80), lost)
        low, high = backtest.break_even_share(customers, n_resamples=300, seed=seed)[1:3]
        held.append(low < 0.6 < high)
    assert 0.88 <= np.mean(held) <= 1


@pytest.mark.parametrize(
    ("customers", "said"),
    [
        (money([1.0], [0.0]), "at least two"),
        (money([0.0, 0.0], [1.0, 2.0]), "margin_amount above 0"),
        (money([1.0, None], [1.0, 2.0]), "margin_amount"),
        (money([1.0, 2.0], 0.0)[["margin_amount"]], "lost_amount"),
    ],
)
def test_break_even_share_refuses(customers, said):
    with language.speaking("en"), pytest.raises(ValueError, match=said):
        backtest.break_even_share(customers, seed=1)
