"""The whole thing as its user meets it: the reports of both data sets, in a real browser."""

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

from crmlib import kit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CRM_REQUIRE_BROWSER"),
    reason="no Chromium on this machine; install it to see the pages as a browser does (CI requires it)",
)

RUNS = [("teaching-company", "en"), ("teaching-company", "zh"), ("complete-journey", "en")]


@pytest.fixture(scope="module", params=RUNS, ids="-".join)
def report(request, tmp_path_factory):
    """A real run of every analysis: what run.json holds, and the folder."""
    data, language = request.param
    out = tmp_path_factory.mktemp("build") / data
    return kit.run_analyses(data, out, language=language), out


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(report, browser):
    """The report's page, opened from disk, with what it asked for and complained of."""
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto((report[1] / "index.html").as_uri())
    yield page
    page.close()


def test_every_notebook_ran(report):
    assert [(entry["name"], entry["status"]) for entry in report[0]["notebooks"]] == [("2-customer-pyramid", "ok")]


def test_rows_are_accounted_for(report):
    run, out = report
    for source in run["notebooks"][0]["sources"]:
        assert source["n_read"] == source["n_accepted"] + source["n_rejected"]
        if source["n_rejected"]:
            assert len(pd.read_csv(out / source["set_aside"])) == source["n_rejected"]
    lines = {source["table"]: source["n_read"] for source in run["notebooks"][0]["sources"]}
    if run["data"] == "complete-journey":
        assert lines["transactions"] == 1_469_307


def test_what_cannot_be_done_is_left_out_with_a_reason(report):
    run, _ = report
    needs = [skipped["needs"] for skipped in run["notebooks"][0]["skipped"]]
    if run["data"] == "complete-journey":
        assert {"transactions": ["cost"]} in needs
    else:
        assert needs == []


def test_every_figure_is_seen_and_has_words(report, page):
    figures = page.eval_on_selector_all("img", "all => all.map(i => [i.naturalWidth, i.alt])")
    assert len(figures) == (5 if report[0]["data"] == "teaching-company" else 4)
    findings = report[0]["notebooks"][0]["findings"]
    assert [alt for width, alt in figures if width < 200 or alt not in findings] == []


def test_the_page_asks_nobody_for_anything_and_does_not_complain(page):
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []


def test_the_page_says_the_numbers_of_the_tables(report, page):
    tables = page.eval_on_selector_all(
        "table[data-csv]",
        "all => all.map(t => [t.dataset.csv, [...t.querySelectorAll('tbody tr')]"
        ".map(r => [...r.cells].map(c => c.dataset.exact))])",
    )
    assert [name for name, _ in tables] == [table["path"] for table in report[0]["notebooks"][0]["tables"]]
    for name, rows in tables:
        frame = pd.read_csv(report[1] / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        assert rows == frame.head(10).to_numpy().tolist(), name


def test_a_finding_says_the_number_of_its_table(report, page):
    tiers = pd.read_csv(report[1] / "tables" / "2-tiers.csv", index_col="tier")
    text = page.inner_text("main")
    assert f"{tiers.loc['VIP', 'value_share']:.1%}" in text
    assert f"{tiers.loc['VIP', 'n_customers']}" in text


def test_every_link_leads_somewhere(report, page):
    links = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
    assert links != []
    assert [link for link in links if not (report[1] / link).exists()] == []


def test_the_page_speaks_its_language(report, page):
    assert page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-CN"}[report[0]["language"]]
    headings = page.eval_on_selector_all("h3", "all => all.map(h => h.textContent)")
    has_chinese = [any("\u4e00" <= character <= "\u9fff" for character in heading) for heading in headings]
    assert set(has_chinese) == {report[0]["language"] == "zh"}


def test_the_page_fits_a_telephone(report, browser):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((report[1] / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_the_executed_notebook_is_the_one_of_the_kit(report):
    run, out = report
    notebook = json.loads((out / "notebooks" / "2-customer-pyramid.ipynb").read_text(encoding="utf-8"))
    source = json.loads((Path(kit.ANALYSES) / run["language"] / "2-customer-pyramid.ipynb").read_text(encoding="utf-8"))
    ran = ["".join(cell["source"]) for cell in notebook["cells"] if "injected-parameters" not in cell["metadata"].get("tags", [])]
    assert ran == ["".join(cell["source"]) for cell in source["cells"]]
