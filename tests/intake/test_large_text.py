"""Large texts are read where they lie: the same rows, account and errors as of the same text read into memory."""

import bz2
import errno
import gzip
import hashlib
import lzma
import os
import shutil
import subprocess
import sys
import zipfile
from collections import namedtuple

import ibis
import pandas as pd
import pytest
from both_ways import expect_same, read_both
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmlib import datasets
from crmlib.files.places import ROOT
from crmlib.intake import fits, large, spool, stand_in, there_cells, there_rows
from crmlib.intake.conventions import Undecided

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so

HEADER = "customer_id,order_date,amount,order_id\n"
ROWS = [f"{k % 7:05},2024-0{k % 9 + 1}-1{k % 10},{k * 3.25:.2f},A{k // 2:04}" for k in range(1, 60)]


def body(*more, rows=ROWS, end="\n", header=HEADER):
    return header + "\n".join([*rows, *more]) + end


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """What was spooled lies in the test's own folder, and the next test knows nothing of it."""
    monkeypatch.setattr(spool, "_known", {})
    folder = tmp_path / "spooled"
    folder.mkdir()
    monkeypatch.setattr(spool, "_folder", lambda process: folder)
    return folder


@pytest.fixture
def few(monkeypatch):
    """Ten lines are large already."""
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10)
    monkeypatch.setattr(fits, "SMALLEST", 0)


def write(folder, content, name="orders.csv"):
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def change(rows, what):
    return [",".join(what(*row.split(","))) for row in rows]


def turn(day, form):
    return pd.Timestamp(day).strftime(form)


