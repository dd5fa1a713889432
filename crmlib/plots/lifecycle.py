"""Figures of the life cycle: purchases on a line of time, and the stages with their money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_rhythm(purchases: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Each customer's purchases on a line of time that ends today; the silence since the last one is dotted.

    When something else is right: a histogram of the silence, where there are more customers than lines on a page.

    Parameters
    ----------
    purchases : DataFrame
        One row per purchase: customer_id and days_ago, 0 for today. The customers stand in the order of the rows.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> purchases = pd.DataFrame({"customer_id": ["ann", "ann", "bob"], "days_ago": [60, 30, 5]})
    >>> [tick.get_text() for tick in plot_rhythm(purchases).get_yticklabels()]
    ['ann', 'bob']
    """
    names = purchases["customer_id"].drop_duplicates().tolist()
    ax = style.axes(ax, (8.0, 0.8 + 0.35 * len(names)))
    for height, (_, mine) in enumerate(purchases.groupby("customer_id", sort=False, observed=True)):
        days = mine["days_ago"].astype(float)
        ax.plot([days.max(), days.min()], [height, height], color=BLUE, linewidth=0.8)
        ax.plot([days.min(), 0], [height, height], color=ORANGE, linestyle=":", linewidth=2)
        ax.plot(days, np.full(len(days), height), "|", color=BLUE, markersize=11, markeredgewidth=2)
    ax.axvline(0, color=GRAY, linewidth=0.8)
    ax.set_yticks(range(len(names)), [drawable(str(name)) for name in names])
    ax.invert_yaxis()
    ax.invert_xaxis()  # time goes to the right, up to today
    ax.set(xlabel=t("days ago; 0 is today"), ylabel=t("customer"))
    return ax


def plot_stages(shares: pd.DataFrame, *, value_label: str | None = None, ax: Axes | None = None) -> Axes:
    """Two bars per stage: its share of the customers and its share of the money.

    Parameters
    ----------
    shares : DataFrame
        One row per stage, in the order to show; customer_share and value_share, fractions.
    value_label : str, optional
        What value_share is a share of, in the legend; "share of the money" if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> shares = pd.DataFrame({"customer_share": [0.6, 0.4], "value_share": [0.9, 0.1]}, index=["maturity", "ended"])
    >>> [text.get_text() for text in plot_stages(shares).texts]
    ['60.0%', '40.0%', '90.0%', '10.0%']
    """
    ax = style.axes(ax, (8.0, 3.6))
    places = np.arange(len(shares))
    bars = (
        ("customer_share", t("share of the customers"), GRAY, -0.2),
        ("value_share", value_label or t("share of the money"), BLUE, 0.2),
    )
    for column, label, color, shift in bars:
        heights = shares[column].to_numpy(dtype=float)
        ax.bar(places + shift, heights, width=0.38, color=color, label=label)
        for place, height in zip(places + shift, heights, strict=True):
            # A loss hangs below the line, and so does its number.
            ax.text(place, height, percent(height, 1), ha="center", va="bottom" if height >= 0 else "top")
    ax.set_xticks(places, [drawable(t(str(name))) for name in shares.index])
    ax.set_ylabel(t("share of all, %"))
    style.percents(ax.yaxis)
    ax.axhline(0, color=GRAY, linewidth=0.8)
    ax.legend(frameon=False)
    return ax
