"""The course's segmentation worksheet: the best and the worst customers of each segment, and what to do next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def segment_worksheet(customers: pd.DataFrame, *, k: int = 1) -> pd.DataFrame:
    """The course's segmentation worksheet, filled from data: the best and worst `k` customers of each segment.

    Parameters
    ----------
    customers : DataFrame
        One row per customer (index customer_id): segment, net_profit and next_step, the step you suggest. A
        customer without a segment is an error: give them one ("unknown"), so that nobody vanishes.
    k : int
        How many at each end. Where a segment has fewer than 2k customers, the best come
        first and nobody stands at both ends.

    Returns
    -------
    DataFrame
        One row per customer listed: segment, place ("best" or "worst"), rank (1 is the very best, or the very worst),
        customer_id, net_profit, next_step. Segments from the highest total profit to the lowest; equal profit is told
        apart by customer_id.

    Raises
    ------
    ValueError
        A column is missing, k is below 1, or a customer has no segment.

    Examples
    --------
    >>> sold = pd.DataFrame({"segment": ["tea", "tea", "tea", "oil"], "net_profit": [90.0, -20, 30, 10],
    ...                      "next_step": ["ask more", "visit less", "ask more", "ask more"]}, index=list("abcd"))
    >>> segment_worksheet(sold)[["segment", "place", "customer_id", "next_step"]]
      segment  place customer_id   next_step
    0     tea   best           a    ask more
    1     tea  worst           b  visit less
    2     oil   best           d    ask more
    """
    require.columns(customers, ("segment", "net_profit", "next_step"), "customers")
    require.numbers(customers, ("net_profit",), "customers")
    require.whole(k, "k")
    without = int(customers["segment"].isna().sum())
    if without:
        raise ValueError(
            t(
                "every customer must have a segment; {n_without:,} of {n:,} have none. Name them: "
                "customers['segment'].fillna('unknown').",
                n_without=without,
                n=len(customers),
            )
        )
    listed = customers.rename_axis("customer_id").reset_index()[["segment", "customer_id", "net_profit", "next_step"]]
    listed["segment"] = listed["segment"].astype(str)
    listed = listed.sort_values(["net_profit", "customer_id"], ascending=[False, True], kind="stable")
    place = listed.groupby("segment").cumcount() + 1
    from_end = listed.groupby("segment")["segment"].transform("size") - place + 1
    listed["place"] = np.select([place <= k, from_end <= k], ["best", "worst"], "between")
    listed["rank"] = np.where(listed["place"] == "best", place, from_end)
    total = listed.groupby("segment")["net_profit"].sum()
    listed["order"] = -listed["segment"].map(total)
    listed = listed[listed["place"] != "between"].sort_values(["order", "segment", "place", "rank"], ignore_index=True)
    return listed[["segment", "place", "rank", "customer_id", "net_profit", "next_step"]]


def next_steps(net_profit: pd.Series, costs: pd.DataFrame) -> pd.Series:
    """A next step for each customer, by two rules: thank who earns; for who loses, mend the activity that costs most.

    When something else is right: a talk. The rules know neither why a visit was made nor what was promised.

    Parameters
    ----------
    net_profit : Series
        One value per customer, in currency units.
    costs : DataFrame
        One row per customer, one column per activity: what it cost (a result of
        `profitability.cost_by_activity`). Who is not there, or has an activity of no known step, is to be asked.

    Returns
    -------
    Series
        Named next_step, of the customers of `net_profit`: a text, in the language in use.

    Raises
    ------
    ValueError
        A value is missing or infinite.

    Examples
    --------
    >>> costs = pd.DataFrame({"representative visit": [240.0, 360.0], "home delivery": [60.0, 0.0]}, index=["a", "b"])
    >>> next_steps(pd.Series({"a": 90.0, "b": -20.0}), costs).tolist()
    ['thank them, ask what else they need', 'phone instead of some visits']
    """
    require.values(net_profit)
    mend = {
        "representative visit": t("phone instead of some visits"),
        "home delivery": t("bundle deliveries, or a minimum order"),
    }
    step = costs.idxmax(axis=1).reindex(net_profit.index).map(mend).fillna(t("find out what goes wrong"))
    return step.mask(net_profit >= 0, t("thank them, ask what else they need")).rename("next_step")
