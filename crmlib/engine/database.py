"""The DuckDB that a process works with, in memory: started once, because a small question takes less than the start.

Each `with connected()` has a connection of its own: tables it registers are seen by no other, and gone after it.
Files have a DuckDB of their own (`limited`): it keeps within a part of the memory, and spills what does not fit.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb
import pyarrow as pa

from crmlib.language import t

# Of what the machine has, or the container: the other half is for what is done with the answer.
HALF = "50%"
MEMORY = "CRMLIB_MEMORY"  # says otherwise: "3GB"
# More than so many bytes a line saves no time worth having (benchmarks/README.md), and somebody else may need them.
BYTES_A_LINE, LEAST_BYTES = 30, 10**9
# Of a connection that is kept: its limit, for what DuckDB says of it is rounded, and what the process held when it was
# opened.
_kept: WeakKeyDictionary[duckdb.DuckDBPyConnection, tuple[int, int]] = WeakKeyDictionary()


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
    limit = min(_bytes(connection), max(LEAST_BYTES, n_lines * BYTES_A_LINE))
    connection.sql(f"SET memory_limit = '{limit} B'")
    if connection in _kept:
        _kept[connection] = (limit, _kept[connection][1])


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
    connection = _quiet(_start(_spill(), _limit(memory)))
    _kept[connection] = (_bytes(connection), _held())
    return connection


def ask_kept(connection: duckdb.DuckDBPyConnection, ask: Callable[[], pa.Table]) -> pa.Table:
    """What a question to a connection says; one that is kept works in its limit less what answers before it hold.

    Else the DataFrames of an analysis come on top of what the next question takes. Where that does not suffice, it is
    asked once more within the whole limit.

    Raises
    ------
    RuntimeError
        That does not suffice either.
    """
    if connection not in _kept:
        return ask()
    limit, before = _kept[connection]
    if not os.environ.get(MEMORY, "").strip():
        give_back()
        rest = limit - max(_held() - before, 0)
        with suppress(duckdb.OutOfMemoryException):  # it keeps more than that, and cannot let go of it
            connection.sql(f"SET memory_limit = '{max(rest, min(limit, LEAST_BYTES))} B'")
    try:
        return ask()
    except duckdb.OutOfMemoryException:
        connection.sql(f"SET memory_limit = '{limit} B'")
        try:
            return ask()
        except duckdb.OutOfMemoryException as error:
            raise short_of_memory(connection) from error
    finally:
        connection.sql(f"SET memory_limit = '{limit} B'")


def _held() -> int:
    """Bytes of memory that the process has now; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def give_back() -> None:
    """What is free in the process, back to the system: after large answers that is a lot."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):  # only the library of Linux can
        ctypes.CDLL(None).malloc_trim(0)


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
