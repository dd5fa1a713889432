"""Facts about customers that change: since when they hold, how long they last, and what of it we were told."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

DAYS_PER_YEAR = 365.25


def spells(facts: pd.DataFrame, *, as_of: object) -> pd.DataFrame:
    """How long each fact held: from the day it became true to the day the next one did, or to `as_of`.

    A fact that still holds on `as_of` is no short one: its end has not been seen. `half_life` counts its years and no
    change; the mean of the ended ones alone would be far too short.

    When something else is right: what was *known* on a day is counted by recorded_date instead,
    ``facts[facts["recorded_date"] <= day].groupby("customer_id")["field_value"].last()``; between the two lie the days
    in which an old value was used.

    Parameters
    ----------
    facts : DataFrame
        One row per fact: customer_id, field, field_value, valid_from. The first of a customer and field is what held
        when the record was made; each later one is a change.
    as_of : date, str or Timestamp
        The last day of the observation, included; facts after it are left out.

    Returns
    -------
    DataFrame
        One row per fact, by customer, field and day: customer_id, field, field_value, valid_from, valid_to (the first
        day on which it held no more; missing if it still holds), years (from valid_from to valid_to, or to `as_of`),
        has_ended.

    Raises
    ------
    ValueError
        A column is missing, valid_from holds no dates, or two facts of a customer and field begin on one day.

    Examples
    --------
    >>> days = pd.to_datetime(["2020-01-01", "2024-01-01", "2022-01-01"])
    >>> facts = pd.DataFrame({"customer_id": ["A", "A", "B"], "field": "address", "valid_from": days})
    >>> facts["field_value"] = ["Lane 1", "Lane 2", "Lane 3"]
    >>> spells(facts, as_of="2025-01-01")[["field_value", "valid_to", "has_ended"]]
      field_value   valid_to  has_ended
    0      Lane 1 2024-01-01       True
    1      Lane 2        NaT      False
    2      Lane 3        NaT      False
    """
    require.columns(facts, ["customer_id", "field", "field_value", "valid_from"], "facts")
    last = require.day(as_of, "as_of")
    if not pd.api.types.is_datetime64_any_dtype(facts["valid_from"]):
        raise ValueError(
            t(
                "valid_from must hold dates; it holds {kind}. Make them with pd.to_datetime.",
                kind=facts["valid_from"].dtype,
            )
        )
    key = ["customer_id", "field"]
    if facts.duplicated([*key, "valid_from"]).any():
        first = facts.loc[facts.duplicated([*key, "valid_from"]), "customer_id"].iloc[0]
        raise ValueError(
            t(
                "facts must begin on different days for each customer and field; two of customer {customer} begin on"
                " the same. Keep the one that was recorded last.",
                customer=first,
            )
        )
    until = last + pd.Timedelta(days=1)
    table = facts.loc[facts["valid_from"] < until, [*key, "field_value", "valid_from"]]
    table = table.sort_values([*key, "valid_from"], ignore_index=True)
    table["valid_to"] = table.groupby(key)["valid_from"].shift(-1)
    table["years"] = (table["valid_to"].fillna(last) - table["valid_from"]).dt.days / DAYS_PER_YEAR
    table["has_ended"] = table["valid_to"].notna()
    return table


def as_known(customers: pd.DataFrame, facts: pd.DataFrame, *, as_of: object) -> pd.DataFrame:
    """The records as the firm knew them on the evening of a day: the latest of each fact that was written down by then.

    A field of `customers` that `facts` speaks of holds the value that was valid last, of those recorded by the day;
    where there is none, what was typed at registration. Whoever plans for a year must not use what was learned in it.

    When something else is right: what was *true* on the day, told or not, is counted by valid_from (see `spells`).

    Parameters
    ----------
    customers : DataFrame
        One row per customer (index customer_id): registered_date, and fields as they were typed at registration.
    facts : DataFrame
        One row per fact: customer_id, field, field_value, valid_from, recorded_date. Fields without a column of
        `customers` are left out.
    as_of : date, str or Timestamp
        The last day of which anything is known, included.

    Returns
    -------
    DataFrame
        One row per customer registered by then, with the columns of `customers` and checked_date: when anything was
        last written down about them, at the earliest when they registered.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> days = pd.to_datetime(["2021-05-01", "2025-02-01"])
    >>> customers = pd.DataFrame({"phone": ["154", None], "registered_date": days}, index=["A", "B"])
    >>> moved = pd.to_datetime(["2024-03-01", "2024-12-01"])
    >>> facts = pd.DataFrame({"customer_id": "A", "field": "phone", "field_value": ["155", "156"], "valid_from": moved})
    >>> facts["recorded_date"] = pd.to_datetime(["2024-04-01", "2025-01-15"])
    >>> as_known(customers, facts, as_of="2024-12-31")[["phone", "checked_date"]]
      phone checked_date
    A   155   2024-04-01
    """
    require.columns(customers, ["registered_date"], "customers")
    require.columns(facts, ["customer_id", "field", "field_value", "valid_from", "recorded_date"], "facts")
    until = require.day(as_of, "as_of") + pd.Timedelta(days=1)
    told = facts[facts["recorded_date"] < until].sort_values("valid_from", kind="stable")
    table = customers[customers["registered_date"] < until].copy()
    for field, rows in told.groupby("field"):
        if field in table:
            latest = rows.groupby("customer_id")["field_value"].last()
            table[field] = latest.reindex(table.index).fillna(table[field])
    checked = told.groupby("customer_id")["recorded_date"].max().reindex(table.index)
    table["checked_date"] = checked.fillna(table["registered_date"])
    return table


def half_life(lasted: pd.DataFrame) -> pd.Series:
    r"""After how many years half of the values are no longer true, if changes come at a constant rate.

    :math:`\ln 2 / \text{rate}`, where the rate is the number of changes, divided by all years in which one could have
    been seen. Constant means that a value of ten years is as likely to change tomorrow as one of yesterday.

    When something else is right: where some customers move often and others never, the curve of survivors (Kaplan and
    Meier, in statsmodels) bends, and its own half is meant. And a change that nobody told, or not yet, or of somebody
    who has left, is counted as no change: the half-life comes out too long.

    Parameters
    ----------
    lasted : DataFrame
        One row per fact: years, has_ended (a result of `spells`).

    Returns
    -------
    Series
        half_life (years; infinite if nothing changed), low and high (a 95 % interval, exact for a count by chance),
        n_changes, years. Range 0 up; best depends on what one asks.

    Raises
    ------
    ValueError
        A column is missing, years are negative, or there are none.

    Examples
    --------
    Three changes in 30 years: a rate of 0.1 a year.

    >>> lasted = pd.DataFrame({"years": [5.0, 10, 3, 12], "has_ended": [True, True, True, False]})
    >>> half_life(lasted).round(2).to_dict()
    {'half_life': 6.93, 'low': 2.37, 'high': 33.61, 'n_changes': 3.0, 'years': 30.0}
    """
    from scipy.stats import chi2

    require.columns(lasted, ["years", "has_ended"], "lasted")
    years, n_changes = float(lasted["years"].sum()), int(lasted["has_ended"].sum())
    if not (lasted["years"] >= 0).all() or years == 0:
        raise ValueError(
            t("years must be zero or more, and some above zero; without time nothing can be seen to change.")
        )
    least = chi2.ppf(0.025, 2 * n_changes) / 2 if n_changes else 0.0
    most = chi2.ppf(0.975, 2 * n_changes + 2) / 2
    expected = np.array([n_changes, most, least])
    with np.errstate(divide="ignore"):
        values = math.log(2) * years / expected
    return pd.Series(
        [*values, float(n_changes), years], ["half_life", "low", "high", "n_changes", "years"], name="half_life"
    )
