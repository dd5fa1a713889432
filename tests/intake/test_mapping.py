"""Their column names and ours: drafted, written beside the data, changed by hand, read again."""

from __future__ import annotations

import csv
import re

import pytest
import tomlkit
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from crmlib import language
from crmlib.intake import draft as drafting
from crmlib.intake import mapping_file, names, privacy
from crmlib.intake.conventions import Choice, OpenQuestion, answer_line
from crmlib.intake.draft import draft_columns, draft_table
from crmlib.intake.ledger_table import table_said
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import (
    mapping_path,
    read_mapping,
    to_reading,
)
from crmlib.intake.mapping_written import write_mapping
from crmlib.intake.reading import read
from crmlib.tables import ACTIVITIES, CUSTOMERS, TABLES, TRANSACTIONS

NUMBERS, DAYS, WORDS = ["9.90", "10"], ["2024-01-02", "2024-06-30"], ["wang", "li"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sales.csv.mapping.toml"


def draft(samples, table=TRANSACTIONS, given=None):
    return draft_columns(list(samples), samples, table, given or {})


def refused(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        read_mapping(path)
    return str(caught.value)


# --- names ------------------------------------------------------------------------------------------------


def test_every_name_we_know_is_written_as_names_are_compared():
    for ours in names.ALIASES:
        sure, unsure = names.aliases(ours)
        assert [name for name in (*sure, *unsure) if names.bare(name) != name] == []
        assert len({*sure, *unsure}) == len(sure) + len(unsure), ours


def test_names_are_known_for_columns_that_there_are():
    assert set(names.ALIASES) <= {name for table in TABLES for name in table_said(table).names}


def test_no_name_surely_says_two_columns_of_a_table():
    for table in TABLES.values():
        sure = [name for ours in table.names for name in names.aliases(ours)[0]]
        assert sorted({name for name in sure if sure.count(name) > 1}) == [], table.name


@given(st.text(max_size=20))
def test_a_name_without_marks_has_none_to_lose(text):
    assert names.bare(names.bare(text)) == names.bare(text)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (["Customer ID", "Order Date", "Total Amount"], 3),
        (["CUSTOMER_ID", "order-date", "totalAmount"], 3),
        (["客户编号", "下单时间", "实付金额（元）", "备注"], 3),
        (["Kundennummer", "Bestelldatum", "Gesamtbetrag [EUR]"], 3),
        (["Customer ID", "Kundennummer", "客户编号"], 1),  # one column three times
        (["Sales of 2024", "", "by Ann"], 0),
        ([], 0),
    ],
)
def test_a_line_of_names_is_known_by_how_many_it_has(line, found):
    assert names.count_known(line, TRANSACTIONS) == found


def test_the_header_is_the_line_with_known_names(tmp_path):
    for i, header in enumerate(
        ["客户编号,下单时间,实付金额", "Kundennummer,Bestelldatum,Gesamtbetrag", "CustomerNo,OrderTime,NetAmount"]
    ):
        file = tmp_path / f"{i}.csv"
        file.write_text(f"Report,,\nof 2024,by Ann,\n{header}\na,2024-01-02,5\n", encoding="utf-8")
        said, questions = draft_table(file, TRANSACTIONS, {})
        assert questions == []
        orders, report = read(file, TRANSACTIONS, to_reading(said))
        assert len(orders) == 1 and "stand in line 3" in report.notes[0]


# --- a draft ----------------------------------------------------------------------------------------------


def test_a_shop_export_in_chinese():
    samples = {
        "订单编号": ["2024060712345678"],
        "买家会员名": WORDS,
        "买家实际支付金额": NUMBERS,
        "订单创建时间": ["2024-06-07 18:30:00"],
        "宝贝总数量": ["1"],
        "收货地址": WORDS,
    }
    assert draft(samples) == (
        {
            "order_id": "订单编号",
            "customer_id": "买家会员名",
            "amount": "买家实际支付金额",
            "order_date": "订单创建时间",
            "quantity": "宝贝总数量",
        },
        [],
    )


