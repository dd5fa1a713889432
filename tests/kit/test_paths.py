"""Data wherever it lies and whatever it is called: a whole run, or a sentence; and the command that repeats it."""

import json
import os
import shlex
import subprocess
import sys

import nbformat
import pytest
from helpers import FIGURE, PARAMETERS, make_notebook

from crmlib.intake import prepare as preparing
from crmlib.kit import batch
from crmlib.kit import run as kit

ORDERS = "customer_id,order_date,amount\nC1,2024-01-31,10\nC2,2024-02-01,many\nC2,2024-02-03,5\n"
OWN = "kunde,tag,betrag\nC1,2024-01-31,10\nC2,2024-02-03,5\n"
PERSONAL = PARAMETERS + "\nmapping = None\nshow_personal = False"
READ = """\
from crmlib import datasets
from crmlib.lesson.findings import say, show_source
tables, reports = datasets.load_data(data)
show_source(reports, out=out)
print(data, repr(data), reports["transactions"].path)
say("{n} customers, {share}", n=tables["transactions"]["customer_id"].nunique(), share=data)
"""
NAMES = [
    'it\'s "1".csv',
    "a\\b.csv",
    "a\nb.csv",
    "a\tb.csv",
    "a\x1b[2Jb.csv",
    "{x}.csv",
    "订单 №1.csv",
    "n" * 226 + ".csv",
    "C:\\temp\\new.csv",
    "q",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:12])
