"""What a sheet of OpenDocument says that the library leaves out: merged cells, formulas without a result, hidden rows.

Its rows and cells stand in one file of XML, the repeated ones once with a number. That file is gone through
only if it has a word of any of these.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

CONTENT = "content.xml"
BLOCK = 1 << 22  # bytes at a time
WORTH_A_LOOK = re.compile(rb'number-rows-spanned="(?!1")|:visibility="|:formula="')
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
MOST_REPEATED = 1 << 16  # more rows or cells alike are the empty rest of a sheet

Place = tuple[int, int]  # row and column, from 0


class Found(NamedTuple):
    """What one sheet says."""

    merged: list[tuple[Place, Place]]  # the first and the last cell of each range
    without_result: list[Place]
    hidden: list[int]


def look(archive: zipfile.ZipFile, sheet: str) -> Found:
    """Go through a sheet; nothing is found in what is no OpenDocument."""
    found = Found([], [], [])
    if CONTENT not in archive.namelist() or not _is_worth_a_look(archive):
        return found
    row = 0
    for element in _rows(archive, sheet):
        n_rows = _times(element, "number-rows-repeated")
        if element.get(f"{TABLE}visibility") in ("collapse", "filter") and n_rows < MOST_REPEATED:
            found.hidden.extend(range(row, row + n_rows))
        place = 0
        for cell in (cell for cell in element if cell.tag in CELLS):
            n_below, n_beside = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
            if n_below > 1:
                found.merged.append(((row, place), (row + n_below - 1, place + n_beside - 1)))
            if cell.get(f"{TABLE}formula") and not cell.get(VALUE) and not "".join(cell.itertext()):
                found.without_result.append((row, place))
            place += _times(cell, "number-columns-repeated")
        row += n_rows
    return found


def _is_worth_a_look(archive: zipfile.ZipFile) -> bool:
    rest = b""
    with archive.open(CONTENT) as stream:
        while block := stream.read(BLOCK):
            if WORTH_A_LOOK.search(rest + block):
                return True
            rest = block[-30:]  # where such a word may have begun
    return False


def _rows(archive: zipfile.ZipFile, sheet: str) -> Iterator[ElementTree.Element]:
    """The rows of one sheet, each forgotten after it was looked at."""
    name = None
    with archive.open(CONTENT) as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            if element.tag == f"{TABLE}table":
                name = element.get(f"{TABLE}name") if event == "start" else None
            elif element.tag == f"{TABLE}table-row" and event == "end":
                if name == sheet:
                    yield element
                element.clear()


def _times(element: ElementTree.Element, attribute: str) -> int:
    return int(element.get(TABLE + attribute, "1"))
