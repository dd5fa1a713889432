"""From a file nobody has seen to tables that can be analyzed: draft its mapping, ask what is open, keep the answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from crmlib.intake import IntakeReport
from crmlib.intake.conventions import Choice, OpenQuestion, Undecided, answer_line
from crmlib.intake.customer_level import find_table
from crmlib.intake.draft import Look, draft_table
from crmlib.intake.draft_customers import also_customers, draft_customers, find_sheet_of_customers
from crmlib.intake.draft_ledger import draft_ledger
from crmlib.intake.draft_values import ask_what_rows_are, draft_values
from crmlib.intake.links import is_link, mapping_of
from crmlib.intake.load import find_files, load_path
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import SECTIONS, is_there, mapping_path, read_mapping
from crmlib.intake.mapping_written import write_mapping
from crmlib.intake.raw import Peeked
from crmlib.intake.reading import peek
from crmlib.intake.source import DATABASES
from crmlib.intake.statements import draft_statements
from crmlib.language import t
from crmlib.tables import CUSTOMER_VALUES, CUSTOMERS, INVOICES, STATEMENTS, TABLES, TRANSACTIONS, Table

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
    with_pairs: bool = False,
) -> Prepared:
    """Read data with a mapping that is there, or drafted, and keep it beside the data.

    Parameters
    ----------
    data : path
        The path of a file or folder, a pattern of names (``big/*.parquet``), or the URL of a table (`links`).
    mapping : path, optional
        A mapping file; otherwise the one beside the data, of a URL the one in the current folder.
    ask : callable, optional
        What to do with a question: return one of its choices, or None if there is no answer.
        Without it a question is an error that says which line to add to the mapping file.
    show_personal : bool
        Do not mask personal fields.
    with_pairs : bool
        Look for records that may be the same customer twice, before anything is masked (`duplicates`).

    Raises
    ------
    ValueError
        A question is open, or the data cannot be read; the message says what to do.
    """
    how = _of_link(data, show_personal, with_pairs) if is_link(data) else _of_files(data, show_personal, with_pairs)
    path = Path(mapping).expanduser() if mapping is not None else how.mapping
    if mapping is not None and not is_there(path):
        raise ValueError(
            t(
                "mapping must be a mapping file; there is none at {path!r}. Leave it out to have one drafted beside the"
                " data.",
                path=str(path),
            )
        )
    said = read_mapping(path) if is_there(path) else {}
    before = _copy(said)
    for _ in range(MOST_ROUNDS):
        said, questions = how.draft(said)
        needed = [question for question in questions if question.needed]
        if not needed:
            try:
                tables, reports = how.load(said)
                if not how.is_file or (question := ask_what_rows_are(tables, said)) is None:
                    break
                needed = [question]
            except Undecided as undecided:
                needed = list(undecided.questions)
        said = _answer(said, needed, ask, path, is_beside=mapping is None)
    else:
        raise RuntimeError(t("a question was asked again and again; the mapping file may contradict itself."))
    is_new = said != before and (needs_keeping(said) or is_there(path)) and _keep(path, said)
    return Prepared(tables, reports, said, path if is_there(path) else None, is_new)


class _How(NamedTuple):
    """How data are looked at and read."""

    mapping: Path
    draft: Callable[[dict], tuple[dict, list[OpenQuestion]]]
    load: Callable[[dict], tuple[dict, dict[str, IntakeReport]]]
    is_file: bool


def _of_files(data: str | os.PathLike, show_personal: bool, with_pairs: bool) -> _How:
    """A file, or the files of a folder or a pattern."""
    source, look = Path(data).expanduser(), _look_once()
    find_files(source)  # so that a slip in the path is told first
    files: dict[str, list[Path]] = {}

    def draft(said: dict) -> tuple[dict, list[OpenQuestion]]:
        files.update({} if files else find_files(source, said))
        return _draft(source, files, said, look)

    def load(said: dict) -> tuple[dict, dict[str, IntakeReport]]:
        return load_path(source, mapping=said, show_personal=show_personal, with_pairs=with_pairs)

    return _How(mapping_path(source), draft, load, source.is_file())


def _of_link(data: str, show_personal: bool, with_pairs: bool) -> _How:
    """A table in a database, where it stays."""
    from crmlib.intake import linked

    table = linked.open_link(data)

    def load(said: dict) -> tuple[dict, dict[str, IntakeReport]]:
        return linked.load_link(table, mapping=said, show_personal=show_personal, with_pairs=with_pairs)

    return _How(mapping_of(table.url), lambda said: linked.draft_link(table, said), load, False)


def _look_once() -> Look:
    """A look at files that remembers what it saw, for a person may be asked many times.

    Columns that were mapped meanwhile are no reason to look again: their names come from what was seen.
    """
    seen: dict[tuple, Peeked] = {}

    def look(path: Path, table: Table, reading: Reading) -> Peeked:
        key = (path, table.name, reading.encoding, str(reading.sheet), reading.table, str(reading.names))
        if key not in seen:
            seen[key] = peek(path, table, reading)
        return seen[key]

    return look


def _draft(source: Path, files: dict[str, list[Path]], said: dict, look: Look) -> tuple[dict, list[OpenQuestion]]:
    """What is said, completed for each table; one file may hold customers, and that is said as well."""
    drafted, questions = _copy(said), []
    for name, paths in files.items():
        try:
            table = find_table(source, said, look) if source.is_file() and name == TRANSACTIONS.name else name
            if table == CUSTOMER_VALUES.name:
                drafted, found = draft_values(paths[0], drafted, look=look)
                if not found:
                    drafted, found = also_customers(paths[0], drafted, look=look)
            elif table == INVOICES.name:
                drafted, found = draft_ledger(paths[0], drafted, look=look)
            elif table == STATEMENTS.name:
                drafted[table], found = draft_statements(paths[0], drafted.get(table, {}), look=look)
            elif table == CUSTOMERS.name and not paths[0].name.casefold().endswith(DATABASES):
                beside = drafted.get(TRANSACTIONS.name, {}).get("columns", {})
                drafted, found = draft_customers(paths[0], drafted, look=look, beside=beside, is_alone=source.is_file())
            else:
                drafted[table], found = draft_table(paths[0], TABLES[table], drafted.get(table, {}), look=look)
                if table == TRANSACTIONS.name and source.is_file() and not found:
                    drafted = find_sheet_of_customers(source, drafted, look=look)
        except Undecided as undecided:
            found = undecided.questions
        questions += found
    return drafted, questions


def _answer(said: dict, questions: list[OpenQuestion], ask: Ask | None, path: Path, *, is_beside: bool) -> dict:
    """What is said with the answers in it."""
    said = _copy(said)
    for place, question in enumerate(questions):
        choice = ask(question) if ask and question.choices else None
        if choice is None:
            still_open = questions[place:]
            is_kept = _keep(path, said, tuple(still_open))
            raise ValueError(_open(still_open, _where(path.name, is_kept=is_kept, is_beside=is_beside)))
        section = choice.section or question.section
        said.setdefault(question.table, {}).setdefault(section, {})[question.key] = choice.value
    return said


def _where(file: str, *, is_kept: bool, is_beside: bool) -> str:
    if is_kept:
        return t("Take the # from one of these lines in {file}:", file=file)
    if is_beside:
        return t(
            "Nothing can be written beside the data. Write one of these lines into a file mapping.toml elsewhere, and"
            " name it: --mapping mapping.toml, or mapping in a notebook's first cell. The lines:"
        )
    return t("Write one of these lines into {file}:", file=file)


def _open(questions: list[OpenQuestion], where: str) -> str:
    """What to write where, for a person who was not there to be asked."""
    lines = []
    for question in questions:
        lines.append(question.text)
        if not question.choices:
            lines.append(
                t(
                    "A file of {table} needs such a column; add it to the export. Or name one that is meant all the"
                    " same, below [{table}.{section}] in the mapping file: {line}",
                    table=question.table,
                    section=question.section,
                    line=answer_line(question.key, "name in the file"),
                )
            )
            continue
        lines.append(where)
        for section in question.sections:
            lines.append(f"  [{question.table}.{section}]")
            lines += [
                f"  {answer_line(question.key, choice.value)}  # {choice.meaning}"
                for choice in question.choices_of(section)
            ]
    return "\n".join(lines)


def _keep(path: Path, said: dict, questions: tuple[OpenQuestion, ...] = ()) -> bool:
    """Write the mapping file where that is allowed."""
    try:
        write_mapping(path, said, questions)
    except OSError:
        return False
    return True


def needs_keeping(said: dict) -> bool:
    """A file of orders whose names are ours needs no mapping."""
    return (
        CUSTOMER_VALUES.name in said
        or any(ours != theirs for sections in said.values() for ours, theirs in sections.get("columns", {}).items())
        or any(sections.get(name) for sections in said.values() for name in SECTIONS if name != "columns")
    )


def _copy(said: dict) -> dict:
    return {table: {section: dict(pairs) for section, pairs in sections.items()} for table, sections in said.items()}
