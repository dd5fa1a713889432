"""The mapping of your file to our tables, drafted, kept beside it as a small file, and read again.

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
import tempfile
from pathlib import Path

import tomlkit
from tomlkit import items

from crmlib.intake.cells import ORDERS, simplify
from crmlib.intake.conventions import Choice, Question, looks_like_date
from crmlib.intake.doubts import is_name
from crmlib.intake.mapping import Reading, some
from crmlib.intake.names import aliases, bare, count_known
from crmlib.intake.reading import peek
from crmlib.intake.records import NUMBER_LIKE, shorten
from crmlib.language import t
from crmlib.tables import TABLES, Column, Table

SECTIONS = ("columns", "decimal", "dates", "file")
OF_FILES = ("encoding", "sheet")
EXAMPLES = 3
MOST_CHOICES = 8
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # which TOML does not take in a remark


def mapping_path(data: Path) -> Path:
    """Where the mapping of a file or folder lies."""
    return data / "mapping.toml" if data.is_dir() else data.with_name(data.name + ".mapping.toml")


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


def write_mapping(path: Path, said: dict[str, dict[str, dict]], questions: tuple[Question, ...] = ()) -> None:
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
    text = tomlkit.dumps(document)
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(part, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


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


def answer_line(question: Question, choice: Choice) -> str:
    """The line of the mapping file that gives an answer."""
    return f"{question.key} = {tomlkit.item(choice.value).as_string()}"


# --- a draft ------------------------------------------------------------------------------------


def draft_columns(
    names: list[str], samples: dict[str, list[str]], table: Table, given: dict[str, str | list[str]]
) -> tuple[dict[str, str | list[str]], list[Question]]:
    """Which of the file's columns are which of ours, by their names and first values.

    What two columns may be is asked for the columns an analysis cannot do without and for
    the number of the order; other columns are left out then.

    Returns
    -------
    columns : dict
        Our column and its name in the file, `given` included.
    questions : list of Question
        What is open.

    Examples
    --------
    >>> from crmlib.tables import TRANSACTIONS
    >>> names = ["Kunde", "Bestelldatum", "Betrag"]
    >>> samples = {"Kunde": ["7"], "Bestelldatum": ["31.12.2025"], "Betrag": ["9,90"]}
    >>> draft_columns(names, samples, TRANSACTIONS, {})
    ({'customer_id': 'Kunde', 'order_date': 'Bestelldatum', 'amount': 'Betrag'}, [])
    """
    taken = _names_in(given)
    found = dict(given) | {
        name: name for name in table.names if name in names and name not in given and name not in taken
    }
    questions = []
    needed = [name for name in table.names if table.column(name).required]
    asked = [name for name in ("order_id",) if name in table.names]
    for ours in [*needed, *asked, *(name for name in table.names if name not in (*needed, *asked))]:
        if ours in found:
            continue
        used = _names_in(found)
        free = [name for name in names if name and name not in used and names.count(name) == 1]
        column = table.column(ours)
        fitting = [name for name in free if fits(samples.get(name, []), column)]
        sure, unsure = ([name for name in fitting if bare(name) in known] for known in aliases(ours))
        candidates = sure or unsure
        factors = [name for name in names if name in free or name in (found.get("quantity"), found.get("list_price"))]
        products = _products(factors, samples, column) if ours == "amount" and not candidates else []
        if ours in needed and not candidates and not products:
            # Of the right name and with the wrong values: reading it says what is wrong with them.
            candidates = [name for known in aliases(ours) for name in free if bare(name) in known][:1]
        if len(candidates) == 1:
            found[ours] = candidates[0]
        elif ours in needed or (ours in asked and candidates):
            likely = sorted(fitting, key=lambda name: _likeness(name, ours), reverse=True)
            by_value = candidates or (
                [] if products else [name for name in likely if _may_be(samples.get(name, []), column)]
            )
            choices = [Choice(name, _examples(samples.get(name, []), column, name)) for name in by_value[:MOST_CHOICES]]
            choices += [Choice(pair, t("{first} times {second}", first=pair[0], second=pair[1])) for pair in products]
            questions.append(_question(table, column, ours in needed, choices, candidates))
    return found, questions


def _names_in(columns: dict[str, str | list[str]]) -> set[str]:
    """The file's names in a mapping, those of products one by one."""
    return {name for value in columns.values() for name in (value if isinstance(value, list) else [value])}


