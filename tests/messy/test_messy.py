"""Broken and hostile files, each by the line of messy/cases.toml that says what must happen to it.

Never a traceback, never a row lost, never a wrong number without a word, nothing that a terminal or a
spreadsheet would obey.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from crmlib.intake import doubts

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))["case"]
COUNTS = re.compile(r"([\d,]+) rows? read = ([\d,]+) accepted \+ ([\d,]+) set aside")
READ = re.compile(r"读取 ?([\d,]+) ?行|([\d,]+) rows? read")
SUM = re.compile(r"orders?, (\S+) in all\.")
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files of make.py."""
    folder = tmp_path_factory.mktemp("made")
    runpy.run_path(str(HERE / "make.py"))["write_all"](folder)
    return folder


@pytest.fixture
def place(made, tmp_path, monkeypatch):
    """Put a case into an empty folder and go there; where it is."""

    def place(name):
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        source = HERE if (HERE / name).exists() else made
        if (source / name).is_dir():
            shutil.copytree(source / name, folder / name)
        else:
            for path in (source / name, source / f"{name}.mapping.toml"):
                if path.exists():
                    shutil.copy(path, folder)
        monkeypatch.chdir(folder)
        return folder / name

    with open(os.devnull) as nobody:  # who could be asked
        monkeypatch.setattr("sys.stdin", nobody)
        yield place


def check(call, name, case, *arguments):
    """Run `crmlib check` and hold what it says against what must happen."""
    rows = Path("rows.csv")
    rows.unlink(missing_ok=True)
    code, said, complained = call("check", name, "--set-aside", rows, *arguments)
    output = said + complained
    assert code == case["exit"], output
    assert [sentence for sentence in case.get("says", []) if sentence not in output] == [], output
    assert "Traceback" not in output and "CRMLIB_DEBUG" not in output
    assert OBEYED.findall(output) == []
    assert (complained == "") == (code != 2)
    for hidden in case.get("hides", []):
        assert hidden not in output
        assert not rows.exists() or hidden not in rows.read_text(encoding="utf-8-sig")
    if code == 2:
        assert not rows.exists()
        return output
    n_read, n_accepted, n_set_aside = (int(number.replace(",", "")) for number in COUNTS.search(said).groups())
    assert (n_accepted, n_set_aside) == (case["accepted"], len(case["set_aside"]))
    assert n_read == n_accepted + n_set_aside
    assert SUM.search(said)[1] == case["sum"]
    assert rows.exists() == (n_set_aside > 0)
    if rows.exists():
        written = pd.read_csv(rows, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        written = written[written["table"] == "transactions"]
        assert written["line"].tolist() == [str(line) for line in case["set_aside"]]
        assert written["reason"].str.len().min() > 0
        assert [cell for cell in written.to_numpy().ravel() if FORMULA.match(cell) and not NUMBER.fullmatch(cell)] == []
    return output


def take(mapping, line):
    """Take the # from a line of a mapping file, as its reader is told to."""
    text = mapping.read_text(encoding="utf-8")
    lines = [each for each in text.splitlines() if each.startswith(f"# {line}")]
    assert len(lines) == 1, text
    mapping.write_text(text.replace(lines[0], lines[0][2:]), encoding="utf-8")


# --- the table ---


def test_every_file_here_is_in_the_table_once(made):
    files = {
        path.name for path in HERE.iterdir() if path.suffix not in (".toml", ".py") and path.name != "__pycache__"
    } | {path.name for path in made.iterdir()}
    assert sorted(files) == sorted(case["file"] for case in CASES)
    assert len(CASES) >= 100
    assert (
        max(
            path.stat().st_size
            for folder in (HERE, made)
            for path in folder.rglob("*")
            if path.suffix not in (".toml", ".py", ".pyc")
        )
        < 40_000
    )


def test_what_must_happen_is_said_whole():
    for case in (every for one in CASES for every in (one, *one.get("answer", []))):
        known = {"file", "what", "take", "exit", "says", "hides", "accepted", "set_aside", "sum", "run", "answer"}
        assert set(case) <= known, case
        assert ({"accepted", "set_aside", "sum"} <= set(case)) == (case["exit"] != 2), case
        assert case["says"], case


def test_the_made_files_are_the_same_every_time(made, tmp_path):
    runpy.run_path(str(HERE / "make.py"))["write_all"](tmp_path)
    assert {
        path: (tmp_path / path).read_bytes() for path in map(Path, os.listdir(tmp_path)) if (tmp_path / path).is_file()
    } == {path: (made / path).read_bytes() for path in map(Path, os.listdir(made)) if (made / path).is_file()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_what_must_happen_happens(call, place, case):
    path = place(case["file"])
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file() and file.suffix != ".toml"}
    first = check(call, case["file"], case)
    mapping = path / "mapping.toml" if path.is_dir() else path.with_name(f"{path.name}.mapping.toml")
    drafted = mapping.read_bytes() if mapping.exists() else b""
    again = check(call, case["file"], case)  # the mapping just drafted is read back
    if case["exit"] != 2:  # of a question the choices may be fewer, for what is known by now is no choice
        assert again == first.replace(
            "drafted just now; look it over, change it, and it is used again", "as you left it"
        )
    assert drafted == (mapping.read_bytes() if mapping.exists() else b"")
    in_chinese = check(call, case["file"], {**case, "says": []}, "--language", "zh") if case["exit"] == 2 else ""
    assert "Traceback" not in in_chinese
    assert case["exit"] != 2 or re.match(r"错误：.*[一-鿿]{3}", in_chinese), in_chinese
    Path("rows.csv").unlink(missing_ok=True)
    assert {file: file.read_bytes() for file in before} == before  # the data are never edited


@pytest.mark.parametrize("case", [case for case in CASES if case["exit"] != 2], ids=lambda case: case["file"])
def test_in_chinese_it_is_the_same(call, place, case):
    place(case["file"])
    code, said, complained = call("check", case["file"], "--set-aside", "rows.csv", "--language", "zh")
    assert (code, complained) == (case["exit"], "")
    assert OBEYED.findall(said) == []
    assert case["sum"] in said
    assert [hidden for hidden in case.get("hides", []) if hidden in said] == []
    n_set_aside = len(pd.read_csv("rows.csv", encoding="utf-8-sig")) if Path("rows.csv").exists() else 0
    assert n_set_aside == len(case["set_aside"])


ANSWERS = [(case, answer) for case in CASES for answer in case.get("answer", [])]


@pytest.mark.parametrize(
    ("case", "answer"), ANSWERS, ids=[f"{case['file']}-{answer['take']}" for case, answer in ANSWERS]
)
def test_an_answer_is_used_as_it_was_said(call, place, case, answer):
    path = place(case["file"])
    check(call, case["file"], case)
    take(path.with_name(f"{path.name}.mapping.toml"), answer["take"])
    check(call, case["file"], {"hides": case.get("hides", []), **answer})


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in CASES if case.get("run")], ids=lambda case: case["file"])
def test_the_whole_run_ends_well_and_shows_the_same_numbers(call, place, case):
    place(case["file"])
    code, said, complained = call("run", "--data", case["file"], "--out", "out")
    assert (code, complained) == (0, "")
    assert OBEYED.findall(said) == []
    run = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert {entry["status"] for entry in run["notebooks"]} == {"ok"}
    source = next(source for source in run["notebooks"][0]["sources"] if source["table"] == "transactions")
    assert (source["n_accepted"], source["n_rejected"]) == (case["accepted"], len(case["set_aside"]))
    for path in Path("out").rglob("*"):
        text = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""  # Parquet too
        assert [hidden for hidden in case.get("hides", []) if hidden in text] == [], path
        assert "Traceback" not in text, path
        if path.suffix == ".csv":
            cells = (
                pd.read_csv(path, dtype=str, keep_default_na=False, header=None, encoding="utf-8-sig")
                .to_numpy()
                .ravel()
            )
            assert [
                cell for cell in cells if FORMULA.match(cell) and not re.fullmatch(r"[+-]?[\d.]+(e[+-]?\d+)?", cell)
            ] == [], path


