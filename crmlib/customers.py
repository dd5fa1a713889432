"""Transactions in, one row per customer out, as of a day.

`summarize_customers` takes a DataFrame, a file or an Ibis table. The summary is
an Ibis expression (`summary_expression`): DuckDB works it out inside by default,
and the same expression runs in a warehouse when the log outgrows the machine.

Money is added up in exact decimals and handed out in currency units: sums of
floats depend on the order of the lines, and with threads that order is chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import engine, require, tables
from crmlib.language import t

if TYPE_CHECKING:
    import ibis

PERIODS = ("W", "M", "Q", "Y")
UNITS = tables.TIME_UNITS


def summarize_customers(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, as_of: object, since: object = None
) -> pd.DataFrame:
    """One row per customer: how recently, how often and for how much, as of a day.

    An order is a distinct `order_id`; where there is none (no such column, or an
    empty cell), a customer and day is an order. Lines of 0 count as orders. A refund (a
    negative amount) lowers `monetary`, is no order and does not refresh recency.
    The day `as_of` counts whole; later lines are not seen.

    When something else is right: for BG/NBD and Gamma-Gamma, which count *repeat*
    orders and take recency from the first order to the last; `snapshots` for the
    same customers at several days; `summary_expression` to stay inside a
    warehouse; `intake.read_transactions` for a file with other column names, another
    delimiter or rows that cannot be read.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        One row per line of an order, with the columns customer_id, order_date, amount and, if
        there are, order_id and cost. A path leads to a CSV file (comma, double quotes, UTF-8;
        ids stay text), a Parquet file, a folder or a glob of Parquet, read within a part of the
        memory, and the disk: see `engine.database.limited`. Whole numbers as customer_id become
        their decimal text. Times with a time zone keep their local day
        (those of an Ibis table, the day in the zone of its connection). Never changed.
    as_of : date, str or Timestamp
        The day to look from. Text is year first: "2024-12-31".
    since : date, str or Timestamp, optional
        See only lines from this day on. First orders, and so tenure, then count within that
        window: someone who bought before looks new.

    Returns
    -------
    DataFrame
        One row per customer with at least one line in the window, sorted by the index
        `customer_id` (text, in binary order):

        recency_days      days from the last order to as_of; small is recent (Int64)
        frequency         number of orders (int64)
        monetary          total paid, refunds taken off, in currency units (float64)
        tenure_days       days from the first order to as_of (Int64)
        first_order_date  day of the first order (datetime64)
        last_order_date   day of the last order (datetime64)
        profit            monetary less cost, where transactions has `cost` (float64)

        Someone with only refunds stays, with frequency 0 and no recency, tenure or dates.

    Raises
    ------
    ValueError
        A column is missing or of the wrong type; a customer_id is blank, a date missing, an
        amount or cost not a number; as_of is no day, or lies before the first line; since lies
        after as_of; no line lies between them.

    Warns
    -----
    UserWarning
        Amounts with more than two decimals: how many, and that their sums keep 6 decimals.

    Examples
    --------
    Ann bought twice and took something back; Bob only took back.

    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "ann", "bob"],
    ...     "order_date": pd.to_datetime(["2024-01-05", "2024-03-01", "2024-03-09", "2024-02-01"]),
    ...     "amount": [20.00, 30.00, -5.50, -8.00],
    ...     "order_id": ["1", "2", "2r", "0r"],
    ... })
    >>> summary = summarize_customers(lines, as_of="2024-03-31")
    >>> summary[["recency_days", "frequency", "monetary", "tenure_days"]]
                 recency_days  frequency  monetary  tenure_days
    customer_id
    ann                    30          2      44.5           86
    bob                  <NA>          0      -8.0         <NA>
    """
    last, first = _window_days(as_of, since)
    with engine.opened(transactions) as (lines, run):
        log = engine.look(lines, run)
        engine.refuse_before(log, last)
        summary = engine.summarize(lines, run, log, last, first)
    if summary is None:
        raise ValueError(
            t(
                "a line must lie between since and as_of; none does from {first:%Y-%m-%d} to {last:%Y-%m-%d}. The lines"
                " run from {log_first:%Y-%m-%d} to {log_last:%Y-%m-%d}. Choose another since.",
                first=first,
                last=last,
                log_first=log.first,
                log_last=log.last,
            )
        )
    return summary


def snapshots(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, dates: Iterable, window_days: int | None = None
) -> pd.DataFrame:
    """The summary of `summarize_customers` as of several days, one below the other.

    For transitions (who moved up, who went away) and for backtests: what was known then.
    When something else is right: `summarize_customers` for one day; `cohort_retention` to
    follow people by when they came.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `summarize_customers`.
    dates : iterable of date, str or Timestamp
        The days to look from; each once, in any order.
    window_days : int, optional
        See only the last so many days, the day itself included; otherwise everything before.
        Tenure then counts within the window, and customers without a line in it are absent.

    Returns
    -------
    DataFrame
        One row per date and customer, index (as_of, customer_id), sorted; columns as in
        `summarize_customers`.

    Raises
    ------
    ValueError
        As `summarize_customers`; or there is no date, one stands twice, or one lies before
        the first line; or window_days is not a whole number of at least 1.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "bob", "bob"],
    ...     "order_date": pd.to_datetime(["2024-01-05", "2024-01-20", "2024-02-20"]),
    ...     "amount": [20.0, 30.0, 40.0],
    ... })
    >>> snapshots(lines, dates=["2024-01-31", "2024-02-29"])[["frequency", "monetary"]]
                            frequency  monetary
    as_of      customer_id
    2024-01-31 ann                  1      20.0
               bob                  1      30.0
    2024-02-29 ann                  1      20.0
               bob                  2      70.0
    """
    if isinstance(dates, str):
        raise ValueError(t("dates must be several days; got the text {dates!r}. Write dates=[{dates!r}].", dates=dates))
    days = sorted(require.day(date, t("each of dates")) for date in dates)
    if not days or len(set(days)) < len(days):
        listed = [f"{day:%Y-%m-%d}" for day in days]
        raise ValueError(t("dates must be at least one day, each once; got {listed}.", listed=listed))
    if window_days is not None:
        require.whole(window_days, "window_days")

    with engine.opened(transactions) as (lines, run):
        log = engine.look(lines, run)
        engine.refuse_before(log, days[0])
        summaries = {}
        # A pass a date. One query for four dates, by customer and period to be cumulated, took less than half the CPU
        # time and a quarter more memory. But in windows an order of several days has no period of its own, and amounts
        # are checked, and noted, up to each date: both ways would have to stand here.
        for day in days:
            first = None if window_days is None else day - pd.Timedelta(days=int(window_days) - 1)
            summary = engine.summarize(lines, run, log, day, first)
            if summary is not None:
                summaries[day] = summary
    if not summaries:
        raise ValueError(
            t(
                "a line must lie in the {window_days} days up to one of the dates; none does. The lines run from"
                " {log_first:%Y-%m-%d} to {log_last:%Y-%m-%d}.",
                window_days=window_days,
                log_first=log.first,
                log_last=log.last,
            )
        )
    return pd.concat(summaries, names=["as_of"])


def cohort_retention(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, as_of: object, period: str = "M"
) -> pd.DataFrame:
    """What share of those who first ordered in a period ordered again in each later one.

    A share of those who order *in* a period, between 0 and 1; it can rise again, as people come
    back. So it is a repeat-buying rate and not the retention rate of a contract (who is still
    there), for which survival analysis is right. The first cohorts of a log hold people
    who had bought before it began. How many a share rests on is the count of first_order_date
    in `summarize_customers`, by period.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `summarize_customers`; refunds are no orders.
    as_of : date, str or Timestamp
        The day to look from; the log should be complete up to it.
    period : {"W", "M", "Q", "Y"}
        Weeks (from Monday), months, quarters or years.

    Returns
    -------
    DataFrame
        One row per cohort (index `cohort`, the period of the first order; periods in which
        nobody came are absent), one column per number of periods since (`periods_since`, from
        0 on). The first column is 1 by definition. Missing where the period has not ended by as_of.

    Raises
    ------
    ValueError
        As `summarize_customers`; or there is no order, or period is not one of the choices.

    Examples
    --------
    Two came in January, of whom one ordered in February; March is not over yet.

    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "bob", "bob", "cy", "cy"],
    ...     "order_date": pd.to_datetime(
    ...         ["2024-01-05", "2024-01-20", "2024-02-20", "2024-02-03", "2024-03-02"]
    ...     ),
    ...     "amount": [20.0, 30.0, 40.0, 10.0, 10.0],
    ... })
    >>> cohort_retention(lines, as_of="2024-03-30")
    periods_since    0    1   2
    cohort
    2024-01        1.0  0.5 NaN
    2024-02        1.0  NaN NaN
    """
    require.one_of(period, PERIODS, "period")
    last, _ = _window_days(as_of, None)
    with engine.opened(transactions) as (lines, run):
        log = engine.look(lines, run)
        engine.refuse_before(log, last)
        seen = lines.filter(engine.within(lines.order_date, last, None))
        engine.check_money(seen, run)
        engine.check_ids(run(seen.select("customer_id").distinct())["customer_id"], seen, run)
        ordered = seen.filter(seen.amount >= 0)
        began = ordered.order_date.truncate(period).cast("date")
        active = ordered.select("customer_id", period=began).distinct()
        begun = active.group_by("customer_id").aggregate(cohort=active.period.min())
        both = active.join(begun, "customer_id")
        counts = run(both.group_by(["cohort", "period"]).aggregate(n=both.count())).to_pandas()
    if counts.empty:
        raise ValueError(
            t(
                "transactions must have an order (an amount of 0 or more) up to {last:%Y-%m-%d}; it has none. Choose a"
                " later as_of.",
                last=last,
            )
        )

    cohort = pd.PeriodIndex(pd.to_datetime(counts["cohort"]), freq=period)
    since = pd.PeriodIndex(pd.to_datetime(counts["period"]), freq=period).asi8 - cohort.asi8
    cohorts = cohort.unique().sort_values().rename("cohort")
    n_columns = pd.Period(last, freq=period).ordinal - cohorts[0].ordinal + 1
    columns = pd.RangeIndex(n_columns, name="periods_since")
    share = np.zeros((len(cohorts), len(columns)))
    share[cohorts.get_indexer(cohort), since] = counts["n"]
    share /= share[:, :1]
    # A period counts from the day it ends on; until then more may come.
    complete = pd.Period(last + pd.Timedelta(days=1), freq=period).ordinal - 1
    share[cohorts.asi8[:, None] + columns.to_numpy() > complete] = np.nan
    return pd.DataFrame(share, index=cohorts, columns=columns)


def repeat_purchase_summary(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, as_of: object, unit: str
) -> pd.DataFrame:
    """One row per customer, as models of buying ask for it: repeat purchases, age at the last one, age now.

    Not the recency and frequency of `summarize_customers`: here frequency counts repeat purchases, recency runs from
    the first purchase to the last, and monetary is the mean of the repeat purchases. A customer and day is one
    purchase, however many orders it holds. A refund is no purchase; it lowers the mean of the repeat purchases,
    unless it is made on the day of the first one.

    When something else is right: `summarize_customers` for RFM, tiers and lists to act on.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `summarize_customers`.
    as_of : date, str or Timestamp
        The day to look from; it counts whole.
    unit : str
        In what recency and tenure are counted: "day", "week" (7 days), "month" (30.4375 days) or "year" (365.25 days).

    Returns
    -------
    DataFrame
        One row per customer with at least one purchase, sorted by the index `customer_id`:

        frequency         repeat purchases: days with a purchase, less one; 0 or more (int64)
        recency           from the first purchase to the last, in units; 0 without a repeat (float64)
        tenure            from the first purchase to as_of, in units; at least recency (float64)
        monetary          mean spent per repeat purchase, in currency units; missing without one (float64)
        first_order_date  day of the first purchase (datetime64)

    Raises
    ------
    ValueError
        As `summarize_customers`; the unit is none of these; nobody has bought by then.

    References
    ----------
    Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, doi:10.1287/mksc.1040.0098.

    Examples
    --------
    Ann bought on three days, on one of them twice; Bob once.

    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "ann", "ann", "bob"],
    ...     "order_date": pd.to_datetime(["2024-01-01", "2024-01-15", "2024-01-29", "2024-01-29", "2024-02-05"]),
    ...     "amount": [20.0, 30.0, 25.0, 25.0, 8.0],
    ... })
    >>> repeat_purchase_summary(lines, as_of="2024-02-12", unit="week").drop(columns="first_order_date")
                 frequency  recency  tenure  monetary
    customer_id
    ann                  2      4.0     6.0      40.0
    bob                  0      0.0     1.0       NaN
    """
    require.one_of(unit, [*UNITS], "unit")
    last, _ = _window_days(as_of, None)
    with engine.opened(transactions) as (lines, run):
        log = engine.look(lines, run)
        engine.refuse_before(log, last)
        summary = engine.find_repeats(lines, run, last)
    if summary is None or not len(summary):
        raise ValueError(
            t(
                "somebody must have bought by {last:%Y-%m-%d}; there are only refunds. Choose a later as_of.",
                last=last,
            )
        )
    for name in ("recency", "tenure"):
        summary[name] = summary[name] / UNITS[unit]
    return summary


def summary_expression(
    transactions: ibis.Table, *, as_of: object, since: object = None, decimals: int = 2
) -> ibis.Table:
    """The summary as a lazy Ibis expression, for Spark, BigQuery, Snowflake, Postgres and others.

    Nothing runs, so nothing can be checked: lines that `summarize_customers` refuses are the
    engine's to handle, and amounts stored as floats are taken to `decimals` decimals without a
    word. When something else is right: `summarize_customers` takes an Ibis table too,
    checks it and fetches the summary.

    Parameters
    ----------
    transactions : ibis.Table
        Columns as in `summarize_customers`; bound to a backend or not.
    as_of, since : date, str or Timestamp
        As in `summarize_customers`.
    decimals : int
        Decimals of the currency for amounts and costs that are floats. Exact types keep theirs.

    Returns
    -------
    ibis.Table
        One row per customer, in no order; the columns of `summarize_customers`, customer_id
        first; dates as dates, `monetary` and `profit` as exact decimals.

    Raises
    ------
    ValueError
        A column is missing or of the wrong type; as_of or since is no day, or since is later.

    Examples
    --------
    >>> import ibis
    >>> schema = {"customer_id": "string", "order_date": "date", "amount": "decimal(12, 2)"}
    >>> expression = summary_expression(ibis.table(schema, name="log"), as_of="2024-12-31")
    >>> expression.schema()["monetary"]
    Decimal(precision=38, scale=2, nullable=True)
    >>> sql = ibis.to_sql(expression, dialect="bigquery")
    """
    last, first = _window_days(as_of, since)
    money = {"amount": engine.Money(decimals), "cost": engine.Money(decimals)}
    return engine.summary_of(engine.canonical(transactions), last, first, money, days_are_orders=True)


# --- days ---------------------------------------------------------------------------------------


def _window_days(as_of: object, since: object) -> tuple[pd.Timestamp, pd.Timestamp | None]:
    last = require.day(as_of, "as_of")
    first = None if since is None else require.day(since, "since")
    if first is not None and first > last:
        raise ValueError(
            t(
                "since must not lie after as_of; got since {first:%Y-%m-%d} and as_of {last:%Y-%m-%d}. Swap them?",
                first=first,
                last=last,
            )
        )
    return last, first
