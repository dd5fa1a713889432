"""What somebody has mapped, checked against the columns that the file has and the kit knows."""

from __future__ import annotations

from collections.abc import Mapping

from crmlib.intake.conventions import answer_line
from crmlib.intake.records import shorten
from crmlib.language import t
from crmlib.tables import Table

MOST_NAMES = 30  # shown in a message


class Sum(tuple):
    """Names in the file whose columns are added up; a plain tuple of two is multiplied."""


class Joined(tuple):
    """Names in the file whose texts are put together: first name and last name, street and number."""


def check_products(names: list[str], table: Table, pairs: Mapping[tuple, str]) -> dict[str, tuple[int, ...]]:
    """Where the parts of products and sums stand; an error where they cannot be such.

    Raises
    ------
    ValueError
        The file has no such columns, or what they make is no column of numbers.
    """
    found = {}
    for theirs, ours in pairs.items():
        missing = [name for name in theirs if name not in names]
        if isinstance(theirs, Sum):
            found[ours] = Sum(_place_parts(names, table, theirs, ours))
            continue
        is_text = ours in table.names and table.column(ours).type == "string"
        if is_text and not missing and all(names.count(name) == 1 for name in theirs):
            found[ours] = Joined(names.index(name) for name in theirs)
            continue
        if len(theirs) != 2 or missing or ours not in table.names or table.column(ours).type != "number":
            raise ValueError(
                t(
                    "a product must be of two columns of the file and make a column of numbers; got {theirs} for"
                    " {ours!r}. The file has {names}. For example, below [{table}.columns] in the mapping file: {line}",
                    table=table.name,
                    line=answer_line("amount", ["Quantity", "UnitPrice"]),
                    theirs=list(theirs),
                    ours=ours,
                    names=some(names),
                )
            )
        found[ours] = names.index(theirs[0]), names.index(theirs[1])
    return found


def _place_parts(names: list[str], table: Table, theirs: Sum, ours: str) -> list[int]:
    """Where the columns stand that are added up."""
    wrong = [name for name in theirs if names.count(name) != 1]
    if wrong or len(set(theirs)) < 2 or ours not in table.names or table.column(ours).type != "number":
        raise ValueError(
            t(
                "a sum must be of at least two columns that the file has once each, and make a column of numbers; got"
                " {theirs} for {ours!r}, of which {wrong} are not there once. The file has {names}.",
                theirs=list(theirs),
                ours=ours,
                wrong=wrong,
                names=some(names),
            )
        )
    return [names.index(name) for name in dict.fromkeys(theirs)]


def wrong_type(columns: object) -> TypeError:
    """The error that says what columns= must be."""
    return TypeError(
        t(
            "columns must be a dict from names in the file to names of the kit, both text; got {columns!r}. For example"
            " columns={{'Total': 'amount'}}.",
            columns=columns,
        )
    )


def presentable(ours: list[str], table: Table) -> list[str]:
    """The names for a message: what is no table may have a thousand, or one as long as a page."""
    foreign = [place for place, name in enumerate(ours) if name not in table.names][:MOST_NAMES]
    return [shorten(name, 40) for place, name in enumerate(ours) if name in table.names or place in foreign]


def check_names(names: list[str], table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    """Columns of theirs and ours, without spaces around them; an error where they are not there, or twice.

    Raises
    ------
    ValueError
        `columns` names what the file or the contract has not, or two that become one.
    TypeError
        It is not of text.
    """
    if not all(isinstance(text, str) for pair in columns.items() for text in pair):
        raise wrong_type(columns)
    columns = {theirs.strip(): ours.strip() for theirs, ours in columns.items()}
    unknown = [theirs for theirs in columns if theirs not in names]
    if unknown:
        raise ValueError(
            t(
                "what is mapped must be columns of the file; {unknown} are not. It has {names}. In the mapping file,"
                " below [{table}.columns], its name stands on the right: {line}",
                unknown=unknown,
                names=some(names),
                table=table.name,
                line=answer_line("amount", "name in the file"),
            )
        )
    foreign = [ours for ours in columns.values() if ours not in table.names]
    if foreign:
        raise ValueError(
            t(
                "columns of the file must become columns of {table}, {known}; {foreign} are not among them. In the"
                " mapping file, below [{table}.columns], the kit's name stands on the left: {line}",
                table=table.name,
                known=table.names,
                foreign=foreign,
                line=answer_line("amount", "name in the file"),
            )
        )
    _refuse_twice(names, columns)
    return columns


def _refuse_twice(names: list[str], columns: Mapping[str, str]) -> None:
    """Two columns that would become one, or one of a name that several have."""
    for ours in dict.fromkeys(columns.values()):
        both = [theirs for theirs in columns if columns[theirs] == ours]
        both += [name for name in dict.fromkeys(names) if name == ours and name not in columns]
        if len(both) > 1:
            raise ValueError(
                t(
                    "{ours!r} must come from one column of the file; {both} would all become it. Map one of them only,"
                    " and if the file has another of that very name, map it elsewhere or rename it in the file.",
                    ours=ours,
                    both=both,
                )
            )
        if names.count(both[0]) > 1:
            raise ValueError(
                t(
                    "{ours!r} must come from one column of the file; {n} columns are called {theirs!r}. Rename them in"
                    " the file.",
                    ours=ours,
                    n=names.count(both[0]),
                    theirs=both[0],
                )
            )


def some(names: list[str], *, quoted: bool = True) -> str:
    """Names for a message, the first thirty of them."""
    shown = [shorten(name, 40) for name in names[:MOST_NAMES]]
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return (str(shown) if quoted else ", ".join(shown)) + more
