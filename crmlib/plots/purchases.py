"""Figures of models of purchase: what they said before the cut beside what came after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORECASTS = ((ORANGE, "--", "s"), (GREEN, "-.", "^"), (RED, ":", "D"), (GRAY, (0, (5, 1, 1, 1)), "v"))


def plot_holdout_totals(table: pd.DataFrame, *, unit: str | None = None, ax: Axes | None = None) -> Axes:
    """Purchases since the cut, added up over time: what came, and a line for each forecast.

    Parameters
    ----------
    table : DataFrame
        One row per period with ``actual``: a result of ``holdout.cumulative_purchases``; each other column is a
        forecast of the same.
    unit : str, optional
        What a period is, "week" for example; nothing is said below the axis but "periods" if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> table = pd.DataFrame({"actual": [10, 25], "model": [12.0, 23.0]}, index=[1, 2])
    >>> plot_holdout_totals(table, unit="week").get_xlabel()
    'weeks after the cut'
    """
    ax = style.axes(ax, (7.0, 3.8))
    ax.plot(table.index, table["actual"], color=BLUE, linewidth=2.4, label=t("really"))
    for name, (color, line, _) in _forecasts(table):
        ax.plot(table.index, table[name], color=color, linestyle=line, linewidth=1.8, label=style.name_of(name))
    ax.set(xlim=(0, None), ylim=(0, None), ylabel=t("purchases since the cut"), xlabel=_after_the_cut(unit))
    style.thousands(ax.yaxis)
    ax.legend(frameon=False, loc="upper left")
    return ax


def plot_frequency_groups(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Purchases per customer after the cut by repeat purchases before it: what came, and a mark for each forecast.

    Parameters
    ----------
    table : DataFrame
        One row per number of repeat purchases: a result of ``holdout.frequency_table``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> table = pd.DataFrame({"n_customers": [20, 5], "actual": [0.2, 3.0], "model": [0.3, 2.5]}, index=["0", "1+"])
    >>> [text.get_text() for text in plot_frequency_groups(table).get_legend().get_texts()]
    ['model', 'really']
    """
    ax = style.axes(ax, (7.0, 3.8))
    places = np.arange(len(table))
    ax.bar(places, table["actual"], width=0.6, color=BLUE, alpha=0.55, label=t("really"))
    for name, (color, line, mark) in _forecasts(table.drop(columns="n_customers")):
        look = {"color": color, "linestyle": line, "marker": mark, "markersize": 6}
        ax.plot(places, table[name], **look, label=style.name_of(name))
    ax.set_xticks(places, table.index)
    ax.set(xlabel=t("repeat purchases before the cut"), ylabel=t("purchases after the cut, each"))
    ax.legend(frameon=False, loc="upper left")
    return ax


def plot_alive_groups(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Customers by their predicted chance to be alive: that chance, the chance to buy, and the share who bought.

    Parameters
    ----------
    table : DataFrame
        One row per group: a result of ``holdout.alive_table``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> columns = ["n_customers", "alive_rate", "chance_rate", "again_rate", "low_rate", "high_rate"]
    >>> table = pd.DataFrame([[50, 0.3, 0.2, 0.25, 0.15, 0.38]], index=["20 to 40%"], columns=columns)
    >>> [text.get_text() for text in plot_alive_groups(table).get_legend().get_texts()]
    ['predicted to buy', 'predicted alive', 'bought (95% interval)']
    """
    ax = style.axes(ax, (7.0, 3.8))
    places = np.arange(len(table))
    ax.bar(places, table["alive_rate"], width=0.6, color=GRAY, alpha=0.35, label=t("predicted alive"))
    if "chance_rate" in table:
        ax.plot(places, table["chance_rate"], "s", color=ORANGE, markersize=8, label=t("predicted to buy"))
    ends = np.abs([table["again_rate"] - table["low_rate"], table["high_rate"] - table["again_rate"]])
    ax.errorbar(
        places, table["again_rate"], yerr=ends, fmt="o", color=BLUE, capsize=4, label=t("bought (95% interval)")
    )
    ax.set_xticks(places, [style.name_of(name) for name in table.index])
    ax.set(ylim=(0, 1.02), xlabel=t("predicted chance to be alive at the cut"), ylabel=t("share of the group"))
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="upper left")
    return ax


def _forecasts(table: pd.DataFrame) -> list[tuple[str, tuple]]:
    names = [name for name in table.columns if name != "actual"]
    return [(name, FORECASTS[place % len(FORECASTS)]) for place, name in enumerate(names)]


def _after_the_cut(unit: str | None) -> str:
    words = {
        None: t("periods after the cut"),
        "day": t("days after the cut"),
        "week": t("weeks after the cut"),
        "month": t("months after the cut"),
        "year": t("years after the cut"),
    }
    return words.get(unit, words[None])
