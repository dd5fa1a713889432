"""Parts of orders that stay where they are, as one: parts whose columns have different types, and what was paid back.

Each is read by itself and has its own account, as small files have (`combine`); the rows that count are put together
in the engine.
"""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.combine import combine_reports, name_file, overlap_doubt
from crmlib.intake.report import IntakeReport
from crmlib.intake.there import OF_A_PART, PLACE, make_table
from crmlib.intake.there_rows import Rows, put_in_order
from crmlib.tables import TRANSACTIONS


class Large(NamedTuple):
    """Orders that stay where they are, before what is personal is masked."""

    rows: Rows
    good: ibis.Table
    ids: pa.Array  # of the customers
    part: pd.DataFrame  # that stands in for all
    report: IntakeReport

    @property
    def shown(self) -> ibis.Table:
        """The rows as they stand, personal or not."""
        return put_in_order(self.rows.lines, self.good)


def put_beside(first: Large, frame: pd.DataFrame, report: IntakeReport) -> Large:
    """Rows that were read into memory, beside those of a large file and after them."""
    lines = first.rows.lines
    table = pa.Table.from_pandas(frame, preserve_index=False)
    places = (len(lines.files) + 1) * OF_A_PART + np.arange(len(frame))
    good = make_table(lines, table.append_column(PLACE, pa.array(places)))
    ids = pc.unique(pa.array(frame["customer_id"], pa.large_string()))
    return Large(first.rows, good, ids, frame, report)


def join_parts(path: Path, parts: dict[str, Large]) -> Large:
    """Parts that were each read by themselves as one, and one report of all."""
    found = list(parts.values())
    goods = _with_same_columns([one.good for one in found])
    ids = pc.unique(pa.chunked_array([one.ids for one in found]))
    reports = {name: one.report for name, one in parts.items()}
    report = combine_reports(path, reports, _overlaps(found[0].rows, goods))
    report = dataclasses.replace(report, **_put_in_order(report, reports, found[0].rows.lines.files))
    part = pd.concat([one.part for one in found], ignore_index=True)
    return Large(found[0].rows, ibis.union(*goods), ids.take(pc.array_sort_indices(ids)), part, report)


def _with_same_columns(goods: list[ibis.Table]) -> list[ibis.Table]:
    """Tables with the columns of all, in one order; further ones that are numbers in some parts only are text."""
    names = [name for name in dict.fromkeys(itertools.chain(*(good.columns for good in goods))) if name != PLACE]
    ours = [name for name in TRANSACTIONS.names if name in names]
    kinds = {}
    for name in [*ours, *(name for name in names if name not in ours), PLACE]:
        own = {good[name].type().copy(nullable=True) for good in goods if name in good.columns}
        kinds[name] = own.pop() if len(own) == 1 else ibis.dtype("string")
    return [
        good.select(
            **{name: good[name].cast(kind) if name in good.columns else ibis.null(kind) for name, kind in kinds.items()}
        )
        for good in goods
    ]


def _overlaps(rows: Rows, goods: list[ibis.Table]) -> list[str]:
    """A doubt on rows of one part that another has as well, as of small ones."""
    each = ibis.union(*(good.drop(PLACE).distinct() for good in goods))
    alike = each.group_by(each.columns).aggregate(n_parts=each.count()).filter(lambda found: found.n_parts > 1)
    n_more = alike.n_parts - 1
    asked = alike.aggregate(n=n_more.sum(), amount=(alike.amount * n_more).sum())
    found = rows.lines.run(asked).to_pylist()[0]
    return overlap_doubt(int(found["n"]), found["amount"]) if found["n"] else []


def _put_in_order(report: IntakeReport, reports: dict[str, IntakeReport], files: list[str]) -> dict:
    """The rows set aside in the order of the files where all are listed; else how to get at the others."""
    more = {name: one.rest for name, one in reports.items() if one.rest is not None}
    if not more:
        order = {name: place for place, name in enumerate(files)}
        by_file = report.rejected["file"].map(order).fillna(len(files)).argsort(kind="stable")
        return {"rejected": report.rejected.iloc[by_file].reset_index(drop=True), "rest": None}

    def rest():
        for name, others in more.items():
            yield from (name_file(block, name) for block in others())

    return {"rest": rest}
