"""Lines of orders, however many: described, selected, added up, and some customers drawn from them.

What is given may be a DataFrame or an Ibis table, whose lines stay where they are: a large file, a warehouse. Both
give the same answers; only small results become DataFrames.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import engine, require
from crmlib.language import t

if TYPE_CHECKING:
    import ibis

PERIODS = ("D", "W", "M", "Q", "Y")


def describe_orders(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, as_of: object = None, since: object = None
) -> pd.Series:
    """How many lines and customers there are, and how much money, from when to when.

    When something else is right: `customers.summarize_customers` for each customer; `quality.last_day` for the last
    day that counts.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`; a cost may be missing.
    as_of : date, str or Timestamp, optional
        Only lines up to this day, which counts whole; all of them if not given.
    since : date, str or Timestamp, optional
        Only lines from this day on.

    Returns
    -------
    Series
        Of the lines between the two days:

        n_lines, n_customers  how many
        amount                their sum, refunds taken off, in currency units
        first_day, last_day   the days of the first and of the last line; missing where there is none
        n_without_cost        lines that have no cost; all of them where there is no such column
        amount_without_cost   the sum of their amounts, in currency units

        And of all lines: n_later, how many lie after as_of; earliest_day and latest_day, of the first and the last.

    Raises
    ------
    ValueError
        As `customers.summarize_customers`; since lies after as_of.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-05", "2024-03-01", "2024-03-09"])
    >>> lines = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "order_date": days, "amount": [20.0, -5.5, 8.0]})
    >>> log = describe_orders(lines, as_of="2024-03-08")
    >>> log["n_lines"], log["n_customers"], log["amount"], log["n_later"], str(log["last_day"].date())
    (2, 1, 14.5, 1, '2024-03-01')
    """
    last, first = _window(as_of, since)
    with engine.opened(transactions) as (lines, run):
        log = engine.look(lines, run)
        seen = engine.between(lines, last, first)
        money = engine.check_kinds_money(seen, run)
        amount = engine.exact(seen.amount, (money or {}).get("amount", engine.Money()))
        lacks = ~engine.has_cost(seen) if "cost" in seen.columns else seen.amount.notnull()
        found = run(
            seen.aggregate(
                n_lines=seen.count(),
                n_customers=seen.customer_id.nunique(),
                amount=amount.sum(),
                first_day=seen.order_date.min(),
                last_day=seen.order_date.max(),
                n_without_cost=seen.count(where=lacks),
                amount_without_cost=amount.sum(where=lacks),
            )
        ).to_pylist()[0]
        later = None if last is None else engine.between(lines, None, last + pd.Timedelta(days=1))
        n_later = 0 if later is None else run(later.aggregate(n=later.count()))["n"][0].as_py()
    found = {name: _plain(name, value) for name, value in found.items()}
    found |= {"n_later": int(n_later), "earliest_day": log.first.normalize(), "latest_day": log.last.normalize()}
    return pd.Series(found, dtype="object", name="orders")


def _plain(name: str, value: object) -> object:
    """A count, a day or an amount, whatever an engine calls it."""
    if name.startswith("n_"):
        return int(value)
    if name.endswith("_day"):
        return pd.NaT if value is None else pd.Timestamp(value).normalize()
    return float(value or 0)


def select_orders(
    transactions: pd.DataFrame | ibis.Table,
    *,
    since: object = None,
    as_of: object = None,
    drop: Sequence[str] = (),
    with_cost: bool = False,
) -> pd.DataFrame | ibis.Table:
    """The lines between two days, as what was given: a DataFrame, or an Ibis table in which nothing is worked out yet.

    Parameters
    ----------
    transactions : DataFrame or Ibis table
        As in `customers.summarize_customers`; all of its columns are kept.
    since, as_of : date, str or Timestamp, optional
        The first and the last day; both count whole. One that is not given is open.
    drop : sequence of str
        Columns to leave out; one that is not there is no mistake.
    with_cost : bool
        Whether to keep only lines that have a cost.

    Returns
    -------
    DataFrame or Ibis table
        As given.

    Raises
    ------
    ValueError
        A column is missing, since lies after as_of, or with_cost is asked of lines without the column cost.
    TypeError
        transactions is neither a DataFrame nor an Ibis table.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-05 09:00", "2024-03-01 18:30", "2024-03-09 10:00"])
    >>> lines = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "order_date": days, "amount": [20.0, -5.5, 8.0]})
    >>> select_orders(lines, since="2024-02-01", as_of="2024-03-01", drop=["order_date"])
      customer_id  amount
    1         ann    -5.5
    """
    last, first = _window(as_of, since)
    is_frame = isinstance(transactions, pd.DataFrame)
    if not is_frame and not hasattr(transactions, "get_backend"):
        raise TypeError(
            t(
                "transactions must be a pandas DataFrame or an Ibis table; got {kind}. Load it first, for instance with"
                " datasets.load_data.",
                kind=type(transactions).__name__,
            )
        )
    require.columns(transactions, ["customer_id", "order_date", "amount"], "transactions")
    if with_cost:
        require.columns(transactions, ["cost"], "transactions")
    if is_frame:
        keep = _is_between(transactions["order_date"], last, first)
        if with_cost:
            keep &= transactions["cost"].notna()
        seen = transactions if keep.all() else transactions[keep]  # no copy where none is left out
        return seen.drop(columns=list(drop), errors="ignore")
    seen = engine.between(transactions, last, first)
    if with_cost:
        seen = seen.filter(engine.has_cost(seen))
    return seen.drop(*[name for name in drop if name in seen.columns])


def _is_between(order_date: pd.Series, last: pd.Timestamp | None, first: pd.Timestamp | None) -> pd.Series:
    if not pd.api.types.is_datetime64_any_dtype(order_date):
        raise ValueError(
            t(
                "order_date must be dates or timestamps; it is {kind}, for example {examples}. Parse it first, for"
                " instance with pd.to_datetime(..., format=...).",
                kind=order_date.dtype,
                examples=order_date.dropna().head(1).tolist(),
            )
        )
    day = order_date.dt.tz_localize(None) if order_date.dt.tz is not None else order_date
    keep = pd.Series(True, index=day.index)
    if first is not None:
        keep &= day >= first
    if last is not None:
        keep &= day < last + pd.Timedelta(days=1)
    return keep


def sum_orders(
    transactions: pd.DataFrame | str | Path | ibis.Table,
    by: Sequence[str] = (),
    *,
    period: str | None = None,
    as_of: object = None,
    since: object = None,
) -> pd.DataFrame:
    """Lines added up by kind: by region and channel, by month, by customer and year.

    Money is added up in exact decimals, so that the order of the lines does not matter.

    When something else is right: `customers.summarize_customers` for orders, recency and profit of each customer;
    `trend.by_month` for who ordered in each month.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`; a cost may be missing.
    by : sequence of str
        Columns that tell kinds apart; those of your own count. Lines in which one is missing are a kind.
    period : {"D", "W", "M", "Q", "Y"}, optional
        Apart by days, weeks (from Monday), months, quarters or years as well.
    as_of, since : date, str or Timestamp, optional
        The last and the first day; both count whole. One that is not given is open.

    Returns
    -------
    DataFrame
        One row per kind that occurs, sorted by the index: the columns of `by`, then `period`, its first day. Columns:

        n_lines      lines
        n_customers  customers with a line; not where customer_id is one of the columns
        amount       refunds taken off, in currency units
        cost         of the goods, where there is such a column; missing where a line of the kind has none

    Raises
    ------
    ValueError
        As `customers.summarize_customers`; a column of `by` is missing, or there is neither a column nor a period.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "bob"],
    ...     "order_date": pd.to_datetime(["2024-01-05", "2024-03-01", "2024-03-09"]),
    ...     "amount": [20.0, 30.0, 8.0],
    ...     "region": ["north", "north", "south"],
    ... })
    >>> sum_orders(lines, ["region"])
            n_lines  n_customers  amount
    region
    north         2            1    50.0
    south         1            1     8.0
    >>> sum_orders(lines, ["customer_id"], period="Y")
                            n_lines  amount
    customer_id period
    ann         2024-01-01        2    50.0
    bob         2024-01-01        1     8.0
    """
    by = [by] if isinstance(by, str) else list(by)
    if period is not None:
        require.one_of(period, PERIODS, "period")
    if not by and period is None:
        raise ValueError(t("by must name at least one column, or period be given; there is neither. For months: 'M'."))
    last, first = _window(as_of, since)
    own = [name for name in by if name not in engine.NEEDED]
    with engine.opened(transactions, also=own) as (lines, run):
        require.columns(lines, by, "transactions")
        engine.look(lines, run)
        seen = engine.between(lines, last, first)
        keys = {name: _kind(seen[name]) for name in by}
        if period is not None:
            keys["period"] = seen.order_date.truncate(period).cast("date")
        return engine.sum_kinds(seen, run, keys)


def _kind(column):
    """Not a number is missing, like an empty cell."""
    return engine.is_nan(column).ifelse(None, column) if column.type().is_floating() else column


def sample_customers(
    transactions: pd.DataFrame | str | Path | ibis.Table,
    n: int,
    *,
    seed: int,
    as_of: object = None,
    since: object = None,
) -> pd.DataFrame:
    """All lines of some customers, drawn at random: for what has to see lines, when the lines are too many.

    Each customer is as likely to be drawn as another, those who buy little as well. Say that a sample was drawn, and
    give the interval it leaves: a share p among n customers is known within 2 standard errors, sqrt(p (1 - p) / n).

    When something else is right: all lines, where they fit into memory; a few big customers, who may bring half
    the money, are mostly not in a sample.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`; a cost may be missing.
    n : int
        How many customers; where there are no more, all of them.
    seed : int
        The same seed draws the same customers from the same customers.
    as_of, since : date, str or Timestamp, optional
        The last and the first day of the lines; both count whole. Who has no line between them is not drawn from.

    Returns
    -------
    DataFrame
        One row per line: customer_id (text), order_date, amount and, where there are, order_id (text) and cost; sorted
        by customer_id and order_date, so that any order of the lines gives the same.

    Raises
    ------
    ValueError
        As `customers.summarize_customers`; n is not a whole number of at least 1, or no line lies between the days.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-05", "2024-03-01", "2024-03-09"])
    >>> lines = pd.DataFrame({"customer_id": ["ann", "bob", "ann"], "order_date": days, "amount": [20.0, 8.0, 30.0]})
    >>> sample_customers(lines, 1, seed=1)
      customer_id order_date  amount
    0         ann 2024-01-05    20.0
    1         ann 2024-03-09    30.0
    """
    require.whole(n, "n")
    last, first = _window(as_of, since)
    with engine.opened(transactions) as (lines, run):
        engine.look(lines, run)
        seen = engine.between(lines, last, first)
        ids = engine.find_ids(seen, run)
        if not len(ids):
            raise ValueError(t("a line must lie between since and as_of; none does. Choose other days."))
        if len(ids) <= n:
            return engine.lines_of(seen, run, None)
        # Of the ids in binary order, so that any engine draws the same.
        drawn = np.random.default_rng(seed).choice(len(ids), n, replace=False)
        return engine.lines_of(seen, run, ids.take(np.sort(drawn)).to_pylist())


def _window(as_of: object, since: object) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    last = None if as_of is None else require.day(as_of, "as_of")
    first = None if since is None else require.day(since, "since")
    if first is not None and last is not None and first > last:
        raise ValueError(
            t(
                "since must not lie after as_of; got since {first:%Y-%m-%d} and as_of {last:%Y-%m-%d}. Swap them?",
                first=first,
                last=last,
            )
        )
    return last, first
