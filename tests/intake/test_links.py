"""Orders in a database that is reached by a URL: mapped, counted and left there; a password is written nowhere."""

import os

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest

from crmlib import datasets
from crmlib.intake import kept, links, there_rows
from crmlib.intake.prepare import prepare
from crmlib.intake.report import count_reasons
from crmlib.kit.run import check_data

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so

SECRET = "S3cret-pass"
URL = "postgres://ann:S3cret-pass@host:5432/shop?table=sales.orders&sslmode=require"


@pytest.fixture
def lines():
    n = 400
    frame = pd.DataFrame(
        {
            "Kunde": [f"C{k % 60:03}" for k in range(n)],
            "order_date": pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(n), "D"),
            "amount": np.arange(n) / 4,
            "Status": np.where(np.arange(n) % 10, "paid", "open"),
        }
    )
    frame.loc[[3, 4, 5], "Kunde"] = [None, " C001", "Guest"]
    frame.loc[[6, 7], "amount"] = [np.nan, np.inf]
    return frame


@pytest.fixture
def shop(tmp_path, lines):
    """A database with orders in a schema, and customers."""
    people = pd.DataFrame({"customer_id": [f"C{k:03}" for k in range(60)], "city": "Rome"})
    with duckdb.connect(tmp_path / "shop.duckdb") as connection:
        connection.register("lines", lines)
        connection.register("people", people)
        connection.sql(
            'CREATE SCHEMA sales; CREATE TABLE sales."my orders" AS FROM lines; CREATE TABLE p AS FROM people'
        )
    return f"duckdb://{tmp_path}/shop.duckdb?table=sales.my%20orders"


KEEP = {"keep": {"Status": ["paid"]}}


def test_a_table_is_mapped_and_counted_as_a_file_of_the_same_rows(shop, lines, tmp_path):
    said = {"transactions": {"columns": {"customer_id": "Kunde"}} | KEEP}
    lines.to_parquet(tmp_path / "orders.parquet", index=False)
    small, report = (found["transactions"] for found in datasets.load_data(tmp_path / "orders.parquet", mapping=said))
    tables, reports = datasets.load_data(shop, mapping=said)
    there, account = tables["transactions"], reports["transactions"]
    assert isinstance(there, ibis.Table)
    order = ["customer_id", "order_date"]
    found = there.to_pyarrow().to_pandas().sort_values(order, ignore_index=True).astype(small.dtypes)
    pd.testing.assert_frame_equal(found, small.sort_values(order, ignore_index=True))
    for name in (
        "n_read",
        "n_accepted",
        "n_rejected",
        "n_on_purpose",
        "amount_accepted",
        "amount_set_aside",
        "columns",
    ):
        assert getattr(account, name) == getattr(report, name), name
    assert count_reasons(account) == count_reasons(report)
    columns = ["column", "value", "reason"]
    ours, theirs = (one.rejected[columns].sort_values(columns, ignore_index=True) for one in (report, account))
    pd.testing.assert_frame_equal(theirs, ours)


