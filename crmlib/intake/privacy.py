"""Personal fields of your own data: masked unless asked for.

Masking happens where data are read, so nothing after it, no figure, table, report or
notebook, can show what was never there. The kit's own people are made up and stay as they are.
"""

from __future__ import annotations

import itertools
import re

import pandas as pd

from crmlib.language import t
from crmlib.tables import TABLES

LINKED = ("customer_id", "referred_by")  # columns that hold numbers of customers
SUSPECT = r"@|(?:\d\D*){9}"  # what `looks_personal` may find, so that it need not look at each of a million
IN_TEXT = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+|(?<!\d)(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|\+\d(["
    r" -]?\d){8,13}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)"
)


def looks_personal(value: str) -> bool:
    """An e-mail address, a mobile telephone, the number of an identity card."""
    plain = re.sub(r"[\s-]", "", value)
    card = r"\d{6}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    return "@" in value or re.fullmatch(rf"(\+?86)?1[3-9]\d{{9}}|\+\d{{9,14}}|{card}", plain) is not None


def mask_value(value: str) -> str:
    """A value of which only the first character stays, if it looks personal."""
    return f"{value[0]}***" if looks_personal(value) else value


def mask_text(text: str) -> str:
    """A text without e-mail addresses, mobile numbers and numbers of identity cards.

    Examples
    --------
    >>> mask_text("call 13800138000 or write to wang@example.com")
    'call *** or write to ***'
    """
    return IN_TEXT.sub("***", text)


def mask_personal(
    tables: dict[str, pd.DataFrame], *, is_named: bool = False
) -> tuple[dict[str, pd.DataFrame], dict[str, list[str]]]:
    """The tables with personal columns masked, and by table a sentence on what was done.

    Of a name the first character stays, of other text too; a date of birth becomes its year's
    first day; customers whose numbers are telephone numbers, e-mail addresses or those of
    identity cards get others (``customer-00001`` ...), the same in every table; where `is_named`, because
    they are names.

    Examples
    --------
    >>> customers = pd.DataFrame({"customer_id": ["7"], "name": ["王小明"], "city": ["宁波"]})
    >>> mask_personal({"customers": customers})[0]["customers"]
      customer_id  name city
    0           7  王***   宁波
    """
    masked, notes = {}, {name: [] for name in tables}
    for name, frame in tables.items():
        frame = frame.copy(deep=False)
        personal = [c for c in TABLES[name].columns if c.personal and c.name in frame] if name in TABLES else []
        for column in personal:
            values = frame[column.name]
            if column.type == "date":
                frame[column.name] = values.dt.to_period("Y").dt.to_timestamp().astype(values.dtype)
            else:
                frame[column.name] = values.map(lambda text: f"{text[0]}***", na_action="ignore").astype(values.dtype)
        if personal:
            notes[name].append(
                t(
                    "Personal fields masked: {columns}; of a date of birth only the year stays (show_personal shows"
                    " them).",
                    columns=", ".join(column.name for column in personal),
                )
            )
        masked[name] = frame
    return _number_anew(masked, notes, is_named)


def _number_anew(tables: dict[str, pd.DataFrame], notes: dict[str, list[str]], is_named: bool) -> tuple[dict, dict]:
    """Give customers whose number is personal another; those with a plain number keep it.

    They are numbered in the order of their own numbers, so that whoever comes first among equals does
    so whatever the order of the rows, and masked or not.
    """
    ids = {(name, column): frame[column] for name, frame in tables.items() for column in LINKED if column in frame}
    if not ids:
        return tables, notes
    known = pd.Series(sorted(pd.unique(pd.concat(ids.values()).dropna())), dtype="str")
    suspect = known if is_named else known[known.str.contains(SUSPECT)]
    taken = set(known[known.str.startswith("customer-")])
    width = max(5, len(str(len(known))))  # all of one length, so that their order is that of the numbers
    unused = (number for n in itertools.count(1) if (number := f"customer-{n:0{width}}") not in taken)
    numbers = dict(zip(suspect if is_named else filter(looks_personal, suspect), unused, strict=False))
    for (name, column), values in ids.items():
        others = values.map(numbers)
        if others.notna().any():
            tables[name][column] = others.fillna(values).astype(values.dtype)
            notes[name].append(
                t(
                    "{column}: the numbers are personal (name, telephone, e-mail or identity card); others stand for"
                    " them, customer-00001 and so on (show_personal shows them).",
                    column=column,
                )
            )
    return tables, notes
