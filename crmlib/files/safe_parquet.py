"""Parquet files that are whole or not there: for tables too large for a spreadsheet."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd

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
        frame.to_parquet(part, index=True, compression="zstd")
        os.chmod(part, EVERYBODY_READS)  # mkstemp makes files that only their owner may read
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return path
