"""Figures of concentration: Lorenz curves, read off with the sentence they mean, and what the period does to them.

One orientation everywhere: the smallest customers stand on the left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import require
from crmlib.language import drawable, number, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, DARK_ORANGE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_lorenz(
    curve: pd.DataFrame, *, claims: pd.DataFrame | None = None, best: float | None = None, ax: Axes | None = None
) -> Axes:
    """The Lorenz curve under the line of equal shares, and how to read a point of it.

    Parameters
    ----------
    curve : DataFrame
        A result of ``concentration.lorenz_curve``: ``customer_share`` and ``value_share``, smallest customers first.
    claims : DataFrame, optional
        Points to hold the curve against, one row per claim (its name is the index): ``customer_share``,
        the best customers' share of all customers, and ``value_share``, the share of value they are said
        to bring. A claim of 20 and 80 stands at 80 and 20: the other 80 % bring the other 20 %.
    best : float, optional
        Share of the best customers to read off, from 0 to 1: lines to both axes, and what they mean.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> curve = pd.DataFrame({"customer_share": [0, 0.5, 1], "value_share": [0, 0.25, 1]})
    >>> ax = plot_lorenz(curve, best=0.5)
    >>> print(ax.get_legend_handles_labels()[1][-1])
    the smallest 50% bring 25.0%,
    so the best 50% bring 75.0%
    """
    ax = _square(ax)
    x, y = style.thin(curve["customer_share"], curve["value_share"])
    ax.plot(x, y, color=BLUE, linewidth=2, label=t("these customers"))
    ax.fill_between(x, y, x, color=BLUE, alpha=0.12, linewidth=0)
    if best is not None:
        _read_off(curve, best, ax)
    _finish(ax, claims)
    return ax


def plot_lorenz_curves(
    curves: Mapping[str, pd.DataFrame], *, claims: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """The Lorenz curves of several firms on the same axes: the lower one is more concentrated.

    When something else is right: `plot_lorenz` for one firm, with the lines to read a point off.

    Parameters
    ----------
    curves : mapping of str to DataFrame
        By the name of the firm, at most four: results of ``concentration.lorenz_curve``.
    claims : DataFrame, optional
        As in `plot_lorenz`.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> curve = pd.DataFrame({"customer_share": [0, 0.5, 1], "value_share": [0, 0.25, 1]})
    >>> len(plot_lorenz_curves({"grocer": curve, "bookshop": curve}).get_lines())  # and the line of equal shares
    3
    """
    ax = _square(ax)
    looks = ((BLUE, "-"), (GREEN, "-."), (ORANGE, "--"), (GRAY, ":"))
    for (name, curve), (color, line) in zip(curves.items(), looks, strict=False):
        x, y = style.thin(curve["customer_share"], curve["value_share"])
        ax.plot(x, y, color=color, linestyle=line, linewidth=2, label=style.name_of(name))
    _finish(ax, claims)
    return ax


def _square(ax: Axes | None) -> Axes:
    """Axes with the line on which all customers bring the same."""
    ax = style.axes(ax, (5.2, 4.5))
    ax.plot([0, 1], [0, 1], color=GRAY, linewidth=1, linestyle="--", label=t("all customers equal"))
    return ax


def _read_off(curve: pd.DataFrame, best: float, ax: Axes) -> None:
    """Up from the share of customers to the curve, and to the share of value; the legend says what it means."""
    require.share(best, "best")
    small = 1 - best
    little = float(np.interp(small, curve["customer_share"], curve["value_share"]))
    first = t("the smallest {small} bring {little},", small=percent(small, 0), little=percent(little))
    label = first + "\n" + t("so the best {best} bring {much}", best=percent(best, 0), much=percent(1 - little))
    ax.plot([small, small, 0], [0, little, little], color=ORANGE, linewidth=1.5, linestyle=":", label=label)
    ax.plot(small, little, "o", color=ORANGE, markersize=7)


def _finish(ax: Axes, claims: pd.DataFrame | None) -> None:
    """The points of the claims, the axes and the legend."""
    if claims is not None:
        for (name, claim), marker in zip(claims.iterrows(), "osD^vP*X", strict=False):
            point = (1 - claim["customer_share"], 1 - claim["value_share"])
            label = t("claim {name}", name=drawable(name))
            ax.plot(*point, marker=marker, color=RED, markersize=7, linestyle="none", label=label, clip_on=False)
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.set_xlabel(t("share of customers, smallest first"))
    ax.set_ylabel(t("share of value"))
    style.percents(ax.xaxis)
    style.percents(ax.yaxis)
    ax.legend(loc="upper left", frameon=False)


def plot_windows(windows: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The best fifth's share of value, by the length of the period looked at.

    Parameters
    ----------
    windows : DataFrame
        One row per period (index ``window_days``): ``top_20_share`` among those
        who bought in it, and ``top_20_share_of_all_known`` among all customers
        ever seen.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> shares = {"top_20_share": [0.5, 0.7], "top_20_share_of_all_known": [0.9, 0.8]}
    >>> plot_windows(pd.DataFrame(shares, index=[30, 365])).get_xlabel()
    'length of the period, days (steps not to scale)'
    """
    ax, places = style.axes(ax), np.arange(len(windows))  # to scale, the short periods would stand on each other
    ax.axhline(0.8, color=RED, linestyle="--", linewidth=1, label=t("what 80/20 says"))
    series = (
        ("top_20_share_of_all_known", t("of all customers ever seen"), ORANGE, DARK_ORANGE, "s", 9),
        ("top_20_share", t("of those who bought in the period"), BLUE, BLUE, "o", -17),
    )
    behind = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8}
    for name, label, color, ink, marker, above in series:
        ax.plot(places, windows[name], color=color, marker=marker, linewidth=2, label=label)
        for place, share in zip(places, windows[name], strict=True):
            text = ax.annotate(percent(share, 0), (place, share), xytext=(0, above), textcoords="offset points")
            text.set(ha="center", color=ink, bbox=behind)
    ax.set_xticks(places, [number(days) for days in windows.index])
    ax.set(ylim=(0, 1.1), xlim=(-0.4, len(windows) - 0.6))
    ax.set(xlabel=t("length of the period, days (steps not to scale)"), ylabel=t("share of value of the best fifth"))
    style.percents(ax.yaxis)
    ax.legend(loc="lower left", frameon=False)
    return ax
