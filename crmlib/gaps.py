"""The days between purchases, and whether intervals for the next one held what came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from crmlib import customer_index, engine, require
from crmlib.language import t

if TYPE_CHECKING:
    import ibis


def count_returned(transactions: pd.DataFrame | str | Path | ibis.Table, *, as_of: object) -> int:
    """How many customers had bought on two days or more up to a day: without one of them, no gap is known.

    When something else is right: `lifecycle.assign_stages` for the gap of each customer.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`.
    as_of : date, str or Timestamp
        The last day to count.

    Returns
    -------
    int
        0 where nobody has come back.

    Raises
    ------
    ValueError
        As `customers.summarize_customers`.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "bob", "cy", "cy"],
    ...     "order_date": pd.to_datetime(["2024-05-31", "2024-06-04", "2024-06-02", "2024-06-03", "2024-06-09"]),
    ...     "amount": [9.0, 9.0, 9.0, 9.0, -9.0],
    ... })
    >>> count_returned(lines, as_of="2024-06-03"), count_returned(lines, as_of="2024-06-30")
    (0, 1)
    """
    last = require.day(as_of, "as_of")
    with engine.opened(transactions) as (lines, run):
        engine.look(lines, run)
        return engine.count_returned(lines, run, last)


def first_days_after(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, as_of: object, until: object
) -> pd.Series:
    """The day of each customer's first purchase after a day, up to another.

    A line with a negative amount is a refund and no purchase. Days have no hour: who buys twice a day buys on one day.

    When something else is right: `customers.summarize_customers` for the last purchase up to a day.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`.
    as_of : date, str or Timestamp
        The day after which it is looked; it is not counted itself.
    until : date, str or Timestamp
        The last day; it counts whole.

    Returns
    -------
    Series
        One day per customer who bought in these days, sorted by the index customer_id (text); name "came_date".

    Raises
    ------
    ValueError
        A column is missing, or until is not after as_of.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "bob", "cy"],
    ...     "order_date": pd.to_datetime(["2024-05-31", "2024-06-04", "2024-06-02", "2024-07-09"]),
    ...     "amount": [9.0, 9.0, -9.0, 9.0],
    ... })
    >>> first_days_after(lines, as_of="2024-05-31", until="2024-06-30").dt.strftime("%m-%d").to_dict()
    {'ann': '06-04'}
    """
    start, end = require.day(as_of, "as_of"), require.day(until, "until")
    if not start < end:
        raise ValueError(t("until must be after as_of; got {until} and {as_of}.", until=str(until), as_of=str(as_of)))
    with engine.opened(transactions) as (lines, run):
        found = engine.find_next_days(lines, run, start, end)
    return found[found.index.notna()].sort_index().rename_axis("customer_id").rename("came_date")


def intervals_held(expected: pd.DataFrame, came: pd.Series) -> pd.Series:
    """Whether each customer came within their interval; where it has no end, not too early is enough.

    The intervals of `lifecycle.next_purchase` speak of a horizon: a latest day that is missing promises nothing, and an
    earliest day that is missing says that nobody like them comes within it. Who did not come is taken to come later
    than any day.

    When something else is right: among intervals with both ends alone, where you want to know how much they say; a
    promise without an end is easily kept.

    Parameters
    ----------
    expected : DataFrame
        One row per customer: earliest_date and latest_date, as `lifecycle.next_purchase` gives them.
    came : Series
        The day each customer came, by customer_id, up to the same horizon; who did not is missing or not in it.

    Returns
    -------
    Series
        bool, one per customer of expected; name "held". For the share that held, take its mean: best at or a little
        above the level of the intervals.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    Ann comes in time; Bob comes too late; Cy was promised no end and does not come.

    >>> early, days = pd.Timestamp("2024-06-02"), pd.to_datetime(["2024-06-05", "2024-06-09", None])
    >>> expected = pd.DataFrame({"earliest_date": early, "latest_date": days}, ["ann", "bob", "cy"])
    >>> came = pd.Series(pd.to_datetime(["2024-06-04", "2024-06-12"]), ["ann", "bob"])
    >>> intervals_held(expected, came).to_dict()
    {'ann': True, 'bob': False, 'cy': True}
    """
    require.columns(expected, ["earliest_date", "latest_date"], "expected")
    day = customer_index.look_up(came, expected.index)
    in_time = expected["latest_date"].isna() | (day <= expected["latest_date"])
    not_early = day.isna() | (day >= expected["earliest_date"])
    return (in_time & not_early).rename("held")
