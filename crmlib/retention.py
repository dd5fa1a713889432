"""Who stays: survival, retention and churn of subscriptions, and how sure a cohort makes us."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def follow_subscriptions(subscriptions: pd.DataFrame, *, as_of: object) -> pd.DataFrame:
    """Who of those who began is there in the months after, counted from each one's own first month.

    A subscriber is there in a month if the subscription had not ended before that month began. The retention rate of a
    month is the share of those there in the month before who are there in it, and survival is the product of them: in
    one cohort the share of those who began. It is no repeat rate: whoever comes back has begun a second time.

    Subscribers whose month lies after `as_of` are not counted in it, neither as there nor as gone; with several cohorts
    survival is the estimate of Kaplan and Meier.

    Parameters
    ----------
    subscriptions : DataFrame
        One row per subscription: ``start_date``, and ``end_date``, its last day, missing while it runs.
    as_of : date
        The last day that is known.

    Returns
    -------
    DataFrame
        One row per month, from 0, in which all begin: ``n_earlier_subscribers``, who was there a month before and whose
        month has come, ``n_subscribers``, who of them is there in it,
        ``retention_rate`` (missing in month 0), ``churn_rate``, ``survival_rate``.

    Raises
    ------
    ValueError
        A column or a start is missing, nobody began until `as_of`, or somebody ended before they began.

    Examples
    --------
    >>> began = pd.to_datetime(["2025-01-01"] * 4)
    >>> ended = pd.to_datetime(["2025-01-31", "2025-03-31", None, None])
    >>> table = follow_subscriptions(pd.DataFrame({"start_date": began, "end_date": ended}), as_of="2025-04-30")
    >>> table["n_subscribers"].tolist(), table["survival_rate"].round(2).tolist()
    ([4, 3, 3, 2], [1.0, 0.75, 0.75, 0.5])
    """
    start, end, day = _checked(subscriptions, as_of)
    age = (day.year - start.dt.year) * 12 + day.month - start.dt.month  # months seen after the first
    age -= (day.day < start.dt.day).astype(int)
    stayed = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month
    stayed -= (end.dt.day < start.dt.day).astype(int)  # the last month in which they are there, where it is known
    last = stayed.fillna(np.inf)
    months = np.arange(int(age.max()) + 1)
    n_subscribers = [int(((age >= month) & (last >= month)).sum()) for month in months]
    n_earlier_subscribers = [int(((age >= month) & (last >= max(month - 1, 0))).sum()) for month in months]
    return _rates(pd.Index(months, name="month"), n_earlier_subscribers, n_subscribers)


def follow_months(subscriptions: pd.DataFrame, *, as_of: object) -> pd.DataFrame:
    """Who of those there in a month of the calendar is there in the next: where a price or a season tells.

    When something else is right: `follow_subscriptions`, where it matters how long somebody has been there.

    Parameters
    ----------
    subscriptions : DataFrame
        As in `follow_subscriptions`.
    as_of : date
        The last day that is known.

    Returns
    -------
    DataFrame
        One row per month of the calendar, named by its first day, from the one after the first start:
        ``n_earlier_subscribers``, who was there on the first day of the month before, ``n_subscribers``, who of them is
        on this first day,
        ``retention_rate``, ``churn_rate``, and ``churn_low`` and ``churn_high``, its interval of 95 % (Wilson): the
        churn that the month could have had, judged from these subscribers.

    Raises
    ------
    ValueError
        As `follow_subscriptions`.

    Examples
    --------
    >>> began = pd.to_datetime(["2025-01-01", "2025-01-01", "2025-02-01"])
    >>> ended = pd.to_datetime(["2025-01-31", None, None])
    >>> follow_months(pd.DataFrame({"start_date": began, "end_date": ended}), as_of="2025-03-31")["retention_rate"]
    month
    2025-02-01    0.5
    2025-03-01    1.0
    Freq: MS, Name: retention_rate, dtype: float64
    """
    start, end, day = _checked(subscriptions, as_of)
    firsts = pd.date_range(start.min().replace(day=1), day, freq="MS", name="month")
    is_there = [((start <= first) & ~(end < first)).to_numpy() for first in firsts]
    n_earlier_subscribers = [int(before.sum()) for before in is_there[:-1]]
    n_subscribers = [int((before & now).sum()) for before, now in zip(is_there, is_there[1:], strict=False)]
    table = _rates(firsts[1:], n_earlier_subscribers, n_subscribers).drop(columns="survival_rate")
    from statsmodels.stats.proportion import proportion_confint

    ends = proportion_confint(
        table["n_earlier_subscribers"] - table["n_subscribers"], table["n_earlier_subscribers"], method="wilson"
    )
    table["churn_low"], table["churn_high"] = ends
    return table


def _checked(subscriptions: pd.DataFrame, as_of: object) -> tuple[pd.Series, pd.Series, pd.Timestamp]:
    """Starts and ends of those who began until a day; what ends later is not known on it."""
    require.columns(subscriptions, ["start_date", "end_date"], "subscriptions")
    day = require.day(as_of, "as_of")
    start, end = (pd.to_datetime(subscriptions[name]) for name in ("start_date", "end_date"))
    is_bad = start.isna() | (end < start)
    if is_bad.any():
        raise ValueError(
            t(
                "each subscription must have a start_date, and no end_date before it; {n} of {all} break it, the first"
                " is {row!r}. Leave them out, or mend the dates.",
                n=int(is_bad.sum()),
                all=len(is_bad),
                row=subscriptions.index[is_bad][0],
            )
        )
    has_begun = start <= day
    if not has_begun.any():
        raise ValueError(t("somebody must have begun until {day:%Y-%m-%d}; nobody did. Give a later as_of.", day=day))
    known = end.where(end < day)
    return start[has_begun], known[has_begun], day


def _rates(index: pd.Index, n_earlier_subscribers: list[int], n_subscribers: list[int]) -> pd.DataFrame:
    table = pd.DataFrame({"n_earlier_subscribers": n_earlier_subscribers, "n_subscribers": n_subscribers}, index=index)
    table["retention_rate"] = (table["n_subscribers"] / table["n_earlier_subscribers"]).where(table.index != 0)
    table["churn_rate"] = 1 - table["retention_rate"]
    table["survival_rate"] = table["retention_rate"].fillna(1.0).cumprod()
    return table


def cohort_interval(
    n_subscribers: pd.Series,
    measure: Callable[[pd.Series], float],
    *,
    n_draws: int = 200,
    seed: int,
    level: float = 0.95,
) -> tuple[float, float]:
    """Where a measure of a cohort lies for all subscribers of the kind, judged from those who came.

    The cohort is drawn anew, customer by customer and with replacement, and the measure taken each time; the ends are
    quantiles of what it gives. The interval takes the model that the measure fits for right: whether it is, only later
    months can say.

    Parameters
    ----------
    n_subscribers : Series
        How many of the cohort are there in each month, from the first: whole numbers that never rise.
    measure : callable
        From such a Series to a number.
    n_draws : int
        How often; 200 are enough for two digits.
    seed : int
        The same seed gives the same interval.
    level : float
        How often such intervals hold the measure of all subscribers of the kind, between 0 and 1.

    Returns
    -------
    tuple of float
        The lower and the upper end.

    Raises
    ------
    ValueError
        n_subscribers rises, is negative or not whole; or level or n_draws is no such number.

    Examples
    --------
    >>> def share_left(n_subscribers):
    ...     return 1 - n_subscribers.iloc[-1] / n_subscribers.iloc[0]
    >>> low, high = cohort_interval(pd.Series([100, 80, 70]), share_left, seed=1)
    >>> round(low, 2), round(high, 2)
    (0.21, 0.38)
    """
    require.whole(n_draws, "n_draws")
    require.between(level, "level", 0, 1, example=0.95)
    counts = n_subscribers.to_numpy(dtype=float)
    if len(counts) < 2 or (counts != np.floor(counts)).any() or (np.diff(counts) > 0).any() or counts[-1] < 0:
        raise ValueError(
            t(
                "n_subscribers must hold whole numbers that never rise, of 2 months or more; got {got}. Take the column"
                " from follow_subscriptions, of one cohort.",
                got=n_subscribers.tolist(),
            )
        )
    ends = np.append(-np.diff(counts), counts[-1])  # how many left after each month, and how many are still there
    random = np.random.default_rng(seed)
    drawn = random.multinomial(int(counts[0]), ends / counts[0], size=n_draws)
    found = [
        measure(pd.Series(one[::-1].cumsum()[::-1], index=n_subscribers.index, name=n_subscribers.name))
        for one in drawn
    ]
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
