"""How names, numbers and addresses are made ready to be compared: by case, mostly Chinese ones."""

import pandas as pd
import pytest

from crmlib.engine.readings import (
    KINDS,
    address_forms,
    code_forms,
    date_forms,
    email_forms,
    name_forms,
    phone_forms,
    prepare,
    read,
)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单雄信", "shanxiongxin"),  # the dictionary says dan
        ("曾国藩", "zengguofan"),  # ceng
        ("吕遥", "lvyao"),
        ("解晓东", "xiexiaodong"),  # jie
        ("仇英", "qiuying"),
        ("欧阳锋", "ouyangfeng"),
        ("尉迟恭", "yuchigong"),
        ("张伟", "zhangwei"),
    ],
)
def test_surnames_are_read_as_surnames(name, reading):
    assert read(name, is_person=True) == reading


def test_a_surname_reading_is_for_people_only():
    assert read("单位食堂", is_person=False).startswith("danwei")
    assert name_forms("曾经茶馆店")[1].startswith("ceng")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("刘兴凯", "Liu Xingkai"),
        ("刘兴凯", "XINGKAI LIU"),
        ("刘兴凯", "Liu Xing-Kai"),
        ("吕遥", "Lyu Yao"),
        ("吕遥", "Lü Yao"),
        ("曾悦英", "Zeng Yueying"),
        ("张伟", "章玮"),
        ("芒 种广告公司", "芒种广告公司"),
        ("Zoë O'Dannel", "zoe ｏ'dannel"),
        ("Dr. Anna Wood-Berglund", "Wood-Berglund, Anna"),
        ("杨红思 女士", "杨红思"),
    ],
)
def test_the_same_sounds_in_any_order(one, other):
    assert name_forms(one)[2] == name_forms(other)[2]


@pytest.mark.parametrize("value", ["杨女士", "欧阳先生", "先生", "Mr.", "  ", "--"])
def test_a_title_and_a_surname_are_no_name(value):
    assert name_forms(value) is None


def test_a_short_name_with_a_title_keeps_its_name():
    assert name_forms("杨红女士")[0] == "杨红"


@pytest.mark.parametrize(
    "typed", ["15441085533", "154-4108-5533", "154 4108 5533", "+86 15441085533", "(86)15441085533", "008615441085533",
              "１５４４１０８５５３３"]
)  # fmt: skip
def test_one_number_however_it_is_typed(typed):
    assert phone_forms(typed)[0] == "15441085533"


@pytest.mark.parametrize("typed", ["", "-", "00000000000", "none"])
def test_what_is_no_number_is_missing(typed):
    assert phone_forms(typed) is None


def test_a_number_that_begins_with_86_keeps_it():
    assert phone_forms("86123456")[0] == "86123456"


@pytest.mark.parametrize(
    "typed", ["杭州市云禾路5号3幢502室", "云禾路5号3幢502室", "云禾路5-3-502", "浙江省杭州市云禾路５号３幢５０２室",
              "云禾路 5号3栋502"]
)  # fmt: skip
def test_one_address_however_it_is_typed(typed):
    assert address_forms(typed)[0] == "云禾路 5 3 502"


@pytest.mark.parametrize(
    ("one", "other"),
    [("435 S. La Cienega Blv.", "435 south la cienega boulevard"), ("12 Ninth Ave.", "12 9th avenue")],
)
def test_one_american_address_however_it_is_typed(one, other):
    assert address_forms(one)[0] == address_forms(other)[0]


def test_a_city_without_a_street_is_kept():
    assert address_forms("杭州市")[0] == "杭州市"


@pytest.mark.parametrize("value", ["1990-07-27", "1990/7/27", "1990年7月27日", "19900727", pd.Timestamp("1990-07-27")])
def test_one_day_however_it_is_typed(value):
    assert date_forms(value)[:2] == ("19900727", "19902707")


@pytest.mark.parametrize("value", ["@example.com", "ann", "ann@", ""])
def test_what_is_no_mail_address_is_missing(value):
    assert email_forms(value) is None


def test_a_code_of_one_sign_over_and_over_is_missing():
    assert code_forms("0000") is None
    assert code_forms("A-12 b")[0] == "a12b"


def test_other_scripts_have_one_letter_a_character():
    assert len(read("иванов")) == 6
    assert read("иванов").isascii()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_leaves_missing_values_missing(kind):
    forms = prepare(pd.Series([None, float("nan"), "  ", "19900727@x.cn"], dtype="object"), kind)
    assert forms["same"].isna().tolist() == [True, True, True, False]
    assert forms.iloc[:3].isna().all(axis=None)