def test_a_shop_export_in_english_without_an_amount():
    # Chen (2015), Online Retail, doi:10.24432/C5BW33: these eight columns.
    samples = {
        "InvoiceNo": ["536365"],
        "StockCode": ["85123A"],
        "Description": ["WHITE HANGING HEART"],
        "Quantity": ["6"],
        "InvoiceDate": ["2010-12-01 08:26"],
        "UnitPrice": ["2.55"],
        "CustomerID": ["17850"],
        "Country": ["United Kingdom"],
    }
    columns, questions = draft(samples)
    assert columns == {
        "customer_id": "CustomerID",
        "order_date": "InvoiceDate",
        "order_id": "InvoiceNo",
        "product_id": "StockCode",
        "quantity": "Quantity",
    }
    (question,) = questions
    assert (question.key, question.needed) == ("amount", True)
    assert question.choices == (
        Choice(["Quantity", "UnitPrice"], "Quantity times UnitPrice"),
        Choice("UnitPrice", "UnitPrice is that of the whole line already"),
    )
    assert (
        question.text
        == "No column is known to be amount (what the customer paid for the line, after discounts; a refund is"
        " negative)."
    )


def test_a_sure_name_goes_before_one_that_may_mean_another_thing():
    samples = {
        "Date": DAYS,
        "Order Date": DAYS,
        "Customer": WORDS,
        "Customer No": WORDS,
        "Total": NUMBERS,
        "Total Amount": NUMBERS,
    }
    assert draft(samples) == ({"customer_id": "Customer No", "order_date": "Order Date", "amount": "Total Amount"}, [])


def test_a_name_that_may_mean_another_thing_is_taken_where_there_is_no_other():
    assert draft({"Date": DAYS, "Customer": WORDS, "Total": NUMBERS}) == (
        {"customer_id": "Customer", "order_date": "Date", "amount": "Total"},
        [],
    )


def test_what_two_columns_may_be_is_asked_with_their_first_values():
    columns, questions = draft(
        {"Customer No": WORDS, "Order Date": DAYS, "Sales": ["1", "2", "1", "", "3", "4"], "Revenue": ["5"]}
    )
    assert columns == {"customer_id": "Customer No", "order_date": "Order Date"}
    assert questions[0].text.startswith("Several columns may be amount (what the customer paid")
    assert questions[0].choices == (Choice("Sales", "1, 2, 3"), Choice("Revenue", "5"))


def test_optional_columns_that_may_be_two_are_left_out_but_the_order_is_asked():
    samples = {
        "customer_id": WORDS,
        "order_date": DAYS,
        "amount": NUMBERS,
        "Kanal": WORDS,
        "Vertriebskanal": WORDS,
        "Invoice No": WORDS,
        "Receipt No": WORDS,
    }
    columns, questions = draft(samples)
    assert list(columns) == ["customer_id", "order_date", "amount"]
    assert [(question.key, question.needed) for question in questions] == [("order_id", False)]


def test_a_name_whose_values_cannot_be_is_not_taken():
    columns, questions = draft(
        {
            "Customer No": WORDS,
            "Order Date": ["none", "soon"],
            "Booking Date": DAYS,
            "Amount": DAYS,
            "Betrag": ["1,5", "2"],
        }
    )
    assert (
        columns == {"customer_id": "Customer No", "order_date": "Booking Date", "amount": "Betrag"} and questions == []
    )


