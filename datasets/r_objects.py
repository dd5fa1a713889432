"""Read the few kinds of R objects that our archives hold: matrices and data frames. Standard library only.

R writes an object as a tree (R Internals, "Serialization Formats"): a word of flags, then what the kind needs.
A file ``.rda`` holds named objects; a package that loads its data on demand has them in ``Rdata.rdb``, each
compressed, at the places that ``Rdata.rdx`` lists.
"""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import tarfile

NIL, REFERENCE, SYMBOL, PAIRS, CHARACTERS, LOGICAL, INTEGER, REAL, STRINGS, LIST = 254, 255, 1, 2, 9, 10, 13, 14, 16, 19
MISSING_INTEGER = -(2**31)


class Vector(list):
    """The values of an R vector; `attributes` has its names, levels, dim and class."""

    attributes: dict


class Reader:
    """The objects of a serialized stream, one after the other."""

    def __init__(self, content: bytes):
        self.stream, self.seen = io.BytesIO(content), []
        assert self.stream.read(2) == b"X\n", "no XDR serialization"
        version = self.integer()
        self.stream.read(8)
        if version == 3:
            self.stream.read(self.integer())  # the encoding

    def integer(self) -> int:
        return struct.unpack(">i", self.stream.read(4))[0]

    def numbers(self, form: str, size: int) -> list:
        n = self.integer()
        return list(struct.unpack(f">{n}{form}", self.stream.read(n * size)))

    def next(self):
        flags = self.integer()
        kind = flags & 0xFF
        if kind == NIL:
            return None
        if kind == REFERENCE:
            return self.seen[(flags >> 8) - 1]
        if kind == SYMBOL:
            self.seen.append(self.next())
            return self.seen[-1]
        if kind == CHARACTERS:
            length = self.integer()
            return None if length == -1 else self.stream.read(length).decode("utf-8")
        if kind == PAIRS:
            return self.pairs(flags)
        found = Vector(self.values(kind))
        found.attributes = self.next() if flags & 0x200 else {}
        return found

    def values(self, kind: int) -> list:
        if kind in (LOGICAL, INTEGER):
            return [None if value == MISSING_INTEGER else value for value in self.numbers("i", 4)]
        if kind == REAL:
            return self.numbers("d", 8)
        assert kind in (STRINGS, LIST), f"an R object of kind {kind} is not expected"
        return [self.next() for _ in range(self.integer())]

    def pairs(self, flags: int) -> dict:
        """Named values up to the end of a pair list."""
        found = {}
        while flags & 0xFF == PAIRS:
            if flags & 0x200:
                self.next()
            name = self.next() if flags & 0x400 else None
            found[name] = self.next()
            flags = self.integer()
        assert flags & 0xFF == NIL
        return found


def read_rda(content: bytes) -> dict:
    """The objects of a file .rda, by name."""
    content = gzip.decompress(content)
    assert content.startswith(b"RDX2\n"), "no .rda of version 2"
    return Reader(content[5:]).next()


def read_lazy(index: bytes, data: bytes, name: str):
    """One object of a package that loads its data on demand."""
    found = Reader(gzip.decompress(index)).next()
    variables = found[found.attributes["names"].index("variables")]
    start, length = variables[variables.attributes["names"].index(name)]
    packed = data[start : start + length]
    size, how = struct.unpack(">Ic", packed[:5])
    assert how == b"Z", f"compressed in the way {how!r}, which is not expected"
    content = lzma.decompress(packed[5:], format=lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "preset": 6}])
    assert len(content) == size
    return Reader(content).next()


def columns_of(frame: Vector) -> dict[str, list]:
    """The columns of a data frame, factors as their labels."""
    columns = {}
    for name, values in zip(frame.attributes["names"], frame, strict=True):
        levels = values.attributes.get("levels")
        columns[name] = [None if code is None else levels[code - 1] for code in values] if levels else list(values)
    return columns


def member_of_deb(archive: bytes, name: str) -> bytes:
    """One file out of a Debian package: an archive of `ar`, in which data.tar.* has the files."""
    assert archive.startswith(b"!<arch>\n"), "no Debian package"
    place = 8
    while place < len(archive):
        entry, size = archive[place : place + 16].decode("ascii").strip(), int(archive[place + 48 : place + 58])
        if entry.startswith("data.tar"):
            with tarfile.open(fileobj=io.BytesIO(archive[place + 60 : place + 60 + size])) as opened:
                return opened.extractfile(f"./{name}").read()
        place += 60 + size + size % 2
    raise SystemExit(f"the package has no data.tar with {name}")
