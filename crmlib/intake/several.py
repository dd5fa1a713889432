"""Many files that are one table: those that a pattern such as big/*.parquet names, or a folder of parts.

Spark writes a table as a folder, with files of its own beside the parts (_SUCCESS, .part-0.crc), which are no data.
"""

from __future__ import annotations

import glob
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.intake.mapping import some
from crmlib.intake.packed import PARQUET
from crmlib.intake.records import shorten
from crmlib.language import t

WILD = "*?["
URL = re.compile(r"\w{2,}:/")  # the ? of a URL stands for no letter


def is_pattern(path: Path) -> bool:
    """Is it a pattern for names of files, and no file itself?

    Examples
    --------
    >>> is_pattern(Path("big/*.parquet")), is_pattern(Path("big/orders.parquet"))
    (True, False)
    """
    try:
        return any(mark in str(path) for mark in WILD) and not URL.match(str(path)) and not path.exists()
    except OSError:
        return False


def name_pattern(pattern: Path) -> str:
    """What a pattern is called where it is shown: with its folder, since all that end in *.parquet are called that.

    Examples
    --------
    >>> name_pattern(Path("/data/big/year=*/*.parquet")), name_pattern(Path("*.parquet"))
    ('big/year=*/*.parquet', '*.parquet')
    """
    folder = folder_of(pattern)
    return pattern.relative_to(folder.parent).as_posix() if folder.name else pattern.as_posix()


def folder_of(pattern: Path) -> Path:
    """The folder that a pattern looks in: what stands before its first *.

    Examples
    --------
    >>> folder_of(Path("big/year=*/*.parquet")).as_posix(), folder_of(Path("*.parquet")).as_posix()
    ('big', '.')
    """
    plain = []
    for part in pattern.parts:
        if any(mark in part for mark in WILD):
            break
        plain.append(part)
    return Path(*plain)


def find_pattern(pattern: Path) -> list[Path]:
    """The files that a pattern names, in the order of their names.

    Raises
    ------
    FileNotFoundError
        There is none.
    ValueError
        They are not all Parquet, or have different columns.
    """
    files = sorted(Path(name) for name in glob.glob(str(pattern), recursive=True))
    files = [file for file in files if file.is_file() and _is_data(file)]
    if not files:
        raise FileNotFoundError(
            t(
                "data must be the path of a file or folder, or a pattern such as 'big/*.parquet'; no file is called"
                " like {path!r}. Look for a slip in it.",
                path=str(pattern),
            )
        )
    others = [file.name for file in files if not is_parquet(file)]
    if others:
        raise ValueError(
            t(
                "the files of a pattern must all be Parquet, parts of one table; {path!r} also names {names}. Write"
                " a pattern such as 'big/*.parquet', or name one file, or a folder.",
                path=str(pattern),
                names=some(others),
            )
        )
    refuse_unlike(files)
    return files


def find_parts(folder: Path) -> list[Path]:
    """The Parquet files in a folder and below it, in the order of their names; without what a program put beside."""
    found = (file for file in folder.rglob("*") if file.is_file() and is_parquet(file))
    return sorted(file for file in found if all(map(_is_shown, file.relative_to(folder).parts)))


def _is_data(file: Path) -> bool:
    return _is_shown(file.name)


def _is_shown(name: str) -> bool:
    return not name.startswith(("_", "."))


def is_parquet(file: Path) -> bool:
    return file.name.lower().endswith(PARQUET)


def read_metadata(file: Path) -> tuple[pa.Schema, int]:
    """The columns of a Parquet file, and how many rows it has, without reading one.

    Raises
    ------
    ValueError
        It is no whole Parquet file.
    """
    try:
        with pq.ParquetFile(file) as parquet:
            return parquet.schema_arrow, parquet.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise ValueError(
            t(
                "{file} must be a whole Parquet file; it cannot be read ({error}). Copy or make it again.",
                file=file.name,
                error=shorten(str(error)),
            )
        ) from error


def count_rows(files: list[Path]) -> int:
    """How many rows the files have together."""
    return sum(read_metadata(file)[1] for file in files)


def refuse_unlike(files: list[Path]) -> None:
    """Parts of one table have the same columns.

    Raises
    ------
    ValueError
        Two have not.
    """
    first = sorted(read_metadata(files[0])[0].names)
    for file in files[1:]:
        names = sorted(read_metadata(file)[0].names)
        if names != first:
            raise ValueError(
                t(
                    "the parts of a table must have the same columns; {first} and {other} differ in {names}. Name the"
                    " files of one table only, or bring the others into their form.",
                    first=files[0].name,
                    other=file.name,
                    names=some(sorted(set(first) ^ set(names))),
                )
            )


def call_parts(files: list[Path], folder: Path) -> dict[Path, str]:
    """What each file is called in the account: its name, or its path where two have one name.

    Examples
    --------
    >>> list(call_parts([Path("a/2023/p.parquet"), Path("a/2024/p.parquet")], Path("a")).values())
    ['2023/p.parquet', '2024/p.parquet']
    """
    names = [file.name for file in files]
    if len(set(names)) == len(names):
        return dict(zip(files, names, strict=True))
    return {file: (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix() for file in files}