def test_four_values_of_five_must_look_like_it():
    amount = TRANSACTIONS.column("amount")
    assert drafting.fits(["1", "2", "3", "4", "x"], amount) and not drafting.fits(["1", "2", "3", "x", "y"], amount)
    assert drafting.fits(["", " "], amount)  # nothing speaks against it
    day = TRANSACTIONS.column("order_date")
    assert drafting.fits(["7.6.2024", "31/12/24", "2024年6月7日", "7 Jun 2024", "?"], day) and not drafting.fits(
        ["12.50"], day
    )
    assert not drafting.fits(["7.6.2024"], amount) and drafting.fits(["20240607"], amount)
    assert drafting.fits(["¥1,234.50", "(3.00)", "12-", "5 EUR", "1e3"], amount)


def test_no_column_at_all_is_a_question_without_choices():
    _, questions = draft({"Customer No": WORDS, "Order Date": DAYS, "Remark": WORDS})
    assert questions[0].text.startswith("No column can be amount") and questions[0].choices == ()


def test_columns_with_names_that_say_nothing_are_offered_by_their_values():
    _, questions = draft({"A": WORDS, "B": DAYS, "C": NUMBERS})
    offered = {question.key: [choice.value for choice in question.choices] for question in questions}
    assert offered == {"customer_id": ["A"], "order_date": ["B"], "amount": ["C"]}


def test_what_is_given_stays_and_its_columns_are_not_used_again():
    samples = {
        "Customer No": WORDS,
        "Order Date": DAYS,
        "amount": NUMBERS,
        "Net Amount": NUMBERS,
        "Qty": NUMBERS,
        "Price": NUMBERS,
    }
    assert draft(samples, given={"cost": "amount"})[0]["amount"] == "Net Amount"
    columns, _ = draft(samples, given={"amount": ["Qty", "Price"]})
    assert columns["amount"] == ["Qty", "Price"] and "quantity" not in columns


def test_a_name_that_stands_twice_is_not_guessed():
    samples = {"Customer No": WORDS, "Order Date": DAYS, "Total": NUMBERS}
    columns, questions = draft_columns(["Customer No", "Order Date", "Total", "Total"], samples, TRANSACTIONS, {})
    assert "amount" not in columns and [(question.key, question.choices) for question in questions] == [("amount", ())]


@pytest.mark.parametrize(
    "value",
    [
        "13800138000",
        "+86 138-0013-8000",
        "wang@example.com",
        "330203198505041234",
        "33020319850504123X",
        "+442079460000",
    ],
)
def test_personal_values_are_not_shown_in_a_question(value):
    _, questions = draft({"Phone": [value], "Mobile": [value], "Order Date": DAYS, "Total": NUMBERS})
    assert {choice.meaning for choice in questions[0].choices} == {f"{value[0]}***"}
    assert privacy.looks_personal(value)


@pytest.mark.parametrize(
    "value", ["", "12345", "2024060712", "10000000000", "138001380001", "330203198513041234", "C-13800138000", "007"]
)
def test_what_is_not_personal_is_shown(value):
    assert not privacy.looks_personal(value)


def test_personal_columns_are_never_shown():
    _, questions = draft_columns(["A", "B"], {"A": ["x1"], "B": ["x2"]}, CUSTOMERS, {})
    assert questions[0].choices[0].meaning == "x1"  # the number of a customer is
    assert drafting.describe_values({"A": ["Wang", "Li"]}, CUSTOMERS.column("name"), "A") == "W***, L***"
    assert drafting.describe_values({"A": ["", " "]}, CUSTOMERS.column("city"), "A") == "empty"
    # A column called a name is one, whatever it would become.
    assert (
        drafting.describe_values({"会员姓名": ["Wang", "Li"]}, CUSTOMERS.column("customer_id"), "会员姓名")
        == "W***, L***"
    )


