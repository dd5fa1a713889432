"""How far a long question to DuckDB, or a long file is: a bar with the time left on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from crmlib.engine.database import short_of_memory
from crmlib.language import current, speaking, t

if TYPE_CHECKING:
    import duckdb

TOLD, FIRST = 10, 3  # seconds between two lines, and before a bar: what is over sooner needs none


@contextmanager
def told(connection: duckdb.DuckDBPyConnection, what: str, n_rows: int = 0) -> Iterator[None]:
    """Say how far the questions to a DuckDB are, as long as the `with` lasts; of `n_rows`, where they are known.

    Raises
    ------
    RuntimeError
        They do not fit into memory and what can be spilled.
    """
    import duckdb

    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    try:
        with watched(_Far(connection, what, n_rows)):
            yield
    except duckdb.OutOfMemoryException as error:
        raise short_of_memory(connection) from error


class Far(Protocol):
    """Something that can be asked how far it is: the share done, and a sentence on it."""

    what: str

    def look(self) -> float: ...


@contextmanager
def watched(far: Far) -> Iterator[None]:
    """Say how far something is, as long as the `with` lasts."""
    is_done, language = threading.Event(), current()

    def watch() -> None:
        with speaking(language):  # a thread speaks the language of whoever started it
            (_bar if sys.stderr.isatty() else _lines)(far, is_done)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_done.set()
        watcher.join()


class _Far:
    """How far the questions are; several, one after the other, go over the rows again."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, what: str, n_rows: int):
        self.connection, self.what, self.n_rows = connection, what, n_rows
        self.share, self.n_before = 0.0, 0

    def look(self) -> float:
        share = min(1.0, max(0.0, self.connection.query_progress() / 100))
        self.n_before += share < self.share
        self.share = share
        return share

    def __str__(self) -> str:
        if not self.n_rows:
            return t("{what}: {share} %", what=self.what, share=f"{100 * self.share:.0f}")
        n, n_all = f"{self.share * self.n_rows:,.0f}", f"{self.n_rows:,}"
        if not self.n_before:
            return t("{what}: {n} of {all} rows", what=self.what, n=n, all=n_all)
        return t("{what}, once more: {n} of {all} rows", what=self.what, n=n, all=n_all)


def _bar(far: Far, is_done: threading.Event) -> None:
    if is_done.wait(FIRST):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("  {task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(far.what, total=1.0)
        while not is_done.wait(0.2):
            progress.update(task, completed=far.look(), description=str(far))


def _lines(far: Far, is_done: threading.Event) -> None:
    before = ""
    while not is_done.wait(TOLD):
        far.look()
        if str(far) != before:
            print(f"  {far}", file=sys.stderr, flush=True)
        before = str(far)
