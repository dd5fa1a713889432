"""Figures of customer equity: a bridge from period to period, and four kinds of value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import money, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, DARK_ORANGE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = {
    "transaction_value": BLUE,
    "referral_value": ORANGE,
    "growth_value": GREEN,
    "knowledge_value": DARK_ORANGE,
    "passed_on_value": GRAY,
}


def plot_bridge(
    splits: pd.DataFrame,
    *,
    start: str | None = None,
    label: str | None = None,
    currency: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """From the value of one period to that of the next, and on, a step for each part: up is green, down is red.

    The axis begins at 0, so that steps can be compared with the whole.

    Parameters
    ----------
    splits : DataFrame
        One row per period, named after its end: ``before``, ``after``, ``change`` and a column for each part; where
        one row ends the next begins. A result of ``bridge.growth_split``.
    start : str, optional
        The name of the first bar; "before" if left out.
    label : str, optional
        What is measured; "customer equity" if left out.
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
    >>> splits = pd.DataFrame({"before": [800.0], "after": [1200.0], "more": 220.0, "deeper": 180.0, "change": 400.0})
    >>> [text.get_text() for text in plot_bridge(splits, currency="CNY").texts]
    ['¥800', '+¥220', '+¥180', '¥1,200']
    """
    parts = [name for name in splits.columns if name not in ("before", "after", "change")]
    first = splits["before"].iloc[0]
    bars = [(start or t("before"), 0.0, first, BLUE, money(first, currency))]
    for period, row in splits.iterrows():
        level = row["before"]
        for part in parts:
            step = row[part]
            words = ("+" if step > 0 else "") + money(step, currency)
            bars.append((style.name_of(part), level, step, GREEN if step > 0 else RED, words))
            level += step
        bars.append((style.name_of(period), 0.0, row["after"], BLUE, money(row["after"], currency)))
    ax = style.axes(ax, (max(6.5, 1.05 * len(bars)), 3.8))
    for place, (_, bottom, height, color, words) in enumerate(bars):
        ax.bar(place, height, bottom=bottom, color=color, width=0.65)
        ax.text(place, max(bottom, bottom + height), words, ha="center", va="bottom")
        if place + 1 < len(bars):
            ax.plot([place - 0.325, place + 1.325], 2 * [bottom + height], color=GRAY, linewidth=0.7)
    ax.axhline(0, color=GRAY, linewidth=0.7)
    ax.set_xticks(range(len(bars)), [name for name, *_ in bars])
    ends = np.array([[bottom, bottom + height] for _, bottom, height, *_ in bars])
    ax.set(ylim=(min(0, 1.1 * ends.min()), 1.1 * max(ends.max(), 0) or 1), ylabel=label or t("customer equity"))
    style.amounts(ax.yaxis, currency)
    return ax


def plot_kinds_of_value(
    values: pd.DataFrame, *, n: int | None = None, currency: str | None = None, ax: Axes | None = None
) -> Axes:
    """The customers with the highest total, each as a bar of the kinds of value it is made of.

    What is negative lies left of 0: losses, and what is passed on to the account of whoever recommended them.

    Parameters
    ----------
    values : DataFrame
        One row per customer: a result of ``engagement.kinds_of_value``.
    n : int, optional
        How many customers; 20 if left out.
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
    >>> values = pd.DataFrame({f"{kind}_value": [1.0] for kind in ("transaction", "referral", "growth", "knowledge")})
    >>> values = values.assign(passed_on_value=0.0, total_value=4.0)
    >>> plot_kinds_of_value(values, currency="CNY").get_xlabel()
    'value'
    """
    best = values.sort_values("total_value", ascending=False, kind="stable").head(n or 20)
    ax = style.axes(ax, (8.0, 1.2 + 0.22 * len(best)))
    heights = style.rows(ax, best.index)
    right, left = np.zeros(len(best)), np.zeros(len(best))
    for kind, color in KINDS.items():
        amount = best[kind].to_numpy(dtype=float)
        up, down = amount.clip(min=0), amount.clip(max=0)
        ax.barh(heights, up, left=right, color=color, height=0.7, label=style.name_of(kind.replace("_", " ")))
        ax.barh(heights, down, left=left, color=color, height=0.7)
        right, left = right + up, left + down
    ax.plot(best["total_value"], heights, "D", color="black", markersize=4, linestyle="none", label=t("total"))
    ax.axvline(0, color=GRAY, linewidth=0.7)
    room = 0.03 * (right.max() - left.min())
    ax.set(xlim=(left.min() - room, right.max() + room))
    ax.set_xlabel(t("value"))
    style.amounts(ax.xaxis, currency)
    ax.legend(frameon=False, loc="lower right")
    return ax