def test_other_tables_are_drafted_too():
    assert draft({"客户编号": WORDS, "姓名": WORDS, "手机号": WORDS, "生日": DAYS}, CUSTOMERS)[0] == {
        "customer_id": "客户编号",
        "name": "姓名",
        "phone": "手机号",
        "birth_date": "生日",
    }
    columns, questions = draft({"客户编号": WORDS, "月份": DAYS, "活动类型": WORDS}, ACTIVITIES)
    assert list(columns) == ["customer_id", "month", "activity"] and [question.key for question in questions] == [
        "n_times"
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "Kunde",
                "客户编号",
                "Datum",
                "下单时间",
                "Betrag",
                "金额",
                "Total",
                "amount",
                "Menge",
                "单价",
                "id",
                "x",
                "",
            ]
        ),
        max_size=9,
        unique=True,
    ),
    st.dictionaries(st.sampled_from(TRANSACTIONS.names), st.sampled_from(["Kunde", "金额", "amount", "x"]), max_size=2),
)
def test_a_draft_uses_each_column_once_and_asks_for_the_rest(header, given):
    assume(set(given.values()) <= set(header) and len(set(given.values())) == len(given))
    columns, questions = draft_columns(header, {}, TRANSACTIONS, given)
    assert given.items() <= columns.items()
    assert len(set(columns.values())) == len(columns) and set(columns.values()) <= set(header)
    asked = {question.key for question in questions}
    assert asked | set(columns) >= set(TRANSACTIONS.required) and not asked & set(columns)
    offered = [
        name
        for question in questions
        for choice in question.choices
        for name in ([choice.value] if isinstance(choice.value, str) else choice.value)
    ]
    alone = {choice.value for question in questions for choice in question.choices if isinstance(choice.value, str)}
    assert not alone & set(columns.values()) and set(offered) <= set(header) and "" not in {*offered, *columns.values()}


# --- the file ---------------------------------------------------------------------------------------------

SAID = {
    "transactions": {
        "columns": {"customer_id": "Kundennummer", "order_date": "Datum", "amount": ["Menge", "Preis"]},
        "decimal": {"amount": ","},
        "dates": {"order_date": "day first"},
        "file": {"encoding": "cp1252", "sheet": "2024"},
    },
    "customers": {"columns": {"customer_id": "Kundennummer"}},
}


def test_the_file_written_by_hand_says_what_its_lines_say(path):
    path.write_text(mapping_file.__doc__.partition("mapping.toml in it\n")[2].replace("\n    ", "\n"), encoding="utf-8")
    assert read_mapping(path) == {
        "transactions": {
            "columns": {"customer_id": "Kundennummer", "amount": ["Menge", "Preis"]},
            "decimal": {"amount": ","},
            "dates": {"order_date": "day first"},
            "keep": {"Order status": ["paid", "shipped"]},
            "negative": {"Type": ["refund"]},
            "subtract": {"Discount": True},
            "nobody": {"customer_id": ["Guest"]},
            "file": {
                "encoding": "cp1252",
                "sheet": "2024",
                "table": "orders",
                "names": ["customer_id", "order_date", "amount"],
                "fill_down": ["Customer"],
                "extra": ["Region"],
                "returns": "returns.csv",
                "repeated": "once",
                "sums": "count",
                "rows": "orders",
            },
        },
        "customers": {"columns": {"name": ["Vorname", "Nachname"]}},
        "customer_values": {"sum": {"value": ["Fresh", "Milk"]}},
        "invoices": {"file": {"terms": "net 30", "receipts": "oldest first"}},
        "statements": {"file": {"unit": "万元"}},
    }


def test_a_new_file_line_by_line(path):
    write_mapping(path, SAID)
    assert path.read_text(encoding="utf-8").splitlines() == [
        (
            "# How crmlib reads sales.csv. It is read again with every run: change it, or delete it to have it drafted"
            " anew."
        ),
        (
            "# On the left a column of the kit (crmlib data --columns transactions lists them), on the right its name"
            " in the file."
        ),
        (
            '# More can be said: [transactions.keep] "Status" = ["paid"], [transactions.file] extra = ["Region"], and'
            " so on; all of it stands in docs/mapping-file.md."
        ),
        "",
        "[transactions.columns]",
        'customer_id = "Kundennummer"',
        'order_date = "Datum"',
        'amount = ["Menge", "Preis"]',
        "",
        "[transactions.decimal]",
        'amount = ","',
        "",
        "[transactions.dates]",
        'order_date = "day first"',
        "",
        "[transactions.file]",
        'encoding = "cp1252"',
        'sheet = "2024"',
        "",
        "[customers.columns]",
        'customer_id = "Kundennummer"',
    ]
    assert read_mapping(path) == SAID
    assert list(path.parent.iterdir()) == [path]


