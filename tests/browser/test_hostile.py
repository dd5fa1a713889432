"""Data that would like to run in the page, and a notebook that fails: neither breaks the report."""

import json
import os
import subprocess

import pandas as pd
import pytest
from forks import as_shell
from helpers import FIGURE, make_notebook

from crmlib.kit import run as kit

SCRIPT = "<script>window.x=1</script>"
NAME = "a & 'b'.csv" if os.name == "nt" else "<img src=x onerror=alert(1)>.csv"  # what Windows allows, and Linux
HOSTILE = """\
from IPython.display import HTML, display
import pandas as pd
from crmlib.lesson.findings import save_table, say
nasty = ["<script>window.x=1</script>", "=1+1", '"><img src=x onerror="window.x=1">', "</td></table>"]
nasty += ["[2J {{ 7*7 }} 茶"]
display(HTML("<script>window.x=1</script><img src='http://127.0.0.1:9/x.png'>"))  # what a careless notebook would do
for name in nasty:
    say("{n} customers, {share}", n=name, share="")
table = pd.DataFrame({"value": [1, 22, 333.5, 4, 5]}, index=pd.Index(nasty, name=nasty[0]))
save_table(table, "2-names", title=nasty[2], out=out)
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    data = folder / NAME
    data.write_text("customer_id,order_date,amount\nC1,2024-01-31,10\n", encoding="utf-8")
    bad = make_notebook(folder, "3-bad", f"raise ValueError({SCRIPT!r})")
    notebooks = [make_notebook(folder, "2-hostile", HOSTILE, FIGURE), bad]
    return kit.run_analyses(data, folder / "out", notebooks=notebooks, tell=lambda _: None), folder / "out"


@pytest.fixture
def page(report, see):
    return see(report[1] / "index.html")


def test_nothing_runs_and_nothing_is_fetched(page):
    assert page.evaluate("window.x") is None
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []
    assert page.eval_on_selector_all("img", "all => all.map(i => i.naturalWidth > 0)") == [True]


def test_what_was_hostile_is_there_to_be_read(report, page):
    shown = page.eval_on_selector_all(".finding", "all => all.map(f => f.innerText)")
    assert shown == [finding.strip() for finding in report[0]["notebooks"][0]["findings"]]
    assert shown[0] == f"{SCRIPT} customers,"
    assert page.inner_text("h1") == NAME


def test_the_table_is_whole_and_its_numbers_those_of_the_file(report, page):
    rows = page.eval_on_selector_all(
        "table[data-csv] tbody tr", "all => all.map(r => [...r.cells].map(c => c.innerText))"
    )
    frame = pd.read_csv(report[1] / "tables" / "2-names.csv", encoding="utf-8-sig")
    assert [row[0] for row in rows] == frame.iloc[:, 0].tolist()
    assert [float(row[1]) for row in rows] == frame["value"].tolist() == [1, 22, 333.5, 4, 5]
    assert rows[1][0] == "'=1+1"


def test_the_notebook_that_failed_is_named_with_its_cell(page):
    assert "Notebooks that failed: 1" in page.inner_text("header .failed")
    failed = page.inner_text("main .failed")
    assert "This notebook stopped in cell 3. ValueError: <script>window.x=1</script>" in failed
    assert "raise ValueError('<script>" in failed
    assert page.inner_text("nav").count("failed") == 1


def test_a_script_in_an_output_does_not_run_in_the_notebook_to_read_either(report, see):
    page = see(report[1] / "notebooks" / "2-hostile.html")
    assert page.evaluate("window.x") is None
    assert "127.0.0.1" in page.content()  # it is in the page, and the page may not fetch it
    assert [text for text in page.complaints if "Content Security Policy" not in text] == []
    assert len(page.complaints) == 2


# --- a file of one's own, through intake, the mapping and the real analysis ---

NASTY = [
    SCRIPT,
    '"><img src=x onerror="window.x=1">',
    "</td></table><h1>gone</h1>",
    "=HYPERLINK(A1)",
    "{{ 7*7 }} ${x} %s",
    "\u202etxt.exe",
    "$\\frac{1}{0}$",
]
MAPPING = """\
[transactions.columns]
customer_id = {who}
order_date = "day"
amount = "<b>paid</b>"
category = {what}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """`crmlib run` as the shell has it, on a file whose name, columns, customers and categories are hostile."""
    folder = tmp_path_factory.mktemp("own")
    who, what, left_out = NASTY[0], NASTY[1], "<img src='http://127.0.0.1:9/y.png' onerror='window.x=1'>"
    rows = [
        {
            who: f"{NASTY[i % len(NASTY)]} {i % 41}",
            "day": f"2024-{1 + i % 12:02}-{1 + i % 28:02}",
            "<b>paid</b>": 1 + i % 97,
            what: NASTY[i % 3],
            left_out: i,
        }
        for i in range(400)
    ]
    rows += [rows[0] | {"<b>paid</b>": SCRIPT}, rows[1] | {"day": "=1+1"}, rows[2] | {who: ""}]
    data = folder / NAME
    pd.DataFrame(rows).to_csv(data, index=False)
    mapping = MAPPING.format(who=json.dumps(who), what=json.dumps(what))
    data.with_name(f"{NAME}.mapping.toml").write_text(mapping, encoding="utf-8")
    done = subprocess.run(
        as_shell("run", "--data", data.name, "--out", "out"),
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return folder / "out"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["index.html", "notebooks/2-customer-pyramid.html"])
def test_nothing_of_a_hostile_file_runs_or_is_fetched(own, see, name):
    page = see(own / name)
    assert page.evaluate("window.x") is None
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []
    assert "gone" not in page.eval_on_selector_all("h1", "all => all.map(h => h.innerText)")


@pytest.mark.slow
def test_every_row_of_a_hostile_file_is_accounted_for(own, see):
    run = json.loads((own / "run.json").read_text(encoding="utf-8"))
    source = run["notebooks"][0]["sources"][0]
    assert (source["n_read"], source["n_accepted"], source["n_rejected"]) == (403, 400, 3)
    aside = pd.read_csv(own / source["set_aside"], dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert aside["line"].tolist() == ["402", "403", "404"]
    assert aside["value"].tolist() == [SCRIPT, "'=1+1", ""]
    page = see(own / "index.html")
    account = page.locator("#account")
    cells = account.locator("table").first.locator("tbody td").all_inner_texts()
    assert cells[:4] == [NAME, "403", "400", "3 (0.7%)"]
    assert "Left out, not being columns of transactions: <img src=" in account.locator("details").first.text_content()


@pytest.mark.slow
def test_no_table_of_a_hostile_file_holds_a_formula(own):
    cells = [
        cell
        for path in own.rglob("*.csv")
        for cell in (
            pd.read_csv(path, dtype=str, keep_default_na=False, header=None, encoding="utf-8-sig").to_numpy().ravel()
        )
    ]
    assert len(cells) > 20
    assert [
        cell for cell in cells if cell.startswith(("=", "+", "@")) or (cell.startswith("-") and not cell[1:2].isdigit())
    ] == []
