"""What the library that reads workbooks leaves out: cells with an error, formulas without a result, hidden rows.

It gives an empty cell for the first two, so that a cost of #DIV/0! would be one nobody knows of. The
sheet itself is XML in a zip archive, and tells them apart. Only xlsx is looked at, and ods (by
`open_document`), of which the text of an error is read: xls and xlsb are binary.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.etree import ElementTree

from crmlib.intake import open_document

BLOCK = 1 << 22  # bytes of a sheet at a time
# An error, or a formula that nothing follows; then the place and the error of that cell.
SUSPECT = re.compile(rb't="e"|(?:</f>|<f[^>]*/>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>')
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
VALUE = re.compile(rb"<v>([^<]+)</v>")
HIDDEN_ROW = re.compile(rb'<row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')


class SheetErrors(NamedTuple):
    """Places in a sheet, as row and column from 0."""

    errors: dict[tuple[int, int], str]  # each with the error, such as "#DIV/0!"
    without_result: list[tuple[int, int]]  # formulas that nobody has worked out
    hidden: list[int]  # rows that do not show, by hand or by a filter
    merged: list  # ranges of merged cells, where the library does not know them


def find_errors(file: Path | BinaryIO, sheet: str) -> SheetErrors:
    """Where a sheet has errors and formulas without a result; nowhere, for what is neither xlsx nor ods."""
    found = SheetErrors({}, [], [], [])
    try:
        with zipfile.ZipFile(file) as archive:
            member = _member(archive, sheet)
            if member is None:
                other = open_document.look(archive, sheet)
                return SheetErrors({}, other.without_result, other.hidden, other.merged)
            with archive.open(member) as stream:
                rest = b""
                while block := stream.read(BLOCK):
                    rest = _look(rest + block, found)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):  # an old or another kind of workbook
        return found
    return found


def _member(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The file in the archive that holds a sheet."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    book, relations = (
        ElementTree.fromstring(archive.read(name)) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    ids = (one for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == sheet)
    wanted = next((value for one in ids for key, value in one.attrib.items() if key.endswith("}id")), None)
    target = next((one.get("Target") for one in relations if one.get("Id") == wanted), None)
    return target and posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _look(text: bytes, found: SheetErrors) -> bytes:
    """Note the errors of whole cells; what comes back is the rest, where one may have begun."""
    end = text.rfind(b"</c>") + len(b"</c>")
    if end < len(b"</c>"):
        return text
    found.hidden.extend(int(row[1]) - 1 for row in HIDDEN_ROW.finditer(text, 0, end))
    for suspect in SUSPECT.finditer(text, 0, end):
        cell = text[text.rfind(b"<c ", 0, suspect.start()) : text.find(b"</c>", suspect.start())]
        attributes, _, content = cell.partition(b">")
        place = PLACE.search(attributes)
        if place is None:
            continue
        at = int(place[2]) - 1, _column(place[1])
        value = VALUE.search(content)
        if b't="e"' in attributes:
            found.errors[at] = value[1].decode("ascii", "replace") if value else "#N/A"
        elif (
            b"<f" in content and value is None and b't="str"' not in attributes
        ):  # the result of a formula may be an empty text
            found.without_result.append(at)
    return text[end:]


def _column(letters: bytes) -> int:
    n = 0
    for letter in letters:
        n = 26 * n + letter - ord("A") + 1
    return n - 1
