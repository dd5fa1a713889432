"""A file of yours -> a validated table, and a report that accounts for every row.

``read_transactions`` reads orders, ``read_table`` any table of the contract. Text (CSV, or columns of
spaces), JSON, Excel, Parquet, SQLite and DuckDB; text also packed. Nothing is dropped without a count
and a reason, nothing that can mean two things is guessed, and no quote that is left open swallows the
rows after it.

The steps: `source` (a path to bytes, by way of `packed`), `text`, `json_rows`, `workbook`, `parquet` and `database`
(bytes to columns; a text by way of `encodings` and `candidates`, bytes to text, `opening`, `dialect` and `spaced`,
how lines part their fields, `blocks`, many lines at once where that is safe, and `records`, one by one where it is
not; a workbook by way of `sheets`, which one, and `sheet_errors`, what it hides; a database by way of `engines`,
SQLite and DuckDB, `relations`, their tables, `pushed`, which rows they leave out, and `loose`, cells of any type),
`fill` (cells that mean what stands above), `mapping` (their names to ours, `mapped` as somebody says), `columns`,
`mixed`, `cells`, `days` and `months` (text to values, as the `conventions` and `orders` of each column are), `rows`
(which count, and for how much, as somebody has said), `telling` and `judge` (columns left out that say what a row
counts for; asked, with `taken_off`), `sums` (lines that add others up), `frame` (the table), `notes` and `doubts`
(what is worth a word), `report`; `reading` does all of it in order, `load` for a file or folder (`parts`, `combine`),
masked by `privacy`. `mapping_file` reads a mapping kept beside the data, `mapping_written` writes it, `draft` makes
one (from `names` and first values, `samples`, `likelier`; `by_value` where a name says nothing; `guess_names` where
the file has no names), and `customer_level` that of a file whose rows are customers (`draft_values` its mapping,
`worth`, which columns may be money, `numbered` where they have no number). `customer_list` knows a list of who the
customers are (by the names in `called`), `draft_customers` drafts its mapping, `duplicates` finds the records that may
be one customer before anything is masked. A ledger is known by `known_ledger`, its mapping drafted by `draft_ledger`
(columns in `ledger_table`), and `ledger` makes invoices of its rows by way of `settle` (`ledger_kinds`, `payments`,
`ledger_terms`; `settled` and `ledger_said`, what is told of it). `statements` (with `units`) and `reviews` (with
`review_words`) read what a rating asks besides; `understood` knows which table is read by which of them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from crmlib.intake.conventions import Undecided
from crmlib.intake.mapping import Columns, Reading
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.report import IntakeReport
from crmlib.intake.understood import read_as
from crmlib.language import t
from crmlib.tables import TRANSACTIONS, Table

__all__ = ["IntakeReport", "Undecided", "read_table", "read_transactions"]


def read_transactions(
    path: str | os.PathLike,
    *,
    columns: Columns | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    decimal: Mapping[str, str] | str | None = None,
    dates: Mapping[str, str] | str | None = None,
    mapping: Mapping[str, Mapping] | None = None,
) -> tuple[pd.DataFrame, IntakeReport]:
    """Read order lines from a CSV file, a workbook, a Parquet file or a database, and account for every row.

    Kept and counted in the notes, because only you can say what they are: refunds (negative
    amounts), amounts of zero, lines that repeat another exactly, amounts with more than two
    decimals. Set aside with line and reason: rows without a customer (an order nobody can be
    asked about), rows that add others up ("Total", 合计), cells that do not hold what their column
    means, and lines with too many or too few fields.

    Amounts may have their thousands parted, a currency beside them (one for the column), a minus
    before or behind, or parentheses for it. Dates may have the year first, a 年, the month's name in one
    of two dozen languages, the day first or the month first, a day of the week and a time. What a column
    leaves open, a comma that may part thousands or decimals, a day that may be a month, is `Undecided`
    and asked.

    When something else is right: `read_table` for other tables; `datasets.load_data`
    for a folder of tables.

    Parameters
    ----------
    path : path
        A CSV file (comma, semicolon, tab, bar or spaces; found from its first lines), JSON (a list of
        objects, or one in each line), both also packed (gzip, bz2, xz, or alone in a zip archive), a
        workbook (.xlsx, .xls, .xlsb, .ods), a Parquet file or a database (of SQLite or DuckDB; of its
        tables the one whose columns have known names, or ``{"file": {"table": "orders"}}`` as
        `mapping`; read only). A line with the names of the
        columns is needed; what stands above it is passed over.
    columns : dict, optional
        ``{'name in the file': 'amount'}``, where the file's names are not those of
        `tables.TRANSACTIONS`; ``{('Quantity', 'UnitPrice'): 'amount'}`` for a product.
    encoding : str, optional
        Of a text file, such as "cp1252". Otherwise: a mark at the start, UTF-8, or the one its words say;
        the report says which.
    sheet : str, optional
        Of a workbook, where several sheets may be meant.
    decimal : dict or str, optional
        "." or ",": what stands before the decimals, for all columns or ``{'amount': ','}``.
    dates : dict or str, optional
        "day first", "month first" or "year first", for all columns or by column.
    mapping : dict, optional
        What else is to be said, as in a mapping file (`mapping_file`), by section:
        ``{"keep": {"Status": ["paid"]}, "negative": {"Type": ["refund"]}, "file": {"extra": ["Region"]}}``.

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
    Undecided
        Numbers or dates can mean two things (a ValueError; its `questions` say which).
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
      - Much is set aside: 1 of 2 rows (50.0%), 3.00 (19.4% of the money). See why before you use a number.
    >>> report.rejected.loc[0, ["line", "value"]].to_dict()
    {'line': 3, 'value': '2024-02-30'}
    """
    return read_as(path, TRANSACTIONS, _as_said(mapping, columns, encoding, sheet, decimal, dates))


def read_table(
    path: str | os.PathLike,
    table: Table,
    *,
    columns: Columns | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    decimal: Mapping[str, str] | str | None = None,
    dates: Mapping[str, str] | str | None = None,
    mapping: Mapping[str, Mapping] | None = None,
) -> tuple[pd.DataFrame, IntakeReport]:
    """Read any table of the contract from a file of any of these kinds, and account for every row.

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
    return read_as(path, table, _as_said(mapping, columns, encoding, sheet, decimal, dates))


def _as_said(mapping: Mapping[str, Mapping] | None, *given: object) -> Reading:
    """What is said in a call; what stands in `mapping` too, is said there."""
    said = to_reading(dict(mapping or {}))
    names = ("columns", "encoding", "sheet", "decimal", "dates")
    said = replace(said, **{name: value for name, value in zip(names, given, strict=True) if value is not None})
    if said.sheet is not None and not isinstance(said.sheet, str):
        raise TypeError(
            t(
                "sheet must be the name of one sheet; got {sheet!r}. Several are parts of a table where a mapping file"
                ' says so: sheet = ["2023", "2024"], under [transactions.file].',
                sheet=said.sheet,
            )
        )
    return said