def fits(values: list[str], column: Column) -> bool:
    """Could these be values of the column? Four of five must look like it."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled or column.type in ("string", "boolean"):
        return True
    is_like = {"number": _like_number, "integer": _like_number}.get(column.type, looks_like_date)
    return sum(map(is_like, filled)) >= 0.8 * len(filled)


def _like_number(text: str) -> bool:
    plain = simplify(text)
    return NUMBER_LIKE.fullmatch(plain) is not None and not (looks_like_date(plain) and not plain.isdigit())


def _likeness(name: str, ours: str) -> int:
    """How many letters of a name are those of a known one: "Order Total Amount" before "Order Number" for an amount."""
    return max(
        (len(known) for known in (*aliases(ours)[0], *aliases(ours)[1]) if len(known) > 1 and known in bare(name)),
        default=0,
    )


def _may_be(values: list[str], column: Column) -> bool:
    """For a column with a name that says nothing."""
    if not any(value.strip() for value in values):
        return False
    if column.name.endswith("_id"):
        return not any(map(looks_like_date, values[:20]))
    return True


def _products(free: list[str], samples: dict[str, list[str]], amount: Column) -> list[list[str]]:
    """Quantity and price, where there is no amount."""
    quantities = [name for name in free if bare(name) in aliases("quantity")[0] and fits(samples.get(name, []), amount)]
    prices = [name for name in free if bare(name) in aliases("list_price")[0] and fits(samples.get(name, []), amount)]
    return [[quantity, price] for quantity in quantities for price in prices][:MOST_CHOICES]


def _examples(values: list[str], column: Column, name: str) -> str:
    shown = list(dict.fromkeys(value.strip() for value in values if value.strip()))[:EXAMPLES]
    is_personal = column.personal or is_name(name) or any(looks_personal(value) for value in shown)
    return ", ".join(f"{value[0]}***" if is_personal else shorten(value, 24) for value in shown) or t("empty")


def mask_value(value: str) -> str:
    return f"{value[0]}***" if looks_personal(value) else value


def looks_personal(value: str) -> bool:
    """An e-mail address, a mobile telephone, the number of an identity card."""
    plain = re.sub(r"[\s-]", "", value)
    card = r"\d{6}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    return "@" in value or re.fullmatch(rf"(\+?86)?1[3-9]\d{{9}}|\+\d{{9,14}}|{card}", plain) is not None


def _question(table: Table, column: Column, is_needed: bool, choices: list[Choice], candidates: list[str]) -> Question:
    if candidates:
        text = t("Several columns may be {column} ({meaning}).")
    elif choices:
        text = t("No column is known to be {column} ({meaning}).")
    else:
        text = t("No column can be {column} ({meaning}).")
    return Question(
        table.name,
        "columns",
        column.name,
        text.format(column=column.name, meaning=t(column.meaning)),
        tuple(choices),
        is_needed,
    )


def draft_table(path: Path, table: Table, said: dict[str, dict]) -> tuple[dict[str, dict], list[Question]]:
    """The mapping of one file to one table, completed as far as names and values tell.

    Raises
    ------
    ValueError
        What is said of the table names columns that the file does not have, or its first line is a row.
    """
    names, samples = peek(path, table, to_reading(said))
    if gone := sorted(name for name in _names_in(said.get("columns", {})) if name.strip() not in names):
        raise ValueError(
            t(
                "{file} must have the columns its mapping names under [{table}.columns]; it has no {gone}. It has"
                " {names}. If it was exported anew, change those lines, or delete the mapping file to have it drafted"
                " anew.",
                file=path.name,
                table=table.name,
                gone=gone,
                names=some(names),
            )
        )
    if not said.get("columns"):
        _refuse_rows_for_names(path, names, table)
    columns, questions = draft_columns(names, samples, table, said.get("columns", {}))
    in_order = {name: columns[name] for name in table.names if name in columns}
    return {**said, "columns": in_order}, questions


def _refuse_rows_for_names(path: Path, names: list[str], table: Table) -> None:
    """A file whose first line is a row has no names to go by."""
    is_value = [looks_like_date(name) or NUMBER_LIKE.fullmatch(name) is not None for name in names]
    if any(names) and count_known(names, table) == 0 and 2 * sum(is_value) >= len(names):
        raise ValueError(
            t(
                "{file} must have a line with the names of its columns above its rows; its first line looks like a row:"
                " {line}. Add such a line, for example: {example}",
                file=path.name,
                line=shorten(", ".join(map(mask_value, names)), 80),
                example=",".join(table.required),
            )
        )
