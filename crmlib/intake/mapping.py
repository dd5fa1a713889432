"""Their column names and ours: what is mapped, what is left out, and what may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

import pandas as pd

from crmlib.intake.cells import to_number
from crmlib.intake.conventions import answer_line
from crmlib.intake.days import to_datetime
from crmlib.intake.mapped import check_names, check_products, presentable, some, wrong_type
from crmlib.intake.names import aliases, bare
from crmlib.language import t
from crmlib.tables import Table, check_columns

# {'name in the file': 'ours'}, or two names to be multiplied, or several whose texts are put together
Columns = Mapping[str | tuple[str, ...], str]


@dataclass(frozen=True)
class Reading:
    """What somebody has said of how a file is to be read, in a call or a mapping file (`mapping_file`).

    Attributes
    ----------
    columns : dict
        Their columns and ours.
    encoding : str
        Of a text file.
    sheet : str or list of str
        Of a workbook; several are parts of one table.
    table : str
        Of a database.
    names : list of str
        What the columns are called, where the file does not say.
    fill_down : list of str
        Their columns whose empty cells mean what stands above them; [] where none does.
    extra : list of str
        Their columns that travel with ours, under their own names.
    returns : str
        A second file beside this one, of what was paid back.
    repeated : {"once", "all"}
        Whether rows that repeat another exactly count.
    sums : {"set aside", "count"}
        Whether lines that are the sum of others count.
    rows : {"orders", "customers", "numbered"}
        What a row is, where it can be either; "numbered": a customer without a number, who gets that of the row.
    decimal, dates : dict or str
        What stands before the decimals, and what comes first in a date, by column of ours.
    keep : dict
        Their columns, each with the values of the rows that count; "all" where all do.
    negative : dict
        Their columns, each with the values of the rows that were paid back; [] where none was.
    subtract : dict
        Their columns, each True where the amount stands before it, False where it was taken off
        already, "share" where it is a share of the amount to be taken off.
    terms : str
        The terms of payment of invoices that do not say theirs, such as "net 30".
    receipts : {"oldest first", "set aside"}
        What receipts of a ledger pay that name no invoice.
    unit : {"元", "千元", "万元", "百万元", "亿元"}
        In what the money of statements is counted.
    nobody : dict
        ``{"customer_id": [...]}``: what stands there for no customer; [] where every value is one.
    show_personal : bool
        Doubts and errors may show what looks personal; said by the caller, not in a mapping file.
    """

    columns: Columns | None = None
    encoding: str | None = None
    sheet: str | list[str] | None = None
    decimal: Mapping[str, str] | str | None = None
    dates: Mapping[str, str] | str | None = None
    table: str | None = None
    names: list[str] | None = None
    fill_down: list[str] | None = None
    extra: list[str] | None = None
    returns: str | None = None
    repeated: str | None = None
    sums: str | None = None
    rows: str | None = None
    terms: str | None = None
    receipts: str | None = None
    unit: str | None = None
    keep: Mapping[str, list[str] | str] | None = None
    negative: Mapping[str, list[str]] | None = None
    subtract: Mapping[str, bool | str] | None = None
    nobody: Mapping[str, list[str]] | None = None

    @property
    def theirs(self) -> set[str]:
        """Their columns of which something is said, besides those that become ours."""
        return {name for part in (self.keep, self.negative, self.subtract, self.extra) for name in part or ()}

    show_personal: bool = False

    @property
    def said(self) -> dict[str, object]:
        """What a mapping file says beyond the columns, as far as it says anything."""
        others = [field.name for field in fields(self) if field.name not in ("columns", "show_personal")]
        found = {name: getattr(self, name) for name in others}
        return {name: value for name, value in found.items() if value is not None}


class Places(NamedTuple):
    """At which place of the file stands which column of ours; and of those that are products, both factors."""

    single: dict[str, int]
    products: dict[str, tuple[int, ...]]  # a `Sum` where they are to be added up

    @property
    def used(self) -> set[int]:
        return {*self.single.values(), *(place for pair in self.products.values() for place in pair)}


def map_columns(names: list[str], table: Table, columns: Columns | None) -> Places:
    """At which place of the file stands which column of the contract.

    Raises
    ------
    ValueError
        `columns` names what the file or the contract has not, or two that become one; or a
        required column is missing, with the mapping that may be meant.
    TypeError
        `columns` is not a dict of text.
    """
    if columns is not None and not isinstance(columns, Mapping):
        raise wrong_type(columns)
    pairs = {theirs: ours for theirs, ours in (columns or {}).items() if isinstance(theirs, tuple)}
    products = check_products(names, table, pairs)
    columns = check_names(
        names, table, {theirs: ours for theirs, ours in (columns or {}).items() if theirs not in pairs}
    )
    ours = [columns.get(name, name) for name in names]
    for name in products:
        if name in ours:
            raise ValueError(
                t(
                    "{ours!r} must come from one place of the file; it would be a product and the column {theirs!r}."
                    " Map one of them only.",
                    ours=name,
                    theirs=names[ours.index(name)],
                )
            )
    if missing := [name for name in table.required if name not in (*ours, *products)]:
        raise _lacking(names, missing, table, columns)
    check_columns(pd.DataFrame(columns=[*presentable(ours, table), *products]), table)
    return Places({name: place for place, name in enumerate(ours) if name in table.names}, products)


def _lacking(names: list[str], missing: list[str], table: Table, columns: dict[str, str]) -> ValueError:
    """The error that names the columns a file lacks, with what may be meant."""
    text = t(
        "{table} must have the columns {required}; the file has nothing that is called {missing}. It has {names}.",
        table=table.name,
        required=table.required,
        missing=missing,
        names=some(names),
    )
    return ValueError(f"{text}{_advice(names, missing, table, columns)}")


def mapping_lines(columns: Mapping[str, str]) -> str:
    """The lines of a mapping file for columns of theirs and ours.

    Examples
    --------
    >>> mapping_lines({"CustomerID": "customer_id", "金额": "amount"})
    'customer_id = "CustomerID", amount = "金额"'
    """
    return ", ".join(answer_line(ours, theirs) for theirs, ours in columns.items())


def _advice(names: list[str], missing: list[str], table: Table, columns: dict[str, str]) -> str:
    found = likely(names, missing, taken=columns)
    if found:
        return " " + t(
            "Is it, below [{table}.columns] in the mapping file: {lines}?",
            table=table.name,
            lines=mapping_lines(found),
        )
    if len(names) == 1:
        return " " + t("One column was found: its header has none of the delimiters comma, semicolon, tab and bar.")
    if sum(map(is_value, names)) * 2 >= len(names):
        return " " + t("Its first line looks like a row: the file needs a line with the names of the columns above it.")
    return ""


def is_value(name: str) -> bool:
    """Is it a number or a date, and so hardly the name of a column?"""
    for convert in (to_number, to_datetime):
        try:
            convert(name)
        except ValueError:
            continue
        return True
    return False


def likely(names: list[str], wanted: list[str], *, taken: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which of the file's names may be which wanted column, by name alone; to propose, not to use.

    Examples
    --------
    >>> likely(["CustomerID", "InvoiceDate", "Price", "金额"], ["customer_id", "order_date", "amount"])
    {'CustomerID': 'customer_id', 'InvoiceDate': 'order_date', '金额': 'amount'}
    """
    free = [name for name in dict.fromkeys(names) if name and name not in (taken or {})]
    found = {}
    for ours in wanted:
        by_form = {bare(name): name for name in reversed(free) if name not in found}
        sure, unsure = aliases(ours)
        match = next((by_form[alias] for alias in (*sure, *unsure) if alias in by_form), None)
        if match is not None:
            found[match] = ours
    return found


def left_out_note(names: list[str], places: Places, table: Table, reading: Reading) -> str | None:
    """A sentence on the columns that the contract does not have, with what some of them may be."""
    left = [
        name or t("column {n}, without a name", n=place + 1)
        for place, name in enumerate(names)
        if place not in places.used and name not in reading.theirs
    ]
    if not left:
        return None
    # Duplicates of our own names cannot be here: check_columns refuses them.
    note = t("Left out, not being columns of {table}: {columns}.", table=table.name, columns=some(left, quoted=False))
    absent = [name for name in table.names if name not in places.single and name not in places.products]
    if "debit" in places.single:  # the balance beside it is that of the account, not of an invoice
        absent = [name for name in absent if name != "open_amount"]
    found = likely([names[place] for place in range(len(names)) if place not in places.used], absent)
    if found:
        note += " " + t(
            "To use some of them, write below [{table}.columns] in the mapping file: {lines}.",
            table=table.name,
            lines=mapping_lines(found),
        )
    return note
