"""Columns that hold people are known by their values, and columns of anything else are not taken for them."""

from __future__ import annotations

import random
import string

import numpy as np
import pandas as pd
import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from crmlib import datasets
from crmlib.intake.identifiers import find_number
from crmlib.intake.personal import DIFFERENT, judge_column, sample
from crmlib.intake.persons import IS, NO, person

PEOPLE = {
    "German": "Dieter Vogel;Anna Lang;Dr. Karl-Heinz Böhm;Sabine Krause-Lindner;Jürgen von der Heide",
    "surname first": "Vogel, Dieter;Lang, Anna;Meier, Berta;O'Brien, Mary-Jane",
    "capitals": "DIETER VOGEL;ANNA LANG;BERTA MEIER",
    "small letters": "dieter vogel;anna lang;berta meier",
    "American": "John Smith;Mary-Jane O'Brien;Tyrell Washington;J. R. Tolkien;Emily Clark",
    "Indian": "Rajesh Kumar;Priya Sharma;Venkatesh Iyer;Lakshmi Narayanan;Arjun Reddy",
    "Spanish": "María García López;José Luis Pérez;Carmen Ruiz;Ana Belén Ortega",
    "Polish": "Jan Kowalski;Katarzyna Wójcik;Grzegorz Kamiński",
    "Turkish": "Mehmet Yılmaz;Ayşe Kaya;Zeynep Şahin",
    "Vietnamese": "Nguyen Van An;Tran Thi Mai;Pham Minh Tuan",
    "pinyin": "Wang Xiaoming;Li Na;Zhang Wei",
    "Chinese": "王小明;李娜;欧阳修文;张三;诸葛亮;陈静怡;钱多多",
    "traditional": "陳大文;林志玲;歐陽娜娜;鄭秀文;謝霆鋒",
    "Chinese with titles": "王先生;李女士;欧阳老师;陈小姐;王老板",
    "a minority": "阿里木·买买提;古丽·热合曼;买买提·艾力",
    "Japanese": "佐藤太郎;田中花子;鈴木 一郎;高橋美咲",
    "Korean": "김민준;이서연;박지훈;최수빈",
    "Russian": "Иван Петров;Ольга Шевченко;Сергей Иванович Кузнецов",
    "Arabic": "محمد علي;فاطمة حسن;أحمد محمود",
    "people with numbers": "Anna Lang (C021);Dieter Vogel 2;1023 Berta Meier;王小明3;Vogel, Dieter #12",
    "given names": "Dieter;Anna;Berta;Frida;Jürgen",
    "surnames": "Meier;Müller;Schröder;Schmidt",
    "names of accounts": "dieter.vogel;anna_lang;berta.meier",
    "people who pay for their firm": "Dieter Vogel;Vogel GmbH;Anna Lang;Lang & Co. KG;Berta Meier",
}
OTHERS = {
    "codes": "C021;A-17;C 021;B-18;K/0042",
    "provinces": "江苏;浙江;安徽;云南;甘肃;宁夏;海南;江西;吉林省;内蒙古",
    "cities": "宁波;温州;金华;杭州;常州;石家庄;唐山;武汉;安康;康定",
    "one city": "宁波",
    "states of orders": "交易成功;已付款;成功;关闭;付款中;全部;和解",
    "goods": "白酒;牛奶;黄瓜;毛衣;金饰;石榴;马铃薯;连衣裙;万用锅;米粉",
    "channels": "门店;微信;天猫;京东;万达店;金卡会员",
    "firms": "Vogel GmbH;Dieter Vogel GmbH & Co. KG;Smith & Sons Ltd;Acme Inc.;Lehmann AG",
    "Chinese firms": "宁波海天集团有限公司;王记面馆;李宁旗舰店;张家港第一医院",
    "Chinese firms of one kind": "上海银行;宁波大学;王府饭店;陈记商行",
    "products": "Blue Jeans;Rose Gold Ring;Chocolate Bar;Mountain Bike;Martin Guitar;Apple Pie;Desk Lamp",
    "cities of America": "New York;San Jose;Santa Maria;St. Louis;Salt Lake;Virginia Beach;Palo Alto;Charlotte;Austin",
    "segments": "Home Office;Small Business;At Risk;Big Spenders;Young Professional",
    "jobs": "Account Manager;Sales Rep;Software Engineer;Head Nurse;Bus Driver",
    "places in Korea": "서울;부산;인천;대구;수원;성남;전주",
    "places in Japan": "東京;大阪;京都;福岡;石川県;山口県;宮崎県",
    "months": "January;February;March;April;May;June;August",
    "days": "2024-01-02;2024-01-03;03/04/2024;2024-06-07 18:30",
    "amounts": "1,234.50;¥980;12.50 EUR;-3.00",
    "free text about goods": "WHITE HANGING HEART T-LIGHT HOLDER;SET OF 3 CAKE TINS;RED WOOLLY HOTTIE WHITE HEART",
}


