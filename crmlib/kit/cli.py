"""The ``crmlib`` command."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmlib.language import plural, t, use

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmlib.intake.conventions import Choice, Question
    from crmlib.intake.prepare import Prepared

LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="English or Chinese."
)
DEFAULT_DATA = ("teaching-company", "complete-journey")  # one whose truth is known, one that is real
WIDE_ENOUGH = 110  # columns of the terminal for a table of everything; below, one paragraph each


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="crmlib")
def cli() -> None:
    """Customer relationship management, learned and done with data."""


@cli.command()
@click.option(
    "--data",
    "names",
    multiple=True,
    help="A data set of the kit, or the path of a file or folder of yours. May be repeated.",
)
@click.option("--chapter", "chapters", type=int, multiple=True, help="Only this chapter. May be repeated.")
@click.option("--as-of", help="The day to look from, 2025-12-31. Otherwise the last day in the data.")
@click.option("--mapping", type=click.Path(path_type=Path), help="A mapping file; the one beside the data otherwise.")
@click.option("--show-personal", is_flag=True, help="Do not mask names, telephone numbers and the like.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder to make or replace, build/<name> otherwise.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Notebooks to run at a time; each takes a processor and its memory.",
)
@LANGUAGE
def run(
    names: tuple[str, ...],
    chapters: tuple[int, ...],
    as_of: str | None,
    mapping: Path | None,
    show_personal: bool,
    out: Path | None,
    jobs: int,
    language: str,
) -> int:
    """Run the analyses; by default on the teaching company and on real data.

    Exits with 0 if all is well, 1 if a notebook failed, 2 if it was not understood.
    """
    from crmlib.kit import run as kit

    use(language)
    names = names or DEFAULT_DATA
    if (out or mapping) and len(names) > 1:
        raise click.UsageError(t("--out and --mapping take one data set; run once for each."))
    folders = {name: out or Path("build") / _name_of(name) for name in names}
    if len(set(folders.values())) < len(folders):
        raise click.UsageError(t("two of the data sets would be written to one folder; run once for each, with --out."))
    day = _day(as_of)
    for name in names:  # a slip in the last should not show after the first has run
        kit.check_data(name)
    kit.list_analyses(language, chapters)
    found = {name: _read_first(name, mapping, show_personal, day, language) for name in names}
    options = {"language": language, "chapters": chapters}
    if jobs == 1:
        return (
            1
            if sum(
                _run_one(name, folder, tell=click.echo, **options, **found[name]) for name, folder in folders.items()
            )
            else 0
        )
    return 1 if _run_many(folders, found, jobs, options) else 0


def _run_one(name: str, folder: Path, *, tell: Callable[[str], None], **options: object) -> int:
    """Run a data set and say what came of it; the number of notebooks that failed."""
    from crmlib.kit import run as kit

    tell(f"{name} ...")
    return _sum_up(kit.run_analyses(name, folder, say=tell, **options), folder, tell)


def _run_many(folders: dict[str, Path], found: dict[str, dict], jobs: int, options: dict) -> int:
    """Run several notebooks at a time; what is said of each data set stands together, in their order."""
    from concurrent.futures import ThreadPoolExecutor

    from tqdm import tqdm

    from crmlib.kit import run as kit

    said: dict[str, list[str]] = {name: [] for name in folders}
    pool, companies = kit.Pool(jobs), ThreadPoolExecutor(len(folders))
    try:
        runs = {
            name: companies.submit(_run_one, name, folder, tell=said[name].append, pool=pool, **options, **found[name])
            for name, folder in folders.items()
        }
        failed = 0
        for name, run in runs.items():
            try:
                failed += run.result()
            finally:
                for line in said[name]:
                    tqdm.write(line)
        return failed
    except BaseException:
        pool.end()
        raise
    finally:
        companies.shutdown(wait=True)


def _read_first(name: str, mapping: Path | None, show_personal: bool, day: str | None, language: str) -> dict:
    """Read your own data before notebooks run: what is asked or wrong is said at once. What to run them with."""
    from datetime import date

    from crmlib import datasets, quality
    from crmlib.kit.prepared import prepare_data

    if name in datasets.COMPANIES:
        return {"as_of": day}
    use(language)
    prepared = prepare_data(name, mapping=mapping, ask=_person(), show_personal=show_personal)
    if prepared.is_drafted:
        click.echo(t("Columns mapped as in {path}; look it over.", path=_near(prepared.path)))
    parameters: dict = {"show_personal": True} if show_personal else {}
    if prepared.path and mapping:
        parameters["mapping"] = str(prepared.path.resolve())
    orders = prepared.tables["transactions"]
    return {"as_of": day or quality.last_day(orders, today=date.today()).date().isoformat(), "parameters": parameters}


def _person():
    """Somebody to ask, if there is one."""
    return _ask if sys.stdin.isatty() and sys.stdout.isatty() else None


def _name_of(data: str) -> str:
    name = Path(data).expanduser().resolve().name
    for ending in (".gz", ".csv", ".parquet", ".xlsx", ".xls", ".xlsb", ".ods"):
        name = name.removesuffix(ending)
    return name or "data"


def _day(text: str | None) -> str | None:
    from datetime import date

    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(t("--as-of must be a day such as 2025-12-31; got {text}.", text=text)) from None
    return day.isoformat()


def _sum_up(result: dict, folder: Path, tell: Callable[[str], None]) -> int:
    """Say what came of a run and where to look; the number of notebooks that failed."""
    from crmlib.kit import report
    from crmlib.kit import run as kit

    notebooks = result["notebooks"]
    n_failed = sum(entry["status"] == "failed" for entry in notebooks)
    skipped = [section["text"] for entry in notebooks for section in entry["skipped"]]
    set_aside = {source["table"]: source["n_rejected"] for entry in notebooks for source in entry["sources"]}
    n_findings = sum(len(entry["findings"]) for entry in notebooks)
    n_aside = sum(set_aside.values())
    counts = [
        kit.count_findings(n_findings),
        kit.count_left_out(len(skipped)),
        plural(n_aside, "1 row set aside", "{n} rows set aside"),
        plural(n_failed, "1 notebook failed", "{n} notebooks failed"),
    ]
    for text in skipped:
        tell(f"  {text}")
    for text in report.list_doubts(notebooks):
        tell("  " + _plain(t("Doubtful: {text}", text=text)))
    tell("  " + t(", ").join(counts))
    tell(t("  open    {path}", path=_near(folder / "index.html")))
    return n_failed


def _near(path: Path) -> str:
    path = path.resolve()
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


@cli.command()
@click.option("--columns", "table", help="Show the columns of a table instead: transactions, customers, ...")
@LANGUAGE
def data(table: str | None, language: str) -> int:
    """List the kit's data sets, or what a table must hold."""
    from crmlib import datasets
    from crmlib.tables import TABLES

    use(language)
    if table:
        if table not in TABLES:
            raise click.UsageError(
                t("--columns must be one of {tables}; got {table}.", tables=", ".join(TABLES), table=table)
            )
        columns = TABLES[table].columns
        rows = [(c.name, c.type, c.unit or "", "yes" if c.required else "no", t(c.meaning)) for c in columns]
        _show(f"{table}: {t(TABLES[table].row)}", ("column", "type", "unit", "needed", "meaning"), rows)
        return 0
    rows = []
    for row in datasets.list_datasets().itertuples():
        period = f"{row.first_day:%Y-%m-%d} to {row.last_day:%Y-%m-%d}" if row.first_day == row.first_day else "none"
        rows.append((row.name, row.kind, f"{row.n_rows:,}", f"{row.n_customers:,}", period, row.licence, row.source))
    _show("", ("name", "kind", "rows", "customers", "period", "licence", "source"), rows)
    return 0


