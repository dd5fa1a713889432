"""The text of a slide: what of a lesson's prose stands on it, as HTML.

It is chosen, not cut. Right after a prose cell may stand a twin for the slide, a pair of cells tagged
``slide-text``: the slide shows that, and the speaker has the prose. Without one, prose that is short stands
whole. Where it is long and nobody has chosen, `find_unchosen` names the cell; until somebody does, the slide
has the first sentence, the lists and the formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import nbformat

SLIDE_TEXT = "slide-text"  # the tag
MOST_WORDS, MOST_CHARACTERS = 45, 90  # English words, Chinese characters: what is read while somebody speaks
ONE_LINE = 92  # characters, Chinese ones counting double: a line that introduces a list
# What must not be lost between the page and the slide: by what it says, in the words of both languages.
CAVEATS = {
    "simulated": r"\bsimulat|模拟",
    "rebuilt": r"\b(?:rebuilt|reconstruct)|重建",
    "assumed": r"\bassum(?:e|ed|es|ption|ptions)\b|假设|假定",
}


def choose_text(body: str, chosen: str | None = None) -> list[str]:
    """The blocks of Markdown that a slide shows of a cell, without its heading.

    Parameters
    ----------
    body : str
        The cell's prose.
    chosen : str, optional
        Its twin for the slide, where somebody has written one.

    Examples
    --------
    >>> choose_text("All do. And here is why.\\n\\n- one")
    ['All do. And here is why.', '- one']
    >>> choose_text("All do. " + "And here is more. " * 20 + "\\n\\n- one")
    ['All do.', '- one']
    """
    if chosen is not None:
        return _blocks(chosen)
    return _blocks(body) if is_short(body) else _essence(_blocks(body))


def is_short(body: str) -> bool:
    """May a cell's prose stand on a slide whole? Lists, tables and formulas stand there anyway."""
    prose = " ".join(block for block in _blocks(body) if not _stands_anyway(block))
    return count_words(prose) <= MOST_WORDS and count_characters(prose) <= MOST_CHARACTERS


def count_words(text: str) -> int:
    """English words in a text.

    Examples
    --------
    >>> count_words("It is 3.5 %, of all."), count_characters("共 3 位客户。")
    (5, 4)
    """
    return len(re.findall(r"[A-Za-z0-9$][\w.,'’$-]*", text))


def count_characters(text: str) -> int:
    """Chinese characters in a text, without its punctuation."""
    return len(re.findall("[\u4e00-\u9fff]", text))


def find_unchosen(notebook: nbformat.NotebookNode) -> list[str]:
    """Cells whose slide needs a text that somebody chooses, one sentence each.

    Prose that is too long for its slide, and sections whose prose says that something is simulated, rebuilt or
    assumed and whose slides do not.
    """
    found = []
    for section in _sections(list(with_texts(notebook.cells))):
        said, shown = "", ""
        for cell, chosen in section:
            if cell.cell_type == "code":
                shown += cell.source if "say(" in cell.source else ""  # what it says stands on the slide
                continue
            heading, _, body = split_heading(cell.source)
            name = heading or body[:40].replace("\n", " ")
            said += body
            if not _stands_on_slide(cell) and chosen is None:
                continue  # all else is for the speaker
            shown += heading + "\n".join(choose_text(body, chosen))
            if chosen is None and not is_short(body) and not is_asked(body):
                found.append(f'the prose of "{name}" is too long for its slide')
        name = split_heading(section[0][0].source)[0]
        found += [
            f'the prose of "{name}" says that something is {what}, and its slide does not'
            for what, words in CAVEATS.items()
            if re.search(words, said, re.IGNORECASE) and not re.search(words, shown, re.IGNORECASE)
        ]
    return found


def with_texts(cells: Sequence[nbformat.NotebookNode]) -> Iterator[tuple[nbformat.NotebookNode, str | None]]:
    """The cells of a deck, each with the text that was chosen for its slide, if one was."""
    for position, cell in enumerate(cells):
        if is_slide_text(cell):
            continue
        after = cells[position + 1] if position + 1 < len(cells) else None
        is_chosen = cell.cell_type == "markdown" and after is not None and is_slide_text(after)
        yield cell, after.source if is_chosen else None


def is_slide_text(cell: nbformat.NotebookNode) -> bool:
    return SLIDE_TEXT in cell.metadata.get("tags", [])


def _sections(cells: list[tuple[nbformat.NotebookNode, str | None]]) -> Iterator[list]:
    """The cells on slides and around them, section by section; each begins with a heading."""
    section: list = []
    is_skipped = False
    for cell, chosen in cells:
        if "notes" in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown" and split_heading(cell.source)[0]:
            if section:
                yield section
            section, is_skipped = [], slide_type(cell) == "skip"
        if not is_skipped and slide_type(cell) != "skip":
            section.append((cell, chosen))
    if section:
        yield section


def _stands_on_slide(cell: nbformat.NotebookNode) -> bool:
    return slide_type(cell) in ("slide", "subslide", "fragment") or bool(split_heading(cell.source)[0])


def slide_type(cell: nbformat.NotebookNode) -> str:
    return cell.metadata.get("slideshow", {}).get("slide_type", "")


def is_asked(body: str) -> bool:
    """Is it the task of an exercise, or of a blank inside the lesson? Those stand whole."""
    return re.match(r"\*\*\d+\.\d+\.\w+\*\*", body) is not None


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


def _blocks(body: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", body.strip()) if block.strip()]


def _essence(blocks: list[str]) -> list[str]:
    """Of prose that is too long: the first sentence, formulas with their symbols, lists with the line before them."""
    shown = []
    for i, block in enumerate(blocks):
        begins_list = i + 1 < len(blocks) and _is_list(blocks[i + 1]) and _width(block) <= ONE_LINE
        says_symbols = i > 0 and blocks[i - 1].startswith("$$") and "$" in block
        if _stands_anyway(block) or says_symbols or (i > 0 and begins_list):
            shown.append(block)
        elif i == 0:
            shown.append(first_sentence(block))
    return shown


def _stands_anyway(block: str) -> bool:
    return block.startswith("$$") or _is_list(block)


def _is_list(block: str) -> bool:
    return re.match(r"([-*] |\d+\. |\|)", block) is not None


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
    return re.sub(r"@@(\d+)@@", lambda match: formulas[int(match[1])], keep_together(page))


def keep_together(text: str) -> str:
    """No line ends between a number and its sign: a space that does not break, and a joiner without width."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", text).replace("−$", "−\u2060$").replace("−¥", "−\u2060¥")


def _formula(latex: str, *, display: str) -> str:
    from latex2mathml.converter import convert

    return convert(latex.strip(), display=display)


def render_line(text: str) -> str:
    """A heading's marks as HTML, without a paragraph around it."""
    return re.sub(r"^<p>|</p>\s*$", "", render(text)) if text else ""
