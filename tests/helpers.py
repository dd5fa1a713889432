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


READY = "() => window.Reveal && Reveal.isReady()"
# What cannot be seen from the last row: cut off, letters below 22 pixels of 720 (18 in a table or in code, a
# fortieth of the height), a figure lower than 400.
OVER = """() => Reveal.getSlides().flatMap(slide => {
  const sections = [slide, slide.parentElement].filter(one => one.tagName === 'SECTION');
  sections.forEach(one => one.style.display = 'block');
  const page = slide.querySelector('.page');
  const over = page.scrollHeight > page.clientHeight || page.scrollWidth > page.clientWidth;
  const cut = [...page.querySelectorAll('pre, table')].some(e => e.offsetLeft + e.scrollWidth > 1200);
  const letters = parseFloat(getComputedStyle(page).fontSize);
  const tiny = [...slide.querySelectorAll(':not(aside, aside *, math *)')].some(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 18);
  const small = letters < 22 || tiny || [...page.querySelectorAll('img')].some(e => e.offsetHeight < 400);
  const measured = `${page.scrollWidth} x ${page.scrollHeight}, letters ${page.style.fontSize}`;
  sections.forEach(one => one.style.display = '');
  return over || cut || small ? [`${slide.innerText.slice(0, 60)}: ${measured}`] : [];
})"""


def wait_for_deck(page):
    """A deck as a beamer shows it."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_function(READY)


def find_overfull(page):
    """The slides of a deck that cannot be read from the last row."""
    wait_for_deck(page)
    return page.evaluate(OVER)
