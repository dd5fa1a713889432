"""Whether the day or the month comes first in the dates of a column: told by its cells, or asked."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import ORDERS
from crmlib.intake.conventions import MANY, OpenQuestion, Undecided, ask_of
from crmlib.intake.days import find_three, full_year, name_of_month
from crmlib.language import t
from crmlib.tables import Column

TIME = r"[ T,]+(\d{1,2}:|上午|下午).*$"  # behind a day
TWO_MEANINGS = r"(?i)\b(lis|lip|srp)"  # July and November in Polish and Czech, June, July and October in Croatian


def find_order(cells: pa.Array, column: Column, table: str = "transactions") -> str | None:
    """What comes first in the dates of a column; None where they say it themselves.

    31.12.2025 says the day (a thirty-first month there is not), 12/31/2025 the month; a date
    with points, such as 03.04.2025, has its day first wherever it is written. 03/04/2025 alone
    says nothing.

    Raises
    ------
    Undecided
        Several orders fit all cells, or none does.

    Examples
    --------
    >>> from crmlib.tables import TRANSACTIONS
    >>> day = TRANSACTIONS.column("order_date")
    >>> find_order(pa.array(["03/04/2024", "25/04/2024"]), day), find_order(pa.array(["3.4.2024"]), day)
    ('day first', 'day first')
    >>> find_order(pa.array(["2024-06-07"]), day) is None
    True
    >>> find_order(pa.array(["03/04/2024"]), day)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    crmlib.intake.conventions.Undecided: order_date: 03/04/2024 may be 2024-04-03 or 2024-03-04, ...
    """
    found = _find_threes(cells)
    if not found:
        return None
    parts = {_key(match) for match in found}
    fits = {order: {part for part in parts if _fits(part, order)} for order in ORDERS}
    possible = [order for order in ORDERS if fits[order] == parts]
    if "day first" in possible and all(mark == "." and n_digits == 4 for *_, n_digits, mark in parts):
        return "day first"
    if possible and all(len({_as_day(match, order) for order in possible}) == 1 for match in found):
        return possible[0]  # 07/07/2024 is one day, whichever comes first
    if possible:
        raise Undecided(_ask_which(found, possible, column, table))
    best = max(ORDERS, key=lambda order: len(fits[order]))
    if MANY * (len(parts) - len(fits[best])) <= len(parts):
        return best
    raise Undecided(_ask_which_not(found, fits, best, column, table))


def _find_threes(cells: pa.Array) -> list[re.Match]:
    """The dates of three numbers, each once, that can be one in some order."""
    days = pc.replace_substring_regex(cells, TIME, "").unique()  # few, however many times
    is_open = pc.match_substring_regex(days, r"^[^\d]*\d{1,2}\s*[-/.．／－]\s*\d{1,2}\s*[-/.．／－]\s*\d{2}")
    found = filter(None, map(find_three, days.filter(is_open).to_pylist()))
    return [match for match in found if any(_fits(_key(match), order) for order in ORDERS)]  # 31/31/2024 says nothing


def _ask_which(found: list[re.Match], possible: list[str], column: Column, table: str) -> OpenQuestion:
    """Which of several orders that fit all values; the example is another day in each."""
    match = max(found, key=lambda match: len({_as_day(match, order) for order in possible}))
    match = _another(match) if column.personal else match
    text = t(
        "{column}: {example} may be {days}, and no other value decides it.",
        column=column.name,
        example=match[0],
        days=t(" or ").join(dict.fromkeys(_as_day(match, order) for order in possible)),
    )
    return ask_of(column, table, "dates", text, {order: _as_day(match, order) for order in possible})


def _ask_which_not(
    found: list[re.Match], fits: dict[str, set[tuple]], best: str, column: Column, table: str
) -> OpenQuestion:
    """Which order, where none fits all values: with a value that one of two fits alone, and one of the other."""
    left = next(match for match in found if _key(match) not in fits[best])
    other = next(order for order in ORDERS if _key(left) in fits[order])
    # The best fits as many as the other at least, and not this one: so it fits one that the other does not.
    right = next(match for match in found if _key(match) in fits[best] - fits[other])
    text = t(
        "{column}: no order of day, month and year fits all values: {first} can have the {order}, not the {other};"
        " {second} the {other}, not the {order}.",
        column=column.name,
        first=_shown(right, column),
        second=_shown(left, column),
        order=t(best),
        other=t(other),
    )
    n_parts = f"{len(set().union(*fits.values())):,}"
    meaning = {
        order: t(
            "{n} of {total} different values fit; the others are set aside", n=f"{len(fits[order]):,}", total=n_parts
        )
        for order in sorted((order for order in ORDERS if fits[order]), key=lambda order: -len(fits[order]))
    }
    return ask_of(column, table, "dates", text, meaning)


def find_month_words(cells: pa.Array) -> frozenset[str]:
    """The names of months in a column, where one of them means two: the others tell its language."""
    if not pc.any(pc.match_substring_regex(cells, TWO_MEANINGS)).as_py():
        return frozenset()
    named = cells.filter(pc.match_substring_regex(cells, r"\pL{3}")).to_pylist()
    return frozenset(filter(None, map(name_of_month, named)))


def ask_about_turned_days(days: pa.Array, texts: pa.Array, column: Column, table: str) -> None:
    """Whether a spreadsheet has taken days for months, where it could.

    Opened where the month comes first, 02/01/2024 becomes a date, the first of February, and
    25/01/2024 stays text: no cell that is a date has a day after the twelfth, and all texts have.

    Raises
    ------
    Undecided
        It looks so.
    """
    found = [match for match in map(find_three, texts.to_pylist()) if match]
    ends = [min(len(cell), 10) for cell in days.to_pylist()]
    numbers = [
        int(cell[8:end])
        for cell, end in zip(days.to_pylist(), ends, strict=True)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cell[:end])
    ]
    is_so = len(numbers) > 1 and len(found) > 1 and max(numbers) <= 12
    if is_so and all((int(match["a"]) > 12) != (int(match["b"]) > 12) for match in found):
        text = t(
            "{column}: {n} cells are dates, none after the twelfth of a month, and {n_text} are text such as {example},"
            " all after it: a spreadsheet seems to have taken days for months. Have the column exported as text.",
            column=column.name,
            n=len(numbers),
            n_text=len(found),
            example=_shown(found[0], column),
        )
        order = "day first" if int(found[0]["a"]) > 12 else "month first"
        meaning = {
            order: t("only if the dates are right as they stand; the texts are read with the {order}", order=t(order))
        }
        raise Undecided(ask_of(column, table, "dates", text, meaning))


def _another(match: re.Match) -> re.Match:
    """A day of the same form that nobody was born on: an example of what the question is, not of the file."""
    year = "2001" if len(match["c"]) == 4 else "01"
    return find_three(f"03{match['mark']}04{match['mark']}{year}")


def _shown(match: re.Match, column: Column) -> str:
    """A day as it stands; one that somebody was born on without its year."""
    return re.sub(r"\d+\D*$", "****", match[0]) if column.personal else match[0]


def _key(match) -> tuple:
    return int(match["a"]), int(match["b"]), int(match["c"]), len(match["c"]), match["mark"]


def _split(part: tuple, order: str) -> tuple[int, int, int]:
    a, b, c, *_ = part
    return {"day first": (c, b, a), "month first": (c, a, b), "year first": (a, b, c)}[order]


def _fits(part: tuple, order: str) -> bool:
    _, month, day = _split(part, order)
    return not (order == "year first" and part[3] == 4) and 1 <= month <= 12 and 1 <= day <= 31


def _as_day(match, order: str) -> str:
    year, month, day = _split(_key(match), order)
    return f"{year if year > 99 else full_year(year)}-{month:02}-{day:02}"
