"""Figures of growth: where it came from, and what chance alone would have moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import money, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_growth(table: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """From the sales of one period to those of the next, a step for each group: what came, rose, fell and went.

    Parameters
    ----------
    table : DataFrame
        One row per group with ``before``, ``after`` and ``change``: a result of ``growth.growth_table``.
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
    >>> table = pd.DataFrame(
    ...     {"before": [0.0, 10.0], "after": [8.0, 0.0], "change": [8.0, -10.0]}, index=["acquired", "gone"]
    ... )
    >>> [text.get_text() for text in plot_growth(table, currency="CNY").texts]
    ['¥10', '+¥8', '−¥10', '¥8']
    """
    ax = style.axes(ax, (8.0, 3.8))
    steps = table.loc[table["change"] != 0, "change"]
    start, end = table["before"].sum(), table["after"].sum()
    ends = start + steps.cumsum().to_numpy()
    lows = np.minimum(ends, ends - steps.to_numpy())
    tops = np.concatenate([[start], np.maximum(ends, ends - steps.to_numpy()), [end]])
    colors = [BLUE, *np.where(steps > 0, GREEN, RED), BLUE]
    heights = np.concatenate([[start], steps.abs(), [end]])
    ax.bar(range(len(heights)), heights, bottom=[0, *lows, 0], color=colors, width=0.65)
    for place, level in enumerate(np.concatenate([[start], ends])):
        ax.plot([place - 0.325, place + 1.325], [level, level], color=GRAY, linewidth=0.7)
    plus = ["+" if change > 0 else "" for change in steps]
    amounts = [
        money(start, currency),
        *map(str.__add__, plus, [money(x, currency) for x in steps]),
        money(end, currency),
    ]
    for place, (top, amount) in enumerate(zip(tops, amounts, strict=True)):
        ax.text(place, top, amount, ha="center", va="bottom")
    names = [t("before"), *map(style.name_of, steps.index), t("after")]
    ax.set_xticks(range(len(names)), names)
    ax.set(ylim=(0, tops.max() * 1.1), ylabel=t("sales"))
    style.amounts(ax.yaxis, currency)
    return ax


def plot_beside_chance(table: pd.DataFrame, *, label: str | None = None, ax: Axes | None = None) -> Axes:
    """What was found beside what chance alone does: a mark and a band for each row.

    Parameters
    ----------
    table : DataFrame
        One row per group: ``found``, and the ends of the band, ``lowest_by_chance`` and ``highest_by_chance``;
        shares.
    label : str, optional
        What is measured, below the axis.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"found": [0.5], "lowest_by_chance": [0.4], "highest_by_chance": [0.7]}, index=["VIP"]
    ... )
    >>> plot_beside_chance(table, label="share who stay").get_xlabel()
    'share who stay'
    """
    ax = style.axes(ax, (8.0, 3.0))
    heights = style.rows(ax, table.index)
    low, width = table["lowest_by_chance"], table["highest_by_chance"] - table["lowest_by_chance"]
    ax.barh(heights, width, left=low, height=0.5, color=ORANGE, alpha=0.6, label=t("if nobody changed"))
    ax.plot(table["found"], heights, "D", color=BLUE, label=t("really"))
    ax.set_xlabel(label or "")
    style.shares_along(ax)
    return ax
