"""Columns made of several: cells with types beside texts, and columns multiplied or added up."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from crmlib.intake.cells import LARGEST_NUMBER
from crmlib.intake.columns import Parsed, parse_text
from crmlib.intake.orders import ask_about_turned_days
from crmlib.tables import Column


def parse_mixed(texts: pa.ChunkedArray, is_typed: np.ndarray, column: Column, **said: str | None) -> Parsed:
    """Read a column of a workbook: a cell that is a number or a date there is one, whatever its texts mean."""
    if is_typed.all() or not is_typed.any():
        said = {"table": said.get("table", "")} | ({"decimal": ".", "order": None} if is_typed.any() else said)
        return parse_text(texts, column, **said)
    if column.type in ("datetime", "date") and not said.get("order"):
        ask_about_turned_days(
            texts.filter(pa.array(is_typed)), texts.filter(pa.array(~is_typed)), column, said.get("table", "")
        )
    halves = []
    for is_here, options in ((is_typed, {"decimal": "."}), (~is_typed, said)):
        halves.append((is_here, parse_text(texts.filter(pa.array(is_here)), column, **options)))
    problem = np.zeros(len(is_typed), dtype=np.int32)
    reasons, remarks, values = [], [], [None] * len(is_typed)
    for is_here, part in halves:
        problem[is_here] = np.where(part.problem > 0, part.problem + len(reasons), 0)
        reasons += part.reasons
        remarks += part.remarks
    first, second = (part.values for _, part in halves)
    if isinstance(first, np.ndarray):
        values = np.empty(len(is_typed), dtype=first.dtype)
        values[is_typed], values[~is_typed] = first, second
    else:
        order = np.argsort(np.concatenate([np.flatnonzero(is_typed), np.flatnonzero(~is_typed)]), kind="stable")
        values = pa.chunked_array(first.chunks + second.chunks).take(pa.array(order))
    doubts = tuple(dict.fromkeys(doubt for _, part in halves for doubt in part.doubts))
    return Parsed(values, problem, reasons, remarks, halves[1][1].currency, doubts)


def multiply(first: Parsed, second: Parsed) -> Parsed:
    """The product of two columns of numbers, to a millionth: 3 × 1.10 is 3.3, not 3.3000000000000003."""
    return _combine(first, second, np.multiply)


def add(first: Parsed, second: Parsed) -> Parsed:
    """The sum of two columns of numbers, to a millionth; a row that lacks one of them has none."""
    return _combine(first, second, np.add)


def _combine(first: Parsed, second: Parsed, operation: np.ufunc) -> Parsed:
    problem = np.where(
        first.problem > 0, first.problem, np.where(second.problem > 0, second.problem + len(first.reasons), 0)
    )
    with np.errstate(invalid="ignore", over="ignore"):
        values = np.round(operation(first.values, second.values), 6)
    reasons = [*first.reasons, *second.reasons, "is too large to be kept exactly"]
    problem[(problem == 0) & (np.abs(values) >= LARGEST_NUMBER)] = len(reasons)
    return Parsed(
        values,
        problem.astype(np.int32),
        reasons,
        list(dict.fromkeys([*first.remarks, *second.remarks])),
        second.currency or first.currency,
    )
