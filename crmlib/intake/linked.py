"""Orders in a database that is reached by a URL: mapped like a file, counted there, left there.

Nothing is copied but the other tables that the URL names, and of the rows set aside the first `there_rows.BLOCK`.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
import pyarrow as pa

from crmlib.engine.backends import run_there
from crmlib.engine.connections import connect, parse, says_zone
from crmlib.intake.draft import draft_table
from crmlib.intake.duplicates import add_pairs
from crmlib.intake.large import Large, make_rows, read_lines
from crmlib.intake.links import mapping_of, name_link, part_link, show_link, take_password
from crmlib.intake.load import mask_all, read_said
from crmlib.intake.mapping import Reading
from crmlib.intake.mapping_file import is_there, to_reading
from crmlib.intake.parquet import as_texts
from crmlib.intake.raw import PEEKED, Peeked
from crmlib.intake.report import IntakeReport
from crmlib.intake.stand_in import ROWS, judge
from crmlib.intake.there import Lines
from crmlib.intake.there_rows import select_good
from crmlib.intake.there_said import refuse_unsaid
from crmlib.intake.understood import read_as
from crmlib.language import t
from crmlib.tables import TABLES, TRANSACTIONS


class Linked(NamedTuple):
    """A table that a URL leads to, looked at."""

    url: str
    lines: Lines
    part: pa.Table  # the first rows, with the names they have there
    others: dict[str, str]  # URLs of other tables

    @property
    def peeked(self) -> Peeked:
        names = [name.strip() for name in self.part.column_names]
        first = self.part.slice(0, PEEKED)
        return names, {name: as_texts(first.column(place)) for place, name in enumerate(names)}


def open_link(url: str) -> Linked:
    """The table that a URL leads to, and its first rows."""
    url = take_password(url)
    plain, others = part_link(url)
    backend, table = connect(plain)
    table = _with_texts(table)
    try:
        part = _plain(run_there(backend, table.limit(ROWS)), parse(plain).zone)
        if not len(part):
            raise ValueError(t("{table} must hold rows; it has none.", table=name_link(url)))
    except ValueError:
        if backend.name != "pyspark":  # which would end for everybody
            backend.disconnect()
        raise
    return Linked(url, _lines_of(table), part, others)


def _lines_of(table: ibis.Table) -> Lines:
    columns = {f"c{place}": table[name] for place, name in enumerate(table.columns)}
    return Lines(table.select(**columns), [name.strip() for name in table.columns], [])


def _with_texts(table: ibis.Table) -> ibis.Table:
    """The table, its UUIDs as text, which PostgreSQL hands out as what Arrow does not take, and no text padded.

    A char(10) comes with blanks behind what it says: as a cell of a file it would be stripped.
    """
    kinds = table.schema().items()
    texts = {name: table[name].cast("string") for name, kind in kinds if kind.is_uuid()}
    return table.mutate(**texts, **{name: table[name].rstrip() for name, kind in kinds if kind.is_string()})


def _plain(part: pa.Table, zone: str = "UTC") -> pa.Table:
    """Columns as Parquet can hold them: what it cannot is text; moments in the zone that was asked for."""
    columns = {}
    for name, column in zip(part.column_names, part.columns, strict=True):
        is_other = isinstance(column.type, pa.BaseExtensionType) or pa.types.is_interval(column.type)
        if getattr(column.type, "tz", None):
            column = column.cast(pa.timestamp(column.type.unit, zone))
        columns[name] = pa.chunked_array([pa.array(map(str, column.to_pylist()))]) if is_other else column
    return pa.table(columns)


def draft_link(linked: Linked, said: dict) -> tuple[dict, list]:
    """The mapping, completed as far as names and first values tell, and what is open."""
    drafted, questions = draft_table(
        Path(name_link(linked.url)),
        TRANSACTIONS,
        said.get(TRANSACTIONS.name, {}),
        look=lambda *_: linked.peeked,
    )
    return {**said, TRANSACTIONS.name: drafted}, questions


def load_link(
    url: str | Linked, *, mapping: object = None, show_personal: bool = False, with_pairs: bool = False
) -> tuple[dict[str, pd.DataFrame | ibis.Table], dict[str, IntakeReport]]:
    """Tables and reports of what a URL leads to; the orders are an Ibis table.

    Raises
    ------
    Undecided, ValueError
        As of a file.
    """
    linked = url if isinstance(url, Linked) else open_link(url)
    said = say_of(linked.url, mapping)
    reading = _reading(said, TRANSACTIONS.name, show_personal=show_personal)
    large = _read(linked, reading)
    large = large._replace(report=_doubt_zone(linked, large.report))
    tables, reports = {}, {TRANSACTIONS.name: large.report}
    for name, other in linked.others.items():
        reading = _reading(said, name, show_personal=show_personal)
        tables[name], reports[name] = _fetch(other, name, reading)
    if show_personal:
        masked = {TRANSACTIONS.name: large.shown} | tables
    else:
        masked, reports = mask_all(tables, reports, large)
    return (add_pairs(tables, masked) if with_pairs else masked), reports


def _doubt_zone(linked: Linked, report: IntakeReport) -> IntakeReport:
    """A moment has another day in another zone: where nobody has said which, the days are doubtful."""
    kinds = {field.name.strip(): field.type for field in linked.part.schema}
    mapped = [theirs for theirs, ours in report.columns.items() if ours == "order_date"]
    is_moment = any(isinstance(name, str) and getattr(kinds.get(name), "tz", None) for name in mapped)
    if not is_moment or says_zone(linked.url):
        return report
    text = t(
        "order_date holds moments, and their days are those of UTC, since no zone is said: near midnight a purchase may"
        " count for the day before or after. Put your zone behind the URL: &zone=Asia/Shanghai (or &zone=UTC)."
    )
    return dataclasses.replace(report, doubts=(*report.doubts, text))


def say_columns(url: str, columns: dict | None, encoding: str | None) -> dict:
    """What a call says of the columns, as a mapping file would; {} where it says nothing.

    Raises
    ------
    ValueError
        It says an encoding, which a table has not.
    """
    if encoding is not None:
        raise ValueError(
            t("encoding is for text files; {file} is none, and brings its own. Leave it out.", file=show_link(url))
        )
    if not columns:
        return {}
    is_by_table = all(isinstance(value, dict) for value in columns.values())
    by_table = columns if is_by_table else {TRANSACTIONS.name: columns}
    return {
        table: {
            "columns": {ours: list(theirs) if isinstance(theirs, tuple) else theirs for theirs, ours in own.items()}
        }
        for table, own in by_table.items()
    }


def say_of(url: str, mapping: object) -> dict:
    """What is said of the table: in the call, in the mapping file named, or in the one in the current folder."""
    if mapping is None:
        mapping = mapping_of(url) if is_there(mapping_of(url)) else {}
    return read_said(Path(), mapping)


def _reading(said: dict, table: str, *, show_personal: bool) -> Reading:
    return dataclasses.replace(to_reading(said.get(table, {})), show_personal=show_personal)


def _read(linked: Linked, reading: Reading) -> Large:
    name = name_link(linked.url)
    refuse_unsaid(reading, name, is_local=False)
    reading = dataclasses.replace(reading, table=None)
    n_all = linked.lines.run(linked.lines.table.count().as_table()).column(0)[0].as_py()
    judged = judge(linked.part, n_all, name, TRANSACTIONS, reading)
    return read_lines(linked.lines, judged, reading, TRANSACTIONS, path=show_link(linked.url))


def open_again(url: str, said: dict) -> ibis.Table:
    """The rows that count of a table whose account has been made before; nothing is counted again.

    Parameters
    ----------
    url : str
        Without its password, which comes from PGPASSWORD or ~/.pgpass.
    said : dict
        Its mapping.
    """
    table = _with_texts(connect(part_link(url)[0]).table)
    reading = _reading(said, TRANSACTIONS.name, show_personal=True)
    return select_good(make_rows(_lines_of(table), reading, TRANSACTIONS), reading)


def _fetch(url: str, name: str, reading: Reading) -> tuple[pd.DataFrame, IntakeReport]:
    """Another table, small enough to be read whole, by way of a file."""
    import tempfile

    import pyarrow.parquet as pq

    table = connect(url).table
    with tempfile.TemporaryDirectory(prefix="crmlib-") as folder:
        file = Path(folder) / name
        pq.write_table(_plain(run_there(table.get_backend(), table)), file)
        frame, report = read_as(file, TABLES[name], reading)
    return frame, dataclasses.replace(report, path=show_link(url))
