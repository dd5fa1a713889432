"""Orders that stay where they are: Parquet of more lines than fit into memory with ease, read by an engine.

Nothing of such files is read whole. What a small file asks is asked of a part of them (`stand_in`); which rows count,
and why others do not, is worked out as expressions (`there_cells`, `there_said`, `there_rows`), by the rules for small
files, and counted in the engine (`there_account`); the rows that count are an Ibis table.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crmlib.intake import reading as steps
from crmlib.intake.combine import read_returns, refuse_currencies, same_files
from crmlib.intake.conventions import answer_line
from crmlib.intake.doubts import doubts_on_counts, doubts_on_repeats, find_people, has_one_row_each
from crmlib.intake.mapping import Reading, left_out_note, map_columns, some
from crmlib.intake.privacy import mask_rejected
from crmlib.intake.progress import told
from crmlib.intake.raw import used_names
from crmlib.intake.report import IntakeReport, count_first, name_of
from crmlib.intake.several import Alike, call_parts, count_rows, folder_of, group_alike, is_pattern
from crmlib.intake.stand_in import ROWS, Judged, add_rare, find_telling_of, judge, take_filled, take_rows
from crmlib.intake.there import Lines, NotThere, join_changed, open_parquet, start_engine
from crmlib.intake.there_account import count_customers, count_repeated, tell
from crmlib.intake.there_account import count_rows as account_of
from crmlib.intake.there_cells import read_columns, refuse_fractions
from crmlib.intake.there_odd import find_odd
from crmlib.intake.there_order import fill_lines, mark_repeated
from crmlib.intake.there_parts import Large, join_parts, put_beside
from crmlib.intake.there_people import join_customers, mask_customers, mask_others
from crmlib.intake.there_rows import BLOCK, Rows, empty_aside, list_aside, put_in_order, select_good
from crmlib.intake.there_said import apply_said, join_taken, refuse_unsaid
from crmlib.intake.there_sums import may_have_sums
from crmlib.language import t
from crmlib.tables import TRANSACTIONS, Table

LARGEST_IN_MEMORY = 3_000_000  # lines; of more, DataFrames would take more than a gigabyte


def is_large(files: list[Path]) -> bool:
    """Are these files of Parquet with more lines than are read into memory?"""
    try:
        return count_rows(files) > LARGEST_IN_MEMORY
    except ValueError:  # what is wrong with them is told where they are read
        return False


def read_large(path: Path, files: list[Path], reading: Reading) -> Large:
    """The orders in large files of Parquet, and the account of their rows.

    Raises
    ------
    Undecided
        What they mean is open, as with a small file.
    ValueError
        A column has no type to count with, or the mapping says what cannot be done there.
    """
    name = files[0].name if len(files) == 1 else path.name
    steps.refuse_misplaced(Path(name), "parquet", reading)
    refuse_unsaid(reading, name, is_local=True)
    called = call_parts(files, folder_of(path) if is_pattern(path) else path)
    states, n_all = list(map(_state, files)), count_rows(files)
    backend, groups, parts = start_engine(n_all), group_alike(files), {}
    with told(backend.con, t("{file} read", file=name), n_all):
        for group in groups:
            lines = open_parquet(backend, group, list(called.values()), among=files)
            known = [called[file] for file in group.files]
            parts[some(known, quoted=False)] = _read_alike(group, lines, reading, path if len(files) > 1 else files[0])
        found = next(iter(parts.values()))
        returned = read_returns(path, TRANSACTIONS, reading) if reading.returns else {}
        parts |= {own: put_beside(found, *read) for own, read in returned.items()}
        if len(parts) > 1:
            refuse_currencies({own: part.report for own, part in parts.items()})
            found = join_parts(found.report.path, parts)
    if list(map(_state, files)) != states:
        raise ValueError(
            t(
                "{file} must stay as it is while it is read; it changed meanwhile. Is a program still writing it?"
                " Read it again when that is done.",
                file=name,
            )
        )
    others = {own: report.sha256 for own, (_, report) in returned.items()}
    sha256 = sign(list(map(_hash, files)), list(called.values()), others)
    return found._replace(report=dataclasses.replace(found.report, sha256=sha256))


def _read_alike(group: Alike, lines: Lines, reading: Reading, path: Path) -> Large:
    """The orders in parts that are alike."""
    table, n_all, judged = TRANSACTIONS, count_rows(group.files), reading
    if reading.fill_down:
        places = map_columns(lines.names, table, reading.columns)
        lines = fill_lines(lines, reading, places, steps.peek(group.files[0], table, reading)[1])
        part, judged = take_filled(lines, n_all, group.schema), dataclasses.replace(reading, fill_down=[])
        n_all = len(part) if len(part) < ROWS else n_all  # headings are no rows
    else:
        part = take_rows(group.files, n_all, group.schema)
    if len(part) < n_all:
        part = add_rare(part, lines, find_telling_of(part, lines, table, reading))
    return read_lines(lines, judge(part, n_all, group.files[0].name, table, judged), reading, table, path=path)


def _state(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sign(hashes: list[str], called: list[str], others: dict[str, str] | None = None) -> str:
    """The hash of a file; of several, that of the lines ``sha256sum`` prints for them and for others.

    No two may be the same.
    """
    known: dict[str, str] = {}
    pairs = [*zip(hashes, called, strict=True), *((one, name) for name, one in (others or {}).items())]
    for one, name in pairs:
        if one in known:
            raise same_files(known[one], name)
        known[one] = name
    if len(hashes) == 1:
        return hashes[0]
    sums = "".join(f"{one}  {name}\n" for one, name in pairs)
    return hashlib.sha256(sums.encode()).hexdigest()


def read_lines(lines: Lines, judged: Judged, reading: Reading, table: Table, *, path: Path | str) -> Large:
    """The rows that count of rows that stay where they are, and the account of all."""
    rows = make_rows(lines, reading, table)
    if lines.is_local and reading.sums != "count" and may_have_sums(rows):
        if lines.has_lines:  # which they are, is found out in memory
            raise NotThere(
                t('lines seem to be the sum of others; if they count, write sums = "count" in the mapping file')
            )
        raise _may_be_sums(name_of(path))
    good = select_good(rows, reading)
    figures = account_of(rows)
    if not figures.n_good:
        raise _nothing_left(name_of(path), figures.n, figures.reasons)
    repeated = count_repeated(rows)
    ids, n_of_each = count_customers(rows, good)
    rejected, more = _first_aside(rows, figures.n - figures.n_good, figures.reasons)
    report = IntakeReport(
        path=path,
        sha256="",
        table=table.name,
        encoding=lines.form.encoding if lines.form else None,
        delimiter=lines.form.delimiter if lines.form else None,
        columns=used_names(lines.names, rows.places),
        n_read=figures.n,
        n_accepted=figures.n_good,
        n_rejected=figures.n - figures.n_good,
        rejected=rejected,
        not_listed=more,
        notes=_notes(rows, judged, reading, tell(rows, figures, repeated)),
        doubts=_doubts(rows, judged, reading, (ids, n_of_each), repeated.get("repeated_n", 0)),
        currency=judged.currency or rows.currency,
        amount_accepted=figures.kept,
        amount_set_aside=figures.lost,
        n_on_purpose=figures.n_meant,
        said=reading.said,
        rest=(lambda: itertools.islice(list_aside(rows), 1, None)) if more and lines.is_local else None,
    )
    return Large(rows, good, ids, judged.frame, report)


def _notes(rows: Rows, judged: Judged, reading: Reading, counted: list[str]) -> tuple[str, ...]:
    lines = rows.lines
    of_form = lines.form.notes if lines.form else [left_out_note(lines.names, rows.places, rows.table, reading)]
    not_looked_for = None if lines.is_local else _not_looked_for(reading)
    notes = [*of_form, *lines.said, *judged.remarks, *counted, not_looked_for]
    return tuple(note for note in notes if note)


def _doubts(
    rows: Rows, judged: Judged, reading: Reading, customers: tuple[pa.Array, np.ndarray], n_repeated: int
) -> tuple[str, ...]:
    """What a person should look at: what the part says of the columns, and what is counted of all rows."""
    ids, n_of_each = customers
    mapping = used_names(rows.lines.names, rows.places)
    theirs = next((theirs for theirs, ours in mapping.items() if ours == "customer_id"), "")
    doubts = [*judged.doubts, *doubts_on_counts(ids, n_of_each, theirs, rows.table, reading)]
    doubts += [_one_row_each(len(ids), theirs)] if has_one_row_each(n_of_each) else []
    doubts += doubts_on_repeats(n_repeated, int(n_of_each.sum()), reading)
    doubts += find_people(pd.DataFrame({"customer_id": pd.Series(ids.to_pandas(), dtype="str")}), mapping)
    return tuple(doubts)


def make_rows(lines: Lines, reading: Reading, table: Table) -> Rows:
    """Which of the rows count, by their columns and what is said of them."""
    places = map_columns(lines.names, table, reading.columns)
    lines = mark_repeated(lines) if reading.repeated == "once" else lines
    refuse_fractions(lines, places, table)
    decimal = steps.by_column(reading.decimal, table, *steps.DECIMAL)
    dates = steps.by_column(reading.dates, table, *steps.DATES)
    said = {
        one.name: {"table": table.name, "decimal": decimal.get(one.name), "order": dates.get(one.name)}
        for one in table.columns
    }
    odd = find_odd(lines, places, table, reading, said)
    lines = join_changed(lines, [one.changed for one in odd.values() if one.changed is not None])
    lines = join_taken(lines, places, reading)
    columns = read_columns(lines, places, table, odd)
    columns, others = apply_said(lines, places, columns, reading, table)
    currency = next((one.currency for one in odd.values() if one.currency), None)
    return Rows(lines, places, columns, others, table, currency)


def _first_aside(rows: Rows, n: int, reasons: dict[str, int]) -> tuple[pd.DataFrame, dict[str, int]]:
    """The first rows set aside, with value and reason; and how many more there are, by reason."""
    if not n:
        return empty_aside(rows), {}
    listed = next(list_aside(rows))
    if len(listed) == n:
        return listed, {}
    shown = count_first(listed)
    return listed, {reason: k for reason, all_ in reasons.items() if (k := all_ - shown.get(reason, 0))}


def _not_looked_for(reading: Reading) -> str:
    """Of a database, what asks for the places of its rows."""
    if reading.repeated == "once":
        return t("Lines that are the sum of others were not looked for.")
    return t("Rows that repeat another, and lines that are the sum of others, were not looked for.")


def _may_be_sums(name: str) -> ValueError:
    return ValueError(
        t(
            "no line of {file} may be the sum of others, for it would count twice; some seem to be: of all lines, or of"
            " those of their customer, month or order. Leave them out where the file is made; or, if they count, write"
            " below [{table}.file] in the mapping file: {line}",
            file=name,
            table=TRANSACTIONS.name,
            line=answer_line("sums", "count"),
        )
    )


def _one_row_each(n_customers: int, theirs: str) -> str:
    return t(
        "Nearly every row has a customer of its own ({n}): is {column} the number of an order?",
        n=f"{n_customers:,}",
        column=theirs or "customer_id",
    )


def _nothing_left(name: str, n: int, reasons: dict[str, int]) -> ValueError:
    said = "; ".join(f"{count:,}: {reason}" for reason, count in list(reasons.items())[:3])
    return ValueError(
        t(
            "{file} must hold at least one row of orders that can be read; all {n} rows were set aside. {reasons}. Mend"
            " the export, or map other columns, in the mapping file.",
            file=name,
            n=f"{n:,}",
            reasons=said,
        )
    )


# --- what is personal ---------------------------------------------------------------------------


def mask_large(large: Large, report: IntakeReport, tables: dict[str, pd.DataFrame], *, is_named: bool):
    """The rows that count and the other tables, without what is personal; by table what was done; and the report."""
    rows, table = large.rows, large.rows.table
    masked, notes, shown = mask_customers(large.ids, tables, table, is_named=is_named)
    good, said, replaced = mask_others(rows.lines, large.good, large.part, table)
    if shown is not None:
        good = join_customers(rows.lines, good, shown)
    good = put_in_order(rows.lines, good)
    before = {name: large.part[name] for name in replaced}
    after = {name: large.part[name].map(lambda _: "", na_action="ignore") for name in replaced}
    if shown is not None:
        before["customer_id"] = pd.Series(shown.index[:BLOCK], dtype="str")
        after["customer_id"] = pd.Series(shown.to_numpy()[:BLOCK], dtype="str")

    def mask(rejected: pd.DataFrame) -> pd.DataFrame:
        return mask_rejected(rejected, before, after)

    rest = report.rest
    report = dataclasses.replace(
        report,
        notes=(*report.notes, *said, *notes.pop(table.name, [])),
        rejected=mask(report.rejected),
        rest=None if rest is None else (lambda: map(mask, rest())),
    )
    return good, masked, notes, report
