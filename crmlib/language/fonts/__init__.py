"""The font that draws the kit's Chinese, and what it can draw."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FONT = Path(__file__).parent / "CRMSansSC-Regular.otf"
FAMILY = "CRM Sans SC"


def use_fonts() -> None:
    """Let matplotlib draw Chinese, with the font that comes with the kit."""
    import matplotlib
    from matplotlib import font_manager

    if FAMILY not in {font.name for font in font_manager.fontManager.ttflist}:
        font_manager.fontManager.addfont(FONT)
    # An explicit list: only then does matplotlib look in the second font for what the first lacks.
    matplotlib.rcParams["font.family"] = ["DejaVu Sans", FAMILY]
    matplotlib.rcParams["text.parse_math"] = False  # between two amounts in dollars stands no formula


@cache
def _drawable_characters() -> frozenset[int]:
    from matplotlib import font_manager

    files = [str(FONT), font_manager.findfont("DejaVu Sans")]
    return frozenset().union(*(font_manager.get_font(file).get_charmap() for file in files))


def drawable(text: str) -> str:
    """`text` with a box for every character that no font of the kit can draw.

    For names out of data on their way into a figure: a rare character must not
    stop a report.

    Examples
    --------
    >>> drawable("Tea 茶 \U0001f375")
    'Tea 茶 □'
    """
    known = _drawable_characters()
    return "".join(character if ord(character) in known else "□" for character in str(text))
