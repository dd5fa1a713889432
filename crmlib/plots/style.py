"""Colors, axes and the writing on them, alike in every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmlib.language import money, number, use_fonts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

BLUE, ORANGE, GREEN, RED, GRAY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#777777"  # Okabe & Ito (2008)
DARK_ORANGE = "#8A5200"  # for words: the orange itself is too light on white
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
