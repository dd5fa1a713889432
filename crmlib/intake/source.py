"""A file as it lies there: that it is one, what kind, and its bytes, read from one opening of it."""

from __future__ import annotations

import difflib
import hashlib
import io
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from crmlib.intake.packed import BROKEN, PARQUET, STARTS, WORKBOOKS, ZIP, find_member, is_archive, open_member, unpack
from crmlib.intake.records import shorten
from crmlib.language import t

BLOCK = 1 << 20  # bytes read at a time
HEAD = 1024  # bytes that tell what a file is
DATABASES = (".db", ".sqlite", ".sqlite3", ".duckdb")


class Source:
    """A file opened once, however often it is gone through.

    Its hash is that of the bytes handed out, and whether the file changed meanwhile is told: nobody
    can say of which file a table is that was read while another program wrote.
    """

    def __init__(self, path: str | os.PathLike):
        self.path = existing(path)
        self._digest, self._sha256, self._member = hashlib.sha256(), None, None
        with sentences(self.path):
            self._stream = self.path.open("rb")
        try:
            with sentences(self.path):
                self._state = _state(os.fstat(self._stream.fileno()))
                self._first = self._stream.read(HEAD)
                if is_archive(self.path, self._first):
                    self._member = find_member(self.path, self._stream)
                self.head = self.unpacked().read(HEAD)  # of what is in it, where it is packed
        except Exception:
            self._stream.close()
            raise

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    @property
    def is_packed(self) -> bool:
        return self._member is not None or self._first.startswith(STARTS)

    @property
    def inside(self) -> Path:
        """The path of the file; in an archive, the name of the one file in it."""
        return Path(self._member) if self._member else self.path

    def whole(self) -> BinaryIO:
        """The file from its beginning, for a reader that jumps about in it; hashed already."""
        self.seek(0)
        with sentences(self.path):
            self._sha256 = self.sha256()
            self._stream.seek(0)
            if not self.is_packed:
                return self._stream
            content = io.BytesIO(self.unpacked().read())
            self.sha256()
            return content

    def unpacked(self) -> BinaryIO:
        """Its bytes from the beginning, unpacked, whatever its name is; hashed on their way where that is possible."""
        self.seek(0)
        if not self._member:
            return unpack(self, self._first)
        self.sha256()  # a reader of archives jumps about
        inner = open_member(self._stream, self._member)
        first = inner.read(HEAD)
        inner.seek(0)
        return unpack(inner, first)

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._digest.update(block)
        return block

    def seek(self, place: int, whence: int = 0) -> None:
        """Go there; the hash begins anew, and is that of the file only from its beginning."""
        self._stream.seek(place, whence)
        self._digest, self._sha256 = hashlib.sha256(), None

    @property
    def position(self) -> int:
        """How many bytes of the file, packed or not, were read last."""
        return self._stream.tell()

    def seekable(self) -> bool:
        """What readers of packed files ask."""
        return True

    def sha256(self) -> str:
        """The hash of what was read and of what is left of the file."""
        if self._sha256 is None:
            while self.read(BLOCK):
                pass
            self._sha256 = self._digest.hexdigest()
        return self._sha256

    def refuse_changed(self) -> None:
        """Raise a ValueError if the file is no longer as it was when it was opened."""
        if not self.path.exists() or _state(self.path.stat()) != self._state:
            raise ValueError(
                t(
                    "{file} must stay as it is while it is read; it changed meanwhile. Is a program still writing it?"
                    " Read it again when that is done.",
                    file=self.path.name,
                )
            )


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what the system says about a file that cannot be read into a sentence."""
    name = path.name
    try:
        yield
    except (*BROKEN, zlib.error) as error:
        raise _damaged(name, error) from None
    except NotImplementedError as error:
        raise ValueError(
            t(
                "{name} must be packed in a way that is known here; it is not ({error}). Unpack it, and name the file"
                " in it.",
                name=name,
                error=error,
            )
        ) from None
    except PermissionError:
        raise PermissionError(
            t("{name} must be a file you may read; you may not. Change its permissions.", name=name)
        ) from None
    except OSError as error:
        if error.errno is None:  # not the system but a reader of packed files
            raise _damaged(name, error) from None
        raise OSError(
            t("{name} must be a file that can be read; the system says: {error}.", name=name, error=error)
        ) from error


def _damaged(name: str, error: Exception) -> ValueError:
    return ValueError(
        t(
            "{name} must be a whole packed file; it is cut off or damaged ({error}). Copy or make it again.",
            name=name,
            error=error,
        )
    )


def existing(path: str | os.PathLike) -> Path:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(
            t("path must be the path of a file; got {kind}. For example 'sales.csv'.", kind=type(path).__name__)
        )
    file = Path(path).expanduser()
    try:
        if file.is_dir():
            raise IsADirectoryError(
                t(
                    "path must lead to a file; {file!r} is a folder. Name the file in it; crmlib check and crmlib run"
                    " take whole folders.",
                    file=str(file),
                )
            )
        if file.is_file():
            return file
        is_there = file.exists()
        beside = [entry.name for entry in file.parent.iterdir()] if file.parent.is_dir() else []
    except PermissionError:
        raise PermissionError(
            t("path must lead to a file you may read; {file!r} may not be looked at.", file=str(file))
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, IsADirectoryError):
            raise
        raise FileNotFoundError(
            t("path must lead to a file; {file!r} cannot be a path.", file=shorten(str(file)))
        ) from None
    if is_there:
        raise ValueError(
            t("path must lead to a file; {file!r} is something else. Save the data in a file first.", file=str(file))
        )
    similar = difflib.get_close_matches(file.name, beside, n=3, cutoff=0.75)
    found = (
        t("Beside it there are {names}.", names=similar)
        if similar
        else t("Look for a slip in it, or give the full path.")
    )
    raise FileNotFoundError(t("path must lead to a file; {file!r} is not there. {found}", file=str(file), found=found))


def kind_of(file: Path, head: bytes) -> str:
    """ "parquet", "workbook", "database", "json" or "text", by the first bytes.

    Raises
    ------
    ValueError
        It is something else that is known, such as a PDF, or not what its name says.
    """
    suffix = file.suffix.lower()
    if head.startswith(b"PAR1"):
        return "parquet"
    if is_database(head):
        return "database"
    if head.startswith((ZIP, b"\xd0\xcf\x11\xe0")):
        if suffix in (*WORKBOOKS, ".et"):
            return "workbook"
        raise ValueError(
            t(
                "{file} must be a CSV file, an Excel workbook, a Parquet file or a database; it is an Office document."
                " If it is a workbook, give it the ending .xlsx (or .xls, .xlsb, .ods); else save the table in it as"
                " one.",
                file=file.name,
            )
        )
    if re.match(rb"\xef?\xbb?\xbf?\s*(\[\s*)?\{\s*\"", head):
        return "json"
    if what := _known_kind(head):
        raise ValueError(
            t(
                "{file} must be a CSV file, an Excel workbook, a Parquet file or a database; it is {what}. Save the"
                " table as CSV (UTF-8) or xlsx from the program it comes from.",
                file=file.name,
                what=what,
            )
        )
    _refuse_false_ending(file)
    return "text"


def _refuse_false_ending(file: Path) -> None:
    """A file whose name says that it is something else than the text it seems to be."""
    suffix = file.suffix.lower()
    if suffix in DATABASES:
        raise ValueError(
            t(
                "{file} must be a SQLite or DuckDB database, as its name says; its first bytes say it is none: it is"
                " encrypted, damaged or of another program. Export the table as CSV, or save the database without a"
                " key.",
                file=file.name,
            )
        )
    if suffix in (*PARQUET, *WORKBOOKS):
        raise ValueError(
            t(
                "{file} must be {wanted}, as its name says; its first bytes say it is none. Make it again, or if it is"
                " text, give it the ending .csv.",
                file=file.name,
                wanted=t("a Parquet file") if suffix in PARQUET else t("a workbook"),
            )
        )


def is_database(head: bytes) -> bool:
    """Do a file's first bytes say that it is one of SQLite or DuckDB?"""
    return head.startswith(b"SQLite format 3\0") or (head[8:12] == b"DUCK" and b"\0" in head[12:])  # no text has one


def head_of(path: Path) -> bytes:
    """The first bytes of a file."""
    with sentences(path), path.open("rb") as stream:
        return stream.read(16)


def _known_kind(head: bytes) -> str | None:
    """What begins so and is no table."""
    picture, archive, page = t("a picture"), t("an archive"), t("a web page")
    known = {
        b"%PDF": t("a PDF"),
        b"\x89PNG": picture,
        b"\xff\xd8\xff": picture,
        b"Rar!": archive,
        b"7z\xbc\xaf": archive,
        b"\x00\x01\x00\x00Stan": t("a database of Access"),
        b"<!DOCTYP": page,
        b"<!doctyp": page,
        b"<html": page,
        b"{\\rtf": t("a document"),
    }
    return next((name for start, name in known.items() if head.startswith(start)), None)
