"""The mapping of a file of one row per customer drafted, and what to ask of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from crmlib.intake.conventions import Choice, OpenQuestion
from crmlib.intake.customer_level import (
    ENOUGH,
    Look,
    find_ids,
    is_day,
    is_unique,
    may_hold,
)
from crmlib.intake.draft import MOST_CHOICES, ask_if_unnamed, describe_values, refuse_lost_names
from crmlib.intake.mapping import some
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.names import aliases, bare, is_name
from crmlib.intake.samples import fits
from crmlib.intake.worth import find_money, find_worth, is_skewed, only_counts
from crmlib.language import t
from crmlib.tables import CUSTOMER_VALUES, TRANSACTIONS

Columns = dict[str, "str | list[str]"]  # our column and its name in the file, or two that are multiplied


def draft_values(path: Path, said: dict[str, dict], *, look: Look) -> tuple[dict[str, dict], list[OpenQuestion]]:
    """What is said of all tables, with the columns of a file of one row per customer, as far as they tell.

    Raises
    ------
    ValueError
        What is said of it names columns that the file does not have, or its first line is a row.
    """
    before = {name: value for name, value in said.get(TRANSACTIONS.name, {}).get("file", {}).items() if name != "rows"}
    mine = {**said.get(CUSTOMER_VALUES.name, {})}
    mine["file"] = before | mine.get("file", {})  # its encoding may have been asked before it was known what it is
    names, samples = look(path, CUSTOMER_VALUES, to_reading(mine))
    columns, parts = dict(mine.get("columns", {})), mine.get("sum", {})
    refuse_lost_names(path, names, CUSTOMER_VALUES, {**columns, **parts})
    if not columns and not parts:
        ask_if_unnamed(path, CUSTOMER_VALUES, names, mine, look)
    ids = [name for name in ("customer_id",) if name in names] or find_ids(names)
    if ids and "customer_id" not in columns and mine["file"].get("rows") != "numbered":
        unique = [name for name in ids if is_unique(samples.get(name, []))]
        columns["customer_id"] = min(unique or ids, key=is_name)  # a number before a name
    questions = _draft_others(names, samples, columns, set(parts))
    if "customer_id" not in columns and mine["file"].get("rows") != "numbered":
        if question := _ask_who(names, samples, columns):
            questions.insert(0, question)
        else:
            mine["file"]["rows"] = "numbered"
    mine["columns"] = {name: columns[name] for name in CUSTOMER_VALUES.names if name in columns}
    return {**said, CUSTOMER_VALUES.name: mine}, questions


def _ask_who(names: list[str], samples: dict[str, list[str]], columns: Columns) -> OpenQuestion | None:
    """Which column says who the customers are, where no name says so and texts that stand once might."""
    column = CUSTOMER_VALUES.column("customer_id")
    texts = [
        name
        for name in names
        if name
        and name not in columns.values()
        and names.count(name) == 1
        and is_unique(samples.get(name, []))
        and not fits(samples[name], CUSTOMER_VALUES.column("value"))
        and not is_day(samples[name])
    ]
    if not texts:
        return None
    text = t(
        "This looks like one row per customer, not one per order. Which column says who the customer is? (If none does,"
        " write rows = {numbered} under [customer_values.file] instead; if a row is an order, rows = {orders} under"
        " [transactions.file].)",
        numbered='"numbered"',
        orders='"orders"',
    )
    choices = tuple(Choice(name, describe_values(samples, column, name)) for name in texts[:MOST_CHOICES])
    return OpenQuestion(CUSTOMER_VALUES.name, "columns", "customer_id", text, choices)


def _draft_others(
    names: list[str], samples: dict[str, list[str]], columns: Columns, added: set[str]
) -> list[OpenQuestion]:
    """Add the columns other than the customer that are not yet said; what to ask about the value."""
    ids, questions = find_ids(names), []
    for column in CUSTOMER_VALUES.columns[1:]:
        if column.name in columns or column.name in added:
            continue
        taken = {name for theirs in columns.values() for name in ([theirs] if isinstance(theirs, str) else theirs)}
        free = [name for name in names if name and name not in taken and names.count(name) == 1]
        sure, unsure = ([name for name in free if bare(name) in known] for known in aliases(column.name))
        found = [name for name in sure or unsure if may_hold(samples.get(name, []), column)]
        if column.name == "value":
            found, question = _draft_value(free, samples, found if sure else [], ids)
            questions += [question] if question else []
        if len(found) == 1:
            columns[column.name] = found[0]
    return questions


def _draft_value(
    names: list[str], samples: dict[str, list[str]], sure: list[str], ids: list[str]
) -> tuple[list[str], OpenQuestion | None]:
    """The column that is the value, if only one can be; otherwise what to ask."""
    if len(sure) == 1:
        return sure, None
    numbers = find_money(names, samples, ids)
    money = find_worth(numbers, samples)
    unsure = [name for name in money if bare(name) in aliases("value")[1]]
    if not sure and len(money) == 1 and unsure and not only_counts(unsure[0], samples.get(unsure[0], [])):
        return unsure, None
    if not sure and not money:
        return [], _no_value(numbers)
    likely = sure or [*unsure, *(name for name in money if name not in unsure)]
    choices = [Choice(name, describe_values(samples, CUSTOMER_VALUES.column("value"), name)) for name in likely]
    skewed = [name for name in names if name in money and is_skewed(samples[name])]
    sums = [Choice(skewed, t("their sum"), "sum")] if not sure and not unsure and len(skewed) > 1 else []
    text = t(
        "This looks like one row per customer, not one per order. Which column is the value ({meaning})? (If a row is"
        " an order, write rows = {orders} under [transactions.file] instead.)",
        meaning=t(CUSTOMER_VALUES.column("value").meaning),
        orders='"orders"',
    )
    return [], OpenQuestion(CUSTOMER_VALUES.name, "columns", "value", text, (*choices[:MOST_CHOICES], *sums))


def _no_value(numbers: list[str]) -> OpenQuestion:
    """That no column looks like a value, and what the others look like; there is nothing to choose from."""
    text = t(
        "This looks like one row per customer, not one per order, and no column looks like what they brought: money."
    )
    if numbers:
        names = some(numbers[:MOST_CHOICES], quoted=False)
        text += " " + t("{names}: these count, rate, date or number something, by their names and values.", names=names)
    text += " " + t(
        "(If a row is an order, write rows = {orders} under [transactions.file] instead.)", orders='"orders"'
    )
    return OpenQuestion(CUSTOMER_VALUES.name, "columns", "value", text, ())


def ask_what_rows_are(tables: dict[str, pd.DataFrame], said: dict[str, dict]) -> OpenQuestion | None:
    """Whether rows are orders or customers, where every customer stands there once and the day may be any day.

    A day that its name says to be that of an order leaves no doubt, nor do numbers of orders.
    """
    orders, mine = tables.get(TRANSACTIONS.name), said.get(TRANSACTIONS.name, {})
    day = mine.get("columns", {}).get("order_date", "order_date")
    if not isinstance(orders, pd.DataFrame):  # none, or so many that a doubt is told instead (`large`)
        return None
    if mine.get("file", {}).get("rows") or bare(day) in aliases("order_date")[0]:
        return None
    if "order_id" in orders or len(orders) < ENOUGH or not orders["customer_id"].is_unique:
        return None
    text = t(
        "Every customer stands in one row only (rows: {n}), and {day} may be any day. Is a row an order, or a customer"
        " with what they brought in all?",
        n=f"{len(orders):,}",
        day=day,
    )
    customers = t("one row per customer: tiers, concentration, ABC and the budget; nothing that needs days of orders")
    return OpenQuestion(
        TRANSACTIONS.name,
        "file",
        "rows",
        text,
        (Choice("customers", customers), Choice("orders", t("one row per order; everybody has bought once"))),
    )