def test_the_mapping_is_drafted_into_the_current_folder_and_used_again(shop, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    prepared = prepare(shop)
    assert prepared.path.name == "sales.my-orders.mapping.toml" and prepared.path.exists()
    again, _ = datasets.load_data(shop)
    assert again["transactions"].count().to_pyarrow().as_py() == prepared.reports["transactions"].n_accepted


def test_other_tables_of_the_url_are_fetched(shop):
    said = {"transactions": {"columns": {"customer_id": "Kunde"}} | KEEP}
    tables, reports = datasets.load_data(f"{shop}&customers=main.p", mapping=said)
    assert len(tables["customers"]) == 60 and reports["customers"].n_accepted == 60


def test_what_a_run_keeps_leads_there_again(shop, tmp_path):
    said = {"transactions": {"columns": {"customer_id": "Kunde"}} | KEEP}
    tables, reports = datasets.load_data(shop, mapping=said)
    folder = tmp_path / "kept"
    folder.mkdir()
    kept.keep_tables(folder, tables, reports, {"url": links.stay_put(shop), "said": said})
    again, account = datasets.load_data(folder)
    assert not (folder / "transactions.parquet").exists()
    assert again["transactions"].count().to_pyarrow() == tables["transactions"].count().to_pyarrow()
    assert account["transactions"].path == reports["transactions"].path
    pd.testing.assert_frame_equal(account["transactions"].rejected, reports["transactions"].rejected)


def test_people_in_a_database_are_refused_unless_shown(tmp_path, lines):
    lines["Kunde"] = [f"1380013{k % 60:04}" for k in range(len(lines))]
    with duckdb.connect(tmp_path / "shop.duckdb") as connection:
        connection.register("lines", lines)
        connection.sql("CREATE TABLE orders AS FROM lines")
    url = f"duckdb://{tmp_path}/shop.duckdb?table=orders"
    said = {"transactions": {"columns": {"customer_id": "Kunde"}} | KEEP}
    with pytest.raises(ValueError, match="customer_id holds what is personal.*--show-personal"):
        datasets.load_data(url, mapping=said)
    tables, _ = datasets.load_data(url, mapping=said, show_personal=True)
    assert tables["transactions"].customer_id.min().to_pyarrow().as_py() == "13800130001"


def test_a_password_is_taken_out_of_a_url(monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "another")  # so that it is put back
    clean = links.take_password(URL)
    assert clean == "postgres://ann@host:5432/shop?table=sales.orders&sslmode=require"
    assert os.environ["PGPASSWORD"] == SECRET
    assert links.take_password(clean) == clean and links.take_password("orders.csv") == "orders.csv"
    assert links.take_password("postgres://host/shop?table=o&password=a%26b") == "postgres://host/shop?table=o"
    assert os.environ["PGPASSWORD"] == "a&b"
    assert links.show_link(URL) == "postgres://host:5432/shop?table=sales.orders"
    with pytest.raises(ValueError, match="without its password") as error:
        links.part_link(URL)
    assert SECRET not in str(error.value)
    for load in (datasets.load_data, check_data):
        with pytest.raises((ValueError, OSError), match=r"mysql:/+ann:\*\*\*@host") as error:
            load(f"mysql://ann:{SECRET}@host/shop?table=orders")
        assert SECRET not in str(error.value)


def test_what_a_call_says_of_the_columns_counts_and_an_encoding_is_refused(shop):
    with pytest.raises(ValueError, match="encoding is for text files; duckdb://"):
        datasets.load_data(shop, encoding="cp1252")
    columns = {"Kunde": "customer_id", "Status": "channel"}
    tables, reports = datasets.load_data(shop, columns=columns)
    assert tables["transactions"].columns == ("customer_id", "order_date", "amount", "channel")
    assert reports["transactions"].n_read == 400


@pytest.mark.parametrize(
    ("kind", "zone", "is_doubted"),
    [("TIMESTAMPTZ", "", True), ("TIMESTAMPTZ", "&zone=Asia/Shanghai", False), ("TIMESTAMP", "", False)],
)
def test_days_of_moments_are_doubted_where_no_zone_is_said(kind, zone, is_doubted, tmp_path):
    with duckdb.connect(tmp_path / "shop.duckdb") as connection:
        connection.sql("SET TimeZone = 'UTC'")
        late = f"CAST('2024-01-31 20:30:00' AS {kind}) AS order_date"
        connection.sql(f"CREATE TABLE o AS SELECT 'C' || i AS customer_id, {late}, 5.0 AS amount FROM range(30) r(i)")
    tables, reports = datasets.load_data(f"duckdb://{tmp_path}/shop.duckdb?table=o{zone}")
    doubts = [text for text in reports["transactions"].doubts if "&zone=Asia/Shanghai" in text]
    assert bool(doubts) == is_doubted
    day = tables["transactions"].order_date.max().to_pyarrow().as_py().date().isoformat()
    assert day == ("2024-02-01" if "Shanghai" in zone else "2024-01-31")


def test_rows_that_repeat_another_count_once_in_a_database_too(tmp_path, lines):
    lines = pd.concat([lines, lines[20:70], lines[20:30]], ignore_index=True)
    lines.to_parquet(tmp_path / "orders.parquet", index=False)
    with duckdb.connect(tmp_path / "shop.duckdb") as connection:
        connection.register("lines", lines)
        connection.sql("CREATE TABLE orders AS FROM lines")
    said = {"transactions": {"columns": {"customer_id": "Kunde"}, "file": {"repeated": "once"}} | KEEP}
    small = datasets.load_data(tmp_path / "orders.parquet", mapping=said)[1]["transactions"]
    tables, reports = datasets.load_data(f"duckdb://{tmp_path}/shop.duckdb?table=orders", mapping=said)
    there = reports["transactions"]
    assert there.amount_accepted == small.amount_accepted and there.n_accepted == small.n_accepted
    assert tables["transactions"].count().to_pyarrow().as_py() == small.n_accepted
    assert count_reasons(there) == count_reasons(small)
    assert sum("repeats a row above exactly" in reason for reason in there.rejected["reason"]) == 60


@pytest.mark.parametrize("said", [{"fill_down": ["Kunde"]}, {"returns": "returns.csv"}])
def test_what_needs_an_order_or_a_file_beside_it_is_refused_of_a_database(shop, said):
    mapping = {"transactions": {"columns": {"customer_id": "Kunde"}, "file": said} | KEEP}
    with pytest.raises(ValueError, match=f"{next(iter(said))} under .* cannot be done in a database.* in a view"):
        datasets.load_data(shop, mapping=mapping)


def test_texts_padded_with_blanks_are_those_without(tmp_path):
    n = 6_000  # more different ones than may stand in a question
    padded = pd.DataFrame(
        {
            "customer_id": [f"C{k % 1_500:04}    " for k in range(n)],
            "order_date": pd.Timestamp("2024-01-05"),
            "amount": 2.5,
        }
    )
    with duckdb.connect(tmp_path / "shop.duckdb") as connection:
        connection.register("lines", padded)
        connection.sql("CREATE TABLE orders AS FROM lines")
    tables, reports = datasets.load_data(f"duckdb://{tmp_path}/shop.duckdb?table=orders")
    ids = set(tables["transactions"].customer_id.to_pyarrow().to_pylist())
    assert ids == {f"C{k:04}" for k in range(1_500)} and reports["transactions"].n_accepted == n


def test_more_rows_set_aside_than_a_database_lists_are_counted_by_reason(shop, monkeypatch, tmp_path):
    monkeypatch.setattr(there_rows, "BLOCK", 10)
    said = {"transactions": {"columns": {"customer_id": "Kunde"}} | KEEP}
    tables, reports = datasets.load_data(shop, mapping=said)
    report = reports["transactions"]
    assert len(report.rejected) == 10 and sum(report.not_listed.values()) == report.n_rejected - 10 > 10
    assert "Status is none of the values whose rows count" in str(report)
    folder = tmp_path / "kept"
    folder.mkdir()
    kept.keep_tables(folder, tables, reports, {"url": links.stay_put(shop), "said": said})
    again = datasets.load_data(folder)[1]["transactions"]
    assert again.not_listed == report.not_listed and count_reasons(again) == count_reasons(report)
    assert again.rest is None  # nobody is told that a file has all of them
