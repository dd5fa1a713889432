"""How far word travels: whom tellers reach when circles overlap, and how word passed on spreads in a network.

A network says who knows whom: a square table of true and false by name, or, of many people, a
``scipy.sparse.csr_array`` whose row i holds those whom person i knows.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def expected_reach(n_tellers: float | pd.Series, *, n_told: float, n_people: float) -> float | pd.Series:
    """How many different people hear, if each teller tells so many, drawn by lot from all.

    One teller misses a given person with the chance 1 - n_told / n_people, all of them with that chance to the power
    of their number: ``n_people * (1 - (1 - n_told / n_people) ** n_tellers)``. Tellers times told would count who
    hears twice as two people, and can pass the number of people there are.

    When something else is right: where tellers know each other or move in the same circles fewer people hear
    (`people_reached` of a network); where not everybody tells, give the number of those who do.

    Parameters
    ----------
    n_tellers : float or Series
        How many tell; 0 or more.
    n_told : float
        How many each of them tells; from 0 to n_people.
    n_people : float
        How many there are to hear; above 0.

    Returns
    -------
    float or Series
        Different people who hear. Range 0 to n_people.

    Raises
    ------
    ValueError
        A number is negative or missing, or more are told than there are.

    References
    ----------
    Feller (1968), An Introduction to Probability Theory and Its Applications I, 3rd edition, chapters II and IV.

    Examples
    --------
    Two tellers with 250 listeners each, in a town of 1,000: one in four hears each, one in sixteen both.

    >>> expected_reach(2, n_told=250, n_people=1000)
    437.5
    """
    require.number(n_people, "n_people", above=0, example=1000)
    require.number(n_told, "n_told", least=0, example=250)
    if n_told > n_people:
        raise ValueError(
            t(
                "n_told must be at most n_people; got {n_told:g} of {n_people:g}. A teller cannot tell more than there"
                " are.",
                n_told=n_told,
                n_people=n_people,
            )
        )
    for value in np.atleast_1d(n_tellers).tolist():
        require.number(value, "n_tellers", least=0, example=104)
    return n_people * (1 - (1 - n_told / n_people) ** n_tellers)


def people_reached(network: pd.DataFrame | csr_array, tellers: Sequence[Hashable]) -> int:
    """How many different people hear, if each teller tells everybody they know.

    Who hears from several counts once; a teller counts where another teller tells them.

    Parameters
    ----------
    network : DataFrame or csr_array
        Who knows whom.
    tellers : sequence
        Who tells: names of a table, numbers of rows from 0 on of an array; each once.

    Returns
    -------
    int
        Range 0 to the number of people.

    Raises
    ------
    ValueError
        The network is not square, or a teller is not in it or stands twice.

    Examples
    --------
    Ann and Bob know each other, both know Cy, and Bob knows Dee.

    >>> knows = pd.DataFrame(False, index=["ann", "bob", "cy", "dee"], columns=["ann", "bob", "cy", "dee"])
    >>> for one, other in [("ann", "bob"), ("ann", "cy"), ("bob", "cy"), ("bob", "dee")]:
    ...     knows.loc[one, other] = knows.loc[other, one] = True
    >>> people_reached(knows, ["ann"]), people_reached(knows, ["ann", "bob"])
    (2, 4)
    """
    rows, matrix = _rows_of(network, tellers, "tellers")
    return int(np.unique(matrix[rows].indices).size)


def acquaintances(n_people: int, *, n_known: int, share_by_lot: float, seed: int) -> csr_array:
    """A simulated network: neighbors on a circle know each other, and a share of the ties goes to anybody, by lot.

    With no tie by lot, those whom somebody knows nearly all know each other; with all by lot, hardly two do. Real
    circles lie between. It is made for trying what overlap does, and no picture of any town.

    Parameters
    ----------
    n_people : int
        How many people.
    n_known : int
        How many each knows on average: an even number, below n_people. (A few ties fewer where the lot falls on
        somebody known already.)
    share_by_lot : float
        Which share of the ties goes to anybody; from 0 to 1.
    seed : int
        The same seed gives the same network.

    Returns
    -------
    csr_array
        One row and one column per person, true where two know each other; both ways.

    Raises
    ------
    ValueError
        n_known is not even or not below n_people; the share is none.

    References
    ----------
    Watts & Strogatz (1998), Collective dynamics of 'small-world' networks, doi:10.1038/30918.

    Examples
    --------
    >>> circle = acquaintances(8, n_known=4, share_by_lot=0, seed=1)
    >>> circle[[0]].indices.tolist()
    [1, 2, 6, 7]
    """
    from scipy.sparse import csr_array  # who only needs the formula does not pay for scipy

    require.whole(n_people, "n_people", least=3)
    require.whole(n_known, "n_known", least=2)
    require.share(share_by_lot, "share_by_lot")
    if n_known % 2 or n_known >= n_people:
        raise ValueError(
            t(
                "n_known must be an even number below n_people; got {n_known:,} of {n_people:,}. Half of them sit on"
                " either side.",
                n_known=n_known,
                n_people=n_people,
            )
        )
    random = np.random.default_rng(seed)
    one = np.repeat(np.arange(n_people), n_known // 2)
    other = (one + np.tile(np.arange(1, n_known // 2 + 1), n_people)) % n_people
    is_by_lot = random.random(one.size) < share_by_lot
    # 1 to n_people - 1 places further on: anybody but oneself
    further = random.integers(1, n_people, size=int(is_by_lot.sum()))
    other[is_by_lot] = (one[is_by_lot] + further) % n_people
    ties = np.ones(2 * one.size, dtype=np.int32)
    both = (np.concatenate([one, other]), np.concatenate([other, one]))
    return csr_array((ties, both), shape=(n_people, n_people)).astype(bool)


def spread(network: pd.DataFrame | csr_array, *, first: Sequence[Hashable], chance: float, seed: int) -> pd.Series:
    """Word passed on: round by round, how many people go along who had not before.

    Whoever goes along tells everybody they know once, in the next round; each of these who has not gone along yet does
    so with the chance given. It ends when a round brings nobody new.

    When something else is right: where one hears it several times before one goes along, or hears it from
    advertising as well.

    Parameters
    ----------
    network : DataFrame or csr_array
        Who knows whom.
    first : sequence
        With whom it begins: names of a table, numbers of rows from 0 on of an array; each once.
    chance : float
        That somebody goes along who is told once; from 0 to 1.
    seed : int
        The same seed gives the same course.

    Returns
    -------
    Series
        One row per round (index `round`, from 0 on), named "n_new"; the first row counts `first`.

    Raises
    ------
    ValueError
        As `people_reached`; or chance is no share.

    References
    ----------
    Goldenberg, Libai & Muller (2001), Talk of the network, Marketing Letters 12, doi:10.1023/A:1011122126881.

    Examples
    --------
    Everybody goes along: from one place of a circle of eight to those beside, and on.

    >>> circle = acquaintances(8, n_known=2, share_by_lot=0, seed=1)
    >>> spread(circle, first=[0], chance=1, seed=1).tolist()
    [1, 2, 2, 2, 1]
    """
    require.share(chance, "chance")
    rows, matrix = _rows_of(network, first, "first")
    random, goes_along, counts = np.random.default_rng(seed), np.zeros(matrix.shape[0], dtype=bool), []
    while rows.size:
        goes_along[rows] = True
        counts.append(rows.size)
        told = matrix[rows].indices
        told = told[~goes_along[told]]
        rows = np.unique(told[random.random(told.size) < chance])
    return pd.Series(counts, index=pd.RangeIndex(len(counts), name="round"), name="n_new", dtype=int)


def spread_totals(
    network: pd.DataFrame | csr_array, *, n_first: int, chance: float, n_times: int, seed: int
) -> pd.Series:
    """How many people go along in all, in so many courses of `spread`, each begun by others drawn by lot.

    Parameters
    ----------
    network : DataFrame or csr_array
        Who knows whom.
    n_first : int
        With how many people each course begins.
    chance : float
        That somebody goes along who is told once; from 0 to 1.
    n_times : int
        How many courses.
    seed : int
        The same seed gives the same courses.

    Returns
    -------
    Series
        One row per course, named "n_people"; those with whom it began are counted. Range n_first to all.

    Raises
    ------
    ValueError
        As `spread`; or n_first or n_times is no such number.

    Examples
    --------
    Where nobody goes along it stays with the first.

    >>> circle = acquaintances(8, n_known=2, share_by_lot=0, seed=1)
    >>> spread_totals(circle, n_first=3, chance=0, n_times=2, seed=1).tolist()
    [3, 3]
    """
    require.whole(n_times, "n_times")
    require.whole(n_first, "n_first")
    n_people = network.shape[0]
    if n_first > n_people:
        raise ValueError(
            t(
                "n_first must be at most the number of people, {n_people:,}; got {n_first:,}.",
                n_people=n_people,
                n_first=n_first,
            )
        )
    names = network.index if isinstance(network, pd.DataFrame) else pd.RangeIndex(n_people)
    random = np.random.default_rng(seed)
    totals = []
    for course in random.integers(2**31, size=n_times).tolist():
        first = names[random.choice(n_people, size=n_first, replace=False)]
        totals.append(int(spread(network, first=first.tolist(), chance=chance, seed=course).sum()))
    return pd.Series(totals, name="n_people", dtype=int)


def spread_shares(
    networks: Mapping[str, pd.DataFrame | csr_array],
    *,
    brings_along: Sequence[float],
    n_first: int,
    n_times: int,
    seed: int,
) -> pd.DataFrame:
    """What share of each network goes along, by how many each brings along on average before people run out.

    Whoever goes along tells everybody they know, n on average (rounded); each of these goes along with the chance
    brings_along / n. The share is the mean of several courses of `spread`: a few of them may make nearly all of it.

    Parameters
    ----------
    networks : mapping of str to DataFrame or csr_array
        By its name: who knows whom.
    brings_along : sequence of float
        The numbers to try; each from 0 to what a person knows on average.
    n_first : int
        With how many people each course begins, drawn by lot.
    n_times : int
        How many courses for each number.
    seed : int
        The same seed gives the same shares.

    Returns
    -------
    DataFrame
        One row per number (index `brings_along`), one column per network. Range 0 to 1.

    Raises
    ------
    ValueError
        As `spread_totals`; a number is above what a person knows.

    Examples
    --------
    Two known by each: if each brings both along, all go along.

    >>> circle = acquaintances(8, n_known=2, share_by_lot=0, seed=1)
    >>> spread_shares({"circle": circle}, brings_along=[0, 2], n_first=2, n_times=3, seed=1)
                  circle
    brings_along
    0               0.25
    2               1.00
    """
    shares = pd.DataFrame(index=pd.Index(list(brings_along), name="brings_along"))
    for name, network in networks.items():
        n_known = round(float(network.sum().sum()) / network.shape[0])
        totals = [
            spread_totals(network, n_first=n_first, chance=one / n_known, n_times=n_times, seed=seed)
            for one in shares.index.tolist()
        ]
        shares[name] = [total.mean() / network.shape[0] for total in totals]
    return shares


def _rows_of(network: pd.DataFrame | csr_array, people: Sequence[Hashable], name: str) -> tuple[np.ndarray, csr_array]:
    """The rows of some people, and the network as an array."""
    from scipy.sparse import csr_array

    if network.shape[0] != network.shape[1]:
        raise ValueError(
            t("network must have one row and one column per person; got {shape}.", shape=tuple(network.shape))
        )
    if isinstance(network, pd.DataFrame):
        rows, matrix = network.index.get_indexer(list(people)), csr_array(network.to_numpy(dtype=bool))
    else:
        rows = np.asarray([one if 0 <= one < network.shape[0] else -1 for one in people], dtype=int)
        matrix = network
    if (rows < 0).any() or np.unique(rows).size < rows.size:
        odd = next((one for one, row in zip(people, rows, strict=True) if row < 0), None)
        raise ValueError(
            t("{name} must be people of the network; {odd!r} is none.", name=name, odd=odd)
            if odd is not None
            else t("{name} must hold each person once; got {people}.", name=name, people=list(people)[:10])
        )
    return rows, matrix
