"""What one cell cannot tell, decided for its whole column, or asked.

`find_decimal`: whether a point or a comma stands before the decimals. `orders.find_order`: whether the
day or the month comes first. Each looks at all different cells of a column. Where they leave it
open it raises `Undecided`, which carries the question: nobody is served by a guess that makes a
thousand of one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import tomlkit

from crmlib.intake.cells import read_money, to_number
from crmlib.language import t
from crmlib.tables import Column

# Digits and the marks between them, for an amount written in one way only ...
ONE_WAY = r"^(\d*{0}(\d{{0,2}}|\d{{4,}})|0?{0}\d{{3}}|\d{{4,}}{0}\d{{3}}|0\d+{0}\d{{3}}"
ONE_WAY += r"|\d{{1,3}}({1}\d{{2,3}})*{1}\d{{3}}{0}\d*|\d{{1,3}}({1}\d{{2,3}})+{1}\d{{3}})$"
POINT, COMMA = ONE_WAY.format(r"\.", ","), ONE_WAY.format(",", r"\.")
# ... and in either of two.
EITHER = r"^[1-9]\d{0,2}[.,]\d{3}$"
WORDS = re.compile(r"[^\W\d_]{4,}(\W+[^\W\d_]{2,})*")  # longer than the code of a currency
# Of so many values that agree one may differ: it is set aside, and told.
MANY = 20


class Choice(NamedTuple):
    """One answer to a question: what to write down, and what it means in words."""

    value: str | list[str] | bool
    meaning: str
    section: str | None = None  # of the mapping file, where it is another than the question's


class OpenQuestion(NamedTuple):
    """Something only a person can tell: where the answer belongs, what is asked, and what may be answered."""

    table: str
    section: str  # of the mapping file (`mapping_file.SECTIONS`)
    key: str
    text: str
    choices: tuple[Choice, ...]
    needed: bool = True  # can anything be done without an answer?

    @property
    def sections(self) -> list[str]:
        """The headings of the mapping file below which its answers stand."""
        return list(dict.fromkeys(choice.section or self.section for choice in self.choices)) or [self.section]

    def choices_of(self, section: str) -> list[Choice]:
        return [choice for choice in self.choices if (choice.section or self.section) == section]


def answer_line(key: str, value: str | list[str] | bool) -> str:
    """A line of the mapping file: a name on the left, in quotes unless it is plain, and what is said of it.

    Examples
    --------
    >>> answer_line("订单状态", ["交易成功"]), answer_line("amount", ",")
    ('"订单状态" = ["交易成功"]', 'amount = ","')
    """
    left = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _literal(key)
    return f"{left} = {_literal(value)}"


class Undecided(ValueError):
    """A file that can mean two things."""

    def __init__(self, *questions: OpenQuestion):
        self.questions = questions
        super().__init__(" ".join(map(_sentence, questions)))


def _sentence(question: OpenQuestion) -> str:
    said = t(" or ").join(
        t(
            "{key} = {choices}, under [{table}.{section}] of the mapping file",
            key=question.key,
            choices=t(" or ").join(
                f"{_literal(choice.value)} ({choice.meaning})" for choice in question.choices_of(section)
            ),
            table=question.table,
            section=section,
        )
        for section in question.sections
    )
    return t("{question} Say which: {answers}.", question=question.text, answers=said)


def _literal(value: str | list[str] | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return tomlkit.item(value).as_string()


# --- numbers ------------------------------------------------------------------------------------


def find_decimal(cells: pa.Array, column: Column, table: str = "transactions") -> str:
    """What stands before the decimals of a column: "." or ",".

    1.234,50 and 12,5 say comma, 1,234.50 and 12.5 say point, 1,250 and 1.250 say neither.

    Raises
    ------
    Undecided
        No cell says which, or some say one and some the other.

    Examples
    --------
    >>> from crmlib.tables import TRANSACTIONS
    >>> amount = TRANSACTIONS.column("amount")
    >>> find_decimal(pa.array(["1.250", "12,50"]), amount), find_decimal(pa.array(["1,250", "3.5"]), amount)
    (',', '.')
    >>> find_decimal(pa.array(["1,250", "980"]), amount)
    Traceback (most recent call last):
    ...
    crmlib.intake.conventions.Undecided: amount: 1,250 may be 1.25 or 1250, and no other value decides it. Say \
