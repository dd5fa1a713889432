"""A figure of what customers spent, before anything is ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import money, number, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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
    drawn = spending.dropna().astype(float)
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
