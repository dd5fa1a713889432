"""JSON -> columns: a list of flat objects, one for each row, or a line for each (JSON lines)."""

from __future__ import annotations

import json
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from crmlib.intake import blocks, encodings
from crmlib.intake.mapping import Reading, left_out_note, map_columns
from crmlib.intake.raw import PEEKED, Peeked, Raw, by_name, used_names
from crmlib.intake.records import MOST_KEPT, Misfit
from crmlib.intake.source import Source
from crmlib.intake.telling import find_telling
from crmlib.language import t
from crmlib.tables import Table


class Number(str):
    """A number as it was written: no digit is lost, and its point is one of decimals."""


class Objects(NamedTuple):
    """The objects of a file as rows of text."""

    names: list[str]
    rows: list[dict[str, str]]
    lines: list[int]
    misfits: list[Misfit]


def read_json(source: Source, table: Table, reading: Reading) -> Raw:
    """A file of JSON: every object is a row, or set aside."""
    found = _load(source, reading, table)
    names = found.names
    places = map_columns(names, table, reading.columns)
    samples = _samples(found)
    telling = find_telling(names, places.used, samples, reading)
    wanted = {*places.used, *telling.values()}
    columns = {place: [row.get(names[place], "") for row in found.rows] for place in wanted}
    whole = {place: pa.chunked_array([pa.array(cells, pa.large_string())]) for place, cells in columns.items()}
    note = left_out_note(names, places, table, reading)
    return Raw(
        **by_name(whole, places),
        lines=np.array(found.lines, np.int64),
        row_hash=blocks.hash_rows([[row.get(name, "") for name in names] for row in found.rows]),
        misfits=found.misfits,
        mapping=used_names(names, places),
        names=names,
        notes=[note] if note else [],
        encoding="JSON",
        is_typed={
            place: np.array([isinstance(cell, Number) for cell in cells], bool) for place, cells in columns.items()
        },
        places=places,
        telling={name: whole[place] for name, place in telling.items()},
    )


def peek_json(source: Source, table: Table, reading: Reading) -> Peeked:
    """The names in the objects of a file, and the first values of each."""
    found = _load(source, reading, table)
    return found.names, _samples(found)


def _samples(found: Objects) -> dict[str, list[str]]:
    return {name: [row.get(name, "") for row in found.rows[:PEEKED]] for name in found.names}


def _load(source: Source, reading: Reading, table: Table) -> Objects:
    """The rows of a file: of one list, or of a line each.

    Raises
    ------
    ValueError
        It holds something else, or is no JSON.
    """
    encoding = encodings.find_encoding(source, reading.encoding, table.name).name
    text = source.unpacked().read().decode(encoding).removeprefix("\ufeff")
    rows, lines, misfits = [], [], []
    try:
        objects = _find_list(_parse(text))
    except ValueError as error:
        if not _is_in_lines(text):
            raise _no_rows(source, str(error)) from None
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                rows.append(_flat(_parse(line)))
                lines.append(number)
            except ValueError:
                misfits.append(Misfit(number, line[:MOST_KEPT], t("the line is not one JSON object")))
    else:
        if objects is None:
            raise _no_rows(source, t("it holds something else"))
        rows, lines = [_flat(one) for one in objects], list(range(1, len(objects) + 1))
    return Objects(list(dict.fromkeys(name for row in rows for name in row)), rows, lines, misfits)


def _parse(text: str) -> object:
    return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=str)


def _is_in_lines(text: str) -> bool:
    """Is the first line one object?"""
    try:
        return isinstance(_parse(text.lstrip().split("\n", 1)[0]), dict)
    except ValueError:
        return False


def _find_list(found: object) -> list[dict] | None:
    """The objects of a file, which may stand under one name: {"orders": [...]}."""
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        if not lists and found:
            return [found]  # one line of JSON lines
        found = lists[0] if len(lists) == 1 else None
    return found if isinstance(found, list) and found and all(isinstance(one, dict) for one in found) else None


def _flat(found: object, above: str = "") -> dict[str, str]:
    """An object as a row: what stands in an object inside it has both names, "customer.id"."""
    if not isinstance(found, dict):
        raise ValueError(t("the line is not one JSON object"))
    row = {}
    for name, value in found.items():
        if isinstance(value, dict):
            row |= _flat(value, f"{above}{name}.")
        else:
            row[f"{above}{name}".strip()] = _as_text(value)
    return row


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _no_rows(source: Source, why: str) -> ValueError:
    return ValueError(
        t(
            "{file} must hold a list of objects, one for each row, or one object in each line; as JSON it cannot be"
            " read so: {why}. Export it as CSV, or as JSON lines.",
            file=source.path.name,
            why=why,
        )
    )
