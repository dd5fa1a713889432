"""A column of a Parquet file, read by its type."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import EMPTY, LARGEST_NUMBER, LARGEST_WHOLE
from crmlib.intake.columns import Parsed, parse_text
from crmlib.intake.dates import lie_outside
from crmlib.intake.remarks import cut_to_days
from crmlib.language import plural, t
from crmlib.tables import Column


def parse_typed(values: pa.ChunkedArray, column: Column, **said: str | None) -> Parsed:
    """Read a column of Parquet by its type; text in it is read as in a text file.

    Raises
    ------
    ValueError
        The type cannot be what the column means, such as a truth value for an amount.
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = pa.chunked_array([chunk.dictionary_decode() for chunk in values.chunks], kind.value_type)
        kind = values.type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    is_day = pa.types.is_timestamp(kind) or pa.types.is_date(kind)
    if is_text(kind) or pa.types.is_null(kind):
        return parse_text(_as_text(values, column), column, **said)
    if column.type in ("number", "integer") and is_number:
        return _typed_numbers(values, column)
    if column.type in ("datetime", "date") and is_day:
        return _typed_dates(values, column)
    if column.type == "string" and is_number:
        return parse_text(_whole_as_text(values, column), column)
    if column.type in ("datetime", "date") and pa.types.is_integer(kind):
        return parse_text(values.cast(pa.large_string()), column)
    if column.type == "boolean" and (pa.types.is_boolean(kind) or pa.types.is_integer(kind)):
        return parse_text(values.cast(pa.large_string()), column)
    raise ValueError(
        t(
            "{name} must be of type {wanted}; in the file it is {kind}. Convert that column and save the file again.",
            name=column.name,
            wanted=column.type,
            kind=kind,
        )
    )


def is_text(kind: pa.DataType) -> bool:
    return (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
    )


def to_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells as text; a moment in one way, whatever unit it is kept in, and in the time of its place.

    Examples
    --------
    >>> from datetime import datetime
    >>> moments = pa.chunked_array([pa.array([datetime(2024, 1, 5, 8), None], pa.timestamp("ns"))])
    >>> to_text(moments).to_pylist()
    ['2024-01-05 08:00:00', None]
    """
    kind = values.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        values = pc.floor_temporal(values, unit="microsecond")
    elif pa.types.is_time(kind):
        values = values.cast(pa.time64("us"), safe=False)
    texts = values.cast(pa.large_string())
    if not (pa.types.is_timestamp(kind) or pa.types.is_time(kind)):
        return texts
    if getattr(kind, "tz", None) is not None:
        texts = pc.replace_substring_regex(texts, r"(Z|[+-]\d{4})$", "")
    return pc.replace_substring_regex(texts, r"(\.\d*[1-9])0+$|\.0+$", r"\1")


def _as_text(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    try:
        return values.cast(pa.large_string())
    except pa.ArrowInvalid:
        raise ValueError(t("{name} must be text in UTF-8; the file has other bytes there.", name=column.name)) from None


def _whole_as_text(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    """Ids that were stored as numbers, without the .0 a float would add."""
    if pa.types.is_integer(values.type):
        return values.cast(pa.large_string())
    present = values.drop_null()
    if pa.types.is_floating(values.type):
        floats = values.cast(pa.float64())
        values = pc.if_else(pc.is_nan(floats), None, floats)
        present = values.drop_null()
        is_small = pc.less(pc.abs(present), float(LARGEST_WHOLE))
        is_whole = pc.and_(is_small, pc.equal(pc.floor(present), present))
    else:
        is_whole = pc.equal(pc.floor(present), present)
    if not pc.all(is_whole).as_py() and len(present):
        example = present.filter(pc.invert(is_whole))[0].as_py()
        raise ValueError(
            t(
                "{name} must be text or whole numbers below 2**53; in the file it is {kind}, for example {example!r}: "
                "digits may be lost already. Save the column as text and read the file again.",
                name=column.name,
                kind=values.type,
                example=example,
            )
        )
    if pa.types.is_decimal(values.type):
        whole = [None if value is None else str(int(value)) for value in values.to_pylist()]
        return pa.chunked_array([pa.array(whole, pa.large_string())])
    return values.cast(pa.int64()).cast(pa.large_string())


def _typed_numbers(values: pa.ChunkedArray, column: Column) -> Parsed:
    remarks = []
    if pa.types.is_float32(values.type) or pa.types.is_float16(values.type):
        # 19.99 in 32 bits is 19.989999771...; the shortest text is what was meant.
        remarks.append(
            t(
                "{column}: stored as {type}; each read as the shortest decimal it stands for.",
                column=column.name,
                type=values.type,
            )
        )
        short = values.cast(pa.float32()).to_numpy()
        numbers = np.array([float(str(value)) for value in short], dtype=np.float64)
    elif pa.types.is_decimal(values.type):
        # Through text: Arrow divides, and makes 740.0400000000001 of 740.04.
        numbers = values.cast(pa.large_string()).cast(pa.float64()).to_numpy()
    else:
        numbers = values.cast(pa.float64(), safe=False).to_numpy()
    largest = LARGEST_WHOLE if column.type == "integer" else LARGEST_NUMBER
    problem = np.zeros(len(numbers), dtype=np.int32)
    reasons = [EMPTY, "is infinite", "is too large to be kept exactly", "is not a whole number"]
    if column.required:
        problem[np.isnan(numbers)] = 1
    problem[np.abs(numbers) >= largest] = 3
    problem[np.isinf(numbers)] = 2
    if column.type == "integer":
        problem[(problem == 0) & (numbers != np.floor(numbers)) & ~np.isnan(numbers)] = 4
    return Parsed(numbers, problem, reasons, remarks)


def _typed_dates(values: pa.ChunkedArray, column: Column) -> Parsed:
    remarks = []
    if pa.types.is_date(values.type):
        values = values.cast(pa.timestamp("s" if pa.types.is_date32(values.type) else "ms"))
    is_empty = pc.is_null(values)
    unit, zone = values.type.unit, values.type.tz
    if zone is not None:
        remarks.append(
            t(
                "{column}: times of zone {zone}; the local time was kept and the zone left off.",
                column=column.name,
                zone=zone,
            )
        )
        near = pc.if_else(lie_outside(values.cast(pa.timestamp(unit)), timedelta(days=1)), None, values)
        # pandas knows the zones on every system; Arrow would ask Windows for them.
        local = near.to_pandas().dt.tz_localize(None)
        values = pa.chunked_array([pa.array(local, pa.timestamp(unit), from_pandas=True)])
    bad = pc.or_(lie_outside(values), pc.and_not(pc.is_null(values), is_empty))
    values = pc.if_else(bad, None, values)  # beyond the years kept, microseconds could overflow
    if unit == "ns":
        floored = pc.floor_temporal(values, unit="microsecond")
        n = pc.sum(pc.not_equal(floored, values)).as_py() or 0
        values = floored
        if n:
            cells_said = plural(n, "1 cell", "{n} cells")
            what = t("finer than a microsecond, cut there")
            remarks.append(t("{column}: {cells} {what}.", column=column.name, cells=cells_said, what=what))
    dates = values.cast(pa.timestamp("us")).to_numpy()
    if column.type == "date":
        dates = cut_to_days(dates, column, remarks)
    problem = np.zeros(len(dates), dtype=np.int32)
    problem[is_empty.to_numpy() & column.required] = 1
    problem[bad.to_numpy()] = 2
    return Parsed(dates, problem, [EMPTY, "lies before 1900 or after 2200"], remarks)
