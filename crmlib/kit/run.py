"""Run the analysis notebooks on a data set, and leave a folder that is whole or not there.

    build/<name>/index.html           the findings, figures and tables of each chapter, on one page
    build/<name>/notebooks/           the notebooks as they ran, to open (.ipynb) and to read (.html)
    build/<name>/tables/*.csv         the result tables; of very many rows the best, and all of them as *.parquet
    build/<name>/tables/all.xlsx      the same as one workbook, with the account of rows, the doubts, the findings
    build/<name>/set-aside/*.csv      the rows that could not be read, if any
    build/<name>/prepared/*.parquet   the tables as they were taken in, once, for all the notebooks
    build/<name>/prepared/*.json      the account of their rows, and what is doubtful about them
    build/<name>/run.json             what ran, on what, how long, what was skipped and why

Everything is made in a hidden folder beside it and moved into place at the end, so a run
that is killed leaves the last whole result, or nothing.
"""

from __future__ import annotations

import functools
import gc
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import papermill

from crmlib import datasets, engine, quality
from crmlib.files import folders
from crmlib.files.whole import write_whole
from crmlib.intake.kept import keep_doubts, keep_tables, read_kept
from crmlib.intake.links import hide_password, is_link, part_link, show_link, stay_put, take_password
from crmlib.intake.prepare import Prepared
from crmlib.intake.several import is_pattern, name_pattern
from crmlib.intake.spool import forget
from crmlib.kit import report
from crmlib.kit.chapters import Chapter, list_analyses, part_fit
from crmlib.kit.execute import PREPARED, Pool, literal, run_one
from crmlib.kit.prepared import prepare_data, refuse_unusable
from crmlib.kit.terminal import as_command
from crmlib.kit.workbook import write_workbook
from crmlib.language import plural, speaking, t
from crmlib.lesson.findings import explain_ledger

VERSIONS = ("pandas", "duckdb", "ibis-framework", "scikit-learn", "matplotlib", "papermill")


