"""The mapping of your file to our tables, kept beside it as a small file, and read again.

sales.csv
sales.csv.mapping.toml        for a folder: mapping.toml in it

[transactions.columns]        # our column = the name in your file
customer_id = "Kundennummer"
amount = ["Menge", "Preis"]   # two names: one times the other; of texts, put together

[customers.columns]
name = ["Vorname", "Nachname"]

[customer_values.sum]         # columns that are added up
value = ["Fresh", "Milk"]

[transactions.decimal]        # what stands before the cents
amount = ","

[transactions.dates]          # what comes first
order_date = "day first"

[transactions.keep]           # which rows count: their column = the values of those that do
"Order status" = ["paid", "shipped"]

[transactions.negative]       # which rows were paid back
"Type" = ["refund"]

[transactions.subtract]       # what is to be taken off the amount; false: it was taken off already
"Discount" = true

[transactions.nobody]         # what stands for no customer
customer_id = ["Guest"]

[transactions.file]
encoding = "cp1252"
sheet = "2024"                # or several, ["2023", "2024"]
table = "orders"              # of a database
names = ["customer_id", "order_date", "amount"]  # of a file that does not say them
fill_down = ["Customer"]      # an empty cell means what stands above it; [] where it does not
extra = ["Region"]            # further columns that travel with the others
returns = "returns.csv"       # a second file, of what was paid back
repeated = "once"             # rows that repeat another exactly count once
sums = "count"                # lines that are the sum of others count, too
rows = "orders"               # or "customers", one row each; "numbered": and none has a number; "invoices": a ledger

[invoices.file]
terms = "net 30"              # of invoices that say neither the day they are due nor their terms
receipts = "oldest first"     # receipts that name no invoice pay those due first; or "set aside"

[statements.file]
unit = "万元"                 # in what money is counted: "元", "千元", "万元", "百万元" or "亿元"
"""

from __future__ import annotations

import os
from pathlib import Path

import tomlkit

from crmlib.intake.cells import ORDERS
from crmlib.intake.ledger_table import table_said
from crmlib.intake.mapped import Sum
from crmlib.intake.mapping import Reading
from crmlib.intake.several import folder_of, is_pattern
from crmlib.language import t
from crmlib.tables import TABLES

OF_COLUMNS = ("columns", "sum", "decimal", "dates", "nobody")  # sections in which a column of ours stands on the left
OF_ROWS = ("keep", "negative", "subtract")  # and one of theirs
ROWS = ("orders", "customers", "numbered", "invoices")  # what a row of the file is
SECTIONS = (*OF_COLUMNS, *OF_ROWS, "file")
# What may be said under [table.file]: text, a list of texts, or either.
OF_FILES = {
    "encoding": (str,),
    "sheet": (str, list),
    "table": (str,),
    "names": (list,),
    "fill_down": (list,),
    "extra": (list,),
    "returns": (str,),
    "repeated": (str,),
    "sums": (str,),
    "rows": (str,),
    "terms": (str,),
    "receipts": (str,),
    "unit": (str,),
}
WORDS = {
    "repeated": ("once", "all"),
    "sums": ("set aside", "count"),
    "rows": ROWS,
    "receipts": ("oldest first", "set aside"),
    "unit": ("元", "千元", "万元", "百万元", "亿元"),
}


def mapping_path(data: Path) -> Path:
    """Where the mapping of a file or folder lies: beside the path that was named, wherever a link leads."""
    if is_pattern(data):
        return folder_of(data) / "mapping.toml"
    return data / "mapping.toml" if data.is_dir() else data.with_name(data.name + ".mapping.toml")


def find_mapping(data: Path) -> Path | None:
    """The mapping that lies beside a file or in a folder; None where there is none."""
    path = mapping_path(data)
    return path if is_there(path) else None


def is_there(path: Path) -> bool:
    """Is there a file? A name that is too long for the system has none."""
    try:
        return path.exists()
    except OSError:
        return False


# --- the file -----------------------------------------------------------------------------------


