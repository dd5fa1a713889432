"""A page of prose that needs nothing beside it: for the screen, and to print on A4."""

from __future__ import annotations

from pathlib import Path

from crmlib.files.whole import write_whole
from crmlib.kit.pages import find_template
from crmlib.kit.slide_text import render


def write_page(path: Path, title: str, markdown: str, language: str) -> Path:
    """Write Markdown as one HTML file; formulas as MathML, nothing in it runs."""
    page = find_template("page.html.j2").render(title=title, body=render(markdown), language=language)
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_whole(path, page)


def as_prose(text: str) -> str:
    """A text as Markdown that shows its dollars and stars as they are.

    Examples
    --------
    >>> as_prose("n * $5")
    'n \\\\* \\\\$5'
    """
    for sign in "\\$*_`<[":
        text = text.replace(sign, "\\" + sign)
    return text
