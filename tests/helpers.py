"""What several tests are made of: tiny notebooks, lessons and slides, and what is wrong about a Chinese text."""

import re

import nbformat

V4 = nbformat.v4
PNG = "iVBORw0KGgo="

PARAMETERS = 'data = ""\nas_of = None\nlanguage = "en"\nout = None\nn = 8'
FIGURE = """\
import matplotlib.pyplot as plt
plt.plot([1, 2]); plt.show()
say("{n} customers, {share}", n='<script>window.x=1</script>"', share="")
"""


def make_notebook(folder, name, *code, parameters=PARAMETERS):
    """A tiny analysis notebook, with an output of another run that must not be taken for this one's."""
    stale = nbformat.v4.new_output("display_data", metadata={"crmlib": {"kind": "finding", "text": "stale"}})
    cells = [
        nbformat.v4.new_markdown_cell("# 2 · A `title`\n\nText."),
        nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}, outputs=[stale]),
        nbformat.v4.new_markdown_cell("## A *heading*\n\nProse."),
        *(nbformat.v4.new_code_cell(text) for text in code),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def prose(text, slide=None, **metadata):
    return V4.new_markdown_cell(text, metadata=metadata | ({"slideshow": {"slide_type": slide}} if slide else {}))


def code(source, *outputs, slide=None, tags=()):
    metadata = {"tags": list(tags)} | ({"slideshow": {"slide_type": slide}} if slide else {})
    return V4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def finding(text):
    return V4.new_output("display_data", {"text/plain": text}, metadata={"crmlib": {"kind": "finding", "text": text}})


def figure():
    return V4.new_output("display_data", {"image/png": PNG})


def lesson(*cells):
    return V4.new_notebook(cells=list(cells))


def find_half_width(text):
    """Half-width punctuation that touches a Chinese character: "客户,订单" for "客户，订单"."""
    return re.findall(r"[\u4e00-\u9fff][,:;?!()]|[,:;?!()][\u4e00-\u9fff]", text)
