"""Figures of credit: where one customer's points are from, who moved between grades, how many have each grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, number, percent, t
from crmlib.plots import style
from crmlib.plots.style import BLUE, GRAY, ORANGE, RED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOT_RATED = "not rated"
LEAST_LABELED = 0.05  # of the height: a thinner slice has no room for its label
GRADE_COLORS = ("#08306B", "#2171B5", "#6BAED6", "#C6DBEF", ORANGE)  # the best the darkest, the worst apart


def plot_points(explained: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """One customer's points by item: what was got, what was missed, and what is not known.

    When something else is right: a table, where the reader is to see the facts; the list of sentences, for the phone.

    Parameters
    ----------
    explained : DataFrame
        One row per item, of one customer: ``credit.explain_scores(...).loc[customer]``.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Raises
    ------
    ValueError
        There are rows of several customers, or an item stands twice.

    Examples
    --------
    >>> explained = pd.DataFrame({"name": ["repayment", "debt"], "points": [18.0, None], "out_of": [20.0, 4.0]})
    >>> [text.get_text() for text in plot_points(explained).texts]
    ['18 of 20', 'not known']
    """
    if isinstance(explained.index, pd.MultiIndex) or explained["name"].duplicated().any():
        raise ValueError(
            t(
                "explained must be the items of one customer, each once; got {n:,} rows with {n_names:,} names. Choose"
                " one: explained.loc['C0001'].",
                n=len(explained),
                n_names=explained["name"].nunique(),
            )
        )
    ax = style.axes(ax, (8.0, 1.2 + 0.27 * len(explained)))
    heights = style.rows(ax, explained["name"])
    out_of = explained["out_of"].to_numpy(dtype=float)
    points = explained["points"].to_numpy(dtype=float, na_value=np.nan)
    is_known = ~np.isnan(points)
    got, missed = np.nan_to_num(points), np.where(is_known, out_of - points, 0)
    unknown = np.where(is_known, 0, out_of)
    look = {"height": 0.72, "edgecolor": GRAY, "linewidth": 0.6}
    ax.barh(heights, got, color=BLUE, label=t("points"), **look)
    ax.barh(heights, missed, left=got, color="#F3D9A4", hatch="///", label=t("missed"), **look)
    ax.barh(heights, unknown, color="white", linestyle="--", label=t("not known"), **look)
    for height, value, whole in zip(heights, points, out_of, strict=True):
        said = (
            t("not known")
            if np.isnan(value)
            else t("{points} of {out_of}", points=f"{value:.3g}", out_of=f"{whole:.3g}")
        )
        ax.text(whole + 0.15, height, drawable(said), va="center", fontsize="small")
    ax.set(xlabel=t("points"), xlim=(0, out_of.max() * 1.18), ylim=(-0.6, len(explained) - 0.4))
    ax.tick_params(axis="y", length=0)
    ax.legend(frameon=False, loc="lower right")
    return ax


def plot_migration(counts: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Who moved from which grade to which: the number in every cell, with its share of the row as a shade.

    A row that held nobody has no shade and a dash: unknown is not zero. The cells of those who stayed have a frame.

    Parameters
    ----------
    counts : DataFrame
        A result of ``credit.migration_counts``: rows before, columns after.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> counts = pd.DataFrame({"A": [9, 0], "left": [3, 0]}, index=["A", "new"])
    >>> [text.get_text() for text in plot_migration(counts).texts]
    ['9\\n75%', '3\\n25%', '–', '–']
    """
    from matplotlib.patches import Rectangle

    ax = style.axes(ax, (7.0, 5.0))
    held = counts.sum(axis=1)
    shares = counts.div(held.where(held > 0), axis=0).to_numpy(dtype=float)
    ax.imshow(np.nan_to_num(shares), cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, column in np.ndindex(shares.shape):
        share, n = shares[row, column], int(counts.iloc[row, column])
        said = "–" if np.isnan(share) else "0" if n == 0 else f"{number(n)}\n{percent(share, 0)}"
        color = "white" if share > 0.7 else "#999999" if n == 0 else "black"
        ax.text(column, row, said, ha="center", va="center", fontsize="small", color=color)
    for row, name in enumerate(counts.index):
        if name in counts.columns:
            place = counts.columns.get_loc(name)
            ax.add_patch(Rectangle((place - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=GRAY, linewidth=1))
    ax.set_xticks(range(counts.shape[1]), [style.name_of(name) for name in counts.columns])
    rows = [f"{style.name_of(name)}\nn = {number(n)}" for name, n in held.items()]
    ax.set_yticks(range(counts.shape[0]), rows)
    ax.set(xlabel=t("after"), ylabel=t("before"))
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return ax


def plot_grades(counts: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How many customers have each grade, one column per quarter or scorecard, as shares of all its customers.

    Who is not rated is part of the whole, hatched: left out, a card that rates few would look kind.

    Parameters
    ----------
    counts : DataFrame
        One row per grade, the best first, and one for "not rated" if there are any; one column per quarter or
        scorecard. Numbers of customers.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> counts = pd.DataFrame({"2024Q4": [30, 10], "2025Q1": [20, 20]}, index=["AAA", "not rated"])
    >>> [text.get_text() for text in plot_grades(counts).texts]
    ['75%', '50%', '25%', '50%', 'n = 40', 'n = 40']
    """
    ax = style.axes(ax, (7.0, 4.4))
    total = counts.sum()
    shares = counts.div(total.where(total > 0)).fillna(0)
    places, below = np.arange(shares.shape[1]), np.zeros(shares.shape[1])
    grades = [name for name in counts.index if name != NOT_RATED]
    for name, row in shares.iterrows():
        part = row.to_numpy(dtype=float)
        if name == NOT_RATED:
            look, dark = {"color": "white", "hatch": "//", "edgecolor": GRAY}, False
        else:
            is_worst = name == grades[-1] and len(grades) > 1
            place = len(GRADE_COLORS) - 1 if is_worst else min(grades.index(name), len(GRADE_COLORS) - 2)
            look, dark = {"color": GRADE_COLORS[place], "edgecolor": "white"}, place < 2
        ax.bar(places, part, bottom=below, width=0.75, label=style.name_of(name), **look)
        for place, low, height in zip(places, below, part, strict=True):
            if height >= LEAST_LABELED:
                box = None if dark else {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.8}
                text = {"ha": "center", "va": "center", "fontsize": "small", "color": "white" if dark else "black"}
                ax.text(place, low + height / 2, percent(height, 0), bbox=box, **text)
        below += part
    for place, n in zip(places, total, strict=True):
        ax.text(place, 1.02, f"n = {number(n)}", ha="center", va="bottom", fontsize="small")
    ax.set_xticks(places, [style.name_of(name) for name in counts.columns])
    ax.set(ylim=(0, 1.09), ylabel=t("share of customers"))
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), title=drawable(t("grade")))
    return ax


def plot_limits(book: pd.DataFrame, *, currency: str | None = None, ax: Axes | None = None) -> Axes:
    """By grade: what is owed within the limits of its customers, what is owed above them, and the limits in sum.

    A grade may owe less than its limits in sum and yet have customers far above theirs: sums hide that, so what is
    above is added up customer by customer.

    Parameters
    ----------
    book : DataFrame
        One row per customer: grade, limit and owed, in currency units; ordered grades keep their order.
    currency : str, optional
        As in CNY, for the axis; the notebook's if left out.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> book = pd.DataFrame({"grade": ["A", "A", "C"], "limit": [100.0, 50.0, 0.0], "owed": [40.0, 80.0, 30.0]})
    >>> ax = plot_limits(book)
    >>> [float(bar.get_height()) for bar in ax.patches]
    [90.0, 0.0, 30.0, 30.0]
    """
    ax = style.axes(ax, (7.0, 4.4))
    within = book[["owed", "limit"]].min(axis=1)
    parts = book.assign(within=within, above=book["owed"] - within)
    table = parts.groupby("grade", observed=True)[["within", "above", "limit"]].sum()
    if isinstance(book["grade"].dtype, pd.CategoricalDtype):
        table = table.iloc[::-1]
    places = np.arange(len(table))
    ax.bar(places, table["within"], width=0.7, color=BLUE, label=t("owed within the limit"))
    look = {"color": ORANGE, "hatch": "//", "edgecolor": "white"}
    ax.bar(places, table["above"], bottom=table["within"], width=0.7, label=t("owed above the limit"), **look)
    ax.hlines(table["limit"], places - 0.45, places + 0.45, color="black", linewidth=2, label=t("limits in sum"))
    ax.set_xticks(places, [style.name_of(name) for name in table.index])
    ax.set_xlabel(t("grade"))
    style.amounts(ax.yaxis, currency)
    ax.legend(frameon=False)
    return ax


def plot_default_rates(rates: pd.DataFrame, *, break_even: pd.DataFrame | None = None, ax: Axes | None = None) -> Axes:
    """By grade: the share that failed to pay, with its interval, beside the rate at which the margin would be gone.

    Parameters
    ----------
    rates : DataFrame
        A result of ``credit.default_rates``.
    break_even : DataFrame, optional
        One row per grade, one column per margin, named as the legend is to say: the rate that eats the margin, as
        ``credit.expected_loss`` gives it. One of 1 or more, which no grade can reach, is drawn at the upper edge as a
        triangle; a missing one not at all.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> rates = pd.DataFrame({"n_failed": [1], "n_customers": [20], "default_rate": [0.05], "low_rate": [0.01],
    ...                       "high_rate": [0.24]}, index=["AAA"])
    >>> [text.get_text() for text in plot_default_rates(rates).texts]
    ['1 / 20']
    """
    ax = style.axes(ax, (7.0, 4.4))
    places = np.arange(len(rates))
    rate, low, high = (rates[name].to_numpy(dtype=float) for name in ("default_rate", "low_rate", "high_rate"))
    ax.vlines(places, low, high, color=BLUE, linewidth=2, label=t("95% interval"))
    ax.plot(places, rate, "o", color=BLUE, label=t("failed to pay"))
    for place, value, n_failed, n in zip(places, rate, rates["n_failed"], rates["n_customers"], strict=True):
        if not np.isnan(value):
            ax.text(place + 0.08, value, f"{number(n_failed)} / {number(n)}", fontsize="small", va="bottom")
    for color, (name, column) in zip((ORANGE, RED, GRAY), _columns(break_even), strict=False):
        limit = column.reindex(rates.index).to_numpy(dtype=float)
        at = np.minimum(limit, 1.0)
        ax.plot(places, np.where(limit < 1, at, np.nan), "_", color=color, ms=14, mew=3, label=drawable(t(str(name))))
        ax.plot(places, np.where(limit >= 1, at, np.nan), "^", color=color, ms=8)
    ax.set_xticks(places, [style.name_of(name) for name in rates.index])
    ax.set(xlabel=t("grade"), ylabel=t("share of customers"), ylim=(0, 1.04), xlim=(-0.5, len(rates) - 0.3))
    style.percents(ax.yaxis)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


def _columns(table: pd.DataFrame | None) -> list:
    return [] if table is None else list(table.items())


def plot_tornado(changes: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """What an answer hangs on: two changes of each thing, drawn to both sides, the one that moves most on top.

    When something else is right: things that change together; here each is moved alone.

    Parameters
    ----------
    changes : DataFrame
        One row per thing that is changed, a class of a scorecard say; two columns, less and more of it: how much the
        answer changes, as numbers of at least 0. Names of columns go into the legend.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Raises
    ------
    ValueError
        There are not two columns, or a number is below 0.

    Examples
    --------
    >>> changes = pd.DataFrame({"less": [3, 9], "more": [4, 8]}, index=["earnings", "keeping"])
    >>> [label.get_text() for label in plot_tornado(changes).get_yticklabels()]
    ['keeping', 'earnings']
    """
    if changes.shape[1] != 2 or not (changes >= 0).all(axis=None):
        raise ValueError(
            t(
                "changes must have two columns, less and more of each thing, of numbers of at least 0; got {shape} and"
                " a lowest of {lowest}. Give how many change, not in which direction.",
                shape=changes.shape,
                lowest=changes.min(axis=None),
            )
        )
    order = changes.max(axis=1).sort_values(ascending=False, kind="stable").index
    table = changes.loc[order]
    ax = style.axes(ax, (7.0, 1.4 + 0.45 * len(table)))
    heights = style.rows(ax, table.index)
    largest = max(float(table.max(axis=None)), 1.0)
    for column, side, color in zip(table, (-1, 1), (ORANGE, BLUE), strict=True):
        ax.barh(heights, side * table[column], color=color, height=0.7, label=style.name_of(column))
        for height, n in zip(heights, table[column], strict=True):
            place = side * (n + 0.02 * largest)
            ax.text(place, height, number(n), ha="left" if side > 0 else "right", va="center", fontsize="small")
    ax.axvline(0, color=GRAY, linewidth=1)
    ax.set(xlim=(-1.15 * largest, 1.15 * largest), xlabel=t("number of customers whose grade changes"))
    ax.xaxis.set_major_formatter(lambda value, _: number(abs(value)))
    ax.tick_params(axis="y", length=0)
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax
