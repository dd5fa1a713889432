"""A figure of shares that add up to the whole, one bar each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLORS = ("#BBBBBB", ORANGE, BLUE, RED, GREEN)
LEAST_LABELED = 0.06  # a thinner slice has no room for its label


def plot_shares(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """One bar per row, cut into the shares of its columns, each with its percentage.

    When something else is right: a line per column, where the rows are many and their order is time.

    Parameters
    ----------
    shares : DataFrame
        One row per bar, one column per part: fractions that add up to 1 in each row.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> shares = pd.DataFrame({"keep": [0.75, 0.5], "let go": [0.25, 0.5]}, index=[0.0, 0.4])
    >>> [text.get_text() for text in plot_shares(shares).texts]
    ['75%', '50%', '25%', '50%']
    """
    ax = style.axes(ax)
    places, below = np.arange(len(shares)), np.zeros(len(shares))
    for color, name in zip(COLORS, shares.columns, strict=False):
        part = shares[name].to_numpy(dtype=float)
        ax.bar(places, part, bottom=below, width=0.75, color=color, edgecolor="white", label=t(str(name)))
        for place, low, height in zip(places, below, part, strict=True):
            if height >= LEAST_LABELED:
                middle, ink = low + height / 2, style.ink_on(color)
                ax.text(place, middle, percent(height, 0), ha="center", va="center", color=ink)
        below += part
    labels = [percent(label, 0) if isinstance(label, float) else t(str(label)) for label in shares.index]
    ax.set_xticks(places, labels)
    ax.set_ylim(0, 1)
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax
