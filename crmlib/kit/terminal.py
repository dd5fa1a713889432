"""The terminal: lines that nothing out of data can turn into commands, and questions to a person."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmlib.language import t

if TYPE_CHECKING:
    from crmlib.intake.conventions import Choice, OpenQuestion


def plain(text: str) -> str:
    """A line for the terminal, in which nothing out of the data can move the cursor."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+", " ", text)


def near(path: Path) -> str:
    """A path as its reader would write it: as it was given, or from here where it lies below."""
    return os.path.relpath(path) if path.is_absolute() and path.is_relative_to(Path.cwd()) else str(path)


def as_command(*words: str | os.PathLike) -> str:
    """A command line to copy: words with spaces, Chinese or marks of the shell stand in its quotes.

    Examples
    --------
    >>> as_command("crmlib", "lab", "my folder").replace("'", '"')  # Windows wants the double ones
    'crmlib lab "my folder"'
    """
    texts = [str(word) for word in words]
    return subprocess.list2cmdline(texts) if os.name == "nt" else shlex.join(texts)


def as_argument(path: Path) -> str:
    """A path as a word of a command: one that begins with a dash would be taken for an option."""
    text = near(path)
    return os.path.join(os.curdir, text) if text.startswith("-") else text


def find_person() -> Callable[[OpenQuestion], Choice | None] | None:
    """Somebody to ask, if there is one."""
    return _ask if sys.stdin.isatty() and sys.stdout.isatty() else None


def _ask(question: OpenQuestion) -> Choice | None:
    """Put a question to the person at the terminal."""
    click.echo(plain(question.text))
    for number, choice in enumerate(question.choices, 1):
        click.echo(plain(f"  {number}  {_shown(question, choice)}"))
    if not question.choices:
        return None
    return question.choices[click.prompt(t("Which?"), type=click.IntRange(1, len(question.choices))) - 1]


def _shown(question: OpenQuestion, choice: Choice) -> str:
    """A choice for a person: what is to be taken for a column, or what it means."""
    if (choice.section or question.section) in ("columns", "decimal", "dates", "file"):
        mark = " × " if (choice.section or question.section) == "columns" else ", "
        value = mark.join(choice.value) or "[]" if isinstance(choice.value, list) else choice.value
        return f"{value}  ({choice.meaning})"
    return choice.meaning
