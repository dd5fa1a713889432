"""A lesson as a deck of slides: one HTML file that needs no network.

What a slide shows is chosen by the marks in the lesson's source. A cell marked ``slide`` begins one
with its heading, its first sentence and its list; after it come the figures, findings and short
tables of the run, and the code of cells that are marked themselves. All other prose is for the
speaker (press S), so that nobody reads a page aloud. What would not fit on a slide goes on the next.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined

REVEAL = Path(__file__).parent / "reveal"
# How much of a slide a thing takes, in lines of text; a slide holds so many.
LINES = 18
FIGURE_LINES = 12.5
SMALL_FIGURE_LINES = 9.5  # of one that makes room for the sentence about it
LEAST_LINES = 4
ROOMY_LINES = 8  # with no more than these, the letters can be larger
LINE_WIDTH = 88  # characters of a line; a Chinese one counts double
CODE_LINE = 0.72
TABLE_LINE = 0.85
MOST_ROWS = 12


@dataclass
class Item:
    """A thing on a slide, and how many lines it takes."""

    html: str
    lines: float
    is_fragment: bool = False


@dataclass
class Slide:
    """What one slide shows, and what its speaker says."""

    heading: str
    level: int
    is_below: bool = False  # goes below the slide before, not beside it
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    minutes: int | None = None
    is_roomy: bool = False


def make_deck(notebook: nbformat.NotebookNode, language: str) -> str:
    """A deck as one HTML page, from a lesson that has run, with its speaker notes.

    Parameters
    ----------
    notebook
        With outputs, and with ``slideshow`` metadata; cells tagged ``notes`` are speaker notes.
    language
        "en" or "zh", for the page's own words.
    """
    slides = [part for slide in read_slides(notebook) for part in split(slide)]
    columns: list[list[Slide]] = []
    for slide in slides:
        if slide.is_below and columns:
            columns[-1].append(slide)
        else:
            columns.append([slide])
    environment = Environment(loader=PackageLoader("crmlib", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    read = {name: (REVEAL / name).read_text(encoding="utf-8") for name in ("reveal.js", "reveal.css", "notes.js", "LICENSE")}
    return environment.get_template("slides.html.j2").render(
        columns=columns, language=language, title=re.sub(r"<[^>]+>", "", slides[0].heading) if slides else "", reveal=read
    )


def read_slides(notebook: nbformat.NotebookNode) -> list[Slide]:
    """The slides of a lesson, before anything is split."""
    slides: list[Slide] = []
    skipped = ""  # a heading that is not shown still stands above the exercises that follow it
    for cell in notebook.cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type", "")
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and split_heading(cell.source)[0]:
            skipped = split_heading(cell.source)[0] if kind == "skip" else ""
        if kind == "skip" or "parameters" in tags:
            continue
        if kind == "notes" or "notes" in tags:
            if slides:
                slides[-1].notes.append(render(cell.source))
            continue
        if cell.cell_type == "markdown":
            _add_prose(slides, cell, kind, skipped)
        elif slides:
            _add_code(slides, cell, kind)
    return [slide for slide in slides if slide.heading or slide.items]


def _add_prose(slides: list[Slide], cell: nbformat.NotebookNode, kind: str, skipped: str) -> None:
    heading, level, body = split_heading(cell.source)
    is_exercise = re.match(r"\*\*\d+\.\d+\.\d+\*\*", body) is not None
    if kind in ("slide", "subslide") or (heading and kind != "fragment") or is_exercise:
        above = render_line(skipped) or (slides[-1].heading if slides else "")
        minutes = cell.metadata.get("minutes") or cell.metadata.get("crmlib", {}).get("minutes")
        new = Slide(render_line(heading) or above, level or 2, is_below=kind == "subslide" or (is_exercise and above == (slides[-1].heading if slides else "")) or (not kind and level > 2), minutes=minutes)
        slides.append(new)
        new.items += [Item(render(body), count_lines(body))] if is_exercise else _essence(body)
        new.notes += [render(body)] if body.strip() and not is_exercise else []
    elif slides and kind == "fragment":
        slides[-1].items += [Item(item.html, item.lines, is_fragment=True) for item in _essence(cell.source)]
        slides[-1].notes.append(render(cell.source))
    elif slides:
        slides[-1].notes.append(render(cell.source))


def split_heading(source: str) -> tuple[str, int, str]:
    """The heading a cell begins with, its level (0 if none), and the rest.

    Examples
    --------
    >>> split_heading("## Who pays?\\n\\nAll do.")
    ('Who pays?', 2, 'All do.')
    """
    match = re.match(r"(#+) +(.+)(?:\n|$)", source)
    if not match:
        return "", 0, source
    return match[2].strip(), len(match[1]), source[match.end() :].strip("\n")


def _essence(body: str) -> list[Item]:
    """What a slide shows of prose: the first sentence, formulas, lists and tables."""
    items = []
    for i, block in enumerate(re.split(r"\n\s*\n", body.strip())):
        if not block.strip():
            continue
        if block.startswith("$$"):
            items.append(Item(render(block), 2.5))
        elif re.match(r"([-*] |\d+\. |\|)", block):
            items.append(Item(render(block), count_lines(block)))
        elif i == 0:
            sentence = first_sentence(block)
            items.append(Item(render(sentence), count_lines(sentence)))
    return items


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, in English or Chinese.

    Examples
    --------
    >>> first_sentence("It is 3.5 %. Then more."), first_sentence("先猜一猜。再往下看。")
    ('It is 3.5 %.', '先猜一猜。')
    """
    flat = " ".join(text.split())
    match = re.match(r".+?(?:[。！？]|[.!?](?=\s|$)(?<!e\.g\.)(?<!i\.e\.))", flat)
    return match[0] if match else flat


