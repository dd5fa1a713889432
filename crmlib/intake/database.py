"""A SQLite or DuckDB file -> columns of one of its tables or views, with the types they have there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.days import looks_like_date
from crmlib.intake.engines import opened
from crmlib.intake.fill import Columns, fill_down
from crmlib.intake.loose import read_moments
from crmlib.intake.mapping import Places, Reading, left_out_note, map_columns, some
from crmlib.intake.names import aliases, bare
from crmlib.intake.pushed import Condition, count_left_out, find_conditions
from crmlib.intake.raw import PEEKED, Peeked, Raw, by_name, used_names
from crmlib.intake.records import shorten
from crmlib.intake.relations import Cells, Relation
from crmlib.intake.sheets import as_text
from crmlib.intake.source import Source, is_database
from crmlib.intake.telling import find_telling
from crmlib.language import plural, t
from crmlib.tables import CUSTOMER_VALUES, TABLES, TRANSACTIONS, Table

MOST_CHOICES = 8
FEW = 20  # rows looked at to tell whether a column is one of days
MAIN = (TRANSACTIONS.name, CUSTOMER_VALUES.name)  # one of them is what a file of one table holds


def read_database(source: Source, table: Table, reading: Reading) -> Raw:
    """The columns that are needed, of the table or view that holds them.

    Raises
    ------
    ValueError
        The database cannot be read, or holds no such table.
    Undecided
        Several of its tables may be meant.
    """
    source.whole()  # hashed now; a change while its engine reads is told
    with opened(source.path, source.head) as engine:
        relations = engine.relations()
        relation = _find_relation(source.path, engine, relations, table, reading)
        names = [name.strip() for name in relation.names]
        places = map_columns(names, table, reading.columns)
        telling = find_telling(names, places.used, _as_texts(names, engine.first_rows(relation, PEEKED)), reading)
        pushed = find_conditions(reading, places, telling, names, partial(engine.holds_numbers, relation))
        cells, left_out = _read_kept(engine, relation, places, telling, pushed)
    whole, moments = _with_moments(cells, places, table)
    columns = Columns(whole, cells.row_hash, cells.lines, cells.is_typed)
    columns, said = fill_down(columns, names, reading, places.used, [])
    others = [one.name for one in relations if one.name != relation.name and table.name in MAIN]
    notes = [left_out_note(names, places, table, reading), *moments, *said, *_notes(left_out, others)]
    return Raw(
        **by_name(columns.whole, places),
        lines=columns.lines,
        row_hash=columns.row_hash,
        misfits=[],
        mapping=used_names(names, places),
        names=names,
        notes=[note for note in notes if note],
        is_typed=columns.is_typed or {},
        places=places,
        telling={name: columns.whole[place] for name, place in telling.items()},
        doubts=tuple(_doubts(source.path)),
        relation=relation.name,
        pushed=frozenset(condition.name for condition in pushed),
        left_out=left_out,
    )


def _read_kept(
    engine, relation: Relation, places: Places, telling: dict[str, int], conditions: list[Condition]
) -> tuple[Cells, dict[str, int]]:
    """The columns that are needed, of the rows that fit; and how many the database left out, by reason."""
    wanted, texts = sorted({*places.used, *telling.values()}), set(telling.values()) - places.used
    if not conditions:
        return engine.read(relation, wanted, texts), {}
    engine.learn(relation, conditions)
    left_out = count_left_out(conditions, engine.count_groups(relation, conditions))
    return engine.read(relation, wanted, texts, conditions), left_out


def _notes(left_out: dict[str, int], others: list[str]) -> Iterator[str]:
    if left_out:
        yield t(
            "Left out by the database, as keep says: {rows}. They are counted, not read: no list of rows set aside"
            " has them.",
            rows=plural(sum(left_out.values()), "1 row", "{n} rows"),
        )
    if others:
        yield t("Other tables of the database: {names}.", names=some(others, quoted=False))


def peek_database(source: Source, table: Table, reading: Reading) -> Peeked:
    """The names of the columns of the table that is meant, and the first values of each."""
    with opened(source.path, source.head) as engine:
        relation = _find_relation(source.path, engine, engine.relations(), table, reading)
        names = [name.strip() for name in relation.names]
        return names, _as_texts(names, engine.first_rows(relation, PEEKED))


def _as_texts(names: list[str], rows: list[tuple]) -> dict[str, list[str]]:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return {
        name: ["" if cell is None else as_text(cell) for cell in column]
        for name, column in zip(names, columns, strict=True)
    }


def find_tables(path: Path, head: bytes, said: dict[str, dict]) -> list[str]:
    """The tables of ours that a database holds beside the transactions: said to be there, or named so and known.

    A table of customers whose own number is called something else is none until somebody says so. What is no
    database has none.
    """
    if not is_database(head):
        return []
    with opened(path, head) as engine:
        relations = {relation.name.casefold(): relation for relation in engine.relations()}
    return [
        name
        for name, table in TABLES.items()
        if name not in MAIN and (name in said or (name in relations and _is_known(relations[name], table)))
    ]


def _is_known(relation: Relation, table: Table) -> bool:
    return _score(relation.names, table, Reading()) == len(table.required)


# --- which table is meant -------------------------------------------------------------------------


def _find_relation(path: Path, engine, relations: list[Relation], table: Table, reading: Reading) -> Relation:
    """The table or view that holds the table of ours.

    Raises
    ------
    ValueError
        There is none, or not the one that is said.
    Undecided
        Several may be meant.
    """
    if reading.table is not None:
        by_case = [one for one in relations if one.name.casefold() == reading.table.casefold()]
        found = [one for one in relations if one.name == reading.table] or by_case
        if not found:
            raise ValueError(
                t(
                    "table under [{ours}.file] must be one of {names}; {file} has no {said!r}.",
                    ours=table.name,
                    names=some([one.name for one in relations]),
                    file=path.name,
                    said=reading.table,
                )
            )
        return found[0]
    filled = [one for one in relations if engine.first_rows(one, 1)]
    if not filled:
        raise _nothing_in(path, relations)
    # Whether a row is an order or a customer is found out of the same one.
    needed = TRANSACTIONS if table.name in MAIN else table
    scores = {one: _score(one.names, needed, reading) + _has_a_day(engine, one, needed) for one in filled}
    best = [one for one in filled if scores[one] == max(scores.values())]
    named = [one for one in (best if needed is TRANSACTIONS else filled) if one.name.casefold() == table.name]
    # Another table of ours is not meant, where there is a choice.
    best = named or [one for one in best if one.name.casefold() not in TABLES] or best
    is_whole = max(scores.values()) >= len(needed.required) or needed is not TRANSACTIONS
    if len(best) == 1 and (is_whole or len(filled) == 1):
        return best[0]
    if is_whole:
        text = t("{file} has {n} tables that may be meant.", file=path.name, n=len(best))
    else:
        text = t(
            "No table of {file} has columns known to be all of {columns}. Which one is meant? If they lie in several,"
            " have a view made that puts them together, CREATE VIEW sales AS SELECT ... FROM orders JOIN items ..., and"
            " name it here.",
            file=path.name,
            columns=", ".join(needed.required),
        )
        best = sorted(filled, key=scores.get, reverse=True)[:MOST_CHOICES]
    raise Undecided(OpenQuestion(needed.name, "file", "table", text, tuple(_choice(engine, one) for one in best)))


def _choice(engine, relation: Relation) -> Choice:
    n_rows, names = f"{engine.count(relation):,}", shorten(", ".join(relation.names), 60)
    return Choice(relation.name, t("{n} rows; {names}", n=n_rows, names=names))


def _score(names: list[str], table: Table, reading: Reading) -> int:
    """How many of the columns that are needed a table seems to have; those that are mapped count most."""
    known = {bare(name) for name in names}
    found = sum(not known.isdisjoint(_names_of(ours)) for ours in table.required)
    found += "amount" in table.required and known.isdisjoint(_names_of("amount")) and _has_factors(known)
    mapped = {name for key in reading.columns or {} for name in (key if isinstance(key, tuple) else (key,))}
    return found + len(table.names) * len(mapped & {name.strip() for name in names})


def _has_a_day(engine, relation: Relation, table: Table) -> bool:
    """Has a table of known customers and amounts, and no day of a known name, a column of days all the same?"""
    known = {bare(name) for name in relation.names}
    lacking = [ours for ours in table.required if known.isdisjoint(_names_of(ours))]
    if lacking != ["order_date"]:
        return False
    values = _as_texts(list(relation.names), engine.first_rows(relation, FEW)).values()
    return any(cells and all(map(looks_like_date, cells)) for cells in values)


def _has_factors(known: set[str]) -> bool:
    return not (known.isdisjoint(_names_of("quantity")) or known.isdisjoint(_names_of("list_price")))


def _names_of(ours: str) -> set[str]:
    return {name for some in aliases(ours) for name in some}


def _nothing_in(path: Path, relations: list[Relation]) -> ValueError:
    if relations:
        said = t("its tables {names} are empty", names=some([one.name for one in relations], quoted=False))
    else:
        said = t("it has no tables")
    if _beside(path):
        said = t("{said}, though {file} beside it may hold changes", said=said, file=_beside(path).name)
    return ValueError(
        t("{file} must hold a table with rows; {said}. Is another file meant?", file=path.name, said=said)
    )


def _beside(path: Path) -> Path | None:
    """The file in which an engine keeps changes that are not yet in the database."""
    places = (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}.wal"))
    return next((place for place in places if place.is_file() and place.stat().st_size), None)


def _doubts(path: Path) -> list[str]:
    beside = _beside(path)
    if beside is None:
        return []
    if beside.name.endswith("-wal"):
        return [
            t(
                "{file} may hold changes that another program has not yet written into the database: they are not read."
                " Close that program, and read it again.",
                file=beside.name,
            )
        ]
    return [
        t(
            "{file} holds changes that are not yet in the database: they are read as well. Close the program it comes"
            " from, so that the database is whole by itself.",
            file=beside.name,
        )
    ]


# --- moments written as numbers -------------------------------------------------------------------


def _with_moments(cells: Cells, places: Places, table: Table) -> tuple[dict[int, pa.ChunkedArray], list[str]]:
    """The columns, those of days and times as such where they count seconds; and a sentence on each."""
    whole, notes = dict(cells.whole), []
    for ours, place in places.single.items():
        if table.column(ours).type not in ("datetime", "date"):
            continue
        values, is_typed = whole[place], cells.is_typed.get(place)
        if is_typed is None and not (pa.types.is_integer(values.type) or pa.types.is_floating(values.type)):
            continue
        numbers = values if is_typed is None else pc.if_else(pa.array(is_typed), values, None).cast(pa.float64())
        moments = read_moments(numbers)
        if moments is None:
            continue
        if is_typed is not None:
            moments = pc.if_else(pa.array(is_typed), moments.cast(pa.timestamp("s")).cast(pa.large_string()), values)
        whole[place] = moments
        notes.append(
            t(
                "{column}: numbers that count seconds or days, read as the times of UTC they stand for.",
                column=ours,
            )
        )
    return whole, notes
