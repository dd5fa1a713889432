"""A lesson as a deck of slides: one HTML file that needs no network.

What a slide shows is chosen by the marks in the lesson's source. A cell marked ``slide`` begins one
with its heading, its first sentence and its list; after it come the figures, findings and short
tables of the run, and the code of cells that are marked themselves. Exercises and quizzes get slides
of their own. All other prose is for the speaker (press S), so that nobody reads a page aloud. What
would not fit on a slide goes on the next; the page itself then chooses the largest letters that fit,
and a figure takes the room that is left.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined

REVEAL = Path(__file__).parent / "reveal"
# How much of a slide a thing takes, in lines of its smallest text; a slide holds so many.
LINES = 19.5
HEADING_LINES = 1.8
BLOCK_LINES = 0.6  # the space around a paragraph
FIGURE_LINES = 11  # at least: it grows where there is room
LEAST_LINES = 4  # a rest smaller than this gets no slide of its own:
SPARE_LINES = 3  # the letters of the slide before shrink for it
LINE_WIDTH = 92  # characters of a line; a Chinese one counts double
CODE_LINE = 0.72
TABLE_LINE = 0.95
TABLE_WIDTH = 105  # characters of a table's line, which are smaller
MOST_ROWS = 12
MOST_PROSE = 6
LONG_CELL = 22  # characters; a longer one may take two lines


@dataclass
class Item:
    """A thing on a slide, and how many lines it takes."""

    html: str
    lines: float
    is_fragment: bool = False
    columns: int = 0  # of a table: its width in characters


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
    for slide in slides:
        if slide.paragraph and len(slide.items) == 1 and count_lines(slide.paragraph) <= MOST_PROSE:
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
        begins_list = i + 1 < len(blocks) and _is_list(blocks[i + 1]) and count_lines(block) == 1
        if block.startswith("$$"):
            items.append(Item(render(block), 2.5))
        elif _is_list(block) or (i > 0 and begins_list):
            items.append(_block(block))
        elif i == 0:
            items.append(_block(first_sentence(block)))
    return items


def _is_list(block: str) -> bool:
    return re.match(r"([-*] |\d+\. |\|)", block) is not None


def _block(text: str) -> Item:
    return Item(render(text), BLOCK_LINES + count_lines(text))


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
    if sum(item.lines for item in slides[-1].items) <= LEAST_LINES and not any(
        "<pre" in item.html for item in slides[-1].items
    ):
        pass  # a sentence is not worth a slide of its own: it stands above what it announces
    elif kind == "slide":
        slides.append(Slide(slides[-1].heading, 2))
    elif kind == "subslide":
        slides.append(Slide(slides[-1].heading, 2, is_below=True))
    is_exercise = "exercise" in cell.metadata.get("tags", [])
    draws = "plt." in cell.source or "explore(" in cell.source  # its figure says it all
    if kind in ("slide", "subslide", "fragment") and not is_exercise and not draws:
        code = f'<pre class="code"><code>{html.escape(cell.source)}</code></pre>'
        slides[-1].items.append(
            Item(code, 0.8 + CODE_LINE * len(cell.source.splitlines()), is_fragment=kind == "fragment")
        )
    if is_exercise:
        return
    for output in cell.get("outputs", []):
        if output.get("metadata", {}).get("crmlib", {}).get("kind") == "quiz":
            slides.append(_ask(output, slides[-1].heading))
        slides[-1].items += _show(output)


def _show(output: nbformat.NotebookNode) -> list[Item]:
    data, mark = output.get("data", {}), output.get("metadata", {}).get("crmlib", {})
    if mark.get("kind") in ("finding", "skipped"):
        return [
            Item(
                f'<p class="{mark["kind"]}">{_keep_together(html.escape(mark["text"]))}</p>',
                BLOCK_LINES + count_lines(mark["text"]),
            )
        ]
    if "image/png" in data:
        alt = html.escape(output.get("metadata", {}).get("alt", ""), quote=True)
        return [
            Item(f'<img alt="{alt}" src="data:image/png;base64,{"".join(data["image/png"]).strip()}">', FIGURE_LINES)
        ]
    if "text/html" in data and "<table" in data["text/html"]:
        table = tidy_table(re.search(r"<table.*</table>", data["text/html"], re.DOTALL)[0])
        n_rows = table.count("<tr")
        return (
            [Item(table, BLOCK_LINES + TABLE_LINE * n_rows, columns=_table_width(table))]
            if n_rows <= MOST_ROWS + 1
            else []
        )
    if "text/markdown" in data:
        return _essence(data["text/markdown"])
    return []


def _ask(output: nbformat.NotebookNode, heading: str) -> Slide:
    """A quiz as a slide to vote on; what to say to each choice is for the speaker."""
    question, *choices = output["data"]["text/plain"].split(": ", 1)[1].splitlines()
    options = "".join(f"<li>{html.escape(choice)}</li>" for choice in choices)
    lines = 2 * BLOCK_LINES + count_lines("\n".join([question, *choices]))
    items = [Item(f'<p><strong>{html.escape(question)}</strong></p><ul class="choices">{options}</ul>', lines)]
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


def tidy_table(table: str) -> str:
    """A table of a run as one reads it from afar: one row of heads, no row numbers, 584,697 for 584697.0.

    A table whose cells span several rows or columns stays as it is.

    Examples
    --------
    >>> tidy_table("<table><tr><th></th><th>x</th></tr><tr><th>0</th><td>1200.0</td></tr></table>")
    '<table><thead><tr><th>x</th></tr></thead><tbody><tr><td>1,200</td></tr></tbody></table>'
    """
    rows = _read_cells(table)
    if "span=" in table or len({len(row) for row in rows}) != 1 or not rows[0]:
        return table
    n_head = sum(all(tag == "th" for tag, _ in row) for row in rows)
    if n_head == 2 and not rows[0][0][1] and not any(text for _, text in rows[1][1:]):
        rows, n_head = [[rows[1][0], *rows[0][1:]], *rows[2:]], 1
    is_numbered = all(row[0][0] == "th" and row[0][1].isdigit() for row in rows[n_head:])
    if n_head == 1 and len(rows[0]) > 1 and not rows[0][0][1] and is_numbered:
        rows = [row[1:] for row in rows]
    columns = [_drop_zeros(list(column), n_head) for column in zip(*rows)]
    written = ["".join(_write_cell(tag, text) for tag, text in row) for row in zip(*columns)]
    head, body = ("".join(f"<tr>{row}</tr>" for row in part) for part in (written[:n_head], written[n_head:]))
    return (
        f"{re.match('<table[^>]*>', table)[0]}{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"
    )


def _write_cell(tag: str, text: str) -> str:
    return f'<{tag} class="long">{text}</{tag}>' if _width(text) > LONG_CELL else f"<{tag}>{text}</{tag}>"


def _read_cells(table: str) -> list[list[tuple[str, str]]]:
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [
        [(tag, text.strip()) for tag, text in re.findall(r"<(t[hd])[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def _drop_zeros(column: list[tuple[str, str]], n_head: int) -> list[tuple[str, str]]:
    if not all(tag == "td" and re.fullmatch(r"-?\d+\.0", text) for tag, text in column[n_head:]):
        return column
    return column[:n_head] + [("td", f"{float(text):,.0f}") for _, text in column[n_head:]]


def _table_width(table: str) -> int:
    rows = _read_cells(table)
    columns = zip(*([_width(re.sub("<.*?>", "", text)) + 4 for _, text in row] for row in rows))
    return sum(max(column) for column in columns)


def split(slide: Slide) -> list[Slide]:
    """A slide as one or several that each hold no more than fits; the speaker's notes stay with the first."""
    head = HEADING_LINES if slide.heading else 0
    pages, taken = [slide], head
    items, slide.items = _put_side_by_side(slide.items), []
    for item in items:
        is_rest = item is items[-1] and item.lines <= LEAST_LINES
        if taken + item.lines > LINES + SPARE_LINES * is_rest and pages[-1].items:
            pages.append(Slide(slide.heading, slide.level, is_below=True))
            taken = head
        pages[-1].items.append(item)
        taken += item.lines
    return pages


_BESIDE = '<div class="side-by-side">'


def _put_side_by_side(items: list[Item]) -> list[Item]:
    """Narrow tables in a row share their lines."""
    placed: list[Item] = []
    for item in items:
        before = placed[-1] if placed else None
        if before and item.columns and before.columns and item.columns + before.columns <= TABLE_WIDTH:
            tables = before.html.removeprefix(_BESIDE).removesuffix("</div>") + item.html
            placed[-1] = Item(
                f"{_BESIDE}{tables}</div>", max(before.lines, item.lines), columns=before.columns + item.columns
            )
        else:
            placed.append(item)
    return placed


def count_lines(text: str) -> int:
    """How many lines a text takes on a slide.

    Examples
    --------
    >>> count_lines("short"), count_lines("- one\\n- two")
    (1, 2)
    """
    return sum(-(-_width(line) // LINE_WIDTH) for line in text.splitlines() if line.strip())


def _width(line: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line)


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
