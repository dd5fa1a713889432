"""``crmlib data``: the kit's data sets, and what a table may hold."""

from __future__ import annotations

import shutil
import sys

import click
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crmlib import datasets
from crmlib.language import t
from crmlib.tables import TABLES

WIDE_ENOUGH = 110  # columns of the terminal for a table of everything; below, one paragraph each


def show_datasets() -> None:
    """A line for each data set of the kit."""
    rows = []
    for row in datasets.list_datasets().itertuples():
        period = f"{row.first_day:%Y-%m-%d} to {row.last_day:%Y-%m-%d}" if row.first_day == row.first_day else "none"
        rows.append((row.name, row.kind, f"{row.n_rows:,}", f"{row.n_customers:,}", period, row.licence, row.source))
    _show_rows("", ("name", "kind", "rows", "customers", "period", "licence", "source"), rows)


def show_columns(table: str) -> None:
    """A line for each column that a table may hold."""
    if table not in TABLES:
        raise click.UsageError(
            t("--columns must be one of {tables}; got {table}.", tables=", ".join(TABLES), table=table)
        )
    columns = TABLES[table].columns
    rows = [(c.name, c.type, c.unit or "", "yes" if c.required else "no", t(c.meaning)) for c in columns]
    _show_rows(f"{table}: {t(TABLES[table].row)}", ("column", "type", "unit", "needed", "meaning"), rows)


def _show_rows(title: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table on a wide terminal, a paragraph a row on a narrow one, plain lines in a pipe."""
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
