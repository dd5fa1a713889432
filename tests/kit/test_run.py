"""A run: everything in its place, failures named, nothing of another run or machine in it."""

import hashlib
import html
import json
import os
import re
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from helpers import FIGURE, make_notebook
from papermill import engines

from crmlib.files import places
from crmlib.kit import chapters, execute, report
from crmlib.kit import run as kit

GOOD = """\
from crmlib import datasets
from crmlib.lesson.findings import needs, save_table, say, show_source
from crmlib.language import use
import pandas as pd
use(language)
tables, reports = datasets.load_data(data)
show_source(reports, out=out)
say("{n} customers, {share}", n=n, share="12%")
needs({}, "activities", section="Cost to serve")
names = pd.Index(["=1+1", "VIP", "<script>window.x=1</script>"], name="tier")
save_table(pd.DataFrame({"value_share": [0.1 + 0.2, 0.5, 0.2]}, index=names), "2-tiers", title="Tiers <b>", out=out)
"""
ORDERS = "customer_id,order_date,amount\nC1,2024-01-31,10\nC2,2024-02-01,many\nC2,2024-02-03,5\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """One run, in Chinese, of a notebook that works, one that fails, one whose kernel dies, and another."""
    base = tmp_path_factory.mktemp("base {x}")  # papermill fills braces in paths
    (base / "mine.csv").write_text(ORDERS, encoding="utf-8", newline="\n")
    (base / "json.py").write_text(
        "raise SystemExit('a module of the reader stood in for one of Python')", encoding="utf-8"
    )
    see = "import os, sys, json, duckdb; print(sys.executable, os.environ['PYTHONHASHSEED'], duckdb.__name__)"
    notebooks = [
        make_notebook(base, "2-good", GOOD, FIGURE),
        make_notebook(
            base,
            "3-bad",
            "1",
            "def fail(name):\n    raise ValueError(f'<b>no such\\x1b[2J customer</b> in {name}')\nfail(data)",
        ),
        make_notebook(base, "4-dead", "1", "import os\nos._exit(3)"),
        make_notebook(base, "5-last", see),
    ]
    lines = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(base)
        patch.setenv("MPLBACKEND", "Agg")  # as scripts have it; figures must be there all the same
        run = kit.run_analyses("mine.csv", Path("build", "mine"), language="zh", notebooks=notebooks, tell=lines.append)
    return run, base / "build" / "mine", lines


def read_page(whole):
    return (whole[1] / "index.html").read_text(encoding="utf-8")


def test_everything_is_in_its_place(whole):
    run, out, _ = whole
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    names = ["2-good", "3-bad", "4-dead", "5-last"]
    assert found == sorted(
        ["index.html", "run.json", "set-aside/transactions.csv", "tables/2-tiers.csv", "tables/all.xlsx"]
        + [f"prepared/{name}" for name in ("account.json", "doubts.json")]
        + [f"prepared/transactions.{ending}" for ending in ("parquet", "set-aside.parquet")]
        + [f"notebooks/{name}.{ending}" for name in names for ending in ("ipynb", "html")]
    )
    hashes = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in found if name != "run.json"}
    assert run["files"] == hashes
    assert [path.name for path in out.parent.iterdir()] == ["mine"]


def test_run_json_says_what_ran_on_what_and_what_was_left_out(whole):
    run, out, _ = whole
    stored = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert len(stored.pop("seal")) == 64
    assert stored == run
    assert stored["command"] == "crmlib run --data mine.csv --language zh"
    assert stored["parameters"] == {"as_of": None}
    assert stored["versions"]["papermill"].startswith("2.")
    good = stored["notebooks"][0]
    assert good["seconds"] > 0
    assert (good["title"], good["status"]) == ("2 · A title", "ok")
    assert good["findings"][0] == "8 位，占 12%"
    assert good["skipped"][0]["needs"] == {"activities": ["customer_id", "month", "activity", "n_times"]}
    source = good["sources"][0]
    assert (source["file"], source["n_read"], source["n_accepted"], source["n_rejected"]) == ("mine.csv", 3, 2, 1)
    assert source["sha256"] == hashlib.sha256(ORDERS.encode()).hexdigest()
    assert source["set_aside"] == "set-aside/transactions.csv"
    assert pd.read_csv(out / source["set_aside"])["line"].tolist() == [3]
    assert (good["tables"][0]["path"], good["tables"][0]["title"]) == ("tables/2-tiers.csv", "Tiers <b>")


def test_a_notebook_that_fails_is_named_with_its_cell_and_stops_nobody(whole):
    run, _, lines = whole
    assert [entry["status"] for entry in run["notebooks"]] == ["ok", "failed", "failed", "ok"]
    error = run["notebooks"][1]["error"]
    # The parameters, those papermill put in, the cell "1", and then the one that fails.
    assert (error["cell"], error["kind"]) == (4, "ValueError")
    assert error["message"] == "<b>no such\x1b[2J customer</b> in prepared"
    assert error["source"].startswith("def fail")
    assert lines[1] == "  失败    3-bad，第 4 格：ValueError：<b>no such [2J customer</b> in prepared"
    page = read_page(whole)
    assert "ValueError: &lt;b&gt;no such" in page
    assert "raise ValueError(f&#39;&lt;b&gt;no such" in page


def test_a_kernel_that_dies_is_a_failure_of_its_cell(whole):
    error = whole[0]["notebooks"][2]["error"]
    assert (error["cell"], error["kind"], error["source"]) == (4, "DeadKernelError", "import os\nos._exit(3)")


def test_nothing_of_an_earlier_run_is_taken_for_this_one(whole):
    run, out, _ = whole
    assert [finding for entry in run["notebooks"] for finding in entry["findings"] if finding == "stale"] == []
    assert "stale" not in read_page(whole)


def test_a_notebook_that_never_begins_shows_nothing_of_an_earlier_run(tmp_path, monkeypatch):
    import papermill

    path = make_notebook(tmp_path, "2-good", GOOD)

    def refuse(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(papermill, "execute_notebook", refuse)
    run = kit.run_analyses("cdnow", tmp_path / "out", notebooks=[path], tell=lambda _: None)
    entry = run["notebooks"][0]
    assert entry["error"] == {"cell": None, "kind": "OSError", "message": "no room", "source": ""}
    assert entry["findings"] == []
    assert "This notebook could not be started." in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_the_kernel_is_this_python_with_what_makes_runs_equal(whole):
    last = nbformat.read(whole[1] / "notebooks" / "5-last.ipynb", as_version=4)
    python = sys.executable.removeprefix(f"{places.ROOT}{os.sep}")
    assert last.cells[-1].outputs[0].text.split() == [python, "0", "duckdb"]


def test_nothing_out_of_data_runs_in_the_page(whole):
    page = read_page(whole)
    assert "<script" not in page
    assert 'alt="&lt;script&gt;window.x=1&lt;/script&gt;&#34; 位，占 "' in page
    assert '<td data-exact="&#39;=1+1">&#39;=1+1</td>' in page
    assert "Tiers &lt;b&gt;" in page


def test_neither_page_loads_or_runs_anything(whole):
    for path in whole[1].rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in html.unescape(text), path.name
        assert re.findall(r"<(?:script|link|iframe)\b[^>]*>|(?:src|srcset)=.https?:[^>]*|@import[^;]*", text) == [], (
            path.name
        )


def test_the_page_speaks_the_language_asked_for(whole):
    page = read_page(whole)
    assert '<html lang="zh-CN">' in page
    assert '<td data-exact="VIP">VIP客户</td>' in page
    assert 'lang="zh"' in (whole[1] / "notebooks" / "2-good.html").read_text(encoding="utf-8")


def test_a_formula_in_a_table_is_defused(whole):
    assert (whole[1] / "tables" / "2-tiers.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("'=1+1,")


def test_no_path_of_this_machine_is_left_in_what_people_pass_on(whole):
    _, out, _ = whole
    here = [str(out.parents[1]), f"{places.ROOT}{os.sep}"]
    for path in [out / "index.html", out / "run.json", *out.glob("notebooks/[!5]*")]:
        text = path.read_text(encoding="utf-8")
        assert [place for place in here if place in text] == [], path.name


def test_figures_take_their_words_from_the_nearest_finding():
    def shown(kind, text=""):
        mark = {"crmlib": {"kind": kind, "text": text}} if text else {}
        return nbformat.v4.new_output("display_data", {"image/png": "aa\n"} if kind == "figure" else {}, metadata=mark)

    outputs = [
        shown("finding", "first"),
        shown("figure"),
        shown("skipped", "no"),
        shown("finding", "second"),
        shown("figure"),
    ]
    alone = [shown("figure")]
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("", outputs=outputs),
            nbformat.v4.new_markdown_cell("## Alone"),
            nbformat.v4.new_code_cell("", outputs=alone),
        ]
    )
    sections = report.read_sections(notebook)
    assert [section["heading"] for section in sections] == ["", "Alone"]
    figures = [item for section in sections for item in section["items"] if item["kind"] == "figure"]
    # The next finding, else the one before, else the heading.
    assert [(item["number"], item["text"]) for item in figures] == [(1, "second"), (2, "second"), (3, "Alone")]
    assert outputs[1].metadata["alt"] == "second"


def test_a_parameter_the_notebook_does_not_have_is_refused(tmp_path):
    path = make_notebook(tmp_path, "2-good", GOOD)
    with pytest.raises(ValueError, match=r"parameters must be among .* for 2-good.ipynb; got \['perod_days'\]"):
        kit.run_analyses("cdnow", tmp_path / "build", notebooks=[path], parameters={"perod_days": 3})
    assert not (tmp_path / "build").exists()


def test_a_thread_leaves_no_event_loop_open():
    from jupyter_core.utils import ensure_event_loop

    loops, pool = [], execute.Pool(1)
    assert pool.map(lambda path: loops.append(ensure_event_loop()) or path, ["a", "b"]) == ["a", "b"]
    assert [loop.is_closed() for loop in loops] == [True, True] and loops[0] is not loops[1]
    with pytest.raises(ZeroDivisionError):
        pool.map(lambda _: loops.append(ensure_event_loop()) or 1 / 0, ["c"])
    assert loops[2].is_closed()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "nowhere.csv",
            (
                "data must be a data set of the kit .*teaching-company.* or the path of a file or folder; there is no"
                " 'nowhere.csv'"
            ),
        ),
        ("febrl", "data must have transactions to be analyzed; febrl has none. Try teaching-company"),
    ],
)
def test_data_that_cannot_be_analyzed_is_refused(tmp_path, data, message):
    with pytest.raises(ValueError, match=message):
        kit.run_analyses(data, tmp_path / "build")
    assert not (tmp_path / "build").exists()


def test_the_kits_data_are_seen_from_their_last_day():
    assert kit.check_data("cdnow") == "1998-06-30"


def test_an_unknown_chapter_or_language_is_refused():
    with pytest.raises(ValueError, match=r"chapter must be one of \[1, 2.*\]; got \[99\]"):
        kit.list_analyses("en", [99])
    with pytest.raises(ValueError, match=r"language must be one of \['en', 'zh'\]; got 'fr'"):
        kit.list_analyses("fr")


def test_a_kit_without_notebooks_says_how_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setattr(chapters, "ANALYSES", tmp_path)
    with pytest.raises(FileNotFoundError, match="Install the kit from its folder: python -m pip install -e ."):
        kit.list_analyses("en")


def test_a_notebook_is_not_written_at_every_cell(tmp_path, monkeypatch):
    written, write = [], engines.write_ipynb
    monkeypatch.setattr(engines, "write_ipynb", lambda notebook, path: written.append(path) or write(notebook, path))
    notebook = make_notebook(tmp_path, "2-short", *["n = 1"] * 8)
    run = kit.run_analyses("cdnow", tmp_path / "out", notebooks=[notebook], tell=lambda _: None)
    assert run["notebooks"][0]["status"] == "ok"
    assert len(written) == 2


def test_a_page_is_called_as_its_data_are_and_says_nothing_of_where_they_lie():
    names = {"/data/me/orders.csv": "orders.csv", "/data/me/big/*.parquet": "big/*.parquet", "cdnow": "cdnow"}
    assert {path: kit._name_source(path) for path in names} == names


DOUBTS = """\
from datetime import date
from crmlib import datasets
tables, reports = datasets.load_data(data)
print([datasets.find_doubts(data, tables, today=day) for day in (date.today(), date(2100, 1, 1))])
"""


@pytest.mark.parametrize("fails", [False, True])
def test_a_run_looks_for_doubts_once_for_all_its_notebooks_which_look_themselves_where_it_has_not(
    fails, tmp_path, monkeypatch
):
    looked = []

    def look(tables, *, today):
        looked.append(today)
        if fails:
            raise ValueError("short of memory")
        return ["said by the run"]

    monkeypatch.setattr(kit.quality, "find_doubts", look)  # of this process, not of the notebooks
    (tmp_path / "mine.csv").write_text(ORDERS, encoding="utf-8", newline="\n")
    notebooks = [make_notebook(tmp_path, name, DOUBTS) for name in ("2-one", "4-other")]
    run = kit.run_analyses(tmp_path / "mine.csv", tmp_path / "out", notebooks=notebooks, tell=lambda _: None)
    assert len(looked) == 1
    assert [entry["status"] for entry in run["notebooks"]] == ["ok", "ok"]
    assert (tmp_path / "out" / "prepared" / "doubts.json").exists() is not fails
    for notebook in ("2-one", "4-other"):
        cells = nbformat.read(tmp_path / "out" / "notebooks" / f"{notebook}.ipynb", as_version=4).cells
        said = "".join(output.get("text", "") for cell in cells for output in cell.get("outputs", []))
        assert said.count("said by the run") == (0 if fails else 1)
        assert said.count("There are only 2 customers") == (2 if fails else 1)
