"""What the values of a file's columns say that nobody has said: refunds without a minus, orders that came to nothing,
a second currency, a discount that is left out. Each is asked, with the lines that answer it.

Only columns that `telling` found are looked at, and those used for a product, a category or a channel, where a
word for a refund must be the whole cell.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale

from crmlib.intake.cells import MISSING, YES_NO
from crmlib.intake.columns import Parsed
from crmlib.intake.conventions import Choice, OpenQuestion
from crmlib.intake.mapping import Reading
from crmlib.intake.persons import IS, person
from crmlib.intake.raw import Raw
from crmlib.intake.records import shorten
from crmlib.intake.rows import BELOW_ZERO, Rows, cells_of, find_rows, to_patterns
from crmlib.intake.taken_off import find_taken_off
from crmlib.intake.telling import are_currencies, is_currency
from crmlib.language import plural, t
from crmlib.language.words import NUMBER_OF_NOBODY, kind_of_row
from crmlib.tables import INVOICES, Table

MOST_STATES = 200  # more different values are no kinds of rows
MOST_SHOWN = 4
STANDS_OUT = 3  # times as many rows as the customer in the middle
MAYBE_NUMBER = r"^\s*(-1|0+|0*1{6,}|8{6,}|9{4,})(\.0+)?\s*$"  # what may stand for nobody, see `words`
CANCELLED_ORDER = r"(?i)^(C|CN|CM|CR|GS|RMA|RET|REF)[-_ /]?\d+$"
FEWEST_ROWS, FEW_ORDERS = 10, 0.3  # of so many rows, so many may begin so


def find_questions(
    raw: Raw, table: Table, parsed: dict[str, Parsed], is_good: np.ndarray, reading: Reading
) -> list[OpenQuestion]:
    """What to ask about the rows of a table of amounts, before they are added up."""
    if table.added_up not in parsed or not is_good.any():
        return []
    rows = Rows(raw, table, parsed[table.added_up].values, is_good, reading)
    if table.name == INVOICES.name:  # what its rows are, `ledger_kinds` tells
        return [*_on_currency(rows), *_on_nobody(rows)]
    questions = []
    for name, whole in _columns(raw, parsed):
        questions += _on_kinds(rows, name, whole=whole)
    questions += [*_on_currency(rows), *_on_quantity(rows, parsed), *_on_order_numbers(rows), *_on_nobody(rows)]
    return questions + find_taken_off(rows, parsed)


def _columns(raw: Raw, parsed: dict[str, Parsed]) -> list[tuple[str, bool]]:
    """The columns that may say what kind a row is of, and whether only with their whole cells."""
    used = {ours: theirs for theirs, ours in raw.mapping.items()}
    in_use = [used[ours] for ours in ("category", "channel", "product_id") if ours in parsed and ours in used]
    return [(name, False) for name in raw.telling or {}] + [(name, True) for name in in_use]


def _on_kinds(rows: Rows, name: str, *, whole: bool) -> list[OpenQuestion]:
    """Whether rows were paid back, or came to nothing, by what a column says."""
    counts = rows.counts(name)
    if not 1 <= len(counts) <= MOST_STATES:
        return []
    kinds = {text: kind for text in counts if (kind := _kind(name, text, whole=whole))}
    if not kinds:
        return []
    return [*_on_refunds(rows, name, counts, kinds), *_on_nothing(rows, name, counts, kinds)]


def _kind(name: str, text: str, *, whole: bool) -> str | None:
    """What a cell says of its row; where it is a yes, what its column's name says."""
    if YES_NO.get(text.casefold()):
        return kind_of_row(name)
    return kind_of_row(text, whole=whole)


def _on_refunds(rows: Rows, name: str, counts: dict, kinds: dict) -> list[OpenQuestion]:
    words = [text for text in counts if kinds.get(text) == "refund"]
    is_meant = rows.is_good & find_rows(cells_of(rows.raw, name), words) & (rows.amounts > 0)
    is_all = int(is_meant.sum()) == int(rows.is_good.sum())  # a list of refunds, or of what somebody spent
    if name in rows.said("negative") or is_all or not rows.is_new(is_meant):
        return []
    others = rows.open(name, [text for text in counts if text not in kinds], counts)
    words = rows.open(name, words, counts)
    text = t(
        "{column} says {values} in {n} with amounts above zero, {amount} in all. Was that paid back?",
        column=shorten(name, 40),
        values=_shown(rows, words, counts, name),
        **rows.about(is_meant),
    )
    choices = [Choice(words, t("yes: these amounts get a minus"))]
    if others and name not in rows.said("keep"):
        choices.append(Choice(others, t("such rows do not count: only the others do"), "keep"))
    choices.append(Choice([], t("no: the amounts count as they stand")))
    return [rows.ask("negative", name, text, *choices)]


