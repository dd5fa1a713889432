"""A table too large for memory, written as Parquet by its engine as it goes, and opened again where it lies."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from crmlib.language import t

if TYPE_CHECKING:
    import duckdb
    import ibis

GROUP = 122_880  # rows together in the file, as DuckDB reads them
TOLD, FIRST = 10, 2  # seconds between two lines on how far it is, and before the first


def stream_table(table: ibis.Table, file: Path) -> None:
    """Write a table of DuckDB as a Parquet file, which is there when it is whole; rows in the order they stand."""
    backend = table.get_backend()
    sql, work = backend.compile(table), file.with_name(f".{file.name}.partial")
    with backend.con.cursor() as connection, _told(connection, file.stem):
        place = str(work).replace("'", "''")
        connection.execute(f"COPY ({sql}) TO '{place}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})")
    os.replace(work, file)


def open_table(file: Path) -> ibis.Table:
    """The table in a Parquet file that `stream_table` wrote; its connection stays open as long as the process lives."""
    import ibis

    from crmlib.engine.database import fit_memory, keep_limited

    connection = keep_limited()
    fit_memory(connection, pq.read_metadata(file).num_rows)
    place = str(file).replace("'", "''")
    connection.sql(f"CREATE VIEW {file.stem} AS FROM read_parquet('{place}')")
    return ibis.duckdb.from_connection(connection).table(file.stem)


@contextmanager
def _told(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[None]:
    """Say how far it is: a bar with the time left on a terminal, a line now and then elsewhere; a short one nothing."""
    is_done = threading.Event()
    connection.sql("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    show = _bar if sys.stderr.isatty() else _lines
    watcher = threading.Thread(target=show, args=(connection, name, is_done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_done.set()
        watcher.join()


def _bar(connection: duckdb.DuckDBPyConnection, name: str, is_done: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    if is_done.wait(FIRST):
        return
    columns = (TextColumn("  {task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(t("{table} written", table=name), total=100)
        while not is_done.wait(0.2):
            progress.update(task, completed=max(0, connection.query_progress()))


def _lines(connection: duckdb.DuckDBPyConnection, name: str, is_done: threading.Event) -> None:
    while not is_done.wait(TOLD):
        share = max(0, connection.query_progress())
        text = t("{table} written: {share} %", table=name, share=f"{share:.0f}")
        print(f"  {text}", file=sys.stderr)