def test_what_a_person_wrote_stays_in_its_order(path):
    mine = (
        "# ours since 2024, Ann\n\n"
        '[customers.columns]\ncity="Ort"  # the town\n\n'
        "[transactions.columns]\n"
        "# gross, because the tax office says so\n"
        "amount   = 'Brutto'\n"
        '"customer_id" = "Kunde"\n\n'
        '[transactions.decimal]\namount = ","  # checked\n'
        "# the end\n"
    )
    path.write_text(mine, encoding="utf-8")
    write_mapping(
        path, {"transactions": {"columns": {"customer_id": "Kunde", "amount": "Brutto"}, "decimal": {"amount": ","}}}
    )
    assert path.read_text(encoding="utf-8") == mine  # nothing new, nothing changed
    write_mapping(path, {"transactions": {"columns": {"order_date": "Datum"}, "dates": {"order_date": "day first"}}})
    now = path.read_text(encoding="utf-8")
    added = ['order_date = "Datum"', "[transactions.dates]", 'order_date = "day first"']
    lines, mine = ([line for line in text.splitlines() if line] for text in (now, mine))
    assert [line for line in lines if line not in added] == mine and len(lines) == len(mine) + len(added)
    assert read_mapping(path)["transactions"]["columns"] == {
        "amount": "Brutto",
        "customer_id": "Kunde",
        "order_date": "Datum",
    }


def test_a_value_that_changed_is_changed_and_its_comment_stays(path):
    path.write_text('[transactions.columns]\namount = "Brutto"  # gross\n', encoding="utf-8")
    write_mapping(path, {"transactions": {"columns": {"amount": "Netto"}}})
    assert path.read_text(encoding="utf-8") == '[transactions.columns]\namount = "Netto"  # gross\n'


def test_a_file_of_notepad_is_read_and_completed(path):
    path.write_bytes('\ufeff[transactions.columns]\r\namount = "Brutto"\r\n'.encode())
    assert read_mapping(path) == {"transactions": {"columns": {"amount": "Brutto"}}}
    write_mapping(path, {"transactions": {"columns": {"customer_id": "Kunde"}}})
    assert read_mapping(path) == {"transactions": {"columns": {"amount": "Brutto", "customer_id": "Kunde"}}}


