"""What a message or a coupon adds to what would have come anyway: the sums, and tests by lot many times over."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import t


def message_gain(
    spent: pd.Series, *, follow: float, margin: float, per_message: float = 0.0, per_coupon: float = 0.0
) -> pd.Series:
    """What a message to a group of customers adds, and what it costs, beside sending nothing.

    Who comes anyway gains the firm nothing more, and uses the coupon all the same. Of those who would have stayed away
    a part follows the message, and spends what those who came spent on average.

    When something else is right: a test by lot, which measures how many follow; here that is assumed.

    Parameters
    ----------
    spent : Series
        What each customer of the group spends if nothing is sent, 0 for who does not come; in currency units.
    follow : float
        Which share of those who would have stayed away comes because of the message, 0 to 1.
    margin : float
        What a unit of sales leaves, 0 to 1.
    per_message, per_coupon : float
        What a message costs, for each customer of the group; and a coupon, for each who comes. Not below 0.

    Returns
    -------
    Series
        n_came (anyway), n_more (who follow, on average), gain (the margin of what they spend), cost, and
        gain_less_cost. Where nobody comes anyway nothing is known of what a follower spends: gain is missing.

    Raises
    ------
    ValueError
        spent is empty or holds what is no number or below 0; a share is none; a cost is below 0.

    Examples
    --------
    Two of four come anyway. A coupon of 2 for each who comes; one in ten of the others follows it.

    >>> message_gain(pd.Series([40.0, 20.0, 0.0, 0.0]), follow=0.1, margin=0.25, per_coupon=2.0).round(2).to_dict()
    {'n_came': 2.0, 'n_more': 0.2, 'gain': 1.5, 'cost': 4.4, 'gain_less_cost': -2.9}
    """
    require.values(spent)
    for value, name in ((follow, "follow"), (margin, "margin")):
        require.share(value, name)
    costs = {"spent": float(spent.min()), "per_message": per_message, "per_coupon": per_coupon}
    for name, value in costs.items():
        if not value >= 0:
            raise ValueError(t("{name} must not be below 0; got {value:g}.", name=name, value=value))
    came = spent[spent > 0]
    n_more = follow * (len(spent) - len(came))
    gain = margin * n_more * came.mean() if n_more else 0.0
    cost = per_message * len(spent) + per_coupon * (len(came) + n_more)
    found = {"n_came": len(came), "n_more": n_more, "gain": gain, "cost": cost, "gain_less_cost": gain - cost}
    return pd.Series(found, dtype="float64", name="message")


def repeat_lots(with_it: pd.Series, without_it: pd.Series, *, n_times: int, seed: int) -> pd.Series:
    """What tests by lot would say if they were done many times: each time another half gets the message.

    In a simulation it is known of each customer what they do with the message and what they do without it. A test sees
    only one of the two: half of the customers, drawn by lot, get the message, and the halves are compared.

    When something else is right: `chance.bootstrap_interval`, where a test has been done, once, and nobody knows what
    the others would have done.

    Parameters
    ----------
    with_it, without_it : Series
        What each customer does with the message and without it: true or false, or money; same index.
    n_times : int
        How many tests.
    seed : int
        The same seed draws the same.

    Returns
    -------
    Series
        Named "difference", one per test: the mean of the half with the message less that of the other half. Of an odd
        number of customers the half with the message has one less.

    Raises
    ------
    ValueError
        The two are not of the same customers, there are fewer than two, or n_times is no whole number from 1 on.

    References
    ----------
    Fisher (1935), The Design of Experiments, ch. 2: the lot is what the comparison rests on.

    Examples
    --------
    All come with it and nobody without: every lot says so.

    >>> everybody, nobody = pd.Series([True] * 4), pd.Series([False] * 4)
    >>> repeat_lots(everybody, nobody, n_times=3, seed=1).tolist()
    [1.0, 1.0, 1.0]
    """
    require.whole(n_times, "n_times")
    if len(without_it) < 2 or not with_it.index.equals(without_it.index):
        raise ValueError(
            t(
                "with_it and without_it must be of the same customers, two or more, in the same order; got {n_with:,}"
                " and {n_without:,}.",
                n_with=len(with_it),
                n_without=len(without_it),
            )
        )
    sent, unsent = with_it.to_numpy(dtype=float), without_it.to_numpy(dtype=float)
    rng, differences = np.random.default_rng(seed), []
    for _ in range(n_times):
        drawn = rng.permutation(len(sent))
        half, rest = drawn[: len(sent) // 2], drawn[len(sent) // 2 :]
        differences.append(sent[half].mean() - unsent[rest].mean())
    return pd.Series(differences, name="difference")
