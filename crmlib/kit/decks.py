"""A deck of slides of each lesson, from the student edition as it lies there and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat

from crmlib.files.places import NOTEBOOKS, ROOT
from crmlib.files.whole import write_whole
from crmlib.kit import chapter, slides
from crmlib.kit.editions import make_edition
from crmlib.kit.slide_text import find_unchosen
from crmlib.language import LANGUAGES
from crmlib.lesson.sources import edition_path, has_slides, name_of

DECKS = ROOT / "build" / "slides"


def add_notes(source: Path, language: str, root: Path = NOTEBOOKS) -> nbformat.NotebookNode:
    """The student edition with its outputs, and the speaker notes and the texts of slides in their places."""
    there = {cell.id: cell for cell in nbformat.read(edition_path(source, language, root), as_version=4).cells}
    notebook = make_edition(source, language, kind="slides")
    notebook.cells = [there.get(cell.id, cell) for cell in notebook.cells]
    return notebook


def build_deck(source: Path, language: str, root: Path = NOTEBOOKS) -> Path:
    """Write the deck of a lesson: one HTML file."""
    path = DECKS / language / Path(name_of(source)).with_suffix(".html")
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_whole(path, slides.make_deck(add_notes(source, language, root), language))


def list_unchosen(source: Path) -> list[str]:
    """What the slides of a lesson lack in either language, one sentence each; nothing needs to have run."""
    return [
        f"{name_of(source)}, {language}: {text}"
        for language in LANGUAGES
        for text in find_unchosen(make_edition(source, language, kind="slides"))
    ]


def build_all(sources: Iterable[Path]) -> int:
    """Write the decks of lessons in both languages, and say which cells need a text of their own; 0."""
    unchosen = []
    for source in filter(has_slides, sources):
        for language in LANGUAGES:
            print(build_deck(source, language).relative_to(ROOT), flush=True)
        unchosen += list_unchosen(source)
    for path in chapter.write_all(DECKS):
        print(path.relative_to(ROOT), flush=True)
    if unchosen:
        print("\nThese need a text for the slide: a pair of cells tagged slide-text right after them.")
        print("\n".join(f"  {text}" for text in unchosen))
    return 0
