"""Lines added up by kind: one row per kind, however many lines there are; `orders` and `trend` are its doors."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from crmlib.engine.backends import Run
from crmlib.engine.money import Money, check_money, exact, is_nan, to_floats
from crmlib.engine.results import columns_of, in_order
from crmlib.engine.summary import check_ids, text_of, within


def between(lines, last: pd.Timestamp | None, first: pd.Timestamp | None):
    """The lines of a window, both days whole; an end that is None is open."""
    if last is None and first is None:
        return lines
    order_date = lines.order_date
    if order_date.type().is_timestamp() and order_date.type().timezone is not None:
        order_date = order_date.cast("timestamp")  # its day in the zone of the connection, as `canonical` has it
    # Far behind all that a day may be, and still a date to every engine.
    return lines.filter(within(order_date, pd.Timestamp("9998-12-30") if last is None else last, first))


def has_cost(lines):
    """Whether a line has a cost; NaN is none, as a file or a table may have it."""
    if lines.cost.type().is_floating():
        return lines.cost.notnull() & ~is_nan(lines.cost)
    return lines.cost.notnull()


def check_kinds_money(lines, run: Run) -> dict[str, Money] | None:
    """How amounts, and the costs that are there, become exact decimals; None where there is no line."""
    money = check_money(lines.drop("cost") if "cost" in lines.columns else lines, run)
    if money is None or "cost" not in lines.columns:
        return money
    costed = check_money(lines.filter(has_cost(lines)), run)
    return {**money, "cost": costed["cost"] if costed else Money()}


def sum_kinds(lines, run: Run, keys: dict[str, ibis.Value], **more: ibis.Value) -> pd.DataFrame:
    """One row per kind, sorted, a missing one last: n_lines, n_customers, amount, cost, and what is asked for besides.

    `keys` are the columns that tell kinds apart, as expressions on `lines` by name. Where customer_id is one of them,
    customers are not counted. A cost is missing where a line of the kind has none.
    """
    money = check_kinds_money(lines, run) or {"amount": Money(), "cost": Money()}
    measures = {"n_lines": lines.count()}
    if "customer_id" not in keys:
        measures["n_customers"] = lines.customer_id.nunique()
    measures["amount"] = exact(lines.amount, money["amount"]).sum()
    if "cost" in lines.columns:
        there = has_cost(lines)
        # NaN is no decimal, and an engine may try it before it asks which lines are wanted.
        measures["cost"] = exact(there.ifelse(lines.cost, None), money["cost"]).sum()
        measures["n_costed"] = lines.count(where=there)
    grouped = lines.group_by(**keys).aggregate(**measures, **more)
    if "customer_id" in keys:
        grouped = grouped.mutate(customer_id=text_of(grouped.customer_id))
    return _to_frame(run(grouped), list(keys))


def find_main_kind(lines, run: Run, column: str, *, most: int) -> pd.Series | None:
    """The kind of a column that each customer spent most in; of equal ones the last in order. None if there are more.

    Only the place of a kind comes back for each customer.
    """
    known = lines.filter(lines[column].notnull())
    if lines[column].type().is_floating():
        known = known.filter(~is_nan(known[column]))
    kinds = _plain(run(known.select(kind=known[column]).distinct().limit(most + 1))["kind"])
    if len(kinds) > most:
        return None
    kinds = kinds.take(pc.sort_indices(kinds)).to_pandas()
    money = check_money(known.drop("cost") if "cost" in known.columns else known, run)
    if money is None:  # no line tells anything
        index = pd.Index([], dtype="str", name="customer_id")
        return pd.Series(pd.Categorical([], categories=kinds), index=index, name=column)
    place = known[column].cases(*((kind, place) for place, kind in enumerate(kinds.tolist())))
    each = known.group_by("customer_id", place=place).aggregate(spent=exact(known.amount, money["amount"]).sum())
    each = each.mutate(most=each.spent.max().over(group_by="customer_id"))
    best = each.filter(each.spent == each.most).group_by("customer_id").aggregate(place=_.place.max())
    index, columns = in_order(columns_of(run(best.mutate(customer_id=text_of(best.customer_id)))))
    codes = next(columns)[1].cast(pa.int64()).to_numpy()
    return pd.Series(pd.Categorical.from_codes(codes, categories=kinds), index=index, name=column)


def _to_frame(found: pa.Table, keys: list[str]) -> pd.DataFrame:
    # Sorted here rather than by the engine, whose collation is its own.
    for name in keys:
        place = found.column_names.index(name)
        found = found.set_column(place, name, _plain(found[name]))
    found = found.sort_by([(name, "ascending") for name in keys])
    index = [found[name].to_pandas() for name in keys]
    columns = {}
    for name in found.column_names:
        if name in ("amount", "cost"):
            columns[name] = to_floats(found[name].fill_null(0)) if len(found) else pd.Series(dtype="float64")
        elif name not in keys:
            columns[name] = found[name].cast(pa.int64()).to_numpy()
    frame = pd.DataFrame(columns)
    if "cost" in frame:
        frame["cost"] = frame["cost"].where(frame.pop("n_costed") == frame["n_lines"])
    is_one = len(keys) == 1
    frame.index = pd.Index(index[0], name=keys[0]) if is_one else pd.MultiIndex.from_arrays(index, names=keys)
    return frame


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """In the types that every engine's answer comes to."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type) or pa.types.is_null(column.type):
        return column.cast(pa.large_string())
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us"))
    return column