def _show(title: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table on a wide terminal, a paragraph a row on a narrow one, plain lines in a pipe."""
    from rich import box
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    on_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else 1000
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    if title:
        console.print(Text(title, style="bold"))
    if width < WIDE_ENOUGH:
        for row in rows:
            console.print(Text(row[0], style="bold"))
            for heading, cell in zip(headings[1:], row[1:], strict=True):
                if cell:
                    console.print(Padding(Text(f"{heading}: {cell}"), (0, 0, 0, 2)))
        return
    table = Table(box=box.SIMPLE_HEAD if on_terminal else None, pad_edge=False)
    for heading in headings:
        is_number = heading in ("rows", "customers")
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=heading in headings[:5])
    for row in rows:
        table.add_row(*row)
    console.print(table)


@cli.command()
@click.argument("data", metavar="DATA")
@click.option("--mapping", type=click.Path(path_type=Path), help="A mapping file; the one beside the data otherwise.")
@click.option("--set-aside", "out", type=click.Path(path_type=Path), help="Write the rows set aside to this CSV file.")
@click.option("--show-personal", is_flag=True, help="Do not mask names, telephone numbers and the like.")
@LANGUAGE
def check(data: str, mapping: Path | None, out: Path | None, show_personal: bool, language: str) -> int:
    """Say what is right and wrong with DATA, a file or folder, before anything runs.

    Drafts the mapping of its columns to the kit's, keeps it beside the data, and asks what it
    cannot tell. Exits with 0 if all is well, 1 if rows were set aside or something is doubtful,
    2 if it cannot be read.
    """
    from crmlib.kit.prepared import prepare_data

    use(language)
    prepared = prepare_data(data, mapping=mapping, ask=_person(), show_personal=show_personal)
    return _report(prepared, language, out)


def _ask(question: Question) -> Choice | None:
    """Put a question to the person at the terminal."""

    click.echo(_plain(question.text))
    for number, choice in enumerate(question.choices, 1):
        value = " × ".join(choice.value) if isinstance(choice.value, list) else choice.value
        click.echo(_plain(f"  {number}  {value}  ({choice.meaning})"))
    if not question.choices:
        return None
    return question.choices[click.prompt(t("Which?"), type=click.IntRange(1, len(question.choices))) - 1]


def _report(prepared: Prepared, language: str, out: Path | None) -> int:
    """Print what a check found; the exit code."""
    from datetime import date

    import pandas as pd

    from crmlib import quality
    from crmlib.files.safe_csv import write_csv
    from crmlib.kit import chapters
    from crmlib.kit import run as kit

    lines, doubts, n_rejected = [], [], 0
    for report in prepared.reports.values():
        lines += [*report.summary(with_doubts=False).splitlines(), ""]  # those come below
        n_rejected += report.n_rejected
        doubts += report.doubts
    if prepared.path:
        drafted = (
            t("drafted just now; look it over, change it, and it is used again")
            if prepared.is_drafted
            else t("as you left it")
        )
        lines.append(t("Columns, in {path} ({drafted})", path=_near(prepared.path), drafted=drafted))
        for sections in prepared.mapping.values():
            for ours, theirs in sections.get("columns", {}).items():
                lines.append(f"  {ours:<15} {' × '.join(theirs) if isinstance(theirs, list) else theirs}")
        lines.append("")
    lines += [t("What is in it"), *(f"  {text}" for text in quality.describe_tables(prepared.tables)), ""]
    doubts += quality.find_doubts(prepared.tables, today=date.today())
    if doubts:
        lines += [t("Doubtful"), *(f"  - {text}" for text in doubts), ""]
    lines.append(t("What the chapters can do with it"))
    for chapter in chapters.list_chapters(kit.list_analyses(language), prepared.tables, language):
        if chapter.missing:
            lines.append("  " + t("{title}: no, it needs {what}", title=chapter.title, what=", ".join(chapter.missing)))
            continue
        lines.append("  " + t("{title}: yes", title=chapter.title))
        for section, missing in chapter.left_out:
            lines.append("    " + t("without {section}, which needs {what}", section=section, what=", ".join(missing)))
    for line in lines:
        click.echo(_plain(line))
    if out and n_rejected:
        rejected = [report.rejected.assign(table=name) for name, report in prepared.reports.items()]
        write_csv(pd.concat(rejected, ignore_index=True), out, index=False)
        click.echo(t("The rows set aside are in {path}.", path=_near(out)))
    elif n_rejected:
        click.echo(t("To have the rows set aside as a file: --set-aside rows.csv"))
    return 1 if n_rejected or doubts else 0


def _plain(text: str) -> str:
    """A line for the terminal, in which nothing out of the data can move the cursor."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+", " ", text)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--data", required=True, help="A data set of the kit, or the path of a file or folder of yours.")
