"""What each chapter's analysis can do with the tables at hand, read from its notebook's calls of ``needs``."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import nbformat
import pandas as pd

from crmlib import require
from crmlib.files.places import ANALYSES
from crmlib.language import LANGUAGES, speaking, t
from crmlib.lesson.findings import MAIN_TABLES
from crmlib.tables import TABLES

ANALYZED = MAIN_TABLES


class Chapter(NamedTuple):
    """What a chapter's notebook makes of the tables at hand."""

    title: str
    missing: list[str]  # of what it cannot do without; [] if it can run
    left_out: list[tuple[str, list[str]]]  # sections, each with the tables or columns it needs and does not have


def list_analyses(language: str, chapters: Sequence[int] = ()) -> list[Path]:
    """The analysis notebooks of a language, in the order of their chapters.

    Raises
    ------
    ValueError
        The language is not one of the kit's, or a chapter has no notebook.
    """
    require.one_of(language, LANGUAGES, "language")
    there = {int(path.name.split("-")[0]): path for path in sorted((ANALYSES / language).glob("*.ipynb"))}
    if not there:
        raise FileNotFoundError(
            t(
                "the kit's notebooks must lie in {folder}, and there are none. Install the kit from its folder: python"
                " -m pip install -e .",
                folder=ANALYSES / language,
            )
        )
    missing = [chapter for chapter in chapters if chapter not in there]
    if missing:
        raise ValueError(t("chapter must be one of {known}; got {missing}.", known=sorted(there), missing=missing))
    return [path for number, path in sorted(there.items()) if not chapters or number in chapters]


def list_chapters(paths: list[Path], tables: dict[str, pd.DataFrame], spoken: str) -> list[Chapter]:
    """What each notebook can do with the tables."""
    with speaking(spoken):
        return [_chapter(path, tables) for path in paths]


def _chapter(path: Path, tables: dict[str, pd.DataFrame]) -> Chapter:
    notebook = nbformat.read(path, as_version=4)
    main, chapter = _find_main(notebook, tables)
    if main is None:
        return chapter
    left_out: dict[str, list[str]] = {}
    found = read_needs(notebook)
    for section, table, columns in found:
        here = tables.get(table)
        if _is_served(section, table, main, found):
            continue
        missing = [table] if here is None else [f"{table}.{column}" for column in columns if not _has(here, column)]
        if missing:
            left_out.setdefault(t(section), []).extend(missing)
    return chapter._replace(left_out=list(left_out.items()))


def _find_main(notebook: nbformat.NotebookNode, tables: dict[str, pd.DataFrame]) -> tuple[str | None, Chapter]:
    """The table that a notebook runs on, None where none is enough; and the chapter, with what it needs then."""
    title = next(cell.source.splitlines()[0].lstrip("# ") for cell in notebook.cells if cell.cell_type == "markdown")
    enough = read_enough(notebook)
    main = next((table for table in enough if can_be_analyzed(table, tables)), None)
    return main, Chapter(title, [describe_needs(enough)] if main is None else [], [])


def _is_served(section: str, table: str, main: str, found: list[tuple[str, str, tuple[str, ...]]]) -> bool:
    """Does a section ask for a table in place of which it takes the one at hand?"""
    if table not in ANALYZED or table == main:
        return False
    return main == ANALYZED[0] or any(named == section and asked == main for named, asked, _ in found)


def _has(table: pd.DataFrame, column: str) -> bool:
    names = set(table.columns)
    if column == "profit":
        return bool({column, "cost"} & names)  # one gives the other
    # Records that say a telephone number are as good to compare as those that say a name.
    return column in names or (column == "name" and bool({"phone", "email", "address"} & names))


def can_be_analyzed(table: str, tables: dict[str, pd.DataFrame]) -> bool:
    """Is the table there, with the columns that it cannot do without?"""
    return table in tables and set(TABLES[table].required) <= set(tables[table].columns)  # a DataFrame or an Ibis table


def describe_needs(enough: Sequence[str] = ANALYZED) -> str:
    """What an analysis cannot do without, in words: one of the tables that are `enough`."""
    return t(" or ").join(
        t("the table {table} ({columns})", table=name, columns=", ".join(TABLES[name].required)) for name in enough
    )


def read_enough(notebook: nbformat.NotebookNode) -> tuple[str, ...]:
    """The tables of which one is enough for a notebook, from its calls of ``find_main``; those of all if it has none.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell('main = find_main(tables, only=("invoices",))')
    >>> read_enough(nbformat.v4.new_notebook(cells=[cell]))
    ('invoices',)
    """
    calls = [
        node
        for cell in notebook.cells
        if cell.cell_type == "code" and "find_main" in cell.source
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "find_main"
    ]
    only = [ast.literal_eval(keyword.value) for call in calls for keyword in call.keywords if keyword.arg == "only"]
    if only:
        return tuple(dict.fromkeys(name for names in only for name in names))
    others = (ast.literal_eval(name) for call in calls for name in call.args[1:])
    return tuple(dict.fromkeys((*ANALYZED, *others)))


def part_fit(
    paths: Sequence[Path], tables: dict[str, pd.DataFrame], spoken: str
) -> tuple[list[Path], list[tuple[Path, Chapter]]]:
    """The notebooks that have something to work on, and the others with what they need."""
    with speaking(spoken):
        told = [(path, _find_main(nbformat.read(path, as_version=4), tables)[1]) for path in paths]
    return [path for path, one in told if not one.missing], [(path, one) for path, one in told if one.missing]


def read_needs(notebook: nbformat.NotebookNode) -> list[tuple[str, str, tuple[str, ...]]]:
    """The sections of a notebook that need something: heading, table, columns; from its calls of ``needs``."""
    found, headings = [], {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and getattr(node.value.func, "id", "") == "t"
            ):
                headings[getattr(node.targets[0], "id", "")] = node.value  # section = t("...")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "needs":
                table = ast.literal_eval(node.args[1])
                columns = ast.literal_eval(node.args[2]) if len(node.args) > 2 else ()
                section = next(keyword.value for keyword in node.keywords if keyword.arg == "section")
                heading = headings[section.id] if isinstance(section, ast.Name) else section
                found.append((ast.literal_eval(heading.args[0]), table, tuple(columns)))
    return list(dict.fromkeys(found))
