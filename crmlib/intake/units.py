"""In what money is counted: yuan, thousands, ten thousands; by the name of a column, or by a line above the names."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from crmlib.intake.mapping import Reading
from crmlib.intake.reading import peek
from crmlib.tables import Table

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
SAYS = {
    "亿元": r"亿元?",
    "百万元": r"百万元?|millions?|\bmio\b|\bmn\b",
    "万元": r"[万萬]元?",
    "千元": r"千元?|thousands?|['’]?000s?\b|\btsd\b|\bt(eur|usd|rmb|cny|€)|\b[kK](eur|usd|rmb|cny|€)?\b",
    "元": r"元|yuan",
}
IN_BRACKETS = re.compile(r"[(（\[【](?:[^()（）\[\]【】]*?[:：])?\s*([^()（）\[\]【】]*)[)）\]】]")
OF_ALL = re.compile(
    r"(?:单位|單位|unit|einheit|angaben|figures?|amounts?)\s*[:：]?\s*(?:人民币|rmb|cny|in)?\s*[:：]?\s*(\S+)",
    re.IGNORECASE,
)
IN_ENGLISH = re.compile(r"\bin (thousands|millions)\b", re.IGNORECASE)
ROWS_ABOVE = 30
NOTHING = Table("", "", (), ())  # of no names, so that the first line counts as that of the names


def unit_of(text: str) -> str | None:
    """The unit that a word says.

    Examples
    --------
    >>> [unit_of(text) for text in ("万元", "人民币千元", "in thousands", "元", "TEUR", "%")]
    ['万元', '千元', '千元', '元', '千元', None]
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return next((unit for unit, form in SAYS.items() if re.search(form, plain)), None)


def unit_in_name(name: str) -> str | None:
    """The unit in which a column is counted, by its name.

    Examples
    --------
    >>> unit_in_name("总资产（万元）"), unit_in_name("营业收入"), unit_in_name("Revenue (thousands)")
    ('万元', None, '千元')
    """
    inside = IN_BRACKETS.search(name)
    return unit_of(inside[1]) if inside else None


def unit_above(path: Path, reading: Reading) -> str | None:
    """The unit of a whole sheet, as a line above the names of its columns says it."""
    plain = Reading(encoding=reading.encoding, sheet=reading.sheet)
    try:
        names, samples = peek(path, NOTHING, plain)
    except ValueError:
        return None
    cells = [*names, *(cell for column in samples.values() for cell in column[:ROWS_ABOVE])]
    for cell in cells:
        if (found := OF_ALL.search(cell) or IN_ENGLISH.search(cell)) and (unit := unit_of(found[1])):
            return unit
    return None
