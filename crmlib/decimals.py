"""Money as exact decimals: sums that are the same in any order of the lines.

A float cannot hold 0.10, and a sum of floats depends on the order they are added in, which
with threads is chance. So a line's float is taken to the decimal it stands for, decimals are
added up, and the sum becomes the float nearest to it. Nothing is rounded without a word.
"""

from __future__ import annotations

from typing import NamedTuple

import ibis
import ibis.expr.datatypes as dt
import numpy as np
import pyarrow as pa

from crmlib.engine import READ_IT, Run, refuse

# Every whole number up to here is a float; beyond, some are not.
LARGEST_WHOLE = 2**53
# Up to here, in hundredths or millionths, multiplying a float cannot round to the wrong one.
LARGEST_PLAIN = 2**50
# Nearer to a hundredth than this, an amount is that hundredth and the rest is dust of float arithmetic,
# such as 0.1 + 0.2 - 0.3. Ten million lines of dust do not make a cent.
DUST = 1e-9
# 38 digits, less the decimals and room to add up a hundred million lines.
LARGEST_AMOUNT = 1e24


class Money(NamedTuple):
    """How a column of floats becomes exact decimals."""

    decimals: int = 2
    # Beyond 2**50 units the multiplication behind a cast rounds; the shortest text does not.
    as_text: bool = False
    note: str | None = None


def exact(column, money: Money):
    """Money in a type whose sum is the same in any order of the lines."""
    kind = column.type()
    if kind.is_integer():
        return column.cast(dt.Decimal(38, 0))
    if kind.is_decimal():
        is_short = kind.scale is not None and kind.scale <= money.decimals
        return column if is_short else column.cast(dt.Decimal(38, money.decimals))
    if money.as_text:
        return column.cast("string").cast(dt.Decimal(38, money.decimals))
    return column.cast(dt.Decimal(18, money.decimals))


def check_money(seen, run: Run) -> dict[str, Money] | None:
    """Refuse amounts that are not numbers, note fractions of a cent; None where there is no line."""
    names = [name for name in ("amount", "cost") if name in seen.columns]
    facts = {"n": seen.count()}
    for name in names:
        size = seen[name].abs()
        # Neither null nor NaN nor infinity is below it.
        facts[f"{name}_numbers"] = seen.count(where=size < LARGEST_AMOUNT)
        facts[f"{name}_largest"] = size.max()
        facts[f"{name}_fractions"] = seen.count(where=_has_fractions(seen[name]))
    found = run(seen.aggregate(**facts)).to_pylist()[0]
    if found["n"] == 0:
        return None
    money = {}
    for name in names:
        if found[f"{name}_numbers"] < found["n"]:
            bad = seen[name].isnull() | ~(seen[name].abs() < LARGEST_AMOUNT)
            mend = READ_IT if name == "amount" else "fill it in, or leave the column out: profit needs every cost"
            refuse(seen, run, bad, f"every line must have a number below 1e24 as its {name}", mend)
        largest = float(found[f"{name}_largest"])
        is_large = largest * 100 > LARGEST_PLAIN
        n_fractions = found[f"{name}_fractions"]
        if is_large and seen[name].type().is_floating():
            n_fractions = run(seen.aggregate(n=seen.count(where=_has_fractions(seen[name], is_large))))["n"][0].as_py()
        note = None
        if n_fractions:
            is_fraction = _has_fractions(seen[name], is_large)
            example = run(seen.filter(is_fraction).select(name).limit(1))[name][0].as_py()
            note = (
                f"{n_fractions:,} of {found['n']:,} lines have more than two decimals in {name}, for example "
                f"{example}. Sums keep 6 decimals, each line taken to the nearest millionth, instead of cents."
            )
        decimals = 6 if n_fractions else 2
        money[name] = Money(decimals, as_text=largest * 10**decimals > LARGEST_PLAIN, note=note)
    return money


def _has_fractions(column, is_large: bool = False):
    """Whether a sum of money has more than two decimals, dust apart."""
    kind = column.type()
    if kind.is_floating() and not is_large:
        return (column.round(2) - column).abs() > DUST
    if kind.is_floating():
        column = column.cast("string").cast(dt.Decimal(38, 6))
    if kind.is_integer() or (kind.is_decimal() and kind.scale is not None and kind.scale <= 2):
        return ibis.literal(False)
    return column != column.round(2)


def to_floats(column: pa.ChunkedArray) -> np.ndarray:
    """The float nearest to each decimal, which a chain of float operations would miss."""
    if not pa.types.is_decimal(column.type):  # a backend without decimals
        return column.cast(pa.float64()).to_numpy()
    scale = column.type.scale
    chunk = column.cast(pa.decimal128(38, scale)).combine_chunks()
    # A decimal is a 128-bit whole number of units. Where it fits into the 53 bits of a float, one
    # division is correctly rounded; Decimal does it for the others, slowly.
    words = np.frombuffer(chunk.buffers()[1], dtype="<i8").reshape(-1, 2)[chunk.offset : chunk.offset + len(chunk)]
    low, high = words[:, 0], words[:, 1]
    floats = low / 10.0**scale
    wide = np.flatnonzero((high != low >> 63) | (np.abs(low) > LARGEST_WHOLE))
    floats[wide] = [float(chunk[int(i)].as_py()) for i in wide]
    return floats