which: amount = "," (1,250 is 1.25) or "." (1,250 is 1250), under [transactions.decimal] of the mapping file.
    """
    # Beside a digit: the comma of "Vogel, Dieter", in the wrong column, is none of a number.
    marked = cells.filter(pc.match_substring_regex(cells, r"[0-9０-９]\s?[.,，．]|[.,，．]\s?[0-9０-９]"))
    if not len(marked):
        return "."
    # "Rs. 500": that point belongs to the word. 1e-5 is no 1-5.
    digits = pc.replace_substring_regex(marked, r"(?i)(\de[+-]?\d+)|[a-z]+\.|[^0-9.,，．]", "")
    digits = pc.replace_substring_regex(pc.replace_substring_regex(digits, "，", ","), "．", ".")
    point = marked.filter(pc.match_substring_regex(digits, POINT))
    comma = marked.filter(pc.match_substring_regex(digits, COMMA))
    either = marked.filter(pc.match_substring_regex(digits, EITHER))
    if len(point) >= MANY * len(comma) > 0 or len(comma) >= MANY * len(point) > 0:
        return "." if len(point) > len(comma) else ","
    if len(point) and len(comma):
        text = t(
            "{column}: different values like {point} ({n_point}) have decimals after a point, like {comma} ({n_comma})"
            " after a comma.",
            column=column.name,
            point=_example(point),
            n_point=f"{len(point):,}",
            comma=_example(comma),
            n_comma=f"{len(comma):,}",
        )
        meaning = {
            ",": t("values like {example} are set aside", example=_example(point)),
            ".": t("values like {example} are set aside", example=_example(comma)),
        }
        raise Undecided(ask_of(column, table, "decimal", text, meaning))
    if len(point) or len(comma):
        return "." if len(point) else ","
    return _ask_either(either, column, table)


def _ask_either(either: pa.Array, column: Column, table: str) -> str:
    """What is asked of cells that can be read in two ways; a point, where none is an amount in either.

    Raises
    ------
    Undecided
        One is.
    """
    cell = next((cell for cell in either.to_pylist() if _is_amount(cell)), None)
    if cell is None:  # "Vogel 1,250" is no amount either way, and setting it aside says so
        return "."
    example = WORDS.sub("***", cell)
    marks = (",", ".") if "," in example else (".", ",")
    meaning = {mark: t("{example} is {value}", example=example, value=_value(cell, mark)) for mark in marks}
    text = t(
        "{column}: {example} may be {values}, and no other value decides it.",
        column=column.name,
        example=example,
        values=t(" or ").join(_value(cell, mark) for mark in marks),
    )
    raise Undecided(ask_of(column, table, "decimal", text, meaning))


def _example(cells: pa.Array) -> str:
    """A cell to show: one without words, which may be a person's; else what is left of the first."""
    first = next((cell for cell in cells.to_pylist() if not WORDS.search(cell)), cells[0].as_py())
    return WORDS.sub("***", first)


def _is_amount(cell: str) -> bool:
    """Is it one whichever stands before the decimals?"""
    try:
        return bool(_value(cell, ".") and _value(cell, ","))
    except ValueError:
        return False


def _value(cell: str, decimal: str) -> str:
    return f"{to_number(cell, decimal):.15g}"


def ask_of(column: Column, table: str, section: str, text: str, meaning: dict[str, str]) -> OpenQuestion:
    return OpenQuestion(table, section, column.name, text, tuple(Choice(*pair) for pair in meaning.items()))


def count_currencies(cells: list[str], times: list[int], decimal: str) -> Counter:
    """How many cells have which currency beside their number."""
    found: Counter = Counter()
    for cell, n in zip(cells, times, strict=True):
        try:
            currency = read_money(cell, decimal)[1]
        except ValueError:
            continue
        if currency:
            found[currency] += n
    return found
