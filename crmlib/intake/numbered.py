"""A file that does not say who its customers are, one in each row: its rows are numbered."""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa

from crmlib.intake.columns import Parsed
from crmlib.intake.raw import Raw
from crmlib.language import t
from crmlib.tables import Table


def without_numbers(table: Table) -> Table:
    """The table for a file that does not say who its customers are."""
    columns = (dataclasses.replace(c, required=c.required and c.name != "customer_id") for c in table.columns)
    return dataclasses.replace(table, columns=tuple(columns))


def number_rows(parsed: dict[str, Parsed], raw: Raw) -> dict[str, Parsed]:
    """The columns read, with a number for each row: the place it has in the file, also counting rows set aside."""
    misfits = np.sort(np.array([misfit.line for misfit in raw.misfits], dtype=np.int64))
    numbers = np.arange(1, len(raw.lines) + 1) + np.searchsorted(misfits, raw.lines)
    width = max(5, len(str(len(raw.lines) + len(misfits))))
    ids = pa.chunked_array([pa.array([f"row-{n:0{width}}" for n in numbers.tolist()], pa.large_string())])
    raw.notes.append(t("No column says who the customers are: rows are numbered instead, row-00001 being the first."))
    return {"customer_id": Parsed(ids, np.zeros(len(raw.lines), dtype=np.int32), [], []), **parsed}
