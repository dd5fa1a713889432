"""A run on a table in a database: nothing copied, nothing written down that is secret, opened again by notebooks."""

import json
import os

import duckdb
import nbformat
import pandas as pd
import pytest
from helpers import make_notebook

from crmlib.kit import run as kit
from crmlib.kit.batch import read_first
from crmlib.kit.workspace import make_workspace

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so

SECRET = "S3cret-pass"
LOOK = """\
from crmlib import customers, datasets
from crmlib.lesson.findings import say, show_source
tables, reports = datasets.load_data(data)
show_source(reports, out=out)
found = customers.summarize_customers(tables["transactions"], as_of="2024-12-31")
say("{n} customers", n=len(found))
print(type(tables["transactions"]).__module__)
"""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A database whose URL holds a password, and a folder to work in."""
    monkeypatch.setenv("PGPASSWORD", "another")  # so that it is put back
    monkeypatch.chdir(tmp_path)
    days = pd.date_range("2024-01-01", periods=200, freq="D")
    lines = pd.DataFrame({"Kunde": [f"C{k % 40:02}" for k in range(200)], "Datum": days, "Betrag": 10.5})
    lines.loc[3, "Kunde"] = None
    with duckdb.connect(tmp_path / "shop.duckdb") as connection:
        connection.register("lines", lines)
        connection.sql("CREATE TABLE orders AS FROM lines")
    return f"duckdb://shop.duckdb?table=orders&password={SECRET}"


def test_a_run_on_a_url_copies_no_orders_and_writes_no_password(shop, tmp_path, capsys):
    found = read_first(
        shop.replace(f"&password={SECRET}", ""), mapping=None, show_personal=False, as_of=None, language="en"
    )
    assert found["as_of"] == "2024-07-18"
    out = tmp_path / "build" / "orders"
    notebook = make_notebook(tmp_path, "2-look", LOOK)
    run = kit.run_analyses(shop, out, notebooks=[notebook], as_of="2024-07-18", progress=False, tell=print)
    assert os.environ["PGPASSWORD"] == SECRET  # for the notebooks
    entry = run["notebooks"][0]
    assert (entry["status"], entry["findings"]) == ("ok", ["40 customers"]), entry
    assert entry["sources"][0]["file"] == "duckdb://shop.duckdb?table=orders"
    assert (entry["sources"][0]["n_accepted"], entry["sources"][0]["n_rejected"]) == (199, 1)
    assert run["data"] == "duckdb://shop.duckdb?table=orders" and SECRET not in run["command"]
    assert not (out / "prepared" / "transactions.parquet").exists()
    assert "duckdb://shop.duckdb?table=orders" in (out / "index.html").read_text(encoding="utf-8")
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.name == "account.json" for file in written)
    assert not [file for file in written if SECRET.encode() in file.read_bytes()]
    assert SECRET not in "".join(capsys.readouterr())


def test_a_folder_of_ones_own_leads_to_the_table(shop, tmp_path):
    notebooks = make_workspace(tmp_path / "mine", shop)
    cell = next(
        cell
        for cell in nbformat.read(notebooks[0], as_version=4).cells
        if "parameters" in cell.metadata.get("tags", [])
    )
    assert f"data = 'duckdb://{tmp_path}/shop.duckdb?table=orders'" in cell.source
    assert "mapping = '../orders.mapping.toml'" in cell.source
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]


def test_the_tables_are_given_up_once_they_are_kept(tmp_path):
    orders = pd.DataFrame({"customer_id": ["a"], "order_date": pd.to_datetime(["2024-01-05"]), "amount": [1.5]})
    orders.to_csv(tmp_path / "orders.csv", index=False)
    prepared = read_first(
        str(tmp_path / "orders.csv"), mapping=None, show_personal=False, as_of=None, language="en", chapters=[2]
    )["prepared"]
    notebook = make_notebook(tmp_path, "2-look", "print(1)")
    run = kit.run_analyses(
        str(tmp_path / "orders.csv"), tmp_path / "out", notebooks=[notebook], prepared=prepared, tell=lambda line: None
    )
    assert prepared.tables == {}
    account = json.loads((tmp_path / "out" / "prepared" / "account.json").read_text(encoding="utf-8"))
    assert account["tables"] == ["transactions"] and run["notebooks"][0]["status"] == "ok"
