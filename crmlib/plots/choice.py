"""Figures of choices: weights with their intervals, and how often a brand is bought again beside its share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_weights(
    weights: pd.DataFrame,
    *,
    beside: pd.DataFrame | None = None,
    names: tuple[str, str] | None = None,
    bar: pd.Series | None = None,
    label: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One row per driver: a dot with its interval, beside zero; with another model's below it, or a bar to clear.

    Parameters
    ----------
    weights : DataFrame
        One row per driver: in this order the estimate, low and high; such as `FittedChoice.intervals()`.
    beside : DataFrame, optional
        The same of another model; drivers it lacks have no second dot.
    names : pair of str, optional
        What the two are, for the legend.
    bar : Series, optional
        By driver, what an estimate must reach to pay; a short upright line.
    label : str, optional
        What the axis below shows, and its unit; an axis of shares says so with a name that ends in "%".
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> found = pd.DataFrame({"weight": [0.4, -0.1], "low": [0.2, -0.3], "high": [0.6, 0.1]}, ["price", "trust"])
    >>> [tick.get_text() for tick in plot_weights(found).get_yticklabels()]
    ['price', 'trust']
    """
    ax = style.axes(ax, (7.0, 0.8 + 0.42 * len(weights)))
    heights = style.rows(ax, weights.index)
    ax.axvline(0, color=GRAY, linewidth=1)
    for table, shift, color, mark, place in ((weights, 0.0, BLUE, "o", 0), (beside, -0.25, ORANGE, "s", 1)):
        if table is None:
            continue
        middle, low, high = (column for _, column in table.iloc[:, :3].reindex(weights.index).items())
        ax.hlines(heights + shift, low, high, color=color, linewidth=2)
        ax.plot(middle, heights + shift, mark, color=color, label=style.name_of(names[place]) if names else None)
    if bar is not None:
        at = bar.reindex(weights.index)
        ax.vlines(at, heights - 0.3, heights + 0.3, color=RED, linewidth=3, label=t("needed to pay"))
    ax.set_xlabel(label or t("weight"))
    if label and label.endswith("%"):
        style.percents(ax.xaxis)
    if names or bar is not None:
        ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return ax


def plot_repeat(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How often a brand is bought again, above its share: what is above the line is habit, or a taste of their own.

    Parameters
    ----------
    shares : DataFrame
        One row per brand: `share` (of all purchases) and `repeat` (of the purchases after one of this brand, the share
        of the same brand), fractions.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> brands = pd.DataFrame({"share": [0.2, 0.8], "repeat": [0.5, 0.9]}, ["small", "large"])
    >>> [text.get_text() for text in plot_repeat(brands).texts]
    ['small', 'large']
    """
    ax = style.axes(ax, (6.0, 4.4))
    ends = np.array([0.0, 1.0])
    ax.plot(ends, ends, "--", color=GRAY, label=t("as often as all buy it"))
    ax.vlines(shares["share"], shares["share"], shares["repeat"], color=BLUE, linewidth=1, linestyle=":")
    ax.plot(shares["share"], shares["repeat"], "o", color=BLUE, label=t("bought again"))
    for name, at, height in zip(shares.index, shares["share"], shares["repeat"], strict=True):
        ax.annotate(style.name_of(name), (at, height), (6, 6), textcoords="offset points")
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel=t("share of all purchases"), ylabel=t("share bought again the time after"))
    for axis in (ax.xaxis, ax.yaxis):
        style.percents(axis)
    ax.legend(loc="lower right", frameon=False)
    return ax
