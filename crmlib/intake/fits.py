"""Does a file fit into memory? Said in words before it is read: the system would end the program without any."""

from __future__ import annotations

import os
from pathlib import Path

from crmlib.intake.packed import PACKED, PARQUET, TEXTS, WORKBOOKS
from crmlib.language import t

# What a table takes while it is read, as a multiple of its file: by trying, on orders of a million lines and more.
OF_TEXT, OF_PACKED, OF_WORKBOOKS = 4, 24, 40
SMALL = 200 * 2**20  # bytes; of less nobody need be warned
SMALLEST = 24 * 10**6  # bytes of a text; three million lines have more
LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def may_be_large(file: Path) -> bool:
    """May a file have more lines of text than are read into memory, by its size? So small ones need not be opened."""
    name, fewest = file.name.lower(), SMALLEST
    if name.endswith((*PARQUET, *WORKBOOKS)):
        return False
    return file.stat().st_size >= (fewest // OF_PACKED if name.endswith(tuple(PACKED)) else fewest)


def find_excess(file: Path) -> tuple[int, int, int] | None:
    """The size of a file, the memory it takes to be read, and what there is, where that is less; else None."""
    factor = _factor(file)
    try:
        size = file.stat().st_size
    except OSError:  # what is wrong with it is told where it is opened
        return None
    available = memory_of_machine()
    if not factor or size < SMALL or available is None or factor * size <= available:
        return None
    return size, factor * size, available


def refuse_too_large(file: Path, why: str = "") -> None:
    """Refuse a file of text or a workbook that takes more memory to read than there is.

    `why` says of a text why it cannot be read where it lies (`large_text`), which takes little memory.

    Raises
    ------
    ValueError
        It does; the message says what to do.
    """
    if (excess := find_excess(file)) is None:
        return
    size, needed, available = map(_gigabytes, excess)
    raise ValueError(
        t(
            "{file} must fit into memory to be read; it has {size} GB and takes some {needed} GB, of {there} GB that"
            " this machine has. {why}{advice}",
            file=file.name,
            size=size,
            needed=needed,
            there=available,
            why=t("It cannot be read where it lies: {why}. ", why=why.rstrip(".")) if why else "",
            advice=_advice(file),
        )
    )


def _advice(file: Path) -> str:
    name = file.name.lower()
    if name.endswith(WORKBOOKS):
        return t("Save the sheet of orders as CSV (UTF-8), which is read where it lies. Or split it by years.")
    # Of texts as text: guessed types would take the zeros off an id.
    is_json = ".json" in name or ".ndjson" in name
    reader = "read_json('{}')" if is_json else "read_csv('{}', all_varchar = true)"
    return t(
        "Mend that, or make Parquet of it, which is read where it lies, for instance with DuckDB: COPY (FROM {reader})"
        " TO 'orders.parquet'. Or split it by years and analyze each.",
        reader=reader.format(file.name),
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
