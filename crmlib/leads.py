"""Where prospects come from: what each source cost and brought, and who says yes in which group."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from crmlib import require
from crmlib.language import t


class Gap(NamedTuple):
    """A difference of two shares, and its 95 % interval."""

    gap: float
    low: float
    high: float


def yes_shares(won: pd.Series, groups: pd.Series) -> pd.DataFrame:
    """What share said yes in each group, and from where to where it lies with 95 % certainty.

    When something else is right: where the groups were not drawn by lot, the share says who is in a group as much as
    what was done there.

    Parameters
    ----------
    won : Series
        Whether each call, or each prospect, ended in a yes.
    groups : Series
        The group of each, index as `won`; who has none is left out.

    Returns
    -------
    DataFrame
        One row per group: n, n_won, yes_share, and low_share and high_share, the interval by Wilson's formula. Range 0
        to 1.

    Raises
    ------
    ValueError
        It is not known of each who has a group whether they said yes.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> won, lot = pd.Series([True, False, False]), pd.Series(["called on", "called on", None])
    >>> yes_shares(won, lot.rename("lot")).round(2)
               n  n_won  yes_share  low_share  high_share
    lot
    called on  2      1        0.5       0.09        0.91
    """
    from statsmodels.stats.proportion import proportion_confint  # seconds, which who only counts need not wait for

    counted = won[groups.notna()]
    if counted.isna().any():
        raise ValueError(
            t(
                "won must be known of everyone in a group; of {n_unknown:,} of {n:,} it is not. Leave them out, or"
                " decide what unknown means: .fillna(False).",
                n_unknown=int(counted.isna().sum()),
                n=len(counted),
            )
        )
    grouped = counted.astype(bool).groupby(groups, observed=True)
    found = pd.DataFrame({"n": grouped.size(), "n_won": grouped.sum()})
    found["yes_share"] = found["n_won"] / found["n"]
    found["low_share"], found["high_share"] = proportion_confint(found["n_won"], found["n"], method="wilson")
    return found


def share_gap(shares: pd.DataFrame, group: str, other: str) -> Gap:
    """By how much the share of yes is higher in one group than in another, and from where to where that lies.

    Two intervals that overlap do not say that two shares may be equal: ask about the difference itself.

    Parameters
    ----------
    shares : DataFrame
        As `yes_shares` gives it: one row per group, n and n_won.
    group, other : str
        The rows compared; the share of `other` is taken off.

    Returns
    -------
    Gap
        gap, the difference of the shares, and low and high, its 95 % interval by Newcombe's method.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine
    17(8), 873-890.

    Examples
    --------
    >>> shares = pd.DataFrame({"n": [70, 80], "n_won": [56, 48]}, index=["one", "other"])
    >>> gap, low, high = share_gap(shares, "one", "other")
    >>> round(gap, 3), round(low, 3), round(high, 3)
    (0.2, 0.052, 0.334)
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    won, n = shares["n_won"], shares["n"]
    low, high = confint_proportions_2indep(won[group], n[group], won[other], n[other], method="newcomb")
    return Gap(float(won[group] / n[group] - won[other] / n[other]), float(low), float(high))


def source_return(leads: pd.DataFrame, contacts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """What each source of prospects cost and brought, year by year.

    A source costs what finding its prospects cost and what calling them cost. Margin over cost is an average of the
    past; the next unit of money may find other people, so compare years in which more was spent with those in which
    less was. And no source makes a yes: it brings people who differ.

    Parameters
    ----------
    leads : DataFrame
        One row per prospect: prospect_id, source, found_date, outcome ("won" where they said yes) and order_margin, in
        currency units, missing where they did not.
    contacts : DataFrame
        One row per call: prospect_id and cost, in currency units. Calls to others than `leads` are left out.
    sources : DataFrame
        One row per source and year: source, year and cost, what finding its prospects cost.

    Returns
    -------
    DataFrame
        One row per source and year in which a prospect was found: n_leads, n_won, margin, cost_of_calls,
        cost_of_finding and cost, both together.

    Raises
    ------
    ValueError
        A column is missing, or the cost of a source and year is not known.

    Examples
    --------
    >>> leads = pd.DataFrame({"prospect_id": ["Q1", "Q2"], "source": "ad", "found_date": pd.Timestamp("2025-03-01")})
    >>> leads = leads.assign(outcome=["won", "open"], order_margin=[900.0, None])
    >>> contacts = pd.DataFrame({"prospect_id": ["Q1", "Q2", "Q2"], "cost": [10.0, 20.0, 30.0]})
    >>> sources = pd.DataFrame({"source": ["ad"], "year": [2025], "cost": [140.0]})
    >>> source_return(leads, contacts, sources).loc[("ad", 2025)].to_dict()
    {'n_leads': 2.0, 'n_won': 1.0, 'margin': 900.0, 'cost_of_calls': 60.0, 'cost_of_finding': 140.0, 'cost': 200.0}
    """
    require.columns(leads, ["prospect_id", "source", "found_date", "outcome", "order_margin"], "leads")
    require.columns(contacts, ["prospect_id", "cost"], "contacts")
    require.columns(sources, ["source", "year", "cost"], "sources")
    spent = leads["prospect_id"].map(contacts.groupby("prospect_id")["cost"].sum()).fillna(0)
    table = leads.assign(year=leads["found_date"].dt.year, won=leads["outcome"] == "won", spent=spent)
    found = table.groupby(["source", "year"], observed=True).agg(
        n_leads=("won", "size"),
        n_won=("won", "sum"),
        margin=("order_margin", "sum"),
        cost_of_calls=("spent", "sum"),
    )
    finding = sources.set_index(["source", "year"])["cost"]
    if unknown := [place for place in found.index if place not in finding.index]:
        raise ValueError(
            t(
                "sources must hold the cost of every source and year in which a prospect was found; {first} is not"
                " there. Add a row, with 0 where it cost nothing.",
                first=unknown[0],
            )
        )
    found["cost_of_finding"] = finding.reindex(found.index)
    return found.assign(cost=found["cost_of_calls"] + found["cost_of_finding"])
