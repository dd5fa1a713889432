"""Tables as a lesson shows them."""

import pandas as pd
import pytest

from crmlib.language import speaking
from crmlib.lesson import shown, start

TIERS = pd.DataFrame(
    {
        "n_customers": [1200, 3],
        "value_share": [0.2514, 0.7486],
        "mean": [1234.5, 20.0],
        "gini_coefficient": [0.5, 0.25],
    },
    index=pd.Index(["VIP", "small"], name="tier"),
)


@pytest.fixture(autouse=True)
def in_yuan():
    start("en", currency="CNY")
    yield
    start("en")


def test_shares_money_and_counts_are_written_as_what_they_are():
    text = shown.as_text(TIERS)
    assert text.splitlines()[2].split() == ["VIP", "1,200", "25.1%", "¥1,235", "0.50"]


def test_a_name_that_says_by_what_one_counts_is_not_money():
    assert shown.as_text(pd.DataFrame({"by_amount": [23], "amount": [23]})).split()[-2:] == ["23", "¥23"]


def test_another_firm_has_another_currency_and_a_table_may_be_all_shares():
    assert "$1,235" in shown.as_text(TIERS, currency="USD")
    assert shown.as_text(pd.DataFrame({"VIP": [0.256]}), kind="share", digits=0).split() == ["VIP", "0", "26%"]


def test_chinese_headings_keep_the_name_of_the_code_under_the_mouse():
    with speaking("zh"):
        assert '<th title="n_customers">客户数</th>' in shown.as_html(TIERS)


def test_a_long_table_says_what_it_leaves_out():
    long = pd.DataFrame({"n_orders": range(3000)})
    assert shown.as_text(long).endswith("12 of 3,000 rows are shown.")
    assert "<p>12 of 3,000 rows are shown.</p>" in shown.as_html(long)


def test_names_from_data_are_escaped():
    assert "<b>" not in shown.as_html(pd.DataFrame({"<b>": ["<b>x"]}, index=["<b>y"]))


def test_a_series_without_a_name_is_shown_and_the_table_itself_stays_as_it_is():
    series = pd.Series([0.5, 0.25], index=["a", "b"], name="customer_share")
    assert shown.as_text(series).split()[-3:] == ["50.0%", "b", "25.0%"]
    assert series.tolist() == [0.5, 0.25]
    assert shown.as_text(pd.Series([1.5])).split() == ["value", "0", "¥1.50"]


def test_a_notebook_shows_its_tables_so():
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    try:
        start("en", currency="CNY")
        data, _ = shell.display_formatter.format(TIERS)
        assert "25.1%" in data["text/html"] and "25.1%" in data["text/plain"]
    finally:
        InteractiveShell.clear_instance()


def test_a_year_has_no_separator():
    lines = shown.as_text(pd.DataFrame({"year": [2024, 2025], "n_orders": [1200, 9]})).splitlines()
    assert [line.split() for line in lines[1:]] == [["0", "2024", "1,200"], ["1", "2025", "9"]]


def test_money_a_head_has_its_sign_and_counts_a_head_have_none():
    table = pd.DataFrame({"per_customer": [12.5], "visits_per_customer": [2.5]}, index=["VIP"])
    assert shown.as_text(table).split()[-2:] == ["¥12.50", "2.50"]


def test_limits_debts_and_exposures_are_money():
    table = pd.DataFrame({"limit": [5], "owed": [4], "full_limit": [3], "exposure": [2], "step_share": [0.5]})
    assert shown.as_text(table).split()[-5:] == ["¥5", "¥4", "¥3", "¥2", "50.0%"]


def test_what_is_missing_is_a_dash_in_texts_as_in_numbers():
    table = pd.DataFrame({"name": ["Li", None], "category": pd.Categorical(["tea", None]), "amount": [1.5, None]})
    assert shown.as_text(table).splitlines()[-1].split() == ["1", "–", "–", "–"]
    assert "NaN" not in shown.as_html(table) and "None" not in shown.as_html(table)
