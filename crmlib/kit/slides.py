"""A lesson as a deck of slides: one HTML file that needs no network.

What a slide shows is chosen by the marks in the lesson's source. A cell marked ``slide`` begins one with its
heading and its text (`slide_text` says which); after it come the figures, findings and short tables of the run, and
the code of cells that are marked themselves. What a cell marked ``fragment`` or ``result`` shows comes at a click: the
class says its result first. Exercises, blanks and quizzes get slides of their own. All other prose is for the
speaker (press S), so that nobody reads a page aloud.

Here is chosen what stands on a slide, and in which order. How large things are only the page knows: its
script (`templates/slides.html.j2`) puts narrow tables side by side, moves what does not fit to a slide
below, and chooses the largest letters; a figure takes the room that is left.
"""

from __future__ import annotations

import base64
import html
import re
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from crmlib.kit.lesson_plan import without_minutes
from crmlib.kit.pages import find_template
from crmlib.kit.slide_tables import tidy_table
from crmlib.kit.slide_text import (
    choose_text,
    is_asked,
    keep_together,
    render,
    render_line,
    slide_type,
    split_heading,
    with_texts,
)

REVEAL = Path(__file__).parent / "reveal"
MOST_ROWS = 12  # of a table that is read from afar
TALLEST = 560  # pixels of a slide that a figure may ask for: what a heading and a line leave
RESULT = "result"  # the tag of a cell whose result comes at a click, without its code


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
    asks: bool = False  # a blank or a prediction: nothing may answer it before a click

    @property
    def waits(self) -> bool:
        """Does what is added now wait for a click: after a question, and after what waits itself?"""
        return self.asks or any(item.is_fragment for item in self.items)


