"""How long customers wait for their next purchase, learned from an earlier day, by split conformal prediction.

A wait is counted in the customer's own gaps. At the earlier day it is known who came back after how many, or had
not come back by the end; those of like silence make a group, and ranks within it say what may come.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.customer_index import look_up
from crmlib.engine.backends import Run
from crmlib.engine.summary import text_of, within

GROUP_SIZE, MOST_GROUPS = 100, 8  # customers to learn a wait from, and how finely silence is told apart


def find_next_days(lines, run: Run, cut: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
    """The day of the first purchase after the day `cut` and up to `last`, of who made one, by customer_id."""
    after = lines.filter(within(lines.order_date, last, cut + pd.Timedelta(days=1)))
    bought = after.filter(after.amount >= 0)
    grouped = bought.group_by("customer_id").aggregate(day=bought.order_date.min().cast("date"))
    found = run(grouped.mutate(customer_id=text_of(grouped.customer_id)))
    index = pd.Index(found["customer_id"].cast(pa.large_string()).to_pandas(), dtype="str")
    return pd.Series(found["day"].cast(pa.timestamp("us")).to_numpy(), index=index)


def count_returned(lines, run: Run, last: pd.Timestamp) -> int:
    """How many customers had bought on two days or more up to a day."""
    seen = lines.filter(within(lines.order_date, last, None) & (lines.amount >= 0))
    day = seen.order_date.cast("date")
    each = seen.group_by("customer_id").aggregate(first_day=day.min(), last_day=day.max())
    return int(run(each.aggregate(n=each.count(where=each.last_day > each.first_day)))["n"][0].as_py())


def expect_waits(
    known: pd.DataFrame, came: pd.Series, asked: pd.DataFrame, *, horizon: int, level: float
) -> pd.DataFrame:
    """In days from now on, for each customer asked about: earliest, middle and latest, missing beyond the horizon; n.

    `known` describes the customers at the day `horizon` days ago, `came` says who came after it, and when.
    """
    cut = known["last_order_date"] + pd.to_timedelta(known["recency_days"].astype("int64"), unit="D")
    wait = (look_up(came, known.index) - cut).dt.days.fillna(np.inf).to_numpy()
    gap = known["gap_days"].to_numpy()
    groups, asked_groups = _group_by_silence(known, asked)
    learned = _learn(wait / gap, horizon / gap, groups, level)
    expected = learned.reindex(asked_groups).set_axis(asked.index)
    for name, to_day in (("earliest", np.floor), ("middle", np.ceil), ("latest", np.ceil)):
        # A quotient of floats must not push a whole day over its edge.
        days = to_day((expected[name] * asked["gap_days"]).round(6)).clip(lower=1)
        expected[name] = days.where(days <= horizon)
    return expected.assign(n=expected["n"].fillna(0).astype("int64"))


def _group_by_silence(known: pd.DataFrame, asked: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """A group of like silence for each customer; who has a gap of their own stands apart from who borrows one.

    The edges are those of the customers to learn from, so that their groups are about equal.
    """
    groups = [np.zeros(len(table), dtype=int) for table in (known, asked)]
    for is_own in (False, True):
        silence = np.sort(known["times_gap"].to_numpy()[(known["is_own_gap"] == is_own).to_numpy()])
        n_groups = min(max(len(silence) // GROUP_SIZE, 1), MOST_GROUPS)
        edges = silence[[len(silence) * place // n_groups for place in range(1, n_groups)]]
        for group, table in zip(groups, (known, asked), strict=True):
            mine = (table["is_own_gap"] == is_own).to_numpy()
            place = np.searchsorted(edges, table["times_gap"].to_numpy()[mine], side="right")
            group[mine] = int(is_own) * MOST_GROUPS + place
    return groups[0], groups[1]


def _learn(waits: np.ndarray, ends: np.ndarray, groups: np.ndarray, level: float) -> pd.DataFrame:
    """By group, the wait of one more customer of the group: earliest, middle, latest, in gaps; n learned from.

    One who was not seen to come back, an infinite wait, may have come the moment after their end: for the earliest
    bound they count as that, for the latest as never, so that both hold whatever they did.
    """
    rows = {}
    for group in np.unique(groups):
        wait, end = np.sort(waits[groups == group]), np.minimum(waits, ends)[groups == group]
        n = len(wait)
        rank = math.floor((1 - level) / 2 * (n + 1) + 1e-9)  # of n + 1, the new customer among them
        low, high = (np.sort(end)[rank - 1], wait[n - rank]) if rank else (0.0, math.inf)
        rows[group] = (low, wait[(n - 1) // 2], high, n)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["earliest", "middle", "latest", "n"])
