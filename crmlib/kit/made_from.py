"""What an edition is made from, as hashes: where none has changed, it need not be built again.

Of the package only what the notebook imports counts, and what that imports in turn; of a module its
code, not its comments; of the labels those that stand in these files; of the data those it names.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from crmlib.files.places import DATASETS, ROOT, SOURCES
from crmlib.language import LANGUAGES
from crmlib.language.texts import CATALOGUE
from crmlib.lesson.exercises import exercises_path
from crmlib.lesson.sources import list_lessons, read_twins

PACKAGE = ROOT / "crmlib"
LOADED_LATER = "import_module"  # in a package's __init__: it may load each of its modules


def fingerprint(source: Path, language: str) -> dict[str, str]:
    """Hashes of what an edition of `source` in `language` is made from, by what it is."""
    text = source.read_text(encoding="utf-8")
    code = "\n".join(cell.source for cell, _ in read_twins(source) if cell.cell_type == "code")
    ids = set(re.findall(r"""(?:check|quiz)\(["']([\w.]+)["']""", code))
    exercises = sorted({path for id in ids if (path := exercises_path(id)).exists()})
    modules = find_modules([code, *(path.read_text(encoding="utf-8") for path in exercises)])
    made = {
        "source": _hash({source.name: text}),
        "exercises": _hash({path.name: path.read_text(encoding="utf-8") for path in exercises}),
        "package": _hash({path.relative_to(ROOT).as_posix(): _without_remarks(path) for path in modules}),
        "data": _hash(_described(code)),
    }
    if language != "en":
        made["labels"] = _hash(_labels([*modules, source, *exercises]))
    if "list_lessons" in code:  # it lists the others
        made["lessons"] = _hash({one: repr(list_lessons(one)) for one in LANGUAGES})
    return made


def find_modules(codes: Iterable[str]) -> list[Path]:
    """The files of the package that pieces of code import, and those that these import in turn."""
    found: set[Path] = set()
    waiting = [path for code in codes for path in _imported(ast.parse(code))]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports_of(path)
    return sorted(found)


@cache
def _imports_of(path: Path) -> tuple[Path, ...]:
    text = path.read_text(encoding="utf-8")
    lazy = path.parent.glob("*.py") if path.name == "__init__.py" and LOADED_LATER in text else ()
    return (*_imported(ast.parse(text)), *lazy)


def _imported(tree: ast.Module) -> tuple[Path, ...]:
    """The files behind the imports of crmlib in a piece of code, wherever they stand in it."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    files = []
    for name in names:
        parts = name.split(".")
        if parts[0] == "crmlib":
            for n in range(1, len(parts) + 1):  # importing crmlib.a.b runs crmlib.a, too
                place = ROOT.joinpath(*parts[:n])
                files += [path for path in (place / "__init__.py", place.with_suffix(".py")) if path.exists()]
    return tuple(dict.fromkeys(files))


def _without_remarks(path: Path) -> str:
    """A module without empty lines and lines of comment, which change no output."""
    return re.sub(r"^\s*(#.*)?\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


def _described(code: str) -> dict[str, str]:
    """What is known of the files of each data set whose name stands in the code."""
    resources = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    plain = code.replace("_", "-")
    return {one["path"]: json.dumps(one, sort_keys=True) for one in resources if one["path"].split("/")[0] in plain}


def _labels(files: Iterable[Path]) -> dict[str, str]:
    """The Chinese of the labels that stand in these files."""
    places = {path.relative_to(ROOT).as_posix() for path in files if path.is_relative_to(ROOT)}
    return {
        message: twin
        for catalogue in (CATALOGUE, *sorted(SOURCES.glob("*/zh.po")))
        for message, twin, where in _read_labels(catalogue)
        if places & where
    }


@cache
def _read_labels(catalogue: Path) -> list[tuple[str, str, frozenset[str]]]:
    from babel.messages.pofile import read_po

    with catalogue.open("rb") as stream:
        messages = [message for message in read_po(stream, locale="zh_CN") if message.id]
    return [(str(one.id), str(one.string), frozenset(place for place, _ in one.locations)) for one in messages]


def _hash(texts: dict[str, str]) -> str:
    total = hashlib.sha256()
    for name, text in sorted(texts.items()):
        total.update(f"{name}\0{text}\0".encode())
    return total.hexdigest()[:12]
