"""A Parquet file -> columns with the types they have there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.intake.columns import to_texts
from crmlib.intake.fill import Columns, fill_down
from crmlib.intake.mapping import Reading, left_out_note, map_columns
from crmlib.intake.raw import PEEKED, Peeked, Raw, by_name, used_names
from crmlib.intake.records import shorten
from crmlib.intake.source import Source
from crmlib.intake.telling import find_telling
from crmlib.language import t
from crmlib.tables import Table

BATCH = 100_000  # rows at a time


def read_parquet(source: Source, table: Table, reading: Reading) -> Raw:
    hashes = [np.array([], np.uint64)]
    try:
        with pq.ParquetFile(source.whole()) as parquet:
            names = [name.strip() for name in parquet.schema_arrow.names]
            places = map_columns(names, table, reading.columns)
            telling = find_telling(names, places.used, _first_rows(parquet, names), reading)
            kinds = {name: parquet.schema_arrow.field(place).type for name, place in telling.items()}
            _refuse_nested(kinds, reading)
            telling = {name: place for name, place in telling.items() if not pa.types.is_nested(kinds[name])}
            arrays = {place: [] for place in {*places.used, *telling.values()}}
            for batch in parquet.iter_batches(BATCH):
                for place in arrays:
                    arrays[place].append(batch.column(place))
                hashes.append(_hash_rows(batch))
            whole = {
                place: pa.chunked_array(parts, parquet.schema_arrow.field(place).type)
                for place, parts in arrays.items()
            }
    except (pa.ArrowException, OSError) as error:
        raise _broken_parquet(source.path, error) from error
    lines = np.arange(1, sum(map(len, hashes)) + 1)
    columns = Columns(whole, np.concatenate(hashes), lines)
    columns, said = fill_down(columns, names, reading, places.used, [])
    note = left_out_note(names, places, table, reading)
    return Raw(
        **by_name(columns.whole, places),
        lines=columns.lines,
        row_hash=columns.row_hash,
        misfits=[],
        mapping=used_names(names, places),
        names=names,
        notes=[*([note] if note else []), *said],
        places=places,
        telling={name: columns.whole[place] for name, place in telling.items()},
    )


def _refuse_nested(kinds: dict[str, pa.DataType], reading: Reading) -> None:
    """Of a list or a record nobody can say whether it is a value that counts."""
    for name, kind in kinds.items():
        if pa.types.is_nested(kind) and name in reading.theirs:
            raise ValueError(
                t(
                    "a column named in the mapping file must hold one value a row; {name} is {kind}. Take its line"
                    " out, or save the file again with a column for what is meant.",
                    name=name,
                    kind=kind,
                )
            )


def _hash_rows(batch: pa.RecordBatch) -> np.ndarray:
    """A number for each row, the same for rows with the same values in every column."""
    columns, empty = {}, {}
    for place, column in enumerate(batch.columns):
        if pa.types.is_nested(column.type):
            column = pa.array(map(str, column.to_pylist()), pa.large_string())
        if (pa.types.is_integer(column.type) or pa.types.is_boolean(column.type)) and column.null_count:
            # pandas would make floats, which hold fewer digits and are other numbers than in a batch with no such cell.
            empty[place] = np.asarray(column.is_null())
            column = column.fill_null(pa.scalar(0).cast(column.type))
        columns[str(place)] = column
    frame = pa.table(columns).to_pandas(date_as_object=False)
    hashes = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    for place, is_empty in empty.items():
        hashes = np.where(is_empty, hashes ^ pd.util.hash_array(np.array([place])), hashes)
    return hashes


def _broken_parquet(file: Path, error: Exception) -> ValueError:
    return ValueError(
        t(
            "{file} must be a whole Parquet file; it cannot be read ({error}). Copy or make it again.",
            file=file.name,
            error=shorten(str(error)),
        )
    )


def peek_parquet(source: Source) -> Peeked:
    """The names of the columns of a Parquet file, and the first values of each."""
    try:
        with pq.ParquetFile(source.whole()) as parquet:
            names = [name.strip() for name in parquet.schema_arrow.names]
            return names, _first_rows(parquet, names)
    except (pa.ArrowException, OSError) as error:
        raise _broken_parquet(source.path, error) from error


def _first_rows(parquet: pq.ParquetFile, names: list[str]) -> dict[str, list[str]]:
    first = next(parquet.iter_batches(PEEKED), None)
    values = [] if first is None else [as_texts(column) for column in first.columns]
    return dict(zip(names, values or [[]] * len(names), strict=False))


def as_texts(cells: pa.Array | pa.ChunkedArray) -> list[str]:
    """Cells of any type as text; of lists and the like, none."""
    if pa.types.is_nested(cells.type) or (pa.types.is_binary(cells.type) or pa.types.is_large_binary(cells.type)):
        return [""] * len(cells)
    chunks = cells if isinstance(cells, pa.ChunkedArray) else pa.chunked_array([cells])
    return [text or "" for text in to_texts(chunks)]
