"""What opens and closes a chapter: two short decks, and a handout of one page to print.

They stand in ``notebooks/source/<chapter>/chapter.py``, pairs of prose cells as in a lesson; a mark on the English one
says what it is for:

    part="opening"     a slide each: what the chapter asks, what it gives
    part="take-away"   a slide each, and the end of the handout
    part="quiz"        a question of the wrap-up, a slide each: choices as a list; behind ``>`` what to say to them
    part="handout"     the page that students take home, A4

From it come ``build/slides/<lang>/<chapter>/0-opening.html`` and ``wrap-up.html``, and ``build/handouts/<lang>/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from crmlib.files.places import ROOT, SOURCES
from crmlib.files.whole import write_whole
from crmlib.kit.plain_page import write_page
from crmlib.kit.slides import make_deck
from crmlib.language import LANGUAGES
from crmlib.lesson.sources import CHAPTER, read_twins

HANDOUTS = ROOT / "build" / "handouts"
PARTS = ("opening", "take-away", "quiz", "handout")
ASIDE = re.compile(r"^>.*$\n?", flags=re.MULTILINE)  # what is said to the choices of a question


def list_chapter_sources() -> list[Path]:
    """The sources that open and close a chapter."""
    return sorted(SOURCES.glob(f"[0-9]*/{CHAPTER}"))


def read_parts(source: Path, language: str) -> dict[str, list[str]]:
    """The texts of a chapter's source by what they are for, in a language.

    Raises
    ------
    ValueError
        A cell has no part, or one that is not known; or a part is missing.
    """
    parts: dict[str, list[str]] = {part: [] for part in PARTS}
    for twins in read_twins(source):
        part = twins[0].metadata.get("part")
        text = twins[LANGUAGES.index(language)].source
        if part not in parts:
            raise ValueError(
                f"{source.parent.name}/{source.name}: each prose cell must have part= one of {list(PARTS)}; got "
                f"{part!r} on the one that begins {text.splitlines()[:1]}. For example: "
                f'# %% [markdown] lang="en" part="quiz"'
            )
        parts[part].append(text)
    missing = [part for part, texts in parts.items() if not texts]
    if missing:
        raise ValueError(f"{source.parent.name}/{source.name} must have every part; there is no {', '.join(missing)}.")
    return parts


def make_slides(texts: list[str]) -> nbformat.NotebookNode:
    """Texts as a notebook of slides, one each; what stands behind ``>`` is for the speaker."""
    cells = []
    for text in texts:
        shown, said = ASIDE.sub("", text).strip(), [line.lstrip("> ") for line in ASIDE.findall(text)]
        cells.append(nbformat.v4.new_markdown_cell(shown, metadata={"slideshow": {"slide_type": "slide"}}))
        if said:
            cells.append(nbformat.v4.new_markdown_cell("".join(said), metadata={"tags": ["notes"]}))
    return nbformat.v4.new_notebook(cells=cells)


def write_decks(source: Path, language: str, root: Path) -> list[Path]:
    """Write the deck that opens a chapter and the one that closes it."""
    parts = read_parts(source, language)
    folder = root / language / source.parent.name
    folder.mkdir(parents=True, exist_ok=True)
    decks = {"0-opening": parts["opening"], "wrap-up": [*parts["take-away"], *parts["quiz"]]}
    return [
        write_whole(folder / f"{name}.html", make_deck(make_slides(texts), language)) for name, texts in decks.items()
    ]


def write_handout(source: Path, language: str, root: Path = HANDOUTS) -> Path:
    """Write the handout of a chapter: one HTML file that prints on one page."""
    parts = read_parts(source, language)
    texts = [*parts["handout"], *parts["take-away"]]
    title = re.search(r"^# (.+)$", texts[0], flags=re.MULTILINE)[1]
    return write_page(root / language / f"{source.parent.name}.html", title, "\n\n".join(texts), language)


def write_all(decks: Path, named: str = "") -> Iterator[Path]:
    """Decks and handouts of the chapters with `named` in their name, in both languages."""
    for source in list_chapter_sources():
        if named in source.parent.name:
            for language in LANGUAGES:
                yield from write_decks(source, language, decks)
                yield write_handout(source, language)
