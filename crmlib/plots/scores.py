"""Figures of scores and clusters: what each score predicts, and where clusters lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmlib.language import drawable, number, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = ((BLUE, "o", "-"), (GREEN, "s", "--"), (RED, "^", ":"), (ORANGE, "D", "-."))


def plot_rates_by_score(rates: pd.DataFrame, *, overall: float | None = None, ax: Axes | None = None) -> Axes:
    """Which share of the customers with each score did something, one line per kind of score.

    Parameters
    ----------
    rates : DataFrame
        One row per score, worst first; one column per kind of score, at most four; fractions.
    overall : float, optional
        The share of all customers, a line across.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> rates = pd.DataFrame({"recency": [0.1, 0.5], "monetary": [0.3, 0.3]}, index=[1, 2])
    >>> [line.get_label() for line in plot_rates_by_score(rates).get_lines()]
    ['recency', 'monetary']
    """
    ax = style.axes(ax, (7.0, 3.6))
    for name, (color, marker, dashes) in zip(rates.columns, LOOKS, strict=False):
        look = {"color": color, "marker": marker, "linestyle": dashes, "markersize": 7}
        ax.plot(rates.index, rates[name], label=drawable(t(str(name))), **look)
    if overall is not None:
        ax.axhline(overall, color=GRAY, linewidth=1, label=t("all customers"))
    ax.set(xlabel=t("score (1 is worst)"), ylabel=t("share who answered"), xticks=rates.index)
    ax.set_ylim(0, max(rates.max().max(), overall or 0) * 1.12)
    style.percents(ax.yaxis)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return ax


def plot_clusters(customers: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """Where clusters lie: one point per customer, by silence and money, both axes logarithmic.

    Of more than 5,000 customers so many are drawn at random, which the legend says; its counts are those of all.

    Parameters
    ----------
    customers : DataFrame
        One row per customer: recency_days, monetary, and cluster, the name of their cluster; at most four clusters.
        Who bought today is drawn at 1 day. Who spent nothing or less has no place on such an axis, which then says
        how many they are.
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
    >>> two = pd.DataFrame({"recency_days": [300, 9], "monetary": [20.0, 500.0], "cluster": ["old", "new"]})
    >>> len(plot_clusters(two).collections)
    2
    """
    ax = style.axes(ax, (7.0, 4.2))
    drawn = customers[customers["monetary"] > 0]
    n_not = len(customers) - len(drawn)
    shown, sampled = style.some(drawn)
    for (name, all_of_it), (color, marker, _) in zip(drawn.groupby("cluster", observed=True), LOOKS, strict=False):
        label = drawable(f"{t(str(name))} (n = {number(len(all_of_it))})")
        mine = shown[shown["cluster"] == name]
        ax.scatter(
            mine["recency_days"].clip(lower=1),
            mine["monetary"],
            s=14,
            marker=marker,
            color=color,
            alpha=0.6,
            label=label,
        )
    ax.set(xscale="log", yscale="log")
    label = t("money per customer (logarithmic)")
    if n_not:
        label = t("money per customer (logarithmic; not drawn: {n})", n=number(n_not))
    ax.set(xlabel=t("days since the last purchase (logarithmic)"), ylabel=label)
    style.thousands(ax.xaxis)
    style.amounts(ax.yaxis, currency)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, title=sampled)
    return ax
