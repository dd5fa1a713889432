"""Whether lines that stay where they are may be sums of others: asked of the engine, as `sums` asks of lines in memory.

It answers yes at least wherever `sums` finds some; which they are, only `sums` can say.
"""

from __future__ import annotations

import ibis
import pyarrow as pa

from crmlib.intake.frame import FEW_GROUPS
from crmlib.intake.sums import FEWEST_GROUPS, FEWEST_LINES, MOSTLY
from crmlib.intake.there import make_table
from crmlib.intake.there_rows import Rows


def may_have_sums(rows: Rows) -> bool:
    """May a line be the sum of all others, or lines those of the others of their customer, month or order?"""
    columns = {name: rows.columns[ours].value for name, ours in _groups(rows).items()}
    if "month" in columns:
        columns["month"] = columns["month"].truncate("M")
    cents = (rows.columns["amount"].value * 100).round().cast("int64")
    every = rows.lines.table.select(**columns, cents=cents, is_good=rows.is_good, position=rows.position)
    good = every.filter(every.is_good)
    return _has_sum_of_all(rows, good) or any(_have_sums(rows, every, good, name) for name in columns)


def _groups(rows: Rows) -> dict[str, str]:
    known = {"customer": "customer_id", "month": "order_date", "order": "order_id"}
    return {name: ours for name, ours in known.items() if ours in rows.columns}


def _has_sum_of_all(rows: Rows, good: ibis.Table) -> bool:
    whole = rows.lines.run(good.aggregate(total=good.cents.sum(), n=good.count())).to_pylist()[0]
    if whole["n"] < FEWEST_LINES:
        return False
    total = int(whole["total"])
    found = rows.lines.run(good.filter(_is_sum(good.cents, total)).limit(2).select("cents"))
    return len(found) == 1


def _is_sum(cents: ibis.IntegerValue, total: ibis.IntegerValue | int) -> ibis.BooleanValue:
    return ((2 * cents - total).abs() <= 1) & (cents > 0)


def _have_sums(rows: Rows, every: ibis.Table, good: ibis.Table, name: str) -> bool:
    """Has nearly each of the first groups a line that is the sum of its others?"""
    first = every.order_by("position").limit(FEW_GROUPS * 50).select(group=every[name], position=every.position)
    first = first.filter(first.group.notnull()).group_by("group").aggregate(position=first.position.min())
    values = rows.lines.run(first.order_by("position").limit(FEW_GROUPS).select("group"))
    few = make_table(rows.lines, pa.table({"group": values["group"]}))
    some = good.select(group=good[name], cents=good.cents).semi_join(few, "group")
    sizes = some.group_by("group").aggregate(total=some.cents.sum(), n=some.count())
    joined = some.join(sizes, "group")
    hits = joined.group_by("group").aggregate(
        n=joined.n.max(), has_sum=(_is_sum(joined.cents, joined.total) & (joined.n >= 2)).any()
    )
    found = rows.lines.run(hits).to_pandas()
    is_large = found["n"] >= 3
    return bool(
        is_large.sum() >= FEWEST_GROUPS and min(found["has_sum"][is_large].mean(), found["has_sum"].mean()) >= MOSTLY
    )