# --- what is no file ---


def test_a_file_that_is_not_there(call, place):
    place("good.csv")
    code, said, complained = call("check", "goood.csv")
    assert (code, said) == (2, "")
    assert "goood.csv" in complained and "Look for a slip in it" in complained


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="root may read everything, and Windows has other permissions",
)
def test_a_file_that_may_not_be_read(call, place):
    place("good.csv").chmod(0)
    code, said, complained = call("check", "good.csv")
    assert (code, said) == (2, "")
    assert complained == "Error: good.csv must be a file you may read; you may not. Change its permissions.\n"


def test_a_file_that_the_system_refuses(call, place, monkeypatch):
    """As the test above, for root as well."""
    place("good.csv")
    open_really = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "good.csv":
            raise PermissionError(13, "Permission denied")
        return open_really(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    code, said, complained = call("check", "good.csv")
    assert (code, said) == (2, "")
    assert complained == "Error: good.csv must be a file you may read; you may not. Change its permissions.\n"


def test_a_mapping_that_is_not_there(call, place):
    place("good.csv")
    code, _, complained = call("check", "good.csv", "--mapping", "mine.toml")
    assert code == 2
    assert "there is none at 'mine.toml'" in complained


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_file_whose_name_would_clear_the_screen(call, place):
    path = place("mapping-answered.csv")
    (path.parent / f"{path.name}.mapping.toml").rename(path.parent / "mine.toml")
    path.rename(path.parent / "\x1b[2J\u202evsc.csv")
    code, said, complained = call("check", "\x1b[2J\u202evsc.csv", "--mapping", "mine.toml")
    assert code == 1
    assert OBEYED.findall(said + complained) == []
    code, said, complained = call("check", "\x1b[2Jnowhere.csv")
    assert code == 2
    assert OBEYED.findall(said + complained) == []


def test_as_many_rows_as_an_old_sheet_holds_are_doubted(call, tmp_path, monkeypatch):
    """65,536 lines, one of them the names: what Excel 97 kept of a longer file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doubts, "FULL_SHEETS", (40,))
    shutil.copy(HERE / "good.csv", tmp_path)
    code, said, _ = call("check", "good.csv")
    assert code == 1
    assert "40 rows are what a spreadsheet can hold: was the file cut off when one saved it?" in said
