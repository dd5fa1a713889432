"""A file read as the table it holds: rows as they stand, but for ledgers, statements and reviews, which need more."""

from __future__ import annotations

import os

import pandas as pd

from crmlib.intake.ledger import read_ledger
from crmlib.intake.mapping import Reading
from crmlib.intake.reading import read
from crmlib.intake.report import IntakeReport
from crmlib.intake.reviews import read_reviews
from crmlib.intake.statements import read_statements
from crmlib.tables import CREDIT_REVIEWS, INVOICES, STATEMENTS, Table


def read_as(path: str | os.PathLike, table: Table, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """What `intake.read_table` does."""
    own = {INVOICES.name: read_ledger, STATEMENTS.name: read_statements, CREDIT_REVIEWS.name: read_reviews}
    special = own.get(getattr(table, "name", None))  # what is no table at all, `read` refuses
    return special(path, reading) if special else read(path, table, reading)
