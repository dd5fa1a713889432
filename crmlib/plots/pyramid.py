"""Figures of chapter 2: the pyramid, the whale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import money, number, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_tiers(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The customer pyramid: each slice's area is its share of customers, the bar beside it its share of value.

    Parameters
    ----------
    table : DataFrame
        One row per tier, best first, with ``n_customers``, ``customer_share``
        and ``value_share``: a result of ``pyramid.tier_table``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> tiers = pd.DataFrame(
    ...     {"n_customers": [2, 8], "customer_share": [0.2, 0.8], "value_share": [0.7, 0.3]}, index=["VIP", "small"]
    ... )
    >>> plot_tiers(tiers).texts[0].get_text()
    'VIP'
    """
    ax = style.axes(ax, (8.0, 4.4))
    # In a triangle of height 1 the part above depth h has the area h squared.
    depth = np.sqrt(np.concatenate([[0.0], table["customer_share"].cumsum().clip(upper=1)]))
    rows = np.linspace(0.94, 0.10, len(table))
    for position, (name, tier) in enumerate(table.iterrows()):
        top, bottom = depth[position], depth[position + 1]
        color = style.shade(position)
        corners = [(-top, 1 - top), (top, 1 - top), (bottom, 1 - bottom), (-bottom, 1 - bottom)]
        ax.fill(*zip(*corners, strict=True), color=color, edgecolor="white", linewidth=1.5)
        middle, y = 1 - (top + bottom) / 2, rows[position]
        ax.plot([(top + bottom) / 2, 1.15], [middle, y], color=GRAY, linewidth=0.7)
        ax.text(1.2, y, style.name_of(name), va="center", fontsize="large")
        counted = t("{n} customers, {share}", n=number(tier["n_customers"]), share=percent(tier["customer_share"]))
        ax.text(1.2, y - 0.075, counted, va="center", color="#444444")
        share = tier["value_share"]
        if pd.notna(share):
            ax.barh(y, max(share, 0) * 1.5, left=2.55, height=0.12, color=color, edgecolor=GRAY, linewidth=0.5)
            ax.text(2.6 + max(share, 0) * 1.5, y, percent(share), va="center")
    ax.text(0, 1.06, t("share of customers (area)"), ha="center", color="#444444")
    ax.text(2.55, 1.06, t("share of value (bar)"), ha="left", color="#444444")
    ax.set(xlim=(-1.05, 4.2), ylim=(-0.03, 1.12))
    ax.axis("off")
    return ax


