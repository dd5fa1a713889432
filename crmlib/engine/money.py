"""Money as exact decimals: sums that are the same in any order of the lines.

A float cannot hold 0.10, and a sum of floats depends on the order they are added in, which
with threads is chance. So a line's float is taken to the decimal it stands for, decimals are
added up, and the sum becomes the float nearest to it. Nothing is rounded without a word.
"""

from __future__ import annotations

from typing import NamedTuple

import ibis.expr.datatypes as dt
import numpy as np
import pyarrow as pa

from crmlib.engine.backends import Run, read_it, refuse
from crmlib.language import t

# Every whole number up to here is a float; beyond, some are not.
LARGEST_WHOLE = 2**53
# Up to here, in hundredths, multiplying a float cannot round to the wrong one, nor writing it with 15 digits, which
# is how PostgreSQL makes a decimal of it.
LARGEST_PLAIN = 10**15
# So large that a float this size has no room for a fraction.
ROUNDER = 1.5 * 2**52
# Nearer to a hundredth than this, an amount is that hundredth and the rest is dust of float arithmetic,
# such as 0.1 + 0.2 - 0.3. Ten million lines of dust do not make a cent.
DUST = 1e-9
# 38 digits, less the decimals and room to add up a hundred million lines.
LARGEST_AMOUNT = 1e24


class Money(NamedTuple):
    """How a column of floats becomes exact decimals."""

    decimals: int = 2
    # By way of its shortest text, which every engine writes and rounds alike: of large amounts, of which a cast keeps
    # 15 digits or rounds a product, and of millionths, where a cast has the 5 behind them rounded up or down.
    as_text: bool = False
    # Some have no room for a fraction; what their shortest text is, engines disagree on.
    is_huge: bool = False
    note: str | None = None


def exact(column, money: Money):
    """Money in a type whose sum is the same in any order of the lines."""
    kind = column.type()
    if kind.is_integer():
        return column.cast(dt.Decimal(38, 0))
    if kind.is_decimal():
        is_short = kind.scale is not None and kind.scale <= money.decimals
        return column if is_short else column.cast(dt.Decimal(38, money.decimals))
    if not money.as_text:
        return column.cast(dt.Decimal(18, money.decimals))
    text = column.cast("string").cast(dt.Decimal(38, money.decimals))
    if not money.is_huge:
        return text
    # Beyond 2**53 a float is a whole number, and too long for an integer: it is taken apart without a loss.
    high = (column / float(LARGEST_WHOLE)).floor()
    low = (column - high * float(LARGEST_WHOLE)).cast("int64")
    whole = high.cast(dt.Decimal(38, 0)) * LARGEST_WHOLE + low.cast(dt.Decimal(38, 0))
    return (column.abs() < LARGEST_WHOLE).ifelse(text, whole.cast(dt.Decimal(38, money.decimals)))


def check_money(seen, run: Run) -> dict[str, Money] | None:
    """Refuse amounts that are not numbers, note fractions of a cent; None where there is no line."""
    names = [name for name in ("amount", "cost") if name in seen.columns]
    facts = {"n": seen.count()}
    for name in names:
        facts[f"{name}_n"] = seen[name].count()
        largest = seen[name].abs().max()
        # Of no declared size, as `numeric` of PostgreSQL: Arrow has no such decimals.
        facts[f"{name}_largest"] = largest.cast("float64") if _is_unbounded(seen[name].type()) else largest
        facts[f"{name}_furthest"] = _from_cents(seen[name]).max()
    found = run(seen.aggregate(**facts)).to_pylist()[0]
    if found["n"] == 0:
        return None
    money = {}
    for name in names:
        # NaN counts as the largest of all, and is not below anything.
        if found[f"{name}_n"] < found["n"] or not found[f"{name}_largest"] < LARGEST_AMOUNT:
            bad = seen[name].isnull() | ~(seen[name].abs() < LARGEST_AMOUNT)
            fill_in = t("fill it in, or leave the column out: profit needs every cost")
            mend = read_it() if name == "amount" else fill_in
            refuse(seen, run, bad, t("every line must have a number below 1e24 as its {name}", name=name), mend)
        largest = float(found[f"{name}_largest"])
        from_cents = _from_cents(seen[name])
        furthest = found[f"{name}_furthest"]
        if largest * 100 > LARGEST_PLAIN and seen[name].type().is_floating():
            from_cents = _from_cents(seen[name].cast("string").cast(dt.Decimal(38, 6)))
            furthest = run(seen.aggregate(furthest=from_cents.max()))["furthest"][0].as_py()
        decimals, note = 2, None
        if furthest > DUST:
            decimals = 6
            lines = seen.filter(from_cents > DUST)
            fine = run(lines.aggregate(n=lines.count(), example=lines[name].max().cast("float64"))).to_pylist()[0]
            note = t(
                "{n_fine:,} of {n:,} lines have more than two decimals in {name}, for example {example}. "
                "Sums keep 6 decimals, each line taken to the nearest millionth, instead of cents.",
                n_fine=fine["n"],
                n=found["n"],
                name=name,
                example=fine["example"],
            )
        as_text = decimals > 2 or largest * 100 > LARGEST_PLAIN
        money[name] = Money(decimals, as_text, largest >= LARGEST_WHOLE, note)
    return money


def _is_unbounded(kind: dt.DataType) -> bool:
    return kind.is_decimal() and kind.scale is None


def _from_cents(column):
    """How far each number is from the nearest hundredth."""
    kind = column.type()
    if kind.is_floating():
        # Adding and taking off ROUNDER leaves the nearest whole number, in a third of the time of round().
        return ((column * 100 + ROUNDER - ROUNDER) / 100 - column).abs()
    if kind.is_integer() or (kind.scale is not None and kind.scale <= 2):
        return column - column
    if _is_unbounded(kind):
        column = column.cast(dt.Decimal(38, 12))
    return (column - column.round(2)).abs()


def is_nan(column):
    """Whether a float is not a number.

    Of Parquet, whose notes on smallest and largest values leave NaN out, DuckDB 2.0 answers `isnan` and comparisons
    with no, and without a look. Of what atan2 makes of a number it has no notes; NaN stays NaN, infinity is finite.
    """
    return column.atan2(1.0).isnan()


def to_floats(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """The float nearest to each decimal, which a chain of float operations would miss."""
    chunk = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_decimal(chunk.type):  # a backend without decimals
        return chunk.cast(pa.float64()).to_numpy(zero_copy_only=False)
    scale = chunk.type.scale
    chunk = chunk.cast(pa.decimal128(38, scale))
    # A decimal is a 128-bit whole number of units. Where it fits into the 53 bits of a float, one
    # division is correctly rounded; Decimal does it for the others, slowly.
    words = np.frombuffer(chunk.buffers()[1], dtype="<i8").reshape(-1, 2)
    words = words[chunk.offset : chunk.offset + len(chunk)]
    low, high = words[:, 0], words[:, 1]
    floats = low / 10.0**scale
    wide = np.flatnonzero((high != low >> 63) | (np.abs(low) > LARGEST_WHOLE))
    floats[wide] = [float(chunk[int(i)].as_py()) for i in wide]
    return floats
