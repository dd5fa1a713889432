"""The mapping of a list of customers drafted: who they are, without orders and perhaps without what they brought.

A name or an address that a file parts (first name and last name, street and number) is put together: two records of
one person can only be compared by the whole. A list whose records have no number gets that of the row.
"""

from __future__ import annotations

from pathlib import Path

from crmlib.intake.called import CALLED
from crmlib.intake.conventions import OpenQuestion
from crmlib.intake.customer_level import ANY_ID, Look
from crmlib.intake.customer_list import find_people, is_customer_list, names_in
from crmlib.intake.draft import ask_if_unnamed, draft_columns, refuse_lost_names
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import to_reading
from crmlib.intake.names import aliases, bare
from crmlib.intake.numbered import without_numbers
from crmlib.intake.packed import WORKBOOKS
from crmlib.intake.personal import judge_column
from crmlib.intake.samples import filled, fits
from crmlib.intake.sheets import list_sheets
from crmlib.intake.source import Source, kind_of
from crmlib.tables import CUSTOMER_VALUES, CUSTOMERS, TRANSACTIONS

Columns = dict[str, "str | list[str]"]
OWN_IDS = ("recordid", "contactid", "personid", "kontaktid", "kontaktnr", "recordnumber", "档案编号", "联系人编号")
FEWEST_UNIQUE = 0.9  # of the records have a number of their own, if it is one


def draft_customers(
    path: Path, said: dict[str, dict], *, look: Look, beside: Columns | None = None, is_alone: bool = True
) -> tuple[dict[str, dict], list[OpenQuestion]]:
    """What is said of all tables, with the columns of a list of customers, as far as they tell.

    `beside` are the columns of the orders, or of what customers brought: where the list has the column that numbers
    customers there, that is their number here, and where no column does, it is asked; of records alone the rows are
    numbered then, and nothing is asked. A list that `is_alone` says of itself that its rows are customers.

    Raises
    ------
    ValueError
        What is said of it names columns that the file does not have, or its first line is a row.
    """
    mine = {**said.get(CUSTOMERS.name, {})}
    mine["file"] = of_file = _said_of_file(said)
    names, samples = look(path, CUSTOMERS, to_reading(mine))
    columns: Columns = dict(mine.get("columns", {}))
    refuse_lost_names(path, names, CUSTOMERS, columns)
    if not columns:
        ask_if_unnamed(path, CUSTOMERS, names, mine, look)
    people = find_people(names, samples)
    number = None
    if of_file.get("rows") != "numbered":
        there = (beside or {}).get("customer_id")
        number = columns.get("customer_id") or (there if there in names else _find_number(names, samples, people))
    if not number and not beside:
        of_file["rows"] = "numbered"
    elif number and is_alone:
        of_file["rows"] = "customers"
    given = ({"customer_id": number} if number else {}) | columns
    used = {name for theirs in given.values() for name in names_in(theirs)}
    given = {ours: theirs for ours, theirs in people.items() if not used & {*names_in(theirs)}} | given
    given = _find_others(names, samples, given) | given
    table = without_numbers(CUSTOMERS) if of_file.get("rows") == "numbered" else CUSTOMERS
    found, questions = draft_columns(names, samples, table, given)
    mine["columns"] = {name: found[name] for name in CUSTOMERS.names if name in found}
    if not of_file:  # or what is kept would not be what is read again
        del mine["file"]
    return {**said, CUSTOMERS.name: mine}, questions


def _said_of_file(said: dict[str, dict]) -> dict:
    """What is said of the file, also before it was known what its rows are."""
    parts = [said.get(name, {}).get("file", {}) for name in (TRANSACTIONS.name, CUSTOMER_VALUES.name)]
    before = {key: value for part in parts for key, value in part.items() if key in ("encoding", "sheet", "names")}
    is_numbered = parts[1].get("rows") == "numbered"
    return before | ({"rows": "numbered"} if is_numbered else {}) | said.get(CUSTOMERS.name, {}).get("file", {})


def _find_number(names: list[str], samples: dict[str, list[str]], people: Columns) -> str | None:
    """The column that numbers the records; None where only their names and telephones tell them apart."""
    used = {name for one in people.values() for name in names_in(one)}
    free = [name for name in names if name and name not in used and names.count(name) == 1]
    for known in (aliases("customer_id")[0], OWN_IDS, ANY_ID):
        for name in free:
            values = filled(samples.get(name, []))
            is_own = len(set(values)) >= FEWEST_UNIQUE * max(len(samples.get(name, [])), 1)
            if bare(name) in known and values and is_own and judge_column(values, is_customer=True) is None:
                return name
    return None


def _find_others(names: list[str], samples: dict[str, list[str]], given: Columns) -> Columns:
    """The city, the days of birth and of the record, under the names that lists of customers have for them."""
    taken = {name for one in given.values() for name in names_in(one)}
    found: Columns = {}
    for ours in ("city", "birth_date", "registered_date"):
        column = CUSTOMERS.column(ours)
        known = [*aliases(ours)[0], *map(bare, CALLED[ours].split())]
        free = [name for name in names if name not in taken and names.count(name) == 1 and bare(name) in known]
        fitting = [name for name in free if filled(samples.get(name, [])) and fits(samples[name], column)]
        if ours not in given and len(fitting) == 1:
            found[ours] = fitting[0]
            taken.add(fitting[0])
    return found


def find_sheet_of_customers(path: Path, said: dict[str, dict], *, look: Look) -> dict[str, dict]:
    """What is said, with the one sheet of a workbook of orders that is a list of customers, if there is one."""
    if not path.name.casefold().endswith(WORKBOOKS) or CUSTOMERS.name in said:
        return said
    with Source(path) as source:
        sheets = list_sheets(source) if kind_of(source.inside, source.head) == "workbook" else []
    if len(sheets) < 2:
        return said
    found = [name for name in sheets if is_customer_list(*look(path, CUSTOMERS, Reading(sheet=name)))]
    if len(found) != 1:
        return said
    with_sheet = {**said, CUSTOMERS.name: {"file": {"sheet": found[0]}}}
    beside = said.get(TRANSACTIONS.name, {}).get("columns", {})
    drafted, questions = draft_customers(path, with_sheet, look=look, beside=beside, is_alone=False)
    return said if questions else drafted


def also_customers(path: Path, said: dict[str, dict], *, look: Look) -> tuple[dict[str, dict], list[OpenQuestion]]:
    """What is said, with the records of customers too where a file of what they brought says who they are."""
    values = said.get(CUSTOMER_VALUES.name, {})
    if CUSTOMERS.name not in said and not find_people(
        *look(path, CUSTOMERS, to_reading({"file": _said_of_file(said)}))
    ):
        return said, []
    return draft_customers(path, said, look=look, beside=values.get("columns", {}))
