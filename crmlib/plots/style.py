"""Colors, axes and the writing on them, alike in every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmlib.language import drawable, money, number, t, use_fonts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

BLUE, ORANGE, GREEN, RED, GRAY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#777777"  # Okabe & Ito (2008)
DARK_ORANGE = "#8A5200"  # for words: the orange itself is too light on white
MOST_POINTS, N_STEPS = 5_000, 500
SHADES = ("#08306B", "#2171B5", "#6BAED6", "#C6DBEF")


def axes(ax: Axes | None, size: tuple[float, float] = (7.0, 4.2)) -> Axes:
    """`ax`, or the axes of a new figure of `size` inches; without a frame above and on the right."""
    from matplotlib import pyplot as plt  # a noun that may draw does not pay for matplotlib

    use_fonts()
    if ax is None:
        ax = plt.figure(figsize=size, layout="constrained").add_subplot()
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def thousands(axis: Axis) -> None:
    """Whole numbers with separators."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))


def amounts(axis: Axis, currency: str | None) -> None:
    """Money as the text writes it."""
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: money(value, currency)))


def percents(axis: Axis) -> None:
    """Fractions as percentages."""
    from matplotlib.ticker import PercentFormatter

    axis.set_major_formatter(PercentFormatter(1))


def name_of(name: object) -> str:
    """A name from the data, in the reader's language, as it can be drawn."""
    return drawable(t(str(name)))


def rows(ax: Axes, names: Iterable[object]) -> np.ndarray:
    """A row for each name, the first on top, named at the side; how high each lies is given back."""
    labels = [name_of(name) for name in names]
    heights = np.arange(len(labels))[::-1]
    ax.set_yticks(heights, labels)
    return heights


def thin(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of a curve of very many points so many as a page can show: some of its own, with its ends, its top and bottom.

    A curve of up to 5,000 points stays as it is. Of a longer one 500 steps along each axis are kept, so that a steep
    end is drawn as well as a flat one.

    Examples
    --------
    >>> x, y = thin(np.arange(1_000_001), np.arange(1_000_001) ** 2.0)
    >>> len(x) < 1_100, int(x[0]), int(x[-1]), bool((y == x**2.0).all())
    (True, 0, 1000000, True)
    """
    x, y = (np.asarray(values, dtype=float) for values in (x, y))
    if len(x) <= MOST_POINTS:
        return x, y
    way = np.concatenate([[0.0], np.abs(np.diff(y)).cumsum()])
    along_x = np.searchsorted(x, np.linspace(x[0], x[-1], N_STEPS))
    along_y = np.searchsorted(way, np.linspace(0.0, way[-1], N_STEPS))
    kept = np.concatenate([along_x, along_y, [0, len(x) - 1, y.argmin(), y.argmax()]])
    kept = np.unique(kept.clip(max=len(x) - 1))
    return x[kept], y[kept]


def some(table: pd.DataFrame) -> tuple[pd.DataFrame, str | None]:
    """Of a table of very many customers 5,000 at random, the same ones each time; and what the legend says of it.

    A table of up to 5,000 rows stays as it is, and nothing is said. A million points take minutes to draw, make a file
    of a hundred megabytes, and one black spot on it.

    Examples
    --------
    >>> drawn, said = some(pd.DataFrame({"monetary": range(1_000_000)}))
    >>> len(drawn), said
    (5000, '5,000 of 1,000,000 customers, drawn at random')
    """
    if len(table) <= MOST_POINTS:
        return table, None
    said = t("{n} of {total} customers, drawn at random", n=number(MOST_POINTS), total=number(len(table)))
    return table.sample(MOST_POINTS, random_state=1), drawable(said)


def ink_on(color: str) -> str:
    """Black or white, whichever is read more easily on a color (contrast of WCAG 2.1).

    Examples
    --------
    >>> ink_on(BLUE), ink_on(ORANGE), ink_on("white")
    ('white', 'black', 'black')
    """
    from matplotlib.colors import to_rgb

    parts = np.array(to_rgb(color))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    return "white" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "black"


def shade(position: int) -> str:
    """The color of a tier by its place, the best the darkest; all below the last have the last."""
    return SHADES[min(position, len(SHADES) - 1)]


def shares_along(ax: Axes) -> None:
    """An axis below from nothing to the whole, in percent, and the legend beside the figure."""
    ax.set(xlim=(0, 1))
    percents(ax.xaxis)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
