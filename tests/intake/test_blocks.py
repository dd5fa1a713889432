"""The fast way through a text file says what the careful one says, whatever the file is like."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmlib import intake
from crmlib.intake import blocks, columns, opening, records
from crmlib.intake.notes import find_repeated

HEADER = "customer_id,order_date,amount,order_id,category,status"
GOOD = "a1,2024-01-02,5.25,o1,tea,paid"
ENDS = ["\n", "\n", "\n", "\r\n", "\r"]
CELLS = {
    "customer_id": [
        "a1",
        "007",
        "",
        " b ",
        "Total",
        "NULL",
        "客户",
        "1.2E+17",
        "\ufeffa",
        '"q"',
        '"x,y"',
        "'9",
        "\u3000c",
    ],
    "order_date": ["2024-01-02", "2024-01-02 03:04", "2024-01-02T03:04:05", "2024-02-30", "2.1.2024", "", "1899-01-01"],
    "amount": [
        "5.25",
        "-3",
        "1,250",
        "1.250",
        "¥5",
        "1e3",
        "",
        "x",
        "12345678901234",
        '"1,250.00"',
        "00012.500",
        "NaN",
    ],
    "order_id": ["o1", "", "合计", "#REF!", "o 2", '6" nail', '"glued"x', '"a ""b"""', "N/A"],
    "category": ["tea", "", '"green, tea"', '"two\nlines"', "\u00a0", "ÄÖ", "null", '"open', "tab\tbed", "semi;colon"],
    "status": ["paid", "refunded", "", '""', '"paid"'],
}
ODD = [
    "",
    "   ",
    ",,,,,",
    GOOD + ",",
    GOOD + ",more",
    "short",
    '"',
    '"' + GOOD,
    "\ufeff" + GOOD,
    "x" * 300,
    GOOD + "\0",
    "\x0b",
]


@st.composite
def files(draw):
    """A file of plain lines with some oddities among them."""
    lines = [HEADER]
    for kind in draw(
        st.lists(st.sampled_from(["good"] * 6 + ["cells"] * 3 + ["quoted", "odd"]), min_size=1, max_size=40)
    ):
        fields = GOOD.split(",")
        if kind in ("cells", "quoted"):
            place = draw(st.integers(0, 5))
            fields[place] = draw(st.sampled_from(CELLS[HEADER.split(",")[place]]))
        if kind == "quoted":
            fields = [field if '"' in field else f'"{field}"' for field in fields]
        lines.append(draw(st.sampled_from(ODD)) if kind == "odd" else ",".join(fields))
    end = draw(st.sampled_from(ENDS))
    ends = [end if draw(st.integers(0, 30)) else draw(st.sampled_from(ENDS)) for _ in lines]
    text = "".join(line + mark for line, mark in zip(lines, ends, strict=True))
    if draw(st.integers(0, 4)) == 0:
        text = text.removesuffix(ends[-1])
    content = text.encode(draw(st.sampled_from(["utf-8"] * 4 + ["utf-8-sig", "gb18030", "utf-16"])))
    if draw(st.integers(0, 12)) == 0:
        content = content.replace(b"tea", b"t\xe9a", 1)
    return gzip.compress(content, mtime=0) if draw(st.integers(0, 9)) == 0 else content


def read(path: Path):
    """All that intake says of a file, or why it refuses it."""
    try:
        frame, report = intake.read_transactions(path)
    except ValueError as error:
        return type(error), str(error)
    said = {name: value for name, value in vars(report).items() if name not in ("path", "rejected")}
    return frame, report.rejected, said


