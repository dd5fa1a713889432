"""The ``crmlib`` command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as RichTable

LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="English or Chinese."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="crmlib")
def cli() -> None:
    """Customer relationship management, learned and done with data."""


@cli.command()
@click.option("--data", "names", multiple=True, help="A data set of the kit, or the path of a file or folder of yours. May be repeated.")
@click.option("--chapter", "chapters", type=int, multiple=True, help="Only this chapter. May be repeated.")
@click.option("--as-of", help="The day to look from, 2025-12-31. Otherwise the last day in the data.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder to write, build/<name> otherwise.")
@LANGUAGE
def run(names: tuple[str, ...], chapters: tuple[int, ...], as_of: str | None, out: Path | None, language: str) -> int:
    """Run the analyses; by default on the teaching company and on real data."""
    from crmlib import datasets, kit

    names = names or ("teaching-company", "complete-journey")
    if out and len(names) > 1:
        raise click.UsageError("--out takes one data set; run once for each.")
    known = set(datasets.list_datasets()["name"])
    failed = 0
    for name in names:
        data = name if name in known else str(Path(name).resolve())
        if name not in known and not Path(name).exists():
            raise click.UsageError(f"--data must be a data set of the kit ({', '.join(sorted(known))}) or a path; there is no {name}.")
        folder = out or kit.ROOT / "build" / (name if name in known else Path(name).stem)
        click.echo(f"{name} ...")
        result = kit.run_analyses(data, folder, language=language, chapters=chapters, parameters={"as_of": _day(as_of)})
        failed += sum(entry["status"] == "failed" for entry in result["notebooks"])
        click.echo(f"  open    {_near(folder / 'index.html')}")
    return 1 if failed else 0


def _day(text: str | None) -> str | None:
    import pandas as pd

    if text is None:
        return None
    try:
        return str(pd.to_datetime(text, format="%Y-%m-%d").date())
    except ValueError:
        raise click.UsageError(f"--as-of must be a day such as 2025-12-31; got {text}.") from None


def _near(path: Path) -> str:
    return os.path.relpath(path) if path.resolve().is_relative_to(Path.cwd()) else str(path)


@cli.command()
@click.option("--columns", "table", help="Show the columns of a table instead: transactions, customers, ...")
def data(table: str | None) -> int:
    """List the kit's data sets, or what a table must hold."""
    from crmlib import datasets
    from crmlib.tables import TABLES

    console = Console(soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 200)
    if table:
        if table not in TABLES:
            raise click.UsageError(f"--columns must be one of {', '.join(TABLES)}; got {table}.")
        shown = RichTable("column", "type", "unit", "needed", "meaning", title=f"{table}: {TABLES[table].row}")
        for column in TABLES[table].columns:
            shown.add_row(column.name, column.type, column.unit or "", "yes" if column.required else "", column.meaning)
    else:
        shown = RichTable("name", "kind", "rows", "customers", "period", "licence", "source")
        for row in datasets.list_datasets().itertuples():
            period = "" if row.first_day is None or row.first_day != row.first_day else f"{row.first_day:%Y-%m-%d} to {row.last_day:%Y-%m-%d}"
            shown.add_row(row.name, row.kind, f"{row.n_rows:,}", f"{row.n_customers:,}", period, row.licence, row.source)
    console.print(shown)
    return 0


@cli.command()
@LANGUAGE
def lab(language: str) -> int:
    """Open the kit in JupyterLab."""
    from crmlib.lab import open_lab

    return open_lab(language)


def main() -> None:
    """Run the command; an error is a sentence, not a traceback (CRMLIB_DEBUG=1 shows that)."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing half-written was left.", err=True)
        sys.exit(130)
    except Exception as error:
        if os.environ.get("CRMLIB_DEBUG"):
            raise
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
