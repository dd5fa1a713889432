"""``crmlib run``: data sets read, analyzed one after the other or several at a time, and what came of each told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import click
import pandas as pd
from tqdm import tqdm

from crmlib import datasets, ledger, quality, totals
from crmlib.intake.links import take_password
from crmlib.intake.prepare import Prepared
from crmlib.kit import report
from crmlib.kit import run as runs
from crmlib.kit.chapters import Chapter, part_fit
from crmlib.kit.execute import Pool
from crmlib.kit.prepared import prepare_data, refuse_unusable
from crmlib.kit.results import BUILD, choose_folders, list_names
from crmlib.kit.terminal import find_person, near, plain
from crmlib.language import plural, speaking, t
from crmlib.lesson.findings import explain_ledger

DEFAULT_DATA = ("teaching-company", "complete-journey")  # one whose truth is known, one that is real


def run_all(
    names: tuple[str, ...],
    *,
    chapters: tuple[int, ...],
    as_of: str | None,
    mapping: Path | None,
    show_personal: bool,
    out: Path | None,
    jobs: int,
    language: str,
) -> int:
    """Analyze each data set into a folder of its own; 1 if a notebook failed, otherwise 0."""
    names = tuple(map(take_password, names or DEFAULT_DATA))
    if (out or mapping) and len(names) > 1:
        raise click.UsageError(t("--out and --mapping take one data set; run once for each."))
    for name in names:  # a slip in the last should not show after the first has run
        runs.check_data(name)
    folders = {names[0]: out} if out else choose_folders(names)
    runs.list_analyses(language, chapters)
    options = {"language": language, "chapters": chapters}
    given = {"mapping": mapping, "show_personal": show_personal, "as_of": as_of}
    own = {name: read_first(name, **options, **given) for name in folders}
    if not out:
        _tell_folders(folders)
    if jobs > 1:
        return 1 if _run_many(folders, own, jobs, options) else 0
    n_failed = sum(_run_one(name, folder, click.echo, **options, **own.pop(name)) for name, folder in folders.items())
    return 1 if n_failed else 0


def read_first(
    name: str,
    *,
    mapping: Path | None,
    show_personal: bool,
    as_of: str | None,
    language: str,
    chapters: Sequence[int] = (),
) -> dict:
    """Read a file of yours before notebooks run, so that what is asked or wrong is said at once.

    Returns
    -------
    dict
        What `run.run_analyses` is to be called with: as_of and, for a file of yours, the rest.
    """
    if name in datasets.COMPANIES:
        refuse_unusable(name, mapping=mapping)
        return {"as_of": as_of}
    prepared = prepare_data(
        name,
        mapping=mapping,
        ask=find_person(),
        show_personal=show_personal,
        with_pairs=not chapters or 1 in chapters,  # only chapter 1 looks for customers who stand there twice
    )
    if prepared.is_drafted:
        click.echo(t("Columns mapped as in {path}; look it over.", path=near(prepared.path)))
    fit, unfit = part_fit(runs.list_analyses(language, chapters), prepared.tables, language)
    if not fit:
        refuse_unfit(name, prepared, unfit[0][1])
    last = _last_day(prepared.tables)
    return {"as_of": as_of or last, "mapping": mapping, "show_personal": show_personal, "prepared": prepared}


def _tell_folders(folders: dict[str, Path]) -> None:
    """Say where results go that do not go to the folder one would look in, and why."""
    for name, folder in folders.items():
        usual = BUILD / list_names(name)[0]
        if folder != usual:
            text = t(
                "The results of {data} go to {folder}: {usual} is for other data of that name.",
                data=name,
                folder=near(folder),
                usual=near(usual),
            )
            click.echo(plain(text))


def refuse_unfit(name: str, prepared: Prepared, chapter: Chapter) -> None:
    """Data that no chapter can do anything with cannot be analyzed.

    Raises
    ------
    ValueError
        Always; the message says what to add for a chapter.
    """
    text = t(
        "data must have {what} to be analyzed; {data!r} has {tables}. Add such a file; or, if a file there has a"
        " column with what each customer brought, name that file instead of the folder.",
        what=chapter.missing[0],
        data=Path(name).name,
        tables=", ".join(prepared.reports),
    )
    raise ValueError(" ".join([text, *explain_ledger(prepared.tables)]))


def _last_day(tables: dict[str, pd.DataFrame]) -> str | None:
    """The day to look from, where the data have days."""
    if "transactions" in tables:
        return quality.last_day(tables["transactions"], today=date.today()).date().isoformat()
    if "customer_values" in tables:
        lines = totals.list_last_orders(tables["customer_values"])
    elif "invoices" in tables:
        lines = ledger.list_days(tables["invoices"])
    else:
        return None
    return None if lines.empty else quality.last_day(lines, today=date.today()).date().isoformat()


def _run_one(name: str, folder: Path, tell: Callable[[str], None], **options: object) -> int:
    """Run a data set and say what came of it; the number of notebooks that failed."""
    with speaking(options["language"]):  # in a thread of its own, too
        tell(plain(f"{name} ..."))
        return _sum_up(runs.run_analyses(name, folder, tell=tell, **options), folder, tell)


def _run_many(folders: dict[str, Path], own: dict[str, dict], jobs: int, options: dict) -> int:
    """Run several notebooks at a time; what is said of each data set stands together, in their order."""
    lines: dict[str, list[str]] = {name: [] for name in folders}
    pool, companies = Pool(jobs), ThreadPoolExecutor(len(folders))
    try:
        waiting = {
            name: companies.submit(_run_one, name, folder, lines[name].append, pool=pool, **options, **own[name])
            for name, folder in folders.items()
        }
        n_failed = 0
        for name, run in waiting.items():
            try:
                n_failed += run.result()
            finally:
                for line in lines[name]:
                    tqdm.write(line)
        return n_failed
    except BaseException:
        pool.end()
        raise
    finally:
        companies.shutdown(wait=True)


def _sum_up(result: dict, folder: Path, tell: Callable[[str], None]) -> int:
    """Say what came of a run and where to look; the number of notebooks that failed."""
    notebooks = result["notebooks"]
    n_failed = sum(entry["status"] == "failed" for entry in notebooks)
    skipped = [section["text"] for entry in notebooks for section in entry["skipped"]]
    set_aside = {source["table"]: source["n_rejected"] for entry in notebooks for source in entry["sources"]}
    n_findings = sum(len(entry["findings"]) for entry in notebooks)
    n_aside = sum(set_aside.values())
    counts = [
        runs.count_findings(n_findings),
        runs.count_left_out(len(skipped)),
        plural(n_aside, "1 row set aside", "{n} rows set aside"),
        plural(n_failed, "1 notebook failed", "{n} notebooks failed"),
    ]
    for text in (*(chapter["text"] for chapter in result["left_out"]), *skipped):
        tell(f"  {text}")
    for text in report.list_doubts(notebooks):
        tell("  " + plain(t("Doubtful: {text}", text=text)))
    tell("  " + t(", ").join(counts))
    tell(t("  open    {path}", path=near(folder / "index.html")))
    return n_failed
