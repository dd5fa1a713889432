"""How far orders can be trusted: what they hold, what is doubtful about them, which day is their last.

Only looks and counts; nothing is changed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import engine
from crmlib.language import number, plural, t
from crmlib.language.words import is_total

if TYPE_CHECKING:
    from pathlib import Path

    import ibis

FEW_CUSTOMERS = 30
FEWEST_KNOWN = 0.5  # of the customers who bought have a record, if both are numbered alike
HALF = 0.499  # of the money: a grand total among the lines is half, or nearly so if it was rounded
MANY_LINES, MOST_COUNTED = 50, 20  # amounts of so many lines that are all whole and no more are a count, mostly
FEWEST_ORDERS, MOSTLY = 5, 0.9  # so many orders of several lines, so many of them alike, are hardly chance
FIRST_LIKELY = pd.Timestamp("1970-01-02")  # what stands for no date is 1900-01-01 or 1970-01-01 mostly


def describe_tables(tables: dict[str, pd.DataFrame]) -> list[str]:
    """What the tables hold, a sentence each.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Validated tables by name: transactions, customers, ...

    Returns
    -------
    list of str
        One sentence per table, in the reader's language.

    Examples
    --------
    >>> orders = pd.DataFrame({"customer_id": ["a"], "order_date": pd.to_datetime(["2024-01-01"]), "amount": [5.0]})
    >>> describe_tables({"transactions": orders, "products": pd.DataFrame({"product_id": ["p"]})})[1]
    'products: 1 row.'
    """
    said = []
    for name, frame in tables.items():
        if name == "customer_values":
            said.append(_describe_values(frame))
            continue
        if name == "record_pairs":
            said.append(_describe_pairs(frame))
            continue
        if name != "transactions":
            said.append(plural(len(frame), "{table}: 1 row.", "{table}: {n} rows.", table=t(name)))
            continue
        days = frame["order_date"]
        n_orders, n_without = _count_orders(frame)
        rule = (
            ""
            if "order_id" in frame
            else " " + t("There is no order_id: what a customer buys on a day counts as one order.")
        )
        if "order_id" in frame and n_without:
            rule = " " + t(
                "Rows without an order_id: {n}. What a customer buys on a day counts as one order there.",
                n=number(n_without),
            )
        n_customers = frame["customer_id"].nunique()
        customers_said = plural(n_customers, "1 customer", "{n} customers")
        orders_said = plural(n_orders, "1 order", "{n} orders")
        said.append(
            t(
                "{first} to {last}: {customers}, {orders}, {total} in all.",
                first=days.min().date(),
                last=days.max().date(),
                customers=customers_said,
                orders=orders_said,
                total=number(frame["amount"].sum(), 2),
            )
            + rule
        )
    return said


def _doubts_on_records(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Whether the numbers of customers in the orders are those of their records, a sentence if hardly any is."""
    records = tables.get("customers")
    bought = tables.get("transactions", tables.get("customer_values"))
    if records is None or bought is None:
        return []
    who = pd.Index(bought["customer_id"].dropna().unique())
    n_known = int(who.isin(records["customer_id"]).sum())
    if n_known >= FEWEST_KNOWN * len(who):
        return []
    return [
        t(
            "Of {n} customers who bought, {n_known} have a record: the orders and the records may number customers"
            " differently (one by e-mail, the other by a number). What is said of customers without an order, or"
            " without a record, does not hold then.",
            n=number(len(who)),
            n_known=number(n_known),
        )
    ]


def _describe_pairs(pairs: pd.DataFrame) -> str:
    """How many records of customers may be the same customer twice."""
    n_likely = int(pairs["is_likely"].sum())
    return t(
        "Pairs of records that are more likely one customer than two: {n}; that agree with too little known to say so:"
        " {n_unsure}. Nothing is merged.",
        n=number(n_likely),
        n_unsure=number(len(pairs) - n_likely),
    )


