"""A file of one row per customer, from the command line to the page, in both languages."""

import html
import json

import nbformat
import pandas as pd
import pytest

from crmlib import datasets

LINES = [
    "customerID,tenure,MonthlyCharges,TotalCharges"
]  # the names of a file that people know; the values are made up
LINES += [f"{7000 + i}-ABC,{i},{20 + i}.05,{7.5 * 1.2**i:.2f}" for i in range(40)]
LINES += ["8000-ABC,0,20.05, "]
PEOPLE = """customer_id,name,phone,email
1,Ann Hughes,+1 512 555 1001,ann.hughes@example.com
2,Bob Bennett,+1 512 555 1402,bob@example.com
3,Cy Foster,+1 512 555 1733,cy.foster@example.com
4,Dee Simmons,+1 512 555 1984,
5,Eve Russell,+1 512 555 2075,eve@example.com
6,Flo Griffin,+1 512 555 2106,flo.griffin@example.com
7,Gus Wallace,+1 512 555 1234,gus.wallace@example.com
8,Hal Hayes,,hal@example.com
9,"Wallace, Gus",(512) 555-1234,gus.wallace@example.com
"""
TOTAL = round(sum(round(7.5 * 1.2**i, 2) for i in range(40)), 2)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Put a file, or none, into an empty folder and go there."""
    (tmp_path / "telco.csv").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_is_checked_and_what_can_be_done_is_said(call, place):
    code, said, complained = call("check", "telco.csv")
    assert (code, complained) == (1, "")  # a row is set aside
    assert "41 rows read = 40 accepted + 1 set aside" in said and "1: value is empty (first in line 42)" in said
    assert "One row per customer, not one per order (40 customers)" in said
    assert f"40 customers, {TOTAL:,.2f} in all; no day is known." in said
    assert "value           TotalCharges" in said
    assert "Which customers carry the business?: yes" in said
    assert "without Who moved up, who moved down?, which needs transactions" in said
    assert "without Profit is not revenue, which needs customer_values.profit" in said


@pytest.mark.slow
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_it_runs_to_the_end(call, place, spoken):
    code, _, complained = call("run", "--data", "telco.csv", "--out", "out", "--language", spoken)
    assert (code, complained) == (0, "")
    run = json.loads((place / "out" / "run.json").read_text(encoding="utf-8"))
    first, entry = run["notebooks"]
    assert (first["status"], entry["status"]) == ("ok", "ok")
    assert first["act_on"] is None and len(first["skipped"]) >= 4  # chapter 1 needs orders, and records of customers
    (source,) = entry["sources"]
    assert (source["table"], source["n_accepted"], source["n_rejected"]) == ("customer_values", 40, 1)
    assert run["parameters"]["as_of"] is None
    tables = place / "out" / "tables"
    names = {path.stem for path in tables.glob("*.csv")}
    assert {"2-customers", "2-best-customers", "2-tiers", "2-abc", "2-budget"} <= names and "2-moves" not in names
    assert pd.read_csv(tables / "2-customers.csv")["monetary"].sum() == pytest.approx(TOTAL)
    assert len(pd.read_parquet(place / "out" / "prepared" / "customer_values.parquet")) == 40
    assert (place / "out" / "index.html").read_text(encoding="utf-8").count("NaT") == 0


def test_a_folder_of_ones_own_has_it_filled_in(call, place):
    code, _, complained = call("new", "mine", "--data", "telco.csv")
    assert (code, complained) == (0, "")
    path = place / "mine" / "2-customer-pyramid.ipynb"
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if "data = " in cell.source]
    assert cells[0].startswith('data = "../telco.csv"') or cells[0].startswith("data = '../telco.csv'")


@pytest.mark.slow
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_folder_with_customers_only_is_looked_through_for_duplicates(call, place, spoken):
    (place / "only").mkdir()
    (place / "only" / "customers.csv").write_text(PEOPLE, encoding="utf-8")
    code, said, complained = call("check", "only", "--language", spoken)
    assert (code, complained) == (0, "")
    assert ("Who should buy next?" if spoken == "en" else "接下来谁该买了？") in said
    code, said, complained = call("run", "only", "--out", "out", "--language", spoken)
    assert (code, complained) == (0, "")
    run = json.loads((place / "out" / "run.json").read_text(encoding="utf-8"))
    (entry,) = run["notebooks"]  # nothing in chapters 2 to 4 can be told of records alone, and that is said
    assert [chapter["name"] for chapter in run["left_out"]] == [
        "2-customer-pyramid",
        "3-credit-rating",
        "4-crm-strategy",
    ]
    page = (place / "out" / "index.html").read_text(encoding="utf-8")
    for chapter in run["left_out"]:
        assert chapter["text"] in said and chapter["text"] in html.unescape(page)
    assert len(entry["skipped"]) == 3 and entry["act_on"]["rows"][0][:2] == ["7", "9"]
    kept = pd.read_csv(place / "out" / "tables" / "1-pairs-to-review.csv", dtype="str")
    assert kept[["id_left", "id_right"]].to_numpy().tolist() == [["7", "9"]]
    assert not [name for name in kept if "name" in name or "phone" in name]  # masked unless asked for
    texts = [path for path in (place / "out").rglob("*") if path.suffix in (".html", ".json", ".ipynb", ".csv")]
    shown = "".join(path.read_text("utf-8") for path in texts)
    assert not [secret for secret in ("Wallace", "5551234", "555-1234", "Hughes") if secret in shown]


def test_one_file_of_customers_is_taken_as_such_and_read_again_by_what_was_kept(call, place):
    (place / "contacts.csv").write_text(PEOPLE.replace("customer_id,", "Record ID,"), encoding="utf-8")
    code, said, complained = call("check", "contacts.csv")
    assert (code, complained) == (0, "") and "customer_id     Record ID" in said
    assert "more likely one customer than two: 1;" in said
    code, _, complained = call("new", "mine", "--data", "contacts.csv")
    assert (code, complained) == (0, "")
    assert [path.name for path in (place / "mine").glob("*.ipynb")] == ["1-identifying-customers.ipynb"]
    assert list(datasets.load_data(place / "contacts.csv")[0]) == ["customers"]


def test_a_chapter_that_has_nothing_to_work_on_is_refused_where_it_alone_is_asked_for(call, place):
    (place / "contacts.csv").write_text(PEOPLE, encoding="utf-8")
    code, said, complained = call("run", "contacts.csv", "--chapter", "2")
    assert code == 2 and "data must have the table transactions (customer_id, order_date, amount) or" in complained
    assert "'contacts.csv' has customers." in complained


def test_its_columns_can_be_asked_for(call):
    for spoken, word in (("en", "what the customer brought in all"), ("zh", "这位客户累计带来的金额")):
        code, said, _ = call("data", "--columns", "customer_values", "--language", spoken)
        assert code == 0 and word in said
