"""Files as people have them: what is read, what is set aside, and that nothing gets lost between."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import hashlib
import io
import os
import re
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmlib import intake
from crmlib.intake import Undecided, cells, columns, days, dialect, encodings, mapping, names, parquet, records
from crmlib.intake import text as reading_text
from crmlib.language.words import is_nobody, is_total
from crmlib.tables import ACTIVITIES, CREDIT_REVIEWS, CUSTOMERS, PRODUCTS, TRANSACTIONS, Column, Table

HEADER = "customer_id,order_date,amount,order_id,category\n"
GOOD = "a1,2024-01-02,5.00,o1,tea\n"
PLAIN = "".join(f"a,2024-01-02,{n}.25,,\n" for n in range(40))  # say how numbers are written here


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("intake")


@pytest.fixture
def read(folder):
    """Write a file and read it: `read(text)` gives the transactions and the report."""

    def write_and_read(content: str | bytes, *, name="sales.csv", table=TRANSACTIONS, **options):
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / name).write_bytes(data)
        return intake.read_table(folder / name, table, **options)

    return write_and_read


def refused(read, content, **options) -> str:
    with pytest.raises(ValueError) as caught:
        read(content, **options)
    return str(caught.value)


def set_aside(report) -> list[tuple]:
    return list(report.rejected[["line", "column", "value", "reason"]].itertuples(index=False, name=None))


def said(report) -> str:
    return "\n".join(report.notes)


# --- a file by hand ---------------------------------------------------------------------------------------


def test_every_line_of_a_small_file(read):
    orders, report = read(
        "customer_id,order_date,amount,order_id,quantity,shelf\n"  # line 1
        "007,2024-06-07,12.50,o1,2,A\n"  # 2, accepted
        ",2024-06-07,3.00,o2,1,A\n"  # 3, nobody
        "008,2024-02-30,4.00,o3,1,A\n"  # 4, no such day
        "\n"  # 5, blank
        "009,2024-06-08,-2.00,o4,,B\n"  # 6, accepted
        "010,2024-06-08,1,o5,abc,B\n"  # 7, no number
        "011,2024-06-08\n"  # 8, too short
    )
    assert orders["customer_id"].tolist() == ["007", "009"]
    assert orders["order_date"].tolist() == [pd.Timestamp("2024-06-07"), pd.Timestamp("2024-06-08")]
    assert orders["amount"].tolist() == [12.5, -2.0]
    assert orders["quantity"].isna().tolist() == [False, True]
    assert (report.n_read, report.n_accepted, report.n_rejected) == (6, 2, 4)
    assert set_aside(report) == [
        (3, "customer_id", "", "customer_id is empty"),
        (4, "order_date", "2024-02-30", "order_date is no day of the calendar, or no time of day"),
        (7, "quantity", "abc", "quantity is not a number"),
        (8, "", "0***", "the line has 2 fields, the header has 6"),
    ]
    assert report.notes == (
        "Left out, not being columns of transactions: shelf.",
        "1 blank line passed over (the first: line 5).",
        "1 row without a customer_id set aside, 3.00 in all: they belong to no customer.",
        "1 row with a negative amount, -2.00 in all, kept as refunds (the first: line 6).",
    )


def test_report_says_what_file_it_was(read, folder):
    _, report = read("Kunde;order_date;amount\na;2024-01-02;5\n", columns={"Kunde": "customer_id"})
    assert report.path == folder / "sales.csv"
    assert report.sha256 == hashlib.sha256((folder / "sales.csv").read_bytes()).hexdigest()
    assert (report.table, report.encoding, report.delimiter) == ("transactions", "utf-8", ";")
    assert report.columns == {"Kunde": "customer_id", "order_date": "order_date", "amount": "amount"}


def test_the_hash_is_that_of_the_file_as_it_lies_there(read, folder):
    for content in (
        gzip.compress((HEADER + GOOD * 3).encode(), mtime=0),
        HEADER.encode() + "张,2024-01-02,5,,\n".encode("gb18030"),
    ):
        _, report = read(content)
        assert report.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", ["sales.csv", "sales.parquet"])
def test_a_file_that_changes_while_it_is_read_is_refused(folder, monkeypatch, name):
    path = folder / name
    if name.endswith("csv"):
        path.write_text(HEADER + GOOD, encoding="utf-8")
    else:
        pd.DataFrame({"customer_id": ["a"], "order_date": ["2024-01-02"], "amount": [1.0]}).to_parquet(path)
    module = reading_text if name.endswith("csv") else parquet

    def write_meanwhile(*given):
        with path.open("ab") as stream:
            stream.write(b"b,2024-01-03,6.00,o2,tea\n")
        return mapping.map_columns(*given)

    monkeypatch.setattr(module, "map_columns", write_meanwhile)
    with pytest.raises(ValueError, match=f"{name} must stay as it is while it is read; it changed meanwhile"):
        intake.read_transactions(path)


def test_a_file_is_opened_once(read, folder, monkeypatch):
    read(HEADER + GOOD)
    opened, open_it = [], io.open
    monkeypatch.setattr(io, "open", lambda file, *rest, **more: opened.append(file) or open_it(file, *rest, **more))
    intake.read_transactions(folder / "sales.csv")
    assert opened == [folder / "sales.csv"]


def test_report_reads_as_text(read):
    _, report = read(HEADER + GOOD + "a,2024-01-02,x,,\n" * 2 + "b\n")
    assert (
        str(report) == "transactions from sales.csv (utf-8, delimiter comma)\n"
        "  4 rows read = 1 accepted + 3 set aside\n"
        "    2: amount is not a number (first in line 3)\n"
        "    1: the line has 1 field, the header has 5 (first in line 5)\n"
        "  - Much is set aside: 3 of 4 rows (75.0%). See why before you use a number."
    )
    assert report.summary(most=1, with_doubts=False).endswith("(first in line 3)\n    1 for other reasons")
    assert repr(report) == "<IntakeReport of sales.csv: 4 rows read = 1 accepted + 3 set aside>"


def test_a_report_that_loses_rows_cannot_be_made(read):
    _, report = read(HEADER + GOOD)
    with pytest.raises(ValueError, match="must account for every row.*5 read, 1 accepted"):
        dataclasses.replace(report, n_read=5)
    with pytest.raises(ValueError, match="2 rejected and 0 rows"):
        dataclasses.replace(report, n_read=3, n_rejected=2)


def test_values_with_braces_are_printed_as_they_are(read):
    """They are data, and no places for other values."""
    _, report = read(f"{HEADER[:-1]},{{n}} status\n" + f"{GOOD[:-1]},{{column}}\n" * 2 + f"{GOOD[:-1]},{{values}}\n")
    assert report.doubts == (
        "{n} status does not say the same of all rows, and all of them count: {column} (2), {values} (1). To count some"
        ' only, write below [transactions.keep] in the mapping file "{n} status" = ["{column}", "{values}"], without'
        ' what should not count; of what was paid back, below [transactions.negative] "{n} status" = ["..."].',
    )
    with pytest.raises(
        Undecided, match=re.escape("refund {n} amount is left out and is not zero in 1 row, 5.00 in all.")
    ):
        read(f"{HEADER[:-1]},refund {{n}} amount\n" + f"{GOOD[:-1]},5\n")
    message = refused(read, "customer_id,order_date,amount\n{n},2024-01-02,{column}\n{n},2024-01-02,{x}\n")
    assert "amount is not a number" in message


def test_what_states_say_is_counted_of_the_rows_that_are_kept(read):
    lines = [
        "a,2024-01-02,5,o,tea, paid",
        "a,2024-01-02,5,o,tea,paid",
        "a,2024-01-02,x,o,tea,open",
        "a,2024-01-02,5,o,tea,",
    ]
    _, report = read(f"{HEADER[:-1]},status\n" + "\n".join(lines) + "\n")
    assert "status does not say the same of all rows, and all of them count: paid (2), empty (1)." in report.doubts[0]


@pytest.mark.parametrize(("n_states", "is_doubted"), [(1, False), (2, True), (12, True), (13, False)])
def test_up_to_twelve_values_are_states(read, n_states, is_doubted):
    lines = [f"{GOOD[:-1]},s{n % n_states}\n" for n in range(26)]
    _, report = read(f"{HEADER[:-1]},status\n" + "".join(lines))
    assert any(doubt.startswith("status does not say the same") for doubt in report.doubts) == is_doubted


# --- the contract -----------------------------------------------------------------------------------------


def test_types_order_and_index_are_the_contract(read):
    text = "channel,amount,cost,order_date,customer_id\nshop,1,,2024-01-02,a\nx,?,1,2024-01-02,b\n,2,1.5,2024-01-03,c\n"
    orders, _ = read(text)
    assert orders.dtypes.astype("str").to_dict() == {
        "customer_id": "str",
        "order_date": "datetime64[us]",
        "amount": "float64",
        "cost": "float64",
        "channel": "str",
    }
    assert list(orders.columns) == [name for name in TRANSACTIONS.names if name in orders.columns]
    assert isinstance(orders.index, pd.RangeIndex) and orders.index.tolist() == [0, 1]
    assert orders["channel"].tolist()[0] == "shop" and orders["channel"].isna().tolist() == [False, True]


def test_rejected_has_its_types_even_when_empty(read):
    _, report = read(HEADER + GOOD)
    types = {"line": "int64", "column": "str", "value": "str", "reason": "str"}
    assert report.rejected.dtypes.astype("str").to_dict() == types
    _, report = read(HEADER + GOOD + "x\n")
    assert report.rejected.dtypes.astype("str").to_dict() == types
    assert isinstance(report.rejected.index, pd.RangeIndex)


def test_other_tables_have_their_types_and_keys(read):
    text = (
        "customer_id,month,activity,n_times\na,2024-01-01,call,3\na,2024-01-01,call,4.0\nb,2024-01-31 10:00,call,1.5\n"
    )
    activities, report = read(text, table=ACTIVITIES)
    assert activities.dtypes.astype("str").to_dict() == {
        "customer_id": "str",
        "month": "datetime64[us]",
        "activity": "str",
        "n_times": "int64",
    }
    assert activities["n_times"].tolist() == [3, 4]
    assert set_aside(report) == [(4, "n_times", "1.5", "n_times is not a whole number")]
    assert "1 row with a customer_id and month and activity seen before, kept (the first: line 3)." in report.notes


def test_days_lose_their_time_with_a_word(read):
    customers, report = read("customer_id,birth_date\na,1980-05-04 10:30\nb,1980-05-04\nc,\n", table=CUSTOMERS)
    assert customers["birth_date"].tolist() == [pd.Timestamp("1980-05-04")] * 2 + [pd.NaT]
    assert "birth_date: 1 cell with a time of day; the day was kept." in report.notes


def test_optional_integers_and_truth_values_may_be_empty(read):
    columns = (
        Column("id", "string", "", required=True),
        Column("n", "integer", ""),
        Column("is_new", "boolean", ""),
    )
    table = Table("things", "a thing", ("id",), columns)
    things, report = read("id,n,is_new\na,3,Yes\nb,,\nc,1,maybe\nd,9007199254740993,no\n", table=table)
    assert things.dtypes.astype("str").to_dict() == {"id": "str", "n": "Int64", "is_new": "boolean"}
    assert things["n"].tolist() == [3, pd.NA] and things["is_new"].tolist() == [True, pd.NA]
    assert [reason for *_, reason in set_aside(report)] == [
        "is_new is neither true nor false, yes nor no, 1 nor 0",
        "n is too large to be kept exactly",
    ]


def test_only_choices_of_the_contract_are_taken(read):
    customers, report = read("customer_id,customer_type\na,person\nb,robot\nc,\n", table=CUSTOMERS)
    assert customers["customer_id"].tolist() == ["a", "c"]
    assert set_aside(report) == [(3, "customer_type", "robot", "customer_type is none of person, organisation")]


def test_personal_values_are_masked_and_others_shown(read):
    _, report = read("customer_id,birth_date,city\na,1980-05-04,Ulm\nb,May 1980,Ulm\nc,1980\n", table=CUSTOMERS)
    assert [(line, value) for line, _, value, _ in set_aside(report)] == [(3, "M***"), (4, "c***")]
    # A line at fault is shown where no column of the file can be personal, so not where one is unknown.
    assert set_aside(read(HEADER + GOOD + "b,c\n")[1])[0][2] == "b,c"
    unknown = "customer_id,order_date,amount,Ansprechpartner\na,2024-01-02,5,Ann\nb,Bob Miller\n"
    assert set_aside(read(unknown)[1])[0][2] == "b***"


def test_long_values_are_cut_in_the_report(read):
    _, report = read(HEADER + GOOD + f"a,2024-01-02,{'x' * 5000},,\n")
    assert report.rejected["value"][0] == "x" * 99 + "…"


# --- cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0.0), ("-0.01", -0.01), ("+5", 5.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("0012.50", 12.5)],
)
def test_plain_decimals_are_numbers(text, value):
    assert cells.to_number(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1,50", "has a comma where thousands are not parted; decimals follow a point in this column"),
        ("1.234,50", "has a comma where thousands are not parted"),
        ("1,2345", "has a comma where thousands are not parted"),
        ("1.234.567", "has marks between its digits that part no thousands"),
        ("12 34", "has marks between its digits that part no thousands"),
        ("5%", "is a percentage"),
        ("5kg", "is not a number, nor an amount of money with a currency known here"),
        ("€5 $", "has more than one sign or currency"),
        ("--5", "has more than one sign or currency"),
        ("(5.00", "has more than one sign or currency, or an open parenthesis"),
        ("(-5.00)", "has more than one sign or currency"),
        ("1.2万", "is counted in thousands or ten thousands"),
        ("12k", "is counted in thousands or ten thousands"),
        ("inf", "is infinite"),
        ("-Infinity", "is infinite"),
        ("1e999", "is too large"),
        ("90071992547409.92", "is too large to be kept exactly"),
        ("abc", "is not a number"),
        ("--", "is not a number"),
        ("0x1F", "is not a number, nor an amount"),
        ("1_000", "is not a number, nor an amount"),
        ("1.2.3e4", "is not a number, nor an amount"),
    ],
)
def test_what_is_no_number_is_called_by_what_it_is(read, text, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}"):
        cells.to_number(text)
    _, report = read(HEADER + PLAIN + f'b,2024-01-02,"{text}",,\n')
    assert set_aside(report)[0][:3] == (42, "amount", text)
    assert set_aside(report)[0][3].startswith(f"amount {reason}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", 1234.5),
        ("12,34,567.50", 1234567.5),  # lakh and crore
        ("1'234.50", 1234.5),
        ("1’234.50", 1234.5),
        ("1 234.50", 1234.5),
        ("1\u202f234.50", 1234.5),
        ("$5", 5),
        ("￥5.00", 5),
        ("5元", 5),
        ("人民币 5.00", 5),
        ("5.00 EUR", 5),
        ("Rs. 500", 500),
        ("Rs.500", 500),
        ("-€5", -5),
        ("€-5", -5),
        ("(5.00)", -5),
        ("($5.00)", -5),
        ("$(5.00)", -5),
        ("(5.00) €", -5),
        ("5.00-", -5),
        ("5.-", 5),
        ("12.--", 12),
        ("−5", -5),
        ("１２．５", 12.5),
        ("+5", 5),
    ],
)
def test_money_is_read_as_it_is_written(read, text, value):
    assert cells.to_number(text) == value
    orders, report = read(HEADER + PLAIN + f'b,2024-01-02,"{text}",,\n')
    assert orders["amount"].iloc[-1] == value and report.n_rejected == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,5", 1.5),
        ("1.234,50 €", 1234.5),
        ("1.234.567", 1234567),
        ("1 234,5", 1234.5),
        ("12,-", 12),
        (",5", 0.5),
        ("-3", -3),
    ],
)
def test_decimals_may_follow_a_comma(read, text, value):
    assert cells.to_number(text, ",") == value
    rows = "".join(f'a,2024-01-02,"{n},25",,\n' for n in range(40))
    orders, report = read(HEADER + rows + f'b,2024-01-02,"{text}",,\n')
    assert orders["amount"].iloc[[3, -1]].tolist() == [3.25, value]
    assert "amount: decimals follow a comma." in report.notes


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        (
            ["1,250", "980"],
            r'amount: 1,250 may be 1.25 or 1250, .*amount = "," \(1,250 is 1.25\) or "." \(1,250 is 1250\)',
        ),
        (["1.000", "2.500"], r"amount: 1.000 may be 1 or 1000, and no other value decides it"),
        (["1.50", "1,50"], r"like 1.50 \(1\) have decimals after a point, like 1,50 \(1\) after a comma"),
    ],
)
def test_amounts_that_may_be_two_things_are_asked(read, amounts, message):
    text = HEADER + "".join(f'a,2024-01-02,"{amount}",,\n' for amount in amounts)
    with pytest.raises(Undecided, match=message) as caught:
        read(text)
    (question,) = caught.value.questions
    assert (question.table, question.section, question.key) == ("transactions", "decimal", "amount")
    for choice in question.choices:
        _, report = read(text, decimal={"amount": choice.value})
        assert report.n_read == len(amounts)


def test_the_answer_decides_what_the_amounts_are(read):
    text = HEADER + 'a,2024-01-02,"1,250",,\n'
    assert read(text, decimal=",")[0]["amount"].tolist() == [1.25]
    assert read(text, decimal={"amount": "."})[0]["amount"].tolist() == [1250.0]
    assert "decimal must say one of ['.', ','] for columns of transactions among ['amount'" in refused(
        read, text, decimal="x"
    )
    assert "got {'price': '.'}" in refused(read, text, decimal={"price": "."})


def test_one_of_many_amounts_that_differs_is_set_aside(read):
    # By hand: 40 different values with a point against 2 with a comma are 20 to 1; against 3 they are fewer.
    odd = 'b,2024-01-02,"1,5",,\nb,2024-01-02,"2,5",,\n'
    assert set_aside(read(HEADER + PLAIN + odd)[1])[1][:3] == (43, "amount", "2,5")
    with pytest.raises(Undecided):
        read(HEADER + PLAIN + odd + 'b,2024-01-02,"3,5",,\n')


def test_amounts_of_two_currencies_are_never_added_up(read):
    text = HEADER + "a,2024-01-02,€5,,\nb,2024-01-02,$7,,\nb,2024-01-02,8 USD,,\n"
    assert "amount must be in one currency, for amounts are added up; the file has 2 USD, 1 EUR" in refused(read, text)
    _, report = read(HEADER + "a,2024-01-02,￥5,,\nb,2024-01-02,7元,,\nb,2024-01-02,8,,\n")
    assert "amount: the currency CNY taken off 2 cells." in report.notes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-06-07", datetime(2024, 6, 7)),
        ("2024-6-7", datetime(2024, 6, 7)),
        ("2024/06/07", datetime(2024, 6, 7)),
        ("2024/6/7 8:05", datetime(2024, 6, 7, 8, 5)),
        ("20240607", datetime(2024, 6, 7)),
        ("20240607 18:30:15", datetime(2024, 6, 7, 18, 30, 15)),
        ("2024-06-07T18:30", datetime(2024, 6, 7, 18, 30)),
        ("2024-06-07 18:30:15.5", datetime(2024, 6, 7, 18, 30, 15, 500000)),
        ("2024-06-07 18:30:15,000001", datetime(2024, 6, 7, 18, 30, 15, 1)),
        ("2024-06-07T18:30:15Z", datetime(2024, 6, 7, 18, 30, 15)),
        ("2024-06-07T18:30:15+08:00", datetime(2024, 6, 7, 18, 30, 15)),
        ("2024-06-07 18:30 -0530", datetime(2024, 6, 7, 18, 30)),
        ("2024-02-29", datetime(2024, 2, 29)),
        ("1900-01-01", datetime(1900, 1, 1)),
        ("2200-12-31 23:59:59", datetime(2200, 12, 31, 23, 59, 59)),
    ],
)
def test_dates_with_the_year_first_are_dates(read, text, value):
    assert days.to_datetime(text) == value
    orders, _ = read(HEADER + f'a,"{text}",5,,\n')
    assert orders["order_date"].tolist() == [pd.Timestamp(value)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024-02-30", "is no day of the calendar"),
        ("2023-02-29", "is no day of the calendar"),
        ("20241301", "is no day of the calendar"),
        ("2024-06-07 24:00", "is no day of the calendar, or no time of day"),
        ("0000-00-00", "is no day of the calendar"),
        ("1899-12-31", "lies before 1900 or after 2200"),
        ("2201-01-01", "lies before 1900 or after 2200"),
        ("9999-12-31", "lies before 1900 or after 2200"),
        ("31/31/2024", "has the day or the month first, which is not guessed"),
        ("1717718400", "looks like seconds or milliseconds since 1970"),
        ("1717718400000", "looks like seconds or milliseconds since 1970"),
        ("45450", "looks like a spreadsheet's count of days"),
        ("2024-06/07", "is not a date"),
        ("2024-06", "is a month without a day"),
        ("202406", "is a month without a day"),
        ("06/2024", "is a month without a day"),
        ("2024-13", "is not a date"),
        ("2024", "is not a date"),
        ("2024-W23-5", "is not a date"),
        ("7 Juner 2024", "is not a date"),
        ("2024-06-07 13:30 PM", "is no day of the calendar, or no time of day"),
    ],
)
def test_what_is_no_date_is_called_by_what_it_is(read, text, reason):
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}"):
        days.to_datetime(text)
    _, report = read(HEADER + GOOD + f'b,"{text}",5,,\n')
    assert set_aside(report)[0][:3] == (3, "order_date", text)
    assert set_aside(report)[0][3].startswith(f"order_date {reason}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024年06月07日", datetime(2024, 6, 7)),
        ("2024年6月7日 18:30", datetime(2024, 6, 7, 18, 30)),
        ("2024年6月7日 18时30分05秒", datetime(2024, 6, 7, 18, 30, 5)),
        ("2024/6/7 下午 6:30", datetime(2024, 6, 7, 18, 30)),
        ("2024/6/7 上午12:05", datetime(2024, 6, 7, 0, 5)),
        ("2024.06.07", datetime(2024, 6, 7)),
        ("２０２４-06-07", datetime(2024, 6, 7)),
        ("7 June 2024", datetime(2024, 6, 7)),
        ("07-JUN-24", datetime(2024, 6, 7)),
        ("Jun 7, 2024", datetime(2024, 6, 7)),
        ("2024-06-07 6:30 PM", datetime(2024, 6, 7, 18, 30)),
        ("31.12.2025", datetime(2025, 12, 31)),
        ("3.4.2025 8:05", datetime(2025, 4, 3, 8, 5)),
        ("12/31/2025 8:05 AM", datetime(2025, 12, 31, 8, 5)),
        ("31/12/2025", datetime(2025, 12, 31)),
        ("31-12-69", datetime(1969, 12, 31)),
        ("12/31/68", datetime(2068, 12, 31)),
    ],
)
def test_dates_are_read_as_they_are_written(read, text, value):
    orders, report = read(HEADER + f'a,"{text}",5,,\n')
    assert orders["order_date"].tolist() == [pd.Timestamp(value)] and report.n_rejected == 0


@pytest.mark.parametrize("cell", ["1,250 points", "Vogel 1,250", "Nr. 1,250", "1.250€Rs.'", "'Rs.Rs.1.250Vogel"])
def test_what_is_no_amount_either_way_is_no_question(read, cell):
    """It once ended in half a sentence: is not a number. What stands before its decimals does not matter."""
    with pytest.raises(ValueError, match="must hold at least one row .* Mend the export, or map other columns"):
        read(HEADER + f'a,2024-01-02,"{cell}",,\n')
    many = "".join(f'a,2024-01-02,"{cell}",,\n' for _ in range(12))
    with pytest.raises(ValueError, match=r"^amount must hold numbers such as .* 12 of 13 rows .* Change how the file"):
        read(HEADER + many + "a,2024-01-02,7,,\n")
    with pytest.raises(Undecided, match="1,250 may be 1.25 or 1250"):
        read(HEADER + f'a,2024-01-02,"{cell}",,\nb,2024-01-02,"1,250",,\n')
    with pytest.raises(Undecided, match=r"1,250 \*\*\* may be 1.25 or 1250"):
        read(HEADER + 'b,2024-01-02,"1,250 Euro",,\n')
    _, report = read(HEADER + 'a,2024-01-02,"1,250円",,\nb,2024-01-02,20円,,\n', decimal=".")
    assert report.currency == "JPY"


def test_a_column_says_whether_the_day_or_the_month_comes_first(read):
    def days(*texts, **options):
        return read(HEADER + "".join(f'a,"{text}",5,,\n' for text in texts), **options)

    assert days("03/04/2024", "25/04/2024")[0]["order_date"][0] == pd.Timestamp("2024-04-03")
    assert days("03/04/2024", "04/25/2024")[0]["order_date"][0] == pd.Timestamp("2024-03-04")
    orders, report = days("03/04/2024 8:05", "2024-05-06", dates="month first")
    assert orders["order_date"].tolist() == [pd.Timestamp("2024-03-04 08:05"), pd.Timestamp("2024-05-06")]
    assert "order_date: read with the month first." in report.notes
    with pytest.raises(
        Undecided, match=r"03/04/2024 may be 2024-04-03 or 2024-03-04, and no other value decides it"
    ) as caught:
        days("03/04/2024", "2024-05-06")
    assert [choice.value for choice in caught.value.questions[0].choices] == ["day first", "month first"]
    with pytest.raises(Undecided, match="no order of .* fits all values: 25/04/2024 can have .*; 04/26/2024 the month"):
        days("25/04/2024", "04/26/2024")
    # By hand: of 21 different days 20 have the day first; the one that cannot is set aside.
    many = [f"{day}/04/2024" for day in range(11, 31)]
    assert set_aside(days(*many, "04/26/2024")[1])[0][2] == "04/26/2024"


def test_questions_of_several_columns_come_together(read):
    with pytest.raises(Undecided) as caught:
        read(HEADER + 'a,03/04/2024,"1,250",,\n')
    assert [question.key for question in caught.value.questions] == ["order_date", "amount"]


@pytest.mark.parametrize("word", ["Total", "TOTAL:", "合计", "小计：", "Grand Total", "Summe"])
def test_a_line_that_adds_others_up_is_no_customer(read, word):
    _, report = read(HEADER + GOOD + f"{word},2024-01-02,999,,\n,2024-01-02,888,{word},\n")
    assert [line for line, *_ in set_aside(report)] == [3, 4]
    assert set_aside(report)[0][3] == "customer_id is the word for a total: the line adds others up"
    assert not any("without a customer_id" in note for note in report.notes)


def test_what_stands_above_the_names_is_passed_over(read):
    text = "Sales report;;\nPeriod: 2024;;\n;;\n" + "Kunde;Datum;Betrag\na;2024-01-02;1,5\nb;x;2,5\n"
    orders, report = read(text, columns={"Kunde": "customer_id", "Datum": "order_date", "Betrag": "amount"})
    assert orders["amount"].tolist() == [1.5] and report.rejected["line"].tolist() == [6]
    assert "The names of the columns stand in line 4; what is above was passed over." in report.notes


def test_an_amount_may_be_a_product(read):
    text = "customer_id,order_date,Menge,Preis\na,2024-01-02,3,1.10\nb,2024-01-02,-1,5\nc,2024-01-02,x,5\n"
    orders, report = read(text, columns={("Menge", "Preis"): "amount", "Menge": "quantity"})
    assert orders["amount"].tolist() == [3.3, -5.0]  # and not 3.3000000000000003
    assert orders["quantity"].tolist() == [3.0, -1.0]
    assert set_aside(report) == [(4, "amount", "x × 5", "amount is not a number (also: quantity is not a number)")]
    assert report.columns["Menge × Preis"] == "amount"
    message = refused(read, text, columns={("Menge", "Kurs"): "amount"})
    assert "a product must be of two columns of the file" in message and "['Menge', 'Kurs']" in message


@pytest.mark.parametrize(
    "word", ["", "  ", "\u3000", "NULL", "null", "None", "NaN", "n/a", "N/A ", "#N/A", "<NA>", "\\N"]
)
def test_a_row_of_nobody_is_set_aside_and_its_amount_told(read, word):
    orders, report = read(HEADER + GOOD + f"{word},2024-01-02,7.25,,\n{word},2024-01-02,?,,\n")
    assert orders["customer_id"].tolist() == ["a1"]
    assert set_aside(report) == [
        (3, "customer_id", word.strip(), "customer_id is empty"),
        (4, "customer_id", word.strip(), "customer_id is empty (also: amount is not a number)"),
    ]
    assert "2 rows without a customer_id set aside, 7.25 in all: they belong to no customer." in report.notes


def test_ids_that_only_look_like_nothing_stay(read):
    orders, _ = read(HEADER + "".join(f"{name},2024-01-02,1,,\n" for name in ["0", "Nan Li", "00", "1e5", "☺", "N"]))
    assert orders["customer_id"].tolist() == ["0", "Nan Li", "00", "1e5", "☺", "N"]


@pytest.mark.parametrize("word", ["", "nan", "NULL", " "])
def test_amounts_and_dates_that_are_nothing_are_set_aside(read, word):
    _, report = read(HEADER + GOOD + f"a,2024-01-02,{word},,\na,{word},1,,\n")
    reasons = [(line, reason) for line, _, _, reason in set_aside(report)]
    assert reasons == [(3, "amount is empty"), (4, "order_date is empty")]
    assert report.notes == ()


def test_optional_cells_that_say_null_are_empty_with_a_word(read):
    orders, report = read(HEADER + "a,2024-01-02,1,NULL,\na,2024-01-02,1,NULL, N/A \n")
    assert orders["order_id"].isna().all() and orders["category"].isna().all()
    assert "order_id: 2 cells with a word for nothing, such as NULL or N/A, read as empty." in report.notes
    assert "category: 1 cell with a word for nothing, such as NULL or N/A, read as empty." in report.notes


def test_none_that_is_a_choice_of_the_contract_is_no_word_for_nothing(tmp_path):
    path = tmp_path / "credit_reviews.csv"
    path.write_text("customer_id,recorded_date,litigation\na,2024-01-02,none\nb,2024-01-02,None\nc,2024-01-02,won\n")
    reviews, report = intake.read_table(path, CREDIT_REVIEWS)
    assert reviews["litigation"].fillna("-").tolist() == ["none", "-", "won"]
    assert report.notes == ("litigation: 1 cell with a word for nothing, such as NULL or N/A, read as empty.",)


def test_spaces_around_text_are_taken_off_with_a_word(read):
    orders, report = read(HEADER + " 007 ,2024-01-02, 5.00 , o 1,\u3000茶\u3000\n b,2024-01-02 ,5.00,,\n")
    assert orders.loc[0, ["customer_id", "order_id", "category"]].tolist() == ["007", "o 1", "茶"]
    assert orders["amount"].tolist() == [5.0, 5.0]
    assert [note for note in report.notes if "spaces" in note] == [
        "customer_id: 2 cells with spaces around the text, taken off.",
        "order_id: 1 cell with spaces around the text, taken off.",
        "category: 1 cell with spaces around the text, taken off.",
    ]


def test_zones_and_finer_fractions_are_left_off_with_a_word(read):
    orders, report = read(
        HEADER
        + "a,2024-06-07T23:30:00+08:00,1,,\na,2024-06-07T23:30:00.1234567Z,1,,\n"
        + "a,2024-06-07T23:30:00.1230000,1,,\n"
    )
    assert orders["order_date"].dt.tz is None
    assert orders["order_date"][1] == pd.Timestamp("2024-06-07 23:30:00.123456")
    assert "order_date: 2 cells with a time zone, which was left off; the local time was kept." in report.notes
    assert "order_date: 1 cell finer than a microsecond, cut there." in report.notes


def test_refunds_zeros_repeats_and_fractions_are_kept_and_counted(read):
    orders, report = read(
        HEADER  # by hand: refunds -3 - 1.125 = -4.125; the repeats are lines 4 and 7
        + "a,2024-01-02,10.00,o1,tea\na,2024-01-02,-3.00,o1,tea\na,2024-01-02,-3.00,o1,tea\n"
        + "b,2024-01-02,0.00,o2,tea\nb,2024-01-02,-1.125,o3,tea\n"
        + "b,2024-01-02,0.00,o2,tea\nb,2024-01-02,0.0,o2,tea\n"
    )
    assert len(orders) == 7
    assert report.notes == (
        "3 rows with a negative amount, -7.12 in all, kept as refunds (the first: line 3).",
        "3 rows with an amount of zero, kept (the first: line 5).",
        "1 row with more than two decimals in amount, such as -1.125, kept as they are.",
        "2 rows repeating another exactly, -3.00 in all, kept (the first: line 4).",
    )


def test_lines_that_differ_in_a_column_left_out_are_no_repeats(read):
    header = "customer_id,order_date,amount,Description\n"
    _, report = read(header + "a,2024-01-02,1,red\na,2024-01-02,1,blue\n")
    assert "repeating" not in said(report)
    _, report = read(header + 'a,2024-01-02,1,red\na,2024-01-02,1,"red"\n')
    assert "1 row repeating another exactly, 1.00 in all" in said(report)


def test_cents_are_not_taken_for_fractions(read):
    amounts = "".join(f"a,2024-01-02,{cents / 100},o{cents},\n" for cents in range(0, 100_000, 7))
    _, report = read(HEADER + amounts)
    assert "decimals" not in said(report)


# --- encodings --------------------------------------------------------------------------------------------

CHINESE = HEADER + "张三,2024-01-02,5.00,o1,茶叶\n朱镕基,2024-01-03,6.00,o2,喆堃\n"


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_encodings_are_found_and_said(read, encoding, reported):
    orders, report = read(CHINESE.encode(encoding))
    assert orders["customer_id"].tolist() == ["张三", "朱镕基"]
    assert orders["category"].tolist() == ["茶叶", "喆堃"]
    assert report.encoding == reported
    assert ("Read as GB18030" in said(report)) == (reported == "gb18030")


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-16-le", "utf-16-be", "big5", "cp1252"])
def test_a_given_encoding_is_used(read, encoding):
    text = CHINESE if encoding not in ("big5", "cp1252") else HEADER + "Müller,2024-01-02,5,,Café\n"
    text = text if encoding != "big5" else text.replace("Müller", "張三").replace("Café", "茶")
    orders, report = read(text.encode(encoding), encoding=encoding)
    assert orders["customer_id"][0] in ("张三", "張三", "Müller")
    assert report.encoding == ("utf-8" if encoding == "UTF8" else encoding)


def test_a_mark_is_no_part_of_the_first_name_even_if_the_encoding_is_given(read):
    for encoding in ("utf-8", "utf-16-le"):
        orders, _ = read(("\ufeff" + CHINESE).encode(encoding), encoding=encoding)
        assert orders.columns[0] == "customer_id"


def test_what_is_no_encoding_of_the_file_is_refused_with_the_byte(read):
    # "a1,2024-01-02,5.00,o1,Caf" are 25 bytes after a header of 48: the 74th byte is the letter é.
    latin = (HEADER + "a1,2024-01-02,5.00,o1,Café\n").encode("latin-1")
    message = refused(read, latin)
    assert (
        "sales.csv is neither UTF-8 nor clearly in another encoding: byte 74 (0xE9, in line 2) does not fit" in message
    )
    assert '"cp1252" (…fé)' in message
    assert "the encoding given, 'utf-8'; byte 74 (0xE9, in line 2) does not fit" in refused(
        read, latin, encoding="utf-8"
    )
    assert "'utf-16'; byte 1 (0x63, in line 1) does not fit" in refused(read, HEADER + GOOD, encoding="utf-16")
    orders, _ = read(latin, encoding="latin-1")
    assert orders["category"].tolist() == ["Café"]


def test_the_byte_is_right_beyond_the_first_block(read, monkeypatch):
    good = HEADER + "张,2024-01-02,5.00,o1,茶\n" * 50
    for block in (1, 2, 7, 64, 1000):
        monkeypatch.setattr(encodings, "BLOCK", block)
        for bad in (b"\xff\n", b"\xe5\xbc,\n"):  # no letter begins so, or a letter's third byte is lacking
            message = refused(read, good.encode() + bad)
            assert f"byte {len(good.encode()) + 1:,} (0x{bad[0]:02X}, in line 52)" in message
        assert read(good)[1].n_accepted == 50


def test_western_text_is_not_taken_for_chinese(read):
    # 0xFC 0x6C, "ül" in cp1252, is a character of GB18030, though a rare one.
    text = HEADER + "Müller,2024-01-02,5,,Gebäck\nGröbel,2024-01-02,5,,Kräuter\n"
    message = refused(read, text.encode("cp1252"))
    assert '"cp1252" (Mül…)' in message and '"gb18030" (…黮…)' in message
    assert read(text.encode("cp1252"), encoding="cp1252")[0]["customer_id"].tolist() == ["Müller", "Gröbel"]
    assert '"cp1252" (Ös…)' in refused(read, (HEADER + "Österreich,2024-01-02,5,,\n").encode("cp1252"))


@pytest.mark.parametrize("damage", [b"\xff", "张三丰".encode("gb18030"), "张三".encode()[:-1]])
def test_damaged_utf8_is_not_taken_for_chinese_of_another_encoding(read, damage):
    assert "it is UTF-8, but byte" in refused(read, CHINESE.encode()[:-2])  # cut inside the last character
    message = refused(read, CHINESE.encode() + damage + b",2024-01-02,5,,\n")
    assert "must be text in one encoding; it is UTF-8, but byte" in message and "in line 4)" in message


def test_a_marked_file_is_what_its_mark_says(read):
    assert "it is utf-8-sig, but byte" in refused(read, b"\xef\xbb\xbf" + CHINESE.encode("gb18030"))


@pytest.mark.parametrize("encoding", ["utf-99", "base64", "\0", ""])
def test_unknown_encodings_are_refused(read, encoding):
    assert "encoding must be one that Python knows" in refused(read, HEADER + GOOD, encoding=encoding)


# --- files that are none ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.csv", "must hold a header line and rows; it is empty"),
        (b"\xef\xbb\xbf", "a.csv", "it is empty"),
        (b"\n \n\r\n", "a.csv", "it is empty"),
        (gzip.compress(b"", mtime=0), "a.csv.gz", "it is empty"),
        (HEADER.encode(), "a.csv", "it holds a header and no rows"),
        (HEADER.encode() + b"\n\n", "a.csv", "it holds a header and no rows"),
        (b"customer_id,order_date,amount\na\0,2024-01-01,5\n", "a.csv", "its byte 32 is NUL"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.csv", "it is a picture"),
        ((HEADER + GOOD).replace("o1", "o\0").encode(), "a.csv", 'say so: encoding = "utf-16-le" under'),
        ("customer_id,order_date,amount\na\0,b,c".encode("utf-16"), "a.csv", "has a NUL character near line"),
        (bytes(range(1, 256)) * 9, "a.csv", "it is a binary file"),
        (b"PK\x03\x04....", "a.xlsx", "must be a whole workbook; it cannot be read"),
        (b"\xd0\xcf\x11\xe0....", "a.csv", "it is an Office document. If it is a workbook"),
        (b"%PDF-1.7", "a.csv", "is a PDF"),
        (
            gzip.compress((HEADER + GOOD * 999).encode(), mtime=0)[:-30],
            "a.csv.gz",
            "must be a whole packed file; it is cut off",
        ),
        (b"\x1f\x8bnonsense", "a.csv.gz", "must be a whole packed file"),
        (b"hello, world", "a.parquet", "must be a Parquet file, as its name says"),
        (b"PAR1 and no more PAR1", "a.parquet", "must be a whole Parquet file; it cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(read, content, name, message):
    assert message in refused(read, content, name=name)


def test_a_sound_gzip_file_is_read_whatever_its_name(read):
    for name in ("a.csv.gz", "a.csv"):
        orders, report = read(gzip.compress((HEADER + GOOD).encode()), name=name)
        assert len(orders) == 1 and report.encoding == "utf-8"


def test_paths_that_lead_to_no_file(folder, monkeypatch):
    (folder / "orders-2024.csv").write_text(HEADER + GOOD, encoding="utf-8")
    with pytest.raises(IsADirectoryError, match=r"is a folder.*crmlib check"):
        intake.read_transactions(folder)
    with pytest.raises(
        FileNotFoundError, match=r"orders-204.csv' is not there. Beside it there are \['orders-2024.csv'"
    ):
        intake.read_transactions(folder / "orders-204.csv")
    with pytest.raises(FileNotFoundError, match="is not there. Look for a slip"):
        intake.read_transactions(folder / "nowhere" / "x.csv")
    with pytest.raises(FileNotFoundError, match="path must lead to a file"):
        intake.read_transactions("x" * 5000)
    for wrong in (None, 5, pd.DataFrame()):
        with pytest.raises(TypeError, match="path must be the path of a file; got"):
            intake.read_transactions(wrong)

    def forbid(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    with pytest.raises(PermissionError, match="orders-2024.csv must be a file you may read; you may not"):
        intake.read_transactions(folder / "orders-2024.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes")
def test_a_file_that_is_not_one_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(ValueError, match="is something else. Save the data in a file first"):
        intake.read_transactions(tmp_path / "pipe.csv")


def test_a_table_must_be_one(folder):
    with pytest.raises(TypeError, match="table must be a Table, such as tables.CUSTOMERS; got str"):
        intake.read_table(folder / "sales.csv", "customers")


def test_a_broken_disk_is_told_in_a_sentence(folder, monkeypatch):
    (folder / "a.csv").write_text(HEADER + GOOD, encoding="utf-8")

    def fail(*args, **kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(OSError, match="a.csv must be a file that can be read; the system says"):
        intake.read_transactions(folder / "a.csv")


# --- delimiters and headers -------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_among_others(read, delimiter):
    lines = [["customer_id", "order_date", "amount", "category"]]
    lines += [[f"c{n}", "2024-01-02", "5.00", "tea, black; 100\tg | strong"] for n in range(5)]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(lines)
    orders, report = read(buffer.getvalue())
    assert report.delimiter == delimiter
    assert orders["category"].tolist() == ["tea, black; 100\tg | strong"] * 5


def test_decimal_commas_do_not_make_the_comma_the_delimiter(read):
    _, report = read("customer_id;order_date;amount\na;2024-01-02;1,50\nb;2024-01-02;2,50\nc;2024-01-02;3\n")
    assert (report.delimiter, report.n_accepted, report.n_rejected) == (";", 3, 0)


def test_the_delimiter_is_found_where_no_name_is_known():
    sample = ["Name, Vorname;Datum;Betrag\n", "Meier, Ann;2024-01-02;1,50\n", "Kurz, Bob;2024-01-03;2,00\n"]
    assert dialect.find_dialect(sample, lambda names: 0).delimiter == ";"


def test_a_delimiter_told_in_the_first_line_is_used(read):
    _, report = read("sep=;\ncustomer_id;order_date;amount\na;2024-01-02;1\nb;2024-01-02;x\n")
    assert report.delimiter == ";" and report.rejected["line"].tolist() == [4]


def test_spaces_before_quotes_do_not_open_a_field(read):
    orders, _ = read('customer_id, order_date, amount, category\n"007", "2024-01-02", "5.00", "tea, black"\n')
    assert orders.loc[0, ["customer_id", "category"]].tolist() == ["007", "tea, black"]


def test_a_header_may_be_quoted_padded_and_stand_below_blank_lines(read):
    _, report = read('\n\n"customer_id","order_date", amount \na,2024-01-02,x\nb,2024-01-02,1\n')
    assert report.rejected["line"].tolist() == [4]


def test_a_header_with_an_open_quote_is_refused(read):
    assert "must have every quote closed; the one in line 1 is not" in refused(read, '"' + HEADER + GOOD)


@pytest.mark.parametrize(
    ("header", "advice"),
    [
        (
            "CustomerID,InvoiceDate,amount",
            'mapping file: customer_id = "CustomerID", order_date = "InvoiceDate"?',
        ),
        (
            "客户编号,下单时间,金额",
            'Is it, below [transactions.columns] in the mapping file: customer_id = "客户编号", '
            'order_date = "下单时间", amount = "金额"?',
        ),
        (
            "Customer ID,Order_Date,AMOUNT",
            'customer_id = "Customer ID", order_date = "Order_Date", amount = "AMOUNT"?',
        ),
        (
            "Kunde,Bestelldatum,Umsatz",
            'customer_id = "Kunde", order_date = "Bestelldatum", amount = "Umsatz"?',
        ),
        ("001,2024-01-02,3.50", "Its first line looks like a row"),
        (
            "customer_id order_date amount",
            "its header has none of the delimiters comma, semicolon, tab and bar.",
        ),
    ],
)
def test_missing_columns_are_proposed(read, header, advice):
    message = refused(read, header + "\na,2024-01-02,5\n")
    wanted = "transactions must have the columns ['customer_id', 'order_date', 'amount']; the file has nothing that is"
    assert message.startswith(wanted)
    assert advice in message


def test_a_proposal_can_be_pasted_and_keeps_what_was_mapped(read):
    text = "Kunde;InvoiceDate;Wert\na;2024-01-02;5\n"
    message = refused(read, text, columns={"Wert": "amount"})
    proposal = re.search(r"in the mapping file: (.*)\?", message)[1]
    assert proposal == 'customer_id = "Kunde", order_date = "InvoiceDate"'
    orders, _ = read(text, columns={"Wert": "amount", "Kunde": "customer_id", "InvoiceDate": "order_date"})
    assert orders["amount"].tolist() == [5.0]


def test_a_table_as_wide_or_long_as_a_page_is_named_briefly(read):
    message = refused(read, ",".join(f"column{n}" for n in range(5000)) + ",amount," + "x" * 9999 + "\n1\n")
    assert len(message) < 1500 and "called ['customer_id', 'order_date']" in message and "'column0'" in message


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"x": "amount"}, r"must be columns of the file; \['x'\] are not. It has \['customer_id'"),
        ({"category": "price"}, r"must become columns of transactions, .*; \['price'\] are not among them"),
        (
            {"category": "amount"},
            r"'amount' must come from one column of the file; \['category', 'amount'\] would all",
        ),
        (
            {"category": "cost", "order_id": "cost"},
            r"'cost' must come from one column.*\['category', 'order_id'\]",
        ),
    ],
)
def test_wrong_mappings_are_refused(read, columns, message):
    assert re.search(message, refused(read, HEADER + GOOD, columns=columns))


@pytest.mark.parametrize("columns", ["amount", ["amount"], {1: "amount"}, {"category": None}])
def test_mappings_that_are_none_are_refused(read, columns):
    with pytest.raises(TypeError, match="columns must be a dict from names in the file to names of the kit"):
        read(HEADER + GOOD, columns=columns)


def test_names_can_be_swapped(read):
    orders, report = read(HEADER + GOOD, columns={"order_id": "category", "category": "order_id"})
    assert orders.loc[0, ["order_id", "category"]].tolist() == ["tea", "o1"]
    assert report.columns["order_id"] == "category"


def test_a_name_that_stands_twice(read):
    assert "['amount'] stand there more than once" in refused(
        read, "customer_id,order_date,amount,amount\na,2024-01-02,1,2\n"
    )
    text = "customer_id,order_date,Total,Total\na,2024-01-02,1,2\n"
    assert "2 columns are called 'Total'" in refused(read, text, columns={"Total": "amount"})
    _, report = read("customer_id,order_date,amount,x,x,\na,2024-01-02,1,2,3,4\n")
    assert "Left out, not being columns of transactions: x, x, column 6." in report.notes


def test_columns_left_out_are_named_and_proposed(read):
    text = "InvoiceNo,StockCode,Note,InvoiceDate,Total,CustomerID\n1,2,x,2010-12-01,2.55,17850\n"
    mapped = {"InvoiceDate": "order_date", "CustomerID": "customer_id", "Total": "amount"}
    _, report = read(text, columns=mapped)
    proposal = {**mapped, "InvoiceNo": "order_id", "StockCode": "product_id"}
    assert report.notes == (
        (
            "Left out, not being columns of transactions: InvoiceNo, StockCode, Note. "
            'To use some of them, write below [transactions.columns] in the mapping file: order_id = "InvoiceNo", '
            'product_id = "StockCode".'
        ),
    )
    assert read(text, columns=proposal)[0]["order_id"].tolist() == ["1"]


def test_no_name_is_known_for_two_columns():
    for table in (TRANSACTIONS, CUSTOMERS, PRODUCTS, ACTIVITIES):
        sure = [word for name in table.names for word in names.aliases(name)[0]]
        assert all(names.bare(word) == word for word in sure)
        assert len(sure) == len(set(sure)), table.name


# --- too much is wrong ------------------------------------------------------------------------------------


def test_a_file_of_which_nothing_is_left_is_refused_with_the_commonest_reasons(read):
    # By hand: 3 rows of nobody, 2 wrong amounts, 1 wrong date, 1 short line; the three commonest are told.
    rows = ",2024-01-02,1,,\n" * 3 + "a,2024-01-02,x,,\n" * 2 + "a,x,1,,\n" + "a\n"
    message = refused(read, HEADER + rows)
    assert (
        "all 7 rows were set aside. 3: customer_id is empty (first in line 2); 2: amount is not a number "
        "(first in line 5); " in message
    )
    assert "1: order_date is not a date" in message and "1 for other reasons" in message


def test_a_file_without_a_single_row_is_refused_too(read):
    assert "all 2 rows were set aside. 2: the line has 1 field" in refused(read, HEADER + "a\nb\n")


def test_a_column_that_mostly_fails_is_refused_with_three_examples(read):
    rows = "".join(f'a,2024-01-02,"{n} kg",,\n' for n in range(20))
    message = refused(read, HEADER + GOOD * 3 + rows)
    assert message.startswith("amount must hold numbers such as 1234.50")
    assert (
        "20 of 23 rows of sales.csv do not, for example '0 kg' (line 5), '1 kg' (line 6), '2 kg' (line 7): "
        "it is not a number, nor an amount of money" in message
    )
    # Half is not most, nine are told one by one, and rows of nobody are no reason to refuse the others.
    assert read(HEADER + GOOD * 20 + rows)[1].n_rejected == 20
    assert read(HEADER + GOOD + "a,2024-01-02,?,,\n" * 9)[1].n_rejected == 9
    assert read(HEADER + GOOD + ",2024-01-02,1,,\n" * 99)[1].n_rejected == 99


def test_lines_that_mostly_do_not_fit_are_refused(read):
    message = refused(read, HEADER + GOOD + "a,2024-01-02,1,50,o1,tea\n" * 10)
    assert (
        "must have the 5 fields of its header; 10 of 11 cannot be split so, for example line 3: the line has 6 fields"
        in message
    )
    assert read(HEADER + GOOD + "a\n" * 9)[1].n_rejected == 9


# --- quotes and line numbers ------------------------------------------------------------------------------


def test_an_open_quote_costs_its_own_line_only(read):
    orders, report = read(
        HEADER  # line 1
        + GOOD  # 2
        + 'a2,2024-01-03,6.00,"o2,tea\n'  # 3: opened, never closed
        + GOOD * 50  # 4 to 53
        + 'a3,2024-01-04,1.00,o5,"black tea"\n'  # 54: its first quote would close the other
        + GOOD
    )
    assert set_aside(report) == [(3, "", 'a2,2024-01-03,6.00,"o2,tea', "a quote is opened and not closed")]
    assert len(orders) == 53 and orders["category"].tolist()[51] == "black tea"


@pytest.mark.parametrize(
    "rest",
    [
        GOOD * 3,  # open to the end of the file
        GOOD * 5000,  # and beyond what csv holds in one field
        'a3,2024-01-04,1.00,"o""5",tea\n' * 3,  # doubled quotes close nothing
        'a3,2024-01-04,1.00,"",tea\n' * 3,
        'a3,2024-01-04,1.00,o5",tea\n',  # closed by another stray quote: together they look like one row
        'a3,2024-01-04,1.00,o5,6" nails\n',
    ],
)
def test_an_open_quote_swallows_nothing_whatever_follows(read, rest):
    orders, report = read(HEADER + 'a2,2024-01-03,6.00,"o2,tea\n' + rest)
    assert report.rejected["line"].tolist() == [2]
    assert len(orders) == rest.count("\n")


def test_two_lines_that_a_quote_joins_to_no_row_are_set_aside_each(read):
    _, report = read(HEADER + 'b,"two\nlines",c\n' + GOOD)
    assert [(line, reason) for line, _, _, reason in set_aside(report)] == [
        (2, "a quote is opened and not closed"),
        (3, "the line has 2 fields, the header has 5"),
    ]


def test_open_quotes_in_many_lines(read):
    lines = ['b,2024-01-03,6.00,"o,tea\n' if n % 4 == 0 else GOOD for n in range(4000)]
    _, report = read(HEADER + "".join(lines))
    assert report.rejected["line"].tolist() == list(range(2, 4002, 4))


def test_line_breaks_inside_quotes_are_part_of_the_cell_and_told(read):
    text = 'a2,2024-01-03,6.00,o2,"tea, black\nsecond, line\r\n\nwith 5, 6, 7, 8"\n'
    orders, report = read(HEADER + GOOD + text + "b,2024-01-02,x,,\n")
    assert orders["category"].tolist() == ["tea", "tea, black\nsecond, line\r\n\nwith 5, 6, 7, 8"]
    assert report.rejected["line"].tolist() == [7]
    assert "1 row with line breaks inside quotes, each read as one row (the first: line 3)." in report.notes


def test_an_address_on_several_lines_is_no_open_quote(read):
    # Three commas as in the header; the quote that ends the field gives the line away.
    customers, report = read(
        'customer_id,name,address,city\nc1,Ann,"12 High St\nFlat 3, London, UK",London\n', table=CUSTOMERS
    )
    assert customers["address"].tolist() == ["12 High St\nFlat 3, London, UK"]
    assert report.n_rejected == 0


def test_text_after_a_closing_quote_is_not_glued_on(read):
    _, report = read(HEADER + GOOD + 'a,2024-01-02,1,o1,"5" pipe"\n')
    assert set_aside(report)[0][3] == 'text follows a closing quote (a quote inside quotes is written "")'


def test_a_quote_inside_text_is_a_letter(read):
    orders, report = read(HEADER + 'a,2024-01-02,1,o1,5" pipe\n')
    assert orders["category"].tolist() == ['5" pipe'] and report.n_rejected == 0


def test_a_field_without_end_is_set_aside(read):
    _, report = read(HEADER + GOOD + f"a,2024-01-02,1,o1,{'x' * 200_000}\n" + "b,2024-01-02,?,,\n")
    assert [(line, reason) for line, _, _, reason in set_aside(report)] == [
        (3, "a field is longer than 131,072 characters"),
        (4, "amount is not a number"),
    ]


def test_a_table_of_one_column(read):
    customers, report = read('customer_id\na\n\n"b"\nc,d\n""\n', table=CUSTOMERS)
    assert customers["customer_id"].tolist() == ["a", "b"]
    assert [(line, reason) for line, _, _, reason in set_aside(report)] == [
        (5, "the line has 2 fields, the header has 1"),
        (6, "customer_id is empty"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(read, end):
    orders, report = read((HEADER + GOOD * 2 + "b,2024-01-02,x,,\n").replace("\n", end))
    assert len(orders) == 2 and report.rejected["line"].tolist() == [4]
    assert "no line break" not in said(report)


def test_a_last_line_without_end_is_told(read):
    _, report = read(HEADER + GOOD + "b,2024-01-02,1")
    assert report.n_rejected == 1
    assert "The last line has no line break after it" in said(report)


@pytest.mark.parametrize("n_before", [998, 999, 1000, 1001, 1999])
def test_line_numbers_across_blocks(read, n_before):
    text = HEADER + GOOD * n_before + 'c,2024-01-02,1,o,"two\nlines"\n' + "\n" + GOOD * 1500 + "d,2024-01-02,x,,\n"
    _, report = read(text)
    # header, n_before, two lines, one blank, 1500, and the one after them
    assert report.rejected["line"].tolist() == [1 + n_before + 2 + 1 + 1500 + 1]
    assert report.n_accepted == n_before + 1 + 1500


# --- Parquet ----------------------------------------------------------------------------------------------


@pytest.fixture
def read_parquet(folder):
    def write_and_read(columns: dict, *, table=TRANSACTIONS, row_group_size=None, mapped=None, encoding=None):
        base = {"customer_id": ["a", "b"], "order_date": [datetime(2024, 1, 2)] * 2, "amount": [1.0, 2.5]}
        base = base if table is TRANSACTIONS else {}
        pq.write_table(pa.table(base | columns), folder / "t.parquet", row_group_size=row_group_size)
        return intake.read_table(folder / "t.parquet", table, columns=mapped, encoding=encoding)

    return write_and_read


def test_parquet_has_no_lines_and_says_so(read_parquet):
    orders, report = read_parquet(
        {
            "customer_id": ["a", None, "c", "d", " e "],
            "order_date": [
                datetime(2024, 1, 2),
                datetime(2024, 1, 2),
                None,
                datetime(1850, 1, 1),
                datetime(2024, 1, 2),
            ],
            "amount": [1.0, 2.0, 3.0, float("nan"), -5.0],
            "extra": [1, 2, 3, 4, 5],
        }
    )
    assert orders["customer_id"].tolist() == ["a", "e"]
    assert (report.encoding, report.delimiter) == (None, None)
    assert set_aside(report) == [
        (2, "customer_id", "", "customer_id is empty"),
        (3, "order_date", "", "order_date is empty"),
        (
            4,
            "order_date",
            "1850-01-01 00:00:00.000000",
            "order_date lies before 1900 or after 2200 (also: amount is empty)",
        ),
    ]
    assert report.notes == (
        "Left out, not being columns of transactions: extra.",
        "customer_id: 1 cell with spaces around the text, taken off.",
        "This file has no lines: `line` is the number of the row, the first being 1.",
        "1 row without a customer_id set aside, 2.00 in all: they belong to no customer.",
        "1 row with a negative amount, -5.00 in all, kept as refunds (the first: row 5).",
    )
    assert "(Parquet)" in str(report) and "(first in row 2)" in str(report)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (pa.array([7, 12345678901234], pa.int64()), ["7", "12345678901234"]),
        (pa.array([7, 2**64 - 1], pa.uint64()), ["7", "18446744073709551615"]),
        (pa.array([123.0, 2.0**53 - 1]), ["123", "9007199254740991"]),
        (pa.array([Decimal("7"), Decimal("12")], pa.decimal128(20, 0)), ["7", "12"]),
        (pa.array([Decimal("7.00"), Decimal("12.00")], pa.decimal128(20, 2)), ["7", "12"]),
        (pa.array(["007", "b"]).dictionary_encode(), ["007", "b"]),
        (pa.array(["007", "b"], pa.large_string()), ["007", "b"]),
        (pa.array([b"007", "喆".encode()], pa.binary()), ["007", "喆"]),
    ],
)
def test_ids_of_parquet_become_text(read_parquet, ids, expected):
    orders, report = read_parquet({"customer_id": ids})
    assert orders["customer_id"].tolist() == expected and str(orders["customer_id"].dtype) == "str"
    assert report.n_rejected == 0


def test_float_ids_with_gaps_are_whole_or_empty(read_parquet):
    orders, report = read_parquet({"order_id": [1.0, None]})
    assert orders["order_id"].tolist()[0] == "1" and orders["order_id"].isna().tolist() == [False, True]
    _, report = read_parquet({"customer_id": [float("nan"), 2.0]})
    assert set_aside(report)[0][:2] == (1, "customer_id")


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        (
            "customer_id",
            pa.array([1.5, 2.0]),
            "customer_id must be text or whole numbers below 2\\*\\*53.*for example 1.5",
        ),
        (
            "customer_id",
            pa.array([2.0**53, 1.0]),
            "whole numbers below 2\\*\\*53.*digits may be lost already",
        ),
        ("customer_id", pa.array([Decimal("1.5")] * 2), "customer_id must be text or whole numbers"),
        (
            "customer_id",
            pa.array([True, False]),
            "customer_id must be of type string; in the file it is bool",
        ),
        ("customer_id", pa.array([b"\xff", b"a"]), "customer_id must be text in UTF-8"),
        ("amount", pa.array([True, False]), "amount must be of type number; in the file it is bool"),
        ("amount", pa.array([[1.0], [2.0]]), "amount must be of type number; in the file it is list"),
        ("order_date", pa.array([1.5, 2.5]), "order_date must be of type datetime; in the file it is double"),
    ],
)
def test_types_that_cannot_be_are_refused(read_parquet, column, values, message):
    with pytest.raises(ValueError, match=message):
        read_parquet({column: values})


@pytest.mark.parametrize(
    "amounts",
    [
        pa.array([1, 20], pa.int16()),
        pa.array([Decimal("1.00"), Decimal("20.00")]),
        pa.array(["1", "20.00"]),
        pa.array([1.0, 20.0], pa.float32()),
        pa.array([1.0, 20.0], pa.float16()),
    ],
)
def test_amounts_of_parquet_become_floats(read_parquet, amounts):
    orders, _ = read_parquet({"amount": amounts})
    assert orders["amount"].tolist() == [1.0, 20.0] and orders["amount"].dtype == np.float64


def test_short_floats_are_the_decimals_they_stand_for(read_parquet):
    orders, report = read_parquet({"amount": pa.array([19.99, 0.1], pa.float32())})
    assert orders["amount"].tolist() == [19.99, 0.1]
    assert "amount: stored as float; each read as the shortest decimal it stands for." in report.notes
    assert "decimals in amount" not in said(report)


def test_numbers_that_are_none_are_set_aside(read_parquet):
    values = {"customer_id": ["a"] * 5, "order_date": [date(2024, 1, 2)] * 5}
    _, report = read_parquet(values | {"amount": [float("inf"), None, 1e15, -1e15, 5.0]})
    assert [reason for *_, reason in set_aside(report)] == [
        "amount is infinite",
        "amount is empty",
        "amount is too large to be kept exactly",
        "amount is too large to be kept exactly",
    ]
    times = {
        "customer_id": ["a"] * 3,
        "month": [date(2024, 1, 1)] * 3,
        "activity": ["x"] * 3,
        "n_times": [1.0, 1.5, 2.0],
    }
    activities, report = read_parquet(times, table=ACTIVITIES)
    assert activities["n_times"].tolist() == [1, 2] and str(activities["n_times"].dtype) == "int64"
    assert set_aside(report) == [(2, "n_times", "1.5", "n_times is not a whole number")]


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([date(2024, 1, 2), date(2024, 1, 3)], pa.date32()),
        pa.array([date(2024, 1, 2), date(2024, 1, 3)], pa.date64()),
        pa.array([datetime(2024, 1, 2), datetime(2024, 1, 3)], pa.timestamp("s")),
        pa.array([datetime(2024, 1, 2), datetime(2024, 1, 3)], pa.timestamp("ms")),
        pa.array([datetime(2024, 1, 2), datetime(2024, 1, 3)], pa.timestamp("ns")),
        pa.array(["2024-01-02", "2024/1/3"]),
        pa.array([20240102, 20240103]),
    ],
)
def test_dates_of_parquet_become_microseconds(read_parquet, dates):
    orders, report = read_parquet({"order_date": dates})
    assert str(orders["order_date"].dtype) == "datetime64[us]"
    assert orders["order_date"].tolist() == [pd.Timestamp("2024-01-02"), pd.Timestamp("2024-01-03")]
    assert report.n_rejected == 0


def test_zones_of_parquet_keep_the_local_time(read_parquet):
    # 22:30 in UTC is half past six the next morning in Shanghai.
    times = pa.array([datetime(2024, 1, 2, 22, 30)] * 2, pa.timestamp("us", tz="Asia/Shanghai"))
    orders, report = read_parquet({"order_date": times})
    assert orders["order_date"].tolist() == [pd.Timestamp("2024-01-03 06:30")] * 2
    assert "order_date: times of zone Asia/Shanghai; the local time was kept and the zone left off." in report.notes


def test_nanoseconds_are_cut_and_not_rounded_into_tomorrow(read_parquet):
    last = pd.Timestamp("2024-01-02 23:59:59.999999999").value
    orders, report = read_parquet({"order_date": pa.array([last, last - 999], pa.timestamp("ns"))})
    assert orders["order_date"].tolist() == [pd.Timestamp("2024-01-02 23:59:59.999999")] * 2
    assert "order_date: 1 cell finer than a microsecond, cut there." in report.notes


@pytest.mark.parametrize("kind", [pa.timestamp("s"), pa.timestamp("s", tz="Asia/Shanghai"), pa.date64(), pa.date32()])
def test_years_beyond_all_calendars_are_set_aside(read_parquet, kind):
    largest = {pa.date32(): 2**31 - 1, pa.date64(): 86_400_000 * 10**9}.get(kind, 10**13)
    orders, report = read_parquet(
        {"order_date": pa.array([0, largest], pa.int32() if kind == pa.date32() else pa.int64()).cast(kind)}
    )
    assert orders["order_date"].dt.year.tolist() == [1970]
    assert report.rejected["value"].str.startswith("<value out of range").tolist() == [True]
    assert report.rejected["reason"].tolist() == ["order_date lies before 1900 or after 2200"]


def test_the_years_kept_are_those_of_the_local_clock(read_parquet):
    # In Shanghai clocks were then 8:05:43 ahead of UTC (IANA tz, Asia/Shanghai until 1901).
    times = pa.array([datetime(1899, 12, 31, 16), datetime(1899, 12, 31, 15)], pa.timestamp("us", tz="Asia/Shanghai"))
    orders, report = read_parquet({"order_date": times})
    assert orders["order_date"].tolist() == [pd.Timestamp("1900-01-01 00:05:43")]
    assert report.rejected["line"].tolist() == [2]


def test_row_groups_and_batches_are_one_table(read_parquet, monkeypatch):
    monkeypatch.setattr(parquet, "BATCH", 7)
    n = 50
    columns = {
        "customer_id": pa.array([f"c{i}" for i in range(n)]).dictionary_encode(),
        "order_date": [date(2024, 1, 2)] * n,
        "amount": [float(i) if i % 10 else None for i in range(n)],
    }
    orders, report = read_parquet(columns, row_group_size=11)
    assert orders["customer_id"].tolist() == [f"c{i}" for i in range(n) if i % 10]
    assert report.rejected["line"].tolist() == [1, 11, 21, 31, 41]


def test_repeated_rows_of_parquet_are_counted_with_all_columns(read_parquet):
    same = {"customer_id": ["a", "a"], "amount": [1.0, 1.0]}
    assert "1 row repeating another exactly, 1.00 in all, kept (the first: row 2)." in read_parquet(same)[1].notes
    assert "repeating" not in said(read_parquet(same | {"note": ["x", "y"]})[1])
    assert "1 row repeating" in said(read_parquet(same | {"tags": [["x"], ["x"]]})[1])


def test_parquet_that_is_empty_or_has_an_encoding_given(read_parquet):
    empty = {
        "customer_id": pa.array([], pa.string()),
        "order_date": pa.array([], pa.date32()),
        "amount": pa.array([], pa.float64()),
    }
    with pytest.raises(ValueError, match="holds a header and no rows"):
        read_parquet(empty)
    with pytest.raises(ValueError, match="encoding is for text files; t.parquet is none"):
        read_parquet({}, encoding="utf-8")
    with pytest.raises(ValueError, match=r"called \['amount'\].*Is it, below .*: amount = \"Umsatz\"\?"):
        read_parquet({"Umsatz": [1.0, 2.0]}, mapped={"amount": "cost"})


# --- laws -------------------------------------------------------------------------------------------------

NO_BREAKS = st.characters(codec="gb18030", exclude_characters="\0\r\n\ufeff", exclude_categories=["Cs"])


def _is_id(text: str) -> bool:
    is_known = text.casefold() in cells.MISSING | cells.ERRORS or is_total(text) or is_nobody(text)
    return not is_known and re.search(cells.LOST_DIGITS, text) is None


IDS = st.text(NO_BREAKS, min_size=1, max_size=12).map(str.strip).filter(_is_id)
AMOUNTS = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
    st.floats(-1e12, 1e12, allow_nan=False, width=64),
)
DATES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31, 23, 59, 59, 999999))
ROWS = st.lists(st.tuples(IDS, DATES, AMOUNTS, st.none() | IDS), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    rows=ROWS,
    delimiter=st.sampled_from(dialect.DELIMITERS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    zipped=st.booleans(),
)
@example([('"7', datetime(2024, 1, 2), 0.1, ', "')], ",", "utf-8", csv.QUOTE_MINIMAL, "\n", False)
@example([("#7", datetime(2024, 1, 2), 1e-7, "001")], "|", "gb18030", csv.QUOTE_ALL, "\r", True)
def test_what_csv_writes_is_read_back(folder, rows, delimiter, encoding, quoting, end, zipped):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerow(["order_id", "customer_id", "order_date", "amount"])
    for customer, when, amount, order in rows:
        writer.writerow([order or "", customer, when.isoformat(sep=" "), repr(amount)])
    content = buffer.getvalue().encode(encoding)
    path = folder / "law.csv"
    path.write_bytes(gzip.compress(content, mtime=0) if zipped else content)
    # Text that happens to be valid UTF-8 in GB18030 cannot be told; whoever knows it says so.
    orders, report = intake.read_transactions(path, encoding="gb18030" if encoding == "gb18030" else None)
    assert report.n_read == len(rows) and report.n_rejected == 0
    assert (report.delimiter, report.encoding) == (delimiter, encoding)
    assert orders["customer_id"].tolist() == [row[0] for row in rows]
    assert orders["order_date"].tolist() == [pd.Timestamp(row[1]) for row in rows]
    assert orders["amount"].tolist() == [row[2] for row in rows]
    assert orders["order_id"].astype(object).where(orders["order_id"].notna(), None).tolist() == [
        row[3] for row in rows
    ]


JUNK = st.text(st.sampled_from(list('a1.-:,;|\t\n\r "éN张=')), max_size=150)


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(["", HEADER, "customer_id;order_date;amount\n", HEADER + GOOD]),
    junk=JUNK,
    lines=st.integers(0, 3),
)
@example(HEADER, '"\n' + GOOD, 1)
@example(HEADER + GOOD, '"\n\n"x\n', 2)
def test_no_line_gets_lost_in_any_junk(folder, start, junk, lines):
    text = start + junk + "\n" + GOOD * lines
    path = folder / "junk.csv"
    path.write_bytes(text.encode("utf-8"))
    try:
        orders, report = intake.read_transactions(path)
    except ValueError as error:
        assert len(str(error)) > 40 and str(error)[-1] in '.?}"'
        return
    assert report.n_read == report.n_accepted + report.n_rejected
    assert len(orders) == report.n_accepted and len(report.rejected) == report.n_rejected
    assert report.rejected["line"].is_monotonic_increasing and report.rejected["line"].is_unique
    physical = re.split(r"\r\n|\r|\n", text)
    filled = [number for number, line in enumerate(physical, start=1) if line.strip()]
    header = filled[0]
    assert set(report.rejected["line"]) <= set(filled) - {header}
    if not any("line breaks inside quotes" in note for note in report.notes):
        assert report.n_read == len(filled) - 1


PIECES = {
    "good": ("a,2024-01-02,1,o,tea\n", None),
    "quoted": ('"a","2024-01-02","1","o","te""a, x"\n', None),
    "blank": ("\n", None),
    "two lines": ('a,2024-01-02,1,o,"first\nsecond, line"\n', None),
    "amount": ("a,2024-01-02,x,o,tea\n", "amount is not a number"),
    "quoted amount": ('"a","2024-01-02","x","o",""\n', "amount is not a number"),
    "broken": ('a,2024-01-02,x,o,"a\nb\n"\n', "amount is not a number"),
    "short": ("a,b\n", "the line has 2 fields, the header has 5"),
    "long": ("a,2024-01-02,1,o,tea,more\n", "the line has 6 fields, the header has 5"),
    "glued": (
        'a,2024-01-02,1,"o"x,tea\n',
        'text follows a closing quote (a quote inside quotes is written "")',
    ),
    "nobody": (" ,2024-01-02,1,o,tea\n", "customer_id is empty"),
}


@settings(max_examples=60, deadline=None)
@given(kinds=st.lists(st.sampled_from(sorted(PIECES)), max_size=25), block=st.sampled_from([1, 2, 3, 5, 1000]))
def test_every_row_set_aside_has_the_line_where_it_begins(folder, kinds, block):
    text, expected, n_rows = HEADER + PIECES["good"][0], [], 1
    for kind in kinds:
        piece, reason = PIECES[kind]
        if reason:
            expected.append((text.count("\n") + 1, reason))
        n_rows += kind != "blank"
        text += piece
    path = folder / "lines.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK", block)
        if len(expected) >= 10 and 2 * len(expected) > n_rows:
            return  # refused as a whole, or not: tested by hand above
        _, report = intake.read_transactions(
            path, mapping={"file": {"fill_down": []}}
        )  # who is nobody is no question here
    assert [(line, reason) for line, _, _, reason in set_aside(report)] == expected
    assert report.n_read == n_rows


@settings(max_examples=60, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(["good", "quoted", "inches", "empty"]), min_size=1, max_size=20),
    data=st.data(),
    block=st.sampled_from([1, 3, 1000]),
)
def test_one_open_quote_anywhere_costs_one_line(folder, kinds, data, block):
    plain = {
        "good": GOOD,
        "quoted": PIECES["quoted"][0],
        "inches": 'a,2024-01-02,1,o,6" nail\n',
        "empty": 'a,2024-01-02,1,"",\n',
    }
    lines = [plain[kind] for kind in kinds]
    place = data.draw(st.integers(0, len(lines)))
    fields = GOOD.split(",")
    field = data.draw(st.integers(0, 4))
    fields[field] = '"' + fields[field]
    path = folder / "open.csv"
    path.write_text("".join([HEADER, *lines[:place], ",".join(fields), *lines[place:]]), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK", block)
        _, report = intake.read_transactions(path)
    assert [(line, reason) for line, _, _, reason in set_aside(report)] == [
        (place + 2, "a quote is opened and not closed")
    ]
    assert report.n_accepted == len(lines)


CELLS = st.one_of(
    st.text(st.sampled_from(list("0123456789.-+eE/:TZ, \n")), max_size=20),
    st.text(max_size=5),
    st.integers().map(str),
    st.floats().map(repr),
    st.datetimes().map(str),
    st.dates().map(str),
    st.sampled_from(
        [
            "2024-02-30",
            "NULL",
            "5\n",
            "2024-06-07\n",
            "2024-06-07 25:00",
            "0001-01-01",
            "9999-12-31",
            "-0",
            "007",
        ]
    ),
)


@settings(max_examples=100, deadline=None)
@given(
    texts=st.lists(CELLS, min_size=1, max_size=20),
    kind=st.sampled_from(["number", "integer", "datetime", "date", "string"]),
)
def test_a_column_is_read_as_its_cells_are(texts, kind):
    """Plain cells go a faster way than others; it leads to the same values."""
    column = Column("x", kind, "", required=True)
    said = {"decimal": ".", "order": "day first"}
    parsed = columns.parse_text(pa.chunked_array([pa.array(texts, pa.large_string())]), column, **said)
    convert = columns._converter(column, **said)
    for row, text in enumerate(texts):
        try:
            if text.strip().casefold() in cells.MISSING:
                raise ValueError(cells.EMPTY)
            expected = convert(text.strip())
        except ValueError as error:
            assert parsed.problem[row] > 0 and parsed.reason(row) == str(error)
            continue
        assert parsed.problem[row] == 0
        if kind in ("datetime", "date"):
            expected = np.datetime64(expected if kind == "datetime" else expected.date(), "us")
        value = parsed.values[row]
        assert (value.as_py() if kind == "string" else value) == expected


ODD_IDS = st.sampled_from(["#SPILL!", "Total", "1.2E+17", "NULL"])
NOTHING = datetime(2000, 1, 1), 0.0


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(IDS, DATES, AMOUNTS, st.none() | IDS | ODD_IDS), max_size=12))
@example([("0", *NOTHING, None)] * 7 + [("0", *NOTHING, "#SPILL!")])
def test_parquet_and_csv_say_the_same(folder, rows):
    """But for where a row stands: Parquet has no lines, and says so where a row is set aside."""
    rows = [("a", *NOTHING, "o"), *rows]
    frame = pd.DataFrame(rows, columns=["customer_id", "order_date", "amount", "order_id"])
    frame["order_date"] = frame["order_date"].astype("datetime64[us]")
    frame[["customer_id", "order_id"]] = frame[["customer_id", "order_id"]].astype("str")
    frame.to_csv(folder / "same.csv", index=False, encoding="utf-8")
    frame.to_parquet(folder / "same.parquet")
    from_csv, report = intake.read_transactions(folder / "same.csv")
    from_parquet, other = intake.read_transactions(folder / "same.parquet")
    pd.testing.assert_frame_equal(from_csv, from_parquet)
    assert report.n_read == other.n_read == len(rows)
    counts = [note.partition("(")[0] for note in report.notes]
    assert counts == [note.partition("(")[0] for note in other.notes if not note.startswith("This file has no lines")]
    assert [(line - 1, *rest) for line, *rest in set_aside(report)] == set_aside(other)


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(st.text(max_size=12), max_size=8),
    wanted=st.lists(st.sampled_from(TRANSACTIONS.names), unique=True),
)
def test_proposals_are_one_to_one_and_from_the_file(names, wanted):
    found = mapping.likely(names, wanted)
    assert set(found) <= set(names) and set(found.values()) <= set(wanted)
    assert len(set(found.values())) == len(found)