def _on_nothing(rows: Rows, name: str, counts: dict, kinds: dict) -> list[OpenQuestion]:
    words = [text for text in counts if kinds.get(text) in ("nothing", "opening")]
    is_meant = rows.is_good & find_rows(cells_of(rows.raw, name), words) & (rows.amounts != 0)
    others = [text for text in counts if text not in words]
    if name in rows.said("keep") or not others or not rows.is_new(is_meant):
        return []
    what = {kinds[text] for text in words}
    words, others = rows.open(name, words, counts), rows.open(name, others, counts)
    text = t(
        "{column} says {values} in {n}, {amount} in all. Do such rows count as sales?",
        column=shorten(name, 40),
        values=_shown(rows, words, counts, name),
        **rows.about(is_meant),
    )
    no = t("no: an opening balance is no sale") if what == {"opening"} else t("no: only the others count")
    return [rows.ask("keep", name, text, Choice(others, no), Choice("all", t("yes: all rows count")))]


def _shown(rows: Rows, values: list[str], among: dict[str, int] | list[str], name: str) -> str:
    """Values of a column for a person, nothing personal among them."""
    shown = [shorten(text, 20) or t("empty") for text in rows.show(name, values[:MOST_SHOWN], among)]
    return ", ".join(shown) + (" …" if len(values) > MOST_SHOWN else "")


def currency_column(raw: Raw, is_good: np.ndarray) -> str | None:
    """The column left out that says in which currency a row is: by its name, otherwise by its values."""
    telling = raw.telling or {}
    by_name = [name for name in telling if is_currency(name)]
    if by_name:
        return by_name[0]
    for name, cells in telling.items():
        different = pc.unique(cells.cast(pa.large_string()))
        if len(different) <= MOST_SHOWN * 5 and are_currencies([text or "" for text in different.to_pylist()]):
            return name
    return None


def count_currency(raw: Raw, is_good: np.ndarray) -> dict[str, int]:
    """How many good rows have which currency, where a column says it."""
    name = currency_column(raw, is_good)
    if name is None:
        return {}
    found: dict[str, int] = {}
    for pair in pc.value_counts(cells_of(raw, name).filter(pa.array(is_good))).to_pylist():
        text = (pair["values"] or "").strip()
        if text.casefold() not in MISSING:
            found[text] = found.get(text, 0) + pair["counts"]
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _on_currency(rows: Rows) -> list[OpenQuestion]:
    found = count_currency(rows.raw, rows.is_good)
    if len({text.upper() for text in found}) < 2:
        return []
    name = currency_column(rows.raw, rows.is_good)
    shown = {text: text if rows.reading.show_personal else _open_currency(text) for text in found}
    alike: dict[str, list[str]] = {}
    for text in found:  # what looks alike when masked is one answer, for nobody could tell them apart
        alike.setdefault(shown[text].upper(), []).append(text)
    if len(alike) < 2:
        return []
    said = ", ".join(f"{shorten(shown[text], 20)} ({n:,})" for text, n in list(found.items())[:MOST_SHOWN])
    text = t(
        "Amounts of several currencies must not be added up: {column} says {values}. Which are to be looked at? For all"
        " of them together, convert them to one first.",
        column=shorten(name, 40),
        values=said,
    )
    choices = [
        Choice(
            to_patterns(texts, found, name, shown),
            t("only {currency}: {n}", currency=shorten(code, 20), n=_n_rows(sum(found[one] for one in texts))),
        )
        for code, texts in alike.items()
    ]
    return [rows.ask("keep", name, text, *choices)]


def _open_currency(text: str) -> str:
    """What a column of currencies says, as it may be shown: one word, or the name of a currency; else no more than a
    letter, for nobody knows what it is.

    Examples
    --------
    >>> [_open_currency(text) for text in ("USD", "人民币", "Hong Kong Dollar", "USD 王小明", "Ngozi Okonkwo", "Anna")]
    ['USD', '人民币', 'Hong Kong Dollar', 'U***', 'N***', 'A***']
    """
    is_plain = are_currencies([text]) or text.casefold() in _names_of_currencies()
    return text if is_plain or (re.fullmatch(r"[A-Za-z]{1,4}", text) and person(text) != IS) else f"{text[:1]}***"