def make_deck(notebook: nbformat.NotebookNode, language: str) -> str:
    """A deck as one HTML page, from a lesson that has run, with its speaker notes.

    Parameters
    ----------
    notebook : NotebookNode
        With outputs, and with ``slideshow`` metadata; cells tagged ``notes`` are speaker notes, those tagged
        ``slide-text`` what a slide shows of the prose before them.
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
    read = {
        name: (REVEAL / name).read_text(encoding="utf-8") for name in ("reveal.js", "reveal.css", "notes.js", "LICENSE")
    }
    return find_template("slides.html.j2").render(
        columns=columns,
        language=language,
        title=re.sub(r"<[^>]+>", "", slides[0].heading) if slides else "",
        reveal=read,
    )


def read_slides(notebook: nbformat.NotebookNode) -> list[Slide]:
    """The slides of a lesson; the page splits those that are too full."""
    slides: list[Slide] = []
    skipped = ""  # a heading that is not shown still stands above the exercises that follow it
    for cell, chosen in with_texts(notebook.cells):
        kind = slide_type(cell)
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and split_heading(cell.source)[0]:
            skipped = split_heading(cell.source)[0] if kind == "skip" else ""
        if kind == "skip" or "parameters" in tags:
            continue
        if kind == "notes" or "notes" in tags:
            if slides:
                slides[-1].notes.append(render(cell.source))
        elif cell.cell_type == "markdown":
            _add_prose(slides, cell, chosen, skipped)
        elif slides and (kind or not skipped or _has_quiz(cell)):  # what a heading leaves out, its cells leave out
            _add_code(slides, cell, kind)
    return [slide for slide in slides if slide.heading or slide.items]


def _add_prose(slides: list[Slide], cell: nbformat.NotebookNode, chosen: str | None, skipped: str) -> None:
    heading, level, body = split_heading(cell.source)
    body = without_minutes(body)
    if chosen is not None:
        other, _, chosen = split_heading(chosen)
        heading = other or heading
    kind = slide_type(cell)
    asks = is_asked(body)
    shown = [_block(body)] if asks and chosen is None else [_block(block) for block in choose_text(body, chosen)]
    said = [] if asks or not body.strip() else [render(body)]
    if kind in ("slide", "subslide") or (heading and kind != "fragment") or asks:
        above = render_line(skipped) or (slides[-1].heading if slides else "")
        is_below = kind == "subslide" or (not kind and level > 2)
        is_below = is_below or (asks and above == (slides[-1].heading if slides else ""))
        minutes = cell.metadata.get("minutes") or cell.metadata.get("crmlib", {}).get("minutes")
        slides.append(Slide(render_line(heading) or above, level or 2, is_below, shown, said, minutes, asks))
    elif slides and (kind == "fragment" or chosen is not None):
        waits = kind == "fragment" or slides[-1].waits
        slides[-1].items += [replace(item, is_fragment=waits) for item in shown]
        slides[-1].notes += said
    elif slides:
        slides[-1].notes += said


def _block(text: str) -> Item:
    """A block of prose; choices that bring their own letters need no dots."""
    return Item(re.sub(r"\A<ul>(?=\s*<li>A\. )", '<ul class="choices">', render(text)))


def _add_code(slides: list[Slide], cell: nbformat.NotebookNode, kind: str) -> None:
    if _announces(slides[-1]):
        pass  # a sentence is not worth a slide of its own: it stands above what it announces
    elif kind == "slide":
        slides.append(Slide(slides[-1].heading, 2))
    elif kind == "subslide":
        slides.append(Slide(slides[-1].heading, 2, is_below=True))
    tags = cell.metadata.get("tags", [])
    is_exercise = "exercise" in tags
    draws = "plt." in cell.source or "explore(" in cell.source  # its figure says it all
    if kind in ("slide", "subslide", "fragment") and not is_exercise and not draws and RESULT not in tags:
        code = f'<pre class="code"><code>{html.escape(cell.source)}</code></pre>'
        slides[-1].items.append(Item(code, is_fragment=kind == "fragment"))
    if is_exercise:
        return
    for output in cell.get("outputs", []):
        if _is_quiz(output):
            slides.append(_ask(output, slides[-1].heading))
        waits = kind == "fragment" or slides[-1].waits  # for a click
        slides[-1].items += [replace(item, is_fragment=waits) for item in _read_output(output)]


def _is_quiz(output: nbformat.NotebookNode) -> bool:
    return output.get("metadata", {}).get("crmlib", {}).get("kind") == "quiz"


def _has_quiz(cell: nbformat.NotebookNode) -> bool:
    return any(_is_quiz(output) for output in cell.get("outputs", []))


def _announces(slide: Slide) -> bool:
    """Does a slide hold no more than a sentence so far?"""
    return not slide.items or (len(slide.items) == 1 and slide.items[0].html.startswith("<p>"))


def _read_output(output: nbformat.NotebookNode) -> list[Item]:
    data, mark = output.get("data", {}), output.get("metadata", {}).get("crmlib", {})
    if mark.get("kind") in ("finding", "skipped"):
        return [Item(f'<p class="{mark["kind"]}">{keep_together(html.escape(mark["text"]))}</p>')]
    if "image/png" in data:
        alt = html.escape(output.get("metadata", {}).get("alt", ""), quote=True)
        picture = "".join(data["image/png"]).strip()
        least = f' style="min-height: {max(_least_height(picture), 400)}px"'
        return [Item(f'<img alt="{alt}"{least} src="data:image/png;base64,{picture}">')]
    if "text/html" in data and "<table" in data["text/html"]:
        table = tidy_table(re.search(r"<table.*</table>", data["text/html"], re.DOTALL)[0])
        return [Item(table)] if table.count("<tr") <= MOST_ROWS + 1 else []
    if "text/markdown" in data:
        return [_block(block) for block in choose_text(data["text/markdown"])]
    return []


def _least_height(picture: str) -> int:
    """As high as a figure was made: drawn smaller, its letters could not be read from the last row."""
    start = base64.b64decode(picture[:32])
    height = struct.unpack(">I", start[20:24])[0] if len(start) == 24 else 0  # where every PNG says it
    return min(height, TALLEST)


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