def _add_code(slides: list[Slide], cell: nbformat.NotebookNode, kind: str) -> None:
    if sum(item.lines for item in slides[-1].items) <= LEAST_LINES and not any("<pre" in item.html for item in slides[-1].items):
        pass  # a sentence is not worth a slide of its own: it stands above what it announces
    elif kind == "slide":
        slides.append(Slide(slides[-1].heading, 2))
    elif kind == "subslide":
        slides.append(Slide(slides[-1].heading, 2, is_below=True))
    is_exercise = "exercise" in cell.metadata.get("tags", [])
    draws = "plt." in cell.source or "explore(" in cell.source  # its figure says it all
    if kind in ("slide", "subslide", "fragment") and not is_exercise and not draws:
        code = f'<pre class="code"><code>{html.escape(cell.source)}</code></pre>'
        slides[-1].items.append(Item(code, 0.8 + CODE_LINE * len(cell.source.splitlines()), is_fragment=kind == "fragment"))
    if is_exercise:
        return
    for output in cell.get("outputs", []):
        slides[-1].items += _show(output)


def _show(output: nbformat.NotebookNode) -> list[Item]:
    data, mark = output.get("data", {}), output.get("metadata", {}).get("crmlib", {})
    if mark.get("kind") in ("finding", "skipped"):
        return [Item(f'<p class="{mark["kind"]}">{html.escape(mark["text"])}</p>', 0.6 + count_lines(mark["text"]))]
    if "image/png" in data:
        alt = html.escape(output.get("metadata", {}).get("alt", ""), quote=True)
        return [Item(f'<img alt="{alt}" src="data:image/png;base64,{"".join(data["image/png"]).strip()}">', FIGURE_LINES)]
    if "text/html" in data and "<table" in data["text/html"]:
        table = re.search(r"<table.*</table>", data["text/html"], re.DOTALL)[0]
        n_rows = table.count("<tr")
        return [Item(table, 0.8 + TABLE_LINE * n_rows)] if n_rows <= MOST_ROWS + 1 else []
    return []


def split(slide: Slide) -> list[Slide]:
    """A slide as one or several that each hold no more than fits; the speaker's notes stay with the first.

    A figure grows smaller before the sentence about it goes on the next slide.
    """
    head = 2.2 if slide.heading else 0
    pages, taken = [slide], head
    items, slide.items = slide.items, []
    for item in items:
        here = pages[-1].items
        if taken + item.lines > LINES and here:
            fits = taken + item.lines - (FIGURE_LINES - SMALL_FIGURE_LINES) <= LINES
            if fits and _is_large_figure(item):
                item = _make_smaller(item)
            elif fits and _is_large_figure(here[-1]):
                here[-1] = _make_smaller(here[-1])
                taken -= FIGURE_LINES - SMALL_FIGURE_LINES
            else:
                pages.append(Slide(slide.heading, slide.level, is_below=True))
                taken = head
        pages[-1].items.append(item)
        taken += item.lines
    for page in pages:
        is_plain = not any("<img" in item.html or "<pre" in item.html for item in page.items)
        page.is_roomy = page.level > 1 and is_plain and sum(item.lines for item in page.items) <= ROOMY_LINES
    return pages


def _is_large_figure(item: Item) -> bool:
    return item.html.startswith("<img alt")


def _make_smaller(figure: Item) -> Item:
    return Item(figure.html.replace("<img alt", '<img class="small" alt', 1), SMALL_FIGURE_LINES, figure.is_fragment)


def count_lines(text: str) -> float:
    """How many lines a text takes on a slide.

    Examples
    --------
    >>> count_lines("short"), count_lines("- one\\n- two")
    (1.3, 2.6)
    """
    widths = [sum(2 if ord(character) > 0x2E7F else 1 for character in line) for line in text.splitlines() if line.strip()]
    return sum(1.3 * -(-width // LINE_WIDTH) for width in widths)


def render(source: str) -> str:
    """Markdown as HTML; formulas as MathML, which browsers draw without help."""
    import mistune

    formulas: list[str] = []

    def keep(match: re.Match) -> str:
        formulas.append(_formula(match[1] or match[2], display="block" if match[1] else "inline"))
        return f"@@{len(formulas) - 1}@@"

    text = re.sub(r"\$\$(.+?)\$\$|(?<![\w\\$])\$([^\s$][^$\n]*?)(?<![\s\\])\$(?![\w$])", keep, source, flags=re.DOTALL)
    page = mistune.create_markdown(escape=True, plugins=["table"])(text)
    return re.sub(r"@@(\d+)@@", lambda match: formulas[int(match[1])], str(page))


def _formula(latex: str, *, display: str) -> str:
    from latex2mathml.converter import convert

    return convert(latex.strip(), display=display)


def render_line(text: str) -> str:
    """A heading's marks as HTML, without a paragraph around it."""
    return re.sub(r"^<p>|</p>\s*$", "", render(text)) if text else ""
