"""Dates in other clothes, written anew many at a time; and which lie outside the years that are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import AFTER_LAST_DAY, FIRST_DAY
from crmlib.intake.month_names import month_names, plain_name, weekday_names

# A year first; the year last.
OTHER_DATES = (
    r"^(?P<y>\d{4})[/.年-](?P<m>\d{1,2})[/.月-](?P<d>\d{1,2})日?(?:[T ]+(?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?$",
    r"^(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4})(?:[T ]+(?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?$",
)
# The month's name in the middle, or first; a day of the week in front of it or none.
TIME = r"(?:,?[T ]+(?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?$"
NAMED_DATES = (
    r"^(?:(?P<w>\pL{2,14})\.?,? +)?(?P<d>\d{1,2})(?:\.|st|nd|rd|th|er)?[-/. ]+(?P<m>\pL{3,14})\.?[-/., ]+(?P<y>\d{4})"
    + TIME,
    r"^(?:(?P<w>\pL{2,14})\.?,? +)?(?P<m>\pL{3,14})\.? +(?P<d>\d{1,2})(?:st|nd|rd|th)?,? +(?P<y>\d{4})" + TIME,
)
SAME_MARK = r"^\d+(-\d+-|/\d+/|\.\d+\.|年\d+月)"


def write_anew(cells: pa.Array, order: str | None, words: frozenset[str] = frozenset()) -> pa.Array:
    """Dates such as 2024/6/7 8:05, 07.06.2024 or 7. Juni 2024 as 2024-06-07 08:05; others as they are."""
    for form in OTHER_DATES[: 2 if order in ("day first", "month first") else 1]:
        part = pc.extract_regex(cells, form)
        month, day = ("m", "d") if "?P<m>" in form else ("b", "a") if order == "day first" else ("a", "b")
        date = _join("-", pc.struct_field(part, "y"), _two_digits(part, month), _two_digits(part, day))
        is_one = pc.and_(pc.is_valid(part), pc.match_substring_regex(cells, SAME_MARK))
        cells = pc.if_else(is_one, _with_time(date, part), cells)
    if not pc.any(pc.match_substring_regex(cells, r"\pL{3}")).as_py():
        return cells
    for form in NAMED_DATES:
        part = pc.extract_regex(cells, form)
        month = _translate(pc.struct_field(part, "m"), lambda name: _two_of(month_names(words).get(plain_name(name))))
        weekday = _translate(pc.struct_field(part, "w"), lambda name: name if _is_weekday(name) else None)
        date = _join("-", pc.struct_field(part, "y"), month, _two_digits(part, "d"))
        is_one = pc.and_(pc.is_valid(date), pc.is_valid(weekday))
        cells = pc.if_else(is_one, _with_time(date, part), cells)
    return cells


def _translate(names: pa.Array, say: Callable[[str], str | None]) -> pa.Array:
    """Each different name once; null where nothing is said of it."""
    encoded = names.dictionary_encode()
    said = pa.array([say(name) for name in encoded.dictionary.to_pylist()], pa.large_string())
    return said.take(encoded.indices)


def _two_of(month: int | None) -> str | None:
    return None if month is None else f"{month:02}"


def _is_weekday(name: str) -> bool:
    return name == "" or plain_name(name) in weekday_names()


def _with_time(date: pa.Array, part: pa.Array) -> pa.Array:
    second = pc.struct_field(part, "s")
    second = pc.if_else(pc.equal(second, ""), pa.scalar("00", pa.large_string()), second)
    time = _join(":", _two_digits(part, "h"), pc.struct_field(part, "n"), second)
    has_time = pc.not_equal(pc.struct_field(part, "n"), "")
    return pc.if_else(has_time, _join(" ", date, time), date)


def _two_digits(part: pa.Array, name: str) -> pa.Array:
    return pc.utf8_lpad(pc.struct_field(part, name), 2, "0")


def _join(mark: str, *texts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*texts, pa.scalar(mark, pa.large_string()))


def lie_outside(values: pa.ChunkedArray, slack: timedelta = timedelta(0)) -> pa.ChunkedArray:
    """Whether times lie outside the years that are kept."""
    first, after = (pa.scalar(day, values.type) for day in (FIRST_DAY - slack, AFTER_LAST_DAY + slack))
    return pc.or_(pc.less(values, first), pc.greater_equal(values, after)).fill_null(False)


# What counts days or seconds: their form, how many seconds one is, and the moment of 0; from 1980 to 2099.
COUNTS = {
    "a spreadsheet's days": (r"^(29|[3-6]\d|7[0-2])\d{3}(\.\d+)?$", 86_400, datetime(1899, 12, 30)),
    "seconds since 1970, of UTC": (r"^(3[2-9]|[4-9]\d|[1-3]\d\d|40\d)\d{7}(\.\d+)?$", 1, datetime(1970, 1, 1)),
    "milliseconds since 1970, of UTC": (r"^(3[2-9]|[4-9]\d|[1-3]\d\d|40\d)\d{10}$", 0.001, datetime(1970, 1, 1)),
}
FEWEST_COUNTS = 10  # different values that all count alike; fewer may be anything


def from_counts(cells: pa.Array) -> tuple[pa.Array, str | None]:
    """Days and seconds that are counted, written as dates, if all cells of a column are; and what they count.

    Examples
    --------
    >>> days = pa.array([str(45292 + n) for n in range(10)], pa.large_string())
    >>> from_counts(days)[0][0].as_py(), from_counts(days)[1]
    ('2024-01-01 00:00:00', "a spreadsheet's days")
    >>> from_counts(pa.array(["45292"], pa.large_string()))[1] is None
    True
    """
    texts = pc.utf8_trim_whitespace(cells)
    filled = texts.filter(pc.not_equal(texts, ""))
    if len(filled) < FEWEST_COUNTS:
        return cells, None
    for what, (form, seconds, zero) in COUNTS.items():
        if not pc.all(pc.match_substring_regex(filled, form)).as_py():
            continue
        numbers = pc.if_else(pc.equal(texts, ""), None, texts).cast(pa.float64())
        microseconds = pc.round(pc.multiply(numbers, float(seconds * 1_000_000))).cast(pa.int64())
        shift = int((zero - datetime(1970, 1, 1)).total_seconds()) * 1_000_000
        moments = pc.add(microseconds, shift).cast(pa.timestamp("us"))
        written = pc.strftime(moments.cast(pa.timestamp("s"), safe=False), format="%Y-%m-%d %H:%M:%S")
        return pc.fill_null(written.cast(pa.large_string()), ""), what
    return cells, None