@pytest.mark.parametrize("kind", PEOPLE)
def test_people_are_known(kind):
    values = PEOPLE[kind].split(";")
    assert judge_column(values) == "name"
    assert judge_column(values, "X1") == judge_column(values, "Client Name") == "name"
    assert judge_column(pd.Series(values * 500, dtype="str"), "客户") == "name"


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_people_is_none(kind):
    values = OTHERS[kind].split(";")
    assert judge_column(values) is None
    assert judge_column(values, "X1") is None


@pytest.mark.parametrize(
    "header", ["Customer", "Kunde", "客户", "买家", "会员", "Client Name", "Billing Name", "收件人"]
)
def test_a_column_of_customers_needs_the_form_of_names_only(header):
    rare = ["Tyrell Washington", "Lakshmi Narayanan", "Madison Parker", "Hunter Brooks"]
    assert judge_column(rare) is None and judge_column(rare, header) == "name"
    assert judge_column(rare, is_customer=True) == "name"
    codes = ["C021", "A-17", "10023", "K/0042"]
    assert judge_column(codes, header) is None and judge_column(codes, is_customer=True) is None
    firms = OTHERS["firms"].split(";") * 3 + ["Siemens", "Bosch"]
    assert judge_column(firms, header) == ("name" if header == "收件人" else None)  # who receives is a person


@pytest.mark.parametrize("header", ["Customer Type", "Customer ID", "客户编号", "Client Segment", "会员等级"])
def test_a_header_that_speaks_of_customers_and_holds_none(header):
    assert judge_column(["Young Professional", "Single Parent", "Retired Couple"], header) is None


@pytest.mark.parametrize(
    "language", ["en", "de", "fr", "es", "it", "pt", "pl", "ru", "zh", "zh_Hant", "ja", "ko", "el", "ar"]
)
def test_countries_languages_cities_and_months_of_the_world_are_no_people(language):
    known = Locale.parse(language)
    cities = [zone["city"] for zone in known.time_zones.values() if "city" in zone]
    columns = [known.territories.values(), known.languages.values(), known.currencies.values(), cities]
    columns += [known.months["format"]["wide"].values(), known.days["format"]["wide"].values()]
    assert [judge_column(column) for column in columns] == [None] * 6


PERSONAL_IN_THE_KIT = {
    ("customers", "name"): "name",
    ("customers", "phone"): "telephone",
    ("customers", "email"): "email",
    ("customers", "address"): "address",
    ("customers", "birth_date"): "date of birth",
}


@pytest.mark.parametrize("name", ["teaching-company", "cdnow", "complete-journey"])
def test_of_the_kits_data_only_what_is_personal_is_judged_so(name):
    for table, frame in datasets.load_data(name)[0].items():
        for column in frame:
            texts = frame[column].astype("str") if column == "birth_date" else frame[column]
            assert judge_column(texts, column) == PERSONAL_IN_THE_KIT.get((table, column)), (table, column)


def test_the_kits_people_are_known_without_a_header():
    customers = datasets.load_data("teaching-company")[0]["customers"]
    assert {column: judge_column(customers[column]) for column in ("name", "phone", "email", "address", "city")} == {
        "name": "name",
        "phone": "telephone",
        "email": "email",
        "address": "address",
        "city": None,
    }


def test_credit_applicants_have_no_names_and_records_of_people_have():
    applicants, people = datasets.load_german_credit(), datasets.load_febrl()
    assert [column for column in applicants if judge_column(applicants[column], column)] == []
    assert {column for column in people if judge_column(people[column].astype("str"), column)} >= {
        "given_name",
        "surname",
        "birth_date",
    }
    assert judge_column(people["suburb"], "suburb") is None and judge_column(people["record_id"], "record_id") is None


