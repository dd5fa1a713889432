"""Figures of whether a score holds: ROC curves, chances beside what came, evidence of one variable, then and now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, number, percent, plural, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from crmlib.validation import Auc, Ks

LOOKS = ((BLUE, "-"), (ORANGE, "--"), (RED, ":"), (GRAY, "-."))


def plot_roc(
    curves: Mapping[str, pd.DataFrame],
    *,
    aucs: Mapping[str, Auc] | None = None,
    ks: Ks | None = None,
    ax: Axes | None = None,
) -> Axes:
    """What share of the bad ones each cut of a score catches, against the good ones it refuses with them.

    Parameters
    ----------
    curves : mapping of str to DataFrame
        By the name of a score, at most four: a result of ``validation.roc_curve``.
    aucs : mapping of str to Auc, optional
        By the same names, results of ``validation.auc_interval``, told in the legend with their intervals.
    ks : Ks, optional
        A result of ``validation.ks_statistic``, drawn as the height between the curve and a coin.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> from crmlib import validation
    >>> score, is_bad = pd.Series([600, 500, 400, 300]), pd.Series([False, True, False, True])
    >>> curve, auc = validation.roc_curve(score, is_bad), validation.auc_interval(score, is_bad)
    >>> plot_roc({"card": curve}, aucs={"card": auc}).get_legend().get_texts()[0].get_text()
    'card: AUC 0.750 (0.057 to 1.000)'
    """
    ax = style.axes(ax, (6.4, 5.0))
    for (name, curve), (color, dashes) in zip(curves.items(), LOOKS, strict=False):
        label = style.name_of(name)
        if aucs and name in aucs:
            one = aucs[name]
            ends = {"low": one.low, "high": one.high}
            label = drawable(t("{name}: AUC {auc:.3f} ({low:.3f} to {high:.3f})", name=label, auc=one.auc, **ends))
        x, y = style.thin(curve["good_share"], curve["bad_share"])
        ax.plot(x, y, color=color, linestyle=dashes, label=label)
    ax.plot([0, 1], [0, 1], color=GRAY, linewidth=1, label=t("a coin"))
    if ks is not None:
        ax.vlines(ks.good_share, ks.good_share, ks.bad_share, color=RED, linewidth=1.5)
        text = t("KS {ks:.3f} at {at:.4g}", ks=ks.ks, at=ks.at)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.8}  # another curve may run under it
        middle = (ks.good_share + ks.bad_share) / 2
        ax.text(ks.good_share + 0.02, middle, drawable(text), va="center", fontsize="small", bbox=box)
    ax.set(xlim=(0, 1), ylim=(0, 1.005), xlabel=t("share of good ones refused"), ylabel=t("share of bad ones caught"))
    style.percents(ax.xaxis)
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="lower right")
    return ax


def plot_calibration(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """What came of each group beside what was predicted, with its interval; on the line, chances come true.

    Groups whose interval misses what was predicted are hollow diamonds.

    Parameters
    ----------
    table : DataFrame
        A result of ``validation.calibration_table``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> columns = ["n", "expected_rate", "bad_rate", "low_rate", "high_rate", "is_inside"]
    >>> table = pd.DataFrame([[50, 0.1, 0.12, 0.06, 0.24, True], [50, 0.2, 0.5, 0.37, 0.63, False]], columns=columns)
    >>> [text.get_text() for text in plot_calibration(table).get_legend().get_texts()]
    ['as predicted', 'predicted within the interval', 'predicted outside it']
    """
    ax = style.axes(ax, (6.4, 4.6))
    top = 1.08 * float(table[["expected_rate", "high_rate"]].to_numpy().max())
    ax.plot([0, top], [0, top], color=GRAY, linewidth=1, label=t("as predicted"))
    kinds = (
        (True, t("predicted within the interval"), {"fmt": "o", "color": BLUE}),
        (False, t("predicted outside it"), {"fmt": "D", "color": RED, "markerfacecolor": "white"}),
    )
    for inside, label, look in kinds:
        part = table[table["is_inside"] == inside]
        if len(part):
            ends = [part["bad_rate"] - part["low_rate"], part["high_rate"] - part["bad_rate"]]
            ax.errorbar(part["expected_rate"], part["bad_rate"], yerr=np.abs(ends), capsize=3, label=label, **look)
    ax.set(xlim=(0, top), ylim=(0, top), xlabel=t("predicted share of bad ones"), ylabel=t("share that turned bad"))
    style.percents(ax.xaxis)
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="upper left")
    return ax


def plot_grade_rates(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """What share of each grade turned bad, with its interval, and what was predicted, grade by grade.

    Parameters
    ----------
    table : DataFrame
        A result of ``validation.calibration_table`` with ``groups``, one row per grade.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> columns = ["n", "expected_rate", "bad_rate", "low_rate", "high_rate"]
    >>> table = pd.DataFrame([[20, 0.5, 0.4, 0.2, 0.6], [30, 0.1, 0.1, 0.03, 0.26]], ["C", "B"], columns)
    >>> [label.get_text() for label in plot_grade_rates(table).get_xticklabels()]
    ['C\\nn = 20', 'B\\nn = 30']
    """
    ax = style.axes(ax, (7.0, 4.2))
    places = np.arange(len(table))
    ends = [table["bad_rate"] - table["low_rate"], table["high_rate"] - table["bad_rate"]]
    look = {"fmt": "o", "color": BLUE, "capsize": 4}
    ax.errorbar(places, table["bad_rate"], yerr=np.abs(ends), label=t("share that turned bad, 95% interval"), **look)
    expected = {"marker": "D", "facecolor": "white", "edgecolor": ORANGE, "linewidth": 1.5, "zorder": 3}
    ax.scatter(places + 0.16, table["expected_rate"], label=t("predicted share of bad ones"), **expected)
    names = [f"{style.name_of(name)}\nn = {number(int(n))}" for name, n in table["n"].items()]
    ax.set_xticks(places, names)
    ax.set(
        ylim=(0, 1.08 * float(table[["expected_rate", "high_rate"]].to_numpy().max())), ylabel=t("share of customers")
    )
    style.percents(ax.yaxis)
    ax.legend(frameon=False)
    return ax


def plot_evidence(bins: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Weights of evidence of one variable, bin by bin, with how many each bin held and how many of them were bad.

    Bins that held nobody are left out; their weight, 0, is no finding.

    Parameters
    ----------
    bins : DataFrame
        The bins of one variable of a fitted scorecard: ``card.bins.loc["duration_months"]``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Raises
    ------
    ValueError
        There are bins of several variables.

    Examples
    --------
    >>> bins = pd.DataFrame({"n": [40, 40, 0], "bad_rate": [0.125, 0.375, None], "woe": [0.85, -0.59, 0.0]})
    >>> [text.get_text() for text in plot_evidence(bins.set_axis(["yes", "no", "missing"])).texts]
    ['n = 40, bad 12.5%', 'n = 40, bad 37.5%']
    """
    if isinstance(bins.index, pd.MultiIndex):
        names = bins.index.get_level_values(0).unique()
        raise ValueError(
            t(
                "bins must be those of one variable; got {n}. Choose one: bins.loc['{first}'].",
                n=len(names),
                first=names[0],
            )
        )
    held = bins[bins["n"] > 0]
    ax = style.axes(ax, (7.4, 1.4 + 0.45 * len(held)))
    heights = style.rows(ax, held.index)
    is_safer = held["woe"].to_numpy() >= 0
    colors = np.where(is_safer, BLUE, ORANGE)
    for bar, safer in zip(ax.barh(heights, held["woe"], height=0.62, color=colors), is_safer, strict=True):
        bar.set_hatch("" if safer else "//")
        bar.set_edgecolor("white")
    far = max(float(held["woe"].abs().max()), 0.1)
    for height, (_, row) in zip(heights, held.iterrows(), strict=True):
        text = t("n = {n}, bad {rate}", n=number(int(row["n"])), rate=percent(float(row["bad_rate"]), 1))
        ax.text(max(float(row["woe"]), 0) + 0.03 * far, height, text, va="center", fontsize="small")
    ax.axvline(0, color=GRAY, linewidth=1)
    ax.set(xlim=(-1.1 * far, 1.9 * far), xlabel=t("weight of evidence (right of 0: safer than all)"))
    ax.tick_params(axis="y", length=0)
    return ax


