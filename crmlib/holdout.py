"""Hold-out validation of models of purchase: fitted on what was known at a day, judged by what came after it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import engine, require, tables
from crmlib.customer_index import look_up
from crmlib.language import t

if TYPE_CHECKING:
    import ibis

ALIVE_EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def split_purchases(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, cut: object, until: object, unit: str
) -> pd.DataFrame:
    """One row per customer: what models of purchase are fitted on at the day `cut`, and what came after it.

    A customer and day is one purchase. Customers who first buy after the cut are not in it: no model of that day knows
    them.

    When something else is right: `customers.repeat_purchase_summary`, where nothing is held out, for the last fit of
    all.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `customers.summarize_customers`.
    cut : date, str or Timestamp
        The day of the fit; it counts whole, and belongs to what is known.
    until : date, str or Timestamp
        The last day of the hold-out, after the cut; the log must reach it.
    unit : str
        In what recency and tenure are counted: "day", "week" (7 days), "month" (30.4375 days) or "year" (365.25 days).

    Returns
    -------
    DataFrame
        One row per customer with a purchase up to the cut, sorted by the index `customer_id`: frequency, recency,
        tenure, monetary and first_order_date, as `customers.repeat_purchase_summary` gives them at the cut, and

        holdout_purchases  days with a purchase after the cut, up to until (int64)
        holdout_spent      what was spent then, refunds taken off, in currency units (float64)

    Raises
    ------
    ValueError
        As `customers.repeat_purchase_summary`; until does not lie after the cut, or lies after the last line.

    Examples
    --------
    Ann bought twice before the cut and twice after it; Bob once before it; Cy came later.

    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "bob", "ann", "ann", "cy"],
    ...     "order_date": pd.to_datetime(
    ...         ["2024-01-01", "2024-01-15", "2024-01-22", "2024-02-05", "2024-03-04", "2024-03-25"]
    ...     ),
    ...     "amount": [10.0, 20.0, 5.0, 15.0, 25.0, 8.0],
    ... })
    >>> both = split_purchases(lines, cut="2024-01-29", until="2024-03-25", unit="week")
    >>> both[["frequency", "recency", "tenure", "holdout_purchases", "holdout_spent"]]
                 frequency  recency  tenure  holdout_purchases  holdout_spent
    customer_id
    ann                  1      2.0     4.0                  2           40.0
    bob                  0      0.0     1.0                  0            0.0
    """
    first, last = _days(cut, until, unit)
    with engine.opened(transactions) as (lines, run):
        _refuse_outside(engine.look(lines, run), first, last)
        known = engine.find_repeats(lines, run, first)
        later = engine.find_later_purchases(lines, run, first, last)
    if known is None or not len(known):
        raise ValueError(
            t("somebody must have bought by {last:%Y-%m-%d}; there are only refunds. Choose a later cut.", last=first)
        )
    for name in ("recency", "tenure"):
        known[name] = known[name] / tables.TIME_UNITS[unit]
    known["holdout_purchases"] = look_up(later["n_days"], known.index, 0).astype("int64")
    known["holdout_spent"] = look_up(later["spend"], known.index, 0.0)
    return known


def cumulative_purchases(
    transactions: pd.DataFrame | str | Path | ibis.Table, *, cut: object, until: object, unit: str
) -> pd.DataFrame:
    """How many purchases had been made so many weeks after the cut, by all customers of that day together.

    When something else is right: `split_purchases` for each customer.

    Parameters
    ----------
    transactions : DataFrame, path or Ibis table
        As in `split_purchases`.
    cut, until : date, str or Timestamp
        As in `split_purchases`.
    unit : str
        As in `split_purchases`; one that is not whole by until is left out.

    Returns
    -------
    DataFrame
        One row per unit of time that ends by until, index `period` (1 is the first after the cut): actual, all
        purchases since the cut (int64). Add a column for each forecast.

    Raises
    ------
    ValueError
        As `split_purchases`; or the hold-out is shorter than one unit.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "customer_id": ["ann", "ann", "ann", "bob"],
    ...     "order_date": pd.to_datetime(["2024-01-01", "2024-01-09", "2024-01-20", "2024-01-22"]),
    ...     "amount": 10.0,
    ... })
    >>> cumulative_purchases(lines, cut="2024-01-08", until="2024-01-22", unit="week")
            actual
    period
    1            1
    2            2
    """
    first, last = _days(cut, until, unit)
    length = tables.TIME_UNITS[unit]
    n_periods = int((last - first).days / length)
    if n_periods < 1:
        raise ValueError(
            t(
                "the hold-out must last one {unit} or longer; from {cut:%Y-%m-%d} to {until:%Y-%m-%d} are {n} days."
                " Choose a shorter unit.",
                unit=unit,
                cut=first,
                until=last,
                n=(last - first).days,
            )
        )
    with engine.opened(transactions) as (lines, run):
        _refuse_outside(engine.look(lines, run), first, last)
        days = engine.find_later_days(lines, run, first, last)
    period = np.ceil((days.index - first).days / length).astype(int)
    counted = days.groupby(period).sum().reindex(range(1, n_periods + 1), fill_value=0)
    return pd.DataFrame({"actual": counted.cumsum().astype("int64")}).rename_axis("period")


def carry_on(
    frequency: pd.Series, recency: pd.Series, tenure: pd.Series, *, length: float, silence: float | None = None
) -> pd.Series:
    """The naive rule: everybody buys on at their own rate so far; who has been silent for long is gone.

    The rival that a model must beat. When something else is right: a model of `purchases`, which does not take a rate
    seen for a few weeks, or over one purchase, for the rate to come.

    Parameters
    ----------
    frequency, recency, tenure : Series
        One value per customer, as `split_purchases` gives them.
    length : float
        How long the hold-out is, in the same unit of time.
    silence : float, optional
        Who has bought nothing for longer than this is taken for gone and gets 0. Without it nobody is.

    Returns
    -------
    Series
        Purchases predicted for each customer; 0 for who bought once only, and for who first bought on the day itself.

    Raises
    ------
    ValueError
        length or silence is not above 0.

    Examples
    --------
    Three purchases after the first in 30 weeks are 0.1 a week; Bob's last one is 20 weeks ago.

    >>> index = ["ann", "bob"]
    >>> frequency, tenure = pd.Series([3, 3], index), pd.Series([30.0, 30.0], index)
    >>> carry_on(frequency, pd.Series([28.0, 10.0], index), tenure, length=10, silence=13).to_dict()
    {'ann': 1.0, 'bob': 0.0}
    """
    require.number(length, "length", above=0, example=39)
    rate = (frequency / tenure.where(tenure > 0)).fillna(0.0)
    predicted = (rate * length).rename("carried_on")
    if silence is None:
        return predicted
    require.number(silence, "silence", above=0, example=26)
    return predicted.where(tenure - recency <= silence, 0.0)


def accuracy_table(actual: pd.Series, predictions: Mapping[str, pd.Series]) -> pd.DataFrame:
    """How far forecasts were off in the hold-out: in total, customer by customer, and in order.

    A total can be right while customers are wrong, and the other way round; so no number stands for the others. Where
    most buy nothing, a forecast of 0 for everybody has a small average absolute error: look at the squared one too.

    When something else is right: `frequency_table` for where a forecast is off.

    Parameters
    ----------
    actual : Series
        Purchases of each customer in the hold-out (or money).
    predictions : mapping of str to Series
        One forecast per name: a value per customer, with the index of `actual`.

    Returns
    -------
    DataFrame
        One row per forecast: predicted and actual, the totals; off_by_share, the error of the total as a share of the
        actual one (above 0: too much); average_absolute_error and average_squared_error, over customers; and
        rank_correlation (Spearman), range -1 to 1, best 1; missing where a forecast is the same for everybody.

    Raises
    ------
    ValueError
        A forecast is of other customers, or a number is missing; nobody bought anything in the hold-out.

    Examples
    --------
    >>> actual = pd.Series({"ann": 3, "bob": 1, "cy": 0})
    >>> table = accuracy_table(actual, {"model": pd.Series({"ann": 2.0, "bob": 1.5, "cy": 0.1})})
    >>> table.round(2).loc["model"].to_dict()
    {'predicted': 3.6, 'actual': 4.0, 'off_by_share': -0.1, 'average_absolute_error': 0.53, \
'average_squared_error': 0.42, 'rank_correlation': 1.0}
    """
    came = _numbers(actual, "actual", actual)
    if not came.sum() > 0:
        raise ValueError(t("somebody must have bought in the hold-out; nobody did. Choose a later until."))
    rows = {}
    for name, prediction in predictions.items():
        said = _numbers(prediction, name, actual)
        rows[name] = {
            "predicted": said.sum(),
            "actual": came.sum(),
            "off_by_share": said.sum() / came.sum() - 1,
            "average_absolute_error": np.abs(said - came).mean(),
            "average_squared_error": ((said - came) ** 2).mean(),
            "rank_correlation": _rank_correlation(said, came),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("forecast")


def frequency_table(
    frequency: pd.Series, actual: pd.Series, predictions: Mapping[str, pd.Series], *, top: int = 7
) -> pd.DataFrame:
    """Purchases per customer in the hold-out, predicted and actual, by how often they had bought again before it.

    It shows whom a forecast flatters. When something else is right: `accuracy_table` for one number.

    Parameters
    ----------
    frequency : Series
        Repeat purchases of each customer up to the cut.
    actual : Series
        Purchases of each customer in the hold-out.
    predictions : mapping of str to Series
        One forecast per name, a value per customer.
    top : int
        From so many on, customers are one group.

    Returns
    -------
    DataFrame
        One row per number of repeat purchases, index `repeat_purchases` ("0", "1", ... "7+"): n_customers, actual
        (average purchases of a customer), and one column per forecast, the average it predicted.

    Raises
    ------
    ValueError
        A column is of other customers, or a number is missing; top is not a whole number of at least 1.

    References
    ----------
    Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, doi:10.1287/mksc.1040.0098.

    Examples
    --------
    >>> bought = pd.Series({"ann": 0, "bob": 0, "cy": 9})
    >>> came, said = pd.Series({"ann": 0, "bob": 1, "cy": 8}), pd.Series({"ann": 0.2, "bob": 0.4, "cy": 7.0})
    >>> frequency_table(bought, came, {"model": said})
                      n_customers  actual  model
    repeat_purchases
    0                           2     0.5    0.3
    7+                          1     8.0    7.0
    """
    require.whole(top, "top")
    group = np.minimum(_numbers(frequency, "frequency", actual), top)
    columns = {"actual": _numbers(actual, "actual", actual)}
    columns |= {name: _numbers(one, name, actual) for name, one in predictions.items()}
    grouped = pd.DataFrame(columns).groupby(group)
    table = grouped.mean()
    table.insert(0, "n_customers", grouped.size())
    names = [f"{n:.0f}+" if n == top else f"{n:.0f}" for n in table.index]
    return table.set_axis(names).rename_axis("repeat_purchases")


def alive_table(
    alive: pd.Series,
    actual: pd.Series,
    *,
    chance: pd.Series | None = None,
    edges: tuple[float, ...] = ALIVE_EDGES,
    level: float = 0.95,
) -> pd.DataFrame:
    """Customers by their predicted chance to be alive, and the share who bought again in the hold-out.

    "30 % alive" is not "30 % buy again": who is alive may buy nothing for as long as the hold-out lasts. Give as
    `chance` the model's ``chance_to_buy`` in that time: that is the number to hold beside the share who bought.

    When something else is right: `validation.calibration_table` for any chance and groups of equal size.

    Parameters
    ----------
    alive : Series
        ``probability_alive`` of each customer at the cut, 0 to 1.
    actual : Series
        Purchases of each customer in the hold-out.
    chance : Series, optional
        ``chance_to_buy`` of each customer in the hold-out.
    edges : tuple of float
        Where groups begin and end, rising from 0 to 1; a value on an edge falls into the group below it. Exactly 1
        has a group of its own: models that give it, do so by assumption.
    level : float
        How often the interval of a share holds the share of all customers of the kind.

    Returns
    -------
    DataFrame
        One row per group that holds somebody, the least alive first, index `alive` ("20 to 40%" ...): n_customers,
        alive_rate (average of the predicted), chance_rate (average chance to buy, if given), again_rate (share who
        bought in the hold-out) with its Wilson interval low_rate and high_rate.

    Raises
    ------
    ValueError
        A chance lies outside 0 to 1, a number is missing, a column is of other customers, the edges do not rise from
        0 to 1.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> alive = pd.Series([0.3] * 10 + [0.9] * 10)
    >>> table = alive_table(alive, pd.Series([1, 1] + [0] * 8 + [2] * 7 + [0] * 3), chance=alive * 0.7)
    >>> table[["n_customers", "alive_rate", "chance_rate", "again_rate"]].round(2)
                n_customers  alive_rate  chance_rate  again_rate
    alive
    20 to 40%            10         0.3         0.21         0.2
    80 to 100%           10         0.9         0.63         0.7
    """
    from statsmodels.stats.proportion import proportion_confint  # seconds, which others need not wait for

    require.between(level, "level", 0, 1, example=0.95)
    columns = {"alive_rate": _chances(alive, "alive", actual)}
    if chance is not None:
        columns["chance_rate"] = _chances(chance, "chance", actual)
    columns["again_rate"] = (_numbers(actual, "actual", actual) > 0).astype(float)
    group, names = _alive_groups(columns["alive_rate"], edges)
    grouped = pd.DataFrame(columns).groupby(group)
    table = grouped.mean()
    table.insert(0, "n_customers", grouped.size())
    n_again = grouped["again_rate"].sum()
    table["low_rate"], table["high_rate"] = proportion_confint(
        n_again, table["n_customers"], alpha=1 - level, method="wilson"
    )
    return table.set_axis([names[place] for place in table.index]).rename_axis("alive")


# --- checks and small steps ---------------------------------------------------------------------


def _days(cut: object, until: object, unit: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    require.one_of(unit, [*tables.TIME_UNITS], "unit")
    first, last = require.day(cut, "cut"), require.day(until, "until")
    if last <= first:
        raise ValueError(
            t(
                "until must lie after the cut; got cut {cut:%Y-%m-%d} and until {until:%Y-%m-%d}. Swap them?",
                cut=first,
                until=last,
            )
        )
    return first, last


def _refuse_outside(log: object, cut: pd.Timestamp, until: pd.Timestamp) -> None:
    if cut < log.first.normalize():
        raise ValueError(
            t(
                "cut must not lie before the first line, of {first:%Y-%m-%d}; got {cut:%Y-%m-%d}. Nothing was known by"
                " then: choose a later cut.",
                first=log.first,
                cut=cut,
            )
        )
    if until > log.last.normalize():
        raise ValueError(
            t(
                "until must not lie after the last line, of {last:%Y-%m-%d}; got {until:%Y-%m-%d}. Days of which"
                " nothing is known would count as days on which nobody bought: choose until={last:%Y-%m-%d}.",
                last=log.last,
                until=until,
            )
        )


def _numbers(column: pd.Series, name: str, actual: pd.Series) -> np.ndarray:
    if not isinstance(column, pd.Series) or not column.index.equals(actual.index):
        raise ValueError(
            t(
                "{name} must be a Series of the same customers as actual, in the same order. Take all from one table.",
                name=name,
            )
        )
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    n_bad = int((~np.isfinite(values)).sum())
    if n_bad or not len(values):
        raise ValueError(
            t(
                "{name} must be a number for each customer; {n} of {all} are not. Leave those customers out, or mend"
                " the column.",
                name=name,
                n=n_bad,
                all=len(values),
            )
        )
    return values


def _chances(column: pd.Series, name: str, actual: pd.Series) -> np.ndarray:
    values = _numbers(column, name, actual)
    if values.min() < 0 or values.max() > 1 + 1e-9:
        raise ValueError(
            t(
                "{name} must be chances from 0 to 1; they run from {low:.3g} to {high:.3g}. Percentages are divided by"
                " 100; purchases are no chances.",
                name=name,
                low=values.min(),
                high=values.max(),
            )
        )
    return values


def _alive_groups(alive: np.ndarray, edges: tuple[float, ...]) -> tuple[np.ndarray, list[str]]:
    ends = np.asarray(edges, dtype=float)
    if len(ends) < 2 or ends[0] != 0 or ends[-1] != 1 or (np.diff(ends) <= 0).any():
        raise ValueError(t("edges must rise from 0 to 1; got {edges}. For example (0, 0.3, 1).", edges=list(edges)))
    names = [
        t("{low:.0f} to {high:.0f}%", low=100 * low, high=100 * high)
        for low, high in zip(ends[:-1], ends[1:], strict=True)
    ]
    group = np.maximum(np.searchsorted(ends, alive, side="left") - 1, 0)
    return np.where(alive == 1, len(names), group), [*names, "100%"]


def _rank_correlation(said: np.ndarray, came: np.ndarray) -> float:
    if np.ptp(said) == 0 or np.ptp(came) == 0:
        return np.nan
    ranks = pd.DataFrame({"said": said, "came": came}).rank()
    return float(np.corrcoef(ranks["said"], ranks["came"])[0, 1])
