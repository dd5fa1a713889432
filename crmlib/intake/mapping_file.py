"""The mapping of your file to our tables, kept beside it as a small file, and read again.

sales.csv
sales.csv.mapping.toml        for a folder: mapping.toml in it

[transactions.columns]        # our column = the name in your file
customer_id = "Kundennummer"
amount = ["Menge", "Preis"]   # two names: one times the other

[transactions.decimal]        # what stands before the cents
amount = ","

[transactions.dates]          # what comes first
order_date = "day first"

[transactions.file]
encoding = "cp1252"
sheet = "2024"
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import tomlkit
from tomlkit import items

from crmlib.files.whole import write_whole
from crmlib.intake.cells import ORDERS
from crmlib.intake.conventions import Choice, OpenQuestion
from crmlib.intake.mapping import Reading
from crmlib.intake.records import shorten
from crmlib.language import t
from crmlib.tables import TABLES

SECTIONS = ("columns", "decimal", "dates", "file")
OF_FILES = ("encoding", "sheet")


def mapping_path(data: Path) -> Path:
    """Where the mapping of a file or folder lies: beside the path that was named, wherever a link leads."""
    return data / "mapping.toml" if data.is_dir() else data.with_name(data.name + ".mapping.toml")


def find_mapping(data: Path) -> Path | None:
    """The mapping that lies beside a file or in a folder; None where there is none."""
    path = mapping_path(data)
    return path if is_there(path) else None


def is_there(path: Path) -> bool:
    """Is there a file? A name that is too long for the system has none."""
    try:
        return path.exists()
    except OSError:
        return False


# --- the file -----------------------------------------------------------------------------------


def read_mapping(path: str | os.PathLike) -> dict[str, dict[str, dict]]:
    """What a mapping file says: by table, by section, our column and what it says of it.

    Raises
    ------
    ValueError
        It is no TOML, or names a table, section, column or value that the kit does not know.
    """
    path = Path(path)
    try:
        said = tomlkit.parse(path.read_text(encoding="utf-8-sig")).unwrap()
    except UnicodeDecodeError:
        raise ValueError(
            t(
                "{file} must be text in UTF-8; it is not. Save it as UTF-8, or delete it to have it drafted anew.",
                file=path.name,
            )
        ) from None
    except tomlkit.exceptions.TOMLKitError as error:
        raise ValueError(
            t(
                '{file} must be TOML, lines such as amount = "Total" under [transactions.columns]; {error}. Mend that'
                " line, or delete the file to have it drafted anew.",
                file=path.name,
                error=error,
            )
        ) from None
    for table, sections in said.items():
        _check_keys(path, t("tables"), [table], list(TABLES))
        if not isinstance(sections, dict):
            raise ValueError(
                t(
                    "{file}: under {table} there must be sections such as [{table}.columns]; got {sections!r}.",
                    file=path.name,
                    table=table,
                    sections=sections,
                )
            )
        _check_keys(path, t("sections of {table}", table=table), list(sections), list(SECTIONS))
        for section, pairs in sections.items():
            _check_keys(
                path, f"[{table}.{section}]", list(pairs), list(OF_FILES) if section == "file" else TABLES[table].names
            )
            for key, value in pairs.items():
                _check_value(path, table, section, key, value)
        _check_once(path, table, sections.get("columns", {}))
    return said


def _check_keys(path: Path, what: str, found: list[str], known: list[str]) -> None:
    if unknown := [key for key in found if key not in known]:
        raise ValueError(
            t(
                "{file}: {what} must be among {known}; got {unknown}. The kit's name stands on the left.",
                file=path.name,
                what=what,
                known=known,
                unknown=unknown,
            )
        )


def _check_value(path: Path, table: str, section: str, key: str, value: object) -> None:
    allowed = {"decimal": (".", ","), "dates": ORDERS}.get(section)
    is_pair = isinstance(value, list) and len(value) == 2 and all(isinstance(one, str) for one in value)
    is_right = value in allowed if allowed and isinstance(value, str) else isinstance(value, str) and not allowed
    if not (is_right or (section == "columns" and is_pair)):
        must = t("a name in quotes, or two in brackets") if section == "columns" else t("a name in quotes")
        must = t("one of {choices}", choices=list(allowed)) if allowed else must
        raise ValueError(
            t(
                "{file}: {key} under [{table}.{section}] must be {must}; got {value!r}.",
                file=path.name,
                key=key,
                table=table,
                section=section,
                must=must,
                value=value,
            )
        )


def _check_once(path: Path, table: str, columns: dict[str, str | list[str]]) -> None:
    for theirs in columns.values():
        both = [ours for ours in columns if columns[ours] == theirs]
        if len(both) > 1:
            raise ValueError(
                t(
                    "{file}: a column of the file may become one of the kit only; under [{table}.columns] {theirs!r}"
                    " would become {both}. Keep one of these lines.",
                    file=path.name,
                    table=table,
                    theirs=theirs,
                    both=both,
                )
            )


def to_reading(said: dict[str, dict]) -> Reading:
    """What a mapping says of one table, as intake takes it."""
    columns = {
        tuple(theirs) if isinstance(theirs, list) else theirs: ours for ours, theirs in said.get("columns", {}).items()
    }
    needed = {theirs: ours for theirs, ours in columns.items() if theirs != ours}
    conventions = {name: said.get(name) or None for name in ("decimal", "dates")}
    return Reading(columns=needed or None, **conventions, **said.get("file", {}))


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
        if _one_line(question.text) not in tomlkit.dumps(document):
            pairs = document.setdefault(question.table, tomlkit.table(is_super_table=True)).setdefault(
                question.section, tomlkit.table()
            )
            pairs.add(tomlkit.comment(_one_line(question.text)))
            for choice in question.choices:
                pairs.add(tomlkit.comment(f"{answer_line(question, choice)}  # {_one_line(choice.meaning)}"))
    write_whole(path, tomlkit.dumps(document))


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
    ):
        document.add(tomlkit.comment(_one_line(line)))
    return document


def answer_line(question: OpenQuestion, choice: Choice) -> str:
    """The line of the mapping file that gives an answer."""
    return f"{question.key} = {tomlkit.item(choice.value).as_string()}"
