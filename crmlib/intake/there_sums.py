"""Whether lines that stay where they are may be sums of others: asked of the engine, as `sums` asks of lines in memory.

It answers yes at least wherever `sums` finds some; which they are, only `sums` can say.
"""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.frame import FEW_GROUPS
from crmlib.intake.sums import FEWEST_GROUPS, FEWEST_LINES, MOSTLY
from crmlib.intake.there import create_table, make_table
from crmlib.intake.there_rows import Rows

GROUPS = {"customer": "customer_id", "month": "order_date", "order": "order_id"}
FIRST = FEW_GROUPS * 50  # rows whose groups are looked at, as in memory


def may_have_sums(rows: Rows) -> bool:
    """May a line be the sum of all others, or lines those of the others of their customer, month or order?"""
    columns = {name: rows.columns[ours].value for name, ours in GROUPS.items() if ours in rows.columns}
    if "month" in columns:
        columns["month"] = columns["month"].truncate("M")
    cents = (rows.columns["amount"].value * 100).round().cast("int64")
    every = rows.lines.table.select(**columns, cents=cents, is_good=rows.is_good, position=rows.position)
    good = every.filter(every.is_good)
    names = [name for name in columns if name != "month"]
    return _have_months_or_all(rows, good) or any(_have_groups(rows, every, good, name) for name in names)


def _is_sum(cents: ibis.IntegerValue, total: ibis.IntegerValue | int) -> ibis.BooleanValue:
    return ((2 * cents - total).abs() <= 1) & (cents > 0)


def _have_months_or_all(rows: Rows, good: ibis.Table) -> bool:
    """Is one line the sum of all others, or has nearly each month a line that is the sum of its others?"""
    good = good.mutate(group=good.month if "month" in good.columns else ibis.literal(0))
    sizes = rows.lines.run(good.group_by("group").aggregate(total=good.cents.sum().cast("int64"), n=good.count()))
    whole = pc.sum(sizes["total"]).as_py()
    known = make_table(rows.lines, sizes)
    joined = good.join(known, "group")
    hits = joined.group_by("group").aggregate(
        n=joined.n.max(),
        n_sums=_is_sum(joined.cents, joined.total).sum(),
        n_of_all=_is_sum(joined.cents, whole).sum(),
    )
    found = rows.lines.run(hits).to_pandas()
    is_one = found["n"].sum() >= FEWEST_LINES and found["n_of_all"].sum() == 1
    return is_one or _are_most(found["n"], found["n_sums"])


def _have_groups(rows: Rows, every: ibis.Table, good: ibis.Table, name: str) -> bool:
    """Has nearly each of the first groups, customers or orders, a line that is the sum of its others?"""
    last = rows.lines.table.select(position=rows.position).order_by("position").limit(FIRST)
    last = rows.lines.run(last.aggregate(position=last.position.max()))["position"][0].as_py()
    first = rows.lines.run(every.filter(every.position <= last).select(group=every[name], position=every.position))
    first = pc.unique(first.sort_by("position")["group"]).drop_null()[:FEW_GROUPS]
    few = make_table(rows.lines, pa.table({"group": first}))
    some = create_table(rows.lines, good.select(group=good[name], cents=good.cents).semi_join(few, "group"))
    sizes = some.group_by("group").aggregate(total=some.cents.sum().cast("int64"), n=some.count())
    joined = some.join(sizes, "group")
    hits = joined.group_by("group").aggregate(n=joined.n.max(), n_sums=_is_sum(joined.cents, joined.total).sum())
    found = rows.lines.run(hits).to_pandas()
    rows.lines.table.get_backend().con.sql(f"DROP TABLE {some.get_name()}")
    return _are_most(found["n"], found["n_sums"])


def _are_most(n: pd.Series, n_sums: pd.Series) -> bool:
    has_sum, is_large = (n_sums > 0) & (n >= 2), n >= 3
    return bool(is_large.sum() >= FEWEST_GROUPS and min(has_sum[is_large].mean(), has_sum.mean()) >= MOSTLY)
