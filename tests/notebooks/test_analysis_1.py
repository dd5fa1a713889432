"""The analysis of chapter 1 goes on for any data, says what it leaves out, and merges nothing."""

import re

import numpy as np
import pandas as pd
import pytest
from analyses import many, orders, skipped, texts
from scipy import stats

from crmlib import language
from crmlib.files.places import SOURCES

SOURCE = SOURCES / "1-identifying-customers" / "analysis.py"
NO_NUMBER = re.compile(r"\b(nan|inf|NaT|None)\b|–|∞", re.IGNORECASE)

ACT, QUALITY, PAIRS = "Whom to act on", "How good are the records?", "Which records may be the same customer?"
STAGES, MOVES, NEXT = "The stages of life", "Moves in half a year", "Who should buy next?"
NO_RECORDS = {QUALITY, PAIRS}
NO_RHYTHM = {ACT, STAGES, NEXT}
TINY = {
    "one order": (orders(["a"], ["2024-05-05"], [10.0]), NO_RHYTHM),
    "one customer": (orders(["a"] * 30, pd.date_range("2024-01-01", periods=30, freq="5D"), 10.0), {MOVES}),
    "only refunds": (orders(list("abcdefgh"), pd.date_range("2024-01-01", periods=8, freq="20D"), -5.0), NO_RHYTHM),
    "all zero": (orders(list("abcd") * 9, pd.date_range("2024-01-01", periods=36, freq="20D"), 0.0), {MOVES}),
    "one day": (orders([f"c{i}" for i in range(40)], "2024-05-05", range(1, 41)), NO_RHYTHM),
    "99 customers": (many(99, days=800), set()),
    "a date in the far future": (pd.concat([many(60, days=800), orders(["c001"], ["2052-01-01"], [1.0])]), set()),
}
GIVEN = ("伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇")
PEOPLE = pd.DataFrame(
    {
        "customer_id": [f"c{i:03}" for i in range(60)],
        "name": [family + given for family in "王李张刘陈杨" for given in GIVEN],
        "phone": [f"139{i * 7919 % 100_000_000:08}" for i in range(1, 61)],
    }
)


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("name", TINY)
def test_the_notebook_goes_on_and_says_what_it_leaves_out(analyze, name, spoken):
    lines, expected = TINY[name]
    marks, _ = analyze(lines, language=spoken)
    language.use(spoken)
    left_out = set(skipped(marks)) - {language.t(MOVES)}
    assert left_out == {language.t(section) for section in (expected - {MOVES}) | NO_RECORDS}
    assert not [text for text in texts(marks) if NO_NUMBER.search(text)]


def test_moves_take_a_year_and_are_left_out_with_the_reason(analyze):
    marks, _ = analyze(many(60, days=300))
    reason = next(mark["text"] for mark in marks if mark["kind"] == "skipped" and mark["section"] == MOVES)
    assert "it needs a year of orders" in reason
    assert MOVES not in skipped(analyze(many(60, days=800))[0])


def test_who_is_silent_too_long_is_to_be_acted_on_with_the_money_at_stake(analyze, tmp_path):
    steady = orders(["a"] * 40, pd.date_range("2023-01-01", periods=40, freq="14D"), 10.0)
    late = orders(["late"] * 36, pd.date_range("2023-01-01", periods=36, freq="14D"), 50.0)
    marks, _ = analyze(pd.concat([steady, late]), period_days=200)
    (listed,) = [mark for mark in marks if mark["kind"] == "act_on"]
    assert listed["n_all"] == 1 and listed["rows"][0][:2] == ["late", "silent too long"]
    kept = pd.read_csv(tmp_path / "out" / "tables" / "1-act-on.csv")
    assert kept["is_own_gap"].tolist() == [True]
    until, days = pd.Timestamp("2023-01-01") + pd.Timedelta(days=14 * 39), 200
    paid = late.loc[late["order_date"] > until - pd.Timedelta(days=days), "amount"].sum()
    assert kept["at_stake"].tolist() == [paid]


AGAIN = PEOPLE.loc[[7]].assign(customer_id="c900", phone="+86 " + PEOPLE.loc[7, "phone"])
TWICE = pd.concat([PEOPLE, AGAIN])


