"""Things to move in JupyterLab that a printed page shows as well.

A widget is blank where nobody runs it: on the web, in a report. So each output here
holds the widget and, beside it, what a page shows instead; JupyterLab takes the first,
everything else the second.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING

from crmlib.language import t

if TYPE_CHECKING:
    from ipywidgets import Widget
    from matplotlib.axes import Axes

VIEW = "application/vnd.jupyter.widget-view+json"


def show_widget(widget: Widget, static: dict[str, str], *, mark: dict | None = None) -> None:
    """Display a widget, and beside it what to show where no widget can be.

    Parameters
    ----------
    static : dict
        By MIME type: ``{"text/html": ..., "text/plain": ...}``. The text is needed always.
    mark : dict, optional
        What the output is, for programs that read the notebook.
    """
    from IPython.display import display

    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    display({VIEW: view, **static}, raw=True, metadata={"crmlib": mark or {}})


def explore(draw: Callable[..., Axes], **controls: Widget) -> None:
    """A figure with controls to move; a page shows the figure with their first values.

    `draw` gets the controls' values by name, draws, and returns the Axes (or Figure). A
    figure that needs no moving is better without.

    Raises
    ------
    ValueError
        `draw` returns no figure; or a control stands between two of its steps: a browser
        moves it to the next, and shows another figure than the page does.

    Examples
    --------
    >>> from ipywidgets import FloatSlider
    >>> from matplotlib import pyplot as plt
    >>> def draw(cut):
    ...     _, ax = plt.subplots()
    ...     ax.axvline(cut)
    ...     return ax
    >>> explore(draw, cut=FloatSlider(0.2, min=0, max=1))  # doctest: +SKIP
    """
    from ipywidgets import Image, VBox

    for name, control in controls.items():
        _refuse_between_steps(name, control)
    # At its own size: a box stretches what is in it, and a small figure becomes huge and blurred.
    image = Image(format="png", layout={"max_width": "100%", "object_fit": "contain", "align_self": "flex-start"})

    def redraw(_: object = None) -> None:
        image.value = _as_png(draw(**{name: control.value for name, control in controls.items()}))

    for control in controls.values():
        control.observe(redraw, names="value")
    redraw()
    values = ", ".join(f"{name} = {control.value}" for name, control in controls.items())
    static = {"image/png": b64encode(image.value).decode(), "text/plain": values}
    show_widget(VBox([*controls.values(), image]), static, mark={"kind": "widget", "controls": list(controls)})


def _refuse_between_steps(name: str, control: Widget) -> None:
    if not all(isinstance(getattr(control, part, None), (int, float)) for part in ("min", "step", "value")):
        return  # a menu or a box to tick has no steps
    steps = (control.value - control.min) / control.step
    if abs(steps - round(steps)) > 1e-6:
        below = control.min + int(steps) * control.step
        raise ValueError(
            t(
                "{name} must start on one of its steps, {first} and every {step} from there; got {value}. Start it "
                "at {below:g}, for example.",
                name=name,
                first=control.min,
                step=control.step,
                value=control.value,
                below=below,
            )
        )


def _as_png(drawn: Axes) -> bytes:
    """The drawing's bytes; the figure is closed, so that it is not shown a second time."""
    from matplotlib import pyplot as plt

    figure = drawn.get_figure() if hasattr(drawn, "get_figure") else None
    if figure is None:
        raise ValueError(
            t(
                "draw must return the Axes or the Figure it has drawn; got {drawn!r}. End it with: return ax",
                drawn=drawn,
            )
        )
    stream = io.BytesIO()
    figure.savefig(stream, format="png", bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
    return stream.getvalue()
