"""The terminal: lines that nothing out of data can turn into commands, and questions to a person."""

from __future__ import annotations

import os
import re
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
    path = path.resolve()
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


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