GERMAN = body(
    "00001;2024-01-01;1.234,50;A1",
    "00001;2024-01-01;1.234;A1",
    "00002;2024-01-01;12;A1",
    rows=[row.replace(",", ";").replace(".", ",") for row in ROWS],
    header=HEADER.replace(",", ";"),
)
TEXTS = {
    "ragged": body("00001,2024-01-01,5.00", "00001,2024-01-01,5.00,A1,x", "", "   ", ",,,", rows=ROWS[:40]),
    "a title above": "Sales of 2024\n\nMade by x,,,\n" + body(),
    "totals below": body("Total,,999.00,", "Summe;;;", ",,999.00,"),
    "an open quote": body('00003,2024-01-02,"5,A1', *ROWS),
    "an open quote at the end": body('00001,2024-01-01,"5.00,A1'),
    "quotes inside": body('00001,2024-01-01,5.00,"A ""x"" 1"', '00001,2024-01-01,5.00,"A"x', '1,2024-01-01,5,A"x'),
    "breaks inside quotes": body(
        '00001,2024-01-01,5.00,"A\n1"', '"00\n01",2024-01-01,5.00,A1', '2,2024-01-01,"5.\n0",A'
    ),
    "a mark and CRLF": "\ufeff" + body("00001,2024-01-01").replace("\n", "\r\n"),
    "CR": body("00001,2024-01-01,5.00").replace("\n", "\r"),
    "one other line end": body("x,2024-01-01,5.00,A\r"),
    "cut off": body("00001,2024-01-01,5.0", end=""),
    "cut off in a cell": body("00001,2024-01-01,5.00,A", end=""),
    "sep=": "sep=;\n" + body().replace(",", ";"),
    "tabs": body().replace(",", "\t"),
    "spaces before quotes": body('00001, "2024-01-01", "5.00", "A1"'),
    "decimal commas": GERMAN,
    "thousands": body('00001,2024-01-01,"1,234.50",A1', '00001,2024-01-01,"1,234",A1'),
    "money": body(
        *(f"00001,2024-01-01,{cell},A1" for cell in ("¥12.50", "(3.00)", "-3", "0", "1e3", "x", "1.2345678"))
    ),
    "nobody": body(
        "Guest,2024-01-01,5,A1", "N/A,2024-01-01,5,A1", "1,NULL,5,A1", "1,2024-01-01,n/a,A1", "#N/A,,#REF!,"
    ),
    "spaces": body(
        "\u300000001,2024-01-01,5, A1 ", "00001\u00a0,2024-01-01, 5 ,A1", "a\u200b,2024-01-01,5.00,A\u2028B"
    ),
    "days": body(
        *(f"1,{day},5,A" for day in ("2024-02-30", "7 June 2024", "2024/6/7 8:05", "2024-01-01 24:00", "1850-01-01"))
    ),
    "days counted among others": body(*(f"00001,{45_292 + k},5,A1" for k in range(15))),
    "months among days": body(*(f"00001,2024-0{k},5,A1" for k in range(1, 9))),
    "months alone": body(rows=[f"{k % 5},2024-0{k % 9 + 1},{k}.5,A{k}" for k in range(40)]),
    "German days": body(rows=change(ROWS, lambda a, b, *c: (a, turn(b, "%d.%m.%Y 18:30:22"), *c))),
    "American days": body("1,12/31/2024,4,A", rows=change(ROWS, lambda a, b, *c: (a, turn(b, "%m/%d/%Y"), *c))),
    "names DuckDB has": body(
        header="customer_id,order_date,amount,Note,note,filename,line,row_hash,part\n",
        rows=[f"{k % 5},2024-01-0{k % 9 + 1},{k}.5,a{k},b,f{k},l,h,p" for k in range(40)],
    ),
    "names twice": body(
        header="customer_id,order_date,amount,note,note,\n",
        rows=[f"{k % 5},2024-01-0{k % 9 + 1},{k}.5,a{k},b,c" for k in range(40)],
    ),
    "profit": body(
        header="customer_id,order_date,amount,profit\n",
        rows=[f"{k % 5:04},2024-01-0{k % 9 + 1},{k + 9}.5,{k % 3}.125" for k in range(40)],
    ),
    "telephones": body(rows=change(ROWS, lambda a, *b: (f"1380013{int(a):04}", *b))),
    "a long cell": body("00001,2024-01-01,5.00," + "x" * 140_000, "00001,2024-01-01,5.00," + "y" * 2_000),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_the_same_whichever_way_it_is_read(name, tmp_path, monkeypatch):
    expect_same(*read_both(write(tmp_path, TEXTS[name]), monkeypatch, largest=10, mapping={}))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gb18030", "utf-8-sig"])
def test_encodings_are_found_as_in_small_texts(encoding, tmp_path, monkeypatch):
    names = {"customer_id": "客户编号", "order_date": "订单日期", "amount": "金额", "order_id": "订单号"}
    text = body("王小明,2024-01-01,5.00,A1", header=",".join(names.values()) + "\n")
    columns = {theirs: ours for ours, theirs in names.items()}
    expect_same(*read_both(write(tmp_path, text.encode(encoding)), monkeypatch, largest=10, columns=columns))


WRONG = {
    "NUL": body("00001,2024-01-01,5.\0,A1"),
    "two encodings": body("Ä1,2024-01-01,5.00,A1").encode() + "Ä2,2024-01-01,5.00,A1\n".encode("latin-1"),
    "latin": body("Müller,2024-01-01,5.00,A1").encode("latin-1"),
    "cut off in a character": body("00001,2024-01-01,5.00,Ä", end="").encode()[:-1],
    "two currencies": body("00001,2024-01-01,¥12.50,A1", "00001,2024-01-01,$12.50,A1"),
    "a point or a comma": body(rows=[f"00001,2024-01-01,{k}.250,A" for k in range(1, 30)]),
    "most lines no rows": HEADER + "\n".join(["a,b"] * 30 + ROWS[:10]) + "\n",
    "a header and blank lines": HEADER + "\n" * 20,
    "refunds": body(
        header="customer_id,order_date,amount,Type\n",
        rows=[f"{k % 5:04},2024-01-0{k % 9 + 1},{k}.5,{'sale' if k % 7 else 'refund'}" for k in range(40)],
    ),
    "empty below": body(
        header="customer_id,order_date,amount\n",
        rows=[f"{k if k % 4 == 0 else ''},2024-01-0{k % 9 + 1},{k}.5" for k in range(40)],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_asked_or_refused_is_the_same(name, tmp_path, monkeypatch):
    file, said = write(tmp_path, WRONG[name]), []
    for largest in (10**9, 10):
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", largest)
        monkeypatch.setattr(fits, "SMALLEST", 0)
        with pytest.raises((ValueError, Undecided)) as error:
            datasets.load_data(file, mapping={})
        said.append((error.type, str(error.value)))
    assert said[0] == said[1]
    assert not [*tmp_path.glob("spooled/*")] or name not in ("NUL", "two encodings", "latin", "cut off in a character")


CELLS = st.sampled_from(
    [
        "",
        " ",
        "00001",
        "7",
        " 7",
        "Guest",
        "Total",
        "null",
        "1.50",
        "-2",
        "1,250",
        "12,5",
        "¥3",
        "2024-01-05",
        "5/6/2024",
    ]
    + ["25/12/2024", "2024-02-30", "x", "a\u3000", '"', '""', '"a,b"', '"a\nb"', '5"', "'", "Ä", "1e5", "(4)"]
)
FIELDS = st.lists(CELLS, min_size=0, max_size=5).map(",".join)
GOOD = st.builds(
    "{:05},2024-0{}-1{},{}".format,
    st.integers(1, 30),
    st.integers(1, 9),
    st.integers(0, 9),
    st.sampled_from(["1.50", "20", "3.25", "0.1", "100", "7.125"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(GOOD | GOOD | FIELDS, min_size=15, max_size=40), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_text_is_the_same_whichever_way_it_is_read(tmp_path, lines, end, ends):
    text = end.join(["customer_id,order_date,amount", *lines]) + (end if ends else "")
    file = write(tmp_path, text)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(spool, "_known", {})
        try:
            monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10**9)
            small = datasets.load_data(file, mapping={})
        except ValueError as error:
            monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 1)
            monkeypatch.setattr(fits, "SMALLEST", 0)
            with pytest.raises(type(error)) as again:
                datasets.load_data(file, mapping={})
            assert str(again.value) == str(error)
            return
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 1)
        monkeypatch.setattr(fits, "SMALLEST", 0)
        there = datasets.load_data(file, mapping={})
    if isinstance(there[0]["transactions"], ibis.Table):
        expect_same(small, there)
    else:
        pd.testing.assert_frame_equal(there[0]["transactions"], small[0]["transactions"])
