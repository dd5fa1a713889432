"""Figures of waits: a histogram of days, intervals of the next purchase beside what came, what lots say of a coupon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_intervals(expected: pd.DataFrame, *, came: pd.Series | None = None, ax: Axes | None = None) -> Axes:
    """One line per customer from the earliest day to the latest, a dot on the expected one, a cross where they came.

    A line without a latest day is dotted to the right edge. Who did not come has no cross.

    Parameters
    ----------
    expected : DataFrame
        One row per customer, a page of them: earliest_date, expected_date and latest_date, as of
        `lifecycle.next_purchase`. Who has no earliest day has no line.
    came : Series, optional
        The day each of them came, by customer_id.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-06-02", "2024-06-05"])
    >>> expected = pd.DataFrame({"earliest_date": days, "expected_date": days, "latest_date": days}, ["ann", "bob"])
    >>> [tick.get_text() for tick in plot_intervals(expected).get_yticklabels()]
    ['ann', 'bob']
    """
    from matplotlib.dates import DateFormatter
    from matplotlib.ticker import MaxNLocator

    ax = style.axes(ax, (8.0, 0.9 + 0.23 * len(expected)))
    heights = pd.Series(np.arange(len(expected)), index=expected.index)
    dates = expected[["earliest_date", "expected_date", "latest_date"]]
    edge = max(dates.max().max(), came.reindex(expected.index).max() if came is not None else pd.NaT)
    closed = expected["latest_date"].notna()
    for kind, ends, dashes in ((closed, expected["latest_date"], "solid"), (~closed, edge, "dotted")):
        shown = kind & expected["earliest_date"].notna()
        last = ends[shown] if isinstance(ends, pd.Series) else np.repeat(ends, int(shown.sum()))
        ax.hlines(heights[shown], expected.loc[shown, "earliest_date"], last, color=BLUE, linestyle=dashes, linewidth=2)
    ax.plot(expected["expected_date"], heights, "o", color=BLUE, label=t("expected"))
    if came is not None:
        ax.plot(came.reindex(expected.index), heights, "x", color=RED, markeredgewidth=2, label=t("came"))
    ax.set_yticks(heights, [drawable(str(name)) for name in expected.index])
    ax.invert_yaxis()
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))
    ax.set(xlabel=t("day"), ylabel=t("customer"))
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return ax


def plot_lots(differences: pd.Series, *, truth: float | None = None, ax: Axes | None = None) -> Axes:
    """What many lots say of one and the same thing: how often which difference, beside the truth and beside zero.

    Parameters
    ----------
    differences : Series
        One difference between two shares per lot.
    truth : float, optional
        The difference that the lots look for, where a simulation knows it.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> plot_lots(pd.Series([-0.1, 0.0, 0.2]), truth=0.05).get_legend().get_texts()[1].get_text()
    'what it does: 5.0%'
    """
    ax = style.axes(ax, (7.0, 3.2))
    n_bins = int(np.clip(np.sqrt(len(differences)), 5, 15))
    ax.hist(differences, bins=n_bins, color=BLUE, edgecolor="white", linewidth=0.5)
    ax.axvline(0, color=GRAY, linewidth=1, label=t("no effect"))
    if truth is not None:
        said = t("what it does: {share}", share=percent(truth, 1))
        ax.axvline(truth, color=ORANGE, linestyle="--", linewidth=2, label=said)
    ax.set(xlabel=t("share who came, with less without"), ylabel=t("number of lots"))
    style.percents(ax.xaxis)
    style.thousands(ax.yaxis)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return ax


def plot_histogram(
    values: pd.Series, *, label: str | None = None, bins: int | None = None, ax: Axes | None = None
) -> Axes:
    """How many customers have which value: look before anything is ranked or averaged.

    When something else is right: `plot_spending` for money, where a few have a thousand times what most have.

    Parameters
    ----------
    values : Series
        One number per customer; those that are missing are left out.
    label : str, optional
        What is counted, and its unit, below the axis.
    bins : int, optional
        Into how many parts of equal width; 40 if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> ax = plot_histogram(pd.Series([1, 1, 9]), label="days", bins=2)
    >>> [int(bar.get_height()) for bar in ax.patches]
    [2, 1]
    """
    ax = style.axes(ax, (7.0, 3.2))
    ax.hist(values.dropna(), bins=bins or 40, color=BLUE)
    ax.set(xlabel=label or "", ylabel=t("number of customers"))
    return ax
