"""Who stays: by hand, beside Kaplan and Meier of statsmodels, by law, and refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from crmlib import retention


def subscriptions(*rows):
    table = pd.DataFrame(rows, columns=["start_date", "end_date"])
    return table.apply(pd.to_datetime)


EIGHT = subscriptions(
    ("2025-01-01", "2025-01-31"),
    ("2025-01-01", "2025-01-31"),
    ("2025-01-01", "2025-02-28"),
    ("2025-01-01", "2025-04-30"),
    ("2025-01-01", None),
    ("2025-01-01", "2025-06-30"),  # ends after the day: not known on it
    ("2025-01-01", None),
    ("2025-01-01", "2025-02-15"),
)


def test_one_cohort_by_hand():
    table = retention.follow_subscriptions(EIGHT, as_of="2025-05-31")
    assert table["n_subscribers"].tolist() == [8, 6, 4, 4, 3]
    assert table["n_earlier_subscribers"].tolist() == [8, 8, 6, 4, 4]
    assert table["retention_rate"].tolist()[1:] == [6 / 8, 4 / 6, 1.0, 3 / 4]
    assert np.isnan(table.loc[0, "retention_rate"]) and np.isnan(table.loc[0, "churn_rate"])
    assert table["survival_rate"].tolist() == pytest.approx([1, 6 / 8, 4 / 8, 4 / 8, 3 / 8])
    assert (table["churn_rate"][1:] == 1 - table["retention_rate"][1:]).all()
    assert table.index.tolist() == [0, 1, 2, 3, 4] and table.index.name == "month"


def test_a_month_counts_when_its_first_day_has_come():
    assert len(retention.follow_subscriptions(EIGHT, as_of="2025-06-01")) == 6
    later = EIGHT.assign(start_date=pd.Timestamp("2025-01-10"), end_date=pd.NaT)
    assert len(retention.follow_subscriptions(later, as_of="2025-06-09")) == 5
    assert len(retention.follow_subscriptions(later, as_of="2025-06-10")) == 6
    ended = later.assign(end_date=pd.Timestamp("2025-02-09"))  # the day before the second payment
    assert retention.follow_subscriptions(ended, as_of="2025-06-10")["n_subscribers"].tolist()[:2] == [8, 0]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), min_size=5, max_size=60))
def test_several_cohorts_are_the_estimate_of_kaplan_and_meier(rows):
    starts = [pd.Timestamp("2025-01-01") + pd.DateOffset(months=began) for began, _ in rows]
    ends = [start + pd.DateOffset(months=stayed + 1, days=-1) for start, (_, stayed) in zip(starts, rows, strict=True)]
    day = pd.Timestamp("2025-12-31")
    table = retention.follow_subscriptions(subscriptions(*zip(starts, ends, strict=True)), as_of=day)
    seen = np.array([11 - began for began, _ in rows])
    left = np.array([stayed + 1 for _, stayed in rows])  # the month in which they are first missing
    oracle = SurvfuncRight(np.minimum(left, seen), left <= seen)
    expected = pd.Series(oracle.surv_prob, index=oracle.surv_times).reindex(table.index).ffill().fillna(1.0)
    assert table["survival_rate"].to_numpy() == pytest.approx(expected.to_numpy())


def test_months_of_the_calendar_by_hand():
    table = retention.follow_months(EIGHT, as_of="2025-05-31")
    assert table.index.strftime("%Y-%m").tolist() == ["2025-02", "2025-03", "2025-04", "2025-05"]
    assert table["n_earlier_subscribers"].tolist() == [8, 6, 4, 4]
    assert table["n_subscribers"].tolist() == [6, 4, 4, 3]
    assert table["retention_rate"].tolist() == [6 / 8, 4 / 6, 1, 3 / 4]
    # Wilson (1927) for 2 of 8, by hand: centre and half width of (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n).
    z2 = 1.959963985**2
    half = (z2 * (0.25 * 0.75 / 8 + z2 / 256)) ** 0.5 / (1 + z2 / 8)
    centre = (0.25 + z2 / 16) / (1 + z2 / 8)
    assert table.iloc[0][["churn_low", "churn_high"]].tolist() == pytest.approx([centre - half, centre + half])


def test_whoever_begins_later_is_not_due_before():
    both = pd.concat([EIGHT, subscriptions(("2025-03-01", None), ("2025-03-01", "2025-03-31"))], ignore_index=True)
    table = retention.follow_months(both, as_of="2025-05-31")
    assert table["n_earlier_subscribers"].tolist() == [8, 6, 6, 5]
    assert table["n_subscribers"].tolist() == [6, 4, 5, 4]
    by_age = retention.follow_subscriptions(both, as_of="2025-05-31")
    assert by_age.loc[[3, 4], "n_earlier_subscribers"].tolist() == [4, 4]  # those of March have not been seen so long
    assert by_age.loc[1, "n_earlier_subscribers"] == 10 and by_age.loc[1, "n_subscribers"] == 7


def test_the_interval_is_that_of_a_share():
    # 400 customers, of whom 70 % are there at the end: the standard error is sqrt(.7 x .3 / 400).
    low, high = retention.cohort_interval(
        pd.Series([400, 350, 280]), lambda n: n.iloc[-1] / n.iloc[0], seed=1, n_draws=4000
    )
    error = (0.7 * 0.3 / 400) ** 0.5
    assert (low, high) == pytest.approx((0.7 - 1.96 * error, 0.7 + 1.96 * error), abs=0.004)


def test_each_cohort_drawn_has_as_many_customers_and_never_rises():
    seen = []
    retention.cohort_interval(pd.Series([50, 30, 30, 4]), lambda n: seen.append(n) or 0.0, seed=3, n_draws=40)
    assert len(seen) == 40 and {one.iloc[0] for one in seen} == {50}
    assert all(one.is_monotonic_decreasing and one.iloc[1] == one.iloc[2] for one in seen)


@pytest.mark.parametrize(
    ("table", "day", "message"),
    [
        (EIGHT.drop(columns="end_date"), "2025-05-31", "subscriptions"),
        (subscriptions(("2025-02-01", "2025-01-31")), "2025-05-31", "no end_date before it; 1 of 1 break it"),
        (subscriptions((None, None)), "2025-05-31", "must have a start_date"),
        (EIGHT, "2024-12-31", "somebody must have begun until 2024-12-31"),
    ],
)
def test_what_cannot_be_is_refused(table, day, message):
    for follow in (retention.follow_subscriptions, retention.follow_months):
        with pytest.raises(ValueError, match=message):
            follow(table, as_of=day)


@pytest.mark.parametrize("counts", [[3], [3, 4], [3.5, 2.0], [2, -1]])
def test_numbers_of_no_cohort_are_refused(counts):
    with pytest.raises(ValueError, match="whole numbers that never rise"):
        retention.cohort_interval(pd.Series(counts), len, seed=1)
