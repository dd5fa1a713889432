"""Which files of a folder are parts of one table, by their names and by their columns."""

from __future__ import annotations

import re
from pathlib import Path

from crmlib.intake.customer_list import find_people, is_of_orders
from crmlib.intake.mapping import Reading
from crmlib.intake.names import count_known
from crmlib.intake.raw import Peeked
from crmlib.intake.reading import peek
from crmlib.language import t
from crmlib.tables import TRANSACTIONS

# transactions-2023, transactions_2, "transactions (2)", transactions2024: a part has a number or says so.
PART = re.compile(r"transactions([-_ .]?\(?\d[\w-]*\)?|[-_ ]part\w*|-.+)", re.IGNORECASE)
# Beside transactions.csv these go on where it ends; a year may stand in both.
GOES_ON = re.compile(r"transactions[-_ .]?\(?([2-9]|1\d)\)?", re.IGNORECASE)
RETURNS = re.compile(r"return|refund|credit.?note|retour|gutschrift|storno|退货|退款|退貨", re.IGNORECASE)
FEWEST_KNOWN = 2  # names of columns that make a file one of orders


def is_part(stem: str) -> bool:
    """Is it the name of a part of the orders?

    Examples
    --------
    >>> [is_part(name) for name in ("transactions-2023", "transactions_2", "transactions (2)", "transactions_notes")]
    [True, True, True, False]
    """
    return PART.fullmatch(stem) is not None


def goes_on(stem: str) -> bool:
    """Does a part go on where the file without a number ends, as the second of two downloads does?

    Examples
    --------
    >>> goes_on("transactions_2"), goes_on("transactions-2023")
    (True, False)
    """
    return GOES_ON.fullmatch(stem) is not None


def columns_of(file: Path) -> list[str]:
    """The names of a file's columns; [] where it cannot be read as it is."""
    return _look(file)[0]


def _look(file: Path) -> Peeked:
    try:
        return peek(file, TRANSACTIONS, Reading())
    except (ValueError, OSError):
        return [], {}


def find_alike(files: list[Path]) -> list[Path]:
    """The files that have the columns of orders, if those are the same in all; [] where they differ."""
    columns = {file: names for file in files if count_known(names := columns_of(file), TRANSACTIONS) >= FEWEST_KNOWN}
    return list(columns) if len(set(map(tuple, columns.values()))) == 1 else []


def doubts_on_unread(files: list[Path], read: list[Path]) -> list[str]:
    """A doubt for each file left unread that has the columns of orders: is it a part of them?"""
    known = {tuple(columns_of(file)) for file in read[:1]}
    doubts = []
    for file in files:
        names, samples = _look(file)
        if find_people(names, samples) and not is_of_orders(names):
            name = f"customers{file.suffix}"
            text = t(
                "{file} is not read, and looks like a list of customers. To use it, call it {name}.",
                file=file.name,
                name=name,
            )
            doubts.append(text)
            continue
        if tuple(names) not in known and count_known(names, TRANSACTIONS) < len(TRANSACTIONS.required):
            continue
        if RETURNS.search(file.stem):
            text = t(
                "{file} is not read, and looks like returns. To take them off, write below [transactions.file] in the"
                ' mapping file: returns = "{file}"',
                file=file.name,
            )
        else:
            text = t(
                "{file} is not read, and has the columns of orders. If it is a part of them, call it {name}.",
                file=file.name,
                name=f"transactions-{file.name}",
            )
        doubts.append(text)
    return doubts
