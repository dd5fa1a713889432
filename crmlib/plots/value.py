"""Figures of what customers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmlib.language import drawable, number, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def plot_carry_forward(table: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """What groups brought in a first period, and what came of it later: of all of them, and of those still here.

    Parameters
    ----------
    table : DataFrame
        One row per group, the lowest first: a result of ``value.carry_forward``; the third bar needs its is_here.
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
    >>> import pandas as pd
    >>> table = pd.DataFrame({"before": [-20, 80], "after": [-5, 60]}, index=[1, 2])
    >>> [text.get_text() for text in plot_carry_forward(table).get_legend().get_texts()]
    ['first period', 'later, all of them']
    """
    ax = style.axes(ax, (7.5, 4.0))
    bars = [("before", GRAY, t("first period")), ("after", BLUE, t("later, all of them"))]
    if "after_here" in table:
        bars.append(("after_here", ORANGE, t("later, those still here")))
    width, places = 0.8 / len(bars), range(len(table))
    for i, (column, color, label) in enumerate(bars):
        offset = (i - (len(bars) - 1) / 2) * width
        ax.bar([place + offset for place in places], table[column], width=width, color=color, label=label)
    ax.axhline(0, color=GRAY, linewidth=1)
    ax.set_xticks(list(places), [style.name_of(name) for name in table.index])
    ax.set(xlabel=t("groups by the first period, the lowest on the left"), ylabel=t("mean of a customer"))
    style.amounts(ax.yaxis, currency)
    ax.legend(frameon=False)
    return ax


def plot_sensitivity(table: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """What a value hangs on, a tornado: a bar for each factor, from the value at its low end to that at its high end.

    Parameters
    ----------
    table : DataFrame
        One row per factor, the widest first: a result of ``value.sensitivity``.
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
    >>> import pandas as pd
    >>> table = pd.DataFrame({"low": [80, 2], "high": [120, 6]}, index=["profit", "n_years"])
    >>> table = table.assign(value_at_low=[199, 174], value_at_base=249, value_at_high=[298, 436])
    >>> [text.get_text() for text in plot_sensitivity(table, currency="CNY").texts[:2]]
    ['80', '120']
    """
    ax = style.axes(ax, (7.0, 1.6 + 0.55 * len(table)))
    heights = style.rows(ax, [str(name).replace("_", " ") for name in table.index])  # arguments, as they are read
    base = table["value_at_base"]
    reach = (table[["value_at_low", "value_at_high"]].max(axis=1) - base).abs().max()
    for end, color, label in (("low", ORANGE, t("factor at its low end")), ("high", BLUE, t("factor at its high end"))):
        to = table[f"value_at_{end}"]
        ax.barh(heights, to - base, left=base, height=0.6, color=color, label=label)
    gap = 0.02 * (reach or 1.0)
    for height, (_, row) in zip(heights, table.iterrows(), strict=True):
        for end, other in (("low", "high"), ("high", "low")):
            here, there = row[f"value_at_{end}"], row[f"value_at_{other}"]
            is_left = here < there or (here == there and end == "low")
            place, side = (here - gap, "right") if is_left else (here + gap, "left")
            ax.text(place, height, drawable(_written(row[end])), ha=side, va="center", fontsize="small")
    ax.axvline(base.iloc[0], color=GRAY, linewidth=1)
    ax.margins(x=0.12)
    ax.set_xlabel(t("value of the customer"))
    ax.locator_params(axis="x", nbins=6)  # amounts are long
    style.amounts(ax.xaxis, currency)
    ax.tick_params(axis="y", length=0)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


def _written(end: float) -> str:
    """A rate as percent, an amount as a number."""
    return percent(end) if 0 < abs(end) < 1 else number(end, 0 if end == round(end) or abs(end) >= 100 else 1)
