"""A table too large for memory, written as Parquet by its engine as it goes, and opened again where it lies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from crmlib.intake.progress import told
from crmlib.language import t

if TYPE_CHECKING:
    import ibis

GROUP = 122_880  # rows together in the file, as DuckDB reads them


def stream_table(table: ibis.Table, file: Path) -> None:
    """Write a table of DuckDB as a Parquet file, which is there when it is whole; rows in the order they stand."""
    backend = table.get_backend()
    sql, work = backend.compile(table), file.with_name(f".{file.name}.partial")
    with backend.con.cursor() as connection, told(connection, t("{table} written", table=file.stem)):
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