def read_both_ways(path: Path, block: int = blocks.BLOCK, lines: int = records.BLOCK, sample: int = opening.SAMPLE):
    """What the fast way says and what the careful way says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)
        patch.setattr(records, "BLOCK", lines)
        patch.setattr(opening, "SAMPLE", sample)
        fast = read(path)
        patch.setattr(blocks, "split", lambda *_: None)
        patch.setattr(columns, "_plain_column", lambda *_: None)
        return fast, read(path)


def assert_same(fast, careful) -> None:
    if isinstance(careful[0], pd.DataFrame):
        pd.testing.assert_frame_equal(fast[0], careful[0], check_exact=True)
        pd.testing.assert_frame_equal(fast[1], careful[1])
        assert fast[2] == careful[2]
    else:
        assert fast == careful


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("blocks")


@settings(max_examples=250, deadline=None)
@given(
    content=files(),
    block=st.sampled_from([20, 64, 200, 1000]),
    lines=st.sampled_from([1, 3, 1000]),
    sample=st.sampled_from([1, 2, 100]),
)
@example(f"{HEADER}\n{GOOD}\n{GOOD}\n\ufeff{GOOD}\n{GOOD}\n".encode(), 64, 1000, 1)  # a mark within the file
@example(f'{HEADER}\n{GOOD}\n"x,y",2024-01-02,1,,,\nx,2024-01-02,1,,,\n'.encode() * 2, 64, 1000, 1)
@example(f"{HEADER}\n{GOOD}\n{GOOD}\n{GOOD}\0\n{GOOD}\n".encode(), 64, 1000, 1)
def test_both_ways_say_the_same(folder, content, block, lines, sample):
    path = folder / "any.csv"
    path.write_bytes(content)
    assert_same(*read_both_ways(path, block, lines, sample))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_plain_file_goes_the_fast_way(folder, end, quoting, monkeypatch):
    path = folder / "plain.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=quoting, lineterminator=end)
        writer.writerow(HEADER.split(","))
        writer.writerows([f"a{n}", "2024-01-02", f"{n}.50", f"o{n}", "tea, green", "客户"] for n in range(400))
    monkeypatch.setattr(blocks, "BLOCK", 1000)
    taken, split = [], blocks.split
    monkeypatch.setattr(blocks, "split", lambda *given: taken.append(split(*given)) or taken[-1])
    assert len(read(path)[0]) == 400
    assert len(taken) > 10 and None not in taken
    monkeypatch.undo()
    assert_same(*read_both_ways(path, 1000))


def test_repeats_are_found_whichever_way_the_rows_went(folder):
    path = folder / "repeats.csv"
    quoted = '"a1","2024-01-02","5.25","o1","te""a","paid"'
    path.write_text(
        "\n".join([HEADER, GOOD, quoted, *["b,2024-01-02,1,o,tea,x"] * 3, quoted, GOOD, ""]), encoding="utf-8"
    )
    fast, careful = read_both_ways(path, 60, 1000, 1)
    assert_same(fast, careful)
    assert any(note.startswith("4 rows repeating another exactly") for note in fast[2]["notes"])


@pytest.mark.parametrize(
    "rows",
    [
        ['x,2024-01-02,1,"a,b",c,', 'x,2024-01-02,1,a,"b,c",'],  # alike without their quotes
        ["x,2024-01-02,1,ab,c,", "x,2024-01-02,1,a,bc,"],  # alike without what parts them
    ],
)
def test_rows_that_only_look_alike_are_no_repeats(folder, rows):
    path = folder / "alike.csv"
    path.write_text("\n".join([HEADER, GOOD, *rows * 3, ""]), encoding="utf-8")
    fast, careful = read_both_ways(path, 100, 1000, 1)
    assert_same(fast, careful)
    assert any(note.startswith("4 rows repeating") for note in fast[2]["notes"])


@settings(max_examples=50, deadline=None)
@given(numbers=st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3), max_size=30))
def test_repeats_are_those_of_pandas(numbers):
    for kind in ("int64", "uint64"):
        given = np.array(numbers, dtype="int64").astype(kind)
        assert find_repeated(given).tolist() == pd.Series(given).duplicated().tolist()


def test_a_frame_can_be_written_whatever_way_it_came(folder):
    path = folder / "write.csv"
    path.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    for frame, *_ in read_both_ways(path):
        frame.loc[0, "amount"] = 7.0
        frame.loc[0, "order_date"] = pd.Timestamp("2025-01-02")
        assert frame["amount"].tolist() == [7.0]


@pytest.mark.parametrize(
    "block",
    [
        b"a,1\n\nb,2\n",  # a blank line
        b"a,1\n  \n",
        b"a,1\nb,2,\n",
        b"a,1\nb\n",
        b"a,1\rb,2\n",
        b'a,"1\nb,"2\n',
        b'a,"1"x\n',
        b'a,"1""2"\n',
        b'a,1"\nb,"2\n',
        b'a,"1\n2"\n',
        b"\xef\xbb\xbfa,1\n",
        b"a," + b"1" * 140_000 + b"\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_careful_way(block):
    assert blocks.split(block, ",", 2, {0, 1}) is None


def test_a_column_of_one_name_is_never_split():
    assert blocks.split(b"a\nb\n", ",", 1, {0}) is None


@pytest.mark.parametrize("size", range(1, 12))
def test_blocks_end_where_lines_do(size, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", size)
    for content in (b"ab\ncd\r\nef\rgh", b"\r\r\r\n\n", b"", b"abc", b"a\r"):
        text = blocks.Blocks(io.BytesIO(content), "utf-8")
        taken = []
        while block := text.take():
            taken.append(block)
        assert b"".join(taken) == content
        assert all(block.endswith((b"\n", b"\r")) for block in taken[:-1])
        lines = list(blocks.Blocks(io.BytesIO(content), "utf-8"))
        assert lines == list(io.StringIO(content.decode(), newline=""))
        assert text.ends_in_break == (content == b"" or content.endswith((b"\n", b"\r")))
