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
from crmlib.intake import fits, large, large_text, spool, stand_in, there_odd, there_rows, there_sums
from crmlib.intake.conventions import Undecided
from crmlib.intake.report import count_reasons

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
    "decimals of a row set aside": body("00001,no day,1.2345678,A1"),
    "a long cell": body("00001,2024-01-01,5.00," + "x" * 140_000, "00001,2024-01-01,5.00," + "y" * 2_000),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_the_same_whichever_way_it_is_read(name, tmp_path, monkeypatch):
    expect_same(*read_both(write(tmp_path, TEXTS[name]), monkeypatch, largest=10, is_kept=False, mapping={}))


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


def test_what_is_said_of_a_workbook_is_refused_of_any_text(tmp_path, monkeypatch):
    file, said = write(tmp_path, body()), {"transactions": {"file": {"sheet": "May"}}}
    for largest in (10**9, 10):
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", largest)
        monkeypatch.setattr(fits, "SMALLEST", 0)
        with pytest.raises(ValueError, match=r"sheet is for workbooks; orders\.csv is none"):
            datasets.load_data(file, mapping=said)


def test_a_long_text_of_lines_that_are_no_rows_is_refused_in_the_same_words(tmp_path, monkeypatch):
    """It is, before any of its rows are judged."""
    monkeypatch.setattr(large_text, "ROWS", 5)
    monkeypatch.setattr(stand_in, "ROWS", 5)
    file, said = write(tmp_path, WRONG["most lines no rows"]), []
    for largest in (10**9, 10):
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", largest)
        monkeypatch.setattr(fits, "SMALLEST", 0)
        with pytest.raises(ValueError) as error:
            datasets.load_data(file, mapping={})
        said.append(str(error.value))
    assert said[0] == said[1] and "30 of 40 cannot be split so, for example line 2: the line has 2 fields" in said[0]


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


# --- packed, and in parts -----------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zip"])
def test_packed_texts_are_read_there_too(suffix, tmp_path, monkeypatch):
    content = TEXTS["ragged"].encode()
    packed = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zip": bytes}[suffix](content)
    file = write(tmp_path, packed, f"orders.csv{suffix}")
    if suffix == ".zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("orders.csv", content)
    small, there = read_both(file, monkeypatch, largest=10, mapping={})
    expect_same(small, there)
    assert there[1]["transactions"].sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    if suffix == ".gz":
        broken = write(tmp_path, packed[:-20], "broken.csv.gz")
        with pytest.raises(ValueError, match=r"broken\.csv\.gz must be a whole packed file"):
            datasets.load_data(broken, mapping={})


def test_a_pattern_of_parts_is_one_table_small_or_large(tmp_path, monkeypatch, few):
    folder = tmp_path / "big"
    folder.mkdir()
    write(folder, body("short", rows=ROWS[:30]), "p1.csv")
    write(folder, body("a,2024-01-01,x,A", rows=ROWS[30:]).replace(",", ";"), "p2.csv")
    tables, reports = datasets.load_data(folder / "*.csv", mapping={})
    report = reports["transactions"]
    assert isinstance(tables["transactions"], ibis.Table)
    assert report.rejected[["file", "line"]].to_numpy().tolist() == [["p1.csv", 32], ["p2.csv", 31]]
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10**9)
    small = datasets.load_data(folder / "*.csv", mapping={})
    frame = tables["transactions"].to_pyarrow().to_pandas().astype(small[0]["transactions"].dtypes)
    pd.testing.assert_frame_equal(frame, small[0]["transactions"])
    for name in ("sha256", "n_read", "n_rejected", "amount_accepted", "path"):
        assert getattr(report, name) == getattr(small[1]["transactions"], name), name
    monkeypatch.setattr(large, "LARGEST_IN_MEMORY", 10)
    write(folder, (folder / "p1.csv").read_bytes(), "p3.csv")
    with pytest.raises(ValueError, match="are the same, byte for byte"):
        datasets.load_data(folder / "*.csv", mapping={})
    write(
        folder,
        body(rows=change(ROWS, lambda a, b, c, d: (d, c, b, a)), header="order_id,amount,order_date,customer_id\n"),
        "p3.csv",
    )
    assert len(datasets.load_data(folder / "*.csv", mapping={})[0]["transactions"]) == 118  # in memory


