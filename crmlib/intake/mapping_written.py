"""A mapping file written: what is said of the data, what a person wrote in it, and below it the open questions."""

from __future__ import annotations

import re
from pathlib import Path

import tomlkit
from tomlkit import items

from crmlib.files.whole import write_whole
from crmlib.intake.conventions import OpenQuestion, answer_line
from crmlib.intake.mapping_file import SECTIONS
from crmlib.intake.records import shorten
from crmlib.language import speaking, t
from crmlib.language.texts import LANGUAGES
from crmlib.tables import TRANSACTIONS


def write_mapping(path: Path, said: dict[str, dict[str, dict]], questions: tuple[OpenQuestion, ...] = ()) -> None:
    """Write a mapping, with the open questions as lines to uncomment. What a person wrote in it stays.

    Raises
    ------
    OSError
        The folder may not be written.
    ValueError
        Tables stand in braces, to which no line can be added.
    """
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.exists() else _begin(path)
    _check_headings(path, document)
    for table, sections in said.items():
        for section in SECTIONS:
            for key, value in sections.get(section, {}).items():
                pairs = document.setdefault(table, tomlkit.table(is_super_table=True)).setdefault(
                    section, tomlkit.table()
                )
                if pairs.get(key) != value:
                    pairs[key] = value
    for question in questions:
        if not _stands_in(tomlkit.dumps(document), question):
            _add_question(document, question)
    write_whole(path, tomlkit.dumps(document))


def _add_question(document: tomlkit.TOMLDocument, question: OpenQuestion) -> None:
    """What is asked, as a comment, and below the headings they belong to the lines that answer it."""
    text = _one_line(question.text)
    for section in question.sections:
        pairs = document.setdefault(question.table, tomlkit.table(is_super_table=True)).setdefault(
            section, tomlkit.table()
        )
        pairs.add(tomlkit.comment(text))
        for choice in question.choices_of(section):
            pairs.add(tomlkit.comment(f"{answer_line(question.key, choice.value)}  # {_one_line(choice.meaning)}"))
        if not question.choices:
            pairs.add(tomlkit.comment(answer_line(question.key, "name in the file")))


def _stands_in(text: str, question: OpenQuestion) -> bool:
    """Is a question asked in a mapping file, in whatever language? Its answers are the same in all."""
    if _one_line(question.text) in text:
        return True
    asked = {(f"[{question.table}.{section}]", _plain(line)) for section, line in _answers(question)}
    heading, found = "", set()
    for line in map(str.strip, text.splitlines()):
        heading = line if line.startswith("[") else heading
        if line.startswith("# "):
            found.add((heading, _plain(line.removeprefix("# "))))
    return asked <= found


def _answers(question: OpenQuestion) -> list[tuple[str, str]]:
    """The lines that answer a question, each with its section."""
    lines = [
        (choice.section or question.section, answer_line(question.key, choice.value)) for choice in question.choices
    ]
    return lines or [(question.section, answer_line(question.key, "name in the file"))]


def _plain(line: str) -> str:
    """A line without what it means, which comes last; what a column without a name is called differs by language."""
    line = line.partition("  # ")[0]
    for language in LANGUAGES:
        with speaking(language):
            before, _, after = t("column {n}", n="#").partition("#")
        line = re.sub(f'"{re.escape(before)}(\\d+){re.escape(after)}"', r'"#\1"', line)
    return line


def _check_headings(path: Path, document: tomlkit.TOMLDocument) -> None:
    """Lines can be added and uncommented below a heading; not in {braces}, nor beside transactions.columns.amount."""
    parts = [part for part in document.body if part[0] is not None]
    parts += [
        part for _, table in parts if isinstance(table, items.Table) for part in table.value.body if part[0] is not None
    ]
    for key, item in parts:
        if isinstance(item, items.InlineTable) or key.is_dotted():
            raise ValueError(
                t(
                    "{file} must have headings such as [transactions.columns], with lines below them, to be completed;"
                    " it has {key} without one. Write it so, or delete the file to have it drafted anew.",
                    file=path.name,
                    key=key.key,
                )
            )


def _one_line(text: str) -> str:
    """Text out of the data for a comment, where TOML allows no control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _begin(path: Path) -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    name = path.name.removesuffix(".mapping.toml") if path.name != "mapping.toml" else path.parent.name
    for line in (
        t(
            "How crmlib reads {name}. It is read again with every run: change it, or delete it to have it drafted"
            " anew.",
            name=shorten(name),
        ),
        t(
            "On the left a column of the kit (crmlib data --columns transactions lists them), on the right its name in"
            " the file."
        ),
        t(
            'More can be said: [{table}.keep] "Status" = ["paid"], [{table}.file] extra = ["Region"], and so on; all of'
            " it stands in docs/mapping-file.md.",
            table=TRANSACTIONS.name,
        ),
    ):
        document.add(tomlkit.comment(_one_line(line)))
    return document
