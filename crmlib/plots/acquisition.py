"""Figures of winning and keeping: response curves with what was seen, and how many times a kept one a won one costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, find_twin, number, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED
from crmlib.response.fitting import FittedCurve

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmlib.response.curves import ResponseCurve

LOOKS = ((ORANGE, "--", "o"), (BLUE, "-", "s"), (GREEN, "-.", "^"), (GRAY, ":", "D"))
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def plot_response(
    curves: Mapping[str, ResponseCurve | FittedCurve],
    *,
    cells: Mapping[str, pd.DataFrame] | None = None,
    currency: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Response curves, with the band of a fitted one and the cells that were seen.

    Parameters
    ----------
    curves : mapping of str to ResponseCurve or FittedCurve
        By name, at most four. A fitted one has a band: 95 % of the curves that its data would allow.
    cells : mapping of str to DataFrame, optional
        By the same names: n_people, spent and n_success, as in ``acquisition.fit_response_curve``; a mark each.
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
    >>> from crmlib.acquisition import curve_from_answers
    >>> ax = plot_response({"win": curve_from_answers(spending=7, rate=0.2, ceiling=0.4)}, currency="CNY")
    >>> ax.get_xlabel()
    'spent per person'
    """
    ax = style.axes(ax, (7.0, 4.2))
    seen = cells or {}
    most = max([float((one["spent"] / one["n_people"]).max()) for one in seen.values()], default=0.0)
    grid = np.linspace(0, 1.05 * most or 3 / min(_curve(one).k for one in curves.values()), 121)
    for (name, one), (color, dashes, mark) in zip(curves.items(), LOOKS, strict=False):
        if name in seen:
            at, rate = seen[name]["spent"] / seen[name]["n_people"], seen[name]["n_success"] / seen[name]["n_people"]
            ax.plot(at, rate, mark, color=color, alpha=0.3, markersize=4, markeredgewidth=0)
        if isinstance(one, FittedCurve):
            rates = np.array([drawn.rate(grid) for drawn in one.draws(200, seed=1)])
            ax.fill_between(grid, *np.quantile(rates, [0.025, 0.975], axis=0), color=color, alpha=0.2, linewidth=0)
        ax.plot(grid, _curve(one).rate(grid), color=color, linestyle=dashes, linewidth=2, label=_name(name))
    ax.set(xlim=(0, grid[-1]), xlabel=t("spent per person"), ylabel=t("share of people"))
    ax.set_ylim(bottom=0)
    style.amounts(ax.xaxis, currency)
    style.percents(ax.yaxis)
    ax.legend(frameon=False)
    return ax


def _name(aim: str) -> str:
    """An aim in the reader's language: to keep customers is one word in Chinese, to keep a plan another."""
    return drawable(find_twin(f"{aim} (aim)") or t(aim))


def _curve(one: ResponseCurve | FittedCurve) -> ResponseCurve:
    return one.curve if isinstance(one, FittedCurve) else one


def plot_cost_ratios(ratios: pd.DataFrame, *, claim: float | None = None, ax: Axes | None = None) -> Axes:
    """How many times as much a won customer costs as a kept one, by what one assumes; the axis is logarithmic.

    Parameters
    ----------
    ratios : DataFrame
        One row per value of an assumption (index, its name the label of the axis, shares as fractions), one column per
        case, at most four: a `cost_ratio` of ``acquisition.optimal_plan`` each.
    claim : float, optional
        A ratio that somebody claims, as a line.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> ratios = pd.DataFrame({"poor offer": [0.8, 4.0], "good offer": [0.5, 2.0]}, index=[0.1, 0.5])
    >>> plot_cost_ratios(ratios.rename_axis("ceiling"), claim=5).get_xlabel()
    'ceiling'
    """
    ax = style.axes(ax, (7.0, 4.2))
    for (color, dashes, mark), name in zip(LOOKS, ratios.columns, strict=False):
        ax.plot(
            ratios.index,
            ratios[name],
            color=color,
            linestyle=dashes,
            marker=mark,
            markersize=4,
            label=style.name_of(name),
        )
    ax.axhline(1, color=GRAY, linewidth=1)
    if claim is not None:
        ax.axhline(claim, color=RED, linewidth=1.5, linestyle=":", label=t("the claim: {n:g} times", n=claim))
    ax.set_yscale("log")
    found = np.append(ratios.to_numpy(dtype=float).ravel(), [1.0, claim or 1.0])
    low, high = np.nanmin(found) / 1.3, np.nanmax(found) * 1.3
    ax.set_yticks([tick for tick in TICKS if low <= tick <= high], minor=False)
    ax.yaxis.set_major_formatter(lambda value, _: number(value, 1 if value < 1 else 0))
    ax.yaxis.set_minor_formatter(lambda value, _: "")
    ax.set(ylim=(low, high), xlabel=style.name_of(ratios.index.name or ""))
    ax.set_ylabel(t("cost per won / cost per kept (logarithmic)"))
    style.percents(ax.xaxis)
    ax.legend(frameon=False)
    return ax