# --- numbers ----------------------------------------------------------------------------------------------

draw = random.Random(7)
TELEPHONES = {
    "American": [f"({draw.randint(201, 989)}) {draw.randint(200, 999)}-{n}" for n in range(1000, 1040)],
    "American with marks": [f"{draw.randint(201, 989)}-{draw.randint(200, 999)}-{n}" for n in range(1000, 1040)],
    "landlines": [f"010-{draw.randint(60000000, 69999999)}" for _ in range(40)],
    "with points": [f"13{n % 10}.{draw.randint(1000, 9999)}.{n}" for n in range(8000, 8040)],
    "wide digits": [f"１３{draw.randint(0, 9)}{draw.randint(10_000_000, 99_999_999)}" for _ in range(40)],
    "German": [f"0{area} {draw.randint(1000000, 9999999)}" for area in (171, 160, 30, 40, 89, 221)],
    "German with a slash": [f"0{area}/{draw.randint(100000, 9999999)}" for area in (171, 160, 30, 40, 89, 221)],
    "German in a row": [f"0{area}{draw.randint(10000000, 99999999)}" for area in (171, 160, 152, 157) * 5],
    "international": [f"+49 (0)171 {n}" for n in range(2345678, 2345690)],
    "mobiles": [f"1{draw.choice([38, 39, 58, 86])}{draw.randint(10_000_000, 99_999_999)}" for _ in range(40)],
    "with extensions": ["010-65551000 转 812", "(200) 555-1000 x12", "0574-87654321-8"],
    "beside names": [f"张伟-138{draw.randint(10_000_000, 99_999_999)}" for _ in range(40)],
    "numbers": [float(f"138{draw.randint(10_000_000, 99_999_999)}") for _ in range(40)],
}
NO_TELEPHONES = {
    "customer numbers of ten digits": [str(draw.randint(10**9, 10**10 - 1)) for _ in range(40)],
    "customer numbers of eleven digits": [str(draw.randint(10**10, 10**11 - 1)) for _ in range(40)],
    "order numbers one after the other": [str(13_800_000_000 + n) for n in range(40)],
    "order numbers with a prefix": [f"SO{13_800_000_000 + n}" for n in range(40)],
    "branches and numbers": [f"0{101 + n % 5}-{n:07}" for n in range(40)],
    "branches and larger numbers": [f"0101/{7_654_300 + n}" for n in range(40)],
    "padded numbers": [f"{n:010}" for n in range(1, 4000, 100)],
    "padded numbers, larger": [f"{100_000_000 + n:010}" for n in range(40)],
    "days and numbers": [f"20240607{n:04}" for n in range(40)],
    "seconds since 1970": [str(1_700_000_000 + 86_400 * n) for n in range(40)],
    "milliseconds since 1970": [str(1_700_000_000_000 + 86_400_000 * n) for n in range(40)],
    "bar codes": ["012345678905", "036000291452", "042100005264", "070847811169", "049000042566"],
    "books": ["978-3-16-148410-0", "978-0-306-40615-7"],
    "invoices": ["2024-0001234", "2024-0001235", "RE-2024-0017"],
    "numbers of fifteen digits": [str(draw.randint(10**14, 10**15 - 1)) for _ in range(40)],
    "fifteen digits with the day of the order": [f"110105240{n % 9 + 1}{n % 28 + 1:02}{n:03}" for n in range(100, 140)],
    "numbers of sixteen digits": [str(draw.randint(10**15, 10**16 - 1)) for _ in range(40)],
    "amounts": [float(n) for n in range(40)],
}


@pytest.mark.parametrize("kind", TELEPHONES)
def test_telephones_are_known(kind):
    assert judge_column(TELEPHONES[kind]) == judge_column(TELEPHONES[kind], is_customer=True) == "telephone"