def test_each_part_says_its_own_encoding_and_form(tmp_path, monkeypatch, few):
    folder = tmp_path / "big"
    folder.mkdir()
    write(folder, body("", "00001,2024-01-01,5.00,A", rows=ROWS[:30], end=""), "p1.csv")
    write(folder, body("王小明,2024-01-01,5.00,A1", rows=ROWS[30:]).encode("gb18030"), "p2.csv")
    report = datasets.load_data(folder / "*.csv", mapping={})[1]["transactions"]
    assert report.encoding == "utf-8, gb18030"
    assert any(note.startswith("p1.csv: The last line has no line break") for note in report.notes)
    assert any(note.startswith("p2.csv: ") for note in report.notes), report.notes


def test_parts_of_which_one_has_no_rows_are_the_same_small_or_large(tmp_path, monkeypatch):
    folder, said = tmp_path / "big", []
    folder.mkdir()
    write(folder, body(), "p1.csv")
    write(folder, HEADER, "p2.csv")
    for largest in (10**9, 10):
        monkeypatch.setattr(large, "LARGEST_IN_MEMORY", largest)
        monkeypatch.setattr(fits, "SMALLEST", 0)
        with pytest.raises(ValueError) as error:
            datasets.load_data(folder / "*.csv", mapping={})
        said.append(str(error.value))
    assert said[0] == said[1] and "p2.csv" in said[0]


# --- a part that stands in for all, and rows beyond those listed ----------------------------------


def test_a_part_stands_in_for_a_text_and_finds_what_is_asked(tmp_path, few, monkeypatch):
    monkeypatch.setattr(stand_in, "ROWS", 20)
    rows = [f"{k % 5:04},2024-01-0{k % 9 + 1},{k}.5,{'refund' if k == 33 else 'sale'}" for k in range(40)]
    file = write(tmp_path, body(rows=rows, header="customer_id,order_date,amount,Type\n"))
    with pytest.raises(Undecided, match=r"looked at first: Type says refund in 1 row"):
        datasets.load_data(file, mapping={})
    said = {"transactions": {"negative": {"Type": ["refund"]}}}
    report = datasets.load_data(file, mapping=said)[1]["transactions"]
    assert report.amount_accepted == sum(k + 0.5 for k in range(40)) - 2 * 33.5


def test_lines_that_are_no_rows_stand_among_the_others_set_aside_however_many(tmp_path, monkeypatch):
    monkeypatch.setattr(there_rows, "BLOCK", 7)
    lines = [line for k, row in enumerate(ROWS) for line in (row, *(["a,b"] if k % 4 == 0 else [",2024-01-01,1,A"]))]
    small, there = read_both(write(tmp_path, body(rows=lines)), monkeypatch, largest=10, mapping={})
    report = there[1]["transactions"]
    assert len(report.rejected) == 7 and report.n_rejected == 59
    whole = pd.concat([report.rejected, *report.rest()], ignore_index=True)
    pd.testing.assert_frame_equal(whole, small[1]["transactions"].rejected)


def test_a_total_is_counted_as_one_whatever_else_its_line_lacks(tmp_path, monkeypatch):
    monkeypatch.setattr(there_rows, "BLOCK", 3)
    text = body(*([",no day,5.00,Total", ",2024-01-01,5.00,A1"] * 4))
    small, there = read_both(write(tmp_path, text), monkeypatch, largest=10, is_kept=False, mapping={})
    assert len(there[1]["transactions"].rejected) == 3
    counted = count_reasons(there[1]["transactions"])
    assert counted == count_reasons(small[1]["transactions"]) and sorted(counted.values()) == [4, 4]


