"""A file of one row per customer: known as such, by what is said of it, its names and its first values.

Orders have days and customers who come again. Where no column is a day, or a column is the total
of a customer by its name, and no customer stands there twice, a row is a customer: `customer_values`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from crmlib.intake.customer_list import is_customer_list, is_of_orders
from crmlib.intake.days import looks_like_date
from crmlib.intake.known_ledger import is_ledger, table_by_name
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.names import aliases, bare, count_known
from crmlib.intake.raw import Peeked
from crmlib.intake.samples import filled, fits, to_numbers
from crmlib.intake.source import DATABASES
from crmlib.intake.worth import find_money
from crmlib.language import plural, t
from crmlib.tables import CREDIT_REVIEWS, CUSTOMER_VALUES, CUSTOMERS, INVOICES, STATEMENTS, TRANSACTIONS, Column, Table

Look = Callable[[Path, Table, Reading], Peeked]
# What only a customer has, not an order; in lower case, without spaces and marks.
OF_CUSTOMERS = frozenset(
    (
        "tenure tenuremonths recency churn churned exited attrition attritionflag customersince averageordervalue aov"
        " avgordervalue lastactive lastseen signup registered membersince 流失 是否流失 注册时间 注册日期 客单价"
        " 最近一次消费"
    ).split()
)
OF_ROWS = {"orders": TRANSACTIONS.name, "customers": CUSTOMER_VALUES.name, "invoices": INVOICES.name}
OF_CREDIT = {table.name: table for table in (STATEMENTS, CREDIT_REVIEWS)}
FEWEST_KNOWN = 4  # columns of statements or reviews in a file that is called so
# Names of customers' numbers that may be the number of anything.
ANY_ID = ("id", "no", "nr", "number", "code", "key", "编号", "序号", "號碼")
ENOUGH = 10  # rows from which on it says something that every customer stands there once
FIRST_SERIAL = 20_000  # of a day in 1954, as spreadsheets count


def find_table(path: Path, said: dict[str, dict], look: Look) -> str:
    """Which table one file holds, by what is said of it, or by its names and first values."""
    if table := said_table(path, said):
        return table
    names, samples = look(path, TRANSACTIONS, to_reading(said.get(TRANSACTIONS.name, {})))
    called = table_by_name(path.name.partition(".")[0])
    if called in OF_CREDIT and count_known(names, OF_CREDIT[called]) >= FEWEST_KNOWN:
        return called
    if is_ledger(path, (names, samples), said, look):
        return INVOICES.name
    if is_of_orders(names) or path.name.casefold().endswith(DATABASES):
        return CUSTOMER_VALUES.name if is_customer_level(names, samples) else TRANSACTIONS.name
    if is_customer_list(names, samples):
        return CUSTOMERS.name
    if is_customer_level(names, samples):
        return CUSTOMER_VALUES.name
    is_called_so = path.name.partition(".")[0] == CUSTOMERS.name
    # Below a title the names of a list of customers may not have been seen as such.
    is_list = is_called_so or is_customer_list(*look(path, CUSTOMERS, to_reading(said.get(TRANSACTIONS.name, {}))))
    return CUSTOMERS.name if is_list else TRANSACTIONS.name


def said_table(path: Path, said: dict[str, dict]) -> str | None:
    """Which table one file is said to hold, by its mapping or by its own name; None where nothing says so."""
    rows = said.get(TRANSACTIONS.name, {}).get("file", {}).get("rows")
    if rows in OF_ROWS:
        return OF_ROWS[rows]
    for table in (INVOICES, STATEMENTS, CREDIT_REVIEWS):
        if said.get(table.name):
            return table.name
    if said.get(CUSTOMER_VALUES.name) or path.name.partition(".")[0] == CUSTOMER_VALUES.name:
        return CUSTOMER_VALUES.name
    if said.get(TRANSACTIONS.name, {}).get("columns"):
        return TRANSACTIONS.name
    is_list = said.get(CUSTOMERS.name, {}).get("file", {}).get("rows") in ("customers", "numbered")
    return CUSTOMERS.name if is_list else None


def has_our_names(names: list[str]) -> bool:
    """Are the names those of the contract, of customers and not of orders?

    Examples
    --------
    >>> has_our_names(["customer_id", "value"]), has_our_names(["customer_id", "order_date", "amount", "value"])
    (True, False)
    """
    return {"customer_id", "value"} <= set(names) and not set(TRANSACTIONS.required) <= set(names)


def is_customer_level(names: list[str], samples: dict[str, list[str]]) -> bool:
    """Is a row surely a customer, not an order?

    Examples
    --------
    >>> is_customer_level(["customerID", "tenure", "TotalCharges"], {"customerID": ["a", "b"], "tenure": ["1", "2"]})
    True
    >>> names = ["customer_id", "order_date", "amount"]
    >>> is_customer_level(names, {"customer_id": ["a", "b"], "order_date": ["2024-01-01"] * 2})
    False
    """
    if has_our_names(names):
        return True
    known = {bare(name) for name in names}
    orders = {*aliases("order_id")[0], *aliases("order_date")[0]}
    if known & orders or not (names and any(samples.values())):
        return False
    ids = find_ids(names)
    if ids and not any(is_unique(samples.get(name, [])) for name in ids):
        return False
    told = {*OF_CUSTOMERS, *(name for ours in ("value", "n_orders") for name in aliases(ours)[0])}
    told |= {*aliases("first_order_date")[0], *aliases("last_order_date")[0]}
    goods = {name for ours in ("product_id", "product_name", "quantity") for name in aliases(ours)[0]}
    has_days = any(is_day(samples.get(name, []), name) for name in names)
    if known & goods or (has_days and not (ids and known & told)):
        return False
    return bool(known & told) or bool(find_money(names, samples, ids))


def find_ids(names: list[str]) -> list[str]:
    """Columns that may number customers, by name; the likeliest first."""
    sure, unsure = aliases("customer_id")
    return next(
        (found for known in (sure, unsure, ANY_ID) if (found := [name for name in names if bare(name) in known])), []
    )


def is_unique(values: list[str]) -> bool:
    cells = filled(values)
    return len(cells) > 0 and len(set(cells)) == len(cells)


def is_day(values: list[str], name: str = "") -> bool:
    """Are these days, as text, or as the numbers of a spreadsheet or a computer under a name that says so?"""
    cells = filled(values)
    if bare(name) in aliases("order_date")[1] and min(to_numbers(cells), default=0) > FIRST_SERIAL:
        return True
    return len(cells) > 0 and sum(map(looks_like_date, cells)) >= 0.8 * len(cells)


def may_hold(values: list[str], column: Column) -> bool:
    """Do the values fit a column, a whole number where that is meant? A frequency of 0.25 counts no orders."""
    whole = column.type != "integer" or all(amount == int(amount) for amount in to_numbers(filled(values)))
    return fits(values, column) and whole


def describe_level(values: pd.DataFrame) -> str:
    """What a table of one row per customer can and cannot tell, as a sentence."""
    return t(
        "One row per customer, not one per order ({customers}): shares, tiers, concentration, ABC and the budget can be"
        " worked out; moves between periods, the trend and what is chance need orders with their days.",
        customers=plural(len(values), "1 customer", "{n} customers"),
    )
