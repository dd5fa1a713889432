"""Four kinds of value: by hand, counted once, and refusals."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import engagement
from crmlib.engagement import cross_selling_table, growth_value, kinds_of_value

# a brought b and c, c brought d. d brings most.
BROUGHT = pd.Series({"a": 10.0, "b": 100.0, "c": -20.0, "d": 400.0})
BY = pd.Series({"a": None, "b": "a", "c": "a", "d": "c"})


def test_four_kinds_by_hand():
    ideas = pd.Series({"a": 50.0, "z": 7.0})
    values = kinds_of_value(BROUGHT, referred_by=BY, word_share=0.5, knowledge=ideas, growth=pd.Series({"b": 3.0}))
    assert values.index.tolist() == ["a", "b", "c", "d", "z"] and values.index.name == "customer_id"
    assert values["referral_value"].tolist() == [40, 0, 200, 0, 0]
    assert values["passed_on_value"].tolist() == [0, -50, 10, -200, 0]
    assert values["total_value"].tolist() == [100, 53, 190, 200, 7]


def test_what_would_have_been_spent_to_win_them_is_saved():
    # Of each of the three one half came without a word, and nobody paid 30 for it.
    values = kinds_of_value(BROUGHT, referred_by=BY, word_share=0.5, saved_cost=30)
    assert values["referral_value"].tolist() == [40 + 2 * 15, 0, 200 + 15, 0]


people = st.sampled_from("abcdefgh")


@given(
    st.dictionaries(people, st.floats(-1000, 1000), min_size=1),
    st.dictionaries(people, people),
    st.floats(0, 1),
)
def test_the_recommended_are_counted_once(brought, pairs, share):
    by = pd.Series({who: whom for who, whom in pairs.items() if who != whom}, dtype=object)
    values = kinds_of_value(pd.Series(brought), referred_by=by, word_share=share)
    assert values["total_value"].sum() == pytest.approx(sum(brought.values()), abs=1e-6)
    assert values["referral_value"].sum() == pytest.approx(-values["passed_on_value"].sum(), abs=1e-6)


def test_nobody_recommended_is_transaction_alone():
    values = kinds_of_value(BROUGHT, referred_by=pd.Series(dtype=object), word_share=0.5)
    assert values["total_value"].equals(values["transaction_value"])


@pytest.mark.parametrize(
    ("by", "options", "message"),
    [
        (pd.Series({"a": "a"}), {}, "nobody recommends themselves; 'a' does"),
        (pd.Series(["a", "b"], index=["c", "c"]), {}, "one row per customer; 'c' stands there more than once"),
        (BY, {"word_share": 50}, "word_share must lie between 0 and 1"),
        (BY, {"saved_cost": -1}, "saved_cost must be a number of at least 0"),
        (BY, {"knowledge": pd.Series({"a": float("nan")})}, "missing"),
    ],
)
def test_what_cannot_be_counted_is_refused(by, options, message):
    with pytest.raises(ValueError, match=message):
        kinds_of_value(BROUGHT, referred_by=by, **{"word_share": 0.5, **options})


BEFORE = pd.DataFrame({"tea": [5.0, 4, 3, 0], "oil": [2.0, 0, 0, 0]}, index=["ann", "bob", "cy", "nil"])
NOW = pd.DataFrame({"tea": [5.0, 4, 6], "oil": [2.0, 8, 0]}, index=["ann", "bob", "new"])


def test_what_a_gap_is_worth_by_hand():
    # Without oil: bob and cy; bob adds it. nil bought nothing and was no customer; new was none then.
    table = cross_selling_table(BEFORE, NOW)
    assert table.loc["oil"].tolist() == [2, 1, 0.5, 8, 4]
    assert table.loc["tea"].tolist() == [0, 0, 0, 0, 0]
    assert growth_value(NOW, table).to_dict() == {"ann": 0, "bob": 0, "new": 4}


def test_categories_and_customers_must_match():
    with pytest.raises(ValueError, match=r"same categories; \['oil', 'wine'\] stand in one only"):
        cross_selling_table(BEFORE, NOW.rename(columns={"oil": "wine"}))
    with pytest.raises(ValueError, match="every customer must stand once in after; 'ann' stands there twice"):
        cross_selling_table(BEFORE, pd.concat([NOW, NOW]))
    with pytest.raises(ValueError, match=r"table must have a row for every category of bought; missing \['wine'\]"):
        growth_value(NOW.assign(wine=0.0), engagement.cross_selling_table(BEFORE, NOW))
