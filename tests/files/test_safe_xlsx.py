"""Workbooks that are safe to open: numbers are numbers, text never runs, and the same tables make the same bytes."""

import hashlib
import io
import time
import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from crmlib.files import safe_xlsx
from crmlib.files.safe_xlsx import Sheet, name_sheets, write_xlsx

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1", "a;=1", "\t=1", "http://x.example", "{=1}", "1e5x"]


def read(path, sheet=0):
    return pd.read_excel(path, sheet_name=sheet, engine="calamine", dtype=object)


def part(path, name):
    with zipfile.ZipFile(path) as file:
        return file.read(name).decode()


def test_numbers_days_and_shares_are_what_they_are(tmp_path):
    headings = ["customer", "money", "share", "count", "number", "day", "moment"]
    kinds = ["id", "money", "share", "count", "number", "date", "date"]
    row = ["007", "741817.3599999999", "0.25104155950920704", "19", "-1e-07", "2024-02-29", "2024-02-29 18:30:00"]
    frame = read(write_xlsx(tmp_path / "a.xlsx", [Sheet("T", headings, kinds, [row, [""] * 7])]))
    assert frame.columns.tolist() == headings
    assert frame.iloc[0, 0] == "007"
    # Excel keeps 15 digits, the file 16.
    assert frame.iloc[0, 1:5].tolist() == pytest.approx([741817.3599999999, 0.25104155950920704, 19, -1e-07], rel=1e-15)
    assert [str(day) for day in frame.iloc[0, 5:]] == ["2024-02-29 00:00:00", "2024-02-29 18:30:00"]
    styles = part(tmp_path / "a.xlsx", "xl/styles.xml")
    assert 'formatCode="0.0%"' in styles and 'formatCode="#,##0.00"' in styles


def test_text_never_becomes_a_formula_a_link_or_a_number(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [Sheet("T", ["=1+1"], ["text"], [[text] for text in [*FORMULAS, "007"]])])
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet and "hyperlink" not in sheet
    shown = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert shown[0] == ["'=1+1"] and shown[1] == ["'=1+1"] and shown[-1] == ["007"]
    assert [row[0] for row in shown[1:8]] == ["'=1+1", "'+1+1", "'-1+1", "'@SUM(A1)", "'＝1", "a;'=1", "'\t'=1"]


@pytest.mark.parametrize("cell", ["many", "1" * 16, "inf", "1,5", "0x1F"])
def test_a_cell_among_numbers_that_is_none_or_would_lose_digits_is_text(tmp_path, cell):
    frame = read(write_xlsx(tmp_path / "a.xlsx", [Sheet("T", ["n"], ["money"], [["1.5"], [cell]])]))
    assert frame["n"].tolist() == [1.5, cell]


def test_a_day_before_spreadsheets_know_days_is_text(tmp_path):
    frame = read(write_xlsx(tmp_path / "a.xlsx", [Sheet("T", ["d"], ["date"], [["1899-12-31"], ["2024-02-30"]])]))
    assert frame["d"].tolist() == ["1899-12-31", "2024-02-30"]


def test_headings_are_bold_and_stay_and_columns_are_as_wide_as_what_is_in_them(tmp_path):
    sheets = [Sheet("T", ["a", "客户编号客户编号"], ["text", "text"], [["x" * 30, "客户" * 10]])]
    sheet = part(write_xlsx(tmp_path / "a.xlsx", sheets), "xl/worksheets/sheet1.xml")
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert "<b/>" in part(tmp_path / "a.xlsx", "xl/styles.xml")
    widths = [float(text.split('"')[0]) for text in sheet.split(' width="')[1:]]
    assert 30 < widths[0] < 36 and 40 < widths[1] < 46


def test_the_same_tables_make_the_same_bytes(tmp_path):
    def make():
        path = write_xlsx(tmp_path / "a.xlsx", [Sheet("T", ["a", "d"], ["money", "date"], [["1", "2024-01-01"]])])
        return hashlib.sha256(path.read_bytes()).hexdigest()

    first = make()
    time.sleep(1.1)  # a time in it would have another second
    assert make() == first


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["一" * 40], ["一" * 31]),
        (["A" * 40, "A" * 40], ["A" * 31, "A" * 29 + " 2"]),
        (["Tiers", "tiers", "TIERS"], ["Tiers", "tiers 2", "TIERS 3"]),
        (["'a'", "[b]:*?/\\c"], ["a", "b c"]),
        (["😀" * 20], ["😀" * 15]),
        (["", "History"], ["Sheet", "History 2"]),
    ],
)
def test_sheets_have_names_that_excel_takes(tmp_path, names, made):
    assert name_sheets(names) == made
    path = write_xlsx(tmp_path / "a.xlsx", [Sheet(name, ["a"], ["text"]) for name in names])
    assert CalamineWorkbook.from_path(str(path)).sheet_names == made


def test_more_rows_than_a_sheet_holds_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_xlsx, "MOST_ROWS", 3)
    path = write_xlsx(tmp_path / "a.xlsx", [Sheet("T", ["n"], ["count"], [[str(n)] for n in range(9)])])
    assert read(path)["n"].tolist() == [0, 1, 2]


def test_what_no_cell_can_hold_is_cut_and_control_marks_do_no_harm(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [Sheet("T", ["t"], ["text"], [["x" * 40_000], ["a\x00b\x1b"]])])
    shown = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()
    assert len(shown[1][0]) == 32_767 and shown[2][0].startswith("a")
