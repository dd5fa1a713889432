"""What a file gives away of people, and what is lost when it gives away less.

k and l are three lines of pandas, ``groups = table.groupby(columns)[secret]``, ``groups.size().min()`` and
``groups.nunique().min()``, and need no function. What needs one is the price.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from crmlib import require
from crmlib.language import t


def detail_ladder(
    learned: pd.DataFrame, later: pd.DataFrame, details: Mapping[str, Sequence[str]], *, outcome: str, n_chosen: int
) -> pd.DataFrame:
    """How many people a file singles out, and how many right ones it finds, from much detail to none.

    For each set of columns: people of `learned` are put into groups, and the groups are ranked by their share of yes.
    Then `n_chosen` people of `later` are taken from the best group down; of the last group, or of groups with equal
    shares, a part by lot (the expected number is counted). Who is of a group not seen before gets the share of all.

    When something else is right: groups of a few people have shares by chance, and rank high by luck. A model that
    draws them to the middle uses detail better than this table does; what the file singles out is the same.

    Parameters
    ----------
    learned, later : DataFrame
        One row per person: the columns of `details`, and `outcome`, True or False. `later` is from a later time.
    details : mapping of str to sequence of str
        What each file shows: a name, and the columns by which somebody could be known. No column: nothing is shown.
    outcome : str
        The column with the yes.
    n_chosen : int
        How many people of `later` are taken.

    Returns
    -------
    DataFrame
        One row per file (index `detail`): k (the smallest group of `learned`), n_alone (people alone in their group),
        small_share (of people in groups of fewer than 5), n_yes (expected among the chosen), by_chance (how far n_yes
        may lie from that of the *first* file by chance: two standard errors of the difference, to which only people
        count whom one file takes and the other does not). Best k: large.

    Raises
    ------
    ValueError
        A column is missing, a table is empty, or n_chosen is not from 1 to the rows of `later`.

    References
    ----------
    Sweeney (2002), k-anonymity: a model for protecting privacy, International Journal of Uncertainty, Fuzziness and
    Knowledge-Based Systems 10(5), 557-570, doi:10.1142/S0218488502001648.

    Examples
    --------
    >>> learned = pd.DataFrame({"town": list("xxxyyz"), "job": list("abaaba"), "yes": [1, 0, 1, 0, 0, 1]})
    >>> later = pd.DataFrame({"town": list("xxyy"), "job": list("abab"), "yes": [1, 1, 0, 1]})
    >>> files = {"town and job": ["town", "job"], "job": ["job"], "nothing": []}
    >>> detail_ladder(learned, later, files, outcome="yes", n_chosen=2)
                  k  n_alone  small_share     n_yes  by_chance
    detail
    town and job  1        4          1.0  1.666667   0.000000
    job           2        0          1.0  1.000000   0.707107
    nothing       6        0          0.0  1.500000   0.500000
    """
    needed = sorted({column for columns in details.values() for column in columns}) + [outcome]
    require.columns(learned, needed, "learned")
    require.columns(later, needed, "later")
    if learned.empty or later.empty:
        raise ValueError(t("learned and later must hold at least one person each; one of them is empty."))
    require.whole(n_chosen, "n_chosen")
    if n_chosen > len(later):
        raise ValueError(
            t("n_chosen must be at most the people of later, {n:,}; got {n_chosen:,}.", n=len(later), n_chosen=n_chosen)
        )
    groups = {name: _of_groups(learned, list(columns)) for name, columns in details.items()}
    table = pd.DataFrame.from_dict(groups, orient="index").rename_axis("detail")
    taken = {name: _share_taken(learned, later, list(cols), outcome, n_chosen) for name, cols in details.items()}
    yes, first = later[outcome].astype(float), taken[next(iter(details))]
    table["n_yes"] = [float((share * yes).sum()) for share in taken.values()]
    # Each yes is a toss with the share of all, which is the widest that tosses of different people can be together.
    of_one = yes.mean() * (1 - yes.mean())
    table["by_chance"] = [2 * math.sqrt(((share - first) ** 2).sum() * of_one) for share in taken.values()]
    return table.astype({"k": "int64", "n_alone": "int64"})


def _of_groups(people: pd.DataFrame, columns: list[str]) -> dict[str, float]:
    size = people.groupby(columns, observed=True, dropna=False).size() if columns else pd.Series([len(people)])
    small = size[size < 5].sum() / len(people)
    return {"k": int(size.min()), "n_alone": int((size == 1).sum()), "small_share": float(small)}


def _share_taken(
    learned: pd.DataFrame, later: pd.DataFrame, columns: list[str], outcome: str, n_chosen: int
) -> pd.Series:
    """The chance with which each person of `later` is among the chosen: 1, 0, or a part of the last group by lot."""
    everybody = learned[outcome].mean()
    share = pd.Series(everybody, index=later.index)
    if columns:
        shares = learned.groupby(columns, observed=True, dropna=False)[outcome].mean().rename("share")
        share = later[columns].merge(shares, how="left", left_on=columns, right_index=True)["share"].fillna(everybody)
    share = share.round(12)
    size = share.value_counts().sort_index(ascending=False)
    taken = (n_chosen - (size.cumsum() - size)).clip(lower=0).clip(upper=size)
    return share.map(taken / size)
