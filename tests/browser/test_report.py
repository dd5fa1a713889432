"""The whole thing as its user meets it: the reports of both data sets, in a real browser."""

import json
import re

import pandas as pd
import pytest

from crmlib import language
from crmlib.files.places import ANALYSES
from crmlib.kit import run as kit

RUNS = [("teaching-company", "en"), ("teaching-company", "zh"), ("complete-journey", "en")]


@pytest.fixture(scope="module", params=RUNS, ids="-".join)
def report(request, tmp_path_factory):
    """A real run of every analysis: what run.json holds, and the folder."""
    data, language = request.param
    out = tmp_path_factory.mktemp("build") / data
    return kit.run_analyses(data, out, language=language), out


@pytest.fixture
def page(report, see):
    return see(report[1] / "index.html")


def test_every_notebook_ran(report):
    ran = [(entry["name"], entry["status"]) for entry in report[0]["notebooks"]]
    expected = ["1-identifying-customers", "2-customer-pyramid"]
    if report[0]["data"] == "teaching-company":  # the others have no ledger
        expected.append("3-credit-rating")
    expected.append("4-crm-strategy")
    assert ran == [(name, "ok") for name in expected]


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
    needs = [skipped["needs"] for entry in run["notebooks"] for skipped in entry["skipped"]]
    if run["data"] == "complete-journey":
        assert {"transactions": ["cost"]} in needs
    else:
        assert needs == []


def test_every_figure_is_seen_and_has_words(report, page):
    figures = page.eval_on_selector_all("img", "all => all.map(i => [i.naturalWidth, i.alt])")
    assert len(figures) == (18 if report[0]["data"] == "teaching-company" else 11)
    findings = [finding for entry in report[0]["notebooks"] for finding in entry["findings"]]
    assert [alt for width, alt in figures if width < 200 or alt not in findings] == []


def test_the_page_asks_nobody_for_anything_and_does_not_complain(page):
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []


def says(shown, exact):
    """Does a cell as shown say what the file holds, to half a unit of its last digit?"""
    words = {"True": language.t("yes"), "False": language.t("no")}
    if shown in (exact, words.get(exact), language.t(exact.replace("_", " "))):
        return True
    number = re.fullmatch(r"(−?)[$¥€]?([\d,]+)(?:\.(\d+))?(%?)", shown)
    if not number:
        return False
    sign, whole, digits, percent = number.groups(default="")
    value = float(f"{'-' if sign else ''}{whole.replace(',', '')}.{digits}") / (100 if percent else 1)
    return abs(value - float(exact)) <= 0.5 * 10.0 ** -(len(digits) + (2 if percent else 0)) + 1e-12


def test_a_wrong_digit_would_be_seen():
    assert says("25.1%", "0.25149") and says("−¥1,234.50", "-1234.4951") and says("VIP", "VIP")
    assert not (says("25.1%", "0.2516") or says("1,234.50", "-1234.5") or says("0.2510", "0.2511") or says("VIP", "1"))


def test_the_page_says_the_numbers_of_the_tables(report, page):
    tables = page.eval_on_selector_all(
        "table[data-csv]",
        "all => all.map(t => [t.dataset.csv, [...t.querySelectorAll('tbody tr')].map(r => [...r.cells].map(c =>"
        " c.innerText))])",
    )
    entries = report[0]["notebooks"]
    acted_on = {entry["act_on"]["path"] for entry in entries if entry["act_on"]}  # shown above, as the notebook says it
    wanted = [table["path"] for entry in entries for table in entry["tables"] if table["path"] not in acted_on]
    assert sorted(name for name, _ in tables) == sorted(wanted)
    language.use(report[0]["language"])
    for name, rows in tables:
        frame = pd.read_csv(report[1] / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        assert len(rows) == min(len(frame), 10), name
        wrong = [
            (shown, exact)
            for row, record in zip(rows, frame.head(len(rows)).to_numpy().tolist(), strict=True)
            for shown, exact in zip(row, record, strict=True)
            if not says(shown, exact)
        ]
        assert wrong == [], name


def test_a_finding_says_the_number_of_its_table(report, page):
    tiers = pd.read_csv(report[1] / "tables" / "2-tiers.csv", index_col="tier")
    text = page.inner_text("main")
    assert f"{tiers.loc['VIP', 'value_share']:.1%}" in text
    assert f"{tiers.loc['VIP', 'n_customers']}" in text


def test_every_link_leads_somewhere(report, page):
    links = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
    assert links != []
    anchors = [link for link in links if link.startswith("#")]
    assert [link for link in anchors if page.query_selector(link) is None] == []
    assert [link for link in links if link not in anchors and not (report[1] / link).exists()] == []


def test_the_page_speaks_its_language(report, page):
    assert page.get_attribute("html", "lang") == {"en": "en", "zh": "zh-CN"}[report[0]["language"]]
    headings = page.eval_on_selector_all("h3", "all => all.map(h => h.textContent)")
    has_chinese = [any("\u4e00" <= character <= "\u9fff" for character in heading) for heading in headings]
    assert set(has_chinese) == {report[0]["language"] == "zh"}


def test_the_page_fits_a_telephone(report, see):
    page = see(report[1] / "index.html", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_notebook_to_read_has_its_figures_and_asks_nobody_for_anything(report, see):
    page = see(report[1] / "notebooks" / "2-customer-pyramid.html")
    figures = page.eval_on_selector_all("img", "all => all.map(i => [i.naturalWidth, i.alt])")
    assert len(figures) >= 4
    findings = report[0]["notebooks"][1]["findings"]
    assert [alt for width, alt in figures if width < 200 or alt not in findings] == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []


def test_the_executed_notebook_is_the_one_of_the_kit(report):
    run, out = report
    notebook = json.loads((out / "notebooks" / "2-customer-pyramid.ipynb").read_text(encoding="utf-8"))
    source = json.loads((ANALYSES / run["language"] / "2-customer-pyramid.ipynb").read_text(encoding="utf-8"))
    ran = [
        "".join(cell["source"])
        for cell in notebook["cells"]
        if "injected-parameters" not in cell["metadata"].get("tags", [])
    ]
    assert ran == ["".join(cell["source"]) for cell in source["cells"]]
