"""Revenue by month and its trend: by hand on eight customers, by law, by contract."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import trend

EIGHT = list("abcdefgh")


def lines_of(*rows):
    """Lines of customer, day and amount."""
    frame = pd.DataFrame(rows, columns=["customer_id", "order_date", "amount"])
    return frame.assign(order_date=pd.to_datetime(frame["order_date"], format="ISO8601"))


def steady(first="2023-01-01", last="2024-12-31", **amount_from):
    """Eight customers take turns and pay 10; from a day on another amount, by customer or for everybody."""
    days = pd.date_range(first, last)
    frame = pd.DataFrame(
        {"customer_id": np.resize(EIGHT, len(days)), "order_date": days, "amount": np.full(len(days), 10.0)}
    )
    for customer, (day, amount) in amount_from.items():
        is_theirs = (frame["customer_id"] == customer) | (customer == "everybody")
        frame.loc[is_theirs & (frame["order_date"] >= day), "amount"] = amount
    return frame


# --- by hand ---


def test_eight_customers_by_hand():
    lines = lines_of(
        ("a", "2024-01-01", 10), ("b", "2024-01-15 23:59", 20), ("a", "2024-01-31", 5), ("c", "2024-01-31", -4),
        ("d", "2024-03-01", 7), ("e", "2024-03-30", 0), ("f", "2024-04-01", 3),
        ("g", "2024-04-02", 100), ("h", "2024-04-03", 9),
    )  # fmt: skip
    months = trend.by_month(lines, as_of="2024-04-02")
    assert months.index.strftime("%Y-%m").tolist() == ["2024-01", "2024-02", "2024-03", "2024-04"]
    # The refund of c lowers January and makes no customer; who took it for nothing (e) ordered; h came after the day.
    assert months["revenue"].tolist() == [31.0, 0.0, 7.0, 103.0]
    assert months["n_customers"].tolist() == [2, 0, 2, 2]
    assert months["is_whole"].tolist() == [True, True, True, False]


def test_months_at_hand_are_not_added_up_again(monkeypatch):
    lines = steady(everybody=("2024-01-01", 20.0))
    months, wanted = trend.by_month(lines, as_of="2024-12-31"), trend.compare_months(lines, as_of="2024-12-31")
    monkeypatch.setattr(trend, "by_month", None)
    assert trend.compare_months(lines, as_of="2024-12-31", months=months) == wanted


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("2024-01-01", "2024-02-29", [True, True]),
        ("2024-01-02", "2024-02-28", [True, True]),  # closed on New Year's Day; no order on the last day
        ("2024-01-04", "2024-02-26", [False, False]),
    ],
)
def test_a_day_that_lacks_at_the_edge_makes_no_part_of_a_month(first, last, whole):
    assert trend.by_month(steady(first, last), as_of=last)["is_whole"].tolist() == whole


def test_months_are_held_against_the_same_ones_a_year_before():
    # Twenty a day from 2024 on, where it was ten.
    change = trend.compare_months(steady(everybody=("2024-01-01", 20.0)), as_of="2024-12-31")
    assert [str(month) for month in change[:4]] == ["2024-10", "2024-12", "2023-10", "2023-12"]
    assert (change.revenue, change.revenue_before, change.share) == (1840.0, 920.0, 1.0)
    assert (change.n_customers, change.n_customers_before) == (8, 8)
    assert change.is_same_season and change.verdict == "more"


def test_without_a_year_to_compare_with_the_months_just_before_must_do():
    change = trend.compare_months(steady("2024-01-01", everybody=("2024-10-01", 5.0)), as_of="2024-12-31")
    assert [str(month) for month in change[:4]] == ["2024-10", "2024-12", "2024-07", "2024-09"]
    assert not change.is_same_season and change.verdict == "less"


def test_one_customer_alone_makes_no_trend():
    change = trend.compare_months(steady(a=("2024-10-01", 100.0)), as_of="2024-12-31")
    assert change.share > 1 and change.share_without_one == pytest.approx(0, abs=0.02)
    assert change.verdict == "one customer"


@pytest.mark.parametrize(
    ("share", "without_one", "verdict"),
    [
        (0.049, 0.2, "about the same"),
        (-0.049, -0.2, "about the same"),
        (0.05, 0.05, "more"),
        (0.05, 0.049, "one customer"),
        (-0.3, -0.05, "less"),
        (-0.3, 0.1, "one customer"),
    ],
)
def test_the_verdict_follows_from_its_condition(share, without_one, verdict):
    month = pd.Period("2024-01")
    change = trend.Change(month, month, month, month, 1.0, 1.0, 8, 8, share, without_one, True)
    assert change.verdict == verdict


def test_too_few_months_or_nothing_before_give_no_comparison():
    assert trend.compare_months(steady("2024-08-01"), as_of="2024-12-31") is None  # five
    assert trend.compare_months(steady("2024-07-01"), as_of="2024-12-31") is not None  # six
    assert trend.compare_months(steady("2024-07-01", "2024-12-20"), as_of="2024-12-20") is None  # the last is not whole
    free = steady("2024-07-01").assign(
        amount=lambda lines: lines["amount"].where(lines["order_date"] > "2024-09-30", 0)
    )
    assert trend.compare_months(free, as_of="2024-12-31") is None


# --- by law ---


@given(
    st.lists(st.tuples(st.sampled_from(EIGHT), st.integers(0, 700), st.integers(-500, 5000)), min_size=1, max_size=60)
)
def test_months_add_up_to_all_the_money_in_any_order_of_the_lines(rows):
    lines = lines_of(
        *((who, pd.Timestamp("2023-01-01") + pd.Timedelta(days=day), cents / 100) for who, day, cents in rows)
    )
    months = trend.by_month(lines, as_of="2024-12-31")
    assert months["revenue"].sum() == pytest.approx(lines["amount"].sum(), abs=1e-6)
    assert months.index.is_monotonic_increasing and months.index.is_unique
    assert months["n_customers"].max() <= 8
    pd.testing.assert_frame_equal(trend.by_month(lines[::-1], as_of="2024-12-31"), months)


# --- by contract ---


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="a line must lie before as_of; none does before 2022-12-31"):
        trend.by_month(steady(), as_of="2022-12-31")
    with pytest.raises(ValueError, match=r"missing \['amount'\]"):
        trend.by_month(steady().drop(columns="amount"), as_of="2024-12-31")
    with pytest.raises(ValueError, match="n_months must be a whole number of at least 1"):
        trend.compare_months(steady(), as_of="2024-12-31", n_months=0)


def test_the_lines_are_left_alone():
    lines = steady()
    before = lines.copy()
    trend.compare_months(lines, as_of="2024-12-31")
    pd.testing.assert_frame_equal(lines, before)