def test_who_may_read_the_file_stays_as_it_was(path):
    write_mapping(path, SAID)
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o600)
    write_mapping(path, {"transactions": {"columns": {"cost": "Kosten"}}})
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_the_old_file_and_no_other(path, monkeypatch):
    write_mapping(path, SAID)
    before = path.read_bytes()
    monkeypatch.setattr("crmlib.files.whole.os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_mapping(path, {"transactions": {"columns": {"cost": "Kosten"}}})
    assert path.read_bytes() == before and list(path.parent.iterdir()) == [path]


def test_where_the_mapping_lies(tmp_path):
    assert mapping_path(tmp_path / "a.csv") == tmp_path / "a.csv.mapping.toml"
    assert mapping_path(tmp_path) == tmp_path / "mapping.toml"


hostile = st.text(
    st.sampled_from("aB1 \"'\\[]{}#=,;|.\t\n\r\x1b\x7f\u3000\u00a0\u2028\u202eé金额（元）🍵%"), min_size=1, max_size=12
)
values = {
    "columns": st.dictionaries(
        st.sampled_from(TRANSACTIONS.names), hostile | st.lists(hostile, min_size=2, max_size=2), max_size=4
    ),
    "decimal": st.dictionaries(st.just("amount"), st.sampled_from([".", ","])),
    "file": st.dictionaries(st.sampled_from(["encoding", "sheet"]), hostile),
}


@settings(max_examples=150, deadline=None)
@given(first=st.fixed_dictionaries({}, optional=values), then=st.fixed_dictionaries({}, optional=values))
def test_what_is_written_is_read_whatever_the_names(first, then, tmp_path_factory):
    path = tmp_path_factory.mktemp("mapping") / "a.mapping.toml"
    both = {section: {**first.get(section, {}), **then.get(section, {})} for section in values}
    assume(
        all(
            len(list(map(str, pairs.values()))) == len(set(map(str, pairs.values())))
            for pairs in (both["columns"], first.get("columns", {}))
        )
    )
    for said in (first, then):
        write_mapping(path, {"transactions": said})
    assert read_mapping(path).get("transactions", {}) == {section: pairs for section, pairs in both.items() if pairs}


@settings(max_examples=60, deadline=None)
@example(theirs=['Kunde "A"', "Datum\n(Bestellung)", "金额（元）"])
@example(theirs=["a  b", "a b", "a\u3000b"])
@given(
    theirs=st.lists(
        hostile.map(str.strip).filter(lambda name: name and name not in TRANSACTIONS.names),
        min_size=3,
        max_size=3,
        unique=True,
    )
)
def test_a_file_with_hostile_names_is_read_by_its_mapping(theirs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mapping")
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([theirs, ["a1", "2024-01-02", "5.25"], ["b2", "2024-01-03", "6"]])
    said = {"transactions": {"columns": dict(zip(("customer_id", "order_date", "amount"), theirs, strict=True))}}
    write_mapping(folder / "a.csv.mapping.toml", said)
    again = read_mapping(folder / "a.csv.mapping.toml")["transactions"]
    assert draft_table(folder / "a.csv", TRANSACTIONS, again) == (said["transactions"], [])
    orders, report = read(folder / "a.csv", TRANSACTIONS, to_reading(again))
    assert orders["customer_id"].tolist() == ["a1", "b2"] and orders["amount"].tolist() == [5.25, 6]
    assert report.columns == {name: ours for ours, name in said["transactions"]["columns"].items()}


# --- questions in the file --------------------------------------------------------------------------------


def uncomment(path, place):
    """Take the # from the answer at a place, as a person would; what the mapping says then."""
    lines = path.read_text(encoding="utf-8").split("\n")
    answers = [i for i, line in enumerate(lines) if re.match(r"# \w+ = ", line)]
    lines[answers[place]] = lines[answers[place]].removeprefix("# ")
    other = path.with_name("answered.toml")
    other.write_text("\n".join(lines), encoding="utf-8")
    return read_mapping(other)


@settings(max_examples=100, deadline=None)
@example(choices=["a  b", "金\u3000额", "a\nb", ["x", "# y"]], text="which?", meaning="\x1b[2J\n= 5")
@given(
    choices=st.lists(hostile | st.lists(hostile, min_size=2, max_size=2), min_size=1, max_size=4),
    text=hostile,
    meaning=hostile,
)
def test_an_answer_whose_mark_is_taken_off_is_the_answer(choices, text, meaning, tmp_path_factory):
    path = tmp_path_factory.mktemp("mapping") / "a.mapping.toml"
    question = OpenQuestion(
        "transactions", "columns", "amount", f"Which? {text}", tuple(Choice(value, meaning) for value in choices)
    )
    said = {"transactions": {"columns": {"customer_id": "Kunde"}, "file": {"sheet": "1"}}}
    write_mapping(path, said, (question, question._replace(section="file", key="encoding", text="And which?")))
    assert read_mapping(path) == said  # open, it says nothing
    n = len(choices)
    for place, value in enumerate(choices):
        assert uncomment(path, place)["transactions"]["columns"] == {"customer_id": "Kunde", "amount": value}
        if isinstance(value, str):
            assert uncomment(path, n + place)["transactions"]["file"] == {"sheet": "1", "encoding": value}


def test_a_question_stands_in_the_file_once(path):
    question = OpenQuestion(
        "transactions", "decimal", "amount", "1,250  may be\ntwo things.", (Choice(",", "1.25"), Choice(".", "1250"))
    )
    for _ in range(3):
        write_mapping(path, {"transactions": {"columns": {"amount": "Betrag"}}}, (question,))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[-4:] == [
        "[transactions.decimal]",
        "# 1,250 may be two things.",
        '# amount = ","  # 1.25',
        '# amount = "."  # 1250',
    ]
    assert len(lines) == 3 + 1 + 2 + 1 + 4  # what it is, our columns, the question; blank lines between


def test_two_answers_to_one_question_are_refused(path):
    message = refused(path, '[transactions.decimal]\namount = ","\namount = "."\n')
    assert (
        message.startswith("sales.csv.mapping.toml must be TOML")
        and "amount" in message
        and "Mend that line" in message
    )


def test_a_line_for_an_answer():
    assert answer_line("amount", 'Betrag "netto"') == r'amount = "Betrag \"netto\""'
    assert answer_line("amount", ["Menge", "Preis"]) == 'amount = ["Menge", "Preis"]'
    assert answer_line("Order Status", "all") == '"Order Status" = "all"'
    assert answer_line("Rabatt", True) == "Rabatt = true"


@pytest.mark.parametrize(
    "text",
    [
        'transactions = {columns = {amount = "X"}}\n',
        '[transactions]\ncolumns = {amount = "X"}\n',
        'transactions.columns.amount = "X"\n',
        '[transactions]\ncolumns.amount = "X"\n',
    ],
)
def test_a_file_in_another_form_is_read_but_not_spoiled(path, text):
    path.write_text(text, encoding="utf-8")
    assert read_mapping(path) == {"transactions": {"columns": {"amount": "X"}}}
    with pytest.raises(
        ValueError,
        match=r"must have headings such as \[transactions.columns\].*it has (transactions|columns) without one",
    ):
        write_mapping(path, {"transactions": {"columns": {"customer_id": "Kunde"}}})
    assert path.read_text(encoding="utf-8") == text


# --- mistakes in the file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("amount: Total", r"must be TOML, lines such as amount = \"Total\" under .*at line 1 col 6. Mend that line"),
        ("[transactions.columns]\namount = Total\n", r"must be TOML.*line 2"),
        ('[orders.columns]\namount = "Total"\n', r"tables must be among \['transactions', .*; got \['orders'\]"),
        (
            'transactions = "Total"\n',
            r"under transactions there must be sections such as \[transactions.columns\]; got 'Total'",
        ),
        (
            '[transactions.column]\namount = "Total"\n',
            r"sections of transactions must be among \['columns', .*; got \['column'\]",
        ),
        (
            '[transactions.columns]\nTotal = "amount"\n',
            r"\[transactions.columns\] must be among .*; got \['Total'\]. The kit's name stands on the left",
        ),
        (
            '[transactions.file]\ndelimiter = ";"\n',
            r"\[transactions.file\] must be among \['encoding', 'sheet', .*\]; got \['delimiter'\]",
        ),
        (
            "[transactions.columns]\namount = 3\n",
            r"amount under \[transactions.columns\] must be a name in quotes, or several in brackets; got 3",
        ),
        ('[transactions.columns]\namount = ["a"]\n', r"must be a name in quotes, or several in brackets; got \['a'\]"),
        ('[transactions.columns]\namount = ["a", 3]\n', r"or several in brackets; got \['a', 3\]"),
        ('[transactions.decimal]\namount = "comma"\n', r"must be one of \['\.', ','\]; got 'comma'"),
        ('[transactions.decimal]\namount = [",", "."]\n', r"must be one of \['\.', ','\]; got"),
        (
            '[transactions.dates]\norder_date = "day"\n',
            r"must be one of \['day first', 'month first', 'year first'\]; got 'day'",
        ),
        (
            "[transactions.file]\nsheet = 2024\n",
            r"sheet under \[transactions.file\] must be a name in quotes, or several in brackets; got 2024",
        ),
        (
            '[transactions.columns]\namount = "A"\ncost = "A"\n',
            r"one of the kit only; under \[transactions.columns\] 'A' would become \['amount', 'cost'\]",
        ),
    ],
)
def test_a_slip_is_named_with_what_may_stand_there(path, text, message):
    said = refused(path, text)
    assert said.startswith("sales.csv.mapping.toml") and re.search(message, said), said


