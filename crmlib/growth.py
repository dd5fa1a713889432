"""Where growth comes from: customers acquired and gone, raised and fallen, from one period to the next."""

from __future__ import annotations

import math

import pandas as pd

from crmlib import require
from crmlib.language import t

GROUPS = ("acquired", "raised", "same", "fell", "gone")


def assign_groups(before: pd.Series, after: pd.Series) -> pd.Series:
    """What became of each customer from one period to the next: acquired, raised, same, fell or gone.

    Who spent more than zero in a period is a customer of it. *Acquired* are customers of the second
    period only, *gone* those of the first only. Of the *kept*, who are customers of both, the *raised*
    spend more, the *fallen* less and the others the same. Who is a customer of neither is left out.
    An acquired one may be an old customer who was away in the first period.

    When something else is right: `transitions.transition_counts`, where the states are ranks or grades.

    Parameters
    ----------
    before, after : Series
        What each customer spent in the first and in the second period, indexed by customer_id. Who is
        not there spent nothing.

    Returns
    -------
    Series
        Named "group", indexed by customer_id; ordered gone < fell < same < raised < acquired.

    Raises
    ------
    ValueError
        A customer stands twice in a period, a value is missing, or nobody is a customer of either.

    References
    ----------
    The course's 客户获取, 客户保有, 客户价值提升.

    Examples
    --------
    >>> before = pd.Series({"ann": 10, "bob": 20, "cy": 5})
    >>> assign_groups(before, pd.Series({"ann": 15, "bob": 10, "dee": 8})).to_dict()
    {'ann': 'raised', 'bob': 'fell', 'cy': 'gone', 'dee': 'acquired'}
    """
    both = _side_by_side(before, after)
    group = pd.Series("same", index=both.index, name="group")
    group[both["after"] > both["before"]] = "raised"
    group[both["after"] < both["before"]] = "fell"
    group[both["before"] <= 0] = "acquired"
    group[both["after"] <= 0] = "gone"
    return group.astype(pd.CategoricalDtype(GROUPS[::-1], ordered=True))


def growth_table(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """The growth of sales as the sum of its parts: what came, rose, fell and went.

    Parameters
    ----------
    before, after : Series
        As in `assign_groups`.

    Returns
    -------
    DataFrame
        One row per group of `assign_groups`, acquired first (index ``group``): n_customers, before and
        after (sums) and change, which adds up to the growth of sales.

    Raises
    ------
    ValueError
        As `assign_groups`.

    Examples
    --------
    >>> before = pd.Series({"ann": 10, "bob": 20, "cy": 5})
    >>> growth_table(before, pd.Series({"ann": 15, "bob": 10, "dee": 8}))["change"].to_dict()
    {'acquired': 8.0, 'raised': 5.0, 'same': 0.0, 'fell': -10.0, 'gone': -5.0}
    """
    both = _side_by_side(before, after)
    grouped = both.groupby(assign_groups(before, after), observed=False)
    table = pd.DataFrame(
        {
            "n_customers": grouped.size(),
            "before": grouped["before"].agg(math.fsum),
            "after": grouped["after"].agg(math.fsum),
        }
    )
    table["change"] = table["after"] - table["before"]
    table.index = pd.Index(table.index.astype(str), name="group")
    return table.loc[list(GROUPS)]


def _side_by_side(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Both periods of everyone who is a customer of either; below zero counts as zero."""
    for value in (before, after):
        if len(value):
            require.values(value)
    both = pd.DataFrame({"before": before, "after": after}).fillna(0.0).clip(lower=0.0)
    both = both[(both > 0).any(axis=1)].sort_index().rename_axis("customer_id")
    if both.empty:
        raise ValueError(t("somebody must have spent more than 0 in one of the two periods; nobody has."))
    return both
