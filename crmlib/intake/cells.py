"""One cell: what stands in a file as text, and the value it means.

One function per type reads a cell (`to_number`, `to_datetime`, ...) and refuses it with the
end of a sentence that begins with the column's name. Nothing that can mean two
things is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

# What exports write for "nothing here", as a whole cell, in any case.
MISSING = frozenset({"", "null", "none", "nan", "n/a", "#n/a", "<na>", "\\n"})
EMPTY = "is empty"
# Beyond, a float no longer holds every hundredth.
LARGEST_NUMBER = 2**53 / 100
LARGEST_WHOLE = 2**53
FIRST_DAY, AFTER_LAST_DAY = datetime(1900, 1, 1), datetime(2201, 1, 1)
YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|(\d\d)(\d\d))"
    r"(?:[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE | re.ASCII,
)
DAY_FIRST = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d\d)\b.*", re.ASCII)


def to_number(text: str) -> float:
    """A plain decimal.

    Examples
    --------
    >>> to_number("-12.50")
    -12.5
    >>> to_number("1,250")
    Traceback (most recent call last):
    ...
    ValueError: has a comma; whether it parts thousands or decimals is not guessed
    """
    if not NUMBER.fullmatch(text):
        raise ValueError(_why_no_number(text))
    value = float(text)
    if abs(value) >= LARGEST_NUMBER:
        raise ValueError("is too large to be kept exactly")
    return value


def _why_no_number(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").split())
    if re.fullmatch(r"[+-]?inf(inity)?", plain, re.IGNORECASE):
        return "is infinite"
    if not any(character.isdigit() for character in plain):
        return "is not a number"
    if re.fullmatch(r"\(.*\)", plain):
        return "is in parentheses; write a refund with a minus sign"
    if plain.endswith("%"):
        return "is a percentage; write plain decimals"
    if re.fullmatch(r"[+-]?[^\d.,'+-]{1,4}[+-]?[\d.,']+|[+-]?[\d.,']+[^\d.,'+-]{1,4}", plain):
        return "has a currency sign or a unit; write plain decimals"
    if NUMBER.fullmatch(plain) and plain != text:
        return "has spaces, or digits or a sign of another script; write plain decimals"
    if re.fullmatch(r"[\d.]+-", plain):
        return "has its minus sign at the end"
    if re.fullmatch(r"[+-]?[\d.,]+", plain) and "," in plain:
        return "has a comma; whether it parts thousands or decimals is not guessed"
    if re.fullmatch(r"[+-]?[\d.,']+", plain):
        return "has marks between its digits; write plain decimals"
    return "is not a plain number"


def to_integer(text: str) -> int:
    """A whole number; ``3.0`` is one."""
    value = to_number(text)
    if value != int(value):
        raise ValueError("is not a whole number")
    return int(value)


def to_datetime(text: str) -> datetime:
    """A day with the year first, with or without a time, as the clock on the wall showed it.

    Examples
    --------
    >>> to_datetime("2024-06-07T18:30:00+08:00")
    datetime.datetime(2024, 6, 7, 18, 30)
    >>> to_datetime("20240607")
    datetime.datetime(2024, 6, 7, 0, 0)
    >>> to_datetime("03/04/2024")
    Traceback (most recent call last):
    ...
    ValueError: has the day or the month first, which is not guessed; write YYYY-MM-DD
    """
    match = DATE.fullmatch(text)
    if not match:
        raise ValueError(_why_no_date(text))
    year, *days, hour, minute, second, fraction = match.groups()
    month, day = (part for part in days if part is not None)
    microsecond = int(fraction[:6].ljust(6, "0")) if fraction else 0
    try:
        value = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), microsecond
        )
    except ValueError:
        raise ValueError("is no day of the calendar, or no time of day") from None
    if not FIRST_DAY <= value < AFTER_LAST_DAY:
        raise ValueError("lies before 1900 or after 2200")
    return value


def _why_no_date(text: str) -> str:
    if DAY_FIRST.fullmatch(text):
        return "has the day or the month first, which is not guessed; write YYYY-MM-DD"
    if re.fullmatch(r"\d{10}(\d{3})?(\.\d*)?", text):
        return "looks like seconds or milliseconds since 1970; write YYYY-MM-DD"
    if re.fullmatch(r"\d{5}(\.\d*)?", text):
        return "looks like a spreadsheet's count of days; write YYYY-MM-DD"
    return "is not a date written YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD"


def to_boolean(text: str) -> bool:
    """true or false, yes or no, 1 or 0."""
    if text.casefold() not in YES_NO:
        raise ValueError(f"is none of {', '.join(YES_NO)}")
    return YES_NO[text.casefold()]


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def to_choice(text: str) -> str:
        if choices and text not in choices:
            raise ValueError(f"is none of {', '.join(choices)}")
        return text

    return to_choice


CONVERTERS = {
    "number": to_number,
    "integer": to_integer,
    "datetime": to_datetime,
    "date": to_datetime,
    "boolean": to_boolean,
}
