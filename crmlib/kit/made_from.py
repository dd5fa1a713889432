"""What an edition is made from, as hashes: where none has changed, it need not be built again.

Of the package only what the notebook imports counts, and what that imports in turn; of a module its
code, not its comments and docstrings; of the labels those that stand in these files; of the data those it names.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from crmlib.files.places import DATASETS, ROOT, SOURCES
from crmlib.language import LANGUAGES
from crmlib.language.texts import CATALOGUE
from crmlib.lesson.exercise_files import exercises_path
from crmlib.lesson.sources import list_lessons, read_twins

PACKAGE = ROOT / "crmlib"
LOADED_LATER = "import_module"  # in a package's __init__: it may load each of its modules
HEADINGS = "headings.txt"
HAVE_DOCSTRINGS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def fingerprint(source: Path, language: str) -> dict[str, str]:
    """Hashes of what an edition of `source` in `language` is made from, by what it is."""
    code = _code_of(source)
    exercises = {_place_of(path): path.read_text(encoding="utf-8") for path in _exercises_of(code)}
    package = _package_of((code, *exercises.values()))
    made = hash_texts(source) | {
        "package": _hash({place: _without_remarks(text) for place, text in package.items()}),
        "data": _hash(_described(code)),
    }
    if language != "en":
        own = {_place_of(source): source.read_text(encoding="utf-8")}
        made["labels"] = _hash(_labels({**package, **exercises, **own}))
    return made


def hash_texts(source: Path) -> dict[str, str]:
    """The part of it that is written for this edition: its source, its exercises, and the lessons that it lists."""
    code = _code_of(source)
    made = {
        "source": _hash({source.name: source.read_text(encoding="utf-8")}),
        "exercises": _hash({path.name: path.read_text(encoding="utf-8") for path in _exercises_of(code)}),
    }
    if "list_lessons" in code:
        made["lessons"] = _hash({one: repr(list_lessons(one)) for one in LANGUAGES})
    return made


def _code_of(source: Path) -> str:
    return "\n".join(cell.source for cell, _ in read_twins(source) if cell.cell_type == "code")


def _exercises_of(code: str) -> list[Path]:
    ids = set(re.findall(r"""(?:check|quiz)\(["']([\w.]+)["']""", code))
    return sorted({path for id in ids if (path := exercises_path(id)).exists()})


def _place_of(path: Path) -> str:
    """As catalogs name it; a file of elsewhere is in none."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


@cache  # both editions of a source ask
def _package_of(codes: tuple[str, ...]) -> dict[str, str]:
    """The modules that pieces of code import, by their places: their texts."""
    return {_place_of(path): _read_module(path) for path in find_modules(codes)}


@cache
def _read_module(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def forget() -> None:
    """Whoever has changed a module of the package, and asks again in the same process, must say so."""
    for function in (_package_of, _read_module, _imports_of):
        function.cache_clear()


def find_modules(codes: Iterable[str]) -> list[Path]:
    """The files of the package that pieces of code import, and those that these import in turn.

    Of a package's `__init__` that only hands on what its modules hold, only those modules count whose names
    the code says: who imports `plots` for one figure does not depend on all figures.
    """
    found: set[Path] = set()
    done: set[tuple[Path, frozenset[str]]] = set()
    waiting = [(path, said) for code in codes for path, said in _imported(code)]
    while waiting:
        path, said = one = waiting.pop()
        if one not in done:
            done.add(one)
            found.add(path)
            waiting += _imports_of(path, said)
    return sorted(found)


@cache
def _imports_of(path: Path, said: frozenset[str]) -> list[tuple[Path, frozenset[str]]]:
    """What a module imports, and the words it says; of a door, only what those who come through it say."""
    text = _read_module(path)
    if path.name != "__init__.py":
        return _imported(text)
    if LOADED_LATER in text:
        return _imported(text) + [(module, frozenset()) for module in path.parent.glob("*.py")]
    return _imported(text, only=said) if _hands_on_only(ast.parse(text)) else _imported(text)


def _hands_on_only(tree: ast.Module) -> bool:
    return all(isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)) for node in tree.body)


@cache
def _imported(code: str, *, only: frozenset[str] | None = None) -> list[tuple[Path, frozenset[str]]]:
    """The files behind the imports of crmlib in a piece of code, wherever they stand in it, and its words."""
    said = frozenset(re.findall(r"\w+", code)) if only is None else only
    files: dict[Path, None] = {}
    for node in _walk(ast.parse(code)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            wanted = [alias.name for alias in node.names if alias.name in said or alias.name == "*"]
            names = [node.module, *(f"{node.module}.{name}" for name in wanted)] if wanted else []
        for parts in (name.split(".") for name in names):
            if parts[0] == "crmlib":
                for n in range(1, len(parts) + 1):  # importing crmlib.a.b runs crmlib.a, too
                    place = ROOT.joinpath(*parts[:n])
                    files |= dict.fromkeys(p for p in (place / "__init__.py", place.with_suffix(".py")) if p.exists())
    return [(path, said) for path in files]


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under ``if TYPE_CHECKING:``, which never run."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        if not (isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING"):
            yield from _walk(child)


@cache
def _without_remarks(text: str) -> str:
    """A module without empty lines, comments and docstrings, which change no output."""
    lines = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, HAVE_DOCSTRINGS) and ast.get_docstring(node, clean=False) is not None:
            first, last = node.body[0].lineno, node.body[0].end_lineno
            lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(line for line in lines if line.strip())


def _described(code: str) -> dict[str, str]:
    """What is known of the files of each data set whose name stands in the code."""
    resources = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    named = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", code.replace("_", "-")))  # "cdnow", and load_cdnow
    named |= {name.removeprefix("load-") for name in named}
    return {one["path"]: json.dumps(one, sort_keys=True) for one in resources if one["path"].split("/")[0] in named}


def _labels(files: dict[str, str]) -> dict[str, str]:
    """The Chinese of the labels that stand in these files, and of the headings that these files say.

    Columns, tiers and states stand in a list of headings, which is no file that a notebook imports.
    """
    labels, places = {}, set(files)
    for catalogue in (CATALOGUE, *sorted(SOURCES.glob("*/zh.po"))):
        known, headings = _read_labels(catalogue.read_text(encoding="utf-8"))
        said = frozenset[str]().union(*(_said_in(code, headings) for code in files.values()))
        labels |= {message: twin for message, twin, where in known if places & where or message in said}
    return labels


@cache  # by what is read: a catalog takes a second, and every edition asks for it
def _read_labels(text: str) -> tuple[list[tuple[str, str, frozenset[str]]], frozenset[str]]:
    """Each label, its Chinese and the files it stands in; and which of them are headings."""
    from babel.messages.pofile import read_po

    messages = [message for message in read_po(io.BytesIO(text.encode()), locale="zh_CN") if message.id]
    known = [(str(one.id), str(one.string), frozenset(place for place, _ in one.locations)) for one in messages]
    return known, frozenset(message for message, _, where in known if any(one.endswith(HEADINGS) for one in where))


@cache
def _said_in(code: str, headings: frozenset[str]) -> frozenset[str]:
    words = code.replace("_", " ")
    return frozenset(heading for heading in headings if heading in words)


def _hash(texts: dict[str, str]) -> str:
    total = hashlib.sha256()
    for name, text in sorted(texts.items()):
        total.update(f"{name}\0{text}\0".encode())
    return total.hexdigest()[:12]