def run_analyses(
    data: str | os.PathLike,
    out: str | os.PathLike,
    *,
    language: str = "en",
    chapters: Sequence[int] = (),
    as_of: str | None = None,
    mapping: str | os.PathLike | None = None,
    show_personal: bool = False,
    prepared: Prepared | None = None,
    parameters: dict | None = None,
    notebooks: Sequence[Path] | None = None,
    progress: bool | None = None,
    tell: Callable[[str], None] = print,
    pool: Pool | None = None,
) -> dict:
    """Run the analysis notebooks on one data set and write the folder `out`.

    A notebook that fails stops neither the others nor the index.

    Parameters
    ----------
    data : path
        A data set of the kit, the path of a file or folder, a pattern of names, or the URL of a table, whose password
        is not written anywhere.
    out : path
        The folder to make. An earlier result there is replaced once the new one is whole;
        a folder with files that no run made is refused.
    language, chapters
        Which notebooks.
    as_of : str, optional
        The day to look from, such as "2025-12-31"; the last day in the data if None.
    mapping, show_personal
        How to read a file of yours (`intake.prepare`).
    prepared : Prepared, optional
        The tables, where they have been read with these already. They are given up once they are kept for the
        notebooks: ``prepared.tables`` and ``prepared.reports`` are empty then.
    parameters : dict, optional
        What else to set in the notebooks, such as ``{"period_days": 90}``.
    notebooks : sequence of path, optional
        Other notebooks than the kit's. Each needs the parameters data, as_of, language, out.
    progress : bool, optional
        Show a bar with the time left; if None, where standard error is a terminal.
    tell : callable
        What to do with a line for the person who waits.
    pool : Pool, optional
        Runs several notebooks at a time; shared by several data sets, each in a thread of its
        own. One after the other if None.

    Returns
    -------
    dict
        What run.json holds:

        - data, language, chapters, mapping, show_personal, parameters (as_of and what else was set),
          command (to repeat it), versions, started (UTC), seconds, files (all that was written, but
          run.json, each with its SHA-256);
        - notebooks, one each: name, title, status ("ok" or "failed"), seconds;
          sources (table, file, sha256; n_read, n_accepted, n_rejected, n_on_purpose: of those the
          rows that add others up or that somebody has said do not count; n_left_out: of those the rows that a
          database left out itself, which set_aside has not; share_of_rows: of those read that are missed;
          amount_accepted, amount_set_aside, share_of_money: the same of the money, None where there is none;
          currency; reasons (reason, n); columns (theirs, ours, meaning): which column of the
          file was taken for what; said: sentences on what somebody has said of the file; notes;
          set_aside: where those rows are); period (first_day, last_day, as_of; None where the
          notebook does not say); headline (text, currency, facts: name, label, shown, value) and act_on (text, name,
          title, path, columns, is_number, rows, n_all), None where the notebook has none;
          findings (sentences); skipped (text, section, needs: columns by table); doubts
          (sentences), and of these grave, to be looked at first; tables (name, title, path, n_rows; of a
          very large one whole, the Parquet file with all rows, and n_shown, how many the CSV has); and where it
          failed, error (cell: its number, kind, message, source);
        - left_out, the chapters that have nothing to work on, and did not run: name, title, text (what they need).

    Raises
    ------
    ValueError
        The data, a chapter, the language or a parameter is not known, or `out` holds other files.
    RuntimeError
        Another run is writing the same folder.
    """
    data = take_password(data) if is_link(data) else data  # before anything is written
    out = Path(out).resolve()
    paths = list(notebooks) if notebooks is not None else list_analyses(language, chapters)
    known = {"as_of": as_of or check_data(data), **(parameters or {})}
    for path in paths:
        _check_parameters(path, {"data", "language", "out", *known})
    started = time.monotonic()
    run = {
        "data": str(data),
        "language": language,
        "chapters": list(chapters),
        "mapping": None if mapping is None else str(mapping),
        "show_personal": show_personal,
        "parameters": known,
        "versions": {"crmlib": version("crmlib"), "python": platform.python_version()}
        | {name: version(name) for name in VERSIONS},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "notebooks": [],
        "left_out": [],
    }
    run["command"] = _command(run)
    with speaking(language), folders.replaced(out, tell=tell) as work:
        prepared = prepared or prepare_data(data, mapping=mapping, show_personal=show_personal)
        for name in ("notebooks", PREPARED):
            (work / name).mkdir()
        link = {"url": stay_put(data), "said": prepared.mapping} if is_link(data) else None
        keep_tables(work / PREPARED, prepared.tables, prepared.reports, link)
        if notebooks is None:
            paths, unfit = part_fit(paths, prepared.tables, language)
            run["left_out"] = [_leave_out(path, chapter, explain_ledger(prepared.tables)) for path, chapter in unfit]
        _release(prepared)
        if not link:  # a database is asked anew by each: lines may come in meanwhile
            _find_doubts(work / PREPARED)
        given = {"data": PREPARED, "language": language, "out": ".", **known}
        progress = sys.stderr.isatty() if progress is None else progress
        one = functools.partial(
            run_one,
            work=work,
            given=given,
            source=_name_source(data),
            progress=progress,
        )
        executed = []
        for entry, notebook in pool.map(one, paths) if pool else map(one, paths):
            executed.append((entry, notebook))
            tell(_line(entry))
        run["notebooks"] = [entry for entry, _ in executed]
        write_workbook(run, run["notebooks"], work)
        write_whole(work / "index.html", report.make_page(run, executed, work))
        run["seconds"] = round(time.monotonic() - started, 1)
        run["files"] = folders.sign_files(work)
        folders.write_manifest(work, run)
    return run


