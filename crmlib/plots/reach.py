"""Figures of word of mouth: how many hear, and how far it spreads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmlib.language import drawable, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = ((RED, ":", None), ("#08306B", "-", None), (GREEN, "--", "o"), (ORANGE, "-.", "s"), (BLUE, "--", "^"))


def plot_reach(reach: pd.DataFrame, *, n_people: int | None = None, ax: Axes | None = None) -> Axes:
    """How many different people hear, by the number of tellers; one line per way of counting.

    Parameters
    ----------
    reach : DataFrame
        One row per number of tellers (index), one column per way of counting.
    n_people : int, optional
        How many people there are: a line across that nothing can pass.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> reach = pd.DataFrame({"each counts anew": [250, 500], "by lot": [250, 437]}, index=[1, 2])
    >>> plot_reach(reach, n_people=1000).get_xlabel()
    'people who tell'
    """
    ax = style.axes(ax, (7.5, 4.0))
    for place, name in enumerate(reach.columns):
        color, line, marker = LOOKS[place % len(LOOKS)]
        look = {"color": color, "linestyle": line, "marker": marker, "markersize": 5, "linewidth": 1.8}
        ax.plot(reach.index, reach[name], label=drawable(t(str(name))), **look)
    if n_people is not None:
        ax.axhline(n_people, color=GRAY, linewidth=1, label=t("all the people there are"))
    ax.set(xlim=(0, None), ylim=(0, None))
    ax.set(xlabel=t("people who tell"), ylabel=t("different people who hear"))
    style.thousands(ax.yaxis)
    ax.legend(frameon=False)
    return ax


def plot_spread(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """What share of the people word reaches, by how many each brings along on average; one line per network.

    Parameters
    ----------
    shares : DataFrame
        One row per mean number brought along (index), one column per network: fractions.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> plot_spread(pd.DataFrame({"by lot": [0.01, 0.8]}, index=[0.5, 2.0])).get_ylabel()
    'share of the people who go along'
    """
    ax = style.axes(ax, (7.5, 4.0))
    for place, name in enumerate(shares.columns):
        color, line, marker = LOOKS[1 + place % (len(LOOKS) - 1)]
        look = {"color": color, "linestyle": line, "marker": marker or "o", "markersize": 5, "linewidth": 1.8}
        ax.plot(shares.index, shares[name], label=drawable(t(str(name))), **look)
    ax.axvline(1, color=GRAY, linestyle=":", label=t("one brings one"))
    ax.set(xlim=(0, None), ylim=(0, 1))
    ax.set(xlabel=t("how many one person brings along on average"), ylabel=t("share of the people who go along"))
    style.percents(ax.yaxis)
    ax.legend(frameon=False)
    return ax


def plot_adoption(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """What share of the people has a new product, year by year; one line per way of spreading.

    Parameters
    ----------
    shares : DataFrame
        One row per year (index), one column per way: fractions.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> plot_adoption(pd.DataFrame({"by word": [0.01, 0.02]})).get_ylabel()
    'share who have it'
    """
    ax = style.axes(ax, (7.5, 3.4))
    for place, name in enumerate(shares.columns):
        color, line, _ = LOOKS[1 + place % (len(LOOKS) - 1)]
        ax.plot(shares.index, shares[name], color=color, linestyle=line, linewidth=1.8, label=drawable(t(str(name))))
    ax.set(ylim=(0, 1), xlabel=t("year"), ylabel=t("share who have it"))
    style.percents(ax.yaxis)
    ax.legend(frameon=False)
    return ax