def test_numbers_with_a_point_are_read_as_the_column_is_however_many(tmp_path, monkeypatch):
    monkeypatch.setattr(there_odd, "SOME_PLAIN", 3)
    rows = [f"{k % 7:05};2024-01-1{k % 10};{1 + k % 9}.{k:03}" for k in range(100, 160)]
    rows += [f"{k % 7:05};2024-02-1{k % 10};{k},{k % 90 + 10}" for k in range(60)]
    file = write(tmp_path, body(rows=rows, header="customer_id;order_date;amount\n"))
    small, there = read_both(file, monkeypatch, largest=10, mapping={})
    expect_same(small, there)
    assert there[1]["transactions"].amount_accepted > 60_000  # 1.100 is 1100 beside 12,50


def test_plain_cells_of_any_number_are_read_there(tmp_path, monkeypatch):
    monkeypatch.setattr(there_odd, "MOST_ODD", 120)
    days = pd.date_range("2024-01-01", periods=300, freq="7h")
    for form in ("%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%d-%m-%YT%H:%M"):
        rows = [f"{k % 7:05};{day.strftime(form)};{k},{k % 90 + 10}" for k, day in enumerate(days)]
        odd = ("30.02.2024", "7 June 2024", "2024-01-05", "07.6.2024 8:05", "24:00", "")
        rows += [f"00001;{cell};1,5" for cell in odd]
        file = write(tmp_path, body(rows=rows, header="customer_id;order_date;amount\n"), f"{len(form)}{form[1]}.csv")
        expect_same(*read_both(file, monkeypatch, largest=10, is_kept=False, mapping={}))


# --- into memory after all, or refused ----------------------------------------------------------


def total(rows):
    return f"{sum(float(row.split(',')[2]) for row in rows):.2f}"


OF_CUSTOMERS = [f"{k:05},2024-12-31,{total(row for row in ROWS if int(row[:5]) == k)},T{k}" for k in range(7)]
OF_MONTHS = [f"0001{k},2024-0{k}-28,{total(row for row in ROWS if f'-0{k}-' in row)},T{k}" for k in range(1, 10)]


def test_sums_that_count_are_read_where_they_lie(tmp_path, monkeypatch):
    said = {"transactions": {"file": {"sums": "count"}}}
    file = write(tmp_path, body(*OF_CUSTOMERS))
    expect_same(*read_both(file, monkeypatch, largest=10, is_kept=False, mapping=said))


@pytest.mark.parametrize("in_first", [False, True])
@pytest.mark.parametrize("kind", ["of all", "of customers"])
def test_sums_of_a_part_are_found_though_no_line_is_one_of_all_parts(kind, in_first, tmp_path, few, monkeypatch):
    folder = tmp_path / "parts"
    folder.mkdir()
    monkeypatch.setattr(there_sums, "FEW_GROUPS", 7)  # as many customers as a part has
    more = [f"00009,2024-12-31,{total(ROWS)},T1"] if kind == "of all" else OF_CUSTOMERS
    write(folder, body(*(more if in_first else [])), "p1.csv")
    write(folder, body(*more, rows=ROWS[::-1]), "p2.csv")
    found = datasets.load_data(folder / "*.csv", mapping={})[1]["transactions"]
    assert sum("is the sum of" in reason for reason in found.rejected["reason"]) == len(more) * (1 + in_first)


