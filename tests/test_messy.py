"""Files of a bad day, and files of bad people: `messy/cases.toml` says of each what must happen.

Never a traceback, never a wrong number without a word, nothing lost: rows read are rows accepted and rows set
aside, and those are written out with line and reason. What was accepted is analyzed to the end.
"""

import json
import os
import re
import runpy
import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from test_cli import call  # noqa: F401

from crmlib import datasets, kit
from crmlib.export import FORMULA_START, PLAIN_NUMBER

MESSY = Path(__file__).parent / "messy"
CASES = tomllib.loads((MESSY / "cases.toml").read_text(encoding="utf-8"))["case"]
MAKE = runpy.run_path(str(MESSY / "make.py"))
ONCE = sum(float(amount) for *_, amount in MAKE["ROWS"])
READABLE = [case for case in CASES if "accepted" in case]
# Runs of whole notebooks take seconds each: those whose shape differs most.
ANALYZED = ["one-customer.csv", "all-refunds.csv", "all-equal.csv", "hostile-names.csv", "ids-phones.csv", "untidy.xlsx", "open-quote.csv"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("messy") / "files"
    shutil.copytree(MESSY, folder, ignore=shutil.ignore_patterns("__pycache__", "make.py", "cases.toml"))
    MAKE["make"](folder)
    return folder


@pytest.fixture
def files(made, tmp_path, monkeypatch):
    """A copy of the files to work in: a check leaves a mapping beside its file."""
    shutil.copytree(made, tmp_path / "files")
    monkeypatch.chdir(tmp_path / "files")
    return tmp_path / "files"


def named(case):
    return case["file"]


def test_there_are_forty_cases_or_more_and_every_file_has_one(made):
    listed = {case["file"] for case in CASES}
    there = {path.name for path in made.iterdir() if not path.name.endswith(".mapping.toml")}
    assert len(CASES) == len(listed) >= 40
    assert there == listed - {"nowhere.csv"}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_must_happen_happens(call, files, case):  # noqa: F811
    code, said, complained = call("check", case["file"])
    assert code == case["exit"], said + complained
    for sentence in case["says"]:
        assert sentence in said + complained
    assert "Traceback" not in said + complained and "CRMLIB_DEBUG" not in complained
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said + complained)
    if "accepted" in case:
        n_read = case["accepted"] + case["set_aside"]
        counts = f"{n_read:,} rows read = {case['accepted']:,} accepted + {case['set_aside']:,} set aside"
        assert counts in said.replace("1 row read", "1 rows read")


@pytest.mark.parametrize("case", READABLE, ids=named)
def test_not_a_number_changes_and_not_a_row_is_lost(call, files, case):  # noqa: F811
    call("check", case["file"], "--set-aside", "aside.csv")
    tables, reports = datasets.load_data(case["file"])
    report = reports["transactions"]
    wanted = {"ROWS": ONCE, "TWICE": 2 * ONCE}.get(case["total"]) or float(case["total"])
    assert tables["transactions"]["amount"].sum() == pytest.approx(wanted, abs=0.005)
    assert report.n_read == report.n_accepted + report.n_rejected == case["accepted"] + case["set_aside"]
    assert Path("aside.csv").exists() == bool(case["set_aside"])
    if case["set_aside"]:
        aside = pd.read_csv("aside.csv", dtype=str, keep_default_na=False)
        assert len(aside) == case["set_aside"] and set(aside) >= {"line", "column", "value", "reason"}
        assert (aside["line"] != "").all() and (aside["reason"] != "").all()
        for cell in aside.to_numpy().ravel():
            assert not cell.startswith(FORMULA_START) or PLAIN_NUMBER.fullmatch(cell), cell


@pytest.mark.slow
@pytest.mark.parametrize("name", ANALYZED)
def test_what_was_accepted_is_analyzed_to_the_end(call, files, name):  # noqa: F811
    code, said, complained = call("run", "--data", name, "--out", "out")
    assert code == 0, said + complained
    run = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    findings = [text for entry in run["notebooks"] for text in entry["findings"]]
    assert findings and not re.search(r"\b(nan|inf|None)\b", " ".join(findings))
    page = Path("out/index.html").read_text(encoding="utf-8")
    assert "<script>window.x" not in page and "onerror=window.x=1>" not in page
    for path in Path("out/tables").glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        cells = [str(cell) for cell in [*table.columns, *table.to_numpy().ravel()]]
        assert [cell for cell in cells if cell.startswith(FORMULA_START) and not PLAIN_NUMBER.fullmatch(cell)] == []
    if name == "ids-phones.csv":
        everything = " ".join(path.read_text(encoding="utf-8", errors="replace") for path in Path("out").rglob("*") if path.suffix in (".csv", ".html", ".json", ".ipynb"))
        assert "1380000" not in everything and "customer-00001" in everything


def test_ids_stay_as_they_are(files):
    zeros = datasets.load_data("ids-zeros.csv")[0]["transactions"]["customer_id"]
    assert zeros[0] == "000000" and zeros.str.len().eq(6).all()
    assert datasets.load_data("ids-of-40-digits.csv")[0]["transactions"]["customer_id"][7] == str(10**39 + 7)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever may do everything may read everything")
def test_a_file_one_may_not_read(call, files):  # noqa: F811
    Path("whole.csv.gz").chmod(0)
    code, _, complained = call("check", "whole.csv.gz")
    assert code in (1, 2) and "must be a file you may read" in complained


def test_an_answer_is_kept_and_used_by_every_command(call, files):  # noqa: F811
    code, _, complained = call("check", "undecided-amounts.csv")
    assert code == 2 and 'amount = "."' in complained
    path = Path("undecided-amounts.csv.mapping.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('# amount = "."', 'amount = "."'), encoding="utf-8")
    code, said, _ = call("check", "undecided-amounts.csv")
    assert code == 1 and "3,750.00 in all" in said  # two customers are few, which is doubtful
    assert datasets.load_data("undecided-amounts.csv")[0]["transactions"]["amount"].tolist() == [1250.0, 2500.0]
    assert kit.check_data("undecided-amounts.csv")[1] is None