@click.option("--chapter", "chapters", type=int, multiple=True, help="Only this chapter. May be repeated.")
@click.option("--as-of", help="The day to look from, 2025-12-31. Otherwise the last day in the data.")
@click.option("--mapping", type=click.Path(path_type=Path), help="A mapping file; the one beside the data otherwise.")
@click.option("--show-personal", is_flag=True, help="Do not mask names, telephone numbers and the like.")
@LANGUAGE
def new(
    folder: Path,
    data: str,
    chapters: tuple[int, ...],
    as_of: str | None,
    mapping: Path | None,
    show_personal: bool,
    language: str,
) -> int:
    """Copy the analysis notebooks into DIR, ready to open on your data and to be changed."""
    from crmlib.kit import run as kit
    from crmlib.kit.workspace import check_folder, make_workspace

    day = _day(as_of)
    kit.check_data(data)
    kit.list_analyses(language, chapters)
    check_folder(folder)
    use(language)
    found = _read_first(data, mapping, show_personal, day, language)
    paths = make_workspace(
        folder,
        data,
        language=language,
        chapters=chapters,
        as_of=found["as_of"],
        mapping=mapping,
        show_personal=show_personal,
    )
    for path in paths:
        click.echo(f"  {_near(path)}")
    click.echo(t("Open them with: crmlib lab {folder}", folder=shlex.quote(_near(folder))))
    return 0


