"""Tables that were taken in, kept as Parquet with the account of their rows, to be read again in no time.

<folder>/account.json            what became of each file: counts, notes, doubts, hashes
<folder>/transactions.parquet    the accepted rows
<folder>/transactions.set-aside.parquet   the others, each with its line and reason
<folder>/doubts.json             what is doubtful about the tables, of the day and in the language it was found

`keep_tables` writes such a folder, `read_kept` gives back the same tables and reports; `keep_doubts` and `read_doubts`
do so with doubts, which take long to find and are asked for by every notebook of a run. Orders that are too many for
memory are an Ibis table on the Parquet file, and of the rows set aside the first are listed (`large`).
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.files.whole import write_whole
from crmlib.intake.report import IntakeReport, name_of
from crmlib.intake.streamed import open_table, stream_table
from crmlib.language import current, t

if TYPE_CHECKING:
    import ibis

ACCOUNT, DOUBTS = "account.json", "doubts.json"
MADE_BY = "crmlib"
FORM = 1  # of the account; another is not read


def is_kept(folder: Path) -> bool:
    """Is it a folder that `keep_tables` wrote?"""
    try:
        return json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))["made_by"] == MADE_BY
    except (OSError, ValueError, KeyError, TypeError):
        return False


def keep_tables(
    folder: Path,
    tables: dict[str, pd.DataFrame | ibis.Table],
    reports: dict[str, IntakeReport],
    link: dict | None = None,
) -> None:
    """Write tables and reports into a folder that is there.

    The account is written last: without it, the folder is nothing yet. Orders that stay in a database are not written:
    of them the account has the `link`, their URL (without a password) and their mapping.

    Examples
    --------
    >>> import tempfile
    >>> from crmlib.datasets import load_data
    >>> tables, reports = load_data("cdnow")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     keep_tables(Path(folder), tables, reports)
    ...     read_kept(Path(folder))[0]["transactions"].equals(tables["transactions"])
    True
    """
    streamed = [name for name, table in tables.items() if not isinstance(table, pd.DataFrame)]
    for name, table in tables.items():
        if link and name in streamed:
            continue
        file = folder / f"{name}.parquet"
        table.to_parquet(file, index=False) if isinstance(table, pd.DataFrame) else stream_table(table, file)
    entries = {}
    for name, report in reports.items():
        _keep_aside(report, folder / f"{name}.set-aside.parquet")
        said = {field.name: getattr(report, field.name) for field in dataclasses.fields(report)}
        # Of the file only its name: where it lay is nobody's business but its owner's.
        entries[name] = said | {
            "rejected": None,
            "rest": None,
            "path": name_of(report.path),
            "columns": list(report.columns.items()),
        }
    account = {"made_by": MADE_BY, "form": FORM, "tables": list(tables), "streamed": streamed, "link": link}
    account |= {"reports": entries}
    write_whole(folder / ACCOUNT, json.dumps(account, ensure_ascii=False, indent=2) + "\n")


def _keep_aside(report: IntakeReport, file: Path) -> None:
    """The rows set aside, also those beyond the ones in the report."""
    if report.rest is None:
        report.rejected.to_parquet(file, index=False)
        return
    first = pa.Table.from_pandas(report.rejected, preserve_index=False)
    with pq.ParquetWriter(file, first.schema) as writer:
        writer.write_table(first, row_group_size=max(1, len(first)))  # as one block it is read again
        for block in report.rest():
            writer.write_table(pa.Table.from_pandas(block, schema=first.schema, preserve_index=False))


def read_kept(folder: Path) -> tuple[dict[str, pd.DataFrame | ibis.Table], dict[str, IntakeReport]]:
    """The tables and reports that `keep_tables` wrote into a folder.

    Raises
    ------
    ValueError
        The account is not of this version of the kit, or a table is missing.
    """
    try:
        account = json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))
        if account["form"] != FORM:
            raise KeyError(account["form"])
        tables = {name: _read_table(folder, name, account) for name in account["tables"]}
        reports = {name: _read_report(folder, name, said) for name, said in account["reports"].items()}
        for name, report in reports.items():
            if not (folder / f"{name}.parquet").exists() and account.get("link"):
                continue  # it stays where it is, and may have grown
            n_here = pq.read_metadata(folder / f"{name}.parquet").num_rows
            if n_here != report.n_accepted:
                text = t(
                    "{n} rows of {table} were kept, and {n_here} are there",
                    n=report.n_accepted,
                    table=name,
                    n_here=n_here,
                )
                raise ValueError(text)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ValueError(
            t(
                "{folder} must hold tables kept by this version of the kit, whole; {error}. Run the analysis again on"
                " the file they came from.",
                folder=folder.name,
                error=f"{type(error).__name__}: {error}",
            )
        ) from error
    return tables, reports


def keep_doubts(folder: Path, said: Sequence[str], *, today: date) -> None:
    """Write what was found doubtful about the tables in a folder that `keep_tables` wrote, in the language in use."""
    found = {"of": _what_doubts_hang_on(folder, today), "said": list(said)}
    write_whole(folder / DOUBTS, json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def read_doubts(folder: Path, *, today: date) -> list[str] | None:
    """What `keep_doubts` wrote; None where it did not, or of another day, language, kit, or other tables.

    Examples
    --------
    >>> import tempfile
    >>> from crmlib.datasets import load_data
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     keep_tables(Path(folder), *load_data("cdnow"))
    ...     keep_doubts(Path(folder), ["All amounts are the same."], today=date(2025, 1, 1))
    ...     [read_doubts(Path(folder), today=date(2025, 1, day)) for day in (1, 2)]
    [['All amounts are the same.'], None]
    """
    try:
        found = json.loads((folder / DOUBTS).read_text(encoding="utf-8"))
        return list(found["said"]) if found["of"] == _what_doubts_hang_on(folder, today) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _what_doubts_hang_on(folder: Path, today: date) -> dict:
    """The day, the language, the kit, the account, and the files of the tables by their size."""
    return {
        "today": today.isoformat(),
        "language": current(),
        "version": version(MADE_BY),
        "account": hashlib.sha256((folder / ACCOUNT).read_bytes()).hexdigest(),
        "bytes": {file.name: file.stat().st_size for file in sorted(folder.glob("*.parquet"))},
    }


def _read_report(folder: Path, name: str, said: dict) -> IntakeReport:
    lists = {"notes": tuple(said["notes"]), "doubts": tuple(said["doubts"])}
    columns = {tuple(theirs) if isinstance(theirs, list) else theirs: ours for theirs, ours in said["columns"]}
    file, n_more = folder / f"{name}.set-aside.parquet", sum(said.get("not_listed", {}).values())
    blocks = _read_blocks(file) if n_more else None
    rejected = next(blocks) if n_more else pd.read_parquet(file)
    has_more = n_more and pq.read_metadata(file).num_rows > len(rejected)  # of a database only the first are kept
    rest = (lambda: itertools.islice(_read_blocks(file), 1, None)) if has_more else None
    own = {
        "path": said["path"] if "://" in said["path"] else Path(said["path"]),
        "columns": columns,
        "rejected": rejected,
        "rest": rest,
    }
    return IntakeReport(**said | lists | own)


def _read_blocks(file: Path) -> Iterator[pd.DataFrame]:
    """The blocks that `_keep_aside` wrote, one a group of rows."""
    with pq.ParquetFile(file) as parquet:
        for group in range(parquet.metadata.num_row_groups):
            yield parquet.read_row_group(group).to_pandas()


def _read_table(folder: Path, name: str, account: dict) -> pd.DataFrame | ibis.Table:
    file = folder / f"{name}.parquet"
    if name not in account.get("streamed", ()):
        return pd.read_parquet(file)
    if not account.get("link"):
        return open_table(file)
    from crmlib.intake.linked import open_again

    return open_again(**account["link"])
