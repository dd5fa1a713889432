"""CSV that is safe to open."""

import pandas as pd
import pytest

from crmlib.files.safe_csv import defuse, write_csv

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_formula_gets_an_apostrophe(text):
    assert defuse(text) == ("'" + text).replace("\t=", "\t'=").replace("\r=", "\r'=")


@pytest.mark.parametrize("text", ["-5", "+5.25", "1e-3", "-1E+10", "tea", "", "50% off", "a=b"])
def test_plain_text_and_numbers_stay(text):
    assert defuse(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a; =1+1;b", "a;' =1+1;b"),
        ("a\t@SUM(A1)", "a\t'@SUM(A1)"),
        ("a\n=1", "a\n'=1"),
        ("a|-2+3", "a|'-2+3"),
        ("a;;＝1", "a;;'＝1"),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_a_formula_behind_what_may_part_cells_gets_one_too(text, safe):
    assert defuse(text) == safe
    assert defuse(safe) == safe


@pytest.mark.parametrize(
    "text", ["tea; cup", "a;-5;+5.25; -1", "x = 1; y = 2", "one\ntwo", "a, =b", "Tom; a@b.example"]
)
def test_plain_text_with_semicolons_stays(text):
    assert defuse(text) == text


def test_a_semicolon_between_cells_begins_no_formula(tmp_path):
    """As a spreadsheet reads it whose cells are parted by semicolons, quotes or not."""
    frame = pd.DataFrame({"id": ["a;=1+1", "b"], "n": [1, 2], "name": ["c;=2", 'd";=3']})
    text = write_csv(frame, tmp_path / "t.csv", index=False).read_text(encoding="utf-8-sig")
    assert [cell for line in text.splitlines() for cell in line.split(";") if cell.startswith("=")] == []


def test_written_file_has_no_live_formula_anywhere(tmp_path):
    frame = pd.DataFrame(
        {"name": HOSTILE, "=head": range(len(HOSTILE)), "kind": pd.Categorical(HOSTILE)},
        index=pd.Index(HOSTILE, name="=index"),
    )
    path = write_csv(frame, tmp_path / "deep" / "table.csv")
    back = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    cells = [*back.columns, *back.to_numpy().ravel()]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert list(back["'=head"]) == [str(n) for n in range(len(HOSTILE))]


def test_numbers_keep_every_digit_and_chinese_opens_in_a_spreadsheet(tmp_path):
    frame = pd.DataFrame({"客户": ["喆"], "share": [0.1 + 0.2]})
    path = write_csv(frame, tmp_path / "t.csv", index=False)
    assert path.read_bytes() == "\ufeff客户,share\r\n喆,0.30000000000000004\r\n".encode()


def test_the_frame_is_not_changed(tmp_path):
    frame = pd.DataFrame({"name": ["=1"]})
    write_csv(frame, tmp_path / "t.csv")
    assert frame["name"].tolist() == ["=1"]


def test_an_interrupted_write_leaves_the_old_file_and_no_part(tmp_path, monkeypatch):
    path = write_csv(pd.DataFrame({"a": [1]}), tmp_path / "t.csv")
    old = path.read_bytes()

    def break_off(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(pd.DataFrame, "to_csv", break_off)
    with pytest.raises(KeyboardInterrupt):
        write_csv(pd.DataFrame({"a": [2]}), path)
    assert path.read_bytes() == old
    assert [item.name for item in tmp_path.iterdir()] == ["t.csv"]