@cli.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@LANGUAGE
def lab(folder: Path | None, language: str) -> int:
    """Open the kit in JupyterLab, or the folder DIR."""
    from crmlib.kit.lab import open_lab

    use(language)
    if folder is not None and not folder.is_dir():
        raise click.UsageError(
            t(
                "DIR must be a folder; there is none at {folder}. Make one with: crmlib new {folder} --data FILE",
                folder=folder,
            )
        )
    return open_lab(language, folder=folder)


def main() -> None:
    """Run the command; an error is a sentence, not a traceback (CRMLIB_DEBUG=1 shows that)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot write Chinese shows a mark, not a traceback
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end: clean up as for Ctrl-C
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(t("Stopped. Nothing half-written was left."), err=True)
        sys.exit(130)
    except Exception as error:
        if os.environ.get("CRMLIB_DEBUG"):
            raise

        hint = (
            ""
            if _is_sentence(error)
            else " " + t("({kind}; put CRMLIB_DEBUG=1 before the command to see where)", kind=type(error).__name__)
        )
        said = t("Error: {text}", text=f"{error}{hint}")
        click.echo("\n".join(map(_plain, said.split("\n"))), err=True)
        sys.exit(2 if isinstance(error, (ValueError, OSError)) and not hint else 1)


def _is_sentence(error: Exception) -> bool:
    """Did the kit raise it, for a person to read? What a library raises may say nothing to them."""
    raised_in = Path(traceback.extract_tb(error.__traceback__)[-1].filename)
    return isinstance(error, (ValueError, OSError, RuntimeError)) and raised_in.is_relative_to(
        Path(__file__).parents[1]
    )