def _describe_values(values: pd.DataFrame) -> str:
    """What a table of one row per customer holds."""
    customers_said = plural(values["customer_id"].nunique(), "1 customer", "{n} customers")
    total = number(values["value"].sum(), 2)
    days = [values[name] for name in ("first_order_date", "last_order_date") if name in values]
    days = pd.concat(days).dropna() if days else pd.Series(dtype="datetime64[us]")
    if days.empty:
        return t("{customers}, {total} in all; no day is known.", customers=customers_said, total=total)
    return t(
        "{customers}, {total} in all; their orders lie from {first} to {last}.",
        customers=customers_said,
        total=total,
        first=days.min().date(),
        last=days.max().date(),
    )


def _count_orders(orders: pd.DataFrame) -> tuple[int, int]:
    """How many orders, counted as `customers.summarize_customers` does, and how many lines have no order_id."""
    bought = orders[orders["amount"] >= 0]  # a refund is no order
    by_day = bought[bought["order_id"].isna()] if "order_id" in orders else bought
    n_days = len(set(zip(by_day["customer_id"], by_day["order_date"].dt.normalize(), strict=True)))
    n_numbers = (
        len(bought.dropna(subset=["order_id"]).drop_duplicates(["customer_id", "order_id"]))
        if "order_id" in orders
        else 0
    )
    return n_days + n_numbers, int(orders["order_id"].isna().sum()) if "order_id" in orders else len(orders)


def find_doubts(tables: dict[str, pd.DataFrame], *, today: date) -> list[str]:
    """What a careful person would ask about the orders, a sentence each; [] where all is well.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Validated tables by name; the orders are those of transactions.
    today : date
        The day of the check: orders after it cannot have been made.

    Returns
    -------
    list of str
        A sentence per doubt, in the reader's language.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-01", "2052-01-01"])
    >>> orders = pd.DataFrame({"customer_id": ["a", "a"], "order_date": days, "amount": [0, 0]})
    >>> for doubt in find_doubts({"transactions": orders}, today=date(2025, 1, 1)):
    ...     print(doubt)
    1 row is dated after today, 2025-01-01 (the last: 2052-01-01); crmlib run looks as of 2024-01-01, the last
    day before, and does not count it.
    There is 1 customer only: shares and tiers say nothing.
    No amount is above zero: there is nothing to rank customers by.
    """
    if "transactions" not in tables:
        of_values = _doubts_on_values(tables["customer_values"]) if "customer_values" in tables else []
        return of_values + _doubts_on_records(tables)
    orders = tables["transactions"]
    of_orders = _doubts_on_days(orders, today) + _doubts_on_numbers(orders) + _doubts_on_money(orders)
    return of_orders + _doubts_on_records(tables)


def _doubts_on_days(orders: pd.DataFrame, today: date) -> list[str]:
    """Whether orders are dated after today, or so early that the date stands for none."""
    doubts = []
    days = orders["order_date"].dt.normalize()
    is_late = days > pd.Timestamp(today)
    if len(days) and is_late.all():
        doubts.append(t("All rows are dated after today, {today}: is the clock or the export wrong?", today=today))
    elif is_late.any():
        doubts.append(
            plural(
                int(is_late.sum()),
                "1 row is dated after today, {today} (the last: {last}); crmlib run looks as of {as_of}, the last"
                " day before, and does not count it.",
                "{n} rows are dated after today, {today} (the last: {last}); crmlib run looks as of {as_of}, the"
                " last day before, and does not count them.",
                today=today,
                last=days.max().date(),
                as_of=last_day(orders, today=today).date(),
            )
        )
    if n := int((orders["order_date"] < FIRST_LIKELY).sum()):
        doubts.append(
            t(
                "Dated before {first}: {n}, the first {day}. Does that stand for no date?",
                n=plural(n, "1 row", "{n} rows"),
                first=FIRST_LIKELY.date(),
                day=days.min().date(),
            )
        )
    return doubts


def _doubts_on_values(values: pd.DataFrame) -> list[str]:
    """Whether a customer stands in several rows of a table of one row per customer, or their values say nothing."""
    orders = values.rename(columns={"value": "amount"})
    doubts = _doubts_on_numbers(orders[["customer_id", "amount"]]) + _doubts_on_money(orders)
    if n := int(values["customer_id"].duplicated().sum()):
        doubts.append(
            t(
                "{n} of a customer who stands there already: their values are added up. Is a row an order, or was the"
                " file put together of several?",
                n=plural(n, "1 row", "{n} rows"),
            )
        )
    return doubts