def plot_pyramid(tiers: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """The pyramid standing, and what its tiers bring standing on its head: many small ones below, much money above.

    Three towers of one band per tier, best on top. The width of a band is, on the left, the tier's
    share of the customers; in the middle its share of the value, on the same scale; on the right what
    one customer brings, the largest band as wide as the widest on the left. When something else is
    right: `plot_tiers`, one triangle whose slices' areas are the shares.

    Parameters
    ----------
    tiers : DataFrame
        One row per tier, best first, with ``n_customers``, ``customer_share``, ``value_share``
        and ``mean``: a result of ``pyramid.tier_table``. What is missing or negative gets no band.
    currency : str, optional
        Sign before the money of one customer, an ISO 4217 code; none if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> shares = {"customer_share": [0.2, 0.8], "value_share": [0.7, 0.3]}
    >>> tiers = pd.DataFrame({"n_customers": [2, 8], **shares, "mean": [35.0, 3.75]}, index=["VIP", "small"])
    >>> len(plot_pyramid(tiers).containers)  # towers
    3
    """
    ax = style.axes(ax, (9.5, 4.2))
    largest = tiers["mean"].max()
    scale = tiers["customer_share"].max() / largest if largest > 0 else 0
    towers = (
        (0.5, tiers["customer_share"], tiers["customer_share"].map(percent), t("share of customers")),
        (1.6, tiers["value_share"], tiers["value_share"].map(percent), t("share of the money")),
        (2.7, tiers["mean"] * scale, [money(x, currency) for x in tiers["mean"]], t("money per customer")),
    )
    heights = np.arange(len(tiers))[::-1]
    colors = [style.shade(position) for position in range(len(tiers))]
    for center, width, texts, heading in towers:
        width = width.fillna(0).clip(lower=0).to_numpy(dtype=float)
        ax.barh(heights, width, left=center - width / 2, height=0.9, color=colors, edgecolor=GRAY, linewidth=0.5)
        for height, half, text in zip(heights, width / 2, texts, strict=True):
            ax.text(center + half + 0.03, height, text, va="center")
        ax.text(center, len(tiers) - 0.35, heading, ha="center", color="#444444")
    for height, (name, tier) in zip(heights, tiers.iterrows(), strict=True):
        ax.text(-0.1, height + 0.1, style.name_of(name), ha="right", va="center", fontsize="large")
        count = number(tier["n_customers"])
        ax.text(-0.1, height - 0.24, count, ha="right", va="center", color="#444444")
    ax.set(xlim=(-0.5, 3.4), ylim=(-0.6, len(tiers) - 0.1))
    ax.axis("off")
    return ax


def plot_whale(curve: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """The whale curve as a whale: its back above the waterline is profit that was earned and lost again.

    The waterline is the total. What rises above it was earned by the customers on the left and
    taken back by those to the right of the peak; the arrow gives the amount.

    Parameters
    ----------
    curve : DataFrame
        A result of ``profitability.whale_curve``: ``customer_share`` and cumulative ``profit``.
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
    >>> curve = pd.DataFrame({"customer_share": [0, 0.5, 1], "profit": [0.0, 120, 100]})
    >>> plot_whale(curve, currency="CNY").texts[0].get_text()
    'peak ¥120'
    """
    ax = style.axes(ax)
    x, y = style.thin(curve["customer_share"], curve["profit"])
    total, peak = y[-1], int(y.argmax())
    low, high = min(y.min(), 0.0), max(y.max(), 0.0)
    room = (high - low) or 1.0
    ax.fill_between(x, low - room, y, color=BLUE, alpha=0.30, linewidth=0)  # the whale, mostly under water
    ax.fill_between(x, total, y, where=y >= total, interpolate=True, color="#23445C", linewidth=0)  # its back
    ax.axhspan(low - room, total, color=BLUE, alpha=0.12, linewidth=0, zorder=0)
    ax.axhline(total, color=BLUE, linewidth=1.2)
    ax.plot(x[: peak + 1], y[: peak + 1], color="#23445C", linewidth=2)
    ax.plot(x[peak:], y[peak:], color=RED, linewidth=2.5)
    ax.plot(x[peak], y[peak], marker="o", color=RED)
    label = t("peak {amount}", amount=money(y[peak], currency))
    ax.annotate(label, (x[peak], y[peak]), xytext=(0, 8), textcoords="offset points", ha="center", color=RED)
    label = t("total {amount}", amount=money(total, currency))
    ax.annotate(label, (1, total), xytext=(-4, -15), textcoords="offset points", ha="right", color="#23445C")
    if y[peak] - total > 0.02 * room:
        ax.annotate(
            "",
            (1.02, total),
            (1.02, y[peak]),
            arrowprops={"arrowstyle": "-|>", "color": RED, "linewidth": 2},
            annotation_clip=False,
        )
        lost = t("lost again") + "\n" + money(y[peak] - total, currency)
        ax.text(1.04, (total + y[peak]) / 2, lost, color=RED, va="center")
        # An eye, so that nobody forgets what the picture is: inside the body, a little below the waterline.
        eye = float(np.interp(total - 0.12 * room, y[: peak + 1], x[: peak + 1])) + 0.03
        ax.plot(eye, total - 0.17 * room, marker="o", markersize=8, color="white", markeredgecolor="#23445C")
        ax.plot(eye, total - 0.17 * room, marker="o", markersize=3, color="black")
    ax.set(xlim=(0, 1), ylim=(low, high + 0.14 * room))
    ax.set(xlabel=t("share of customers, most profitable first"), ylabel=t("profit added up"))
    style.percents(ax.xaxis)
    style.amounts(ax.yaxis, currency)
    return ax
