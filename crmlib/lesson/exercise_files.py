"""The files that hold the exercises, one a lesson: ``notebooks/source/<chapter>/1-exercises.py``."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from crmlib.files.places import SOURCES
from crmlib.language import t
from crmlib.lesson.sources import in_order
from crmlib.lesson.writing import Item


def exercises_path(id: str) -> Path:
    """The file that holds an exercise or question.

    Examples
    --------
    >>> exercises_path("0.0.q1").relative_to(SOURCES).as_posix()
    '0-start-here/0-exercises.py'
    """
    parts = re.fullmatch(r"(\d+)\.(\d+)\.(?:q?\d+|[a-z])", str(id))
    if parts is None:
        raise ValueError(
            t(
                "id must be chapter.lesson.number, in quotes; got {id}. For example '2.1.1', '2.1.a' for a blank inside"
                " the lesson, or '2.1.q1' for a question.",
                id=repr(id),
            )
        )
    name = f"{parts[2]}-exercises.py"
    chapters = sorted(SOURCES.glob(f"{parts[1]}-*"))
    return (chapters[0] if chapters else SOURCES / parts[1]) / name


def lesson_path(id: str) -> Path | None:
    """The lesson that asks an exercise; None where an exercise has no lesson.

    Examples
    --------
    >>> lesson_path("0.0.1").name
    '0-start-here.py'
    """
    path = exercises_path(id)
    return next((one for one in path.parent.glob(f"{path.name.split('-')[0]}-*.py") if one != path), None)


def read_question(id: str) -> list[str]:
    """The question of an exercise as its lesson asks it, in each language.

    Examples
    --------
    >>> [text[:11] for text in read_question("0.0.1")]
    ['How much di', '把每位客户的订单合在一']
    """
    lesson = lesson_path(id)
    text = lesson.read_text(encoding="utf-8") if lesson else ""
    found = re.findall(rf"^# \*\*{re.escape(id)}\*\* (.+(?:\n# .+)*)", text, re.MULTILINE)
    return [one.replace("\n# ", " ") for one in found]


def is_inside(id: str) -> bool:
    """Is it a blank inside the lesson, named by a letter, and none of the exercises at its end?

    Examples
    --------
    >>> is_inside("2.1.a"), is_inside("2.1.1")
    (True, False)
    """
    return id[-1:].isalpha()


def read_exercises(path: Path) -> dict[str, Item]:
    """What a file of exercises holds, by id, in the order of the file."""
    items = [item for item in vars(load_module(path)).values() if isinstance(item, Item)]
    if len({item.id for item in items}) < len(items):
        raise ValueError(
            t("{file}: every id must stand once; there are {ids}.", file=path.name, ids=[item.id for item in items])
        )
    return {item.id: item for item in items}


def load_module(path: Path) -> ModuleType:
    """The module in a file of exercises, as it is now on the disk."""
    return _load(path, path.stat().st_mtime_ns)


@cache
def _load(path: Path, _changed: int) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"crmlib_exercises_{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def find_exercise(id: str, *kinds: type) -> Item:
    """The exercise or question of an id.

    Raises
    ------
    ValueError
        There is none of that kind by that id; the message lists those that are there.
    """
    path = exercises_path(id)
    there = read_exercises(path) if path.exists() else {}
    there = {name: item for name, item in there.items() if not kinds or isinstance(item, kinds)}
    if id not in there:
        raise ValueError(t("id must be one of {known} in this lesson; got {id}.", known=list(there), id=repr(id)))
    return there[id]


def list_files() -> list[Path]:
    return sorted(SOURCES.glob("[0-9]*/[0-9]*-exercises.py"), key=in_order)


def list_texts() -> Iterator[tuple[str, Path]]:
    """Every text of every exercise, with its file, for the catalogue."""
    for path in list_files():
        for item in read_exercises(path).values():
            yield from ((text, path) for text in item.texts())
