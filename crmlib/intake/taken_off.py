"""Discounts and refunds in a column of their own, left out: were they taken off the amount already?

Arithmetic with the other columns tells mostly (gross less discount is the amount, or the amount less
discount is net), the amount's name sometimes. Otherwise it is asked.
"""

from __future__ import annotations

import re

import numpy as np

from crmlib.intake.columns import Parsed
from crmlib.intake.conventions import Choice, OpenQuestion
from crmlib.intake.names import aliases, bare
from crmlib.intake.records import shorten
from crmlib.intake.rows import Rows, cells_of, read_numbers
from crmlib.intake.telling import is_discount, is_refund
from crmlib.language import plural, t

# Names of an amount from which everything was taken off, and of one from which nothing was.
NET = re.compile(
    r"net|paid|bezahlt|payé|pagad|final|after|实付|实收|实际|净|折后|實付|實收|^(grand|order)?total$|gesamt|zahl|到手"
)
GROSS = re.compile(r"gross|brutto|before|list|原价|应付|标价|折前|吊牌|original|subtotal")
MOSTLY = 0.95  # of the rows with a discount, when arithmetic tells


def find_taken_off(rows: Rows, parsed: dict[str, Parsed]) -> list[OpenQuestion]:
    """Of each column left out that may be taken off the amount, whether it was."""
    # Of a product nobody has taken anything off.
    ours = rows.table.added_up
    amount_name = "" if ours in rows.raw.products else rows.theirs(ours) or ours
    numbers = _numbers(rows)
    gross = [*numbers.values(), *_quantity_times_price(numbers, parsed)]
    questions = []
    for name, taken in numbers.items():
        is_meant = rows.is_good & (taken != 0) & (rows.amounts > 0)
        if not (is_discount(name) or is_refund(name)) or name in rows.said("subtract") or not is_meant.any():
            continue
        if is_refund(name) and not rows.is_new(is_meant):
            continue
        others = [values[is_meant] for values in gross if values is not taken]
        how = _by_arithmetic(rows.amounts[is_meant], np.abs(taken[is_meant]), others)
        how = how or (None if is_refund(name) else _by_name(amount_name))
        if how != "taken off":
            questions.append(
                _ask(rows, name, taken, is_meant, amount_name, is_before=how == "before" or is_refund(name))
            )
    return questions


def _numbers(rows: Rows) -> dict[str, np.ndarray]:
    """The columns left out that hold numbers, if one of them may be taken off."""
    telling = rows.raw.telling or {}
    if not any(is_discount(name) or is_refund(name) for name in telling):
        return {}
    found = {}
    for name in telling:
        values, is_wrong = read_numbers(cells_of(rows.raw, name))
        if is_wrong.mean() < 1 - MOSTLY:
            found[name] = values
    return found


def _quantity_times_price(numbers: dict[str, np.ndarray], parsed: dict[str, Parsed]) -> list[np.ndarray]:
    if "quantity" not in parsed:
        return []
    return [parsed["quantity"].values * numbers[name] for name in numbers if bare(name) in aliases("list_price")[0]]


def _by_arithmetic(amounts: np.ndarray, taken: np.ndarray, others: list[np.ndarray]) -> str | None:
    """ "taken off", "before", or None where no other column tells.

    Examples
    --------
    >>> paid, off = np.array([9.0, 18.0]), np.array([1.0, 2.0])
    >>> _by_arithmetic(paid, off, [np.array([10.0, 20.0])]), _by_arithmetic(paid, off, [np.array([8.0, 16.0])])
    ('taken off', 'before')
    """
    shares = taken <= 1
    for gross in others:
        if _are_equal(gross - taken, amounts) or (shares.all() and _are_equal(gross * (1 - taken), amounts)):
            return "taken off"
    for net in others:
        if _are_equal(amounts - taken, net) or (shares.all() and _are_equal(amounts * (1 - taken), net)):
            return "before"
    return None


def _are_equal(first: np.ndarray, second: np.ndarray) -> bool:
    return bool((np.abs(first - second) <= 0.011).mean() >= MOSTLY)


def _by_name(amount_name: str) -> str | None:
    plain = bare(amount_name)
    if GROSS.search(plain) or not plain:
        return "before"
    return "taken off" if NET.search(plain) else None


def _ask(
    rows: Rows, name: str, taken: np.ndarray, is_meant: np.ndarray, amount_name: str, *, is_before: bool
) -> OpenQuestion:
    """Whether a column is to be taken off; the likelier answer first."""
    n = plural(int(is_meant.sum()), "1 row", "{n} rows")
    is_share = bool((np.abs(taken[is_meant]) <= 1).all()) and "%" not in str(cells_of(rows.raw, name)[0])
    said = {"column": shorten(name, 40), "n": n, "amount": shorten(amount_name, 40) or "amount"}
    if is_share:
        text = t("{column} is left out and is a share in {n}. Does {amount} stand before it?", **said)
        yes = Choice("share", t("yes: that share of the amount is taken off"))
    else:
        total = f"{np.abs(taken[is_meant]).sum():,.2f}"
        text = t(
            "{column} is left out and is not zero in {n}, {total} in all. Does {amount} stand before it?",
            total=total,
            **said,
        )
        yes = Choice(True, t("yes: it is taken off now"))
    no = Choice(False, t("no: it was taken off already"))
    return rows.ask("subtract", name, text, *((yes, no) if is_before else (no, yes)))
