"""The URLs of orders: what they say, what is opened by them, to read only, and what is said where nothing answers."""

import datetime as dt
import socket
import sys
from importlib.util import find_spec

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
import pytest

from crmlib import customers, datasets
from crmlib.engine import connections, spark
from crmlib.intake.linked import open_again
from crmlib.intake.links import stay_put

LINES = pd.DataFrame(
    {
        "customer_id": ["ann", "ann", "bob"],
        "order_date": pd.to_datetime(["2024-01-05 23:30", "2024-03-01", "2024-02-01"], format="ISO8601"),
        "amount": [20.0, 5.5, -8.0],
    }
)
TABLE = pa.Table.from_pandas(LINES, preserve_index=False)
needs_spark = pytest.mark.skipif(not find_spec("pyspark"), reason="no such engine on this machine: PySpark")


@pytest.fixture
def file(tmp_path):
    """A DuckDB file with the lines, in two schemas."""
    with duckdb.connect(tmp_path / "shop.duckdb") as shop:
        shop.register("lines", TABLE)
        shop.sql("CREATE TABLE orders AS FROM lines; CREATE SCHEMA sales; CREATE TABLE sales.old AS FROM lines LIMIT 1")
    return tmp_path / "shop.duckdb"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# --- what a URL says -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (
            "postgresql://ann@db.example.org:5433/shop?table=sales.orders&sslmode=require",
            ("postgresql", "ann@db.example.org:5433/shop", "sales.orders", None, "UTC", {"sslmode": "require"}),
        ),
        ("duckdb://a%20b/shop.duckdb?table=t", ("duckdb", "a b/shop.duckdb", "t", None, "UTC", {})),
        (
            "spark://local[2]?parquet=/data/a&zone=Asia/Shanghai&spark.executor.memory=4g",
            ("spark", "local[2]", None, "/data/a", "Asia/Shanghai", {"spark.executor.memory": "4g"}),
        ),
        ("SPARK://host:7077?table=t", ("spark", "host:7077", "t", None, "UTC", {})),
    ],
)
def test_what_a_url_says(url, place):
    assert connections.parse(url) == place


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("orders.csv", "the place of orders must be a URL such as postgres://.*; got 'orders.csv'"),
        ("mysql://host/shop?table=t", "the place of orders must be a URL"),
        ("postgres://host/shop", "must say where and which table, such as postgres://"),
        ("duckdb://?table=t", "must say where and which table, such as duckdb://"),
        ("spark://local?table=t&parquet=p", "must say where and which table, such as spark://"),
        ("postgres://host/shop?table=t&zone=Mars/Olympus", "zone must be a time zone such as Asia/Shanghai"),
        ("postgres://host/shop?table=t&zone=../../etc", "zone must be a time zone"),
    ],
)
def test_a_url_that_says_too_little(url, said):
    with pytest.raises(ValueError, match=said):
        connections.connect(url)


@pytest.mark.parametrize(
    "url", ["postgres://ann:secret@host/shop?table=t", "postgres://host/shop?table=t&password=secret"]
)
def test_a_password_in_a_url_is_refused_and_not_repeated(url):
    with pytest.raises(ValueError, match="must hold no password.* PGPASSWORD or write it into ~/.pgpass") as told:
        connections.connect(url)
    assert "secret" not in str(told.value)


# --- DuckDB ----------------------------------------------------------------------------------------


def test_a_duckdb_file_is_read_where_it_is_and_never_written(file):
    found = connections.connect(f"duckdb://{file}?table=orders")
    assert isinstance(found.table, ibis.Table)
    pd.testing.assert_frame_equal(
        customers.summarize_customers(found.table, as_of="2024-03-31"),
        customers.summarize_customers(LINES, as_of="2024-03-31"),
    )
    with pytest.raises(duckdb.Error, match="read-only"):
        found.backend.raw_sql("DELETE FROM orders")
    found.backend.disconnect()
    found = connections.connect(f"duckdb://{file}?table=sales.old")
    assert found.table.count().to_pyarrow().as_py() == 1
    found.backend.disconnect()


def test_a_duckdb_file_keeps_within_the_limit_of_memory(file, monkeypatch):
    monkeypatch.setenv("CRMLIB_MEMORY", "300MiB")
    found = connections.connect(f"duckdb://{file}?table=orders")
    limit = found.backend.con.sql("SELECT current_setting('memory_limit')").fetchall()
    found.backend.disconnect()
    assert limit == [("300.0 MiB",)]


def test_a_duckdb_file_that_is_none(file, tmp_path):
    with pytest.raises(ValueError, match="there must be a DuckDB file at .*nothing.duckdb'; there is none"):
        connections.connect(f"duckdb://{tmp_path}/nothing.duckdb?table=orders")
    (tmp_path / "other.duckdb").write_text("customer_id,amount\n" * 500)
    with pytest.raises(ConnectionError, match="other.duckdb must answer; .*Is it a DuckDB file"):
        connections.connect(f"duckdb://{tmp_path}/other.duckdb?table=orders")
    with pytest.raises(ValueError, match=r"there must be a table 'sales.orders'; there is none .* \?table=schema.name"):
        connections.connect(f"duckdb://{file}?table=sales.orders")


# --- PostgreSQL ------------------------------------------------------------------------------------


def url_of(postgres, rest):
    return f"postgres://crm@/postgres?host={postgres.folder}&{rest}"


