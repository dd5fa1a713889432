"""Files that are packed: gzip, bz2 and xz by their first bytes, and zip archives with one file of data in them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from crmlib.intake.records import shorten
from crmlib.language import t

ZIP, NOTHING_ZIPPED = b"PK\x03\x04", b"PK\x05\x06"
GZIP, BZIP2, XZ = STARTS = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
TEXTS = (".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PARQUET = (".parquet", ".pq")
PACKED = (".gz", ".bz2", ".xz", ".zip")
# What a file that can be read may end in, the longer first.
SUFFIXES = (*(text + packed for text in TEXTS for packed in PACKED), *TEXTS, ".zip", *PARQUET, *WORKBOOKS)
BROKEN = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile)
MOST_NAMES = 10
NO_DATA = ("readme", "license", "licence", "notes", "说明", "说明文档")  # texts that lie beside


def unpack(stream: BinaryIO, head: bytes) -> BinaryIO:
    """A stream of what is packed in another, by its first bytes; the same stream where it is not packed."""
    if head.startswith(GZIP):
        return gzip.GzipFile(fileobj=stream, mode="rb")
    if head.startswith(BZIP2):
        return bz2.BZ2File(stream)
    return lzma.LZMAFile(stream) if head.startswith(XZ) else stream


def is_archive(file: Path, head: bytes) -> bool:
    """Is it a zip archive, and not a workbook, which is one too?"""
    return head.startswith((ZIP, NOTHING_ZIPPED)) and file.suffix.lower() not in (*WORKBOOKS, ".et")


def find_member(file: Path, stream: BinaryIO) -> str | None:
    """The name of the one file of data in an archive; None where the archive is a document of some office.

    Raises
    ------
    ValueError
        It holds none or several, or is locked with a password.
    """
    with zipfile.ZipFile(stream) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)]
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" in names or "mimetype" in names:
        return None
    data = [entry for entry in entries if entry.filename.lower().endswith(SUFFIXES)] or entries
    data = [entry for entry in data if PurePosixPath(entry.filename).stem.lower() not in NO_DATA] or data
    if len(data) != 1:
        raise ValueError(
            t(
                "{file} must hold one file of data; it holds {names}. Unpack it, and name one of them; or, if they are"
                " parts of one table, call them transactions-1.csv, transactions-2.csv, ... in a folder of their own"
                " and name that.",
                file=file.name,
                names=", ".join(shorten(entry.filename, 60) for entry in data[:MOST_NAMES])
                + (" …" if len(data) > MOST_NAMES else "")
                if data
                else t("none"),
            )
        )
    if data[0].flag_bits & 1:
        raise ValueError(
            t("{file} must be readable; it is locked with a password. Unpack it with the password.", file=file.name)
        )
    return data[0].filename


def _is_hidden(name: str) -> bool:
    """What systems put into archives for themselves."""
    path = PurePosixPath(name)
    return path.parts[0] == "__MACOSX" or path.name.startswith(".") or path.name in ("Thumbs.db", "desktop.ini")


def open_member(stream: BinaryIO, name: str) -> BinaryIO:
    return zipfile.ZipFile(stream).open(name)
