"""How far orders can be trusted: what they hold, what is doubtful about them, which day is their last.

Only looks and counts; nothing is changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

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
NAMED = ("product_id", "category", "channel")  # columns in which a line may be called a total
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
        with engine.opened(frame) as (lines, run):
            log = engine.describe_log(lines, run)
        rule = (
            ""
            if "order_id" in frame.columns
            else " " + t("There is no order_id: what a customer buys on a day counts as one order.")
        )
        if "order_id" in frame.columns and log["n_without"]:
            rule = " " + t(
                "Rows without an order_id: {n}. What a customer buys on a day counts as one order there.",
                n=number(log["n_without"]),
            )
        said.append(
            t(
                "{first} to {last}: {customers}, {orders}, {total} in all.",
                first=pd.Timestamp(log["first"]).date(),
                last=pd.Timestamp(log["last"]).date(),
                customers=plural(log["n_customers"], "1 customer", "{n} customers"),
                orders=plural(log["n_orders"], "1 order", "{n} orders"),
                total=number(log["amount"], 2),
            )
            + rule
        )
    return said


def _doubts_on_records(who: pd.Index, records: pd.DataFrame | None) -> list[str]:
    """Whether the numbers of customers in the orders are those of their records, a sentence if hardly any is."""
    if records is None:
        return []
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
    records = tables.get("customers")
    if "transactions" in tables:
        orders = tables["transactions"]
        named = [name for name in NAMED if name in orders.columns]
        with engine.opened(orders, also=named) as (lines, run):
            facts = engine.count_doubtful(
                lines, run, today=pd.Timestamp(today), likely=FIRST_LIKELY, most_counted=MOST_COUNTED
            )
            who = pd.Index(engine.find_customer_ids(lines, run).to_pandas(), dtype="str")
            of_days = _doubts_on_days(facts, today, lambda: last_day(orders, today=today))
            of_numbers = _doubts_on_numbers(who) + _doubts_on_orders(lines, run) + _doubts_on_names(lines, run, named)
        return of_days + of_numbers + _doubts_on_money(facts) + _doubts_on_records(who, records)
    if "customer_values" not in tables:
        return []
    values = tables["customer_values"]
    orders = values[["customer_id", "value"]].rename(columns={"value": "amount"})
    with engine.opened(orders.assign(order_date=pd.Timestamp(today))) as (lines, run):
        facts = engine.count_doubtful(
            lines, run, today=pd.Timestamp(today), likely=FIRST_LIKELY, most_counted=MOST_COUNTED
        )
        who = pd.Index(engine.find_customer_ids(lines, run).to_pandas(), dtype="str")
    of_values = _doubts_on_numbers(who) + _doubts_on_money(facts) + _doubts_on_values(values)
    return of_values + _doubts_on_records(who, records)


def _doubts_on_days(facts: dict, today: date, find_last: Callable[[], pd.Timestamp]) -> list[str]:
    """Whether orders are dated after today, or so early that the date stands for none."""
    doubts = []
    if facts["n_late"] and facts["n_late"] == facts["n"]:
        doubts.append(t("All rows are dated after today, {today}: is the clock or the export wrong?", today=today))
    elif facts["n_late"]:
        doubts.append(
            plural(
                facts["n_late"],
                "1 row is dated after today, {today} (the last: {last}); crmlib run looks as of {as_of}, the last"
                " day before, and does not count it.",
                "{n} rows are dated after today, {today} (the last: {last}); crmlib run looks as of {as_of}, the"
                " last day before, and does not count them.",
                today=today,
                last=pd.Timestamp(facts["last"]).date(),
                as_of=find_last().date(),
            )
        )
    if n := facts["n_early"]:
        doubts.append(
            t(
                "Dated before {first}: {n}, the first {day}. Does that stand for no date?",
                n=plural(n, "1 row", "{n} rows"),
                first=FIRST_LIKELY.date(),
                day=pd.Timestamp(facts["first"]).date(),
            )
        )
    return doubts


def _doubts_on_values(values: pd.DataFrame) -> list[str]:
    """Whether a customer stands in several rows of a table of one row per customer."""
    n = int(values["customer_id"].duplicated().sum())
    if n == 0:
        return []
    return [
        t(
            "{n} of a customer who stands there already: their values are added up. Is a row an order, or was the"
            " file put together of several?",
            n=plural(n, "1 row", "{n} rows"),
        )
    ]


def _doubts_on_money(facts: dict) -> list[str]:
    """Whether customers are too few, or amounts too alike or too unequal, to say anything."""
    doubts = []
    n_customers = facts["n_customers"]
    if n_customers == 1:
        doubts.append(t("There is 1 customer only: shares and tiers say nothing."))
    elif n_customers < FEW_CUSTOMERS:
        doubts.append(t("There are only {n} customers: a share or a tier may be one or two of them.", n=n_customers))
    if not facts["n_positive"]:
        doubts.append(t("No amount is above zero: there is nothing to rank customers by."))
    elif n_customers > 1 and facts["least"] == facts["most"]:
        doubts.append(t("All amounts are the same: is this the right column?"))
    elif facts["n"] >= MANY_LINES and facts["n_whole"] == facts["n"]:
        text = t(
            "All amounts are whole numbers up to {most}: are they money, or a count of pieces?",
            most=number(facts["most"]),
        )
        doubts.append(text)
    if n_customers >= FEW_CUSTOMERS and facts["biggest"] >= HALF * (facts["positive"] or 0) > 0:
        doubts.append(
            t(
                "One customer brings half of the money or more: is it a person, a number for everybody without one, or"
                " a total among the lines?"
            )
        )
    return doubts


def _doubts_on_numbers(who: pd.Index) -> list[str]:
    """Whether customers who are one have two numbers."""
    known = pd.Series(who)
    plain = _plain_numbers(known)
    alike = plain.duplicated(keep=False)
    if not alike.any():
        return []
    first = known[plain == plain[alike.idxmax()]].tolist()[:2]
    return [
        t(
            "Customer numbers that differ from another only in capitals, spaces, zeros in front, a .0 behind or"
            " characters that do not show: {n}, such as {examples}. They count as different customers.",
            n=number(int(alike.sum())),
            examples=t(" and ").join(map(_visible, first)),
        )
    ]


def _plain_numbers(known: pd.Series) -> pd.Series:
    """`plain_number` of each; of plain letters, digits and marks all at once, for there may be millions."""
    is_simple = known.str.fullmatch("[0-9A-Za-z]+([._/-][0-9A-Za-z]+)*")
    plain = pc.ascii_lower(pa.array(known[is_simple], pa.large_string()))
    for before, after in (("[^0-9]", "[0-9]"), ("[0-9]", "[^0-9]")):
        plain = pc.replace_substring_regex(plain, f"({before})[._/-]({after})", r"\1\2")
    plain = pd.Series(plain.to_pandas(), dtype="str").set_axis(known.index[is_simple])
    is_number = plain.str.fullmatch(r"[0-9]+(\.0+)?")
    numbers = plain[is_number].str.replace(r"\.0+$", "", regex=True).str.lstrip("0").replace("", "0")
    return pd.concat([numbers, plain[~is_number], known[~is_simple].map(plain_number)]).reindex(known.index)


def _doubts_on_orders(lines, run) -> list[str]:
    """Whether orders of several customers have one number, or the amount of an order stands in each of its lines."""
    doubts = []
    if "order_id" in lines.columns and (shared := engine.count_shared_orders(lines, run)):
        doubts.append(
            t(
                "Order numbers that belong to more than one customer: {n}. Each customer's part counts as an order;"
                " if the numbers begin anew every day, two orders of a customer may have become one.",
                n=number(shared),
            )
        )
    repeats = engine.count_repeats(lines, run)
    # As exports of one line per product have it.
    if repeats["n_several"] >= FEWEST_ORDERS and repeats["n_same"] >= MOSTLY * repeats["n_several"]:
        doubts.append(
            t(
                "Of {n_several} orders with several lines, {n_same} have the same amount in each. Is it that of the"
                " whole order? Then {extra} is counted more than once.",
                n_several=number(repeats["n_several"]),
                n_same=number(repeats["n_same"]),
                extra=number(repeats["extra"], 2),
            )
        )
    return doubts


def _doubts_on_names(lines, run, columns: list[str]) -> list[str]:
    """Whether sums stand among the lines."""
    doubts = []
    for column in columns:
        words = [word for word in engine.list_words(lines, run, column) if isinstance(word, str) and is_total(word)]
        if words:
            found = engine.sum_words(lines, run, column, words)
            doubts.append(
                t(
                    "{column} says {word} in {n}, {amount} in all: if they add up other lines, those count twice.",
                    column=column,
                    word=words[0],
                    n=plural(found["n"], "1 row", "{n} rows"),
                    amount=number(found["amount"], 2),
                )
            )
    return doubts


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
