"""Customers known by their totals only: one row each, no orders.

What a list of customers with a value can tell: who is big, how concentrated the business is, and,
where the days of the first and the last order are known, who has been away for how long.
"""

from __future__ import annotations

import pandas as pd

from crmlib import require
from crmlib.language import t
from crmlib.tables import CUSTOMER_VALUES, check_columns

DAYS = ("first_order_date", "last_order_date")


def summarize_totals(values: pd.DataFrame, *, as_of: object = None) -> pd.DataFrame:
    """One row per customer from a table of totals, with the columns of `customers.summarize_customers`.

    Who stands in several rows is added up. When something else is right: `customers.summarize_customers`
    wherever orders are known, for a total says nothing of a period.

    Parameters
    ----------
    values : DataFrame
        A table of the contract `tables.CUSTOMER_VALUES`: customer_id and value; n_orders,
        first_order_date, last_order_date, cost and profit where they are known.
    as_of : date, str or Timestamp, optional
        The day to look from; without it no days are counted.

    Returns
    -------
    DataFrame
        One row per customer, sorted by the index `customer_id`: monetary (the value, in currency
        units); frequency where n_orders is known; first_order_date and last_order_date where they
        are; recency_days and tenure_days besides, where as_of is given; profit where it or the
        cost is known.

    Raises
    ------
    ValueError
        A required column is missing, a customer_id or a value is missing, or as_of is no day.

    Examples
    --------
    >>> values = pd.DataFrame({"customer_id": ["bob", "ann"], "value": [5.0, 80.0], "cost": [7.0, 50.0]})
    >>> summarize_totals(values)
                 monetary  profit
    customer_id
    ann              80.0    30.0
    bob               5.0    -2.0
    """
    check_columns(values, CUSTOMER_VALUES)
    if values[["customer_id", "value"]].isna().any(axis=None):
        raise ValueError(
            t("customer_id and value must be there in every row; some are missing. Drop those rows, and say how many.")
        )
    grouped = values.groupby("customer_id", sort=True)
    found = {"monetary": grouped["value"].sum()}
    if "n_orders" in values:
        found["frequency"] = grouped["n_orders"].sum(min_count=1).astype("Int64")
    found |= {name: grouped[name].agg("min" if name == DAYS[0] else "max") for name in DAYS if name in values}
    if as_of is not None:
        day = require.day(as_of, "as_of")
        counted = zip(("tenure_days", "recency_days"), DAYS, strict=True)
        found |= {days: (day - found[name]).dt.days.astype("Int64") for days, name in counted if name in found}
    if "profit" in values:
        found["profit"] = grouped["profit"].sum(min_count=1)
    elif "cost" in values:
        found["profit"] = found["monetary"] - grouped["cost"].sum(min_count=1)
    order = ["recency_days", "frequency", "monetary", "tenure_days", *DAYS, "profit"]
    return pd.DataFrame({name: found[name] for name in order if name in found})


def list_last_orders(values: pd.DataFrame) -> pd.DataFrame:
    """The last order of each customer as a line, for `quality.last_day`; none where the day is not known.

    Parameters
    ----------
    values : DataFrame
        A table of the contract `tables.CUSTOMER_VALUES`.

    Returns
    -------
    DataFrame
        One row per row with a last_order_date: customer_id, order_date and amount, the value.

    Raises
    ------
    ValueError
        A required column is missing.

    Examples
    --------
    >>> list_last_orders(pd.DataFrame({"customer_id": ["ann"], "value": [80.0]})).empty
    True
    """
    check_columns(values, CUSTOMER_VALUES)
    dated = values.assign(order_date=values.get("last_order_date", pd.NaT)).dropna(subset="order_date")
    return dated[["customer_id", "order_date", "value"]].rename(columns={"value": "amount"})
