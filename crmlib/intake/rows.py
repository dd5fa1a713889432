"""Which rows count, and for how much, as somebody has said in the mapping file.

Under keep, negative, subtract, nobody and repeated. And, where nothing is said, what every export means:
a Guest is no customer.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crmlib.intake.cells import MISSING, to_number
from crmlib.intake.columns import Parsed
from crmlib.intake.conventions import Choice, OpenQuestion, Undecided, find_decimal
from crmlib.intake.mapping import Reading, some
from crmlib.intake.notes import find_repeated
from crmlib.intake.raw import Raw
from crmlib.intake.shown import show_values
from crmlib.intake.typed import to_text
from crmlib.language import plural, t
from crmlib.language.words import is_nobody
from crmlib.tables import Column, Table

NOBODY = "is what stands for no customer"
DOES_NOT_COUNT = "is none of the values whose rows count"
REPEATED = "repeats a row above exactly"
NO_NUMBER = "cannot be worked out: what is to be taken off it is not a number"
WHOLE_ROW = ""  # for the name of a column, where a row is set aside for all it says
BELOW_ZERO = "<0"  # as a value under [table.negative]: every number below zero
MAYBE_NOBODY = r"(?i)^\W*$|^[\PN]{1,24}$|^x+$"  # only what has no digit need be looked at


def apply_said(
    raw: Raw, table: Table, parsed: dict[str, Parsed], reading: Reading
) -> tuple[dict[str, Parsed], dict[str, Parsed]]:
    """The columns with what is said of their rows in them, and further columns, of theirs, that set rows aside.

    Raises
    ------
    ValueError
        Something is said of a column that the file does not have, or cannot be taken off the amount.
    """
    _refuse_unknown(raw, reading)
    parsed, others = dict(parsed), {}
    if "customer_id" in parsed:
        parsed["customer_id"] = set_nobody_aside(parsed["customer_id"], (reading.nobody or {}).get("customer_id"))
    amount = table.added_up
    if amount in parsed:
        for name, how in (reading.subtract or {}).items():
            if how:
                parsed[amount] = _subtract(parsed[amount], raw, name, is_share=how == "share")
        for name, values in (reading.negative or {}).items():
            if values:
                parsed[amount] = _turn_negative(parsed[amount], find_rows(cells_of(raw, name), values))
    for name, values in (reading.keep or {}).items():
        if values != "all" and name not in raw.pushed:
            cells = cells_of(raw, name)
            others[name] = _set_aside(cells, ~find_rows(cells, values), DOES_NOT_COUNT)
    if reading.repeated == "once":
        texts = pa.chunked_array([pa.nulls(len(raw.lines), pa.large_string())])
        others[WHOLE_ROW] = _set_aside(texts, find_repeated(raw.row_hash), REPEATED)
    return parsed, others


def reason_said(name: str) -> str:
    """Why a row is set aside for a column of theirs, as somebody has said."""
    return REPEATED if name == WHOLE_ROW else DOES_NOT_COUNT


def _refuse_unknown(raw: Raw, reading: Reading) -> None:
    for section in ("keep", "negative", "subtract"):
        known = {*(raw.telling or {}), *raw.mapping, *raw.columns}
        if unknown := [name for name in getattr(reading, section) or {} if name not in known]:
            raise ValueError(
                t(
                    "what stands under {section} must be columns of the file; it has no {unknown}. It has {names}.",
                    section=section,
                    unknown=unknown,
                    names=some(raw.names),
                )
            )


def cells_of(raw: Raw, name: str) -> pa.ChunkedArray:
    """The cells of a column, by their name or ours, as text."""
    cells = (raw.telling or {}).get(name)
    if cells is None:
        cells = raw.columns[raw.mapping.get(name, name)]
    return to_text(cells)


def find_rows(cells: pa.ChunkedArray, values: list[str]) -> np.ndarray:
    """Which cells are one of the values; * stands for anything, and "<0" for a number below zero.

    Examples
    --------
    >>> find_rows(pa.chunked_array([["sale", "refund", None, "-1"]]), ["ref*", "<0"]).tolist()
    [False, True, False, True]
    """
    wanted = [value.strip() for value in values]
    found = [text for text in pc.unique(cells).to_pylist() if is_one_of((text or "").strip(), wanted)]
    is_one = pc.is_in(cells, pa.array(found, cells.type))
    return np.asarray(is_one.to_numpy(), dtype=bool)


def is_one_of(text: str, wanted: list[str]) -> bool:
    """Is a text, without spaces around it, one of the values?"""
    for value in wanted:
        if text == value or ("*" in value and fnmatchcase(text, value)):
            return True
        if value == BELOW_ZERO and (number_of(text) or 0) < 0:
            return True
    return False


def number_of(text: str, decimal: str = ".") -> float | None:
    """The number of a cell; None where it has none."""
    try:
        return to_number(text.strip().removesuffix("%"), decimal)
    except ValueError:
        return None


def _set_aside(values: pa.ChunkedArray, is_aside: np.ndarray, reason: str) -> Parsed:
    return Parsed(values, is_aside.astype(np.int32), [reason], [])


def also_aside(column: Parsed, is_aside: np.ndarray, reason: str) -> Parsed:
    """The column with more rows set aside; those that are so already keep their reason."""
    if not is_aside.any():
        return column
    reasons = [*column.reasons, reason]
    problem = np.where((column.problem == 0) & is_aside, len(reasons), column.problem).astype(np.int32)
    return column._replace(problem=problem, reasons=reasons)


def set_nobody_aside(customer: Parsed, said: list[str] | None) -> Parsed:
    """Set aside the rows whose customer is none: what is said to be, otherwise the words for it.

    Examples
    --------
    >>> from crmlib.intake.columns import parse_text
    >>> from crmlib.tables import TRANSACTIONS
    >>> ids = parse_text(pa.chunked_array([["C021", "Guest", "C004"]]), TRANSACTIONS.column("customer_id"))
    >>> set_nobody_aside(ids, None).problem.tolist(), set_nobody_aside(ids, []).problem.tolist()
    ([0, 1, 0], [0, 0, 0])
    """
    values = customer.values
    if said is not None:
        is_nobody_here = find_rows(values.cast(pa.large_string()), said)
    else:
        known = pc.unique(values).drop_null()
        known = known.filter(pc.match_substring_regex(known, MAYBE_NOBODY))
        found = [text for text in known.to_pylist() if text.casefold() not in MISSING and is_nobody(text)]
        is_nobody_here = np.asarray(pc.is_in(values, pa.array(found, values.type)).to_numpy(), dtype=bool)
    return also_aside(customer, is_nobody_here, NOBODY)


def _turn_negative(amount: Parsed, is_refund: np.ndarray) -> Parsed:
    return amount._replace(values=np.where(is_refund, -np.abs(amount.values), amount.values))


def _subtract(amount: Parsed, raw: Raw, name: str, *, is_share: bool) -> Parsed:
    """The amounts less a column; a cell that is no number sets its row aside, an empty one takes nothing off."""
    cells = cells_of(raw, name)
    taken, is_wrong = read_numbers(cells)
    with np.errstate(invalid="ignore"):
        # Some write what is taken off with a minus.
        values = amount.values * (1 - taken) if is_share else amount.values - np.abs(taken)
    left = also_aside(amount, is_wrong, NO_NUMBER)
    return left._replace(values=np.round(values, 6))


def read_numbers(cells: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of a column of texts, 0 where a cell is empty, and which cells hold something else; 20 % is 0.2.

    Examples
    --------
    >>> [part.tolist() for part in read_numbers(pa.chunked_array([["1.50", "", "20 %", "x"]]))]
    [[1.5, 0.0, 0.2, 0.0], [False, False, False, True]]
    """
    encoded = cells.cast(pa.large_string()).dictionary_encode().combine_chunks()
    words, decimal = encoded.dictionary.to_pylist(), find_decimal_anyway(encoded.dictionary)
    texts = [(word or "").strip() for word in words]
    found = [0.0 if text.casefold() in (*MISSING, "-") else number_of(text, decimal) for text in texts]
    values = np.array(
        [0.0 if n is None else n / 100 if text.endswith("%") else n for text, n in zip(texts, found, strict=True)]
        + [0.0]
    )
    wrong = np.array([n is None for n in found] + [False])
    place = encoded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    return values[place], wrong[place]


