"""Figures of moves between states, for every chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import number, percent, t
from crmlib.plots import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_transitions(matrix: pd.DataFrame, *, n: pd.Series | None = None, ax: Axes | None = None) -> Axes:
    """A transition matrix as a table of shades, a number in every cell.

    Parameters
    ----------
    matrix : DataFrame
        A result of ``transitions.transition_matrix``: rows before, columns after, shares of the row.
    n : Series, optional
        Optionally how many customers each row's shares are of, to stand below its name.
    ax : Axes, optional
        On which to draw; a new figure if left out.

    Returns
    -------
    Axes
        To go on with.

    Examples
    --------
    >>> plot_transitions(pd.DataFrame({"in": [0.9, 0.5], "out": [0.1, 0.5]}, index=["in", "out"])).get_ylabel()
    'before'
    """
    ax = style.axes(ax, (6.0, 4.4))
    values = matrix.to_numpy(dtype=float)
    ax.imshow(np.nan_to_num(values), cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, column in np.ndindex(values.shape):
        share = values[row, column]
        ax.text(column, row, percent(share, 0), ha="center", va="center", color="white" if share > 0.7 else "black")
    ax.set_xticks(range(matrix.shape[1]), [style.name_of(name) for name in matrix.columns])
    rows = [style.name_of(name) for name in matrix.index]
    if n is not None:
        rows = [f"{row}\nn = {number(count)}" for row, count in zip(rows, n.reindex(matrix.index), strict=True)]
    ax.set_yticks(range(matrix.shape[0]), rows)
    ax.set(xlabel=t("after"), ylabel=t("before"))
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    return ax
