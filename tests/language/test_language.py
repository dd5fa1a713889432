"""Two languages that cannot drift: every label has its twin, and a font that draws it."""

import ast
import functools
import re
import string
from pathlib import Path

import pandas as pd
import pytest
from helpers import find_half_width

from crmlib import language, require
from crmlib.kit import labels


def flat(text):
    """One text; of a text with a number, that for many."""
    return text if isinstance(text, str) else text[-1]


@functools.cache
def read_texts():
    """When a test asks for them, not when tests are looked for: that every process does."""
    return {flat(text): places for texts in labels.find_texts().values() for text, places in texts.items()}


CATALOGUE = {flat(text): flat(twin) for text, twin in labels.read_catalogues().items()}


def test_half_width_punctuation_is_found():
    assert find_half_width("客户\u002c订单") == ["户,"]
    assert find_half_width("客户\uff0c订单 (DOI 10.1), A") == []


def _fields(text):
    """The names in a text's braces, and how each is written."""
    return {(field, how) for _, field, how, _ in string.Formatter().parse(text) if field}


def test_texts_are_found_where_they_stand():
    assert "crmlib/lesson/answers.py" in read_texts()["That is not it."]
    assert (
        "notebooks/source/0-start-here/0-start-here.py"
        in read_texts()["Everything works: {n_lines} order lines were read."]
    )


def test_the_two_branches_of_a_choice_are_two_texts(tmp_path, monkeypatch):
    lesson = tmp_path / "1-tiny" / "1-choice.py"
    lesson.parent.mkdir()
    lesson.write_text('# %%\nsay("It grew." if up else "It fell.")\n', encoding="utf-8")
    monkeypatch.setattr(labels, "SOURCES", tmp_path)
    monkeypatch.setattr(labels, "ROOT", tmp_path)
    monkeypatch.setattr(labels, "PACKAGE", tmp_path / "none")
    monkeypatch.setattr(labels, "TABLES", {})
    monkeypatch.setattr(labels, "CATALOGUE", lesson)
    monkeypatch.setattr(labels, "list_sources", lambda: [lesson])
    monkeypatch.setattr(labels, "has_exercises", lambda source: True)
    monkeypatch.setattr(labels.exercise_files, "list_texts", list)
    lesson.with_name("headings.txt").write_text("", encoding="utf-8")
    found = labels.find_texts()
    assert set(found[lesson.with_name("zh.po")]) == {"It grew.", "It fell."}


def test_every_label_has_a_chinese_twin():
    assert [text for text in read_texts() if not CATALOGUE.get(text)] == []


def test_the_catalogue_holds_nothing_that_is_no_longer_said():
    assert sorted(set(CATALOGUE) - set(read_texts())) == []


# Over the whole catalogue at once, each fault told: six thousand tests of a line each took longer to count than to run.
def test_a_twin_names_the_same_values_and_writes_them_alike():
    assert {text: twin for text, twin in CATALOGUE.items() if _fields(twin) != _fields(text)} == {}


def test_every_twin_can_be_drawn():
    assert {text: language.drawable(text) for text in CATALOGUE.values() if language.drawable(text) != text} == {}


def test_use_refuses_another_language():
    with pytest.raises(ValueError, match=r"language must be one of \['en', 'zh'\]; got 'de'"):
        language.use("de")


def test_values_that_name_kinds_of_prospects_are_shown_in_chinese():
    table = pd.DataFrame({"source": ["referral", "cold street"], "outcome": ["given up", "won"], "city": ["won", "ad"]})
    language.use("zh")
    shown = language.translate(table.assign(lot=["as usual", None]))
    assert shown.iloc[:, 0].tolist() == ["熟人介绍", "扫街"]
    assert shown.iloc[:, 1].tolist() == ["放弃", "成交"]
    assert shown.iloc[:, 2].tolist() == ["won", "ad"]
    assert shown.iloc[0, 3] == "照常"
    assert shown.iloc[1, 3] == "–"


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


def test_chinese_is_written_with_chinese_punctuation():
    assert {text: found for text, twin in CATALOGUE.items() if (found := find_half_width(twin))} == {}


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


# --- errors speak the reader's language too ---------------------------------------------------------

PACKAGE = Path(language.__file__).parents[1]


