"""Whether word passed on dies out: a chain in which each brings so many others along, seen before people run out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def chance_of_dying_out(shares: pd.Series) -> float:
    """The chance that word begun by one person ends sooner or later, where people never run out.

    Each passes it on to 0, 1, 2 ... others who go along, with the shares given, independently (a Galton-Watson
    process). The mean decides: up to 1 on average it dies out for certain, above 1 it may go on for ever, and still
    often dies early. It is the smallest q with ``q = sum(shares[k] * q ** k)``.

    When something else is right: where people run out (`reach.spread`), or where who hears first differs from the rest.

    Parameters
    ----------
    shares : Series
        By how many others one person brings along (index, whole numbers from 0 on): the share of such people; adds up
        to 1.

    Returns
    -------
    float
        Range 0 to 1. Of n people who begin independently all die out with this chance to the power of n.

    Raises
    ------
    ValueError
        The index holds no whole numbers from 0 on, or twice the same; the shares are negative or do not add up to 1.

    References
    ----------
    Watson & Galton (1875), On the probability of the extinction of families, doi:10.2307/2841222; Harris (1963), The
    Theory of Branching Processes, chapter I.

    Examples
    --------
    One in four brings nobody, the others two each: a third of all such beginnings die out.

    >>> round(chance_of_dying_out(pd.Series({0: 0.25, 2: 0.75})), 6)
    0.333333
    """
    from scipy.optimize import brentq

    brought, share = _checked_shares(shares)
    if share[brought == 0].sum() == 0:  # everybody brings somebody
        return 0.0
    if (brought * share).sum() <= 1:
        return 1.0

    def gap(q: float) -> float:
        return float((share * q**brought).sum() - q)

    # The gap is 0 at 1 as well; just before it lies below 0, since the mean is above 1.
    before_one = 1 - 1e-9
    return float(brentq(gap, 0.0, before_one, xtol=1e-12)) if gap(before_one) < 0 else 1.0


def compare_chains(kinds: Mapping[str, pd.Series], *, n_first: int) -> pd.DataFrame:
    """Kinds of chains side by side: how many each person brings along, and how often such chains die out.

    Parameters
    ----------
    kinds : mapping of str to Series
        By its name: the shares of people by how many they bring along, as in `chance_of_dying_out`.
    n_first : int
        With how many people a chain may begin, beside one.

    Returns
    -------
    DataFrame
        One row per kind: brings_along, the mean; begun_by_1 and begun_by_<n_first>, the chance that all die out.

    Raises
    ------
    ValueError
        As `chance_of_dying_out`; n_first is no whole number from 1 on.

    Examples
    --------
    The same mean, and another fate.

    >>> kinds = {"two or nobody": pd.Series({0: 0.25, 2: 0.75}), "thirty or nobody": pd.Series({0: 0.95, 30: 0.05})}
    >>> compare_chains(kinds, n_first=10).round(2)
                      brings_along  begun_by_1  begun_by_10
    two or nobody              1.5        0.33         0.00
    thirty or nobody           1.5        0.97         0.74
    """
    require.whole(n_first, "n_first")
    rows = {}
    for name, shares in kinds.items():
        dies = chance_of_dying_out(shares)
        rows[name] = {"brings_along": float((shares * shares.index).sum()), "begun_by_1": dies}
        rows[name][f"begun_by_{n_first}"] = dies**n_first
    return pd.DataFrame.from_dict(rows, orient="index")


def _checked_shares(shares: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    brought = pd.to_numeric(pd.Series(shares.index), errors="coerce").to_numpy(dtype=float)
    if not shares.index.is_unique or not (brought >= 0).all() or (brought % 1 != 0).any():
        raise ValueError(
            t(
                "shares must have an index of whole numbers from 0 on, each once; got {found}. For example"
                " pd.Series({{0: 0.5, 1: 0.3, 2: 0.2}}).",
                found=shares.index.tolist()[:5],
            )
        )
    require.numbers(shares.to_frame("shares"), ["shares"], "shares")
    share = shares.to_numpy(dtype=float)
    if (share < 0).any() or abs(share.sum() - 1) > 1e-6:
        raise ValueError(
            t(
                "shares must be 0 or more and add up to 1; got {found}, in all {total:g}.",
                found=share.tolist()[:5],
                total=share.sum(),
            )
        )
    return brought, share
