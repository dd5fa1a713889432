"""How a lesson shows a text: in a notebook in a frame, with a mark that programs read; on a terminal, printed."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from crmlib.language import current

if TYPE_CHECKING:
    from ipywidgets import Widget

BLUE = "#0072B2"


def frame(color: str, more: str = "") -> str:
    """The style of a text with a colored bar at its left."""
    return f"border-left: 4px solid {color}; padding: .3em .8em; margin: .4em 0{more}"


def as_html(text: str) -> str:
    """A text as HTML, with a dollar that JupyterLab does not take for the beginning of a formula.

    Examples
    --------
    >>> as_html("from $32 to <$78")
    'from <span>$</span>32 to &lt;<span>$</span>78'
    """
    return html.escape(text).replace("$", "<span>$</span>")


def join_sentences(*sentences: str) -> str:
    """Sentences in a row: Chinese ones need no space between them.

    Examples
    --------
    >>> join_sentences("Not yet.", "Try again.")
    'Not yet. Try again.'
    """
    return ("" if current() == "zh" else " ").join(sentence for sentence in sentences if sentence)


def show_marked(
    text: str,
    *,
    style: str,
    mark: dict,
    body: str | None = None,
    notes: Sequence[str] = (),
    make_widget: Callable[[], Widget] | None = None,
) -> None:
    """Display a text, and notes below it, with a mark; on a terminal, print them.

    Parameters
    ----------
    text : str
        What it says, as plain text.
    style : str
        CSS of the box around it, see `frame`.
    mark : dict
        What the output is, for programs that read the notebook: ``{"kind": "finding", ...}``.
    body : str, optional
        The same as HTML, everything in it escaped; without, the text itself.
    notes : sequence of str
        Sentences for a list below it.
    make_widget : callable, optional
        Makes what JupyterLab shows in its place.

    Examples
    --------
    >>> show_marked("3 left.", style=frame(BLUE), mark={"kind": "finding"}, notes=["One moved away."])
    3 left.
    One moved away.
    """
    from IPython import get_ipython
    from IPython.display import display

    plain = "\n".join([text, *notes])
    if get_ipython() is None:
        print(plain)
        return
    items = "".join(f"<li>{as_html(note)}</li>" for note in notes)
    below = f'<ul style="font-size: .9em; margin: .3em 0">{items}</ul>' if items else ""
    box = f'<div style="{style}">{as_html(text) if body is None else body}{below}</div>'
    shown = {"text/plain": plain, "text/html": box}
    if make_widget:
        from crmlib.lesson.widgets import show_widget

        show_widget(make_widget(), shown, mark=mark)
    else:
        display(shown, raw=True, metadata={"crmlib": mark})
