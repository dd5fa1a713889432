"""A part of a large table that stands in for all of it where its columns are judged: which says what, what to ask.

It is read by the very steps that read a small file (`reading`), so that the same questions are asked. Rows are taken
from all over the table; where it is no larger than the part, the part is the table.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.intake import reading as steps
from crmlib.intake.columns import Parsed
from crmlib.intake.conventions import OpenQuestion, Undecided
from crmlib.intake.doubts import doubts_on_columns
from crmlib.intake.fill import ask_about_filling
from crmlib.intake.frame import are_good, make_frame
from crmlib.intake.judge import MOST_STATES
from crmlib.intake.mapping import Reading, map_columns
from crmlib.intake.parquet import as_texts
from crmlib.intake.raw import PEEKED, Raw
from crmlib.intake.rejected import refuse_most
from crmlib.intake.rows import apply_said
from crmlib.intake.source import Source
from crmlib.intake.telling import find_telling
from crmlib.intake.there import Lines, fetch_every, fetch_rows
from crmlib.language import number, t
from crmlib.tables import Table

ROWS = 100_000  # of the part
GROUPS = 20  # of rows, from which it is taken: Parquet keeps rows in groups


class Judged(NamedTuple):
    """What the part says of the columns."""

    raw: Raw
    parsed: dict[str, Parsed]
    frame: pd.DataFrame  # its good rows, nothing masked
    currency: str | None
    doubts: tuple[str, ...]
    remarks: tuple[str, ...]


def take_rows(files: list[Path], n_all: int, schema: pa.Schema) -> pa.Table:
    """At most `ROWS` rows of Parquet files, from all over them; all where there are no more."""
    if n_all <= ROWS:
        return pa.concat_tables(_cast(pq.read_table(file, partitioning=None), schema) for file in files)
    groups = [(file, group) for file in files for group in range(_count_groups(file))]
    chosen = [groups[place] for place in np.unique(np.linspace(0, len(groups) - 1, GROUPS).astype(int))]
    parts = []
    for file, group in chosen:
        with pq.ParquetFile(file) as parquet:
            n = parquet.metadata.row_group(group).num_rows
            every = max(1, n * len(chosen) // ROWS)
            for batch in parquet.iter_batches(row_groups=[group]):
                # Rows that stand together: an empty cell may mean what stands above it.
                some = pa.Table.from_batches([batch]).slice(0, -(-len(batch) // every))
                parts.append(_cast(some, schema))
    return pa.concat_tables(parts).slice(0, ROWS)


def take_filled(lines: Lines, n_all: int, schema: pa.Schema) -> pa.Table:
    """The same of rows that were changed: of them no file has what they say now."""
    rows = fetch_every(lines, max(1, -(-n_all // ROWS)), ROWS)
    return _cast(rows.rename_columns(schema.names), schema)


def _cast(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The columns with the types they have in all parts."""
    return rows.select(schema.names).cast(schema, safe=False)


def find_telling_of(part: pa.Table, lines: Lines, table: Table, reading: Reading) -> dict[str, int]:
    """The columns of Parquet that may say what a row counts for, by the first rows of a part."""
    places = map_columns(lines.names, table, reading.columns)
    first = part.slice(0, PEEKED)
    samples = {name: as_texts(first.column(place)) for place, name in enumerate(lines.names)}
    return find_telling(lines.names, places.used, samples, reading)


def add_rare(part: pa.Table, lines: Lines, telling: dict[str, int]) -> pa.Table:
    """The part, with a row for each value that it lacks of the columns that may say what a row counts for."""
    positions: list[int] = []
    for place in telling.values():
        rows = lines.table.select(cell=lines.table[f"c{place}"], position=lines.position)
        found = lines.run(rows.group_by("cell").aggregate(position=rows.position.min()).limit(MOST_STATES + 1))
        if len(found) <= MOST_STATES:
            known = set(part.column(place).cast(pa.large_string()).to_pylist())
            pairs = zip(found["cell"].cast(pa.large_string()).to_pylist(), found["position"].to_pylist(), strict=True)
            positions += [position for cell, position in pairs if cell not in known]
    if not positions:
        return part
    rare = fetch_rows(lines, sorted(set(positions)))
    return pa.concat_tables([part, rare.rename_columns(part.column_names).cast(part.schema)])


def _count_groups(file: Path) -> int:
    with pq.ParquetFile(file) as parquet:
        return parquet.metadata.num_row_groups


def judge(part: pa.Table, n_all: int, name: str, table: Table, reading: Reading) -> Judged:
    """What a part of `n_all` rows says of the columns of the table that is called `name`.

    Raises
    ------
    Undecided
        Something is open, as with a small file.
    ValueError
        A column cannot be what it is mapped to, or most rows of the part fail alike.
    """
    with tempfile.TemporaryDirectory(prefix="crmlib-") as folder:
        file = Path(folder) / name
        pq.write_table(part, file)
        with Source(file) as source:
            kind, raw = steps.read_raw(source, table, reading)
    return judge_raw(kind, raw, n_all, name, table, reading)


def judge_raw(kind: str, raw: Raw, n_all: int, name: str, table: Table, reading: Reading) -> Judged:
    """The same of a part that is read already."""
    is_whole = len(raw.lines) >= n_all
    try:
        return _judge(kind, raw, name, table, reading, is_whole=is_whole)
    except Undecided as undecided:
        if is_whole:
            raise
        raise Undecided(*(_of_part(question, len(raw.lines)) for question in undecided.questions)) from None


def _of_part(question: OpenQuestion, n: int) -> OpenQuestion:
    return question._replace(text=_of_first(question.text, n))


def _judge(kind: str, raw: Raw, name: str, table: Table, reading: Reading, *, is_whole: bool) -> Judged:
    decimal = steps.by_column(reading.decimal, table, *steps.DECIMAL)
    dates = steps.by_column(reading.dates, table, *steps.DATES)
    ask_about_filling(raw, table, reading)
    parsed = steps.read_values(raw, table, kind, (decimal, dates), reading, None)
    refuse_most(Path(name), raw, table, parsed, show_personal=reading.show_personal)
    parsed, others = apply_said(raw, table, parsed, reading)
    currencies = steps.find_currencies(raw, table, parsed, others, reading)
    is_good = are_good(parsed, others)
    doubts = [*(doubt for column in parsed.values() for doubt in column.doubts)]
    doubts += doubts_on_columns(raw, table, reading, is_good)
    remarks = [remark for column in parsed.values() for remark in column.remarks]
    if not is_whole:
        doubts, remarks = ([_of_first(text, len(raw.lines)) for text in texts] for texts in (doubts, remarks))
    currency = next((one.currency for one in parsed.values() if one.currency), next(iter(currencies), None))
    return Judged(
        raw, parsed, make_frame(raw, table, parsed, is_good, reading), currency, tuple(doubts), tuple(remarks)
    )


def _of_first(text: str, n: int) -> str:
    return t("In {n} rows looked at first: {text}", n=number(n), text=text)