def test_columns_put_together_are_read_into_memory(tmp_path, few):
    rows = [f"Ann,Lee{k % 5},2024-01-0{k % 9 + 1},{k}.5" for k in range(40)]
    file = write(tmp_path, body(rows=rows, header="first,last,order_date,amount\n"))
    said = {"transactions": {"columns": {"customer_id": ["first", "last"]}}}
    frame = datasets.load_data(file, mapping=said, show_personal=True)[0]["transactions"]
    assert isinstance(frame, pd.DataFrame) and frame["customer_id"][1] == "Ann Lee1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXTS["ragged"], {"file": {"repeated": "once"}}),
        (TEXTS["ragged"], {"file": {"fill_down": ["order_id"]}}),
        (TEXTS["ragged"], {"file": {"rows": "numbered"}}),
        (body(*OF_CUSTOMERS), {}),
        (body(*OF_MONTHS), {}),
        (body(f"00009,2024-12-31,{total(ROWS)},T1"), {}),
    ],
)
def test_what_asks_for_all_rows_is_read_into_memory_or_refused(text, said, tmp_path, few, monkeypatch):
    file = write(tmp_path, text)
    assert isinstance(datasets.load_data(file, mapping={"transactions": said})[0]["transactions"], pd.DataFrame)
    monkeypatch.setattr(fits, "SMALL", 10)
    monkeypatch.setattr(fits, "memory_of_machine", lambda: 1_000)
    with pytest.raises(
        ValueError, match=r"orders\.csv must fit into memory .* It cannot be read where it lies: .*all_varchar"
    ):
        datasets.load_data(file, mapping={"transactions": said})


def test_a_text_that_does_not_fit_into_memory_is_read_where_it_lies(tmp_path, monkeypatch):
    monkeypatch.setattr(fits, "SMALLEST", 0)
    monkeypatch.setattr(fits, "SMALL", 10)
    monkeypatch.setattr(fits, "memory_of_machine", lambda: 1_000)
    assert isinstance(datasets.load_data(write(tmp_path, body()), mapping={})[0]["transactions"], ibis.Table)


# --- the disk -----------------------------------------------------------------------------------


def test_a_disk_without_room_is_told_before_or_while_it_is_written(tmp_path, few, temporary, monkeypatch):
    file = write(tmp_path, body())
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda folder: usage(10, 0, 1_000))
        with pytest.raises(OSError, match=r"orders\.csv .* of temporary disk, .* TMPDIR=/large/disk"):
            datasets.load_data(file, mapping={})

    def write_none(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool.pq.ParquetWriter, "write_table", write_none)
    with pytest.raises(OSError, match=r"orders\.csv .* of temporary disk, .* TMPDIR=/large/disk"):
        datasets.load_data(file, mapping={})
    assert not list(temporary.iterdir())


def test_a_packed_text_takes_more_disk_than_it_has_bytes(tmp_path, few, monkeypatch):
    plain, packed = write(tmp_path, body()), write(tmp_path, gzip.compress(body().encode()), "orders.csv.gz")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10, 0, int(5.9 * packed.stat().st_size)))
    with pytest.raises(OSError, match=r"orders\.csv\.gz .* of temporary disk"):
        datasets.load_data(packed, mapping={})
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10, 0, int(1.3 * plain.stat().st_size)))
    assert datasets.load_data(plain, mapping={})[1]["transactions"].n_read == 59


def test_a_disk_that_is_broken_is_not_called_full(tmp_path, few, temporary, monkeypatch):
    def write_none(*_, **__):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(spool.pq.ParquetWriter, "write_table", write_none)
    with pytest.raises(OSError) as error:
        datasets.load_data(write(tmp_path, body()), mapping={})
    assert "temporary disk" not in str(error.value) and "Input/output error" in str(error.value)
    assert not list(temporary.iterdir())


def test_rows_are_written_some_at_a_time(tmp_path, few, monkeypatch):
    monkeypatch.setattr(spool, "GROUP", 25)
    monkeypatch.setattr("crmlib.intake.records.BLOCK", 10)
    sizes, write_it = [], spool.pq.ParquetWriter.write_table
    monkeypatch.setattr(
        spool.pq.ParquetWriter,
        "write_table",
        lambda self, rows, **how: sizes.append(rows.num_rows) or write_it(self, rows, **how),
    )
    text = body("short", "short", rows=ROWS + [f'1,2024-01-01,5.00,"A\n{k}"' for k in range(60)])
    assert datasets.load_data(write(tmp_path, text), mapping={})[1]["transactions"].n_read == 121
    assert sum(sizes) == 121 and max(sizes) < 40


