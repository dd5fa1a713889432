"""Months without a day: where a column has nothing else, each is taken as its first day, and that is doubted."""

from __future__ import annotations

import pyarrow as pa

from crmlib.intake.cells import MISSING, simplify
from crmlib.intake.days import MONTH_ALONE, YEAR_MONTH
from crmlib.intake.month_names import month_names, plain_name
from crmlib.language import t

MOST = 4_000  # different months from 1900 to 2199, in one or two ways of writing


def from_months(cells: pa.Array) -> tuple[pa.Array, str | None]:
    """Months as their first days, if all cells of a column are months; and the first of them.

    Where others are days, a month among them stays as it is: its day is lost, not left out.

    Examples
    --------
    >>> [part if isinstance(part, str) else part.to_pylist() for part in from_months(pa.array(["2024-03", "2024-11"]))]
    [['2024-03-01', '2024-11-01'], '2024-03']
    >>> from_months(pa.array(["2024-03", "2024-03-07"]))[1] is None
    True
    """
    if not 0 < len(cells) <= MOST:
        return cells, None
    texts = cells.to_pylist()
    found = {text: first_of_month(text) for text in texts if text.strip().casefold() not in MISSING}
    if not found or None in found.values():
        return cells, None
    return pa.array([found.get(text, text) for text in texts], cells.type), next(iter(found)).strip()


def first_of_month(text: str) -> str | None:
    """The first day of the month that a cell names, with a year of four digits; None where it names none.

    Examples
    --------
    >>> [first_of_month(text) for text in ("2024/3", "03/2024", "2024年3月", "März 2024", "2024-13", "Mar-24")]
    ['2024-03-01', '2024-03-01', '2024-03-01', '2024-03-01', None, None]
    """
    plain = simplify(text)
    if match := YEAR_MONTH.fullmatch(plain):
        part = {name[:-1]: value for name, value in match.groupdict().items() if value}
        return f"{part['year']}-{int(part['month']):02}-01"
    if match := MONTH_ALONE.fullmatch(plain):
        month = month_names(frozenset()).get(plain_name(match["name"] or match["name2"]))
        year = "".join(character for character in plain if character.isdigit())
        return f"{year}-{month:02}-01" if month and len(year) == 4 and "1900" <= year < "2200" else None
    return None


def doubt_on_months(column: str, example: str) -> str:
    """What follows from days that are all the first of a month."""
    return t(
        "{column}: {example} is a month without a day, as are all others: each is read as the first of its month. Days"
        " since the last order are right to a month only, and without an order number what a customer buys in a month"
        " is one order. If the export can have the day, take that.",
        column=column,
        example=example,
    )
