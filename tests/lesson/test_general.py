"""Mistakes that people make everywhere: each is known by the number it leads to, and none is guessed at."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmlib.lesson import exercise
from crmlib.lesson.general import find_general
from crmlib.lesson.plain import list_by_counts
from crmlib.lesson.replies import reply_to
from crmlib.lesson.worked import Worked

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


@exercise("9.7.7", why="So high.", hints=["Add up.", "Divide."])
def mean_score(cards):
    return cards["score"].mean()


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
    (best_share, SHARE / 2, "two"),
    (biggest, SPENT.max() * 2, "two"),
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
    (best_share, 1, "all"),
    (best_share, 0, "nothing"),
    (n_best, 60 - len(BEST), "the others"),
    (n_best, len(BEST) / 60, "share for number"),
    (n_best, SPENT >= 300, "series"),
    (n_best, float("nan"), "missing"),
]


def test_who_counts_all_where_a_number_is_asked_for_is_not_asked_for_values():
    of_number, of_value = [find_general(Worked(item, {"lines": LINES}, {}), len(SPENT)) for item in (n_best, biggest)]
    assert of_number.advice == "That is how many there are in all. Which of them are asked for?"
    assert of_value.advice == "That is how many there are. What do they come to?"


def test_a_hundred_times_a_sum_is_not_taken_for_the_sum_behind_a_mean():
    ways = [list_by_counts(50.5, {"rows": 100}, divides=divides) for divides in (True, False)]
    assert ["sum for mean" in [one.name for one in way] for way in ways] == [True, False]


@pytest.mark.parametrize(("item", "answer", "name"), CASES)
def test_a_general_mistake_is_known_by_what_it_leads_to(item, answer, name):
    known = find_general(Worked(item, {"lines": LINES}, {"older": OLD}), answer)
    assert known is not None
    assert known.name == name


@pytest.mark.parametrize("answer", [0.123, 0.5, 7, 3, 1234.5, -2, -1])
def test_where_none_leads_to_the_answer_nothing_is_said(answer):
    assert find_general(Worked(best_share, {"lines": LINES}, {"older": OLD}), answer) is None


def test_the_other_table_is_named_and_the_value_is_not():
    reply = reply_to(best_share, share_of(OLD), {"lines": LINES}, {"older": OLD})
    assert "you took older" in reply.text
    for _, answer, _ in [one for one in CASES if one[0] is best_share]:
        assert f"{SHARE:.3f}"[1:] not in reply_to(best_share, answer, {"lines": LINES}, {"older": OLD}).text


def test_a_written_mistake_comes_before_a_general_one():
    item = exercise("9.7.5", why="", hints=["a", "b"])(best_share.function)
    item.mistake("You took those who are not the best.")(lambda lines: 1 - best_share.function(lines))
    assert reply_to(item, 1 - SHARE, {"lines": LINES}).marks == {"mistake": 0}


def test_the_second_of_two_mistakes_does_not_call_the_first_one_right():
    item = exercise("9.7.6", why="", hints=["a", "b"])(best_share.function)
    item.mistake("You took the mean.")(lambda lines: 0.321)
    reply = reply_to(item, -0.321, {"lines": LINES})
    assert reply.marks == {"general": "two mistakes"}
    assert reply.text == "You took the mean. Besides, plus and minus are exchanged."


@exercise("9.7.7", why="", hints=["a", "b"])
def best_twentieth(lines):
    n = int(0.07 * len(lines) + 0.5)
    return lines["amount"].nlargest(n).sum()


@best_twentieth.mistake("That is a seventh of the customers.")
def n_customers(lines):
    return int(0.14 * lines["customer_id"].nunique() + 0.5)


@pytest.mark.parametrize("amounts", [0.07 * 310, 0.14 * LINES["customer_id"].nunique()])
def test_a_number_that_is_not_rounded_yet_is_told_so_and_nothing_is_to_be_added(amounts):
    lines = pd.concat([LINES, LINES[:10]])
    text = reply_to(best_twentieth, amounts, {"lines": lines}).text
    assert text.startswith("That is not a whole number yet: int(x + 0.5) rounds it.")
    assert "added" not in text


def test_who_cuts_the_decimals_off_is_told_the_rule_of_rounding():
    lines = pd.concat([LINES, LINES[:10]])  # 7 % of 310 are 21.7
    answer = lines["amount"].nlargest(21).sum()
    assert reply_to(best_twentieth, answer, {"lines": lines}).marks == {"general": "rounding"}


COARSE = [(0.5625, 0.6), (0.46, 0.5), (0.5625, 60), (2.638, 3), (87.57, 90), (81087.23, 80000), (-0.023, -0.02)]


@pytest.mark.parametrize(("wanted", "answer"), COARSE)
def test_one_digit_of_the_right_number_is_told_how_many_are_needed(wanted, answer):
    item = exercise("9.7.8", why="", hints=["a", "b"])(lambda: wanted)
    reply = reply_to(item, answer, {})
    assert (reply.head, reply.marks) == ("Nearly.", {"general": "rounded too much"})
    assert "Right, but rounded too much" in reply.text
    assert "at least 7 digits" in reply.text
    assert reply_to(item, float(f"{wanted:.7g}"), {}).state == "right"


@pytest.mark.parametrize(("wanted", "answer", "known"), [(633, 600, True), (633, 630, True), (640, 600, False)])
def test_a_count_is_given_whole_and_of_a_round_one_nobody_can_tell(wanted, answer, known):
    reply = reply_to(exercise("9.7.8", why="", hints=["a", "b"])(lambda: wanted), answer, {})
    assert reply.text.startswith("It is right, but rounded") is known


@pytest.mark.parametrize(
    ("wanted", "answer"), [(0.5625, 0.5), (0.96, 1), (0.46, 0.4), (5, 6), (87.57, 80), (4.5, 4), (4.5, 9)]
)
def test_what_does_not_round_to_one_digit_is_not_called_right(wanted, answer):
    reply = reply_to(exercise("9.7.8", why="", hints=["a", "b"])(lambda: wanted), answer, {})
    assert reply.head == "Not yet."


@pytest.mark.parametrize("answer", [1 - SHARE, SHARE * 10, -SHARE, BEST.sum(), share_of(OLD), 1.0, 0.0])
def test_only_a_right_number_is_near(answer):
    assert reply_to(best_share, answer, {"lines": LINES}, {"older": OLD}).head == "Not yet."


def test_one_as_likely_is_reached_in_a_hundred_ways_and_none_is_guessed_at():
    @exercise("9.7.9", why="", hints=["a", "b"])
    def repeat(lines):
        return len(lines) / lines["customer_id"].nunique()

    assert reply_to(repeat, 1, {"lines": LINES}).state == "wrong"  # one line of each customer would give it


@exercise("9.7.9", why="", hints=["a", "b"])
def left_of_h(eight):
    return 1200 - 120 * eight.loc["H", "times"] - 33


def test_where_nothing_is_divided_nobody_divided_by_another_number_of_things():
    times = pd.DataFrame({"times": [3, 4, 5, 6, 7, 8, 9, 12.5], "order_id": range(8)}, index=list("ABCDEFGH"))
    eight = pd.concat([times, times.set_axis(list("abcdefgh"))])  # 16 rows and 8 orders: their quotient is a half
    assert find_general(Worked(left_of_h, {"eight": eight}), (1200 - 1500 - 33) / 2).name == "two"


@exercise("9.7.9", why="", hints=["a", "b"])
def most_less_a_sum(lines):
    return lines["amount"].max() - 77.5


@most_less_a_sum.mistake("That is a share. The question asks for yuan.")
def share_of_most(lines):
    return lines["amount"].max() / (lines["profit"].sum() - 77.5)


def test_what_is_divided_only_in_a_mistake_is_no_step():
    assert find_general(Worked(most_less_a_sum, {"lines": LINES}), LINES["profit"].sum() - 77.5) is None


def test_the_largest_of_a_part_is_not_told_to_be_of_all():
    known = find_general(Worked(best_share, {"lines": LINES}), BEST.max())
    assert (known.name, known.advice[:13]) == ("other summary", "You summed up")


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


def test_yes_and_no_are_no_column_that_somebody_took_for_a_score():
    cards = pd.DataFrame({"score": [10.0, 20, 40, 80, 90], "won": [True, False, True, True, False]})
    known = find_general(Worked(mean_score, {"cards": cards}, {}), 0.6)
    assert known is None or known.name != "other column"


def test_one_less_is_a_change_of_a_ratio_and_of_no_sum_of_money():
    labels = [
        (known := find_general(Worked(mean_score, {"cards": pd.DataFrame({"score": [wanted]})}, {}), wanted - 1))
        and known.name
        for wanted in (2.375, 1746.0556)
    ]
    assert labels == ["minus one", None]
