"""Figures of who brings how much: spending before anything is ranked, and what the best bring beside a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import money, number, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKERS = ("^", "o", "s", "D", "v", "P")
COLORS = (BLUE, ORANGE, GREEN, RED, GRAY, "black")
WIDE = 100  # times from the smallest to the biggest: beyond, equal steps would show one tall bar and nothing else


def plot_spending(spending: pd.Series, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """How many customers spent how much, with the median marked.

    Where the biggest spent more than a hundred times the smallest, the steps are logarithmic and the axis says so.
    Who spent nothing or less has no place on such an axis; the axis then says how many they are.

    Parameters
    ----------
    spending : Series
        The money of each customer.
    currency : str, optional
        Sign before the amounts, an ISO 4217 code; none if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> plot_spending(pd.Series([1.0, 10.0, 1000.0, 0.0])).get_xlabel()
    'money per customer (logarithmic: each mark is 10 times the last; not drawn, at 0 or less: 1)'
    """
    ax = style.axes(ax, (7.0, 3.4))
    drawn = spending.to_numpy(dtype=float)
    drawn = drawn[~np.isnan(drawn)]
    is_wide = drawn.max() > WIDE * drawn[drawn > 0].min() if (drawn > 0).any() else False
    label, n_not = t("money per customer"), 0
    if is_wide:
        n_not = int((drawn <= 0).sum())
        drawn = drawn[drawn > 0]
        label = t("money per customer (logarithmic: each mark is 10 times the last)")
    if n_not:
        label = t(
            "money per customer (logarithmic: each mark is 10 times the last; not drawn, at 0 or less: {n})",
            n=number(n_not),
        )
    n_bins = int(np.clip(np.sqrt(len(drawn)), 5, 30))
    low, high = drawn.min(), drawn.max()
    bins = np.geomspace(low, high * (1 + 1e-9), n_bins + 1) if is_wide else n_bins
    ax.hist(drawn, bins=bins, color=BLUE, edgecolor="white", linewidth=0.5)
    if is_wide:
        ax.set_xscale("log")
        ax.xaxis.set_minor_locator(_nothing())
    middle = float(spending.median())
    if not is_wide or middle > 0:
        said = t("half bring at most {amount}", amount=money(middle, currency))
        ax.axvline(middle, color=RED, linestyle="--", linewidth=1.3, label=said)
        ax.margins(y=0.2)
        ax.legend(loc="upper right", frameon=False)
    ax.set(xlabel=label, ylabel=t("number of customers"))
    style.amounts(ax.xaxis, currency)
    style.thousands(ax.yaxis)
    return ax


def _nothing() -> object:
    from matplotlib.ticker import NullLocator

    return NullLocator()


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
        The column that the claim speaks of; its marks are filled, the others are not. If left out, each column has its
        own color, and its marks lie a little above or below those of the others.
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
    heights = style.rows(ax, shares.index)
    ax.hlines(heights, shares.min(axis=1), shares.max(axis=1), color=GRAY, linewidth=2, zorder=1)
    middle = (len(shares.columns) - 1) / 2
    for place, (name, marker, color) in enumerate(zip(shares.columns, MARKERS, COLORS, strict=False)):
        # Of nested groups one is spoken of, in one color; equal ones are compared, and a mark must not hide another.
        shown, apart = (BLUE, 0.0) if of is not None else (color, 0.14 * (place - middle))
        points = {"marker": marker, "linestyle": "none", "markeredgecolor": shown, "markersize": 9}
        inside = shown if of in (None, name) else "white"
        ax.plot(shares[name], heights + apart, color=inside, label=style.name_of(str(name).replace("_", " ")), **points)
    if claim is not None:
        ax.axvline(claim, color=RED, linestyle="--", label=t("the claim: {share}", share=percent(claim, 0)))
    ax.set_xlabel(t("share of the money"))
    style.shares_along(ax)
    return ax
