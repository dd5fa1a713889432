"""A lesson as a deck of slides: one HTML file that needs no network.

What a slide shows is chosen by the marks in the lesson's source. A cell marked ``slide`` begins one
with its heading, its first sentence and its list; after it come the figures, findings and short
tables of the run, and the code of cells that are marked themselves. Exercises and quizzes get slides
of their own. All other prose is for the speaker (press S), so that nobody reads a page aloud.

Here is chosen what stands on a slide, and in which order. How large things are only the page knows: its
script (`templates/slides.html.j2`) puts narrow tables side by side, moves what does not fit to a slide
below, and chooses the largest letters; a figure takes the room that is left.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined

from crmlib.kit.slide_tables import tidy_table

REVEAL = Path(__file__).parent / "reveal"
MOST_ROWS = 12  # of a table that is read from afar
ONE_LINE, MOST_PROSE = 92, 550  # characters, Chinese ones counting double: an introduction; a paragraph to show whole


@dataclass
class Item:
    """A thing on a slide: a paragraph, a list, a formula, a figure, a table, a piece of code."""

    html: str
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
    paragraph: str = ""  # what its first sentence begins


def make_deck(notebook: nbformat.NotebookNode, language: str) -> str:
    """A deck as one HTML page, from a lesson that has run, with its speaker notes.

    Parameters
    ----------
    notebook : NotebookNode
        With outputs, and with ``slideshow`` metadata; cells tagged ``notes`` are speaker notes.
    language : str
        "en" or "zh", for the page's own words.
    """
    slides = read_slides(notebook)
    columns: list[list[Slide]] = []
    for slide in slides:
        if slide.is_below and columns:
            columns[-1].append(slide)
        else:
            columns.append([slide])
    environment = Environment(
        loader=PackageLoader("crmlib.kit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    read = {
        name: (REVEAL / name).read_text(encoding="utf-8") for name in ("reveal.js", "reveal.css", "notes.js", "LICENSE")
    }
    return environment.get_template("slides.html.j2").render(
        columns=columns,
        language=language,
        title=re.sub(r"<[^>]+>", "", slides[0].heading) if slides else "",
        reveal=read,
    )


def read_slides(notebook: nbformat.NotebookNode) -> list[Slide]:
    """The slides of a lesson; the page splits those that are too full."""
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
    for slide in slides:
        if slide.paragraph and len(slide.items) == 1 and _width(slide.paragraph) <= MOST_PROSE:
            slide.items = [_block(slide.paragraph)]  # a sentence alone would leave the slide empty
    return [slide for slide in slides if slide.heading or slide.items]


def _add_prose(slides: list[Slide], cell: nbformat.NotebookNode, kind: str, skipped: str) -> None:
    heading, level, body = split_heading(cell.source)
    is_exercise = re.match(r"\*\*\d+\.\d+\.\d+\*\*", body) is not None
    if kind in ("slide", "subslide") or (heading and kind != "fragment") or is_exercise:
        above = render_line(skipped) or (slides[-1].heading if slides else "")
        minutes = cell.metadata.get("minutes") or cell.metadata.get("crmlib", {}).get("minutes")
        new = Slide(
            render_line(heading) or above,
            level or 2,
            is_below=kind == "subslide"
            or (is_exercise and above == (slides[-1].heading if slides else ""))
            or (not kind and level > 2),
            minutes=minutes,
        )
        slides.append(new)
        new.paragraph = "" if is_exercise else re.split(r"\n\s*\n", body.strip())[0]
        new.items += [_block(body)] if is_exercise else _essence(body)
        new.notes += [render(body)] if body.strip() and not is_exercise else []
    elif slides and kind == "fragment":
        slides[-1].items += [replace(item, is_fragment=True) for item in _essence(cell.source)]
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
    """What a slide shows of prose: the first sentence, formulas, lists and tables with the line before them."""
    items = []
    blocks = re.split(r"\n\s*\n", body.strip())
    for i, block in enumerate(blocks):
        if not block.strip():
            continue
        begins_list = i + 1 < len(blocks) and _is_list(blocks[i + 1]) and _width(block) <= ONE_LINE
        if block.startswith("$$"):
            items.append(Item(render(block)))
        elif _is_list(block) or (i > 0 and begins_list):
            items.append(_block(block))
        elif i == 0:
            items.append(_block(first_sentence(block)))
    return items


def _is_list(block: str) -> bool:
    return re.match(r"([-*] |\d+\. |\|)", block) is not None


def _block(text: str) -> Item:
    return Item(render(text))


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, in English or Chinese; of questions in a row, all.

    Examples
    --------
    >>> first_sentence("It is 3.5 %. Then more."), first_sentence("先猜一猜。再往下看。")
    ('It is 3.5 %.', '先猜一猜。')
    >>> first_sentence("Who comes? Who stays? We count.")
    'Who comes? Who stays?'
    """
    flat = " ".join(text.split())
    sentences = re.findall(r".+?(?:[。！？]|[.!?](?=\s|$)(?<!e\.g\.)(?<!i\.e\.)|$)", flat)
    n = next((i for i, sentence in enumerate(sentences) if sentence[-1] not in "?？"), len(sentences))
    return "".join(sentences[: max(n, 1)])