def test_any_name_of_a_file_is_analyzed_and_named(tmp_path, name):
    folder = tmp_path / name.removesuffix(".csv") if len(name) < 100 else tmp_path
    try:
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(ORDERS, encoding="utf-8", newline="\n")
    except OSError:
        pytest.skip("this system has no such file names")
    notebook = make_notebook(tmp_path, "2-good", READ, FIGURE)
    out = folder / "out"
    run = kit.run_analyses(folder / name, out, notebooks=[notebook], tell=lambda _: None)
    (entry,) = run["notebooks"]
    assert (entry["status"], entry.get("error")) == ("ok", None)
    assert entry["findings"][0] == "2 customers, prepared"
    source = entry["sources"][0]
    assert (source["file"], source["n_read"], source["n_rejected"]) == (name, 3, 1)
    assert shlex.split(run["command"])[:4] == ["crmlib", "run", "--data", str(folder / name)]
    ran = nbformat.read(out / "notebooks" / "2-good.ipynb", as_version=4)
    text = nbformat.writes(ran)
    assert ".partial" not in text and str(tmp_path) not in text.replace(json.dumps(name)[1:-1], "")
    (figure,) = [
        output.data["image/png"]
        for cell in ran.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert figure.startswith("iVBORw0KGgo")
    assert sorted(path.name for path in out.iterdir()) == [
        "index.html",
        "notebooks",
        "prepared",
        "run.json",
        "set-aside",
    ]


def test_what_a_run_left_can_be_opened_and_run_again(tmp_path, monkeypatch):
    """Where it lies, it finds the tables that the run took in, and writes over nothing."""
    (tmp_path / 'm"i\\ne.csv').write_text(ORDERS, encoding="utf-8", newline="\n")
    notebook = make_notebook(tmp_path, "2-good", READ)
    kit.run_analyses(tmp_path / 'm"i\\ne.csv', tmp_path / "out", notebooks=[notebook], tell=lambda _: None)
    (tmp_path / 'm"i\\ne.csv').unlink()
    cells = nbformat.read(tmp_path / "out" / "notebooks" / "2-good.ipynb", as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    monkeypatch.chdir(tmp_path / "out" / "notebooks")
    names = {}
    exec(compile(code, "again", "exec"), names)
    assert (names["data"], names["out"], len(names["tables"]["transactions"])) == ("../prepared", None, 2)


def test_a_file_is_read_once_for_all_notebooks(tmp_path, monkeypatch):
    path = tmp_path / "mine.csv"
    path.write_text(ORDERS, encoding="utf-8", newline="\n")
    gone = f"import os\nif os.path.exists({str(path)!r}): os.remove({str(path)!r})\n"
    notebooks = [make_notebook(tmp_path, f"{n}-good", gone + READ) for n in range(2, 5)]
    run = kit.run_analyses(path, tmp_path / "out", notebooks=notebooks, tell=lambda _: None)
    assert [entry["findings"][0] for entry in run["notebooks"]] == ["2 customers, prepared"] * 3
    assert len({json.dumps(entry["sources"]) for entry in run["notebooks"]}) == 1
    assert not path.exists()


# --- folders that cannot be written, links, and places that are gone ---


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A file whose columns are not ours, and one notebook in the place of the kit's."""
    path = tmp_path / "data" / "own.csv"
    path.parent.mkdir()
    path.write_text(OWN, encoding="utf-8")
    paths = [make_notebook(tmp_path, "2-good", READ, parameters=PERSONAL)]
    monkeypatch.setattr(kit, "list_analyses", lambda *_: paths)
    monkeypatch.chdir(tmp_path)
    return path


MAPPING = '[transactions.columns]\ncustomer_id = "kunde"\norder_date = "tag"\namount = "betrag"\n'


def refuse(*_, **__):
    raise PermissionError(13, "Permission denied")


def test_a_folder_of_data_that_may_not_be_written(own, call, monkeypatch, tmp_path):
    monkeypatch.setattr(preparing, "write_mapping", refuse)
    own.write_text(OWN.replace("kunde,tag,betrag", "customer,date,total"), encoding="utf-8")
    code, printed, complained = call("run", "--data", own, "--out", "out")
    assert (code, complained) == (0, "")
    assert "1 finding" in printed


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some people make links")
def test_the_mapping_of_a_link_lies_beside_the_link(own, call, tmp_path):
    link = tmp_path / "link.csv"
    link.symlink_to(own)
    (tmp_path / "link.csv.mapping.toml").write_text(MAPPING, encoding="utf-8")
    assert call("run", "--data", "link.csv", "--out", "out")[0] == 0
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["notebooks"][0]["sources"][0]["file"] == "link.csv"
    assert not own.with_name("own.csv.mapping.toml").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that somebody is in")
@pytest.mark.parametrize("command", ["run --data x.csv", "check x.csv", "data"])
def test_a_deleted_folder_is_a_sentence(tmp_path, command):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = f"cd {gone} && rmdir {gone} && exec {sys.executable} -P -m crmlib {command}"
    done = subprocess.run(["sh", "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2, done
    assert "the folder you are in is gone" in done.stderr and "Traceback" not in done.stderr


# --- what run.json says ---


def test_the_command_repeats_the_run(own, call, tmp_path):
    (tmp_path / "my map.toml").write_text(MAPPING, encoding="utf-8")
    options = ["--data", "data/own.csv", "--mapping", "my map.toml", "--show-personal", "--as-of", "2024-02-02"]
    assert call("run", *options, "--out", "out")[0] == 0
    first = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert first["parameters"] == {"as_of": "2024-02-02"}
    assert (first["mapping"], first["show_personal"]) == ("my map.toml", True)
    assert str(tmp_path) not in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    _, *again = shlex.split(first["command"])
    assert call(*again, "--out", "again")[0] == 0
    second = json.loads((tmp_path / "again" / "run.json").read_text(encoding="utf-8"))
    for name in ("parameters", "command", "data", "language", "mapping", "show_personal"):
        assert first[name] == second[name]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, []),
        ({"parameters": {"as_of": "2024-02-02"}}, ["--as-of", "2024-02-02"]),
        ({"mapping": "m.toml"}, ["--mapping", "m.toml"]),
        ({"show_personal": True}, ["--show-personal"]),
        ({"chapters": [2]}, ["--chapter=2"]),
    ],
)
def test_each_option_stands_in_the_command(change, words):
    run = {"data": "x.csv", "language": "en", "chapters": [], "mapping": None, "show_personal": False}
    command = kit._command(run | {"parameters": {"as_of": None}} | change)
    assert shlex.split(command) == ["crmlib", "run", "--data", "x.csv", *words, "--language", "en"]


# --- the command ---


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["check", "-h"], ["new", "-h"], ["lab", "-h"]])
def test_help_needs_no_pandas(arguments):
    code = "import sys\nfrom crmlib.kit.cli import cli\ncli.main(sys.argv[1:], standalone_mode=False)\n"
    code += (
        "print(*sorted({'pandas', 'numpy', 'nbformat', 'matplotlib', 'rich', 'IPython'} & set(sys.modules)), 'loaded')"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1].split() == ["loaded"]


