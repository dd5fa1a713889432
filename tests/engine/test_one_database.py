"""The DuckDB of a process: started once, and no call sees what another one asked about."""

import gc
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crmlib import engine, orders
from crmlib.customers import summarize_customers
from crmlib.engine import database, sources

GIB = 2**30
SHOWN = 0.11 * GIB  # DuckDB shows its limit with one decimal of a GiB, cut off, and it was set from such a number


def test_connections_see_nothing_of_each_other_and_leave_nothing():
    with database.connected() as one, database.connected() as other:
        one.register("lines", pa.table({"n": [1]}))
        other.register("lines", pa.table({"n": [2, 3]}))
        assert [link.sql("SELECT sum(n) FROM lines").fetchall() for link in (one, other)] == [[(1,)], [(5,)]]
    with database.connected() as after, pytest.raises(database.duckdb.CatalogException):
        after.sql("FROM lines")


def test_a_question_is_compiled_once_and_none_is_taken_for_another(monkeypatch):
    compile_it, asked = ibis.to_sql, []
    monkeypatch.setattr(ibis, "to_sql", lambda *given, **how: asked.append(given) or compile_it(*given, **how))
    lines = pd.DataFrame({"customer_id": ["a"], "order_date": [pd.Timestamp("2024-01-01")], "amount": [1.5]})
    for _ in range(2):
        summarize_customers(lines, as_of="2024-02-01")
        n_asked, asked = len(asked), []
    assert n_asked == 0 and sources._compile.cache_info().hits > 0
    table, other_type = (ibis.table({"n": kind}, name="transactions") for kind in ("float64", "int64"))
    day = pd.Timestamp("2024-01-01")
    values = [
        1,
        1.0,
        True,
        ibis.literal("1"),
        0.0,
        day,
        day.date(),
        ibis.literal(1, "decimal(10, 2)"),
        ibis.literal(1, "int64"),
    ]
    twins = [one.mutate(x=value) for one in (table, other_type, table.view()) for value in values]
    wanted = [str(compile_it(twin, dialect="duckdb", pretty=False)) for twin in twins]
    assert [sources._compile(twin.op()) for twin in twins] == wanted
    assert len(set(wanted)) >= 8


def test_a_table_is_let_go_with_its_connection():
    table = pa.table({"n": [1]})
    seen = weakref.ref(table)
    with database.connected() as connection:
        connection.register("lines", table)
    del table
    gc.collect()
    assert seen() is None


def test_it_is_started_once_in_a_process_and_again_in_a_forked_one():
    with database.connected():
        pass
    n_started = database._database.cache_info().misses
    with database.connected():
        pass
    assert database._database.cache_info().misses == n_started
    assert database._database(os.getpid() + 1) is not database._database(os.getpid())


def test_threads_ask_at_the_same_time():
    found = {}

    def ask(n):
        with database.connected() as connection:
            connection.register("lines", pd.DataFrame({"n": range(n)}))
            found[n] = connection.sql("SELECT count(*) FROM lines").fetchall()[0][0]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: n for n in range(1, 9)}


