"""Dates in other clothes, written anew many at a time; and which lie outside the years that are kept."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import AFTER_LAST_DAY, FIRST_DAY

# A year first; the year last.
OTHER_DATES = (
    r"^(?P<y>\d{4})[/.年-](?P<m>\d{1,2})[/.月-](?P<d>\d{1,2})日?(?:[T ]+(?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?$",
    r"^(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4})(?:[T ]+(?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?$",
)
SAME_MARK = r"^\d+(-\d+-|/\d+/|\.\d+\.|年\d+月)"


def write_anew(cells: pa.Array, order: str | None) -> pa.Array:
    """Dates such as 2024/6/7 8:05 or 07.06.2024 as 2024-06-07 08:05; others as they are."""
    for form in OTHER_DATES[: 2 if order in ("day first", "month first") else 1]:
        part = pc.extract_regex(cells, form)
        month, day = ("m", "d") if "?P<m>" in form else ("b", "a") if order == "day first" else ("a", "b")
        date = _join("-", pc.struct_field(part, "y"), _two_digits(part, month), _two_digits(part, day))
        second = pc.struct_field(part, "s")
        second = pc.if_else(pc.equal(second, ""), pa.scalar("00", pa.large_string()), second)
        time = _join(":", _two_digits(part, "h"), pc.struct_field(part, "n"), second)
        has_time = pc.not_equal(pc.struct_field(part, "n"), "")
        is_one = pc.and_(pc.is_valid(part), pc.match_substring_regex(cells, SAME_MARK))
        cells = pc.if_else(is_one, pc.if_else(has_time, _join(" ", date, time), date), cells)
    return cells


def _two_digits(part: pa.Array, name: str) -> pa.Array:
    return pc.utf8_lpad(pc.struct_field(part, name), 2, "0")


def _join(mark: str, *texts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*texts, pa.scalar(mark, pa.large_string()))


def lie_outside(values: pa.ChunkedArray, slack: timedelta = timedelta(0)) -> pa.ChunkedArray:
    """Whether times lie outside the years that are kept."""
    first, after = (pa.scalar(day, values.type) for day in (FIRST_DAY - slack, AFTER_LAST_DAY + slack))
    return pc.or_(pc.less(values, first), pc.greater_equal(values, after)).fill_null(False)