def _doubts_on_money(orders: pd.DataFrame) -> list[str]:
    """Whether customers are too few, or amounts too alike or too unequal, to say anything."""
    doubts = []
    n_customers = orders["customer_id"].nunique()
    if n_customers == 1:
        doubts.append(t("There is 1 customer only: shares and tiers say nothing."))
    elif n_customers < FEW_CUSTOMERS:
        doubts.append(t("There are only {n} customers: a share or a tier may be one or two of them.", n=n_customers))
    if not (orders["amount"] > 0).any():
        doubts.append(t("No amount is above zero: there is nothing to rank customers by."))
    elif n_customers > 1 and orders["amount"].nunique() == 1:
        doubts.append(t("All amounts are the same: is this the right column?"))
    elif len(orders) >= MANY_LINES and orders["amount"].isin(range(MOST_COUNTED + 1)).all():
        text = t(
            "All amounts are whole numbers up to {most}: are they money, or a count of pieces?",
            most=number(orders["amount"].max()),
        )
        doubts.append(text)
    biggest = orders.groupby("customer_id")["amount"].sum().max() if n_customers > 1 else 0
    total = orders["amount"].clip(lower=0).sum()
    if n_customers >= FEW_CUSTOMERS and biggest >= HALF * total > 0:
        doubts.append(
            t(
                "One customer brings half of the money or more: is it a person, a number for everybody without one, or"
                " a total among the lines?"
            )
        )
    return doubts


def _doubts_on_numbers(orders: pd.DataFrame) -> list[str]:
    """Whether customers or orders that are one have two numbers, or two have one; and sums among the lines."""
    doubts = []
    known = pd.Series(orders["customer_id"].unique(), dtype="str")
    plain = known.map(plain_number)
    alike = plain.duplicated(keep=False)
    if alike.any():
        first = known[plain == plain[alike.idxmax()]].tolist()[:2]
        doubts.append(
            t(
                "Customer numbers that differ from another only in capitals, spaces, zeros in front, a .0 behind or"
                " characters that do not show: {n}, such as {examples}. They count as different customers.",
                n=number(int(alike.sum())),
                examples=t(" and ").join(map(_visible, first)),
            )
        )
    if "order_id" in orders:
        owners = orders.dropna(subset=["order_id"]).drop_duplicates(["order_id", "customer_id"])
        shared = owners["order_id"][owners["order_id"].duplicated()].nunique()
        if shared:
            doubts.append(
                t(
                    "Order numbers that belong to more than one customer: {n}. Each customer's part counts as an order;"
                    " if the numbers begin anew every day, two orders of a customer may have become one.",
                    n=number(shared),
                )
            )
    doubts += _doubts_on_repeats(orders)
    for column in ("product_id", "category", "channel"):
        if column in orders:
            adds_up = orders[column].isin([word for word in orders[column].dropna().unique() if is_total(word)])
            if adds_up.any():
                doubts.append(
                    t(
                        "{column} says {word} in {n}, {amount} in all: if they add up other lines, those count twice.",
                        column=column,
                        word=orders.loc[adds_up, column].iloc[0],
                        n=plural(int(adds_up.sum()), "1 row", "{n} rows"),
                        amount=number(orders.loc[adds_up, "amount"].sum(), 2),
                    )
                )
    return doubts


def _doubts_on_repeats(orders: pd.DataFrame) -> list[str]:
    """Whether the amount of an order stands in each of its lines, as exports of one line per product have it."""
    bought = orders.loc[orders["amount"] > 0]
    # Without numbers of orders, what a customer bought at one moment is one.
    order = next((name for name in ("order_id", "order_date") if name in orders), None)
    if order is None:
        return []
    lines = bought.dropna(subset=[order]).groupby(["customer_id", order])["amount"].agg(["size", "nunique", "first"])
    several = lines[lines["size"] > 1]
    same = several[several["nunique"] == 1]
    if len(several) < FEWEST_ORDERS or len(same) < MOSTLY * len(several):
        return []
    return [
        t(
            "Of {n_several} orders with several lines, {n_same} have the same amount in each. Is it that of the whole"
            " order? Then {extra} is counted more than once.",
            n_several=number(len(several)),
            n_same=number(len(same)),
            extra=number(float((same["first"] * (same["size"] - 1)).sum()), 2),
        )
    ]


