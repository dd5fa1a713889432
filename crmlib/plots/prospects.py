"""Figures of calls to prospects: who says yes at which call, and after how many it is best to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = (("#08306B", "o", "-"), (ORANGE, "s", "--"), (GREEN, "^", "-."), (BLUE, "D", ":"))


def plot_hazards(hazards: dict[str, pd.DataFrame], *, ax: Axes | None = None) -> Axes:
    """The share of yes at each call of those who got it, with its 95 % interval; one line per group.

    Late calls are few: their intervals are wide. Give the first rows of each table to leave them out, and say so.

    Parameters
    ----------
    hazards : dict of str to DataFrame
        By the name of the group: a result of ``prospects.call_hazard``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> from crmlib import prospects
    >>> hazard = prospects.call_hazard(pd.Series([1, 2, 2]), pd.Series([True, True, False]))
    >>> plot_hazards({"all": hazard}).get_xlabel()
    'number of the call'
    """
    ax, aside = style.axes(ax, (7.5, 4.0)), 0.12
    for place, (name, hazard) in enumerate(hazards.items()):
        color, marker, line = LOOKS[place % len(LOOKS)]
        share = hazard["hazard"]
        spread = np.abs(hazard[["low", "high"]].to_numpy().T - share.to_numpy())
        at = share.index + aside * (place - (len(hazards) - 1) / 2)  # side by side, or intervals hide each other
        look = {"color": color, "marker": marker, "linestyle": line, "markersize": 5, "linewidth": 1.3}
        ax.errorbar(at, share, yerr=spread, capsize=2, label=drawable(t(str(name))), **look)
    last = max(hazard.index.max() for hazard in hazards.values())
    ax.set_xticks(range(1, int(last) + 1))
    ax.set_ylim(bottom=0)
    ax.set(xlabel=t("number of the call"), ylabel=t("yes, of those who got the call"))
    style.percents(ax.yaxis)
    if len(hazards) > 1:
        ax.legend(frameon=False)
    return ax


def plot_best_stops(stops: pd.DataFrame, *, claim: int | None = None, ax: Axes | None = None) -> Axes:
    """After how many calls it is best to stop, by how many calls a yes pays for; one line per group.

    Parameters
    ----------
    stops : DataFrame
        A result of ``prospects.best_stops``: quotients of margin and cost in ascending order.
    claim : int, optional
        A number of calls that somebody calls right for all: a line across.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> from crmlib import prospects
    >>> hazard = pd.Series([0.10, 0.08, 0.05], index=[1, 2, 3])
    >>> ax = plot_best_stops(prospects.best_stops({"all": hazard}, pays_for=range(1, 41)))
    >>> [float(end) for end in ax.get_xlim()]
    [0.0, 40.0]
    """
    ax = style.axes(ax, (7.5, 4.0))
    for place, name in enumerate(stops.columns):
        color, _, line = LOOKS[place % len(LOOKS)]
        look = {"color": color, "linestyle": line, "linewidth": 2, "label": drawable(t(str(name)))}
        ax.plot(stops.index, stops[name], drawstyle="steps-post", **look)
    if claim is not None:
        ax.axhline(claim, color=RED, linestyle=(0, (1, 2)), linewidth=1.5, label=t("the claim: {n}", n=claim))
    ax.set(xlim=(0, stops.index[-1]), ylim=(-0.3, None))
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set(
        xlabel=t("a yes pays for so many calls (margin / cost of a call)"), ylabel=t("best to stop after so many calls")
    )
    ax.legend(frameon=False)
    return ax