def _add_code(slides: list[Slide], cell: nbformat.NotebookNode, kind: str) -> None:
    if _announces(slides[-1]):
        pass  # a sentence is not worth a slide of its own: it stands above what it announces
    elif kind == "slide":
        slides.append(Slide(slides[-1].heading, 2))
    elif kind == "subslide":
        slides.append(Slide(slides[-1].heading, 2, is_below=True))
    is_exercise = "exercise" in cell.metadata.get("tags", [])
    draws = "plt." in cell.source or "explore(" in cell.source  # its figure says it all
    if kind in ("slide", "subslide", "fragment") and not is_exercise and not draws:
        code = f'<pre class="code"><code>{html.escape(cell.source)}</code></pre>'
        slides[-1].items.append(Item(code, is_fragment=kind == "fragment"))
    if is_exercise:
        return
    for output in cell.get("outputs", []):
        if output.get("metadata", {}).get("crmlib", {}).get("kind") == "quiz":
            slides.append(_ask(output, slides[-1].heading))
        slides[-1].items += _read_output(output)


def _announces(slide: Slide) -> bool:
    """Does a slide hold no more than a sentence so far?"""
    return not slide.items or (len(slide.items) == 1 and slide.items[0].html.startswith("<p>"))


def _read_output(output: nbformat.NotebookNode) -> list[Item]:
    data, mark = output.get("data", {}), output.get("metadata", {}).get("crmlib", {})
    if mark.get("kind") in ("finding", "skipped"):
        return [Item(f'<p class="{mark["kind"]}">{_keep_together(html.escape(mark["text"]))}</p>')]
    if "image/png" in data:
        alt = html.escape(output.get("metadata", {}).get("alt", ""), quote=True)
        return [Item(f'<img alt="{alt}" src="data:image/png;base64,{"".join(data["image/png"]).strip()}">')]
    if "text/html" in data and "<table" in data["text/html"]:
        table = tidy_table(re.search(r"<table.*</table>", data["text/html"], re.DOTALL)[0])
        return [Item(table)] if table.count("<tr") <= MOST_ROWS + 1 else []
    if "text/markdown" in data:
        return _essence(data["text/markdown"])
    return []


def _ask(output: nbformat.NotebookNode, heading: str) -> Slide:
    """A quiz as a slide to vote on; what to say to each choice is for the speaker."""
    question, *choices = output["data"]["text/plain"].split(": ", 1)[1].splitlines()
    options = "".join(f"<li>{html.escape(choice)}</li>" for choice in choices)
    items = [Item(f'<p><strong>{html.escape(question)}</strong></p><ul class="choices">{options}</ul>')]
    replies = re.findall(
        r"<summary>(.*?)</summary>\s*<div[^>]*>(.*?)</div>", output["data"].get("text/html", ""), re.DOTALL
    )
    return Slide(
        heading,
        2,
        is_below=True,
        items=items,
        notes=[f"<p><strong>{choice}</strong><br>{reply}</p>" for choice, reply in replies],
    )


def render(source: str) -> str:
    """Markdown as HTML; formulas as MathML, which browsers draw without help."""
    import mistune

    formulas: list[str] = []

    def keep(match: re.Match) -> str:
        formulas.append(_formula(match[1] or match[2], display="block" if match[1] else "inline"))
        return f"@@{len(formulas) - 1}@@"

    text = re.sub(r"\$\$(.+?)\$\$|(?<![\w\\$])\$([^\s$][^$\n]*?)(?<![\s\\])\$(?![\w$])", keep, source, flags=re.DOTALL)
    page = str(mistune.create_markdown(escape=True, plugins=["table"])(text))
    # A deck travels alone: what lies beside the lesson does not lie beside it.
    page = re.sub(r'<a href="(?!https?:)[^"]*"[^>]*>(.*?)</a>', r"\1", page, flags=re.DOTALL)
    return re.sub(r"@@(\d+)@@", lambda match: formulas[int(match[1])], _keep_together(page))


def _keep_together(text: str) -> str:
    """No line ends between a number and its sign: a space that does not break, and a joiner without width."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", text).replace("−$", "−\u2060$").replace("−¥", "−\u2060¥")


def _formula(latex: str, *, display: str) -> str:
    from latex2mathml.converter import convert

    return convert(latex.strip(), display=display)


def render_line(text: str) -> str:
    """A heading's marks as HTML, without a paragraph around it."""
    return re.sub(r"^<p>|</p>\s*$", "", render(text)) if text else ""
