"""Who came after a day, and whether the intervals held."""

import pandas as pd
import pytest

from crmlib.gaps import count_returned, first_days_after, intervals_held

LINES = pd.DataFrame(
    [
        ("ann", "2024-05-31 23:59", 9.0),  # on the day itself
        ("ann", "2024-06-04 08:00", 9.0),
        ("ann", "2024-06-04 19:00", 9.0),
        ("bob", "2024-06-02", -9.0),  # a refund
        ("bob", "2024-06-30 22:00", 0.0),  # the last day, free of charge
        ("cy", "2024-07-01", 9.0),
        (None, "2024-06-05", 9.0),
    ],
    columns=["customer_id", "order_date", "amount"],
).assign(order_date=lambda lines: pd.to_datetime(lines["order_date"], format="ISO8601"))


def days(*texts):
    return pd.to_datetime(list(texts))


def test_the_first_purchase_after_the_day_counts_and_the_last_day_whole():
    came = first_days_after(LINES, as_of="2024-05-31", until="2024-06-30")
    assert came.dt.strftime("%Y-%m-%d").to_dict() == {"ann": "2024-06-04", "bob": "2024-06-30"}
    assert came.name == "came_date"


def test_who_came_back_had_bought_on_two_days():
    assert [count_returned(LINES, as_of=day) for day in ("2024-06-03", "2024-06-04")] == [0, 1]
    assert count_returned(LINES[LINES["customer_id"] == "bob"], as_of="2024-06-30") == 0  # a refund is no purchase
    with pytest.raises(ValueError, match="at least one line"):
        count_returned(LINES.iloc[:0], as_of="2024-06-30")


def test_the_order_of_the_lines_does_not_matter():
    wanted = first_days_after(LINES, as_of="2024-05-31", until="2024-06-30")
    assert first_days_after(LINES[::-1], as_of="2024-05-31", until="2024-06-30").equals(wanted)


def test_days_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="until must be after as_of"):
        first_days_after(LINES, as_of="2024-06-30", until="2024-06-30")
    with pytest.raises(ValueError, match="amount"):
        first_days_after(LINES.drop(columns="amount"), as_of="2024-05-31", until="2024-06-30")


@pytest.mark.parametrize(
    ("earliest", "latest", "came", "held"),
    [
        ("2024-06-02", "2024-06-09", "2024-06-02", True),
        ("2024-06-02", "2024-06-09", "2024-06-09", True),
        ("2024-06-02", "2024-06-09", "2024-06-01", False),
        ("2024-06-02", "2024-06-09", "2024-06-10", False),
        ("2024-06-02", "2024-06-09", None, False),
        ("2024-06-02", None, None, True),
        ("2024-06-02", None, "2024-06-01", False),
        ("2024-06-02", None, "2024-06-30", True),
        (None, None, None, True),
        (None, None, "2024-06-05", False),
    ],
)
def test_an_interval_holds_the_day_or_not(earliest, latest, came, held):
    expected = pd.DataFrame({"earliest_date": days(earliest), "latest_date": days(latest)}, index=["ann"])
    assert intervals_held(expected, pd.Series(days(came), index=["ann"])).to_dict() == {"ann": held}


def test_who_is_not_among_those_who_came_did_not_come():
    expected = pd.DataFrame({"earliest_date": days("2024-06-02"), "latest_date": days("2024-06-09")}, index=["ann"])
    assert not intervals_held(expected, pd.Series(days("2024-06-04"), index=["bob"])).any()
