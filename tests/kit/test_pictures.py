"""The figures of a built notebook are small, and look as they did."""

import base64
import io

import nbformat
import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from crmlib.kit.pictures import slim_pictures


def encode(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def slim(encoded):
    output = nbformat.v4.new_output("display_data", {"image/png": encoded})
    cells = [nbformat.v4.new_code_cell("", outputs=[output]), nbformat.v4.new_markdown_cell("#")]
    slim_pictures(nbformat.v4.new_notebook(cells=cells))
    return output["data"]["image/png"]


def decode(encoded):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB")).astype(int)


def draw():
    figure = Figure()
    ax = figure.add_subplot()
    ax.plot([1, 3, 2], label="a line")
    ax.fill_between([0, 1, 2], [1, 3, 2], alpha=0.3, color="#D55E00")
    ax.legend()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()


def test_a_figure_takes_half_the_bytes_and_looks_the_same():
    before = draw()
    after = slim(before)
    assert len(after) < 0.5 * len(before)
    assert decode(after).shape == decode(before).shape
    assert np.abs(decode(after) - decode(before)).mean() < 0.5  # of 255
    assert (decode(after)[0, 0] == 255).all()  # white stays white
    assert slim(before) == after  # byte for byte


def test_what_shines_through_and_what_has_a_palette_stays_as_it_is():
    see_through = encode(Image.new("RGBA", (40, 40), (255, 0, 0, 120)))
    flat = encode(Image.new("P", (40, 40), 3))
    assert [slim(picture) for picture in (see_through, flat)] == [see_through, flat]
