"""Where growth comes from: customers acquired and gone, raised and fallen, from one period to the next."""

from __future__ import annotations

import math

import pandas as pd

from crmlib import require
from crmlib.customer_index import side_by_side
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


def before_and_after(lines: pd.DataFrame, day: object) -> pd.DataFrame:
    """What each customer spent before a day, and from that day on.

    When something else is right: ``groupby`` and ``unstack`` by year, where there are more than two periods.

    Parameters
    ----------
    lines : DataFrame
        One row per line of an order, of both periods and no others: customer_id, order_date, amount.
    day : date, str or Timestamp
        The first day of the second period.

    Returns
    -------
    DataFrame
        One row per customer (index customer_id): before and after, sums in currency units, 0 where they bought nothing.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "amount": [10.0, 5.0, 8.0]})
    >>> lines["order_date"] = pd.to_datetime(["2024-03-01", "2025-01-01", "2024-12-31"])
    >>> before_and_after(lines, "2025-01-01").T.to_dict()
    {'ann': {'before': 10.0, 'after': 5.0}, 'bob': {'before': 8.0, 'after': 0.0}}
    """
    require.columns(lines, ("customer_id", "order_date", "amount"), "lines")
    is_late = lines["order_date"] >= pd.Timestamp(day)
    halves = {"before": lines[~is_late], "after": lines[is_late]}
    sums = {name: half.groupby("customer_id", observed=True)["amount"].sum() for name, half in halves.items()}
    return pd.DataFrame(sums).fillna(0.0).rename_axis("customer_id")


def try_rule(
    spent: pd.Series, tier: pd.Series, later: pd.Series, *, share: float = 0.8, below: str = "major", top: str = "VIP"
) -> pd.Series:
    """A plain rule for who may rise, put to the test: who spent nearly as much as the last of the tier above.

    When something else is right: `transitions.transition_counts`, for who moved where without a rule. Beside a rule
    belongs what lots would find: `chance.found_by_lot`.

    Parameters
    ----------
    spent : Series
        What each customer spent in the first period, indexed by customer_id.
    tier, later : Series
        The tier of each customer of the first period and of the second: results of `pyramid.assign_tiers`.
    share : float
        Of what the last customer of the top tier spent in the first period; above 0, at most 1.
    below, top : str
        The tier that the rule chooses from, and the one they may rise to.

    Returns
    -------
    Series
        n_major (customers of the tier below), n_rose (of them, into the top tier), n_chosen (by the rule), n_right
        (chosen and risen), n_new_vip (in the top tier now and not before, from wherever); the first and the last are
        named after `below` and `top`.

    Raises
    ------
    ValueError
        share is no such number, or nobody is in the top tier of the first period.

    Examples
    --------
    >>> spent = pd.Series({"ann": 100, "bob": 90, "cy": 50})
    >>> tier = pd.Series({"ann": "VIP", "bob": "major", "cy": "major"})
    >>> try_rule(spent, tier, pd.Series({"ann": "major", "bob": "VIP", "dee": "VIP"})).to_dict()
    {'n_major': 2, 'n_rose': 1, 'n_chosen': 1, 'n_right': 1, 'n_new_vip': 2}
    """
    require.share(share, "share")
    highest, risen = tier.index[tier == top], later.index[later == top]
    if len(highest) == 0:
        raise ValueError(t("somebody must be {top} in the first period, for its line to be known; nobody is.", top=top))
    amount = spent.reindex(tier.index[tier == below])
    rose, chosen = amount.index.isin(risen), (amount >= share * spent.reindex(highest).min()).to_numpy()
    counts = {
        f"n_{below}": len(amount),
        "n_rose": rose.sum(),
        "n_chosen": chosen.sum(),
        "n_right": (rose & chosen).sum(),
        f"n_new_{top.lower()}": len(risen.difference(highest)),
    }
    return pd.Series(counts, dtype=int)


def _side_by_side(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Both periods of everyone who is a customer of either; below zero counts as zero."""
    for value in (before, after):
        if len(value):
            require.values(value)
    both = side_by_side({"before": before, "after": after}, 0.0).fillna(0.0).clip(lower=0.0)
    both = both[(both > 0).any(axis=1).to_numpy()]
    if both.empty:
        raise ValueError(t("somebody must have spent more than 0 in one of the two periods; nobody has."))
    return both
