"""A mapping drafted: which of a file's columns are which of ours, by their names and first values, and what to ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crmlib.intake.by_value import may_be
from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.guess_names import ask_for_names, find_unnamed
from crmlib.intake.likelier import choices_of_products, find_better, narrow
from crmlib.intake.mapping import Reading, some
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.names import aliases, bare, is_name, place_name
from crmlib.intake.personal import year_of_others
from crmlib.intake.raw import Peeked
from crmlib.intake.reading import peek
from crmlib.intake.records import shorten
from crmlib.intake.samples import fits
from crmlib.intake.shown import looks_personal, show_values
from crmlib.language import t
from crmlib.tables import Column, Table

Look = Callable[[Path, Table, Reading], Peeked]
EXAMPLES = 3
MOST_CHOICES = 8


def draft_columns(
    names: list[str], samples: dict[str, list[str]], table: Table, given: dict[str, str | list[str]]
) -> tuple[dict[str, str | list[str]], list[OpenQuestion]]:
    """Which of the file's columns are which of ours, by their names and first values.

    What two columns may be is asked for the columns an analysis cannot do without and for
    the number of the order; other columns are left out then.

    Returns
    -------
    columns : dict
        Our column and its name in the file, `given` included.
    questions : list of OpenQuestion
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
        candidates = _filled(sure, samples) or _filled(unsure, samples) or sure or unsure
        factors = [name for name in names if name in free or name in (found.get("quantity"), found.get("list_price"))]
        products = _products(factors, samples, column) if ours == "amount" and not candidates else []
        if ours in needed and not candidates and not products:
            # Of the right name and with the wrong values: reading it says what is wrong with them.
            candidates = [name for known in aliases(ours) for name in free if bare(name) in known][:1]
        candidates = narrow(ours, candidates, samples)
        better = find_better(ours, candidates, free, samples) if len(candidates) == 1 else []
        if len(candidates) == 1 and not better:
            found[ours] = candidates[0]
        elif ours in needed or (ours in asked and candidates):
            likely = sorted(fitting, key=lambda name: _likeness(name, ours), reverse=True)
            by_value = [*candidates, *better] or (
                [] if products else [name for name in likely if may_be(name, samples.get(name, []), column)]
            )
            choices = [Choice(name, describe_values(samples, column, name)) for name in by_value[:MOST_CHOICES]]
            choices += choices_of_products(products, samples)
            questions.append(_question(table, column, ours in needed, choices, by_value if candidates else []))
    return found, questions


def _names_in(columns: dict[str, str | list[str]]) -> set[str]:
    """The file's names in a mapping, those of products one by one."""
    return {name for value in columns.values() for name in (value if isinstance(value, list) else [value])}


def _filled(names: list[str], samples: dict[str, list[str]]) -> list[str]:
    """Those of some columns that hold something: an empty one is no choice beside another."""
    return [name for name in names if any(map(str.strip, samples.get(name, [])))]


def _likeness(name: str, ours: str) -> int:
    """How many letters of a name are those of a known one: "Order Total Amount" before "Order Number" for an amount."""
    return max(
        (len(known) for known in (*aliases(ours)[0], *aliases(ours)[1]) if len(known) > 1 and known in bare(name)),
        default=0,
    )


def _products(free: list[str], samples: dict[str, list[str]], amount: Column) -> list[list[str]]:
    """Quantity and price, where there is no amount."""
    quantities = [name for name in free if bare(name) in aliases("quantity")[0] and fits(samples.get(name, []), amount)]
    prices = [name for name in free if bare(name) in aliases("list_price")[0] and fits(samples.get(name, []), amount)]
    return [[quantity, price] for quantity in quantities for price in prices][:MOST_CHOICES]


def describe_values(samples: dict[str, list[str]], column: Column, name: str) -> str:
    """The first values of a column, for a choice; of personal ones the first character."""
    values = samples.get(name, [])
    shown = list(dict.fromkeys(value.strip() for value in values if value.strip()))[:EXAMPLES]
    if column.personal or is_name(name) or any(map(looks_personal, shown)):
        shown = [f"{value[0]}***" for value in shown]
    # Whoever may be a customer is judged as one: two words with a capital are enough.
    is_customer = column.name == "customer_id"
    shown = show_values(shown, values, name, is_customer=is_customer, since=year_of_others(samples, name))
    return ", ".join(shorten(value, 24) for value in shown) or t("empty")


def _question(
    table: Table, column: Column, is_needed: bool, choices: list[Choice], candidates: list[str]
) -> OpenQuestion:
    said = {"column": column.name, "meaning": t(column.meaning)}
    if candidates:
        text = t("Several columns may be {column} ({meaning}).", **said)
    elif choices:
        text = t("No column is known to be {column} ({meaning}).", **said)
    else:
        text = t("No column can be {column} ({meaning}).", **said)
    return OpenQuestion(table.name, "columns", column.name, text, tuple(choices), is_needed)


def draft_table(
    path: Path, table: Table, said: dict[str, dict], *, look: Look = peek
) -> tuple[dict[str, dict], list[OpenQuestion]]:
    """The mapping of one file to one table, completed as far as names and values tell.

    `look` takes a look at the file, as `reading.peek` does.

    Raises
    ------
    ValueError
        What is said of the table names columns that the file does not have.
    Undecided
        The first line of the file is a row, and no names are said.
    """
    names, samples = look(path, table, to_reading(said))
    refuse_lost_names(path, names, table, said.get("columns", {}))
    if not said.get("columns"):
        ask_if_unnamed(path, table, names, said, look)
    columns, questions = draft_columns(names, samples, table, said.get("columns", {}))
    in_order = {name: columns[name] for name in table.names if name in columns}
    return {**said, "columns": in_order}, questions


def refuse_lost_names(path: Path, names: list[str], table: Table, columns: dict[str, str | list[str]]) -> None:
    """A mapping that names columns the file does not have is of another file."""
    if gone := sorted(name for name in _names_in(columns) if name.strip() not in names):
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


def ask_if_unnamed(path: Path, table: Table, names: list[str], said: dict[str, dict], look: Look) -> None:
    """A file whose first line is a row has no names to go by, unless they are said.

    Raises
    ------
    Undecided
        It is such a file.
    """
    if said.get("file", {}).get("names") or not find_unnamed(names, table):
        return
    # By their places, for values may stand in the first line twice.
    places = [place_name(place) for place in range(len(names))]
    named = {**said, "file": {**said.get("file", {}), "names": places}}
    _, samples = look(path, table, to_reading(named))
    raise Undecided(ask_for_names(path.name, names, [samples[place] for place in places], table))
