"""A file of yours -> a validated table, and a report that accounts for every row.

``read_transactions`` reads orders, ``read_table`` any table of the contract. CSV (also gzip) and
Parquet. Nothing is dropped without a count and a reason, nothing that can mean two things is
guessed, and no quote that is left open swallows the rows after it.

The steps: `raw` (a file to columns, by way of `encodings`, bytes to text; `records`, text to fields,
each with its line; `mapping`, their names to ours), `columns` and `cells` (text to values), `reading`
(all of it together), `report`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pandas as pd

from crmlib.intake.reading import read
from crmlib.intake.report import IntakeReport
from crmlib.tables import TRANSACTIONS, Table

__all__ = ["IntakeReport", "read_table", "read_transactions"]


def read_transactions(
    path: str | os.PathLike, *, columns: Mapping[str, str] | None = None, encoding: str | None = None
) -> tuple[pd.DataFrame, IntakeReport]:
    """Read order lines from a CSV or Parquet file, and account for every row.

    Kept and counted in the notes, because only you can say what they are: refunds (negative
    amounts), amounts of zero, lines that repeat another exactly, amounts with more than two
    decimals. Set aside with line and reason: rows without a customer (an order nobody can be
    asked about), amounts that are not plain decimals, dates that are not YYYY-MM-DD,
    YYYY/MM/DD or YYYYMMDD (with or without a time), any other cell that does not hold
    what its column means, and lines with too many or too few fields.

    When something else is right: `read_table` for other tables; `datasets.load_data`
    for a folder of tables.

    Parameters
    ----------
    path
        A CSV file (comma, semicolon, tab or bar; found from its first lines; gzip or not)
        or a Parquet file. A header is needed.
    columns
        ``{'name in the file': 'amount'}``, where the file's names are not those of
        `tables.TRANSACTIONS`.
    encoding
        Of a text file, such as "cp1252". Otherwise: a mark at the start, UTF-8, GB18030;
        the report says which.

    Returns
    -------
    transactions : DataFrame
        One row per accepted row, in the order of the file, index 0, 1, 2 ...; the columns
        of the contract that the file has, in the contract's order: text as ``str`` (an
        empty cell is missing), numbers as ``float64``, dates as ``datetime64[us]`` in
        local time without a zone.
    report : IntakeReport
        `report.rejected` has one row per row set aside. Print it to read it.

    Raises
    ------
    ValueError
        A required column is missing (the message has the mapping that may be meant), the
        file is no text or has an unknown encoding, holds no rows, or none of its
        rows can be accepted; or ten rows or more, and more than half, fail alike.
    OSError
        The file is not there or may not be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "sales.csv"
    ...     lines = "Kunde;order_date;amount\\n007;2024-06-07;12.50\\n008;2024-02-30;3\\n"
    ...     _ = file.write_text(lines, encoding="utf-8")
    ...     orders, report = read_transactions(file, columns={"Kunde": "customer_id"})
    >>> orders
      customer_id order_date  amount
    0         007 2024-06-07    12.5
    >>> print(report)
    transactions from sales.csv (utf-8, delimiter semicolon)
      2 rows read = 1 accepted + 1 set aside
        1: order_date is no day of the calendar, or no time of day (first in line 3)
    >>> report.rejected.loc[0, ["line", "value"]].to_dict()
    {'line': 3, 'value': '2024-02-30'}
    """
    return read(path, TRANSACTIONS, columns=columns, encoding=encoding)


def read_table(
    path: str | os.PathLike,
    table: Table,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> tuple[pd.DataFrame, IntakeReport]:
    """Read any table of the contract from a CSV or Parquet file, and account for every row.

    As `read_transactions`, for the `table` given (see `crmlib.tables`). Rows that repeat
    a key are kept and noted. Integers are ``int64`` where required, otherwise ``Int64``; of a
    column of days, a time of day is cut and noted.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from crmlib.tables import PRODUCTS
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "products.csv"
    ...     _ = file.write_text("product_id,color,list_price\\np1,red,9.90\\n", encoding="utf-8")
    ...     products, report = read_table(file, PRODUCTS)
    >>> products
      product_id  list_price
    0         p1         9.9
    >>> report.notes
    ('Left out, not being columns of products: color.',)
    """
    return read(path, table, columns=columns, encoding=encoding)
