"""The first values of a column as text: which of them hold something, what they count, which column they fit."""

from __future__ import annotations

from crmlib.intake.cells import MISSING, simplify, to_number
from crmlib.intake.days import looks_like_date
from crmlib.intake.records import NUMBER_LIKE
from crmlib.tables import Column


def filled(values: list[str]) -> list[str]:
    """The cells that hold something."""
    return [value.strip() for value in values if value.strip().casefold() not in MISSING]


def to_numbers(values: list[str]) -> list[float]:
    """The values as numbers, roughly: to compare them, not to count with."""
    decimal = "," if any("," in value and len(value) - value.rindex(",") != 4 for value in values) else "."
    found = []
    for value in values:
        try:
            found.append(to_number(value, decimal))
        except ValueError:
            continue
    return found


def fits(values: list[str], column: Column) -> bool:
    """Could these be values of the column? Four of five must look like it."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled or column.type in ("string", "boolean"):
        return True
    is_like = {"number": _like_number, "integer": _like_number}.get(column.type, looks_like_date)
    return sum(map(is_like, filled)) >= 0.8 * len(filled)


def _like_number(text: str) -> bool:
    plain = simplify(text)
    return NUMBER_LIKE.fullmatch(plain) is not None and not (looks_like_date(plain) and not plain.isdigit())
