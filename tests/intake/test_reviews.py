"""Reviews in the words of those who write them."""

import pytest

from crmlib import scorecard
from crmlib.intake.prepare import prepare
from crmlib.intake.review_words import WORDS, choice_of
from crmlib.tables import CREDIT_REVIEWS

BY_HAND = """客户编号,评审日期,经营年限,企业规模,同行排名,管理素质,供应商地位,合作诚意,\
员工人数,员工稳定,诉讼情况,是否停业,被供应商起诉,是否出口
C1,2024-06-30,15年,大型,前三名,好,主要供应商,主动提供,120人,是,没有诉讼,否,否,有
C2,2024-06-30,3,中等,前十名,一般,次要,勉强,20,不稳定,未结,否,是,无
C3,2024-06-30,8,小微企业,其他,较差,偶尔供货,拒绝,5,否,败诉,是,否,否
C4,2024-06-30,8,巨型,其他,好,主要,主动,5,是,无,否,否,否
"""


@pytest.fixture
def taken(tmp_path):
    (tmp_path / "信用评审2024.csv").write_text(BY_HAND, encoding="utf-8")
    return prepare(tmp_path)


def test_words_are_read_as_choices(taken):
    reviews = taken.tables["credit_reviews"].set_index("customer_id")
    assert reviews.loc["C1", "business_size":"good_faith"].tolist() == ["large", "top 3", "good", "main", "gives"]
    assert reviews.loc["C2", "business_size":"good_faith"].tolist() == [
        "medium", "top 10", "fair", "secondary", "reluctant",
    ]  # fmt: skip
    assert reviews.loc["C3", "business_size":"good_faith"].tolist() == [
        "small", "other", "poor", "occasional", "refuses",
    ]  # fmt: skip
    assert reviews["litigation"].tolist() == ["none", "pending", "lost"]
    assert reviews["is_staff_stable"].tolist() == [True, False, False] and reviews["is_export"].tolist() == [
        True, False, False,
    ]  # fmt: skip
    assert (reviews.loc["C1", "years_in_business"], reviews.loc["C1", "n_staff"]) == (15, 120)


def test_a_word_that_is_not_known_sets_its_row_aside_with_the_reason(taken):
    report = taken.reports["credit_reviews"]
    assert (report.n_read, report.n_accepted) == (4, 3)
    (row,) = report.rejected.to_dict("records")
    assert (row["line"], row["column"], row["value"]) == (5, "business_size", "巨型")
    assert "is none of large, medium, small" in row["reason"]
    assert any("business_size: read 大型 as large, 中等 as medium" in note for note in report.notes)


def test_a_customer_reviewed_twice_on_a_day_is_doubted(tmp_path):
    (tmp_path / "credit_reviews.csv").write_text(BY_HAND + BY_HAND.splitlines()[1] + "\n", encoding="utf-8")
    assert any(
        "reviewed twice on one day: 1 row" in doubt for doubt in prepare(tmp_path).reports["credit_reviews"].doubts
    )


@pytest.mark.parametrize("card", ["default", "35-35-30"])
def test_the_words_of_a_card_are_the_choices_of_the_contract_and_are_known_in_chinese(card):
    facts = scorecard.load_scorecard(card).facts
    choices = {column.name: column.choices for column in CREDIT_REVIEWS.columns if column.choices}
    worded = {fact.id: fact for fact in facts if fact.type == "words" and fact.id in choices}
    assert {name: tuple(fact.words) for name, fact in worded.items()} == choices
    for name, fact in worded.items():
        assert [choice_of(name, word) for word in fact.words_zh] == list(fact.words), name


def test_no_word_means_two_things():
    for column, choices in WORDS.items():
        words = [word for text in choices.values() for word in text.split()]
        assert sorted({word for word in words if words.count(word) > 1}) == [], column
        assert tuple(choices) == CREDIT_REVIEWS.column(column).choices