def find_decimal_anyway(cells: pa.Array) -> str:
    """What stands before the decimals of a column that is not ours: nobody can be asked of it, so in doubt a point."""
    try:
        return find_decimal(cells, Column("amount", "number", ""))
    except Undecided:
        return "."


def to_patterns(
    texts: list[str], among: Mapping[str, int] | list[str], name: str, shown: Mapping[str, str] | None = None
) -> list[str]:
    """Texts of a column as `find_rows` finds them again, without what is personal: *** stands for anything.

    A pattern that would find another text as well is made longer; where that does not help, the text stays. How each
    may be shown is judged by their column, or said: `shown`.

    Examples
    --------
    >>> to_patterns(["paid", "to Anna Lang"], ["paid", "to Anna Lang", "refund"], "Status")
    ['paid', 't***']
    >>> to_patterns(["to Anna Lang"], ["to Anna Lang", "test"], "Status")
    ['t???????????*']
    """
    short = shown or dict(zip(among, show_values(among, among, name), strict=True))
    found = []
    for text in texts:
        alike = [other for other in among if short[other] != short[text]]
        tried = (short[text], f"{text[:1]}{'?' * (len(text) - 1)}*")
        fitting = (one for one in tried if one == text or not any(fnmatchcase(other, one) for other in alike))
        found.append(next(fitting, text))
    return list(dict.fromkeys(found))


