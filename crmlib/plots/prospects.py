"""Figures of calls to prospects: who says yes at which call, and after how many it is best to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import prospects
from crmlib.language import drawable, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = (("#08306B", "o", "-"), (ORANGE, "s", "--"), (GREEN, "^", "-."), (BLUE, "D", ":"))
WORTH = 100  # to how many calls a yes is worth the figure goes, unless told


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


def plot_best_stops(
    hazards: dict[str, pd.Series], *, worth: int | None = None, claim: int | None = None, ax: Axes | None = None
) -> Axes:
    """After how many calls it is best to stop, by how many calls a yes pays for; one line per group.

    A yes worth 150 at 5 a call pays for 30 calls: only this quotient of margin and cost counts, not the two.

    Parameters
    ----------
    hazards : dict of str to Series
        By the name of the group: the chance of a yes at each call, as in ``prospects.best_stop``.
    worth : int, optional
        How many calls a yes pays for at most in the figure; 100 if left out.
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
    A yes at the first call has a chance of one in ten, later ones of one in forty.

    >>> ax = plot_best_stops({"all": pd.Series([0.1, 0.025], index=[1, 2])}, worth=50)
    >>> [ax.lines[0].get_ydata()[calls - 1].item() for calls in (9, 11, 41)]
    [0, 1, 2]
    """
    ax = style.axes(ax, (7.5, 4.0))
    pays_for = np.arange(1, (worth or WORTH) + 1)
    for (color, _, line), (name, hazard) in zip(LOOKS, hazards.items(), strict=False):
        tables = [prospects.best_stop(hazard, margin=float(one), cost_per_call=1) for one in pays_for]
        stops = np.array([int(table.index[table["is_best"]][0]) for table in tables])
        ax.plot(pays_for, stops, color=color, linestyle=line, linewidth=2, label=drawable(t(str(name))))
    if claim is not None:
        ax.axhline(claim, color=RED, linestyle=(0, (1, 2)), linewidth=1.5, label=t("the claim: {n}", n=claim))
    ax.set(xlim=(0, pays_for[-1]), ylim=(-0.3, None))
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set(
        xlabel=t("a yes pays for so many calls (margin / cost of a call)"), ylabel=t("best to stop after so many calls")
    )
    ax.legend(frameon=False)
    return ax
