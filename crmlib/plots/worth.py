"""Figures of what customers are worth: beside the chance that they are still there, and until when one goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.customer_index import look_up
from crmlib.language import t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_worth_map(
    worth: pd.DataFrame, *, chosen: pd.Series | None = None, currency: str | None = None, ax: Axes | None = None
) -> Axes:
    """What each customer would be worth if still there, beside the chance that they are; some of them marked.

    Of more than 5,000 customers so many are drawn at random, which the legend says.

    Parameters
    ----------
    worth : DataFrame
        A result of ``worth.purchase_value``: probability_alive and value_if_alive.
    chosen : Series, optional
        True for customers to mark, indexed as worth.
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
    >>> table = pd.DataFrame({"probability_alive": [0.9, 0.2], "value_if_alive": [80.0, 400.0]})
    >>> [text.get_text() for text in plot_worth_map(table, chosen=pd.Series([False, True])).get_legend().get_texts()]
    ['customers', 'chosen']
    """
    ax = style.axes(ax, (7.0, 4.4))
    has_place = (worth["value_if_alive"] > 0).to_numpy()  # on a logarithmic axis
    shown, sampled = style.some(worth[has_place])
    is_chosen = np.zeros(len(shown), dtype=bool)
    if chosen is not None:
        is_chosen = look_up(chosen, shown.index).to_numpy(dtype=bool)
    others, marked = shown[~is_chosen], shown[is_chosen]
    ax.scatter(others["probability_alive"], others["value_if_alive"], s=9, color=GRAY, alpha=0.5, label=t("customers"))
    if len(marked):
        ax.scatter(
            marked["probability_alive"], marked["value_if_alive"], s=34, color=RED, marker="D", label=t("chosen")
        )
    if len(marked) or sampled:
        ax.legend(frameon=False, loc="lower left", title=sampled)
    ax.set_yscale("log")
    ax.set(
        xlim=(-0.02, 1.02),
        xlabel=t("probability of still being a customer"),
        ylabel=t("value if still a customer (logarithmic)"),
    )
    style.percents(ax.xaxis)
    style.amounts(ax.yaxis, currency)
    return ax


def plot_stopping(values: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """What a customer of each state of recency is worth, under one way of going on or several; below 0 it is a loss.

    Parameters
    ----------
    values : DataFrame
        One row per state, in order; one column per way, at most three, such as results of ``value.markov_value`` with
        and without the right to stop.
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
    >>> table = pd.DataFrame({"never stops": [50.0, -2.0], "may stop": [53.0, 0.0]}, index=[0, 1])
    >>> [line.get_label() for line in plot_stopping(table).get_lines()[:2]]
    ['never stops', 'may stop']
    """
    ax = style.axes(ax, (7.0, 3.8))
    looks = ((RED, "--", "s"), (BLUE, "-", "o"), (GRAY, ":", "^"))
    places = range(len(values))
    for (name, column), (color, dashes, marker) in zip(values.items(), looks, strict=False):
        ax.plot(places, column, color=color, linestyle=dashes, marker=marker, label=style.name_of(name))
    ax.axhline(0, color=GRAY, linewidth=1)
    ax.set_xticks(places, [style.name_of(state) for state in values.index])
    ax.set(xlabel=t("periods since the last purchase"), ylabel=t("value of a customer"))
    style.amounts(ax.yaxis, currency)
    ax.legend(frameon=False)
    return ax
