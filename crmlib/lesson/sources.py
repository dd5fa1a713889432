"""The sources of the notebooks: one text file a lesson, every prose cell in both languages.

notebooks/source/<chapter>/<n>-<name>.py    a lesson
notebooks/source/<chapter>/<n>-exercises.py its exercises (no source of a notebook)
notebooks/source/<chapter>/analysis.py      the analysis of the chapter
notebooks/source/<chapter>/chapter.py       its opening, take-away, quiz and handout (no source of a notebook)
notebooks/source/<chapter>/zh.po            the Chinese of its labels
"""

from __future__ import annotations

import pickle
import re
from functools import cache
from pathlib import Path

from crmlib import require
from crmlib.files.places import NOTEBOOKS, SOURCES
from crmlib.language import LANGUAGES

CHAPTER = "chapter.py"  # opens and closes a chapter, and is no notebook
LAYOUT = "lines_to_next_cell"  # jupytext's note of empty lines in the source


def list_sources() -> list[Path]:
    """Every source of a notebook, chapter by chapter, the analysis behind the lessons."""
    found = SOURCES.glob("[0-9]*/*.py")
    lessons = [path for path in found if not path.stem.endswith("exercises") and path.name != CHAPTER]
    return sorted(lessons, key=in_order)


def in_order(source: Path) -> list[str | int]:
    """What to sort sources by: lesson 2 before lesson 10.

    Examples
    --------
    >>> paths = [Path("1-a/10-b.py"), Path("1-a/analysis.py"), Path("1-a/2-c.py")]
    >>> [path.name for path in sorted(paths, key=in_order)]
    ['2-c.py', '10-b.py', 'analysis.py']
    """
    parts = re.split(r"(\d+)", f"{source.parent.name}/{source.name}")
    return [int(part) if part.isdigit() else part for part in parts]


def is_named(source: Path, beginning: str) -> bool:
    """Does a source's name so begin? A number counts whole: lesson 1 is not lesson 10.

    Examples
    --------
    >>> [is_named(Path(f"1-a/{name}.py"), "1-a/1") for name in ("1-b", "10-c")]
    [True, False]
    """
    return re.match(rf"{re.escape(beginning)}(?!(?<=\d)\d)", f"{source.parent.name}/{source.name}") is not None


def exercises_beside(source: Path) -> Path:
    """The file of a lesson's exercises: ``1-exercises.py`` beside ``1-the-pyramid.py``."""
    return source.with_name(f"{source.stem.split('-')[0]}-exercises.py")


def name_of(source: Path) -> str:
    """A source by its chapter and its name: "2-customer-pyramid/1-the-pyramid.py"."""
    return f"{source.parent.name}/{source.name}"


def is_analysis(source: Path) -> bool:
    return source.stem == "analysis"


def edition_path(source: Path, language: str, root: Path = NOTEBOOKS, *, kind: str = "student") -> Path:
    """Where an edition of a source lies; an analysis by the name of its chapter."""
    chapter = source.parent.name
    if is_analysis(source):
        return root / "analysis" / language / f"{chapter}.ipynb"
    folder = root / "solutions" / language if kind == "solution" else root / language
    return folder / chapter / f"{source.stem}.ipynb"


def list_lessons(language: str) -> list[dict]:
    """The lessons there are, in order, as their sources say.

    Returns
    -------
    list of dict
        One per lesson: chapter and lesson (numbers), title (in `language`), minutes of teaching and
        exercise_minutes (None where the source does not say) and path, from the folder of the language's notebooks.
    """
    require.one_of(language, LANGUAGES, "language")
    lessons = []
    for source in list_sources():
        chapter, lesson = source.parent.name.split("-")[0], source.stem.split("-")[0]
        if chapter == "0" or is_analysis(source):
            continue
        title = read_title(source)[LANGUAGES.index(language)]
        heading = re.search(r"^# (.+)$", title.source, flags=re.MULTILINE)
        lessons.append(
            {
                "chapter": int(chapter),
                "lesson": int(lesson),
                "title": heading[1].strip() if heading else source.stem,
                "minutes": title.metadata.get("minutes"),
                "exercise_minutes": title.metadata.get("exercise_minutes"),
                "path": f"{source.parent.name}/{source.stem}.ipynb",
            }
        )
    return lessons


def read_twins(source: Path) -> list[tuple[dict, dict]]:
    """The cells of a source as pairs (English, Chinese); a code cell is its own twin.

    Raises ValueError where a prose cell has no twin, naming it.
    """
    # A text is read once and asked for often; each who asks gets cells of their own, to change.
    return pickle.loads(_read_twins(source.read_text(encoding="utf-8"), source.name))


def read_title(source: Path) -> tuple[dict, dict]:
    """The first pair of `read_twins`, without reading the other cells: of all lessons that would take seconds."""
    text = source.read_text(encoding="utf-8")
    begins = [cell.start() for cell in re.finditer("^# %%", text, flags=re.MULTILINE)]
    return pickle.loads(_read_twins(text[: begins[2]] if len(begins) > 2 else text, source.name))[0]


@cache
def _read_twins(text: str, name: str) -> bytes:
    import jupytext  # a second, which a lesson that only asks and says need not wait for

    cells = iter(jupytext.reads(text, fmt="py:percent").cells)
    pairs = []
    for cell in cells:
        if cell.cell_type == "code":
            pairs.append((cell, cell))
            continue
        twin = next(cells, None)
        here = f"{name}: the prose cell that begins {cell.source.splitlines()[:1]}"
        if cell.metadata.get("lang") != "en":
            raise ValueError(f'{here} must be marked lang="en" and be followed by its lang="zh" twin.')
        if twin is None or twin.cell_type != "markdown" or twin.metadata.get("lang") != "zh":
            raise ValueError(f'{here} has no Chinese twin: put a [markdown] lang="zh" cell right after it.')
        if own := sorted(set(twin.metadata) - {"lang", LAYOUT}):
            raise ValueError(f"{here}: marks such as {own} stand on the English cell only.")
        twin.metadata = cell.metadata
        pairs.append((cell, twin))
    return pickle.dumps(pairs)


def has_exercises(source: Path) -> bool:
    return any("exercise" in cell.metadata.get("tags", []) for cell, _ in read_twins(source))


def has_slides(source: Path) -> bool:
    return any(cell.metadata.get("slide") == "slide" for cell, _ in read_twins(source))
