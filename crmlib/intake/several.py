"""Many files that are one table: those that a pattern such as big/*.parquet names, or a folder of parts.

Spark writes a table as a folder, with files of its own beside the parts (_SUCCESS, .part-0.crc), which are no data.
"""

from __future__ import annotations

import glob
import re
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from crmlib.intake.mapping import some
from crmlib.intake.packed import PACKED, PARQUET, TEXTS
from crmlib.intake.records import shorten
from crmlib.language import number, t

WILD = "*?["
SAID = re.compile(r"([^=]+)=(.*)")  # country=DE: a folder that says what is the same in all its rows
OF_DAYS = re.compile(
    r"year|month|week|day|date|hour|dt|ds|y|m|d|.*_(year|month|day|date|dt)|年|月|日|日期", re.IGNORECASE
)
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
        They are not all Parquet, nor all text, or Parquet of different columns.
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
    is_alike = is_parquet if any(map(is_parquet, files)) else is_text
    others = [file.name for file in files if not is_alike(file)]
    if others:
        raise ValueError(
            t(
                "the files of a pattern must all be Parquet, or all text, parts of one table; {path!r} also names"
                " {names}. Write a pattern such as 'big/*.parquet' or 'big/*.csv', or name one file, or a folder.",
                path=str(pattern),
                names=some(others),
            )
        )
    if is_alike is is_parquet:
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


def is_text(file: Path) -> bool:
    """Is it a text, packed or not, by its name?"""
    plain = file.name.lower()
    for ending in PACKED:
        plain = plain.removesuffix(ending)
    return plain.endswith(TEXTS)


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


class Alike(NamedTuple):
    """Parts whose columns can be read as one, each with a type that holds the values of all exactly."""

    files: list[Path]
    schema: pa.Schema


def group_alike(files: list[Path]) -> list[Alike]:
    """The parts of a table, those together that are alike; one group, unless a column has several kinds of type.

    Text in one and numbers in another, times of two zones, floats of 32 bits and of 64 are no two kinds that go
    together, nor whole numbers and floats, which hold fewer digits.
    """
    groups: list[Alike] = []
    for file in files:
        found = _plain_types(file)
        for place, group in enumerate(groups):
            if (unified := _unify(group.schema, found)) is not None:
                groups[place] = Alike([*group.files, file], unified)
                break
        else:
            groups.append(Alike([file], found))
    return groups


def _plain_types(file: Path) -> pa.Schema:
    """The columns of a file, those of a dictionary as what stands in it."""
    fields = read_metadata(file)[0]
    return pa.schema(
        [
            (one.name, getattr(one.type, "value_type", one.type) if pa.types.is_dictionary(one.type) else one.type)
            for one in fields
        ]
    )


def _unify(one: pa.Schema, other: pa.Schema) -> pa.Schema | None:
    """The types that hold what stands in both; None where there are none."""
    if sorted(one.names) != sorted(other.names) or len(set(one.names)) < len(one.names):
        return None
    other = pa.schema([other.field(name) for name in one.names])
    kinds = [(_kind(first.type), _kind(second.type)) for first, second in zip(one, other, strict=True)]
    if any(first != second and "null" not in (first, second) for first, second in kinds):
        return None
    try:
        return pa.unify_schemas([one, other], promote_options="permissive")
    except pa.ArrowException:
        return None


def _kind(kind: pa.DataType) -> str:
    """Of types that are read alike one word."""
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        return "integer"
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return "text"
    if pa.types.is_timestamp(kind):
        return f"times of {kind.tz}"
    return "decimal" if pa.types.is_decimal(kind) else "date" if pa.types.is_date(kind) else str(kind)


def doubts_on_folders(files: list[Path], folder: Path, names: list[str]) -> list[str]:
    """A doubt on what only the names of folders say, currency=EUR: nobody reads it, and all rows are added up.

    Of days nothing is to be doubted; they stand in the rows, and so does what `names` the columns have.
    """
    said: dict[str, set[str]] = {}
    for file in files:
        parts = (file.relative_to(folder) if file.is_relative_to(folder) else file).parts[:-1]
        for found in filter(None, map(SAID.fullmatch, parts)):
            said.setdefault(found[1], set()).add(found[2])
    return [
        t(
            "Only the names of folders say {key} ({values}), which is not read: the rows of all {n} are added up. If"
            " some should not be, name the others: {example!r}.",
            key=key,
            values=some(sorted(values), quoted=False),
            n=number(len(values)),
            example=f"{folder.name}/{key}={min(values)}/*.parquet",
        )
        for key, values in said.items()
        if len(values) > 1 and key not in names and not OF_DAYS.fullmatch(key)
    ]


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
