"""A file read as the table it holds: rows as they stand, or invoices made of the rows of a ledger."""

from __future__ import annotations

import os

import pandas as pd

from crmlib.intake.ledger import read_ledger
from crmlib.intake.mapping import Reading
from crmlib.intake.reading import read
from crmlib.intake.report import IntakeReport
from crmlib.tables import INVOICES, Table


def read_as(path: str | os.PathLike, table: Table, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """What `intake.read_table` does."""
    return read_ledger(path, reading) if table is INVOICES else read(path, table, reading)
