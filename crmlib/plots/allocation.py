"""Figures of spending by what the next unit of money brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib import allocation
from crmlib.language import money, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = (("#08306B", "-"), (BLUE, "--"), (GREEN, "-."), (ORANGE, ":"))
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def plot_next_return(
    curves: pd.DataFrame, *, plan: pd.DataFrame | None = None, currency: str | None = None, ax: Axes | None = None
) -> Axes:
    """What the next unit of money brings in each tier, by what is spent there already: every curve falls.

    The axis of the return is logarithmic, so that no curve is cut. Below the line at 1 the next unit does not
    bring itself back.

    Parameters
    ----------
    curves : DataFrame
        One row per tier: ``n_customers``, ``ceiling`` and ``half_at``, as in ``allocation.expected_gain``.
    plan : DataFrame, optional
        A result of ``allocation.allocate_budget``: a dot where each tier stands.
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
    >>> curves = pd.DataFrame({"n_customers": [10], "ceiling": [80.0], "half_at": [50.0]}, index=["VIP"])
    >>> plot_next_return(curves, currency="CNY").get_xlabel()
    'spent on the tier'
    """
    ax = style.axes(ax, (7.5, 4.2))
    most = 1000.0 if plan is None or not plan["spending"].max() > 0 else 1.5 * plan["spending"].max()
    grid = np.linspace(0, most, 201)
    for (color, line), name in zip(LOOKS, curves.index, strict=False):
        along = curves.loc[[name] * len(grid)].set_axis(grid)  # one tier, at each spending of the grid
        slope = allocation.marginal_gain(along, pd.Series(grid, index=grid))
        ax.plot(grid, slope, color=color, linestyle=line, linewidth=2, label=style.name_of(name))
        if plan is not None:
            here = allocation.marginal_gain(curves, plan["spending"])
            ax.plot(plan.loc[name, "spending"], here[name], "o", color=color, markersize=9, clip_on=False)
    ax.axhline(1, color=RED, linestyle="--", linewidth=1, label=t("brings itself back"))
    ax.set_yscale("log")
    low, high = ax.get_ylim()
    ax.set_yticks([tick for tick in TICKS if low <= tick <= high], minor=False)
    ax.yaxis.set_major_formatter(lambda value, _: money(value, currency, 1 if value < 1 else 0))
    ax.yaxis.set_minor_formatter(lambda value, _: "")
    ax.set(xlim=(0, most), ylim=(low, high))
    ax.set(xlabel=t("spent on the tier"), ylabel=t("what the next unit brings (logarithmic)"))
    ax.tick_params(axis="y", which="minor", color=GRAY)
    style.amounts(ax.xaxis, currency)
    ax.legend(frameon=False)
    return ax
