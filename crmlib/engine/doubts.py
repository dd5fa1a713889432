"""What there is to doubt about lines of orders, counted where they lie; `quality` says it in words."""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.engine.backends import Run
from crmlib.engine.kinds import between
from crmlib.engine.summary import text_of

DAY = pd.Timedelta(days=1)


def count_doubtful(lines, run: Run, *, today: pd.Timestamp, likely: pd.Timestamp, most_counted: int) -> dict:
    """Lines, lines after today and before the first likely day, first and last day; and of amounts what may be odd.

    n, n_late, n_early, first, last; n_positive, n_whole (amounts that are 0, 1, 2 ... most_counted), least, most,
    positive (the sum of positive amounts); of customers n_customers, and biggest, what the biggest brought.
    """
    amount = lines.amount.cast("float64")
    late, early = between(lines, None, today + DAY), lines.order_date < ibis.literal(likely.to_pydatetime())
    if lines.order_date.type().is_date():
        early = lines.order_date < ibis.literal(likely.date())
    facts = run(
        lines.aggregate(
            n=lines.count(),
            n_early=lines.count(where=early),
            first=lines.order_date.min(),
            last=lines.order_date.max(),
            n_positive=lines.count(where=amount > 0),
            n_whole=lines.count(where=amount.isin([float(count) for count in range(most_counted + 1)])),
            least=amount.min(),
            most=amount.max(),
            positive=amount.sum(where=amount > 0),
        )
    ).to_pylist()[0]
    facts["n_late"] = run(late.aggregate(n=late.count()))["n"][0].as_py()
    each = lines.group_by("customer_id").aggregate(total=amount.sum())
    each = each.filter(each.customer_id.notnull())
    return facts | run(each.aggregate(n_customers=each.count(), biggest=each.total.max())).to_pylist()[0]


def find_customer_ids(lines, run: Run) -> pa.ChunkedArray:
    """The customers with a line, as text in binary order; a missing one is left out."""
    ids = run(lines.select(customer_id=text_of(lines.customer_id)).distinct())["customer_id"]
    ids = ids.drop_null().cast(pa.large_string())
    return ids.take(pc.sort_indices(ids))


def count_shared_orders(lines, run: Run) -> int:
    """Numbers of orders that belong to more than one customer."""
    numbered = lines.filter(lines.order_id.notnull())
    who = text_of(numbered.customer_id)
    # The first and the last of them: to count them all would take a set for each order.
    each = numbered.group_by("order_id").aggregate(low=who.min(), high=who.max())
    return int(run(each.aggregate(n=each.count(where=each.low != each.high)))["n"][0].as_py())


def count_repeats(lines, run: Run) -> dict:
    """Orders of several lines: n_several; n_same, of one amount in all; and extra, what these count more than once.

    Without numbers of orders, what a customer bought at one moment is one.
    """
    order = "order_id" if "order_id" in lines.columns else "order_date"
    bought = lines.filter((lines.amount > 0) & lines[order].notnull())
    amount = bought.amount.cast("float64")
    each = bought.group_by(["customer_id", order]).aggregate(n=bought.count(), low=amount.min(), high=amount.max())
    is_same = (each.n > 1) & (each.low == each.high)
    found = each.aggregate(
        n_several=each.count(where=each.n > 1),
        n_same=each.count(where=is_same),
        extra=(each.low * (each.n - 1)).sum(where=is_same),
    )
    return run(found).to_pylist()[0]


def list_words(lines, run: Run, column: str) -> list:
    """What a column says, each once, in order."""
    words = run(lines.filter(lines[column].notnull()).select(column).distinct())[column]
    return sorted(words.to_pylist(), key=str)


def sum_words(lines, run: Run, column: str, words: list) -> dict:
    """n, lines in which a column says one of the words, and amount, what they add up to."""
    said = lines.filter(lines[column].isin(words))
    return run(said.aggregate(n=said.count(), amount=said.amount.cast("float64").sum())).to_pylist()[0]


def describe_log(lines, run: Run) -> dict:
    """first, last; n_customers, n_orders, n_without, lines that have no order_id; amount."""
    facts = run(
        lines.aggregate(
            first=lines.order_date.min(),
            last=lines.order_date.max(),
            n_customers=lines.customer_id.nunique(),
            amount=lines.amount.cast("float64").sum(),
            n_lines=lines.count(),
        )
    ).to_pylist()[0]
    bought = lines.filter(lines.amount >= 0)  # a refund is no order
    by_day = bought
    facts["n_without"], facts["n_orders"] = facts["n_lines"], 0
    if "order_id" in lines.columns:
        facts["n_without"] = run(lines.aggregate(n=lines.count(where=lines.order_id.isnull())))["n"][0].as_py()
        numbered = bought.filter(bought.order_id.notnull()).select("customer_id", "order_id").distinct()
        facts["n_orders"] += run(numbered.aggregate(n=numbered.count()))["n"][0].as_py()
        by_day = bought.filter(bought.order_id.isnull())
    days = by_day.select("customer_id", day=by_day.order_date.cast("date")).distinct()
    facts["n_orders"] += run(days.aggregate(n=days.count()))["n"][0].as_py()
    return facts
