"""What the order of rows tells, of rows that stay where they are: which repeat one above, and what an empty cell means.

Of files each part is looked at by itself, as small ones are. The rows of a database have no order: which of some that
are alike is the first does not matter there, and what stands above a cell nobody can say.
"""

from __future__ import annotations

import ibis

from crmlib.intake.fill import filled_note, headings_note, refuse_unknown
from crmlib.intake.mapping import Places, Reading
from crmlib.intake.telling import find_telling
from crmlib.intake.there import OF_A_PART, PLACE, Lines, create_table, create_view, named
from crmlib.language import t

IS_REPEAT = "is_repeat"
WHITE = r"[\s\pZ\x0b\x1c-\x1f\x{85}]"  # what Arrow takes for white space, in the words of DuckDB
BLANK = rf"^{WHITE}*$"


# --- rows that repeat one above -------------------------------------------------------------------


def mark_repeated(lines: Lines) -> Lines:
    """The rows, and of each whether it repeats one above exactly, in all columns."""
    table = lines.table
    if not lines.is_local:
        window = ibis.window(group_by=[table[name] for name in table.columns])
        return lines._replace(table=table.mutate(**{IS_REPEAT: ibis.row_number().over(window) > 0}))
    rows = table.select("part", "row", "row_hash")
    counted = rows.group_by(["part", "row_hash"]).aggregate(n=rows.count(), top=rows.row.min())
    twice = counted.filter(counted.n > 1).drop("n")
    again = rows.join(twice, ["part", "row_hash"]).filter(lambda found: found.row > found.top)
    known = create_table(lines, again.select(repeats=again.part.cast("int64") * OF_A_PART + again.row))
    joined = table.left_join(known, lines.position == known.repeats)
    return lines._replace(table=joined.mutate(**{IS_REPEAT: joined.repeats.notnull()}).drop("repeats"))


# --- cells that mean what stands above ------------------------------------------------------------


def fill_lines(lines: Lines, reading: Reading, places: Places, samples: dict[str, list[str]]) -> Lines:
    """The rows of files with empty cells filled from above, as somebody has said, and a sentence on each column.

    As `fill.fill_down` does: nothing is carried from one part into the next, and a row that holds nothing else in the
    columns used is the heading of a group, and none of the table.

    Raises
    ------
    ValueError
        The files have no column of such a name.
    """
    said = refuse_unknown(lines.names, reading)
    read = places.used | set(find_telling(lines.names, places.used, samples, reading).values())
    filled = [place for place, name in enumerate(lines.names) if name in said and place in read]
    if not filled:
        return lines
    backend, others = lines.table.get_backend(), places.used - set(filled)
    ours = {place: f"c{place}" for place in range(len(lines.names))}
    carried = _carry(lines.table, ours, filled, others, f"part::BIGINT * {OF_A_PART} + row")
    hashed = ", ".join(["row_hash", *(f"f{place}" for place in filled)])
    table = _view_filled(lines, carried, ours, filled, f"hash({hashed}) AS row_hash")
    # The same once more with the names and types of the file, for rows to be looked at.
    source = backend.table(lines.source)
    theirs = dict(enumerate(source.columns[: len(lines.names)]))
    shown = _view_filled(lines, _carry(source, theirs, filled, others, named(PLACE)), theirs, filled)
    return lines._replace(table=table, source=shown.get_name(), said=tuple(_tell(lines, carried, filled)))


def _carry(table: ibis.Table, names: dict[int, str], filled: list[int], others: set[int], position: str) -> str:
    """A question for the rows, with f and the place of each column that is filled, and whether a row is a heading."""
    kinds = table.schema()
    empty = {place: _is_empty(named(names[place]), kinds[names[place]]) for place in {*filled, *others}}
    window = (
        f"(PARTITION BY {position} // {OF_A_PART} ORDER BY {position} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    )
    columns = []
    for place in filled:
        name = named(names[place])
        above = f"last_value(CASE WHEN {empty[place]} THEN NULL ELSE {name} END IGNORE NULLS) OVER {window}"
        columns += [f"coalesce({above}, {name}) AS f{place}", f"{empty[place]} AND {above} IS NOT NULL AS n{place}"]
    has_one = " OR ".join(f"NOT {empty[place]}" for place in filled)
    is_heading = " AND ".join([f"({has_one})", *(empty[place] for place in others)]) if others else "false"
    return f"SELECT *, {position} AS position, {', '.join(columns)}, {is_heading} AS is_heading FROM {table.get_name()}"


def _is_empty(name: str, kind: ibis.expr.datatypes.DataType) -> str:
    """Holds a cell nothing? As `fill.is_empty` asks."""
    if kind.is_string():
        return f"({name} IS NULL OR regexp_matches({name}, '{BLANK}'))"
    return f"({name} IS NULL OR isnan(TRY({name})))" if kind.is_floating() else f"({name} IS NULL)"


def _view_filled(lines: Lines, carried: str, names: dict[int, str], filled: list[int], *others: str) -> ibis.Table:
    own = ", ".join(["position", "is_heading", *(f"f{place}, n{place}" for place in filled)])
    values = ", ".join([*(f"f{place} AS {named(names[place])}" for place in filled), *others])
    return create_view(lines, f"SELECT * EXCLUDE ({own}) REPLACE ({values}) FROM ({carried}) WHERE NOT is_heading")


def _tell(lines: Lines, carried: str, filled: list[int]) -> list[str]:
    """A sentence on each column that was filled, and on the headings."""
    asked = ", ".join(f"count(*) FILTER (NOT is_heading AND n{place})" for place in filled)
    question = f"SELECT count(*) FILTER (is_heading), min(position) FILTER (is_heading), {asked} FROM ({carried})"
    n_headings, first, *counts = lines.table.get_backend().con.sql(question).fetchall()[0]
    notes = [filled_note(lines.names[place], n) for place, n in zip(filled, counts, strict=True) if n]
    if n_headings:
        part, row = divmod(first, OF_A_PART)
        line = f"{row:,}"
        if len(lines.files) > 1:
            line = t("{place} of {file}", place=line, file=lines.files[part - 1])
        notes.append(headings_note(n_headings, line))
    return notes