@pytest.mark.parametrize("shown", [False, True])
def test_two_records_of_one_person_are_a_pair_to_review_and_nothing_is_merged(analyze, tmp_path, shown):
    marks, names = analyze(many(60), {"customers": TWICE}, show_personal=shown)
    kept = pd.read_csv(tmp_path / "out" / "tables" / "1-pairs-to-review.csv", dtype="str")
    assert {kept.loc[0, "id_left"], kept.loc[0, "id_right"]} == {"c007", "c900"}
    assert float(kept.loc[0, "probability"]) > 0.5 and "phone" in kept.loc[0, "agree_in"]
    of_both = names["stages"]["revenue"].reindex(["c007", "c900"]).fillna(0).sum()
    assert float(kept.loc[0, "revenue"]) == pytest.approx(of_both)
    assert len(names["known"]) == 61 and PAIRS not in skipped(marks)
    beside = {f"{name}_{side}" for name in ("name", "phone") for side in ("left", "right")}
    assert beside & set(kept) == (beside if shown else set())
    said = kept.to_csv() + "".join(map(str, marks))
    secrets = (PEOPLE.loc[7, "name"], PEOPLE.loc[7, "phone"])
    assert [secret in said for secret in secrets] == [shown, shown]


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_list_of_customers_alone_is_answered_and_the_rest_says_that_it_needs_orders(analyze, spoken):
    marks, _ = analyze({"customers": TWICE}, language=spoken)
    language.use(spoken)
    assert set(skipped(marks)) == {language.t(section) for section in NO_RHYTHM}
    (headline,) = [mark for mark in marks if mark["kind"] == "headline"]
    assert [fact["value"] for fact in headline["facts"]] == [61, 1]
    assert "c007" in headline["answer"][1] and "c900" in headline["answer"][1]
    (listed,) = [mark for mark in marks if mark["kind"] == "act_on"]
    assert listed["rows"][0][:2] == ["c007", "c900"]
    assert not [text for text in texts(marks) if NO_NUMBER.search(text)]


def test_names_alone_show_who_stands_there_twice_without_a_verdict(analyze):
    marks, _ = analyze({"customers": TWICE.drop(columns="phone")})
    (headline,) = [mark for mark in marks if mark["kind"] == "headline"]
    assert "too little known to say" in headline["answer"][1]
    assert not [text for text in texts(marks) if "No two records look like" in text]


def test_a_number_that_stands_twice_is_told(analyze):
    marks, _ = analyze({"customers": TWICE.replace({"c900": "c003"})})
    assert any(
        text.startswith("Records whose number stands in another record as well: 2 (3.3%)") for text in texts(marks)
    )


def test_the_interval_is_tried_on_days_it_has_not_seen(analyze):
    marks, names = analyze(many(80, days=800), horizon_days=60)
    assert names["earlier_list"]["last_order_date"].max() <= names["cut"]
    verdict = [text for text in texts(marks) if text.startswith("Tried on the last 60 days")]
    fewest = stats.binom.ppf(0.025, len(names["held"]), 0.8)  # 79 of 100 are no broken promise
    assert len(verdict) == 1 and ("not kept" in verdict[0]) == (names["held"].sum() < fewest)


def test_chance_is_counted_with_gaps_as_uncertain_as_they_are(analyze):
    random, until = np.random.default_rng(4), pd.Timestamp("2024-12-31")
    who = np.repeat([f"c{i:04}" for i in range(1500)], 4)
    ago = np.floor(random.random((1500, 4)) * 365)  # after the first, three purchases on any day of a year
    ago[:, 0], ago[0, 1] = 365, 0
    marks, names = analyze(orders(who, until - pd.to_timedelta(ago.ravel(), unit="D"), 10.0))
    assert names["n_late"] > stats.binom.ppf(0.975, len(names["asked"]), 0.05)
    assert names["n_late"] <= names["most_by_chance"]
    assert any("may be chance, all of it" in text for text in texts(marks))


def test_a_season_is_warned_of_where_the_data_are_short(analyze):
    short, long = (
        [text for text in texts(analyze(many(60, days=days))[0]) if "less than two years" in text]
        for days in (500, 800)
    )
    assert len(short) == 1 and not long
