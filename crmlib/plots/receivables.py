"""The figure of what is owed: how much is not due yet, and how much since how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crmlib.language import drawable, money, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_ageing(ages: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """How much is owed of each age, with its share of all: what is not due yet on top, the oldest below.

    When something else is right: the list of customers, for whom to call; a few of them owe most of an age.

    Parameters
    ----------
    ages : DataFrame
        A result of ``receivables.age_receivables``.
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
    >>> ages = pd.DataFrame({"amount": [75.0, 25.0], "amount_share": [0.75, 0.25]}, index=["not due", "overdue"])
    >>> [text.get_text() for text in plot_ageing(ages, currency="CNY").texts]
    ['¥75 (75%)', '¥25 (25%)']
    """
    ax = style.axes(ax, (7.0, 1.0 + 0.42 * len(ages)))
    heights = style.rows(ax, ages.index)
    # Not due, late, and the oldest: three looks, and the names at the side say the same.
    colors = [BLUE, *[ORANGE] * (len(ages) - 2), RED][: len(ages)]
    ax.barh(heights, ages["amount"], height=0.66, color=colors)
    most = ages["amount"].max()
    for height, (amount, share) in zip(heights, ages[["amount", "amount_share"]].to_numpy(dtype=float), strict=True):
        said = t("{amount} ({share})", amount=money(amount, currency), share=percent(share, 0))
        ax.text(amount + 0.01 * most, height, drawable(said), va="center", fontsize="small")
    ax.set(xlabel=t("owed"), xlim=(0, most * 1.25 if most > 0 else 1))
    style.amounts(ax.xaxis, currency)
    ax.locator_params(axis="x", nbins=5)
    ax.tick_params(axis="y", length=0)
    return ax