def _release(prepared: Prepared) -> None:
    """Let go of tables that are kept: the notebooks read them anew, and both at a time would take twice the memory."""
    prepared.tables.clear()
    prepared.reports.clear()  # which can give the rows set aside, and so hold an engine
    gc.collect()
    forget()
    engine.give_back()


def _find_doubts(folder: Path) -> None:
    """Look once for all the notebooks for what is doubtful about the tables kept in a folder."""
    today, (tables, _) = date.today(), read_kept(folder)
    try:
        keep_doubts(folder, quality.find_doubts(tables, today=today), today=today)
    except Exception:  # a notebook looks itself then, and its page says what is wrong
        return
    finally:
        for table in tables.values():
            if not isinstance(table, pd.DataFrame):
                table.get_backend().disconnect()  # what it holds in memory is for the notebooks
        engine.give_back()


def _name_source(data: str | os.PathLike) -> str:
    """What the data are called on the page: nothing of where they lie, but for the folder of a pattern."""
    if is_link(data):
        return show_link(data)
    return name_pattern(Path(data)) if is_pattern(Path(data)) else Path(data).name


def _leave_out(path: Path, chapter: Chapter, why: list[str]) -> dict:
    """What run.json says of a chapter that has nothing to work on."""
    text = t('"{title}" is left out: it needs {what}.', title=chapter.title, what=t(", ").join(chapter.missing))
    return {"name": path.stem, "title": chapter.title, "text": " ".join([text, *why])}


def check_data(data: str | os.PathLike) -> str | None:
    """Refuse data that cannot be analyzed; the last day of those of the kit, which knows it."""
    if data in datasets.COMPANIES:
        return datasets.describe_dataset(data)["as_of"].date().isoformat()
    if data in datasets.SINGLE_TABLES:
        refuse_unusable(str(data))
    if is_link(data):
        part_link(data)
        return None
    path = Path(data).expanduser()
    if not path.exists() and not is_pattern(path):
        raise ValueError(
            t(
                "data must be a data set of the kit ({names}) or the path of a file or folder; there is no '{data}'"
                " here. Look for a slip in it, or see what there is: crmlib data",
                names=", ".join(datasets.COMPANIES),
                data=hide_password(str(data)),
            )
        )
    return None


def _check_parameters(path: Path, wanted: set[str]) -> None:
    # papermill only warns of a parameter the notebook does not have, and the run goes on without it.
    known = papermill.inspect_notebook(literal(path))
    if unknown := sorted(wanted - set(known)):
        raise ValueError(
            t(
                "parameters must be among {known} for {file}; got {unknown}.",
                known=sorted(known),
                file=path.name,
                unknown=unknown,
            )
        )


def _command(run: dict) -> str:
    """The command that repeats a run."""
    words = ["crmlib", "run", "--data", run["data"], *(f"--chapter={chapter}" for chapter in run["chapters"])]
    words += ["--as-of", run["parameters"]["as_of"]] if run["parameters"]["as_of"] else []
    words += ["--mapping", run["mapping"]] if run["mapping"] else []
    words += ["--show-personal"] if run["show_personal"] else []
    return as_command(*words, "--language", run["language"])


def _line(entry: dict) -> str:
    """A notebook's line on the terminal; nothing out of the data can move the cursor there."""
    if entry["status"] == "failed":
        error = entry["error"]
        text = t(
            "  failed  {name}, cell {cell}: {kind}: {message}",
            name=entry["name"],
            **{**error, "message": error["message"][:300]},
        )
        return re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", text)
    said = [
        count_findings(len(entry["findings"])),
        *([count_left_out(len(entry["skipped"]))] if entry["skipped"] else []),
    ]
    return t(
        "  ok      {name}: {said}, {seconds} s", name=entry["name"], said=t(", ").join(said), seconds=entry["seconds"]
    )


def count_findings(n: int) -> str:
    return plural(n, "1 finding", "{n} findings")


def count_left_out(n: int) -> str:
    return plural(n, "1 section left out", "{n} sections left out")
