"""What the columns of a file without a line of names may be, by their values: to propose, not to use."""

from __future__ import annotations

import re

from crmlib.intake.cells import simplify
from crmlib.intake.conventions import Choice, OpenQuestion
from crmlib.intake.days import looks_like_date
from crmlib.intake.identifiers import find_number
from crmlib.intake.names import count_known, place_name
from crmlib.intake.personal import year_of_others
from crmlib.intake.records import NUMBER_LIKE, shorten
from crmlib.intake.shown import looks_personal, names_person, show_values
from crmlib.language import t
from crmlib.tables import TRANSACTIONS, Table

FEWEST = 10  # rows that tell a customer, who comes again, from an order
MOST_PIECES = 1_000


def find_unnamed(names: list[str], table: Table) -> bool:
    """Is the first line of a file a row, and no line of names?"""
    is_value = [_is_value(name) for name in names]
    is_person = any(looks_personal(name) or names_person(name) for name in names)
    return (
        count_known(names, table) == 0
        and any(names)
        and (2 * sum(is_value) >= len(names) or (is_person and any(is_value)))
    )


def _is_value(cell: str) -> bool:
    return looks_like_date(cell) or NUMBER_LIKE.fullmatch(cell) is not None


def guess_names(columns: list[list[str]], table: Table) -> list[str]:
    """A name for each column: one of ours where its values tell and no other column is like it, else its place.

    Examples
    --------
    >>> rows = [("007", "2024-01-02", "2", "10.50"), ("008", "2024-01-03", "1", "20.00")] * 10
    >>> guess_names([list(column) for column in zip(*rows, strict=True)], TRANSACTIONS)
    ['customer_id', 'order_date', 'quantity', 'amount']
    """
    kinds = [_kind(column) if table is TRANSACTIONS else "" for column in columns]
    names = [kind if kinds.count(kind) == 1 else "" for kind in kinds]
    left = [place for place, name in enumerate(names) if not name and any(cell.strip() for cell in columns[place])]
    if len(left) == 1 and {"order_date", "amount"} <= set(names) and not kinds[left[0]] and "customer_id" not in names:
        names[left[0]] = "customer_id"
    return [name or place_name(place) for place, name in enumerate(names)]


def _kind(column: list[str]) -> str:
    """Which column of the orders has such values; "" where they do not tell."""
    filled = [simplify(cell) for cell in column if cell.strip()]
    if not filled:
        return ""
    if _most(looks_like_date(cell) for cell in filled):
        return "order_date"
    is_number = _most(NUMBER_LIKE.fullmatch(cell) is not None for cell in filled)
    if is_number and any(re.search(r"\d[.,]\d{1,2}\D*$", cell) for cell in filled):
        return "amount"
    different = len(set(filled))
    is_padded = any(re.match(r"0\d", cell) for cell in filled)
    if is_number and not is_padded and all(cell.lstrip("-").isdigit() and int(cell) < MOST_PIECES for cell in filled):
        return "quantity" if different < len(filled) else ""
    if len(filled) < FEWEST or different == 1:
        return ""
    if different == len(filled):
        return "order_id"
    return "customer_id" if any(map(str.isdigit, "".join(filled[:FEWEST]))) else ""


def _most(flags) -> bool:
    flags = list(flags)
    return sum(flags) >= 0.8 * len(flags)


def ask_for_names(file: str, names: list[str], columns: list[list[str]], table: Table) -> OpenQuestion:
    """What the columns are called, with a guess to take; `names` is the line that was taken for them."""
    samples = dict(enumerate(columns))
    shown = [
        show_values([name], [name, *column], is_customer=True, since=year_of_others(samples, place))[0]
        if _is_value(name) and not find_number(name)
        else f"{name[:1]}***"
        for place, (name, column) in enumerate(zip(names, columns, strict=True))
    ]
    text = t(
        "{file} must have a line with the names of its columns above its rows; its first line looks like a row: {line}."
        " Add such a line, or say the names.",
        file=file,
        line=shorten(", ".join(shown), 80),
    )
    guess = guess_names(columns, table)
    plain = [place_name(place) for place in range(len(names))]
    choices = [Choice(guess, t("guessed from the values; change what is wrong"))]
    if guess != plain:
        choices.append(Choice(plain, t("the columns by their places, to be asked one by one")))
    return OpenQuestion(table.name, "file", "names", text, tuple(choices))