class Rows:
    """The rows of a table that are good so far, and how a question speaks of some of them."""

    def __init__(self, raw: Raw, table: Table, amounts: np.ndarray, is_good: np.ndarray, reading: Reading):
        self.raw, self.table, self.reading = raw, table, reading
        self.amounts, self.is_good = amounts, is_good
        self.is_asked = np.zeros(len(amounts), dtype=bool)  # of two columns that say the same, one is asked about

    def said(self, section: str) -> dict:
        return getattr(self.reading, section) or {}

    def theirs(self, ours: str) -> str | None:
        """What a column of ours is called in the file, where it is one of theirs."""
        return next((theirs for theirs, name in self.raw.mapping.items() if name == ours), None)

    def counts(self, name: str) -> dict[str, int]:
        """How many good rows have which text, the commonest first."""
        cells = cells_of(self.raw, name)
        pairs = pc.value_counts(cells if self.is_good.all() else cells.filter(pa.array(self.is_good))).to_pylist()
        found: dict[str, int] = {}
        for pair in sorted(pairs, key=lambda pair: -pair["counts"]):
            text = (pair["values"] or "").strip()
            found[text] = found.get(text, 0) + pair["counts"]
        return found

    def about(self, is_meant: np.ndarray) -> dict[str, str]:
        n = int(is_meant.sum())
        return {"n": plural(n, "1 row", "{n} rows"), "amount": f"{np.nansum(self.amounts[is_meant]):,.2f}"}

    def open(self, name: str, texts: list[str], among: dict[str, int]) -> list[str]:
        """Texts of a column as they may be written into a mapping file."""
        return texts if self.reading.show_personal else to_patterns(texts, among, name)

    def show(self, name: str, texts: list[str], among: Mapping[str, int] | list[str]) -> list[str]:
        """Texts of a column as a person may see them, `among` all of it."""
        return texts if self.reading.show_personal else show_values(texts, among, name)

    def is_new(self, is_meant: np.ndarray) -> bool:
        """Are there rows among them that no question is about yet? They are from now on."""
        is_new = bool((is_meant & ~self.is_asked).any())
        self.is_asked |= is_meant
        return is_new

    def ask(self, section: str, key: str, text: str, *choices: Choice) -> OpenQuestion:
        return OpenQuestion(self.table.name, section, key, text, tuple(choices))