def plot_stability(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Shares of each bin then and now, and what each adds to the stability index; a bin that is empty says so.

    Parameters
    ----------
    table : DataFrame
        ``stability.stability_index(before, after).table``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> shares = {"share_before": [0.5, 0.5], "share_after": [1.0, 0.0]}
    >>> table = pd.DataFrame(shares | {"adds": [0.35, np.inf]}, ["A", "B"])
    >>> [text.get_text() for text in plot_stability(table).texts]
    ['+0.350', 'nobody there']
    """
    ax = style.axes(ax, (7.4, 4.2))
    places = np.arange(len(table))
    shown = ((-0.2, GRAY, "//", "share_before", t("before")), (0.2, BLUE, "", "share_after", t("after")))
    for shift, color, hatch, name, label in shown:
        ax.bar(places + shift, table[name], width=0.4, color=color, hatch=hatch, edgecolor="white", label=label)
    tops = table[["share_before", "share_after"]].max(axis=1)
    for place, top, adds in zip(places, tops, table["adds"], strict=True):
        text = t("nobody there") if np.isinf(adds) else f"{adds:+.3f}"
        ax.text(place, top + 0.01 * tops.max(), text, ha="center", va="bottom", fontsize="small")
    long = sum(len(str(name)) for name in table.index) > 70
    ax.set_xticks(places, [style.name_of(name) for name in table.index], rotation=30 if long else 0)
    ax.set(ylim=(0, 1.12 * tops.max()), ylabel=t("share of customers"))
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


def plot_false_alarms(
    drawn: pd.Series, *, found: float | None = None, threshold: float | None = None, ax: Axes | None = None
) -> Axes:
    """What stability indexes chance alone gives where nothing changed, beside the one that was found and a threshold.

    Parameters
    ----------
    drawn : Series
        A result of ``stability.stability_by_lot``; infinite ones are left out and counted below the axis.
    found : float, optional
        The index that was found.
    threshold : float, optional
        Above which somebody would look into it; 0.1 if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> ax = plot_false_alarms(pd.Series([0.05, 0.2, np.inf]), found=0.15)
    >>> ax.get_xlabel()
    'stability index if nothing changed (infinite in 1 draw)'
    """
    ax = style.axes(ax, (7.0, 3.4))
    finite, n_infinite = drawn[np.isfinite(drawn)], int(np.isinf(drawn).sum())
    ax.hist(finite, bins=30, color=GRAY, edgecolor="white", linewidth=0.5)
    line = 0.1 if threshold is None else threshold
    ax.axvline(line, color=BLUE, linestyle="--", linewidth=2, label=t("threshold: {x:g}", x=line))
    if found is not None:
        ax.axvline(found, color=RED, linewidth=2, label=t("found: {x:.2f}", x=found))
    label = t("stability index if nothing changed")
    if n_infinite:
        draws = plural(n_infinite, "1 draw", "{n} draws")
        label = t("stability index if nothing changed (infinite in {draws})", draws=draws)
    ax.set(xlabel=label, ylabel=t("number of draws"))
    style.thousands(ax.yaxis)
    ax.legend(frameon=False)
    return ax