def read_mapping(path: str | os.PathLike) -> dict[str, dict[str, dict]]:
    """What a mapping file says: by table, by section, our column and what it says of it.

    Raises
    ------
    ValueError
        It is no TOML, or names a table, section, column or value that the kit does not know.
    """
    path = Path(path)
    try:
        said = tomlkit.parse(path.read_text(encoding="utf-8-sig")).unwrap()
    except UnicodeDecodeError:
        raise ValueError(
            t(
                "{file} must be text in UTF-8; it is not. Save it as UTF-8, or delete it to have it drafted anew.",
                file=path.name,
            )
        ) from None
    except tomlkit.exceptions.TOMLKitError as error:
        raise ValueError(
            t(
                '{file} must be TOML, lines such as amount = "Total" under [transactions.columns]; {error}. Mend that'
                " line, or delete the file to have it drafted anew.",
                file=path.name,
                error=error,
            )
        ) from None
    for table, sections in said.items():
        _check_keys(path, t("tables"), [table], list(TABLES))
        if not isinstance(sections, dict):
            raise ValueError(
                t(
                    "{file}: under {table} there must be sections such as [{table}.columns]; got {sections!r}.",
                    file=path.name,
                    table=table,
                    sections=sections,
                )
            )
        _check_keys(path, t("sections of {table}", table=table), list(sections), list(SECTIONS))
        for section, pairs in sections.items():
            if section not in OF_ROWS:
                known = list(OF_FILES) if section == "file" else table_said(table).names
                _check_keys(path, f"[{table}.{section}]", list(pairs), known)
            for key, value in pairs.items():
                _check_value(path, table, section, key, value)
        _check_once(path, table, sections.get("columns", {}))
    return said


def _check_keys(path: Path, what: str, found: list[str], known: list[str]) -> None:
    if unknown := [key for key in found if key not in known]:
        raise ValueError(
            t(
                "{file}: {what} must be among {known}; got {unknown}. The kit's name stands on the left.",
                file=path.name,
                what=what,
                known=known,
                unknown=unknown,
            )
        )


def _check_value(path: Path, table: str, section: str, key: str, value: object) -> None:
    must, is_right = _allowed(section, key, value)
    if not is_right:
        raise ValueError(
            t(
                "{file}: {key} under [{table}.{section}] must be {must}; got {value!r}.",
                file=path.name,
                key=key,
                table=table,
                section=section,
                must=must,
                value=value,
            )
        )


def _allowed(section: str, key: str, value: object) -> tuple[str, bool]:
    """What may be said there, in words, and whether this is it."""
    is_text, is_list = isinstance(value, str), isinstance(value, list) and all(isinstance(one, str) for one in value)
    if section in ("decimal", "dates"):
        choices = {"decimal": (".", ","), "dates": ORDERS}[section]
        return t("one of {choices}", choices=list(choices)), is_text and value in choices
    if section == "columns":
        return t("a name in quotes, or several in brackets"), is_text or (is_list and len(value) > 1)
    if section == "sum":
        return t('at least two names in brackets, such as ["Fresh", "Milk"]'), is_list and len(value) > 1
    if section == "keep":
        return t('values in brackets, such as ["paid"], or "all"'), value == "all" or (is_list and bool(value))
    if section in ("negative", "nobody"):
        return t('values in brackets, such as ["refund"], or [] for none'), is_list
    if section == "subtract":
        return t('true, false or "share"'), isinstance(value, bool) or value == "share"
    if key in WORDS:
        return t("one of {choices}", choices=list(WORDS[key])), value in WORDS[key]
    if OF_FILES[key] == (str,):
        return t("a name in quotes"), is_text
    if key == "fill_down":
        return t('names in brackets, such as ["Customer"], or [] for none'), is_list
    if OF_FILES[key] == (list,):
        return t("names in brackets"), is_list and bool(value)
    return t("a name in quotes, or several in brackets"), is_text or (is_list and bool(value))


def _check_once(path: Path, table: str, columns: dict[str, str | list[str]]) -> None:
    for theirs in columns.values():
        both = [ours for ours in columns if columns[ours] == theirs]
        if len(both) > 1:
            raise ValueError(
                t(
                    "{file}: a column of the file may become one of the kit only; under [{table}.columns] {theirs!r}"
                    " would become {both}. Keep one of these lines.",
                    file=path.name,
                    table=table,
                    theirs=theirs,
                    both=both,
                )
            )


def to_reading(said: dict[str, dict]) -> Reading:
    """What a mapping says of one table, as intake takes it."""
    columns = {
        tuple(theirs) if isinstance(theirs, list) else theirs: ours for ours, theirs in said.get("columns", {}).items()
    }
    columns |= {Sum(theirs): ours for ours, theirs in said.get("sum", {}).items()}
    needed = {theirs: ours for theirs, ours in columns.items() if theirs != ours}
    others = {name: said.get(name) or None for name in SECTIONS if name not in ("columns", "sum", "file")}
    return Reading(columns=needed or None, **others, **said.get("file", {}))