def test_a_text_that_changes_while_it_is_read_is_refused_and_read_anew(tmp_path, few, monkeypatch):
    file, spool_it = write(tmp_path, body()), spool._spool

    def spool_and_change(*given):
        found = spool_it(*given)
        write(tmp_path, body("00001,2024-01-01,5.00,A1"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(spool, "_spool", spool_and_change)
        with pytest.raises(ValueError, match=r"orders\.csv must stay as it is while it is read"):
            datasets.load_data(file, mapping={})
    assert datasets.load_data(file, mapping={})[1]["transactions"].n_read == 60


def test_a_text_is_read_anew_where_something_else_is_said_of_it(tmp_path, few):
    file = write(tmp_path, body(*(["\xe9,2024-01-01,5.00,A1"] * 3)).encode("latin-1"))
    for encoding, customer in (("latin-1", "\xe9"), ("cp1251", "\u0439"), ("latin-1", "\xe9")):
        said = {"transactions": {"file": {"encoding": encoding}}}
        found = datasets.load_data(file, mapping=said, show_personal=True)[0]["transactions"]
        assert customer in set(found.customer_id.to_pyarrow().to_pylist())
    bare = write(tmp_path, body(header=""), "bare.csv")
    names = ["customer_id", "order_date", "amount", "order_id"]
    for one in (names, names[::-1][:1] + names[1:3] + names[:1]):
        said = {"transactions": {"file": {"names": one}}}
        found = datasets.load_data(bare, mapping=said, show_personal=True)[0]["transactions"]
        ids = set(found.customer_id.to_pyarrow().to_pylist())
        assert ("00001" in ids) is (one is names) and ("A0001" in ids) is (one is not names)


def test_a_text_of_the_same_length_that_has_changed_is_read_anew(tmp_path, few):
    for amount in ("5.00", "6.00"):
        file = write(tmp_path, body(f"00001,2024-01-01,{amount},A1"))
        found = datasets.load_data(file, mapping={})[0]["transactions"]
        assert found.amount.sum().to_pyarrow().as_py() == sum(k * 3.25 for k in range(1, 60)) + float(amount)


def test_a_text_read_again_is_not_spooled_again_unless_it_has_changed(tmp_path, few, temporary):
    file = write(tmp_path, body())
    for _ in range(2):
        assert datasets.load_data(file, mapping={})[1]["transactions"].n_read == 59
    assert len(list(temporary.iterdir())) == 2
    write(tmp_path, body("00001,2024-01-01,5.00,A1"))
    assert datasets.load_data(file, mapping={})[1]["transactions"].n_read == 60
    spool.forget()
    assert not list(temporary.iterdir())[2:]


def test_what_was_spooled_is_gone_with_its_process_and_not_before(tmp_path):
    write(tmp_path, body())
    code = (
        "import os, sys\nfrom crmlib import datasets\nfrom crmlib.intake import fits, large\n"
        "fits.SMALLEST, large.LARGEST_IN_MEMORY = 0, 10\n"
        "tables, _ = datasets.load_data('orders.csv', mapping={})\n"
        "child = os.fork() if hasattr(os, 'fork') else None\n"
        "if child == 0:\n    sys.exit()\n"
        "if child:\n    os.waitpid(child, 0)\n"
        "print(tables['transactions'].count().to_pyarrow())"
    )
    folder = tmp_path / "tmp"
    folder.mkdir()
    environment = os.environ | {"TMPDIR": str(folder), "TEMP": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "59", done.stderr
    assert not list(folder.iterdir())
