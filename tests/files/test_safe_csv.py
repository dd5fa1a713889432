"""CSV that is safe to open."""

import pandas as pd
import pytest

from crmlib.files.safe_csv import defuse, write_csv

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_formula_gets_an_apostrophe(text):
    assert defuse(text) == "'" + text


def test_a_formula_behind_the_separator_of_other_countries_is_defused(tmp_path):
    assert defuse("a;=1+1") == "a;'=1+1"
    assert defuse("=1;+2;3") == "'=1;+2;3"
    path = write_csv(pd.DataFrame({"id": ["a;=1+1"]}), tmp_path / "t.csv", index=False)
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["id", "a;'=1+1"]


@pytest.mark.parametrize("text", ["-5", "+5.25", "1e-3", "-1E+10", "tea", "", "50% off", "a=b"])
def test_plain_text_and_numbers_stay(text):
    assert defuse(text) == text


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
