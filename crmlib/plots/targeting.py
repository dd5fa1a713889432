"""Figures of scores tried on later prospects, and of old customers beside new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_auc(auc: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Bars of AUC, one group per period, one bar per score, and a line where a coin would be.

    When something else is right: `plot_old_and_new` for shares who said yes.

    Parameters
    ----------
    auc : DataFrame
        One row per period, two columns of AUC, 0 to 1; their names are the scores.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> auc = pd.DataFrame({"equal weights": [0.74, 0.75], "fitted": [0.82, 0.77]}, index=[2024, 2025])
    >>> plot_auc(auc).get_ylabel()
    'AUC, share of the pairs'
    """
    ax = _draw_pairs(auc, ax)
    ax.axhline(0.5, color=RED, linestyle="--", label=t("a coin"))
    ax.set(ylim=(0, 1), xlabel=t("period"), ylabel=t("AUC, share of the pairs"))
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


def plot_old_and_new(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Shares who said yes, new beside old, in each part of a score.

    When something else is right: `plot_auc` where two scores are compared.

    Parameters
    ----------
    shares : DataFrame
        One row per part: new_share and old_share, as `targeting.compare_equals` gives them.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> shares = pd.DataFrame({"new_share": [0.1, 0.3], "old_share": [0.2, 0.3]}, index=[1, 2])
    >>> [text.get_text() for text in plot_old_and_new(shares).get_legend().get_texts()]
    ['new', 'old']
    """
    bars = shares[["new_share", "old_share"]].set_axis([t("new"), t("old")], axis=1)
    ax = _draw_pairs(bars, ax)
    ax.set(xlabel=t("part by the score, the highest on the right"), ylabel=t("share who said yes"))
    ax.legend(frameon=False, loc="upper left")
    return ax


def _draw_pairs(table: pd.DataFrame, ax: Axes | None) -> Axes:
    """Two bars beside each other for each row."""
    ax = style.axes(ax)
    places = np.arange(len(table))
    for shift, color, hatch, name in zip((-0.2, 0.2), (GRAY, BLUE), ("//", ""), table.columns, strict=True):
        look = {"color": color, "hatch": hatch, "edgecolor": "white", "label": drawable(t(str(name)))}
        ax.bar(places + shift, table[name].fillna(0), width=0.4, **look)
    ax.set_xticks(places, [str(one) for one in table.index])
    style.percents(ax.yaxis)
    return ax
