"""Mistakes that people make everywhere: each is known by the number it leads to, and none is guessed at."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib.lesson import exercise
from crmlib.lesson.general import find_general
from crmlib.lesson.replies import compute, reply_to

rng = np.random.default_rng(7)
N = 300
LINES = pd.DataFrame(
    {
        "customer_id": [f"c{n}" for n in rng.integers(0, 60, N)],
        "order_id": [f"o{n}" for n in rng.integers(0, 150, N)],
        "order_date": pd.to_datetime("2024-01-01") + pd.to_timedelta(rng.integers(0, 730, N), unit="D"),
        "amount": rng.gamma(1.0, 100.0, N).round(2) + 1,
        "profit": rng.gamma(1.0, 20.0, N).round(2),
    }
)
LINES.loc[:9, "amount"] *= -1  # ten refunds
OLD = LINES.assign(amount=LINES["amount"] * rng.uniform(0.5, 2, N))


@exercise("9.7.1", why="They carry us.", hints=["Add up.", "Divide."])
def best_share(lines):
    spent = lines.groupby("customer_id")["amount"].sum()
    best = spent[spent >= 300]
    return best.sum() / spent.sum()


@exercise("9.7.2", why="So much each.", hints=["Add up.", "Divide."])
def mean_spent(lines):
    return lines["amount"].sum() / lines["customer_id"].nunique()


@exercise("9.7.3", why="The biggest.", hints=["Add up.", "Look."])
def biggest(lines):
    return lines.groupby("customer_id")["amount"].sum().max()


@exercise("9.7.4", why="So many.", hints=["Add up.", "Count."])
def n_best(lines):
    spent = lines.groupby("customer_id")["amount"].sum()
    return int((spent >= 300).sum())


SPENT = LINES.groupby("customer_id")["amount"].sum()
BEST = SPENT[SPENT >= 300]
SHARE, EACH = BEST.sum() / SPENT.sum(), LINES["amount"].sum() / LINES["customer_id"].nunique()


def share_of(lines):
    return best_share.function(lines)


CASES = [
    (best_share, 1 - SHARE, "complement"),
    (best_share, round(1 - SHARE, 3), "complement"),
    (best_share, SHARE * 100, "percentage"),
    (best_share, SHARE / 1000, "factor"),
    (best_share, 1 / SHARE, "inverse"),
    (best_share, SHARE / (1 - SHARE), "odds"),
    (best_share, BEST.sum(), "step"),
    (best_share, SPENT.sum(), "step"),
    (best_share, len(BEST), "condition"),
    (best_share, BEST.median(), "other summary"),
    (best_share, BEST / SPENT.sum(), "series"),
    (best_share, SPENT[SPENT < 300].sum() / SPENT.sum(), "complement"),
    (best_share, share_of(OLD), "other table"),
    (best_share, share_of(LINES[LINES["order_date"].dt.year == 2024]), "other period"),
    (best_share, share_of(LINES[LINES["amount"] >= 0]), "refunds"),
    (best_share, share_of(LINES.assign(amount=LINES["amount"].abs())), "refunds"),
    (best_share, share_of(LINES.assign(amount=LINES["profit"])), "other column"),
    (best_share, share_of(LINES.drop_duplicates("customer_id")), "lines"),
    (best_share, LINES["profit"].sum(), "whole table"),
    (mean_spent, LINES["amount"].mean(), "other count"),
    (mean_spent, LINES["amount"].sum() / LINES["order_id"].nunique(), "other count"),
    (mean_spent, LINES["amount"].sum(), "sum for mean"),
    (biggest, SPENT.idxmax(), "label"),
    (biggest, SPENT.min(), "other summary"),
    (biggest, SPENT.iloc[0], "other summary"),
    (n_best, 60 - len(BEST), "the others"),
    (n_best, len(BEST) / 60, "share for number"),
    (n_best, SPENT >= 300, "series"),
    (n_best, float("nan"), "missing"),
]


@pytest.mark.parametrize(("item", "answer", "name"), CASES)
def test_a_general_mistake_is_known_by_what_it_leads_to(item, answer, name):
    wanted = compute(item, item.function, {"lines": LINES})
    known = find_general(item, wanted, answer, {"lines": LINES}, {"older": OLD})
    assert known is not None
    assert known.name == name


@pytest.mark.parametrize("answer", [0.123, 0.5, 7, 3, 1234.5, -2, 0, 1])
def test_where_none_leads_to_the_answer_nothing_is_said(answer):
    assert find_general(best_share, SHARE, answer, {"lines": LINES}, {"older": OLD}) is None


def test_the_other_table_is_named_and_the_value_is_not():
    reply = reply_to(best_share, share_of(OLD), {"lines": LINES}, {"older": OLD})
    assert "you took older" in reply.text
    for _, answer, _ in [one for one in CASES if one[0] is best_share]:
        assert f"{SHARE:.3f}"[1:] not in reply_to(best_share, answer, {"lines": LINES}, {"older": OLD}).text


def test_a_written_mistake_comes_before_a_general_one():
    item = exercise("9.7.5", why="", hints=["a", "b"])(best_share.function)
    item.mistake("You took those who are not the best.")(lambda lines: 1 - best_share.function(lines))
    assert reply_to(item, 1 - SHARE, {"lines": LINES}).marks == {"mistake": 0}


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.floats(),
        st.integers(),
        st.text(max_size=8),
        st.lists(st.floats(), max_size=4),
        st.tuples(st.integers(), st.integers()),
        st.sampled_from([pd.NA, pd.NaT, 10**400, LINES, LINES["amount"], np.eye(2), {"a": 1}, len, object(), True]),
    )
)
def test_whatever_is_answered_there_is_a_reply(answer):
    assert reply_to(best_share, answer, {"lines": LINES}, {"older": OLD}).state in ("wrong", "mistake", "not attempted")