def test_a_file_that_is_no_text_is_refused(path):
    path.write_bytes('[transactions.columns]\namount = "Größe"\n'.encode("cp1252"))
    with pytest.raises(ValueError, match="sales.csv.mapping.toml must be text in UTF-8; it is not. Save it as UTF-8"):
        read_mapping(path)


def test_names_of_the_file_that_have_gone_are_named(tmp_path):
    file = tmp_path / "sales.csv"
    file.write_text("Kunde,Datum,Netto\na,2024-01-02,5\n")
    said = {"columns": {"customer_id": "Kunde", "amount": ["Menge", "Preis"]}}
    with pytest.raises(ValueError) as caught:
        draft_table(file, TRANSACTIONS, said)
    assert (
        str(caught.value)
        == "sales.csv must have the columns its mapping names under [transactions.columns]; it has no ['Menge',"
        " 'Preis']. It has ['Kunde', 'Datum', 'Netto']. If it was exported anew, change those lines, or delete the"
        " mapping file to have it drafted anew."
    )


# --- to a reading -----------------------------------------------------------------------------------------


def test_a_mapping_becomes_a_reading():
    assert to_reading(SAID["transactions"]) == Reading(
        columns={"Kundennummer": "customer_id", "Datum": "order_date", ("Menge", "Preis"): "amount"},
        decimal={"amount": ","},
        dates={"order_date": "day first"},
        encoding="cp1252",
        sheet="2024",
    )
    assert to_reading({}) == to_reading({"columns": {"amount": "amount"}, "decimal": {}}) == Reading()
    assert to_reading({"columns": {"amount": "cost", "cost": "amount"}}) == Reading(
        columns={"cost": "amount", "amount": "cost"}
    )


