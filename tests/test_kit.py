"""A run: everything in its place, failures named, never half a result."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

from crmlib import cli, kit

GOOD = """\
from crmlib.findings import needs, save_table, say
from crmlib.language import use
import pandas as pd
use(language)
say("{n} customers, {share}", n=n, share="12%")
needs({}, "activities", section="Cost to serve")
save_table(pd.DataFrame({"share": [0.1 + 0.2]}, index=pd.Index(["=1+1"], name="tier")), "2-tiers", title="Tiers", out=out)
import matplotlib.pyplot as plt
plt.plot([1, 2]); plt.show()
say("{n} customers, {share}", n="<script>window.hacked = 1</script>", share="")
"""


def make_notebook(folder, name, code, parameters='data = ""\nlanguage = "en"\nout = None\nn = 8'):
    head = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    cells = [nbformat.v4.new_markdown_cell("# 2 · A title\n\nText."), head, nbformat.v4.new_markdown_cell("## A heading")]
    notebook = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(code)])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """One run of a notebook that works and one that fails, in Chinese."""
    folder = tmp_path_factory.mktemp("whole")
    good = make_notebook(folder, "2-good", GOOD)
    bad = make_notebook(folder, "3-bad", 'raise ValueError("<b>no such customer</b>")')
    last = make_notebook(folder, "4-last", "1")
    lines = []
    out = folder / "build" / "mine"
    run = kit.run_analyses("mine.csv", out, language="zh", notebooks=[good, bad, last], say=lines.append)
    return run, out, lines


def test_everything_is_in_its_place(whole):
    _, out, _ = whole
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert found == [
        "index.html",
        "notebooks/2-good.ipynb",
        "notebooks/3-bad.ipynb",
        "notebooks/4-last.ipynb",
        "run.json",
        "tables/2-tiers.csv",
    ]
    assert [path.name for path in out.parent.iterdir()] == ["mine"]


def test_run_json_says_what_ran_and_what_was_left_out(whole):
    run, out, _ = whole
    stored = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert stored == run
    assert (stored["data"], stored["language"]) == ("mine.csv", "zh")
    good = stored["notebooks"][0]
    assert good["title"] == "2 · A title"
    assert good["status"] == "ok"
    assert good["findings"][0] == "8 位，占 12%"
    assert good["skipped"][0]["needs"] == {"activities": ["customer_id", "month", "activity", "n_times"]}
    assert good["tables"] == [{"name": "2-tiers", "path": "tables/2-tiers.csv", "text": good["tables"][0]["text"], "title": "Tiers"}]


def test_a_notebook_that_fails_is_named_with_its_cell_and_stops_nobody(whole):
    run, out, lines = whole
    assert [entry["status"] for entry in run["notebooks"]] == ["ok", "failed", "ok"]
    error = run["notebooks"][1]["error"]
    assert (error["kind"], error["message"]) == ("ValueError", "<b>no such customer</b>")
    assert "raise ValueError" in error["source"]
    assert f"3-bad, cell {error['cell']}: ValueError" in lines[1]
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "ValueError: &lt;b&gt;no such customer&lt;/b&gt;" in page


def test_nothing_out_of_data_runs_in_the_page(whole):
    page = (whole[1] / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;window.hacked = 1&lt;/script&gt;" in page
    assert 'lang="zh-CN"' in page


def test_a_formula_in_a_table_is_defused(whole):
    assert (whole[1] / "tables" / "2-tiers.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("'=1+1,")


def test_no_path_of_this_machine_is_left_in_what_people_pass_on(whole):
    _, out, _ = whole
    for path in [out / "index.html", out / "run.json", *out.glob("notebooks/*.ipynb")]:
        assert str(out.parent) not in path.read_text(encoding="utf-8"), path.name


def test_a_parameter_the_notebook_does_not_have_is_refused(tmp_path):
    path = make_notebook(tmp_path, "2-good", GOOD)
    with pytest.raises(ValueError, match=r"parameters must be among .* for 2-good.ipynb; got \['perod_days'\]"):
        kit.run_analyses("x", tmp_path / "build", notebooks=[path], parameters={"perod_days": 3})
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("name", ["thesis.docx", "index.html"])
def test_a_folder_with_files_of_your_own_is_never_replaced(tmp_path, name):
    path = make_notebook(tmp_path, "2-good", GOOD)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_text("years of work", encoding="utf-8")
    with pytest.raises(ValueError, match="out must be a new folder, or one that an earlier run made"):
        kit.run_analyses("x", tmp_path / "mine", notebooks=[path])
    assert (tmp_path / "mine" / name).read_text(encoding="utf-8") == "years of work"


def test_an_unknown_chapter_is_refused():
    with pytest.raises(ValueError, match=r"chapter must be one of \[2\]; got \[9\]"):
        kit.list_analyses("en", [9])


SLOW = "import pathlib, time\npathlib.Path(out, 'started').write_text('x')\ntime.sleep(60)"


def start(tmp_path, out):
    path = make_notebook(tmp_path, "2-slow", SLOW)
    code = f"from crmlib import kit; from pathlib import Path; kit.run_analyses('x', {str(out)!r}, notebooks=[Path({str(path)!r})])"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (out.parent / f".{out.name}.partial" / "started").exists():
        assert time.monotonic() < deadline, "the run did not start"
        time.sleep(0.1)
    return process


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL to send to a group of processes")
def test_a_killed_run_leaves_the_old_result_whole_and_the_next_one_cleans_up(tmp_path):
    out = tmp_path / "build" / "mine"
    out.mkdir(parents=True)
    (out / "index.html").write_text("the old one", encoding="utf-8")
    (out / "run.json").write_text("{}", encoding="utf-8")
    process = start(tmp_path, out)
    second = make_notebook(tmp_path, "2-good", GOOD)
    with pytest.raises(RuntimeError, match=f"only one run at a time.*process {process.pid} is at it"):
        kit.run_analyses("x", out, notebooks=[second])
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert (out / "index.html").read_text(encoding="utf-8") == "the old one"
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "run.json"]
    kit.run_analyses("x", out, notebooks=[second])
    assert [path.name for path in out.parent.iterdir()] == ["mine"]
    assert "8 customers, 12%" in (out / "index.html").read_text(encoding="utf-8")


# --- the command ---


def invoke(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "crmlib", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_data_lists_every_data_set_of_the_kit():
    done = invoke("data")
    assert done.returncode == 0
    for name in ("teaching-company", "complete-journey", "cdnow", "german-credit", "febrl"):
        assert name in done.stdout
    assert "1,469,307" in done.stdout


def test_data_shows_what_a_table_must_hold():
    done = invoke("data", "--columns", "transactions")
    assert "customer_id" in done.stdout
    assert "a refund is negative" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--data", "nowhere.csv"], "--data must be a data set of the kit"),
        (["run", "--chapter", "9"], "chapter must be one of [2]; got [9]"),
        (["run", "--as-of", "31.12.2025"], "--as-of must be a day such as 2025-12-31; got 31.12.2025"),
        (["run", "--language", "fr"], "'fr' is not one of 'en', 'zh'"),
        (["run", "--out", "x"], "--out takes one data set"),
        (["data", "--columns", "x"], "--columns must be one of transactions"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
)
def test_mistakes_are_sentences_and_exit_with_2(arguments, message):
    done = invoke(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_failing_analysis_exits_with_1(monkeypatch, tmp_path):
    bad = make_notebook(tmp_path, "2-bad", "1 / 0", 'data = ""\nlanguage = "en"\nout = None\nas_of = None')
    monkeypatch.setattr(kit, "list_analyses", lambda *_: [bad])
    result = CliRunner().invoke(cli.cli, ["run", "--data", "cdnow", "--out", str(tmp_path / "b")], standalone_mode=False)
    assert result.return_value == 1
    assert "failed  2-bad" in result.output


def test_help_names_every_command():
    done = invoke("--help")
    assert done.returncode == 0
    assert [name for name in ("run", "data", "lab") if f"  {name} " not in done.stdout] == []
