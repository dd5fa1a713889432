"""A figure of months, one bar each."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_LABELS = 12  # more would stand on each other


def plot_months(
    months: pd.DataFrame, *, column: str | None = None, currency: str | None = None, ax: Axes | None = None
) -> Axes:
    """One bar per month; a month that is not whole is hatched, for it has fewer days to bring anything.

    Parameters
    ----------
    months : DataFrame
        A result of ``trend.by_month``: index `month`, its first day, with ``is_whole``.
    column : {"revenue", "n_customers"}, optional
        What the bars show; the revenue if left out.
    currency : str, optional
        Sign before the revenue, an ISO 4217 code; none if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> months = pd.DataFrame({"revenue": [9.0, 4.0], "is_whole": [True, False]})
    >>> months.index = pd.to_datetime(["2024-01-01", "2024-02-01"])
    >>> [str(bar.get_hatch()) for bar in plot_months(months).patches]
    ['None', '////']
    """
    ax, column = style.axes(ax, (8.0, 2.6)), column or "revenue"
    places = np.arange(len(months))
    for is_whole, look in (
        (True, {"color": BLUE}),
        (False, {"facecolor": "white", "edgecolor": GRAY, "hatch": "////"}),
    ):
        here = (months["is_whole"] == is_whole).to_numpy()
        label = None if is_whole else t("not a whole month")
        if here.any():
            ax.bar(places[here], months[column].to_numpy()[here], width=0.8, label=label, **look)
    step = -(-len(months) // MOST_LABELS)
    ax.set_xticks(places[::step], [f"{day:%Y-%m}" for day in months.index[::step]])
    if len(months) > 6:
        for text in ax.get_xticklabels():
            text.set(rotation=45, ha="right", rotation_mode="anchor")
    ax.axhline(0, color=GRAY, linewidth=0.7)
    label = {"revenue": t("revenue"), "n_customers": t("customers who ordered")}[column]
    ax.set_ylabel(textwrap.fill(label, 12))  # the axes are low: a long line would stand beside another
    if column == "revenue":
        style.amounts(ax.yaxis, currency)
    else:
        style.thousands(ax.yaxis)
    if not months["is_whole"].all():
        ax.legend(loc="upper left", frameon=False)
        low, high = ax.get_ylim()
        ax.set_ylim(low, high + 0.2 * (high - low))  # room for the legend
    return ax
