"""Does a column belong to the customers? A person or an address is one customer's; goods are bought by many."""

from __future__ import annotations

import pandas as pd

ROWS, CUSTOMERS = 20_000, 1_000  # looked at
FEWEST, MOSTLY = 3, 0.9
FEWEST_ALONE = 20  # customers with one row each: few different values say nothing


def are_owned(values: pd.Series, customers: pd.Series) -> bool:
    """Has each customer one value, and each value one customer?

    Told by customers with several rows, or, where each has one row only, by values that hardly recur. When something
    else is right: of an order's own texts neither holds, and `personal.is_free_text` tells them.

    Parameters
    ----------
    values : pandas.Series
        A column of a table.
    customers : pandas.Series
        Whose row it is.

    Examples
    --------
    >>> customers = pd.Series(["1", "2", "3"] * 3)
    >>> are_owned(pd.Series(["Ngozi", "Wiremu", "Bjarki"] * 3), customers)
    True
    >>> are_owned(pd.Series(["tea", "rice", "tea", "rice"] * 2 + ["tea"]), customers)
    False
    """
    rows = pd.DataFrame({"value": values.to_numpy(), "customer": customers.to_numpy()}).dropna()
    first = rows["customer"].iloc[:ROWS]
    repeated = first[first.duplicated()].unique()[:CUSTOMERS]
    if len(repeated) < FEWEST:
        is_alone = len(first) >= FEWEST_ALONE and not len(repeated)
        return is_alone and rows["value"].iloc[:ROWS].nunique() >= MOSTLY * len(first) and rows["customer"].is_unique
    theirs = rows[rows["customer"].isin(repeated)]
    different = theirs["value"].unique()
    if len(different) < FEWEST or (theirs.groupby("customer")["value"].nunique() == 1).mean() < MOSTLY:
        return False
    back = rows[rows["value"].isin(different)].groupby("value")["customer"].nunique()
    return bool((back == 1).mean() >= MOSTLY)
