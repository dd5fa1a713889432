"""Tables that were taken in, kept as Parquet with the account of their rows, to be read again in no time.

<folder>/account.json            what became of each file: counts, notes, doubts, hashes
<folder>/transactions.parquet    the accepted rows
<folder>/transactions.set-aside.parquet   the others, each with its line and reason

`keep_tables` writes such a folder, `read_kept` gives back the same tables and reports.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pandas as pd

from crmlib.files.whole import write_whole
from crmlib.intake.report import IntakeReport
from crmlib.language import t

ACCOUNT = "account.json"
MADE_BY = "crmlib"
FORM = 1  # of the account; another is not read


def is_kept(folder: Path) -> bool:
    """Is it a folder that `keep_tables` wrote?"""
    try:
        return json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))["made_by"] == MADE_BY
    except (OSError, ValueError, KeyError, TypeError):
        return False


def keep_tables(folder: Path, tables: dict[str, pd.DataFrame], reports: dict[str, IntakeReport]) -> None:
    """Write tables and reports into a folder that is there.

    The account is written last: without it, the folder is nothing yet.

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
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    entries = {}
    for name, report in reports.items():
        report.rejected.to_parquet(folder / f"{name}.set-aside.parquet", index=False)
        said = {field.name: getattr(report, field.name) for field in dataclasses.fields(report)}
        # Of the file only its name: where it lay is nobody's business but its owner's.
        entries[name] = said | {
            "rejected": None,
            "path": Path(report.path).name,
            "columns": list(report.columns.items()),
        }
    account = {"made_by": MADE_BY, "form": FORM, "tables": list(tables), "reports": entries}
    write_whole(folder / ACCOUNT, json.dumps(account, ensure_ascii=False, indent=2) + "\n")


def read_kept(folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, IntakeReport]]:
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
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in account["tables"]}
        reports = {name: _read_report(folder, name, said) for name, said in account["reports"].items()}
        for name, report in reports.items():
            if len(tables[name]) != report.n_accepted:
                text = t(
                    "{n} rows of {table} were kept, and {n_here} are there",
                    n=report.n_accepted,
                    table=name,
                    n_here=len(tables[name]),
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


def _read_report(folder: Path, name: str, said: dict) -> IntakeReport:
    lists = {"notes": tuple(said["notes"]), "doubts": tuple(said["doubts"])}
    columns = {tuple(theirs) if isinstance(theirs, list) else theirs: ours for theirs, ours in said["columns"]}
    rejected = pd.read_parquet(folder / f"{name}.set-aside.parquet")
    return IntakeReport(**said | lists | {"path": Path(said["path"]), "columns": columns, "rejected": rejected})
