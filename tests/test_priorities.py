"""Whom to act on: by hand on eight customers, by law, by contract."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import priorities

TIERS = pd.CategoricalDtype(["small", "regular", "VIP"], ordered=True)


def summary_of(**customers):
    """Customers with the days since their last and first order, and their orders."""
    frame = pd.DataFrame.from_dict(customers, orient="index", columns=["recency_days", "tenure_days", "frequency"])
    return frame.rename_axis("customer_id").astype({"recency_days": "Int64", "tenure_days": "Int64"})


def period_of(**customers):
    frame = pd.DataFrame.from_dict(customers, orient="index", columns=["value", "tier"])
    return frame.astype({"value": float, "tier": TIERS}).rename_axis("customer_id")


# --- by hand ---


def test_eight_customers_and_who_is_overdue():
    # a to h: usual gaps of 10 days but for g; the last order 0, 30, 31, 40, 31 days back.
    late = priorities.overdue(
        summary_of(
            a=(0, 90, 10),  # bought today
            b=(30, 60, 4),  # exactly three gaps: not more
            c=(31, 61, 4),
            d=(40, 60, 3),  # three orders: two gaps make no rhythm
            e=(400, 400, 9),  # nine orders on one day
            f=(None, None, 0),  # only refunds
            g=(70, 130, 4),  # usually 20 days: 3.5 of them
            h=(95, 125, 4),
        )
    )
    assert late["usual_gap_days"].to_dict() == {"c": 10.0, "g": 20.0, "h": 10.0}
    assert late["times_usual"].round(2).to_dict() == {"c": 3.1, "g": 3.5, "h": 9.5}
    assert late["recency_days"].tolist() == [31, 70, 95]
    assert late["n_gaps"].tolist() == [3, 3, 3]
    assert late["chance_rate"].tolist() == pytest.approx([(1 + k / 3) ** -3 for k in (3.1, 3.5, 9.5)])


@pytest.mark.parametrize(("n_gaps", "once_in"), [(3, 8), (9, 13.3), (2000, 20)])
def test_steady_customers_are_overdue_by_chance_as_often_as_is_said(n_gaps, once_in):
    rng = np.random.default_rng(n_gaps)
    gap, silence = rng.gamma(n_gaps, 1 / n_gaps, 40_000), rng.exponential(size=40_000)
    reckoned = (1 + 3 / n_gaps) ** -n_gaps
    assert 1 / reckoned == pytest.approx(once_in, abs=0.1)
    assert (silence > 3 * gap).mean() == pytest.approx(reckoned, abs=0.005)
    late = priorities.overdue(summary_of(a=(3 * 10**6 + 1, 3 * 10**6 + 1 + n_gaps * 10**6, n_gaps + 1)))
    assert late.loc["a", "chance_rate"] == pytest.approx(reckoned, rel=1e-4)


def test_eight_customers_and_who_fell():
    before = period_of(
        a=(100, "VIP"), b=(90, "VIP"), c=(50, "regular"), d=(50, "regular"), e=(40, "regular"),
        f=(9, "small"), g=(8, "small"),
    )  # fmt: skip
    after = period_of(
        a=(20, "regular"),
        b=(95, "VIP"),
        c=(45, "small"),  # a tenth less: the others rose
        d=(40, "small"),  # a fifth less
        f=(1, "small"),  # was in the lowest before
        h=(60, "VIP"),
    )
    # e left, and brings nothing.
    assert priorities.fallen(before, after).to_dict() == {"a": 80.0, "e": 40.0, "d": 10.0}
    assert list(priorities.fallen(before, after).index) == ["a", "e", "d"]
    assert "c" in priorities.fallen(before, after, at_least=0.1)


def test_a_customer_stands_once_with_the_reason_that_weighs_most():
    found = priorities.list_priorities(
        {
            "overdue": pd.Series({"ann": 70.0, "bob": 5.0}),
            "fell a tier": pd.Series({"bob": 5.0, "cy": 90.0}),
            "loses money": pd.Series({"ann": 71.0, "bob": 1.0, "dee": 90.0}),
        }
    )
    assert list(found.index) == ["cy", "dee", "ann", "bob"]  # of equal ones by their number
    assert found["reason"].to_dict() == {
        "cy": "fell a tier", "dee": "loses money", "ann": "loses money", "bob": "overdue",
    }  # fmt: skip
    assert found["also"].to_dict() == {"cy": "", "dee": "", "ann": "overdue", "bob": "fell a tier; loses money"}
    assert found["at_stake"].tolist() == [90.0, 90.0, 71.0, 5.0]


# --- by law ---


@given(
    st.dictionaries(
        st.sampled_from(["overdue", "fell a tier", "loses money"]),
        st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 100), max_size=8),
    )
)
def test_whoever_has_a_reason_is_there_once_and_money_is_not_counted_twice(reasons):
    found = priorities.list_priorities({name: pd.Series(stakes, dtype=float) for name, stakes in reasons.items()})
    assert set(found.index) == {customer for stakes in reasons.values() for customer in stakes}
    assert found.index.is_unique and found["at_stake"].is_monotonic_decreasing
    for customer, row in found.iterrows():
        mine = {name: stakes[customer] for name, stakes in reasons.items() if customer in stakes}
        assert row["at_stake"] == max(mine.values()) == mine[row["reason"]]
        assert {row["reason"], *filter(None, row["also"].split("; "))} == set(mine)


# --- by contract ---


def test_nobody_is_a_table_without_rows():
    for reasons in ({}, {"overdue": pd.Series(dtype=float)}):
        found = priorities.list_priorities(reasons)
        assert found.empty and list(found) == ["reason", "also", "at_stake"] and found.index.name == "customer_id"


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="summary must have the columns"):
        priorities.overdue(pd.DataFrame({"frequency": [4]}))
    with pytest.raises(ValueError, match="times must be a number above 1; got 1"):
        priorities.overdue(summary_of(a=(0, 90, 10)), times=1)
    with pytest.raises(ValueError, match="at_least must lie between 0 and 1; got 20"):
        priorities.fallen(period_of(a=(1, "VIP")), period_of(a=(1, "VIP")), at_least=20)
    with pytest.raises(ValueError, match=r"under \['overdue'\] some stand twice"):
        priorities.list_priorities({"overdue": pd.Series([1.0, 2.0], index=["ann", "ann"])})


# --- who owes ---


def debtors_of(**customers):
    names = ["owed", "overdue_amount", "overdue_days", "grade", "limit"]
    return pd.DataFrame.from_dict(customers, orient="index", columns=names).rename_axis("customer_id")


def test_seven_debtors_and_what_to_do_first():
    watched = priorities.watch_debtors(
        debtors_of(
            a=(90.0, 90.0, 91, "AA", 500.0),  # more than 90 days
            b=(80.0, 10.0, 90, "AA", 500.0),
            c=(70.0, 10.0, 3, "C", 0.0),  # no credit at this grade: all is at stake
            d=(60.0, 0.0, 0, "B", 20.0),
            e=(50.0, 0.0, 0, "not rated", 0.0),
            f=(45.0, 0.0, 0, "A", np.nan),  # no limit is known: nobody is above it
            g=(35.0, 0.0, 0, "A", 35.0),  # at the limit is not above it
        )
    )
    assert watched["at_stake"].to_dict() == {"a": 90, "c": 70, "e": 50, "d": 40, "b": 10}
    assert watched["what_to_do"].to_dict() == {
        "a": "stop delivery",
        "c": "cash first",
        "e": "watch the next payment",
        "d": "cash first, until below the limit",
        "b": "call for payment",
    }
    assert watched.loc["c", ["reason", "also", "above_limit"]].tolist() == ["above the limit", "overdue", 70.0]


def test_without_grades_only_what_is_overdue_is_watched():
    watched = priorities.watch_debtors(debtors_of(a=(9.0, 9.0, 31, "", 0.0), b=(9.0, 0.0, 0, "", 0.0)).iloc[:, :3])
    assert watched["reason"].to_dict() == {"a": "overdue"}
    assert watched["above_limit"].isna().all()
    assert priorities.tell_debtors(watched.join(debtors_of(a=(9.0, 9.0, 31, "", 0.0)).iloc[:, :3])).tolist() == [
        "9 overdue, the oldest of it for 31 days."
    ]


def test_who_is_not_rated_is_asked_for_what_lacks():
    unrated = debtors_of(a=(9.0, 0.0, 0, "not rated", 0.0), b=(8.0, 0.0, 0, "not rated", 0.0))
    watched = priorities.watch_debtors(unrated.assign(lacks=["review", "statements"]))
    assert watched["what_to_do"].to_dict() == {"a": "fill in the review", "b": "ask for statements"}
    told = priorities.tell_debtors(watched.join(unrated[["owed", "overdue_amount", "overdue_days", "limit"]]))
    assert told["a"] == "owes 9."


def test_what_is_owed_at_a_grade_without_credit_is_said_so():
    one = debtors_of(a=(9.0, 0.0, 0, "C", 0.0))
    told = priorities.tell_debtors(priorities.watch_debtors(one).join(one))
    assert told["a"] == "9 owed, and no credit at this grade."