def test_a_check_needs_no_figures(own):
    own.with_name("own.csv.mapping.toml").write_text(MAPPING, encoding="utf-8")
    code = "import sys\nfrom crmlib.kit.cli import cli\ncli.main(sys.argv[1:], standalone_mode=False)\n"
    code += "print(*sorted({'matplotlib', 'papermill', 'IPython'} & set(sys.modules)), 'loaded')"
    command = [sys.executable, "-c", code, "check", "data/own.csv", "--language", "zh"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1].split() == ["loaded"]


def test_a_run_builds_no_grammar_of_addresses():
    """Of which jsonschema, that notebooks are checked with, would have one: half the time of the start."""
    code = "import sys, crmlib.kit.cli, crmlib.kit.batch\n"
    code += "print('nbformat' in sys.modules, *sorted({'lark', 'rfc3987_syntax.syntax_helpers'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["True"]


def test_several_notebooks_at_a_time_speak_the_language(own, call):
    own.with_name("own.csv.mapping.toml").write_text(MAPPING, encoding="utf-8")
    code, printed, _ = call("run", "--data", "data/own.csv", "--out", "out", "--jobs", 2, "--language", "zh")
    assert code == 0
    assert "  完成    2-good：" in printed and "ok" not in printed


def test_an_error_is_told_in_the_language_asked_for(call):
    assert "错误：" in call("check", "nowhere.csv", "--language", "zh")[2]


@pytest.mark.parametrize("error", [MemoryError(), KeyError(), OSError()], ids=lambda error: type(error).__name__)
def test_an_error_without_words_still_says_something(call, monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(batch, "run_all", fail)
    code, _, complained = call("run")
    kind = type(error).__name__
    assert code == 1
    assert complained.startswith(f"Error: it said no more; was there enough memory? ({kind}; put CRMLIB_DEBUG=1")


def test_a_notebook_that_runs_out_of_memory_says_so(tmp_path):
    notebook = make_notebook(tmp_path, "2-bad", "raise MemoryError")
    run = kit.run_analyses("cdnow", tmp_path / "out", notebooks=[notebook], tell=lambda _: None)
    error = run["notebooks"][0]["error"]
    assert (error["kind"], error["message"]) == ("MemoryError", "it said no more; was there enough memory?")
    assert "was there enough memory?" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_what_was_edited_after_a_run_is_moved_aside_and_told(own, call, tmp_path):
    own.with_name("own.csv.mapping.toml").write_text(MAPPING, encoding="utf-8")
    arguments = ["run", "--data", "data/own.csv", "--out", "out"]
    assert call(*arguments)[0] == 0
    edited = tmp_path / "out" / "notebooks" / "2-good.ipynb"
    edited.write_text("my thoughts", encoding="utf-8")
    code, printed, _ = call(*arguments)
    (aside,) = tmp_path.glob("out.yours-*")
    assert code == 0
    assert f"changed since: notebooks/2-good.ipynb. They are now in {aside}." in printed
    assert (aside / "notebooks" / "2-good.ipynb").read_text(encoding="utf-8") == "my thoughts"
    assert not list(tmp_path.glob(".out*"))