def test_a_new_file_speaks_the_readers_language(path):
    language.use("zh")
    question = draft({"客户编号": WORDS, "下单时间": DAYS, "备注": NUMBERS})[1]
    write_mapping(path, {"transactions": {"columns": {"customer_id": "客户编号"}}}, tuple(question))
    comments = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ") and " = " not in line
    ]
    assert len(comments) == 3 and all(re.search("[一-鿿]", line) for line in comments)
    assert tomlkit.parse(path.read_text(encoding="utf-8")).unwrap() == read_mapping(path)


def test_a_ledger_in_chinese_is_a_table_of_invoices():
    theirs = ["发票号", "客户编号", "开票日期", "应收日期", "发票金额（元）", "付款日期", "坏账核销日期"]
    known = names.meaning_by_name("invoices")
    assert [known[names.bare(name)] for name in theirs] == [
        "invoice_id",
        "customer_id",
        "invoice_date",
        "due_date",
        "amount",
        "paid_date",
        "written_off_date",
    ]
    assert names.meaning_by_name("transactions")["发票号"] == "order_id"  # as before
    statement = names.meaning_by_name("statements")
    assert (statement["资产总计"], statement["负债合计"], statement["营业收入"]) == (
        "total_assets",
        "total_liabilities",
        "revenue",
    )