def count_values(lines, run: Run, columns: Sequence[str]) -> dict[str, int]:
    """How many different values each column has; a missing one is none."""
    if not columns:
        return {}
    values = {name: lines[name] for name in columns}
    values = {name: v.nullif(float("nan")) if v.type().is_floating() else v for name, v in values.items()}
    found = run(lines.aggregate(**{f"n_{place}": value.nunique() for place, value in enumerate(values.values())}))
    return {name: int(found[place][0].as_py()) for place, name in enumerate(values)}


def find_days(lines, run: Run) -> np.ndarray:
    """The days with a line, in order."""
    days = run(lines.select(day=lines.order_date.cast("date")).distinct())["day"]
    return np.sort(days.cast(pa.timestamp("us")).to_numpy())


def compare_windows(
    lines, run: Run, now: tuple[pd.Timestamp, pd.Timestamp], before: tuple[pd.Timestamp, pd.Timestamp]
) -> tuple[dict, dict]:
    """What two windows brought, and what they did without the customer who did most to change it.

    now and before, in currency units, of both; and n_now, n_before, the customers who ordered, of the first.
    """
    is_in = {name: within(lines.order_date, last, first) for name, (first, last) in (("now", now), ("before", before))}
    seen = lines.filter(is_in["now"] | is_in["before"])
    seen = seen.drop("cost") if "cost" in seen.columns else seen
    money = check_money(seen, run)
    if money is None:
        return {"now": 0.0, "before": 0.0, "n_now": 0, "n_before": 0}, {"now": 0.0, "before": 0.0}
    amount = exact(seen.amount, money["amount"])
    spent, is_buyer = {}, {}
    for name, (first, last) in (("now", now), ("before", before)):
        is_its = within(seen.order_date, last, first)
        spent[name] = is_its.ifelse(amount, amount - amount).sum()
        is_buyer[f"{name}_bought"] = (is_its & (seen.amount >= 0)).ifelse(1, 0).max()
    each = seen.group_by("customer_id").aggregate(**spent, **is_buyer)
    each = each.mutate(step=each.now - each.before)
    totals = {"now": each.now.sum(), "before": each.before.sum()}
    counts = {"n_now": each.now_bought.sum(), "n_before": each.before_bought.sum()}
    extremes = {"most": each.step.max(), "least": each.step.min()}
    found = run(each.aggregate(**totals, **counts, **extremes))
    whole = {name: found[name][0].as_py() for name in found.column_names}
    step = whole["most"] if whole["now"] > whole["before"] else whole["least"]
    tied = run(each.filter(each.step == step).select(text_of(each.customer_id).name("who"), "now", "before"))
    one = min(tied.to_pylist(), key=lambda row: row["who"] or "")
    rest = {name: float(whole[name] - one[name]) for name in ("now", "before")}
    return {name: (int if name[:2] == "n_" else float)(whole[name]) for name in (*totals, *counts)}, rest


# --- customers drawn from the lines -------------------------------------------------------------


def find_ids(lines, run: Run) -> pa.ChunkedArray:
    """The customers with a line, as text in binary order."""
    ids = lines.select(customer_id=text_of(lines.customer_id)).distinct()
    found = run(ids)["customer_id"]
    check_ids(found, lines, run)
    found = found.cast(pa.large_string())
    return found.take(pc.sort_indices(found))


def lines_of(lines, run: Run, customer_ids: list[str] | None) -> pd.DataFrame:
    """All lines of these customers, or of everybody, sorted; in the types of a table that was read."""
    seen = lines.mutate(customer_id=text_of(lines.customer_id))
    if customer_ids is not None:
        # Named one by one: a join would have to write their list into a warehouse that is only read.
        seen = seen.filter(seen.customer_id.isin(customer_ids))
    if "order_id" in seen.columns:
        seen = seen.mutate(order_id=seen.order_id.cast("string"))
    found = run(seen)
    for place, name in enumerate(found.column_names):
        kind = pa.float64() if name in ("amount", "cost") else None
        kind = pa.large_string() if name in ("customer_id", "order_id") else kind
        found = found.set_column(place, name, found[name].cast(kind or pa.timestamp("us")))
    order = [
        "customer_id",
        "order_date",
        *(name for name in found.column_names if name in ("order_id", "amount", "cost")),
    ]
    return found.sort_by([(name, "ascending") for name in order]).to_pandas()
