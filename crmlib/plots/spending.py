"""Figures of who brings how much: spending before anything is ranked, and what the best bring beside a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import drawable, money, percent, plural, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKERS = ("^", "o", "s", "D", "v", "P")
STEPS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def plot_spending(value: pd.Series, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """How many customers spent how much: a histogram whose steps grow by a constant factor, the median marked.

    Spending runs over so many sizes that with equal steps nearly everybody would stand in the first.
    Customers at or below zero have no place on such an axis; the figure says how many they are.

    Parameters
    ----------
    value : Series
        One amount per customer.
    currency : str, optional
        Sign before the amounts, an ISO 4217 code; none if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Raises
    ------
    ValueError
        Nobody spent more than zero.

    Examples
    --------
    >>> ax = plot_spending(pd.Series({"a": 1.0, "b": 10.0, "c": 0.0}))
    >>> ax.texts[0].get_text()
    '1 customer at 0 or below is not drawn'
    """
    require.values(value)
    drawn = value[value > 0]
    if drawn.empty:
        raise ValueError(t("somebody must have spent more than 0 to be drawn; nobody of {n:,} has.", n=len(value)))
    ax = style.axes(ax, (8.0, 3.4))
    edges = np.geomspace(drawn.min(), max(drawn.max(), drawn.min() * 1.01), 41)
    edges[[0, -1]] = drawn.min(), max(drawn.max(), edges[-1])  # rounding must not lose the ends
    ax.hist(drawn, bins=edges, color=BLUE, edgecolor="white", linewidth=0.5)
    middle = value.median()
    if middle > 0:
        ax.axvline(
            middle, color=RED, linestyle="--", label=t("half spent less than {amount}", amount=money(middle, currency))
        )
        ax.legend(frameon=False)
    ax.set_xscale("log")
    ax.minorticks_off()
    ax.set_xticks([step for step in STEPS if edges[0] <= step <= edges[-1]])
    ax.xaxis.set_major_formatter(lambda amount, _: money(amount, currency))
    ax.set(xlabel=t("spent by a customer (each step ten times the one before)"), ylabel=t("customers"))
    if n_hidden := len(value) - len(drawn):
        hidden = plural(n_hidden, "1 customer at 0 or below is not drawn", "{n} customers at 0 or below are not drawn")
        ax.text(0.01, 0.93, hidden, transform=ax.transAxes, fontsize="small", color="#444444")
    return ax


def plot_best_shares(
    shares: pd.DataFrame, *, claim: float | None = None, of: str | None = None, ax: Axes | None = None
) -> Axes:
    """What the best customers of several firms bring, one line a firm, beside what somebody claims.

    Parameters
    ----------
    shares : DataFrame
        One row per firm, one column per group of best customers, fewest first; shares of the value.
    claim : float, optional
        A share of the value to hold them against.
    of : str, optional
        The column that the claim speaks of; its marks are filled, the others are not.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Raises
    ------
    ValueError
        `of` is not a column.

    Examples
    --------
    >>> shares = pd.DataFrame({"top_10": [0.4, 0.6], "top_20": [0.6, 0.8]}, index=["grocer", "shop"])
    >>> [label.get_text() for label in plot_best_shares(shares, claim=0.9, of="top_20").get_yticklabels()]
    ['grocer', 'shop']
    """
    if of is not None:
        require.one_of(of, list(shares.columns), "of")
    ax = style.axes(ax, (8.0, 3.2))
    heights = np.arange(len(shares))[::-1]
    ax.hlines(heights, shares.min(axis=1), shares.max(axis=1), color=GRAY, linewidth=2, zorder=1)
    for name, marker in zip(shares.columns, MARKERS, strict=False):
        inside = BLUE if of in (None, name) else "white"
        points = {"marker": marker, "linestyle": "none", "markeredgecolor": BLUE, "markersize": 9}
        ax.plot(shares[name], heights, color=inside, label=drawable(t(str(name).replace("_", " "))), **points)
    if claim is not None:
        ax.axvline(claim, color=RED, linestyle="--", label=t("the claim: {share}", share=percent(claim, 0)))
    ax.set_yticks(heights, [drawable(t(str(name))) for name in shares.index])
    ax.set(xlim=(0, 1), xlabel=t("share of the money"))
    style.percents(ax.xaxis)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return ax
