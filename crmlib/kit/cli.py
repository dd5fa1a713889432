"""The ``crmlib`` command: its options, and which part of the kit does the work.

Nothing heavy is loaded before a command begins, so that ``crmlib --help`` answers at once.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import traceback
from datetime import date
from pathlib import Path

import click

from crmlib.kit.terminal import as_argument, as_command, near, plain
from crmlib.language import speaking, t

# Loaded with nbformat, for web addresses in Chinese letters, which nobody checks here: half the time of a start.
sys.modules.setdefault("rfc3987_syntax", None)

A_DATA_SET = "A data set of the kit, the path of a file or folder of yours, 'big/*.parquet', or the URL of a table."
LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="English or Chinese."
)
MAPPING = click.option(
    "--mapping", type=click.Path(path_type=Path), help="A mapping file; the one beside the data otherwise."
)
SHOW_PERSONAL = click.option("--show-personal", is_flag=True, help="Do not mask names, telephone numbers and the like.")
CHAPTERS = click.option("--chapter", "chapters", type=int, multiple=True, help="Only this chapter. May be repeated.")
AS_OF = click.option("--as-of", help="The day to look from, 2025-12-31. Otherwise the last day in the data.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="crmlib")
def cli() -> None:
    """Customer relationship management, learned and done with data."""


@cli.command()
@click.argument("data", nargs=-1, metavar="[DATA]...")
@click.option("--data", "names", multiple=True, help=f"{A_DATA_SET} May be repeated; the same as DATA.")
@CHAPTERS
@AS_OF
@MAPPING
@SHOW_PERSONAL
@click.option("--out", type=click.Path(path_type=Path), help="The folder to make or replace, build/<name> otherwise.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Notebooks to run at a time; each takes a processor and its memory.",
)
@LANGUAGE
def run(data: tuple[str, ...], names: tuple[str, ...], as_of: str | None, language: str, **options: object) -> int:
    """Run the analyses on DATA, files or folders; by default on the teaching company and on real data.

    The URL of a table is postgres://host/shop?table=orders, or one of duckdb:// and spark://. CRMLIB_MEMORY=3GB limits
    the memory that large files are read in (docs/scale.md).

    Exits with 0 if all is well, 1 if a notebook failed, 2 if it was not understood.
    """
    with speaking(language):
        day = _day(as_of)
        from crmlib.kit.batch import run_all

        return run_all((*data, *names), as_of=day, language=language, **options)


@cli.command()
@click.option("--columns", "table", help="Show the columns of a table instead: transactions, customers, ...")
@LANGUAGE
def data(table: str | None, language: str) -> int:
    """List the kit's data sets, or what a table must hold."""
    from crmlib.kit import catalog

    with speaking(language):
        if table:
            catalog.show_columns(table)
        else:
            catalog.show_datasets()
    return 0


@cli.command()
@click.argument("data", metavar="DATA")
@MAPPING
@click.option("--set-aside", "out", type=click.Path(path_type=Path), help="Write the rows set aside to this CSV file.")
@SHOW_PERSONAL
@LANGUAGE
def check(data: str, language: str, **options: object) -> int:
    """Say what is right and wrong with DATA, a file or folder, before anything runs.

    Drafts the mapping of its columns to the kit's, keeps it beside the data, and asks what it
    cannot tell. Exits with 0 if all is well, 1 if rows were set aside or something is doubtful,
    2 if it cannot be read.
    """
    from crmlib.kit.check import check_file

    with speaking(language):
        return check_file(data, language=language, **options)


