"""A file of one row per customer, from the command line to the page, in both languages."""

import json

import nbformat
import pandas as pd
import pytest

LINES = [
    "customerID,tenure,MonthlyCharges,TotalCharges"
]  # the names of a file that people know; the values are made up
LINES += [f"{7000 + i}-ABC,{i},{20 + i}.05,{7.5 * 1.2**i:.2f}" for i in range(40)]
LINES += ["8000-ABC,0,20.05, "]
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


@pytest.mark.parametrize("command", [("run", "--data", "only"), ("new", "mine", "--data", "only")])
def test_a_folder_with_customers_only_says_what_is_needed(call, place, command):
    (place / "only").mkdir()
    (place / "only" / "customers.csv").write_text("customer_id,city\n1,Bonn\n2,Ulm\n", encoding="utf-8")
    code, said, complained = call(*command)
    assert (code, said) == (2, "")
    assert complained.startswith(
        "Error: data must have the table transactions (customer_id, order_date, amount) or the"
    )
    assert "'only' has customers. Add such a file" in complained
    code, said, complained = call("check", "only")
    assert (code, complained) == (1, "")
    assert "no, it needs the table transactions (customer_id, order_date, amount) or the table customer_values" in said


def test_its_columns_can_be_asked_for(call):
    for spoken, word in (("en", "what the customer brought in all"), ("zh", "这位客户累计带来的金额")):
        code, said, _ = call("data", "--columns", "customer_values", "--language", spoken)
        assert code == 0 and word in said
