"""Columns whose names say nothing: which of them may be a customer or an amount, by their values, to be asked about."""

from __future__ import annotations

import re

from crmlib.intake.days import looks_like_date
from crmlib.intake.names import aliases, bare, is_name
from crmlib.intake.raw import PEEKED
from crmlib.intake.samples import filled, to_numbers
from crmlib.intake.telling import are_currencies, are_numbers, is_currency, is_discount, is_refund, is_state
from crmlib.intake.worth import has_money_in_name, is_no_money, is_other_money, only_numbers_something
from crmlib.language.words import kind_of_row
from crmlib.tables import Column

TIME = re.compile(
    r"\d{1,2}[:：]\d{2}([:：]\d{2})?([.,]\d+)?\s*([AaPp]\.?[Mm]\.?)?|[上下]午.*|\d{1,2}[时點点]\d{1,2}分?.*"
)
OTHER = re.compile(
    r"time.?zone|zeitzone|时区|時區|country|land$|language|国家|語言|语言|balance.?impact|\btype$|typ$|类型$|類型$",
    re.IGNORECASE,
)
KNOWN = (
    *("order_id", "order_date", "product_id", "product_name", "category", "quantity", "list_price"),
    *("city", "channel", "customer_type"),
)
FEW_KINDS = 5
ENOUGH = 10  # cells from which on it says something that all are the same
HALF = 0.5


def may_be(name: str, values: list[str], column: Column) -> bool:
    """Could a column be ours, though its name does not say so? For a question: what is left can be named by hand.

    No customer is a time of day, a currency, a state, a number with decimals, or what stands in every row alike;
    no amount is a balance, a count, a year, a code, or what is mostly below zero.

    Examples
    --------
    >>> from crmlib.tables import TRANSACTIONS
    >>> customer, amount = TRANSACTIONS.column("customer_id"), TRANSACTIONS.column("amount")
    >>> may_be("Who", ["ann", "bob"], customer), may_be("Hour", ["10:30", "12:05"], customer)
    (True, False)
    >>> may_be("Net", ["12.50", "7.00"], amount), may_be("Balance", ["100.00", "112.50"], amount)
    (True, False)
    """
    cells = filled(values)
    if not cells or all(TIME.fullmatch(cell) for cell in cells):
        return False
    if column.name == "customer_id":
        # Of a long file the first rows may be those of one customer.
        is_constant = ENOUGH <= len(values) < PEEKED and len(set(cells)) == 1
        return not is_constant and _may_be_customer(name, cells)
    if column.name == "amount":
        return _may_be_amount(name, cells)
    return not (column.name.endswith("_id") and any(map(looks_like_date, values[:20])))


def _may_be_customer(name: str, cells: list[str]) -> bool:
    different = list(dict.fromkeys(cells))
    is_known = any(bare(name) in aliases(ours)[0] for ours in KNOWN)
    is_other = is_known or is_state(name) or is_currency(name) or OTHER.search(name) is not None
    if is_other or is_discount(name) or is_refund(name) or has_money_in_name(name) or are_currencies(different):
        return False
    has_decimals = are_numbers(cells) and any(amount != int(amount) for amount in to_numbers(cells))
    are_few = len(different) <= FEW_KINDS and len(cells) >= ENOUGH
    is_kind = are_few and not is_name(name) and any(map(kind_of_row, different))
    return not has_decimals and not is_kind and not any(map(looks_like_date, cells[:20]))


def _may_be_amount(name: str, cells: list[str]) -> bool:
    if has_money_in_name(name):
        return True
    if is_no_money(name) or is_other_money(name) or only_numbers_something(name, cells):
        return False
    amounts = to_numbers(cells)
    return sum(amount < 0 for amount in amounts) <= HALF * len(amounts)
