"""The DuckDB that a process works with, in memory: started once, because a small question takes less than the start.

Each `with connected()` has a connection of its own: tables it registers are seen by no other, and gone after it.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for as long as the `with` lasts.

    Examples
    --------
    >>> import pandas as pd
    >>> with connected() as connection:
    ...     table = connection.register("numbers", pd.DataFrame({"n": [1, 2]}))
    ...     print(connection.sql("SELECT sum(n) FROM numbers").fetchall())
    [(3,)]
    """
    # By process: threads of a DuckDB do not live on in a process that was forked from it.
    with _database(os.getpid()).cursor() as connection:
        yield _quiet(connection)


@contextmanager
def connected_alone() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a DuckDB of its own, whose memory is free after it: for files, which may be large."""
    with tempfile.TemporaryDirectory(prefix="crmlib-") as spill, _start(spill) as connection:
        yield _quiet(connection)


@cache
def _database(process: int) -> duckdb.DuckDBPyConnection:
    spill = tempfile.TemporaryDirectory(prefix="crmlib-", ignore_cleanup_errors=True)
    atexit.register(spill.cleanup)
    return _start(spill.name)


def _start(spill: str) -> duckdb.DuckDBPyConnection:
    # What does not fit into memory goes to a folder of its own, not into the working directory.
    return duckdb.connect(config={"temp_directory": spill, "autoinstall_known_extensions": False})


def _quiet(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.sql("SET enable_progress_bar = false")  # a notebook would show it as a widget
    return connection
