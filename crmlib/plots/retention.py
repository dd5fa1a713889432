"""Figures of who stays: survival beside what models predict, and what a claim about less churn needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from crmlib.language import drawable, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = ((BLUE, "-"), (ORANGE, "--"), (RED, ":"), (GRAY, "-."))
LEFT_OUT = 0.05  # of the height stays free above the highest claim


def plot_retention_gain(
    gains: Mapping[str, pd.DataFrame] | pd.DataFrame, *, claims: Sequence[float] | None = None, ax: Axes | None = None
) -> Axes:
    """By how much a customer is worth more at each retention rate: by points, and by a part of the churn.

    Parameters
    ----------
    gains : DataFrame or mapping of str to DataFrame
        A result of ``keeping.retention_gain``, or up to four by name: several discount rates, for example. The gain of
        a relative cut, which hardly differs between them, is drawn once, for the first.
    claims : sequence of float, optional
        Gains that somebody claims, as horizontal lines: 0.25 is 25 %.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> from crmlib import keeping
    >>> gains = keeping.retention_gain([0.5, 0.8, 0.9], discount_rate=0.1, first_payment="now")
    >>> [text.get_text() for text in plot_retention_gain(gains, claims=[0.25]).get_legend().get_texts()]
    ['churn less by points', 'churn less by a part of itself']
    """
    ax = style.axes(ax)
    tables = gains if isinstance(gains, Mapping) else {t("churn less by points"): gains}
    for (name, table), (color, dashes) in zip(tables.items(), LOOKS, strict=False):
        ax.plot(table["gain_of_points_share"], color=color, linestyle=dashes, label=style.name_of(name))
    first = next(iter(tables.values()))
    part = t("churn less by a part of itself")
    ax.plot(first["gain_of_relative_share"], color=GRAY, linewidth=2.5, label=part)
    for claim in claims or ():
        ax.axhline(claim, color=GRAY, linewidth=0.8)
        ax.annotate(percent(claim, 0), (0, claim), xycoords=("axes fraction", "data"), xytext=(4, 3),
                    textcoords="offset points", color=GRAY, fontsize="small")  # fmt: skip
    top = max([*(claims or ()), 0.0]) * (1 + LEFT_OUT) or None
    if top:
        ax.set_ylim(0, top)
    ax.set(xlabel=t("retention rate before"), ylabel=t("one customer is worth more by"))
    style.percents(ax.xaxis)
    style.percents(ax.yaxis)
    ax.legend(loc="upper left", bbox_to_anchor=(0.09, 0.97), frameon=True, framealpha=1, edgecolor="none")
    return ax


def plot_survival(
    survival: pd.Series,
    *,
    models: Mapping[str, pd.Series] | None = None,
    until: float | None = None,
    unit: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The share of a cohort that is still there, beside what models predict.

    Parameters
    ----------
    survival : Series
        By the number of periods since the start: the column of a result of ``retention.follow_subscriptions``.
    models : mapping of str to Series, optional
        Predicted survival, by the name of the model, at most four.
    until : float, optional
        Up to which period the models were fitted; a line stands there.
    unit : str, optional
        What is written under the axis: months since the start, if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> ax = plot_survival(pd.Series([1, 0.8, 0.7]), models={"the same for all": pd.Series([1, 0.8, 0.64])}, until=1)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['the same for all', 'what came']
    """
    ax = style.axes(ax)
    for (name, predicted), (color, dashes) in zip((models or {}).items(), LOOKS, strict=False):
        ax.plot(predicted, color=color, linestyle=dashes, linewidth=2, label=style.name_of(name))
    ax.plot(survival, color="black", linestyle="none", marker="o", markersize=4, label=t("what came"))
    if until is not None:
        ax.axvline(until, color=GRAY, linewidth=0.8)
        for side, offset, text in (("right", -5, t("fitted")), ("left", 5, t("held out"))):
            ax.annotate(drawable(text), (until, 0), xycoords=("data", "axes fraction"), xytext=(offset, 6),
                        textcoords="offset points", ha=side, color=GRAY, fontsize="small")  # fmt: skip
    ax.set(ylim=(0, 1.03), xlabel=drawable(unit or t("months since the start")), ylabel=t("share still there"))
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="lower left" if survival.iloc[-1] > 0.5 else "upper right")
    return ax