@pytest.mark.parametrize("kind", NO_TELEPHONES)
def test_other_numbers_are_nobodys(kind):
    assert judge_column(NO_TELEPHONES[kind]) is None


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["330203198505041234", "11010119900307771X"], "identity card"),
        (["110101510307771", "330203850504123", "310104621224002"], "identity card"),
        (["A123456789", "B223456782"], "identity card"),
        (["123-45-6789", "321-54-9876"], "identity card"),
        (["4111 1111 1111 1111", "5500-0000-0000-0004", "6011000000000004"], "bank account"),
        (["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432"], "bank account"),
        (["o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "wxid_a1b2c3d4"], "WeChat id"),
        (["wang@example.com", "li@example.com"], "email"),
        (["Hafenstr. 5", "Lindenweg 12a", "12 Main Street"], "address"),
        (["长亭外巷33号12幢1101室", "宁波市海曙区中山路5号"], "address"),
        (["call Anna Meier about the invoice", "ask Herr Vogel when he is back", "no answer on the third day"], "text"),
        (["客户要求发顺丰快递，联系王先生", "请周末再送货，谢谢您了"], "text"),
    ],
)
def test_other_things_of_people_are_known(values, kind):
    assert judge_column(values) == kind


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("Phone", ["5551000", "5551001"], "telephone"),
        ("Telephone", ["yes", "none"], None),
        ("Geburtsdatum", ["1985-05-04"], "date of birth"),
        ("护照号", ["E12345678"], "identity card"),
        ("Adresse", ["Am Markt"], "address"),
        ("Vorname", ["Xy"], "name"),
    ],
)
def test_a_header_says_what_values_alone_do_not(header, values, kind):
    assert judge_column(values, header) == kind and judge_column(values) is None


def test_nothing_is_nobodys():
    assert judge_column([]) is None and judge_column(["", "N/A", None]) is None
    assert judge_column(pd.Series([], dtype="str")) is None
    assert judge_column(pd.Series(pd.to_datetime(["2024-01-02"]))) is None
    assert judge_column(pd.Series([True, False])) is None


def test_of_a_long_column_a_part_of_all_its_length_is_looked_at():
    column = pd.Series([f"a{n}" for n in range(100_000)], dtype="str")
    seen = sample(column)
    assert len(seen) <= DIFFERENT and int(seen[-1][1:]) > 95_000 and int(seen[0][1:]) < 5_000
    late = pd.Series(["C021"] * 5_000 + PEOPLE["German"].split(";") * 19_000, dtype="str")
    assert judge_column(late) == "name"


# --- by chance --------------------------------------------------------------------------------------------


@given(
    st.integers(0, 10**9),
    st.sampled_from(
        [string.ascii_uppercase, string.ascii_lowercase, string.digits, string.ascii_letters + string.digits]
    ),
    st.integers(1, 12),
    st.sampled_from(["", "-", "_", "/", "."]),
)
@example(1, string.ascii_uppercase, 3, "")
def test_codes_by_chance_are_never_people(seed, letters, length, mark):
    chance = np.random.default_rng(seed)
    codes = ["".join(chance.choice(list(letters), length)) + f"{mark}{n}" * bool(mark) for n in range(40)]
    assert judge_column(codes) != "name"
    assert judge_column(codes, is_customer=True) != "name"
    assert judge_column([f"{code} {code}1" for code in codes], is_customer=True) != "name"


@given(st.text(max_size=70))
@example("\u0300")
@example("々")
@example("王")
def test_any_text_can_be_judged(text):
    assert person(text) in (0, 1, 2)
    assert find_number(text) is None or find_number(text).kind
    judge_column([text], text)
    if any(letter.isdigit() for letter in text):
        assert person(text) == NO


@given(st.lists(st.sampled_from(PEOPLE["Chinese"].split(";") + PEOPLE["German"].split(";")), min_size=3, unique=True))
def test_people_of_two_languages_in_one_column_are_people(values):
    assert judge_column(values, "Customer") == "name"


def test_marks_and_titles_do_not_hide_a_name():
    for text in (
        "  Dieter Vogel ",
        "Dieter Vogel",
        "Herr Xyz",
        "Dr. Vogel",
        "Dieter Vogel jr.",
        "Mr & Mrs Smith",
        "佐藤様",
    ):
        assert person(text) == IS, text


@pytest.mark.parametrize(
    ("form", "kind"), [("0171 234{:04}", "telephone"), ("110105491231{:03}", "identity card"), ("C-{:04}", None)]
)
def test_customers_whose_telephones_follow_one_another_are_still_people(form, kind):
    """Made up, or of one firm: nobody's number of a customer is written 0171 2345678."""
    assert judge_column([form.format(n) for n in range(36)], "customer", is_customer=True) == kind
    assert judge_column([form.format(n) for n in range(36)]) is None
