"""Two languages that cannot drift: every label has its twin, and a font that draws it."""

import re
import runpy
import string
from pathlib import Path

import pandas as pd
import pytest

from crmlib import language

UPDATE = runpy.run_path(str(Path(language.__file__).parent / "locale" / "update.py"))
TEXTS = UPDATE["find_texts"]()
CATALOGUE = {message.id: message.string for message in UPDATE["read_catalogue"]() if message.id}


def find_half_width(text):
    """Half-width punctuation that touches a Chinese character: "客户,订单" for "客户，订单"."""
    return re.findall(r"[\u4e00-\u9fff][,:;?!()]|[,:;?!()][\u4e00-\u9fff]", text)


def test_half_width_punctuation_is_found():
    assert find_half_width("客户\u002c订单") == ["户,"]
    assert find_half_width("客户\uff0c订单 (DOI 10.1), A") == []


def _fields(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_texts_are_found_where_they_stand():
    assert "crmlib/plots.py" in TEXTS["share of value"]
    assert "notebooks/source/analysis/2-customer-pyramid.py" in TEXTS["The pyramid"]


def test_every_label_has_a_chinese_twin():
    assert [text for text in TEXTS if not CATALOGUE.get(text)] == []


def test_the_catalogue_holds_nothing_that_is_no_longer_said():
    assert sorted(set(CATALOGUE) - set(TEXTS)) == []


@pytest.mark.parametrize("text", sorted(CATALOGUE))
def test_a_twin_names_the_same_values(text):
    assert _fields(CATALOGUE[text]) == _fields(text)


def test_every_twin_can_be_drawn():
    assert {text: language.drawable(text) for text in CATALOGUE.values() if language.drawable(text) != text} == {}


def test_use_refuses_another_language():
    with pytest.raises(ValueError, match=r"language must be one of \['en', 'zh'\]; got 'de'"):
        language.use("de")


def test_translate_renames_headings_and_names_but_not_data():
    table = pd.DataFrame({"n_customers": [1, 2], "sku": ["x", "y"]}, index=pd.Index(["VIP", "c-17"], name="tier"))
    language.use("zh")
    shown = language.translate(table)
    assert list(shown.columns) == ["客户数", "sku"]
    assert list(shown.index) == ["VIP客户", "c-17"]
    assert shown.index.name == "层级"
    assert list(table.columns) == ["n_customers", "sku"]


def test_numbers_have_separators_and_a_true_minus():
    assert language.number(-1234.5, 1) == "−1,234.5"
    assert language.percent(-0.05, 0) == "−5%"
    assert language.money(-0.4, "CNY") == "¥0"
    assert language.money(1e6, "USD") == "$1,000,000"
    assert language.money(None) == "–"


def test_a_rare_character_is_boxed_not_a_crash():
    assert language.drawable("喆 \U0002ffff") == "喆 □"


@pytest.mark.parametrize("text", sorted(CATALOGUE))
def test_chinese_is_written_with_chinese_punctuation(text):
    assert find_half_width(CATALOGUE[text]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (language.percent(0.625, 0), "63%"),  # Python's own rounding takes a half to the even neighbor: 62
        (language.percent(0.285, 0), "29%"),  # 100 * 0.285 is 28.499999999999996 as floats
        (language.percent(-0.125, 0), "−13%"),
        (language.percent(-0.0001, 0), "0%"),
        (language.number(0.5), "1"),
        (language.number(1.005, 2), "1.01"),  # as a float a hair below
        (language.number(-0.4), "0"),
        (language.number(2**60 + 1), "1,152,921,504,606,846,977"),
        (language.number(float("inf")), "∞"),
        (language.money(2.675, "USD", 2), "$2.68"),
        (language.money(-0.5), "−1"),
        (language.number(pd.Series([7.5]).iloc[0]), "8"),
    ],
)
def test_a_half_goes_up(text, expected):
    assert text == expected


def test_numbers_near_the_end_of_the_floats_are_written_out():
    assert language.number(1e308).replace(",", "") == "1" + "0" * 308
    assert language.percent(1e308, 0).replace(",", "") == "1" + "0" * 310 + "%"


def test_how_many_of_how_many():
    assert language.out_of(29, 29) == "29 of 29 (too few to tell)"
    assert language.out_of(30, 30) == "30 of 30 (100.0%)"
    language.use("zh")
    assert language.out_of(1, 2) == "2 位中 1 位（人数太少，不足以下结论）"
    assert language.span(1, 2) == "1 至 2"
    assert language.span(pd.Timestamp("2024-01-01").date(), "2024-01-01") == "2024-01-01"
