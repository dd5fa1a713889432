"""Parquet files that are whole or not there: for tables too large for a spreadsheet."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.files.whole import EVERYBODY_READS


def write_parquet(frame: pd.DataFrame, path: str | os.PathLike) -> Path:
    """Write a table as Parquet: every number as it is, the names of the rows as a column.

    The file appears whole or not at all: it is written beside its place and moved there. Formulas are left as they
    are, because no spreadsheet opens it.

    When something else is right: `safe_csv.write_csv` for what a person opens.

    Parameters
    ----------
    frame : DataFrame
        The table.
    path : path
        Where to.

    Returns
    -------
    Path
        Where the file now is.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     spent = pd.DataFrame({"spent": [5.0]}, index=pd.Index(["ann"], name="customer_id"))
    ...     path = write_parquet(spent, Path(folder) / "tables" / "spent.parquet")
    ...     pd.read_parquet(path).equals(spent), [entry.name for entry in path.parent.iterdir()]
    (True, ['spent.parquet'])
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=".crmlib-", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        pq.write_table(_to_arrow(frame), part, compression="zstd")
        os.chmod(part, EVERYBODY_READS)  # mkstemp makes files that only their owner may read
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return path


def _to_arrow(frame: pd.DataFrame) -> pa.Table:
    """As `pa.Table.from_pandas`, which makes objects of the texts in an index: of millions of rows, gigabytes."""
    if frame.index.dtype != "str":
        return pa.Table.from_pandas(frame, preserve_index=True)
    schema = pa.Schema.from_pandas(frame.iloc[:0], preserve_index=True)
    table = pa.Table.from_pandas(frame.reset_index(drop=True), preserve_index=False)
    table = table.append_column(schema.field(len(schema) - 1), pa.array(frame.index.array))
    return table.replace_schema_metadata(schema.metadata)