def test_the_folder_for_what_does_not_fit_into_memory_goes_with_the_process():
    code = (
        "from crmlib.engine.database import connected\n"
        "with connected() as one: print(one.sql(\"SELECT current_setting('temp_directory')\").fetchall()[0][0])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).name.startswith("crmlib-")
    assert not Path(done.stdout.strip()).exists()
    assert done.stderr == ""


def _setting(connection, name):
    return connection.sql(f"SELECT current_setting('{name}')").fetchall()[0][0]


def test_memory_is_half_of_the_machine_unless_said_otherwise(monkeypatch):
    monkeypatch.delenv(database.MEMORY, raising=False)
    with duckdb_of(80) as whole, database.limited() as half:
        assert _bytes(half) == pytest.approx(_bytes(whole) / 0.8 / 2, abs=SHOWN)  # DuckDB itself takes 80 %
    monkeypatch.setenv(database.MEMORY, "700MiB")
    with database.limited() as said, database.limited("300MiB") as given:
        assert [_setting(one, "memory_limit") for one in (said, given)] == ["700.0 MiB", "300.0 MiB"]


def duckdb_of(percent):
    return database.duckdb.connect(config={"memory_limit": f"{percent}%"})


def _bytes(connection):
    number, unit = _setting(connection, "memory_limit").split()
    return float(number) * {"MiB": 2**20, "GiB": 2**30, "TiB": 2**40}[unit]


@pytest.mark.parametrize(("n_lines", "is_least"), [(1_000, True), (40_000_000, False), (10**15, False)])
def test_memory_grows_with_the_lines_of_a_file_up_to_half_of_the_machine(n_lines, is_least, monkeypatch):
    monkeypatch.delenv(database.MEMORY, raising=False)
    with database.limited() as connection:
        half = _bytes(connection)
        database.fit_memory(connection, n_lines)
        assert _bytes(connection) == pytest.approx(min(half, max(10**9, 30 * n_lines)), abs=SHOWN)
        assert (_bytes(connection) < 1.01e9) == is_least
        monkeypatch.setenv(database.MEMORY, "1GB")
        database.fit_memory(connection, n_lines)  # somebody has said what it is
        assert _bytes(connection) == pytest.approx(min(half, max(10**9, 30 * n_lines)), abs=SHOWN)


def test_a_question_that_does_not_fit_is_told_in_words(monkeypatch, tmp_path):
    rng = np.random.default_rng(1)
    lines = pd.DataFrame(
        {
            "customer_id": rng.integers(0, 10**6, 300_000).astype(str),
            "order_date": pd.Timestamp("2024-01-01"),
            "amount": 1.0,
        }
    )
    lines.to_parquet(tmp_path / "lines.parquet")
    monkeypatch.setenv(database.MEMORY, "2MB")
    with pytest.raises(RuntimeError, match=r"must fit into .* of memory.*it did not\. Allow more, .*CRMLIB_MEMORY=8GB"):
        summarize_customers(tmp_path / "lines.parquet", as_of="2024-01-31")
    monkeypatch.setenv(database.MEMORY, "60MB")  # what does not fit at once is spilled
    assert len(summarize_customers(tmp_path / "lines.parquet", as_of="2024-01-31")) == lines["customer_id"].nunique()


@pytest.fixture
def kept(monkeypatch):
    """A connection of 3 GiB that is kept, opened when the process held one; and how much it holds when asked."""
    monkeypatch.delenv(database.MEMORY, raising=False)
    holds = [GIB]
    monkeypatch.setattr(database, "_held", lambda: holds[0])
    connection = database.keep_limited("3GiB")
    yield connection, holds
    connection.close()


@pytest.mark.parametrize(("held", "rest"), [(1, 3), (0.5, 3), (1.75, 2.25), (9, 1e9 / GIB)])
def test_what_earlier_answers_hold_is_taken_off_the_limit_of_the_next_question(kept, held, rest, monkeypatch):
    connection, holds = kept
    holds[0] = held * GIB
    for _ in range(9):  # nothing is lost by rounding
        assert database.ask_kept(connection, lambda: _bytes(connection)) == pytest.approx(rest * GIB, abs=SHOWN)
    assert _bytes(connection) == pytest.approx(3 * GIB, abs=SHOWN)
    monkeypatch.setenv(database.MEMORY, "3GiB")  # who says a limit means it
    assert database.ask_kept(connection, lambda: _bytes(connection)) == pytest.approx(3 * GIB, abs=SHOWN)


@pytest.mark.parametrize("n_failures", [1, 2])
def test_a_question_too_large_for_the_rest_is_asked_once_more_within_the_whole_limit(kept, n_failures):
    connection, holds = kept
    holds[0], limits = 3 * GIB, []

    def ask():
        limits.append(_bytes(connection))
        if len(limits) <= n_failures:
            raise database.duckdb.OutOfMemoryException("no room")
        return "answered"

    if n_failures == 1:
        assert database.ask_kept(connection, ask) == "answered"
    else:
        with pytest.raises(RuntimeError, match=r"must fit into .* of memory"):
            database.ask_kept(connection, ask)
    assert limits == pytest.approx([GIB, 3 * GIB], abs=SHOWN)


def test_a_connection_of_somebody_else_is_left_alone():
    with database.duckdb.connect(config={"memory_limit": "2GB"}) as theirs:
        assert database.ask_kept(theirs, lambda: _bytes(theirs)) == pytest.approx(2e9, abs=SHOWN)


@pytest.mark.parametrize("asked", ["lots", "3", "0GB", "-1GB", "GB"])
def test_memory_must_be_a_size(asked, monkeypatch):
    monkeypatch.setenv(database.MEMORY, asked)
    with pytest.raises(ValueError, match="the memory to work in must be a size, such as 3GB.*CRMLIB_MEMORY"):
        database.limited().__enter__()


def test_what_does_not_fit_into_the_limit_is_spilled_and_gone_after_it(tmp_path):
    with database.limited("60MiB") as connection:
        folder = Path(_setting(connection, "temp_directory"))
        connection.sql("SET threads = 2")
        # Far more than 60 MiB of groups: without a folder to spill to, this is out of memory.
        groups = "SELECT i, 'customer number ' || i AS name, count(*) FROM range(3000000) r(i) GROUP BY 1, 2"
        sql = f"SELECT count(*) FROM ({groups})"
        assert connection.sql(sql).fetchall() == [(3_000_000,)]
        assert folder.exists()
    assert not folder.exists()


@pytest.mark.parametrize("order_ids", [[np.nan, 2.0, np.nan, np.nan, 5.0], [np.nan, 7.0, np.nan, np.nan, 7.0]])
def test_not_a_number_is_seen_in_parquet_that_does_not_tell_of_it(order_ids, tmp_path):
    """Arrow notes the smallest and largest number, leaving NaN out; DuckDB believes that it has seen all there is."""
    log = pa.table(
        {
            "customer_id": ["a", "b", "a", "a", "a"],
            "order_date": pa.array([np.datetime64(f"2024-01-0{day}", "us") for day in (1, 1, 2, 3, 3)]),
            "amount": [1.0, 5.0, 2.0, 3.0, 3.0],
            "order_id": order_ids,  # of a: a day, a day, and a day with an order besides
            "cost": [1.0, np.nan, 1.0, 1.0, 1.0],
        }
    )
    pq.write_table(log, tmp_path / "log.parquet")
    pq.write_table(log.drop(["cost"]), tmp_path / "free.parquet")
    summary = summarize_customers(tmp_path / "free.parquet", as_of="2024-02-01")
    assert summary["frequency"].to_dict() == {"a": 4, "b": 1}
    by_month = orders.sum_orders(tmp_path / "log.parquet", by=["customer_id"])
    assert by_month["cost"].to_dict() == {"a": 4.0} | {"b": pytest.approx(np.nan, nan_ok=True)}
    assert orders.describe_orders(tmp_path / "log.parquet")["n_without_cost"] == 1
    with engine.opened(tmp_path / "log.parquet") as (lines, run):
        costed = lines.filter(engine.has_cost(lines))
        assert run(costed.aggregate(n=costed.count()))["n"].to_pylist() == [4]


def test_any_question_to_an_opened_file_sees_what_is_not_a_number(tmp_path):
    """Whoever asks need not know of `engine.is_nan`; and what is refused is shown with all it says."""
    days = pa.array([np.datetime64(f"2024-01-0{day}", "us") for day in (1, 2, 3)])
    log = pa.table({"customer_id": ["a", "b", "c"], "order_date": days, "amount": [1.0, np.nan, 3.0]})
    pq.write_table(log.append_column("share", pa.array([np.nan, 0.5, 0.5])), tmp_path / "log.parquet")
    with engine.opened(tmp_path / "log.parquet", also=["share"]) as (lines, run):
        for name, customer in (("amount", "b"), ("share", "a")):
            found = [run(lines.filter(is_one))["customer_id"].to_pylist() for is_one in _not_a_number(lines[name])]
            assert found == [[customer]] * 3
    with pytest.raises(ValueError, match=r"1 of 3 have none, for example: customer_id 'b', .*amount 'nan'"):
        summarize_customers(tmp_path / "log.parquet", as_of="2024-02-01")


def _not_a_number(column):
    """Three ways to ask; to DuckDB it is the largest number."""
    return column.isnan(), column > 4.5, ~(column <= 4.5)


@pytest.mark.filterwarnings("ignore:fetch_arrow_table")  # Ibis asks DuckDB so
def test_not_a_number_is_seen_in_parquet_that_somebody_else_has_opened(tmp_path):
    days = pa.array([np.datetime64(f"2024-01-0{day}", "us") for day in (1, 2, 3, 3)])
    order_ids = [np.nan, 2.0, np.nan, 5.0]
    log = pa.table({"customer_id": ["a"] * 4, "order_date": days, "amount": [1.0, 2.0, 3.0, 3.0]})
    pq.write_table(log.append_column("order_id", pa.array(order_ids)), tmp_path / "log.parquet")
    connection = ibis.duckdb.connect()
    there = connection.read_parquet(tmp_path / "log.parquet")
    assert summarize_customers(there, as_of="2024-02-01")["frequency"].to_dict() == {"a": 4}
    connection.disconnect()
