"""From a file nobody has seen to tables that can be analyzed: draft its mapping, ask what is open, keep the answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from crmlib.intake import IntakeReport
from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.draft import draft_table
from crmlib.intake.load import find_files, load_path
from crmlib.intake.mapping_file import answer_line, mapping_path, read_mapping, write_mapping
from crmlib.language import t
from crmlib.tables import TABLES

Ask = Callable[[OpenQuestion], Choice | None]
MOST_ROUNDS = 20  # a person who is asked more often than this has met a fault of ours


class Prepared(NamedTuple):
    """Data ready to be analyzed, and how their file was understood."""

    tables: dict[str, pd.DataFrame]
    reports: dict[str, IntakeReport]
    mapping: dict[str, dict[str, dict]]  # as in the mapping file; {} for the kit's own data
    path: Path | None  # of the mapping file; None where there is none
    is_drafted: bool  # was it drafted, or added to, just now?


def prepare(
    data: str | os.PathLike,
    *,
    mapping: str | os.PathLike | None = None,
    ask: Ask | None = None,
    show_personal: bool = False,
) -> Prepared:
    """Read data with a mapping that is there, or drafted, and keep it beside the data.

    Parameters
    ----------
    data
        The path of a file or folder.
    mapping
        A mapping file; the one beside the data otherwise.
    ask
        What to do with a question: return one of its choices, or None if there is no answer.
        Without it a question is an error that says which line to add to the mapping file.
    show_personal
        Do not mask personal fields.

    Raises
    ------
    ValueError
        A question is open, or the data cannot be read; the message says what to do.
    """
    source = Path(data).expanduser()
    files = find_files(source)
    path = Path(mapping).expanduser() if mapping is not None else mapping_path(source)
    if mapping is not None and not path.exists():
        raise ValueError(
            t(
                "mapping must be a mapping file; there is none at {path!r}. Leave it out to have one drafted beside the"
                " data.",
                path=str(path),
            )
        )
    said = read_mapping(path) if path.exists() else {}
    before = _copy(said)
    for _ in range(MOST_ROUNDS):
        said, questions = _draft(files, said)
        needed = [question for question in questions if question.needed]
        if not needed:
            try:
                tables, reports = load_path(source, mapping=said, show_personal=show_personal)
                break
            except Undecided as undecided:
                needed = list(undecided.questions)
        said = _answer(said, needed, ask, path)
    else:
        raise RuntimeError(t("a question was asked again and again; the mapping file may contradict itself."))
    is_new = _needs_keeping(said) and said != before
    if is_new or (path.exists() and said != before):
        is_new = _keep(path, said)
    return Prepared(tables, reports, said, path if path.exists() else None, is_new)


def _draft(files: dict[str, list[Path]], said: dict) -> tuple[dict, list[OpenQuestion]]:
    drafted, questions = _copy(said), []
    for table, paths in files.items():
        try:
            drafted[table], found = draft_table(paths[0], TABLES[table], drafted.get(table, {}))
        except Undecided as undecided:
            found = undecided.questions
        questions += found
    return drafted, questions


def _answer(said: dict, questions: list[OpenQuestion], ask: Ask | None, path: Path) -> dict:
    """What is said with the answers in it."""
    said = _copy(said)
    for place, question in enumerate(questions):
        choice = ask(question) if ask and question.choices else None
        if choice is None:
            still_open = questions[place:]
            raise ValueError(_open(still_open, path, _keep(path, said, tuple(still_open))))
        said.setdefault(question.table, {}).setdefault(question.section, {})[question.key] = choice.value
    return said


def _open(questions: list[OpenQuestion], path: Path, is_kept: bool) -> str:
    """What to write where, for a person who was not there to be asked."""
    lines = []
    for question in questions:
        lines.append(question.text)
        if not question.choices:
            lines.append(t("A file of {table} needs such a column; add it to the export.", table=question.table))
            continue
        lines.append(
            t("Take the # from one of these lines in {file}:", file=path.name)
            if is_kept
            else t("Write one of these lines into {file}:", file=path.name)
        )
        lines.append(f"  [{question.table}.{question.section}]")
        lines += [f"  {answer_line(question, choice)}  # {choice.meaning}" for choice in question.choices]
    return "\n".join(lines)


def _keep(path: Path, said: dict, questions: tuple[OpenQuestion, ...] = ()) -> bool:
    """Write the mapping file where that is allowed."""
    try:
        write_mapping(path, said, questions)
    except OSError:
        return False
    return True


def _needs_keeping(said: dict) -> bool:
    """A file whose names are ours needs no mapping."""
    return any(
        ours != theirs for sections in said.values() for ours, theirs in sections.get("columns", {}).items()
    ) or any(sections.get(name) for sections in said.values() for name in ("decimal", "dates", "file"))


def _copy(said: dict) -> dict:
    return {table: {section: dict(pairs) for section, pairs in sections.items()} for table, sections in said.items()}
