"""Whether lines that stay where they are may be sums of others: asked of the engine, as `sums` asks of lines in memory.

It answers yes at least wherever `sums` finds some; which they are, only `sums` can say.
"""

from __future__ import annotations

import functools
import operator

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake.frame import FEW_GROUPS
from crmlib.intake.sums import FEWEST_GROUPS, FEWEST_LINES, FINE, MOSTLY
from crmlib.intake.there import OF_A_PART, create_table, make_table
from crmlib.intake.there_cells import to_whole
from crmlib.intake.there_rows import Rows

GROUPS = {"customer": "customer_id", "month": "order_date", "order": "order_id"}
FIRST = FEW_GROUPS * 50  # rows whose groups are looked at, as in memory


def may_have_sums(rows: Rows) -> bool:
    """May a line be the sum of all others, or lines those of the others of their customer, month or order?

    Of several files each is looked at by itself, as small ones are.
    """
    columns = {name: rows.columns[ours].value for name, ours in GROUPS.items() if ours in rows.columns}
    if "month" in columns:
        columns["month"] = columns["month"].truncate("M")
    cents = to_whole(rows.columns["amount"].value * 100).cast("int64")
    part = rows.lines.table.part.cast("int64")
    every = rows.lines.table.select(**columns, cents=cents, is_good=rows.is_good, part=part, position=rows.position)
    good = every.filter(every.is_good)
    names = [name for name in columns if name != "month"]
    may = _have_months_or_all(rows, good) or any(_have_groups(rows, every, good, name) for name in names)
    return may and _may_be_fine(rows, good)


def _may_be_fine(rows: Rows, good: ibis.Table) -> bool:
    """Could some lines have so many different amounts that equal sums are no chance (`sums`)?

    Not where all amounts are fewer than `FINE` times their unit: then no lines of them have, in no part.
    """
    cents = rows.lines.run(good.select("cents").distinct().limit(2 * FINE))["cents"].to_numpy()
    if len(cents) == 2 * FINE:  # more than there are such multiples of one unit, above and below zero
        return True
    return bool(np.abs(cents).max(initial=0) >= FINE * (np.gcd.reduce(cents) or 1))


def _is_sum(cents: ibis.IntegerValue, total: ibis.FloatingValue) -> ibis.BooleanValue:
    return ((2 * cents - total).abs() <= 1) & (cents > 0)


def _have_months_or_all(rows: Rows, good: ibis.Table) -> bool:
    """Is one line the sum of all others, or has nearly each month a line that is the sum of its others?"""
    good = good.mutate(group=good.month if "month" in good.columns else ibis.literal(0))
    by = ["part", "group"]
    sizes = rows.lines.run(good.group_by(by).aggregate(total=good.cents.sum().cast("float64"), n=good.count()))
    sizes = sizes.to_pandas()
    sizes["whole"] = sizes.groupby("part")["total"].transform("sum")
    known = make_table(rows.lines, pa.Table.from_pandas(sizes.drop(columns="n"), preserve_index=False))
    # Hardly a line is as large as half a month: the others need not be joined.
    least = int(sizes[["total", "whole"]].min(axis=None)) if len(sizes) else 0
    joined = good.filter(2 * good.cents >= least - 1).join(known, by)
    hits = joined.group_by(by).aggregate(
        n_sums=_is_sum(joined.cents, joined.total).sum(), n_of_all=_is_sum(joined.cents, joined.whole).sum()
    )
    found = sizes.merge(rows.lines.run(hits).to_pandas(), "left", by).fillna({"n_sums": 0, "n_of_all": 0})
    return any(
        (of_part["n"].sum() >= FEWEST_LINES and of_part["n_of_all"].sum() == 1)
        or _are_most(of_part["n"], of_part["n_sums"])
        for _, of_part in found.groupby("part")
    )


def _have_groups(rows: Rows, every: ibis.Table, good: ibis.Table, name: str) -> bool:
    """Has nearly each of the first groups, customers or orders, a line that is the sum of its others?"""
    few = make_table(rows.lines, _first_groups(rows, every, name))
    by = ["part", "group"]
    some = create_table(rows.lines, good.select("part", group=good[name], cents=good.cents).semi_join(few, by))
    sizes = some.group_by(by).aggregate(total=some.cents.sum().cast("float64"), n=some.count())
    joined = some.join(sizes, by)
    hits = joined.group_by(by).aggregate(n=joined.n.max(), n_sums=_is_sum(joined.cents, joined.total).sum())
    found = rows.lines.run(hits).to_pandas()
    rows.lines.table.get_backend().con.sql(f"DROP TABLE {some.get_name()}")
    return any(_are_most(of_part["n"], of_part["n_sums"]) for _, of_part in found.groupby("part"))


def _first_groups(rows: Rows, every: ibis.Table, name: str) -> pa.Table:
    """The groups that come first in each part."""
    places = every.select("part", "position")
    if len(rows.lines.files) > 1:
        window = ibis.window(group_by="part", order_by="position")
        places = places.mutate(number=ibis.row_number().over(window)).filter(lambda found: found.number < FIRST)
    else:
        places = places.order_by("position").limit(FIRST)
    last = rows.lines.run(places.group_by("part").aggregate(last=places.position.max()))["last"].to_pylist()
    are_first = [(every.position // OF_A_PART == one // OF_A_PART) & (every.position <= one) for one in last]
    first = every.filter(functools.reduce(operator.or_, are_first)).filter(lambda found: found[name].notnull())
    first = rows.lines.run(first.group_by(["part", name]).aggregate(position=first.position.min())).to_pandas()
    first = first.sort_values("position").groupby("part").head(FEW_GROUPS)
    return pa.table({"part": first["part"], "group": pa.array(first[name], from_pandas=True)})


def _are_most(n: pd.Series, n_sums: pd.Series) -> bool:
    has_sum, is_large = (n_sums > 0) & (n >= 2), n >= 3
    return bool(is_large.sum() >= FEWEST_GROUPS and min(has_sum[is_large].mean(), has_sum.mean()) >= MOSTLY)
