"""Figures of records and whose they are: pairs by the weight of the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_link_weights(
    pairs: pd.DataFrame, *, thresholds: tuple[float, float] | None = None, ax: Axes | None = None
) -> Axes:
    """The pairs compared, by weight: two hills, of strangers and of duplicates, and what lies between them.

    Parameters
    ----------
    pairs : DataFrame
        A result of ``identity.link_records``: weight and probability.
    thresholds : tuple of float, optional
        The probabilities of ``identity.review_thresholds``; from 0.5 on merged, and nothing looked at, if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> pairs = pd.DataFrame({"weight": [-3.0, 12.0, 30.0], "probability": [0.0, 0.6, 1.0]})
    >>> plot_link_weights(pairs, thresholds=(0.1, 0.9)).get_ylabel()
    'number of pairs'
    """
    ax = style.axes(ax)
    lower, upper = thresholds or (0.5, 0.5)
    chance, weight = pairs["probability"], pairs["weight"]
    low, high = (weight.min(), weight.max()) if len(pairs) else (0, 1)
    edges = np.linspace(low, max(high, low + 1), 41)
    parts = {
        t("below {limit}: apart", limit=percent(lower, 0)): (chance < lower, GRAY, ""),
        t("between: somebody looks"): ((chance >= lower) & (chance < upper), ORANGE, "//"),
        t("from {limit}: one person", limit=percent(upper, 0)): (chance >= upper, BLUE, "\\\\"),
    }
    height = np.zeros(40)
    for label, (chosen, color, hatch) in parts.items():
        if lower == upper and color == ORANGE:
            continue
        n, _ = np.histogram(weight[chosen], edges)
        ax.bar(
            edges[:-1], n, np.diff(edges), bottom=height, align="edge", color=color, hatch=hatch, edgecolor="white",
            linewidth=0.3, label=label,
        )  # fmt: skip
        height += n
    ax.legend(title=t("probability"), frameon=False, loc="upper center")  # between the hills
    ax.set(xlabel=t("weight, bits"), ylabel=t("number of pairs"))
    style.thousands(ax.yaxis)
    return ax