@cache
def _names_of_currencies() -> frozenset[str]:
    """What currencies are called in the languages of most files."""
    names = (Locale.parse(one).currencies.values() for one in ("en", "zh", "zh_Hant", "de", "fr", "es", "it", "ja"))
    return frozenset(name.casefold() for each in names for name in each) | {"euro", "dollar", "元", "rmb", "人民币元"}


def _n_rows(n: int) -> str:
    return plural(n, "1 row", "{n} rows")


def _on_quantity(rows: Rows, parsed: dict[str, Parsed]) -> list[OpenQuestion]:
    """Whether goods that came back, with a quantity below zero, were paid for."""
    name = rows.theirs("quantity")
    if name is None or rows.table.added_up in rows.raw.products or {name, "quantity"} & set(rows.said("negative")):
        return []
    is_back = rows.is_good & (parsed["quantity"].values < 0)
    is_meant = is_back & (rows.amounts > 0)
    if not rows.is_new(is_meant):
        return []
    text = t(
        "{column} is below zero in {n} with amounts above zero, {amount} in all. Was that paid back?",
        column=shorten(name, 40),
        **rows.about(is_meant),
    )
    yes, no = t("yes: these amounts get a minus"), t("no: the amounts count as they stand")
    return [rows.ask("negative", name, text, Choice([BELOW_ZERO], yes), Choice([], no))]


def _on_order_numbers(rows: Rows) -> list[OpenQuestion]:
    """Whether order numbers such as C536379, among others without a letter, are of what was cancelled."""
    name = rows.theirs("order_id")
    if name is None or {name, "order_id"} & set(rows.said("negative")):
        return []
    cells = cells_of(rows.raw, name)
    is_one = np.asarray(pc.match_substring_regex(cells, CANCELLED_ORDER).fill_null(False).to_numpy(), dtype=bool)
    is_meant = rows.is_good & is_one & (rows.amounts > 0)
    n_rows = rows.is_good.sum()
    is_few = n_rows >= FEWEST_ROWS and (rows.is_good & is_one).sum() <= FEW_ORDERS * n_rows
    if not is_few or not rows.is_new(is_meant):
        return []
    example = cells[int(is_meant.argmax())].as_py().strip()
    prefix = example.rstrip("0123456789")
    text = t(
        "{column} begins with {prefix} in {n} with amounts above zero, {amount} in all, and not in the others: such as"
        " {example}. Was that paid back?",
        column=shorten(name, 40),
        prefix=prefix,
        example=shorten(example, 20),
        **rows.about(is_meant),
    )
    yes, no = t("yes: these amounts get a minus"), t("no: the amounts count as they stand")
    return [rows.ask("negative", name, text, Choice([f"{prefix}*"], yes), Choice([], no))]


def _on_nobody(rows: Rows) -> list[OpenQuestion]:
    """Whether 0, 000000 or 99999 is a customer, where it has far more rows than others."""
    if "customer_id" in rows.said("nobody") or "customer_id" not in rows.raw.columns:
        return []
    cells = rows.raw.columns["customer_id"].cast(pa.large_string())
    if not pc.any(pc.match_substring_regex(pc.unique(cells), MAYBE_NUMBER)).as_py():
        return []
    counts = pc.value_counts(cells.filter(pa.array(rows.is_good)))
    n_rows = counts.field("counts").to_numpy()
    usual = np.median(n_rows)
    stands_out = np.flatnonzero((n_rows > STANDS_OUT * usual) & (n_rows >= FEWEST_ROWS))
    texts = counts.field("values").take(pa.array(stands_out)).to_pylist()
    found = [text for text in texts if text and NUMBER_OF_NOBODY.fullmatch(text.strip())]
    if not found:
        return []
    is_meant = rows.is_good & find_rows(cells, found)
    text = t(
        "customer_id is {values} in {n}, {amount} in all, far more than others have. Is that a customer?",
        values=_shown(rows, found, texts, ""),
        **rows.about(is_meant),
    )
    no, yes = t("no: it stands for no customer"), t("yes: it is one like the others")
    return [rows.ask("nobody", "customer_id", text, Choice(found, no), Choice([], yes))]
