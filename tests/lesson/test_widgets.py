"""A figure to move: a widget in JupyterLab, its picture on a page."""

import pytest
from matplotlib import pyplot as plt

from crmlib.lesson import widgets


def test_a_figure_moves_with_its_control_and_a_page_gets_the_default(displayed):
    from ipywidgets import FloatSlider

    drawn = []

    def draw(cut):
        drawn.append(cut)
        _, ax = plt.subplots(figsize=(1, 1))
        ax.axvline(cut)
        return ax

    slider = FloatSlider(value=0.2, min=0, max=1)
    widgets.explore(draw, cut=slider)
    slider.value = 0.5
    assert drawn == [0.2, 0.5]
    assert set(displayed[0][0]) == {widgets.VIEW, "image/png", "text/plain"}
    assert displayed[0][0]["text/plain"] == "cut = 0.2"
    assert plt.get_fignums() == []


def test_a_control_between_two_steps_is_refused():
    """JupyterLab would move it to 28 and show another figure than the page."""
    from ipywidgets import Checkbox, IntSlider

    def draw(days, flag):
        return plt.subplots(figsize=(1, 1))[1]

    with pytest.raises(
        ValueError, match="days must start on one of its steps, 7 and every 7 from there; got 30. Start it at 28"
    ):
        widgets.explore(draw, days=IntSlider(value=30, min=7, max=364, step=7), flag=Checkbox(value=True))


def test_a_small_figure_is_not_blown_up(displayed, monkeypatch):
    boxes = []
    monkeypatch.setattr(widgets, "show_widget", lambda widget, *rest, **more: boxes.append(widget))
    widgets.explore(lambda: plt.subplots(figsize=(1, 1))[1])
    assert boxes[0].children[-1].layout.align_self == "flex-start"


def test_a_figure_that_is_not_returned_is_asked_for():
    with pytest.raises(
        ValueError, match="draw must return the Axes or the Figure it has drawn; got None. End it with: return ax"
    ):
        widgets.explore(lambda: None)
