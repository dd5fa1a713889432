"""Orders in texts of more lines than fit into memory with ease: spooled (`spool`), then read as large Parquet is.

What cannot be done so, or is said in a mapping file that asks for all rows at once, is read into memory where it fits
there, and else refused in words.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.intake import large
from crmlib.intake import reading as steps
from crmlib.intake.fill import Columns
from crmlib.intake.fits import find_excess, may_be_large, refuse_too_large
from crmlib.intake.large import Large, read_lines, sign
from crmlib.intake.mapped import Joined
from crmlib.intake.mapping import Reading
from crmlib.intake.progress import told
from crmlib.intake.raw import Raw
from crmlib.intake.records import Misfit
from crmlib.intake.rejected import refuse_misfits
from crmlib.intake.several import call_parts, folder_of, is_pattern
from crmlib.intake.source import BLOCK, Source, kind_of, sentences
from crmlib.intake.spool import Spooled, spool
from crmlib.intake.stand_in import ROWS, add_rare, judge_raw, take_rows
from crmlib.intake.text import Understood, make_raw
from crmlib.intake.there import Form, Lines, NotThere, open_spooled
from crmlib.intake.there_said import find_unsaid
from crmlib.language import t
from crmlib.tables import TRANSACTIONS


def read_large_text(path: Path, files: list[Path], reading: Reading) -> Large | None:
    """The orders in large texts, and the account of their rows; None where they are to be read into memory.

    Raises
    ------
    Undecided, ValueError, OSError
        As of a small file; or they fit neither way, into memory or on the disk.
    """
    if not _are_large(files):
        return None
    steps.refuse_misplaced(files[0], "text", reading)
    if unsaid := find_unsaid(reading):
        return _to_memory(files, t("{keys} in the mapping file asks for all rows at once", keys=", ".join(unsaid)))
    spooled = [spool(file, TRANSACTIONS, reading) for file in files]
    columns = [one.understand(TRANSACTIONS, reading) for one in spooled]
    for file, one, found in zip(files, spooled, columns, strict=True):
        n_read = one.n_rows + one.n_misfits
        if len(files) > 1 or n_read > ROWS:  # of fewer it is asked where it is of small ones
            refuse_misfits(file, one.first_misfits, one.n_misfits, n_read, found.names, one.delimiter)
    if any(found.names != columns[0].names for found in columns):
        return _to_memory(files, t("its parts have different columns, or in another order"))
    if any(isinstance(parts, Joined) for parts in columns[0].places.products.values()):
        return _to_memory(files, t("a column is put together of several"))
    if not all(one.n_rows for one in spooled):
        return _to_memory(files, t("it has no rows"))
    try:
        return _read(path, files, spooled, columns[0], reading)
    except NotThere as error:
        return _to_memory(files, str(error))


def _are_large(files: list[Path]) -> bool:
    """Are these texts of more lines than are read into memory, or do they not fit there?"""
    if not any(map(may_be_large, files)):
        return False
    left = large.LARGEST_IN_MEMORY
    for file in files:
        with Source(file) as source:
            try:
                if kind_of(source.inside, source.head) != "text":
                    return False
            except ValueError:  # told where it is read
                return False
            left -= _count_lines(source, left + 1)
    return left < 0 or any(map(find_excess, files))


def _count_lines(source: Source, most: int) -> int:
    """How many lines a text has, as far as there are not more than so many."""
    n_new, n_back = 0, 0
    with sentences(source.path):
        stream = source.unpacked()
        while max(n_new, n_back) < most and (block := stream.read(BLOCK)):
            n_new, n_back = n_new + block.count(b"\n"), n_back + block.count(b"\r")
    return max(n_new, n_back)


def _to_memory(files: list[Path], why: str) -> None:
    """Have them read into memory, if they fit there."""
    for file in files:
        refuse_too_large(file, why)


def _read(path: Path, files: list[Path], spooled: list[Spooled], columns: Understood, reading: Reading) -> Large:
    name = files[0].name if len(files) == 1 else path.name
    n_all = sum(one.n_rows for one in spooled)
    called = list(call_parts(files, folder_of(path) if is_pattern(path) else path).values())
    lines = open_spooled([one.rows for one in spooled], [one.misfits for one in spooled], called, columns.names, n_all)
    lines = lines._replace(form=_form(lines, spooled, columns, reading))
    with told(lines.table.get_backend().con, t("{file} read", file=name), n_all):
        part = _take_part(lines, spooled, columns, n_all)
        misfits = _all_misfits(spooled) if len(part) >= n_all else []
        raw = _raw_of(part, spooled[0], columns, misfits)
        judged = judge_raw("text", raw, n_all, files[0].name, TRANSACTIONS, reading)
        found = read_lines(lines, judged, reading, TRANSACTIONS, path=path if len(files) > 1 else files[0])
    sha256 = sign([one.sha256 for one in spooled], called)
    return found._replace(report=dataclasses.replace(found.report, sha256=sha256))


def _form(lines: Lines, spooled: list[Spooled], columns: Understood, reading: Reading) -> Form:
    parts = zip(lines.files, spooled, strict=True)
    notes = [(name, note) for name, one in parts for note in one.notes(columns, TRANSACTIONS, reading)]
    counted = lines.table.get_backend().con.sql("SELECT reason, count(*) FROM misfits GROUP BY ALL ORDER BY min(row)")
    return Form(
        encoding=", ".join(dict.fromkeys(one.encoding for one in spooled)),
        delimiter=spooled[0].delimiter,
        notes=[t("{file}: {note}", file=name, note=note) if len(spooled) > 1 else note for name, note in notes],
        misfits={t(reason): n for reason, n in counted.fetchall()},
    )


def _take_part(lines: Lines, spooled: list[Spooled], columns: Understood, n_all: int) -> pa.Table:
    """A part that stands in for all rows, with the line of each."""
    texts = [(str(place), pa.large_string()) for place in range(len(columns.names))]
    schema = pa.schema([*texts, ("line", pa.int64())])
    part = take_rows([one.rows for one in spooled], n_all, schema)
    return part if len(part) >= n_all else add_rare(part, lines, columns.telling)


def _all_misfits(spooled: list[Spooled]) -> list[Misfit]:
    return [Misfit(**row) for one in spooled for row in pq.read_table(one.misfits).to_pylist()]


def _raw_of(part: pa.Table, first: Spooled, columns: Understood, misfits: list[Misfit]) -> Raw:
    wanted = {*columns.places.used, *columns.telling.values()}
    lines = part["line"].to_numpy()
    rows = Columns({place: part[str(place)] for place in wanted}, lines, lines)
    return make_raw(columns, rows, misfits, [], first.encoding, first.delimiter)