def find_untold(source):
    """Lines that raise a text which is not given through t(), and lines where t("...", ...) lacks a value."""
    untold, unfilled = [], []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name.endswith(("Error", "Exception")) and node.args:
            given = node.args[0]
            letters = [
                part.value for part in ast.walk(given) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            if isinstance(given, (ast.Constant, ast.JoinedStr, ast.BinOp)) and re.search("[a-z]{2}", "".join(letters)):
                untold.append(node.lineno)
        if name in ("t", "plural") and isinstance(node.args[-1], ast.Constant) and node.keywords:
            given = {keyword.arg for keyword in node.keywords} | ({"n"} if name == "plural" else set())
            # None stands for **values, which is not looked into.
            if None not in given and {name for name, _ in _fields(node.args[-1].value)} - given:
                unfilled.append(node.lineno)
    return untold, unfilled


def test_an_error_in_english_only_and_a_value_that_is_not_given_are_seen():
    assert find_untold('raise ValueError("it is empty")\nraise ValueError(f"{n} are empty")') == ([1, 2], [])
    assert find_untold('raise ValueError(t("{n} are empty", m=1))') == ([], [1])
    assert find_untold('plural(n, "1 of {m}", "{n} of {m}", k=1)') == ([], [1])
    assert find_untold('raise ValueError(t("{n} are empty", n=1))\nraise ValueError(f"{error}")') == ([], [])


# What only authors of lessons and of the package meet is English.
FOR_AUTHORS = ("engine/__init__.py", "kit/chapter.py", "kit/editions.py", "kit/lesson_plan.py", "lesson/sources.py")


@pytest.mark.parametrize(
    "path",
    sorted(
        name
        for path in PACKAGE.rglob("*.py")
        if (name := path.relative_to(PACKAGE).as_posix()) not in FOR_AUTHORS and "make_subset" not in name
    ),
)
def test_every_error_is_said_in_the_language_in_use(path):
    assert find_untold((PACKAGE / path).read_text(encoding="utf-8")) == ([], [])


def test_a_student_reads_an_error_in_chinese():
    language.use("zh")
    with pytest.raises(ValueError, match="每个值都必须是数；有 1 个缺失或无穷，第一个属于客户 'b'。"):
        require.values(pd.Series({"a": 1.0, "b": float("nan")}))


def test_what_is_no_money_is_not_shown_as_money():
    table = pd.DataFrame(
        {"times_gap": [3.52], "weight": [9.25], "probability": [0.991], "gap_days": [17.6], "mean": [2.0]}
    )
    assert language.for_reading(table, currency="CNY").to_numpy().tolist() == [["3.5", "9.3", "99.1%", "17.6", "¥2.00"]]
    pure = pd.DataFrame({"woe": [-0.4], "iv": [0.666012], "adds": [0.0041]})
    assert language.for_reading(pure, currency="CNY").to_numpy().tolist() == [["−0.400", "0.666", "0.004"]]


def test_what_is_counted_has_a_heading_in_words():
    counts = pd.DataFrame(columns=["n_called", "n_orders", "n_people", "n_never_compared", "n"])
    wanted = ["number called", "number of orders", "number of people", "number never compared", "n"]
    assert list(language.translate(counts).columns) == wanted
    with language.speaking("zh"):
        assert not list(language.translate(counts[["n_orders"]]).columns)[0].startswith("number")


def test_what_models_of_buying_are_fitted_on_is_not_headed_as_rfm_is():
    summary = pd.DataFrame(columns=["frequency", "recency", "tenure", "monetary"])
    assert list(language.translate(summary).columns) == list(summary.columns)
    language.use("zh")
    assert list(language.translate(summary).columns) == [
        "重复购买次数",
        "第一次到最后一次",
        "第一次到今天",
        "重复购买平均金额",
    ]
    assert list(language.translate(summary[["frequency"]]).columns) == ["购买频率（订单数）"]
    rates = pd.DataFrame(columns=["low_rate", "high_rate", "again_rate"])
    assert list(language.translate(rates).columns)[:2] == ["比例下限", "比例上限"]


def test_a_shop_that_buys_is_not_called_as_our_own_shop_is():
    table = pd.DataFrame({"industry": ["shop"], "channel": ["shop"]})
    language.use("zh")
    assert language.translate(table).iloc[0].tolist() == ["商店", "门店"]
    assert language.translate(table.set_index("industry")).index.tolist() == ["商店"]
