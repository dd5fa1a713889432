"""A student's notebook, run apart: whatever it does, the others are marked and nothing outside its folder changes."""

import json
import os
import sys

import pytest

from crmlib.kit import apart
from crmlib.kit.plain_values import from_plain

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits as Linux has them")


def run(folder, *cells, seconds=20, megabytes=4000):
    return apart.run_apart(["from crmlib.lesson import check", *cells], folder, seconds=seconds, megabytes=megabytes)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """One notebook that does everything one fears; what came of it, and the folder beside its own."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "precious.txt").write_text("kept")
    inside = outside / "work"
    inside.mkdir()
    precious = repr(str(outside / "precious.txt"))
    cells = [
        'check("1", 5)',
        'while True: pass\ncheck("2", 1)',
        'x = bytearray(10**11)\ncheck("3", 1)',
        'raise ValueError("no")\ncheck("4", 1)',
        f'import os, shutil\nos.remove({precious})\ncheck("5", 1)',
        f'open({precious}, "w")\ncheck("6", 1)',
        f'shutil.rmtree({str(outside)!r})\ncheck("7", 1)',
        f'os.rename({precious}, "mine")\ncheck("8", 1)',
        'import urllib.request\nurllib.request.urlopen("http://127.0.0.1:9")\ncheck("9", 1)',
        f'os.system("touch {outside / "made"}")\ncheck("10", 1)',
        'os.kill(os.getppid(), 9)\ncheck("11", 1)',
        'import sys\nsys.exit(3)\ncheck("12", 1)',
        'input()\ncheck("13", 1)',
        'this is no python\ncheck("14", 1)',
        'open("mine.txt", "w").write("x")\nos.remove("mine.txt")',
        'os.makedirs("a/b")\nshutil.rmtree("a")\ncheck("15", 1)',
        'check("1", 6)',
        'class Odd(Exception):\n    def __str__(self): raise self\nraise Odd\ncheck("16", 1)',
    ]
    return run(inside, *cells, seconds=16), outside


@LINUX
def test_a_notebook_that_does_everything_one_fears_is_run_to_its_end(nasty):
    came, outside = nasty
    assert came["ended"] == ""
    assert {id: from_plain(answer) for id, answer in came["answers"].items()} == {
        "1": 6,
        "15": 1,
    }  # the last one counts
    errors = {id: text.split(":")[0] for id, text in came["errors"].items()}
    assert errors == {
        "2": "time",
        "3": "MemoryError",
        "4": "ValueError",
        **dict.fromkeys(("5", "6", "7", "8", "10", "11"), "PermissionError"),
        "9": "URLError",
        "12": "SystemExit",
        "13": "EOFError",
        "14": "SyntaxError",
        "16": "Odd",
    }
    assert (outside / "precious.txt").read_text() == "kept"
    assert sorted(entry.name for entry in outside.iterdir()) == ["precious.txt", "work"]


@LINUX
def test_the_network_is_not_there_even_for_code_that_is_not_python(tmp_path):
    around = """
import ctypes, socket
plain = ctypes.CDLL(None, use_errno=True)
sock = plain.socket(2, 1, 0)
address = b"\\x02\\x00\\x00\\x35\\x08\\x08\\x08\\x08" + b"\\0" * 8
check("1", [plain.connect(sock, address, 16), ctypes.get_errno()])
"""
    if os.geteuid() and run(tmp_path, around)["answers"]["1"] == "not granted":
        pytest.skip("this system grants no network of one's own")
    code, errno = from_plain(run(tmp_path, around)["answers"]["1"])
    assert (code, errno) == (-1, 101)  # "network is unreachable", at once


@LINUX
@pytest.mark.slow
def test_who_cannot_be_interrupted_is_ended_with_all_its_cells_accounted_for(tmp_path):
    cells = ['check("1", 1)', 'sum(range(10**15))\ncheck("2", 1)', 'check("3", 1)']
    came = run(tmp_path, *cells, seconds=1)
    assert came["ended"] == "time"
    assert set(came["answers"]) == {"1"} and came["errors"] == {"2": "time", "3": "time"}


def test_a_process_that_ends_itself_leaves_what_it_had_answered(tmp_path):
    came = run(tmp_path, 'check("1", "a")', 'import os\nos._exit(0)\ncheck("2", 1)', 'check("3", 1)')
    assert came["ended"] == "died"
    assert set(came["answers"]) == {"1"} and came["errors"] == {"2": "died", "3": "died"}


def test_a_check_of_ones_own_is_asked_nothing(tmp_path):
    came = run(tmp_path, "def check(id, answer): print('right')", 'check("1", 1)')
    assert came == {"answers": {}, "errors": {}, "ended": ""}


def test_a_module_of_ones_own_does_not_stand_in_for_pandas_and_own_helpers_are_found(tmp_path):
    (tmp_path / "pandas.py").write_text("raise SystemExit")
    (tmp_path / "helping.py").write_text("three = 3")
    came = run(tmp_path, "import pandas as pd\nfrom helping import three", 'check("1", pd.Series([three]).sum())')
    assert from_plain(came["answers"]["1"]) == 3


def test_no_key_of_the_machine_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("SOME_SECRET", "s3cret")
    came = run(tmp_path, 'import os\ncheck("1", str(dict(os.environ)))')
    assert "s3cret" not in from_plain(came["answers"]["1"])


def test_a_report_that_somebody_has_written_into_is_read_as_far_as_it_makes_sense(tmp_path):
    report = tmp_path / "answers.jsonl"
    lines = ["no json", "[1]", json.dumps({"id": 3}), json.dumps({"begun": "x", "ids": [1], "error": 5})]
    report.write_text("\n".join([*lines, json.dumps({"id": "1", "answer": {"kind": "number", "value": 1}})]))
    came = apart._read_report(report, ['check("1", 1)', 'check("2", 2)'], "")
    assert set(came["answers"]) == {"1"} and came["ended"] == "died"
