"""The DuckDB that a process works with, in memory: started once, because a small question takes less than the start.

Each `with connected()` has a connection of its own: tables it registers are seen by no other, and gone after it.
Files have a DuckDB of their own (`limited`): it keeps within a part of the memory, and spills what does not fit.
"""

from __future__ import annotations

import atexit
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb

from crmlib.language import t

# Of what the machine has, or the container: the other half is for what is done with the answer.
HALF = "50%"
MEMORY = "CRMLIB_MEMORY"  # says otherwise: "3GB"
# More than so many bytes a line saves no time worth having (benchmarks/README.md), and somebody else may need them.
BYTES_A_LINE, LEAST_BYTES = 30, 10**9


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for as long as the `with` lasts.

    Examples
    --------
    >>> import pandas as pd
    >>> with connected() as connection:
    ...     table = connection.register("numbers", pd.DataFrame({"n": [1, 2]}))
    ...     print(connection.sql("SELECT sum(n) FROM numbers").fetchall())
    [(3,)]
    """
    # By process: threads of a DuckDB do not live on in a process that was forked from it.
    with _database(os.getpid()).cursor() as connection:
        yield _quiet(connection)


@contextmanager
def limited(memory: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a DuckDB of its own, for files, which may be large; its memory is free after the `with`.

    Parameters
    ----------
    memory : str, optional
        At most so much, such as "3GB"; otherwise what CRMLIB_MEMORY says, otherwise half of what the machine has. What
        does not fit goes to a folder of its own under the system's temporary one (TMPDIR says where), gone after it.

    Raises
    ------
    ValueError
        The memory is no size.

    Examples
    --------
    >>> with limited("500MB") as connection:
    ...     print(connection.sql("SELECT current_setting('memory_limit')").fetchall())
    [('476.8 MiB',)]
    """
    with tempfile.TemporaryDirectory(prefix="crmlib-") as spill, _start(spill, _limit(memory)) as connection:
        yield _quiet(connection)


def fit_memory(connection: duckdb.DuckDBPyConnection, n_lines: int) -> None:
    """Lower the limit to what so many lines can use; not where CRMLIB_MEMORY says what it is.

    Examples
    --------
    >>> with limited() as connection:
    ...     fit_memory(connection, n_lines=1_000)
    ...     print(connection.sql("SELECT current_setting('memory_limit')").fetchall())
    [('953.6 MiB',)]
    """
    if os.environ.get(MEMORY, "").strip():
        return
    connection.sql(f"SET memory_limit = '{HALF}'")
    half = _bytes(connection)
    connection.sql(f"SET memory_limit = '{min(half, max(LEAST_BYTES, n_lines * BYTES_A_LINE))} B'")


def short_of_memory(connection: duckdb.DuckDBPyConnection) -> RuntimeError:
    """What to say where the limit did not suffice."""
    limit = connection.sql("SELECT current_setting('memory_limit')").fetchall()[0][0]
    return RuntimeError(
        t(
            "the question must fit into {limit} of memory, with what can be spilled to disk; it did not. Allow more,"
            " for instance {name}=8GB, or a disk with more room, TMPDIR=/large/disk, or ask about a shorter time.",
            limit=limit,
            name=MEMORY,
        )
    )


def _bytes(connection: duckdb.DuckDBPyConnection) -> int:
    """The limit that a connection has now."""
    number, unit = connection.sql("SELECT current_setting('memory_limit')").fetchall()[0][0].split()
    return int(float(number) * {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "PiB": 2**50}[unit])


def keep_limited(memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """The same for as long as the process lives: for a table that is asked again and again."""
    return _quiet(_start(_spill(), _limit(memory)))


def _limit(memory: str | None) -> dict[str, str]:
    asked = memory or os.environ.get(MEMORY, "").strip() or HALF
    size = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]i?B|%)", asked, re.IGNORECASE)
    if size is None or float(size[1]) == 0:
        raise ValueError(
            t(
                "the memory to work in must be a size, such as 3GB, or a part of the machine's, such as 50%; got"
                " {asked!r}. Set {name} so, or leave it unset.",
                asked=asked,
                name=MEMORY,
            )
        )
    return {"memory_limit": asked}


@cache
def _database(process: int) -> duckdb.DuckDBPyConnection:
    return _start(_spill(), _limit(None))


def _spill() -> str:
    spill = tempfile.TemporaryDirectory(prefix="crmlib-", ignore_cleanup_errors=True)
    atexit.register(spill.cleanup)
    return spill.name


def _start(spill: str, limits: dict[str, str]) -> duckdb.DuckDBPyConnection:
    # What does not fit into memory goes to a folder of its own, not into the working directory.
    return duckdb.connect(config={"temp_directory": spill, "autoinstall_known_extensions": False, **limits})


def _quiet(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.sql("SET enable_progress_bar = false")  # a notebook would show it as a widget
    return connection