@cli.command()
@click.argument("place", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The folder of the tables, build/marks/<name> otherwise.")
@click.option("--seconds", type=click.IntRange(5), default=120, show_default=True, help="A notebook may take.")
@click.option("--memory", type=click.IntRange(500), default=4000, show_default=True, help="Megabytes it may take.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Notebooks to run at a time.")
@click.option("--company", help="Mark on other data: a company of the kit, or a folder.")
@click.option("--again", is_flag=True, help="Also run what has run before and has not changed.")
@LANGUAGE
def mark(place: Path, language: str, **options: object) -> int:
    """Mark the notebooks that a class has handed in: FOLDER, or a zip of it.

    Runs each in a process of its own, judges its answers on the kit's own tables, and writes a table of all
    answers and one of the exercises. Exits with 1 if a notebook could not be read or did not run to its end.
    """
    with speaking(language):
        from crmlib.kit.mark_class import mark_class

        return mark_class(place, language=language, **options)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--data", required=True, help=A_DATA_SET)
@CHAPTERS
@AS_OF
@MAPPING
@SHOW_PERSONAL
@LANGUAGE
def new(folder: Path, data: str, as_of: str | None, language: str, **options: object) -> int:
    """Copy the analysis notebooks into DIR, ready to open on your data and to be changed."""
    with speaking(language):
        day = _day(as_of)
        from crmlib.kit.workspace import make_workspace

        for path in make_workspace(folder, data, language=language, as_of=day, **options):
            click.echo(plain(f"  {near(path)}"))
        click.echo(plain(t("Open them with: {command}", command=as_command("crmlib", "lab", as_argument(folder)))))
    return 0


@cli.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.argument("options", metavar="[-- OPTIONS]", nargs=-1, type=click.UNPROCESSED)
@LANGUAGE
def lab(folder: Path | None, options: tuple[str, ...], language: str) -> int:
    """Open the kit in JupyterLab, or the folder DIR; OPTIONS go to jupyter lab as they are."""
    from crmlib.kit.lab import open_lab

    if folder is not None and str(folder).startswith("-"):  # crmlib lab -- --allow-root
        folder, options = None, (str(folder), *options)
    with speaking(language):
        if folder is not None and not folder.is_dir():
            raise click.UsageError(
                t(
                    "DIR must be a folder; there is none at {folder}. Make one with: {command} FILE",
                    folder=folder,
                    command=as_command("crmlib", "new", as_argument(folder), "--data"),
                )
            )
        return open_lab(language, *options, folder=folder)


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.UsageError(t("--as-of must be a day such as 2025-12-31; got {text}.", text=text)) from None


_was_stopped = threading.Event()


def main() -> None:
    """Run the command; an error is a sentence, not a traceback (CRMLIB_DEBUG=1 shows that)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot write Chinese shows a mark, not a traceback
            stream.reconfigure(errors="replace")
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, _stop)
    with speaking(_language_asked_for()):
        try:
            _refuse_lost_folder()
            sys.exit(cli.main(standalone_mode=False))
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo(t("Stopped. Nothing half-written was left."), err=True)
            sys.exit(130)
        except Exception as error:
            if _was_stopped.is_set():  # an engine that is interrupted raises an error of its own
                click.echo(t("Stopped. Nothing half-written was left."), err=True)
                sys.exit(130)
            if os.environ.get("CRMLIB_DEBUG"):
                raise
            click.echo("\n".join(map(plain, _tell(error).split("\n"))), err=True)
            sys.exit(2 if isinstance(error, (ValueError, OSError)) and _is_sentence(error) else 1)


def _stop(number: int, frame: object) -> None:
    """Asked to end, by Ctrl-C or by the system: clean up. That kernels die now is no news."""
    logging.disable(logging.CRITICAL)
    _was_stopped.set()
    signal.default_int_handler(number, frame)


def _language_asked_for() -> str:
    """The language of the command line, also for what is said before or after a command has its options."""
    words = sys.argv[1:]
    asked = [after for word, after in zip(words, words[1:], strict=False) if word == "--language"]
    asked += [word.removeprefix("--language=") for word in words if word.startswith("--language=")]
    return "zh" if asked[-1:] == ["zh"] else "en"


def _refuse_lost_folder() -> None:
    try:
        os.getcwd()
    except FileNotFoundError:
        raise OSError(t("the folder you are in is gone. Go to one that is there, and say the command again.")) from None


def _tell(error: Exception) -> str:
    """An error as a sentence; where it is not the kit's own, with its kind and how to see more."""
    said = str(error) or t("it said no more; was there enough memory?")
    if not _is_sentence(error):
        said += " " + t("({kind}; put CRMLIB_DEBUG=1 before the command to see where)", kind=type(error).__name__)
    return t("Error: {text}", text=said)


def _is_sentence(error: Exception) -> bool:
    """Did the kit raise it, for a person to read? What a library raises may say nothing to them."""
    raised_in = Path(traceback.extract_tb(error.__traceback__)[-1].filename)
    return isinstance(error, (ValueError, OSError, RuntimeError)) and raised_in.is_relative_to(
        Path(__file__).parents[1]
    )
