"""Transactions in, one row per customer out, as of a day.

`summarize_customers` takes a DataFrame, a file or an Ibis table. The summary is
an Ibis expression (`summary_expression`): DuckDB works it out inside by default,
and the same expression runs in a warehouse when the log outgrows the machine.

Money is added up in exact decimals and handed out in currency units: sums of
floats depend on the order of the lines, and with threads that order is chance.
"""

from __future__ import annotations

import numbers
import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.decimals import LARGEST_WHOLE, Money, check_money, exact, to_floats
from crmlib.engine import Run, canonical, opened, read_it, refuse
from crmlib.language import t

PERIODS = ("W", "M", "Q", "Y")
# What makes late days a slip of the pen, see `last_day`.
SLIP_GAP_DAYS, SLIP_TIMES_LONGEST, SLIP_SHARE = 90, 5, 0.01


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
        ids stay text), a Parquet file, a folder or a glob of Parquet. Whole numbers as
        customer_id become their decimal text. Times with a time zone keep their local day
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
    with opened(transactions) as (lines, run):
        log = _look(lines, run)
        _refuse_before(log, last)
        summary = _summarize(lines, run, log, last, first)
    if summary is None:
        raise ValueError(
            t(
                "a line must lie between since and as_of; none does from {first:%Y-%m-%d} to {last:%Y-%m-%d}. The lines run from "
                "{log_first:%Y-%m-%d} to {log_last:%Y-%m-%d}. Choose another since."
            ).format(first=first, last=last, log_first=log.first, log_last=log.last)
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
        raise ValueError(t("dates must be several days; got the text {dates!r}. Write dates=[{dates!r}].").format(dates=dates))
    days = sorted(_day(date, t("each of dates")) for date in dates)
    if not days or len(set(days)) < len(days):
        listed = [f"{day:%Y-%m-%d}" for day in days]
        raise ValueError(t("dates must be at least one day, each once; got {listed}.").format(listed=listed))
    if window_days is not None and (
        isinstance(window_days, bool) or not isinstance(window_days, numbers.Integral) or window_days < 1
    ):
        raise ValueError(
            t("window_days must be a whole number of at least 1, or None; got {window_days!r}.").format(window_days=window_days)
        )

    with opened(transactions) as (lines, run):
        log = _look(lines, run)
        _refuse_before(log, days[0])
        summaries = {}
        for day in days:
            first = None if window_days is None else day - pd.Timedelta(days=int(window_days) - 1)
            summary = _summarize(lines, run, log, day, first)
            if summary is not None:
                summaries[day] = summary
    if not summaries:
        raise ValueError(
            t(
                "a line must lie in the {window_days} days up to one of the dates; none does. The lines run from {log_first:%Y-%m-%d} to "
                "{log_last:%Y-%m-%d}."
            ).format(window_days=window_days, log_first=log.first, log_last=log.last)
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
    if period not in PERIODS:
        raise ValueError(t("period must be one of {periods}; got {period!r}.").format(periods=list(PERIODS), period=period))
    last, _ = _window_days(as_of, None)
    with opened(transactions) as (lines, run):
        log = _look(lines, run)
        _refuse_before(log, last)
        seen = lines.filter(_within(lines.order_date, last, None))
        check_money(seen, run)
        _check_ids(run(seen.select("customer_id").distinct())["customer_id"], seen, run)
        ordered = seen.filter(seen.amount >= 0)
        began = ordered.order_date.truncate(period).cast("date")
        active = ordered.select("customer_id", period=began).distinct()
        begun = active.group_by("customer_id").aggregate(cohort=active.period.min())
        both = active.join(begun, "customer_id")
        counts = run(both.group_by(["cohort", "period"]).aggregate(n=both.count())).to_pandas()
    if counts.empty:
        raise ValueError(
            t(
                "transactions must have an order (an amount of 0 or more) up to {last:%Y-%m-%d}; it has none. Choose a later as_of."
            ).format(last=last)
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


def last_day(transactions: pd.DataFrame | str | Path | ibis.Table) -> pd.Timestamp:
    """The last day of the data, not counting days that a mistyped date put far behind all others.

    The days after a gap are taken for a slip if the gap is longer than 90 days, and longer than
    five times the longest gap before it, and if they hold less than 1 % of the lines. So one
    order of 2052 among those of 2025 does not make everybody look lost for 27 years, while a shop
    that closes every winter, or opens again after a break, keeps its last day. How many lines
    lie after the day is for the caller to say; when something else is right, give as_of yourself.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `summarize_customers`.

    Returns
    -------
    Timestamp
        A day, at midnight.

    Raises
    ------
    ValueError
        A column is missing or of the wrong type, a date is missing, or there is no line.

    Examples
    --------
    >>> days = [*pd.date_range("2025-01-01", periods=200), pd.Timestamp("2052-07-19")]
    >>> lines = pd.DataFrame({"customer_id": "ann", "order_date": days, "amount": 1.0})
    >>> last_day(lines)
    Timestamp('2025-07-19 00:00:00')
    """
    with opened(transactions) as (lines, run):
        _look(lines, run)
        by_day = lines.group_by(day=lines.order_date.cast("date")).aggregate(n=lines.count())
        counts = run(by_day).to_pandas()
    counts = pd.Series(counts["n"].to_numpy(), index=pd.DatetimeIndex(counts["day"])).sort_index()
    gaps = np.diff(counts.index.to_numpy()).astype("timedelta64[D]").astype("int64")
    longest_before = np.maximum.accumulate(np.concatenate([[0], gaps]))[:-1]
    n_from = counts.to_numpy()[::-1].cumsum()[::-1][1:]
    is_slip = (
        (gaps > SLIP_GAP_DAYS)
        & (gaps > SLIP_TIMES_LONGEST * longest_before)
        & (n_from < SLIP_SHARE * counts.sum())
    )
    place = int(is_slip.argmax()) if is_slip.any() else -1
    return counts.index[place]


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
    as_of, since
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
    >>> schema = {"customer_id": "string", "order_date": "date", "amount": "decimal(12, 2)"}
    >>> expression = summary_expression(ibis.table(schema, name="log"), as_of="2024-12-31")
    >>> expression.schema()["monetary"]
    Decimal(precision=38, scale=2, nullable=True)
    >>> sql = ibis.to_sql(expression, dialect="bigquery")
    """
    last, first = _window_days(as_of, since)
    money = {"amount": Money(decimals), "cost": Money(decimals)}
    return _summary(canonical(transactions), last, first, money, days_are_orders=True)


# --- the summary --------------------------------------------------------------------------------


def _summary(lines, last, first, money: dict[str, Money], *, days_are_orders: bool) -> ibis.Table:
    seen = lines.filter(_within(lines.order_date, last, first))
    is_order = seen.amount >= 0
    measures = {
        "frequency": _count_orders(seen, is_order, days_are_orders),
        "monetary": exact(seen.amount, money["amount"]).sum(),
        "first_order_date": seen.order_date.min(where=is_order).cast("date"),
        "last_order_date": seen.order_date.max(where=is_order).cast("date"),
    }
    if "cost" in seen.columns:
        measures["cost"] = exact(seen.cost, money["cost"]).sum()
    # The ids become text after the grouping: once per customer, not once per line.
    grouped = seen.group_by("customer_id").aggregate(**measures)
    customer_id = grouped.customer_id
    if not customer_id.type().is_string():
        whole = customer_id.type().is_floating() or customer_id.type().is_decimal()
        customer_id = (customer_id.cast("int64") if whole else customer_id).cast("string")
    today = ibis.literal(last.date())
    columns = {
        "customer_id": customer_id,
        "recency_days": today.delta(grouped.last_order_date, unit="day").cast("int64"),
        "frequency": grouped.frequency,
        "monetary": grouped.monetary,
        "tenure_days": today.delta(grouped.first_order_date, unit="day").cast("int64"),
        "first_order_date": grouped.first_order_date,
        "last_order_date": grouped.last_order_date,
    }
    if "cost" in seen.columns:
        columns["profit"] = grouped.monetary - grouped.cost
    return grouped.select(**columns)


def _count_orders(seen, is_order, days_are_orders: bool):
    day = seen.order_date.cast("date")
    if "order_id" not in seen.columns:
        return day.nunique(where=is_order)
    order_id = seen.order_id
    if not days_are_orders:  # no line lacks its order_id
        return order_id.nunique(where=is_order)
    is_missing = order_id.isnull()
    if order_id.type().is_string():
        is_missing = is_missing | (order_id == "")
    if order_id.type().is_floating():
        is_missing = is_missing | order_id.isnan()
    # The prefix keeps an order_id that looks like a day apart from that day. Two counts, of ids and
    # of days, would take half as long again.
    key = ibis.cases((is_missing, day.cast("string")), else_="id " + order_id.cast("string"))
    return key.nunique(where=is_order)


def _within(order_date, last: pd.Timestamp, first: pd.Timestamp | None):
    """Whether a date lies in the window, both days whole."""
    if order_date.type().is_date():
        within = order_date <= ibis.literal(last.date())
        return within if first is None else within & (order_date >= ibis.literal(first.date()))
    # Compared with the next midnight, so that no fraction of the last second is lost.
    within = order_date < ibis.literal((last + pd.Timedelta(days=1)).to_pydatetime())
    return within if first is None else within & (order_date >= ibis.literal(first.to_pydatetime()))


def _summarize(lines, run: Run, log: _Log, last, first) -> pd.DataFrame | None:
    """The checked summary as a DataFrame; None where no line lies in the window."""
    seen = lines.filter(_within(lines.order_date, last, first))
    money = check_money(seen, run)
    if money is None:
        return None
    for column in money.values():
        if column.note:
            warnings.warn(column.note, UserWarning, stacklevel=3)
    result = run(_summary(lines, last, first, money, days_are_orders=log.lacks_order_ids))
    _check_ids(result["customer_id"], seen, run)
    return _to_frame(result)


def _to_frame(result: pa.Table) -> pd.DataFrame:
    # Sorted here rather than by the engine, whose collation is its own.
    result = result.set_column(0, "customer_id", result["customer_id"].cast(pa.large_string()))
    result = result.sort_by("customer_id")
    columns = {}
    for name in result.column_names[1:]:
        column = result[name]
        if name in ("monetary", "profit"):
            columns[name] = to_floats(column)
        elif name in ("first_order_date", "last_order_date"):
            columns[name] = column.cast(pa.timestamp("us")).to_numpy()
        elif name == "frequency":
            columns[name] = column.to_numpy()
        else:
            days = column.cast(pa.int64())
            columns[name] = days.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get).array
    index = pd.Index(result["customer_id"].to_pandas(), name="customer_id", dtype="str")
    return pd.DataFrame(columns, index=index)


# --- the checks ---------------------------------------------------------------------------------


class _Log(NamedTuple):
    """What the whole log says before any window is cut out of it."""

    first: pd.Timestamp
    last: pd.Timestamp
    lacks_order_ids: bool


def _look(lines, run: Run) -> _Log:
    # Plain counts, minima and maxima: of Parquet, DuckDB reads them off the metadata.
    facts = {"n": lines.count(), "n_dated": lines.order_date.count()}
    facts |= {"first": lines.order_date.min(), "last": lines.order_date.max()}
    if "order_id" in lines.columns:
        facts["n_ordered"] = lines.order_id.count()
        if lines.order_id.type().is_floating():
            facts["n_ordered"] = lines.order_id.count(where=~lines.order_id.isnan())
        if lines.order_id.type().is_string():
            facts["least_order_id"] = lines.order_id.min()
    found = run(lines.aggregate(**facts)).to_pylist()[0]
    if found["n"] == 0:
        raise ValueError(t("transactions must have at least one line; it is empty."))
    if found["n_dated"] < found["n"]:
        refuse(lines, run, lines.order_date.isnull(), t("every line must have an order_date"), read_it())
    kind = lines.customer_id.type()
    if kind.is_floating() or kind.is_decimal():
        is_whole = (lines.customer_id.abs() < LARGEST_WHOLE) & (lines.customer_id % 1 == 0)
        bad = lines.customer_id.notnull() & ~is_whole
        if run(lines.aggregate(n=lines.count(where=bad)))["n"][0].as_py():
            must = t("every customer_id must be text or a whole number below 2**53")
            refuse(lines, run, bad, must, t("turn it into text"))
    # Empty text sorts before all other text.
    lacks = found.get("n_ordered", 0) < found["n"] or found.get("least_order_id") == ""
    return _Log(pd.Timestamp(found["first"]), pd.Timestamp(found["last"]), lacks)


def _refuse_before(log: _Log, last: pd.Timestamp) -> None:
    if last < log.first.normalize():
        raise ValueError(
            t(
                "as_of must not lie before the first line; got {last:%Y-%m-%d}, and the lines run from {log_first:%Y-%m-%d} to "
                "{log_last:%Y-%m-%d}. Choose a day from {log_first:%Y-%m-%d} on."
            ).format(last=last, log_first=log.first, log_last=log.last)
        )


def _check_ids(ids: pa.ChunkedArray, lines, run: Run) -> None:
    """Looks at each customer once, not at each line."""
    blank = []
    if pa.types.is_string(ids.type) or pa.types.is_large_string(ids.type):
        blank = ids.filter(pc.equal(pc.utf8_trim_whitespace(ids), "")).to_pylist()
    if ids.null_count or blank:
        bad = lines.customer_id.isnull()
        if blank:
            bad = bad | lines.customer_id.isin(blank)
        refuse(lines, run, bad, t("every line must have a customer_id"), read_it())


# --- days ---------------------------------------------------------------------------------------


def _window_days(as_of: object, since: object) -> tuple[pd.Timestamp, pd.Timestamp | None]:
    last = _day(as_of, "as_of")
    first = None if since is None else _day(since, "since")
    if first is not None and first > last:
        raise ValueError(
            t(
                "since must not lie after as_of; got since {first:%Y-%m-%d} and as_of {last:%Y-%m-%d}. Swap them?"
            ).format(first=first, last=last)
        )
    return last, first


def _day(value: object, name: str) -> pd.Timestamp:
    """A day as a midnight without a time zone; text is read with the year first only."""
    day = pd.NaT
    try:
        if isinstance(value, (date, np.datetime64)):
            day = pd.Timestamp(value)
        elif isinstance(value, str) and value[:1].isdigit():  # pandas would take "today", too
            day = pd.to_datetime(value, format="ISO8601")
    except ValueError:
        pass
    if day is pd.NaT or not 1 <= day.year < 9999:
        raise ValueError(
            t(
                "{name} must be a day: a date, a Timestamp, or text with the year first such as '2024-12-31'; got {value!r}."
            ).format(name=name, value=value)
        )
    return day.tz_localize(None).normalize()
