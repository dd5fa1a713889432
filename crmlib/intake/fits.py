"""Does a file fit into memory? Said in words before it is read: the system would end the program without any."""

from __future__ import annotations

import os
from pathlib import Path

from crmlib.intake.packed import PACKED, PARQUET, TEXTS, WORKBOOKS
from crmlib.language import t

# What a table takes while it is read, as a multiple of its file: by trying, on orders of a million lines and more.
OF_TEXT, OF_PACKED, OF_WORKBOOKS = 4, 24, 40
SMALL = 200 * 2**20  # bytes; of less nobody need be warned
LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def refuse_too_large(file: Path) -> None:
    """Refuse a file of text or a workbook that takes more memory to read than there is.

    Raises
    ------
    ValueError
        It does; the message says how to make Parquet of it, which is read where it lies.
    """
    factor = _factor(file)
    try:
        size = file.stat().st_size
    except OSError:  # what is wrong with it is told where it is opened
        return
    available = memory_of_machine()
    if not factor or size < SMALL or available is None or factor * size <= available:
        return
    raise ValueError(
        t(
            "{file} must fit into memory to be read; it has {size} GB and takes some {needed} GB, of {there} GB that"
            " this machine has. Make Parquet of it, which is read where it lies, for instance with DuckDB: COPY (FROM"
            " '{file}') TO 'orders.parquet'. Or split it by years and analyze each.",
            file=file.name,
            size=_gigabytes(size),
            needed=_gigabytes(factor * size),
            there=_gigabytes(available),
        )
    )


def _factor(file: Path) -> int:
    name = file.name.lower()
    if name.endswith(PARQUET):
        return 0
    if name.endswith(WORKBOOKS):
        return OF_WORKBOOKS
    if name.endswith(tuple(PACKED)):
        return OF_PACKED
    return OF_TEXT if name.endswith(TEXTS) else 0


def memory_of_machine() -> int | None:
    """Bytes of memory that the machine has, or its container; None where the system does not say."""
    try:
        found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    except (AttributeError, ValueError, OSError):
        return None
    for limit in map(Path, LIMITS):
        if limit.exists() and (text := limit.read_text().strip()).isdigit():
            found.append(int(text))
    return min(found)


def _gigabytes(size: float) -> str:
    return f"{size / 1e9:,.1f}"