def _visible(text: str) -> str:
    """With the characters that do not show written out."""
    hidden = ("Cf", "Cc")  # Unicode's categories of format and control
    return "".join(f"\\u{ord(one):04x}" if unicodedata.category(one) in hidden else one for one in text)


def plain_number(text: str) -> str:
    """A customer's number without what people and programs write differently.

    Parameters
    ----------
    text : str
        The number as it stands in the table.

    Returns
    -------
    str
        In lower case, without zeros in front, a .0 behind, characters that do not show, and spaces and
        hyphens between its letters and digits.

    Examples
    --------
    >>> plain_number("c-007"), plain_number("C-007\u200b"), plain_number("007"), plain_number("7.0")
    ('c007', 'c007', '7', '7')
    >>> plain_number("C 021"), plain_number("12-3"), plain_number("Ann Lee")
    ('c021', '12-3', 'ann lee')
    """
    seen = "".join(
        character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) not in ("Cf", "Cc")
    )
    bare = " ".join(seen.casefold().split())
    if any(map(str.isdigit, bare)):  # between digits a hyphen tells 12-3 from 1-23
        bare = re.sub(r"(?<=\D)[ ._/-]+(?=\d)|(?<=\d)[ ._/-]+(?=\D)|(?<=\d) (?=\d)", "", bare)
    return re.sub(r"\.0+$", "", bare).lstrip("0") or "0" if re.fullmatch(r"\d+(\.0+)?", bare) else bare


# What makes late days a slip of the pen, see `last_day`.
SLIP_GAP_DAYS, SLIP_TIMES_LONGEST, SLIP_SHARE = 90, 5, 0.01


def last_day(transactions: pd.DataFrame | str | Path | ibis.Table, *, today: date | None = None) -> pd.Timestamp:
    """The last day of the data, not counting days that a mistyped date put far behind all others.

    The days after a gap are taken for a slip if the gap is longer than 90 days, and longer than
    five times the longest gap before it, and if they hold less than 1 % of the lines. So one
    order of 2052 among those of 2025 does not make everybody look lost for 27 years, while a shop
    that closes every winter, or opens again after a break, keeps its last day. A gap of more than
    90 days behind the first few lines, less than 1 % of all, does not count as one before: it comes
    from dates that stand for none, such as 1970-01-01. How many lines lie after the day is for the
    caller to say; when something else is right, give as_of yourself.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`.
    today : date, optional
        Do not count days after it either, unless there are no others.

    Returns
    -------
    Timestamp
        A day, at midnight.

    Raises
    ------
    ValueError
        A column is missing or of the wrong type, a date is missing, or there is no line.

    Examples
    --------
    >>> days = [*pd.date_range("2025-01-01", periods=200), pd.Timestamp("2052-07-19")]
    >>> lines = pd.DataFrame({"customer_id": "ann", "order_date": days, "amount": 1.0})
    >>> last_day(lines)
    Timestamp('2025-07-19 00:00:00')
    """
    with engine.opened(transactions) as (lines, run):
        engine.look(lines, run)
        by_day = lines.group_by(day=lines.order_date.cast("date")).aggregate(n=lines.count())
        counts = run(by_day).to_pandas()
    counts = pd.Series(counts["n"].to_numpy(), index=pd.DatetimeIndex(counts["day"])).sort_index()
    if today is not None and (past := counts[counts.index <= pd.Timestamp(today)]).size:
        counts = past
    gaps = np.diff(counts.index.to_numpy()).astype("timedelta64[D]").astype("int64")
    n_lines = counts.to_numpy().cumsum()
    n_until, n_after = n_lines[:-1], n_lines[-1] - n_lines[:-1]
    few = SLIP_SHARE * n_lines[-1]
    # A placeholder far in front would make every gap after it look usual.
    usual = np.where((gaps > SLIP_GAP_DAYS) & (n_until < few), 0, gaps)
    longest_before = np.maximum.accumulate(np.concatenate([[0], usual]))[:-1]
    is_slip = (gaps > SLIP_GAP_DAYS) & (gaps > SLIP_TIMES_LONGEST * longest_before) & (n_after < few)
    place = int(is_slip.argmax()) if is_slip.any() else -1
    return counts.index[place]