def test_a_table_of_postgresql_is_read_where_it_is_and_never_written(postgres):
    postgres.keep(TABLE, "here")
    found = connections.connect(url_of(postgres, "table=public.here"))
    pd.testing.assert_frame_equal(
        customers.summarize_customers(found.table, as_of="2024-03-31"),
        customers.summarize_customers(LINES, as_of="2024-03-31"),
    )
    import psycopg

    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        found.backend.con.execute("DELETE FROM here")
    found.backend.disconnect()


def test_the_zone_of_a_url_says_which_day_a_moment_has(postgres):
    moments = TABLE.set_column(1, "order_date", TABLE["order_date"].cast(pa.timestamp("us", "UTC")))
    postgres.keep(moments, "moments")
    days = {}
    for zone in ("UTC", "Asia/Shanghai"):
        found = connections.connect(url_of(postgres, f"table=moments&zone={zone}"))
        summary = customers.summarize_customers(found.table, as_of="2024-03-31")
        days[zone] = str(summary.loc["ann", "first_order_date"].date())
        found.backend.disconnect()
    assert days == {"UTC": "2024-01-05", "Asia/Shanghai": "2024-01-06"}


def test_a_postgresql_that_does_not_answer(postgres, monkeypatch):
    with pytest.raises(ConnectionError, match="127.0.0.1.* must answer; .*refused.*Look up the host, the user"):
        connections.connect(f"postgres://crm@127.0.0.1:{free_port()}/shop?table=orders")
    with pytest.raises(ConnectionError, match=r"must answer; .*database \"shop\" does not exist"):
        connections.connect(url_of(postgres, "table=orders").replace("/postgres?", "/shop?"))
    with pytest.raises(ValueError, match="there must be a table 'sales.none'"):
        connections.connect(url_of(postgres, "table=sales.none"))


# --- Spark, and drivers that are absent -------------------------------------------------------------
# A Spark that answers is in test_engines.py, so that one is started.


@pytest.mark.parametrize(
    ("url", "module", "extra"),
    [("postgres://host/shop?table=t", "psycopg", "postgres"), ("spark://local?table=t", "pyspark", "spark")],
)
def test_a_driver_that_is_absent_is_named_with_what_installs_it(url, module, extra, monkeypatch):
    monkeypatch.setattr(connections, "find_spec", lambda name: None)
    monkeypatch.delitem(sys.modules, module, raising=False)
    with pytest.raises(ModuleNotFoundError, match=rf'{module}, which is not installed.*pip install "\.\[{extra}\]"'):
        connections.connect(url)


def test_java_that_is_absent_is_named(monkeypatch):
    monkeypatch.setattr(connections, "find_spec", lambda name: True)
    monkeypatch.setattr(spark.shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ModuleNotFoundError, match="Spark needs Java 17 or 21; there is none.*default-jre-headless"):
        connections.connect("spark://local?table=t")


@needs_spark
def test_a_spark_master_that_does_not_answer(monkeypatch):
    monkeypatch.setattr(spark.shutil, "which", lambda name: "java")
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)  # whatever others have started
    with pytest.raises(ConnectionError, match="must answer; .*refused.*the port of the master, 7077"):
        connections.connect(f"spark://127.0.0.1:{free_port()}?table=t")


def keep_plain(postgres, name, **types):
    """Twenty lines in PostgreSQL, whose columns have types that few use; and the URL."""
    days = [dt.datetime(2024, 1, 1, 20) + dt.timedelta(days=k) for k in range(20)]
    people = [f"00000000-0000-0000-0000-{k % 7:012}" for k in range(20)]
    lines = pa.table({"customer_id": people, "order_date": days, "amount": ["12.50", "NaN"] * 10})
    postgres.keep(lines, name, **types)
    return f"postgres://crm@/postgres?table={name}&host={postgres.folder}"


def test_ids_may_be_uuids_and_times_are_told_in_the_zone_asked_for(postgres):
    types = {"customer_id": "uuid", "order_date": "timestamptz", "amount": "float8"}
    url = keep_plain(postgres, "uuids", **types) + "&zone=Asia/Shanghai"
    mapping = {"transactions": {"columns": {}}}
    tables, reports = datasets.load_data(url, mapping=mapping)
    lines = tables["transactions"].to_pyarrow().to_pandas()
    assert lines["customer_id"].min() == "00000000-0000-0000-0000-000000000000"
    assert lines["order_date"].min() == pd.Timestamp("2024-01-02 04:00") and len(lines) == 10
    assert any("times of zone Asia/Shanghai" in note for note in reports["transactions"].notes)
    again = open_again(stay_put(url), mapping)
    assert again.count().to_pyarrow().as_py() == 10
    for table in (tables["transactions"], again):
        table.get_backend().disconnect()


def test_values_that_cannot_be_handed_out_are_told_in_words(postgres):
    url = keep_plain(postgres, "decimals", amount="numeric(12, 2)")
    with pytest.raises(ValueError, match=r"postgres must hand out .* 'NaN' .* or left out in a view"):
        datasets.load_data(url, mapping={"transactions": {"columns": {}}})


def test_ids_padded_with_blanks_are_told_without(postgres):
    url = keep_plain(postgres, "padded", customer_id="char(50)", amount="float8", order_date="timestamp")
    tables, _ = datasets.load_data(url, mapping={"transactions": {"columns": {}}})
    ids = tables["transactions"].customer_id.to_pyarrow().to_pylist()
    assert len(ids) == 10 and all(len(one) == 36 for one in ids)
    tables["transactions"].get_backend().disconnect()
