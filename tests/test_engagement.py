"""Four kinds of value: by hand, counted once, and refusals."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def lines_of(rows):
    return pd.DataFrame(rows, columns=["customer_id", "category", "amount", "cost"])


BEFORE = lines_of([("ann", "tea", 9, 4), ("ann", "oil", 5, 3), ("bob", "tea", 8, 4), ("cy", "tea", 6, 3)])
NOW = lines_of([("ann", "tea", 9, 4), ("bob", "oil", 7, 3), ("bob", "oil", 9, 5), ("new", "tea", 9, 3)])


def test_what_a_gap_is_worth_by_hand():
    # Without oil: bob and cy; bob adds it, for 4 and 4. new was no customer then; nobody was without tea.
    table = cross_selling_table(BEFORE, NOW)
    assert table.loc["oil"].tolist() == [2, 1, 0.5, 8, 4]
    assert table.loc["tea"].tolist() == [0, 0, 0, 0, 0]
    assert growth_value(NOW, table).to_dict() == {"ann": 4, "bob": 0, "new": 4}


def test_the_expected_gain_is_the_mean_over_all_who_were_without_it():
    rows = [(f"c{n}", "wine" if n % 3 else "rice", 10.0 + n, 4.0) for n in range(30)]
    before, after = lines_of(rows), lines_of([(who, "rice", 5.0 + n, 1.0) for n, (who, *_) in enumerate(rows) if n % 4])
    table = cross_selling_table(before, after)
    without = [n for n in range(30) if n % 3]
    assert table.loc["rice", "expected_gain"] == pytest.approx(sum(4.0 + n for n in without if n % 4) / len(without))
    assert (table["expected_gain"] == table["added_share"] * table["average_gain"]).all()


def test_a_category_of_one_period_only_is_counted():
    table = cross_selling_table(BEFORE, NOW.replace({"oil": "wine"}))
    assert table.loc["wine"].tolist() == [3, 1, 1 / 3, 8, 8 / 3]
    assert table.loc["oil", "n_who_added"] == 0


def test_columns_and_categories_must_be_there():
    with pytest.raises(ValueError, match="after must have the columns"):
        cross_selling_table(BEFORE, NOW.drop(columns="cost"))
    with pytest.raises(ValueError, match=r"table must have a row for every category of lines; missing \['wine'\]"):
        growth_value(NOW.replace({"oil": "wine"}), cross_selling_table(BEFORE, NOW))
