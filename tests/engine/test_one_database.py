"""The DuckDB of a process: started once, and no call sees what another one asked about."""

import gc
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from crmlib.engine import database


def test_connections_see_nothing_of_each_other_and_leave_nothing():
    with database.connected() as one, database.connected() as other:
        one.register("lines", pa.table({"n": [1]}))
        other.register("lines", pa.table({"n": [2, 3]}))
        assert [link.sql("SELECT sum(n) FROM lines").fetchall() for link in (one, other)] == [[(1,)], [(5,)]]
    with database.connected() as after, pytest.raises(database.duckdb.CatalogException):
        after.sql("FROM lines")


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
